//! `diembao review`: who reports what in a story, as JSON, Markdown or one self-contained HTML page.

mod object;

use std::collections::BTreeSet;

use super::articles::{self, Articles, Need};
use super::out::Out;
use super::{Exit, args};
use crate::app::{Form, Lang};
use crate::library::{ArticleIx, Is, Snapshot};
use crate::paper;

/// Runs the command.
pub fn run(args: &args::Review, out: &mut Out) -> anyhow::Result<Exit> {
    let from = args::From { paths: args.paths.clone(), query: None };
    let articles = Articles::load(&from, Need::Relations)?;
    let snapshot = &articles.snapshot;
    let told = story(snapshot, &args.story)?;
    let read: BTreeSet<ArticleIx> =
        args.read.iter().map(|what| articles::find(snapshot, what)).collect::<Result<_, _>>()?;
    let reviewed = snapshot.review(&told, &|ix| read.contains(&ix) || snapshot.marks.is(ix, Is::Read));
    if args.json {
        out.json(&object::object(snapshot, &reviewed))?;
    } else {
        let lang = args.lang.as_deref().and_then(Lang::of).unwrap_or_else(crate::run::lang);
        let form = match args.format {
            args::ReviewForm::Md => Form::Markdown,
            args::ReviewForm::Html => Form::Html,
        };
        out.line(&paper::review(snapshot, &reviewed, form, lang))?;
    }
    Ok(articles.finish(true))
}

/// The articles of the story that is meant by its id, or by an article in it.
fn story(snapshot: &Snapshot, what: &str) -> anyhow::Result<Vec<ArticleIx>> {
    if let Some(story) = snapshot.stories.all.iter().find(|s| s.id == what) {
        return Ok(story.articles.iter().map(|&n| ArticleIx(n as u32)).collect());
    }
    Ok(snapshot.told_with(articles::find(snapshot, what)?))
}
