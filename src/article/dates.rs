//! Dates as the press writes them, day first, in running text.
//!
//! Owns: [`dates_in`] (with a reference date for those that leave the year or the day open) and the parts of dates that
//! date lines have too (see `dateline`). Refuses: to guess a year without evidence (see `year`). Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use regex::{Captures, Regex};

use super::model::{Basis, Dated, Precision};
use super::week::day_meant;
use super::weekday::is_weekday;

/// A date in a text and its byte range.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// Which date it is; `line` is 0, `evidence` the words themselves.
    pub date: Dated,
}

pub(super) const MONTH: &str = r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// English: `Nov. 18, 2019 at 9:24 pm ET`, `18 November 2019 09:24`; `lead` is what may stand before.
pub(super) fn english(lead: &str) -> Option<Regex> {
    let time = r"(?:,?\s*(?:[-–|•·@]|at)?\s*(?P<h2>\d{1,2})[:.](?P<m2>\d{2})(?::\d{2})?\s*(?P<a2>[AaPp]\.?[Mm]\b\.?)?)?";
    let zone = format!(r"(?:\s*\(?(?P<zn>{ZONES})\b(?P<z>\s?[+\-]\d{{1,2}})?(?::?(?P<zm>\d{{2}}))?)?");
    let days =
        format!(r"(?:\b(?P<mn>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d{{2}})\b");
    let first = format!(
        r"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<mn2>{MONTH})\.?,?\s+(?P<y2>(?:19|20)\d{{2}})\b)"
    );
    Regex::new(&format!("{lead}{days}{first}{time}{zone}")).ok()
}
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| english(""));

pub(super) type Reader = fn(&Captures<'_>) -> Option<Dated>;

pub(super) fn number<T: std::str::FromStr>(c: &Captures<'_>, name: &str) -> Option<T> {
    c.name(name)?.as_str().trim().trim_start_matches('+').replace(' ', "").parse().ok()
}

pub(super) fn dated(date: Date, time: Option<(i8, i8)>, zone: Option<i16>) -> Option<Dated> {
    let (hour, minute) = time.unwrap_or((0, 0));
    Some(Dated {
        at: DateTime::new(date.year(), date.month(), date.day(), hour, minute, 0, 0).ok()?,
        precision: if time.is_some() { Precision::Minute } else { Precision::Day },
        zone,
        basis: Basis::Stated,
        evidence: String::new(),
        line: 0,
    })
}

/// Hour and minute; the Vietnamese press writes AM and PM after a 24-hour clock too.
pub(super) fn clock(c: &Captures<'_>, hour: &str, minute: &str, half: &str) -> Option<(i8, i8)> {
    let (mut h, m): (i8, i8) = (number(c, hour)?, number(c, minute)?);
    if !(0..24).contains(&h) || !(0..60).contains(&m) {
        return None;
    }
    match c.name(half).map(|a| a.as_str().to_lowercase().replace('.', "")).as_deref() {
        Some("pm" | "ch") if h < 12 => h += 12,
        Some("am" | "sa") if h == 12 => h = 0,
        _ => {}
    }
    Some((h, m))
}

pub(super) fn zone(c: &Captures<'_>) -> Option<i16> {
    let hours: i16 = number(c, "z").or_else(|| number(c, "zp"))?;
    let minutes: i16 = number(c, "zm").or_else(|| number(c, "zpm")).unwrap_or(0);
    (hours.abs() <= 14 && minutes < 60).then(|| hours * 60 + minutes * hours.signum())
}

/// Names of zones, as [`named_zone`] knows them.
pub(super) const ZONES: &str =
    "ET|EST|EDT|CT|CST|CDT|MT|MST|MDT|PT|PST|PDT|GMT|UTC|BST|CET|CEST|IST|AEST|AEDT|JST|KST|SGT|HKT|ICT";

pub(super) fn month(name: &str) -> Option<i8> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = name.to_lowercase();
    names.iter().position(|n| name.starts_with(n)).map(|n| n as i8 + 1)
}

