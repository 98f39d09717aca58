//! How much a hash weighs: what is common in the press at large, and what is common in this collection.
//!
//! Owns: document frequencies of the collection, blended with the background. They are counted in a bounded sample, so that they
//! take the same memory however large the collection is.
//! Refuses: to change with each article: whoever holds them counts anew when the collection has doubled.
//! Tests: at the foot.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::background::{self, Background};
use super::collection::Collection;
use super::table::Table;
use super::vectors::Counted;

/// Articles of the sample at most.
const SAMPLE: usize = 8192;
/// Articles that are read at once while counting.
const AT_ONCE: usize = 512;
/// A collection's own counts weigh as much as those of the background from this many articles on.
const PRIOR: f32 = 400.0;

/// Weights of the hashes of one field.
#[derive(Debug)]
pub(super) struct Field {
    /// Of hashes that the background knows, or that stand in two or more articles of the sample.
    idf: Table,
    /// Of all others.
    rest: f32,
}

impl Field {
    /// The weights of hashes.
    pub fn all(&self, hashes: impl Iterator<Item = u32> + Clone) -> Vec<f32> {
        self.idf.all(hashes, self.rest)
    }

    fn of(background: &'static Background, documents: usize, mut counts: FxHashMap<u32, u32>) -> Self {
        counts.retain(|_, df| *df > 1);
        for hash in background.hashes() {
            counts.entry(hash).or_insert(1);
        }
        let documents = documents as f32;
        let weigh = |(hash, df)| (hash, blended(background.share(hash), documents, df));
        let idf: Vec<(u32, f32)> = counts.into_iter().map(weigh).collect();
        Self { idf: Table::of(&idf), rest: blended(background.least(), documents, 1) }
    }
}

/// ln(articles / articles with it), the background, where it has this share, counting as [`PRIOR`] more articles.
fn blended(share: f32, documents: f32, df: u32) -> f32 {
    ((documents + PRIOR) / (df as f32 + PRIOR * share)).ln().max(0.0)
}

/// Weights of a collection.
#[derive(Debug)]
pub(super) struct Weights {
    pub syllables: Field,
    pub pairs: Field,
    /// Articles that the collection had when they were counted.
    pub counted: usize,
    /// ln(1 + count) for each count.
    pub logs: Box<[f32; 256]>,
}

impl Weights {
    /// Counts a collection: all of it where it is small, else articles evenly from all over it.
    pub fn of(collection: &dyn Collection) -> Self {
        let counted = collection.count();
        let sample: Vec<usize> =
            (0..counted.min(SAMPLE)).map(|n| n * counted / counted.min(SAMPLE)).collect();
        let mut counts = [FxHashMap::<u32, u32>::default(), FxHashMap::default()];
        for part in sample.chunks(AT_ONCE) {
            let hashes = |of: Counted<'_>| of.hashes.iter().collect::<Vec<u32>>();
            let read = |&n: &usize| {
                let mut own = [Vec::new(), Vec::new()];
                collection.vectors(n, &mut |of| own = [of.syllables, of.pairs].map(hashes));
                own
            };
            for own in part.par_iter().map(read).collect::<Vec<_>>() {
                for (counts, own) in counts.iter_mut().zip(own) {
                    for hash in own {
                        *counts.entry(hash).or_default() += 1;
                    }
                }
            }
        }
        let [syllables, pairs] = counts;
        let mut logs = Box::new([0.0; 256]);
        for (count, log) in (0..=u8::MAX).zip(logs.iter_mut()) {
            *log = f32::from(count).ln_1p();
        }
        Self {
            syllables: Field::of(background::syllables(), sample.len(), syllables),
            pairs: Field::of(background::pairs(), sample.len(), pairs),
            counted,
            logs,
        }
    }

    /// The length of a vector.
    pub fn length(&self, counts: Counted<'_>, field: &Field) -> f32 {
        let weighed = counts.counts.iter().zip(field.all(counts.hashes.iter()));
        let squares = weighed.map(|(n, idf)| (self.logs[usize::from(*n)] * idf).powi(2));
        squares.sum::<f32>().sqrt()
    }
}
