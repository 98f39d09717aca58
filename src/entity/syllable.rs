//! The recogniser's own view of a text: runs of word characters and single marks, each with hashes and a shape.
//!
//! Owns: cutting (on the boundaries of regular expressions' `\w`, so that labels and readings agree), shapes, hashes.
//! Refuses: to know names or tables.
//! Tests: at the foot of this file.
//!
//! [`crate::text::tokens`] is not used on purpose: weights are trained on these very tokens, and a change there must
//! not silently make the model worse.

use super::words::Cluster;
use crate::text::{is_capital, is_letter, small};

/// How a token looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    /// No token: the edge of a line.
    Break,
    /// All letters small.
    Lower,
    /// One capital, then small letters.
    Capital,
    /// A single capital letter.
    Letter,
    /// Capitals only.
    Upper,
    /// Letters in a line of capitals: whether the word is written large elsewhere cannot be seen.
    Loud,
    /// Small and capital letters otherwise mixed.
    Mixed,
    /// Digits only.
    Digits,
    /// Letters and digits.
    Code,
    /// `.`
    Stop,
    /// `!`, `?`, `…`
    Exclaim,
    /// `,`
    Comma,
    /// `:` and `;`
    Colon,
    /// Hyphens and dashes.
    Dash,
    /// Quotation marks.
    Quote,
    /// Opening brackets.
    Open,
    /// Closing brackets.
    Close,
    /// Any other mark.
    Mark,
}

impl Shape {
    /// Letters or digits.
    pub fn is_word(self) -> bool {
        matches!(
            self,
            Self::Lower
                | Self::Capital
                | Self::Letter
                | Self::Upper
                | Self::Loud
                | Self::Mixed
                | Self::Digits
                | Self::Code
        )
    }

    /// Has a capital letter, or mixes letters and digits.
    pub fn is_raised(self) -> bool {
        matches!(self, Self::Capital | Self::Letter | Self::Upper | Self::Loud | Self::Mixed | Self::Code)
    }
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Syllable {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// How it looks.
    pub shape: Shape,
    /// A blank stands before it (or a line begins).
    pub spaced: bool,
    /// It opens a sentence.
    pub first: bool,
    /// It stands in a line of capitals.
    pub loud: bool,
    /// Characters.
    pub len: u8,
    /// Hash of all that the word itself is: characters and shape.
    pub word: u64,
    /// Hash of the token as it stands; in a line of capitals as if it had only one.
    pub exact: u32,
    /// Hash of the token with one capital.
    titled: u32,
    /// Hash in lower case.
    pub lower: u32,
    /// Hash in lower case without marks, each digit as 0: `U19` and `U23` are alike.
    pub folded: u32,
    /// Hashes of the first two and three characters, as they stand.
    pub prefix: [u32; 2],
    /// Hashes of the last two and three characters, as they stand.
    pub suffix: [u32; 2],
    /// Clusters of the exact form, where they were asked for.
    pub cluster: Cluster,
}

impl Syllable {
    /// What stands at the edge of a line.
    pub const BREAK: Self = Self {
        start: 0,
        end: 0,
        shape: Shape::Break,
        spaced: true,
        first: false,
        loud: false,
        len: 0,
        word: 1,
        exact: 1,
        titled: 1,
        lower: 1,
        folded: 1,
        prefix: [1; 2],
        suffix: [1; 2],
        cluster: Cluster { fine: 0, coarse: 0 },
    };
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// One step of a 64-bit hash over numbers (Fowler-Noll-Vo, a word at a time).
pub(crate) fn step(hash: u64, value: u32) -> u64 {
    (hash ^ u64::from(value)).wrapping_mul(PRIME).rotate_left(23)
}

/// Ends a hash: spreads all bits over 32.
pub(crate) fn finish(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

/// Hash of a sequence of characters that is not ended.
fn hash_open(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(SEED, |h, c| step(h, c as u32))
}

/// Hash of a sequence of characters, equal to that of a token with the same characters.
fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    finish(hash_open(chars))
}

/// Hash of a sequence of token hashes: the key of a name of several tokens.
pub(crate) fn hash_many(parts: impl Iterator<Item = u32>) -> u32 {
    finish(parts.fold(SEED, step))
}

/// Hash of several [`Syllable::word`].
pub(crate) fn hash_words(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(SEED, |hash, word| (hash ^ word).wrapping_mul(PRIME).rotate_left(23))
}

/// [`hash_many`] of the first part, of the first two, and so on.
pub(crate) fn growing(parts: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    parts.scan(SEED, |hash, part| {
        *hash = step(*hash, part);
        Some(finish(*hash))
    })
}

/// A letter without its marks, `đ` as `d`.
fn base(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    if c == 'đ' {
        return 'd';
    }
    let mut first = None;
    unicode_normalization::char::decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    first.unwrap_or(c)
}

fn shape_of_mark(c: char) -> Shape {
    match c {
        '.' => Shape::Stop,
        '!' | '?' | '…' => Shape::Exclaim,
        ',' => Shape::Comma,
        ':' | ';' => Shape::Colon,
        '-' | '\u{2010}'..='\u{2015}' => Shape::Dash,
        '"' | '\'' | '\u{2018}'..='\u{201F}' | '«' | '»' => Shape::Quote,
        '(' | '[' | '{' => Shape::Open,
        ')' | ']' | '}' => Shape::Close,
        _ => Shape::Mark,
    }
}

fn shape_of_word(chars: &[char]) -> Shape {
    let (mut upper, mut lower, mut digit) = (0usize, 0usize, 0usize);
    for c in chars {
        if c.is_ascii_digit() {
            digit += 1;
        } else if is_capital(*c) {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (upper, lower, digit) {
        (0, 0, _) => Shape::Digits,
        (_, _, 1..) => Shape::Code,
        (0, ..) => Shape::Lower,
        (1, 0, _) => Shape::Letter,
        (_, 0, _) => Shape::Upper,
        (1, ..) if chars.first().is_some_and(|c| is_capital(*c)) => Shape::Capital,
        _ => Shape::Mixed,
    }
}

fn word(chars: &[char], small: &[char]) -> Syllable {
    let n = chars.len();
    let open = hash_open(chars.iter().copied());
    let tail = |k: usize| hash_chars(chars.iter().skip(n.saturating_sub(k)).copied());
    Syllable {
        shape: shape_of_word(chars),
        len: n.min(255) as u8,
        word: open,
        exact: finish(open),
        titled: hash_chars(chars.iter().copied().take(1).chain(small.iter().copied().skip(1))),
        lower: hash_chars(small.iter().copied()),
        folded: hash_chars(small.iter().map(|&c| if c.is_ascii_digit() { '0' } else { base(c) })),
        prefix: [hash_chars(chars.iter().take(2).copied()), hash_chars(chars.iter().take(3).copied())],
        suffix: [tail(2), tail(3)],
        ..Syllable::BREAK
    }
}

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
                mark(c, cluster)
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

fn mark(c: char, cluster: &impl Fn(u32) -> Cluster) -> Syllable {
    let open = hash_open(std::iter::once(c));
    let hash = finish(open);
    Syllable {
        shape: shape_of_mark(c),
        len: 1,
        word: open,
        exact: hash,
        lower: hash,
        folded: hash,
        cluster: cluster(hash),
        ..Syllable::BREAK
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
