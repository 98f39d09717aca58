//! Putting articles into the library proper.
//!
//! Owns: reading the bytes of what paths name, a batch at a time, and what is refused before it is kept. Refuses: to parse.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::files::{self, Found};
use super::ids;
use super::reading::{broken, now, refused, sniff};
use super::source::{Input, Source};
use super::store::{StoreError, Stored, UserStore};
use crate::article::Problem;

/// Articles of one transaction: few enough that a reader's mark hardly waits, many enough that the disk does not hold things up.
const BATCH: usize = 250;

/// What became of one input.
#[derive(Debug)]
pub struct Added {
    /// The file.
    pub path: PathBuf,
    /// Line of a JSON Lines file, else 0.
    pub line: u32,
    /// The digest of its bytes and whether it was not there yet, or why it was refused.
    pub outcome: Result<(String, bool), Problem>,
}

/// Adds what the paths name to the library; `told` hears of each batch once it is on disk, and ends the work by `false`.
pub fn add(
    store: &mut UserStore,
    paths: &[PathBuf],
    stdin: Option<Arc<[u8]>>,
    told: &mut dyn FnMut(Vec<Added>) -> bool,
) -> Result<(), StoreError> {
    let mut listing = files::list(paths);
    if let Some(bytes) = &stdin {
        let format = sniff(bytes);
        listing
            .files
            .insert(0, Found { path: "-".into(), modified: now(), format, stored: None, stamp: None });
    }
    let failed = |(path, problem): (PathBuf, Problem)| Added { path, line: 0, outcome: Err(problem) };
    let mut on = told(listing.problems.into_iter().map(failed).collect());
    let known = listing.files.iter().map(|_| None).collect();
    let mut source = Source::new(listing.files, known, (stdin, None));
    while on {
        let inputs = source.batch(BATCH);
        if inputs.is_empty() {
            break;
        }
        let (mut fresh, mut out) = (Vec::new(), Vec::new());
        let read: Vec<(Input, Result<Vec<u8>, Problem>)> =
            inputs.into_par_iter().map(|input| (bytes(&input), input)).map(|(b, i)| (i, b)).collect();
        for (input, bytes) in read {
            let digest = bytes.as_ref().map_err(Clone::clone).map(|b| ids::digest(b));
            if let (Ok(bytes), Ok(digest)) = (bytes, &digest) {
                fresh.push((stored(&input, digest.clone()), bytes));
            }
            let outcome = digest.map(|digest| (digest, false));
            out.push(Added { path: input.path, line: input.record, outcome });
        }
        let mut new = store.add(&fresh)?.into_iter();
        for (_, is_new) in out.iter_mut().filter_map(|a| a.outcome.as_mut().ok()) {
            *is_new = new.next().unwrap_or(false);
        }
        on = told(out);
    }
    Ok(())
}

/// The bytes, where they can be an article. More than is ever read of one is not kept either, and is a problem.
fn bytes(input: &Input) -> Result<Vec<u8>, Problem> {
    let (bytes, over) = input.bytes()?;
    if let Some(problem) = over.or_else(|| refused(&bytes, input)).or_else(|| broken(&bytes, input)) {
        return Err(problem);
    }
    Ok(bytes.into_owned())
}

fn stored(input: &Input, digest: String) -> Stored {
    let path = if input.path == Path::new("-") {
        // How standard input was read must be seen in its name.
        PathBuf::from(if input.record > 0 { "stdin.jsonl" } else { "stdin.txt" })
    } else {
        std::path::absolute(&input.path).unwrap_or_else(|_| input.path.clone())
    };
    Stored { digest, format: input.format, path, line: input.record, modified: input.modified }
}
