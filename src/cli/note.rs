//! `diembao note`: the reader's own note on an article.

use serde::Serialize;

use super::articles::{Articles, Need};
use super::mark::keep;
use super::out::{Out, one_line};
use super::{Exit, WrongCall, args};
use crate::library::What;
use crate::text::clean;

#[derive(Serialize)]
struct Noted<'a> {
    id: &'a str,
    note: &'a str,
    title: String,
}

/// Runs the command.
pub fn run(args: &args::Note, out: &mut Out) -> anyhow::Result<Exit> {
    let articles = Articles::load_which(&args.which, Need::Articles)?;
    let text = if args.remove { Some("") } else { args.text.as_deref() };
    if let Some(text) = text {
        if articles.chosen.len() > 1 && !args.remove {
            let many = articles.chosen.len();
            let what = format!("a note is about one article, and {many} are meant: give the id of one");
            return Err(WrongCall(what).into());
        }
        let note = clean(text.trim()).0;
        return keep(&articles, &[What::Note(note)], args.json, out);
    }
    let marks = &articles.snapshot.marks;
    let mut found = false;
    for (ix, entry) in articles.entries().filter(|(ix, _)| !marks.note(*ix).is_empty()) {
        found = true;
        let note = marks.note(ix);
        if args.json {
            out.json(&Noted { id: &entry.id, note, title: entry.title() })?;
        } else {
            out.line(&format!("{}  {}", entry.id, one_line(&entry.title())))?;
            for line in note.lines() {
                out.line(&format!("    {line}"))?;
            }
        }
    }
    Ok(articles.finish(found))
}
