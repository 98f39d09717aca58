//! Estimates the weights of a dump's lines, and measures them on hosts that they were not estimated on.
//!
//! `cargo run --profile quick --example train_lines -- DIR… [--folds N] [--write FILE]`, e.g. `… ../shared/dumps ../shared/dumps-vi`: each DIR
//! holds `gold.json` (`{ID: {articleBody, url}}`) and the dumps `ID.SUFFIX.txt`. Prints F1 of the shown bodies, pages of one host always in
//! one fold; with `--write` it then estimates on all pages and writes them.
#![allow(clippy::print_stdout, reason = "printing is what this example is for")]

mod crf;
#[path = "../../tests/it/shingle.rs"]
mod shingle;
mod truth;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Parser;
use diembao::article::Article;
use diembao::article::tuning::{COLUMNS, STEPS, Weights, feature_names, parse_dump};
use rayon::prelude::*;

use crf::{Options, Page};
use truth::{Dump, compose};

#[derive(Debug, Parser)]
struct Args {
    /// Folders of labelled dumps.
    folders: Vec<PathBuf>,
    /// Folds of hosts.
    #[arg(long, default_value_t = 10)]
    folds: usize,
    /// Where to write the weights estimated on all pages.
    #[arg(long)]
    write: Option<PathBuf>,
    #[arg(long, default_value_t = 30)]
    passes: usize,
    #[arg(long, default_value_t = 0.1)]
    rate: f64,
    #[arg(long, default_value_t = 2.0)]
    penalty: f64,
    /// Share of the groups of features that a page is seen without in training.
    #[arg(long, default_value_t = 0.0)]
    dropout: f64,
    /// Probability from which on a line is text; several are measured one beside the other, the first is written.
    #[arg(long, value_delimiter = ',', default_value = "0.4")]
    least: Vec<f32>,
    /// Composed pages for each labelled one.
    #[arg(long, default_value_t = 1)]
    composed: usize,
    /// Put boxes between the paragraphs of composed pages.
    #[arg(long)]
    boxes: bool,
    /// How much a composed page counts.
    #[arg(long, default_value_t = 0.3)]
    share: f64,
    /// How many times as many pages are composed for a folder of few.
    #[arg(long, default_value_t = 4)]
    more: usize,
    /// What a page of the folder with the fewest counts more than one of the others.
    #[arg(long, default_value_t = 2.0)]
    rare: f64,
    /// Print pages under this F1.
    #[arg(long, default_value_t = 0.0)]
    list: f64,
    /// Groups of features that are left out, to see what they are good for.
    #[arg(long, value_delimiter = ',')]
    drop: Vec<String>,
    /// Folder for one file a page: each line with its zone, and what it was shown as.
    #[arg(long)]
    tell: Option<PathBuf>,
}

/// What stands between the paragraphs of news pages: boxes, parted by blank lines.
const BOXES: &str = include_str!("boxes.txt");

/// A labelled dump and where it comes from.
struct Source {
    id: String,
    set: String,
    suffix: String,
    fold: usize,
    weight: f64,
    dump: Dump,
}

/// The host of an address; without an address the id without what counts an outlet's pages: `cafef-2-2026-03` is of `cafef`.
fn host(url: Option<&str>, id: &str) -> String {
    let host = url.and_then(|u| u.split('/').nth(2)).unwrap_or_else(|| id.split('-').next().unwrap_or(id));
    host.trim_start_matches("www.").to_owned()
}

fn sources(args: &Args) -> Result<Vec<Source>> {
    let mut out = Vec::new();
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for folder in &args.folders {
        let gold: BTreeMap<String, serde_json::Value> = serde_json::from_slice(
            &std::fs::read(folder.join("gold.json")).with_context(|| format!("{}", folder.display()))?,
        )?;
        let set = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let rare = gold.len() < 50;
        for (id, entry) in &gold {
            let host = host(entry["url"].as_str(), id);
            let count = hosts.len();
            let fold = (*hosts.entry(host).or_insert(count) * 7) % args.folds.max(1);
            let body = entry["articleBody"].as_str().unwrap_or("");
            for suffix in ["w3m", "ins"] {
                let Ok(text) = std::fs::read_to_string(folder.join(format!("{id}.{suffix}.txt"))) else {
                    continue;
                };
                let Some(dump) = Dump::new(text, body.to_owned()) else { continue };
                let weight = if rare { args.rare } else { 1.0 };
                out.push(Source {
                    id: id.clone(),
                    set: set.clone(),
                    suffix: suffix.into(),
                    fold,
                    weight,
                    dump,
                });
            }
        }
    }
    Ok(out)
}

