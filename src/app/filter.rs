//! The filter line and what is searched for while typing.
//!
//! Owns: both texts, which of them is being typed, what is wrong with them, what is highlighted, suggestions.
//! Refuses: to search: an edit asks for it by an effect; the last list stays until the answer is there.

use super::cx::cycle;
use super::line::Line;
use crate::entity::{Entity, EntityIx};
use crate::library::{
    ArticleIx, Completion, FIELDS, Facets, Field, Query, QueryProblem, Snapshot, Standing, Term, complete,
};

/// Which text is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The filter.
    Filter,
    /// What is searched.
    Find,
}

/// What filter and search say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is filtered.
    Nothing,
    /// This is.
    Query(Query),
    /// They are not understood: see [`FilterBar::problem`].
    Wrong,
}

/// What an abandoned edit gives back.
#[derive(Debug, Clone)]
struct Before {
    filter: String,
    find: String,
    origin: Option<ArticleIx>,
}

/// Lines that were typed, kept at most.
const KEPT: usize = 50;
/// Suggestions shown at most.
pub const SUGGESTIONS: usize = 8;
/// The filter line.
#[derive(Debug, Clone, Default)]
pub struct FilterBar {
    /// The filter as typed.
    pub filter: Line,
    /// What is searched, as typed.
    pub find: Line,
    /// It stands nowhere in one piece: each of its words is searched for.
    apart: bool,
    /// Which of them has the keys.
    pub typing: Option<Typing>,
    /// What is not understood.
    pub problem: Option<QueryProblem>,
    /// What is highlighted.
    pub terms: Vec<Term>,
    /// Counts changes of `terms`.
    pub version: u64,
    /// Counts under the filter; `None` without one.
    pub facets: Option<Facets>,
    /// Ways to go on.
    pub suggestions: Vec<Completion>,
    /// The suggestion that was taken last.
    pub taken: Option<usize>,
    /// The article that `@` means: the one that was open when typing began.
    about: Option<ArticleIx>,
    before: Option<Before>,
    /// The article that was chosen when typing began, until the line is accepted and something matches: what a half-typed word
    /// led to was chosen by nobody.
    origin: Option<ArticleIx>,
    /// The article that an abandoned edit gives back as soon as the list of before is there again.
    back: Option<ArticleIx>,
    history: Vec<String>,
    at: Option<usize>,
    /// Line and cursor before a suggestion was taken.
    stem: Option<(String, usize)>,
    /// The filter as it was understood last.
    understood: Option<Query>,
    /// What the list answers.
    answered: String,
}

impl FilterBar {
    /// The filter as it is searched for: while it is typed, a field at its end that waits for its value is left out, so
    /// that the list and the counts of the suggestions are those of the rest.
    fn settled(&self) -> &str {
        let text = self.filter.text().trim();
        if self.typing != Some(Typing::Filter) {
            return text;
        }
        let start = text.rfind([' ', '(', '{']).map_or(0, |at| at + 1);
        let word = text[start..].trim_start_matches('-');
        let waits = word
            .strip_suffix(':')
            .or_else(|| word.strip_suffix(":\""))
            .is_some_and(|w| Field::named(w).is_some());
        if waits { text[..start].trim_end() } else { text }
    }

    /// The word that is being typed may become a field.
    pub fn begins_field(&self) -> bool {
        let text = self.filter.text();
        let word = text.rsplit([' ', '(', '{']).next().unwrap_or_default().trim_start_matches('-');
        let fields = || FIELDS.iter().map(|f| f.name);
        self.typing == Some(Typing::Filter) && !word.is_empty() && fields().any(|name| name.starts_with(word))
    }

    /// Filter and search as one query.
    pub fn raw(&self) -> String {
        let filter = self.settled();
        let find = self.find.text().trim();
        if names_field(find) {
            return if filter.is_empty() { find.to_owned() } else { format!("({filter}) ({find})") };
        }
        let find = find.replace(['"', '*'], " ");
        // Quotes keep the words together; the star lets the last one be half-typed.
        let between = if self.apart { "\" \"" } else { " " };
        let find = find.split_whitespace().collect::<Vec<_>>().join(between);
        match (filter.is_empty(), find.is_empty()) {
            (_, true) => filter.to_owned(),
            (true, false) => format!("\"{find}\"*"),
            (false, false) => format!("({filter}) \"{find}\"*"),
        }
    }

