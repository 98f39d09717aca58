//! The day an article tells of, where no line states its date; the year only from evidence in the text.
//!
//! Evidence: "năm ngoái" or "năm nay" beside the latest year that the text names, or a counted anniversary
//! (`assets/gazetteer/anniversaries.tsv`). Refuses: a year without evidence. Tests: at the foot.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::model::{Basis, Dated, Precision};

/// Day and month that the text gives for its event, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DayHint {
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
    /// Line of the input, from 1.
    pub line: u32,
    /// The words.
    pub evidence: String,
}

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(ngày|hôm|sáng|trưa|chiều|tối|đêm)\s|\()(\d{1,2})(?:\s?[/\-.]\s?|\stháng\s)(\d{1,2})(?:[/\-.](\d{4})|\snăm\s(\d{4}))?\b").ok()
});
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:tháng\s?\d{1,2}\s?[/\-.]\s?|năm\s|\d[/\-.])((?:19|20)\d{2})\b").ok()
});
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(\d{1,3})\s?(?:năm|years?|th anniversary|st anniversary|nd anniversary|rd anniversary)\b",
    )
    .ok()
});

/// Event day of the text: the latest of the days without year in the first paragraphs, else the first anywhere.
/// `parts` are (line, text), lead and captions first.
pub(super) fn day_hint<'a>(parts: impl IntoIterator<Item = (u32, &'a str)>) -> Option<DayHint> {
    let regex = DAY.as_ref()?;
    let mut best: Option<DayHint> = None;
    for (n, (line, text)) in parts.into_iter().enumerate() {
        for c in regex.captures_iter(text) {
            if c.get(4).or_else(|| c.get(5)).is_some() {
                continue;
            }
            let (Ok(day), Ok(month)) = (c[2].parse::<i8>(), c[3].parse::<i8>()) else { continue };
            // 2024 is a leap year: any day that some year has.
            if Date::new(2024, month, day).is_err() {
                continue;
            }
            let later = best.as_ref().is_none_or(|b| n < 4 && (month, day) > (b.month, b.day));
            if later {
                let evidence = c[0].trim_start_matches('(').to_owned();
                best = Some(DayHint { month, day, line, evidence });
            }
        }
    }
    best
}

/// The year of the text from evidence; `None` when there is none.
pub(super) fn year<'a>(parts: &(impl IntoIterator<Item = &'a str> + Clone)) -> Option<i16> {
    let regex = YEAR.as_ref()?;
    let latest = parts
        .clone()
        .into_iter()
        .flat_map(|t| regex.captures_iter(t).filter_map(|c| c[1].parse::<i16>().ok()))
        .filter(|y| *y < 2100)
        .max();
    let says = |words: &str| parts.clone().into_iter().any(|t| contains_folded(t, words));
    let counted = parts.clone().into_iter().find_map(anniversary);
    if let Some(year) = counted.filter(|y| latest.is_none_or(|l| *y >= l)) {
        return Some(year);
    }
    let latest = latest?;
    if says("năm ngoái") {
        Some(latest + 1)
    } else if says("năm nay") {
        Some(latest)
    } else {
        None
    }
}

fn contains_folded(text: &str, words: &str) -> bool {
    text.contains(words) || text.contains(&words.replacen('n', "N", 1))
}

/// The year of "80 năm chiến thắng …": the count and what it counts from stand in the same stretch of text.
fn anniversary(text: &str) -> Option<i16> {
    for c in COUNTED.as_ref()?.captures_iter(text) {
        let count: i16 = c[1].parse().ok()?;
        let rest = &text[c.get(0)?.end()..];
        let near: String = rest
            .chars()
            .take(90)
            .take_while(|c| !matches!(c, '.' | ';' | '!'))
            .flat_map(char::to_lowercase)
            .collect();
        for (year, words) in ANNIVERSARIES.iter() {
            if count >= 5 && words.iter().any(|w| near.contains(w)) {
                return Some(year + count);
            }
        }
    }
    None
}

static ANNIVERSARIES: LazyLock<Vec<(i16, Vec<&'static str>)>> = LazyLock::new(|| {
    include_str!("../../assets/gazetteer/anniversaries.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| {
            let mut cells = l.split('\t');
            Some((cells.next()?.parse().ok()?, cells.next()?.split(';').collect()))
        })
        .collect()
});

/// The date that hint and year make: a day, inferred.
pub(super) fn inferred(hint: &DayHint, year: i16) -> Option<Dated> {
    let at = Date::new(year, hint.month, hint.day).ok()?.at(0, 0, 0, 0);
    Some(Dated {
        at,
        precision: Precision::Day,
        zone: None,
        basis: Basis::Inferred,
        evidence: hint.evidence.clone(),
        line: hint.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_need_evidence() {
        let check = |text: &[&str], expect| assert_eq!(year(&text.iter().copied()), expect, "{text:?}");
        check(&["hiệp ước ký năm ngoái", "cuộc gặp hồi tháng 6/2024"], Some(2025));
        check(&["mùa hè năm nay", "hồi tháng 6/2024"], Some(2024));
        check(&["kỷ niệm 80 năm chiến thắng phát xít", "hồi tháng 6/2024"], Some(2025));
        check(&["hồi tháng 6/2024"], None);
        check(&["tháng 9 năm ngoái"], None);
        assert!(ANNIVERSARIES.len() > 10);
    }

    #[test]
    fn the_event_day_is_the_latest_of_the_first_lines() {
        let hint = day_hint([(2, "gặp nhau ngày 11/7"), (6, "tại cảng ngày 12/7")]).expect("hint");
        assert_eq!((hint.month, hint.day, hint.line), (7, 12, 6));
        assert_eq!(day_hint([(1, "khoảng 1/3 dân số")]), None);
        assert_eq!(inferred(&hint, 2025).map(|d| d.iso()).as_deref(), Some("2025-07-12"));
    }
}
