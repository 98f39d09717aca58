//! Scores related articles and stories against labelled events:
//! `cargo run --release --example score_stories -- FOLDER CLUSTERS.tsv [MORE.jsonl]`

#![allow(clippy::print_stdout, reason = "an example that prints figures")]

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use diembao::story::{Input, Moment, Relations, Repairs, Stories, Told, relate, thread};

#[path = "support/inputs.rs"]
mod inputs;
#[path = "support/item.rs"]
mod item;
#[path = "support/records.rs"]
mod records;
#[path = "support/truth.rs"]
mod truth;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, clusters, more @ ..] = args.as_slice() else {
        bail!("usage: score_stories FOLDER CLUSTERS.tsv [MORE.jsonl]")
    };
    let start = Instant::now();
    let mut items = item::folder(Path::new(folder))?;
    for path in more {
        let file = File::open(path).with_context(|| path.clone())?;
        items.extend(records::records(BufReader::new(file), &|_| true)?);
    }
    let truth = truth::Truth::read(Path::new(clusters)).with_context(|| clusters.clone())?;
    let entities = inputs::entities(&items);
    let inputs = inputs::inputs(&items, &entities);
    println!("{} articles read in {:.1?}", inputs.len(), start.elapsed());
    let (start, before) = (Instant::now(), cpu());
    let relations = relate(&inputs, 20, &Relations::default(), &|| false);
    let spent = cpu() - before;
    println!(
        "related in {:.1?}: CPU {spent:.2} s, {:.3} ms an article; {} relations",
        start.elapsed(),
        spent * 1e3 / inputs.len() as f64,
        relations.iter().map(|list| list.len()).sum::<usize>()
    );
    let ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
    let titles: Vec<_> = items.iter().map(|i| i.article.display_title()).collect();
    let (before, repairs) = (Stories::default(), Repairs::default());
    let told = Told { ids: &ids, title: &|n| titles[n].to_string(), before: &before, repairs: &repairs };
    let start = Instant::now();
    let when: Vec<Moment> = inputs.iter().map(Input::when).collect();
    let stories = thread(&when, &relations, &told);
    println!("threaded in {:.1?}", start.elapsed());
    println!(
        "sagas: {}, {} of them, the largest {:?} articles",
        truth.sagas(&ids, &stories),
        stories.sagas.len(),
        stories.sagas.iter().map(|saga| saga.concat().len()).max()
    );
    for half in [None, Some(false), Some(true)] {
        let name = half.map_or("all events", |odd| if odd { "odd events" } else { "even events" });
        println!("{name}: {}", truth.related(&ids, &relations, half));
        println!("{name}: {}", truth.threads(&ids, &stories, half));
    }
    Ok(())
}

/// CPU seconds of this process so far, over all threads; 0 where the system does not tell (it is told in hundredths on Linux).
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |s| s.1);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
