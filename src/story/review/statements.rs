//! Statements: one thing said, with all its wordings, cuts and translations across outlets.
//!
//! Owns: which quotes are wordings of one statement. Wordings share half of the shorter one's 4-grams, or have one known
//! speaker, a sentence that is nearly the same, and not only that in common; less is enough with a name or a number that few
//! quotes have. Where the speaker of one is open, nearly all of both must be the same.
//! Refuses: chains: every wording is compared with the longest one of its statement; quotes of two known speakers are never one.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::background;
use super::super::features::grams;
use super::super::packed::Hashes;
use super::super::quotes::{Quote, quotes};
use super::super::reasons::same_quote;
use super::super::syllables::syllables;
use super::table::{Cell, Cells};
use super::{Piece, Place};
use crate::entity::{Entities, EntityIx, Kind};
use crate::text::{folded, sentences};

/// Distinct syllables from which a sentence is compared.
const LEAST: usize = 5;
/// Likeness (cosine by rarity) of two sentences from which quotes of one speaker are one statement.
const PARAPHRASE: f32 = 0.5;
/// Part of each quote that the other has as well, then: one common sentence is not the whole of two speeches.
const COMMON: f32 = 0.25;
/// The likeness, where a name or a number stands in both.
const PARAPHRASE_WITH_FACTS: f32 = 0.27;
/// Part of each quote that the other has as well, where nobody knows that both are of one speaker.
const WHOEVER: f32 = 0.6;
/// Quotes of a story up to which a name or number in them tells them from the others.
const FEW: usize = 2;

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
    /// Who has it, in any wording.
    pub cells: Vec<Cell>,
}

/// A quote made ready for comparison.
struct Said {
    piece: usize,
    quote: Quote,
    /// The words, folded.
    words: String,
    grams: Box<[u32]>,
    sentences: Vec<Sentence>,
    /// Names inside, ascending.
    names: Vec<EntityIx>,
    /// Hashes of syllables with digits, ascending.
    numbers: Vec<u32>,
}

/// Distinct syllables of a sentence with their rarity, ascending; without those of names, which any two sentences about one thing
/// share.
struct Sentence {
    weights: Vec<(u32, f32)>,
    norm: f32,
}

impl Sentence {
    fn of(text: &str, is_name: &dyn Fn(usize) -> bool) -> Self {
        // A name that was not recognised has capitals, too.
        let capital = |at: usize| at > 0 && text[at..].starts_with(char::is_uppercase);
        let named = |at: usize| is_name(at) || capital(at);
        let found = syllables(text).into_iter().filter(|s| !named(s.start as usize));
        let mut weights: Vec<(u32, f32)> =
            found.map(|s| (s.marked, background::syllables().idf(s.marked))).collect();
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
        let named: Vec<Range<usize>> = from.mentions_in(&quote.range).collect();
        let sentences = sentences(text).into_iter().map(|r| {
            let start = quote.range.start + r.start;
            Sentence::of(&text[r], &|at| named.iter().any(|n| n.contains(&(start + at))))
        });
        let sentences = sentences.filter(|s| s.weights.len() >= LEAST).collect();
        let words = folded(text).split_whitespace().collect::<Vec<_>>().join(" ");
        Self { piece, grams: grams(&found), words, sentences, names, numbers, quote }
    }

    fn length(&self) -> usize {
        self.quote.range.len()
    }

    /// How sure it is that two quotes are wordings of one statement; `None` where they are not.
    fn likeness(&self, other: &Self, usual: &Common) -> Option<f32> {
        let (a, b) = (self.quote.speaker, other.quote.speaker);
        if a.is_some() && b.is_some() && a != b {
            return None;
        }
        if same_quote(Hashes::of(&self.grams), Hashes::of(&other.grams)) {
            return Some(1.0);
        }
        if self.piece == other.piece {
            return None;
        }
        let common = self.part_in(other).min(other.part_in(self));
        if a.is_none() || b.is_none() {
            return (common >= WHOEVER).then_some(common);
        }
        let name = |n: &EntityIx| !usual.names.contains(n) && other.names.binary_search(n).is_ok();
        let number = |n: &u32| !usual.numbers.contains(n) && other.numbers.binary_search(n).is_ok();
        let facts = self.names.iter().any(name) || self.numbers.iter().any(number);
        let pairs = self.sentences.iter().flat_map(|x| other.sentences.iter().map(|y| x.likeness(y)));
        let best = pairs.fold(0.0, f32::max);
        let same = best >= PARAPHRASE && common >= COMMON;
        (same || (facts && best >= PARAPHRASE_WITH_FACTS)).then_some(best)
    }

