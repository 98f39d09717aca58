//! The tables of a press review: who reports what, an outlet a column.
//!
//! Owns: what columns are called (the outlets' names where there is room, else short ones, else letters), signs and rows.
//! Refuses: to look anything up: that is [`Page`]'s. Tests: at the foot; key scripts in `tests/it/press_review.rs`.

use super::panel::{Fold, Look};
use super::review_lines::{Page, date, one_line};
use super::review_who::{self, column_of, holder};
use super::words::Msg;
use crate::article::Dated;
use crate::library::Reviewed;
use crate::story::review::{Cell, Figure, Place, Row};
use crate::text::{fill, fit, pad, width};

/// Cells of the first column, where its words need no more; where columns are many.
const WHAT: usize = 34;
const LEAST_WHAT: usize = 24;
/// Cells of an outlet's name at the head of a column, at most and at least; of a short one.
const NAME: usize = 16;
const LEAST_NAME: usize = 4;
const SHORT_NAME: usize = 7;
/// Cells from one dash of a leader to the next: a whole line in every row would be louder than what it leads to.
const DASH: usize = 4;
/// Between what letters stand for.
const BETWEEN: &str = " · ";
/// What columns are called where there is no room for names.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Rows up to which a table is shown whole, though only one outlet has some of them; shared passages that are shown.
const WHOLE: usize = 12;

/// What columns are called, each in the cells that its column has.
pub(super) struct Heads {
    names: Vec<String>,
    /// Cells of each, with the blanks behind it.
    widths: Vec<usize>,
    /// What the names stand for, where they are not the outlets' own: below each table.
    legend: String,
    /// The same in few lines, where the columns have only letters: they stay in sight.
    foot: Vec<String>,
    /// Some columns have no room.
    cut: bool,
}

impl Heads {
    fn of(names: Vec<String>, gap: usize) -> Self {
        let widths = names.iter().map(|n| width(n).max(LEAST_NAME) + gap).collect();
        Self { names, widths, legend: String::new(), foot: Vec::new(), cut: false }
    }

    fn row(&self) -> String {
        let cells = self.names.iter().zip(&self.widths).map(|(name, cells)| pad(name, *cells));
        cells.collect::<String>().trim_end().to_owned()
    }

    fn cells(&self) -> usize {
        self.widths.iter().sum()
    }

    /// Who has something, in the cells of all columns.
    pub(super) fn signs(&self, reviewed: &Reviewed, cells: &[Cell]) -> String {
        let mut signs = vec![""; self.widths.len()];
        for (column, sign) in review_who::signs(reviewed, cells).filter(|s| s.0 < self.widths.len()) {
            signs[column] = sign;
        }
        signs.iter().zip(&self.widths).map(|(sign, cells)| pad(sign, *cells)).collect()
    }
}

/// A name in a few cells: its first letters where it has several words, as the press is called for short.
fn short(name: &str, unknown: Option<usize>) -> String {
    if let Some(n) = unknown {
        return review_who::unknown_sign(n);
    }
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if width(name) <= SHORT_NAME || words.len() < 2 {
        return fit(name, SHORT_NAME).into_owned();
    }
    let initials = words.iter().filter_map(|w| w.chars().next()).flat_map(char::to_uppercase);
    fit(&initials.collect::<String>(), SHORT_NAME).into_owned()
}

/// What letters stand for, in lines of so many cells.
fn foot(letters: &[String], own: &[String], room: usize) -> Vec<String> {
    fill(letters.iter().zip(own).map(|(letter, name)| format!("{letter} {name}")), BETWEEN, room)
}

/// A row: what, how it looks, who has it, whether it is shown though only one column has it.
struct What<'a> {
    look: Look,
    text: String,
    cells: &'a [Cell],
    shown: bool,
}

impl<'a> What<'a> {
    fn new((look, text): (Look, String), cells: &'a [Cell]) -> Self {
        Self { look, text: one_line(&text), cells, shown: cells.len() > 1 }
    }
}

impl<'a> Page<'a> {
    /// Who reports what: quotes, names, numbers, passages, days by outlet.
    pub(super) fn tables(&mut self) {
        let review = &self.reviewed.review;
        let heads = self.heads();
        self.sheet.foot.clone_from(&heads.foot);
        self.columns(&heads);
        self.quotes(Some(&heads));
        let names = review.names.iter().map(|r| What::new(self.name(r.what), &r.cells)).collect();
        self.table(Msg::ReviewNames, &heads, names);
        let numbers = self.numbers();
        self.table(Msg::ReviewNumbers, &heads, numbers);
        self.shared(&heads);
        let days = |r: &'a Row<Dated>| What::new((Look::Date, date(&r.what)), &r.cells);
        self.table(Msg::ReviewDates, &heads, review.dates.iter().map(days).collect());
    }

