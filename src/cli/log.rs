//! `diembao log`: what was marked when.

use jiff::Timestamp;
use serde::Serialize;

use super::mark::data_folder;
use super::out::{Out, one_line};
use super::{Exit, args};
use crate::library::UserStore;

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    what: &'a str,
    id: &'a str,
    title: &'a str,
    value: &'a str,
}

/// Runs the command.
pub fn run(args: &args::Log, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(store) = UserStore::open_existing(&data_folder()?)? else { return Ok(Exit::Nothing) };
    let log = store.log(args.limit.unwrap_or(usize::MAX))?;
    let at = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default().to_string();
    if args.json {
        for line in &log {
            let (id, title, value) = (&line.article, &line.title, &line.value);
            out.json(&Line { at: at(line.at), what: &line.what, id, title, value })?;
        }
    } else {
        let row = |l: &crate::library::Logged| {
            let what = one_line(format!("{} {}", l.what, l.value).trim());
            vec![at(l.at).chars().take(19).collect(), what, l.article.clone(), one_line(&l.title)]
        };
        out.table(&[], &log.iter().map(row).collect::<Vec<_>>())?;
    }
    Ok(if log.is_empty() { Exit::Nothing } else { Exit::Done })
}
