//! The query language: one for search, filter, export and the command line.
//!
//! Owns: its form ([`Expr`]), parsing ([`mod@parse`]), printing, editing by keys, completion, selecting articles.
//! Refuses: the clock: relative dates count from the snapshot's day or from [`Query::on`].
//! Tests: at the foot of each file; `scan.rs` compares with a naive scan.
//!
//! ```text
//! campuchia biểu tình            both words, anywhere          "phe đối lập"   a phrase
//! -x  NOT x  -(a OR b)           not                           a OR b   a | b   either
//! person:"Kim Jong Un"           a name or one of its variants place: org: name:
//! source:vnexpress,tuoitre       any of them                   title: body: lang:
//! date:2026-09-22  date:22/9  date:3d  date:2026-08..2026-09   after: before:
//! =Đà  person:="Mátxcơva"        exactly these marks           tri*  a half-typed word
//! is:unread  has:note  tag:x     what the reader did           quote: said: sources:>3
//! story:{place:nga}  like:@      by what belongs together      view:name  a saved query
//! ```
//! A letter typed without a mark matches every mark; a mark that was typed is respected.

mod complete;
mod dates;
mod edit;
mod eval;
mod fault;
mod fields;
mod is;
mod parse;
mod print;
#[cfg(test)]
mod scan;
mod told;
mod view;

use std::ops::Range;

use jiff::civil::Date;

pub use self::complete::{Completion, complete};
pub use self::edit::Standing;
pub use self::fault::{Near, QueryFault, QueryProblem};
pub use self::fields::{FIELDS, Field, FieldRow};
use self::is::Count;
pub use self::view::{View, Views};
use super::ids::is_id as article_id;
pub use super::segment::How;
use super::snapshot::{ArticleIx, Snapshot};
use crate::text::{Folded, Needle, fold, nfc, spelling};

/// The parsed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Everything.
    All,
    /// A word or phrase anywhere.
    Text {
        /// As it was typed, without quotes.
        text: String,
        /// How it is matched.
        how: How,
    },
    /// A field with one or more values (any of them).
    Field {
        /// Which.
        field: Field,
        /// The values, without quotes.
        values: Vec<String>,
        /// How they are matched (`Prefix` concerns the last).
        how: How,
    },
    /// The title matches a regular expression; case makes no difference.
    Pattern(String),
    /// All articles of each story in which some article matches.
    Story(Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// All of them; two or more, none of them `And`.
    And(Vec<Expr>),
    /// Any of them; two or more, none of them `Or`.
    Or(Vec<Expr>),
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What was typed.
    pub raw: String,
    /// What it means.
    pub expr: Expr,
    /// The parts that are joined by AND on the outermost level, each with its place in `raw`.
    parts: Vec<(Range<usize>, Expr)>,
    /// Views and articles that it speaks of, each with its place in `raw`.
    spoken: Vec<Spoken>,
    /// The day that relative dates count from, where it is not the snapshot's.
    today: Option<Date>,
    /// The article that `@` means.
    open: Option<ArticleIx>,
}

/// A value that must be there: the name of a view, or the id of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spoken {
    at: Range<usize>,
    view: bool,
    name: String,
}

impl Query {
    /// Parses a line while it is typed: the last word, when the line ends in it, may be half-typed. The problem carries the place
    /// for a caret.
    pub fn parse(raw: &str) -> Result<Self, QueryProblem> {
        Self::read(raw, true)
    }

    /// Parses a finished line, as on the command line: every word is whole.
    pub fn parse_whole(raw: &str) -> Result<Self, QueryProblem> {
        Self::read(raw, false)
    }

    fn read(raw: &str, typing: bool) -> Result<Self, QueryProblem> {
        let parse::Line { expr, parts, spoken } = parse::parse(raw, typing)?;
        Ok(Self { raw: raw.to_owned(), expr, parts, spoken, today: None, open: None })
    }

