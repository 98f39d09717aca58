//! The lines of a press review, for a width and in a language.

use super::cx::Cx;
use super::panel::{Fold, Look, Sheet};
use super::review_who::{behind, counts, outlet_of, outlets_of};
use super::when;
use super::words::Msg;
use crate::article::{Dated, Precision};
use crate::entity::EntityIx;
use crate::library::{Entry, Reviewed};
use crate::story::review::{Cell, Day, Event, Place, Span, days};
use crate::text::width;
use jiff::civil::Date;

/// Before the days on which nothing stands.
const GAP: &str = "⋯";

/// Lays a review out.
pub(super) fn lines(reviewed: &Reviewed, open: &[Fold], width: usize, cx: &Cx<'_>) -> Sheet {
    let mut page = Page { reviewed, cx, open, sheet: Sheet::new(width) };
    page.head();
    page.reports();
    page.news();
    page.timeline();
    if reviewed.review.columns.len() > 1 {
        page.tables();
    } else {
        page.lists();
    }
    page.only();
    page.seen();
    page.sheet
}

/// A review in the making.
pub(super) struct Page<'a> {
    pub reviewed: &'a Reviewed,
    pub cx: &'a Cx<'a>,
    /// What is unfolded.
    pub open: &'a [Fold],
    pub sheet: Sheet,
}

