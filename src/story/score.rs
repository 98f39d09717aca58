//! How near two articles are: the full score of a candidate.
//!
//! Owns: cosines of syllables, pairs, names and words written as names, and the factor of time; their weights, as measured on labelled events.
//! Refuses: to know kinds and reasons.
//! Tests: measured in `tests/it/stories.rs`.

use super::collection::Collection;
use super::features::Sight;
use super::links::shared_names;
use super::probe::Probe;
use super::proper::square;
use super::vectors::{Counted, View};
use super::weights::Weights;
use crate::entity::EntityIx;

/// Shares of the cosines in the score. Joined names weigh by the collection, kin by the press at large: both together find
/// more than either alone.
const SYLLABLES: f32 = 0.25;
const PAIRS: f32 = 0.75;
const NAMES: f32 = 0.08;
const KIN: f32 = 0.06;
/// What is left of the score after any time.
const FLOOR: f32 = 0.3;
/// Days after which the part that fades is down to a third.
const FADE: f32 = 3.0;
/// Minutes after which nothing of it is left that a number of 32 bits could hold beside the rest.
const FADED: u64 = 60 * 1440;
/// Days that stand for a distance that is not known.
const UNKNOWN: f32 = 7.0;
/// Names: articles that are thought to stand beside the collection, so that five articles have rare names too.
const NAME_PRIOR: f32 = 50.0;

/// The factor of time: labels more than it cuts.
pub(super) fn fading(minutes: Option<i64>) -> f32 {
    if minutes.is_some_and(|m| m.unsigned_abs() > FADED) {
        return FLOOR;
    }
    let days = minutes.map_or(UNKNOWN, |m| m.unsigned_abs() as f32 / 1440.0);
    FLOOR + (1.0 - FLOOR) * (-days / FADE).exp()
}

/// Minutes of a day.
const DAY: i64 = 1440;
/// Minutes by which Vietnam's day begins before that of UTC.
const ZONE: i64 = 7 * 60;

/// When an article was published, as far as articles are compared by it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Minutes since 1970, UTC.
    pub minutes: Option<i64>,
    /// It is known to the day only: hours would be made up.
    pub day_only: bool,
    /// The first month and day that an article without a date of its own tells of.
    pub day: Option<(i8, i8)>,
}

/// Minutes from one article to another; whole days where one of them is known to the day only.
pub(super) fn distance(from: Moment, to: Moment) -> Option<i64> {
    let (from_minutes, to_minutes) = (from.minutes?, to.minutes?);
    if from.day_only || to.day_only {
        let day = |minutes: i64| (minutes + ZONE).div_euclid(DAY);
        return Some((day(to_minutes) - day(from_minutes)) * DAY);
    }
    Some(to_minutes - from_minutes)
}

/// The days of articles, close together in memory: they tell what the factor of time is at most, and mostly that is too little.
#[derive(Debug, Default)]
pub(super) struct Days(Vec<u16>);

/// Days whose factors are told apart.
const TOLD: usize = (FADED / DAY as u64) as usize + 2;

impl Days {
    const UNKNOWN: u16 = u16::MAX;

    fn of(when: Moment) -> u16 {
        when.minutes.map_or(Self::UNKNOWN, |m| m.div_euclid(DAY).clamp(0, i64::from(u16::MAX - 1)) as u16)
    }

    /// Adds the article of the next number.
    pub fn push(&mut self, when: Moment) {
        self.0.push(Self::of(when));
    }

    /// Bytes in memory.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }

    /// For each number what [`fading`] gives at most, beside an article of this moment.
    pub fn bounds(&self, when: Moment) -> impl Fn(u32) -> f32 + '_ {
        let day = Self::of(when);
        // Two hours of the same day may be a minute apart, and of days in a row as well.
        let mut bounds = [fading(Some(0)); TOLD];
        for (days, bound) in (0..).zip(&mut bounds[1..]) {
            *bound = fading(Some(days * DAY));
        }
        let unknown = fading(None);
        move |other| match self.0[other as usize] {
            other if day == Self::UNKNOWN || other == Self::UNKNOWN => unknown,
            other => bounds[usize::from(day.abs_diff(other)).min(TOLD - 1)],
        }
    }
}

/// What is kept of an article to compare it by, beside its features.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Card {
    pub when: Moment,
    /// Lengths of the vectors of syllables and pairs.
    syllables: f32,
    pairs: f32,
}

