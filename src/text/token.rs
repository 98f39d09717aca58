//! Tokens (in Vietnamese text a word token is a syllable).
//!
//! Owns: [`tokens`]. Refuses: to join syllables into words, to know names.
//! Tests: at the foot, properties in `tests/it/text.rs`.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use unicode_normalization::char::is_combining_mark;

use super::charset::{is_alphabetic, is_numeric};

pub use super::sentence::sentences;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters and the digits behind them (`U21`), joined by inner apostrophes (`O'Brien`); a hyphen is a token of its own.
    Word,
    /// Digits with inner separators (`10.000`, `19-6`, `14:37`, `3/9/2025`) and the letters right behind (`14h30`, `5km`).
    Number,
    /// One punctuation mark or symbol; a row of full stops is one token.
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

/// Splits text into tokens; blanks are between tokens. Combining marks belong to the token before them, so that NFC and
/// NFD give the same tokens.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut scan = Scan { text, chars: text.char_indices().peekable() };
    while let Some((start, c)) = scan.chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let kind = if is_alphabetic(c) {
            scan.word();
            TokenKind::Word
        } else if is_numeric(c) {
            scan.number();
            TokenKind::Number
        } else {
            while c == '.' && scan.peek() == Some('.') {
                scan.chars.next();
            }
            scan.marks();
            TokenKind::Punct
        };
        let end = scan.at();
        out.push(Token { kind, start: start as u32, end: end as u32 });
    }
    out
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && (is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'))
}

struct Scan<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl Scan<'_> {
    fn peek(&mut self) -> Option<char> {
        self.chars.peek().map(|&(_, c)| c)
    }

    /// Offset of the next character.
    fn at(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    /// The character behind the next one.
    fn second(&mut self) -> Option<char> {
        let mut ahead = self.text[self.at()..].chars();
        ahead.next();
        ahead.next()
    }

    fn marks(&mut self) {
        while self.peek().is_some_and(is_mark) {
            self.chars.next();
        }
    }

    fn word(&mut self) {
        while let Some(c) = self.peek() {
            let inside = is_alphabetic(c)
                || is_numeric(c)
                || is_mark(c)
                || matches!(c, '\'' | '’' | 'ʼ') && self.second().is_some_and(is_alphabetic);
            if !inside {
                break;
            }
            self.chars.next();
        }
    }

    fn number(&mut self) {
        let mut digits = true;
        while let Some(c) = self.peek() {
            let inside = if is_numeric(c) || is_mark(c) {
                true
            } else if is_alphabetic(c) {
                digits = false;
                true
            } else {
                digits
                    && matches!(c, '.' | ',' | ':' | '/' | '-' | '%')
                    && self.second().is_some_and(is_numeric)
            };
            if !inside {
                break;
            }
            self.chars.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<_> = tokens(text)
            .iter()
            .map(|t| {
                let kind = match t.kind {
                    TokenKind::Word => 'w',
                    TokenKind::Number => 'n',
                    TokenKind::Punct => 'p',
                };
                format!("{kind}{}", &text[t.range()])
            })
            .collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn splits() {
        check("", &[]);
        check("  \n\t", &[]);
        check("Ông Kim Jong-un", &["wÔng", "wKim", "wJong", "p-", "wun"]);
        check("O'Brien, O’Neil 'và'", &["wO'Brien", "p,", "wO’Neil", "p'", "wvà", "p'"]);
        check("U21 COVID-19 G7", &["wU21", "wCOVID", "p-", "n19", "wG7"]);
        check(
            "10.000 6,7% 19-6 14:37 3/9/2025.",
            &["n10.000", "n6,7", "p%", "n19-6", "n14:37", "n3/9/2025", "p."],
        );
        check("14h30 5km 2,5", &["n14h30", "n5km", "n2,5"]);
        check("a... b… c.. d.", &["wa", "p...", "wb", "p…", "wc", "p..", "wd", "p."]);
        check("“À!” (12)", &["p“", "wÀ", "p!", "p”", "p(", "n12", "p)"]);
        check("Ha\u{300} No\u{323}\u{302}i", &["wHa\u{300}", "wNo\u{323}\u{302}i"]);
        check("TP.HCM a.vn", &["wTP", "p.", "wHCM", "wa", "p.", "wvn"]);
    }
}
