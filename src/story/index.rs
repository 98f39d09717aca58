//! Where candidates are looked for: in which articles the heaviest pairs of an article are heavy as well.
//!
//! Owns: postings by buckets of hashes, a few hundred bytes an article; candidates by BM25, from a bounded number of postings.
//! Refuses: to compare whole articles ([`super::score`] does); to keep hashes: pairs that fall into one bucket are one here, and what
//! that brings up by chance the full score turns away.
//! Tests: at the foot of this file.

use std::slice;

use super::sums::{BLOCK, K1, Sums};
use super::vectors::Counted;
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

    /// Adds the signature of the next article: hashes with their counts.
    pub fn add(&mut self, signature: impl Iterator<Item = (u32, u8)>) {
        let doc = self.sizes.len() as u32 & DOC;
        self.heads.resize(self.starts.len() - 1, END);
        let mut size = 0u16;
        for (hash, count) in signature {
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

    /// The postings of a bucket that wait, the first first.
    fn waiting(&self, bucket: usize) -> Vec<u32> {
        let mut postings: Vec<u32> = self.fresh(bucket).collect();
        postings.reverse();
        postings
    }

    /// Up to `most` articles by BM25 for the pairs of a signature, times `factor`, the best first.
    pub fn candidates(
        &self,
        signature: Counted<'_>,
        weights: &Weights,
        most: usize,
        sums: &mut Sums,
        factor: &impl Fn(u32) -> f32,
    ) -> Vec<u32> {
        let terms = self.terms(signature, weights);
        let waiting: Vec<Vec<u32>> = terms.iter().map(|&(_, bucket, _)| self.waiting(bucket)).collect();
        let mut lists: Vec<(f32, slice::Iter<'_, u32>)> = Vec::with_capacity(2 * terms.len());
        let mut left = POSTINGS;
        for (&(idf, bucket, length), waiting) in terms.iter().zip(&waiting) {
            let Some(after) = left.checked_sub(length) else { break };
            left = after;
            lists.extend([(idf, self.laid_out(bucket).iter()), (idf, waiting.iter())]);
        }
        let mean = (self.total / self.sizes.len().max(1) as f32).max(1.0);
        sums.begin(most, mean);
        for (block, sizes) in self.sizes.chunks(BLOCK).enumerate() {
            let first = (block * BLOCK) as u32;
            let end = first + sizes.len() as u32;
            for (idf, list) in &mut lists {
                while let Some(posting) = list.as_slice().first().filter(|posting| **posting & DOC < end) {
                    let (place, tf) = ((posting & DOC) - first, (posting >> (32 - COUNT_BITS)) as f32);
                    let norm = sums.norm(sizes[place as usize]);
                    sums.add(place, *idf * tf * (K1 + 1.0) / (tf + norm));
                    list.next();
                }
            }
            sums.end_block(first, factor);
        }
        sums.best()
    }

    /// Weight, bucket and number of postings of the pairs that find something in particular, the fewest postings first.
    fn terms(&self, signature: Counted<'_>, weights: &Weights) -> Vec<(f32, usize, usize)> {
        let widest = ((self.sizes.len() as f32 * WIDEST) as usize).max(SMALL);
        let idfs = weights.pairs.all(signature.hashes.iter());
        let buckets = signature.hashes.iter().map(|hash| self.bucket(hash));
        let mut terms: Vec<(f32, usize, usize)> =
            idfs.into_iter().zip(buckets).map(|(idf, bucket)| (idf, bucket, self.length(bucket))).collect();
        terms.retain(|&(idf, _, length)| idf > 0.0 && length <= widest);
        terms.sort_unstable_by_key(|&(_, bucket, length)| (length, bucket));
        terms
    }

    fn length(&self, bucket: usize) -> usize {
        self.laid_out(bucket).len() + self.fresh(bucket).count()
    }
}

#[cfg(test)]
mod tests {
    use super::super::collection::Inputs;
    use super::super::vectors::Counts;
    use super::*;

    fn signature(hashes: &[u32]) -> Counts {
        Counts::of(hashes.iter().map(|&hash| (hash.wrapping_mul(0x0100_0193), 1)).collect())
    }

    fn found(index: &Index, hashes: &[u32], most: usize) -> Vec<u32> {
        let weights = Weights::of(&Inputs::new(&[]));
        let mut sums = Sums::default();
        let mut found = index.candidates(signature(hashes).view(), &weights, most, &mut sums, &|_| 1.0);
        found.sort_unstable();
        assert!(sums.is_empty());
        found
    }

    #[test]
    fn what_shares_most_is_found_however_postings_lie() {
        let mut index = Index::new(4);
        for (n, hashes) in [&[1, 2, 3, 4][..], &[1, 2, 3, 9], &[4, 20, 21, 22], &[30, 31]].iter().enumerate()
        {
            index.add(signature(hashes).iter());
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
    fn the_cost_of_an_article_is_bounded() {
        let mut index = Index::new(4);
        let many = POSTINGS as u32 * 2;
        let common: Vec<u32> = (0..12).collect();
        for n in 0..many {
            // Each of a dozen pairs stands in a twentieth of the articles, another pair in two of them.
            let shared: &[u32] = if n % 20 < 12 { &[n % 20] } else { &[] };
            index.add(signature(&[shared, &[1000 + n / 2]].concat()).iter());
        }
        let found = found(&index, &[&common[..], &[1000]].concat(), usize::MAX);
        assert!(found.len() <= POSTINGS && found.len() > POSTINGS / 2, "{}", found.len());
        assert!(found.contains(&0) && found.contains(&1), "the rarest pair comes first");
        assert!(index.bytes() < many as usize * 60 + (4 << FEWEST) * 4, "{}", index.bytes());
    }
}
