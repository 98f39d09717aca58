//! What relating needs of one article's text, made once, on any thread: hashes and counts, a few kilobytes.
//!
//! Owns: which parts of an article count how often, quotes and shingles as hashes, the title's pairs and shape.
//! Refuses: weights (they depend on the collection) and names (they come as entities).
//! Tests: at the foot of this file.

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::background;
use super::packed::{self, Hashes};
use super::proper::{capitals, weighed};
use super::quoted::quoted;
use super::score::Moment;
use super::spelled::{Spelled, Told};
use super::syllables::{Syllable, gram, syllables};
use super::vectors::{Counted, Counts, Vectors, View};
use super::wording::is_word;
use crate::article::{Article, Basis, BlockKind, Dated, Place, Plain, Precision, dates_in};

/// Bytes of a syllable and what parts it from the next, at least in most texts.
const SYLLABLE: usize = 4;
/// Syllables of a shingle: five in a row are seldom the same by chance.
pub(super) const SHINGLE: usize = 5;
/// Syllables of a quote's n-gram.
pub(super) const QUOTE_GRAM: usize = 4;
/// Pairs that an article is found by.
pub(super) const SIGNATURE: usize = 64;
/// Pairs that stand for what an article is about.
const SUBJECTS: usize = 32;
/// Syllables after the title that say what an article is about.
const HEAD: usize = 80;
/// Bytes of a text within which an article without a date is looked at for the day it tells of.
const TOLD_WITHIN: usize = 2000;
/// Steps of a nat in which the weight of a subject is kept.
const SUBJECT_STEPS: f32 = 2.0;

/// What relating needs of one article's text; made once, on any thread.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Features {
    /// What the score is made of. It is written apart, as it is read far more often.
    #[serde(skip)]
    pub(super) vectors: Vectors,
    /// Distinct shingles in ascending order.
    #[serde(with = "packed::hashes")]
    pub(super) shingles: Box<[u32]>,
    /// The n-grams of each quote, in ascending order.
    #[serde(with = "packed::hashes")]
    pub(super) quotes: Box<[u32]>,
    /// Where each quote ends in them.
    #[serde(with = "packed::hashes")]
    pub(super) quote_ends: Box<[u32]>,
    /// The title's syllables with marks, in ascending order.
    #[serde(with = "packed::hashes")]
    pub(super) headline: Box<[u32]>,
    /// The title without numbers: what the titles of a daily column have in common; 0 without a title.
    pub(super) shape: u32,
    /// The same of the title's head, where a head with a number stands before a colon (`Prices on 3/6: …`); else 0.
    pub(super) column: u32,
    /// The number in that head.
    pub(super) number: u32,
    /// What the article is about: the letters of its weightiest pairs, those that are words before those that lie across two, the
    /// heaviest first of each; those in title and head weigh more.
    pub(super) terms: Spelled,
    /// How many of them are words.
    pub(super) words: u32,
    /// The pairs that the article is found by: as the subjects, but more of them, each with its count.
    pub(super) signature: Counts,
    /// The publication is known to the day only: hours would be made up.
    day_only: bool,
    /// The first month and day that an article without a date of its own tells of.
    day: Option<(i8, i8)>,
}

/// [`Features`] wherever they lie.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Sight<'a> {
    #[serde(skip)]
    pub(super) vectors: View<'a>,
    #[serde(borrow)]
    pub(super) shingles: Hashes<'a>,
    #[serde(borrow)]
    quotes: Hashes<'a>,
    #[serde(borrow)]
    quote_ends: Hashes<'a>,
    #[serde(borrow)]
    pub(super) headline: Hashes<'a>,
    pub(super) shape: u32,
    pub(super) column: u32,
    pub(super) number: u32,
    #[serde(borrow)]
    pub(super) terms: Told<'a>,
    pub(super) words: u32,
    #[serde(borrow)]
    pub(super) signature: Counted<'a>,
    day_only: bool,
    day: Option<(i8, i8)>,
}

impl<'a> Sight<'a> {
    /// With what the score is made of, which is written apart.
    #[must_use]
    pub fn with(self, vectors: View<'a>) -> Self {
        Self { vectors, ..self }
    }

    /// When the article was published, `minutes` being known from elsewhere.
    pub fn when(&self, minutes: Option<i64>) -> Moment {
        Moment { minutes, day_only: self.day_only, day: self.day }
    }

    /// The n-grams of each quote.
    pub(super) fn quotes(&self) -> impl Iterator<Item = Hashes<'a>> + use<'a> {
        let (grams, mut first) = (self.quotes, 0);
        self.quote_ends.iter().map(move |end| {
            let end = end as usize;
            grams.within(std::mem::replace(&mut first, end), end)
        })
    }
}

