//! Speed of names on one core, from an article's text to linked mentions: beside an installed peer in the same run, and beside the
//! cheapest recogniser there is, runs of capitals.
//!
//! `BENCH_TEXTS` names a folder of other texts than the sample articles; `PYTHON` the interpreter that has the peer.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use criterion::{Criterion, Throughput};
use diembao::article::{Format, Plain, parse};
use diembao::entity::{Names, Recogniser, join};

/// The peer's own script.
const PEER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/underthesea_ner.py");
/// What the script ends with where the peer is not installed.
const NOT_INSTALLED: i32 = 3;
/// Runs of which the fastest counts: what else the machine does only makes them slower.
const RUNS: usize = 9;

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

/// From texts to linked mentions.
fn linked(recogniser: &Recogniser, texts: &[Plain]) -> usize {
    let names: Vec<Names> = texts.iter().map(|t| recogniser.names(t)).collect();
    let articles: Vec<Option<(&Plain, &Names)>> = texts.iter().zip(&names).map(Some).collect();
    let joined = join(&articles);
    (0..articles.len()).map(|n| joined.of(n).len()).sum()
}

fn texts() -> Vec<Plain> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let folder = std::env::var_os("BENCH_TEXTS").map_or(sample, PathBuf::from);
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(|entry| std::fs::read(entry.ok()?.path()).ok())
        .map(|bytes| Plain::of(&parse(&bytes, Format::Dump)))
        .collect()
}

/// Syllables a second of the peer on the same texts; or why there is no figure.
fn peer(texts: &[Plain]) -> Result<f64, String> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(&python);
    command.arg(PEER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| format!("{python} does not run: {e}"))?;
    let mut input = child.stdin.take().ok_or("it takes no input")?;
    let whole: String = texts.iter().flat_map(|t| [t.text.as_str(), "\n"]).collect();
    // Where the peer is not installed its script ends before it has read all.
    let _ = input.write_all(whole.as_bytes());
    drop(input);
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    if output.status.code() == Some(NOT_INSTALLED) {
        return Err("not installed (pip install underthesea)".to_owned());
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    printed.trim().parse().map_err(|_| format!("its script ended with {}", output.status))
}

/// Both figures of one run.
fn beside(recogniser: &Recogniser, texts: &[Plain], syllables: usize) {
    let seconds = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(linked(recogniser, black_box(texts)));
        start.elapsed().as_secs_f64()
    });
    let own = syllables as f64 / seconds.fold(f64::INFINITY, f64::min);
    println!("text to linked mentions, one core, {} texts of {syllables} syllables:", texts.len());
    println!("  diembao      {own:>9.0} syllables/s");
    match peer(texts) {
        Ok(other) => {
            println!(
                "  underthesea  {other:>9.0} syllables/s (names only, not linked): 1/{:.0}",
                own / other
            );
        }
        Err(why) => println!("  underthesea  not compared: {why}"),
    }
}

fn main() {
    let texts = texts();
    let syllables: usize = texts.iter().map(|t| t.text.split_whitespace().count()).sum();
    let recogniser = Recogniser::load();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("names");
    group.throughput(Throughput::Elements(syllables as u64));
    group.bench_function("recognised", |b| {
        b.iter(|| texts.iter().map(|t| recogniser.names(black_box(t)).mentions.len()).sum::<usize>());
    });
    group.bench_function("linked", |b| b.iter(|| linked(&recogniser, black_box(&texts))));
    group.bench_function("runs of capitals", |b| {
        b.iter(|| texts.iter().map(|t| capitals(black_box(&t.text))).sum::<usize>());
    });
    group.finish();
    criterion.bench_function("load the name model", |b| b.iter(Recogniser::load));
    criterion.final_summary();
    beside(&recogniser, &texts, syllables);
}
