//! `diembao export`: articles as documents.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::args::Form;
use super::articles::{Articles, Need};
use super::out::{Out, one_line};
use super::{Exit, args, document, list};
use crate::article::{BlockKind, depth_of, is_numbered};
use crate::paper::{self, entities, published};

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
                out.line(&paper::article(entry, &read.article, if n == 0 { count } else { 1 }))?;
            }
        }
        Form::Csv => csv(&articles, out)?,
        Form::Html => html(&articles, out)?,
    }
    let found = articles.entries().any(|(_, e)| e.is_read());
    Ok(articles.finish(found))
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
        BlockKind::List => nested(&text),
        BlockKind::Table => {
            format!("<table>{}</table>", lines("<tr><td>", "</td></tr>").replace('\t', "</td><td>"))
        }
        BlockKind::Code => format!("<pre>{text}</pre>"),
        BlockKind::Caption | BlockKind::Image => format!("<figure><figcaption>{text}</figcaption></figure>"),
    }
}

/// Lists within lists, each in the item that it belongs to; one that counts keeps its numbers as such.
fn nested(text: &str) -> String {
    let mut out = String::new();
    // Of each list that is open, whether it counts.
    let mut open: Vec<bool> = Vec::new();
    let close = |open: &mut Vec<bool>, out: &mut String| match open.pop() {
        Some(true) => out.push_str("</li></ol>"),
        Some(false) => out.push_str("</li></ul>"),
        None => {}
    };
    for (depth, item) in text.lines().map(depth_of) {
        let number = item.split_once(". ").filter(|_| is_numbered(item));
        while open.len() > depth + 1 {
            close(&mut open, &mut out);
        }
        if open.len() == depth + 1 && open[depth] == number.is_some() {
            out.push_str("</li>");
        } else {
            if open.len() == depth + 1 {
                close(&mut open, &mut out);
            }
            while open.len() < depth {
                out.push_str("<ul><li>");
                open.push(false);
            }
            out.push_str(if number.is_some() { "<ol>" } else { "<ul>" });
            open.push(number.is_some());
        }
        match number {
            Some((number, words)) => _ = write!(out, "<li value=\"{number}\">{words}"),
            None => _ = write!(out, "<li>{item}"),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
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
            (
                BlockKind::List,
                "a\n  b\n    c\nd",
                "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
            ),
            (
                BlockKind::List,
                "1. a\n2. b\n  c\n7. d\ne",
                "<ol><li value=\"1\">a</li><li value=\"2\">b<ul><li>c</li></ul></li><li value=\"7\">d</li></ol><ul><li>e</li></ul>",
            ),
            (BlockKind::Code, "a <\n  b", "<pre>a &lt;\n  b</pre>"),
            (BlockKind::Table, "a\tb", "<table><tr><td>a</td><td>b</td></tr></table>"),
        ] {
            assert_eq!(element(kind, text), expect);
        }
    }
}
