//! A linear-chain conditional random field over the zones of a dump's lines, with a quadratic penalty.
//!
//! Lafferty, `McCallum`, Pereira (2001); forward and backward passes in logarithms; steps by `AdaGrad` (Duchi, Hazan, Singer 2011). One
//! seed orders the pages, so that a run can be repeated.

use std::collections::BTreeMap;

use diembao::article::tuning::{COLUMNS, STEPS, Weights};

/// A page: the features of each line, and its zone.
pub struct Page {
    pub features: Vec<Vec<u16>>,
    pub zones: Vec<u8>,
    /// How much it counts.
    pub weight: f64,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub passes: usize,
    pub rate: f64,
    /// Strength of the quadratic penalty.
    pub penalty: f64,
    /// Share of the groups of features that a page is seen without, others each time: so that no decision rests on one of them alone.
    pub dropout: f64,
    /// Probability from which on a line is text.
    pub least: f32,
}

type Row = [f64; COLUMNS];

struct Model {
    steps: [f64; STEPS.len()],
    rows: Vec<Row>,
}

impl Model {
    fn new(features: usize) -> Self {
        Self { steps: [0.0; STEPS.len()], rows: vec![[0.0; COLUMNS]; features] }
    }

    fn add(&mut self, other: &Self) {
        let mine = self.steps.iter_mut().chain(self.rows.iter_mut().flatten());
        for (sum, weight) in mine.zip(other.steps.iter().chain(other.rows.iter().flatten())) {
            *sum += weight;
        }
    }

    fn weights(&self, count: usize, options: Options) -> Weights {
        let part = |sum: f64| (sum / count.max(1) as f64) as f32;
        // Where all features are there, each has to say less.
        let kept = |sum: f64| part(sum * (1.0 - options.dropout));
        let mut steps = [[f32::NEG_INFINITY; 4]; 4];
        for ((from, to), sum) in STEPS.into_iter().zip(self.steps) {
            steps[from][to] = part(sum);
        }
        Weights { steps, features: self.rows.iter().map(|r| r.map(kept)).collect(), least: options.least }
    }

    fn scores(&self, page: &Page) -> Vec<Row> {
        page.features
            .iter()
            .map(|line| {
                let mut sum = [0.0; COLUMNS];
                for feature in line {
                    for (s, w) in sum.iter_mut().zip(&self.rows[usize::from(*feature)]) {
                        *s += w;
                    }
                }
                sum
            })
            .collect()
    }
}

/// The column that a step adds beside that of its zone: entering the text, entering what comes after it.
fn entering(from: usize, to: usize) -> Option<usize> {
    match (from, to) {
        (0, 1) => Some(4),
        (1, 3) => Some(5),
        _ => None,
    }
}

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

fn first(row: &Row) -> [f64; 4] {
    [row[0], row[1] + row[4], f64::NEG_INFINITY, f64::NEG_INFINITY]
}

/// The gradient of a page's likelihood: expected counts taken from those of the truth.
struct Gradient {
    steps: [f64; STEPS.len()],
    rows: Vec<Row>,
    loss: f64,
}

fn gradient(model: &Model, page: &Page) -> Gradient {
    let scores = model.scores(page);
    let count = scores.len();
    let step = |s: usize, n: usize| {
        let (from, to) = STEPS[s];
        model.steps[s] + scores[n][to] + entering(from, to).map_or(0.0, |c| scores[n][c])
    };
    let mut ahead = vec![[f64::NEG_INFINITY; 4]; count];
    ahead[0] = first(&scores[0]);
    for n in 1..count {
        for (s, (from, to)) in STEPS.iter().enumerate() {
            ahead[n][*to] = log_add(ahead[n][*to], ahead[n - 1][*from] + step(s, n));
        }
    }
    let mut behind = vec![[f64::NEG_INFINITY; 4]; count];
    // A gap is followed by text.
    behind[count - 1] = [0.0, 0.0, f64::NEG_INFINITY, 0.0];
    for n in (1..count).rev() {
        for (s, (from, to)) in STEPS.iter().enumerate() {
            behind[n - 1][*from] = log_add(behind[n - 1][*from], behind[n][*to] + step(s, n));
        }
    }
    let total =
        (0..4).fold(f64::NEG_INFINITY, |sum, z| log_add(sum, ahead[count - 1][z] + behind[count - 1][z]));
    let mut out = Gradient { steps: [0.0; STEPS.len()], rows: vec![[0.0; COLUMNS]; count], loss: total };
    for z in 0..4 {
        out.rows[0][z] -= (ahead[0][z] + behind[0][z] - total).exp();
    }
    out.rows[0][4] = out.rows[0][1];
    for n in 1..count {
        for (s, (from, to)) in STEPS.iter().enumerate() {
            let share = (ahead[n - 1][*from] + step(s, n) + behind[n][*to] - total).exp();
            out.steps[s] -= share;
            out.rows[n][*to] -= share;
            if let Some(column) = entering(*from, *to) {
                out.rows[n][column] -= share;
            }
        }
    }
    truth(page, &scores, model, &mut out);
    out
}

