//! Syllables as hashes, with their place in the text: what every comparison of texts is made of.
//!
//! Owns: two keys a syllable: one that keeps the marks (tone placement aside: `hoà` equals `hòa`) and one without marks.
//! Refuses: to allocate per syllable: a hundred thousand articles pass through here.
//! Tests: at the foot of this file.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::text::{is_letter, is_numeric};

/// A run of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Hash of the letters in lower case and of the tone, wherever the tone mark stands.
    pub marked: u32,
    /// Hash of the letters without marks.
    pub folded: u32,
    /// Only blanks, or one hyphen or apostrophe inside a word, part it from the syllable before.
    pub joined: bool,
    /// Holds a digit.
    pub digits: bool,
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds a value to a running hash.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517C_C1B7_2722_0A95)
}

/// The upper half, where multiplication has mixed best.
fn finish(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)).wrapping_mul(SEED) >> 32) as u32
}

/// The hash of neighbouring syllables, from their own hashes.
pub(super) fn gram(hashes: impl IntoIterator<Item = u32>) -> u32 {
    finish(hashes.into_iter().fold(SEED, |hash, h| mix(hash, u64::from(h))))
}

/// Grave, acute, tilde, hook above and dot below: they belong to the syllable; circumflex, breve and horn to the letter.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// Calls `with` for what a letter is made of, in lower case.
fn each_part(c: char, mut with: impl FnMut(char)) {
    for lower in c.to_lowercase() {
        decompose_canonical(lower, &mut with);
    }
}

/// What a letter with at most one mark and one tone is made of.
#[derive(Debug, Clone, Copy)]
struct Parts {
    marked: char,
    folded: char,
    mark: Option<char>,
    tone: Option<char>,
}

impl Parts {
    fn of(c: char) -> Option<Self> {
        let mut parts: Vec<char> = Vec::new();
        each_part(c, |part| parts.push(part));
        let (&base, marks) = parts.split_first().filter(|(base, _)| !is_combining_mark(**base))?;
        let mut out =
            Self { marked: base, folded: if base == 'đ' { 'd' } else { base }, mark: None, tone: None };
        for &mark in marks {
            let room = if is_tone(mark) { &mut out.tone } else { &mut out.mark };
            if !is_combining_mark(mark) || room.replace(mark).is_some() {
                return None;
            }
        }
        Some(out)
    }
}

/// The blocks that the letters of Vietnamese lie in.
const BLOCKS: [RangeInclusive<u32>; 2] = [0xC0..=0x24F, 0x1E00..=0x1EFF];

/// The parts of a letter of these blocks: taking one apart anew costs more than all the rest.
fn known(c: char) -> Option<Parts> {
    static PARTS: LazyLock<[Vec<Option<Parts>>; 2]> =
        LazyLock::new(|| BLOCKS.map(|block| block.map(|c| Parts::of(char::from_u32(c)?)).collect()));
    let code = u32::from(c);
    let block = usize::from(code >= *BLOCKS[1].start());
    *PARTS[block].get(code.checked_sub(*BLOCKS[block].start())? as usize)?
}

/// The syllable in the making.
struct Hashes {
    marked: u64,
    folded: u64,
    tone: u64,
}

impl Hashes {
    const EMPTY: Self = Self { marked: SEED, folded: SEED, tone: 0 };

    fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.letter(c.to_ascii_lowercase(), c.to_ascii_lowercase());
        } else if let Some(parts) = known(c) {
            self.letter(parts.marked, parts.folded);
            if let Some(mark) = parts.mark {
                self.marked = mix(self.marked, u64::from(mark));
            }
            if let Some(tone) = parts.tone {
                self.tone = mix(self.tone, u64::from(tone));
            }
        } else {
            each_part(c, |part| match part {
                'đ' => self.letter('đ', 'd'),
                part if is_tone(part) => self.tone = mix(self.tone, u64::from(part)),
                part if is_combining_mark(part) => self.marked = mix(self.marked, u64::from(part)),
                part => self.letter(part, part),
            });
        }
    }

    fn letter(&mut self, marked: char, folded: char) {
        self.marked = mix(self.marked, u64::from(marked));
        self.folded = mix(self.folded, u64::from(folded));
    }
}