    /// How much of its sentences another quote has, in any words.
    fn part_in(&self, other: &Self) -> f32 {
        let all: f32 = self.sentences.iter().map(|x| x.norm).sum();
        let nearest = |x: &Sentence| other.sentences.iter().map(|y| x.likeness(y)).fold(0.0, f32::max);
        let known: f32 = self.sentences.iter().map(|x| x.norm * nearest(x)).sum();
        if all > 0.0 { known / all } else { 0.0 }
    }
}

/// Names and numbers that so many quotes of a story have that they tell none from another.
#[derive(Debug, Default)]
struct Common {
    names: FxHashSet<EntityIx>,
    numbers: FxHashSet<u32>,
}

impl Common {
    fn of(all: &[Said]) -> Self {
        Self {
            names: in_many(all.iter().map(|s| s.names.as_slice())),
            numbers: in_many(all.iter().map(|s| s.numbers.as_slice())),
        }
    }
}

/// What more than [`FEW`] of some ascending lists hold.
fn in_many<'a, T: Copy + Eq + std::hash::Hash + 'a>(lists: impl Iterator<Item = &'a [T]>) -> FxHashSet<T> {
    let mut counts: FxHashMap<T, usize> = FxHashMap::default();
    for list in lists {
        for (n, one) in list.iter().enumerate() {
            if n == 0 || list[n - 1] != *one {
                *counts.entry(*one).or_default() += 1;
            }
        }
    }
    counts.into_iter().filter(|(_, n)| *n > FEW).map(|(one, _)| one).collect()
}

/// The statements of some pieces, those that most pieces have first.
pub(super) fn statements(cells: &Cells<'_>, entities: &Entities) -> Vec<Statement> {
    let mut all: Vec<Said> = Vec::new();
    for (n, piece) in cells.pieces.iter().enumerate() {
        let found = quotes(piece.plain, piece.names, piece.of);
        all.extend(found.into_iter().map(|quote| Said::of(n, piece, quote)));
    }
    let common = Common::of(&all);
    // The fullest wording is what others are compared with; of equals the oldest.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(all[n].length()));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for n in order {
        let like = |(at, group): (usize, &Vec<usize>)| Some((all[group[0]].likeness(&all[n], &common)?, at));
        let best = groups.iter().enumerate().filter_map(like).max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((_, at)) => groups[at].push(n),
            None => groups.push(vec![n]),
        }
    }
    let mut out: Vec<Statement> =
        groups.into_iter().map(|group| statement(&all, group, entities, cells)).collect();
    out.sort_by_key(|s| {
        (std::cmp::Reverse(s.cells.len()), s.wordings[0].place.piece, s.wordings[0].place.range.start)
    });
    out
}

