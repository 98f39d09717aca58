//! The date line of a page: digits, ISO 8601, Vietnamese and English words, a month alone.
//!
//! Owns: [`stated`] and, where the page's language is known, [`stated_on`]. Refuses: running text (see `dates`).
//! Tests: at the foot.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::dates::{
    Found, MONTH, Reader, ZONES, clock, coarse, dated, english, month, number, read_english, zone,
};
use super::model::{Basis, Dated, Lang, Precision};

/// A time and what may part it from the date after it.
const TIME_BEFORE: &str = r"(?: \b (?P<h1>\d{1,2}) (?:[:hg]|\ giờ\ ?) (?P<m1>\d{2}) (?::\d{2}|\ phút)? \s* (?P<a1>[AaPp]\.?[Mm]\.?|SA|CH)? \s* [,|\-–·•]? \s* (?:ngày\s*)? )?";
/// The same after it, with a zone in numbers.
const TIME_AFTER: &str = r"(?: \s* [,|\-–·•]? \s* (?:lúc\s*|at\s*)? (?P<h2>\d{1,2}) (?:[:hg]|\ giờ\ ?) (?P<m2>\d{2}) (?::\d{2}|\ phút)? \s* (?P<a2>[AaPp]\.?[Mm]\.?|SA|CH)? \b )?
    (?: \s* \(? \s* (?: (?:GMT|UTC) \s? (?P<z>[+\-]\s?\d{1,2}) (?: :? (?P<zm>\d{2}) )? | (?P<zp>\+\d{2}) (?: :? (?P<zpm>\d{2}) )? \b ) \)? )?";

/// ISO 8601 as metadata has it: blank for `T`, a blank before the zone, `&#x2B;` for the plus; and the same with strokes.
const ISO: &str = r"(?x)
    \b (?P<y>(?:19|20)\d{2}) (?: - (?P<mo>\d{2}) - (?P<d>\d{2}) | / (?P<mo2>\d{1,2}) / (?P<d2>\d{1,2}) \b )
    (?: [T\ ] (?P<h2>\d{2}) : (?P<m2>\d{2}) (?: :\d{2} (?:\.\d+)? )? \s? (?P<iz>Z|(?:\+|-|&\#x2B;)\d{2}:?\d{2})? )? ";

/// Months of the Vietnamese calendar in words, from the first; the longer of two that begin alike comes first in [`WORDS`].
const MONTHS: [&str; 14] = [
    "một",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
    "giêng",
    "chạp",
];

static ISO_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ISO).ok());
/// Day, month and year in digits, with a time before or after it and a zone.
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = r"\b (?P<d>\d{1,2}) \s? [/.\-] \s? (?P<mo>\d{1,2}) \s? [/.\-] \s? (?P<y>(?:19|20)\d{2}) \b";
    Regex::new(&format!("(?x) {TIME_BEFORE} {date} {TIME_AFTER}")).ok()
});
/// `1/3/26` alone on its line or with a time.
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = r"\b (?P<d>\d{1,2}) / (?P<mo>\d{1,2}) / (?P<yy>\d{2}) \b";
    Regex::new(&format!(r"(?x) ^ (?:[\p{{L}}\s]{{0,30}} :? \s)? {TIME_BEFORE} {date} {TIME_AFTER} \s* $"))
        .ok()
});
const WORDS: &str = r"(?P<mw>\d{1,2}|mười\ một|mười\ hai|mười|một|hai|ba|tư|năm|sáu|bảy|tám|chín|giêng|chạp)";
/// `ngày 7 tháng 3 năm 2026`, `7 Tháng Ba, 2026`, `06 thg 3, 2026`.
static VIETNAMESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = format!(
        r"\b (?P<d>\d{{1,2}}) \s (?:tháng|thg) \s {WORDS} (?: ,?\s+năm\s+ | \s*,\s* | \s+ | / ) (?P<y>(?:19|20)\d{{2}}) \b"
    );
    Regex::new(&format!("(?ix) {TIME_BEFORE} {date} {TIME_AFTER}")).ok()
});
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    english(&format!(
        r"(?:\b(?P<h1>\d{{1,2}})[:.](?P<m1>\d{{2}})(?::\d{{2}})?\s*(?P<a1>[AaPp]\.?[Mm]\b\.?)?\s*\(?(?P<zb>(?:{ZONES})\b)?\)?\s*[,|·•\-–]?\s*(?:on\s+)?(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?)?"
    ))
});
/// A month with its year, alone on the line.
static MONTH_ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix) ^\s* (?: (?:tháng|thg) \s {WORDS} (?: \s?[/\-.]\s? | ,?\s+năm\s+ | ,\s* | \s+ ) (?P<y>(?:19|20)\d{{2}})
            | (?P<mn>{MONTH}) \.?,? \s+ (?P<y2>(?:19|20)\d{{2}}) ) \s*$"
    ))
    .ok()
});

