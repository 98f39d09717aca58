//! Trains the name model: `cargo run --profile quick --features train --example train_names -- --help`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use clap::Parser;
use diembao::article::{Part, Place, Plain};
use diembao::entity::measure::{Labels, Score, labels, spans, tidy};
use diembao::entity::train::{Example, Maker, Options, Sizes, cluster, induce, train};
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
    /// Unlabelled articles, JSON Lines, perhaps packed with xz: makes the words file anew.
    #[arg(long)]
    unlabelled: Option<PathBuf>,
    /// The words file: written with `--unlabelled`, else read.
    #[arg(long, default_value = "assets/names.words")]
    words: PathBuf,
    /// The file of names learnt on unlabelled text: written with `--unlabelled`, else read.
    #[arg(long, default_value = "assets/names.known")]
    known: PathBuf,
    /// Where the names learnt from each half of the training articles are kept between runs.
    #[arg(long, default_value = "target")]
    halves: PathBuf,
    /// Keep the words file though there are unlabelled articles.
    #[arg(long)]
    keep_words: bool,
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
    #[arg(long, default_value_t = Options::default().models)]
    models: usize,
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

impl Args {
    fn options(&self) -> Options {
        Options {
            models: self.models,
            passes: self.passes,
            rate: self.rate,
            l1: self.l1,
            l2: self.l2,
            at_least: self.at_least,
            dropout: self.dropout,
            bytes: self.bytes,
            ..Options::default()
        }
    }
}

type Texts = BTreeMap<String, String>;

fn read_text(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(tidy).collect::<Vec<_>>().join("\n"))
}

/// Title, summary and body of each article.
fn unlabelled(path: &Path) -> Result<Vec<String>> {
    let mut child = None;
    let input: Box<dyn std::io::Read> = if path.extension().is_some_and(|e| e == "xz") {
        let mut xz = Command::new("xz").arg("-dc").arg(path).stdout(Stdio::piped()).spawn().context("xz")?;
        let out = xz.stdout.take().context("xz gives nothing")?;
        child = Some(xz);
        Box::new(out)
    } else {
        Box::new(std::fs::File::open(path)?)
    };
    let mut out = Vec::new();
    for line in BufReader::new(input).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let cell = |name: &str| row.get(name).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
        out.push([cell("title"), cell("summary"), cell("body")].join("\n"));
    }
    if let Some(mut xz) = child {
        xz.wait()?;
    }
    Ok(out)
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
    let options = args.options();
    let train_labels = labels(&std::fs::read_to_string(&args.train)?);
    let dev_labels = match &args.dev {
        Some(path) => labels(&std::fs::read_to_string(path)?),
        None => Labels::new(),
    };
    let mut all = train_labels.clone();
    all.extend(dev_labels.clone());
    let texts = texts(&args.articles, &all)?;
    let stories = Stories::read(args.stories.as_deref())?;
    let tables = learn_names(&args, &options, &train_labels, &texts, &stories)?;
    let makers =
        [Maker::new(&tables.words, &tables.unseen[0])?, Maker::new(&tables.words, &tables.unseen[1])?];
    let examples: BTreeMap<&String, Example> = all
        .iter()
        .filter_map(|(id, rows)| Some((id, makers[stories.fold(id, 2)].example(texts.get(id)?, rows))))
        .collect();
    println!(
        "{} articles, {} labelled tokens out of reach",
        examples.len(),
        examples.values().map(|e| e.lost).sum::<usize>()
    );
    if let Some(folds) = args.folds {
        cross(&args, folds, &tables, &stories, &all, &texts, &examples)?;
        return Ok(());
    }
    let chosen: Vec<&Example> = train_labels.keys().filter_map(|id| examples.get(id)).collect();
    let model = train(&chosen, &options, |pass, loss| println!("pass {pass}: loss {loss:.4}"));
    println!("{} bytes", model.len());
    let recogniser = Recogniser::with_model(&model, &tables.words, &tables.known)?;
    let mut score = Score::default();
    measure(&recogniser, &dev_labels, &texts, args.list, &mut score);
    print("dev", &score);
    if let Some(path) = &args.output {
        std::fs::write(path, &model)?;
    }
    Ok(())
}

