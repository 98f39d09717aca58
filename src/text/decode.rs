//! Bytes to characters.
//!
//! Owns: [`decode`]. The order of trust: a byte-order mark; the zero bytes of UTF-16; UTF-8, also with a few bad bytes;
//! an 8-bit encoding that makes the bytes Vietnamese syllables; what a detector guesses, when its letters look like text.
//! Refuses: to fail. Tests: at the foot, fuzzing in `fuzz/`. How an encoding is told from its bytes: `detect.rs`.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding};

use super::detect::{Legacy, legacy, utf16_without_mark};
use super::nfc::nfc;

/// What [`decode`] made of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters, without a byte-order mark, in NFC.
    pub text: String,
    /// The encoding's WHATWG name in lower case, e.g. `utf-8`; `viscii` and `tcvn3`, which have none, by these names.
    pub encoding: &'static str,
    /// Byte offsets in the input of sequences that could not be decoded (each became U+FFFD); at most 100 are kept.
    pub bad: Vec<usize>,
}

/// How many offsets of bad bytes are kept.
const KEPT: usize = 100;

/// As [`decode`]; bytes that are neither marked nor UTF-8 are in the encoding that they say, by its WHATWG label.
pub fn decode_as(bytes: &[u8], label: Option<&str>) -> Decoded {
    let said = label.and_then(|l| Encoding::for_label(l.as_bytes())).filter(|e| *e != encoding_rs::UTF_8);
    match said {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() => {
            known(encoding, bytes, 0)
        }
        _ => decode(bytes),
    }
}

/// Decodes UTF-8 (with or without BOM), UTF-16, windows-1258 and, as a last resort, what a detector guesses.
pub fn decode(bytes: &[u8]) -> Decoded {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => return utf8(bytes, mark),
        Some((encoding, mark)) => return known(encoding, bytes, mark),
        None => {}
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return known(encoding, bytes, 0);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: nfc(text).into_owned(), encoding: "utf-8", bad: Vec::new() };
    }
    match legacy(bytes) {
        None => utf8(bytes, 0),
        Some(Legacy::Known(encoding)) => known(encoding, bytes, 0),
        Some(Legacy::Table(table)) => {
            let mut bad = Vec::new();
            let text = bytes
                .iter()
                .enumerate()
                .map(|(at, &byte)| {
                    table.letter(byte).unwrap_or_else(|| {
                        note(&mut bad, at);
                        char::REPLACEMENT_CHARACTER
                    })
                })
                .collect();
            Decoded { text: composed(text), encoding: table.name, bad }
        }
    }
}

fn utf8(bytes: &[u8], start: usize) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Vec::new();
    let mut at = start;
    for chunk in bytes[start..].utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            note(&mut bad, at);
            text.push(char::REPLACEMENT_CHARACTER);
            at += chunk.invalid().len();
        }
    }
    Decoded { text: composed(text), encoding: "utf-8", bad }
}

/// Decodes with an encoding of the WHATWG list from `start` on.
fn known(encoding: &'static Encoding, bytes: &[u8], start: usize) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut bad = Vec::new();
    let mut at = start;
    loop {
        let rest = &bytes[at..];
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, behind) => {
                note(&mut bad, at.saturating_sub(usize::from(length) + usize::from(behind)));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded { text: composed(text), encoding: lower_name(encoding), bad }
}

fn note(bad: &mut Vec<usize>, at: usize) {
    if bad.len() < KEPT {
        bad.push(at);
    }
}

fn composed(text: String) -> String {
    match nfc(&text) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => text,
    }
}

/// The names of the WHATWG list that are not lower case already, among those a detector or a mark can give.
const NAMES: [&str; 17] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "big5",
    "euc-jp",
    "euc-kr",
    "gbk",
    "gb18030",
    "shift_jis",
    "ibm866",
    "koi8-r",
    "koi8-u",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
];

