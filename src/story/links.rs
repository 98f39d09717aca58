//! Relations as they are kept: eight bytes each, and a few bytes where a reason needs the texts.
//!
//! Owns: the packed lists, and reasons as they are told: names, titles and time come from what is known of the articles anyway,
//! quotes, share of text and rare words from notes that relating took.
//! Refuses: to relate ([`super::relate()`] does). Tests: at the foot; recomputed from the texts in `tests/it/stories.rs`.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kinds::turned;
use super::model::{Reason, RelationKind};
use super::score::{Moment, distance};
use super::spelled::Spelled;
use crate::entity::EntityIx;

/// A related article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// Index of the other article.
    pub to: u32,
    /// In parts of [`u16::MAX`].
    score: u16,
    /// In parts of [`u8::MAX`].
    headlines: u8,
    /// How it is related.
    pub kind: RelationKind,
}

impl Relation {
    /// A relation by its score and the likeness of the titles, both 0 to 1.
    pub fn new(to: usize, score: f32, headlines: f32, kind: RelationKind) -> Self {
        let part = |value: f32, whole: f32| (value.clamp(0.0, 1.0) * whole).round();
        let score = part(score, f32::from(u16::MAX)) as u16;
        Self { to: to as u32, score, headlines: part(headlines, f32::from(u8::MAX)) as u8, kind }
    }

    /// As it is kept in a file.
    pub fn bytes(self) -> [u8; Self::BYTES] {
        let mut out = [0; Self::BYTES];
        out[..4].copy_from_slice(&self.to.to_le_bytes());
        out[4..6].copy_from_slice(&self.score.to_le_bytes());
        out[6..].copy_from_slice(&[self.headlines, self.kind as u8]);
        out
    }

    /// As it was kept; `None` where the bytes are damaged.
    pub fn of_bytes(bytes: [u8; Self::BYTES]) -> Option<Self> {
        let (to, rest) = bytes.split_first_chunk()?;
        let (score, rest) = rest.split_first_chunk()?;
        let kind = *RelationKind::ALL.get(usize::from(rest[1]))?;
        Some(Self {
            to: u32::from_le_bytes(*to),
            score: u16::from_le_bytes(*score),
            headlines: rest[0],
            kind,
        })
    }

    /// Bytes of a relation.
    pub const BYTES: usize = 8;

    /// Score, 0 to 1.
    pub fn score(&self) -> f32 {
        f32::from(self.score) / f32::from(u16::MAX)
    }

    /// The score as it is kept: what lists are sorted by.
    pub(super) fn score_bits(self) -> u16 {
        self.score
    }

    /// This relation as the other article tells it.
    pub(super) fn back(self, article: u32) -> Self {
        Self { to: article, kind: turned(self.kind), ..self }
    }

    /// How alike the titles are, 0 to 1.
    pub(super) fn headlines(self) -> f32 {
        f32::from(self.headlines) / f32::from(u8::MAX)
    }
}

/// What only the texts can tell of a relation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Number of quotes that share half of their 4-grams.
    pub quotes: u32,
    /// Share of the shorter text that stands in the other, in hundredths; 0 where it is no reason.
    pub text: u8,
    /// Shared rare words, where at most one name was shared.
    pub terms: Vec<String>,
}

impl Note {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A relation and its note.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// What only the texts tell of it; mostly nothing.
    pub note: Option<Box<Note>>,
}

impl Link {
    /// A relation with a note, if that says anything.
    pub fn new(relation: Relation, note: Note) -> Self {
        Self { relation, note: (!note.is_empty()).then(|| Box::new(note)) }
    }
}

/// What reasons need of an article beside its relations.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its title as it stands in the article; empty where it has none.
    pub title: &'a str,
    /// Its distinct entities, in ascending order.
    pub entities: &'a [EntityIx],
    /// When it was published.
    pub when: Moment,
}

/// For each article (by index) its related articles, best first; in memory, or where they were kept.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// One past the last relation and one past the last byte of notes of each article.
    ends: Vec<(u32, u32)>,
    links: Vec<Relation>,
    /// For each article with notes: places in its list, each with its note.
    notes: Vec<u8>,
    away: Option<Arc<dyn Lists>>,
}

/// Where relations of an earlier relating are.
pub trait Lists: std::fmt::Debug + Send + Sync {
    /// How many articles were related.
    fn count(&self) -> usize;
    /// The list of an article with the bytes of its notes; nothing where it cannot be had.
    fn row(&self, article: usize) -> (Vec<Relation>, Vec<u8>);
    /// A bit for each kind in the list of an article, by its place in [`RelationKind::ALL`].
    fn kinds(&self, article: usize) -> u8;
}

