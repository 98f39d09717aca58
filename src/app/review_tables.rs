//! The tables of a press review: who reports what, an outlet a column.
//!
//! Owns: what columns are called (the outlets' names where there is room, else letters with a legend), signs and rows.
//! Refuses: to look anything up: that is [`Page`]'s. Tests: key scripts in `tests/it/press_review.rs`.

use super::panel::{Fold, Look};
use super::review_lines::{Page, date};
use super::words::Msg;
use crate::article::Dated;
use crate::story::review::{Cell, Row};
use crate::text::{fit, pad, width};

/// Cells of the first column, where its words need no more.
const WHAT: usize = 34;
/// Cells of an outlet's name at the head of a column, at most and at least.
const NAME: usize = 16;
const LEAST_NAME: usize = 4;
/// What columns are called where there is no room for names.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Rows up to which a table is shown whole, though only one outlet has some of them.
const WHOLE: usize = 12;
/// Had it first; has it too.
const FIRST: &str = "◉";
const ALSO: &str = "•";

/// What columns are called, each in the cells that its column has.
enum Heads {
    Names(Vec<String>),
    Letters(usize),
}

impl Heads {
    /// How many columns there are, and how wide each is with the blank behind it.
    fn widths(&self) -> Vec<usize> {
        match self {
            Self::Names(names) => names.iter().map(|n| width(n).max(LEAST_NAME) + 2).collect(),
            Self::Letters(shown) => vec![2; *shown],
        }
    }

    fn row(&self) -> String {
        let name = |n: usize| match self {
            Self::Names(names) => names[n].clone(),
            Self::Letters(_) => char::from(LETTERS[n]).to_string(),
        };
        let cells = self.widths().into_iter().enumerate().map(|(n, cells)| pad(&name(n), cells));
        cells.collect::<String>().trim_end().to_owned()
    }

    fn cells(&self) -> usize {
        self.widths().iter().sum()
    }
}

/// A row: what, how it looks, who has it.
type What<'a> = ((Look, String), &'a [Cell]);

impl<'a> Page<'a> {
    /// Who reports what: names, numbers, days by outlet.
    pub(super) fn tables(&mut self) {
        let review = &self.reviewed.review;
        let heads = self.heads();
        self.columns(&heads);
        let names = review.names.iter().map(|r| (self.name(r.what), r.cells.as_slice())).collect();
        self.table(Msg::ReviewNames, &heads, names);
        let numbers = review.numbers.iter().map(|r| ((Look::Text, r.what.text.clone()), r.cells.as_slice()));
        self.table(Msg::ReviewNumbers, &heads, numbers.collect());
        let days = |r: &'a Row<Dated>| ((Look::Date, date(&r.what)), r.cells.as_slice());
        self.table(Msg::ReviewDates, &heads, review.dates.iter().map(days).collect());
    }

    /// The outlets' names where all of them have room beside the first column, else letters.
    fn heads(&self) -> Heads {
        let columns = &self.reviewed.review.columns;
        let names = columns.iter().map(|c| fit(&self.outlet(c.pieces[0]), NAME).into_owned());
        let named = Heads::Names(names.collect());
        if WHAT + 1 + named.cells() <= self.sheet.width {
            return named;
        }
        let room = self.sheet.width.saturating_sub(12) / 2;
        Heads::Letters(columns.len().min(LETTERS.len()).min(room).max(1))
    }

    /// The outlets, with how often others reprint them.
    fn columns(&mut self, heads: &Heads) {
        let columns = &self.reviewed.review.columns;
        self.section(Msg::ReviewWho, columns.len());
        for (n, column) in columns.iter().enumerate() {
            let stop = self.stop(column.pieces[0], 0);
            let name = self.reprinted(column.pieces[0], column.copies.len());
            let letter = match heads {
                Heads::Names(_) => String::new(),
                Heads::Letters(shown) if n < *shown => format!("{} ", char::from(LETTERS[n])),
                Heads::Letters(_) => "· ".to_owned(),
            };
            let name = fit(&name, self.sheet.width.saturating_sub(width(&letter))).into_owned();
            self.sheet.line(vec![(Look::Sign, letter), (Look::Outlet, name)], stop);
        }
    }

