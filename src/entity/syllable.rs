//! The recogniser's own view of a text: runs of word characters and single marks, each with hashes and a shape.
//!
//! Owns: shapes, hashes.
//! Refuses: to cut texts ([`super::cutter`]), to know names or tables.
//! Tests: in `cutter.rs`.
//!
//! [`crate::text::tokens`] is not used on purpose: weights are trained on these very tokens, and a change there must
//! not silently make the model worse.

use super::words::Cluster;
use crate::text::is_capital;

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
    pub(super) titled: u32,
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

/// The token of a mark.
pub(super) fn mark(c: char) -> Syllable {
    let open = hash_open(std::iter::once(c));
    let hash = finish(open);
    let shape = shape_of_mark(c);
    Syllable { shape, len: 1, word: open, exact: hash, lower: hash, folded: hash, ..Syllable::BREAK }
}

/// The token of a word, by its characters as they stand and in lower case.
pub(super) fn word(chars: &[char], small: &[char]) -> Syllable {
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