/// The pages to train on: the labelled ones and as many composed ones as asked for, of the same folder and kind.
fn pages(from: &[&Source], args: &Args) -> Vec<Page> {
    let mut out: Vec<Page> = from
        .iter()
        .map(|s| Page { features: s.dump.features.clone(), zones: s.dump.zones.clone(), weight: s.weight })
        .collect();
    let mut kinds: BTreeMap<(&str, &str), Vec<&Source>> = BTreeMap::new();
    let boxes: Vec<&str> = BOXES.split("\n\n").map(str::trim).filter(|b| !b.is_empty()).collect();
    for source in from {
        kinds.entry((&source.set, &source.suffix)).or_default().push(source);
    }
    for kind in kinds.values().filter(|k| k.len() > 2) {
        let more = if kind[0].weight > 1.0 { args.more } else { 1 };
        for round in 0..args.composed * more {
            for (n, middle) in kind.iter().enumerate() {
                let other = |by: usize| &kind[(n + by) % kind.len()].dump;
                let (top, end) = (other(3 * round + 1), other(5 * round + 2));
                // Every other page stays without.
                let boxes = |n: usize| if args.boxes && n % 2 == 0 { &boxes[..] } else { &[] };
                let (features, zones) = compose(top, &middle.dump, end, boxes(n), n * 31 + round);
                if !features.is_empty() {
                    out.push(Page { features, zones, weight: middle.weight * args.share });
                }
            }
        }
    }
    out
}

/// Every line of a dump: its zone in truth, what it was shown as, its words. `!` marks text that is lost or shown without being it.
fn told(source: &Source, article: &Article) -> String {
    let mut shown: BTreeMap<u32, &str> = BTreeMap::new();
    shown.extend(article.set_aside.iter().chain(&article.credits).map(|s| (s.line, s.role.name())));
    shown.extend(article.blocks.iter().map(|b| (b.line, b.kind.name())));
    shown.extend(article.title.iter().map(|_| (article.title_line, "TITLE")));
    shown.extend(article.lead.iter().map(|_| (article.lead_line, "LEAD")));
    let mut out = String::new();
    let mut last = "";
    for (zone, line) in source.dump.zones.iter().zip(&source.dump.lines) {
        let text = source.dump.text.split('\n').nth(*line as usize - 1).unwrap_or("");
        // Items and rows that follow one another are one block.
        last = shown.get(line).copied().unwrap_or(last);
        let body = !matches!(last, "TITLE" | "caption") && shown_in_body(last);
        let fault = if (*zone == 1) == body { ' ' } else { '!' };
        let zone = ["before", "BODY", "gap", "after"][usize::from(*zone)];
        out.push_str(&format!("{fault} {line:>5} {zone:<6} {last:<12} {text}\n"));
    }
    out
}

fn shown_in_body(role: &str) -> bool {
    matches!(role, "LEAD" | "paragraph" | "heading" | "list" | "table" | "quote")
}

