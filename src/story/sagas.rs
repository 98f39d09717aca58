//! Sagas: longer stories of several events, joined by what their articles have in common over any time.
//!
//! Owns: which events belong to one saga, and their order, for events without a year too.
//! Refuses: to join by a chain of single links: a saga grows as stories do, by the mean of all its pairs.
//! Tests: at the foot of this file; on the five dumps in `tests/it/stories.rs`.

use jiff::civil::Date;

use super::linkage::Rule;
use super::links::Relations;
use super::model::{Sagas, Stories};
use super::score::{Moment, distance, fading};
use super::threads::joined;

/// When two groups of events are one saga: strengths are scores, time left aside.
const ONE_SAGA: Rule = Rule { mean: 0.15, weak: 0.11, quorum: 0.7 };
/// Minutes of a day.
const DAY: i64 = 1440;

/// The sagas of two or more events, newest first. An article without a story is an event of its own.
pub(super) fn join(when: &[Moment], relations: &Relations, stories: &Stories, ids: &[&str]) -> Sagas {
    // When its first article came, and that article: it leads to its story. Most events are one article.
    let first =
        |articles: &[usize]| articles.iter().filter_map(|&n| when[n].minutes).min().unwrap_or(i64::MAX);
    let told = stories.all.iter().map(|story| (first(&story.articles), story.articles[0]));
    let alone = (0..when.len()).filter(|&n| stories.of(n).is_none()).map(|n| (first(&[n]), n));
    let mut events: Vec<(i64, u32)> = told.chain(alone).map(|(at, n)| (at, n as u32)).collect();
    events.sort_unstable_by_key(|&(at, n)| (at, ids[n as usize]));
    let articles = |event: u32| {
        let first = events[event as usize].1 as usize;
        stories.of(first).map_or_else(|| vec![first], |story| stories.all[story].articles.clone())
    };
    let mut place = vec![0u32; when.len()];
    let mut event_of: Vec<u32> = Vec::with_capacity(when.len());
    for event in 0..events.len() as u32 {
        for n in articles(event) {
            place[n] = event_of.len() as u32;
            event_of.push(event);
        }
    }
    let (group_of, size) = (|at| event_of[at as usize], |event| articles(event).len());
    let together = joined(relations, &place, &group_of, &size, ONE_SAGA, |from, relation| {
        relation.score() / fading(distance(when[from], when[relation.to as usize]))
    });
    let mut sagas: Vec<Vec<Vec<usize>>> = together
        .into_iter()
        .map(|mut own| {
            own.sort_unstable();
            saga(own.into_iter().map(articles).collect(), when, ids)
        })
        .collect();
    let newest = |saga: &Vec<Vec<usize>>| saga.iter().flatten().filter_map(|&n| when[n].minutes).max();
    let first = |saga: &Vec<Vec<usize>>| ids[saga[0][0]];
    sagas.sort_by(|a, b| newest(b).cmp(&newest(a)).then_with(|| first(a).cmp(first(b))));
    let mut out = Sagas::default();
    for saga in &sagas {
        out.push(saga);
    }
    out
}

/// The events of a saga in the order in which they happened.
fn saga(mut events: Vec<Vec<usize>>, when: &[Moment], ids: &[&str]) -> Vec<Vec<usize>> {
    let times = || events.iter().flatten().filter_map(|&n| when[n].minutes);
    let span = times().min().zip(times().max());
    events.sort_by_cached_key(|event| {
        let dated = event.iter().filter_map(|&n| when[n].minutes).min();
        let told = || event.iter().find_map(|&n| within(when[n].day?, span?));
        (dated.or_else(told).unwrap_or(i64::MAX), ids[event[0]])
    });
    events
}

/// Minutes since 1970 of a month and day, where only one year puts it into a span.
fn within((month, day): (i8, i8), (first, last): (i64, i64)) -> Option<i64> {
    let epoch = Date::constant(1970, 1, 1);
    let day_of = |minutes: i64| epoch.checked_add(jiff::Span::new().days(minutes.div_euclid(DAY))).ok();
    let (first, last) = (day_of(first)?, day_of(last)?);
    let mut fitting = (first.year()..=last.year())
        .filter_map(|year| Date::new(year, month, day).ok())
        .filter(|date| (first..=last).contains(date));
    let (date, None) = (fitting.next()?, fitting.next()) else { return None };
    Some(i64::from(date.since(epoch).ok()?.get_days()) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_year_is_placed_where_only_one_year_fits() {
        let minutes = |y, m, d| {
            let span = Date::constant(y, m, d).since(Date::constant(1970, 1, 1)).expect("a span");
            i64::from(span.get_days()) * DAY
        };
        let span = (minutes(2024, 6, 19), minutes(2025, 9, 3));
        for (told, expect) in [
            ((11, 30), Some(minutes(2024, 11, 30))),
            ((2, 29), None),
            // In two years, and in none.
            ((7, 1), None),
            ((13, 1), None),
        ] {
            assert_eq!(within(told, span), expect, "{told:?}");
        }
        assert_eq!(within((11, 30), (minutes(2024, 12, 1), minutes(2025, 3, 1))), None);
    }
}