/// The syllables of a text, in order.
pub(super) fn syllables(text: &str) -> Vec<Syllable> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut joined = false;
    let mut digits = false;
    while let Some((start, c)) = chars.next() {
        if !is_letter(c) {
            let inside = matches!(c, '-' | '\'' | '’' | '\u{2010}' | '\u{2011}')
                && out.last().is_some_and(|s: &Syllable| s.end as usize == start)
                && chars.peek().is_some_and(|(_, next)| is_letter(*next));
            joined &= inside || (c.is_whitespace() && c != '\n');
            continue;
        }
        let mut hashes = Hashes::EMPTY;
        hashes.add(c);
        digits |= is_numeric(c);
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if !is_letter(c) && !is_combining_mark(c) {
                break;
            }
            hashes.add(c);
            digits |= is_numeric(c);
            end = at + c.len_utf8();
            chars.next();
        }
        out.push(Syllable {
            start: start as u32,
            end: end as u32,
            marked: finish(mix(hashes.marked, hashes.tone)),
            folded: finish(hashes.folded),
            joined,
            digits,
        });
        joined = true;
        digits = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<u32> {
        syllables(text).iter().map(|s| s.marked).collect()
    }

    fn folded(text: &str) -> Vec<u32> {
        syllables(text).iter().map(|s| s.folded).collect()
    }

    #[test]
    fn spellings_of_one_syllable_are_equal_and_marks_are_kept() {
        for (left, right, same) in [
            ("hoà", "hòa", true),
            ("Thuý", "THÚY", true),
            ("đường", "ĐƯỜNG", true),
            ("cafe\u{301}", "café", true),
            ("hòa", "hóa", false),
            ("hoa", "hòa", false),
            ("dường", "đường", false),
            ("tư", "tu", false),
        ] {
            assert_eq!(marked(left) == marked(right), same, "{left} {right}");
        }
        for (left, right) in [("Đà Nẵng", "da nang"), ("Thừa Thiên-Huế", "thua thien hue")] {
            assert_eq!(folded(left), folded(right), "{left} {right}");
        }
        assert_ne!(folded("nang"), folded("ngan"));
    }

    #[test]
    fn letters_of_the_table_are_what_they_are_made_of() {
        for c in (0x80..0x3000).filter_map(char::from_u32).filter(|c| is_letter(*c)) {
            let mut parts = String::new();
            each_part(c, |part| parts.push(part));
            assert_eq!(marked(&c.to_string()), marked(&parts), "{c} {parts}");
            assert_eq!(folded(&c.to_string()), folded(&parts), "{c} {parts}");
        }
        assert!("ĐỘệưỷ".chars().all(|c| known(c).is_some()));
        assert!(known('a').is_none() && known('中').is_none());
    }

    #[test]
    fn punctuation_parts_neighbours_and_a_hyphen_inside_a_word_does_not() {
        for (text, expect) in [
            ("một hai", vec![false, true]),
            ("một, hai", vec![false, false]),
            ("một - hai", vec![false, false]),
            ("Jong-un", vec![false, true]),
            ("một\nhai", vec![false, false]),
            ("… một", vec![false]),
            ("", vec![]),
        ] {
            assert_eq!(syllables(text).iter().map(|s| s.joined).collect::<Vec<_>>(), expect, "{text}");
        }
    }

    #[test]
    fn ranges_are_those_of_the_text() {
        let text = "Ở Lũng Pô, 3 người…";
        let words: Vec<&str> =
            syllables(text).iter().map(|s| &text[s.start as usize..s.end as usize]).collect();
        assert_eq!(words, ["Ở", "Lũng", "Pô", "3", "người"]);
        assert!(syllables(text)[3].digits);
    }
}
