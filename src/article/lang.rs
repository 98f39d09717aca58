//! Which language a text is in, from its commonest words and letters.
//!
//! Owns: the stop words and [`detect`]. Refuses: languages other than Vietnamese and English by name.
//! Tests: at the foot.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::model::Lang;
use crate::text::is_letter;

#[derive(Deserialize, Default)]
struct Table {
    vi: String,
    en: String,
}

struct Words {
    vi: FxHashSet<String>,
    en: FxHashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../assets/lang/stopwords.toml")).unwrap_or_default();
    let set = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Words { vi: set(&table.vi), en: set(&table.en) }
});

/// True for one of the commonest words of Vietnamese or English; `word` in lower case.
pub(super) fn is_stop(word: &str) -> bool {
    WORDS.vi.contains(word) || WORDS.en.contains(word)
}

/// Words looked at by [`detect`]: more do not change the answer.
const ENOUGH: usize = 400;

/// The language of a text, by the share of each language's commonest words among its first few hundred words.
pub fn detect<'a>(parts: impl IntoIterator<Item = &'a str>) -> Lang {
    let (mut vi, mut en, mut all, mut marked) = (0usize, 0usize, 0usize, 0usize);
    let words = parts.into_iter().flat_map(|p| p.split(|c| !is_letter(c))).filter(|w| !w.is_empty());
    for word in words.take(ENOUGH) {
        let lower = word.to_lowercase();
        all += 1;
        vi += usize::from(WORDS.vi.contains(&lower));
        en += usize::from(WORDS.en.contains(&lower));
        // Letters that only Vietnamese has among the languages of the press we meet.
        marked +=
            usize::from(lower.chars().any(|c| matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}')));
    }
    if marked > 0 && (marked * 5 >= all || vi > en) {
        Lang::Vi
    } else if en * 6 >= all && en > 0 && en > vi {
        Lang::En
    } else {
        Lang::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let check = |text: &str, expect| assert_eq!(detect([text]), expect, "{text}");
        check("Cây cầu mới nối hai bờ sông được khởi công sáng nay.", Lang::Vi);
        check("Work on the new bridge was started this morning by the mayor of the town.", Lang::En);
        check("La ville a ouvert hier un nouveau pont sur la rivière.", Lang::Other);
        check("", Lang::Other);
    }
}