    /// The article that `@` means.
    #[must_use]
    pub fn about(mut self, article: Option<ArticleIx>) -> Self {
        self.open = article;
        self
    }

    /// A view or article that the query speaks of and that is not there: it would find nothing in silence.
    pub fn missing(&self, snapshot: &Snapshot) -> Option<QueryProblem> {
        self.missing_within(snapshot, &mut Vec::new())
    }

    fn missing_within(&self, snapshot: &Snapshot, path: &mut Vec<String>) -> Option<QueryProblem> {
        let mut fault = |spoken: &Spoken| {
            let name = spoken.name.clone();
            if !spoken.view {
                let named = || snapshot.entries.iter().any(|e| e.id.starts_with(&name));
                let there = if name == "@" { self.open.is_some() } else { named() };
                return (!there).then_some(QueryFault::NoArticle);
            }
            let Some(view) = snapshot.views.get(&name) else { return Some(QueryFault::NoView(name)) };
            let key = spelling(&name);
            if path.contains(&key) {
                return Some(QueryFault::ViewLoop(name));
            }
            path.push(key);
            let inner = view.missing_within(snapshot, path);
            path.pop();
            inner.map(|problem| problem.fault)
        };
        self.spoken.iter().find_map(|s| Some(QueryProblem { at: s.at.clone(), fault: fault(s)? }))
    }

    /// Whether it has a field with a value that `wanted` says yes to; `story:{…}` counts as `story:` of nothing.
    pub fn asks(&self, wanted: &dyn Fn(Field, &str) -> bool) -> bool {
        asks(&self.expr, wanted)
    }

    /// The names of the views that it is made of.
    pub fn views(&self) -> impl Iterator<Item = &str> {
        self.spoken.iter().filter(|s| s.view).map(|s| s.name.as_str())
    }

    /// The line with every `@` written as the id of the article that it means, so that the line means the same elsewhere.
    pub fn bound(&self, snapshot: &Snapshot) -> Option<String> {
        let id = &*snapshot.entry(self.open?)?.id;
        let signs: Vec<&Spoken> = self.spoken.iter().filter(|s| !s.view && s.name == "@").collect();
        let mut raw = self.raw.clone();
        for sign in signs.iter().rev() {
            raw.replace_range(sign.at.clone(), id);
        }
        (!signs.is_empty() && !id.is_empty()).then_some(raw)
    }

    /// Counts relative dates from `today`.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The articles that match, in the snapshot's order; `None` when `stop` said so.
    pub fn select(&self, snapshot: &Snapshot, stop: &dyn Fn() -> bool) -> Option<Vec<ArticleIx>> {
        let from = eval::From { snapshot, today: self.today.unwrap_or(snapshot.today), open: self.open };
        eval::select(&self.expr, from, stop)
    }

    /// The needles of the text terms that are not negated: what is highlighted in an article.
    pub fn needles(&self) -> Vec<Needle> {
        self.terms().into_iter().map(|term| term.needle).collect()
    }

    /// The text terms that are not negated, in order.
    pub fn terms(&self) -> Vec<Term> {
        let mut out = Vec::new();
        terms(&self.expr, &mut out);
        out
    }
}

/// A word or phrase that is looked for in the text.
#[derive(Debug, Clone)]
pub struct Term {
    /// As it was typed.
    pub text: String,
    /// How it is matched.
    pub how: How,
    /// Only in the title.
    pub title_only: bool,
    needle: Needle,
    literals: [String; 2],
}

impl Term {
    pub(in crate::library) fn new(text: &str, how: How, title_only: bool) -> Option<Self> {
        let needle = if how == How::Prefix { Needle::typing(text)? } else { Needle::new(text)? };
        Some(Self { text: text.to_owned(), how, title_only, needle, literals: literals(text) })
    }

