//! `diembao related`: what belongs beside an article, how it is related, and why.

use serde::Serialize;

use super::articles::{self, Articles, Need};
use super::out::{self, Out, one_line};
use super::{Exit, args, list};
use crate::app::{self, words::relation};
use crate::library::{ArticleIx, Entry, Snapshot};
use crate::story::{Reason, Relation, RelationKind};
use crate::text::{fit, pad, width};

#[derive(Serialize)]
struct Article<'a> {
    id: &'a str,
    path: String,
    related: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    #[serde(skip)]
    entry: &'a Entry,
    #[serde(skip)]
    told: (RelationKind, Vec<String>),
    id: &'a str,
    path: String,
    kind: &'static str,
    score: f32,
    reasons: Vec<String>,
}

/// Runs the command.
pub fn run(args: &args::Related, out: &mut Out) -> anyhow::Result<Exit> {
    let mut articles = Articles::load(&args.from, Need::Relations)?;
    if let Some(of) = &args.of {
        articles.chosen = vec![articles::find(&articles.snapshot, of)?];
    }
    let snapshot = &articles.snapshot;
    let mut found = false;
    for (ix, entry) in articles.entries() {
        let related = others(snapshot, ix, args.top);
        found |= !related.is_empty();
        if args.json {
            out.json(&Article { id: &entry.id, path: path(entry), related })?;
        } else if !related.is_empty() {
            people(entry, &related, out)?;
        }
    }
    Ok(articles.finish(found))
}

fn path(entry: &Entry) -> String {
    entry.path.to_string_lossy().into_owned()
}

fn others(snapshot: &Snapshot, ix: ArticleIx, top: usize) -> Vec<Other<'_>> {
    let all = snapshot.relations.of(ix.0 as usize);
    let reasons = snapshot.why(ix);
    let other = |(nth, relation): (usize, &Relation)| {
        let entry = snapshot.entry(ArticleIx(relation.to))?;
        let why = reasons.reasons(nth);
        Some(Other {
            entry,
            told: (relation.kind, app::reasons(&why, NAMES, snapshot, out::words())),
            id: &entry.id,
            path: path(entry),
            kind: relation.kind.name(),
            score: (relation.score() * 1000.0).round() / 1000.0,
            reasons: why.iter().filter_map(|r| words(r, snapshot)).collect(),
        })
    };
    all.iter().take(top).enumerate().filter_map(other).collect()
}

fn people(entry: &Entry, related: &[Other<'_>], out: &mut Out) -> anyhow::Result<()> {
    let columns = out.columns.unwrap_or(usize::MAX);
    out.line(&fit(&list::row(entry).join("  "), columns))?;
    let kinds = related.iter().map(|other| out::words().get(relation(other.told.0)));
    let cells = kinds.clone().map(width).max().unwrap_or(0) + 2;
    for (other, kind) in related.iter().zip(kinds) {
        let title = one_line(&other.entry.title());
        out.line(&fit(&format!("  {}{}  {title}", pad(kind, cells), other.id), columns))?;
        let why = other.told.1.join(" · ");
        if !why.is_empty() {
            out.line(&fit(&format!("  {}{why}", pad("", cells)), columns))?;
        }
    }
    Ok(out.line("")?)
}

/// Shared names that are listed at most, the rarest first.
const NAMES: usize = 8;

/// A reason in words.
pub fn words(reason: &Reason, snapshot: &Snapshot) -> Option<String> {
    Some(match reason {
        Reason::Names(all) => {
            let names: Vec<&str> = all
                .iter()
                .take(NAMES)
                .filter_map(|ix| snapshot.entities.get(*ix))
                .map(|e| e.name.as_str())
                .collect();
            if names.is_empty() {
                return None;
            }
            names.join(", ")
        }
        Reason::Title(text) => format!("title: {text}"),
        Reason::Quotes(1) => "1 quote shared".to_owned(),
        Reason::Quotes(n) => format!("{n} quotes shared"),
        Reason::Text(share) => format!("{share} % of text identical"),
        Reason::Terms(all) if all.is_empty() => return None,
        Reason::Terms(all) => format!("words: {}", all.join(", ")),
        Reason::Time(None) => "date unknown".to_owned(),
        Reason::Time(Some(minutes)) => time(*minutes),
    })
}

fn time(minutes: i64) -> String {
    let size = minutes.unsigned_abs();
    let span = match size {
        0 => return "at the same time".to_owned(),
        1..60 => format!("{size} min"),
        60..2880 => format!("{} h", size / 60),
        2880..86_400 => format!("{} days", size / 1440),
        _ => format!("{} months", size / 43_800),
    };
    format!("{span} {}", if minutes < 0 { "earlier" } else { "later" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_words() {
        for (minutes, expect) in [
            (0, "at the same time"),
            (30, "30 min later"),
            (-1, "1 min earlier"),
            (360, "6 h later"),
            (-360, "6 h earlier"),
            (2880, "2 days later"),
            (-90_000, "2 months earlier"),
        ] {
            assert_eq!(time(minutes), expect);
        }
    }
}
