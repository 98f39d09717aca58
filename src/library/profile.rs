//! All that a library has of one name: where it stands, beside whom, when, and what is said by it and of it.
//!
//! Owns: choosing what is shown of it: the newest, and of each kind of mention some. Refuses: words and layout.
//! Tests: at the foot of `tests/it/press/name_page.rs`, on a library put together by hand.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::facets::Facets;
use super::snapshot::{ArticleIx, Read, Snapshot};
use crate::article::{Basis, BlockKind, Place, Precision};
use crate::entity::EntityIx;
use crate::story::{quotes, same_words};

/// Articles that are looked into for mentions and quotes, the newest first: a page, not an archive.
const LOOKED_INTO: usize = 400;
/// Names beside it, and quotes of each sort.
const BESIDE: usize = 16;
const QUOTES: usize = 12;

/// Names that say who made articles, by how many articles were looked into.
#[derive(Debug, Default)]
struct Makers {
    /// Of each name: articles that it is in, and of these those that it only made.
    seen: FxHashMap<EntityIx, (u32, u32)>,
}

impl Makers {
    fn add(&mut self, article: FxHashMap<EntityIx, bool>) {
        for (name, made) in article {
            let (all, own) = self.seen.entry(name).or_default();
            *all += 1;
            *own += u32::from(made);
        }
    }

    /// A name that mostly makes articles stands beside nobody.
    fn are(&self, name: EntityIx) -> bool {
        self.seen.get(&name).is_some_and(|(all, own)| 2 * own >= *all)
    }
}

/// A stretch of an article's plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The article.
    pub article: ArticleIx,
    /// Bytes of its plain text.
    pub range: Range<usize>,
}

/// A name that stands in the same articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Which.
    pub entity: EntityIx,
    /// In how many of them.
    pub articles: u32,
    /// Where, in the newest.
    pub spot: Spot,
}

/// Words that somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where.
    pub spot: Spot,
    /// Who; `None` where it is not sure.
    pub speaker: Option<EntityIx>,
}

/// All of one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// The articles that it stands in, newest first.
    pub articles: Vec<ArticleIx>,
    /// Articles by month, `(2025, 9)`, of those that state one.
    pub months: BTreeMap<(i16, i8), u32>,
    /// Names in the same articles, those in most first.
    pub beside: Vec<Beside>,
    /// Mentions by how they are made; the newest first.
    pub mentions: Vec<(MentionKind, Vec<Spot>)>,
    /// Where each spelling stands in the newest article that has it.
    pub spellings: Vec<(String, Spot)>,
    /// What it says.
    pub by: Vec<Told>,
    /// What others say of it.
    pub about: Vec<Told>,
}

/// How a name is mentioned: where in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// In the headline.
    Headline,
    /// In the lead.
    Lead,
    /// In the text.
    Text,
    /// Beside a picture.
    Caption,
}

impl MentionKind {
    /// All of them, the most telling first.
    pub const ALL: [Self; 4] = [Self::Headline, Self::Lead, Self::Text, Self::Caption];

    /// That of a place; `None` in a credit, which has no context.
    fn of(read: &Read, at: usize) -> Option<Self> {
        match read.plain.part_at(at)?.place {
            Place::Title => Some(Self::Headline),
            Place::Lead => Some(Self::Lead),
            Place::Credit(_) => None,
            Place::Block(n) => Some(match read.article.blocks.get(n)?.kind {
                BlockKind::Caption | BlockKind::Image => Self::Caption,
                _ => Self::Text,
            }),
        }
    }
}

impl Snapshot {
    /// Collects all of one name.
    pub fn profile(&self, entity: EntityIx) -> Profile {
        let Some(own) = self.entities.get(entity) else { return Profile::default() };
        let mut articles: Vec<ArticleIx> = self.index.articles(entity).collect();
        articles.sort_by_cached_key(|ix| (self.entry(*ix).map(super::Entry::rank), *ix));
        let mut profile = Profile {
            id: own.id.clone(),
            months: self.months(&articles),
            mentions: MentionKind::ALL.map(|kind| (kind, Vec::new())).to_vec(),
            ..Profile::default()
        };
        let mut makers = Makers::default();
        for &article in articles.iter().take(LOOKED_INTO) {
            let Some(read) = self.read(article) else { continue };
            makers.add(self.made_by(article, &read));
            self.look_into(article, &read, entity, &mut profile);
        }
        self.said_elsewhere(&articles, entity, &mut profile);
        profile.mentions.retain(|m| !m.1.is_empty());
        profile.beside = self.beside(&articles, entity, &makers);
        profile.articles = articles;
        profile
    }

