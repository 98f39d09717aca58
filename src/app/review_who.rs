//! Who tells a story, in words and signs: outlets, columns with their reprints, who has something, how late each was.
//!
//! Owns: what the screen and the exported page call them; that an outlet is said to have what its own text has, and no
//! reprint's. Refuses: layout. Tests: key scripts in `tests/it/press_review.rs`.

use super::when;
use super::words::{Msg, Words};
use crate::article::{Dated, Precision};
use crate::library::Reviewed;
use crate::story::review::{Cell, Passage, Place, Report};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Had it first; has it too. Hollow where that is true of a reprint only.
const FIRST: &str = "◉";
const ALSO: &str = "•";
const FIRST_REPRINT: &str = "◎";
const ALSO_REPRINT: &str = "○";

/// The signs of those who have something, in the order of their cells.
pub fn signs<'a>(
    reviewed: &'a Reviewed,
    cells: &'a [Cell],
) -> impl Iterator<Item = (usize, &'static str)> + 'a {
    let reprinted = |place: &Place| reviewed.review.is_reprint(place.piece);
    cells.iter().enumerate().map(move |(n, cell)| {
        let sign = match n {
            0 if reprinted(&cell.places[0]) => FIRST_REPRINT,
            0 => FIRST,
            _ if cell.places.iter().all(reprinted) => ALSO_REPRINT,
            _ => ALSO,
        };
        (cell.column, sign)
    })
}

/// What the signs mean, those of reprints where there are any.
pub fn legend(reviewed: &Reviewed, words: &Words) -> String {
    let review = &reviewed.review;
    let mut rows = (review.names.iter().map(|row| &row.cells))
        .chain(review.numbers.iter().map(|row| &row.cells))
        .chain(review.dates.iter().map(|row| &row.cells))
        .chain(review.statements.iter().map(|statement| &statement.cells))
        .chain(review.shared.iter().map(|row| &row.cells));
    let hollow = |sign: &str| matches!(sign, FIRST_REPRINT | ALSO_REPRINT);
    let mut told = vec![words.get(Msg::ReviewLegend)];
    if rows.any(|cells| signs(reviewed, cells).any(|(_, sign)| hollow(sign))) {
        told.push(words.get(Msg::ReviewLegendReprint));
    }
    told.join(" · ")
}

/// The piece that stands for a column where it has something: its own, or a reprint that alone has it.
pub fn holder(reviewed: &Reviewed, cell: &Cell) -> usize {
    let own = cell.places.iter().find(|place| !reviewed.review.is_reprint(place.piece));
    own.unwrap_or(&cell.places[0]).piece
}

/// Who put a piece out. Where that is not known of several, they are numbered, as each stands for itself.
pub fn outlet_of(reviewed: &Reviewed, piece: usize, words: &Words) -> String {
    if let Some(outlet) = reviewed.outlets.get(piece).and_then(Option::as_deref) {
        return outlet.to_owned();
    }
    let unknown = words.get(Msg::ReviewNoOutlet);
    // The number comes first: what is cut for want of room keeps it.
    reviewed.unknown(piece).map_or_else(|| unknown.to_owned(), |n| format!("{} {unknown}", unknown_sign(n)))
}

/// What stands for one of several whose outlet is not known.
pub(super) fn unknown_sign(n: usize) -> String {
    format!("?{n}")
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
    let Some(&piece) = column.pieces.first() else { return String::new() };
    let all = each(reviewed, std::iter::once(piece).chain(column.copies.iter().copied()), words);
    let Some((own, reprints)) = all.split_first() else { return String::new() };
    if reprints.is_empty() {
        return own.clone();
    }
    format!("{own}, {}", words.fill(Msg::ReviewReprint, &[("names", &reprints.join(", "))]))
}

/// Who alone has a passage: one outlet. Who reprints it with the rest of its text stands with the columns.
pub fn passage_of(reviewed: &Reviewed, passage: &Passage, words: &Words) -> String {
    outlet_of(reviewed, passage.place.piece, words)
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
        when::lapse(minutes, words)
    } else {
        when::days(days as usize, words)
    };
    format!("+{told}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Lang;
    use crate::entity::EntityIx;
    use crate::story::review::{Column, Review, Row};

    #[test]
    fn a_sign_is_hollow_where_only_a_reprint_has_it() {
        let column = |pieces: &[usize], copies: &[usize]| Column {
            outlet: None,
            pieces: pieces.to_vec(),
            copies: copies.to_vec(),
        };
        let columns = vec![column(&[0], &[1]), column(&[2, 5], &[3]), column(&[4], &[])];
        let reviewed = Reviewed { review: Review { columns, ..Review::default() }, ..Reviewed::default() };
        let cell = |column: usize, pieces: &[usize]| Cell {
            column,
            places: pieces.iter().map(|&piece| Place { piece, range: 0..1 }).collect(),
        };
        for (cells, expect) in [
            (vec![cell(0, &[0, 1]), cell(1, &[3])], "◉○"),
            (vec![cell(0, &[1]), cell(1, &[2, 3])], "◎•"),
            // What its outlet told later is the outlet's own, but not first.
            (vec![cell(1, &[3, 5]), cell(2, &[4])], "◎•"),
            (vec![cell(0, &[0]), cell(1, &[3, 5])], "◉•"),
        ] {
            let told: String = signs(&reviewed, &cells).map(|s| s.1).collect();
            assert_eq!(told, expect, "{cells:?}");
            // Hollow signs are explained where one stands.
            let names = vec![Row { what: EntityIx(0), cells }];
            let review = Review { names, ..reviewed.review.clone() };
            let explained =
                legend(&Reviewed { review, ..Reviewed::default() }, Lang::En.words()).contains('◎');
            assert_eq!(explained, expect.contains(['◎', '○']), "{expect}");
        }
    }
}