/// The date that a page line states, with its byte range; the line's other words do not matter.
pub fn stated(line: &str, number: u32) -> Option<Found> {
    // `17 Jun 202517 Jun 2025`: a page that glues the date once more to the year.
    static TWICE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[, ](?:19|20)\d{2}(\d{1,2} \p{Lu}\p{L}{2,8} (?:19|20)\d{2})").ok());
    // `February 14, 20258:12 PM`: one that glues the time to it.
    static TIMED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[, ](?:19|20)\d{2}(\d{1,2}:\d{2}\s?[AaPp]\.?[Mm])").ok());
    let glued = |r: &LazyLock<Option<Regex>>| Some(r.as_ref()?.captures(line)?.get(1)?.start());
    if let Some(at) = glued(&TIMED) {
        let (date, time) = line.split_at(at);
        // What the page puts behind the zone is glued too: `UTCUpdated 4 hours ago`.
        let mut found = read_line(&format!("{date} {}", time.replace("Updated", " Updated")), number)?;
        found.range.end = (found.range.end - usize::from(found.range.end > at)).min(line.len());
        line.get(found.range.clone())?.trim().clone_into(&mut found.date.evidence);
        return Some(found);
    }
    read_line(&line[..glued(&TWICE).unwrap_or(line.len())], number)
}

fn read_line(line: &str, number: u32) -> Option<Found> {
    // No digit pair and no year: nothing to look for.
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let tries: [(&LazyLock<Option<Regex>>, Reader); 6] = [
        (&ISO_DATE, read_digits),
        (&DIGITS, read_digits),
        (&VIETNAMESE, read_digits),
        (&ENGLISH, read_english),
        (&SHORT, read_digits),
        (&MONTH_ALONE, read_month),
    ];
    for (regex, read) in tries {
        let Some(regex) = regex.as_ref() else { continue };
        for found in regex.captures_iter(line) {
            if let Some(mut date) = read(&found) {
                let range = found.get(0)?.range();
                line[range.clone()].trim().clone_into(&mut date.evidence);
                date.line = number;
                return Some(Found { range, date });
            }
        }
    }
    None
}

/// As [`stated`], on a page of that language: on an English page `3/7/2026` may be of March or of July. It is taken month
/// first where its time is told the American way, else day first; either way it is inferred.
pub(super) fn stated_on(line: &str, number: u32, lang: Lang) -> Option<Found> {
    static AMERICAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AP]M|[ap]\.m\.)|\b[ECMP][SD]?T\b").ok()
    });
    static ELSEWHERE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\b(?:GMT|UTC|BST|IST|SGT|HKT|ICT|AEST|AEDT)\b").ok());
    let mut found = stated(line, number)?;
    let holds = |r: &LazyLock<Option<Regex>>| r.as_ref().is_some_and(|r| r.is_match(line));
    if lang != Lang::En || holds(&ELSEWHERE) {
        return Some(found);
    }
    let both = [&DIGITS, &SHORT]
        .iter()
        .filter_map(|r| r.as_ref()?.captures(&line[found.range.clone()]))
        .any(|c| c.name("d").zip(c.name("mo")).is_some_and(|_| ambiguous(&c)));
    if both {
        found.date.basis = Basis::Inferred;
        if holds(&AMERICAN) {
            let at = found.date.at;
            found.date.at = at.with().month(at.day()).day(at.month()).build().ok()?;
        }
    }
    Some(found)
}

