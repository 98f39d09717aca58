//! Neighbours: candidates from an inverted index, then the full score.

use super::model::Relations;
use crate::article::{Article, Plain};
use crate::entity::EntityIx;

/// What relating needs of one article's text; made once, on any thread.
#[derive(Debug, Clone, Default)]
pub struct Features {}

impl Features {
    /// Reads an article's features.
    pub fn of(article: &Article, plain: &Plain) -> Self {
        let _ = (article, plain);
        Self {}
    }
}

/// One article as [`relate`] sees it.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Its features.
    pub features: &'a Features,
    /// Its distinct entities.
    pub entities: Vec<EntityIx>,
    /// Minutes since 1970, UTC.
    pub minutes: Option<i64>,
    /// Its outlet, in lower case.
    pub outlet: Option<&'a str>,
}

/// Finds the `top` related articles of each article; `stop` is asked now and then and ends the work early.
pub fn relate(inputs: &[Input<'_>], top: usize, stop: &(dyn Fn() -> bool + Sync)) -> Relations {
    let _ = (top, stop);
    Relations { of: vec![Vec::new(); inputs.len()] }
}
