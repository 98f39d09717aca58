//! `diembao check`: the library is looked through; what can be worked out anew is mended.

use serde::Serialize;

use super::mark::data_folder;
use super::out::{Out, said};
use super::{Exit, args};
use crate::config;
use crate::library::{Shelf, UserStore, digest, shown};

#[derive(Serialize)]
struct Fault<'a> {
    fault: &'a str,
    mended: bool,
}

/// Runs the command.
pub fn run(args: &args::Plain, out: &mut Out) -> anyhow::Result<Exit> {
    let store = UserStore::open_existing(&data_folder()?)?;
    let faults = store.map(|s| s.faults(digest)).transpose()?.unwrap_or_default();
    let mut mended = Vec::new();
    if let Some(shelf) = config::cache_folder().map(|folder| Shelf::open(&folder)).transpose()? {
        mended = shelf.faults()?;
        if !mended.is_empty() {
            shelf.discard();
        }
    }
    let all = faults.iter().map(|f| (f, false)).chain(mended.iter().map(|f| (f, true)));
    for (fault, mended) in all {
        if args.json {
            out.json(&Fault { fault, mended })?;
        } else {
            let remedy = if mended {
                "made anew at the next opening"
            } else {
                "restore a backup: diembao restore FILE"
            };
            out.line(&format!("{}: {}", said(&shown(fault)), said(remedy)))?;
        }
    }
    if faults.is_empty() && mended.is_empty() && !args.json {
        out.say("all is well")?;
    }
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Failed })
}
