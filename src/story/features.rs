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
use super::packed;
use super::proper::{capitals, weighed};
use super::quoted::quoted;
use super::score::Moment;
use super::syllables::{Syllable, gram, syllables};
use super::vectors::{Counts, Vectors};
use crate::article::{Article, Basis, BlockKind, Dated, Place, Plain, Precision, dates_in};

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

/// A few stretches of text under their hashes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Spelled {
    text: Box<str>,
    /// Hash, first byte and one past the last byte in `text`.
    spans: Box<[(u32, u16, u16)]>,
}

impl Spelled {
    /// Stretches of one text.
    fn within(text: &str, spans: &[(u32, Range<u32>)]) -> Self {
        let short = |(hash, range): &(u32, Range<u32>)| {
            Some((*hash, u16::try_from(range.start).ok()?, u16::try_from(range.end).ok()?))
        };
        Self { text: text.into(), spans: spans.iter().filter_map(short).collect() }
    }

    fn new(parts: &[(u32, &str)]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(parts.len());
        for (hash, part) in parts {
            let (start, end) = (text.len(), text.len() + part.len());
            let (Ok(start), Ok(end)) = (u16::try_from(start), u16::try_from(end)) else { break };
            text.push_str(part);
            spans.push((*hash, start, end));
        }
        Self { text: text.into(), spans: spans.into() }
    }

    /// The pairs of a title, in order.
    pub fn title(text: &str) -> Self {
        let found = syllables(text);
        let pairs: Vec<(u32, Range<u32>)> = pairs_without_numbers(&found).collect();
        Self::within(text, &pairs)
    }

    /// The longest stretch of the first text whose neighbouring spans stand in the second text in the same order.
    pub fn common<'s>(&'s self, other: &Self) -> Option<&'s str> {
        let overlap = |spans: &[(u32, u16, u16)], at: usize| spans[at].1 < spans[at - 1].2;
        let mut best: Option<(usize, usize)> = None;
        for i in 0..self.spans.len() {
            for j in 0..other.spans.len() {
                let mut n = 0;
                while i + n < self.spans.len()
                    && j + n < other.spans.len()
                    && self.spans[i + n].0 == other.spans[j + n].0
                    && (n == 0 || overlap(&self.spans, i + n) && overlap(&other.spans, j + n))
                {
                    n += 1;
                }
                if n > best.map_or(0, |b| b.1) {
                    best = Some((i, n));
                }
            }
        }
        let (first, n) = best?;
        Some(&self.text[usize::from(self.spans[first].1)..usize::from(self.spans[first + n - 1].2)])
    }

    /// Hash and letters of each, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &str)> + '_ {
        self.spans.iter().map(|&(hash, start, end)| (hash, &self.text[usize::from(start)..usize::from(end)]))
    }
}

/// What relating needs of one article's text; made once, on any thread.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// What the score is made of. It is written apart, as it is read far more often.
    #[serde(skip)]
    pub(super) vectors: Vectors,
    /// Distinct shingles in ascending order.
    #[serde(with = "packed::hashes")]
    pub(super) shingles: Box<[u32]>,
    /// The n-grams of each quote, in ascending order.
    pub(super) quotes: Box<[Box<[u32]>]>,
    /// The title's syllables with marks, in ascending order.
    #[serde(with = "packed::hashes")]
    pub(super) headline: Box<[u32]>,
    /// The title without numbers: what the titles of a daily column have in common; 0 without a title.
    pub(super) shape: u32,
    /// The same of the title's head, where a head with a number stands before a colon (`Prices on 3/6: …`); else 0.
    pub(super) column: u32,
    /// The number in that head.
    pub(super) number: u32,
    /// What the article is about: the letters of its weightiest pairs, the heaviest first; those in title and head weigh more.
    pub(super) terms: Spelled,
    /// The pairs that the article is found by: as the subjects, but more of them, each with its count.
    pub(super) signature: Counts,
    /// The publication is known to the day only: hours would be made up.
    pub(super) day_only: bool,
    /// The first month and day that an article without a date of its own tells of.
    pub(super) day: Option<(i8, i8)>,
}

impl Features {
    /// Reads an article's features.
    pub fn of(article: &Article, plain: &Plain) -> Self {
        let mut reader = Reader::default();
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

    /// With what the score is made of, where both were written apart.
    #[must_use]
    pub fn with(self, vectors: Vectors) -> Self {
        Self { vectors, ..self }
    }

    /// When the article was published, `minutes` being known from elsewhere.
    pub fn when(&self, minutes: Option<i64>) -> Moment {
        Moment { minutes, day_only: self.day_only, day: self.day }
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
    quotes: Vec<Box<[u32]>>,
    headline: Vec<u32>,
    shape: u32,
    column: u32,
    number: u32,
    proper: Vec<(u32, f32)>,
}

impl Reader {
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
                self.quotes.push(grams);
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
        let places = first_places(&self.places, &subjects);
        let letters = |(hash, _): &(u32, u8)| {
            let place = places.get(hash)?;
            Some((*hash, &text[place.start as usize..place.end as usize]))
        };
        let terms: Vec<(u32, &str)> = subjects.iter().filter_map(letters).collect();
        Features {
            vectors: Vectors { syllables: Counts::of(self.syllables), pairs, proper: weighed(self.proper) },
            terms: Spelled::new(&terms),
            signature: Counts::of(signature),
            shingles: self.shingles.into(),
            quotes: self.quotes.into(),
            headline: self.headline.into(),
            shape: self.shape,
            column: self.column,
            number: self.number,
            day_only: false,
            day: None,
        }
    }
}

/// Where each of a few pairs stands first.
fn first_places(all: &[(u32, Range<u32>)], wanted: &[(u32, u8)]) -> FxHashMap<u32, Range<u32>> {
    let mut places: FxHashMap<u32, Option<&Range<u32>>> = wanted.iter().map(|w| (w.0, None)).collect();
    for (hash, range) in all {
        if let Some(place) = places.get_mut(hash) {
            place.get_or_insert(range);
        }
    }
    places.into_iter().filter_map(|(hash, place)| Some((hash, place?.clone()))).collect()
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
    let weight = |(hash, count): (u32, u8)| {
        let first = heads.partition_point(|&h| h < hash);
        let times = heads[first..].iter().take(2).take_while(|&&h| h == hash).count();
        let weight = f32::from(count).ln_1p() * (1 + times) as f32 * background::pairs().idf(hash);
        (hash, (weight * SUBJECT_STEPS).min(255.0) as u8)
    };
    let mut weighed: Vec<(u32, u8)> = pairs.iter().map(weight).collect();
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
fn pairs_without_numbers(found: &[Syllable]) -> impl Iterator<Item = (u32, Range<u32>)> {
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
pub(super) fn shared(left: &[u32], right: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        n += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    n
}
