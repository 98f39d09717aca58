//! The press review as a page for people: headings, tables and quotes, in a language of the screen.

use super::escape::one_line;
use crate::app::{self, Msg, words};
use crate::article::Dated;
use crate::library::{Entry, Reviewed, Snapshot};
use crate::story::review::{Cell, Day, Event, Passage, Place, Span, Statement, days};

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
    Table(Vec<String>, Vec<Vec<Words>>),
    /// What happened, a line a day.
    Days(Vec<DayLine>),
    /// Who said it; the fullest wording; who has which words.
    Quote(String, String, Vec<Words>),
}

/// A day, or another stretch of time: what says most of it, and behind that the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayLine {
    /// When.
    pub when: String,
    /// The sentence that most outlets have, and who has it.
    pub told: Sentence,
    /// The others.
    pub rest: Vec<Sentence>,
}

/// A sentence and the outlets that have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The year before it, where its line does not say one.
    pub year: String,
    /// The words.
    pub words: Words,
    /// The outlets.
    pub by: String,
}

/// Words, and the address that they lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// The address.
    pub link: Option<String>,
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { text, link: None }
    }
}

struct Writer<'a> {
    snapshot: &'a Snapshot,
    reviewed: &'a Reviewed,
    words: &'a app::Words,
}

/// Lays a review out.
pub fn page(snapshot: &Snapshot, reviewed: &Reviewed, words: &app::Words) -> Vec<Part> {
    let writer = Writer { snapshot, reviewed, words };
    let mut parts = writer.head();
    let review = &reviewed.review;
    let table = |parts: &mut Vec<Part>, msg: Msg, rows: Vec<(String, &[Cell])>| {
        let mut head = vec![String::new()];
        head.extend((0..review.columns.len()).map(|n| writer.column(n)));
        let row = |(what, cells): (String, &[Cell])| {
            let mut row = vec![Words::default(); review.columns.len() + 1];
            row[0] = what.into();
            for (column, sign) in app::signs(reviewed, cells) {
                row[column + 1] = sign.to_owned().into();
            }
            row
        };
        let some = !rows.is_empty();
        writer.table(parts, msg, head, rows.into_iter().map(row).collect());
        parts.extend(some.then(|| writer.legend()));
    };
    if reviewed.articles.len() < 2 {
        // Nobody to compare with: signs would say nothing.
        writer.quotes(&mut parts);
        let numbers: Vec<String> = review.numbers.iter().map(|r| one_line(&r.what.text)).collect();
        if !numbers.is_empty() {
            let heading = words.get(Msg::ReviewNumbers).to_owned();
            parts.extend([Part::Heading(heading), Part::Text(numbers.join(" · "))]);
        }
        writer.passages(&mut parts, Msg::ReviewSeen, &review.seen, &|p| writer.outlet(p.place.piece));
        return parts;
    }
    // In the order of the screen.
    writer.quotes(&mut parts);
    let name = |ix| snapshot.entities.get(ix).map_or(String::new(), |e| e.name.clone());
    table(&mut parts, Msg::ReviewNames, review.names.iter().map(|r| (name(r.what), &r.cells[..])).collect());
    let numbers = review.numbers.iter().map(|r| (one_line(&r.what.text), &r.cells[..]));
    table(&mut parts, Msg::ReviewNumbers, numbers.collect());
    let shared = review.shared.iter().map(|r| (writer.text(&r.what), &r.cells[..]));
    table(&mut parts, Msg::ReviewShared, shared.collect());
    let dates = review.dates.iter().map(|r| (date(&r.what), &r.cells[..]));
    table(&mut parts, Msg::ReviewDates, dates.collect());
    let who = |p: &Passage| one_line(&app::passage_of(reviewed, p, words));
    writer.passages(&mut parts, Msg::ReviewOnly, &review.only, &who);
    writer.passages(&mut parts, Msg::ReviewSeen, &review.seen, &|p| writer.outlet(p.place.piece));
    parts
}

