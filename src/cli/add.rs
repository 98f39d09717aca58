//! `diembao add`: articles are put into the library.

use serde::Serialize;

use super::mark::data_folder;
use super::out::{Out, tell};
use super::{Exit, args, articles};
use crate::library::{Added, UserStore, add, shown};

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
    path: &'a str,
    added: bool,
}

/// Runs the command. What is printed is on disk.
pub fn run(args: &args::Add, out: &mut Out) -> anyhow::Result<Exit> {
    let stdin = articles::stdin(&args.paths)?;
    let mut store = UserStore::open(&data_folder()?)?;
    let (mut fresh, mut there, mut bad) = (0_usize, 0_usize, 0_usize);
    let mut failed = Ok(());
    add(&mut store, &args.paths, stdin, &mut |batch| {
        for one in &batch {
            match &one.outcome {
                Ok((_, true)) => fresh += 1,
                Ok((_, false)) => there += 1,
                Err(problem) => {
                    bad += 1;
                    tell(&problem.message);
                }
            }
        }
        failed = if args.json { print(&batch, out) } else { Ok(()) };
        failed.is_ok()
    })?;
    failed?;
    if !args.json {
        out.say(&format!("{fresh} added, {there} were there already, {bad} could not be added"))?;
    }
    Ok(match (fresh + there, bad) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Problems,
    })
}

fn print(batch: &[Added], out: &mut Out) -> anyhow::Result<()> {
    for one in batch {
        if let Ok((id, added)) = &one.outcome {
            out.json(&One { id, path: &shown(&one.path.to_string_lossy()), added: *added })?;
        }
    }
    Ok(out.flush()?)
}
