//! Mends what a dump broke inside a line: words glued where a tag was.
//!
//! Owns: [`Mender`]. A word is parted only on evidence: both parts have the shape of words (a Vietnamese syllable, an
//! abbreviation) or stand elsewhere in the text; `assets/lang/glue_exceptions.txt` lists words that look glued and are not.
//! Refuses: spelling. Tests: at the foot.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::gazetteer::agency;
use super::model::Fix;
use super::syllable::{is_marked, is_syllable};
use crate::text::{is_alphabetic, is_capital, is_letter, is_small};

static EXCEPTIONS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/lang/glue_exceptions.txt")
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .collect()
});

/// Parts glued words; knows the words of the whole text.
pub(super) struct Mender<'a> {
    texts: Vec<&'a str>,
    known: std::cell::OnceCell<FxHashSet<&'a str>>,
}

/// Words of a text: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |n| start + n);
        at = end;
        Some((start, &text[start..end]))
    })
}

impl<'a> Mender<'a> {
    /// A mender for these texts.
    pub fn new(texts: Vec<&'a str>) -> Self {
        Self { texts, known: std::cell::OnceCell::new() }
    }

    fn knows(&self, word: &str) -> bool {
        let known =
            self.known.get_or_init(|| self.texts.iter().flat_map(|t| words(t).map(|(_, w)| w)).collect());
        known.contains(word)
    }

    /// The text with glued words parted, and what was parted.
    pub fn mend(&self, text: &str, line: u32, fixes: &mut Vec<Fix>) -> Option<String> {
        let mut cuts: Vec<usize> = Vec::new();
        for (start, word) in words(text) {
            if let Some(at) = self.cut(word)
                && !EXCEPTIONS.contains(word)
                && !in_address(text, start)
            {
                cuts.push(start + at);
            }
        }
        punctuation_cuts(text, &mut cuts);
        if cuts.is_empty() {
            return None;
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut out = String::with_capacity(text.len() + cuts.len());
        let mut from = 0;
        for cut in cuts {
            out.push_str(&text[from..cut]);
            out.push(' ');
            from = cut;
            let (left, right) = around(text, cut);
            fixes.push(Fix {
                line,
                kind: "glued-words".into(),
                wrong: format!("{left}{right}"),
                right: format!("{left} {right}"),
            });
        }
        out.push_str(&text[from..]);
        Some(out)
    }

    /// Where to part a word, when it is glued.
    fn cut(&self, word: &str) -> Option<usize> {
        // Most words are short and plain: lower case ASCII, or a capital and lower case.
        if word.len() < 4 {
            return None;
        }
        let mut uppers = 0usize;
        let mut before: Option<char> = None;
        let mut suspicious = false;
        for (at, c) in word.char_indices() {
            let upper = is_capital(c);
            if let Some(b) = before {
                if is_small(b) && upper && self.lower_upper(&word[..at], &word[at..]) {
                    return Some(at);
                }
                if uppers >= 2
                    && is_capital(b)
                    && is_small(c)
                    && let Some(cut) = self.capitals_lower(word, at, b)
                {
                    return Some(cut);
                }
                suspicious |= is_marked(c) && is_small(c);
            }
            uppers += usize::from(upper);
            before = Some(c);
        }
        if suspicious && word.chars().count() >= 6 && !is_syllable(word) {
            self.lower_lower(word)
        } else {
            None
        }
    }

    /// `NgaÔng`: both sides are words, and marks or the text itself prove them.
    fn lower_upper(&self, left: &str, right: &str) -> bool {
        let right_word = right
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_uppercase())
            .map_or(right, |(at, _)| &right[..at]);
        if left.chars().count() < 2 && !is_marked(left.chars().next().unwrap_or('a')) {
            return false;
        }
        let marked = left.chars().any(is_marked) || right_word.chars().any(is_marked);
        let left_ok = is_syllable(left) || self.knows(left);
        let right_ok = (is_syllable(right_word) && right_word.chars().count() > 1)
            || self.knows(right_word)
            || (right_word.chars().count() == 1 && is_marked(right_word.chars().next().unwrap_or('a')));
        left_ok && right_ok && (marked || (self.knows(left) && self.knows(right_word)))
    }

    /// `KCNAcho`, `KCNAđưa`: capitals that are an abbreviation, then a word. `TTXVNTheo` is cut before its last capital.
    fn capitals_lower(&self, word: &str, at: usize, last: char) -> Option<usize> {
        let (left, right) = word.split_at(at);
        let real = |w: &str| is_syllable(w) && w.chars().count() > 1;
        if left.chars().count() >= 2 && real(right) && (self.knows(left) || agency(left).is_some()) {
            return Some(at);
        }
        let cut = at - last.len_utf8();
        let (left, right) = word.split_at(cut);
        let known = self.knows(left) || agency(left).is_some();
        (left.chars().count() >= 2 && known && real(right)).then_some(cut)
    }

