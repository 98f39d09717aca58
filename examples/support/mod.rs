//! Loads collections of articles for the examples, the benchmark and the tests that measure stories.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use diembao::article::{Article, Dated, Format, Plain, parse};
use diembao::entity::{Entities, EntityIx, Names, Recogniser, join};
use diembao::story::{Features, Input};
use rayon::prelude::*;

/// One article of a collection.
pub struct Item {
    /// File name without extension, or the id that the record states.
    pub id: String,
    pub article: Article,
    pub plain: Plain,
    pub features: Features,
    pub names: Names,
}

/// A collection, ready to be related.
#[derive(Default)]
pub struct Collection {
    pub items: Vec<Item>,
}

impl Collection {
    /// All articles of a folder, in the order of their names.
    pub fn folder(path: &Path) -> Result<Self> {
        let mut files: Vec<_> = fs::read_dir(path)
            .with_context(|| path.display().to_string())?
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .map(|e| e.path())
            .filter(|p| Format::of(&p.to_string_lossy()).is_some() && !p.ends_with("README.md"))
            .collect();
        files.sort();
        let texts: Vec<(PathBuf, Vec<u8>)> =
            files.into_iter().map(|p| fs::read(&p).map(|text| (p, text))).collect::<Result<_, _>>()?;
        let read = |(path, text): (PathBuf, Vec<u8>)| {
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            item(id, parse(&text, Format::of(&path.to_string_lossy()).unwrap_or(Format::Dump)))
        };
        Ok(Self { items: texts.into_par_iter().map(read).collect() })
    }

    /// Adds the records of a JSON Lines file, `most` at most.
    pub fn add_jsonl(&mut self, path: &Path, most: usize) -> Result<()> {
        each_jsonl(path, most, &mut |item| self.items.push(item))
    }

    /// Joins the names of all articles.
    pub fn entities(&self) -> Entities {
        let names: Vec<Option<(&Plain, &Names)>> =
            self.items.iter().map(|i| Some((&i.plain, &i.names))).collect();
        join(&names)
    }

    /// What `relate` wants.
    pub fn inputs(&self, entities: &Entities) -> Vec<Input<'_>> {
        (0..)
            .zip(&self.items)
            .map(|(n, item)| {
                let mut names: Vec<EntityIx> = entities.in_article(n).into_iter().map(|e| e.0).collect();
                names.sort_unstable();
                Input {
                    features: &item.features,
                    entities: names,
                    minutes: item.article.published.as_ref().map(Dated::minutes),
                    outlet: item.article.publisher(),
                }
            })
            .collect()
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

fn recogniser() -> &'static Recogniser {
    static LOADED: OnceLock<Recogniser> = OnceLock::new();
    LOADED.get_or_init(Recogniser::load)
}

fn item(id: String, article: Article) -> Item {
    let plain = Plain::of(&article);
    let features = Features::of(&article, &plain);
    let names = recogniser().names(&plain);
    Item { id, article, plain, features, names }
}

fn record(line: &str) -> Item {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    item(value["id"].as_str().unwrap_or_default().to_owned(), parse(line.as_bytes(), Format::JsonLine))
}

/// CPU seconds of this process so far, over all threads; 0 where the system does not tell (it is told in hundredths on Linux).
pub fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |s| s.1);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
