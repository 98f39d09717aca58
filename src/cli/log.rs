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
    action: i64,
    undoes: Option<i64>,
}

/// Runs the command.
pub fn run(args: &args::Log, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(store) = UserStore::open_existing(&data_folder()?)? else { return Ok(Exit::Nothing) };
    let log = store.log(args.limit.unwrap_or(usize::MAX))?;
    if args.json {
        for line in &log {
            let (id, title, value) = (&line.article, &line.title, &line.value);
            let (at, what, action, undoes) = (at(line.at), &line.what, line.action, line.undoes);
            out.json(&Line { at, what, id, title, value, action, undoes })?;
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

/// A time of the log, in UTC.
pub fn at(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_string()
}
