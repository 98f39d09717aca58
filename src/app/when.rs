//! Dates as people read them.

use jiff::civil::{Date, DateTime};

use super::words::{Msg, Words};
use crate::article::{Precision, When};

/// Minutes in an hour and a day.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// From so many days on, the date says more than the distance.
const FAR: i64 = 7;

/// Minutes since 1970 UTC as Vietnam's civil time.
pub fn civil(minutes: i64) -> DateTime {
    let seconds = minutes.saturating_add(7 * HOUR).saturating_mul(60);
    let stamp = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    jiff::tz::Offset::UTC.to_datetime(stamp)
}

/// The day, or as much of it as is known.
pub fn day_of(date: When) -> String {
    if date.precision == Precision::Minute { day(date.at.date()) } else { exact(date) }
}

fn day(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// In full, to its precision: `14:37 19/06/2024`, `12/07/2025`, `07/2025`.
pub fn exact(date: When) -> String {
    let at = date.at;
    match date.precision {
        Precision::Year => format!("{:04}", at.year()),
        Precision::Month => format!("{:02}/{:04}", at.month(), at.year()),
        Precision::Day => day(at.date()),
        Precision::Minute => format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute()),
    }
}

/// For a column of the list: a distance while it is near, else the day; at most ten cells.
pub fn short(date: When, now: i64, words: &Words) -> String {
    let ago = now - date.minutes();
    let n = |n: i64| usize::try_from(n).unwrap_or(0);
    match date.precision {
        Precision::Year => format!("{:04}", date.at.year()),
        Precision::Month => format!("{:02}/{:04}", date.at.month(), date.at.year()),
        Precision::Minute if (0..HOUR).contains(&ago) => words.count(Msg::ShortMinutes, n(ago)),
        Precision::Minute if (HOUR..DAY).contains(&ago) => words.count(Msg::ShortHours, n(ago / HOUR)),
        _ => {
            let days = days_between(date, now);
            if (1..FAR).contains(&days) { words.count(Msg::ShortDays, n(days)) } else { day(date.at.date()) }
        }
    }
}

/// The same in a sentence: `3 giờ trước`; `None` where the distance says nothing.
pub fn ago(date: When, now: i64, words: &Words) -> Option<String> {
    let ago = now - date.minutes();
    let n = |n: i64| usize::try_from(n).unwrap_or(0);
    if date.precision == Precision::Minute && (0..DAY).contains(&ago) {
        return Some(match ago {
            0 => words.get(Msg::JustNow).to_owned(),
            1..HOUR => words.count(Msg::MinutesAgo, n(ago)),
            _ => words.count(Msg::HoursAgo, n(ago / HOUR)),
        });
    }
    let days = days_between(date, now);
    (date.precision >= Precision::Day && (1..FAR * 4).contains(&days))
        .then(|| words.count(Msg::DaysAgo, n(days)))
}

fn days_between(date: When, now: i64) -> i64 {
    let today = civil(now).date();
    today.since(date.at.date()).map_or(i64::MAX, |s| i64::from(s.get_days()))
}

/// A stretch of time in its largest unit, rounded: `6 giờ`, `2 ngày`.
pub fn stretch(minutes: i64, words: &Words) -> String {
    let minutes = minutes.unsigned_abs() as usize;
    let (hour, day) = (HOUR as usize, DAY as usize);
    if minutes < hour {
        words.count(Msg::ShortMinutes, minutes)
    } else if minutes < 2 * day {
        words.count(Msg::ShortHours, (minutes + hour / 2) / hour)
    } else {
        days((minutes + day / 2) / day, words)
    }
}

/// Hours from which on a lapse is rounded: `1 giờ 35`, but `14 giờ`.
const LONG: usize = 10;

