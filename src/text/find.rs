//! Asymmetric search: a letter typed without a mark matches every mark, a mark that was typed is respected.
//!
//! Owns: [`Needle`]. What is sought is found in the folded text first; marks are then checked in the original, on the few
//! places found. The relation is the asymmetric search of Unicode's collation report (UTS 10, section 8.2).
//! Refuses: operators and fields (the query language of `library` has them).
//! Tests: at the foot, properties in `tests/it/text.rs`, speed in `benches/text.rs`.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem::Finder;

use super::charset::{is_letter, unspaced};
use super::fold::{Folded, fold, folded, spelling, stripped};
use super::nfc::nfc;
use super::syllable::{is_bare, is_syllable};

/// What is looked for: one or more syllables, matched at syllable starts; the last may be half-typed.
///
/// - A letter without a mark matches every mark: `da nang` finds *Đà Nẵng*, `nha trang` finds *Nha Trang* and *Nhà Trắng*.
/// - A letter with a mark matches only itself: `nhà trắng` does not find *Nha Trang*. Both tone placements are the same
///   (`hoà`, `hòa`), as are case, NFC and NFD.
/// - Text that was stripped of its marks matches all the same: an article or a line (a slug, say) without any mark that
///   has a syllable which Vietnamese never writes bare, or is long.
/// - A blank or hyphen matches any run of blanks with at most one hyphen in it; other characters between syllables match
///   themselves (`10.000`, `O'Brien`).
/// - Between a letter and a digit a hyphen may be left out or put in: `VK19` finds *VK-19*, `VK-19` finds *VK19*.
#[derive(Debug, Clone)]
pub struct Needle {
    typed: String,
    half: bool,
    pieces: Vec<Piece>,
    first: Finder<'static>,
}

impl PartialEq for Needle {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed && self.half == other.half
    }
}

impl Eq for Needle {}

/// One syllable (or number) of a needle.
#[derive(Debug, Clone)]
struct Piece {
    /// What must stand before it, behind the piece before; blanks as one blank.
    gap: String,
    /// It is a number behind letters: the gap may be missing, and a missing one a hyphen.
    loose: bool,
    folded: String,
    /// Lower case, NFC.
    letters: String,
    /// [`spelling`] of the letters.
    spelled: String,
    marked: bool,
}

impl Needle {
    /// Prepares what was typed, whole words; `None` when it holds no letter or digit.
    pub fn new(typed: &str) -> Option<Self> {
        Self::build(typed, false)
    }

    /// Prepares what is being typed: the last word may be unfinished, unless a blank follows it; `None` when there is no
    /// letter or digit.
    pub fn typing(typed: &str) -> Option<Self> {
        Self::build(typed, !typed.ends_with(char::is_whitespace))
    }

    fn build(typed: &str, half: bool) -> Option<Self> {
        let typed = nfc(typed).to_lowercase().replace('ð', "đ");
        let typed = nfc(typed.trim());
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gap = String::new();
        let mut rest = &*typed;
        while let Some(c) = rest.chars().next() {
            let length = rest.find(|c: char| !is_inner(c)).unwrap_or(rest.len());
            if length == 0 || !is_letter(c) {
                if !c.is_whitespace() {
                    gap.push(c);
                } else if !gap.ends_with(' ') {
                    gap.push(' ');
                }
                rest = &rest[c.len_utf8()..];
                continue;
            }
            for letters in parts(&rest[..length]) {
                let plain = folded(letters);
                if plain.is_empty() {
                    continue;
                }
                let gap = if pieces.is_empty() { String::new() } else { std::mem::take(&mut gap) };
                let before = pieces.last().and_then(|p| p.letters.chars().next_back());
                let tied = gap.is_empty() || gap.chars().eq(gap.chars().next().filter(|c| is_hyphen(*c)));
                pieces.push(Piece {
                    loose: tied && before.zip(letters.chars().next()).is_some_and(|(a, b)| is_joint(a, b)),
                    gap,
                    marked: plain != letters,
                    spelled: spelling(letters),
                    folded: plain,
                    letters: letters.to_owned(),
                });
            }
            gap.clear();
            rest = &rest[length..];
        }
        let first = Finder::new(&pieces.first()?.folded).into_owned();
        Some(Self { typed: typed.into_owned(), half, pieces, first })
    }

