//! Where candidates are looked for: in which articles the heaviest pairs of an article are heavy as well.
//!
//! Owns: postings by buckets of hashes, a few hundred bytes an article; candidates by BM25, from a bounded number of postings.
//! Refuses: to compare whole articles ([`super::score`] does); to keep hashes: pairs that fall into one bucket are one here, and what
//! that brings up by chance the full score turns away.
//! Tests: at the foot of this file.

use std::cmp::Ordering;

use super::vectors::Counts;
use super::weights::Weights;

/// Buckets for each article, and as a power of two the fewest that there are.
const BUCKETS: usize = 8;
const FEWEST: u32 = 16;
/// A pair in more than this share of the articles finds nothing in particular.
const WIDEST: f32 = 0.1;
/// In a small collection it may: articles up to which any pair counts.
const SMALL: usize = 64;
/// Postings that are read for an article at most, those of the rarest pairs first: the cost of an article does not grow with the collection.
const POSTINGS: usize = 40_000;
/// BM25: how soon more of the same stops counting.
const K1: f32 = 1.2;
/// BM25: how much a long article is held against it.
const B: f32 = 0.75;
/// A posting is an article and, in its upper bits, a count.
const COUNT_BITS: u32 = 4;
const DOC: u32 = u32::MAX >> COUNT_BITS;
/// Articles whose postings wait at least before all are laid out anew.
const WAITING: usize = 2048;
/// No posting.
const END: u32 = u32::MAX;

/// Postings of signatures.
#[derive(Debug)]
pub(super) struct Index {
    /// A hash's bucket is its upper bits.
    bits: u32,
    /// Where the postings of each bucket begin.
    starts: Vec<u32>,
    postings: Vec<u32>,
    /// Postings that came since: for each bucket the last one, each with the one before.
    heads: Vec<u32>,
    waiting: Vec<(u32, u32)>,
    /// Sum of the counts of each article's signature.
    sizes: Vec<u16>,
    total: f32,
    /// Articles whose postings are laid out.
    settled: usize,
}

impl Index {
    /// Room for a number of articles, or twice as many.
    pub fn new(articles: usize) -> Self {
        let bits = (articles * BUCKETS).next_power_of_two().trailing_zeros().clamp(FEWEST, 31);
        let buckets = 1usize << bits;
        Self {
            bits,
            starts: vec![0; buckets + 1],
            postings: Vec::new(),
            heads: Vec::new(),
            waiting: Vec::new(),
            sizes: Vec::new(),
            total: 0.0,
            settled: 0,
        }
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        4 * (self.starts.len() + self.postings.len() + self.heads.len() + 2 * self.waiting.len())
            + 2 * self.sizes.len()
    }