impl Features {
    /// Reads an article's features.
    pub fn of(article: &Article, plain: &Plain) -> Self {
        let mut reader = Reader::with_room(plain.text.len() / SYLLABLE);
        for part in &plain.parts {
            let text = &plain.text[part.range.clone()];
            let times = match part.place {
                Place::Title => 5,
                Place::Lead => 2,
                Place::Credit(_) => continue,
                Place::Block(n) if article.blocks.get(n).is_some_and(|b| b.kind == BlockKind::Image) => {
                    continue;
                }
                Place::Block(_) => 1,
            };
            let found = syllables(text);
            if part.place == Place::Title {
                reader.title(text, &found);
            } else {
                reader.head(&found);
            }
            reader.part(text, &found, part.range.start, times);
        }
        let day_only = article.published.as_ref().is_some_and(|d| d.precision < Precision::Minute);
        let dated = article.published.as_ref().is_some_and(|d| d.basis != Basis::FileTime);
        let day = if dated { None } else { told_day(&plain.text) };
        Features { day_only, day, ..reader.finish(&plain.text) }
    }

    /// What the score is made of.
    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// As they would have been read.
    pub fn sight(&self) -> Sight<'_> {
        Sight {
            vectors: self.vectors.view(),
            shingles: Hashes::of(&self.shingles),
            quotes: Hashes::of(&self.quotes),
            quote_ends: Hashes::of(&self.quote_ends),
            headline: Hashes::of(&self.headline),
            shape: self.shape,
            column: self.column,
            number: self.number,
            terms: self.terms.told(),
            words: self.words,
            signature: self.signature.view(),
            day_only: self.day_only,
            day: self.day,
        }
    }

    /// When the article was published, `minutes` being known from elsewhere.
    pub fn when(&self, minutes: Option<i64>) -> Moment {
        self.sight().when(minutes)
    }
}

/// Collects features part by part.
#[derive(Default)]
struct Reader {
    syllables: Vec<(u32, u8)>,
    pairs: Vec<(u32, u8)>,
    /// Pairs of the title and of the syllables after it, once for each of both.
    heads: Vec<u32>,
    /// Syllables after the title so far.
    read: usize,
    /// The pairs in the order of the plain text, and where they stand.
    places: Vec<(u32, Range<u32>)>,
    shingles: Vec<u32>,
    quotes: Vec<u32>,
    quote_ends: Vec<u32>,
    headline: Vec<u32>,
    shape: u32,
    column: u32,
    number: u32,
    proper: Vec<(u32, f32)>,
}

impl Reader {
    /// Room for so many syllables.
    fn with_room(syllables: usize) -> Self {
        Self {
            syllables: Vec::with_capacity(syllables),
            pairs: Vec::with_capacity(syllables),
            places: Vec::with_capacity(syllables),
            shingles: Vec::with_capacity(syllables),
            ..Self::default()
        }
    }

    fn title(&mut self, text: &str, found: &[Syllable]) {
        self.heads.extend(pairs_without_numbers(found).map(|p| p.0));
        self.headline = found.iter().map(|s| s.marked).collect();
        self.headline.sort_unstable();
        self.headline.dedup();
        self.shape = shape(found);
        let colon = text.find(": ").unwrap_or(0);
        let head = &found[..found.partition_point(|s| (s.end as usize) <= colon)];
        if head.iter().any(|s| s.digits) {
            self.column = shape(head);
            self.number = gram(head.iter().filter(|s| s.digits).map(|s| s.folded));
        }
    }

    /// Takes what is left of the head from a part.
    fn head(&mut self, found: &[Syllable]) {
        let head = &found[..found.len().min(HEAD.saturating_sub(self.read))];
        self.read += head.len();
        self.heads.extend(joined_pairs(head).map(|(a, b)| gram([a.folded, b.folded])));
    }

    fn part(&mut self, text: &str, found: &[Syllable], offset: usize, times: u8) {
        self.syllables.extend(found.iter().map(|s| (s.marked, times)));
        self.proper.extend(capitals(text, found));
        for (a, b) in joined_pairs(found) {
            let hash = gram([a.folded, b.folded]);
            self.pairs.push((hash, 1));
            self.places.push((hash, a.start + offset as u32..b.end + offset as u32));
        }
        self.shingles.extend(found.windows(SHINGLE).map(|w| gram(w.iter().map(|s| s.marked))));
        for range in quoted(text) {
            let first = found.partition_point(|s| (s.start as usize) < range.start);
            let last = found.partition_point(|s| (s.start as usize) < range.end);
            let grams = grams(&found[first..last]);
            if !grams.is_empty() {
                self.quotes.extend(grams);
                self.quote_ends.push(self.quotes.len() as u32);
            }
        }
    }

