//! Training the name model: a linear-chain CRF with FTRL-proximal steps (`McMahan` and others 2013), which keeps most
//! weights at zero.
//!
//! Owns: examples from labelled texts, training, pruning to a size, rounding to the model file. Refuses: files,
//! clocks, printing: the `train_names` example does that. Tests: what it makes is measured in `tests/it/names.rs`.

mod chances;
mod cluster;
mod induce;

pub use cluster::{Sizes, cluster};
pub use induce::{Counts, count_names, induce};

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use chances::expect;

use super::cutter::Cutter;
use super::document::{Document, Tables};
use super::features::{FINGERPRINT, Places, extract};
use super::known::Known;
use super::labels::{At, LABELS, OUTSIDE, SCORED, label, may_end, may_follow};
use super::measure::{Label, spans};
use super::model::Kind;
use super::syllable::Syllable;
use super::weights::{BadModel, Pairs, Row, Weights};
use super::words::Words;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Models trained from different seeds; their mean is the result.
    pub models: usize,
    /// Passes over the examples.
    pub passes: usize,
    /// Step size.
    pub rate: f32,
    /// Weight of the sum of absolute weights: drives weights to zero.
    pub l1: f32,
    /// Weight of the sum of squares: keeps weights small.
    pub l2: f32,
    /// A feature must occur so often to get a weight.
    pub at_least: u32,
    /// Share of features left out at random in each step.
    pub dropout: f32,
    /// Largest model file in bytes; the weakest features are cut off.
    pub bytes: usize,
    /// Seed of the order of examples and of what is left out.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            models: 5,
            passes: 20,
            rate: 0.1,
            l1: 0.3,
            l2: 1.0,
            at_least: 2,
            dropout: 0.3,
            bytes: 1_000_000,
            seed: 20_240_619,
        }
    }
}

/// A labelled text, cut into examples.
#[derive(Debug, Default)]
pub struct Example {
    hashes: Vec<u32>,
    /// For each token the end of its features in `hashes`.
    ends: Vec<u32>,
    labels: Vec<u8>,
    /// For each segment the end of its tokens.
    segments: Vec<u32>,
    /// Labelled names that no segment can hold.
    pub lost: usize,
}

/// Bytes of a name in its text, and its kind.
pub type Name = (Range<usize>, Kind);

/// Makes examples.
#[derive(Debug)]
pub struct Maker {
    tables: Tables,
}

impl Maker {
    /// A maker with these files of words and known names.
    pub fn new(words: &[u8], known: &[u8]) -> Result<Self, BadModel> {
        Ok(Self { tables: Tables::read(words, known)? })
    }

    /// A file of known names, or of words, that holds none.
    pub fn nothing() -> Vec<u8> {
        Words::write(&Known::groups(), &mut Vec::new())
    }

    /// The example of one article: its text, in NFC, and its labels.
    pub fn example(&self, text: &str, rows: &[Label]) -> Example {
        let names: Vec<Name> = spans(text, rows).into_iter().map(|(range, row)| (range, row.kind)).collect();
        self.example_of(text, &names, std::slice::from_ref(&(0..text.len())))
    }

    /// The example of those stretches of a text, lines or more, whose names are all given; the rest of the text is only
    /// what the names stand in.
    pub fn example_of(&self, text: &str, names: &[Name], decided: &[Range<usize>]) -> Example {
        let document = Document::new(text, &self.tables, &mut Cutter::default());
        let tokens = &document.tokens;
        let mut truth = vec![OUTSIDE as u8; tokens.len()];
        let mut example = Example::default();
        for (range, kind) in names {
            let inside = |t: &Syllable| {
                t.end > t.start && t.start as usize >= range.start && t.end as usize <= range.end
            };
            let from = tokens.iter().position(inside);
            let to = tokens.iter().rposition(inside).map(|t| t + 1);
            let (Some(from), Some(to)) = (from, to) else {
                example.lost += 1;
                continue;
            };
            for (at, slot) in truth.iter_mut().enumerate().take(to).skip(from) {
                let place = match (at == from, at + 1 == to) {
                    (true, true) => At::Single,
                    (true, false) => At::Begin,
                    (false, true) => At::End,
                    (false, false) => At::Inside,
                };
                *slot = label(*kind, place) as u8;
            }
        }
        let mut covered = 0;
        for segment in Places::of(&document).segments {
            let before = truth[covered..segment.start].iter().filter(|&&l| l != 0).count();
            example.lost += before;
            covered = segment.end;
            let start = tokens[segment.start].start as usize;
            if !decided.iter().any(|range| range.contains(&start)) {
                continue;
            }
            mend(&mut truth[segment.clone()]);
            for at in segment {
                extract(&document, at, &mut example.hashes);
                example.ends.push(example.hashes.len() as u32);
                example.labels.push(truth[at]);
            }
            example.segments.push(example.labels.len() as u32);
        }
        example
    }
}

