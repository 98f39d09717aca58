//! Whether `thứ hai` is Monday or the second of something.
//!
//! Owns: what stands around it; the words are data (`assets/text/weekdays.toml`). Refuses: to guess: where nothing tells a day,
//! there is none. Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

/// Letters behind the words that are looked at.
const NEAR: usize = 24;
/// Before the number of a day, and of an ordinal.
const ORDINAL: &str = "thứ";
/// Words that a counted noun has at most.
const LONGEST: usize = 3;

#[derive(Debug, Default, Deserialize)]
struct Around {
    counted: Vec<String>,
    leads: Vec<String>,
    behind: Vec<String>,
    counts: Vec<String>,
    in_a_row: Vec<String>,
    firsts: Vec<String>,
}

static AROUND: LazyLock<Around> =
    LazyLock::new(|| toml::from_str(include_str!("../../assets/text/weekdays.toml")).unwrap_or_default());

/// Whether the words in a range, `thứ` and a number, name a day of the week.
pub(super) fn is_weekday(text: &str, range: &Range<usize>) -> bool {
    let Some(words) = text.get(range.clone()) else { return false };
    let (before, after) = (text[..range.start].trim_end(), near(&text[range.end..]));
    let stood: Vec<String> = before
        .rsplit(|c: char| !c.is_alphanumeric() && !c.is_whitespace())
        .next()
        .map_or(Vec::new(), |clause| {
            let mut words: Vec<String> =
                clause.split_whitespace().rev().take(LONGEST).map(str::to_lowercase).collect();
            words.reverse();
            words
        });
    let ends_in = |list: &[String]| (0..stood.len()).any(|n| list.contains(&stood[n..].join(" ")));
    let stands = |list: &[String]| list.iter().any(|b| after.trim_start().starts_with(b.as_str()));
    let counts = stood.iter().any(|word| AROUND.counts.contains(word));
    if counts || ends_in(&AROUND.counted) || stands(&AROUND.in_a_row) {
        return false;
    }
    let follows = stands(&AROUND.behind);
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '\n', '“', '"']);
    let capital = words.split_whitespace().nth(1).is_some_and(|w| w.starts_with(char::is_uppercase));
    if is_counting(before) && !capital {
        return false;
    }
    if let Some(earlier) = stood.is_empty().then(|| listed(before)).flatten() {
        return is_weekday(text, &earlier);
    }
    if begins {
        // In small letters a sentence that begins so mostly goes on counting what paragraphs before it began.
        return follows || capital;
    }
    stood.is_empty() || capital || follows || ends_in(&AROUND.leads)
}

/// The sentence before counts from its first on: `hai lẽ: thứ nhất là đò cũ, thứ hai là bến hẹp`.
fn is_counting(before: &str) -> bool {
    let sentence = before.rsplit(['.', '!', '?', '…', '\n']).next().unwrap_or_default().to_lowercase();
    AROUND.firsts.iter().any(|first| sentence.contains(first.as_str()))
}

/// The words of the same kind right before a comma: `thứ hai, thứ ba` are two days or none.
fn listed(before: &str) -> Option<Range<usize>> {
    let clause = before.strip_suffix(',')?;
    let (head, _) = clause.trim_end().rsplit_once(char::is_whitespace)?;
    let start = head.rfind(' ').map_or(0, |at| at + 1);
    (head[start..].to_lowercase() == ORDINAL).then_some(start..clause.len())
}

/// The first letters of a text, small.
fn near(text: &str) -> String {
    text.chars().take(NEAR).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_by_what_stands_around_it() {
        for (text, expect) in [
            ("mưa từ hôm qua, thứ hai, đến nay", true),
            ("chợ họp sáng thứ bảy ở bến", true),
            ("chợ họp vào thứ bảy ở bến", true),
            ("chợ phiên họp ngày thứ Sáu ở bến", true),
            ("chợ họp thứ bảy hàng tuần", true),
            ("đò nghỉ thứ tư này", true),
            ("Thứ Ba, bến đóng cửa", true),
            ("Thứ ba này, bến đóng cửa", true),
            ("Thứ ba, bến đóng cửa", false),
            ("Thứ hai là đò cũ", false),
            ("lần gặp mặt thứ 4 này", false),
            ("ông Mừng (thứ 3 từ trên xuống)", false),
            ("tại kỳ họp thứ 6, hội đồng xã bàn về đò", false),
            ("tại Kỳ họp thứ Sáu, hội đồng xã bàn về đò", false),
            ("đây là lần thứ hai đò chìm", false),
            ("nhịp cầu thứ ba đã hợp long", false),
            ("ngày thứ 6 tìm người trên sông", false),
            ("Thứ nhất, đò cũ. Thứ hai, bến hẹp.", false),
            ("có hai lẽ: Thứ nhất là đò cũ, thứ hai là bến hẹp", false),
            ("chủ đò trẻ thứ hai, thứ ba không bơi", false),
            ("chợ họp vào thứ hai, thứ ba hàng tuần", true),
            ("chợ họp vào thứ hai, thứ tư", true),
        ] {
            let lower = text.to_lowercase();
            let start = lower.rfind("thứ ").expect("the words");
            let end = text[start + "thứ ".len()..]
                .find(|c: char| !c.is_alphanumeric())
                .map_or(text.len(), |n| start + "thứ ".len() + n);
            assert_eq!(is_weekday(text, &(start..end)), expect, "{text}");
        }
    }
}
