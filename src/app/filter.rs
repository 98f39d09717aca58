//! The filter line and what is searched for while typing.
//!
//! Owns: both texts, which of them is being typed, what is wrong with them, what is highlighted, suggestions.
//! Refuses: to search: an edit asks for it by an effect; the last list stays until the answer is there.

use std::ops::Range;

use super::cx::Cx;
use super::line::Line;
use super::term;
use crate::entity::Kind;
use crate::library::{ArticleIx, Facets, Query, QueryProblem};
use crate::text::Needle;

/// Which text is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The filter.
    Filter,
    /// What is searched.
    Find,
}

/// What an abandoned edit gives back.
#[derive(Debug, Clone)]
struct Before {
    filter: String,
    find: String,
    selected: Option<ArticleIx>,
}

/// A way to go on with the word at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What stands in the line then.
    pub term: String,
    /// What is shown.
    pub label: String,
    /// Articles, where known.
    pub count: Option<u32>,
}

/// Lines that were typed, kept at most.
const KEPT: usize = 50;
/// Suggestions shown at most.
pub const SUGGESTIONS: usize = 8;
/// Entities looked at for suggestions at most: those in most articles come first.
const LOOKED_AT: usize = 20_000;

/// Fields that can be suggested, with the kind of name that follows.
const FIELDS: [(&str, Option<Kind>); 10] = [
    ("person:", Some(Kind::Per)),
    ("place:", Some(Kind::Loc)),
    ("org:", Some(Kind::Org)),
    ("name:", None),
    ("source:", None),
    ("title:", None),
    ("body:", None),
    ("date:", None),
    ("after:", None),
    ("before:", None),
];

/// The filter line.
#[derive(Debug, Clone, Default)]
pub struct FilterBar {
    /// The filter as typed.
    pub filter: Line,
    /// What is searched, as typed.
    pub find: Line,
    /// Which of them has the keys.
    pub typing: Option<Typing>,
    /// What is not understood.
    pub problem: Option<QueryProblem>,
    /// What is highlighted.
    pub needles: Vec<Needle>,
    /// Counts changes of `needles`.
    pub version: u64,
    /// Counts under the filter; `None` without one.
    pub facets: Option<Facets>,
    /// Ways to go on.
    pub suggestions: Vec<Suggestion>,
    /// The suggestion that was taken last.
    pub taken: Option<usize>,
    before: Option<Before>,
    history: Vec<String>,
    at: Option<usize>,
    /// The word at the cursor before a suggestion took its place.
    stem: Option<(Range<usize>, String)>,
}

