//! Where candidates are looked for: in which articles the heaviest pairs of an article are heavy as well.
//!
//! Owns: postings by buckets of hashes, a few hundred bytes an article; candidates by BM25, from a bounded number of postings.
//! Refuses: to compare whole articles ([`super::score`] does); to keep hashes: pairs that fall into one bucket are one here, and what
//! that brings up by chance the full score turns away.
//! Tests: at the foot of this file.

use std::slice;

use super::sums::{BLOCK, Factors, Sums};
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
const POSTINGS: usize = 20_000;
/// A posting is an article and, in its upper bits, how much a pair counts there, in steps of this part of what it may count at most.
const GAIN_BITS: u32 = 8;
const DOC: u32 = u32::MAX >> GAIN_BITS;
/// BM25: how soon more of the same stops counting, and how much a long article is held against it.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// BM25: the size of an article that is neither long nor short. The mean of all would change with each article.
const MEAN: f32 = 135.0;
/// Sums are whole numbers: so many steps of gain make one where the pair weighs 1; 64 pairs of the highest weights stay below 2^16.
const STEPS: f32 = 4.0;
/// Weights are whole numbers of so many bits behind the point.
const WEIGHT_BITS: u32 = 8;
const WEIGHT: f32 = (1 << WEIGHT_BITS) as f32;
/// Articles whose postings wait at least before all are laid out anew.
const WAITING: usize = 2048;
/// No posting.
const END: u32 = u32::MAX;

