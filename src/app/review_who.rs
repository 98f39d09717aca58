//! Who tells a story, in words: outlets, columns with their reprints, how many there are, how late each was.
//!
//! Owns: what the screen and the exported page call them. Refuses: layout. Tests: key scripts in `tests/it/press_review.rs`.

use super::when;
use super::words::{Msg, Words};
use crate::article::{Dated, Precision};
use crate::library::Reviewed;
use crate::story::review::{Cell, Report};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Who put a piece out. Where that is not known of several, they are numbered, as each stands for itself.
pub fn outlet_of(reviewed: &Reviewed, piece: usize, words: &Words) -> String {
    if let Some(outlet) = reviewed.outlets.get(piece).and_then(Option::as_deref) {
        return outlet.to_owned();
    }
    let unknown = words.get(Msg::ReviewNoOutlet);
    reviewed.unknown(piece).map_or_else(|| unknown.to_owned(), |n| format!("{unknown} ({})", words.number(n)))
}

/// Some pieces' outlets, each once, in their order.
fn each(reviewed: &Reviewed, pieces: impl Iterator<Item = usize>, words: &Words) -> Vec<String> {
    let mut outlets: Vec<String> = Vec::new();
    for outlet in pieces.map(|piece| outlet_of(reviewed, piece, words)) {
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    outlets
}

/// A column: its outlet, and those that reprint it.
pub fn column_of(reviewed: &Reviewed, column: usize, words: &Words) -> String {
    let Some(column) = reviewed.review.columns.get(column) else { return String::new() };
    let all = each(reviewed, column.pieces.iter().take(1).chain(&column.copies).copied(), words);
    let Some((own, reprints)) = all.split_first() else { return String::new() };
    if reprints.is_empty() {
        return own.clone();
    }
    format!("{own}, {}", words.fill(Msg::ReviewReprint, &[("names", &reprints.join(", "))]))
}

/// The outlets in whose pieces something stands.
pub fn outlets_of(reviewed: &Reviewed, cells: &[Cell], words: &Words) -> Vec<String> {
    each(reviewed, cells.iter().flat_map(|c| &c.places).map(|p| p.piece), words)
}

/// How many articles of how many outlets.
pub fn counts(reviewed: &Reviewed, words: &Words) -> String {
    let unknown = reviewed.outlets.iter().filter(|o| o.is_none()).count();
    let known = reviewed.outlet_count();
    let mut counts = vec![words.count(Msg::Articles, reviewed.articles.len())];
    if known > 0 {
        counts.push(words.count(Msg::ReviewOutlets, known));
    }
    if unknown > 0 && known > 0 {
        counts.push(words.count(Msg::ReviewUnknown, unknown));
    } else if unknown > 0 {
        counts.push(words.get(Msg::ReviewNoOutlet).to_owned());
    }
    counts.join(" · ")
}

/// How late a report was after the first one, in hours or in days of the calendar as the days between are told; empty for
/// the first.
pub fn behind(reviewed: &Reviewed, report: &Report, words: &Words) -> String {
    let Some(minutes) = report.behind.filter(|minutes| *minutes > 0) else { return String::new() };
    let day = |dated: &Dated| {
        let when = dated.when();
        (when.precision >= Precision::Day).then(|| when.at.date())
    };
    let first = reviewed.review.reports.first().and_then(|r| r.published.as_ref());
    let days = first.and_then(day).zip(report.published.as_ref().and_then(day));
    let days =
        days.and_then(|(from, to)| to.since(from).ok()).map_or(0, |span| span.get_days().unsigned_abs());
    let told = if minutes < DAY || days == 0 {
        when::stretch(minutes, words)
    } else {
        words.count(Msg::ShortDays, days as usize)
    };
    format!("+{told}")
}
