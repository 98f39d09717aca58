//! The timeline by days: a line for each day of the event, with the sentence that says most.
//!
//! Owns: which events stand together, which of them speaks for the rest. Refuses: to drop any: a sentence goes only where it
//! already stands under a more exact date. Tests: at the foot; on labelled stories in `tests/it/review.rs`.

use std::cmp::Reverse;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::Place;
use super::timeline::Event;
use crate::article::{Dated, Precision};

/// A stretch of time that has a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Span {
    /// A day.
    Day(Date),
    /// A month, by its first day, of which no day is told.
    Month(Date),
    /// All bare years together: one says when something was, not what happened then.
    Years,
}

impl Span {
    fn of(date: &Dated) -> Self {
        let day = date.at.date();
        match date.precision {
            Precision::Year => Self::Years,
            Precision::Month => Self::Month(day.first_of_month()),
            Precision::Day | Precision::Minute => Self::Day(day),
        }
    }

    /// Days first, then months, then years.
    fn coarseness(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month(_) => 1,
            Self::Years => 2,
        }
    }

    /// The order of the lines: time, a month before its days, bare years last.
    fn order(self) -> (bool, Option<Date>, u8) {
        match self {
            Self::Day(day) => (false, Some(day), 1),
            Self::Month(day) => (false, Some(day), 0),
            Self::Years => (true, None, 0),
        }
    }
}

/// What happened in one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Day<'a> {
    /// When.
    pub span: Span,
    /// The events, the most telling first, then in their own order; never empty.
    pub events: Vec<&'a Event>,
}

/// Groups a timeline. The most telling event is the one that most columns have, of equals the one that was reported first.
pub fn days(timeline: &[Event]) -> Vec<Day<'_>> {
    let mut order: Vec<&Event> = timeline.iter().collect();
    order.sort_by_key(|e| Span::of(&e.date).coarseness());
    let mut told: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut days: Vec<Day<'_>> = Vec::new();
    let mut before = 0;
    let mut fine = FxHashSet::default();
    for event in order {
        let span = Span::of(&event.date);
        if span.coarseness() != before {
            before = span.coarseness();
            fine.clone_from(&told);
        }
        let mut places = event.cells.iter().flat_map(|c| &c.places).map(key).peekable();
        // A sentence with a day and a month is told on its day; one with two years is told once.
        let known = if span == Span::Years { &told } else { &fine };
        if places.peek().is_some() && places.clone().all(|p| known.contains(&p)) {
            continue;
        }
        told.extend(places);
        match days.iter_mut().find(|d| d.span == span) {
            Some(day) => day.events.push(event),
            None => days.push(Day { span, events: vec![event] }),
        }
    }
    for day in &mut days {
        let telling = |n: &usize| {
            let event = day.events[*n];
            let first = event.cells.first().and_then(|c| c.places.first()).map(key);
            (Reverse(event.cells.len()), first)
        };
        if let Some(n) = (0..day.events.len()).min_by_key(telling) {
            let event = day.events.remove(n);
            day.events.insert(0, event);
        }
    }
    days.sort_by_key(|d| d.span.order());
    days
}

/// A sentence: the piece, and where it begins.
fn key(place: &Place) -> (usize, usize) {
    (place.piece, place.range.start)
}

#[cfg(test)]
mod tests {
    use super::super::table::Cell;
    use super::*;
    use crate::article::Basis;

    fn event(when: &str, places: &[(usize, usize, usize)]) -> Event {
        let parts: Vec<i16> = when.split('-').map(|p| p.parse().expect("a number")).collect();
        let part = |n: usize| parts.get(n).map_or(1, |p| *p as i8);
        let precision = [Precision::Year, Precision::Month, Precision::Day][parts.len() - 1];
        let at = jiff::civil::date(parts[0], part(1), part(2)).at(0, 0, 0, 0);
        let basis = Basis::Stated;
        let date = Dated { at, precision, zone: None, basis, evidence: String::new(), line: 0 };
        let mut cells: Vec<Cell> = Vec::new();
        for &(column, piece, start) in places {
            let place = Place { piece, range: start..start + 5 };
            match cells.iter_mut().find(|c| c.column == column) {
                Some(cell) => cell.places.push(place),
                None => cells.push(Cell { column, places: vec![place] }),
            }
        }
        Event { date, cells }
    }

    /// Each line as its span and the first place of its events.
    fn check(timeline: &[Event], expect: &[(&str, &[(usize, usize)])]) {
        let told: Vec<(String, Vec<(usize, usize)>)> = days(timeline)
            .iter()
            .map(|d| {
                let span = match d.span {
                    Span::Day(day) => day.to_string(),
                    Span::Month(day) => day.strftime("%Y-%m").to_string(),
                    Span::Years => "years".to_owned(),
                };
                (span, d.events.iter().map(|e| key(&e.cells[0].places[0])).collect())
            })
            .collect();
        let told: Vec<(&str, &[(usize, usize)])> = told.iter().map(|(s, e)| (s.as_str(), &e[..])).collect();
        assert_eq!(told, expect);
    }

    #[test]
    fn a_day_is_one_line_and_what_most_tell_comes_first() {
        check(
            &[
                event("2019", &[(0, 0, 90)]),
                event("2026-06-03", &[(0, 0, 40)]),
                event("2026-06-03", &[(1, 1, 20), (2, 2, 0)]),
                event("2026-06-05", &[(1, 1, 60)]),
                event("2026-06-05", &[(0, 0, 60)]),
            ],
            &[
                ("2026-06-03", &[(1, 20), (0, 40)]),
                ("2026-06-05", &[(0, 60), (1, 60)]),
                ("years", &[(0, 90)]),
            ],
        );
    }

    #[test]
    fn a_sentence_stands_under_its_most_exact_date_and_all_years_are_one_line() {
        check(
            &[
                event("2009", &[(0, 0, 10)]),
                event("2012", &[(0, 0, 10)]),
                event("2026", &[(0, 0, 50)]),
                event("2026", &[(1, 1, 70)]),
                event("2026-06", &[(0, 0, 50)]),
                event("2026-06", &[(0, 0, 80)]),
                event("2026-06-03", &[(0, 0, 50)]),
                event("2026-06-04", &[(0, 0, 50)]),
            ],
            &[
                ("2026-06", &[(0, 80)]),
                ("2026-06-03", &[(0, 50)]),
                ("2026-06-04", &[(0, 50)]),
                ("years", &[(0, 10), (1, 70)]),
            ],
        );
        check(&[], &[]);
    }
}
