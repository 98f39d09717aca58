//! How near two articles are: the full score of a candidate.
//!
//! Owns: cosines of syllables, pairs and names, and the factor of time; their weights, as measured on labelled events.
//! Refuses: to know kinds and reasons.
//! Tests: at the foot of `relate.rs`; measured in `tests/it/stories.rs`.

use rayon::prelude::*;

use super::background;
use super::features::Counts;
use super::index::Field;
use super::relate::Input;
use crate::entity::EntityIx;

/// Shares of the cosines in the score.
const SYLLABLES: f32 = 0.25;
const PAIRS: f32 = 0.75;
const NAMES: f32 = 0.1;
/// What is left of the score after any time.
const FLOOR: f32 = 0.3;
/// Days after which the part that fades is down to a third.
const FADE: f32 = 3.0;
/// Days that stand for a distance that is not known.
const UNKNOWN: f32 = 7.0;
/// Names: articles that are thought to stand beside the collection, so that five articles have rare names too.
const NAME_PRIOR: f32 = 50.0;

/// The factor of time: labels more than it cuts.
pub(super) fn fading(minutes: Option<i64>) -> f32 {
    let days = minutes.map_or(UNKNOWN, |m| m.unsigned_abs() as f32 / 1440.0);
    FLOOR + (1.0 - FLOOR) * (-days / FADE).exp()
}

/// Minutes of a day.
const DAY: i64 = 1440;
/// Minutes by which Vietnam's day begins before that of UTC.
const ZONE: i64 = 7 * 60;

/// Minutes from one article to another; whole days where one of them is known to the day only.
pub(super) fn distance(from: &Input<'_>, to: &Input<'_>) -> Option<i64> {
    let (from_minutes, to_minutes) = (from.minutes?, to.minutes?);
    if from.features.day_only || to.features.day_only {
        let day = |minutes: i64| (minutes + ZONE).div_euclid(DAY);
        return Some((day(to_minutes) - day(from_minutes)) * DAY);
    }
    Some(to_minutes - from_minutes)
}

/// Weights of a collection.
pub(super) struct Scorer<'a> {
    inputs: &'a [Input<'a>],
    pub syllables: Field,
    pub pairs: Field,
    /// Lengths of the vectors of syllables, pairs and names.
    norms: Vec<[f32; 3]>,
    /// Weight of each name.
    names: Vec<f32>,
    /// Articles with each name.
    name_df: Vec<u32>,
    /// ln(1 + count) for each count.
    logs: Box<[f32; 256]>,
}

impl<'a> Scorer<'a> {
    /// Counts the collection; postings of pairs are kept for pairs in two to `widest` articles.
    pub fn new(inputs: &'a [Input<'a>], widest: usize) -> Self {
        let field = |of: fn(&Input<'a>) -> &'a Counts, background, widest| {
            Field::build(&inputs.iter().map(of).collect::<Vec<_>>(), background, widest)
        };
        let syllables = field(|i| &i.features.syllables, background::syllables(), 0);
        let pairs = field(|i| &i.features.pairs, background::pairs(), widest);
        let last = inputs.iter().flat_map(|i| &i.entities).map(|e| e.0 as usize + 1).max().unwrap_or(0);
        let mut name_df = vec![0u32; last];
        for name in inputs.iter().flat_map(|i| &i.entities) {
            name_df[name.0 as usize] += 1;
        }
        let total = inputs.len() as f32 + NAME_PRIOR;
        let names = name_df.iter().map(|&df| (total / (df as f32 + 1.0)).ln().max(0.0)).collect();
        let mut logs = Box::new([0.0; 256]);
        for (count, log) in (0..=u8::MAX).zip(logs.iter_mut()) {
            *log = f32::from(count).ln_1p();
        }
        let mut scorer = Self { inputs, syllables, pairs, norms: Vec::new(), names, name_df, logs };
        scorer.norms = inputs.par_iter().map(|i| scorer.norm(i)).collect();
        scorer
    }

    fn norm(&self, input: &Input<'_>) -> [f32; 3] {
        let length = |counts: &Counts, field: &Field| {
            let squares =
                counts.iter().map(|(hash, n)| (self.logs[usize::from(n)] * field.idf(hash)).powi(2));
            squares.sum::<f32>().sqrt()
        };
        [
            length(&input.features.syllables, &self.syllables),
            length(&input.features.pairs, &self.pairs),
            input.entities.iter().map(|e| self.names[e.0 as usize].powi(2)).sum::<f32>().sqrt(),
        ]
    }

    /// Articles with a name.
    pub fn name_df(&self, name: EntityIx) -> u32 {
        self.name_df.get(name.0 as usize).copied().unwrap_or(0)
    }

    /// An article made ready for many comparisons; the tables of the query before are used again.
    pub fn ask<'q>(&'q self, article: usize, mut query: Query) -> Asked<'q, 'a> {
        let [syllables, pairs, _] = self.norms[article];
        let features = self.inputs[article].features;
        let logs = &self.logs;
        query.syllables.fill(&features.syllables, |hash, n| {
            logs[usize::from(n)] * self.syllables.idf(hash).powi(2) / syllables
        });
        query
            .pairs
            .fill(&features.pairs, |hash, n| logs[usize::from(n)] * self.pairs.idf(hash).powi(2) / pairs);
        Asked { scorer: self, article, query }
    }
}

