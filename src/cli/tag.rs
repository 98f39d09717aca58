//! `diembao tag`: articles get tags, or lose them; without tags, all that there are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::articles::{Articles, Need};
use super::mark::{data_folder, keep};
use super::out::Out;
use super::{Exit, WrongCall, args};
use crate::library::{UserStore, What, tags};

#[derive(Serialize)]
struct Counted<'a> {
    tag: &'a str,
    articles: usize,
}

/// Runs the command.
pub fn run(args: &args::Tag, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(line) = &args.tags else { return list(args.json, out) };
    let whats: Vec<What> = tags(line).into_iter().map(|tag| What::Tag(tag, !args.remove)).collect();
    if whats.is_empty() {
        return Err(WrongCall("a tag needs a letter or digit".to_owned()).into());
    }
    if args.which.what.is_empty() && args.which.query.is_none() {
        let what = "say which articles: ids, PATHs or -q QUERY (`diembao list` prints ids)";
        return Err(WrongCall(what.to_owned()).into());
    }
    keep(&Articles::load_which(&args.which, Need::Articles)?, &whats, args.json, out)
}

/// All tags with the number of their articles, of folders as well.
fn list(json: bool, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(store) = UserStore::open_existing(&data_folder()?)? else { return Ok(Exit::Nothing) };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for tag in store.states()?.into_values().flat_map(|state| state.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    if json {
        for (tag, n) in &counts {
            out.json(&Counted { tag, articles: *n })?;
        }
    } else {
        let rows: Vec<Vec<String>> = counts.iter().map(|(tag, n)| vec![tag.clone(), n.to_string()]).collect();
        out.table(&[], &rows)?;
    }
    Ok(if counts.is_empty() { Exit::Nothing } else { Exit::Done })
}