/// Minutes east of UTC of the zone names that the English-language press prints; standard time where one name has both.
pub(super) fn named_zone(name: &str) -> Option<i16> {
    Some(match name {
        "EDT" => -240,
        "EST" | "ET" | "CDT" => -300,
        "CST" | "CT" | "MDT" => -360,
        "MST" | "MT" | "PDT" => -420,
        "PST" | "PT" => -480,
        "GMT" | "UTC" => 0,
        "BST" | "CET" => 60,
        "CEST" => 120,
        "IST" => 330,
        "ICT" => 420,
        "SGT" | "HKT" => 480,
        "JST" | "KST" => 540,
        "AEST" => 600,
        "AEDT" => 660,
        _ => return None,
    })
}

pub(super) fn read_english(c: &Captures<'_>) -> Option<Dated> {
    let day: i8 = number(c, "d").or_else(|| number(c, "d2"))?;
    let year: i16 = number(c, "y").or_else(|| number(c, "y2"))?;
    let date = Date::new(year, month(c.name("mn").or_else(|| c.name("mn2"))?.as_str())?, day).ok()?;
    // Only a date line has its time before the date.
    let before = || c.name("h1").and_then(|_| clock(c, "h1", "m1", "a1"));
    let named = || named_zone(c.name("zn").or_else(|| c.name("zb"))?.as_str());
    dated(date, clock(c, "h2", "m2", "a2").or_else(before), zone(c).or_else(named))
}

/// Running text: every form that may leave year or day open.
static RUNNING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?P<flead>\b(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|từ|đến|tới|qua|dịp|lễ|và|hai|ba|tư|năm|sáu|bảy|nhật)\s|\()?
          (?P<full> \b \d{1,2} \s tháng \s \d{1,2} \s năm \s (?:19|20)\d{2} \b
            | \b \d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d{2} \b | \b (?:19|20)\d{2}-\d{2}-\d{2} \b )
        | (?P<daymonth> \b (?:ngày\s+)? \d{1,2} \s tháng \s \d{1,2} \b )
        | \b tháng \s? (?P<mo>\d{1,2}) (?: \s?[/.\-]\s? | \s năm \s ) (?P<moy>(?:19|20)\d{2}) \b
        | \b tháng \s (?P<mo2>\d{1,2}) (?: \s (?P<rel>năm\ ngoái|năm\ trước|năm\ nay|năm\ tới|năm\ sau) )
        | \b năm \s (?P<year>(?:19|20)\d{2}) \b
        | (?P<lead> (?:\b(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|từ|đến|tới|qua|dịp|lễ|rạng\ sáng|và|hai|ba|tư|năm|sáu|bảy|nhật)\s|\() )?
          \b (?P<d>\d{1,2}) (?P<sep>[/.\-]) (?P<dm>\d{1,2}) \b
        | \b (?P<today>(?:hôm|sáng|trưa|chiều|tối|đêm)\ nay|today) \b
        | \b (?P<yesterday>(?:hôm|sáng|trưa|chiều|tối|đêm)\ qua|yesterday) \b
        | \b (?P<tomorrow>(?:ngày|sáng|chiều|tối)\ mai|tomorrow) \b
        | \b (?: thứ\s(?P<wd>hai|ba|tư|năm|sáu|bảy|[2-7]) | (?P<sun>chủ\ nhật) | (?P<ewd>mon|tues|wednes|thurs|fri|satur|sun)day ) \b",
    )
    .ok()
});

/// The dates in running text, in order. `reference` is the article's own date: with it `30/11`, `hôm qua` and `thứ hai`
/// become days (basis [`Basis::Inferred`]); without it they are left out.
pub fn dates_in(text: &str, reference: Option<&Dated>) -> Vec<Found> {
    let reference = reference.map(|d| d.at.date());
    let mut out = Vec::new();
    for (regex, read) in [(&ENGLISH, read_english as Reader)] {
        for c in regex.as_ref().into_iter().flat_map(|r| r.captures_iter(text)) {
            push(&mut out, text, &c, read(&c));
        }
    }
    for c in RUNNING.as_ref().into_iter().flat_map(|r| r.captures_iter(text)) {
        let date = if c.name("full").is_some() { read_full(&c) } else { read_open(text, &c, reference) };
        push(&mut out, text, &c, date);
    }
    out.sort_by_key(|f| f.range.start);
    out.dedup_by(|b, a| b.range.start < a.range.end);
    stated_beside(text, &mut out);
    out
}

