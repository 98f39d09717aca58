//! The sum of the weights of a token's features, most of it made before.
//!
//! Owns: the memory of sums. Refuses: the templates ([`super::features`]), weights themselves ([`super::weights`]).
//! Tests: at the foot of this file; in all unit tests a sum that was made before is made again, and has to be the same.
//!
//! Words, pairs of words and rows of shapes come back again and again, in one article and in the next: a token has some hundred
//! features, but a dozen groups of them hold most, and one sum stands for all features of a group.

use super::features::{Hashes, Sink, hash};
use super::labels::{LABELS, SCORED};
use super::weights::{Sum, Weights};

/// Sums that are kept, as a power of two.
const SIZE: u32 = 15;

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    sum: Sum,
}

/// Sums of groups of features by a hash of what the group depends on; the last one of a slot is kept.
#[derive(Debug)]
pub(crate) struct Memo {
    slots: Vec<Slot>,
    /// Features of a group whose sum is not there.
    hashes: Vec<u32>,
    /// Features of a token that are in no group.
    lone: Vec<u32>,
}

impl Default for Memo {
    fn default() -> Self {
        Self {
            slots: vec![Slot { key: 0, sum: [0; SCORED] }; 1 << SIZE],
            hashes: Vec::new(),
            lone: Vec::new(),
        }
    }
}

/// All bits of a group's values in one number: two groups of the same number are as good as impossible.
fn key(group: u32, values: &[u64]) -> u64 {
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: u64, value: &u64| (hash ^ value).wrapping_mul(SPREAD).rotate_left(29);
    let hash = values.iter().fold(u64::from(group).wrapping_mul(SPREAD), step);
    (hash ^ (hash >> 32)).wrapping_mul(SPREAD)
}

/// Adds up the weights of one token's features.
#[derive(Debug)]
pub(crate) struct Adder<'a> {
    weights: &'a Weights,
    memo: &'a mut Memo,
    sum: Sum,
}

impl<'a> Adder<'a> {
    /// Nothing yet.
    pub fn new(weights: &'a Weights, memo: &'a mut Memo) -> Self {
        memo.lone.clear();
        Self { weights, memo, sum: [0; SCORED] }
    }

    /// The sum, by label.
    pub fn scores(self) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        let lone = self.weights.sum(&mut self.memo.lone);
        for ((score, grouped), lone) in scores[1..].iter_mut().zip(self.sum).zip(lone) {
            *score = i32::from(grouped) + i32::from(lone);
        }
        scores
    }
}

impl Sink for Adder<'_> {
    #[inline]
    fn group(&mut self, group: u32, values: &[u64], features: impl FnOnce(&mut Hashes<'_>)) {
        let key = key(group, values);
        let slot = &mut self.memo.slots[(key >> (u64::BITS - SIZE)) as usize];
        if slot.key != key {
            let hashes = &mut self.memo.hashes;
            hashes.clear();
            features(&mut Hashes(hashes));
            *slot = Slot { key, sum: self.weights.sum(hashes) };
        } else if cfg!(test) {
            let mut hashes = Vec::new();
            features(&mut Hashes(&mut hashes));
            assert_eq!(
                slot.sum,
                self.weights.sum(&mut hashes),
                "group {group} depends on more than {values:?}"
            );
        }
        for (sum, more) in self.sum.iter_mut().zip(slot.sum) {
            *sum = sum.saturating_add(more);
        }
    }

    #[inline]
    fn lone(&mut self, template: u32, values: &[u32]) {
        self.memo.lone.push(hash(template, values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_groups_and_values_apart() {
        let values = [0, 1, 2, 0x24, 1 << 32, 15 << 56, 1 << 63].map(|value| [value]);
        let pairs = values.iter().flat_map(|a| values.iter().map(|b| [a[0], b[0]]));
        let all: Vec<Vec<u64>> = values.iter().map(|v| v.to_vec()).chain(pairs.map(|p| p.to_vec())).collect();
        let mut keys: Vec<u64> = (1..20).flat_map(|group| all.iter().map(move |v| key(group, v))).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 19 * all.len());
    }
}
