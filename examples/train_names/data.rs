//! What the trainer reads: labelled articles and their stories, unlabelled articles, and the lines of these that were
//! decided by hand.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read};
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use diembao::entity::Kind;
use diembao::entity::measure::{Form, Labels, tidy};
use diembao::entity::train::{Example, Maker, Name};

/// Texts by the ids of their articles.
pub type Texts = BTreeMap<String, String>;

/// The articles of a folder, `ID.txt` or `ID_more.txt`, that have labels.
pub fn texts(folder: &Path, all: &Labels) -> Result<Texts> {
    let mut out = Texts::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let id = name.split(['_', '.']).next().unwrap_or(name);
        if all.contains_key(id) {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            out.insert(id.to_owned(), text.lines().map(tidy).collect::<Vec<_>>().join("\n"));
        }
    }
    Ok(out)
}

/// Title, summary and body of each article of a file of JSON Lines, perhaps packed with xz.
pub fn unlabelled(path: &Path) -> Result<Texts> {
    let mut child = None;
    let input: Box<dyn Read> = if path.extension().is_some_and(|e| e == "xz") {
        let mut xz = Command::new("xz").arg("-dc").arg(path).stdout(Stdio::piped()).spawn().context("xz")?;
        let out = xz.stdout.take().context("xz gives nothing")?;
        child = Some(xz);
        Box::new(out)
    } else {
        Box::new(std::fs::File::open(path)?)
    };
    let mut out = Texts::new();
    for line in BufReader::new(input).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let cell = |name: &str| row.get(name).and_then(serde_json::Value::as_str).unwrap_or("");
        let text = [cell("title"), cell("summary"), cell("body")].join("\n");
        out.insert(cell("id").to_owned(), text.lines().map(tidy).collect::<Vec<_>>().join("\n"));
    }
    if let Some(mut xz) = child {
        xz.wait()?;
    }
    Ok(out)
}

/// The bodies of dumped pages, `{ID: {articleBody}}`, without their blank lines.
pub fn bodies(path: &Path) -> Result<Texts> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let pages: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text)?;
    let body = |page: &serde_json::Value| {
        let body = page.get("articleBody").and_then(serde_json::Value::as_str).unwrap_or("");
        body.lines().map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    Ok(pages.iter().map(|(id, page)| (id.clone(), body(page))).collect())
}

/// The lines of unlabelled articles whose names were decided by hand.
#[derive(Debug, Default)]
pub struct Decided(BTreeMap<String, Vec<(usize, Vec<Name>)>>);

impl Decided {
    /// Reads `article<TAB>line<TAB>names`; a name is `KIND:FROM-TO`, in bytes of the line; lines count from 0, the title
    /// first.
    pub fn read(path: &Path) -> Result<Self> {
        let table = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let mut out = Self::default();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(id), Some(line)) = (cells.next(), cells.next()) else { continue };
            let names: Option<Vec<Name>> = cells.next().unwrap_or("").split_whitespace().map(name).collect();
            let names = names.with_context(|| format!("a row that is no row of names: {row}"))?;
            out.0.entry(id.to_owned()).or_default().push((line.parse()?, names));
        }
        Ok(out)
    }

    /// Some line of the article was decided.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Examples of each article for which `maker` gives one who makes them: one as it is given, and of each article in so
    /// many (0: none) one in another form, in turn.
    pub fn examples<'m>(
        &self,
        texts: &Texts,
        each: usize,
        maker: impl Fn(&str) -> Option<&'m Maker>,
    ) -> Vec<Example> {
        let mut out = Vec::new();
        let mut forms = Form::OTHERS.into_iter().cycle();
        for (n, (id, lines)) in self.0.iter().enumerate() {
            let (Some(text), Some(maker)) = (texts.get(id), maker(id)) else { continue };
            out.push(example(text, lines, Form::Given, maker));
            if each > 0 && n % each == 0 {
                out.extend(forms.next().map(|form| example(text, lines, form, maker)));
            }
        }
        out
    }
}

/// The example of the decided lines of a text in a form.
fn example(text: &str, lines: &[(usize, Vec<Name>)], form: Form, maker: &Maker) -> Example {
    let (mut names, mut ranges) = (Vec::new(), Vec::new());
    // Where a place of the text is in its form.
    let place = |at: usize| form.of(&text[..at]).len();
    for (line, inside) in lines {
        let Some(range) = line_range(text, *line) else { continue };
        let name = |(r, k): &Name| (place(range.start + r.start)..place(range.start + r.end), *k);
        names.extend(inside.iter().map(name));
        ranges.push(place(range.start)..place(range.end));
    }
    maker.example_of(&form.of(text), &names, &ranges)
}

fn name(cell: &str) -> Option<Name> {
    let (kind, range) = cell.split_once(':')?;
    let (from, to) = range.split_once('-')?;
    let kind = Kind::ALL.into_iter().find(|k| k.name() == kind)?;
    Some((from.parse().ok()?..to.parse().ok()?, kind))
}

/// Bytes of a line of a text.
fn line_range(text: &str, line: usize) -> Option<Range<usize>> {
    let start: usize = text.split('\n').take(line).map(|l| l.len() + 1).sum();
    Some(start..start + text.split('\n').nth(line)?.len())
}

/// Which story an article belongs to: articles of one story stay together.
pub struct Stories {
    of: BTreeMap<String, usize>,
}

impl Stories {
    /// Reads `article … story` lines of a table of clusters.
    pub fn read(path: Option<&Path>) -> Result<Self> {
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

    /// The fold of an article.
    pub fn fold(&self, id: &str, folds: usize) -> usize {
        self.of.get(id).copied().unwrap_or_else(|| id.bytes().map(usize::from).sum()) % folds
    }
}