impl Card {
    pub fn of(features: &Sight<'_>, minutes: Option<i64>, weights: &Weights) -> Self {
        Self {
            when: features.when(minutes),
            syllables: weights.length(features.vectors.syllables, &weights.syllables),
            pairs: weights.length(features.vectors.pairs, &weights.pairs),
        }
    }
}

/// Weights of names: the square of each, by the collection as it is now.
pub(super) struct NameWeights(Vec<f32>);

impl NameWeights {
    /// Weighs all names of a collection.
    pub fn of(collection: &dyn Collection) -> Self {
        let total = collection.count() as f32 + NAME_PRIOR;
        let square = |spread: u32| (total / (spread as f32 + 1.0)).ln().max(0.0).powi(2);
        Self((0..collection.names()).map(|n| square(collection.spread(EntityIx(n as u32)))).collect())
    }

    fn sum(&self, names: impl Iterator<Item = EntityIx>) -> f32 {
        names.filter_map(|name| self.0.get(name.0 as usize)).sum()
    }

    /// The cosine of the names of two articles.
    fn cosine(&self, left: &[EntityIx], right: &[EntityIx]) -> f32 {
        let shared = self.sum(shared_names(left, right));
        if shared == 0.0 {
            return 0.0;
        }
        shared / (self.sum(left.iter().copied()) * self.sum(right.iter().copied())).sqrt()
    }
}

/// An article that others are compared with; its tables are used again for the next.
#[derive(Debug, Default)]
pub(super) struct Query {
    syllables: Probe,
    pairs: Probe,
    names: Vec<EntityIx>,
    proper: Probe,
    /// Square of the length of what is written as names.
    proper_square: f32,
}

impl Query {
    /// Makes an article ready for many comparisons.
    pub fn fill(&mut self, own: View<'_>, card: Card, names: &[EntityIx], weights: &Weights) {
        let logs = &weights.logs;
        for (probe, counts, field, length) in [
            (&mut self.syllables, own.syllables, &weights.syllables, card.syllables),
            (&mut self.pairs, own.pairs, &weights.pairs, card.pairs),
        ] {
            let weight =
                |((hash, n), idf): ((u32, u8), f32)| (hash, logs[usize::from(n)] * idf.powi(2) / length);
            let weighed = counts.iter().zip(field.all(counts.hashes.iter()));
            probe.fill(counts.hashes.len(), weighed.map(weight));
        }
        self.names.clear();
        self.names.extend_from_slice(names);
        self.proper.fill(own.proper.hashes.len(), own.proper.iter().map(|(hash, n)| (hash, f32::from(n))));
        self.proper_square = square(own.proper);
    }

    /// The score of another article, time left aside; it comes to 1.1 at most.
    pub fn score(
        &self,
        other: View<'_>,
        card: Card,
        names: &[EntityIx],
        weights: &Weights,
        of: &NameWeights,
    ) -> f32 {
        let cosine = |probe: &Probe, counts: Counted<'_>, length: f32| {
            let log = |count| weights.logs[usize::from(count)];
            if length > 0.0 { probe.dot(counts, log) / length } else { 0.0 }
        };
        SYLLABLES * cosine(&self.syllables, other.syllables, card.syllables)
            + PAIRS * cosine(&self.pairs, other.pairs, card.pairs)
            + NAMES * of.cosine(&self.names, names)
            + KIN * self.kin(other.proper)
    }

    /// As [`kin`](super::proper::kin) has it: the numbers are whole and small enough to be the same to the last bit.
    fn kin(&self, other: Counted<'_>) -> f32 {
        let product = self.proper.dot(other, f32::from);
        if product == 0.0 { 0.0 } else { product / (self.proper_square * square(other)).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_never_tell_less_than_the_factor_is() {
        let at = |minutes: i64, day_only: bool| Moment { minutes: Some(minutes), day_only, day: None };
        let whens: Vec<Moment> = (0..160)
            .flat_map(|n| [at(n * 947 - 3000, false), at(n * 1201 + 1_000_000, n % 3 == 0)])
            .chain([Moment::default()])
            .collect();
        let mut days = Days::default();
        for when in &whens {
            days.push(*when);
        }
        for from in &whens {
            let bound = days.bounds(*from);
            let mut tight = 0;
            for (n, to) in (0..).zip(&whens) {
                let (most, is) = (bound(n), fading(distance(*from, *to)));
                assert!(most >= is, "{from:?} {to:?}: {most} < {is}");
                tight += usize::from(most < 1.5 * is);
            }
            assert!(tight > whens.len() * 9 / 10, "{tight} of {}", whens.len());
        }
    }
}
