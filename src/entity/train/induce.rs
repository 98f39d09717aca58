//! Names learnt from unlabelled text: a first model reads it, and what it says of each name, over all articles together,
//! becomes hints for the next model.
//!
//! Owns: counting a model's decisions. Refuses: the features made of them ([`super::super::known`]).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::known::{self, Known};
use super::super::labels::OUTSIDE;
use super::super::recognise::Recogniser;
use super::super::words::{Words, name_key};

/// A name must occur so often.
const OFTEN: u32 = 3;

/// Margin in hundredths of a nat below which a decision is not counted.
const SURE: i32 = 60;

/// How often names were each of the four kinds, and how often none.
pub type Counts = FxHashMap<u32, [u32; 5]>;

/// Counts what a recogniser says of the names in unlabelled texts.
pub fn count_names(recogniser: &Recogniser, texts: &[&str]) -> Counts {
    texts
        .par_chunks(1000)
        .map(|texts| {
            let mut names = Counts::default();
            for text in texts {
                count(recogniser, text, &mut names);
            }
            names
        })
        .reduce(Counts::default, |a, b| {
            let (mut all, fewer) = if a.len() < b.len() { (b, a) } else { (a, b) };
            add(&mut all, &fewer);
            all
        })
}

fn add(sums: &mut Counts, counts: &Counts) {
    for (&key, row) in counts {
        let sum = sums.entry(key).or_default();
        for (sum, n) in sum.iter_mut().zip(row) {
            *sum += n;
        }
    }
}

/// The file of known names, from the mean of counts.
pub fn induce(counts: &[&Counts]) -> Vec<u8> {
    let mut sums = Counts::default();
    for counts in counts {
        add(&mut sums, counts);
    }
    let mut table: Vec<(u32, u8)> = Vec::new();
    for (&key, sum) in &sums {
        let mean = sum.map(|n| n.div_ceil(counts.len().max(1) as u32));
        let total: u32 = mean.iter().sum();
        let outside = mean[4];
        if total >= OFTEN && (outside < total || total >= 4 * OFTEN) {
            table.push((key, known::name_code(&mean)));
        }
    }
    table.sort_unstable();
    Words::write(&Known::groups(), &mut table)
}

fn count(recogniser: &Recogniser, text: &str, names: &mut Counts) {
    let (document, pass) = recogniser.read(text);
    let tokens = &document.tokens;
    let key = |from: usize, to: usize| name_key(tokens[from..to].iter().map(|t| t.exact));
    for name in pass.found() {
        if name.margin >= SURE && !tokens[name.from].loud {
            names.entry(key(name.from, name.to)).or_default()[name.kind as usize] += 1;
        }
    }
    for run in &document.runs {
        let (from, to) = (run.from(), run.to());
        let outside = pass.labels[from..to].iter().all(|&l| usize::from(l) == OUTSIDE);
        if outside && !tokens[from].first && !tokens[from].loud {
            names.entry(key(from, to)).or_default()[4] += 1;
        }
    }
}
