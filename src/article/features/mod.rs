//! What a logical line looks like, alone and among its neighbours, as numbered features for `label`.
//!
//! Owns: the features of all lines of a document. Refuses: weights and decisions. Tests: at the foot of each file.

mod around;
mod document;
mod groups;
mod headline;
mod line;

pub(super) use document::{Measured, measure};
pub(super) use groups::{count, names};
pub(super) use line::{Facts, hash_letters};

use super::lines::Line;
use around::Around;
use line::own_features;

/// The features of every line.
pub(super) fn features(lines: &[Line], measured: &Measured) -> Vec<Vec<u16>> {
    let facts = &measured.facts;
    let around = Around::of(lines, measured);
    (0..lines.len())
        .map(|n| {
            let mut out = Vec::with_capacity(56);
            own_features(&lines[n], &facts[n], lines.get(n + 1), &mut out);
            around.features(n, lines, measured, &mut out);
            out
        })
        .collect()
}

fn cut(value: f32, limits: &[f32]) -> usize {
    limits.iter().take_while(|l| value >= **l).count()
}

fn bucket(value: usize, limits: &[usize]) -> usize {
    limits.iter().take_while(|l| value >= **l).count()
}
