//! Trains the name model: `cargo run --profile quick --features train --example train_names -- --help`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod ask;
mod data;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Parser;
use diembao::article::{Part, Place, Plain};
use diembao::entity::measure::{Form, Labels, Score, labels, spans};
use diembao::entity::train::{Counts, Example, Maker, Options, Sizes, cluster, count_names, induce, train};
use diembao::entity::{Kind, Recogniser};

use ask::ask;
use data::{Decided, Stories, Texts, bodies, texts, unlabelled};

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
    /// Unlabelled articles, JSON Lines, perhaps packed with xz: makes the files of words and names anew.
    #[arg(long)]
    unlabelled: Option<PathBuf>,
    /// The names of single lines of the unlabelled articles: learnt from as well.
    #[arg(long, default_value = "examples/train_names/decided.tsv")]
    decided: PathBuf,
    /// Bodies of English pages, `{ID: {articleBody}}`.
    #[arg(long)]
    english: Option<PathBuf>,
    /// The names of single lines of the English pages: learnt from as well.
    #[arg(long, default_value = "examples/train_names/decided-en.tsv")]
    decided_english: PathBuf,
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
    /// Keep the files of words and names though there are unlabelled articles.
    #[arg(long)]
    keep_names: bool,
    /// Print so many lines of unlabelled articles that are worth deciding by hand, and do nothing else.
    #[arg(long)]
    ask: Option<usize>,
    /// Ask about each tenth article from this one on.
    #[arg(long, default_value_t = 0)]
    round: usize,
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
    /// Of each so many articles with decided lines one is learnt in another form too; 0: of none.
    #[arg(long, default_value_t = 10)]
    forms: usize,
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

/// A text as one part, without lines of an outlet around it.
pub fn plain(text: &str) -> Plain {
    Plain { text: text.to_owned(), parts: vec![Part { place: Place::Lead, range: 0..text.len() }] }
}