    /// The folded syllables, in order, for a look into an index.
    pub fn syllables(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| piece.folded.as_str())
    }

    /// True when the last syllable may be unfinished.
    pub fn is_half_typed(&self) -> bool {
        self.half
    }

    /// True when a letter was typed with a mark, so that a match in folded text alone is not enough.
    pub fn has_marks(&self) -> bool {
        self.pieces.iter().any(|piece| piece.marked)
    }

    /// Byte ranges of all matches in `text` (original offsets), in order, not overlapping.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.find_folded(&fold(text), text)
    }

    /// As [`Needle::find`], on a fold made before; `original` is the text it was made of.
    pub fn find_folded(&self, folded: &Folded, original: &str) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        self.scan(folded, original, |range| {
            out.push(range);
            true
        });
        out
    }

    /// True when there is a match.
    pub fn is_in(&self, text: &str) -> bool {
        self.is_in_folded(&fold(text), text)
    }

    /// As [`Needle::is_in`], on a fold made before.
    pub fn is_in_folded(&self, folded: &Folded, original: &str) -> bool {
        let mut found = false;
        self.scan(folded, original, |_| {
            found = true;
            false
        });
        found
    }

    /// Visits the matches in order until `visit` says no.
    fn scan(&self, folded: &Folded, original: &str, mut visit: impl FnMut(Range<usize>) -> bool) {
        let hay = folded.text.as_str();
        let passage = Passage { text: original, bare: OnceCell::new() };
        let mut from = 0;
        while let Some(at) =
            hay.get(from..).and_then(|rest| self.first.find(rest.as_bytes())).map(|at| from + at)
        {
            let end = if joined(&hay[..at], &hay[at..]) { None } else { self.follow(folded, at, &passage) };
            if let Some(end) = end
                && !visit(folded.original(at..end))
            {
                return;
            }
            from = end.unwrap_or_else(|| at + hay[at..].chars().next().map_or(1, char::len_utf8));
        }
    }

    /// The end of the match that begins at `start` in the folded text, if all pieces follow with their marks.
    fn follow(&self, folded: &Folded, start: usize, passage: &Passage) -> Option<usize> {
        let hay = folded.text.as_str();
        let mut at = start;
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                at += gap(piece, &hay[at..])?;
            }
            let end = at + piece.folded.len();
            if !hay[at..].starts_with(&piece.folded) {
                return None;
            }
            let whole = !joined(&hay[..end], &hay[end..]);
            let may_go_on = self.half && index + 1 == self.pieces.len();
            let tight = self.pieces.get(index + 1).is_some_and(|next| next.loose || next.gap.is_empty());
            if !(whole || may_go_on || tight)
                || piece.marked && !piece.fits(folded.original(at..end), passage)
            {
                return None;
            }
            at = end;
        }
        Some(at)
    }
}

impl Piece {
    /// True when the marks in this range of the original are those typed.
    fn fits(&self, range: Range<usize>, passage: &Passage) -> bool {
        let Some(slice) = passage.text.get(range.clone()) else { return false };
        let found = nfc(slice).to_lowercase().replace('ð', "đ");
        respects(&self.letters, &found)
            || respects(&self.spelled, &spelling(slice))
            || found == self.folded && passage.is_bare_at(range.start)
    }
}

/// True when each letter of `typed` that has a mark stands in `found` as it is; both are lower case and NFC and fold alike.
pub fn respects(typed: &str, found: &str) -> bool {
    let mut found = found.chars();
    let same = typed.chars().all(|t| {
        found
            .next()
            .is_some_and(|f| t == f || t.is_ascii() || folded(t.encode_utf8(&mut [0; 4])).starts_with(t))
    });
    same && found.next().is_none()
}

/// Characters that may stand inside a piece.
fn is_inner(c: char) -> bool {
    is_letter(c) || stripped(c)
}

/// True when both sides of a place belong to one word.
fn joined(before: &str, after: &str) -> bool {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return false };
    a.is_alphanumeric() && b.is_alphanumeric() && !unspaced(a) && !unspaced(b)
}

/// True between a letter and the number behind it, which some write with a hyphen and some without: `VK19`, `VK-19`.
pub fn is_joint(before: char, after: char) -> bool {
    before.is_alphabetic() && !unspaced(before) && after.is_ascii_digit()
}

/// The parts of a word between its joints, without hyphens.
pub fn parts(word: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in word.char_indices() {
        if is_hyphen(c) {
            out.push(&word[from..at]);
            from = at + c.len_utf8();
            before = None;
        } else {
            if before.is_some_and(|b| is_joint(b, c)) {
                out.push(&word[from..at]);
                from = at;
            }
            before = Some(c);
        }
    }
    out.push(&word[from..]);
    out
}

/// Bytes of `hay` that stand for the gap before a piece.
fn gap(piece: &Piece, hay: &str) -> Option<usize> {
    if !piece.loose {
        return typed_gap(&piece.gap, hay);
    }
    let hyphen = || hay.chars().next().filter(|c| is_hyphen(*c)).map_or(0, char::len_utf8);
    if piece.gap.is_empty() { Some(hyphen()) } else { Some(typed_gap(&piece.gap, hay).unwrap_or(0)) }
}

