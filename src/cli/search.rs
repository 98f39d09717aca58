//! `diembao search`: articles that match, best first, with the words around the first match.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::articles::{self, Articles, Need};
use super::document::{self, Head};
use super::out::{Out, one_line};
use super::{Exit, args, list};
use crate::library::{Snippet, rank};
use crate::text::fit;

#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    score: f32,
    snippet: &'a str,
}

/// Runs the command.
pub fn run(args: &args::Search, out: &mut Out) -> anyhow::Result<Exit> {
    let query = articles::query(&args.query)?;
    let need = articles::needed(&query);
    let mut snapshot = articles::read(&args.paths, need != Need::Articles, need == Need::Relations)?;
    let chosen = articles::select(&query, &mut snapshot)?;
    let hits = rank(&query, &snapshot, &chosen, args.limit);
    for hit in &hits {
        let Some(entry) = snapshot.entry(hit.article) else { continue };
        if args.json {
            let Some(read) = snapshot.read(hit.article) else { continue };
            let Some(head) = document::head(&snapshot, hit.article, &read) else { continue };
            let score = (hit.score * 1000.0).round() / 1000.0;
            out.json(&Found { head, score, snippet: &hit.snippet.text })?;
            continue;
        }
        let outlet = entry.publisher().map(|o| format!("  {}", one_line(o))).unwrap_or_default();
        let head = format!("{}  {}{outlet}  {}", entry.id, list::day(entry), one_line(&entry.title()));
        let columns = out.columns.unwrap_or(usize::MAX);
        out.line(&fit(&head, columns))?;
        if !hit.snippet.text.is_empty() {
            out.line(&format!("    {}", marked(&hit.snippet)))?;
        }
    }
    let found = !hits.is_empty();
    Ok(Articles { snapshot, chosen }.finish(found))
}

/// The snippet with its matches in bold where a terminal shows it and colours are not refused.
fn marked(snippet: &Snippet) -> String {
    let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    if !styled {
        return snippet.text.clone();
    }
    let mut out = String::with_capacity(snippet.text.len() + 16 * snippet.marks.len());
    let mut at = 0;
    for mark in &snippet.marks {
        out.push_str(&snippet.text[at..mark.start]);
        out.push_str("\u{1b}[1m");
        out.push_str(&snippet.text[mark.clone()]);
        out.push_str("\u{1b}[0m");
        at = mark.end;
    }
    out.push_str(&snippet.text[at..]);
    out
}