/// The list of an article, and the bytes of its notes.
type Row<'a> = (Cow<'a, [Relation]>, Cow<'a, [u8]>);

impl Relations {
    /// Packs lists, the best first.
    pub fn pack(lists: impl IntoIterator<Item = Vec<Link>>) -> Self {
        let mut packed = Self::default();
        for list in lists {
            packed.push(&list);
        }
        packed.links.shrink_to_fit();
        packed.notes.shrink_to_fit();
        packed
    }

    /// Adds the list of the next article.
    pub(super) fn push(&mut self, list: &[Link]) {
        self.links.extend(list.iter().map(|link| link.relation));
        let notes: Vec<(u8, &Note)> =
            (0u8..).zip(list).filter_map(|(at, link)| Some((at, link.note.as_deref()?))).collect();
        self.notes.extend(Self::packed(&notes));
        self.ends.push((self.links.len() as u32, self.notes.len() as u32));
    }

    /// Notes with their places in a list, as bytes.
    pub(super) fn packed(notes: &[(u8, impl Serialize)]) -> Vec<u8> {
        // Writing into memory cannot fail; without its note a relation has fewer reasons.
        if notes.is_empty() { Vec::new() } else { postcard::to_stdvec(notes).unwrap_or_default() }
    }

    /// Lists that lie one behind the other, their notes as well, and where both end for each article.
    pub(super) fn of_parts(ends: Vec<(u32, u32)>, links: Vec<Relation>, notes: Vec<u8>) -> Self {
        Self { ends, links, notes, away: None }
    }

    /// What was kept.
    pub fn kept(lists: Arc<dyn Lists>) -> Self {
        Self { away: Some(lists), ..Self::default() }
    }

    /// How many articles were related.
    pub fn len(&self) -> usize {
        self.away.as_ref().map_or(self.ends.len(), |away| away.count())
    }

    /// True when nothing was related yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.ends) + size_of_val(&*self.links) + self.notes.len()
    }

    /// The list of an article, and the bytes of its notes.
    pub fn row(&self, article: usize) -> Row<'_> {
        if let Some(away) = &self.away {
            let (links, notes) = away.row(article);
            return (Cow::Owned(links), Cow::Owned(notes));
        }
        let start = article.checked_sub(1).and_then(|n| self.ends.get(n)).copied().unwrap_or_default();
        let Some(&end) = self.ends.get(article) else { return Row::default() };
        let links = self.links.get(start.0 as usize..end.0 as usize).unwrap_or_default();
        (links.into(), self.notes.get(start.1 as usize..end.1 as usize).unwrap_or_default().into())
    }

    /// The related articles of an article, best first.
    pub fn of(&self, article: usize) -> Cow<'_, [Relation]> {
        self.row(article).0
    }

    /// A bit for each kind in the list of an article, by its place in [`RelationKind::ALL`]: no list is read for it.
    pub fn kinds(&self, article: usize) -> u8 {
        match &self.away {
            Some(away) => away.kinds(article),
            None => self.of(article).iter().fold(0, |bits, r| bits | r.kind.bit()),
        }
    }

    /// All lists, in the order of the articles.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, [Relation]>> {
        (0..self.len()).map(|article| self.of(article))
    }

    /// The related articles of an article with their notes.
    pub(super) fn links(&self, article: usize) -> Vec<Link> {
        let (links, notes) = self.row(article);
        let mut out: Vec<Link> = links.iter().map(|&relation| Link { relation, note: None }).collect();
        for (at, note) in read_notes(&notes) {
            if let Some(link) = out.get_mut(usize::from(at)) {
                link.note = Some(Box::new(note));
            }
        }
        out
    }

    /// Why an article is related to the `nth` of its list; `spread` tells in how many articles a name stands.
    pub fn reasons(
        &self,
        article: usize,
        nth: usize,
        here: &Side<'_>,
        there: &Side<'_>,
        spread: &dyn Fn(EntityIx) -> u32,
    ) -> Vec<Reason> {
        let mut notes = read_notes(&self.row(article).1).into_iter();
        let note = notes.find(|(at, _)| usize::from(*at) == nth).map(|n| n.1).unwrap_or_default();
        let mut names: Vec<EntityIx> = shared_names(here.entities, there.entities).collect();
        names.sort_by_key(|&name| (spread(name), name));
        let (left, right) = (Spelled::title(here.title), Spelled::title(there.title));
        let title = left.common(&right).map(|text| Reason::Title(text.to_owned()));
        let terms = (names.len() <= 1 && !note.terms.is_empty()).then_some(Reason::Terms(note.terms));
        let names = (!names.is_empty()).then_some(Reason::Names(names));
        let quotes = (note.quotes > 0).then_some(Reason::Quotes(note.quotes));
        let text = (note.text > 0).then_some(Reason::Text(note.text));
        let time = Some(Reason::Time(distance(here.when, there.when)));
        [names, title, quotes, text, terms, time].into_iter().flatten().collect()
    }
}

