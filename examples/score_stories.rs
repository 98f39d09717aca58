//! Scores related articles and stories against labelled events:
//! `cargo run --release --example score_stories -- FOLDER CLUSTERS.tsv [MORE.jsonl]`

#![allow(clippy::print_stdout, reason = "an example that prints figures")]

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use diembao::story::{relate, thread};

#[allow(dead_code, reason = "each example uses its part")]
mod support;
#[path = "support/truth.rs"]
mod truth;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, clusters, more @ ..] = args.as_slice() else {
        bail!("usage: score_stories FOLDER CLUSTERS.tsv [MORE.jsonl]")
    };
    let start = Instant::now();
    let mut collection = support::Collection::folder(Path::new(folder))?;
    for path in more {
        collection.add_jsonl(Path::new(path), usize::MAX)?;
    }
    let truth = truth::Truth::read(Path::new(clusters)).with_context(|| clusters.clone())?;
    let entities = collection.entities();
    let inputs = collection.inputs(&entities);
    println!("{} articles read in {:.1?}", inputs.len(), start.elapsed());
    let (start, cpu) = (Instant::now(), support::cpu());
    let relations = relate(&inputs, 20, &|| false);
    let spent = support::cpu() - cpu;
    println!(
        "related in {:.1?}: CPU {spent:.2} s, {:.3} ms an article; {} relations",
        start.elapsed(),
        spent * 1e3 / inputs.len() as f64,
        relations.of.iter().map(Vec::len).sum::<usize>()
    );
    let ids: Vec<&str> = collection.items.iter().map(|i| i.id.as_str()).collect();
    let titles: Vec<&str> = collection.items.iter().map(|i| i.article.display_title()).collect();
    let start = Instant::now();
    let stories = thread(&inputs, &relations, &ids, &titles);
    println!("threaded in {:.1?}", start.elapsed());
    for half in [None, Some(false), Some(true)] {
        let name = half.map_or("all events", |odd| if odd { "odd events" } else { "even events" });
        println!("{name}: {}", truth.related(&ids, &relations, half));
        println!("{name}: {}", truth.threads(&ids, &stories, half));
    }
    Ok(())
}