/// Two numbers of which either may be the month.
fn ambiguous(c: &Captures<'_>) -> bool {
    let pair: Option<(i8, i8)> = number(c, "d").zip(number(c, "mo"));
    pair.is_some_and(|(d, m)| d <= 12 && m <= 12 && d != m)
}

/// The month of Vietnamese words or digits.
fn month_of(words: &str) -> Option<i8> {
    let words = words.to_lowercase();
    let named = || MONTHS.iter().position(|m| *m == words).map(|n| n as i8 + 1);
    let number = words.parse().ok().or_else(named)?;
    Some(match number {
        13 if words == "giêng" => 1,
        14 if words == "chạp" => 12,
        n => n,
    })
}

fn read_month(c: &Captures<'_>) -> Option<Dated> {
    let year = number(c, "y").or_else(|| number(c, "y2"))?;
    let month = match c.name("mw") {
        Some(words) => month_of(words.as_str())?,
        None => month(c.name("mn")?.as_str())?,
    };
    coarse(year, month, Precision::Month, Basis::Stated)
}

fn read_digits(c: &Captures<'_>) -> Option<Dated> {
    let mut day: i8 = number(c, "d").or_else(|| number(c, "d2"))?;
    let mut month: i8 = match c.name("mw") {
        Some(words) => month_of(words.as_str())?,
        None => number(c, "mo").or_else(|| number(c, "mo2"))?,
    };
    if month > 12 && day <= 12 {
        // American order: only when the day-first reading is impossible.
        std::mem::swap(&mut day, &mut month);
    }
    let year: i16 = number(c, "y").or_else(|| number(c, "yy").map(|y: i16| y + 2000))?;
    let date = Date::new(year, month, day).ok()?;
    if let Some(text) = c.name("iz") {
        return dated(date, clock(c, "h2", "m2", "a2"), iso_zone(text.as_str()));
    }
    let time = clock(c, "h2", "m2", "a2").or_else(|| clock(c, "h1", "m1", "a1"));
    dated(date, time, zone(c))
}

