//! The lines of a press review, for a width and in a language.

use super::cx::Cx;
use super::panel::{Fold, LINES, Look, Sheet};
use super::when;
use super::words::{Msg, Words};
use crate::article::{Dated, Precision};
use crate::entity::EntityIx;
use crate::library::{Entry, Reviewed};
use crate::story::review::{Cell, Day, Event, Passage, Place, Span, Statement, days};
use crate::text::width;
use jiff::civil::Date;

/// Before the days on which nothing stands.
const GAP: &str = "⋯";

/// Days of a year, near enough for a distance.
const DAYS_OF_A_YEAR: usize = 365;

/// Who put a piece out. Where that is not known of several, they are numbered, as each stands for itself.
pub fn outlet_of(reviewed: &Reviewed, piece: usize, words: &Words) -> String {
    if let Some(outlet) = reviewed.outlets.get(piece).and_then(Option::as_deref) {
        return outlet.to_owned();
    }
    let unknown = words.get(Msg::ReviewNoOutlet);
    reviewed.unknown(piece).map_or_else(|| unknown.to_owned(), |n| format!("{unknown} ({})", words.number(n)))
}

/// Lays a review out.
pub(super) fn lines(reviewed: &Reviewed, open: &[Fold], width: usize, cx: &Cx<'_>) -> Sheet {
    let mut page = Page { reviewed, cx, open, sheet: Sheet::new(width) };
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
            let days = days.unsigned_abs() as usize;
            let years = days / DAYS_OF_A_YEAR;
            // Thousands of days say nothing.
            let (msg, n) = if years > 1 { (Msg::ReviewGapYears, years) } else { (Msg::ReviewGap, days) };
            let told = self.cx.words().count(msg, n);
            self.sheet.entry(&(Look::Dim, String::new()), Look::Dim, &format!("{GAP} {told}"), None);
        }
    }

    pub(super) fn text(&self, place: &Place) -> String {
        let read = self.reviewed.texts.get(place.piece).and_then(Option::as_ref);
        let text = read.and_then(|r| r.plain.text.get(place.range.clone())).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
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

    /// A line for each day; behind it all that is told of it.
    fn timeline(&mut self) {
        let days = days(&self.reviewed.review.timeline);
        if days.is_empty() {
            return;
        }
        self.section(Msg::ReviewTimeline, days.len());
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
            self.sheet.folded(open, &label, &words, &self.more(events.len()), stop);
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
        let outlets: Vec<String> = event.cells.iter().map(|c| self.outlet(c.places[0].piece)).collect();
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

    /// How much more there is than what a folded line shows.
    fn more(&self, all: usize) -> String {
        if all > 1 { format!("+{}", self.cx.words().number(all - 1)) } else { String::new() }
    }

    fn quotes(&mut self) {
        let statements = &self.reviewed.review.statements;
        if statements.is_empty() {
            return;
        }
        self.section(Msg::ReviewQuotes, statements.len());
        for (n, statement) in statements.iter().enumerate() {
            self.statement(n, statement);
        }
    }

    /// The fullest wording under its speaker, then the others, each with its outlet; one that only one has, in a line.
    fn statement(&mut self, n: usize, statement: &Statement) {
        let nobody = || (Look::Dim, self.cx.words().get(Msg::ReviewNobody).to_owned());
        let mut speaker = statement.speaker.map_or_else(nobody, |s| self.name(s));
        let tellings = self.tellings(statement);
        let Some((full, words, copies)) = tellings.first() else { return };
        let quoted = format!("“{words}”");
        if tellings.len() == 1 {
            let fold = Fold::Statement(n);
            let open = self.open.contains(&fold);
            let stop = self.fold(full.piece, full.range.start, fold);
            let shown = (Look::Quote, if open { String::new() } else { quoted.clone() });
            self.sheet.folded(open, &speaker, &shown, "", stop);
            if !open {
                return;
            }
            speaker = (Look::Dim, String::new());
        }
        let stop = self.stop(full.piece, full.range.start);
        self.sheet.entry(&speaker, Look::Quote, &quoted, stop);
        let outlet = format!("— {}", self.reprinted(full.piece, *copies));
        self.sheet.entry(&(Look::Dim, String::new()), Look::Outlet, &outlet, stop);
        for (n, (place, text, copies)) in tellings.iter().enumerate().skip(1) {
            let stop = self.stop(place.piece, place.range.start);
            let outlet = self.reprinted(place.piece, *copies);
            let line = if text == words || n > 2 * LINES {
                format!("— {outlet}")
            } else {
                format!("— {outlet}: “{text}”")
            };
            self.sheet.entry(&(Look::Dim, String::new()), Look::Outlet, &line, stop);
        }
    }

    /// Where a statement stands, the fullest wording first, with how many reprints say the same: those stand in the column of
    /// their original.
    fn tellings<'s>(&self, statement: &'s Statement) -> Vec<(&'s Place, String, usize)> {
        let columns = &self.reviewed.review.columns;
        let column = |place: &Place| {
            columns.iter().position(|c| c.pieces.contains(&place.piece) || c.copies.contains(&place.piece))
        };
        let (before, from) = statement.wordings.split_at(statement.fullest);
        let mut tellings: Vec<(&Place, String, usize)> = Vec::new();
        for wording in from.iter().take(1).chain(before).chain(from.iter().skip(1)) {
            let (place, text) = (&wording.place, self.text(&wording.place));
            let same = |t: &&mut (&Place, String, usize)| column(t.0) == column(place) && t.1 == text;
            match tellings.iter_mut().find(same) {
                Some(told) if told.0.piece != place.piece => told.2 += 1,
                Some(_) => {}
                None => tellings.push((place, text, 0)),
            }
        }
        tellings
    }

    /// An outlet, and how often it is reprinted.
    pub(super) fn reprinted(&self, piece: usize, copies: usize) -> String {
        let outlet = self.outlet(piece);
        if copies == 0 {
            return outlet;
        }
        format!("{outlet} (+{})", self.cx.words().count(Msg::ReviewCopies, copies))
    }

    /// Passages by the outlet that has them: a line for each, with the longest, and behind it the rest.
    fn passages(&mut self, msg: Msg, passages: &[Passage]) {
        if passages.is_empty() {
            return;
        }
        self.section(msg, passages.len());
        let look = if matches!(msg, Msg::ReviewSeen) { Look::Dim } else { Look::Text };
        let mut pieces: Vec<(usize, Vec<&Place>)> = Vec::new();
        for Passage { place, .. } in passages {
            match pieces.iter_mut().find(|p| p.0 == place.piece) {
                Some((_, places)) => places.push(place),
                None => pieces.push((place.piece, vec![place])),
            }
        }
        for (piece, places) in pieces {
            let Some(longest) = places.iter().max_by_key(|p| p.range.len()) else { continue };
            let fold = Fold::Piece(msg, piece);
            let open = self.open.contains(&fold);
            let stop = self.fold(piece, longest.range.start, fold);
            let label = (self.look(piece, Look::Outlet), self.outlet(piece));
            let words = (look, if open { String::new() } else { self.text(longest) });
            self.sheet.folded(open, &label, &words, &self.more(places.len()), stop);
            for place in places.into_iter().filter(|_| open) {
                let stop = self.stop(piece, place.range.start);
                self.sheet.entry(&(Look::Outlet, String::new()), look, &self.text(place), stop);
            }
        }
    }
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
