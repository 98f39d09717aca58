//! `diembao undo`: the last actions of the log are taken back, wherever they were done.

use serde::Serialize;

use super::log::at;
use super::mark::data_folder;
use super::out::{Out, one_line, words};
use super::{Exit, args};
use crate::app::{Msg, undone};
use crate::library::{Undone, UserStore};

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    action: i64,
    what: &'a str,
    id: &'a str,
    title: &'a str,
    value: &'a str,
    taken_back: bool,
}

/// Runs the command. What is printed is on disk.
pub fn run(args: &args::Undo, out: &mut Out) -> anyhow::Result<Exit> {
    let Some(mut store) = UserStore::open_existing(&data_folder()?)? else { return Ok(nothing()) };
    let found = if args.dry_run { store.undoable(args.steps)? } else { store.undo(args.steps)? };
    for action in &found {
        if args.json {
            for line in &action.lines {
                out.json(&Line {
                    at: at(line.at),
                    action: line.action,
                    what: &line.what,
                    id: &line.article,
                    title: &line.title,
                    value: &line.value,
                    taken_back: !args.dry_run,
                })?;
            }
        } else {
            out.line(&told(action, args.dry_run))?;
        }
    }
    Ok(if found.is_empty() { nothing() } else { Exit::Done })
}

fn told(action: &Undone, dry_run: bool) -> String {
    let (mark, what) = undone(words(), &action.changes);
    let msg = if dry_run { Msg::CanBeUndone } else { Msg::Undone };
    let told = words().fill(msg, &[("mark", &mark), ("what", &one_line(&what))]);
    let when: String = action.lines.first().map(|line| at(line.at)).unwrap_or_default();
    format!("{}  {told}", when.chars().take(19).collect::<String>())
}

fn nothing() -> Exit {
    super::out::tell(words().get(Msg::NothingToUndo));
    Exit::Nothing
}