    fn bucket(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> (32 - self.bits)) as usize
    }

    /// Adds the signature of the next article.
    pub fn add(&mut self, signature: &Counts) {
        let doc = self.sizes.len() as u32 & DOC;
        self.heads.resize(self.starts.len() - 1, END);
        let mut size = 0u16;
        for (hash, count) in signature.iter() {
            size = size.saturating_add(u16::from(count));
            let posting = u32::from(count.min((1 << COUNT_BITS) - 1)) << (32 - COUNT_BITS) | doc;
            let bucket = self.bucket(hash);
            self.waiting.push((posting, self.heads[bucket]));
            self.heads[bucket] = self.waiting.len() as u32 - 1;
        }
        self.sizes.push(size);
        self.total += f32::from(size);
        if self.sizes.len() - self.settled > WAITING.max(self.settled / 2) {
            self.settle();
        }
    }

    /// Lays all postings out, bucket by bucket.
    pub fn settle(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut postings = Vec::with_capacity(self.postings.len() + self.waiting.len());
        for bucket in 0..self.heads.len() {
            starts.push(postings.len() as u32);
            postings.extend_from_slice(self.laid_out(bucket));
            let first = postings.len();
            postings.extend(self.fresh(bucket));
            postings[first..].reverse();
        }
        starts.push(postings.len() as u32);
        (self.starts, self.postings) = (starts, postings);
        (self.heads, self.waiting) = (Vec::new(), Vec::new());
        self.settled = self.sizes.len();
    }

    fn laid_out(&self, bucket: usize) -> &[u32] {
        &self.postings[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// The postings of a bucket that wait, the last first.
    fn fresh(&self, bucket: usize) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.heads.get(bucket).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let &(posting, before) = self.waiting.get(at as usize)?;
            at = before;
            Some(posting)
        })
    }

    /// Up to `most` articles by BM25 for the pairs of a signature, times `factor`, the best first.
    pub fn candidates(
        &self,
        signature: &Counts,
        weights: &Weights,
        most: usize,
        sums: &mut Sums,
        factor: &dyn Fn(u32) -> f32,
    ) -> Vec<u32> {
        let mean = (self.total / self.sizes.len().max(1) as f32).max(1.0);
        sums.make_room(self.sizes.len());
        let mut left = POSTINGS;
        for (idf, bucket, length) in self.terms(signature, weights) {
            let Some(after) = left.checked_sub(length) else { break };
            left = after;
            for posting in self.laid_out(bucket).iter().copied().chain(self.fresh(bucket)) {
                let (doc, tf) = (posting & DOC, (posting >> (32 - COUNT_BITS)) as f32);
                let size = f32::from(self.sizes[doc as usize]) / mean;
                sums.add(doc, idf * tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * size)));
            }
        }
        sums.best(most, factor)
    }

    /// Weight, bucket and number of postings of the pairs that find something in particular, the fewest postings first.
    fn terms(&self, signature: &Counts, weights: &Weights) -> Vec<(f32, usize, usize)> {
        let widest = ((self.sizes.len() as f32 * WIDEST) as usize).max(SMALL);
        let mut terms: Vec<(f32, usize, usize)> = signature
            .iter()
            .map(|(hash, _)| (weights.pairs.idf(hash), self.bucket(hash)))
            .map(|(idf, bucket)| (idf, bucket, self.length(bucket)))
            .filter(|&(_, _, length)| length <= widest)
            .collect();
        terms.sort_unstable_by_key(|&(_, bucket, length)| (length, bucket));
        terms
    }

    fn length(&self, bucket: usize) -> usize {
        self.laid_out(bucket).len() + self.fresh(bucket).count()
    }
}

/// Room for adding up scores by article, used again for each query of a thread.
#[derive(Debug, Default)]
pub(super) struct Sums {
    by_doc: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    fn make_room(&mut self, documents: usize) {
        if self.by_doc.len() < documents {
            self.by_doc.resize(documents, 0.0);
        }
    }

    fn add(&mut self, doc: u32, value: f32) {
        let sum = &mut self.by_doc[doc as usize];
        if *sum == 0.0 {
            self.touched.push(doc);
        }
        *sum += value;
    }

    /// The `most` best articles by their sums times `factor`, which is 1 at most, the best first; leaves the room empty.
    fn best(&mut self, most: usize, factor: &dyn Fn(u32) -> f32) -> Vec<u32> {
        let by_doc = &mut self.by_doc;
        let mut found: Vec<(f32, u32)> =
            self.touched.drain(..).map(|doc| (std::mem::take(&mut by_doc[doc as usize]), doc)).collect();
        // A factor costs more than all the rest: of most articles the sum alone is too little.
        let first = best_of(&mut found, most.saturating_mul(2));
        let with_factor = |&(sum, doc): &(f32, u32)| (sum * factor(doc), doc);
        let mut out: Vec<(f32, u32)> = found[..first].iter().map(with_factor).collect();
        let enough = best_of(&mut out, most);
        let least = out[..enough].iter().map(|f| f.0).fold(f32::INFINITY, f32::min);
        out.extend(found[first..].iter().filter(|f| f.0 >= least).map(with_factor));
        let enough = best_of(&mut out, most);
        out.truncate(enough);
        out.sort_unstable_by(by_value);
        out.iter().map(|f| f.1).collect()
    }
}