fn read_notes(bytes: &[u8]) -> Vec<(u8, Note)> {
    if bytes.is_empty() { Vec::new() } else { postcard::from_bytes(bytes).unwrap_or_default() }
}

/// The names of both lists, which are in ascending order.
pub(super) fn shared_names<'x>(
    left: &'x [EntityIx],
    right: &'x [EntityIx],
) -> impl Iterator<Item = EntityIx> + 'x {
    let (mut at, mut to) = (0, 0);
    std::iter::from_fn(move || {
        while let Some((a, b)) = left.get(at).zip(right.get(to)) {
            // Without a branch: which of them is less is as good as chance.
            at += usize::from(a <= b);
            to += usize::from(b <= a);
            if a == b {
                return Some(*a);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(to: usize, note: Note) -> Link {
        Link::new(Relation::new(to, 0.5, 0.25, RelationKind::SameEvent), note)
    }

    fn told() -> Relations {
        let terms = vec!["bến sông".to_owned()];
        Relations::pack([
            vec![link(1, Note::default()), link(2, Note { quotes: 2, text: 31, terms: terms.clone() })],
            Vec::new(),
            vec![link(0, Note { terms, ..Note::default() })],
        ])
    }

    #[test]
    fn what_is_packed_is_told_again() {
        assert_eq!(size_of::<Relation>(), Relation::BYTES);
        let told = told();
        let to = |n: usize| told.of(n).iter().map(|r| r.to).collect::<Vec<_>>();
        assert_eq!([to(0), to(1), to(2), to(3)], [vec![1, 2], vec![], vec![0], vec![]]);
        assert!(
            (told.of(0)[0].score() - 0.5).abs() < 1e-4 && (told.of(0)[0].headlines() - 0.25).abs() < 0.01
        );
        assert_eq!(Relations::pack((0..3).map(|n| told.links(n))).links(0), told.links(0));
    }

    #[test]
    fn a_relation_is_the_same_after_its_bytes() {
        for kind in RelationKind::ALL {
            let relation = Relation::new(70_000, 0.5, 0.25, kind);
            assert_eq!(Relation::of_bytes(relation.bytes()), Some(relation));
        }
        assert_eq!(Relation::of_bytes([0, 0, 0, 0, 0, 0, 0, 200]), None);
    }

    #[test]
    fn reasons_come_from_the_articles_and_from_notes() {
        let side = |title, entities, minutes| Side {
            title,
            entities,
            when: Moment { minutes: Some(minutes), ..Moment::default() },
        };
        let (a, b) = ([EntityIx(1), EntityIx(4), EntityIx(9)], [EntityIx(4), EntityIx(9)]);
        // The rarest first: of two equally rare the lower.
        let spread = |name: EntityIx| if name.0 == 9 { 1 } else { 5 };
        let names = Reason::Names(vec![EntityIx(9), EntityIx(4)]);
        for (article, nth, here, there, expect) in [
            (
                0,
                0,
                side("Cầu Mây sập", &a, 10),
                side("Dựng lại cầu Mây", &b, 70),
                vec![names.clone(), Reason::Title("Cầu Mây".to_owned()), Reason::Time(Some(60))],
            ),
            (
                0,
                1,
                side("Một", &a, 10),
                side("Hai", &b, 0),
                vec![names, Reason::Quotes(2), Reason::Text(31), Reason::Time(Some(-10))],
            ),
            // Rare words are told where there are no names.
            (
                2,
                0,
                side("", &a, 0),
                side("", &[], 0),
                vec![Reason::Terms(vec!["bến sông".to_owned()]), Reason::Time(Some(0))],
            ),
        ] {
            assert_eq!(told().reasons(article, nth, &here, &there, &spread), expect);
        }
    }

    #[test]
    fn damaged_notes_are_no_notes() {
        let mut told = told();
        told.notes.iter_mut().for_each(|byte| *byte = 0xFF);
        assert!(told.links(0).iter().all(|link| link.note.is_none()));
        told.ends[0] = (u32::MAX, u32::MAX);
        assert!(told.of(0).is_empty());
    }
}