/// The files that a model needs beside itself.
struct Tables {
    words: Vec<u8>,
    /// Names learnt with a model of all training articles.
    known: Vec<u8>,
    /// Names learnt with models that have not seen the first, or the second, half of the stories: what an article of
    /// that half may be trained with. A model must not see its own labels come back as hints.
    unseen: [Vec<u8>; 2],
}

fn half_path(folder: &Path, half: usize) -> PathBuf {
    folder.join(format!("names.known.half{half}"))
}

/// Reads the tables, or makes them anew from unlabelled articles.
fn learn_names(
    args: &Args,
    options: &Options,
    set: &Labels,
    texts: &Texts,
    stories: &Stories,
) -> Result<Tables> {
    let read = |half| std::fs::read(half_path(&args.halves, half));
    let Some(path) = &args.unlabelled else {
        let (words, known) = (std::fs::read(&args.words)?, std::fs::read(&args.known)?);
        let unseen = [read(0).unwrap_or_else(|_| known.clone()), read(1).unwrap_or_else(|_| known.clone())];
        return Ok(Tables { words, known, unseen });
    };
    let unlabelled = unlabelled(path)?;
    if !args.keep_words {
        let words = cluster(&unlabelled, &Sizes::default(), |what| println!("{what}"));
        std::fs::write(&args.words, words)?;
    }
    let words = std::fs::read(&args.words)?;
    println!("{} bytes of words", words.len());
    let nothing = Maker::nothing();
    let maker = Maker::new(&words, &nothing)?;
    let learn = |keep: &dyn Fn(&str) -> bool| -> Result<Vec<u8>> {
        let rows = set.iter().filter(|(id, _)| keep(id));
        let examples: Vec<Example> =
            rows.filter_map(|(id, rows)| Some(maker.example(texts.get(id)?, rows))).collect();
        let refs: Vec<&Example> = examples.iter().collect();
        let model = train(&refs, options, |_, _| {});
        let known = induce(&Recogniser::with_model(&model, &words, &nothing)?, &unlabelled);
        println!("{} bytes of known names from {} articles", known.len(), examples.len());
        Ok(known)
    };
    let known = learn(&|_| true)?;
    let unseen = [learn(&|id| stories.fold(id, 2) != 0)?, learn(&|id| stories.fold(id, 2) != 1)?];
    std::fs::write(&args.known, &known)?;
    for (half, file) in unseen.iter().enumerate() {
        std::fs::write(half_path(&args.halves, half), file)?;
    }
    Ok(Tables { words, known, unseen })
}

/// Which story an article belongs to: articles of one story stay together.
struct Stories {
    of: BTreeMap<String, usize>,
}

impl Stories {
    fn read(path: Option<&Path>) -> Result<Self> {
        let table = path.map(std::fs::read_to_string).transpose()?.unwrap_or_default();
        let mut names: Vec<&str> = Vec::new();
        let mut of = BTreeMap::new();
        for line in table.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let story = cells.get(6).filter(|s| **s != "-").or(cells.get(5));
            let (Some(id), Some(story)) = (cells.first(), story) else { continue };
            let number = names.iter().position(|n| n == story).unwrap_or_else(|| {
                names.push(story);
                names.len() - 1
            });
            of.insert((*id).to_owned(), number);
        }
        Ok(Self { of })
    }

    fn fold(&self, id: &str, folds: usize) -> usize {
        self.of.get(id).copied().unwrap_or_else(|| id.bytes().map(usize::from).sum()) % folds
    }
}

fn cross(
    args: &Args,
    folds: usize,
    tables: &Tables,
    stories: &Stories,
    all: &Labels,
    texts: &Texts,
    examples: &BTreeMap<&String, Example>,
) -> Result<()> {
    let options = &args.options();
    let mut total = Score::default();
    for fold in 0..folds {
        let chosen: Vec<&Example> =
            examples.iter().filter(|(id, _)| stories.fold(id, folds) != fold).map(|(_, e)| e).collect();
        let model = train(&chosen, options, |_, _| {});
        let mut count = 0;
        for half in 0..2 {
            let recogniser = Recogniser::with_model(&model, &tables.words, &tables.unseen[half])?;
            let mut held = all.clone();
            held.retain(|id, _| stories.fold(id, folds) == fold && stories.fold(id, 2) == half);
            count += held.len();
            measure(&recogniser, &held, texts, args.list, &mut total);
        }
        println!("fold {fold}: {} articles held out, {} bytes", count, model.len());
    }
    print("cross-validation", &total);
    Ok(())
}
