//! `diembao show`: one article, or all.

use serde::Serialize;

use super::articles::{Articles, Need};
use super::out::{Out, one_line, said, words};
use super::{Exit, WrongCall, args, document};
use crate::app::{outlets, words::role};
use crate::article::{Article, Basis, BlockKind, NESTED, depth_of};
use crate::library::{ArticleIx, Entry, Read, Snapshot, is_id};
use crate::text::wrap;

/// Cells that lines are wrapped to at most: longer ones are hard to read.
const MEASURE: usize = 90;

#[derive(Serialize)]
struct Plain<'a> {
    id: &'a str,
    path: String,
    text: &'a str,
}

/// Runs the command.
pub fn run(args: &args::Show, out: &mut Out) -> anyhow::Result<Exit> {
    if let Some(lost) =
        args.which.what.iter().find(|w| !w.exists() && w.as_os_str() != "-" && !w.to_str().is_some_and(is_id))
    {
        let name = crate::library::shown(&lost.to_string_lossy());
        return Err(WrongCall(format!(
            "there is no file {name}, and it is no id of an article: an id has 12 digits or the first 4 of them, as `diembao list` prints it"
        ))
        .into());
    }
    let articles = Articles::load_which(&args.which, Need::Articles)?;
    let by_id = args.which.what.iter().any(|w| !w.exists() && w.to_str().is_some_and(is_id));
    if articles.chosen.len() > 1 && !args.all && !by_id {
        let count = articles.chosen.len();
        return Err(WrongCall(format!(
            "there are {count} articles: add --all, or the id of one (`diembao list` prints ids)"
        ))
        .into());
    }
    let mut first = true;
    for (ix, entry) in articles.entries() {
        let Some(read) = articles.snapshot.read(ix) else { continue };
        match (args.json, args.text) {
            (true, true) => {
                let path = entry.path.to_string_lossy().into_owned();
                out.json(&Plain { id: &entry.id, path, text: &read.plain.text })?;
            }
            (true, false) => {
                if let Some(full) = document::full(&articles.snapshot, ix, &read) {
                    out.json(&full)?;
                }
            }
            (false, text) => {
                if !first {
                    out.line("\n")?;
                }
                if text {
                    out.line(&read.plain.text)?;
                } else {
                    people(&articles.snapshot, ix, (entry, &read), args.aside, out)?;
                }
            }
        }
        first = false;
    }
    Ok(articles.finish(!articles.chosen.is_empty()))
}

/// The article as a person reads it.
fn people(
    snapshot: &Snapshot,
    ix: ArticleIx,
    (entry, read): (&Entry, &Read),
    aside: bool,
    out: &mut Out,
) -> anyhow::Result<()> {
    let cells = out.columns.unwrap_or(MEASURE).min(MEASURE);
    let article: &Article = &read.article;
    if let Some(title) = &article.title {
        wrapped(out, title, "", cells)?;
    }
    let facts = facts(entry, article);
    if !facts.is_empty() {
        wrapped(out, &facts, "", cells)?;
    }
    let tags: Vec<String> = snapshot.marks.tags(ix).iter().map(|t| format!("#{t}")).collect();
    if !tags.is_empty() {
        wrapped(out, &tags.join(" "), "", cells)?;
    }
    for line in snapshot.marks.note(ix).lines() {
        wrapped(out, line, "* ", cells)?;
    }
    if let Some(lead) = &article.lead {
        out.line("")?;
        wrapped(out, lead, "", cells)?;
    }
    for block in &article.blocks {
        out.line("")?;
        let mark = match block.kind {
            BlockKind::Paragraph | BlockKind::Table => "",
            BlockKind::Heading => "## ",
            BlockKind::Quote => "> ",
            BlockKind::List => "- ",
            BlockKind::Caption | BlockKind::Image => "[] ",
            BlockKind::Code => "    ",
        };
        for line in block.text.lines() {
            let (depth, own) = if block.kind == BlockKind::List { depth_of(line) } else { (0, line) };
            wrapped(out, own, &(NESTED.repeat(depth) + mark), cells)?;
        }
    }
    out.line("")?;
    foot(entry, article, aside, out)
}

/// Date, outlet, agency and authors in one line.
fn facts(entry: &Entry, article: &Article) -> String {
    let date = article.published.as_ref().map(|d| {
        let basis = match d.basis {
            Basis::Stated => "",
            Basis::Inferred => "(inferred)",
            Basis::FileTime => "(the file's time)",
        };
        format!("{} {}", d.iso().replace('T', " "), said(basis)).trim_end().to_owned()
    });
    let agency = article.agency.as_deref().filter(|a| Some(*a) != entry.outlet());
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    let outlets = Some(outlets(entry)).filter(|told| !told.is_empty());
    let parts = [date, outlets, agency.map(str::to_owned), authors];
    parts.into_iter().flatten().map(|p| one_line(&p)).collect::<Vec<_>>().join(" · ")
}

/// Id and path, and what is not shown: said, so that nothing is lost unseen.
fn foot(entry: &Entry, article: &Article, aside: bool, out: &mut Out) -> anyhow::Result<()> {
    out.line(&format!("-- {} {}", entry.id, entry.shown_path()))?;
    let hidden = article.set_aside.len() + article.credits.len();
    if !aside {
        if hidden + article.fixes.len() > 0 {
            out.say(&format!(
                "-- {hidden} lines set aside, {} mends; --aside shows them",
                article.fixes.len()
            ))?;
        }
        return Ok(());
    }
    for line in article.credits.iter().chain(&article.set_aside) {
        let what = words().get(role(line.role));
        out.line(&format!("-- {} {}, {what}: {}", said("line"), line.line, one_line(&line.text)))?;
    }
    for fix in &article.fixes {
        out.line(&format!(
            "-- {} {}, {}: {} -> {}",
            said("line"),
            fix.line,
            words().mend(&fix.kind),
            one_line(&fix.wrong),
            one_line(&fix.right)
        ))?;
    }
    Ok(())
}

/// Writes a paragraph; further lines hang under the first.
fn wrapped(out: &mut Out, text: &str, mark: &str, cells: usize) -> anyhow::Result<()> {
    let hang = " ".repeat(mark.len());
    for (n, range) in wrap(text, cells.saturating_sub(mark.len()).max(8)).into_iter().enumerate() {
        out.line(&format!("{}{}", if n == 0 { mark } else { &hang }, &text[range]))?;
    }
    Ok(())
}