/// Brings the `most` best to the front; gives how many these are.
fn best_of(found: &mut [(f32, u32)], most: usize) -> usize {
    if found.len() > most {
        found.select_nth_unstable_by(most, by_value);
    }
    found.len().min(most)
}

/// The highest value first, then the lowest number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "sorting asks for this form")]
fn by_value(a: &(f32, u32), b: &(f32, u32)) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::super::collection::Inputs;
    use super::*;

    fn signature(hashes: &[u32]) -> Counts {
        Counts::of(hashes.iter().map(|&hash| (hash.wrapping_mul(0x0100_0193), 1)).collect())
    }

    fn found(index: &Index, hashes: &[u32], most: usize) -> Vec<u32> {
        let weights = Weights::of(&Inputs::new(&[]));
        let mut sums = Sums::default();
        let mut found = index.candidates(&signature(hashes), &weights, most, &mut sums, &|_| 1.0);
        found.sort_unstable();
        assert!(sums.touched.is_empty() && sums.by_doc.iter().all(|sum| *sum == 0.0));
        found
    }

    #[test]
    fn what_shares_most_is_found_however_postings_lie() {
        let mut index = Index::new(4);
        for (n, hashes) in [&[1, 2, 3, 4][..], &[1, 2, 3, 9], &[4, 20, 21, 22], &[30, 31]].iter().enumerate()
        {
            index.add(&signature(hashes));
            if n == 1 {
                index.settle();
            }
        }
        for settled in [false, true] {
            if settled {
                index.settle();
            }
            assert_eq!(found(&index, &[1, 2, 3, 4], 9), [0, 1, 2], "{settled}");
            assert_eq!(found(&index, &[1, 2, 3, 4], 2), [0, 1], "{settled}");
            assert_eq!(found(&index, &[77], 9), [] as [u32; 0], "{settled}");
        }
    }

    #[test]
    fn the_best_are_those_by_sum_and_factor() {
        let factor = |doc: u32| 1.0 / (1 + doc % 7) as f32;
        let value = |doc: u32| (doc * 37 % 101 + 1) as f32;
        for most in [1, 5, 40, 300] {
            let mut sums = Sums::default();
            sums.make_room(200);
            (0..200).for_each(|doc| sums.add(doc, value(doc)));
            let mut expect: Vec<u32> = (0..200).collect();
            let by = |doc: &u32| (-value(*doc) * factor(*doc), *doc);
            expect.sort_by(|a, b| by(a).partial_cmp(&by(b)).expect("numbers"));
            expect.truncate(most);
            expect.sort_unstable();
            let mut found = sums.best(most, &factor);
            found.sort_unstable();
            assert_eq!(found, expect, "{most}");
        }
    }

    #[test]
    fn the_cost_of_an_article_is_bounded() {
        let mut index = Index::new(4);
        let many = POSTINGS as u32 * 2;
        let common: Vec<u32> = (0..12).collect();
        for n in 0..many {
            // Each of a dozen pairs stands in a twentieth of the articles, another pair in two of them.
            let shared: &[u32] = if n % 20 < 12 { &[n % 20] } else { &[] };
            index.add(&signature(&[shared, &[1000 + n / 2]].concat()));
        }
        let found = found(&index, &[&common[..], &[1000]].concat(), usize::MAX);
        assert!(found.len() <= POSTINGS && found.len() > POSTINGS / 2, "{}", found.len());
        assert!(found.contains(&0) && found.contains(&1), "the rarest pair comes first");
        assert!(index.bytes() < many as usize * 60 + (4 << FEWEST) * 4, "{}", index.bytes());
    }
}
