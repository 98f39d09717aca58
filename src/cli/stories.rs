//! `diembao stories`: articles grouped by what happened.

use std::collections::BTreeSet;

use serde::Serialize;

use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, args, list};
use crate::article::Dated;
use crate::library::{ArticleIx, Entry};

#[derive(Serialize)]
struct Told<'a> {
    story: &'a str,
    title: &'a str,
    from: Option<String>,
    to: Option<String>,
    outlets: Vec<&'a str>,
    articles: Vec<Article<'a>>,
}

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    path: String,
    published: Option<String>,
}

/// Runs the command.
pub fn run(args: &args::Stories, out: &mut Out) -> anyhow::Result<Exit> {
    let articles = Articles::load(&args.from, Need::Relations)?;
    let chosen: rustc_hash::FxHashSet<ArticleIx> = articles.chosen.iter().copied().collect();
    let mut found = false;
    for story in &articles.snapshot.stories.all {
        // A story is told whole when one of its articles is chosen.
        if !story.articles.iter().any(|&n| chosen.contains(&ArticleIx(n as u32))) {
            continue;
        }
        let entries: Vec<&Entry> =
            story.articles.iter().filter_map(|&n| articles.snapshot.entries.get(n)).collect();
        found = true;
        let dates: Vec<&Dated> = entries.iter().filter_map(|e| e.published()).collect();
        let outlets: BTreeSet<&str> = entries.iter().filter_map(|e| e.outlet()).collect();
        let story = Told {
            story: &story.id,
            title: &story.title,
            from: dates.iter().min_by_key(|d| d.minutes()).map(|d| d.iso()),
            to: dates.iter().max_by_key(|d| d.minutes()).map(|d| d.iso()),
            outlets: outlets.into_iter().collect(),
            articles: entries.iter().map(|e| article(e)).collect(),
        };
        if args.json {
            out.json(&story)?;
        } else {
            people(&story, &entries, out)?;
        }
    }
    Ok(articles.finish(found))
}

fn article(entry: &Entry) -> Article<'_> {
    Article {
        id: &entry.id,
        path: entry.path.to_string_lossy().into_owned(),
        published: entry.published().map(Dated::iso),
    }
}

fn people(story: &Told<'_>, entries: &[&Entry], out: &mut Out) -> anyhow::Result<()> {
    let columns = out.columns.unwrap_or(usize::MAX);
    let outlets = match story.outlets.len() {
        0 => String::new(),
        1 => ", 1 outlet".to_owned(),
        n => format!(", {n} outlets"),
    };
    let head = format!("{} ({} articles{outlets})", one_line(story.title), entries.len());
    out.line(&crate::text::fit(&head, columns))?;
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|e| {
            let mut row = list::row(e);
            row[0].insert_str(0, "  ");
            row
        })
        .collect();
    out.table(&[17, 10, 18, 0], &rows)?;
    Ok(out.line("")?)
}
