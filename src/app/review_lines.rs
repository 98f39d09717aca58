//! The lines of a press review, for a width and in a language.

use super::cx::Cx;
use super::panel::{LINES, Look, Sheet};
use super::when;
use super::words::{Msg, Words};
use crate::article::{Dated, Precision};
use crate::entity::EntityIx;
use crate::library::{Entry, Reviewed};
use crate::story::review::{Cell, Passage, Place, Row, Statement};
use crate::text::{fit, pad, width};
use jiff::civil::Date;

/// Cells of the first column of a table, where its words need no more.
const WHAT: usize = 34;
/// What the columns of tables are called.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Had it first; has it too.
const FIRST: &str = "◉";
const ALSO: &str = "•";

/// Before the days on which nothing stands.
const GAP: &str = "⋯";

/// Who put a piece out. Where that is not known of several, they are numbered, as each stands for itself.
pub fn outlet_of(reviewed: &Reviewed, piece: usize, words: &Words) -> String {
    if let Some(outlet) = reviewed.outlets.get(piece).and_then(Option::as_deref) {
        return outlet.to_owned();
    }
    let unknown = words.get(Msg::ReviewNoOutlet);
    reviewed.unknown(piece).map_or_else(|| unknown.to_owned(), |n| format!("{unknown} ({})", words.number(n)))
}

/// Lays a review out.
pub(super) fn lines(reviewed: &Reviewed, width: usize, cx: &Cx<'_>) -> Sheet {
    let mut page = Page { reviewed, cx, sheet: Sheet::new(width) };
    page.head();
    page.reports();
    page.news();
    page.timeline();
    page.quotes();
    page.tables();
    page.passages(Msg::ReviewOnly, &reviewed.review.only);
    page.passages(Msg::ReviewSeen, &reviewed.review.seen);
    page.sheet
}

struct Page<'a> {
    reviewed: &'a Reviewed,
    cx: &'a Cx<'a>,
    sheet: Sheet,
}