    /// What there is to tell where all is of one column: no signs, as there is nobody to compare with. Of one article its names
    /// stand beside it.
    pub(super) fn lists(&mut self) {
        let review = &self.reviewed.review;
        if review.columns.iter().any(|c| !c.copies.is_empty()) {
            let heads = self.heads();
            self.columns(&heads);
        }
        self.quotes(None);
        if self.reviewed.articles.len() > 1 {
            let names: Vec<What<'_>> =
                review.names.iter().map(|r| What::new(self.name(r.what), &r.cells)).collect();
            self.rows(Msg::ReviewNames, &names);
        }
        let numbers = self.numbers();
        self.rows(Msg::ReviewNumbers, &numbers);
        if self.reviewed.articles.len() > 1 {
            let days = |r: &'a Row<Dated>| What::new((Look::Date, date(&r.what)), &r.cells);
            let dates: Vec<What<'_>> = review.dates.iter().map(days).collect();
            self.rows(Msg::ReviewDates, &dates);
        }
    }

    /// Rows without signs, folded where they are many.
    fn rows(&mut self, msg: Msg, rows: &[What<'_>]) {
        let rows: Vec<&What<'_>> = rows.iter().collect();
        let Some(place) = rows.first().and_then(|r| r.cells.first()?.places.first()) else { return };
        self.section(msg, rows.len());
        if rows.len() > WHOLE {
            return self.list(Fold::Rows(msg, None), (place.piece, place.range.start), String::new(), &rows);
        }
        for row in rows {
            if let Some(place) = row.cells.first().and_then(|c| c.places.first()) {
                let stop = self.stop(place.piece, place.range.start);
                let text = fit(&row.text, self.sheet.width).into_owned();
                self.sheet.line(vec![(row.look, text)], stop);
            }
        }
    }

    fn numbers(&self) -> Vec<What<'a>> {
        let row = |r: &'a Row<Figure>| {
            let what = What::new((Look::Text, r.what.text.clone()), &r.cells);
            // Beside a number that another outlet rounds it is compared.
            What { shown: what.shown || r.what.near, ..what }
        };
        self.reviewed.review.numbers.iter().map(row).collect()
    }

    /// The outlets' names where all of them have room, else short ones, else letters.
    fn heads(&self) -> Heads {
        let columns = &self.reviewed.review.columns;
        let room = self.sheet.width;
        let own: Vec<String> = columns.iter().map(|c| self.outlet(c.pieces[0])).collect();
        let named = Heads::of(own.iter().map(|n| fit(n, NAME).into_owned()).collect(), 2);
        if leave_room(named.cells(), room) {
            return named;
        }
        let unknown = |n: usize| {
            let piece = columns[n].pieces[0];
            self.reviewed.unknown(piece).filter(|_| columns[n].outlet.is_none())
        };
        let shorts: Vec<String> = own.iter().enumerate().map(|(n, name)| short(name, unknown(n))).collect();
        let names = shorts.clone();
        let distinct = (1..names.len()).all(|n| !names[..n].contains(&names[n]));
        let stands_for = |names: &[String]| {
            // What is only cut off can be read; so can a sign that leads the name.
            let told =
                |(name, own): &(&String, &String)| name.ends_with('…') || own.starts_with(name.as_str());
            let other = names.iter().zip(&own).filter(|pair| !told(pair));
            other.map(|(name, own)| format!("{name} {own}")).collect::<Vec<_>>().join(" · ")
        };
        let legend = stands_for(&names);
        let shorter = Heads { legend, ..Heads::of(names, 1) };
        if distinct && LEAST_WHAT + 1 + shorter.cells() <= room {
            return shorter;
        }
        let shown = columns.len().min(LETTERS.len()).min(room.saturating_sub(12) / 2).max(1);
        let names: Vec<String> = LETTERS[..shown].iter().map(|l| char::from(*l).to_string()).collect();
        let whole = foot(&names, &own, room);
        let foot = if whole.len() <= 1 { whole } else { foot(&names, &shorts, room) };
        Heads { legend: stands_for(&names), foot, widths: vec![2; shown], names, cut: shown < columns.len() }
    }

    /// The outlets, and who reprints them.
    fn columns(&mut self, heads: &Heads) {
        let (columns, words) = (&self.reviewed.review.columns, self.cx.words());
        self.sheet.dates = false;
        let count = words.count(Msg::ReviewColumns, columns.len());
        self.sheet.section(format!("{} · {count}", words.get(Msg::ReviewWho)));
        for (n, column) in columns.iter().enumerate() {
            let stop = self.stop(column.pieces[0], 0);
            let name = column_of(self.reviewed, n, words);
            let head = match heads.names.get(n) {
                _ if heads.legend.is_empty() => String::new(),
                Some(head) if name.starts_with(head.as_str()) || head.ends_with('…') => String::new(),
                Some(head) => format!("{head} "),
                None => "· ".to_owned(),
            };
            let name = fit(&name, self.sheet.width.saturating_sub(width(&head))).into_owned();
            self.sheet.line(vec![(Look::Sign, head), (Look::Outlet, name)], stop);
        }
    }

    /// The head row over signs at the edge. It leads where the first row does: it is the first line of the section.
    pub(super) fn heads_at_edge(&mut self, heads: &Heads) {
        let blank = " ".repeat(self.sheet.width.saturating_sub(heads.cells()));
        let first = Some(self.sheet.stops());
        self.sheet.line(vec![(Look::Dim, blank), (Look::Sign, heads.row())], first);
    }

    /// Rows over the columns. What only one column has is folded, by column, where there is much of it.
    fn table(&mut self, msg: Msg, heads: &Heads, rows: Vec<What<'a>>) {
        if rows.is_empty() {
            return;
        }
        self.section(msg, rows.len());
        // All tables have their columns in one place, under those of the quotes.
        let what = self.sheet.width.saturating_sub(heads.cells() + 1).max(1);
        let few = rows.len() <= WHOLE;
        let (shown, alone): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| few || row.shown);
        if !shown.is_empty() {
            self.heads_at_edge(heads);
        }
        let is_table = !shown.is_empty();
        for row in &shown {
            self.row(row, what, heads);
        }
        self.alone(msg, &alone);
        if is_table {
            self.legend(heads);
        }
    }

    fn row(&mut self, row: &What<'_>, what: usize, heads: &Heads) {
        let Some(place) = row.cells.first().and_then(|c| c.places.first()) else { return };
        let stop = self.stop(place.piece, place.range.start);
        let text = fit(&row.text, what).into_owned();
        let leader = leader(width(&text), what + 1);
        let signs = heads.signs(self.reviewed, row.cells).trim_end().to_owned();
        self.sheet.line(vec![(row.look, text), (Look::Rule, leader), (Look::Sign, signs)], stop);
    }

    /// Passages that some columns share: those that most have, the others folded.
    fn shared(&mut self, heads: &Heads) {
        let rows = &self.reviewed.review.shared;
        if rows.is_empty() {
            return;
        }
        self.section(Msg::ReviewShared, rows.len());
        self.heads_at_edge(heads);
        let what = self.sheet.width.saturating_sub(heads.cells() + 1).max(1);
        let row = |r: &'a Row<Place>| What::new((Look::Text, self.text(&r.what)), &r.cells);
        let rows: Vec<What<'a>> = rows.iter().map(row).collect();
        let (shown, rest) = rows.split_at(rows.len().min(WHOLE));
        for row in shown {
            self.row(row, what, heads);
        }
        let Some(place) = rest.first().and_then(|r| r.cells.first()?.places.first()) else {
            return self.legend(heads);
        };
        let fold = Fold::Rows(Msg::ReviewShared, None);
        let open = self.open.contains(&fold);
        let stop = self.fold(place.piece, place.range.start, fold);
        let label = (Look::Dim, self.cx.words().get(Msg::ReviewMore).to_owned());
        let hidden = self.more(if open { 0 } else { rest.len() });
        self.sheet.folded(open, &label, &(Look::Dim, String::new()), &hidden, stop);
        for row in rest.iter().filter(|_| open) {
            self.row(row, what, heads);
        }
        self.legend(heads);
    }

    /// The rows that only one column has, by outlet.
    fn alone(&mut self, msg: Msg, rows: &[What<'_>]) {
        let mut groups: Vec<(usize, String, Vec<&What<'_>>)> = Vec::new();
        for row in rows {
            let piece = holder(self.reviewed, &row.cells[0]);
            let outlet = self.outlet(piece);
            match groups.iter_mut().find(|g| g.1 == outlet) {
                Some(group) => group.2.push(row),
                None => groups.push((piece, outlet, vec![row])),
            }
        }
        let column = |piece| self.reviewed.review.columns.iter().position(|c| c.has(piece));
        groups.sort_by_key(|g| (column(g.0), self.reviewed.review.is_reprint(g.0)));
        for (piece, outlet, rows) in groups {
            let Some(place) = rows[0].cells[0].places.first() else { continue };
            let label = self.cx.words().fill(Msg::ReviewOnlyBy, &[("outlet", &outlet)]);
            self.list(Fold::Rows(msg, Some(piece)), (place.piece, place.range.start), label, &rows);
        }
    }

    /// Rows in a line, as many as have room; behind it each.
    fn list(&mut self, fold: Fold, (piece, at): (usize, usize), label: String, rows: &[&What<'_>]) {
        let open = self.open.contains(&fold);
        let stop = self.fold(piece, at, fold);
        let words = self.cx.words();
        let more = |hidden: usize| format!("+{}", words.number(hidden));
        let items: Vec<String> = rows.iter().map(|r| r.text.clone()).collect();
        self.sheet.folded_list(open, &(Look::Dim, label), (Look::Dim, &items), &more, stop);
        for row in rows.iter().filter(|_| open) {
            if let Some(place) = row.cells.first().and_then(|c| c.places.first()) {
                let stop = self.stop(place.piece, place.range.start);
                self.sheet.entry(&(Look::Outlet, String::new()), row.look, &row.text, stop);
            }
        }
    }

    /// What the signs of a table mean, and its heads.
    pub(super) fn legend(&mut self, heads: &Heads) {
        let words = self.cx.words();
        let signs = review_who::legend(self.reviewed, words);
        let mut told = vec![signs.as_str()];
        if !heads.legend.is_empty() {
            told.push(&heads.legend);
        }
        if heads.cut {
            told.push(words.get(Msg::ReviewNoColumn));
        }
        self.sheet.words(Look::Dim, &told.join(" · "), None);
    }
}

/// What leads the eye from the words of a row to its signs: a broken line, as dots would look like signs themselves; its dashes
/// stand under each other.
fn leader(from: usize, to: usize) -> String {
    (from..to).map(|at| if at > from && at + 1 < to && at % DASH == 0 { '┈' } else { ' ' }).collect()
}

/// Columns of so many cells leave enough of a line: the first column of a table, and half of it to quotes, which stand over the
/// same columns.
fn leave_room(cells: usize, room: usize) -> bool {
    WHAT + 1 + cells <= room && 2 * cells <= room
}

#[cfg(test)]
mod tests {
    use super::{Heads, NAME, foot, leader, leave_room, short};

    #[test]
    fn what_letters_stand_for_is_in_lines() {
        let words = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (letters, own) = (words(&["A", "B"]), words(&["Hà Vân Báo", "Lạc Phong Online"]));
        assert_eq!(foot(&letters, &own, 40), ["A Hà Vân Báo · B Lạc Phong Online"]);
        assert_eq!(foot(&letters, &own, 20), ["A Hà Vân Báo", "B Lạc Phong Online"]);
    }

    #[test]
    fn what_leads_to_the_signs_is_none_itself() {
        for (from, to, expect) in [(3, 12, " ┈   ┈   "), (4, 12, "    ┈   "), (3, 5, "  "), (3, 3, "")]
        {
            assert_eq!(leader(from, to), expect, "{from}..{to}");
        }
    }

    #[test]
    fn outlets_are_called_by_their_first_letters() {
        for (name, unknown, expect) in [
            ("Bến Bờ", None, "Bến Bờ"),
            ("Tin Sông 24h", None, "TS2"),
            ("An ninh Bến Đò", None, "ANBĐ"),
            ("VanKheOnline", None, "VanKhe…"),
            ("?2 không rõ báo", Some(2), "?2"),
        ] {
            assert_eq!(short(name, unknown), expect);
        }
    }

    #[test]
    fn names_of_outlets_leave_half_of_the_line_to_what_they_tell() {
        // Names as wide as they may be, on screens of 80, 120 and 200 columns.
        for (outlets, room, expect) in
            [(2, 76, true), (3, 76, false), (3, 116, true), (4, 116, false), (5, 183, true), (6, 183, false)]
        {
            let heads = Heads::of(vec!["x".repeat(NAME); outlets], 2);
            assert_eq!(leave_room(heads.cells(), room), expect, "{outlets} in {room}");
        }
    }
}
