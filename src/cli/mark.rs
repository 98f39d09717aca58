//! `diembao mark`: articles are marked as read or starred, or that is taken back.

use serde::Serialize;

use super::args::Marking;
use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, WrongCall, args};
use crate::config;
use crate::library::{Change, UserStore, What};

/// Articles that are written at once: what was printed is on disk, and no disk waits for each single one.
const BATCH: usize = 500;

#[derive(Serialize)]
struct Marked<'a> {
    id: &'a str,
    what: Option<&'static str>,
}

/// Runs the command. What is printed is on disk.
pub fn run(args: &args::Mark, out: &mut Out) -> anyhow::Result<Exit> {
    let what = match args.how {
        Marking::Read => What::Read(true),
        Marking::Unread => What::Read(false),
        Marking::Star => What::Starred(true),
        Marking::Unstar => What::Starred(false),
    };
    let articles = Articles::load(&args.from, Need::Articles)?;
    let mut store = UserStore::open(&data_folder()?)?;
    let states = store.states()?;
    let state = |digest: &str| states.get(digest).copied().unwrap_or_default();
    let changed: Vec<Change> = articles
        .entries()
        .filter(|(_, e)| state(e.digest()).after(what) != state(e.digest()))
        .map(|(_, e)| Change { article: e.digest().to_owned(), title: e.title(), what })
        .collect();
    for batch in changed.chunks(BATCH) {
        store.save(batch)?;
        for change in batch {
            if args.json {
                out.json(&Marked { id: &change.article, what: what.name() })?;
            } else {
                out.line(&format!("{}  {}", change.article, one_line(&change.title)))?;
            }
        }
        out.flush()?;
    }
    Ok(articles.finish(!articles.chosen.is_empty()))
}

/// The folder in which the reader's own data lies.
pub fn data_folder() -> anyhow::Result<std::path::PathBuf> {
    config::data_folder().ok_or_else(|| {
        WrongCall("there is no data folder: set HOME or XDG_DATA_HOME to a folder".to_owned()).into()
    })
}