/// Drops names that reach over the edge of a segment.
fn mend(labels: &mut [u8]) {
    let mut before = OUTSIDE;
    for label in labels.iter_mut() {
        if !may_follow(before, *label as usize) {
            *label = OUTSIDE as u8;
        }
        before = *label as usize;
    }
    for label in labels.iter_mut().rev() {
        if may_end(*label as usize) {
            break;
        }
        *label = OUTSIDE as u8;
    }
}

type Real = [f32; SCORED];

struct Model {
    weights: Vec<Real>,
    z: Vec<Real>,
    n: Vec<Real>,
    pairs: [[f32; LABELS]; LABELS],
    pair_sums: [[f32; LABELS]; LABELS],
}

impl Model {
    fn new(features: usize) -> Self {
        let zero = || vec![[0.0; SCORED]; features];
        Self {
            weights: zero(),
            z: zero(),
            n: zero(),
            pairs: [[0.0; LABELS]; LABELS],
            pair_sums: [[0.0; LABELS]; LABELS],
        }
    }

    /// Adds a share of another model's weights.
    fn add(&mut self, other: &Self, share: f32) {
        for (a, b) in self.weights.iter_mut().flatten().zip(other.weights.iter().flatten()) {
            *a += share * b;
        }
        for (a, b) in self.pairs.iter_mut().flatten().zip(other.pairs.iter().flatten()) {
            *a += share * b;
        }
    }
}

/// xorshift*: enough for shuffling.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32
    }
}

/// Trains on examples and gives the model file. `tell` hears of each pass of each model: its number from 1 and the mean
/// loss in nats a token. The models are trained beside one another; the file does not depend on their order.
pub fn train(examples: &[&Example], options: &Options, tell: impl Fn(usize, f64) + Sync) -> Vec<u8> {
    let (ids, keys) = number_features(examples, options.at_least);
    let numbered: Vec<Vec<u32>> = examples
        .iter()
        .map(|e| e.hashes.iter().map(|h| ids.get(h).copied().unwrap_or(u32::MAX)).collect())
        .collect();
    drop(ids);
    let models: Vec<Model> = (0..options.models.max(1) as u64)
        .into_par_iter()
        .map(|n| train_one(examples, &numbered, keys.len(), n, options, &tell))
        .collect();
    let mut mean = Model::new(keys.len());
    for model in &models {
        mean.add(model, 1.0 / models.len() as f32);
    }
    finish(&mean, &keys, options)
}

/// One of the models whose mean is the result.
fn train_one(
    examples: &[&Example],
    numbered: &[Vec<u32>],
    features: usize,
    number: u64,
    options: &Options,
    tell: &(impl Fn(usize, f64) + Sync),
) -> Model {
    let mut model = Model::new(features);
    let mut order: Vec<(usize, usize)> =
        examples.iter().enumerate().flat_map(|(e, x)| (0..x.segments.len()).map(move |s| (e, s))).collect();
    let mut dice = Dice((options.seed + 1000 * number) | 1);
    for pass in 1..=options.passes {
        for at in (1..order.len()).rev() {
            order.swap(at, dice.roll() as usize % (at + 1));
        }
        let (mut loss, mut tokens) = (0.0, 0);
        for &(e, s) in &order {
            loss += f64::from(learn(&mut model, examples[e], &numbered[e], s, options, &mut dice));
            tokens += segment_range(examples[e], s).len();
        }
        tell(pass, loss / tokens.max(1) as f64);
    }
    model
}

fn number_features(examples: &[&Example], at_least: u32) -> (FxHashMap<u32, u32>, Vec<u32>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for hash in examples.iter().flat_map(|e| &e.hashes) {
        *counts.entry(*hash).or_default() += 1;
    }
    let mut keys: Vec<u32> = counts.into_iter().filter(|&(_, n)| n >= at_least).map(|(k, _)| k).collect();
    keys.sort_unstable();
    let ids = keys.iter().enumerate().map(|(id, &key)| (key, id as u32)).collect();
    (ids, keys)
}

