//! `diembao list`: articles, newest first.

use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, args, document};
use crate::library::Entry;

/// Runs the command.
pub fn run(args: &args::List, out: &mut Out) -> anyhow::Result<Exit> {
    let articles = Articles::load(&args.from, Need::Articles)?;
    let shown = articles.entries().take(args.limit.unwrap_or(usize::MAX));
    if args.json {
        for (ix, _) in shown {
            let read = articles.snapshot.read(ix);
            if let Some(head) = read.as_deref().and_then(|read| document::head(&articles.snapshot, ix, read))
            {
                out.json(&head)?;
            }
        }
    } else {
        let rows: Vec<Vec<String>> = shown.map(|(_, e)| row(e)).collect();
        out.table(LIMITS, &rows)?;
    }
    Ok(articles.finish(!articles.chosen.is_empty()))
}

/// Cells of the columns of [`row`] at most.
pub const LIMITS: &[usize] = &[15, 11, 18, 0];

/// An article as a row: id, day, who put it out, title.
pub fn row(entry: &Entry) -> Vec<String> {
    let outlet = one_line(entry.publisher().unwrap_or("-"));
    vec![entry.id.to_string(), day(entry), outlet, one_line(&entry.title())]
}

/// The day of publication as far as it is known, with the mark of a date that the article does not state.
pub fn day(entry: &Entry) -> String {
    entry
        .published()
        .map_or_else(|| "-".to_owned(), |d| d.iso().chars().take(10).collect::<String>() + d.mark())
}
