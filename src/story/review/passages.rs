//! Passages that stand in one column only, and passages that were read before.
//!
//! Owns: sentences as sets of shingles and of weighted word pairs; what is new in one and what is old.
//! Refuses: to shorten: neighbouring sentences of one part become one passage, nothing is left out of it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::super::background;
use super::super::features::SHINGLE;
use super::super::syllables::{Syllable, gram, syllables};
use super::{Piece, Place};
use crate::article::Place as Part;
use crate::text::sentences;

/// Syllables from which a sentence says something of its own.
const LEAST: usize = 8;
/// Share of a sentence's weight of pairs that may stand elsewhere in a passage that only one has.
const ELSEWHERE: f32 = 0.35;
/// Share of a sentence's shingles that must have been read for it to be old.
const READ: f32 = 0.6;

/// A passage: some sentences of one part of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// Its syllables.
    pub syllables: usize,
}

/// A sentence.
struct Sentence {
    range: Range<usize>,
    /// Which part of the text.
    part: usize,
    syllables: usize,
    shingles: Vec<u32>,
    pairs: Vec<u32>,
}

/// The sentences of a piece.
pub(super) struct Sentences {
    all: Vec<Sentence>,
}

impl Sentences {
    /// Reads a piece: title, lead and body.
    pub fn of(piece: &Piece<'_>) -> Self {
        let mut all = Vec::new();
        for (part, stretch) in piece.plain.parts.iter().enumerate() {
            if matches!(stretch.place, Part::Credit(_)) {
                continue;
            }
            let text = &piece.plain.text[stretch.range.clone()];
            for range in sentences(text) {
                let found = syllables(&text[range.clone()]);
                let range = stretch.range.start + range.start..stretch.range.start + range.end;
                all.push(Sentence {
                    range,
                    part,
                    syllables: found.len(),
                    shingles: found.windows(SHINGLE).map(|w| gram(w.iter().map(|s| s.marked))).collect(),
                    pairs: pairs(&found),
                });
            }
        }
        Self { all }
    }

    /// Sentences for which `keep` holds, neighbours of one part joined.
    fn passages(&self, piece: usize, keep: impl Fn(&Sentence) -> bool) -> Vec<Passage> {
        let mut out: Vec<(Passage, usize)> = Vec::new();
        let mut joined = None;
        for (n, sentence) in self.all.iter().enumerate() {
            if !keep(sentence) {
                continue;
            }
            match out.last_mut() {
                Some((last, part)) if *part == sentence.part && joined == n.checked_sub(1) => {
                    last.place.range.end = sentence.range.end;
                    last.syllables += sentence.syllables;
                }
                _ => {
                    let place = Place { piece, range: sentence.range.clone() };
                    out.push((Passage { place, syllables: sentence.syllables }, sentence.part));
                }
            }
            joined = Some(n);
        }
        out.into_iter().map(|p| p.0).collect()
    }
}

fn pairs(found: &[Syllable]) -> Vec<u32> {
    let joined = found.windows(2).filter(|w| w[1].joined);
    let mut pairs: Vec<u32> = joined.map(|w| gram([w[0].folded, w[1].folded])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Passages that no other column has in any words; `columns` is the column of each piece. With one column there are none.
pub(super) fn only(texts: &[Sentences], columns: &[usize], count: usize) -> Vec<Passage> {
    if count < 2 {
        return Vec::new();
    }
    // In how many columns each pair stands, and in which when it is one.
    let mut holders: rustc_hash::FxHashMap<u32, (usize, bool)> = rustc_hash::FxHashMap::default();
    for (text, &column) in texts.iter().zip(columns) {
        for &pair in text.all.iter().flat_map(|s| &s.pairs) {
            holders.entry(pair).and_modify(|h| h.1 |= h.0 != column).or_insert((column, false));
        }
    }
    let mut told: FxHashSet<Vec<u32>> = FxHashSet::default();
    let mut out = Vec::new();
    for (piece, text) in texts.iter().enumerate() {
        let fresh = |sentence: &Sentence| {
            let weight = |pair: &u32| background::pairs().idf(*pair).max(0.0);
            let all: f32 = sentence.pairs.iter().map(weight).sum();
            let elsewhere: f32 =
                sentence.pairs.iter().filter(|p| holders.get(p).is_some_and(|h| h.1)).map(weight).sum();
            sentence.syllables >= LEAST && all > 0.0 && elsewhere <= ELSEWHERE * all
        };
        // Reprints and bodies printed twice say it once.
        let new: Vec<bool> = text.all.iter().map(|s| fresh(s) && told.insert(s.shingles.clone())).collect();
        let at = |s: &Sentence| text.all.partition_point(|other| other.range.start < s.range.start);
        out.extend(text.passages(piece, |s| new[at(s)]));
    }
    out
}

/// Passages of unread pieces that stood in read ones.
pub(super) fn seen(texts: &[Sentences], pieces: &[Piece<'_>]) -> Vec<Passage> {
    let read: FxHashSet<u32> = texts
        .iter()
        .zip(pieces)
        .filter(|(_, piece)| piece.read)
        .flat_map(|(text, _)| text.all.iter().flat_map(|s| s.shingles.iter().copied()))
        .collect();
    if read.is_empty() {
        return Vec::new();
    }
    let old = |sentence: &Sentence| {
        let known = sentence.shingles.iter().filter(|s| read.contains(s)).count();
        known > 0 && known as f32 >= READ * sentence.shingles.len() as f32
    };
    let unread = texts.iter().zip(pieces).enumerate().filter(|(_, (_, piece))| !piece.read);
    unread.flat_map(|(n, (text, _))| text.passages(n, old)).collect()
}
