//! Dates that bound a span (`from 25 August`) and date nothing that is told beside them, unless it begins on a day to come.
//!
//! Owns: which dates of a sentence are its event's. The words are data (`assets/story/spans.toml`).
//! Refuses: to find dates. Tests: at the foot.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::article::{Found, Precision};

#[derive(Debug, Default, Deserialize)]
struct Words {
    always: Vec<String>,
    inside: Vec<String>,
    starts: Vec<String>,
    between: Vec<String>,
    pairs: Vec<String>,
    and: Vec<String>,
    laws: Vec<String>,
    births: Vec<String>,
    halves: Vec<String>,
}

/// Words of a law's name behind the word for it, at most.
const LAW: usize = 3;

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/story/spans.toml")).unwrap_or_default());

/// Those of a sentence's dates on which it happened: the most exact ones, and of bare years the first. The sentence begins at
/// `start` of the text in which the dates stand, and was told on the day `told`.
pub(super) fn happened<'a>(
    text: &str,
    start: usize,
    dates: &[&'a Found],
    told: Option<Date>,
) -> Vec<&'a Found> {
    // Beside a day, a year says of what the sentence is, not when it was.
    let finest = dates.iter().map(|d| class(d.date.precision)).max().unwrap_or(0);
    let exact = dates.iter().filter(|d| class(d.date.precision) == finest);
    let is_to_come = |d: &Found| told.is_some_and(|told| d.date.at.date() > told);
    let is_bound = |d: &Found| match bound(&text[start..d.range.start]) {
        Some(Bound::Start) => !is_to_come(d),
        bound => bound.is_some(),
    };
    let mut happened: Vec<&Found> = exact.copied().filter(|d| !(is_numbered(d) && is_bound(d))).collect();
    happened.retain(|d| d.date.precision != Precision::Year || !names_law(&text[start..d.range.start]));
    let mut before: Option<&Found> = None;
    happened.retain(|d| !before.replace(d).is_some_and(|b| is_between(&text[start..], b, d, start)));
    if finest == class(Precision::Year) {
        happened.truncate(1);
    }
    happened
}

/// A date in numbers: `till tomorrow` tells of the day on which it is told.
pub(super) fn is_numbered(date: &Found) -> bool {
    date.date.evidence.contains(|c: char| c.is_ascii_digit())
}

/// `giữa tháng 9 và tháng 12`: two dates are the ends of one span, which the first tells.
fn is_between(sentence: &str, first: &Found, second: &Found, start: usize) -> bool {
    let gap = &sentence[first.range.end - start..second.range.start - start];
    let and = gap.split_whitespace().find(|w| !WORDS.between.contains(&w.to_lowercase()));
    let mut words = sentence[..first.range.start - start].split_whitespace().rev().map(str::to_lowercase);
    let joined = and.is_some_and(|w| WORDS.and.contains(&w.to_lowercase()));
    let skipped = |w: &String| WORDS.between.contains(w) && !WORDS.pairs.contains(w);
    joined
        && gap.split_whitespace().count() <= 3
        && words.find(|w| !skipped(w)).is_some_and(|w| WORDS.pairs.contains(&w))
}

