//! The query language: one for search, filter, export and the command line.

use std::ops::Range;

use super::snapshot::{ArticleIx, Snapshot};
use crate::text::Needle;

/// Fields of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `person:`
    Person,
    /// `place:`
    Place,
    /// `org:`
    Org,
    /// `name:`, any kind.
    Name,
    /// `source:`
    Source,
    /// `title:`
    Title,
    /// `body:`
    Body,
    /// `date:`
    Date,
    /// `after:`
    After,
    /// `before:`
    Before,
}

/// The parsed form.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Everything.
    All,
    /// A word or phrase anywhere.
    Text(String),
    /// A field with one or more values (any of them); `exact` where `=` stands before the value.
    Field {
        /// Which.
        field: Field,
        /// The values.
        values: Vec<String>,
        /// Spelling must be the same, marks included.
        exact: bool,
    },
    /// Not.
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
}

/// Something in a query that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryProblem {
    /// Byte range in the query.
    pub at: Range<usize>,
    /// What is wrong and what could be meant.
    pub message: String,
}

/// A query.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What was typed.
    pub raw: String,
    /// What it means.
    pub expr: Expr,
}

impl Query {
    /// Parses; the problem carries the place for a caret.
    pub fn parse(raw: &str) -> Result<Self, QueryProblem> {
        Ok(Self {
            raw: raw.to_owned(),
            expr: if raw.trim().is_empty() { Expr::All } else { Expr::Text(raw.trim().to_owned()) },
        })
    }

    /// The articles that match, in the snapshot's order; `None` when `stop` said so.
    pub fn select(&self, snapshot: &Snapshot, stop: &dyn Fn() -> bool) -> Option<Vec<ArticleIx>> {
        let _ = stop;
        Some(snapshot.order.as_ref().clone())
    }

    /// The needles of the text terms that are not negated: what is highlighted in an article.
    pub fn needles(&self) -> Vec<Needle> {
        Vec::new()
    }
}
