//! Wrapping and cutting by grapheme and terminal cell.
//!
//! Owns: [`width`], [`wrap`], [`fill`], [`fit`], [`fit_name`], [`pad`]. Lines break where Unicode (UAX 14, through `textwrap`) allows it, and behind
//! a hyphen between letters, but not between the scheme of an address and its site; widths are those of `unicode-width`, taken by grapheme.
//! Refuses: styles and hyphenation; a syllable is never cut unless it is wider than the line.
//! Tests: at the foot, properties in `tests/it/text.rs`.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::charset::needs_dictionary;

/// Cells that the text takes in a terminal: the sum over its graphemes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if text.chars().all(one_cell) { text.chars().count() } else { text.graphemes(true).map(cells_of).sum() }
}

/// Characters that are a grapheme of one cell whatever stands beside them (marks apart, which are not among them).
fn one_cell(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2012}'..='\u{2027}')
}

fn cells_of(grapheme: &str) -> usize {
    grapheme.width()
}

/// Byte ranges of the lines of `text` wrapped to `cells` columns (0 counts as 1); never empty, never splits a grapheme,
/// loses nothing but blanks at line ends. A word wider than the line is cut between graphemes.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    let cells = cells.max(1);
    let mut lines = Vec::with_capacity(text.len() / cells + 1);
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(text, start..start + line.len(), cells, &mut lines);
        start += line.len() + 1;
    }
    lines
}

/// Puts parts into lines of `cells` columns, with a sign between those of one line: no part is broken, though one may be wider than a
/// line.
pub fn fill(parts: impl IntoIterator<Item = String>, between: &str, cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut().filter(|line| width(line) + width(between) + width(&part) <= cells) {
            Some(line) => line.extend([between, &part]),
            None => lines.push(part),
        }
    }
    lines
}

/// Wraps one hard line; adds at least one line.
fn wrap_line(text: &str, range: Range<usize>, cells: usize, lines: &mut Vec<Range<usize>>) {
    let line = &text[range.clone()];
    let mut open = Line { start: range.start, end: range.start, used: 0 };
    let mut at = range.start;
    let mut add = |piece: &str| {
        let body = piece.trim_end();
        let wide = width(body);
        let blanks = width(&piece[body.len()..]);
        if open.used + wide > cells && open.used > 0 && !body.is_empty() {
            // Blanks alone, before the first word, are let go rather than given a line.
            if open.end > open.start {
                lines.push(open.start..open.end);
            }
            open = Line { start: at, end: at, used: 0 };
        }
        if wide > cells {
            cut(text, at..at + body.len(), cells, &mut open, lines);
        } else {
            open.used += wide;
        }
        if !body.is_empty() {
            open.end = at + body.len();
        }
        open.used += blanks;
        at += piece.len();
    };
    if line.chars().any(needs_dictionary) {
        for word in line.split_inclusive(' ') {
            unspaced_pieces(word, &mut add);
        }
    } else {
        let (mut tail, mut held) = (line, 0);
        for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
            let length = held + word.word.len() + word.whitespace.len();
            if word.whitespace.is_empty() && tail[..length].ends_with(SCHEME) && length < tail.len() {
                held = length;
                continue;
            }
            let (mut rest, behind) = tail.split_at(length);
            (tail, held) = (behind, 0);
            while let Some(length) = hyphen(rest) {
                add(&rest[..length]);
                rest = &rest[length..];
            }
            add(rest);
        }
    }
    lines.push(open.start..open.end);
}

/// Adds a word of a script without blanks grapheme by grapheme; what else is in it stays together.
fn unspaced_pieces(word: &str, add: &mut impl FnMut(&str)) {
    let mut start = 0;
    for (at, grapheme) in word.grapheme_indices(true) {
        if grapheme.chars().any(needs_dictionary) {
            if start < at {
                add(&word[start..at]);
            }
            add(grapheme);
            start = at + grapheme.len();
        }
    }
    if start < word.len() {
        add(&word[start..]);
    }
}

/// The line that is being filled: its range without blanks at the end, and its cells with them.
struct Line {
    start: usize,
    end: usize,
    used: usize,
}

/// Behind the scheme of an address.
const SCHEME: &str = "://";

/// One past the first hyphen between two letters.
fn hyphen(word: &str) -> Option<usize> {
    word.match_indices(['-', '\u{2010}']).find_map(|(at, mark)| {
        let before = word[..at].chars().rev().find(|&c| !super::fold::stripped(c));
        let after = word[at + mark.len()..].chars().next();
        (before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic))
            .then_some(at + mark.len())
    })
}