fn main() -> Result<()> {
    let args = Args::parse();
    let sources = sources(&args)?;
    let options = Options {
        passes: args.passes,
        rate: args.rate,
        penalty: args.penalty,
        dropout: args.dropout,
        least: args.least[0],
    };
    let names = feature_names();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let group = |n: &str| n.rsplit_once(':').map_or(n, |(group, _)| group).to_owned();
    let all: Vec<String> = names.iter().map(|n| group(n)).collect();
    let groups: Vec<usize> = all
        .iter()
        .map(|g| {
            let count = numbers.len();
            *numbers.entry(g.as_str()).or_insert(count)
        })
        .collect();
    let dropped: Vec<bool> = names
        .iter()
        .map(|n| args.drop.iter().any(|d| n.rsplit_once(':').is_some_and(|(group, _)| group == d)))
        .collect();
    let estimate = |from: &[&Source]| {
        let mut pages = pages(from, &args);
        for line in pages.iter_mut().flat_map(|p| &mut p.features) {
            line.retain(|f| !dropped[usize::from(*f)]);
        }
        crf::train(&pages.iter().collect::<Vec<_>>(), &groups, options)
    };
    let folds: Vec<Vec<(&Source, Vec<(f64, f64)>)>> = (0..args.folds)
        .into_par_iter()
        .map(|fold| {
            let (test, train): (Vec<&Source>, Vec<&Source>) = sources.iter().partition(|s| s.fold == fold);
            let weights = estimate(&train);
            let measured = |s: &Source, least: f32| {
                let article = parse_dump(&s.dump.text, &Weights { least, ..weights.clone() });
                if let Some(folder) = args.tell.as_ref().filter(|_| least == args.least[0]) {
                    // A page that cannot be told is no reason to stop measuring.
                    let _ = std::fs::write(folder.join(format!("{}.{}", s.id, s.suffix)), told(s, &article));
                }
                shingle::page(&s.dump.body, &shingle::body(&article))
            };
            test.into_iter().map(|s| (s, args.least.iter().map(|l| measured(s, *l)).collect())).collect()
        })
        .collect();
    let mut kinds: BTreeMap<(&str, &str, usize), Vec<(f64, f64)>> = BTreeMap::new();
    let mut listed: Vec<(f64, String)> = Vec::new();
    for (source, pages) in folds.into_iter().flatten() {
        for (n, page) in pages.iter().enumerate() {
            kinds.entry((&source.set, &source.suffix, n)).or_default().push(*page);
        }
        let page = pages[0];
        let f1 = shingle::page_f1(page);
        listed
            .push((f1, format!("  {f1:.3} P {:.3} R {:.3} {} {}", page.0, page.1, source.id, source.suffix)));
    }
    listed.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, line) in listed.iter().take_while(|l| l.0 < args.list) {
        println!("{line}");
    }
    for ((set, suffix, n), pages) in kinds {
        let score = shingle::score(&pages);
        println!(
            "{set} {suffix}, least {}: {} pages of other hosts, P {:.4} R {:.4} F1 {:.4}",
            args.least[n],
            pages.len(),
            score.precision,
            score.recall,
            score.f1
        );
    }
    if let Some(path) = &args.write {
        write(path, &estimate(&sources.iter().collect::<Vec<_>>()))?;
    }
    Ok(())
}

/// Weights that change nothing are left out.
const LEAST: f32 = 0.005;

fn write(path: &Path, weights: &Weights) -> Result<()> {
    let mut out = String::from(
        "# Weights of the zones of a dump's lines (src/article/label.rs): for each feature of src/article/features one number a zone\n\
         # (before, body, gap, after), then for the line that starts the text and for the line that starts what comes after it.\n\
         # Estimated by examples/train_lines on labelled dumps of news pages in Vietnamese and English and on pages composed of them.\n\
",
    );
    writeln!(out, "# Probability from which on a line is text.\nleast = {}\n\n[steps]", weights.least)?;
    for (from, to) in STEPS {
        writeln!(out, "{from}-{to} = {:.3}", weights.steps[from][to])?;
    }
    out.push_str("\n[features]\n");
    for (name, row) in feature_names().iter().zip(&weights.features) {
        if row.iter().any(|w| w.abs() >= LEAST) {
            let cells: Vec<String> = row.iter().map(|w| format!("{w:.2}")).collect();
            debug_assert_eq!(cells.len(), COLUMNS);
            writeln!(out, "\"{name}\" = [{}]", cells.join(", "))?;
        }
    }
    std::fs::write(path, out).with_context(|| format!("{} cannot be written", path.display()))
}