fn typed_gap(typed: &str, hay: &str) -> Option<usize> {
    if typed.is_empty() {
        return Some(0);
    }
    if typed.chars().all(|c| c == ' ' || is_hyphen(c)) {
        let rest = hay.trim_start();
        let rest = rest.strip_prefix(is_hyphen).unwrap_or(rest).trim_start();
        return Some(hay.len() - rest.len()).filter(|&length| length > 0);
    }
    let mut rest = hay;
    for c in typed.chars() {
        rest = match c {
            ' ' => rest.trim_start(),
            '\'' | '’' => rest.strip_prefix(['\'', '’'])?,
            c => rest.strip_prefix(c)?,
        };
    }
    Some(hay.len() - rest.len())
}

/// A hyphen, or a dash that stands for one.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–')
}

/// The text around a match, asked whether it lost its marks.
struct Passage<'a> {
    text: &'a str,
    bare: OnceCell<bool>,
}

/// So many words without any mark are no chance in Vietnamese: about one syllable in four has none.
const LONG: usize = 12;
/// A line between lines with marks must be so long, in words, to count as stripped: shorter ones are lists of names.
const LINE: usize = 5;

/// Byte ranges of `text` that were stripped of their marks, in order: there a marked needle matches words without marks.
/// For an index, which looks at a text once and not at each match.
pub fn bare_parts(text: &str) -> Vec<Range<usize>> {
    if is_bare_text(text) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        if is_bare_line(line, text) {
            out.push(start..start + line.len());
        }
        start += line.len();
    }
    out
}

fn is_bare_text(text: &str) -> bool {
    !has_mark(text) && is_vietnamese(text) && (words(text).nth(LONG - 1).is_some() || tells(text))
}

fn is_bare_line(line: &str, text: &str) -> bool {
    let long = || words(line).nth(LINE - 1).is_some();
    line.len() < text.len() && !has_mark(line) && long() && is_vietnamese(line) && tells(line)
}

impl Passage<'_> {
    /// True when the text, or the line of it that holds the offset, was stripped of its marks.
    fn is_bare_at(&self, at: usize) -> bool {
        if *self.bare.get_or_init(|| is_bare_text(self.text)) {
            return true;
        }
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |i| at + i);
        is_bare_line(&self.text[start..end], self.text)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty())
}

/// True when some letter has a mark.
fn has_mark(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_ascii()
            && (stripped(c)
                || c.is_alphabetic() && c < '\u{2000}' && folded(c.encode_utf8(&mut [0; 4])).is_ascii())
    })
}

/// True when three words in four look like Vietnamese syllables, marked or stripped: in English text it is about one.
fn is_vietnamese(text: &str) -> bool {
    let syllable = |word: &str| {
        let word = word.to_ascii_lowercase();
        is_syllable(&word) || is_bare(&word)
    };
    let (all, own) =
        words(text).fold((0, 0), |(all, own), word| (all + 1, own + usize::from(syllable(word))));
    own * 4 >= all * 3
}