/// Cuts a word that is wider than the line between graphemes; its last part stays open.
fn cut(text: &str, range: Range<usize>, cells: usize, open: &mut Line, lines: &mut Vec<Range<usize>>) {
    for (at, grapheme) in text[range.clone()].grapheme_indices(true) {
        let wide = cells_of(grapheme);
        let at = range.start + at;
        if open.used + wide > cells && open.end > open.start {
            lines.push(open.start..open.end);
            *open = Line { start: at, end: at, used: 0 };
        }
        open.used += wide;
        open.end = at + grapheme.len();
    }
}

/// How far back, in cells, [`fit`] looks for a blank to cut at.
const SLACK: usize = 10;

/// The text, cut to at most `cells` columns with `…` where something was cut; at a blank when one is near.
pub fn fit(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() > MOST_BYTES.saturating_mul(cells) && text.graphemes(true).take(cells + 1).any(is_heaped) {
        return Cow::Owned(fit(&calmed(text, cells), cells).into_owned());
    }
    // More bytes than this cannot fit unless most of them are marks: no need to measure it all.
    if text.len() <= cells || text.len() <= cells.saturating_mul(16) && width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else { return Cow::Borrowed("") };
    let mut used = 0;
    let mut blank = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        if grapheme.chars().all(char::is_whitespace) {
            blank = Some((at, used));
        }
        used += cells_of(grapheme);
        if used > room {
            if width_exceeds(&text[at..], cells - (used - cells_of(grapheme))) {
                let end = blank.filter(|&(_, cell)| cell + SLACK >= room).map_or(at, |(at, _)| at);
                return Cow::Owned(format!("{}…", text[..end].trim_end()));
            }
            break;
        }
    }
    Cow::Borrowed(text)
}

/// Bytes of a cell: the longest letters that people write have fewer.
const MOST_BYTES: usize = 16;
/// Characters of a grapheme, a letter and its marks: more is a prank.
const MOST_MARKS: usize = 8;

fn is_heaped(grapheme: &str) -> bool {
    grapheme.len() > MOST_BYTES && grapheme.chars().count() > MOST_MARKS
}

/// The graphemes that could be seen in so many cells, without heaps of marks.
fn calmed(text: &str, cells: usize) -> String {
    let seen = text.graphemes(true).take(cells + 1);
    let calm = |g| if is_heaped(g) { g.chars().take(MOST_MARKS).collect() } else { g.to_owned() };
    seen.map(calm).collect()
}

/// True when the text takes more cells than `cells`; reads no more of it than needed.
fn width_exceeds(text: &str, cells: usize) -> bool {
    let mut used = 0;
    text.graphemes(true).any(|g| {
        used += cells_of(g);
        used > cells
    })
}

/// [`fit`] for names: those of laws and decrees differ in their last word, a number, and would look alike when cut there; such a
/// name loses its middle, in whole syllables.
pub fn fit_name(name: &str, cells: usize) -> Cow<'_, str> {
    let tail = name.rsplit(char::is_whitespace).next().unwrap_or(name);
    let room = cells.saturating_sub(width(tail) + 1);
    if room < 2 || !tail.contains(|c: char| c.is_ascii_digit()) || width(name) <= cells {
        return fit(name, cells);
    }
    let blanks = name.match_indices(char::is_whitespace).map(|(at, _)| name[..at].trim_end());
    match blanks.take_while(|head| width(head) <= room).last().filter(|head| !head.is_empty()) {
        Some(head) => Cow::Owned(format!("{head}…{tail}")),
        None => fit(name, cells),
    }
}