fn truth(page: &Page, scores: &[Row], model: &Model, out: &mut Gradient) {
    for (n, zone) in page.zones.iter().map(|z| usize::from(*z)).enumerate() {
        out.rows[n][zone] += 1.0;
        out.loss -= scores[n][zone];
        let before = n.checked_sub(1).map(|b| usize::from(page.zones[b]));
        let column = before.map_or((zone == 1).then_some(4), |from| entering(from, zone));
        if let Some(column) = column {
            out.rows[n][column] += 1.0;
            out.loss -= scores[n][column];
        }
        if let Some(s) = before.and_then(|from| STEPS.iter().position(|step| *step == (from, zone))) {
            out.steps[s] += 1.0;
            out.loss -= model.steps[s];
        }
    }
}

/// Estimates the weights.
///
/// `groups` has the group of each feature.
pub fn train(pages: &[&Page], groups: &[usize], options: Options) -> Weights {
    let features = groups.len();
    let mut model = Model::new(features);
    let mut seen = Model::new(features);
    let mut order: Vec<usize> = (0..pages.len()).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    // The mean of the weights after each of the later passes is steadier than the last ones.
    let mut mean = Model::new(features);
    for pass in 0..options.passes {
        shuffle(&mut order, &mut seed);
        for n in &order {
            let page = pages[*n];
            let page = without(page, groups, options.dropout, &mut seed);
            let slope = gradient(&model, &page);
            update(&mut model, &mut seen, &page, &slope, options.rate);
        }
        shrink(&mut model, &mut seen, options);
        if pass * 2 >= options.passes {
            mean.add(&model);
        }
    }
    mean.weights(options.passes - options.passes.div_ceil(2), options)
}

/// The page without the features of some groups.
fn without(page: &Page, groups: &[usize], dropout: f64, seed: &mut u64) -> Page {
    let count = groups.iter().max().map_or(0, |g| g + 1);
    let kept: Vec<bool> =
        (0..count).map(|_| (next(seed) >> 11) as f64 / (1u64 << 53) as f64 >= dropout).collect();
    let line = |l: &Vec<u16>| l.iter().copied().filter(|f| kept[groups[usize::from(*f)]]).collect();
    Page {
        features: page.features.iter().map(line).collect(),
        zones: page.zones.clone(),
        weight: page.weight,
    }
}

/// xorshift64 (Marsaglia 2003)
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for n in (1..order.len()).rev() {
        order.swap(n, (next(seed) % (n as u64 + 1)) as usize);
    }
}

fn step(weight: &mut f64, squares: &mut f64, slope: f64, rate: f64) {
    *squares += slope * slope;
    *weight += rate * slope / (1e-8 + squares.sqrt());
}

fn update(model: &mut Model, seen: &mut Model, page: &Page, slope: &Gradient, rate: f64) {
    for ((weight, squares), slope) in model.steps.iter_mut().zip(&mut seen.steps).zip(slope.steps) {
        step(weight, squares, page.weight * slope, rate);
    }
    let mut sums: BTreeMap<u16, Row> = BTreeMap::new();
    for (line, row) in page.features.iter().zip(&slope.rows) {
        for feature in line {
            let sum = sums.entry(*feature).or_insert([0.0; COLUMNS]);
            for (s, r) in sum.iter_mut().zip(row) {
                *s += r;
            }
        }
    }
    for (feature, row) in sums {
        let feature = usize::from(feature);
        for ((weight, squares), slope) in model.rows[feature].iter_mut().zip(&mut seen.rows[feature]).zip(row)
        {
            step(weight, squares, page.weight * slope, rate);
        }
    }
}

/// The penalty of all weights, once a pass.
fn shrink(model: &mut Model, seen: &mut Model, options: Options) {
    let weights = model.rows.iter_mut().flatten().zip(seen.rows.iter_mut().flatten());
    for (weight, squares) in weights.filter(|(w, _)| **w != 0.0) {
        let slope = -options.penalty * *weight;
        step(weight, squares, slope, options.rate);
    }
}
