//! The evidence of a relation: where two texts are the same.
//!
//! Owns: shared passages and shared quotes as byte ranges of both plain texts, by the same measure as the reasons.
//! Refuses: to be computed for all pairs: a screen asks for the pair that is open.
//! Tests: at the foot of this file.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::features::{SHINGLE, grams};
use super::packed::Hashes;
use super::quoted::quoted;
use super::reasons::same_quote;
use super::syllables::{Syllable, gram, syllables};
use crate::article::{Place, Plain};

/// Something that stands in both texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Byte range in the first plain text.
    pub here: Range<usize>,
    /// Byte range in the second plain text.
    pub there: Range<usize>,
}

/// What two texts share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Passages of five or more syllables in the same order, in the order of the first text; they do not overlap there.
    pub passages: Vec<Shared>,
    /// Quotes of which one has half of the other's words in their order, without their marks.
    pub quotes: Vec<Shared>,
}

/// A part of a text: where it begins, and its syllables.
struct Stretch {
    offset: usize,
    syllables: Vec<Syllable>,
    quotes: Vec<Range<usize>>,
}

impl Stretch {
    /// The parts that features are made of.
    fn all(plain: &Plain) -> Vec<Self> {
        let parts = plain.parts.iter().filter(|p| !matches!(p.place, Place::Credit(_)));
        let read = |range: &Range<usize>| {
            let text = &plain.text[range.clone()];
            Self { offset: range.start, syllables: syllables(text), quotes: quoted(text) }
        };
        parts.map(|part| read(&part.range)).collect()
    }

    fn shingle(&self, at: usize) -> u32 {
        gram(self.syllables[at..at + SHINGLE].iter().map(|s| s.marked))
    }

    /// Places at which a shingle begins.
    fn shingles(&self) -> Range<usize> {
        0..(self.syllables.len() + 1).saturating_sub(SHINGLE)
    }

    /// Byte range in the plain text of some syllables.
    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let (first, last) = (&self.syllables[range.start], &self.syllables[range.end - 1]);
        self.offset + first.start as usize..self.offset + last.end as usize
    }

    fn grams(&self, quote: &Range<usize>) -> Box<[u32]> {
        let at = |byte: usize| self.syllables.partition_point(|s| (s.start as usize) < byte);
        grams(&self.syllables[at(quote.start)..at(quote.end)])
    }

    fn shifted(&self, range: &Range<usize>) -> Range<usize> {
        range.start + self.offset..range.end + self.offset
    }
}

/// Finds what two texts share.
pub fn evidence(here: &Plain, there: &Plain) -> Evidence {
    let (left, right) = (Stretch::all(here), Stretch::all(there));
    Evidence { passages: passages(&left, &right), quotes: quotes(&left, &right) }
}

fn passages(left: &[Stretch], right: &[Stretch]) -> Vec<Shared> {
    let mut places: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for (part, stretch) in right.iter().enumerate() {
        for at in stretch.shingles() {
            places.entry(stretch.shingle(at)).or_default().push((part, at));
        }
    }
    let mut out = Vec::new();
    for stretch in left {
        let mut at = 0;
        while stretch.shingles().contains(&at) {
            let found = places.get(&stretch.shingle(at)).map_or(&[][..], Vec::as_slice);
            // The longest of the places; of equals the first.
            let longest = found
                .iter()
                .map(|&(part, from)| {
                    (common(&stretch.syllables[at..], &right[part].syllables[from..]), part, from)
                })
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            match longest {
                Some((length, part, from)) if length >= SHINGLE => {
                    let there = right[part].bytes(from..from + length);
                    out.push(Shared { here: stretch.bytes(at..at + length), there });
                    at += length;
                }
                _ => at += 1,
            }
        }
    }
    out
}

/// How many syllables two lists begin with alike.
fn common(left: &[Syllable], right: &[Syllable]) -> usize {
    left.iter().zip(right).take_while(|(a, b)| a.marked == b.marked).count()
}

fn quotes(left: &[Stretch], right: &[Stretch]) -> Vec<Shared> {
    let mut out = Vec::new();
    for here in left {
        for quote in &here.quotes {
            let grams = here.grams(quote);
            for there in right {
                let same = there
                    .quotes
                    .iter()
                    .filter(|other| same_quote(Hashes::of(&grams), Hashes::of(&there.grams(other))));
                out.extend(same.map(|o| Shared { here: here.shifted(quote), there: there.shifted(o) }));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Block, BlockKind};

    fn plain(title: &str, blocks: &[&str]) -> Plain {
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            text: (*text).to_owned(),
            line: 1,
            inferred: false,
            stress: Vec::new(),
        };
        Plain::of(&Article {
            title: Some(title.to_owned()),
            blocks: blocks.iter().map(block).collect(),
            ..Article::default()
        })
    }

    #[test]
    fn passages_are_found_at_their_place_in_both_texts() {
        let here = plain(
            "Cầu Mây sập",
            &["Sáng nay chiếc cầu treo cũ ở bản Mây đã sập xuống suối.", "Không ai bị thương."],
        );
        let there =
            plain("Tin khác", &["Theo xã, chiếc cầu treo cũ ở bản Mây đã sập xuống suối. Không ai biết."]);
        let found = evidence(&here, &there);
        let texts: Vec<(&str, &str)> = found
            .passages
            .iter()
            .map(|s| (&here.text[s.here.clone()], &there.text[s.there.clone()]))
            .collect();
        let same = "chiếc cầu treo cũ ở bản Mây đã sập xuống suối";
        assert_eq!(texts, [(same, same)]);
        assert_eq!(found.quotes, []);
    }

    #[test]
    fn quotes_are_the_same_when_half_of_their_words_are() {
        let said = "“Chúng tôi sẽ dựng lại cầu trước mùa mưa, bà con cứ yên tâm”";
        let cut = "\"sẽ dựng lại cầu trước mùa mưa, bà con\"";
        for (other, expect) in [(said, 1), (cut, 1), ("“Mùa mưa năm nay đến sớm hơn mọi năm nhiều ngày”", 0)]
        {
            let here = plain("Một", &[&format!("Ông nói: {said}.")]);
            let there = plain("Hai", &[&format!("Ông cho biết {other}.")]);
            assert_eq!(evidence(&here, &there).quotes.len(), expect, "{other}");
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(
            evidence(&Plain::default(), &plain("Một", &["Hai ba bốn năm sáu bảy."])),
            Evidence::default()
        );
    }
}