    fn finish(mut self, text: &str) -> Features {
        self.shingles.sort_unstable();
        self.shingles.dedup();
        let pairs = Counts::of(self.pairs);
        let mut subjects = weightiest(&pairs, self.heads);
        let signature = subjects.iter().map(|&(hash, _)| (hash, pairs.count(hash))).collect();
        subjects.truncate(SUBJECTS);
        let first = first_places(&self.places, &subjects);
        let placed = subjects.iter().filter_map(|(hash, _)| Some((*hash, *first.get(hash)?)));
        let (words, others): (Vec<_>, Vec<_>) = placed.partition(|(_, at)| is_word(text, &self.places, *at));
        let letters = |(hash, at): &(u32, usize)| {
            let place = &self.places[*at].1;
            (*hash, &text[place.start as usize..place.end as usize])
        };
        let terms: Vec<(u32, &str)> = words.iter().chain(&others).map(letters).collect();
        Features {
            vectors: Vectors { syllables: Counts::of(self.syllables), pairs, proper: weighed(self.proper) },
            terms: Spelled::new(&terms),
            words: words.len() as u32,
            signature: Counts::of(signature),
            shingles: self.shingles.into(),
            quotes: self.quotes.into(),
            quote_ends: self.quote_ends.into(),
            headline: self.headline.into(),
            shape: self.shape,
            column: self.column,
            number: self.number,
            day_only: false,
            day: None,
        }
    }
}

/// Which of all pairs is the first of each of a few.
fn first_places(all: &[(u32, Range<u32>)], wanted: &[(u32, u8)]) -> FxHashMap<u32, usize> {
    let mut places: FxHashMap<u32, Option<usize>> = wanted.iter().map(|w| (w.0, None)).collect();
    for (at, (hash, _)) in all.iter().enumerate() {
        if let Some(place) = places.get_mut(hash) {
            place.get_or_insert(at);
        }
    }
    places.into_iter().filter_map(|(hash, place)| Some((hash, place?))).collect()
}

/// The first month and day that a text names without a year.
fn told_day(text: &str) -> Option<(i8, i8)> {
    // Only what is named outright is taken, so that any reference will do.
    let any = Dated {
        at: Date::constant(2000, 1, 1).at(0, 0, 0, 0),
        precision: Precision::Day,
        zone: None,
        basis: Basis::Stated,
        evidence: String::new(),
        line: 0,
    };
    let named = |date: &Dated| {
        date.basis == Basis::Inferred
            && date.precision == Precision::Day
            && date.evidence.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count() > 1
    };
    let head = &text[..text.floor_char_boundary(TOLD_WITHIN)];
    let found = dates_in(head, Some(&any)).into_iter().map(|f| f.date).find(named)?;
    Some((found.at.month(), found.at.day()))
}

/// The weightiest pairs of an article with their weights, the heaviest first. A pair of the head weighs twice, one of title and head thrice.
fn weightiest(pairs: &Counts, mut heads: Vec<u32>) -> Vec<(u32, u8)> {
    heads.sort_unstable();
    let mut heads = heads.into_iter().peekable();
    let rarities = background::pairs().all(pairs.hashes.iter().copied());
    let weight = |((hash, count), rarity): ((u32, u8), f32)| {
        // Both are in ascending order.
        while heads.next_if(|&head| head < hash).is_some() {}
        let first = usize::from(heads.next_if_eq(&hash).is_some());
        let times = first + usize::from(heads.peek() == Some(&hash));
        let weight = f32::from(count).ln_1p() * (1 + times) as f32 * rarity;
        (hash, (weight * SUBJECT_STEPS).min(255.0) as u8)
    };
    let mut weighed: Vec<(u32, u8)> = pairs.iter().zip(rarities).map(weight).collect();
    if weighed.len() > SIGNATURE {
        weighed.select_nth_unstable_by(SIGNATURE, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        weighed.truncate(SIGNATURE);
    }
    weighed.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    weighed
}

/// Words without those that hold digits, as one hash; 0 where fewer than two are left: one word makes no column.
fn shape(found: &[Syllable]) -> u32 {
    let words: Vec<u32> = found.iter().filter(|s| !s.digits).map(|s| s.folded).collect();
    if words.len() < 2 { 0 } else { gram(words) }
}

/// Neighbours that no punctuation parts.
fn joined_pairs(found: &[Syllable]) -> impl Iterator<Item = (&Syllable, &Syllable)> {
    found.windows(2).filter(|w| w[1].joined).map(|w| (&w[0], &w[1]))
}

/// Neighbours of which not both are numbers: hash and byte range.
pub(super) fn pairs_without_numbers(found: &[Syllable]) -> impl Iterator<Item = (u32, Range<u32>)> {
    let told = joined_pairs(found).filter(|(a, b)| !(a.digits && b.digits));
    told.map(|(a, b)| (gram([a.folded, b.folded]), a.start..b.end))
}

/// The distinct n-grams of a quote, in ascending order.
pub(super) fn grams(found: &[Syllable]) -> Box<[u32]> {
    let mut grams: Vec<u32> = found.windows(QUOTE_GRAM).map(|w| gram(w.iter().map(|s| s.marked))).collect();
    grams.sort_unstable();
    grams.dedup();
    grams.into()
}

/// How many values two ascending lists share.
pub(super) fn shared(left: Hashes<'_>, right: Hashes<'_>) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        n += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    n
}
