//! `diembao mark`: articles are marked as read or starred, or that is taken back. Keeping any change of marks, for `tag` and `note` as well.

use serde::Serialize;

use super::args::Marking;
use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, WrongCall, args};
use crate::config;
use crate::library::{Change, UserStore, What};

#[derive(Serialize)]
struct Marked<'a> {
    id: &'a str,
    what: Option<&'static str>,
    value: &'a str,
}

/// Runs the command.
pub fn run(args: &args::Mark, out: &mut Out) -> anyhow::Result<Exit> {
    let what = match args.how {
        Marking::Read => What::Read(true),
        Marking::Unread => What::Read(false),
        Marking::Star => What::Starred(true),
        Marking::Unstar => What::Starred(false),
    };
    keep(&Articles::load_which(&args.which, Need::Articles)?, &[what], args.json, out)
}

/// Marks the chosen articles, those that are not so already. What is printed is on disk.
pub fn keep(articles: &Articles, whats: &[What], json: bool, out: &mut Out) -> anyhow::Result<Exit> {
    let mut store = UserStore::open(&data_folder()?)?;
    let states = store.states()?;
    let mut changed: Vec<Change> = Vec::new();
    for (_, entry) in articles.entries() {
        let before = states.get(entry.digest()).cloned().unwrap_or_default();
        for what in whats.iter().filter(|what| before.clone().after(what) != before) {
            let (article, title) = (entry.digest().to_owned(), entry.title());
            changed.push(Change { article, title, what: what.clone() });
        }
    }
    // At one stroke: one undoing takes all back.
    store.save(&changed)?;
    for change in &changed {
        if json {
            let (what, value) = (change.what.name(), change.what.value());
            out.json(&Marked { id: &change.article, what, value })?;
        } else {
            out.line(&format!("{}  {}", change.article, one_line(&change.title)))?;
        }
    }
    Ok(articles.finish(!articles.chosen.is_empty()))
}

/// The folder in which the reader's own data lies.
pub fn data_folder() -> anyhow::Result<std::path::PathBuf> {
    config::data_folder().ok_or_else(|| {
        WrongCall("there is no data folder: set HOME or XDG_DATA_HOME to a folder".to_owned()).into()
    })
}
