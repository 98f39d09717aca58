//! Telling an encoding from its bytes, where nothing declares it.
//!
//! Owns: the signs of UTF-16, of broken UTF-8 and of Vietnamese 8-bit encodings (tables of those that the WHATWG list lacks
//! are in `assets/text/encodings.tsv`). A reading as Vietnamese must make syllables: Portuguese and French letters would
//! pass any looser test.
//! Refuses: to decode. Tests: `decode.rs`.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::nfc::nfc;
use super::syllable::is_syllable;

/// How many bytes are looked at to tell an encoding, from the first that is not ASCII.
const SAMPLE: usize = 64 * 1024;

/// An encoding that is not Unicode.
#[derive(Debug, Clone, Copy)]
pub(super) enum Legacy {
    /// One of the WHATWG list.
    Known(&'static Encoding),
    /// One of ours.
    Table(&'static Table),
}

/// A single-byte encoding: the letters of its upper half.
#[derive(Debug)]
pub(super) struct Table {
    /// Name in lower case.
    pub(super) name: &'static str,
    upper: [Option<char>; 128],
}

impl Table {
    /// The character of a byte, if it has one.
    pub(super) fn letter(&self, byte: u8) -> Option<char> {
        if byte.is_ascii() { Some(char::from(byte)) } else { self.upper[usize::from(byte & 0x7F)] }
    }
}

/// The Vietnamese encodings that the WHATWG list lacks.
pub(super) static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut tables: Vec<Table> = Vec::new();
    for line in include_str!("../../assets/text/encodings.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let mut fields = line.split('\t');
        let (Some(name), Some(first), Some(letters)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let Ok(first) = u8::from_str_radix(first, 16) else { continue };
        if tables.last().is_none_or(|table| table.name != name) {
            tables.push(Table { name, upper: [None; 128] });
        }
        let slots =
            tables.last_mut().into_iter().flat_map(|t| t.upper.iter_mut().skip(usize::from(first & 0x7F)));
        for (slot, letter) in slots.zip(letters.chars()) {
            *slot = Some(letter).filter(|&c| c != '.');
        }
    }
    tables
});

/// Tells UTF-16 by its zero bytes: in text with blanks, line ends or Latin letters they stand at every second place.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes[..bytes.len().min(4096)].as_chunks::<2>();
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let zeros = first.max(second);
    if zeros == 0 || pairs.len() < 2 || first.min(second) * 20 > zeros {
        return None;
    }
    let big = first > second;
    // Few zeros mean a script of its own with only line ends and blanks from ASCII: then no zero may stand anywhere
    // else, and the bytes must be no UTF-8.
    let many = zeros * 10 >= pairs.len();
    let aligned = first.min(second) == 0
        && pairs.iter().all(|&[a, b]| {
            let (high, low) = if big { (a, b) } else { (b, a) };
            high != 0 || matches!(low, b'\n' | b'\r' | b'\t' | b' '..=b'~')
        });
    if !(many || aligned && std::str::from_utf8(bytes).is_err()) {
        return None;
    }
    let units =
        pairs.iter().map(|&pair| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
    let broken = char::decode_utf16(units).filter(Result::is_err).count();
    (broken * 50 <= pairs.len()).then_some(if big { UTF_16BE } else { UTF_16LE })
}

/// The encoding of bytes that are not all UTF-8; `None` when UTF-8 is still the best reading.
pub(super) fn legacy(bytes: &[u8]) -> Option<Legacy> {
    let first = bytes.iter().position(|b| !b.is_ascii())?;
    let from = bytes[..first].iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
    let sample = &bytes[from..bytes.len().min(from + SAMPLE)];
    let mut good = 0;
    let mut bad = 0;
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad {
        return None;
    }
    // Quotes, dashes and dots at the places where all windows encodings have them.
    if sample.iter().all(|b| b.is_ascii() || matches!(b, 0x85 | 0x91..=0x97)) {
        return Some(Legacy::Known(WINDOWS_1252));
    }
    vietnamese(sample).or_else(|| guess(sample))
}

/// The encoding that makes the sample Vietnamese, if one does.
fn vietnamese(sample: &[u8]) -> Option<Legacy> {
    let (windows, _) = WINDOWS_1258.decode_without_bom_handling(sample);
    let tables = TABLES.iter().map(|table| {
        let text = sample.iter().map(|&b| table.letter(b).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        (Legacy::Table(table), text)
    });
    [(Legacy::Known(WINDOWS_1258), windows.into_owned())]
        .into_iter()
        .chain(tables)
        .map(|(encoding, text)| {
            // The rarer encodings need more than a chance word.
            let least = if matches!(encoding, Legacy::Known(_)) { 1 } else { 5 };
            (syllables(&text, least), encoding)
        })
        .filter(|(share, _)| *share >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, encoding)| encoding)
}

/// The share of words with a mark that are Vietnamese syllables of two letters and more; 0 when there are fewer than `least`
/// or no letter is there that only Vietnamese has.
fn syllables(text: &str, least: usize) -> f64 {
    let text = nfc(text);
    let mut words = 0_usize;
    let mut good = 0_usize;
    let mut own = false;
    for word in text.split(|c: char| !(c.is_alphabetic() || c >= '\u{80}' && !c.is_ascii())) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        if word.is_ascii() {
            continue;
        }
        words += 1;
        if word.chars().nth(1).is_some() && is_syllable(word) && usual_case(word) {
            good += 1;
            own |= word.chars().any(|c| {
                matches!(
                    c,
                    'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1EA0}'
                        ..='\u{1EF9}'
                )
            });
        }
    }
    if own && good >= least { good as f64 / words as f64 } else { 0.0 }
}

/// Lower case, capitalised or all capitals: a capital behind a small letter is a sign of a wrong table.
fn usual_case(word: &str) -> bool {
    !word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
}

/// What a detector says, if the letters it makes stand where letters stand.
fn guess(sample: &[u8]) -> Option<Legacy> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let mut foreign = 0_usize;
    let mut odd = 0_usize;
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            foreign += 1;
            let usual = c.is_alphabetic() && !matches!(c, 'ÿ' | 'þ' | 'Þ')
                || matches!(c, '\u{A0}' | '«' | '»' | '°' | '§' | '£' | '\u{2010}'..='\u{203A}' | '€' | '\u{3000}'..='\u{3020}' | '\u{FF00}'..='\u{FFEF}');
            odd += usize::from(!usual || before.is_lowercase() && c.is_uppercase());
        }
        before = c;
    }
    (odd * 20 <= foreign).then_some(Legacy::Known(encoding))
}
