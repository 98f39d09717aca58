//! Statements: one thing said, with all its wordings, cuts and translations across outlets.
//!
//! Owns: which quotes are wordings of one statement. Wordings share half of the shorter one's 4-grams, or have one known
//! speaker and enough of their rare syllables, names and numbers in common.
//! Refuses: chains: every wording is compared with the longest one of its statement; quotes of two known speakers are never one.

use std::ops::Range;

use super::super::background;
use super::super::features::grams;
use super::super::packed::Hashes;
use super::super::quotes::{Quote, quotes};
use super::super::reasons::same_quote;
use super::super::syllables::syllables;
use super::{Piece, Place};
use crate::entity::{Entities, EntityIx, Kind};
use crate::text::sentences;

/// Distinct syllables from which a sentence is compared.
const LEAST: usize = 5;
/// Likeness (cosine by rarity) of two sentences from which quotes of one speaker are one statement.
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
    sentences: Vec<Sentence>,
    /// Names inside, ascending.
    names: Vec<EntityIx>,
    /// Hashes of syllables with digits, ascending.
    numbers: Vec<u32>,
}

/// Distinct syllables of a sentence with their rarity, ascending.
struct Sentence {
    weights: Vec<(u32, f32)>,
    norm: f32,
}

impl Sentence {
    fn of(text: &str) -> Self {
        let found = syllables(text);
        let mut weights: Vec<(u32, f32)> =
            found.iter().map(|s| (s.marked, background::syllables().idf(s.marked))).collect();
        weights.sort_unstable_by_key(|w| w.0);
        weights.dedup_by_key(|w| w.0);
        let norm = weights.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
        Self { weights, norm }
    }

    /// Cosine of the syllables, weighted by rarity.
    fn likeness(&self, other: &Self) -> f32 {
        let stands = |hash: u32| other.weights.binary_search_by_key(&hash, |w| w.0).is_ok();
        let dot: f32 = self.weights.iter().filter(|w| stands(w.0)).map(|w| w.1 * w.1).sum();
        let norm = self.norm * other.norm;
        if norm > 0.0 { dot / norm } else { 0.0 }
    }
}

impl Said {
    fn of(piece: usize, from: &Piece<'_>, quote: Quote) -> Self {
        let text = &from.plain.text[quote.range.clone()];
        let found = syllables(text);
        let mut names: Vec<EntityIx> = from.names_in(&quote.range).collect();
        names.sort_unstable();
        let mut numbers: Vec<u32> = found.iter().filter(|s| s.digits).map(|s| s.marked).collect();
        numbers.sort_unstable();
        let sentences = sentences(text).into_iter().map(|r| Sentence::of(&text[r]));
        let sentences = sentences.filter(|s| s.weights.len() >= LEAST).collect();
        Self { piece, grams: grams(&found), sentences, names, numbers, quote }
    }

    fn length(&self) -> usize {
        self.quote.range.len()
    }

    /// How sure it is that two quotes are wordings of one statement; `None` where they are not.
    fn likeness(&self, other: &Self) -> Option<f32> {
        let (a, b) = (self.quote.speaker, other.quote.speaker);
        if a.is_some() && b.is_some() && a != b {
            return None;
        }
        if same_quote(Hashes::of(&self.grams), Hashes::of(&other.grams)) {
            return Some(1.0);
        }
        if a.is_none() || a != b || self.piece == other.piece {
            return None;
        }
        let facts = self.names.iter().any(|n| other.names.binary_search(n).is_ok())
            || self.numbers.iter().any(|n| other.numbers.binary_search(n).is_ok());
        let pairs = self.sentences.iter().flat_map(|x| other.sentences.iter().map(|y| x.likeness(y)));
        let best = pairs.fold(0.0, f32::max);
        (best >= if facts { PARAPHRASE_WITH_FACTS } else { PARAPHRASE }).then_some(best)
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
        let like = |(at, group): (usize, &Vec<usize>)| Some((all[group[0]].likeness(&all[n])?, at));
        let best = groups.iter().enumerate().filter_map(like).max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((_, at)) => groups[at].push(n),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f32 {
        Sentence::of(a).likeness(&Sentence::of(b))
    }

    #[test]
    fn another_translation_is_nearer_than_another_sentence() {
        let said = "Chúng tôi sẽ dựng lại cây cầu treo Bản Mây trước mùa mưa lũ";
        let again = "Trước mùa lũ năm nay, cầu treo Bản Mây sẽ được chúng tôi dựng lại";
        let other = "Chúng tôi cảm ơn các anh bộ đội đã giúp dân trong những ngày qua";
        assert!(like(said, again) >= PARAPHRASE, "{}", like(said, again));
        assert!(like(said, other) < PARAPHRASE_WITH_FACTS, "{}", like(said, other));
    }
}
