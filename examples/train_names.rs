//! Trains the name model: `cargo run --profile quick --features train --example train_names -- --help`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Parser;
use diembao::article::{Part, Place, Plain};
use diembao::entity::measure::{Labels, Score, labels, spans, tidy};
use diembao::entity::train::{Example, Maker, Options, train};
use diembao::entity::{Kind, Recogniser};

/// Trains the name model on labelled articles and measures it on others.
#[derive(Debug, Parser)]
struct Args {
    /// Label file to train on.
    #[arg(long)]
    train: PathBuf,
    /// Label file to measure on.
    #[arg(long)]
    dev: Option<PathBuf>,
    /// Folder with the articles, `ID.txt`.
    #[arg(long)]
    articles: PathBuf,
    /// Where to write the model.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Also train and measure on this many story-disjoint folds of train and dev.
    #[arg(long)]
    folds: Option<usize>,
    /// `article<TAB>story` lines: articles of one story stay in one fold.
    #[arg(long)]
    stories: Option<PathBuf>,
    /// Print what is wrong.
    #[arg(long)]
    list: bool,
    #[arg(long, default_value_t = Options::default().passes)]
    passes: usize,
    #[arg(long, default_value_t = Options::default().rate)]
    rate: f32,
    #[arg(long, default_value_t = Options::default().l1)]
    l1: f32,
    #[arg(long, default_value_t = Options::default().l2)]
    l2: f32,
    #[arg(long, default_value_t = Options::default().at_least)]
    at_least: u32,
    #[arg(long, default_value_t = Options::default().dropout)]
    dropout: f32,
    #[arg(long, default_value_t = Options::default().bytes)]
    bytes: usize,
}

fn read_text(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(tidy).collect::<Vec<_>>().join("\n"))
}

fn texts(folder: &Path, all: &Labels) -> Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let id = name.split(['_', '.']).next().unwrap_or(name);
        if all.contains_key(id) {
            out.insert(id.to_owned(), read_text(&path)?);
        }
    }
    Ok(out)
}

fn plain(text: &str) -> Plain {
    Plain { text: text.to_owned(), parts: vec![Part { place: Place::Lead, range: 0..text.len() }] }
}

fn measure(
    recogniser: &Recogniser,
    set: &Labels,
    texts: &BTreeMap<String, String>,
    list: bool,
    score: &mut Score,
) {
    for (id, rows) in set {
        let Some(text) = texts.get(id) else { continue };
        let wanted: Vec<(&str, Kind)> =
            spans(text, rows).into_iter().map(|(r, l)| (&text[r], l.kind)).collect();
        let names = recogniser.names(&plain(text));
        let found: Vec<(&str, Kind)> =
            names.mentions.iter().map(|m| (&text[m.start as usize..m.end as usize], m.kind)).collect();
        score.add(&wanted, &found);
        if list {
            for (what, a, b) in [("missed", &wanted, &found), ("extra", &found, &wanted)] {
                let mut rest: Vec<_> = a.iter().filter(|x| !b.contains(x)).collect();
                rest.sort_unstable();
                rest.dedup();
                for (surface, kind) in rest {
                    println!("{id}\t{what}\t{surface}\t{}", kind.name());
                }
            }
        }
    }
}

fn print(name: &str, score: &Score) {
    let kinds = |t: &[diembao::entity::measure::Tally; 4]| {
        t.iter().map(|t| format!("{:.3}", t.f1())).collect::<Vec<_>>().join(" ")
    };
    let all = Score::all(&score.surfaces);
    println!(
        "{name}: surfaces {:.4} (P {:.3} R {:.3}; {}) untyped {:.4} mentions {:.4} ({})",
        all.f1(),
        all.precision(),
        all.recall(),
        kinds(&score.surfaces),
        score.untyped.f1(),
        Score::all(&score.mentions).f1(),
        kinds(&score.mentions),
    );
}

fn main() -> Result<()> {
    let args = Args::parse();
    let options = Options {
        passes: args.passes,
        rate: args.rate,
        l1: args.l1,
        l2: args.l2,
        at_least: args.at_least,
        dropout: args.dropout,
        bytes: args.bytes,
        ..Options::default()
    };
    let train_labels = labels(&std::fs::read_to_string(&args.train)?);
    let dev_labels = match &args.dev {
        Some(path) => labels(&std::fs::read_to_string(path)?),
        None => Labels::new(),
    };
    let mut all = train_labels.clone();
    all.extend(dev_labels.clone());
    let texts = texts(&args.articles, &all)?;
    let maker = Maker::default();
    let examples: BTreeMap<&String, Example> =
        all.iter().filter_map(|(id, rows)| Some((id, maker.example(texts.get(id)?, rows)))).collect();
    println!(
        "{} articles, {} labelled tokens out of reach",
        examples.len(),
        examples.values().map(|e| e.lost).sum::<usize>()
    );
    if let Some(folds) = args.folds {
        cross(&args, folds, &options, &all, &texts, &examples)?;
        return Ok(());
    }
    let chosen: Vec<&Example> = train_labels.keys().filter_map(|id| examples.get(id)).collect();
    let model = train(&chosen, &options, |pass, loss| println!("pass {pass}: loss {loss:.4}"));
    println!("{} bytes", model.len());
    let recogniser = Recogniser::with_model(&model)?;
    let mut score = Score::default();
    measure(&recogniser, &dev_labels, &texts, args.list, &mut score);
    print("dev", &score);
    if let Some(path) = &args.output {
        std::fs::write(path, &model)?;
    }
    Ok(())
}

fn cross(
    args: &Args,
    folds: usize,
    options: &Options,
    all: &Labels,
    texts: &BTreeMap<String, String>,
    examples: &BTreeMap<&String, Example>,
) -> Result<()> {
    let stories = match &args.stories {
        Some(path) => std::fs::read_to_string(path)?,
        None => String::new(),
    };
    let story_of: BTreeMap<&str, &str> = stories
        .lines()
        .filter_map(|l| {
            let cells: Vec<&str> = l.split('\t').collect();
            Some((*cells.first()?, *cells.get(6).filter(|s| **s != "-").or(cells.get(5))?))
        })
        .collect();
    let mut names: Vec<&str> = story_of.values().copied().collect();
    names.sort_unstable();
    names.dedup();
    let fold_of = |id: &str| {
        let story = story_of.get(id).copied().unwrap_or(id);
        names.binary_search(&story).map_or(0, |n| n % folds)
    };
    let mut total = Score::default();
    for fold in 0..folds {
        let chosen: Vec<&Example> =
            examples.iter().filter(|(id, _)| fold_of(id) != fold).map(|(_, e)| e).collect();
        let model = train(&chosen, options, |_, _| {});
        let recogniser = Recogniser::with_model(&model)?;
        let held: Labels =
            all.iter().filter(|(id, _)| fold_of(id) == fold).map(|(a, b)| (a.clone(), b.clone())).collect();
        measure(&recogniser, &held, texts, args.list, &mut total);
        println!("fold {fold}: {} articles held out, {} bytes", held.len(), model.len());
    }
    print("cross-validation", &total);
    Ok(())
}