    /// Nothing was found: goes on to look for each word of what is searched; `false` where that was done, or it has but one.
    pub fn goes_apart(&mut self) -> bool {
        let find = self.find.text().trim();
        let goes = !self.apart && !names_field(find) && find.split_whitespace().nth(1).is_some();
        self.apart |= goes;
        goes
    }

    /// What is searched stands nowhere in one piece.
    pub fn is_apart(&self) -> bool {
        self.apart && !self.find.text().is_empty()
    }

    /// What is searched changed: it is looked for in one piece again.
    pub fn in_one_piece(&mut self) {
        self.apart = false;
    }

    /// What is looked for, as it was typed.
    pub fn sought(&self) -> &str {
        let find = self.find.text().trim();
        if find.is_empty() { self.filter.text().trim() } else { find }
    }

    /// How a name stands in the filter.
    pub fn standing(&self, entity: &Entity) -> Standing {
        let query = self.understood.as_ref();
        query.map_or(Standing::Absent, |q| q.standing(Field::of_kind(entity.kind), &entity.name))
    }

    /// Adds a name to the filter, turns it round or takes it out.
    pub fn toggle_name(&mut self, snapshot: &Snapshot, entity: EntityIx, exclude: bool) {
        let Ok(query) = Query::parse(self.filter.text()) else { return };
        if let Ok(query) = query.toggle_entity(snapshot, entity, exclude) {
            self.set(&query.raw);
            // Who narrows by a name goes on from where the list was.
            self.answered = self.raw();
        }
    }

    /// Whether the list that comes now answers another question than the one before it.
    pub fn asks_another(&mut self) -> bool {
        let now = self.raw();
        let other = now != self.answered;
        self.answered = now;
        other
    }

    /// What the reader marks changes what matches.
    pub fn asks_for_marks(&self) -> bool {
        self.understood
            .as_ref()
            .is_some_and(|q| q.asks(&|field, _| matches!(field, Field::Is | Field::Tag | Field::Note)))
    }

    /// Nothing is filtered or searched.
    pub fn is_empty(&self) -> bool {
        self.filter.text().trim().is_empty() && self.find.text().trim().is_empty()
    }

    /// The line that has the keys.
    pub fn line(&mut self) -> Option<&mut Line> {
        match self.typing? {
            Typing::Filter => Some(&mut self.filter),
            Typing::Find => Some(&mut self.find),
        }
    }

    /// Begins to type; `open` is the open article.
    pub fn begin(&mut self, typing: Typing, selected: Option<ArticleIx>, open: Option<ArticleIx>) {
        self.about = open;
        self.before = Some(Before {
            filter: self.filter.text().to_owned(),
            find: self.find.text().to_owned(),
            origin: self.origin,
        });
        self.origin = selected.or(self.origin);
        self.typing = Some(typing);
        self.at = None;
        match typing {
            // A blank, so that what is typed is a word of its own.
            Typing::Filter => {
                let text = self.filter.text().trim_end();
                let blank = if text.is_empty() { "" } else { " " };
                self.filter = Line::of(&format!("{text}{blank}"));
            }
            Typing::Find => {
                self.find = Line::default();
                self.apart = false;
            }
        }
        self.forget_suggestions();
    }

    /// Ends typing and keeps what was typed; `@` is written as the id of the article that it means.
    pub fn accept(&mut self, snapshot: &Snapshot) {
        let typed = Query::parse_whole(self.filter.text()).ok();
        if let Some(bound) = typed.and_then(|query| query.about(self.about).bound(snapshot)) {
            self.set(&bound);
        }
        if let Some(line) = self.line().map(|l| l.text().trim().to_owned()).filter(|t| !t.is_empty()) {
            self.history.retain(|h| *h != line);
            self.history.push(line);
            if self.history.len() > KEPT {
                self.history.remove(0);
            }
        }
        self.typing = None;
        self.before = None;
        self.forget_suggestions();
    }

    /// Ends typing and gives back what stood there before. The article that was chosen then is chosen again with the next
    /// list: the one that is shown now may not have it.
    pub fn cancel(&mut self) {
        self.typing = None;
        self.forget_suggestions();
        let Some(before) = self.before.take() else { return };
        self.filter = Line::of(&before.filter);
        self.find = Line::of(&before.find);
        self.apart = false;
        self.back = std::mem::replace(&mut self.origin, before.origin);
    }

