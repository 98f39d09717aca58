//! The shape of a Vietnamese syllable: initial, rhyme, tone (`assets/lang/syllables.toml`).
//!
//! Owns: [`is_syllable`]. Refuses: to know which syllables are words. Tests: at the foot.

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::{FxHashSet, FxHasher};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::text::{is_alphabetic, small};

#[derive(Deserialize, Default)]
struct Table {
    initials: String,
    open: String,
    stopped: String,
}

const TONES: [&str; 6] = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];

static SYLLABLES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../assets/lang/syllables.toml")).unwrap_or_default();
    let mut out = FxHashSet::default();
    let initials: Vec<&str> = std::iter::once("").chain(table.initials.split_whitespace()).collect();
    for (rhymes, tones) in [(&table.open, &TONES[..]), (&table.stopped, &[TONES[1], TONES[5]][..])] {
        for rhyme in rhymes.split_whitespace() {
            let vowels: Vec<usize> = rhyme
                .char_indices()
                .filter(|(_, c)| "aăâeêioôơuưy".contains(*c))
                .map(|(at, c)| at + c.len_utf8())
                .collect();
            for initial in &initials {
                for tone in tones {
                    // The tone may stand on any vowel of the rhyme: both placements are in use.
                    for at in &vowels {
                        let word: String =
                            format!("{initial}{}{tone}{}", &rhyme[..*at], &rhyme[*at..]).nfc().collect();
                        out.insert(key(&word));
                    }
                }
            }
        }
    }
    out
});

fn key(word: &str) -> u64 {
    let mut h = FxHasher::default();
    for c in word.chars() {
        small(c, |l| h.write_u32(l as u32));
    }
    h.finish()
}

/// True when the word (NFC, any case) has the shape of a Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    SYLLABLES.contains(&key(word))
}

/// True for a letter that has a Vietnamese mark (`đ` too).
pub(super) fn is_marked(c: char) -> bool {
    !c.is_ascii() && is_alphabetic(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for word in [
            "nghiêng", "đưa", "Ông", "cho", "tuyên", "quyết", "hòa", "hoà", "Nga", "giữa", "thuở", "khuya",
            "oanh", "y", "biết",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in
            ["Youngđã", "KCNAcho", "You", "Tube", "Express", "Jet", "Viet", "Bank", "nghiênh1", "tieng"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
