//! Cutting a text into the recogniser's tokens.
//!
//! Owns: where tokens begin and end (on the boundaries of regular expressions' `\w`, so that labels and readings agree), lines,
//! and the memory of words that were met. Refuses: shapes and hashes ([`super::syllable`]).
//! Tests: at the foot of this file.

use super::syllable::{Shape, Syllable, mark, word};
use super::words::Cluster;
use crate::text::{is_letter, small};

fn is_word_char(c: char) -> bool {
    c == '_' || is_letter(c)
}

/// Cuts a text: two breaks, then the tokens of each line, with two breaks after each line. The cells of a table are lines:
/// no name reaches from one into the next.
pub(crate) fn syllables(text: &str) -> Vec<Syllable> {
    Cutter::default().cut(text, |_| Cluster::default())
}

/// Cuts texts, and remembers the words that it met: nearly all of a text stood in the texts before.
#[derive(Debug, Default)]
pub(crate) struct Cutter {
    /// Short words by a hash of their bytes, the last of each place.
    met: Vec<(u128, Syllable)>,
    chars: Vec<char>,
    small: Vec<char>,
}

/// Words that a [`Cutter`] remembers, as a power of two.
const MET: u32 = 12;

/// A word as one number, where it is short enough: its bytes and their count.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let (last, places) = bytes.split_last_mut()?;
    places.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    *last = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

impl Cutter {
    /// One that is used for many texts.
    pub fn remembering() -> Self {
        Self { met: vec![(0, Syllable::BREAK); 1 << MET], ..Self::default() }
    }

    /// As [`syllables`]; `cluster` gives the clusters of an exact form.
    pub fn cut(&mut self, text: &str, cluster: impl Fn(u32) -> Cluster) -> Vec<Syllable> {
        let mut out = Vec::with_capacity(text.len() / 4 + 8);
        out.extend([Syllable::BREAK; 2]);
        let mut start_of_line = 0;
        for line in text.split(['\n', '\t']) {
            let from = out.len();
            self.cut_line(line, start_of_line, &mut out, &cluster);
            start_of_line += line.len() as u32 + 1;
            if out.len() > from {
                mark_line(&mut out[from..], &cluster);
                out.extend([Syllable::BREAK; 2]);
            }
        }
        out
    }

    fn cut_line(
        &mut self,
        line: &str,
        offset: u32,
        out: &mut Vec<Syllable>,
        cluster: &impl Fn(u32) -> Cluster,
    ) {
        let mut spaced = true;
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let start = at;
            at += c.len_utf8();
            if c == ' ' || c.is_whitespace() {
                spaced = true;
                continue;
            }
            let mut token = if is_word_char(c) {
                at = word_end(line, at);
                self.word(&line[start..at], cluster)
            } else {
                let mark = mark(c);
                Syllable { cluster: cluster(mark.exact), ..mark }
            };
            token.start = offset + start as u32;
            token.end = offset + at as u32;
            token.spaced = spaced;
            spaced = false;
            out.push(token);
        }
    }

    fn word(&mut self, text: &str, cluster: &impl Fn(u32) -> Cluster) -> Syllable {
        let key = packed(text).filter(|_| !self.met.is_empty());
        let Some(key) = key else { return self.new_word(text, cluster) };
        let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(21)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = (mixed >> (u64::BITS - MET)) as usize;
        if self.met[slot].0 != key {
            self.met[slot] = (key, self.new_word(text, cluster));
        }
        self.met[slot].1
    }

    fn new_word(&mut self, text: &str, cluster: &impl Fn(u32) -> Cluster) -> Syllable {
        self.chars.clear();
        self.chars.extend(text.chars());
        self.small.clear();
        for &c in &self.chars {
            small(c, |c| self.small.push(c));
        }
        let mut word = word(&self.chars, &self.small);
        word.cluster = cluster(word.exact);
        word
    }
}

