//! Neighbours: candidates from an inverted index, then the full score.
//!
//! Owns: the two stages and both directions of a relation.
//! Refuses: all pairs.
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use rayon::prelude::*;

use super::features::{Counts, Features};
use super::index::{Searcher, Sums};
use super::kinds::{settled, turned};
use super::model::{Relation, RelationKind, Relations};
use super::reasons::{Known, compare};
use super::score::{Query, Scorer, distance, fading};
use crate::entity::EntityIx;

/// Heaviest pairs of an article that candidates are looked for with.
const HEAVIEST: usize = 50;
/// Candidates whose pairs are compared.
const CANDIDATES: usize = 120;
/// Of these, candidates that get the full score.
const FULL: usize = 40;
/// A pair in more than this share of the articles finds nothing in particular.
const WIDEST: f32 = 0.1;
/// In a small collection it may: articles up to which any pair counts.
const SMALL: usize = 64;

/// One article as [`relate`] sees it.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Its features.
    pub features: &'a Features,
    /// Its distinct entities, in ascending order.
    pub entities: Vec<EntityIx>,
    /// Minutes since 1970, UTC.
    pub minutes: Option<i64>,
    /// Its outlet, in lower case.
    pub outlet: Option<&'a str>,
}

/// Finds the `top` related articles of each article. A pair that was related `before`, when fewer articles were there, keeps its
/// kind unless it is clearly another now. `stop` is asked now and then and ends the work early.
pub fn relate(
    inputs: &[Input<'_>],
    top: usize,
    before: &Relations,
    stop: &(dyn Fn() -> bool + Sync),
) -> Relations {
    let widest = ((inputs.len() as f32 * WIDEST) as usize).max(SMALL);
    let scorer = Scorer::new(inputs, widest);
    let docs: Vec<&Counts> = inputs.iter().map(|i| &i.features.pairs).collect();
    let searcher = Searcher::new(&scorer.pairs, &docs, widest);
    let found: Vec<Vec<(u32, f32)>> = (0..inputs.len())
        .into_par_iter()
        .map_init(
            || (Sums::new(inputs.len()), Query::default()),
            |(sums, query), article| {
                if stop() {
                    return Vec::new();
                }
                let time = |other: u32| fading(distance(&inputs[article], &inputs[other as usize]));
                let candidates =
                    searcher.candidates(&inputs[article].features.pairs, HEAVIEST, CANDIDATES, sums, &time);
                let asked = scorer.ask(article, std::mem::take(query));
                let mut near: Vec<(u32, f32)> = candidates
                    .into_iter()
                    .filter(|&other| other as usize != article)
                    .map(|other| (other, asked.pairs(other as usize) * time(other)))
                    .collect();
                best(&mut near, FULL);
                for (other, score) in &mut near {
                    *score = (*score + asked.rest(*other as usize) * time(*other)).min(1.0);
                }
                *query = asked.done();
                best(&mut near, top);
                near
            },
        )
        .collect();
    let links = both_ways(&found);
    let of = links
        .into_par_iter()
        .enumerate()
        .map(|(article, near)| explained(&scorer, inputs, before, article, near, top))
        .collect();
    Relations { of }
}

/// Keeps the best, in descending order.
fn best(near: &mut Vec<(u32, f32)>, most: usize) {
    near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(most);
}

/// What each article found, and what found it, without doubles.
fn both_ways(found: &[Vec<(u32, f32)>]) -> Vec<Vec<(u32, f32)>> {
    let mut links = found.to_vec();
    for (from, near) in (0u32..).zip(found) {
        for &(to, score) in near {
            links[to as usize].push((from, score));
        }
    }
    for near in &mut links {
        near.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        near.dedup_by_key(|link| link.0);
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    links
}

/// The relations of one article, with kind and reasons.
fn explained(
    scorer: &Scorer<'_>,
    inputs: &[Input<'_>],
    before: &Relations,
    article: usize,
    near: Vec<(u32, f32)>,
    top: usize,
) -> Vec<Relation> {
    let own = &inputs[article];
    let mut out = Vec::new();
    for (to, score) in near {
        let other = &inputs[to as usize];
        let Known { facts, reasons } = compare(scorer, own, other, score);
        if let Some(kind) = settled(&facts, known(before, article, to as usize)) {
            out.push(Relation { to: to as usize, score, kind, reasons });
        }
        if out.len() == top {
            break;
        }
    }
    out
}

/// The kind that a pair had, whichever side told it.
fn known(before: &Relations, from: usize, to: usize) -> Option<RelationKind> {
    let told = |from: usize, to: usize| before.of.get(from)?.iter().find(|r| r.to == to).map(|r| r.kind);
    told(from, to).or_else(|| told(to, from).map(turned))
}