/// `ngày mai (6/11)`: the day is the one that stands beside the word, whatever day the article came out on.
fn stated_beside(text: &str, found: &mut [Found]) {
    for n in 1..found.len() {
        let (word, beside) = (&found[n - 1], &found[n]);
        let between = text[word.range.end..beside.range.start].trim();
        let in_numbers = |f: &Found| f.date.evidence.contains(|c: char| c.is_ascii_digit());
        let one = matches!(between, "" | "," | "(" | "ngày" | ", ngày" | "(ngày");
        if one && !in_numbers(word) && in_numbers(beside) && beside.date.precision == Precision::Day {
            found[n - 1].date = Dated { evidence: word.date.evidence.clone(), ..beside.date.clone() };
        }
    }
}

fn push(out: &mut Vec<Found>, text: &str, c: &Captures<'_>, date: Option<Dated>) {
    if let (Some(mut date), Some(whole)) = (date, c.get(0)) {
        let start = c.name("lead").or_else(|| c.name("flead")).map_or(whole.start(), |l| l.end());
        text[start..whole.end()].trim().clone_into(&mut date.evidence);
        out.push(Found { range: start..whole.end(), date });
    }
}

fn numbers(text: &str) -> Vec<i16> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}

fn read_full(c: &Captures<'_>) -> Option<Dated> {
    match numbers(c.name("full")?.as_str())[..] {
        [y, m, d] if y > 31 => dated(Date::new(y, m as i8, d as i8).ok()?, None, None),
        [d, m, y] => dated(Date::new(y, m as i8, d as i8).ok()?, None, None),
        _ => None,
    }
}

pub(super) fn coarse(year: i16, month: i8, precision: Precision, basis: Basis) -> Option<Dated> {
    let mut date = dated(Date::new(year, month, 1).ok()?, None, None)?;
    date.precision = precision;
    date.basis = basis;
    Some(date)
}

pub(super) fn inferred(date: Date) -> Option<Dated> {
    dated(date, None, None).map(|d| Dated { basis: Basis::Inferred, ..d })
}

fn read_open(text: &str, c: &Captures<'_>, reference: Option<Date>) -> Option<Dated> {
    if let (Some(m), Some(y)) = (number(c, "mo"), number(c, "moy")) {
        return coarse(y, m, Precision::Month, Basis::Stated);
    }
    if let Some(y) = number(c, "year") {
        return coarse(y, 1, Precision::Year, Basis::Stated);
    }
    if let (Some(m), Some(rel)) = (number(c, "mo2"), c.name("rel")) {
        let years = match rel.as_str().to_lowercase().as_str() {
            "năm ngoái" | "năm trước" => -1,
            "năm nay" => 0,
            _ => 1,
        };
        return coarse(reference?.year() + years, m, Precision::Month, Basis::Inferred);
    }
    if let Some((day, month)) = day_month(text, c) {
        return inferred(nearest(reference?, month, day)?);
    }
    let days = if c.name("today").is_some() {
        0
    } else if c.name("yesterday").is_some() {
        -1
    } else if c.name("tomorrow").is_some() {
        1
    } else {
        // `thứ sáu` may be the sixth of something.
        if c.name("wd").is_some() && !is_weekday(text, &c.get(0)?.range()) {
            return None;
        }
        return inferred(day_meant(text, &c.get(0)?.range(), weekday(c)?, reference?)?);
    };
    inferred(reference?.checked_add(days.days()).ok()?)
}

/// Day and month of `9 tháng 5`, `30/11`, `19-6`, `1.7`. What may as well be a fraction, a score or a span needs a word
/// before it that announces a day.
fn day_month(text: &str, c: &Captures<'_>) -> Option<(i8, i8)> {
    let (day, month) = if let Some(words) = c.name("daymonth") {
        match numbers(words.as_str())[..] {
            [d, m] => (d as i8, m as i8),
            _ => return None,
        }
    } else {
        let (day, month): (i8, i8) = (number(c, "d")?, number(c, "dm")?);
        let lead = c.name("lead").map(|l| l.as_str().trim().to_lowercase());
        let whole = c.get(0)?;
        let before = text[..whole.start()].chars().next_back();
        let after = text[whole.end()..].chars().next();
        let part_of_more =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '-' | '.' | ',' | '%' | ':'));
        if lead.is_none() && part_of_more(before) || matches!(after, Some('%' | '/' | '-' | ':')) {
            return None;
        }
        let announced = matches!(
            lead.as_deref(),
            Some(
                "ngày" | "hôm" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "dịp" | "lễ" | "rạng sáng" | "("
            )
        );
        let slash = c.name("sep")?.as_str() == "/";
        if !(announced || slash && (day > 12 || lead.is_some())) {
            return None;
        }
        (day, month)
    };
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((day, month))
}

