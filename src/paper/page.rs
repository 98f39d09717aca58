//! The press review as a page for people: headings, tables and quotes, in a language of the screen.

use super::escape::one_line;
use crate::app::{self, Msg, Words};
use crate::article::Dated;
use crate::library::{Entry, Reviewed, Snapshot};
use crate::story::review::{Cell, Passage, Place, Statement};

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// Running text.
    Text(String),
    /// A head row and rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Who said it; the fullest wording; who has which words.
    Quote(String, String, Vec<String>),
}

/// Has it first; has it too.
const FIRST: &str = "◉";
const ALSO: &str = "•";

struct Writer<'a> {
    snapshot: &'a Snapshot,
    reviewed: &'a Reviewed,
    words: &'a Words,
}

/// Lays a review out.
pub fn page(snapshot: &Snapshot, reviewed: &Reviewed, words: &Words) -> Vec<Part> {
    let writer = Writer { snapshot, reviewed, words };
    let mut parts = writer.head();
    let review = &reviewed.review;
    let table = |parts: &mut Vec<Part>, msg: Msg, rows: Vec<(String, &[Cell])>| {
        if rows.is_empty() {
            return;
        }
        parts.push(Part::Heading(words.get(msg).to_owned()));
        let mut head = vec![String::new()];
        head.extend((0..review.columns.len()).map(|n| writer.column(n)));
        let row = |(what, cells): (String, &[Cell])| {
            let mut row = vec![String::new(); review.columns.len() + 1];
            row[0] = what;
            for (n, cell) in cells.iter().enumerate() {
                let sign = if n == 0 { FIRST } else { ALSO };
                sign.clone_into(&mut row[cell.column + 1]);
            }
            row
        };
        parts.push(Part::Table(head, rows.into_iter().map(row).collect()));
    };
    let name = |ix| snapshot.entities.get(ix).map_or(String::new(), |e| e.name.clone());
    table(&mut parts, Msg::ReviewNames, review.names.iter().map(|r| (name(r.what), &r.cells[..])).collect());
    let numbers = review.numbers.iter().map(|r| (one_line(&r.what.text), &r.cells[..]));
    table(&mut parts, Msg::ReviewNumbers, numbers.collect());
    let dates = review.dates.iter().map(|r| (date(&r.what), &r.cells[..]));
    table(&mut parts, Msg::ReviewDates, dates.collect());
    writer.quotes(&mut parts);
    writer.passages(&mut parts, Msg::ReviewOnly, &review.only);
    writer.passages(&mut parts, Msg::ReviewSeen, &review.seen);
    parts
}

impl Writer<'_> {
    fn entry(&self, piece: usize) -> Option<&Entry> {
        self.snapshot.entry(*self.reviewed.articles.get(piece)?)
    }

    fn outlet(&self, piece: usize) -> String {
        let outlet = self.reviewed.outlets.get(piece).and_then(Option::as_deref);
        one_line(outlet.unwrap_or(self.words.get(Msg::ReviewNoOutlet)))
    }

    /// An outlet, and how often others reprint it.
    fn column(&self, n: usize) -> String {
        let column = &self.reviewed.review.columns[n];
        let outlet = column.outlet.as_deref().unwrap_or(self.words.get(Msg::ReviewNoOutlet));
        if column.copies.is_empty() {
            return one_line(outlet);
        }
        format!("{} (+{})", one_line(outlet), self.words.count(Msg::ReviewCopies, column.copies.len()))
    }

    fn text(&self, place: &Place) -> String {
        let read = self.reviewed.texts.get(place.piece).and_then(Option::as_ref);
        one_line(read.and_then(|r| r.plain.text.get(place.range.clone())).unwrap_or(""))
    }

    /// Title, who reported when, the timeline.
    fn head(&self) -> Vec<Part> {
        let (review, words) = (&self.reviewed.review, self.words);
        let title = super::title(self.snapshot, self.reviewed);
        let counts = [
            words.count(Msg::Articles, self.reviewed.articles.len()),
            words.count(Msg::ReviewOutlets, self.reviewed.outlet_count()),
        ];
        let mut parts = vec![
            Part::Title(format!("{}: {}", words.get(Msg::ReviewTitle), one_line(&title))),
            Part::Text(counts.join(" · ")),
            Part::Heading(words.get(Msg::ReviewReports).to_owned()),
        ];
        let report = |report: &crate::story::review::Report| {
            let behind = report.behind.filter(|minutes| *minutes > 0);
            let gap = behind.map(|m| format!("+{}", app::stretch(m, words))).unwrap_or_default();
            let date = report.published.as_ref().map(date);
            let title = self.entry(report.piece).map(Entry::title).unwrap_or_default();
            vec![date.unwrap_or_default(), gap, self.outlet(report.piece), one_line(&title)]
        };
        parts.push(Part::Table(vec![String::new(); 4], review.reports.iter().map(report).collect()));
        if !review.timeline.is_empty() {
            parts.push(Part::Heading(words.get(Msg::ReviewTimeline).to_owned()));
            let row = |event: &crate::story::review::Event| {
                let told = event.cells.first().and_then(|c| c.places.first());
                let outlets: Vec<String> = event.cells.iter().map(|c| self.column(c.column)).collect();
                vec![date(&event.date), told.map(|p| self.text(p)).unwrap_or_default(), outlets.join(", ")]
            };
            parts.push(Part::Table(vec![String::new(); 3], review.timeline.iter().map(row).collect()));
        }
        parts
    }

    fn quotes(&self, parts: &mut Vec<Part>) {
        if !self.reviewed.review.statements.is_empty() {
            parts.push(Part::Heading(self.words.get(Msg::ReviewQuotes).to_owned()));
        }
        parts.extend(self.reviewed.review.statements.iter().map(|s| self.quote(s)));
    }

    fn quote(&self, statement: &Statement) -> Part {
        let speaker = statement.speaker.and_then(|s| self.snapshot.entities.get(s));
        let speaker =
            speaker.map_or_else(|| self.words.get(Msg::ReviewNobody).to_owned(), |e| e.name.clone());
        let full = self.text(&statement.wordings[statement.fullest].place);
        let wordings = statement.wordings.iter().enumerate().map(|(n, wording)| {
            let outlet = self.outlet(wording.place.piece);
            let text = self.text(&wording.place);
            if n == statement.fullest || text == full { outlet } else { format!("{outlet}: {text}") }
        });
        Part::Quote(speaker, full.clone(), wordings.collect())
    }

    fn passages(&self, parts: &mut Vec<Part>, msg: Msg, passages: &[Passage]) {
        if passages.is_empty() {
            return;
        }
        parts.push(Part::Heading(self.words.get(msg).to_owned()));
        let row = |p: &Passage| vec![self.outlet(p.place.piece), self.text(&p.place)];
        parts.push(Part::Table(vec![String::new(); 2], passages.iter().map(row).collect()));
    }
}

/// A date to its precision; `~` where the year or the day was worked out.
fn date(date: &Dated) -> String {
    format!("{}{}", date.mark(), app::exact(date.when()))
}
