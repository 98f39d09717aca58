//! What was worked out at an earlier opening, taken up again: files that did not change are not read, names are not looked for
//! twice, and a folder that is the same as before is there at once with its entities, relations and stories.
//!
//! Owns: what is kept by which key. Refuses: to stand in the way: where the shelf cannot be used, all is worked out anew, and kept
//! in a file without a name as long as the program runs.
//! Tests: `tests/it/cache.rs`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::files::Found;
use super::picture::Parts;
use super::reading::{self, Outcome};
use super::snapshot::Entry;
use super::source::Input;
use super::store::{Of, Picture, Shelf, Stamp, pack, unpack};
use super::texts::{Texts, key, key_of};
use crate::article::{Article, Problem, ProblemKind};
use crate::entity::Names;

/// One article of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// Line in a JSON Lines file, else 0.
    pub line: u32,
    /// The digest of its bytes, or why it gave no article.
    pub found: Result<EcoString, Box<Problem>>,
}

/// What a file holds, as far as this opening has come.
#[derive(Debug)]
struct File {
    path: PathBuf,
    stamp: Option<Stamp>,
    records: Vec<Record>,
    known: bool,
    /// What it gives is kept: it is a file, or lies in the library.
    kept: bool,
}

/// The shelf, and what this opening adds to it.
#[derive(Debug, Default)]
pub struct Memory {
    shelf: Option<Arc<Shelf>>,
    files: Vec<File>,
}

impl Memory {
    /// Opens the shelf in a cache folder; without one, or where it cannot be used, nothing is remembered beyond the program's end.
    pub fn open(folder: Option<&Path>) -> Self {
        let shelf = folder.and_then(|f| Shelf::open(f).ok()).or_else(|| Shelf::temporary().ok());
        Self { shelf: shelf.map(Arc::new), files: Vec::new() }
    }

    /// The texts that lie on the shelf; `library` is the data folder that they came from, where that is so.
    pub fn texts(&self, library: Option<&Path>) -> Texts {
        Texts::on(self.shelf.clone(), library)
    }

    /// What the files hold, where they look as they did when they were read.
    pub fn known(&mut self, files: &[Found]) -> Vec<Option<Vec<Record>>> {
        self.files.clear();
        let Some(shelf) = &self.shelf else { return files.iter().map(|_| None).collect() };
        let mut out = Vec::with_capacity(files.len());
        for found in files {
            // The same file, however it was named this time.
            let path = std::path::absolute(&found.path).unwrap_or_else(|_| found.path.clone());
            let records: Option<Vec<Record>> = match &found.stored {
                Some((digest, line)) => {
                    let record = Record { line: *line, found: Ok(digest.as_str().into()) };
                    shelf.has(Of::Article, &key(digest, found.format)).then(|| vec![record])
                }
                None => found.stamp.and_then(|stamp| shelf.file(&path, stamp)),
            };
            let (known, kept) = (records.is_some(), found.stored.is_some() || found.stamp.is_some());
            self.files.push(File { path, stamp: found.stamp, records: Vec::new(), known, kept });
            out.push(records);
        }
        out
    }

    /// Reads a batch: from the shelf what is there, the rest from the files. `None` where the shelf turned out to be damaged: it is
    /// emptied, and the work begins anew without it.
    pub fn read(&mut self, inputs: Vec<Input>) -> Option<Vec<(Input, Outcome)>> {
        let Some(shelf) = &self.shelf else {
            return Some(
                inputs.into_par_iter().map(|i| (reading::read(&i), i)).map(|(o, i)| (i, o)).collect(),
            );
        };
        let keys: Vec<String> = inputs.iter().map(|i| kept_key(i).unwrap_or_default()).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let packed = shelf.get(Of::Article, &keys).unwrap_or_else(|_| vec![None; keys.len()]);
        let outcomes: Option<Vec<(Input, Outcome)>> = inputs
            .into_par_iter()
            .zip(packed)
            .map(|(input, packed)| {
                let outcome = match input.kept() {
                    Some(Ok(digest)) => Ok((digest.to_string(), unpack::<Article>(&packed?)?)),
                    Some(Err(problem)) => Err(Problem::clone(problem)),
                    None => reading::read(&input),
                };
                Some((input, outcome))
            })
            .collect();
        let Some(outcomes) = outcomes else {
            self.discard();
            return None;
        };
        self.keep(&outcomes);
        Some(outcomes)
    }

