//! `diembao reindex`: what is derived from the library's articles is worked out now, not at the next opening.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;

use serde::Serialize;

use super::mark::data_folder;
use super::out::{Out, tell, words};
use super::{Exit, args, articles};
use crate::app::words::stage;
use crate::config;
use crate::library::{Ingest, Ledger, Shelf, UserStore};

#[derive(Serialize)]
struct Worked {
    articles: usize,
    names: usize,
    stories: usize,
}

/// Runs the command. Being ended at any moment loses nothing: the next call goes on from there.
pub fn run(args: &args::Reindex, out: &mut Out) -> anyhow::Result<Exit> {
    let library = data_folder()?;
    if !UserStore::open_existing(&library)?.is_some_and(|s| s.has_articles().unwrap_or(true)) {
        tell("the library is empty; put articles into it with `diembao add PATH`");
        return Ok(Exit::Nothing);
    }
    let cache = config::cache_folder();
    if args.all
        && let Some(folder) = &cache
    {
        Shelf::open(folder)?.discard();
    }
    let (repairs, faults) = articles::names_file().read();
    let (library, ledger) = (Some(library), Arc::new(Ledger::new(repairs)));
    let plan = Ingest { library, cache, names: true, relations: true, ledger, faults, ..Ingest::default() };
    let mut err = std::io::stderr();
    let shown = err.is_terminal();
    let snapshot = plan.run(&mut |snapshot| {
        let progress = snapshot.progress;
        if shown {
            // When standard error is closed there is nobody to tell.
            let stage = words().get(stage(progress.stage));
            let _ = write!(err, "\r\u{1b}[K{stage} {}/{}", progress.done, progress.total);
            let _ = err.flush();
        }
        true
    });
    if shown {
        let _ = writeln!(err);
    }
    let worked = Worked {
        articles: snapshot.order.len(),
        names: snapshot.entities.len(),
        stories: snapshot.stories.all.len(),
    };
    if args.json {
        out.json(&worked)?;
    } else {
        out.say(&format!(
            "{} articles, {} names, {} stories",
            worked.articles, worked.names, worked.stories
        ))?;
    }
    Ok(if snapshot.problems.is_empty() { Exit::Done } else { Exit::Problems })
}
