//! Cost of recognising names in the sample articles, beside the cheapest recogniser there is: runs of capitals.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput};
use diembao::article::{Format, Plain, parse};
use diembao::entity::Recogniser;

/// Runs of words that begin with a capital.
fn capitals(text: &str) -> usize {
    let mut runs = 0;
    let mut inside = false;
    for word in text.split_whitespace() {
        let raised = word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        runs += usize::from(raised && !inside);
        inside = raised;
    }
    runs
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let texts: Vec<Plain> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| std::fs::read(entry.ok()?.path()).ok())
        .map(|bytes| Plain::of(&parse(&bytes, Format::Dump)))
        .collect();
    let syllables: usize = texts.iter().map(|t| t.text.split_whitespace().count()).sum();
    let recogniser = Recogniser::load();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("names");
    group.throughput(Throughput::Elements(syllables as u64));
    group.bench_function("model", |b| {
        b.iter(|| texts.iter().map(|t| recogniser.names(black_box(t)).mentions.len()).sum::<usize>());
    });
    group.bench_function("runs of capitals", |b| {
        b.iter(|| texts.iter().map(|t| capitals(black_box(&t.text))).sum::<usize>());
    });
    group.finish();
    criterion.bench_function("load the name model", |b| b.iter(Recogniser::load));
    criterion.final_summary();
}