    /// Rows over the columns. What only one outlet has is folded where there is much of it.
    fn table(&mut self, msg: Msg, heads: &Heads, rows: Vec<What<'a>>) {
        if rows.is_empty() {
            return;
        }
        self.section(msg, rows.len());
        let columns = self.reviewed.review.columns.len();
        let longest = rows.iter().map(|((_, text), _)| width(text)).max().unwrap_or(0);
        let room = self.sheet.width.saturating_sub(heads.cells() + 1);
        let what = longest.min(self.sheet.width / 2).max(WHAT).min(room).max(1);
        let few = rows.len() <= WHOLE || columns < 2;
        let (shared, alone): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| few || r.1.len() > 1);
        let stops = self.sheet.stops();
        if columns > 1 {
            // The head leads where the first row does: it is the first line of the section.
            let first = (!shared.is_empty()).then_some(stops);
            self.sheet.line(vec![(Look::Dim, " ".repeat(what + 1)), (Look::Sign, heads.row())], first);
        }
        for row in shared {
            self.row(row, what, heads);
        }
        self.alone(msg, alone, what, heads);
        self.legend(heads);
    }

    fn row(&mut self, ((look, text), cells): What<'_>, what: usize, heads: &Heads) {
        let Some(place) = cells.first().and_then(|c| c.places.first()) else { return };
        let stop = self.stop(place.piece, place.range.start);
        let widths = heads.widths();
        let mut signs = vec![""; widths.len()];
        for (n, cell) in cells.iter().enumerate().filter(|(_, c)| c.column < widths.len()) {
            signs[cell.column] = if n == 0 { FIRST } else { ALSO };
        }
        let signs: String = signs.iter().zip(&widths).map(|(sign, cells)| pad(sign, *cells)).collect();
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = pad(&fit(&text, what), what + 1);
        self.sheet.line(vec![(look, text), (Look::Sign, signs.trim_end().to_owned())], stop);
    }

    /// The rows that only one outlet has.
    fn alone(&mut self, msg: Msg, rows: Vec<What<'_>>, what: usize, heads: &Heads) {
        let place = rows.first().and_then(|r| r.1.first()?.places.first()).cloned();
        let Some(place) = place else { return };
        let fold = Fold::Rows(msg);
        let open = self.open.contains(&fold);
        let stop = self.fold(place.piece, place.range.start, fold);
        let words = self.cx.words();
        let label = (Look::Dim, words.get(Msg::ReviewOnly).to_owned());
        let some: Vec<String> = rows.iter().take(WHOLE).map(|r| r.0.1.trim().to_owned()).collect();
        let some = (Look::Dim, if open { String::new() } else { some.join(" · ") });
        self.sheet.folded(open, &label, &some, &format!("+{}", words.number(rows.len())), stop);
        if open {
            for row in rows {
                self.row(row, what, heads);
            }
        }
    }

    /// What the signs of a table mean.
    fn legend(&mut self, heads: &Heads) {
        let words = self.cx.words();
        let columns = self.reviewed.review.columns.len();
        let signs: &[Msg] = match heads {
            _ if columns < 2 => &[],
            Heads::Names(_) => &[Msg::ReviewLegend],
            Heads::Letters(shown) if *shown < columns => {
                &[Msg::ReviewLegend, Msg::ReviewLetters, Msg::ReviewNoColumn]
            }
            Heads::Letters(_) => &[Msg::ReviewLegend, Msg::ReviewLetters],
        };
        let told: Vec<&str> = signs.iter().map(|msg| words.get(*msg)).collect();
        if !told.is_empty() {
            self.sheet.words(Look::Dim, &told.join(" · "), None);
        }
    }
}
