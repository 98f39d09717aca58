//! Folding: the same letters without marks and case, with a way back to the original.
//!
//! Owns: [`fold`] and [`folded`] (for search: *đ* is *d*, *ế* is *e*) and [`spelling`] (for identity: marks stay, only
//! the legally equal spellings become one).
//! Refuses: compatibility folding and transliteration; scripts other than Latin, Greek and Cyrillic keep their marks,
//! which are letters there.
//! Tests: at the foot, properties in `tests/it/text.rs`, speed in `benches/text.rs`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical};

use super::charset::{is_letter, small};
use super::nfc::nfc;

/// Folded text and, for each of its bytes, the byte offset in the original where the source character starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Lower case, no marks, `đ` as `d`.
    pub text: String,
    /// One entry a byte of `text`, plus one past the end (the original's length).
    back: Vec<u32>,
}

impl Folded {
    /// The range of the original that a range of the folded text came from: whole characters with the combining
    /// marks behind them. A range that begins or ends inside a character is widened to it.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let Some(&last) = self.back.last() else { return 0..0 };
        let at = |i: usize| self.back.get(i).copied().unwrap_or(last);
        let start = at(range.start);
        if range.end <= range.start {
            return start as usize..start as usize;
        }
        let source = at(range.end - 1);
        let mut end = range.end;
        while end < self.text.len() && at(end) == source {
            end += 1;
        }
        start as usize..at(end) as usize
    }
}

/// Folds text: lower case, marks off, `đ` to `d`; idempotent.
///
/// Offsets are meaningful in texts below 4 GiB.
pub fn fold(text: &str) -> Folded {
    let mut out = String::with_capacity(text.len());
    let mut back = Vec::with_capacity(text.len() + 1);
    fold_into(text, &mut out, |at, length| {
        for _ in 0..length {
            back.push(at as u32);
        }
    });
    back.push(text.len() as u32);
    Folded { text: out, back }
}

/// Only the text of [`fold`].
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out, |_, _| ());
    out
}

/// Appends the folded text; `note(offset of the source character, folded bytes)` for each source character.
#[inline]
fn fold_into(text: &str, out: &mut String, mut note: impl FnMut(usize, usize)) {
    let table: &[u8] = &TABLE;
    for (at, c) in text.char_indices() {
        let code = c as usize;
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            note(at, 1);
            continue;
        }
        let slot = match code {
            0..LATIN => code,
            0x1E00..0x1F00 => code - 0x1E00 + LATIN,
            _ => LATIN + 0x100,
        };
        match table.get(slot) {
            Some(&letter) if letter != 0 => {
                out.push(char::from(letter));
                note(at, 1);
            }
            _ if join(out, c) => {}
            _ => {
                let before = out.len();
                fold_char(c, |c| out.push(c));
                note(at, out.len() - before);
            }
        }
    }
}

/// Composes a character with the last folded one, as NFC would (Hangul, voiced kana, Indic vowels), so that both
/// forms of a text fold alike. Only where the length stays: the map back then stays true.
fn join(out: &mut String, c: char) -> bool {
    if stripped(c) {
        return false;
    }
    let Some(last) = out.chars().next_back().filter(|last| !last.is_ascii()) else { return false };
    match compose(last, c) {
        Some(both) if both.len_utf8() == last.len_utf8() => {
            out.truncate(out.len() - last.len_utf8());
            out.push(both);
            true
        }
        _ => false,
    }
}

/// End of the Latin blocks that [`TABLE`] covers from zero.
const LATIN: usize = 0x250;

/// The ASCII letter for each Latin letter that folds to one (U+0000 to U+024F, then U+1E00 to U+1EFF), else 0.
static TABLE: LazyLock<Box<[u8]>> = LazyLock::new(|| {
    (0..LATIN as u32)
        .chain(0x1E00..0x1F00)
        .map(|code| {
            let mut letters = Vec::new();
            if let Some(c) = char::from_u32(code) {
                fold_char(c, |c| letters.push(c));
            }
            match letters[..] {
                [c] if c.is_ascii() => c as u8,
                _ => 0,
            }
        })
        .collect()
});

/// One character folded, by decomposition.
fn fold_char(c: char, mut push: impl FnMut(char)) {
    if stripped(c) {
        return;
    }
    let mut marked = false;
    let mut same = true;
    decompose_canonical(c, |part| {
        marked |= stripped(part);
        same &= part == c;
    });
    let mut lower = |c: char| {
        for c in c.to_lowercase().filter(|&c| !stripped(c)) {
            letter(c, &mut push);
        }
    };
    if same {
        lower(c);
    } else if marked {
        decompose_canonical(c, |part| {
            if !stripped(part) {
                lower(part);
            }
        });
    } else {
        std::iter::once(c).nfc().for_each(lower);
    }
}

/// Letters with a stroke or joined letters, which no decomposition takes apart.
fn letter(c: char, push: &mut impl FnMut(char)) {
    let plain = match c {
        'đ' | 'ð' | 'ɖ' => "d",
        'ø' => "o",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        c => return push(c),
    };
    plain.chars().for_each(push);
}

