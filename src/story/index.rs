//! The collection's own counts: in how many articles a hash stands, how much it weighs, and in which articles it stands.
//!
//! Owns: document frequencies blended with the background, postings, candidates by BM25.
//! Refuses: to compare whole articles ([`super::score`] does).
//! Tests: at the foot of this file.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::background::Background;
use super::features::Counts;

/// Hashes fall into shards by their upper bits; each is counted on its own thread.
const SHARD_BITS: u32 = 6;
/// A collection's own counts weigh as much as those of the background from this many articles on.
const PRIOR: f32 = 400.0;
/// BM25: how soon more of the same stops counting.
const K1: f32 = 1.2;
/// BM25: how much a long article is held against it.
const B: f32 = 0.75;

/// What is known of a hash that stands in two or more articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub idf: f32,
    start: u32,
    df: u32,
}

#[derive(Debug, Default)]
struct Shard {
    terms: FxHashMap<u32, Term>,
    docs: Vec<u32>,
    counts: Vec<u8>,
}

/// Weights of the hashes of one field, and the articles in which they stand.
#[derive(Debug)]
pub(super) struct Field {
    shards: Vec<Shard>,
    background: &'static Background,
    documents: f32,
}

impl Field {
    /// Counts a field over all articles; postings are kept for hashes in two to `widest` articles.
    pub fn build(docs: &[&Counts], background: &'static Background, widest: usize) -> Self {
        let documents = docs.len() as f32;
        let idf = |hash, df| blended(background, documents, hash, df);
        let shards =
            (0..1u32 << SHARD_BITS).into_par_iter().map(|n| Shard::build(docs, n, widest, &idf)).collect();
        Self { shards, background, documents }
    }

    fn shard(&self, hash: u32) -> &Shard {
        &self.shards[(hash >> (32 - SHARD_BITS)) as usize]
    }

    /// What is known of a hash; `None` where it stands in one article at most.
    pub fn term(&self, hash: u32) -> Option<Term> {
        self.shard(hash).terms.get(&hash).copied()
    }

    /// The weight of a hash.
    pub fn idf(&self, hash: u32) -> f32 {
        self.term(hash).map_or_else(|| blended(self.background, self.documents, hash, 1), |t| t.idf)
    }
}

/// ln(articles / articles with it), the background counting as [`PRIOR`] more articles.
fn blended(background: &Background, documents: f32, hash: u32, df: usize) -> f32 {
    ((documents + PRIOR) / (df as f32 + PRIOR * background.share(hash))).ln().max(0.0)
}

impl Shard {
    fn build(docs: &[&Counts], number: u32, widest: usize, idf: &dyn Fn(u32, usize) -> f32) -> Self {
        let low = number << (32 - SHARD_BITS);
        let high = low | (u32::MAX >> SHARD_BITS);
        let mut rows: Vec<(u32, u32, u8)> = Vec::new();
        for (doc, counts) in (0u32..).zip(docs) {
            let first = counts.hashes.partition_point(|&h| h < low);
            let last = counts.hashes.partition_point(|&h| h <= high);
            rows.extend((first..last).map(|i| (counts.hashes[i], doc, counts.counts[i])));
        }
        rows.sort_unstable();
        let mut shard = Self::default();
        for run in rows.chunk_by(|a, b| a.0 == b.0) {
            if run.len() < 2 {
                continue;
            }
            let (hash, df) = (run[0].0, run.len());
            let start = shard.docs.len() as u32;
            if df <= widest {
                shard.docs.extend(run.iter().map(|r| r.1));
                shard.counts.extend(run.iter().map(|r| r.2));
            }
            shard.terms.insert(hash, Term { idf: idf(hash, df), start, df: df as u32 });
        }
        shard
    }
}

/// Room for adding up scores by article, used again for each query of a thread.
#[derive(Debug, Default)]
pub(super) struct Sums {
    by_doc: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    /// Room for a number of articles.
    pub fn new(documents: usize) -> Self {
        Self { by_doc: vec![0.0; documents], touched: Vec::new() }
    }

    fn add(&mut self, doc: u32, value: f32) {
        let sum = &mut self.by_doc[doc as usize];
        if *sum == 0.0 {
            self.touched.push(doc);
        }
        *sum += value;
    }

    /// The `most` best articles and their sums times `factor`, in no order; leaves the room empty.
    fn best(&mut self, most: usize, factor: &dyn Fn(u32) -> f32) -> Vec<u32> {
        let mut found: Vec<(f32, u32)> = Vec::with_capacity(self.touched.len());
        for doc in self.touched.drain(..) {
            found.push((self.by_doc[doc as usize] * factor(doc), doc));
            self.by_doc[doc as usize] = 0.0;
        }
        if found.len() > most {
            found.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(most);
        }
        found.into_iter().map(|f| f.1).collect()
    }
}

/// Finds articles that share heavy hashes.
#[derive(Debug)]
pub(super) struct Searcher<'a> {
    field: &'a Field,
    /// The part of BM25 that depends on the article's length alone.
    lengths: Vec<f32>,
    widest: usize,
}

impl<'a> Searcher<'a> {
    /// Prepares for queries.
    pub fn new(field: &'a Field, docs: &[&Counts], widest: usize) -> Self {
        let size = |counts: &Counts| counts.counts.iter().map(|&c| f32::from(c)).sum::<f32>();
        let sizes: Vec<f32> = docs.iter().map(|counts| size(counts)).collect();
        let mean = (sizes.iter().sum::<f32>() / sizes.len().max(1) as f32).max(1.0);
        let lengths = sizes.into_iter().map(|size| K1 * (1.0 - B + B * size / mean)).collect();
        Self { field, lengths, widest }
    }

    /// Up to `most` articles by BM25 for the `heaviest` hashes of a query, times `factor`.
    pub fn candidates(
        &self,
        query: &Counts,
        heaviest: usize,
        most: usize,
        sums: &mut Sums,
        factor: &dyn Fn(u32) -> f32,
    ) -> Vec<u32> {
        let mut terms: Vec<(f32, u32, Term)> = query
            .iter()
            .filter_map(|(hash, count)| {
                let term = self.field.term(hash).filter(|t| t.df as usize <= self.widest)?;
                Some((f32::from(count).ln_1p() * term.idf, hash, term))
            })
            .collect();
        if terms.len() > heaviest {
            terms.select_nth_unstable_by(heaviest, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            terms.truncate(heaviest);
        }
        for (_, hash, term) in terms {
            let shard = self.field.shard(hash);
            let range = term.start as usize..(term.start + term.df) as usize;
            for (&doc, &count) in shard.docs[range.clone()].iter().zip(&shard.counts[range]) {
                let tf = f32::from(count);
                sums.add(doc, term.idf * tf * (K1 + 1.0) / (tf + self.lengths[doc as usize]));
            }
        }
        sums.best(most, factor)
    }
}