/// A law is named right before a year: `Luật Đất đai năm 2003`.
fn names_law(before: &str) -> bool {
    let is_small = |w: &&str| WORDS.between.contains(&w.to_lowercase());
    let mut words: Vec<&str> = before.split_whitespace().rev().skip_while(is_small).take(LAW + 2).collect();
    words.reverse();
    let name = words.join(" ");
    let is_law = |law: &String| {
        name.match_indices(law.as_str()).any(|(at, law)| {
            let rest = name[at + law.len()..].trim_start();
            let whole = name[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            whole && !rest.contains(',') && rest.split_whitespace().count() <= LAW
        })
    };
    WORDS.laws.iter().any(is_law)
}

/// A minute is as good as a day here.
fn class(precision: Precision) -> u8 {
    match precision {
        Precision::Year => 1,
        Precision::Month => 2,
        Precision::Day | Precision::Minute => 3,
    }
}

/// What a date is to a span.
enum Bound {
    Start,
    End,
}

/// Which end of a span the date behind a stretch of its sentence is, if any.
fn bound(before: &str) -> Option<Bound> {
    let mut rest = before.trim_end();
    loop {
        let (head, word) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        let small = word.to_lowercase();
        let last = head.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let two = format!("{last} {small}");
        // `(sinh năm 1988)`
        let birth = WORDS.births.iter().any(|b| b == small.trim_start_matches('('));
        let born = birth && !WORDS.halves.contains(&two);
        if born || WORDS.always.contains(&small) || WORDS.always.contains(&two) {
            return Some(Bound::End);
        }
        if WORDS.inside.contains(&small) {
            let head = head.trim_end();
            // `kể từ`
            let head_head = head.rsplit_once(char::is_whitespace).map_or("", |h| h.0);
            let two = WORDS.inside.contains(&two);
            let head = if two { head_head.trim_end() } else { head };
            let inside = head.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '”' | '"'));
            let bound = if WORDS.starts.contains(&small) { Bound::Start } else { Bound::End };
            return inside.then_some(bound);
        }
        let skipped = WORDS.between.contains(&small) || small.starts_with(|c: char| c.is_ascii_digit());
        if head.is_empty() || !skipped {
            return None;
        }
        rest = head.trim_end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{dates_in, stated};

    #[test]
    fn a_day_that_bounds_a_span_is_not_that_of_the_event() {
        let reference = stated("14/09/2026 06:52", 1).expect("a date").date;
        for (text, expect) in [
            ("Ông yêu cầu nộp sổ đò từ ngày 25/8 cho xã.", ""),
            ("Xã yêu cầu nộp sổ đò của bến kể từ ngày 25/8.", ""),
            ("Chiều 13/9, xã yêu cầu nộp sổ đò từ ngày 25/8.", "13/9"),
            ("Hội chợ kéo dài từ 1/9 đến hết ngày 20/9.", ""),
            ("Cầu phải xong trước ngày 30/9.", ""),
            ("Sau ngày 30/9, đò thôi chạy.", ""),
            ("Xã dặn đừng về trước sáng mai.", "sáng mai"),
            ("Đến chiều 13/9, nước đã rút.", "13/9"),
            ("Bến bán vé từ ngày 20/9 để kịp mùa lễ.", "20/9"),
            ("Hội chợ mở từ ngày 20/9 đến hết ngày 25/9.", "20/9"),
            ("Theo đài, từ 18h ngày 11/9 đến nửa đêm mưa to.", "11/9"),
            ("Tính đến 6h sáng 12/9, xã có 40 nhà ngập.", "12/9"),
            ("Xã cắt điện vì nước lên, sớm nhất tối 13-9 mới đóng lại.", ""),
            ("Đêm 11/9 xã cắt điện, sớm nhất tối 13-9 mới đóng lại.", "11/9"),
            ("Ông Mừng (sinh năm 1988) đốt bến.", ""),
            ("Bản sửa Hiến pháp năm 1992 có điều mới.", ""),
            ("Xã làm theo Luật Bến bãi năm 2003.", ""),
            ("Luật Bến bãi được xã bàn xong năm 2003.", "năm 2003"),
            ("Đò đắm, hôm sau (ngày 12/9) xã mới biết.", "12/9"),
            ("Ông Mừng hy sinh năm 1972.", "năm 1972"),
            ("Bà Sen sinh con gái vào năm 2010.", "năm 2010"),
            ("Cầu phải xong chậm nhất ngày 30/9.", ""),
            ("Giữa tháng 9/2012 và tháng 6/2013, ông bán ba con đò.", "tháng 9/2012"),
            ("Đò đắm trong khoảng giữa ngày 11/9 và ngày 13/9.", "11/9"),
            ("Giữa ngày 11/9, đò đắm, và ngày 13/9 thì vớt được.", "11/9, 13/9"),
            ("Đò đắm tháng 9/2012 và tháng 6/2013.", "tháng 9/2012, tháng 6/2013"),
            ("Chiều 13/9, xã bàn thu chi năm 2026 và năm 2027.", "13/9"),
            ("Xã bàn thu chi năm 2026 và năm 2027.", "năm 2026"),
            ("Xã bàn từ ngày 25/8 về thu chi năm 2026.", ""),
        ] {
            let found = dates_in(text, Some(&reference));
            let all: Vec<&Found> = found.iter().collect();
            let happened = happened(text, 0, &all, Some(reference.at.date()));
            let told: Vec<&str> = happened.iter().map(|f| &text[f.range.clone()]).collect();
            assert_eq!(told.join(", "), expect, "{text}");
        }
    }
}