fn measure(recogniser: &Recogniser, set: &Labels, texts: &Texts, form: Form, list: bool, score: &mut Score) {
    for (id, rows) in set {
        let Some(text) = texts.get(id) else { continue };
        let (text, rows) = (&form.of(text), &form.labels(rows));
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

/// Names of the forms of an article.
const FORMS: [(&str, Form); 4] = [
    ("dev", Form::Given),
    ("dev in capitals", Form::Capitals),
    ("dev without diacritics", Form::Bare),
    ("dev glued", Form::Glued),
];

/// All that the trainer reads.
struct Given {
    train: Labels,
    dev: Labels,
    texts: Texts,
    unlabelled: Texts,
    decided: Decided,
    english: Texts,
    decided_english: Decided,
    stories: Stories,
}

impl Given {
    fn read(args: &Args) -> Result<Self> {
        let read = |path: &Path| std::fs::read_to_string(path).map(|table| labels(&table));
        let train = read(&args.train)?;
        let dev = args.dev.as_deref().map(read).transpose()?.unwrap_or_default();
        let mut all = train.clone();
        all.extend(dev.clone());
        Ok(Self {
            texts: texts(&args.articles, &all)?,
            unlabelled: args.unlabelled.as_deref().map(unlabelled).transpose()?.unwrap_or_default(),
            decided: Decided::read(&args.decided)?,
            english: args.english.as_deref().map(bodies).transpose()?.unwrap_or_default(),
            decided_english: Decided::read(&args.decided_english)?,
            stories: Stories::read(args.stories.as_deref())?,
            train,
            dev,
        })
    }
}

/// Examples by their articles; the first is of the article as it is given.
type Examples = BTreeMap<String, Vec<Example>>;

/// The examples of labelled articles: each as it is given, and once in one of the other forms, in turn.
fn examples<'m>(set: &Labels, texts: &Texts, maker: impl Fn(&str) -> &'m Maker) -> Examples {
    let mut out = Examples::new();
    for ((id, rows), other) in set.iter().zip(Form::OTHERS.into_iter().cycle()) {
        let Some(text) = texts.get(id) else { continue };
        let example = |form: Form| maker(id).example(&form.of(text), &form.labels(rows));
        out.insert(id.clone(), vec![example(Form::Given), example(other)]);
    }
    out
}

fn main() -> Result<()> {
    let args = Args::parse();
    let options = args.options();
    let given = Given::read(&args)?;
    let tables = learn_names(&args, &options, &given)?;
    let makers =
        [Maker::new(&tables.words, &tables.unseen[0])?, Maker::new(&tables.words, &tables.unseen[1])?];
    let maker = |id: &str| &makers[given.stories.fold(id, 2)];
    let mut examples = examples(&given.train, &given.texts, maker);
    if args.ask.is_none() {
        // What is asked next must not hang on what is measured.
        examples.extend(self::examples(&given.dev, &given.texts, maker));
    }
    let mut decided = given.decided.examples(&given.unlabelled, args.forms, |id| Some(maker(id)));
    decided.extend(given.decided_english.examples(&given.english, args.forms, |id| Some(maker(id))));
    println!(
        "{} articles, {} more of which some lines are decided, {} names out of reach",
        examples.len(),
        decided.len(),
        examples.values().map(|e| &e[0]).chain(&decided).map(|e| e.lost).sum::<usize>()
    );
    if let Some(folds) = args.folds {
        return cross(&args, folds, &tables, &given, &examples, &decided);
    }
    let chosen: Vec<&Example> =
        given.train.keys().filter_map(|id| examples.get(id)).flatten().chain(&decided).collect();
    let model = train(&chosen, &options, |_, _| {});
    println!("{} bytes", model.len());
    let recogniser = Recogniser::with_model(&model, &tables.words, &tables.known)?;
    for (name, form) in FORMS {
        let mut score = Score::default();
        measure(&recogniser, &given.dev, &given.texts, form, args.list && form == Form::Given, &mut score);
        print(name, &score);
    }
    if let Some(path) = &args.output {
        std::fs::write(path, &model)?;
    }
    Ok(())
}

/// The files that a model needs beside itself.
struct Tables {
    words: Vec<u8>,
    /// Names learnt with the models of both halves.
    known: Vec<u8>,
    /// Names learnt with models that have not seen the first, or the second, half of the stories: what an article of
    /// that half may be trained with. A model must not see its own labels come back as hints.
    unseen: [Vec<u8>; 2],
}

fn half_path(folder: &Path, half: usize) -> PathBuf {
    folder.join(format!("names.known.half{half}"))
}

/// Reads the tables, or makes them anew from unlabelled articles.
fn learn_names(args: &Args, options: &Options, given: &Given) -> Result<Tables> {
    let read = |half| std::fs::read(half_path(&args.halves, half));
    if given.unlabelled.is_empty() || args.keep_names {
        let (words, known) = (std::fs::read(&args.words)?, std::fs::read(&args.known)?);
        let unseen = [read(0).unwrap_or_else(|_| known.clone()), read(1).unwrap_or_else(|_| known.clone())];
        return Ok(Tables { words, known, unseen });
    }
    if !args.keep_words {
        let texts: Vec<&str> = given.unlabelled.values().map(String::as_str).collect();
        std::fs::write(&args.words, cluster(&texts, &Sizes::default(), |what| println!("{what}")))?;
    }
    let words = std::fs::read(&args.words)?;
    println!("{} bytes of words", words.len());
    let nothing = Maker::nothing();
    let maker = Maker::new(&words, &nothing)?;
    // One model each is enough: its decisions are counted over all articles.
    let options = Options { models: 1, ..*options };
    let without = |half: usize| -> Result<Counts> {
        let keep = |id: &str| given.stories.fold(id, 2) != half;
        let rows = given.train.iter().filter(|(id, _)| keep(id));
        let examples: Vec<Example> =
            rows.filter_map(|(id, rows)| Some(maker.example(given.texts.get(id)?, rows))).collect();
        let decided = given.decided.examples(&given.unlabelled, 0, |id| keep(id).then_some(&maker));
        let model = train(&examples.iter().chain(&decided).collect::<Vec<_>>(), &options, |_, _| {});
        let recogniser = Recogniser::with_model(&model, &words, &nothing)?;
        let others = given.unlabelled.iter().filter(|(id, _)| !given.decided.has(id));
        let counts = count_names(&recogniser, &others.map(|(_, text)| text.as_str()).collect::<Vec<_>>());
        println!("{} names counted with a model of {} articles", counts.len(), examples.len());
        Ok(counts)
    };
    let halves = [without(0)?, without(1)?];
    let known = induce(&[&halves[0], &halves[1]]);
    let unseen = [induce(&[&halves[0]]), induce(&[&halves[1]])];
    println!("{} bytes of known names", known.len());
    std::fs::write(&args.known, &known)?;
    for (half, file) in unseen.iter().enumerate() {
        std::fs::write(half_path(&args.halves, half), file)?;
    }
    Ok(Tables { words, known, unseen })
}

/// Trains on all folds but one and measures on that one, for each fold; or, to ask, lets the models of the folds read
/// unlabelled articles.
fn cross(
    args: &Args,
    folds: usize,
    tables: &Tables,
    given: &Given,
    examples: &Examples,
    decided: &[Example],
) -> Result<()> {
    let options = &args.options();
    let stories = &given.stories;
    let mut total = Score::default();
    let mut models = Vec::new();
    for fold in 0..folds {
        let others = examples.iter().filter(|(id, _)| stories.fold(id, folds) != fold).flat_map(|(_, e)| e);
        let model = train(&others.chain(decided).collect::<Vec<_>>(), options, |_, _| {});
        if args.ask.is_some() {
            models.push(Recogniser::with_model(&model, &tables.words, &tables.known)?);
            continue;
        }
        let mut count = 0;
        for half in 0..2 {
            let recogniser = Recogniser::with_model(&model, &tables.words, &tables.unseen[half])?;
            let mut held = given.train.clone();
            held.extend(given.dev.clone());
            held.retain(|id, _| stories.fold(id, folds) == fold && stories.fold(id, 2) == half);
            count += held.len();
            measure(&recogniser, &held, &given.texts, Form::Given, args.list, &mut total);
        }
        println!("fold {fold}: {count} articles held out, {} bytes", model.len());
    }
    match args.ask {
        Some(most) => {
            let texts = given.unlabelled.iter().skip(args.round).step_by(10);
            ask(&models, texts.filter(|(id, _)| !given.decided.has(id)), most);
        }
        None => print("cross-validation", &total),
    }
    Ok(())
}
