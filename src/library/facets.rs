//! Counts under the current filter.
//!
//! Owns: exact counts of names, outlets, months and languages over a set of articles, each by one pass over a compact table.
//! Refuses: samples: what is shown is what is there.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::columns::Column;
use super::snapshot::{ArticleIx, Snapshot};
use crate::entity::EntityIx;

/// Articles by entity: entities are numbered, so that a plain row of counts is small and quick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(Vec<u32>);

impl Counts {
    /// The articles of an entity; `None` where there are none.
    pub fn get(&self, entity: EntityIx) -> Option<u32> {
        self.0.get(entity.0 as usize).copied().filter(|n| *n > 0)
    }

    /// The entities that are there, by rising index, each with its articles.
    pub fn iter(&self) -> impl Iterator<Item = (EntityIx, u32)> + '_ {
        (0..).map(EntityIx).zip(self.0.iter().copied()).filter(|(_, n)| *n > 0)
    }
}

/// What is counted with each change of the filter: all that is in sight. Outlets, months and languages are counted when somebody wants
/// to choose one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Articles by entity.
    pub entities: Counts,
}

impl Facets {
    /// Counts over `articles`.
    pub fn count(snapshot: &Snapshot, articles: &[ArticleIx]) -> Self {
        Self { entities: Counts(snapshot.index.names.counts(&set(snapshot, articles))) }
    }
}

/// The articles as a set.
pub(super) fn set(snapshot: &Snapshot, articles: &[ArticleIx]) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(snapshot.entries.len());
    articles
        .iter()
        .map(|ix| ix.0 as usize)
        .filter(|n| *n < snapshot.entries.len())
        .for_each(|n| set.insert(n));
    set
}

/// Articles by outlet.
pub(super) fn sources(snapshot: &Snapshot, articles: &FixedBitSet) -> BTreeMap<String, u32> {
    counted(&snapshot.columns().outlets, articles, ToString::to_string)
}

/// Articles by month.
pub(super) fn months(snapshot: &Snapshot, articles: &FixedBitSet) -> BTreeMap<String, u32> {
    counted(&snapshot.columns().months, articles, |(year, month)| format!("{year:04}-{month:02}"))
}

/// Articles by language.
pub(super) fn langs(snapshot: &Snapshot, articles: &FixedBitSet) -> BTreeMap<&'static str, u32> {
    counted(&snapshot.columns().langs, articles, |code| *code)
}

/// The values that some of the articles have, each with how many.
fn counted<T, K: Ord>(
    column: &Column<T>,
    articles: &FixedBitSet,
    name: impl Fn(&T) -> K,
) -> BTreeMap<K, u32> {
    let counts = column.counts(articles);
    column.values().iter().zip(counts).filter(|(_, n)| *n > 0).map(|(value, n)| (name(value), n)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustc_hash::FxHashMap;

    use super::*;
    use crate::library::sample::{library, made};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn counts_are_those_of_a_brute_force_count(all in prop::collection::vec(made(), 0..12), every in 1..4_usize) {
            let snapshot = library(&all);
            let some: Vec<ArticleIx> = snapshot.order.iter().copied().step_by(every).collect();
            let facets = Facets::count(&snapshot, &some);
            let set = set(&snapshot, &some);
            let mut entities: FxHashMap<EntityIx, u32> = FxHashMap::default();
            let mut sources: BTreeMap<String, u32> = BTreeMap::new();
            let mut months: BTreeMap<String, u32> = BTreeMap::new();
            for &ix in &some {
                for (entity, _) in snapshot.entities_of(ix) {
                    *entities.entry(entity).or_default() += 1;
                }
                let Some(read) = snapshot.read(ix) else { continue };
                if let Some(source) = &read.article.source {
                    *sources.entry(source.clone()).or_default() += 1;
                }
                if let Some(at) = &read.article.published {
                    *months.entry(at.iso()[..7].to_owned()).or_default() += 1;
                }
            }
            let counted: FxHashMap<EntityIx, u32> = facets.entities.iter().collect();
            prop_assert!(entities.iter().all(|(ix, n)| facets.entities.get(*ix) == Some(*n)));
            prop_assert_eq!(counted, entities);
            prop_assert_eq!((super::sources(&snapshot, &set), super::months(&snapshot, &set)), (sources, months));
        }
    }
}