impl<'a> Page<'a> {
    fn entry(&self, piece: usize) -> Option<&'a Entry> {
        self.cx.snapshot.entry(*self.reviewed.articles.get(piece)?)
    }

    pub(super) fn outlet(&self, piece: usize) -> String {
        outlet_of(self.reviewed, piece, self.cx.words())
    }

    /// `+3`: how many more are hidden.
    pub(super) fn more(&self, hidden: usize) -> String {
        if hidden > 0 { format!("+{}", self.cx.words().number(hidden)) } else { String::new() }
    }

    /// The look of a line that leads to a piece: what was read is dim, as in the list.
    pub(super) fn look(&self, piece: usize, look: Look) -> Look {
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
            let words = self.cx.words();
            let distance = when::days(days.unsigned_abs() as usize, words);
            let told = words.fill(Msg::ReviewGap, &[("t", &distance)]);
            self.sheet.entry(&(Look::Dim, String::new()), Look::Dim, &format!("{GAP} {told}"), None);
        }
    }

    pub(super) fn text(&self, place: &Place) -> String {
        let read = self.reviewed.texts.get(place.piece).and_then(Option::as_ref);
        let text = read.and_then(|r| r.plain.text.get(place.range.clone())).unwrap_or("");
        one_line(text)
    }

    pub(super) fn name(&self, entity: EntityIx) -> (Look, String) {
        let found = self.cx.snapshot.entities.get(entity);
        found.map_or((Look::Text, String::new()), |e| (Look::Name(e.kind), e.name.clone()))
    }

    /// A new stop.
    pub(super) fn stop(&mut self, piece: usize, at: usize) -> Option<usize> {
        let article = *self.reviewed.articles.get(piece)?;
        Some(self.sheet.stop(article, at))
    }

    /// A new stop that opens and closes something.
    pub(super) fn fold(&mut self, piece: usize, at: usize, fold: Fold) -> Option<usize> {
        let article = *self.reviewed.articles.get(piece)?;
        Some(self.sheet.fold(article, at, fold))
    }

    /// The head of a section with the number of its entries.
    pub(super) fn section(&mut self, msg: Msg, count: usize) {
        let words = self.cx.words();
        self.sheet.dates = false;
        self.sheet.section(format!("{} · {}", words.get(msg), words.number(count)));
    }

    fn head(&mut self) {
        let words = self.cx.words();
        let first = self.reviewed.articles.first();
        let title = first.map(|ix| self.cx.snapshot.story_called(*ix).1).unwrap_or_default();
        self.sheet.words(Look::Title, &title, None);
        let counts = counts(self.reviewed, words);
        self.sheet.head = format!("{counts} · {title}");
        self.sheet.line(vec![(Look::Dim, counts)], None);
        if self.reviewed.review.columns.len() == 1 && self.reviewed.review.columns[0].copies.is_empty() {
            self.sheet.words(Look::Dim, words.get(Msg::ReviewAlone), None);
        }
    }

    fn reports(&mut self) {
        let words = self.cx.words();
        self.section(Msg::ReviewReports, self.reviewed.review.reports.len());
        self.sheet.dates = true;
        // How late each was says how many days lie between them.
        for report in &self.reviewed.review.reports {
            let stop = self.stop(report.piece, 0);
            let date = report.published.as_ref().map(date).unwrap_or_default();
            // From the first report on: how late each outlet was.
            let late = behind(self.reviewed, report, words);
            let title = self.entry(report.piece).map(Entry::title).unwrap_or_default();
            let told = [late, self.outlet(report.piece), title].into_iter().filter(|t| !t.is_empty());
            let text = told.collect::<Vec<_>>().join(" · ");
            let (label, look) = (self.look(report.piece, Look::Date), self.look(report.piece, Look::Text));
            self.sheet.entry(&(label, date), look, &text, stop);
        }
    }

    /// What unread articles have and read ones have not: a line for each sort.
    fn news(&mut self) {
        let news = self.reviewed.news();
        let count = news.names.len() + news.numbers.len() + news.statements.len();
        if count == 0 {
            return;
        }
        self.section(Msg::ReviewNews, count);
        let names = news.names.iter().map(|r| (self.name(r.what), r.cells.as_slice())).collect();
        self.new_rows(Msg::ReviewNames, names);
        let numbers = news.numbers.iter().map(|r| ((Look::Text, r.what.text.clone()), r.cells.as_slice()));
        self.new_rows(Msg::ReviewNumbers, numbers.collect());
        let said = news.statements.iter().map(|s| {
            let words = self.text(&s.wordings[s.fullest].place);
            ((Look::Quote, format!("“{words}”")), s.cells.as_slice())
        });
        self.new_rows(Msg::ReviewQuotes, said.collect());
    }

    /// A line with the most telling of some rows, and behind it each with the outlet that had it first.
    fn new_rows(&mut self, msg: Msg, rows: Vec<((Look, String), &[Cell])>) {
        let Some(place) = rows.first().and_then(|r| r.1.first()?.places.first()).cloned() else { return };
        let fold = Fold::News(msg);
        let open = self.open.contains(&fold);
        let stop = self.fold(place.piece, place.range.start, fold);
        let items: Vec<String> = rows.iter().map(|r| one_line(&r.0.1)).collect();
        let (words, look) = (self.cx.words(), rows[0].0.0);
        let more = |hidden: usize| format!("+{}", words.number(hidden));
        let label = (Look::Dim, words.get(msg).to_owned());
        self.sheet.folded_list(open, &label, (look, &items), &more, stop);
        for ((look, text), cells) in rows.into_iter().filter(|_| open) {
            self.place_line(cells, look, &text);
        }
    }

    /// Something behind the outlet that had it first.
    fn place_line(&mut self, cells: &[Cell], look: Look, text: &str) {
        let Some(place) = cells.first().and_then(|c| c.places.first()) else { return };
        let stop = self.stop(place.piece, place.range.start);
        self.sheet.entry(&(Look::Outlet, self.outlet(place.piece)), look, text, stop);
    }

    /// A line for each day; behind it all that is told of it.
    fn timeline(&mut self) {
        let days = days(&self.reviewed.review.timeline);
        if days.is_empty() {
            return;
        }
        self.section(Msg::ReviewTimeline, days.len());
        self.sheet.dates = true;
        let mut before = None;
        for Day { span, events } in &days {
            let Some(place) = first_place(events[0]) else { continue };
            if let Span::Day(_) = span {
                self.gap(&mut before, &events[0].date);
            }
            let fold = Fold::Span(*span);
            let open = self.open.contains(&fold);
            let stop = self.fold(place.piece, place.range.start, fold);
            let (label, look) = (self.look(place.piece, Look::Date), self.look(place.piece, Look::Text));
            let label = (label, self.span(*span, &events[0].date));
            let words = (look, if open { String::new() } else { self.text(place) });
            let hidden = self.more(if open { 0 } else { events.len() - 1 });
            self.sheet.folded(open, &label, &words, &hidden, stop);
            for event in events.iter().filter(|_| open) {
                self.event(event, *span);
            }
        }
        if days.iter().flat_map(|d| &d.events).any(|e| !e.date.mark().is_empty()) {
            self.sheet.words(Look::Dim, self.cx.words().get(Msg::ReviewInferred), None);
        }
    }

    /// A sentence and who has it; the time or the year before it, where its line does not say that.
    fn event(&mut self, event: &Event, span: Span) {
        let Some(place) = first_place(event) else { return };
        let stop = self.stop(place.piece, place.range.start);
        let outlets = outlets_of(self.reviewed, &event.cells, self.cx.words());
        let look = |look| self.look(place.piece, look);
        let (told, by) = (look(Look::Text), look(Look::Outlet));
        let at = event.date.when();
        let label = match span {
            Span::Years => when::exact(at),
            _ if at.precision == Precision::Minute => format!("{:02}:{:02}", at.at.hour(), at.at.minute()),
            _ => String::new(),
        };
        let label = (Look::Date, if label.is_empty() { label } else { format!("  {label}") });
        self.sheet.entry(&label, told, &self.text(place), stop);
        self.sheet.entry(&(Look::Date, String::new()), by, &outlets.join(" · "), stop);
    }

    /// What the line of a stretch of time is called; `~` where its day was worked out.
    fn span(&self, span: Span, date: &Dated) -> String {
        match span {
            Span::Day(_) => format!("{}{}", date.mark(), when::day_of(date.when())),
            Span::Month(_) => format!("{}{}", date.mark(), when::exact(date.when())),
            Span::Years => self.cx.words().get(Msg::ReviewYears).to_owned(),
        }
    }
}

/// Text without breaks of lines.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where an event is told first.
fn first_place(event: &Event) -> Option<&Place> {
    event.cells.first()?.places.first()
}

/// A date to its precision; marked where the article does not state all of it.
pub(super) fn date(date: &Dated) -> String {
    let text = format!("{}{}", date.mark(), when::exact(date.when()));
    debug_assert!(width(&text) < super::panel::LABEL);
    text
}
