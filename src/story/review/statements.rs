//! Statements: one thing said, with all its wordings, cuts and translations across outlets.
//!
//! Owns: which quotes are wordings of one statement. Wordings share half of the shorter one's 4-grams, or have one known
//! speaker and enough of their rare syllables, names and numbers in common.
//! Refuses: chains: every wording is compared with the longest one of its statement; quotes of two known speakers are never one.

use std::ops::Range;

use super::super::background;
use super::super::features::grams;
use super::super::quotes::{Quote, quotes};
use super::super::reasons::same_quote;
use super::super::syllables::syllables;
use super::{Piece, Place};
use crate::entity::{Entities, EntityIx, Kind};

/// Share of the rarer words' weight (cosine) from which two quotes of one speaker are one statement.
const PARAPHRASE: f32 = 0.4;
/// The same, where a name or a number stands in both as well.
const PARAPHRASE_WITH_FACTS: f32 = 0.28;

/// One wording of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The words.
    pub place: Place,
    /// The verb of saying: byte range in the same text.
    pub verb: Option<Range<usize>>,
    /// Told in the article's own words.
    pub reported: bool,
}

/// Something said, in all its wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who said it; `None` where no piece is sure.
    pub speaker: Option<EntityIx>,
    /// How it is given, the oldest piece first; never empty.
    pub wordings: Vec<Wording>,
    /// The fullest wording: its place in `wordings`.
    pub fullest: usize,
}

/// A quote made ready for comparison.
struct Said {
    piece: usize,
    quote: Quote,
    grams: Box<[u32]>,
    /// Distinct syllables with their rarity, ascending.
    weights: Vec<(u32, f32)>,
    norm: f32,
    /// Names inside, ascending.
    names: Vec<EntityIx>,
    /// Hashes of syllables with digits, ascending.
    numbers: Vec<u32>,
}

impl Said {
    fn of(piece: usize, from: &Piece<'_>, quote: Quote) -> Self {
        let text = &from.plain.text[quote.range.clone()];
        let found = syllables(text);
        let mut weights: Vec<(u32, f32)> =
            found.iter().map(|s| (s.marked, background::syllables().idf(s.marked))).collect();
        weights.sort_unstable_by_key(|w| w.0);
        weights.dedup_by_key(|w| w.0);
        let mut names: Vec<EntityIx> = from
            .names
            .mentions
            .iter()
            .zip(from.of)
            .filter(|(m, e)| {
                **e != EntityIx::NONE
                    && quote.range.contains(&(m.start as usize))
                    && m.end as usize <= quote.range.end
            })
            .map(|(_, e)| *e)
            .collect();
        names.sort_unstable();
        let mut numbers: Vec<u32> = found.iter().filter(|s| s.digits).map(|s| s.marked).collect();
        numbers.sort_unstable();
        let norm = weights.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
        Self { piece, grams: grams(&found), weights, norm, names, numbers, quote }
    }

    fn length(&self) -> usize {
        self.quote.range.len()
    }

    /// Whether two quotes are wordings of one statement.
    fn is(&self, other: &Self) -> bool {
        let (a, b) = (self.quote.speaker, other.quote.speaker);
        if a.is_some() && b.is_some() && a != b {
            return false;
        }
        if same_quote(&self.grams, &other.grams) {
            return true;
        }
        if a.is_none() || a != b || self.piece == other.piece {
            return false;
        }
        let facts = self.names.iter().any(|n| other.names.binary_search(n).is_ok())
            || self.numbers.iter().any(|n| other.numbers.binary_search(n).is_ok());
        self.likeness(other) >= if facts { PARAPHRASE_WITH_FACTS } else { PARAPHRASE }
    }

    /// Cosine of the syllables, weighted by rarity.
    fn likeness(&self, other: &Self) -> f32 {
        let weight = |hash: u32| other.weights.binary_search_by_key(&hash, |w| w.0).ok();
        let dot: f32 = self.weights.iter().filter(|w| weight(w.0).is_some()).map(|w| w.1 * w.1).sum();
        let norm = self.norm * other.norm;
        if norm > 0.0 { dot / norm } else { 0.0 }
    }
}

/// The statements of some pieces, those that most pieces have first.
pub(super) fn statements(pieces: &[Piece<'_>], entities: &Entities) -> Vec<Statement> {
    let mut all: Vec<Said> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let found = quotes(piece.plain, piece.names, piece.of);
        all.extend(found.into_iter().map(|quote| Said::of(n, piece, quote)));
    }
    // The fullest wording is what others are compared with; of equals the oldest.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(all[n].length()));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for n in order {
        match groups.iter_mut().find(|group| all[group[0]].is(&all[n])) {
            Some(group) => group.push(n),
            None => groups.push(vec![n]),
        }
    }
    let mut out: Vec<Statement> = groups.into_iter().map(|group| statement(&all, group, entities)).collect();
    let spread = |s: &Statement| {
        let mut pieces: Vec<usize> = s.wordings.iter().map(|w| w.place.piece).collect();
        pieces.dedup();
        pieces.len()
    };
    out.sort_by_key(|s| {
        (std::cmp::Reverse(spread(s)), s.wordings[0].place.piece, s.wordings[0].place.range.start)
    });
    out
}

fn statement(all: &[Said], mut group: Vec<usize>, entities: &Entities) -> Statement {
    let longest = group[0];
    let mut speakers: Vec<EntityIx> = group.iter().filter_map(|&n| all[n].quote.speaker).collect();
    // Who is a person is more than who is a body; all known speakers of a group are one by then.
    speakers.sort_by_key(|s| entities.get(*s).map_or(Kind::Misc, |e| e.kind));
    group.sort_unstable();
    let wording = |&n: &usize| {
        let said = &all[n];
        let place = Place { piece: said.piece, range: said.quote.range.clone() };
        Wording { place, verb: said.quote.verb.clone(), reported: said.quote.reported }
    };
    Statement {
        speaker: speakers.first().copied(),
        fullest: group.iter().position(|&n| n == longest).unwrap_or(0),
        wordings: group.iter().map(wording).collect(),
    }
}
