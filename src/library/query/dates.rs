//! Dates in queries: days, months, years, Vietnamese day/month, the last days, and ranges.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::article::{Precision, When};

/// A stretch of days; the second is the first day that is no longer in it. `None`: open.
pub type Days = (Option<Date>, Option<Date>);

/// A date value as it was typed; which days it means depends on today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// One moment: a day, a month or a year.
    One(Point),
    /// From the first to the last, both included; either may be open.
    Range(Option<Point>, Option<Point>),
}

/// A point in time as exact as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// `2026`
    Year(i16),
    /// `2026-09`, `9/2026`
    Month(i16, i8),
    /// `2026-09-22`, `22/9/2026`
    Day(Date),
    /// `22/9`: the last one that is not in the future.
    DayMonth(i8, i8),
    /// `today` and before: days back.
    Back(i32),
    /// `3d`: since then.
    LastDays(i32),
    /// `6m`, `1y`: since then.
    LastMonths(i32),
}

impl Span {
    /// Reads a value; `None` for what is no date.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let Some((from, to)) = text.split_once("..") else { return Point::read(text).map(Self::One) };
        let side = |t: &str| if t.trim().is_empty() { Some(None) } else { Point::read(t.trim()).map(Some) };
        match (side(from)?, side(to)?) {
            (None, None) => None,
            (from, to) => Some(Self::Range(from, to)),
        }
    }

    /// The days that are meant, seen from `today`.
    pub fn days(&self, today: Date) -> Days {
        match self {
            Self::One(point) => point.days(today),
            Self::Range(from, to) => {
                let [from, to] = [from, to].map(|side| side.map_or((None, None), |p| p.days(today)));
                // Written the wrong way round, the same days are meant.
                match (from.0, to.1) {
                    (Some(first), Some(last)) if first >= last => (to.0, from.1),
                    days => days,
                }
            }
        }
    }
}

/// So many days, weeks, months or years: `30d`, `2w`, `6m`, `1y`.
pub fn ago(text: &str) -> Option<Point> {
    Point::read(text.trim()).filter(|p| matches!(p, Point::LastDays(_) | Point::LastMonths(_)))
}

impl Point {
    fn read(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "today" => return Some(Self::Back(0)),
            "yesterday" => return Some(Self::Back(1)),
            _ => {}
        }
        if let Some(unit) = text.chars().last().filter(char::is_ascii_alphabetic) {
            let n: i32 = number(&text[..text.len() - 1], 4)?;
            return match unit.to_ascii_lowercase() {
                _ if n == 0 => None,
                'd' => Some(Self::LastDays(n)),
                'w' => Some(Self::LastDays(n * 7)),
                'm' => Some(Self::LastMonths(n)),
                'y' => Some(Self::LastMonths(n * 12)),
                _ => None,
            };
        }
        let slashes: Vec<&str> = text.split('/').collect();
        let dashes: Vec<&str> = text.split('-').collect();
        match (slashes.as_slice(), dashes.as_slice()) {
            ([d, m, y], [_]) | ([_], [y, m, d]) => {
                Date::new(year(y)?, small(m)?, small(d)?).ok().map(Self::Day)
            }
            ([first, second], [_]) if second.len() == 4 => month(year(second)?, small(first)?),
            ([d, m], [_]) => {
                let (d, m) = (small(d)?, small(m)?);
                // 2024 has every day that some year has.
                Date::new(2024, m, d).ok().map(|_| Self::DayMonth(d, m))
            }
            ([_], [y, m]) => month(year(y)?, small(m)?),
            ([y], [_]) => year(y).map(Self::Year),
            _ => None,
        }
    }

    /// The days that are meant, seen from `today`.
    pub fn days(self, today: Date) -> Days {
        let first = |y: i16, m: i8| Date::new(y, m, 1).ok();
        match self {
            Self::Year(y) => (first(y, 1), first(y + 1, 1)),
            Self::Month(y, m) => (first(y, m), if m < 12 { first(y, m + 1) } else { first(y + 1, 1) }),
            Self::Day(day) => (Some(day), day.tomorrow().ok()),
            Self::DayMonth(d, m) => {
                let day = (0..=8)
                    .filter_map(|back| Date::new(today.year() - back, m, d).ok())
                    .find(|&x| x <= today);
                (day, day.and_then(|x| x.tomorrow().ok()))
            }
            Self::Back(n) => {
                let day = today.saturating_sub(n.days());
                (Some(day), day.tomorrow().ok())
            }
            // The last three days are today and the two before it.
            Self::LastDays(n) => (Some(today.saturating_sub((n - 1).days())), None),
            Self::LastMonths(n) => (Some(today.saturating_sub(n.months())), None),
        }
    }
}

fn month(y: i16, m: i8) -> Option<Point> {
    (1..=12).contains(&m).then_some(Point::Month(y, m))
}

fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    let fits = (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i16> {
    number(text, 4).filter(|y| text.len() == 4 && (1000..=9998).contains(y))
}

fn small(text: &str) -> Option<i8> {
    number(text, 2)
}

/// The days on which an article may have been published: more than one where only month or year is known.
pub fn known(published: When) -> (Date, Date) {
    let at = published.at.date();
    let (from, to) = match published.precision {
        Precision::Year => Point::Year(at.year()).days(at),
        Precision::Month => Point::Month(at.year(), at.month()).days(at),
        Precision::Day | Precision::Minute => Point::Day(at).days(at),
    };
    (from.unwrap_or(at), to.unwrap_or(Date::MAX))
}

/// Whether two stretches share a day.
pub fn meet((from, to): (Date, Date), days: Days) -> bool {
    days.0.is_none_or(|start| start < to) && days.1.is_none_or(|end| from < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        let today = jiff::civil::date(2026, 9, 22);
        for (text, expect) in [
            ("2026-09-22", "2026-09-22 2026-09-23"),
            ("22/9", "2026-09-22 2026-09-23"),
            ("23/9", "2025-09-23 2025-09-24"),
            ("29/2", "2024-02-29 2024-03-01"),
            ("22/9/2024", "2024-09-22 2024-09-23"),
            ("9/2024", "2024-09-01 2024-10-01"),
            ("2024-12", "2024-12-01 2025-01-01"),
            ("2024", "2024-01-01 2025-01-01"),
            ("3d", "2026-09-20 -"),
            ("1w", "2026-09-16 -"),
            ("6m", "2026-03-22 -"),
            ("today", "2026-09-22 2026-09-23"),
            ("yesterday", "2026-09-21 2026-09-22"),
            ("2026-08..2026-09", "2026-08-01 2026-10-01"),
            ("2026-09..2026-08", "2026-08-01 2026-10-01"),
            ("..1/8/2026", "- 2026-08-02"),
            ("2025..", "2025-01-01 -"),
        ] {
            let (from, to) = Span::read(text).map(|s| s.days(today)).expect(text);
            let show = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
            assert_eq!(format!("{} {}", show(from), show(to)), expect, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "", "..", "x", "2026-13", "31/2", "0d", "3", "20260922", "1/2/3/4", "3x", "99999d", "22/9..x",
            "-", "ế",
        ] {
            assert_eq!(Span::read(text), None, "{text}");
        }
    }
}