/// The text in exactly `cells` columns: [`fit`], then blanks.
pub fn pad(text: &str, cells: usize) -> String {
    let mut out = fit(text, cells).into_owned();
    let blanks = cells.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', blanks));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn check(text: &str, cells: usize, want: &[&str]) {
        let got: Vec<_> = wrap(text, cells).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, want, "{text:?} to {cells}");
        let nfd: String = text.nfd().collect();
        let got: Vec<String> = wrap(&nfd, cells).into_iter().map(|r| nfd[r].nfc().collect()).collect();
        let want: Vec<String> = want.iter().map(|l| l.nfc().collect()).collect();
        assert_eq!(got, want, "decomposed {text:?} to {cells}");
    }

    #[test]
    fn wraps() {
        check("", 10, &[""]);
        check("Hà Nội mưa", 20, &["Hà Nội mưa"]);
        check("Hà Nội mưa to", 6, &["Hà Nội", "mưa to"]);
        check("Hà Nội mưa to", 7, &["Hà Nội", "mưa to"]);
        check("một\nhai\n\nba", 10, &["một", "hai", "", "ba"]);
        check("cuối \n", 10, &["cuối", ""]);
        check("Triều  Tiên   ", 5, &["Triều", "Tiên"]);
        check("  thụt", 10, &["  thụt"]);
        check("     thụt", 5, &["thụt"]);
        check("Kim Jong-un thăm", 9, &["Kim Jong-", "un thăm"]);
        check("bố-mẹ-con", 4, &["bố-", "mẹ-", "con"]);
        check("ngày 19-6 này", 7, &["ngày", "19-6", "này"]);
        check("khoảng 10.000 đồng.", 8, &["khoảng", "10.000", "đồng."]);
        check("xem https://a.example/bai nhé", 20, &["xem", "https://a.example/", "bai nhé"]);
        check("https:// rồi", 9, &["https://", "rồi"]);
        check("nghiêng", 3, &["ngh", "iên", "g"]);
        check("a nghiêng", 3, &["a", "ngh", "iên", "g"]);
        check("日本語です", 4, &["日本", "語で", "す"]);
        check("ภาษาไทย abc", 3, &["ภาษ", "าไท", "ย", "abc"]);
        check("日本", 1, &["日", "本"]);
        check("👩‍💻👨‍👩‍👧 ok", 4, &["👩‍💻👨‍👩‍👧", "ok"]);
        check("ab c", 0, &["a", "b", "c"]);
        check("“Đi đi!” ông nói", 8, &["“Đi đi!”", "ông nói"]);
    }

    #[test]
    fn widths() {
        for (text, want) in [
            ("", 0),
            ("abc", 3),
            ("Đà Nẵng", 7),
            ("No\u{323}\u{302}i", 3),
            ("日本", 4),
            ("👩‍💻", 2),
            ("❤️", 2),
            ("🇻🇳", 2),
        ] {
            assert_eq!(width(text), want, "{text:?}");
        }
    }

    #[test]
    fn one_cell_characters_are_one_cell() {
        for c in ('\0'..='\u{3000}').filter(|&c| one_cell(c)) {
            assert_eq!(c.to_string().width(), 1, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn names_keep_their_number() {
        for (name, cells, want) in [
            ("Nghị định số 12/2031/NĐ-CP", 26, "Nghị định số 12/2031/NĐ-CP"),
            ("Nghị định số 12/2031/NĐ-CP", 20, "Nghị…12/2031/NĐ-CP"),
            ("Nghị định số 12/2031/NĐ-CP", 23, "Nghị định…12/2031/NĐ-CP"),
            ("Nghị định số 12/2031/NĐ-CP", 16, "Nghị định số…"),
            ("Nghị định số 12/2031/NĐ-CP", 15, "Nghị định số…"),
            ("Hội Nông dân xã Khe Ngần", 15, "Hội Nông dân…"),
            ("F1 2031", 4, "F1…"),
        ] {
            assert_eq!(fit_name(name, cells), want, "{name} in {cells}");
        }
    }

    #[test]
    fn parts_of_a_line_stay_whole() {
        let check = |cells: usize, want: &[&str]| {
            let parts = ["Hà Nội", "2 ngày trước", "Lê Na"].map(str::to_owned);
            assert_eq!(fill(parts, " · ", cells), want, "{cells}");
        };
        check(40, &["Hà Nội · 2 ngày trước · Lê Na"]);
        check(21, &["Hà Nội · 2 ngày trước", "Lê Na"]);
        check(20, &["Hà Nội", "2 ngày trước · Lê Na"]);
        check(5, &["Hà Nội", "2 ngày trước", "Lê Na"]);
    }

    #[test]
    fn fits() {
        for (text, cells, want) in [
            ("Hà Nội", 6, "Hà Nội"),
            ("Hà Nội mưa", 9, "Hà Nội…"),
            ("Hà Nội mưa", 8, "Hà Nội…"),
            ("Hà Nội mưa", 7, "Hà Nội…"),
            ("Hà Nội mưa", 6, "Hà…"),
            ("nghiêng", 4, "ngh…"),
            ("a siêucườngquốctếhóa", 16, "a siêucườngquốc…"),
            ("日本語", 4, "日…"),
            ("日本語", 5, "日本…"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
            ("", 0, ""),
            ("No\u{323}\u{302}i", 3, "No\u{323}\u{302}i"),
        ] {
            assert_eq!(fit(text, cells), want, "{text:?} in {cells}");
            assert_eq!(width(&pad(text, cells)), cells);
        }
        assert_eq!(pad("Huế", 5), "Huế  ");
        // A heap of marks on one letter is bounded.
        assert_eq!(fit(&format!("a{}", "\u{301}".repeat(99)), 2).chars().count(), MOST_MARKS);
    }
}