fn lower_name(encoding: &'static Encoding) -> &'static str {
    let name = encoding.name();
    NAMES.iter().find(|lower| lower.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, WINDOWS_1252, WINDOWS_1258};
    use unicode_normalization::UnicodeNormalization;

    const PRESS: &str = "Sáng 3-9, ông Lê Văn Mít và bà Phạm Thị Xoài dự lễ khánh thành cầu Sông Vắng.\n\
        Người dân xã Đồng Quạnh nói: “Chờ cây cầu này đã mười năm”.\n";

    /// As windows-1258 files have it: the tone behind a letter that carries its other mark.
    fn windows_1258(text: &str) -> Vec<u8> {
        let spread: String = text
            .chars()
            .flat_map(|c| {
                let one = c.to_string();
                if !WINDOWS_1258.encode(&one).2 {
                    return vec![c];
                }
                let mut parts: Vec<char> = one.nfd().collect();
                let tone = parts
                    .iter()
                    .position(|&c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
                let tone = tone.map(|at| parts.remove(at));
                parts.into_iter().nfc().chain(tone).collect()
            })
            .collect();
        let (bytes, _, lost) = WINDOWS_1258.encode(&spread);
        assert!(!lost, "{spread}");
        bytes.into_owned()
    }

    fn table(name: &str, text: &str) -> Vec<u8> {
        let table = super::super::detect::TABLES.iter().find(|t| t.name == name).expect("a table");
        text.chars().map(|c| (0..=255).find(|&b| table.letter(b) == Some(c)).unwrap_or(b'?')).collect()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    fn check(bytes: &[u8], encoding: &str, text: &str, bad: &[usize]) {
        let got = decode(bytes);
        assert_eq!((got.encoding, got.text.as_str(), &got.bad[..]), (encoding, text, bad));
    }

    #[test]
    fn unicode() {
        check(b"", "utf-8", "", &[]);
        check(PRESS.as_bytes(), "utf-8", PRESS, &[]);
        check("\u{feff}Huế".as_bytes(), "utf-8", "Huế", &[]);
        check("Hue\u{302}\u{301}".as_bytes(), "utf-8", "Huế", &[]);
        for big in [false, true] {
            let name = if big { "utf-16be" } else { "utf-16le" };
            check(&utf16(&format!("\u{feff}{PRESS}"), big), name, PRESS, &[]);
            check(&utf16(PRESS, big), name, PRESS, &[]);
            check(&utf16("東京は晴れ。\n大阪は雨。\n", big), name, "東京は晴れ。\n大阪は雨。\n", &[]);
        }
        check(b"\xff\xfea\0\x00\xd8b\0", "utf-16le", "a\u{fffd}b", &[4]);
        check(&[0; 64], "utf-8", &"\0".repeat(64), &[]);
        check(b"a\0b c\0\0d e", "utf-8", "a\0b c\0\0d e", &[]);
    }

    #[test]
    fn broken_utf8_stays_utf8() {
        let at = PRESS.find("cầu").expect("there") + 2;
        let mut bytes = PRESS.as_bytes().to_vec();
        bytes[at] = b'?';
        let got = decode(&bytes);
        assert_eq!(got.encoding, "utf-8");
        assert!(got.bad.contains(&(at + 1)) && got.text.contains("Phạm Thị Xoài dự"), "{got:?}");
        check(b"Hu\xe1\xba\xbf \xff xong", "utf-8", "Huế \u{fffd} xong", &[6]);
        check(b"abc \xff def", "utf-8", "abc \u{fffd} def", &[4]);
        check(b"xin ch\xc3o", "utf-8", "xin ch\u{fffd}o", &[6]);
        check(b"\xe1\xba", "utf-8", "\u{fffd}", &[0]);
        let many = decode(
            "ế".repeat(500).as_bytes().iter().copied().chain([0xFF; 300]).collect::<Vec<_>>().as_slice(),
        );
        assert_eq!((many.encoding, many.bad.len(), many.text.chars().count()), ("utf-8", 100, 800));
    }

    #[test]
    fn vietnamese_eight_bit() {
        check(&windows_1258(PRESS), "windows-1258", PRESS, &[]);
        check(&windows_1258("Việt Nam"), "windows-1258", "Việt Nam", &[]);
        check(&windows_1258("Bão số 7 vào Huế"), "windows-1258", "Bão số 7 vào Huế", &[]);
        let small = "sáng 3-9, ông lê văn mít và bà phạm thị xoài dự lễ khánh thành cầu sông vắng.\n";
        check(&table("viscii", small), "viscii", small, &[]);
        check(&table("tcvn3", small), "tcvn3", small, &[]);
        let mut broken = table("tcvn3", small);
        broken.push(0x8F);
        assert_eq!(decode(&broken).bad, [small.chars().count()]);
    }

    #[test]
    fn other_eight_bit() {
        for text in [
            "Não há ações em São Paulo, são milhões de pessoas à espera da decisão.",
            "Così è, però la città non sarà più la stessa: c’è già chi se ne va.",
            "Le président a été réélu à Besançon, où la fête s’annonçait déjà.",
            "El niño pasó por la calle así que el señor llamó a su compañía.",
            "café",
        ] {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            check(&bytes, "windows-1252", text, &[]);
        }
        check(b"it\x92s \x93fine\x94", "windows-1252", "it’s “fine”", &[]);
        let russian = "Москва слезам не верит, сказал министр иностранных дел в среду.";
        check(&encoding_rs::WINDOWS_1251.encode(russian).0, "windows-1251", russian, &[]);
        let chinese = "北京今天天气很好，外交部发言人在记者会上表示。";
        check(&encoding_rs::GBK.encode(chinese).0, "gbk", chinese, &[]);
        assert_eq!(lower_name(UTF_16BE), "utf-16be");
    }
}