impl FilterBar {
    /// Filter and search as one query.
    pub fn raw(&self) -> String {
        let filter = self.filter.text().trim();
        let find = self.find.text().replace('"', " ");
        let find = find.trim();
        match (filter.is_empty(), find.is_empty()) {
            (_, true) => filter.to_owned(),
            (true, false) => phrase(find),
            (false, false) => format!("{filter} {}", phrase(find)),
        }
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

    /// Begins to type.
    pub fn begin(&mut self, typing: Typing, selected: Option<ArticleIx>) {
        self.before = Some(Before {
            filter: self.filter.text().to_owned(),
            find: self.find.text().to_owned(),
            selected,
        });
        self.typing = Some(typing);
        self.at = None;
        match typing {
            Typing::Filter => self.filter = Line::of(self.filter.text().trim_end()),
            Typing::Find => self.find = Line::default(),
        }
        self.forget_suggestions();
    }

    /// Ends typing and keeps what was typed.
    pub fn accept(&mut self) {
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

    /// Ends typing and gives back what stood there before, and the article that was chosen then.
    pub fn cancel(&mut self) -> Option<ArticleIx> {
        self.typing = None;
        self.forget_suggestions();
        let before = self.before.take()?;
        self.filter = Line::of(&before.filter);
        self.find = Line::of(&before.find);
        before.selected
    }

    /// Replaces the filter.
    pub fn set(&mut self, filter: &str) {
        self.filter = Line::of(filter);
    }

    /// Reads the texts; `Err` where they are not understood (told in `problem`). `Ok(None)`: nothing is filtered.
    pub fn read(&mut self) -> Result<Option<Query>, ()> {
        let raw = self.raw();
        match Query::parse(&raw) {
            Ok(query) => {
                self.problem = None;
                self.needles = query.needles();
                self.version += 1;
                Ok((!raw.is_empty()).then_some(query))
            }
            Err(problem) => {
                self.problem = Some(problem);
                Err(())
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

    /// Works out how the word at the cursor could go on.
    pub fn suggest(&mut self, cx: &Cx<'_>) {
        self.forget_suggestions();
        if self.typing != Some(Typing::Filter) {
            return;
        }
        let before = self.filter.before();
        let Some(range) = term::terms(before).pop().filter(|r| r.end == before.len()) else { return };
        let word = &before[range.clone()];
        let lead = word.len() - word.trim_start_matches(['-', '(']).len();
        let (sign, word) = word.split_at(lead);
        self.suggestions = match word.split_once(':') {
            Some((field, value)) => values(sign, field, value, cx),
            None => fields(sign, word),
        };
        self.stem = Some((range, sign.to_owned() + word));
    }

    /// Puts the next (`1`) or previous (`-1`) suggestion into the line.
    pub fn take(&mut self, by: isize) {
        let Some((range, _)) = self.stem.clone() else { return };
        if self.suggestions.is_empty() {
            return;
        }
        let len = self.suggestions.len() as isize;
        let n = match self.taken {
            None if by > 0 => 0,
            None => len - 1,
            Some(n) => (n as isize + by).rem_euclid(len),
        };
        let term = self.suggestions[n as usize].term.clone();
        let text = self.filter.text();
        let rest = text[range.end.min(text.len())..].to_owned();
        let head = text[..range.start].to_owned() + &term;
        let at = head.len();
        self.filter = Line::of(&(head + &rest));
        self.filter.put_cursor(at);
        self.taken = Some(n as usize);
        self.stem = Some((range.start..at, term));
    }
}

fn phrase(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) && !matches!(text, "OR" | "NOT" | "AND") {
        text.to_owned()
    } else {
        format!("\"{text}\"")
    }
}

fn fields(sign: &str, word: &str) -> Vec<Suggestion> {
    if word.is_empty() {
        return Vec::new();
    }
    FIELDS
        .iter()
        .filter(|f| f.0.starts_with(&word.to_lowercase()))
        .map(|f| Suggestion { term: format!("{sign}{}", f.0), label: f.0.to_owned(), count: None })
        .collect()
}

fn values(sign: &str, field: &str, value: &str, cx: &Cx<'_>) -> Vec<Suggestion> {
    let typed = value.trim_start_matches('=').trim_start_matches('"');
    let lower = format!("{}:", field.to_lowercase());
    if lower == "source:" {
        return sources(sign, typed, cx);
    }
    let Some((_, kind)) = FIELDS.iter().find(|f| f.0 == lower && (f.1.is_some() || f.0 == "name:")) else {
        return Vec::new();
    };
    let needle = Needle::new(typed);
    cx.snapshot
        .entities
        .all
        .iter()
        .zip(0..)
        .take(LOOKED_AT)
        .filter(|(e, _)| kind.is_none_or(|k| k == e.kind))
        .filter(|(e, _)| needle.as_ref().is_none_or(|n| n.is_in(&e.name)))
        .map(|(e, n)| {
            let under = cx.facets.map(|f| f.entities.get(&crate::entity::EntityIx(n)).copied().unwrap_or(0));
            Suggestion {
                term: format!("{sign}{lower}\"{}\"", e.name.replace('"', "")),
                label: e.name.clone(),
                count: Some(under.unwrap_or(e.articles)),
            }
        })
        .take(SUGGESTIONS)
        .collect()
}

fn sources(sign: &str, typed: &str, cx: &Cx<'_>) -> Vec<Suggestion> {
    let mut counts: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
    for entry in cx.snapshot.entries.iter().take(LOOKED_AT) {
        if let Some(outlet) = entry.outlet() {
            *counts.entry(outlet).or_default() += 1;
        }
    }
    let needle = Needle::new(typed);
    let mut found: Vec<(&str, u32)> =
        counts.into_iter().filter(|(s, _)| needle.as_ref().is_none_or(|n| n.is_in(s))).collect();
    found.sort_by_key(|(s, n)| (std::cmp::Reverse(*n), *s));
    found
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(s, n)| Suggestion {
            term: format!("{sign}source:\"{}\"", s.replace('"', "")),
            label: s.to_owned(),
            count: Some(n),
        })
        .collect()
}