    fn discard(&mut self) {
        if let Some(shelf) = self.shelf.take() {
            shelf.discard();
        }
        // What was damaged once may be so again, in the same place.
        self.shelf = Shelf::temporary().ok().map(Arc::new);
    }

    /// Keeps what was read from files.
    fn keep(&mut self, outcomes: &[(Input, Outcome)]) {
        let files = &self.files;
        let fresh = |input: &Input| input.kept().is_none() && files.get(input.file).is_some_and(|f| f.kept);
        let (keys, packed): (Vec<String>, Vec<Vec<u8>>) = outcomes
            .par_iter()
            .filter(|(input, _)| fresh(input))
            .filter_map(|(input, outcome)| {
                let (digest, article) = outcome.as_ref().ok()?;
                Some((key(digest, input.format), pack(article)))
            })
            .unzip();
        let rows: Vec<(&str, Vec<u8>)> = keys.iter().map(String::as_str).zip(packed).collect();
        self.put(Of::Article, &rows);
        for (input, outcome) in outcomes {
            let Some(file) = self.files.get_mut(input.file) else { continue };
            let found: Result<EcoString, &Problem> =
                outcome.as_ref().map(|(digest, _)| digest.as_str().into());
            // What could not be read now may be readable the next time.
            if found.as_ref().is_err_and(|p| p.kind == ProblemKind::Unreadable) {
                file.stamp = None;
            }
            let found = found.map_err(|problem| Box::new(problem.clone()));
            file.records.push(Record { line: input.record, found });
        }
    }

    fn put(&mut self, of: Of, rows: &[(&str, Vec<u8>)]) {
        if let Some(shelf) = &self.shelf
            && !rows.is_empty()
            && shelf.put(of, rows).is_err()
        {
            // A full disk: what is not kept is worked out again.
            self.shelf = None;
        }
    }

    /// All files have been read to their end: what they hold is known the next time.
    pub fn all_read(&mut self) {
        let Some(shelf) = &self.shelf else { return };
        let fresh: Vec<(PathBuf, Stamp, &Vec<Record>)> = self
            .files
            .iter()
            .filter(|f| !f.known)
            .filter_map(|f| Some((f.path.clone(), f.stamp?, &f.records)))
            .collect();
        if !fresh.is_empty() && shelf.keep_files(&fresh).is_err() {
            self.shelf = None;
        }
        self.files = Vec::new();
    }

    /// Whether what an input gave lies on the shelf.
    pub fn keeps(&self, input: &Input) -> bool {
        let kept = || input.kept().is_some() || self.files.get(input.file).is_some_and(|f| f.kept);
        self.shelf.is_some() && kept()
    }

    /// Whether the names of articles are known.
    pub fn named(&self, entries: &[&Entry]) -> Vec<bool> {
        let keys: Vec<String> = entries.iter().map(|e| key_of(e)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let known = self.shelf.as_ref().and_then(|shelf| shelf.have(Of::Names, &keys).ok());
        known.unwrap_or_else(|| vec![false; entries.len()])
    }

    /// Keeps the names of articles; `false` where that fails.
    pub fn keep_names(&mut self, found: &[(&Entry, &Names)]) -> bool {
        let keys: Vec<String> = found.iter().map(|(e, _)| key_of(e)).collect();
        let packed: Vec<Vec<u8>> = found.par_iter().map(|(_, names)| pack(names)).collect();
        let rows = keys.iter().map(String::as_str).zip(packed).filter(|(key, _)| !key.is_empty());
        let rows: Vec<(&str, Vec<u8>)> = rows.collect();
        self.put(Of::Names, &rows);
        self.shelf.is_some()
    }

    /// What everything in a folder gave together, where it was kept.
    pub fn picture(&self, key: &str) -> Option<Picture> {
        self.shelf.as_ref()?.picture(key)
    }

    /// Keeps it for the next time.
    pub fn keep_picture(&self, key: &str, parts: &Parts<'_>) {
        if let Some(shelf) = &self.shelf {
            // Without it the next opening takes longer, and nothing else.
            let _ = shelf.keep_picture(key, &parts.packed, &parts.loose);
        }
    }
}

fn kept_key(input: &Input) -> Option<String> {
    let digest = input.kept()?.as_ref().ok()?;
    Some(key(digest, input.format))
}
