//! Counts under the current filter.

use std::collections::BTreeMap;

use super::snapshot::{ArticleIx, Snapshot};
use crate::entity::EntityIx;

/// Exact counts over a set of articles.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// Articles by entity.
    pub entities: rustc_hash::FxHashMap<EntityIx, u32>,
    /// Articles by outlet.
    pub sources: BTreeMap<String, u32>,
    /// Articles by month, `2025-09`.
    pub months: BTreeMap<String, u32>,
}

impl Facets {
    /// Counts over `articles`.
    pub fn count(snapshot: &Snapshot, articles: &[ArticleIx]) -> Self {
        let _ = (snapshot, articles);
        Self::default()
    }
}
