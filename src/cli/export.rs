//! `diembao export`: articles as documents.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::args::Form;
use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, args, document, list};
use crate::article::{Article, Basis, BlockKind, Dated, is_numbered};
use crate::library::Entry;
use crate::paper::{entities, escaped};

/// Runs the command.
pub fn run(args: &args::Export, out: &mut Out) -> anyhow::Result<Exit> {
    let articles = Articles::load(&args.from, Need::Articles)?;
    match args.format {
        Form::Json => {
            for &ix in &articles.chosen {
                let read = articles.snapshot.read(ix);
                let full = read.as_deref().and_then(|read| document::full(&articles.snapshot, ix, read));
                if let Some(full) = full {
                    out.json(&full)?;
                }
            }
        }
        Form::Md => {
            let count = articles.entries().filter(|(_, e)| e.is_read()).count();
            for (n, (entry, read)) in articles.texts().enumerate() {
                // The first says how many follow, so that they are read again as many.
                out.line(&markdown(entry, &read.article, if n == 0 { count } else { 1 }))?;
            }
        }
        Form::Csv => csv(&articles, out)?,
        Form::Html => html(&articles, out)?,
    }
    let found = articles.entries().any(|(_, e)| e.is_read());
    Ok(articles.finish(found))
}

/// Front matter that `diembao` reads again, then the text.
fn markdown(entry: &Entry, article: &Article, count: usize) -> String {
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
        let counts = block.text.lines().all(is_numbered);
        for (n, line) in block.text.lines().enumerate() {
            let columns = line.split('\t').count();
            let line = escaped(line);
            let _ = match block.kind {
                BlockKind::Paragraph => writeln!(out, "{line}"),
                BlockKind::Heading => writeln!(out, "## {line}"),
                BlockKind::Quote => writeln!(out, "> {line}"),
                BlockKind::List if counts => writeln!(out, "{line}"),
                // A number in a list that does not count is a word: read again, it would begin a list of its own.
                BlockKind::List if is_numbered(&line) => writeln!(out, "- {}", line.replacen('.', "\\.", 1)),
                BlockKind::List => writeln!(out, "- {line}"),
                BlockKind::Table => writeln!(out, "| {} |", line.replace('\t', " | ")),
                BlockKind::Caption | BlockKind::Image => writeln!(out, "*{line}*"),
            };
            // Without the rule under its head a table is a paragraph.
            if block.kind == BlockKind::Table && n == 0 {
                let _ = writeln!(out, "|{}", "---|".repeat(columns));
            }
        }
    }
    out
}

/// The date but the file's own, which is no statement of the article: read again, it would become one.
fn published(article: &Article) -> Option<String> {
    article.published.as_ref().filter(|d| d.basis != Basis::FileTime).map(Dated::iso)
}

/// A cell as text. Spreadsheets take what begins with one of these signs for a formula, which could read other cells or call
/// programs; an article comes from anybody. The apostrophe in front is their own sign for text.
fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The columns of `list --json`, and the text.
fn csv(articles: &Articles, out: &mut Out) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "id",
        "path",
        "url",
        "title",
        "published",
        "source",
        "agency",
        "authors",
        "lang",
        "words",
        "lead",
        "body",
    ])?;
    for (entry, read) in articles.texts() {
        let a = &read.article;
        let body: Vec<&str> =
            a.blocks.iter().filter(|b| b.kind != BlockKind::Image).map(|b| b.text.as_str()).collect();
        let row: [&str; 12] = [
            &entry.id,
            &entry.shown_path(),
            a.url.as_deref().unwrap_or(""),
            a.title.as_deref().unwrap_or(""),
            &published(a).unwrap_or_default(),
            a.source.as_deref().unwrap_or(""),
            a.agency.as_deref().unwrap_or(""),
            &a.authors.join("; "),
            a.lang.code(),
            &read.words.to_string(),
            a.lead.as_deref().unwrap_or(""),
            &body.join("\n\n"),
        ];
        table.write_record(row.map(cell).iter().map(AsRef::as_ref))?;
    }
    out.raw(&table.into_inner()?)?;
    Ok(())
}

fn html(articles: &Articles, out: &mut Out) -> anyhow::Result<()> {
    out.line(
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>diembao</title>\n</head>\n<body>",
    )?;
    for (entry, read) in articles.texts() {
        let article = &read.article;
        out.line(&format!("<article id=\"{}\" lang=\"{}\">", entry.id, article.lang.code()))?;
        out.line(&format!("<h1>{}</h1>", entities(&one_line(&entry.title()))))?;
        let facts = format!("{} {}", list::day(entry), entry.outlet().unwrap_or(""));
        out.line(&format!("<p><small>{}</small></p>", entities(facts.trim())))?;
        if let Some(lead) = &article.lead {
            out.line(&format!("<p><strong>{}</strong></p>", entities(lead)))?;
        }
        for block in &article.blocks {
            out.line(&element(block.kind, &block.text))?;
        }
        out.line("</article>")?;
    }
    Ok(out.line("</body>\n</html>")?)
}

fn element(kind: BlockKind, text: &str) -> String {
    let text = entities(text);
    let lines =
        |open: &str, close: &str| text.lines().fold(String::new(), |out, line| out + open + line + close);
    match kind {
        BlockKind::Paragraph => format!("<p>{text}</p>"),
        BlockKind::Heading => format!("<h2>{text}</h2>"),
        BlockKind::Quote => format!("<blockquote>{}</blockquote>", lines("<p>", "</p>")),
        BlockKind::List => format!("<ul>{}</ul>", lines("<li>", "</li>")),
        BlockKind::Table => {
            format!("<table>{}</table>", lines("<tr><td>", "</td></tr>").replace('\t', "</td><td>"))
        }
        BlockKind::Caption | BlockKind::Image => format!("<figure><figcaption>{text}</figcaption></figure>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        for (text, expect) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+84", "'+84"),
            ("- Ông nói", "'- Ông nói"),
            ("@cmd", "'@cmd"),
            ("Khe Ngần = 31 hộ", "Khe Ngần = 31 hộ"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expect);
        }
    }

    #[test]
    fn text_cannot_become_markup() {
        for (kind, text, expect) in [
            (BlockKind::Paragraph, "<b>&", "<p>&lt;b&gt;&amp;</p>"),
            (BlockKind::List, "a\nb", "<ul><li>a</li><li>b</li></ul>"),
            (BlockKind::Table, "a\tb", "<table><tr><td>a</td><td>b</td></tr></table>"),
        ] {
            assert_eq!(element(kind, text), expect);
        }
    }
}
