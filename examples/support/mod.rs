//! Loads collections of articles for the examples, the benchmark and the tests that measure stories.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use diembao::article::{Article, Basis, Block, BlockKind, Dated, Plain, Precision};
use diembao::entity::EntityIx;
use diembao::story::{Features, Input};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// One article of a collection.
pub struct Item {
    /// File name without extension, or the id that the record states.
    pub id: String,
    pub article: Article,
    pub plain: Plain,
    pub features: Features,
    pub names: Vec<String>,
}

/// A collection, ready to be related.
#[derive(Default)]
pub struct Collection {
    pub items: Vec<Item>,
}

impl Collection {
    /// All `.txt` of a folder, in the order of their names.
    pub fn folder(path: &Path) -> Result<Self> {
        let mut files: Vec<_> = fs::read_dir(path)
            .with_context(|| path.display().to_string())?
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        let texts = files
            .iter()
            .map(|p| {
                Ok((p.file_stem().unwrap_or_default().to_string_lossy().into_owned(), fs::read_to_string(p)?))
            })
            .collect::<Result<Vec<(String, String)>>>()?;
        Ok(Self { items: texts.into_par_iter().map(|(id, text)| item(id, dump(&text))).collect() })
    }

    /// Adds the records of a JSON Lines file, `most` at most.
    pub fn add_jsonl(&mut self, path: &Path, most: usize) -> Result<()> {
        each_jsonl(path, most, &mut |item| self.items.push(item))
    }

    /// What `relate` wants.
    pub fn inputs(&self) -> Vec<Input<'_>> {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut inputs = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let mut entities: Vec<EntityIx> = item
                .names
                .iter()
                .map(|name| {
                    let next = numbers.len() as u32;
                    EntityIx(*numbers.entry(name).or_insert(next))
                })
                .collect();
            entities.sort_unstable();
            entities.dedup();
            inputs.push(Input {
                features: &item.features,
                entities,
                minutes: item.article.published.as_ref().map(Dated::minutes),
                outlet: item.article.source.as_deref(),
            });
        }
        inputs
    }
}

/// Reads the records of a JSON Lines file, `most` at most, one after the other.
pub fn each_jsonl(path: &Path, most: usize, take: &mut dyn FnMut(Item)) -> Result<()> {
    let file = fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut lines = BufReader::new(file).lines().take(most);
    loop {
        let batch: Vec<String> = lines.by_ref().take(2048).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            return Ok(());
        }
        let items: Vec<Item> = batch.into_par_iter().map(|line| record(&line)).collect();
        items.into_iter().for_each(&mut *take);
    }
}

fn item(id: String, article: Article) -> Item {
    let plain = Plain::of(&article);
    let features = Features::of(&article, &plain);
    let names = names(&plain);
    Item { id, article, plain, features, names }
}

/// Runs of two or more syllables with capitals: what a recogniser of names would find at least.
fn names(plain: &Plain) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in plain.text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let opens = word.starts_with(|c: char| !c.is_alphanumeric());
        if (!capital || opens) && !run.is_empty() {
            if run.len() > 1 {
                out.push(run.join(" ").to_lowercase());
            }
            run.clear();
        }
        if capital {
            run.push(bare);
            if word.ends_with(|c: char| !c.is_alphanumeric()) {
                if run.len() > 1 {
                    out.push(run.join(" ").to_lowercase());
                }
                run.clear();
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

fn dated(text: &str, format: &str) -> Option<Dated> {
    let at = jiff::civil::DateTime::strptime(format, text).ok()?;
    Some(Dated {
        at,
        precision: Precision::Minute,
        zone: None,
        basis: Basis::Stated,
        evidence: text.into(),
        line: 0,
    })
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let block = |text: &&str| Block {
        kind: BlockKind::Paragraph,
        text: (*text).to_owned(),
        line: 0,
        inferred: false,
    };
    lines.iter().map(block).collect()
}

/// Title, date line, summary and body, parted by blank lines.
fn dump(text: &str) -> Article {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let date = lines.iter().position(|l| dated(l, "%d/%m/%Y %H:%M").is_some());
    let rest: Vec<&str> = (1..lines.len()).filter(|&i| Some(i) != date).map(|i| lines[i]).collect();
    Article {
        title: lines.first().map(|l| (*l).to_owned()),
        published: date.and_then(|i| dated(lines[i], "%d/%m/%Y %H:%M")),
        lead: rest.first().filter(|_| rest.len() > 1).map(|l| (*l).to_owned()),
        blocks: blocks(rest.get(usize::from(rest.len() > 1)..).unwrap_or_default()),
        ..Article::default()
    }
}

fn record(line: &str) -> Item {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let text = |key: &str| value[key].as_str().unwrap_or_default();
    let lines: Vec<&str> = text("body").lines().filter(|l| !l.trim().is_empty()).collect();
    let article = Article {
        title: Some(text("title").to_owned()),
        lead: Some(text("summary").to_owned()),
        source: Some(text("source").to_owned()),
        published: dated(text("published"), "%Y-%m-%dT%H:%M"),
        blocks: blocks(&lines),
        ..Article::default()
    };
    item(text("id").to_owned(), article)
}
