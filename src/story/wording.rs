//! Which stretches of a text can be told as words: what is compared are pairs of syllables, and many a pair lies across two words.
//!
//! Owns: which pair is a word, and what of a stretch is worth telling. Refuses: to weigh: scores know nothing of it.
//! Tests: at the foot.

use std::ops::Range;

use super::background;
use crate::article;
use crate::text::{is_capital, is_letter, is_small};

/// Joins words, and means nothing at the edge of a stretch: a function word in small letters, or a number.
fn is_joint(word: &str) -> bool {
    is_number(word) || (word.starts_with(is_small) && article::is_joint(word))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Whether a pair of a text is told as a word: it does not end where a name has begun (`tỉnh Cà`), no function word is part of it, and
/// no number but that of a name (`Boeing 737`).
fn tells(pair: &str) -> bool {
    let words = || pair.split(|c| !is_letter(c)).filter(|w| !w.is_empty());
    let begins = |word: Option<&str>| word.is_some_and(|w| w.starts_with(is_capital));
    let (named, then_named) = (begins(words().next()), begins(words().nth(1)));
    (named || !then_named) && words().all(|w| !is_joint(w) || (named && is_number(w)))
}

/// Whether one of the pairs of a text, which are in its order, is a word: it tells something, and does not lie across a pair that
/// does and that the press has more often.
pub(super) fn is_word(text: &str, pairs: &[(u32, Range<u32>)], at: usize) -> bool {
    let Some((hash, range)) = pairs.get(at) else { return false };
    let letters = |range: &Range<u32>| text.get(range.start as usize..range.end as usize).unwrap_or_default();
    let rarity = |hash: u32| background::pairs().idf(hash);
    let across = |beside: Option<&(u32, Range<u32>)>| {
        beside.is_some_and(|(other, there)| {
            let overlap = there.start < range.end && range.start < there.end;
            overlap && tells(letters(there)) && rarity(*other) < rarity(*hash)
        })
    };
    let before = at.checked_sub(1).and_then(|n| pairs.get(n));
    tells(letters(range)) && !across(before) && !across(pairs.get(at + 1))
}

/// Whether all words of a stretch begin with a capital, as those of a name do.
pub(super) fn is_named(stretch: &str) -> bool {
    stretch.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// A stretch without what only joins words at its edges; `None` where no two words, and no name, are left.
pub(super) fn core(stretch: &str) -> Option<&str> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let place = |word: &str| word.as_ptr() as usize - stretch.as_ptr() as usize;
    let mut words: Vec<&str> = stretch.split_whitespace().collect();
    while words.last().is_some_and(|w| is_joint(&bare(w))) {
        words.pop();
    }
    let words: Vec<&str> = words.into_iter().skip_while(|w| is_joint(&bare(w))).collect();
    let (first, last) = (words.first()?, words.last()?);
    let tells = words.len() > 1 || first.starts_with(char::is_uppercase);
    tells.then(|| &stretch[place(first)..place(last) + last.len()])
}

#[cfg(test)]
mod tests {
    use super::super::features::pairs_without_numbers;
    use super::super::syllables::syllables;
    use super::*;

    #[test]
    fn pairs_that_lie_across_words_are_not_told() {
        let words = |text: &str| -> Vec<String> {
            let pairs: Vec<(u32, Range<u32>)> = pairs_without_numbers(&syllables(text)).collect();
            let all = (0..pairs.len()).filter(|at| is_word(text, &pairs, *at));
            all.map(|at| text[pairs[at].1.start as usize..pairs[at].1.end as usize].to_owned()).collect()
        };
        for (text, expect) in [
            ("vụ tai nạn giao thông", &["tai nạn", "giao thông"][..]),
            ("đánh bom tự sát", &["đánh bom", "tự sát"]),
            ("tiếp tục làm rõ", &["tiếp tục"]),
            ("người dân đã về", &["người dân"]),
            ("máy bay Boeing 737 của hãng", &["máy bay", "Boeing 737"]),
            ("lúc 8 giờ 30 phút", &[]),
            ("một tỉnh Cà Mau", &["Cà Mau"]),
            ("sự kiện thể thao của Sony", &["sự kiện", "thể thao"]),
        ] {
            assert_eq!(words(text), expect, "{text}");
        }
        assert!(!is_word("một", &[], 0));
    }

    #[test]
    fn a_stretch_is_told_without_what_joins_words() {
        for (stretch, expect) in [
            ("của Sony", Some("Sony")),
            ("tại Mỹ", Some("Mỹ")),
            ("sạt đồi ở Khe Ngần", Some("sạt đồi ở Khe Ngần")),
            ("các em", None),
            ("trong những", None),
            ("ngày 30", None),
            ("và cầu Mây đã", Some("cầu Mây")),
            ("", None),
        ] {
            assert_eq!(core(stretch), expect, "{stretch}");
        }
    }
}
