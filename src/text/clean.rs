//! Text from outside is hostile: what could act on a terminal or hide from the eye is taken out here, and counted.
//!
//! Owns: [`clean`]. Refuses: to judge words; it knows characters only. Escape sequences are read as ECMA-48 (and xterm,
//! and screen's title sequence) define them, with one difference: a control string without an end is not believed
//! beyond a short stretch of its own line, so that no stray byte swallows an article.
//! Tests: at the foot, properties in `tests/it/text.rs`, fuzzing in `fuzz/`.

use super::charset::{Class, class, needs_joiner, pictograph, takes_variation};
use super::nfc::nfc;

/// How many of each kind [`clean`] took out (or, for `blanks`, replaced).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Control characters (C0, C1, DEL) outside escape sequences.
    pub controls: usize,
    /// Escape sequences (CSI, OSC, DCS and the rest), each counted once.
    pub escapes: usize,
    /// Bidirectional overrides, embeddings, isolates and marks.
    pub bidi: usize,
    /// Zero-width and other invisible characters.
    pub invisible: usize,
    /// No-break and other odd blanks that became a plain blank.
    pub blanks: usize,
}

impl Removed {
    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl std::ops::AddAssign for Removed {
    fn add_assign(&mut self, more: Self) {
        self.controls += more.controls;
        self.escapes += more.escapes;
        self.bidi += more.bidi;
        self.invisible += more.invisible;
        self.blanks += more.blanks;
    }
}

const ESC: char = '\u{1B}';
/// Bytes of an unfinished control string that go with its beginning; what follows them is shown.
const UNFINISHED: usize = 256;

/// Gives text in NFC whose only control characters are `\n` and `\t`; `\r\n`, `\r`, form feed and the Unicode line
/// separators become `\n`. Idempotent.
pub fn clean(text: &str) -> (String, Removed) {
    let Some(first) = first_suspect(text) else {
        return (nfc(text).into_owned(), Removed::default());
    };
    let mut cleaner =
        Cleaner { text, at: first, out: String::with_capacity(text.len()), removed: Removed::default() };
    cleaner.out.push_str(&text[..first]);
    cleaner.run();
    let Cleaner { out, removed, .. } = cleaner;
    (if let std::borrow::Cow::Owned(composed) = nfc(&out) { composed } else { out }, removed)
}

/// The first character that is not plain. Bytes first: most text has none.
fn first_suspect(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += match b {
            b'\n' | b'\t' | 0x20..0x7F => 1,
            0xC3..=0xCB => 2,
            0xE1 if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
            _ => {
                let c = text[at..].chars().next()?;
                if class(c) != Class::Plain {
                    return Some(at);
                }
                c.len_utf8()
            }
        };
    }
    None
}

struct Cleaner<'a> {
    text: &'a str,
    at: usize,
    out: String,
    removed: Removed,
}

