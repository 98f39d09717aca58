//! Outlet, month and language of each article as rows of numbers: what is counted and filtered by without looking at the articles.
//!
//! Owns: the numbers, and the names that they stand for.
//! Refuses: names in texts ([`super::index`] has them). Tests: `facets.rs`, `query/scan.rs`.

use std::hash::Hash;
use std::sync::OnceLock;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::entries::Entries;
use super::snapshot::Head;
use crate::article::{Precision, When};

/// One column: a number for each article, and what each number stands for.
#[derive(Debug)]
pub struct Column<T> {
    values: Vec<T>,
    /// By article; that of no value is the one behind the last.
    of: Vec<u32>,
    /// Articles by number.
    all: Vec<u32>,
}

impl<T> Column<T> {
    /// What the numbers stand for.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The number of an article.
    pub fn number(&self, article: usize) -> Option<usize> {
        self.of.get(article).map(|n| *n as usize).filter(|n| *n < self.values.len())
    }

    /// How many of some articles have each number. Of more than half of them those that are not given are counted, and taken off.
    pub fn counts(&self, articles: &FixedBitSet) -> Vec<u32> {
        let mut counts: Vec<u32> = if articles.count_ones(..) * 2 <= self.of.len() {
            self.counted(articles.ones())
        } else {
            let others = self.counted(articles.zeroes());
            self.all.iter().zip(others).map(|(all, others)| all - others).collect()
        };
        counts.truncate(self.values.len());
        counts
    }

    fn counted(&self, articles: impl Iterator<Item = usize>) -> Vec<u32> {
        let mut counts = vec![0; self.all.len()];
        for number in articles.filter_map(|article| self.of.get(article)) {
            counts[*number as usize] += 1;
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
        let numbers = entries.iter().map(|e| e.head.as_ref().and_then(&key).map(&mut number));
        let given: Vec<Option<u32>> = numbers.collect();
        let none = values.len() as u32;
        let of: Vec<u32> = given.into_iter().map(|n| n.unwrap_or(none)).collect();
        let mut all = vec![0; values.len() + 1];
        for number in &of {
            all[*number as usize] += 1;
        }
        Self { values, of, all }
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