/// Postings of signatures.
#[derive(Debug, Clone)]
pub(super) struct Index {
    /// A hash's bucket is its upper bits.
    bits: u32,
    /// Where the postings of each bucket begin.
    starts: Vec<u32>,
    postings: Vec<u32>,
    /// While many are laid out at once: where the next posting of each bucket goes.
    next: Vec<u32>,
    /// Postings that came since: for each bucket the last one, each with the one before.
    heads: Vec<u32>,
    waiting: Vec<(u32, u32)>,
    articles: usize,
    /// Those whose postings are laid out.
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
            next: Vec::new(),
            heads: Vec::new(),
            waiting: Vec::new(),
            articles: 0,
            settled: 0,
        }
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        4 * (self.starts.len() + self.postings.len() + self.heads.len() + 2 * self.waiting.len())
    }

    fn bucket(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> (32 - self.bits)) as usize
    }

    /// Adds the signature of the next article: hashes with their counts.
    pub fn add(&mut self, signature: &[(u32, u8)]) {
        self.heads.resize(self.starts.len() - 1, END);
        for (bucket, posting) in self.postings_of(signature) {
            self.waiting.push((posting, self.heads[bucket]));
            self.heads[bucket] = self.waiting.len() as u32 - 1;
        }
        self.articles += 1;
        if self.articles - self.settled > WAITING.max(self.settled / 2) {
            self.settle();
        }
    }

    /// Counts the postings of an article that comes to an empty index with [`Index::lay_out`]: they need not wait, which would take three
    /// times as much memory in the end.
    pub fn expect(&mut self, hashes: impl Iterator<Item = u32>) {
        for hash in hashes {
            let bucket = self.bucket(hash);
            self.starts[bucket + 1] += 1;
        }
    }

    /// As [`Index::add`], of an article that was expected: all are before the first is laid out, and are laid out before anything else.
    pub fn lay_out(&mut self, signature: &[(u32, u8)]) {
        if self.next.is_empty() {
            for bucket in 1..self.starts.len() {
                self.starts[bucket] += self.starts[bucket - 1];
            }
            self.postings = vec![0; self.starts.last().map_or(0, |end| *end as usize)];
            self.next = self.starts.clone();
        }
        for (bucket, posting) in self.postings_of(signature) {
            self.postings[self.next[bucket] as usize] = posting;
            self.next[bucket] += 1;
        }
        self.articles += 1;
        self.settled = self.articles;
    }

    /// All that was expected is there.
    pub fn laid(&mut self) {
        self.next = Vec::new();
    }

    /// The postings of the next article, each with its bucket.
    fn postings_of(&self, signature: &[(u32, u8)]) -> Vec<(usize, u32)> {
        let doc = self.articles as u32 & DOC;
        let size = signature.iter().map(|(_, count)| f32::from(*count)).sum();
        let posting = |count: u8| gain(f32::from(count), size) << (32 - GAIN_BITS) | doc;
        signature.iter().map(|&(hash, count)| (self.bucket(hash), posting(count))).collect()
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
        self.settled = self.articles;
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

    /// Up to `most` articles by BM25 for the pairs of a signature, times their factors, the best first.
    pub fn candidates(
        &self,
        signature: Counted<'_>,
        weights: &Weights,
        most: usize,
        sums: &mut Sums,
        factors: &Factors<impl Fn(u32) -> f32, impl Fn(u32) -> f32>,
    ) -> Vec<u32> {
        let terms = self.terms(signature, weights);
        let waiting: Vec<Vec<u32>> = terms.iter().map(|&(_, bucket, _)| self.waiting(bucket)).collect();
        let mut lists: Vec<(u32, slice::Iter<'_, u32>)> = Vec::with_capacity(2 * terms.len());
        let mut left = POSTINGS;
        for (&(idf, bucket, length), waiting) in terms.iter().zip(&waiting) {
            let Some(after) = left.checked_sub(length) else { break };
            left = after;
            let weight = (idf * WEIGHT / STEPS) as u32;
            lists.extend([(weight, self.laid_out(bucket).iter()), (weight, waiting.iter())]);
        }
        sums.begin(most);
        for first in (0..self.articles as u32).step_by(BLOCK) {
            for (weight, list) in &mut lists {
                sums.add(gains(*weight, list, first));
            }
            sums.end_block(first, factors);
        }
        sums.best()
    }

    /// Weight, bucket and number of postings of the pairs that find something in particular, the fewest postings first.
    fn terms(&self, signature: Counted<'_>, weights: &Weights) -> Vec<(f32, usize, usize)> {
        let widest = ((self.articles as f32 * WIDEST) as usize).max(SMALL);
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

/// BM25: what a pair counts in an article where it stands `count` times, beside what all its pairs do together; from 1 to 255.
fn gain(count: f32, size: f32) -> u32 {
    let share = count / (count + K1 * (1.0 - B + B * size / MEAN));
    (share * f32::from(u8::MAX)).round().max(1.0) as u32
}

/// Takes the postings of a list that come next in the block of articles from `first` on: places in it, and what is added there.
fn gains<'l>(
    weight: u32,
    list: &'l mut slice::Iter<'_, u32>,
    first: u32,
) -> impl Iterator<Item = (u32, u16)> + 'l {
    let end = first + BLOCK as u32;
    std::iter::from_fn(move || {
        let posting = *list.as_slice().first().filter(|posting| **posting & DOC < end)?;
        list.next();
        let gain = ((posting >> (32 - GAIN_BITS)) * weight) >> WEIGHT_BITS;
        Some(((posting & DOC) - first, (gain as u16).max(1)))
    })
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
        let factors = Factors { most: |_| 1.0, exact: |_| 1.0 };
        let mut found = index.candidates(signature(hashes).view(), &weights, most, &mut sums, &factors);
        found.sort_unstable();
        assert!(sums.is_empty());
        found
    }

    #[test]
    fn what_shares_most_is_found_however_postings_lie() {
        let all = [&[1, 2, 3, 4][..], &[1, 2, 3, 9], &[4, 20, 21, 22], &[30, 31]];
        let mut index = Index::new(4);
        for (n, hashes) in all.iter().enumerate() {
            index.add(&signature(hashes).iter().collect::<Vec<_>>());
            if n == 1 {
                index.settle();
            }
        }
        let mut laid = Index::new(4);
        for hashes in &all {
            laid.expect(signature(hashes).hashes.iter().copied());
        }
        for hashes in &all {
            laid.lay_out(&signature(hashes).iter().collect::<Vec<_>>());
        }
        laid.laid();
        let mut settled = index.clone();
        settled.settle();
        for (how, index) in [("some wait", &index), ("laid out at once", &laid), ("settled", &settled)] {
            assert_eq!(found(index, &[1, 2, 3, 4], 9), [0, 1, 2], "{how}");
            assert_eq!(found(index, &[1, 2, 3, 4], 2), [0, 1], "{how}");
            assert_eq!(found(index, &[77], 9), [] as [u32; 0], "{how}");
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
            index.add(&signature(&[shared, &[1000 + n / 2]].concat()).iter().collect::<Vec<_>>());
        }
        let found = found(&index, &[&common[..], &[1000]].concat(), usize::MAX);
        assert!(found.len() <= POSTINGS && found.len() > POSTINGS / 2, "{}", found.len());
        assert!(found.contains(&0) && found.contains(&1), "the rarest pair comes first");
        assert!(index.bytes() < many as usize * 60 + (4 << FEWEST) * 4, "{}", index.bytes());
    }
}