impl Cleaner<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn run(&mut self) {
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match class(c) {
                Class::Plain => self.out.push(c),
                Class::LineEnd => {
                    if c == '\r' && self.peek() == Some('\n') {
                        self.at += 1;
                    }
                    self.out.push('\n');
                }
                Class::Blank => {
                    self.removed.blanks += 1;
                    self.out.push(' ');
                }
                Class::Bidi => self.removed.bidi += 1,
                Class::Invisible => self.removed.invisible += 1,
                Class::Joiner => self.joiner(c),
                Class::Variation => self.variation(c),
                Class::Control => self.control(c),
            }
        }
    }

    /// Keeps a joiner where a script needs it and inside an emoji sequence.
    fn joiner(&mut self, c: char) {
        let before = self.out.chars().next_back();
        let after = self.peek();
        let script = before.is_some_and(needs_joiner) && after.is_some_and(needs_joiner);
        let emoji = c == '\u{200D}'
            && before.is_some_and(|b| pictograph(b) || b == '\u{FE0F}')
            && after.is_some_and(pictograph);
        if script || emoji {
            self.out.push(c);
        } else {
            self.removed.invisible += 1;
        }
    }

    /// Keeps a variation selector behind a character that has variants.
    fn variation(&mut self, c: char) {
        let keycap = c == '\u{FE0F}' && self.peek() == Some('\u{20E3}');
        if self.out.chars().next_back().is_some_and(|b| takes_variation(b, c, keycap)) {
            self.out.push(c);
        } else {
            self.removed.invisible += 1;
        }
    }

    fn control(&mut self, c: char) {
        match c {
            ESC => self.escape(),
            '\u{9B}' => {
                self.removed.escapes += 1;
                self.sequence();
            }
            '\u{9D}' if self.byte(self.at).is_some_and(|b| b.is_ascii_digit()) => self.string(c, true),
            '\u{90}' | '\u{98}' | '\u{9E}' | '\u{9F}' => self.string(c, true),
            '\u{0B}' | '\u{0C}' | '\u{85}' => {
                self.removed.controls += 1;
                self.out.push('\n');
            }
            _ => self.removed.controls += 1,
        }
    }

    /// Behind an ESC.
    fn escape(&mut self) {
        let Some(next) = self.byte(self.at) else {
            self.removed.controls += 1;
            return;
        };
        match next {
            b'[' => {
                self.at += 1;
                self.removed.escapes += 1;
                self.sequence();
            }
            b']' | b'P' | b'X' | b'^' | b'_' | b'k' => {
                self.at += 1;
                self.string(char::from(next), false);
            }
            0x20..=0x7E => {
                self.removed.escapes += 1;
                while self.byte(self.at).is_some_and(|b| (0x20..=0x2F).contains(&b)) {
                    self.at += 1;
                }
                if self.byte(self.at).is_some_and(|b| (0x30..=0x7E).contains(&b)) {
                    self.at += 1;
                }
            }
            _ => self.removed.controls += 1,
        }
    }

    /// Behind a control sequence introducer: parameters, intermediates, one final byte.
    fn sequence(&mut self) {
        while self.byte(self.at).is_some_and(|b| (0x30..=0x3F).contains(&b)) {
            self.at += 1;
        }
        while self.byte(self.at).is_some_and(|b| (0x20..=0x2F).contains(&b)) {
            self.at += 1;
        }
        if self.byte(self.at).is_some_and(|b| (0x40..=0x7E).contains(&b)) {
            self.at += 1;
        }
    }

    /// Behind the opening of a control string (OSC, DCS, SOS, PM, APC, screen's title).
    ///
    /// The search for its end stops at any other control character, so that all searches together read each
    /// character at most twice. A string opened by a C1 character is only believed when it has an end: in text
    /// that was decoded wrongly those characters are remains of letters.
    fn string(&mut self, opener: char, c1: bool) {
        let rest = &self.text[self.at..];
        let osc = matches!(opener, ']' | '\u{9D}');
        let stop = rest.char_indices().find(|&(_, c)| {
            c.is_control() && c != '\t' && (osc || c != '\u{07}') || matches!(c, '\u{2028}' | '\u{2029}')
        });
        let ended = match stop {
            Some((at, '\u{07}' | '\u{9C}' | '\u{18}' | '\u{1A}')) => {
                Some(at + rest[at..].chars().next().map_or(0, char::len_utf8))
            }
            Some((at, ESC)) if rest[at + 1..].starts_with('\\') => Some(at + 2),
            _ => None,
        };
        self.removed.escapes += 1;
        if let Some(length) = ended {
            self.at += length;
        } else if !c1 && opener != 'k' {
            let end = stop.map_or(rest.len(), |(at, _)| at);
            self.at += rest.floor_char_boundary(end.min(UNFINISHED));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, want: &str, removed: Removed) {
        assert_eq!(clean(given), (want.to_owned(), removed), "{given:?}");
        assert_eq!(clean(want), (want.to_owned(), Removed::default()), "again: {want:?}");
    }

    fn escapes(n: usize) -> Removed {
        Removed { escapes: n, ..Removed::default() }
    }

    #[test]
    fn plain_text_stays() {
        for text in ["", "a\tb\nc", "Hà Nội – “7,5%”…", "👩‍💻 và 👨‍👩‍👧‍👦", "1️⃣ ❤️", "می‌خواهم", "क्‍ष", "日本語"]
        {
            check(text, text, Removed::default());
        }
    }

    #[test]
    fn escape_sequences() {
        for (given, want, n) in [
            ("\x1b[31mđỏ\x1b[0m", "đỏ", 2),
            ("a\x1b[?1049hb", "ab", 1),
            ("a\x1b[38;2;1;2;3mb", "ab", 1),
            ("\x1b]52;c;SGk=\x07x", "x", 1),
            ("\x1b]8;;https://vi.example/\x1b\\bài\x1b]8;;\x1b\\", "bài", 2),
            ("\x1b]0;tên\u{9c}x", "x", 1),
            ("\x1bPq#0;2;0\x1b\\x", "x", 1),
            ("\x1b_Gf=24;AAAA\x1b\\x", "x", 1),
            ("\x1b^pm\x1b\\x\x1bXsos\x1b\\y", "xy", 2),
            ("\x1bktitle\x1b\\x", "x", 1),
            ("\x1bcx\x1b7y\x1b(Bz", "xyz", 3),
            ("\u{9b}31mx", "x", 1),
            ("\u{9d}0;t\u{9c}x\u{90}q\u{9c}y", "xy", 2),
            ("một\x1b]0;không có cuối\nhai", "một\nhai", 1),
            ("một\x1bPkhông có cuối\r\nhai", "một\nhai", 1),
            ("a\x1b]0;x\x1b[1mb", "ab", 2),
            ("a\x1b[12\nb", "a\nb", 1),
        ] {
            check(given, want, escapes(n));
        }
    }

    #[test]
    fn an_unfinished_string_keeps_the_article() {
        let body = "chữ ".repeat(1000);
        let (text, removed) = clean(&format!("\x1b]0;{body}"));
        assert!(text.len() > body.len() - UNFINISHED - 8, "{}", text.len());
        assert_eq!(removed, escapes(1));
        assert_eq!(clean("\u{90}bài").0, "bài");
    }

    #[test]
    fn controls_and_lines() {
        let controls = |n| Removed { controls: n, ..Removed::default() };
        check("a\0b\x08c\x7fd\u{81}e", "abcde", controls(4));
        check("a\r\nb\rc\u{2028}d\u{2029}e", "a\nb\nc\nd\ne", Removed::default());
        check("a\u{b}b\u{c}c\u{85}d", "a\nb\nc\nd", controls(3));
        check("a\x1b", "a", controls(1));
        check("a\x1b\nb", "a\nb", controls(1));
        check(&"\0".repeat(9), "", controls(9));
    }

    #[test]
    fn hidden_characters() {
        let bidi = |n| Removed { bidi: n, ..Removed::default() };
        let invisible = |n| Removed { invisible: n, ..Removed::default() };
        let blanks = |n| Removed { blanks: n, ..Removed::default() };
        check("\u{202e}abc\u{202c}\u{2066}d\u{2069}\u{200f}", "abcd", bidi(5));
        check("a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f\u{ad}g", "abcdefg", invisible(6));
        check("a\u{2062}b\u{e0041}c\u{fe0f}d\u{e0100}e\u{34f}f", "abcdef", invisible(5));
        check("👩\u{200d}x ❤\u{fe0f}\u{fe0f}", "👩x ❤\u{fe0f}", invisible(2));
        check("a\u{a0}b\u{2007}c\u{2009}d\u{3000}e\u{202f}f", "a b c d e f", blanks(5));
    }

    #[test]
    fn composed_after_cleaning() {
        check("Ha\u{300} No\u{323}\u{302}i", "Hà Nội", Removed::default());
        check("Ha\u{200b}\u{300}", "Hà", Removed { invisible: 1, ..Removed::default() });
    }
}