    /// `Youngđã`: the left part stands elsewhere in the text, the right one is a marked syllable.
    fn lower_lower(&self, word: &str) -> Option<usize> {
        word.char_indices().skip(2).map(|(at, _)| at).find(|at| {
            let (left, right) = word.split_at(*at);
            right.chars().count() >= 2
                && right.chars().any(is_marked)
                && is_syllable(right)
                && left.chars().next().is_some_and(char::is_uppercase)
                && !left.chars().any(is_marked)
                && self.knows(left)
        })
    }
}

/// Inside an address or e-mail nothing is glued.
fn in_address(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |n| n + 1);
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |n| at + n);
    let token = &text[start..end];
    token.contains("://")
        || token.contains('@')
        || token.contains("www.")
        || token.contains('#')
        || token.contains('_')
}

/// Cuts after a mark that a blank follows everywhere else: `bố:"Chính`, `Nga.Ông`, `Nội,ngày`, `đó”Ông`.
fn punctuation_cuts(text: &str, cuts: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    // All marks concerned are ASCII or the closing curly quote: look only at them.
    for (at, mark) in
        text.char_indices().filter(|(_, c)| matches!(c, ':' | ',' | ';' | '.' | '!' | '?' | '”' | ')'))
    {
        let after = at + mark.len_utf8();
        if after >= text.len() || bytes[after] == b' ' || at == 0 {
            continue;
        }
        let mut next = text[after..].chars();
        let (n1, n2) = (next.next().unwrap_or(' '), next.next().unwrap_or(' '));
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let glued = match mark {
            ':' => is_small(before) && matches!(n1, '"' | '“') && is_alphabetic(n2),
            ',' | ';' => {
                is_small(before)
                    && is_alphabetic(n1)
                    && (is_marked(n1) || is_marked(before) || n1.is_uppercase())
            }
            '.' | '!' | '?' => {
                is_small(before)
                    && n1.is_uppercase()
                    && (n2.is_lowercase() || n2 == ' ')
                    && word_before(text, at).is_some_and(|w| is_syllable(w) && w.chars().count() > 1)
            }
            '”' => is_alphabetic(n1),
            _ => is_alphabetic(before) && is_alphabetic(n1) && is_marked(n1),
        };
        if glued && !in_address(text, at) {
            cuts.push(after);
        }
    }
}

fn word_before(text: &str, at: usize) -> Option<&str> {
    let start = text[..at]
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8));
    (start < at).then(|| &text[start..at])
}

/// The words around a cut, for the list of mends.
fn around(text: &str, cut: usize) -> (&str, &str) {
    let start = text[..cut]
        .rfind(char::is_whitespace)
        .map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8));
    let end = text[cut..].find(char::is_whitespace).map_or(text.len(), |n| cut + n);
    (&text[start..cut], &text[cut..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        Mender::new(vec![text]).mend(text, 1, &mut Vec::new()).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn glued_words_are_parted() {
        let check = |text: &str, expect: &str| assert_eq!(mended(text), expect);
        check("Hãng KCNAđưa tin, KCNAcho biết", "Hãng KCNA đưa tin, KCNA cho biết");
        check("Bà nói với bố:\"Chính con\"", "Bà nói với bố: \"Chính con\"");
        check("đồng chí của NgaÔng Lê An", "đồng chí của Nga Ông Lê An");
        check("Young tới nơi, Moon Youngđã về", "Young tới nơi, Moon Young đã về");
        check("Đoàn tới Hà Nội.Ông Lê An đón", "Đoàn tới Hà Nội. Ông Lê An đón");
        check("theo TTXVN. TTXVNTheo đó", "theo TTXVN. TTXVN Theo đó");
    }

    #[test]
    fn words_with_a_capital_inside_stay() {
        for text in [
            "iPhone, YouTube, VnExpress, McCain và TPHCM",
            "AstraZeneca, VietJet, VinFast, LinkedIn",
            "báo tại vov.vn và U.S. nói 10.000 người",
            "email a@VietNam.vn, https://VietNam.vn/BaoMoi",
            "tối 3-5,5-7 và 1,5 triệu",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn every_mend_is_listed() {
        let text = "Hãng KCNAđưa tin";
        let mut fixes = Vec::new();
        Mender::new(vec![text]).mend(text, 7, &mut fixes);
        assert_eq!(
            fixes,
            [Fix {
                line: 7, kind: "glued-words".into(), wrong: "KCNAđưa".into(), right: "KCNA đưa".into()
            }]
        );
    }
}
