//! `diembao remove`: articles are taken out of the library. What the reader did with them stays known.

use serde::Serialize;

use super::articles::{self, Articles, Need};
use super::mark::data_folder;
use super::out::{Out, one_line, tell};
use super::{Exit, args};
use crate::library::UserStore;

#[derive(Serialize)]
struct Removed<'a> {
    id: &'a str,
    title: &'a str,
}

/// Runs the command. What is printed is gone.
pub fn run(args: &args::Remove, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(mut store) =
        UserStore::open_existing(&data_folder()?)?.filter(|s| s.has_articles().unwrap_or(true))
    else {
        tell("the library is empty; put articles into it with `diembao add PATH`");
        return Ok(Exit::Nothing);
    };
    let all = Articles::load(&args::From { paths: Vec::new(), query: args.query.clone() }, Need::Articles)?;
    let mut chosen = if args.query.is_some() { all.chosen.clone() } else { Vec::new() };
    for id in &args.ids {
        chosen.push(articles::find(&all.snapshot, id)?);
    }
    let entries: Vec<_> = chosen.iter().filter_map(|ix| all.snapshot.entry(*ix)).collect();
    let digests: Vec<&str> = entries.iter().map(|e| e.digest()).collect();
    store.remove(&digests)?;
    for entry in &entries {
        if args.json {
            out.json(&Removed { id: &entry.id, title: &entry.title() })?;
        } else {
            out.line(&format!("{}  {}", entry.id, one_line(&entry.title())))?;
        }
    }
    Ok(if entries.is_empty() { Exit::Nothing } else { Exit::Done })
}