/// The tables of one query, kept for the next.
#[derive(Debug, Default)]
pub(super) struct Query {
    syllables: Table,
    pairs: Table,
}

/// An article that others are compared with.
pub(super) struct Asked<'q, 'a> {
    scorer: &'q Scorer<'a>,
    article: usize,
    query: Query,
}

impl Asked<'_, '_> {
    /// The part of the score that pairs make, which sorts candidates well and cheaply.
    pub fn pairs(&self, other: usize) -> f32 {
        let norm = self.scorer.norms[other][1];
        if norm == 0.0 {
            return 0.0;
        }
        let pairs = &self.scorer.inputs[other].features.pairs;
        PAIRS * self.query.pairs.dot(pairs, &self.scorer.logs) / norm
    }

    /// The rest of the score, syllables and names, without time; with the pairs' part it comes to 1.1 at most.
    pub fn rest(&self, other: usize) -> f32 {
        let norm = self.scorer.norms[other][0];
        let syllables = &self.scorer.inputs[other].features.syllables;
        let cosine =
            if norm > 0.0 { self.query.syllables.dot(syllables, &self.scorer.logs) / norm } else { 0.0 };
        SYLLABLES * cosine + NAMES * self.names(other)
    }

    fn names(&self, other: usize) -> f32 {
        let scorer = self.scorer;
        let (left, right) = (&scorer.inputs[self.article].entities, &scorer.inputs[other].entities);
        let norm = scorer.norms[self.article][2] * scorer.norms[other][2];
        if norm == 0.0 {
            return 0.0;
        }
        shared_names(left, right).map(|e| scorer.names[e.0 as usize].powi(2)).sum::<f32>() / norm
    }

    /// Gives the tables back for the next query.
    pub fn done(self) -> Query {
        self.query
    }
}

/// The names of both lists, which are in ascending order.
pub(super) fn shared_names<'x>(
    left: &'x [EntityIx],
    right: &'x [EntityIx],
) -> impl Iterator<Item = EntityIx> + 'x {
    left.iter().copied().filter(|e| right.binary_search(e).is_ok())
}

/// Hash to weight, by open addressing: a few kilobytes that stay in the nearest cache while candidates pass by.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<(u32, f32)>,
    shift: u32,
    /// One bit for each value of a hash's upper bits: most hashes of a candidate are turned away here.
    seen: Vec<u64>,
}

/// Bits of a hash that [`Table::seen`] looks at: one kilobyte.
const SEEN_BITS: u32 = 13;

impl Table {
    fn fill(&mut self, counts: &Counts, weight: impl Fn(u32, u8) -> f32) {
        let size = (counts.hashes.len() * 2).next_power_of_two().max(16);
        self.shift = 32 - size.trailing_zeros();
        self.slots.clear();
        self.slots.resize(size, (0, 0.0));
        self.seen.clear();
        self.seen.resize(1 << (SEEN_BITS - 6), 0);
        for (hash, count) in counts.iter() {
            let mut at = self.place(hash);
            while self.slots[at].1 != 0.0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (hash, weight(hash, count));
            let bit = hash >> (32 - SEEN_BITS);
            self.seen[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
    }

    fn place(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    fn dot(&self, counts: &Counts, logs: &[f32; 256]) -> f32 {
        let last = self.slots.len() - 1;
        let mut sum = 0.0;
        for (hash, count) in counts.iter() {
            let bit = hash >> (32 - SEEN_BITS);
            if self.seen[(bit >> 6) as usize] >> (bit & 63) & 1 == 0 {
                continue;
            }
            let mut at = self.place(hash);
            loop {
                let (key, weight) = self.slots[at];
                if weight == 0.0 {
                    break;
                }
                if key == hash {
                    sum += weight * logs[usize::from(count)];
                    break;
                }
                at = (at + 1) & last;
            }
        }
        sum
    }
}