impl Writer<'_> {
    fn entry(&self, piece: usize) -> Option<&Entry> {
        self.snapshot.entry(*self.reviewed.articles.get(piece)?)
    }

    fn outlet(&self, piece: usize) -> String {
        one_line(&app::outlet_of(self.reviewed, piece, self.words))
    }

    /// Words that lead to the address of a piece, where it has one of the web.
    fn linked(&self, piece: usize, text: String) -> Words {
        let read = self.reviewed.texts.get(piece).and_then(Option::as_deref);
        Words { text, link: read.and_then(app::web_address) }
    }

    /// A table under its heading; without rows there is neither.
    fn table(&self, parts: &mut Vec<Part>, msg: Msg, head: Vec<String>, rows: Vec<Vec<Words>>) {
        if !rows.is_empty() {
            parts.extend([Part::Heading(self.words.get(msg).to_owned()), Part::Table(head, rows)]);
        }
    }

    /// What the signs mean.
    fn legend(&self) -> Part {
        Part::Text(app::legend(self.reviewed, self.words))
    }

    /// The words of a head row.
    fn heads(&self, heads: &[Msg]) -> Vec<String> {
        heads.iter().map(|msg| self.words.get(*msg).to_owned()).collect()
    }

    /// An outlet, and who reprints it.
    fn column(&self, n: usize) -> String {
        one_line(&app::column_of(self.reviewed, n, self.words))
    }

    /// The outlets in whose pieces something stands.
    fn by(&self, cells: &[Cell]) -> String {
        one_line(&app::outlets_of(self.reviewed, cells, self.words).join(", "))
    }

    fn text(&self, place: &Place) -> String {
        let read = self.reviewed.texts.get(place.piece).and_then(Option::as_ref);
        one_line(read.and_then(|r| r.plain.text.get(place.range.clone())).unwrap_or(""))
    }

    /// Title, who reported when, the timeline.
    fn head(&self) -> Vec<Part> {
        let (review, words) = (&self.reviewed.review, self.words);
        let title = super::title(self.snapshot, self.reviewed);
        let mut parts = vec![
            Part::Title(format!("{}: {}", words.get(Msg::ReviewTitle), one_line(&title))),
            Part::Text(app::counts(self.reviewed, words)),
        ];
        if let [column] = &review.columns[..]
            && column.copies.is_empty()
        {
            parts.push(Part::Text(words.get(Msg::ReviewAlone).to_owned()));
        }
        let report = |report: &crate::story::review::Report| {
            let gap = app::behind(self.reviewed, report, words);
            let date = report.published.as_ref().map(date);
            let title = self.entry(report.piece).map(Entry::title).unwrap_or_default();
            let kind = self.snapshot.kind_of(self.reviewed, report.piece).map(words::relation);
            let kind = kind.map(|msg| words.get(msg).to_owned()).unwrap_or_default();
            let title = self.linked(report.piece, one_line(&title));
            vec![
                date.unwrap_or_default().into(),
                gap.into(),
                self.outlet(report.piece).into(),
                kind.into(),
                title,
            ]
        };
        let heads = [Msg::HeadDate, Msg::HeadBehind, Msg::HeadOutlet, Msg::HeadKind, Msg::HeadArticle];
        let rows = review.reports.iter().map(report).collect();
        self.table(&mut parts, Msg::ReviewReports, self.heads(&heads), rows);
        let days: Vec<DayLine> = days(&review.timeline).iter().filter_map(|day| self.day(day)).collect();
        if !days.is_empty() {
            parts.extend([Part::Heading(words.get(Msg::ReviewTimeline).to_owned()), Part::Days(days)]);
        }
        parts
    }

    fn day(&self, day: &Day<'_>) -> Option<DayLine> {
        let (first, rest) = day.events.split_first()?;
        let at = first.date.when();
        let when = match day.span {
            Span::Day(_) => format!("{}{}", first.date.mark(), app::day_of(at)),
            Span::Month(_) => date(&first.date),
            Span::Years => self.words.get(Msg::ReviewYears).to_owned(),
        };
        let sentence = |event: &Event| {
            let told = event.cells.first().and_then(|c| c.places.first());
            let words = told.map(|p| self.linked(p.piece, self.text(p))).unwrap_or_default();
            let year = if day.span == Span::Years { date(&event.date) } else { String::new() };
            Sentence { year, words, by: self.by(&event.cells) }
        };
        Some(DayLine { when, told: sentence(first), rest: rest.iter().map(|e| sentence(e)).collect() })
    }

    /// Of one column signs would say nothing.
    fn is_compared(&self) -> bool {
        self.reviewed.review.columns.len() > 1
    }

    fn quotes(&self, parts: &mut Vec<Part>) {
        let statements = &self.reviewed.review.statements;
        if !statements.is_empty() {
            parts.push(Part::Heading(self.words.get(Msg::ReviewQuotes).to_owned()));
            parts.extend(self.is_compared().then(|| self.legend()));
        }
        parts.extend(statements.iter().map(|s| self.quote(s)));
    }

    fn quote(&self, statement: &Statement) -> Part {
        let speaker = statement.speaker.and_then(|s| self.snapshot.entities.get(s));
        let speaker =
            speaker.map_or_else(|| self.words.get(Msg::ReviewNobody).to_owned(), |e| e.name.clone());
        let full = self.text(&statement.wordings[statement.fullest].place);
        let fullest = &statement.wordings[statement.fullest].place;
        // Of one column its fullest wording: cuts of it say nothing more.
        let signs = app::signs(self.reviewed, &statement.cells);
        let wordings = statement.cells.iter().zip(signs).filter_map(|(cell, (_, sign))| {
            let own = cell.places.iter().find(|p| *p == fullest);
            let place = own.or_else(|| cell.places.iter().max_by_key(|p| p.range.len()))?;
            let (outlets, text) = (self.by(std::slice::from_ref(cell)), self.text(place));
            let told = if text == full { outlets } else { format!("{outlets}: {text}") };
            let told = if self.is_compared() { format!("{sign} {told}") } else { told };
            Some(self.linked(place.piece, told))
        });
        Part::Quote(speaker, full.clone(), wordings.collect())
    }

    fn passages(
        &self,
        parts: &mut Vec<Part>,
        msg: Msg,
        passages: &[Passage],
        who: &dyn Fn(&Passage) -> String,
    ) {
        let row = |p: &Passage| vec![self.linked(p.place.piece, who(p)), self.text(&p.place).into()];
        let heads = self.heads(&[Msg::HeadOutlet, Msg::HeadWords]);
        self.table(parts, msg, heads, passages.iter().map(row).collect());
    }
}

/// A date to its precision; `~` where the year or the day was worked out.
fn date(date: &Dated) -> String {
    format!("{}{}", date.mark(), app::exact(date.when()))
}
