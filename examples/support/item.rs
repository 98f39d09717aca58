//! One article, ready to be related, and the articles of a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use diembao::article::{Article, Format, Plain, parse};
use diembao::entity::{Names, Recogniser};
use diembao::story::Features;
use rayon::prelude::*;

/// One article with all that relating needs of it.
pub struct Item {
    /// File name without extension, or the id that the record states.
    pub id: String,
    pub article: Article,
    pub plain: Plain,
    pub features: Features,
    pub names: Names,
}

impl Item {
    /// Finds features and names.
    pub fn new(id: String, article: Article) -> Self {
        static RECOGNISER: OnceLock<Recogniser> = OnceLock::new();
        let plain = Plain::of(&article);
        let features = Features::of(&article, &plain);
        let names = RECOGNISER.get_or_init(Recogniser::load).names(&plain);
        Self { id, article, plain, features, names }
    }
}

/// All articles of a folder, in the order of their names.
pub fn folder(path: &Path) -> Result<Vec<Item>> {
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
        Item::new(id, parse(&text, Format::of(&path.to_string_lossy()).unwrap_or(Format::Dump)))
    };
    Ok(texts.into_par_iter().map(read).collect())
}