/// The marks that are taken off: the blocks for Latin, Greek and Cyrillic and those for symbols.
pub(super) fn stripped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// One spelling for all that are legally the same: NFC, lower case, tone mark placed the old way (`hoà` becomes `hòa`);
/// other marks are kept. Idempotent.
pub fn spelling(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let text = nfc(text);
    let mut out = String::with_capacity(text.len());
    let mut letters = [' '; 3];
    for c in text.chars() {
        if !(is_letter(c) || stripped(c)) {
            move_tone(&mut out, letters);
        }
        lower(c, |c| {
            letters = [letters[1], letters[2], c];
            out.push(c);
        });
    }
    move_tone(&mut out, letters);
    // Only a few capitals (U+0130) leave the composed form when they become small.
    if let Cow::Owned(composed) = nfc(&out) { composed } else { out }
}

/// Lower case; the look-alikes of *đ* and the final sigma become the usual letter.
fn lower(c: char, mut push: impl FnMut(char)) {
    match c {
        'Ð' | 'ð' => push('đ'),
        'ς' => push('σ'),
        _ => small(c, push),
    }
}

/// Moves the tone of a syllable that ends in *oa*, *oe* or *uy* from its last letter to the one before.
/// `letters` are the last three characters of `out`; with *q* before, the *u* belongs to the consonant.
fn move_tone(out: &mut String, [before, glide, last]: [char; 3]) {
    if last.is_ascii()
        || !matches!(glide, 'o' | 'u')
        || !last.is_alphabetic()
        || "aeiouyăâêôơưqáàảãạéèẻẽẹ".contains(before)
    {
        return;
    }
    let mut parts = [None; 3];
    let mut slots = parts.iter_mut();
    decompose_canonical(last, |part| {
        if let Some(slot) = slots.next() {
            *slot = Some(part);
        }
    });
    let [Some(vowel), Some(tone @ ('\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')), None] = parts
    else {
        return;
    };
    if !matches!((glide, vowel), ('o', 'a' | 'e') | ('u', 'y')) {
        return;
    }
    if let Some(glide) = compose(glide, tone) {
        out.truncate(out.len() - last.len_utf8() - 1);
        out.push(glide);
        out.push(vowel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        for (given, want) in [
            ("", ""),
            ("Triều Tiên", "trieu tien"),
            ("ĐÀ NẴNG, Đắk Lắk", "da nang, dak lak"),
            ("Nguye\u{302}\u{303}n Du\u{31b}\u{301}c", "nguyen duc"),
            ("Ðồng Ðăng", "dong dang"),
            ("Łódź – Ørsted – Straße", "lodz – orsted – strasse"),
            ("Αθήνα, Москва, й", "αθηνα, москва, и"),
            ("가나 がぎ हिन्दी", "가나 がぎ हिन्दी"),
            ("İstanbul ĲK", "istanbul ĳk"),
            ("“7,5%”…", "“7,5%”…"),
        ] {
            assert_eq!(folded(given), want, "{given:?}");
            assert_eq!(fold(given).text, want, "{given:?}");
        }
    }

    #[test]
    fn every_character_folds_once() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let once = folded(c.encode_utf8(&mut [0; 4]));
            assert_eq!(folded(&once), once, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn ranges_lead_back() {
        for (text, part, want) in [
            ("Ở Đà Nẵng hôm nay", "da nang", "Đà Nẵng"),
            ("O\u{309} \u{110}a\u{300} Na\u{306}\u{303}ng", "nang", "Na\u{306}\u{303}ng"),
            ("O\u{309} \u{110}a\u{300} Na\u{306}\u{303}ng", "da", "\u{110}a\u{300}"),
            ("Die Straße", "stras", "Straß"),
            ("Die Straße", "se", "ße"),
            ("giá\u{301}", "a", "á\u{301}"),
        ] {
            let folded = fold(text);
            let at = folded.text.find(part).expect(part);
            assert_eq!(&text[folded.original(at..at + part.len())], want);
        }
        assert_eq!(Folded::default().original(0..3), 0..0);
        assert_eq!(fold("ab").original(1..1), 1..1);
        assert_eq!(fold("ab").original(1..9), 1..2);
    }

    #[test]
    fn one_spelling() {
        for (given, want) in [
            ("hoà Hòa HOÀ hoa\u{300}", "hòa hòa hòa hòa"),
            ("thuý khoẻ toà uỷ oà xoè", "thúy khỏe tòa ủy òa xòe"),
            ("quý quà già giá quỳ qùy", "quý quà già giá quỳ qùy"),
            ("hoàn toán thuyền khuỷu xoáy ngoéo", "hoàn toán thuyền khuỷu xoáy ngoéo"),
            ("Hoà-bình, “toà”", "hòa-bình, “tòa”"),
            ("hoá1 Thuỵ.", "hoá1 thụy."),
            ("Ðắk Đắk", "đắk đắk"),
            ("Kim", "kim"),
        ] {
            assert_eq!(spelling(given), want, "{given:?}");
            assert_eq!(spelling(want), want, "again {want:?}");
        }
    }
}