fn statement(all: &[Said], mut group: Vec<usize>, entities: &Entities, cells: &Cells<'_>) -> Statement {
    let longest = group[0];
    // What a piece says again, in its title or under a picture, is no wording of its own.
    let again = |n: usize, m: usize| {
        let (said, fuller) = (&all[n], &all[m]);
        let longer = (fuller.words.len(), m == longest, n) > (said.words.len(), n == longest, m);
        said.piece == fuller.piece && longer && fuller.words.contains(&said.words)
    };
    let kept: Vec<usize> = group
        .iter()
        .copied()
        .filter(|&n| n == longest || !group.iter().any(|&m| m != n && again(n, m)))
        .collect();
    group = kept;
    let mut speakers: Vec<EntityIx> = group.iter().filter_map(|&n| all[n].quote.speaker).collect();
    // Who is a person is more than who is a body; all known speakers of a group are one by then.
    speakers.sort_by_key(|s| entities.get(*s).map_or(Kind::Misc, |e| e.kind));
    group.sort_unstable();
    let wording = |&n: &usize| {
        let said = &all[n];
        let place = Place { piece: said.piece, range: said.quote.range.clone() };
        Wording { place, verb: said.quote.verb.clone(), reported: said.quote.reported }
    };
    let wordings: Vec<Wording> = group.iter().map(wording).collect();
    Statement {
        speaker: speakers.first().copied(),
        fullest: group.iter().position(|&n| n == longest).unwrap_or(0),
        cells: cells.of(wordings.iter().map(|w| w.place.clone()).collect()),
        wordings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f32 {
        Sentence::of(a, &|_| false).likeness(&Sentence::of(b, &|_| false))
    }

    #[test]
    fn what_many_quotes_have_tells_none_from_another() {
        let lists: [&[u32]; 4] = [&[1, 2, 2], &[1, 3], &[1, 2], &[]];
        assert_eq!(in_many(lists.into_iter()), FxHashSet::from_iter([1]));
    }

    /// A quote of a piece by somebody, or by nobody who is known.
    fn said(piece: usize, speaker: Option<u32>, text: &str) -> Said {
        let speaker = speaker.map(EntityIx);
        Said {
            piece,
            quote: Quote { range: 0..text.len(), verb: None, speaker, reported: false },
            words: folded(text),
            grams: grams(&syllables(text)),
            sentences: sentences(text).into_iter().map(|r| Sentence::of(&text[r], &|_| false)).collect(),
            names: Vec::new(),
            numbers: Vec::new(),
        }
    }

    #[test]
    fn one_speaker_says_more_than_one_thing() {
        const BRIDGE: &str = "Chúng tôi sẽ dựng lại cây cầu treo này trước mùa mưa lũ.";
        const AGAIN: &str = "Trước mùa lũ năm nay, cây cầu treo này sẽ được chúng tôi dựng lại.";
        const MORE: &str = "Học sinh bên kia sông đã nghỉ học bốn tuần rồi. Xã đã thuê hai chiếc đò máy chở các cháu. Thầy cô \
            dạy bù vào chiều thứ bảy. Phụ huynh góp gạo nấu cơm trưa cho cả lớp. Bệnh xá cũng phải chuyển thuốc bằng xuồng.";
        let speech = format!("{BRIDGE} {MORE}");
        for (a, b, expect) in [
            (said(0, Some(1), BRIDGE), said(1, Some(1), AGAIN), true),
            (said(0, Some(1), BRIDGE), said(1, Some(2), AGAIN), false),
            // One sentence of many is not what the other is about.
            (said(0, Some(1), &speech), said(1, Some(1), AGAIN), false),
            // Of whom nobody is sure says the same only where nearly every word is.
            (said(0, Some(1), BRIDGE), said(1, None, AGAIN), true),
            (
                said(0, Some(1), BRIDGE),
                said(1, None, &format!("{AGAIN} Trẻ con sẽ thôi phải lội suối đến lớp mỗi sáng.")),
                false,
            ),
        ] {
            assert_eq!(a.likeness(&b, &Common::default()).is_some(), expect, "{} / {}", a.words, b.words);
            assert_eq!(b.likeness(&a, &Common::default()).is_some(), expect, "{} / {}", b.words, a.words);
        }
    }

    #[test]
    fn names_that_nobody_recognised_make_no_likeness() {
        let one = "Tôi vẫn nhớ ông Tô Văn Mừng ở Vân Khê dạy chúng tôi bơi";
        let other = "Sách của ông Tô Văn Mừng ở Vân Khê bán hết trong một buổi";
        assert!(like(one, other) < PARAPHRASE_WITH_FACTS, "{}", like(one, other));
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