fn segment_range(example: &Example, segment: usize) -> Range<usize> {
    let from = segment.checked_sub(1).map_or(0, |s| example.segments[s] as usize);
    from..example.segments[segment] as usize
}

/// One step on one segment; gives its loss.
fn learn(
    model: &mut Model,
    example: &Example,
    ids: &[u32],
    segment: usize,
    options: &Options,
    dice: &mut Dice,
) -> f32 {
    let range = segment_range(example, segment);
    let limit = (options.dropout * u32::MAX as f32) as u32;
    let kept: Vec<Vec<u32>> = range
        .clone()
        .map(|t| {
            let from = if t == 0 { 0 } else { example.ends[t - 1] as usize };
            let all = &ids[from..example.ends[t] as usize];
            all.iter().copied().filter(|&id| id != u32::MAX && (limit == 0 || dice.roll() > limit)).collect()
        })
        .collect();
    let scores: Vec<[f32; LABELS]> = kept
        .iter()
        .map(|ids| {
            let mut sums = [0.0; LABELS];
            for &id in ids {
                for (sum, w) in sums[1..].iter_mut().zip(&model.weights[id as usize]) {
                    *sum += w;
                }
            }
            sums
        })
        .collect();
    let truth: Vec<usize> = example.labels[range].iter().map(|&l| l as usize).collect();
    let (loss, chances, pairs) = expect(&scores, &model.pairs, &truth);
    for ((ids, chance), &truth) in kept.iter().zip(&chances).zip(&truth) {
        let mut slope: Real = [0.0; SCORED];
        slope.copy_from_slice(&chance[1..]);
        if truth > 0 {
            slope[truth - 1] -= 1.0;
        }
        if slope.iter().all(|g| g.abs() < 1e-3) {
            continue;
        }
        for &id in ids {
            step(model, id as usize, &slope, options);
        }
    }
    let sums = model.pair_sums.iter_mut().flatten();
    for ((slope, sum), weight) in pairs.iter().flatten().zip(sums).zip(model.pairs.iter_mut().flatten()) {
        *sum += slope * slope;
        *weight -= options.rate * slope / (1.0 + sum.sqrt());
    }
    loss
}

/// One FTRL-proximal step of one feature.
fn step(model: &mut Model, id: usize, slope: &Real, options: &Options) {
    let (w, z, n) = (&mut model.weights[id], &mut model.z[id], &mut model.n[id]);
    for k in 0..SCORED {
        let g = slope[k];
        let sum = n[k] + g * g;
        let root = sum.sqrt();
        let sigma = (root - n[k].sqrt()) / options.rate;
        z[k] += g - sigma * w[k];
        n[k] = sum;
        let shrunk = (z[k].abs() - options.l1).max(0.0);
        w[k] = -shrunk.copysign(z[k]) / ((1.0 + root) / options.rate + options.l2);
    }
}

/// Rounds and prunes the weights, and writes the model file.
fn finish(model: &Model, keys: &[u32], options: &Options) -> Vec<u8> {
    let units = 24.0;
    let mut pairs: Pairs = [[0; LABELS]; LABELS];
    for (row, real) in pairs.iter_mut().zip(&model.pairs) {
        for (pair, w) in row.iter_mut().zip(real) {
            *pair = (w * units).round() as i16;
        }
    }
    let mut ranked: Vec<(f32, usize, Row)> = Vec::new();
    for (id, real) in model.weights.iter().enumerate() {
        let row = real.map(|w| (w * units).round().clamp(-127.0, 127.0) as i8);
        if row.iter().any(|&w| w != 0) {
            let weight: f32 = real.iter().map(|w| w * w).sum();
            ranked.push((weight, id, row));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut keep = ranked.len();
    loop {
        let mut features: Vec<(u32, Row)> = ranked.iter().take(keep).map(|r| (keys[r.1], r.2)).collect();
        let file = Weights::write(units, &pairs, &mut features, FINGERPRINT);
        if file.len() <= options.bytes {
            return file;
        }
        keep = keep * options.bytes / file.len() - 1;
    }
}