/// The day of that month and day that is nearest to `reference`.
pub(super) fn nearest(reference: Date, month: i8, day: i8) -> Option<Date> {
    (-1..=1)
        .filter_map(|n| Date::new(reference.year() + n, month, day).ok())
        .min_by_key(|d| d.since(reference).map_or(i32::MAX, |s| s.get_days().abs()))
}

fn weekday(c: &Captures<'_>) -> Option<Weekday> {
    if c.name("sun").is_some() {
        return Some(Weekday::Sunday);
    }
    let name = c.name("wd").or_else(|| c.name("ewd"))?.as_str().to_lowercase();
    Some(match name.as_str() {
        "hai" | "2" | "mon" => Weekday::Monday,
        "ba" | "3" | "tues" => Weekday::Tuesday,
        "tư" | "4" | "wednes" => Weekday::Wednesday,
        "năm" | "5" | "thurs" => Weekday::Thursday,
        "sáu" | "6" | "fri" => Weekday::Friday,
        "bảy" | "7" | "satur" => Weekday::Saturday,
        _ => Weekday::Sunday,
    })
}

#[cfg(test)]
mod tests {
    use super::super::dateline::stated;
    use super::*;

    #[test]
    fn running_text() {
        let reference = stated("19/06/2024 14:37 GMT+7", 1).expect("date").date;
        let check = |text: &str, expect: &[(&str, &str)]| {
            let found = dates_in(text, Some(&reference));
            let found: Vec<(&str, String)> =
                found.iter().map(|f| (&text[f.range.clone()], f.date.iso())).collect();
            let expect: Vec<(&str, String)> = expect.iter().map(|(a, b)| (*a, (*b).to_owned())).collect();
            assert_eq!(found, expect, "{text}");
        };
        check("họ gặp nhau ngày 30/11 ở đó", &[("30/11", "2024-11-30")]);
        check("sáng 19-6, đoàn đã tới", &[("19-6", "2024-06-19")]);
        check(
            "hồi tháng 6/2024 và tháng 2-2022",
            &[("tháng 6/2024", "2024-06"), ("tháng 2-2022", "2022-02")],
        );
        check("ngày 3/9/2025", &[("3/9/2025", "2025-09-03")]);
        check("từ ngày 1.7 và 1.7.2026", &[("1.7", "2024-07-01"), ("1.7.2026", "2026-07-01")]);
        check("ngày 9 tháng 5", &[("ngày 9 tháng 5", "2024-05-09")]);
        check("tháng 9 năm ngoái", &[("tháng 9 năm ngoái", "2023-09")]);
        check(
            "hôm qua, thứ hai và sáng nay",
            &[("hôm qua", "2024-06-18"), ("thứ hai", "2024-06-17"), ("sáng nay", "2024-06-19")],
        );
        // The day beside the word wins, however late the article came out.
        check("ngày mai (6/11), xã họp", &[("ngày mai", "2024-11-06"), ("6/11", "2024-11-06")]);
        check("hôm qua, ngày 17/6, xã họp", &[("hôm qua", "2024-06-17"), ("17/6", "2024-06-17")]);
        check("hôm qua và ngày 17/6", &[("hôm qua", "2024-06-18"), ("17/6", "2024-06-17")]);
        check("chiều 30/11, tại kỳ họp thứ 6, xã bàn", &[("30/11", "2024-11-30")]);
        check("khoảng 1/3 dân số, tỷ số 3-2, từ 15-20 km, 2,5%", &[]);
        check("kỷ niệm năm 1945", &[("năm 1945", "1945")]);
        assert!(dates_in("ngày 30/11", None).is_empty());
    }
}
