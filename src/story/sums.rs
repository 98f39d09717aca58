//! Adding up scores by article, and the best of them.
//!
//! Owns: room for the sums of a block of articles, used again for each query of a thread; the best so far.
//! Refuses: postings ([`super::index`] walks them); what is added, beyond that it is a whole number. Tests: at the foot.

use std::cmp::Ordering;

/// Articles whose sums are in the making at once: so many lie in the nearest cache, however large the collection is.
pub(super) const BLOCK: usize = 1 << 13;
/// Sums that are looked at before factors are asked for.
const AT_ONCE: usize = 128;

/// What the sum of an article is multiplied by: 1 at most.
#[derive(Debug)]
pub(super) struct Factors<M, E> {
    /// What it is at most: quick to tell.
    pub most: M,
    /// What it is.
    pub exact: E,
}

/// Sums of a block, and the best of all blocks so far.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By place in the block; 0 where nothing was added.
    by_place: Vec<u16>,
    /// Places with a sum, so many of them.
    touched: Vec<u16>,
    count: usize,
    /// How many are wanted.
    most: usize,
    /// The best so far by their values, and some more.
    found: Vec<(f32, u32)>,
    /// So many have at least this value.
    least: f32,
}

impl Sums {
    /// Begins a query for the `most` best articles.
    pub fn begin(&mut self, most: usize) {
        self.by_place.resize(BLOCK, 0);
        // One more: each place is written down before it is known whether it is new.
        self.touched.resize(BLOCK + 1, 0);
        (self.most, self.least) = (most, 0.0);
    }

    /// Adds to the sums of places of the block; what is added is more than 0.
    pub fn add(&mut self, gains: impl Iterator<Item = (u32, u16)>) {
        let mut count = self.count;
        for (place, gain) in gains {
            let sum = &mut self.by_place[place as usize];
            // Without a branch: whether a place is new is as good as chance.
            self.touched[count] = place as u16;
            count += usize::from(*sum == 0);
            *sum = sum.saturating_add(gain);
        }
        self.count = count;
    }

    /// Takes the best of a block whose first article is `first`, by their sums times the factor of each; leaves the room empty.
    pub fn end_block(&mut self, first: u32, factors: &Factors<impl Fn(u32) -> f32, impl Fn(u32) -> f32>) {
        let mut few = [(0, 0); AT_ONCE];
        for part in self.touched[..self.count].chunks(AT_ONCE) {
            // A factor costs more than all the rest: of most articles the sum alone is too little.
            let (mut count, least) = (0, self.least as u16);
            for &place in part {
                let sum = std::mem::take(&mut self.by_place[usize::from(place)]);
                few[count] = (sum, first + u32::from(place));
                count += usize::from(sum >= least);
            }
            for &(sum, doc) in &few[..count] {
                let sum = f32::from(sum);
                if sum * (factors.most)(doc) < self.least {
                    continue;
                }
                let value = sum * (factors.exact)(doc);
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
        self.count == 0 && self.found.is_empty() && self.by_place.iter().all(|sum| *sum == 0)
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
        let factors = Factors { most: |doc| factor(doc).max(0.5), exact: factor };
        let sum = |doc: u32| (doc * 37 % 101 + 1) as u16;
        let mut sums = Sums::default();
        for most in [1, 5, 40, 300] {
            sums.begin(most);
            for first in (0..200).step_by(50) {
                sums.add((0..50).map(|place| (place, sum(first + place))));
                sums.end_block(first, &factors);
            }
            let mut expect: Vec<u32> = (0..200).collect();
            let by = |doc: &u32| (-f32::from(sum(*doc)) * factor(*doc), *doc);
            expect.sort_by(|a, b| by(a).partial_cmp(&by(b)).expect("numbers"));
            expect.truncate(most);
            assert_eq!(sums.best(), expect, "{most}");
            assert!(sums.is_empty());
        }
    }
}