/// As [`stretch`], with the minutes where they are much of it: 95 minutes are no two hours.
pub fn lapse(minutes: i64, words: &Words) -> String {
    let all = minutes.unsigned_abs() as usize;
    let (hours, rest) = (all / HOUR as usize, all % HOUR as usize);
    if !(1..LONG).contains(&hours) || rest == 0 {
        return stretch(minutes, words);
    }
    let (hours, rest) = (words.number(hours), format!("{rest:02}"));
    words.fill(Msg::ShortHoursMinutes, &[("h", &hours), ("m", &rest)])
}

/// Days of a year; from so many days on a distance is told in months, and from so many on in years: hundreds of days say nothing.
const YEAR: usize = 365;
const MONTHS: usize = 60;
const YEARS: usize = 2 * YEAR;

/// A distance of whole days, rounded where it is long: `40 ngày`, `5 tháng`, `3 năm`.
pub fn days(days: usize, words: &Words) -> String {
    match days {
        ..MONTHS => words.count(Msg::ShortDays, days),
        MONTHS..YEARS => words.count(Msg::ShortMonths, (12 * days + YEAR / 2) / YEAR),
        _ => words.count(Msg::ShortYears, (days + YEAR / 2) / YEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Lang;
    use super::*;
    use crate::article::Basis;

    fn dated(precision: Precision, y: i16, m: i8, d: i8, hour: i8) -> When {
        When {
            at: jiff::civil::date(y, m, d).at(hour, 30, 0, 0),
            precision,
            zone: None,
            basis: Basis::Stated,
        }
    }

    #[test]
    fn dates_are_near_or_exact() {
        use Precision::{Day, Minute, Month, Year};
        let now = dated(Minute, 2025, 7, 20, 12).minutes();
        for (date, expect_short, expect_exact) in [
            (dated(Minute, 2025, 7, 20, 12), "0 phút", "20/07/2025 12:30"),
            (dated(Minute, 2025, 7, 20, 9), "3 giờ", "20/07/2025 09:30"),
            (dated(Minute, 2025, 7, 19, 9), "1 ngày", "19/07/2025 09:30"),
            (dated(Day, 2025, 7, 20, 0), "20/07/2025", "20/07/2025"),
            (dated(Day, 2025, 7, 18, 0), "2 ngày", "18/07/2025"),
            (dated(Day, 2025, 7, 12, 0), "12/07/2025", "12/07/2025"),
            (dated(Minute, 2025, 7, 21, 9), "21/07/2025", "21/07/2025 09:30"),
            (dated(Month, 2025, 6, 1, 0), "06/2025", "06/2025"),
            (dated(Year, 2024, 1, 1, 0), "2024", "2024"),
        ] {
            assert_eq!(short(date, now, Lang::Vi.words()), expect_short);
            assert_eq!(exact(date), expect_exact);
        }
    }

    #[test]
    fn a_lapse_of_few_hours_has_its_minutes() {
        for (minutes, en, vi) in [
            (35, "35 min", "35 phút"),
            (60, "1 h", "1 giờ"),
            (95, "1 h 35", "1 giờ 35"),
            (125, "2 h 05", "2 giờ 05"),
            (599, "9 h 59", "9 giờ 59"),
            (630, "11 h", "11 giờ"),
        ] {
            assert_eq!(lapse(minutes, Lang::En.words()), en);
            assert_eq!(lapse(minutes, Lang::Vi.words()), vi);
        }
    }

    #[test]
    fn stretches_take_their_largest_unit() {
        for (minutes, expect) in [
            (5, "5 min"),
            (59, "59 min"),
            (-360, "6 h"),
            (113, "2 h"),
            (-85, "1 h"),
            (47 * 60, "47 h"),
            (3 * 1440, "3 days"),
            (4 * 1440 - 60, "4 days"),
            (59 * 1440, "59 days"),
            (60 * 1440, "2 months"),
            (-400 * 1440, "13 months"),
            (1095 * 1440, "3 years"),
        ] {
            assert_eq!(stretch(minutes, Lang::En.words()), expect);
        }
    }
}
