//! Stories: best-first average linkage over the relations.
//!
//! Owns: which articles report one event; the story's id, title and order.
//! Refuses: single linkage and connected components: one chance likeness would chain everything into one story.
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::event::{EVENT, strength};
use super::model::{RelationKind, Relations, Stories, Story};
use super::relate::Input;

/// Strength below which a pair speaks against one story.
const WEAK: f32 = 0.14;
/// Share of the pairs between two groups that must not speak against it.
const QUORUM: f32 = 0.85;

/// Groups articles into stories; `ids` and `titles` are parallel to `inputs`.
pub fn thread(inputs: &[Input<'_>], relations: &Relations, ids: &[&str], titles: &[&str]) -> Stories {
    // Groups are numbered by age and id, so that the order of the articles plays no part in any tie.
    let mut by_age: Vec<usize> = (0..inputs.len()).collect();
    by_age.sort_unstable_by_key(|&n| (inputs[n].minutes.unwrap_or(i64::MAX), ids[n], n));
    let mut place = vec![0u32; inputs.len()];
    for (at, &n) in (0u32..).zip(&by_age) {
        place[n] = at;
    }
    let mut groups = Groups::new(inputs.len());
    for (from, found) in relations.of.iter().enumerate() {
        for relation in found {
            // Another day's column is another story.
            if relation.kind == RelationKind::Series {
                continue;
            }
            let strength = strength(relation.score, &inputs[from], &inputs[relation.to]);
            groups.link(place[from], place[relation.to], strength);
        }
    }
    groups.merge();
    let mut all: Vec<Story> = groups
        .members
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| {
            let mut articles: Vec<u32> = members.clone();
            articles.sort_unstable();
            let articles: Vec<usize> = articles.into_iter().map(|at| by_age[at as usize]).collect();
            let head = central(&articles, relations);
            Story { id: ids[articles[0]].to_owned(), title: titles[head].to_owned(), articles }
        })
        .collect();
    let newest = |story: &Story| story.articles.iter().filter_map(|&n| inputs[n].minutes).max();
    all.sort_by(|a, b| newest(b).cmp(&newest(a)).then_with(|| a.id.cmp(&b.id)));
    let mut of = vec![None; inputs.len()];
    for (at, story) in all.iter().enumerate() {
        for &n in &story.articles {
            of[n] = Some(at);
        }
    }
    Stories { all, of }
}

/// The article with the strongest relations inside the story, the oldest of equals.
fn central(articles: &[usize], relations: &Relations) -> usize {
    let weight = |n: usize| -> f32 {
        relations.of[n].iter().filter(|r| articles.contains(&r.to)).map(|r| r.score).sum()
    };
    let mut best = (articles[0], f32::MIN);
    for &n in articles {
        let weight = weight(n);
        if weight > best.1 {
            best = (n, weight);
        }
    }
    best.0
}

/// What lies between two groups: the sum of the strengths, and how many pairs do not speak against a merge.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    sum: f32,
    pairs: u32,
}

/// Groups in the making.
struct Groups {
    members: Vec<Vec<u32>>,
    between: Vec<FxHashMap<u32, Between>>,
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
    fn new(count: usize) -> Self {
        Self {
            members: (0..count as u32).map(|n| vec![n]).collect(),
            between: vec![FxHashMap::default(); count],
        }
    }

    /// Notes the strength of a pair, which may be told from both sides.
    fn link(&mut self, a: u32, b: u32, strength: f32) {
        if a == b || strength <= 0.0 {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let between = self.between[from as usize].entry(to).or_default();
            between.sum = between.sum.max(strength);
            between.pairs = u32::from(between.sum >= WEAK);
        }
    }

    /// The merge of two groups, if it is good enough.
    fn candidate(&self, a: u32, b: u32, between: Between) -> Option<Merge> {
        let (low, high) = (a.min(b), a.max(b));
        let sizes = (self.members[low as usize].len(), self.members[high as usize].len());
        let all = (sizes.0 * sizes.1) as f32;
        let mean = between.sum / all;
        (mean >= EVENT && between.pairs as f32 >= QUORUM * all).then(|| Merge {
            mean: mean.to_bits(),
            pair: Reverse((low, high)),
            sizes,
        })
    }

    /// Merges the best pair of groups until none is good enough.
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

#[cfg(test)]
mod tests {
    use super::super::{Features, Relation};
    use super::*;

    /// Stories as lists of articles for links between articles of one-letter ids.
    fn stories(count: usize, links: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        let features = Features::default();
        let inputs: Vec<Input<'_>> = (0..)
            .take(count)
            .map(|n| Input { features: &features, entities: Vec::new(), minutes: Some(n), outlet: None })
            .collect();
        let mut relations = Relations { of: vec![Vec::new(); count] };
        for &(from, to, score) in links {
            let kind = RelationKind::SameEvent;
            relations.of[from].push(Relation { to, score, kind, reasons: Vec::new() });
        }
        let names = ["a", "b", "c", "d", "e", "f"];
        let stories = thread(&inputs, &relations, &names[..count], &names[..count]);
        for (at, story) in stories.all.iter().enumerate() {
            assert_eq!(story.id, names[story.articles[0]]);
            assert!(story.articles.iter().all(|&n| stories.of[n] == Some(at)));
        }
        stories.all.into_iter().map(|s| s.articles).collect()
    }

    #[test]
    fn groups_grow_by_the_mean_and_never_by_a_chain() {
        for (links, expect) in [
            (vec![], vec![]),
            (vec![(0, 1, 0.5)], vec![vec![0, 1]]),
            (vec![(1, 0, 0.5)], vec![vec![0, 1]]),
            (vec![(0, 1, 0.1)], vec![]),
            (vec![(0, 1, 0.5), (1, 2, 0.6), (0, 2, 0.4)], vec![vec![0, 1, 2]]),
            // A chain: each is near the next, the ends have nothing in common.
            (vec![(0, 1, 0.3), (1, 2, 0.28), (2, 3, 0.3)], vec![vec![2, 3], vec![0, 1]]),
        ] {
            assert_eq!(stories(4, &links), expect, "{links:?}");
        }
    }
}
