//! Pages as Markdown and as one HTML page that needs nothing else.

use std::fmt::Write as _;

use super::super::markup::{entities, escaped};
use super::page::Part;

/// The look of the HTML page, light or dark as the reader's machine is.
const STYLE: &str = include_str!("../../../assets/docs/review.css");

/// A page as Markdown.
pub fn markdown(page: &[Part]) -> String {
    let mut out = String::new();
    for part in page {
        // What is written into a string cannot fail.
        let _ = match part {
            Part::Title(text) => writeln!(out, "# {}\n", escaped(text)),
            Part::Heading(text) => writeln!(out, "## {}\n", escaped(text)),
            Part::Text(text) => writeln!(out, "{}\n", escaped(text)),
            Part::Table(head, rows) => {
                let line = |cells: &[String]| {
                    let cells: Vec<String> = cells.iter().map(|c| escaped(c).replace('|', "\\|")).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                out += &line(head);
                out += &line(&vec!["---".to_owned(); head.len()]).replace("\\---", "---");
                rows.iter().for_each(|row| out += &line(row));
                writeln!(out)
            }
            Part::Quote(who, text, told) => {
                let _ = writeln!(out, "**{}**\n\n> {}\n", escaped(who), escaped(text));
                told.iter().for_each(|t| out += &format!("- {}\n", escaped(t)));
                writeln!(out)
            }
        };
    }
    out.trim_end().to_owned()
}

/// A page as HTML.
pub fn html(page: &[Part], lang: &str) -> String {
    let title = page.iter().find_map(|p| if let Part::Title(text) = p { Some(text.as_str()) } else { None });
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        entities(title.unwrap_or_default())
    );
    for part in page {
        let _ = match part {
            Part::Title(text) => writeln!(out, "<h1>{}</h1>", entities(text)),
            Part::Heading(text) => writeln!(out, "<h2>{}</h2>", entities(text)),
            Part::Text(text) => writeln!(out, "<p>{}</p>", entities(text)),
            Part::Table(head, rows) => {
                let line = |cells: &[String], tag: &str| {
                    let cells = cells.iter().map(|c| format!("<{tag}>{}</{tag}>", entities(c)));
                    format!("<tr>{}</tr>\n", cells.collect::<String>())
                };
                out += "<div><table>\n";
                if head.iter().any(|h| !h.is_empty()) {
                    out += &line(head, "th");
                }
                rows.iter().for_each(|row| out += &line(row, "td"));
                writeln!(out, "</table></div>")
            }
            Part::Quote(who, text, told) => {
                let told = told.iter().map(|t| format!("<li>{}</li>", entities(t))).collect::<String>();
                let (who, text) = (entities(who), entities(text));
                writeln!(
                    out,
                    "<figure><figcaption>{who}</figcaption><blockquote>{text}</blockquote><ul>{told}</ul></figure>"
                )
            }
        };
    }
    out + "</body>\n</html>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let page = [
            Part::Title("<script>x</script>".to_owned()),
            Part::Table(vec!["a|b".to_owned()], vec![vec!["<i>".to_owned()]]),
            Part::Quote("A & B".to_owned(), "*nói*".to_owned(), vec!["<b>".to_owned()]),
        ];
        let html = html(&page, "vi");
        assert!(!html.contains("<script>") && !html.contains("<i>") && !html.contains("<b>"), "{html}");
        assert!(html.contains("A &amp; B"));
        let markdown = markdown(&page);
        assert!(markdown.contains("a\\|b") && markdown.contains("\\*nói\\*"), "{markdown}");
        assert!(markdown.contains("| --- |"), "{markdown}");
    }
}
