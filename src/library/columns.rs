//! Outlet, month and language of each article as rows of numbers: what is counted and filtered by without looking at the articles.
//!
//! Owns: the numbers, and the names that they stand for.
//! Refuses: names in texts ([`super::index`] has them). Tests: `facets.rs`, `query/scan.rs`.

use std::hash::Hash;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::entries::Entries;
use super::snapshot::Head;
use crate::article::{Precision, When};

/// Stands for no outlet, no month, no language.
const NONE: u32 = u32::MAX;

/// One column: a number for each article, and what each number stands for.
#[derive(Debug)]
pub struct Column<T> {
    values: Vec<T>,
    of: Vec<u32>,
}

impl<T> Column<T> {
    /// What the numbers stand for.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The number of an article.
    pub fn number(&self, article: usize) -> Option<usize> {
        self.of.get(article).filter(|n| **n != NONE).map(|n| *n as usize)
    }

    /// How many of some articles have each number.
    pub fn counts(&self, articles: impl Iterator<Item = usize>) -> Vec<u32> {
        let mut counts = vec![0; self.values.len()];
        for number in articles.filter_map(|n| self.number(n)) {
            counts[number] += 1;
        }
        counts
    }

    fn of<'a, K: Copy + Eq + Hash>(
        entries: &'a Entries,
        key: impl Fn(&'a Head) -> Option<K>,
        value: impl Fn(K) -> T,
    ) -> Self {
        let mut known: FxHashMap<K, u32> = FxHashMap::default();
        let mut values = Vec::new();
        let mut number = |key: K| {
            *known.entry(key).or_insert_with(|| {
                values.push(value(key));
                values.len() as u32 - 1
            })
        };
        let of = entries.iter().map(|e| e.head.as_ref().and_then(&key).map_or(NONE, &mut number)).collect();
        Self { values, of }
    }
}

/// The columns of a snapshot.
#[derive(Debug)]
pub struct Columns {
    /// Outlets.
    pub outlets: Column<Box<str>>,
    /// Year and month, of articles of which more than the year is known.
    pub months: Column<(i16, i8)>,
    /// Language codes.
    pub langs: Column<&'static str>,
}

impl Columns {
    fn of(entries: &Entries) -> Self {
        let month = |at: When| (at.precision > Precision::Year).then(|| (at.at.year(), at.at.month()));
        Self {
            outlets: Column::of(entries, Head::outlet, Into::into),
            months: Column::of(entries, |h| h.published.when().and_then(month), |month| month),
            langs: Column::of(entries, |h| Some(h.lang.code()), |code| code),
        }
    }
}

/// The columns once somebody asked for them. A copy of a snapshot is about to be changed: it begins without.
#[derive(Debug, Default)]
pub struct Lazy(OnceLock<Columns>);

impl Clone for Lazy {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Lazy {
    /// The columns of these entries.
    pub fn of(&self, entries: &Entries) -> &Columns {
        self.0.get_or_init(|| Columns::of(entries))
    }
}
