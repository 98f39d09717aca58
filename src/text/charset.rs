//! Classes of characters that [`clean()`](super::clean()) treats apart, and a few questions about scripts.
//!
//! Sources: Unicode 16 `PropList.txt` (`White_Space`, `Bidi_Control`), `DerivedCoreProperties.txt`
//! (`Default_Ignorable_Code_Point`), `emoji-data.txt` (`Extended_Pictographic`, blocks rounded outwards).
//! Tests: at the foot, and through `clean`, `find` and `token`.

/// How a character is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Stays.
    Plain,
    /// C0, C1 or DEL, ESC included; `\n` and `\t` are plain.
    Control,
    /// Becomes `\n`.
    LineEnd,
    /// Becomes a plain blank.
    Blank,
    /// Steers the direction of text.
    Bidi,
    /// Has no glyph.
    Invisible,
    /// Zero-width joiner and non-joiner.
    Joiner,
    /// Chooses a variant of the character before it.
    Variation,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        '\n' | '\t' | ' '..='~' => Class::Plain,
        '\r' | '\u{2028}' | '\u{2029}' => Class::LineEnd,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Class::Control,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Class::Blank
        }
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Class::Bidi
        }
        '\u{200C}' | '\u{200D}' => Class::Joiner,
        '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            Class::Variation
        }
        '\u{AD}'
        | '\u{34F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{FFFE}'
        | '\u{FFFF}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => Class::Invisible,
        _ => Class::Plain,
    }
}

/// Emoji and other pictographs.
pub(super) fn pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}' | '\u{24C2}' | '\u{25A0}'..='\u{27BF}' | '\u{2934}' | '\u{2935}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts whose spelling uses joiners: Arabic and its kin, the Indic scripts, Myanmar, Khmer, Mongolian.
pub(super) fn needs_joiner(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{61B}' | '\u{61D}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}'
        | '\u{1780}'..='\u{17B3}' | '\u{17B6}'..='\u{17FF}' | '\u{1810}'..='\u{18AF}' | '\u{A8E0}'..='\u{A8FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{11000}'..='\u{11FFF}')
}

/// True when `base` has a variant that `selector` chooses; a keycap is a digit before U+FE0F U+20E3.
pub(super) fn takes_variation(base: char, selector: char, keycap: bool) -> bool {
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => {
            pictograph(base) || ideograph(base) || keycap && matches!(base, '0'..='9' | '#' | '*')
        }
        '\u{180B}'..='\u{180F}' => matches!(base, '\u{1820}'..='\u{18AF}'),
        _ => ideograph(base) || matches!(base, '\u{2200}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}'),
    }
}

fn ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Scripts written without blanks between words, where every character may begin or end a match.
pub fn unspaced(c: char) -> bool {
    c >= '\u{E00}'
        && (ideograph(c)
            || matches!(c,
                '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
                | '\u{31F0}'..='\u{31FF}' | '\u{AC00}'..='\u{D7AF}' | '\u{FF66}'..='\u{FF9F}'))
}

/// Scripts whose words only a dictionary finds (line-breaking class SA): Thai, Lao, Myanmar, Khmer and their kin. The
/// segmenter behind `textwrap` comes without these dictionaries and complains about it on standard error.
pub(super) fn needs_dictionary(c: char) -> bool {
    c >= '\u{E00}'
        && matches!(c,
            '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19DF}'
            | '\u{1A20}'..='\u{1AAF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AADF}' | '\u{11700}'..='\u{1174F}')
}

/// As [`char::is_alphanumeric`], with the letters of Vietnamese told by their blocks: the standard library looks up each that is not
/// ASCII in a table, and all passes ask for every character.
pub fn is_letter(c: char) -> bool {
    match c {
        '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{206f}' => false,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// As [`char::is_alphabetic`], by blocks as [`is_letter`].
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}' => is_letter(c),
        _ => c.is_alphabetic(),
    }
}

/// As [`char::is_numeric`], by blocks as [`is_letter`].
pub fn is_numeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_digit(),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{206f}' => false,
        _ => c.is_numeric(),
    }
}

/// As [`char::is_uppercase`], by blocks as [`is_letter`].
pub fn is_capital(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_uppercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Ơ' | 'Ư' => true,
        'ß'..='ÿ' | 'ơ' | 'ư' => false,
        '\u{100}'..='\u{137}' | '\u{1ea0}'..='\u{1eff}' => (c as u32).is_multiple_of(2),
        _ => c.is_uppercase(),
    }
}

/// As [`char::is_lowercase`], by blocks as [`is_letter`].
pub fn is_small(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_lowercase(),
        'À'..='Þ' | '÷' | 'Ơ' | 'Ư' => false,
        'ß'..='ÿ' | 'ơ' | 'ư' => true,
        '\u{100}'..='\u{137}' | '\u{1ea0}'..='\u{1eff}' => !(c as u32).is_multiple_of(2),
        _ => c.is_lowercase(),
    }
}

/// As [`char::to_lowercase`], by blocks as [`is_letter`].
pub fn small(c: char, mut push: impl FnMut(char)) {
    let up = |by: u32| char::from_u32(c as u32 + by).unwrap_or(c);
    match c {
        '\0'..='\u{7F}' => push(c.to_ascii_lowercase()),
        'À'..='Ö' | 'Ø'..='Þ' => push(up(0x20)),
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => push(up(1)),
        '\u{1EA0}'..='\u{1EFF}' => push(char::from_u32(c as u32 | 1).unwrap_or(c)),
        'ß'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => push(c),
        _ => c.to_lowercase().for_each(push),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_those_of_the_standard_library() {
        for c in char::MIN..=char::MAX {
            let mut lower = String::new();
            small(c, |c| lower.push(c));
            assert_eq!((is_capital(c), is_small(c)), (c.is_uppercase(), c.is_lowercase()), "{c:?}");
            assert_eq!(lower, c.to_lowercase().to_string(), "{c:?}");
        }
    }

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in char::MIN..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!((is_alphabetic(c), is_numeric(c)), (c.is_alphabetic(), c.is_numeric()), "{c:?}");
        }
    }
}