/// Where the word ends that goes on at `at`: by bytes, as far as these are letters for sure.
fn word_end(line: &str, mut at: usize) -> usize {
    let bytes = line.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1)) {
            (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_', _) => 1,
            (..0x80, _) => break,
            (0xC4..=0xC8, _) => 2,
            (0xE1, Some(0xB8..=0xBB)) => 3,
            _ => match line[at..].chars().next().filter(|c| is_word_char(*c)) {
                Some(c) => c.len_utf8(),
                None => break,
            },
        };
    }
    at
}

/// Marks sentence starts, and lines of capitals.
fn mark_line(line: &mut [Syllable], cluster: &impl Fn(u32) -> Cluster) {
    let mut first = true;
    let (mut letters, mut capitals) = (0usize, 0usize);
    for token in line.iter_mut() {
        if token.shape.is_word() {
            token.first = first;
            first = false;
            letters += usize::from(token.shape != Shape::Digits);
            capitals += usize::from(matches!(token.shape, Shape::Upper | Shape::Letter));
        } else if matches!(token.shape, Shape::Stop | Shape::Exclaim | Shape::Colon) {
            first = true;
        }
    }
    if letters >= 4 && capitals * 10 >= letters * 8 {
        for token in line {
            token.loud = true;
            if matches!(token.shape, Shape::Upper | Shape::Letter) {
                token.shape = Shape::Loud;
                token.exact = token.titled;
                token.word = !token.word;
                token.cluster = cluster(token.exact);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_of(text: &str) -> Vec<(&str, Shape)> {
        syllables(text)
            .iter()
            .filter(|s| s.shape != Shape::Break)
            .map(|s| (&text[s.start as usize..s.end as usize], s.shape))
            .collect()
    }

    #[test]
    fn cuts_on_word_boundaries() {
        use Shape::*;
        let table: &[(&str, &[(&str, Shape)])] = &[
            (
                "ông Lê Văn A.",
                &[("ông", Lower), ("Lê", Capital), ("Văn", Capital), ("A", Letter), (".", Stop)],
            ),
            ("Kim Jong-un", &[("Kim", Capital), ("Jong", Capital), ("-", Dash), ("un", Lower)]),
            ("TP.HCM, U23", &[("TP", Upper), (".", Stop), ("HCM", Upper), (",", Comma), ("U23", Code)]),
            ("iPhone 12", &[("iPhone", Mixed), ("12", Digits)]),
            (
                "(KCNA) “x”",
                &[("(", Open), ("KCNA", Upper), (")", Close), ("“", Quote), ("x", Lower), ("”", Quote)],
            ),
            ("", &[]),
        ];
        for (text, expect) in table {
            assert_eq!(cut_of(text), *expect, "{text}");
        }
    }

    #[test]
    fn cells_are_apart() {
        let shapes: Vec<Shape> = syllables("Vụ\tĐộ mặn").iter().map(|s| s.shape).collect();
        let (b, c) = (Shape::Break, Shape::Capital);
        assert_eq!(shapes, [b, b, c, b, b, c, Shape::Lower, b, b]);
        assert_eq!(syllables("Vụ\tĐộ mặn")[5].start, 5);
    }

    #[test]
    fn hashes_join_case_and_marks() {
        let of = |t: &str| syllables(t)[2];
        assert_eq!(of("Hà").lower, of("hà").lower);
        assert_ne!(of("Hà").exact, of("hà").exact);
        assert_eq!(of("Đà").folded, of("da").folded);
        assert_ne!(of("Đà").lower, of("da").lower);
        assert_eq!(of("U19").folded, of("u23").folded);
        assert_ne!(of("U19").lower, of("u23").lower);
    }

    #[test]
    fn knows_sentence_starts_and_loud_lines() {
        let s = syllables("Hôm nay mưa. Mai nắng\nTIN NÓNG TRONG NGÀY");
        let first: Vec<bool> = s.iter().filter(|s| s.shape.is_word()).map(|s| s.first).collect();
        assert_eq!(first, [true, false, false, true, false, true, false, false, false]);
        assert!(s.iter().filter(|s| s.loud).count() == 4);
    }
}