impl<'a> Page<'a> {
    fn entry(&self, piece: usize) -> Option<&'a Entry> {
        self.cx.snapshot.entry(*self.reviewed.articles.get(piece)?)
    }

    fn outlet(&self, piece: usize) -> String {
        outlet_of(self.reviewed, piece, self.cx.words())
    }

    /// The look of a line that leads to a piece: what was read is dim, as in the list.
    fn look(&self, piece: usize, look: Look) -> Look {
        if self.reviewed.read.get(piece) == Some(&true) { Look::Dim } else { look }
    }

    /// Tells the days between two dates where whole ones lie there; `before` is the last date that was shown.
    fn gap(&mut self, before: &mut Option<Date>, date: &Dated) {
        if date.when().precision < Precision::Day {
            return;
        }
        let day = date.when().at.date();
        let Some(days) = before.replace(day).and_then(|b| day.since(b).ok()).map(|s| s.get_days()) else {
            return;
        };
        if days > 1 {
            let told = self.cx.words().count(Msg::ReviewGap, days.unsigned_abs() as usize);
            self.sheet.entry(&(Look::Dim, String::new()), Look::Dim, &format!("{GAP} {told}"), None);
        }
    }

    fn text(&self, place: &Place) -> String {
        let read = self.reviewed.texts.get(place.piece).and_then(Option::as_ref);
        let text = read.and_then(|r| r.plain.text.get(place.range.clone())).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn name(&self, entity: EntityIx) -> (Look, String) {
        let found = self.cx.snapshot.entities.get(entity);
        found.map_or((Look::Text, String::new()), |e| (Look::Name(e.kind), e.name.clone()))
    }

    /// A new stop.
    fn stop(&mut self, piece: usize, at: usize) -> Option<usize> {
        let article = *self.reviewed.articles.get(piece)?;
        Some(self.sheet.stop(article, at))
    }

    /// The head of a section with the number of its entries.
    fn section(&mut self, msg: Msg, count: usize) {
        let words = self.cx.words();
        self.sheet.section(format!("{} · {}", words.get(msg), words.number(count)));
    }

    fn head(&mut self) {
        let words = self.cx.words();
        let story = self.reviewed.articles.first().and_then(|ix| {
            let story = self.cx.snapshot.stories.of(ix.0 as usize)?;
            self.cx.snapshot.stories.all.get(story).map(|s| s.title.clone())
        });
        let title = story.or_else(|| self.entry(0).map(Entry::title)).unwrap_or_default();
        self.sheet.words(Look::Title, &title, None);
        let counts = [
            words.count(Msg::Articles, self.reviewed.articles.len()),
            words.count(Msg::ReviewOutlets, self.reviewed.outlet_count()),
        ];
        self.sheet.line(vec![(Look::Dim, counts.join(" · "))], None);
    }

    fn reports(&mut self) {
        let words = self.cx.words();
        self.section(Msg::ReviewReports, self.reviewed.review.reports.len());
        let mut before = None;
        for report in &self.reviewed.review.reports {
            if let Some(published) = &report.published {
                self.gap(&mut before, published);
            }
            let stop = self.stop(report.piece, 0);
            let date = report.published.as_ref().map(date).unwrap_or_default();
            // From the first report on: how late each outlet was.
            let behind = report.behind.filter(|minutes| *minutes > 0);
            let gap = behind.map(|m| format!("+{} · ", when::stretch(m, words))).unwrap_or_default();
            let title = self.entry(report.piece).map(Entry::title).unwrap_or_default();
            let text = format!("{gap}{} · {title}", self.outlet(report.piece));
            let (label, look) = (self.look(report.piece, Look::Date), self.look(report.piece, Look::Text));
            self.sheet.entry(&(label, date), look, &text, stop);
        }
    }

    /// What unread articles have and read ones have not.
    fn news(&mut self) {
        let news = self.reviewed.news();
        let count = news.names.len() + news.numbers.len() + news.statements.len();
        if count == 0 {
            return;
        }
        self.section(Msg::ReviewNews, count);
        for row in news.names {
            let (look, name) = self.name(row.what);
            self.place_line(&row.cells, look, &name);
        }
        for row in news.numbers {
            self.place_line(&row.cells, Look::Text, &row.what.text);
        }
        for statement in news.statements {
            let place = &statement.wordings[statement.fullest].place;
            let stop = self.stop(place.piece, place.range.start);
            self.sheet.entry(
                &(Look::Outlet, self.outlet(place.piece)),
                Look::Quote,
                &format!("“{}”", self.text(place)),
                stop,
            );
        }
    }

    /// Something behind the outlet that had it first.
    fn place_line(&mut self, cells: &[Cell], look: Look, text: &str) {
        let Some(place) = cells.first().and_then(|c| c.places.first()) else { return };
        let stop = self.stop(place.piece, place.range.start);
        self.sheet.entry(&(Look::Outlet, self.outlet(place.piece)), look, text, stop);
    }

    fn timeline(&mut self) {
        let events = &self.reviewed.review.timeline;
        if events.is_empty() {
            return;
        }
        self.section(Msg::ReviewTimeline, events.len());
        let mut before = None;
        for event in events {
            let Some(place) = event.cells.first().and_then(|c| c.places.first()) else { continue };
            self.gap(&mut before, &event.date);
            let stop = self.stop(place.piece, place.range.start);
            let outlets: Vec<String> = event.cells.iter().map(|c| self.outlet(c.places[0].piece)).collect();
            let look = |look| self.look(place.piece, look);
            let (label, told, by) = (look(Look::Date), look(Look::Text), look(Look::Outlet));
            self.sheet.entry(&(label, date(&event.date)), told, &self.text(place), stop);
            self.sheet.entry(&(label, String::new()), by, &outlets.join(" · "), stop);
        }
        if events.iter().any(|e| !e.date.mark().is_empty()) {
            self.sheet.words(Look::Dim, self.cx.words().get(Msg::ReviewInferred), None);
        }
    }

    fn quotes(&mut self) {
        let statements = &self.reviewed.review.statements;
        if statements.is_empty() {
            return;
        }
        self.section(Msg::ReviewQuotes, statements.len());
        for statement in statements {
            self.statement(statement);
        }
    }

    /// The fullest wording under its speaker, then the others, each with its outlet.
    fn statement(&mut self, statement: &Statement) {
        let nobody = || (Look::Dim, self.cx.words().get(Msg::ReviewNobody).to_owned());
        let speaker = statement.speaker.map_or_else(nobody, |s| self.name(s));
        let full = &statement.wordings[statement.fullest].place;
        let words = self.text(full);
        let stop = self.stop(full.piece, full.range.start);
        self.sheet.entry(&speaker, Look::Quote, &format!("“{words}”"), stop);
        let outlet = format!("— {}", self.outlet(full.piece));
        self.sheet.entry(&(Look::Dim, String::new()), Look::Outlet, &outlet, stop);
        for (n, wording) in statement.wordings.iter().enumerate().filter(|(n, _)| *n != statement.fullest) {
            let place = &wording.place;
            let stop = self.stop(place.piece, place.range.start);
            let (text, outlet) = (self.text(place), self.outlet(place.piece));
            let line = if text == words || n > 2 * LINES {
                format!("— {outlet}")
            } else {
                format!("— {outlet}: “{text}”")
            };
            self.sheet.entry(&(Look::Dim, String::new()), Look::Outlet, &line, stop);
        }
    }

    /// Who reports what: names, numbers, days by outlet, with a letter for each outlet.
    fn tables(&mut self) {
        let review = &self.reviewed.review;
        let shown =
            review.columns.len().min(LETTERS.len()).min(self.sheet.width.saturating_sub(12) / 2).max(1);
        self.section(Msg::ReviewWho, review.columns.len());
        for (n, column) in review.columns.iter().enumerate() {
            let stop = self.stop(column.pieces[0], 0);
            let mut name = self.outlet(column.pieces[0]);
            if !column.copies.is_empty() {
                let copies = self.cx.words().count(Msg::ReviewCopies, column.copies.len());
                name = format!("{name} (+{copies})");
            }
            let letter = if n < shown { char::from(LETTERS[n]) } else { '·' };
            let name = fit(&name, self.sheet.width.saturating_sub(2)).into_owned();
            self.sheet.line(vec![(Look::Sign, format!("{letter} ")), (Look::Outlet, name)], stop);
        }
        self.table(
            Msg::ReviewNames,
            shown,
            review.names.iter().map(|r| (self.name(r.what), r.cells.as_slice())).collect(),
        );
        let numbers = review.numbers.iter().map(|r| ((Look::Text, r.what.text.clone()), r.cells.as_slice()));
        self.table(Msg::ReviewNumbers, shown, numbers.collect());
        let days = |r: &'a Row<Dated>| ((Look::Date, date(&r.what)), r.cells.as_slice());
        self.table(Msg::ReviewDates, shown, review.dates.iter().map(days).collect());
    }

    fn table(&mut self, msg: Msg, shown: usize, rows: Vec<((Look, String), &'a [Cell])>) {
        if rows.is_empty() {
            return;
        }
        self.section(msg, rows.len());
        let longest = rows.iter().map(|((_, text), _)| width(text)).max().unwrap_or(0);
        let room = self.sheet.width.saturating_sub(2 * shown + 1);
        let what = longest.min(self.sheet.width / 2).max(WHAT).min(room).max(1);
        let letters: String = LETTERS[..shown].iter().flat_map(|l| [char::from(*l), ' ']).collect();
        for (n, ((look, text), cells)) in rows.into_iter().enumerate() {
            let Some(place) = cells.first().and_then(|c| c.places.first()) else { continue };
            let stop = self.stop(place.piece, place.range.start);
            if n == 0 && shown > 1 {
                self.sheet.line(vec![(Look::Dim, " ".repeat(what + 1)), (Look::Sign, letters.clone())], stop);
            }
            let mut signs = vec![" "; shown];
            for (n, cell) in cells.iter().enumerate().filter(|(_, c)| c.column < shown) {
                signs[cell.column] = if n == 0 { FIRST } else { ALSO };
            }
            let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = pad(&fit(&text, what), what + 1);
            self.sheet.line(vec![(look, text), (Look::Sign, signs.join(" "))], stop);
        }
        self.legend(shown);
    }

    /// What the signs of a table mean.
    fn legend(&mut self, shown: usize) {
        let words = self.cx.words();
        let rest = (shown < self.reviewed.review.columns.len()).then_some(Msg::ReviewNoColumn);
        let signs = [Msg::ReviewLegend, Msg::ReviewLetters];
        let signs = signs.into_iter().filter(|_| shown > 1);
        let told: Vec<&str> = signs.chain(rest).map(|msg| words.get(msg)).collect();
        if !told.is_empty() {
            self.sheet.words(Look::Dim, &told.join(" · "), None);
        }
    }

    fn passages(&mut self, msg: Msg, passages: &[Passage]) {
        if passages.is_empty() {
            return;
        }
        self.section(msg, passages.len());
        for Passage { place, .. } in passages {
            let stop = self.stop(place.piece, place.range.start);
            let look = if matches!(msg, Msg::ReviewSeen) { Look::Dim } else { Look::Text };
            self.sheet.entry(&(Look::Outlet, self.outlet(place.piece)), look, &self.text(place), stop);
        }
    }
}

/// A date to its precision; marked where the article does not state all of it.
fn date(date: &Dated) -> String {
    let text = format!("{}{}", date.mark(), when::exact(date.when()));
    debug_assert!(width(&text) < super::panel::LABEL);
    text
}
