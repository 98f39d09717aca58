//! Which language a text is in, from its commonest words and letters.
//!
//! Owns: the stop words and [`detect`]. Refuses: languages other than Vietnamese and English by name.
//! Tests: at the foot.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::model::Lang;
use crate::text::{is_letter, small};

#[derive(Deserialize, Default)]
struct Table {
    vi: String,
    en: String,
    halves: String,
}

/// What one of the commonest words is.
#[derive(Debug, Clone, Copy, Default)]
struct Stop {
    vi: bool,
    en: bool,
    /// It is half of other words, and so says something beside them.
    half: bool,
}

/// The commonest words.
static WORDS: LazyLock<FxHashMap<String, Stop>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("../../assets/lang/stopwords.toml")).unwrap_or_default();
    let mut words: FxHashMap<String, Stop> = FxHashMap::default();
    for word in table.vi.split_whitespace() {
        words.entry(word.to_owned()).or_default().vi = true;
    }
    for word in table.en.split_whitespace() {
        words.entry(word.to_owned()).or_default().en = true;
    }
    for half in table.halves.split_whitespace() {
        if let Some(word) = words.get_mut(half) {
            word.half = true;
        }
    }
    words
});

/// True for one of the commonest words of Vietnamese or English; `word` in lower case.
pub(super) fn is_stop(word: &str) -> bool {
    WORDS.contains_key(word)
}

/// True for a word that joins others and says nothing by itself; `word` in lower case.
pub fn is_joint(word: &str) -> bool {
    WORDS.get(word).is_some_and(|stop| !stop.half)
}

/// Words looked at by [`detect`]: more do not change the answer; and so many do not, where a third of them are Vietnamese by their letters.
const ENOUGH: usize = 400;
const SURE: usize = 60;

/// The language of a text, by the share of each language's commonest words among its first few hundred words.
pub fn detect<'a>(parts: impl IntoIterator<Item = &'a str>) -> Lang {
    let (mut vi, mut en, mut all, mut marked) = (0usize, 0usize, 0usize, 0usize);
    let words = parts.into_iter().flat_map(|p| p.split(|c| !is_letter(c))).filter(|w| !w.is_empty());
    let mut lower = String::new();
    for word in words.take(ENOUGH) {
        lower.clear();
        // Letters that only Vietnamese has among the languages of the press we meet.
        let mut own = false;
        for c in word.chars() {
            small(c, |c| {
                own |= matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
                lower.push(c);
            });
        }
        let known = WORDS.get(&lower).copied().unwrap_or_default();
        all += 1;
        vi += usize::from(known.vi);
        en += usize::from(known.en);
        marked += usize::from(own);
        if all == SURE && marked * 3 >= all {
            break;
        }
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