/// True when a word is there that Vietnamese never writes without a mark.
fn tells(text: &str) -> bool {
    words(text).any(|word| is_bare(&word.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn run(needle: Option<Needle>, text: &str, want: &[&str]) {
        let needle = needle.expect("a needle");
        let got: Vec<_> = needle.find(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, want, "{needle:?} in {text:?}");
        assert_eq!(needle.is_in(text), !want.is_empty());
        let nfd: String = text.nfd().collect();
        let got: Vec<String> = needle.find(&nfd).into_iter().map(|r| nfd[r].nfc().collect()).collect();
        let want: Vec<String> = want.iter().map(|w| w.nfc().collect()).collect();
        assert_eq!(got, want, "{needle:?} in decomposed {text:?}");
    }

    fn check(typed: &str, text: &str, want: &[&str]) {
        run(Needle::new(typed), text, want);
        let nfd: String = typed.nfd().collect();
        run(Needle::new(&nfd), text, want);
    }

    #[test]
    fn marks() {
        let both = "Từ Nha Trang đến Nhà Trắng";
        check("nha trang", both, &["Nha Trang", "Nhà Trắng"]);
        check("nhà trắng", both, &["Nhà Trắng"]);
        check("nhà trang", both, &["Nhà Trắng"]);
        check("NHÀ TRẮNG", both, &["Nhà Trắng"]);
        check("trieu tien", "Họ ở Triều Tiên.", &["Triều Tiên"]);
        check("Triều Tiên", "triều tiên, triệu tiền, Triều Tiến", &["triều tiên"]);
        check("da nang", "ĐÀ NẴNG và đã nắng", &["ĐÀ NẴNG", "đã nắng"]);
        check("đa nang", "da nắng, Đà Nẵng, đa năng", &["Đà Nẵng", "đa năng"]);
        check("Ðà Nẵng", "Đà Nẵng", &["Đà Nẵng"]);
        check("café", "cafe ở đây, café", &["café"]);
    }

    #[test]
    fn tone_placement() {
        check("hoà bình", "hòa bình, hoà bình, hóa bình", &["hòa bình", "hoà bình"]);
        check("thủy", "thuỷ, thủy, thuy mà", &["thuỷ", "thủy"]);
        run(Needle::typing("hoà"), "hòa, hoài, hoàn, hoá", &["hòa", "hoà", "hoà"]);
        run(Needle::typing("hòa"), "hòa, hoài, hoàn, hoá", &["hòa", "hoà", "hoà"]);
        run(Needle::typing("hoa"), "hòa hoàn", &["hòa", "hoà"]);
    }

    #[test]
    fn stripped_text() {
        check("nhà trắng", "Nha Trang", &[]);
        check("Triều Tiên", "Trieu Tien", &["Trieu Tien"]);
        check("nhà trắng", "Ong ta o lai Nha Trang", &[]);
        check("nhà trắng", "Tong thong Viet Nam den Nha Trang luc 9h", &["Nha Trang"]);
        check("nhà trắng", "Ông ở lại.\ntong-thong-viet-nam-den-nha-trang\nVề Nha Trang.", &["nha-trang"]);
        check("nhà trắng", "Ông ở lại Nha Trang.\nNha Trang\nRobert Scott", &[]);
        check("nhà trắng", "The big party in Nha Trang was for all of them so", &[]);
        check("nhà trắng", "Nha Trang beach reopens after the storm, and tourists are back", &[]);
    }

    #[test]
    fn blanks_and_hyphens() {
        let text = "Kim Jong-un, KIM  JONG\u{a0}UN, Kim Jong - un, Kim Jongun";
        for typed in ["kim jong un", "Kim Jong-un", " kim  jong-un "] {
            check(typed, text, &["Kim Jong-un", "KIM  JONG\u{a0}UN", "Kim Jong - un"]);
        }
        check("Hà Nội, Huế", "Hà Nội,  Huế; Hà Nội Huế", &["Hà Nội,  Huế"]);
        check("10.000", "10.000 và 10 000", &["10.000"]);
        check("o'brien", "O’Brien, O'Brien, O Brien", &["O’Brien", "O'Brien"]);
        check("19-6", "ngày 19-6, 119-6, 19-65", &["19-6"]);
    }

    #[test]
    fn letters_and_numbers() {
        let text = "VK-19, VK19, vk 19, VK–19, VK-190, AVK19, VK--19, VK, 19";
        check("VK19", text, &["VK-19", "VK19", "VK–19"]);
        check("vk-19", text, &["VK-19", "VK19", "vk 19", "VK–19"]);
        check("vk 19", text, &["VK-19", "vk 19", "VK–19"]);
        run(Needle::typing("vk1"), text, &["VK-1", "VK1", "VK–1", "VK-1"]);
        run(Needle::typing("vk-"), text, &["VK", "VK", "vk", "VK", "VK", "VK", "VK"]);
        check("19-6", "ngày 19-6, 196", &["19-6"]);
        check("QĐ19a", "QĐ-19a, QD-19a, QĐ19-a", &["QĐ-19a"]);
        check("x1y2", "X-1Y-2, x1y-2, X 1Y2", &["X-1Y-2", "x1y-2"]);
        check("10km", "10km, 10-km", &["10km"]);
    }

    #[test]
    fn whole_and_half() {
        check("an", "an toàn, ban, ân, Anh", &["an", "ân"]);
        run(Needle::typing("an"), "an toàn, ban, ân, Anh", &["an", "ân", "An"]);
        run(Needle::typing("trieu t"), "Triều Tiên, triệu, triệu tấn", &["Triều T", "triệu t"]);
        run(Needle::typing("trieu "), "Triều Tiên, triệut", &["Triều"]);
        run(Needle::typing("nguyê"), "Nguyên nguyện Nguyễn", &["Nguyê"]);
        check("北京", "在北京市 và 北京", &["北京", "北京"]);
        check("aa", "aa aa aaa", &["aa", "aa"]);
        for nothing in ["", " ", "-", "“”", "\u{301}"] {
            assert_eq!(Needle::new(nothing), None, "{nothing:?}");
        }
    }
}