    /// The article to choose in a new list, where an abandoned edit gives one back.
    pub fn take_back(&mut self) -> Option<ArticleIx> {
        self.back.take()
    }

    /// Keeps the line open where the filter is not understood, with the cursor at the fault; `false` where it is.
    pub fn stays(&mut self, snapshot: &Snapshot) -> bool {
        if self.typing != Some(Typing::Filter) {
            return false;
        }
        let read = Query::parse(self.filter.text().trim_end()).map(|q| q.about(self.about).missing(snapshot));
        let Some(problem) = read.unwrap_or_else(Some) else { return false };
        self.filter.put_cursor(problem.at.end);
        self.problem = Some(problem);
        self.forget_suggestions();
        true
    }

    /// The article to go back to where it matches.
    pub fn origin(&self) -> Option<ArticleIx> {
        self.origin
    }

    /// What the list has chosen now is what the reader goes on from.
    pub fn arrive(&mut self) {
        self.origin = None;
    }

    /// Replaces the filter.
    pub fn set(&mut self, filter: &str) {
        self.filter = Line::of(filter);
    }

    /// Reads the texts; views and articles that they speak of must be there.
    pub fn read(&mut self, snapshot: &Snapshot) -> Reading {
        let whole = Query::parse(self.settled()).and_then(|filter| {
            let filter = filter.about(self.about);
            if let Some(problem) = filter.missing(snapshot) {
                return Err(problem);
            }
            self.understood = Some(filter);
            Ok(Query::parse(&self.raw())?.about(self.about))
        });
        match whole {
            Ok(query) => {
                self.problem = None;
                self.terms = query.terms();
                self.version += 1;
                if query.raw.is_empty() { Reading::Nothing } else { Reading::Query(query) }
            }
            Err(problem) => {
                self.problem = Some(problem);
                Reading::Wrong
            }
        }
    }

    /// A line typed before (`-1`) or after (`1`) the one that is shown.
    pub fn recall(&mut self, by: isize) {
        let len = self.history.len();
        let at = self.at.unwrap_or(len).saturating_add_signed(by).min(len);
        self.at = Some(at);
        let text = self.history.get(at).cloned().unwrap_or_default();
        if let Some(line) = self.line() {
            *line = Line::of(&text);
        }
    }

    fn forget_suggestions(&mut self) {
        self.suggestions.clear();
        self.taken = None;
        self.stem = None;
    }

    /// Works out how the word at the cursor could go on; counts are over `rows`.
    pub fn suggest(&mut self, rows: &[ArticleIx], snapshot: &Snapshot) {
        self.forget_suggestions();
        let before = self.filter.before();
        if self.typing != Some(Typing::Filter) || before.is_empty() || before.ends_with(char::is_whitespace) {
            return;
        }
        let cursor = before.len();
        self.suggestions = complete(self.filter.text(), cursor, snapshot, rows);
        self.suggestions.truncate(SUGGESTIONS);
        // What already stands there need not be suggested.
        let text = self.filter.text();
        self.suggestions.retain(|s| text.get(s.replace.clone()) != Some(s.insert.trim_end()));
        self.stem = Some((text.to_owned(), cursor));
    }

    /// Puts the next (`1`) or previous (`-1`) suggestion into the line.
    pub fn take(&mut self, by: isize) {
        let Some((text, cursor)) = &self.stem else { return };
        if self.suggestions.is_empty() {
            return;
        }
        let len = self.suggestions.len();
        let n = match self.taken {
            None if by > 0 => 0,
            None => len - 1,
            Some(n) => cycle(n, by, len),
        };
        let taken = &self.suggestions[n];
        let head = format!("{}{}", text.get(..taken.replace.start).unwrap_or_default(), taken.insert);
        let rest = text.get(taken.replace.end.max(*cursor)..).unwrap_or_default();
        self.filter = Line::of(&format!("{head}{rest}"));
        self.filter.put_cursor(head.len());
        self.taken = Some(n);
    }
}

/// What is searched begins with a field: who writes `title:` means it, in whichever line.
fn names_field(find: &str) -> bool {
    let field = find.trim_start_matches('-').split_once(':').and_then(|(name, _)| Field::named(name));
    field.is_some() && Query::parse_whole(find).is_ok()
}
