//! `diembao stories`: articles grouped by what happened, and `stories merge|split|undo`: what the reader knows better.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::articles::{Articles, Need, stories_file};
use super::out::{self, Out, one_line, words};

use super::{Exit, args, list, repair};
use crate::app::Msg;
use crate::article::{Basis, When};
use crate::library::{ArticleIx, Entry, Snapshot};
use crate::story::Decision;

#[derive(Serialize)]
struct Told<'a> {
    story: &'a str,
    title: Cow<'a, str>,
    from: Option<String>,
    to: Option<String>,
    outlets: BTreeSet<&'a str>,
    /// Articles of each day that has some.
    days: BTreeMap<String, u32>,
    saga: Option<Part<'a>>,
    articles: Vec<Article<'a>>,
}

/// The place of an event in its saga.
#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    event: usize,
    events: usize,
}

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    path: String,
    published: Option<String>,
}

/// Runs the command.
pub fn run(args: &args::Stories, out: &mut Out) -> anyhow::Result<Exit> {
    use args::StoryChange as C;
    match &args.change {
        None => tell(args, out),
        Some(C::Merge { article, other, json }) => {
            let decision = Decision::Merge { article: article.clone(), other: other.clone() };
            repair::keep(&stories_file(), &decision, *json, out)?;
            Ok(Exit::Done)
        }
        Some(C::Split { article, json }) => {
            repair::keep(&stories_file(), &Decision::Split { article: article.clone() }, *json, out)?;
            Ok(Exit::Done)
        }
        Some(C::Undo { steps, json }) => repair::undo(&stories_file(), *steps, *json, out),
    }
}

/// Tells the sagas with their events, then the other stories. What is told is told whole when one of its articles is chosen.
fn tell(args: &args::Stories, out: &mut Out) -> anyhow::Result<Exit> {
    let articles = Articles::load(&args.from, Need::Relations)?;
    let snapshot = &articles.snapshot;
    let chosen: rustc_hash::FxHashSet<ArticleIx> = articles.chosen.iter().copied().collect();
    let is_chosen = |articles: &[usize]| articles.iter().any(|&n| chosen.contains(&ArticleIx(n as u32)));
    let mut found = false;
    let mut in_saga = rustc_hash::FxHashSet::default();
    for saga in snapshot.stories.sagas.iter() {
        in_saga.extend(saga.iter().flatten().copied());
        if !is_chosen(&saga.concat()) {
            continue;
        }
        found = true;
        let events = saga.len();
        // It is called by its first article.
        let id = saga.first().and_then(|event| snapshot.entries.get(*event.first()?)).map_or("", |e| &e.id);
        if !args.json {
            out.say(&format!("Saga of {events} events"))?;
        }
        for (at, event) in saga.iter().enumerate() {
            let part = Part { id, event: at + 1, events };
            print(snapshot, event, Some(part), args.json, out)?;
        }
    }
    for story in &snapshot.stories.all {
        if !in_saga.contains(&story.articles[0]) && is_chosen(&story.articles) {
            found = true;
            print(snapshot, &story.articles, None, args.json, out)?;
        }
    }
    if !found && !chosen.is_empty() {
        let count = chosen.len();
        out::tell(&format!("no story: none of {count} articles tells what another one tells"));
    }
    Ok(articles.finish(found))
}

fn print(
    snapshot: &Snapshot,
    event: &[usize],
    saga: Option<Part<'_>>,
    json: bool,
    out: &mut Out,
) -> anyhow::Result<()> {
    let entries: Vec<&Entry> = event.iter().filter_map(|&n| snapshot.entries.get(n)).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let (story, title) = snapshot.story_called(ArticleIx(event[0] as u32));
    // The time of a file says when it was saved, not when something was told.
    let stated = |d: &When| d.basis != Basis::FileTime;
    let dates: Vec<When> = entries.iter().filter_map(|e| e.published()).filter(stated).collect();
    let mut days = BTreeMap::new();
    for date in &dates {
        *days.entry(date.at.date().to_string()).or_default() += 1;
    }
    let told = Told {
        story,
        title,
        from: dates.iter().min_by_key(|d| d.minutes()).map(|d| d.iso()),
        to: dates.iter().max_by_key(|d| d.minutes()).map(|d| d.iso()),
        outlets: snapshot.outlets_of(event).into_iter().flatten().collect(),
        days,
        saga,
        articles: entries.iter().map(|e| article(e)).collect(),
    };
    if json { out.json(&told) } else { people(&told, &entries, out) }
}

fn article(entry: &Entry) -> Article<'_> {
    Article {
        id: &entry.id,
        path: entry.path.to_string_lossy().into_owned(),
        published: entry.published().map(When::iso),
    }
}

fn people(told: &Told<'_>, entries: &[&Entry], out: &mut Out) -> anyhow::Result<()> {
    let columns = out.columns.unwrap_or(usize::MAX);
    let articles = words().count(Msg::Articles, entries.len());
    let outlets = match told.outlets.len() {
        0 => String::new(),
        n => format!(", {}", words().count(Msg::ReviewOutlets, n)),
    };
    let place = told.saga.as_ref().map(|part| format!("{}. ", part.event)).unwrap_or_default();
    let days = sparkline(&told.days);
    let head = format!("{place}{} ({articles}{outlets}{days})", one_line(&told.title));
    out.line(&crate::text::fit(&head, columns))?;
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|e| {
            let mut row = list::row(e);
            row[0].insert_str(0, "  ");
            // Events stand in the order of what the articles say of their dates: the file's time would contradict it.
            if e.published().is_some_and(|d| d.basis == Basis::FileTime) {
                "-".clone_into(&mut row[1]);
            }
            row
        })
        .collect();
    out.table(&[17, 10, 18, 0], &rows)?;
    Ok(out.line("")?)
}

/// Days that a sparkline has room for.
const MOST_DAYS: i32 = 31;

/// Articles of each day from the first to the last, as bars, with a comma before; nothing for one day, or for too many.
fn sparkline(days: &BTreeMap<String, u32>) -> String {
    let date = |text: &String| text.parse::<jiff::civil::Date>().ok();
    let (Some(first), Some(last)) = (days.keys().next().and_then(date), days.keys().last().and_then(date))
    else {
        return String::new();
    };
    let span = last.since(first).map_or(0, |s| s.get_days());
    if !(1..MOST_DAYS).contains(&span) {
        return String::new();
    }
    let highest = days.values().copied().max().unwrap_or(1);
    let bar = |count: u32| match count {
        0 => ' ',
        count => ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][(count * 7 / highest) as usize],
    };
    let bars: String = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= last)
        .map(|day| bar(days.get(&day.to_string()).copied().unwrap_or(0)))
        .collect();
    format!(", {bars}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_bars() {
        for (days, expect) in [
            (vec![], ""),
            (vec![("2026-01-05", 3)], ""),
            (vec![("2026-01-05", 4), ("2026-01-06", 1), ("2026-01-08", 2)], ", █▂ ▄"),
            (vec![("2024-01-05", 4), ("2026-01-06", 1)], ""),
        ] {
            let days = days.into_iter().map(|(day, n)| (day.to_owned(), n)).collect();
            assert_eq!(sparkline(&days), expect);
        }
    }
}
