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

/// Two members, the lower first, and the strength of what they have in common.
pub(super) type Pair = (u32, u32, f32);

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

/// Groups in the making.
struct Groups {
    rule: Rule,
    members: Vec<Vec<u32>>,
    between: Vec<FxHashMap<u32, Between>>,
}

/// Merges the best pair of groups until none is good enough. `pairs` has the strength of pairs of members in order, each pair once;
/// all other pairs have none. What is merged goes into the lower of two groups; the order of groups and members settles every tie.
pub(super) fn merged(groups: Vec<Vec<u32>>, pairs: Vec<Pair>, rule: Rule) -> Vec<Vec<u32>> {
    let mut group_of = vec![0u32; groups.iter().map(Vec::len).sum()];
    for (at, members) in (0u32..).zip(&groups) {
        for &member in members {
            group_of[member as usize] = at;
        }
    }
    let between = vec![FxHashMap::default(); groups.len()];
    let mut groups = Groups { rule, members: groups, between };
    for (a, b, strength) in pairs {
        groups.link(group_of[a as usize], group_of[b as usize], strength);
    }
    groups.merge();
    groups.members
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
        let sizes = (self.members[low as usize].len(), self.members[high as usize].len());
        let all = (sizes.0 * sizes.1) as f32;
        let mean = between.sum / all;
        (mean >= self.rule.mean && between.pairs as f32 >= self.rule.quorum * all).then(|| Merge {
            mean: mean.to_bits(),
            pair: Reverse((low, high)),
            sizes,
        })
    }

    fn merge(&mut self) {
        let mut heap: BinaryHeap<Merge> = BinaryHeap::new();
        for a in 0..self.members.len() as u32 {
            let near = self.between[a as usize].iter().filter(|(b, _)| a < **b);
            heap.extend(near.filter_map(|(&b, &between)| self.candidate(a, b, between)));
        }
        while let Some(Merge { pair: Reverse((a, b)), sizes, .. }) = heap.pop() {
            let now = (self.members[a as usize].len(), self.members[b as usize].len());
            if sizes != now {
                continue;
            }
            let moved = std::mem::take(&mut self.members[b as usize]);
            self.members[a as usize].extend(moved);
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
    }
}