    fn months(&self, articles: &[ArticleIx]) -> BTreeMap<(i16, i8), u32> {
        let mut months = BTreeMap::new();
        for date in articles.iter().filter_map(|ix| self.entry(*ix)?.published()) {
            if date.basis != Basis::FileTime && date.precision >= Precision::Month {
                *months.entry((date.at.year(), date.at.month())).or_default() += 1;
            }
        }
        months
    }

    fn look_into(&self, article: ArticleIx, read: &Read, entity: EntityIx, profile: &mut Profile) {
        let Some(names) = read.names.as_deref() else { return };
        let of = self.entities.of(article.0 as usize);
        let mut own: Vec<Range<usize>> = Vec::new();
        for (text, mention, _) in self.mentions_of(article, entity) {
            let range = mention.start as usize..mention.end as usize;
            own.push(range.clone());
            let Some(kind) = MentionKind::of(read, range.start) else { continue };
            let spot = Spot { article, range };
            if profile.spellings.iter().all(|s| s.0 != text) {
                profile.spellings.push((text, spot.clone()));
            }
            profile.mentions[kind as usize].1.push(spot);
        }
        if own.is_empty() || (profile.by.len() >= QUOTES && profile.about.len() >= QUOTES) {
            return;
        }
        for quote in quotes(&read.plain, names, &of) {
            let mine = quote.speaker == Some(entity);
            let named = own.iter().any(|m| quote.range.start <= m.start && m.end <= quote.range.end);
            let list = if mine { &mut profile.by } else { &mut profile.about };
            if (mine || named) && list.len() < QUOTES {
                list.push(Told { spot: Spot { article, range: quote.range }, speaker: quote.speaker });
            }
        }
    }

    /// What an article leaves open it says, where another gives it these words: as a press review has it.
    fn said_elsewhere(&self, articles: &[ArticleIx], entity: EntityIx, profile: &mut Profile) {
        let words = |told: &Told| {
            let read = self.read(told.spot.article)?;
            read.plain.text.get(told.spot.range.clone()).map(str::to_owned)
        };
        let by: Vec<String> = profile.by.iter().filter_map(words).collect();
        let is_own = |told: &Told| {
            let words = if told.speaker.is_none() { words(told) } else { None };
            words.is_some_and(|words| by.iter().any(|known| same_words(known, &words)))
        };
        let (own, about): (Vec<Told>, Vec<Told>) = profile.about.drain(..).partition(is_own);
        profile.about = about;
        profile.by.extend(own.into_iter().map(|told| Told { speaker: Some(entity), ..told }));
        profile.by.sort_by_key(|t| (articles.iter().position(|a| *a == t.spot.article), t.spot.range.start));
        profile.by.truncate(QUOTES);
    }

    fn beside(&self, articles: &[ArticleIx], entity: EntityIx, makers: &Makers) -> Vec<Beside> {
        let counts = Facets::count(self, articles).entities;
        let mut found: Vec<(EntityIx, u32)> =
            counts.iter().filter(|c| c.0 != entity && !makers.are(c.0)).collect();
        found.sort_by_key(|(ix, n)| (std::cmp::Reverse(*n), *ix));
        found.truncate(BESIDE);
        let mut spots: FxHashMap<EntityIx, Spot> = FxHashMap::default();
        for &article in articles.iter().take(LOOKED_INTO) {
            for (other, _) in &found {
                if !spots.contains_key(other)
                    && let Some((_, mention, _)) = self.mentions_of(article, *other).first()
                {
                    let range = mention.start as usize..mention.end as usize;
                    spots.insert(*other, Spot { article, range });
                }
            }
            if spots.len() == found.len() {
                break;
            }
        }
        let with_spot = |(entity, articles): (EntityIx, u32)| {
            Some(Beside { entity, articles, spot: spots.remove(&entity)? })
        };
        found.into_iter().filter_map(with_spot).collect()
    }
}
