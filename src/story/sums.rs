//! Adding up scores by article, and the best of them.
//!
//! Owns: BM25's measure of length; room for the sums of a block of articles, used again for each query of a thread; the best so far.
//! Refuses: postings ([`super::index`] walks them). Tests: at the foot.

use std::cmp::Ordering;

/// Articles whose sums are in the making at once: so many lie in a near cache, however large the collection is.
pub(super) const BLOCK: usize = 1 << 15;
/// Sums that are looked at before factors are asked for.
const AT_ONCE: usize = 128;
/// BM25: how soon more of the same stops counting.
pub(super) const K1: f32 = 1.2;
/// BM25: how much a long article is held against it.
const B: f32 = 0.75;

/// Sums of a block, and the best of all blocks so far.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By place in the block; 0 where nothing was added.
    by_place: Vec<f32>,
    /// Places with a sum, so many of them.
    touched: Vec<u16>,
    count: usize,
    /// What BM25 adds to a count, by the size of an article, beside this mean size.
    norms: Vec<f32>,
    mean: f32,
    /// How many are wanted.
    most: usize,
    /// The best so far by their values, and some more.
    found: Vec<(f32, u32)>,
    /// So many have at least this value.
    least: f32,
}

impl Sums {
    /// Begins a query for the `most` best articles among those of a mean size.
    #[expect(clippy::float_cmp, reason = "the same mean or another")]
    pub fn begin(&mut self, most: usize, mean: f32) {
        self.by_place.resize(BLOCK, 0.0);
        // One more: each place is written down before it is known whether it is new.
        self.touched.resize(BLOCK + 1, 0);
        if self.mean != mean {
            self.norms.clear();
            self.mean = mean;
        }
        (self.most, self.least) = (most, 0.0);
    }

    /// What BM25 adds to a count in an article of this size.
    pub fn norm(&mut self, size: u16) -> f32 {
        let size = usize::from(size);
        if let Some(norm) = self.norms.get(size) {
            return *norm;
        }
        let norm = |size: usize| K1 * (1.0 - B + B * (size as f32 / self.mean));
        self.norms.extend((self.norms.len()..=size).map(norm));
        norm(size)
    }

    /// Adds to the sum at a place of the block; what is added is more than 0.
    pub fn add(&mut self, place: u32, value: f32) {
        let sum = &mut self.by_place[place as usize];
        // Without a branch: whether a place is new is as good as chance.
        self.touched[self.count] = place as u16;
        self.count += usize::from(*sum == 0.0);
        *sum += value;
    }

    /// Takes the best of a block whose first article is `first`, by their sums times `factor`, which is 1 at most; leaves the room empty.
    pub fn end_block(&mut self, first: u32, factor: &impl Fn(u32) -> f32) {
        let mut few = [(0.0, 0); AT_ONCE];
        for part in self.touched[..self.count].chunks(AT_ONCE) {
            // A factor costs more than all the rest: of most articles the sum alone is too little.
            let mut count = 0;
            for &place in part {
                let sum = std::mem::take(&mut self.by_place[usize::from(place)]);
                few[count] = (sum, first + u32::from(place));
                count += usize::from(sum >= self.least);
            }
            for &(sum, doc) in &few[..count] {
                let value = sum * factor(doc);
                if value >= self.least {
                    self.found.push((value, doc));
                }
            }
            if self.found.len() >= self.most.saturating_mul(2) {
                self.least = shorten(&mut self.found, self.most);
            }
        }
        self.count = 0;
    }

    /// The best of all blocks, the best first.
    pub fn best(&mut self) -> Vec<u32> {
        shorten(&mut self.found, self.most);
        self.found.sort_unstable_by(by_value);
        self.found.drain(..).map(|(_, doc)| doc).collect()
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.found.is_empty() && self.by_place.iter().all(|sum| *sum == 0.0)
    }
}

/// Leaves the `most` best; gives the value of the last of them.
fn shorten(found: &mut Vec<(f32, u32)>, most: usize) -> f32 {
    if found.len() > most {
        found.select_nth_unstable_by(most, by_value);
        found.truncate(most);
    }
    found.iter().fold(f32::INFINITY, |least, (value, _)| least.min(*value))
}

/// The highest value first, then the lowest number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "sorting asks for this form")]
fn by_value(a: &(f32, u32), b: &(f32, u32)) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_those_by_sum_and_factor() {
        let factor = |doc: u32| 1.0 / (1 + doc % 7) as f32;
        let value = |doc: u32| (doc * 37 % 101 + 1) as f32;
        let mut sums = Sums::default();
        for most in [1, 5, 40, 300] {
            sums.begin(most, 1.0);
            for first in (0..200).step_by(50) {
                (0..50).for_each(|place| sums.add(place, value(first + place)));
                sums.end_block(first, &factor);
            }
            let mut expect: Vec<u32> = (0..200).collect();
            let by = |doc: &u32| (-value(*doc) * factor(*doc), *doc);
            expect.sort_by(|a, b| by(a).partial_cmp(&by(b)).expect("numbers"));
            expect.truncate(most);
            assert_eq!(sums.best(), expect, "{most}");
            assert!(sums.is_empty());
        }
    }

    #[test]
    fn a_long_article_counts_less() {
        let mut sums = Sums::default();
        sums.begin(1, 100.0);
        for (size, expect) in [(100, 1.2), (300, 3.0), (0, 0.3), (200, 2.1)] {
            assert!((sums.norm(size) - expect).abs() < 1e-5, "{size}");
        }
    }
}