/// Minutes east of UTC of `Z`, `+07:00`, `&#x2B;0700`.
fn iso_zone(text: &str) -> Option<i16> {
    let text = text.replace("&#x2B;", "+").replace(':', "");
    if text == "Z" {
        return Some(0);
    }
    let value: i16 = text.get(1..)?.parse().ok()?;
    Some((value / 100 * 60 + value % 100) * if text.starts_with('-') { -1 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_lines() {
        let check = |line: &str, iso: &str| {
            assert_eq!(stated(line, 3).map(|f| f.date.iso()).as_deref(), Some(iso), "{line}");
        };
        check("Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07T00:05+07:00");
        check("07/03/2026 08:06 GMT+7", "2026-03-07T08:06+07:00");
        check("Thứ Bảy, 07/03/2026 - 08:52", "2026-03-07T08:52");
        check("01/03/2026 09:51", "2026-03-01T09:51");
        check("07-03-2026 - 00:01 AM", "2026-03-07T00:01");
        check("07-03-2026 - 13:01 PM", "2026-03-07T13:01");
        check("Lê Na - 07/03/2026 08:47", "2026-03-07T08:47");
        check("Lê Na/Lam Giang (biên dịch) Theo: Reuters| 03/09/2025 17:54", "2025-09-03T17:54");
        check("23:02 , 06/03/2026", "2026-03-06T23:02");
        check("14:05 - 06/03/2026", "2026-03-06T14:05");
        check("2026-03-07T08:01:53+07:00", "2026-03-07T08:01+07:00");
        check("2026-03-07T08:01:53 +07:00", "2026-03-07T08:01+07:00");
        check("2026-03-07T08:01:53&#x2B;07:00", "2026-03-07T08:01+07:00");
        check("2026-03-07T08:01", "2026-03-07T08:01");
        check("2026-03-07", "2026-03-07");
        check("Cập nhật: 1.7.2026", "2026-07-01");
        check("14h30 ngày 3/9/2025", "2025-09-03T14:30");
        check("Nov 18, 2019 at 9:24 pm ET • 2 min read", "2019-11-18T21:24-05:00");
        check("Published 13 November 2019", "2019-11-13");
        check("11/18/2019", "2019-11-18");
        assert_eq!(stated("Tỷ số là 3-2 sau 90 phút", 1), None);
    }

    #[test]
    fn words_months_and_times_before() {
        let check = |line: &str, iso: &str| {
            assert_eq!(stated(line, 3).map(|f| f.date.iso()).as_deref(), Some(iso), "{line}");
        };
        check("Ngày 7 tháng 3 năm 2026", "2026-03-07");
        check("Hà Nội, ngày 7 tháng 3 năm 2026", "2026-03-07");
        check("Thứ Sáu, ngày 7 tháng 3 năm 2026", "2026-03-07");
        check("7 tháng 3, 2026", "2026-03-07");
        check("7 Tháng Ba, 2026", "2026-03-07");
        check("7 Tháng Mười Hai, 2026", "2026-12-07");
        check("7 tháng chạp 2026", "2026-12-07");
        check("06 thg 3, 2026", "2026-03-06");
        check("Lúc 21:30 ngày 06 Tháng 3, 2026", "2026-03-06T21:30");
        check("Tháng 3/2026", "2026-03");
        check("March 2026", "2026-03");
        check("1/3/26", "2026-03-01");
        check("2026/03/07 10:00", "2026-03-07T10:00");
        check("Saturday, March 7, 2026 | 3:02 p.m.", "2026-03-07T15:02");
        check("Updated 3:14 PM EST, March 7, 2026", "2026-03-07T15:14-05:00");
        check("Updated 9:41 AM EDT, Thu April 9, 2026", "2026-04-09T09:41-04:00");
        check("Updated 10:35 GMT, 7 March 2026", "2026-03-07T10:35+00:00");
        check("12:01 AM · Mar 7, 2026", "2026-03-07T00:01");
        check("14 giờ 05 phút, ngày 07/03/2026", "2026-03-07T14:05");
        check("Ngày 07/03/2026, 08 giờ 05", "2026-03-07T08:05");
        check("07/03/2026 08:05 (+07)", "2026-03-07T08:05+07:00");
        check("Thứ Bảy, 07/03/2026 08:05 +07:00", "2026-03-07T08:05+07:00");
        check("March 7, 20269:05 AM UTCUpdated 4 hours ago", "2026-03-07T09:05+00:00");
        check("7 Mar 20267 Mar 2026", "2026-03-07");
        assert_eq!(stated("Cầu xong tháng 3/2026 như đã hẹn", 1), None);
        assert_eq!(stated("Tỷ lệ 1/3/26 của ba đội", 1), None);
    }

    #[test]
    fn month_first_on_american_pages() {
        let check = |line: &str, lang, iso: &str, basis| {
            let found = stated_on(line, 3, lang).map(|f| (f.date.iso(), f.date.basis));
            assert_eq!(found, Some((iso.to_owned(), basis)), "{line}");
        };
        check("Published: 3/25/2026 4:05 PM", Lang::En, "2026-03-25T16:05", Basis::Stated);
        check("Published: 3/7/2026 4:05 PM", Lang::En, "2026-03-07T16:05", Basis::Inferred);
        check("Updated 3/7/2026, 4:05 p.m. ET", Lang::En, "2026-03-07T16:05", Basis::Inferred);
        check("Posted 3/7/26 4:05 PM", Lang::En, "2026-03-07T16:05", Basis::Inferred);
        check("Published 3/7/2026", Lang::En, "2026-07-03", Basis::Inferred);
        check("3/3/2026", Lang::En, "2026-03-03", Basis::Stated);
        check("07/03/2026 4:05 PM GMT+7", Lang::En, "2026-03-07T16:05+07:00", Basis::Stated);
        check("3/7/2026 4:05 PM", Lang::Vi, "2026-07-03T16:05", Basis::Stated);
        check("2026-03-07", Lang::En, "2026-03-07", Basis::Stated);
    }
}
