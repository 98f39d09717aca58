//! Best-first average linkage: groups grow by the mean of all their pairs, never by a chain.
//!
//! Owns: merging groups, in an order that does not depend on the order of the pairs.
//! Refuses: to know what a strength means. Tests: at the foot of `threads.rs` and `sagas.rs`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

/// What lies between two groups: the sum of the strengths, and how many pairs do not speak against a merge.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    sum: f32,
    pairs: u32,
}

/// When two groups are one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// Mean strength of all pairs between two groups from which they are one.
    pub mean: f32,
    /// Strength below which a pair speaks against it.
    pub weak: f32,
    /// Share of the pairs that must not speak against it.
    pub quorum: f32,
}

/// What two members of two groups have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The groups that a row of pairs leads to from one another, whichever: no others are ever one.
    pub row: u32,
    /// The groups.
    pub groups: (u32, u32),
    /// The strength.
    pub strength: f32,
}

/// Which groups a row of pairs leads to from one another (union-find).
#[derive(Debug)]
pub(super) struct Near(Vec<u32>);

impl Near {
    /// So many groups, each by itself.
    pub fn of(groups: usize) -> Self {
        Self((0..groups as u32).collect())
    }

    /// One of the groups that lead to one another, the same for all of them.
    pub fn first(&mut self, mut group: u32) -> u32 {
        while self.0[group as usize] != group {
            let before = self.0[self.0[group as usize] as usize];
            self.0[group as usize] = before;
            group = before;
        }
        group
    }

    /// A pair leads from one group to the other.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// Groups in the making, of one row.
struct Groups {
    rule: Rule,
    /// Groups that became one; empty where they went into another.
    merged: Vec<Vec<u32>>,
    /// Members of each.
    sizes: Vec<usize>,
    between: Vec<FxHashMap<u32, Between>>,
}

/// Merges the best pair of groups until none is good enough, one row after the other: most groups of a large collection are in none, and
/// take no room. `pairs` has all pairs of members that have something in common, row by row, and `size` the number of members of a group.
/// Gives the groups that became one, two or more each. What is merged goes into the lower of two groups; the order of groups settles
/// every tie.
pub(super) fn merged(pairs: &[Pair], size: &dyn Fn(u32) -> usize, rule: Rule) -> Vec<Vec<u32>> {
    pairs.chunk_by(|a, b| a.row == b.row).flat_map(|row| Groups::of(row, size, rule).merge()).collect()
}

/// A possible merge; the sizes tell whether it is still as it was when it was put on the heap.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Merge {
    /// The mean strength, as ordered bits: strengths are never negative.
    mean: u32,
    pair: Reverse<(u32, u32)>,
    sizes: (usize, usize),
}

impl Groups {
    /// The groups of a row, and what lies between them.
    fn of(row: &[Pair], size: &dyn Fn(u32) -> usize, rule: Rule) -> Self {
        let mut all: Vec<u32> = row.iter().flat_map(|pair| [pair.groups.0, pair.groups.1]).collect();
        all.sort_unstable();
        all.dedup();
        let mut groups = Self {
            rule,
            merged: all.iter().map(|group| vec![*group]).collect(),
            sizes: all.iter().map(|group| size(*group)).collect(),
            between: vec![FxHashMap::default(); all.len()],
        };
        let place = |group: u32| all.partition_point(|known| *known < group) as u32;
        for pair in row {
            groups.link(place(pair.groups.0), place(pair.groups.1), pair.strength);
        }
        groups
    }

    /// Adds the strength of a pair to what lies between its groups.
    fn link(&mut self, a: u32, b: u32, strength: f32) {
        if a == b {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let between = self.between[from as usize].entry(to).or_default();
            between.sum += strength;
            between.pairs += u32::from(strength >= self.rule.weak);
        }
    }

    /// The merge of two groups, if it is good enough.
    fn candidate(&self, a: u32, b: u32, between: Between) -> Option<Merge> {
        let (low, high) = (a.min(b), a.max(b));
        let sizes = (self.sizes[low as usize], self.sizes[high as usize]);
        let all = (sizes.0 * sizes.1) as f32;
        let mean = between.sum / all;
        (mean >= self.rule.mean && between.pairs as f32 >= self.rule.quorum * all).then(|| Merge {
            mean: mean.to_bits(),
            pair: Reverse((low, high)),
            sizes,
        })
    }

    fn merge(mut self) -> impl Iterator<Item = Vec<u32>> {
        let mut heap: BinaryHeap<Merge> = BinaryHeap::new();
        for a in 0..self.sizes.len() as u32 {
            let near = self.between[a as usize].iter().filter(|(b, _)| a < **b);
            heap.extend(near.filter_map(|(&b, &between)| self.candidate(a, b, between)));
        }
        while let Some(Merge { pair: Reverse((a, b)), sizes, .. }) = heap.pop() {
            if sizes != (self.sizes[a as usize], self.sizes[b as usize]) {
                continue;
            }
            let moved = std::mem::take(&mut self.merged[b as usize]);
            self.merged[a as usize].extend(moved);
            self.sizes[a as usize] += std::mem::take(&mut self.sizes[b as usize]);
            for (other, between) in std::mem::take(&mut self.between[b as usize]) {
                let theirs = &mut self.between[other as usize];
                theirs.remove(&b);
                if other == a {
                    continue;
                }
                let sum = theirs.entry(a).or_default();
                sum.sum += between.sum;
                sum.pairs += between.pairs;
                let sum = *sum;
                self.between[a as usize].insert(other, sum);
            }
            let near: Vec<(u32, Between)> = self.between[a as usize].iter().map(|(&n, &s)| (n, s)).collect();
            heap.extend(near.into_iter().filter_map(|(n, s)| self.candidate(a, n, s)));
        }
        self.merged.into_iter().filter(|group| group.len() > 1)
    }
}
