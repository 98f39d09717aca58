//! How sure it is that two articles report one event: their score, and the words of their titles.
//!
//! Owns: the strength that stories and the kind "same event" rest on. In a ranking titles add nothing; among pairs that
//! are near enough they tell an event (titles say the same) from its background (texts say the same).
//! Refuses: to rank.
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use super::background;
use super::features::Sight;
use super::score::fading;

/// What titles that say the same add to the score.
const HEADLINE: f32 = 0.2;
/// Strength from which a pair reports one event; in a story, from which the mean of all its pairs does.
pub(super) const EVENT: f32 = 0.21;

/// The strength of a pair whose score is known, by the likeness of its titles and the time between.
pub(super) fn strength(score: f32, headlines: f32, minutes: Option<i64>) -> f32 {
    score + HEADLINE * headlines * fading(minutes)
}

/// How alike titles are: the cosine of their syllables, weighted by rarity in the press at large.
pub(super) fn headlines(a: &Sight<'_>, b: &Sight<'_>) -> f32 {
    let weight = |hash: u32| background::syllables().idf(hash).powi(2);
    let length = |features: &Sight<'_>| features.headline.iter().map(weight).sum::<f32>();
    let shared: f32 = a.headline.iter().filter(|h| b.headline.has(*h)).map(weight).sum();
    if shared == 0.0 { 0.0 } else { shared / (length(a) * length(b)).sqrt() }
}
