//! Unicode normalization form C, at no cost for text that is in it already.
//!
//! Owns: [`nfc`]. Refuses: compatibility forms (they lose what was written). Tests: at the foot.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode normalization form C; borrowed when it is in that form already.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if !may_change(text) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// False when every character is of a block that normalization never touches: nearly all Vietnamese and English
/// text as the press writes it, told by a look at the bytes.
fn may_change(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += match b {
            // ASCII, and the Latin blocks up to U+02FF.
            0..0x80 => 1,
            0xC2..=0xCB => 2,
            // U+1E00 to U+1EFF (Vietnamese letters), U+2010 to U+203F (dashes, quotes, dots).
            0xE1 if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
            0xE2 if bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2).is_some_and(|&b| b >= 0x90) => 3,
            _ => return true,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composes_and_borrows() {
        for (given, want) in [
            ("", ""),
            ("plain", "plain"),
            ("Ha\u{300} No\u{323}\u{302}i", "Hà Nội"),
            ("đường “Láng” – 7…", "đường “Láng” – 7…"),
            ("\u{212B}", "\u{C5}"),
            ("\u{1100}\u{1161}", "가"),
        ] {
            assert_eq!(nfc(given), want, "{given:?}");
        }
        assert!(matches!(nfc("Đà Nẵng – “Huế”…"), Cow::Borrowed(_)));
    }

    #[test]
    fn shortcut_never_hides_a_change() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            assert_eq!(nfc(&text), text.nfc().collect::<String>(), "U+{:04X}", c as u32);
        }
    }
}
