//! The day an article tells of, where no line states its date; the year only from evidence in the text.
//!
//! Evidence: "năm ngoái" with its year in brackets, "năm ngoái" or "năm nay" beside a month with its year that tells of
//! the same thing, or a counted anniversary (`assets/gazetteer/anniversaries.tsv`). Refuses: a year without evidence, such
//! as one that a plan names. Tests: at the foot.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::lang::is_stop;
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

/// The whole date that the text opens with, where no other year in it is later: `Ngày 3/6/2025, …`.
pub(super) fn opening_day<'a>(parts: &(impl IntoIterator<Item = (u32, &'a str)> + Clone)) -> Option<Dated> {
    let (regex, years) = (DAY.as_ref()?, YEAR.as_ref()?);
    let (line, found) =
        parts.clone().into_iter().take(3).find_map(|(line, text)| Some((line, regex.captures(text)?)))?;
    let year: i16 = found.get(4).or_else(|| found.get(5))?.as_str().parse().ok()?;
    let all = parts.clone().into_iter();
    let latest = all.flat_map(|(_, t)| years.captures_iter(t)).filter_map(|c| c[1].parse::<i16>().ok()).max();
    if latest.is_some_and(|latest| latest > year) {
        return None;
    }
    let hint = DayHint {
        day: found[2].parse().ok()?,
        month: found[3].parse().ok()?,
        line,
        evidence: found[0].trim_start_matches('(').to_owned(),
    };
    inferred(&hint, year)
}

/// The words that name a year by its distance from the text's own.
const RELATIVE: [(&str, i16); 4] = [("năm ngoái", 1), ("last year", 1), ("năm nay", 0), ("this year", 0)];

/// What is to come says nothing of the text's own year.
static PLANNED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[^\p{L}])(?:sẽ|dự kiến|kế hoạch|mục tiêu|phấn đấu|tầm nhìn|lộ trình|đến năm|tới năm|đến tháng|tới tháng|trước tháng|will|plan(?:s|ned)?|expected|target|until)(?:[^\p{L}]|$)").ok()
});
/// A month with its year, or a whole date.
static MONTH_YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:tháng\s?\d{1,2}\s?(?:[/\-.]\s?|năm\s)|\d[/\-.]\d{1,2}[/\-.]|\b(?:january|february|march|april|may|june|july|august|september|october|november|december),?\s(?:\d{1,2},\s)?)((?:19|20)\d{2})\b").ok()
});
/// `năm ngoái (2024)`, `2024 (năm ngoái)`.
static GLOSS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = "(năm ngoái|last year|năm nay|this year)";
    Regex::new(&format!(
        r"{name}(?:\s?\(\s?(?:tức\s)?(?:là\s)?(?:năm\s)?|,?\stức\s(?:là\s)?(?:năm\s)?)((?:19|20)\d{{2}})\b|\b((?:19|20)\d{{2}})\s?\(\s?(?:tức\s)?(?:là\s)?{name}\)"
    ))
    .ok()
});

/// The year of the text from evidence; `None` when there is none.
pub(super) fn year<'a>(parts: &(impl IntoIterator<Item = &'a str> + Clone)) -> Option<i16> {
    let regex = YEAR.as_ref()?;
    let latest = parts
        .clone()
        .into_iter()
        .flat_map(|t| regex.captures_iter(t).filter_map(|c| c[1].parse::<i16>().ok()))
        .filter(|y| *y < 2100)
        .max();
    let counted = parts.clone().into_iter().find_map(anniversary);
    if let Some(year) = counted.filter(|y| latest.is_none_or(|l| *y >= l)) {
        return Some(year);
    }
    let told: Vec<String> = parts.clone().into_iter().flat_map(sentences).collect();
    told.iter().find_map(|s| glossed(s)).or_else(|| beside(&told))
}

/// The sentences of a text, in lower case.
fn sentences(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split_inclusive(". ").flat_map(|s| s.split(['!', '?', ';'])).map(str::to_owned).collect()
}

fn distance(words: &str) -> Option<i16> {
    RELATIVE.iter().find(|(name, _)| *name == words).map(|(_, years)| *years)
}

/// The year that a sentence gives as the meaning of its "năm ngoái".
fn glossed(sentence: &str) -> Option<i16> {
    let c = GLOSS.as_ref()?.captures(sentence)?;
    let words = c.get(1).or_else(|| c.get(4))?;
    let year: i16 = c.get(2).or_else(|| c.get(3))?.as_str().parse().ok()?;
    Some(year + distance(words.as_str())?)
}

/// The latest year of a sentence that dates by month and tells of what has been.
fn past_year(sentence: &str) -> Option<i16> {
    if PLANNED.as_ref()?.is_match(sentence) {
        return None;
    }
    MONTH_YEAR.as_ref()?.captures_iter(sentence).filter_map(|c| c[1].parse().ok()).max()
}

/// The year of a dated sentence that is, stands next to or tells of the same as one with "năm ngoái".
fn beside(told: &[String]) -> Option<i16> {
    let dated: Vec<Option<i16>> = told.iter().map(|s| past_year(s)).collect();
    let latest = dated.iter().flatten().max()?;
    for (name, years) in RELATIVE {
        for (n, sentence) in told.iter().enumerate() {
            let Some(at) = sentence.find(name) else { continue };
            let things = things(&sentence[..at]);
            // A measure against last year does not say what last year was.
            let compared = ["so với", "hơn", "như", "bằng", "than", "from"];
            if compared.iter().any(|w| sentence[..at].trim_end().ends_with(w)) {
                continue;
            }
            let ties = |m: usize| n.abs_diff(m) <= 1 || things.iter().any(|t| told[m].contains(t.as_str()));
            let found = (0..told.len()).filter(|m| ties(*m)).filter_map(|m| dated[m]).max();
            if let Some(year) = found.filter(|y| y >= latest) {
                return Some(year + years);
            }
        }
    }
    None
}

/// Pairs of words right before "năm ngoái" that may name what happened then.
fn things(before: &str) -> Vec<String> {
    let clause = before.rsplit([',', ':', '(']).next().unwrap_or(before);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let near = &words[words.len().saturating_sub(6)..];
    near.windows(2)
        .filter(|pair| pair.iter().all(|w| !is_stop(w) && w.chars().all(char::is_alphabetic)))
        .map(|pair| pair.join(" "))
        .collect()
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
        check(&["Chiều 7/3, xã họp.", "Kế hoạch năm 2030 là 90%. Năm ngoái chỉ đạt 60%."], None);
        check(&["Cầu xây xong vào năm 2028. Năm ngoái chỉ làm được hai trụ."], None);
        check(&["Cầu khởi công năm 2026.", "Kế hoạch tháng 6/2030 là xong. Năm nay làm trụ."], None);
        check(&["Trường mở năm 1968, sửa năm 1999. Năm ngoái có 300 em."], None);
        check(&["Năm ngoái (2024), xã đạt 60% kế hoạch năm 2030."], Some(2025));
        check(&["Đến 2024 (năm ngoái) chợ mới có điện"], Some(2025));
        check(&["Sản lượng tháng 6/2024 cao hơn năm ngoái."], None);
        check(&["Sản lượng năm ngoái cao hơn năm 2019."], None);
        check(
            &["Bản thỏa thuận đặt bút ký hồi năm ngoái.", "Chợ đông.", "Lễ đặt bút ký tháng 6/2024."],
            Some(2025),
        );
        check(&["Chợ cũ cháy hồi năm ngoái.", "Dân lo.", "Cầu xây tháng 9/1999."], None);
        check(&["The dam opened last year (2024)."], Some(2025));
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
