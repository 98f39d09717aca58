//! Articles as Markdown that is read again as it was written.
//!
//! Owns: its form. Refuses: to write files. Tests: `tests/it/cli.rs` reads what was exported again.

use std::fmt::Write as _;

use super::{escaped, one_line};
use crate::article::{Article, Basis, BlockKind, Dated, depth_of, is_numbered};
use crate::library::{ArticleIx, Entry, Snapshot};

/// Before an item of a list within a list: it is read as that behind a sign as behind a number of two digits.
const INDENT: &str = "    ";

/// Several articles in one document.
pub fn articles(snapshot: &Snapshot, chosen: &[ArticleIx]) -> String {
    let all = chosen.iter().filter_map(|ix| Some((snapshot.entry(*ix)?, snapshot.read(*ix)?)));
    let all: Vec<_> = all.collect();
    let count = |n: usize| if n == 0 { all.len() } else { 1 };
    let texts = all.iter().enumerate().map(|(n, (entry, read))| article(entry, &read.article, count(n)));
    texts.collect::<Vec<_>>().join("\n")
}

/// Front matter that `diembao` reads again, then the text. Above the first of several stands how many there are, so that they are
/// read again as many.
pub fn article(entry: &Entry, article: &Article, count: usize) -> String {
    let mut out = String::from("---\n");
    // A JSON string is a YAML string, whatever stands in it.
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {}", serde_json::Value::from(value));
        }
    };
    field("title", article.title.as_deref());
    field("published", published(article).as_deref());
    field("source", article.source.as_deref());
    field("site", article.site.as_deref());
    field("agency", article.agency.as_deref());
    field("url", article.url.as_deref());
    field("lang", Some(article.lang.code()));
    field("id", Some(&entry.id));
    if !article.authors.is_empty() {
        let _ = writeln!(out, "authors: {}", serde_json::Value::from(article.authors.clone()));
    }
    if count > 1 {
        let _ = writeln!(out, "articles: {count}");
    }
    out.push_str("---\n");
    if let Some(title) = &article.title {
        let _ = write!(out, "\n# {}\n", escaped(&one_line(title)));
    }
    if let Some(lead) = &article.lead {
        let _ = write!(out, "\n**{}**\n", escaped(&one_line(lead)));
    }
    for block in &article.blocks {
        out.push('\n');
        if block.kind == BlockKind::Code {
            let fence = "`".repeat(fence(&block.text));
            let _ = writeln!(out, "{fence}\n{}\n{fence}", block.text);
            continue;
        }
        let items = || block.text.lines().map(depth_of);
        // Whether all items of lists so deep count.
        let counts = |depth| items().filter(|item| item.0 == depth).all(|item| is_numbered(item.1));
        for (n, line) in block.text.lines().enumerate() {
            let columns = line.split('\t').count();
            let (depth, own) = if block.kind == BlockKind::List { depth_of(line) } else { (0, line) };
            let line = escaped(own);
            out.push_str(&INDENT.repeat(depth));
            let _ = match block.kind {
                BlockKind::Paragraph => writeln!(out, "{line}"),
                BlockKind::Heading => writeln!(out, "## {line}"),
                BlockKind::Quote => writeln!(out, "> {line}"),
                BlockKind::List if counts(depth) => writeln!(out, "{line}"),
                // A number in a list that does not count is a word: read again, it would begin a list of its own.
                BlockKind::List if is_numbered(&line) => writeln!(out, "- {}", line.replacen('.', "\\.", 1)),
                BlockKind::List => writeln!(out, "- {line}"),
                BlockKind::Table => writeln!(out, "| {} |", line.replace('\t', " | ")),
                BlockKind::Caption | BlockKind::Image => writeln!(out, "*{line}*"),
                BlockKind::Code => Ok(()),
            };
            // Without the rule under its head a table is a paragraph.
            if block.kind == BlockKind::Table && n == 0 {
                let _ = writeln!(out, "|{}", "---|".repeat(columns));
            }
        }
    }
    out
}

/// Signs of the fence around code: more than stand in it in a row.
fn fence(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1
}

/// The date but the file's own, which is no statement of the article: read again, it would become one.
pub fn published(article: &Article) -> Option<String> {
    article.published.as_ref().filter(|d| d.basis != Basis::FileTime).map(Dated::iso)
}
