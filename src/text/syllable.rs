//! Which letters make a Vietnamese syllable.
//!
//! Owns: [`is_syllable`] and [`is_bare`]; the parts are in `assets/text/rimes.txt`.
//! Refuses: to know words. Tests: at the foot.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

struct Parts {
    initials: FxHashSet<&'static str>,
    rimes: FxHashSet<&'static str>,
    bare: FxHashSet<String>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let rows = |text: &'static str| {
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect::<FxHashSet<_>>()
    };
    let (initials, rimes) =
        include_str!("../../assets/text/rimes.txt").split_once("\n--\n").unwrap_or_default();
    let (initials, rimes) = (rows(initials), rows(rimes));
    let bare = rimes.iter().map(|rime| super::folded(rime)).collect();
    Parts { initials, rimes, bare }
});

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const TILDE: char = '\u{303}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// True when the word is a possible syllable of Vietnamese, in any case, with its marks where they may be.
pub fn is_syllable(word: &str) -> bool {
    if word.len() > 32 {
        return false;
    }
    let mut tone = None;
    let plain: String = word
        .nfd()
        .filter(|&c| {
            let is_tone = matches!(c, GRAVE | ACUTE | TILDE | HOOK | DOT);
            if is_tone {
                tone = Some(c);
            }
            !is_tone
        })
        .nfc()
        .flat_map(char::to_lowercase)
        .collect();
    let parts = &*PARTS;
    let stopped = plain.ends_with(['c', 'p', 't']) || plain.ends_with("ch");
    (!stopped || matches!(tone, Some(ACUTE | DOT)))
        && split(&plain, |initial, rime| parts.initials.contains(initial) && parts.rimes.contains(rime))
}

/// True when the letters (lower case, no marks) are those of a Vietnamese syllable that had to carry a mark: *viet*,
/// *trieu*, *mot*; not *nam*, which is a word of its own without.
pub fn is_bare(word: &str) -> bool {
    let parts = &*PARTS;
    word.is_ascii()
        && split(word, |initial, rime| parts.initials.contains(initial) && parts.bare.contains(rime))
        && !is_syllable(word)
}

/// True when a way to part the word into an initial (or none) and a rime pleases `holds`. `gi` and `qu` are tried as
/// initials and as a consonant before *i* and *u*: *giữa*, *gì*.
fn split(word: &str, holds: impl Fn(&str, &str) -> bool) -> bool {
    // Any initial stands for "none": all rimes are allowed behind all of them.
    holds("b", word)
        || word.char_indices().skip(1).take(3).any(|(at, _)| {
            let (initial, rime) = word.split_at(at);
            holds(initial, rime)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables() {
        for word in
            "Việt Nam triều Tiên nghiêng quý gì giếng giữa khuỷu ngoằn hoà hòa thuyền ĐƯỜNG yêu ương ơi ý quạt sách".split(' ')
        {
            assert!(is_syllable(word), "{word}");
            assert!(!is_bare(word), "{word}");
        }
        for word in "viet năo ações ơes Matxcơva Kremlin sach café straße quoc x ng".split(' ') {
            assert!(!is_syllable(word), "{word}");
        }
        for word in "viet quoc trieu tien sach duong mot".split(' ') {
            assert!(is_bare(word), "{word}");
        }
        for word in "nam nha trang kremlin lan putin".split(' ') {
            assert!(!is_bare(word), "{word}");
        }
    }
}