    /// Byte ranges of the matches in `text`; those of the needle, but that exact terms keep their marks.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.find_folded(&fold(text), text)
    }

    /// As [`Term::find`], on a fold made before: several terms share it.
    pub fn find_folded(&self, folded: &Folded, text: &str) -> Vec<Range<usize>> {
        let mut found = self.needle.find_folded(folded, text);
        if self.how == How::Exact {
            let typed = spelling(self.text.trim());
            // Whatever blanks stand between the words.
            let same = |found: &str| spelling(found).split_whitespace().eq(typed.split_whitespace());
            found.retain(|at| text.get(at.clone()).is_some_and(same));
        }
        found
    }

    /// True when there is a match.
    pub fn is_in(&self, text: &str) -> bool {
        // Most texts that match hold the very words: finding them needs no fold of the whole text.
        if self.literals.iter().any(|words| stands_alone(words, text)) {
            return true;
        }
        if self.how == How::Exact { !self.find(text).is_empty() } else { self.needle.is_in(text) }
    }
}

/// The words as they were typed, and with a capital letter.
fn literals(text: &str) -> [String; 2] {
    let lower = nfc(text.trim()).to_lowercase();
    let mut letters = lower.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    [lower, capital]
}

/// The words stand in the text, letter by letter, with no letter before or behind.
fn stands_alone(words: &str, text: &str) -> bool {
    use super::segment::is_word;
    memchr::memmem::find_iter(text.as_bytes(), words).any(|at| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let behind = text.get(at + words.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(is_word) && !behind.is_some_and(is_word)
    })
}

/// The entities that are called so (the rule of `person:"…"`): those with exactly this name or spelling, else those that hold the words.
pub fn entities_called(snapshot: &Snapshot, field: Field, name: &str) -> Vec<crate::entity::EntityIx> {
    eval::entities(snapshot, field, name, How::Whole)
}

/// The entities of which a spelling holds the words as far as they are typed, those in most articles first.
pub fn entities_like(snapshot: &Snapshot, typed: &str) -> Vec<crate::entity::EntityIx> {
    eval::entities(snapshot, Field::Name, typed, How::Prefix)
}

fn asks(expr: &Expr, wanted: &dyn Fn(Field, &str) -> bool) -> bool {
    match expr {
        Expr::All | Expr::Text { .. } | Expr::Pattern(_) => false,
        Expr::Field { field, values, .. } => values.iter().any(|v| wanted(*field, v)),
        Expr::Story(inner) => wanted(Field::Story, "") || asks(inner, wanted),
        Expr::Not(inner) => asks(inner, wanted),
        Expr::And(all) | Expr::Or(all) => all.iter().any(|e| asks(e, wanted)),
    }
}

fn terms(expr: &Expr, out: &mut Vec<Term>) {
    match expr {
        Expr::Text { text, how } => out.extend(Term::new(text, *how, false)),
        Expr::Field { field: field @ (Field::Title | Field::Body | Field::Quote), values, how } => {
            out.extend(values.iter().filter_map(|v| Term::new(v, *how, *field == Field::Title)));
        }
        Expr::And(all) | Expr::Or(all) => all.iter().for_each(|e| terms(e, out)),
        Expr::All | Expr::Not(_) | Expr::Story(_) | Expr::Pattern(_) | Expr::Field { .. } => {}
    }
}

impl Snapshot {
    /// How many articles each saved view finds; of a view that speaks of what is not there, nothing is said.
    pub fn count_views(&self) -> Vec<(String, usize)> {
        let count = |v: &View| {
            let query = Some(&v.query).filter(|q| q.missing(self).is_none())?;
            Some((v.name.clone(), query.select(self, &|| false)?.len()))
        };
        self.views.all().filter_map(count).collect()
    }
}

/// A regular expression for titles; `None` for what is none, or grows too large.
fn pattern(text: &str) -> Option<regex::Regex> {
    const LARGEST: usize = 1 << 20;
    regex::RegexBuilder::new(text).case_insensitive(true).size_limit(LARGEST).build().ok()
}
