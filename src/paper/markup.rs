//! Pages as Markdown and as one HTML page that needs nothing else.

use super::escape::{entities, escaped};
use super::page::Part;

/// The look of the HTML page, light or dark as the reader's machine is.
const STYLE: &str = include_str!("../../assets/docs/review.css");

/// A page as Markdown.
pub fn markdown(page: &[Part]) -> String {
    page.iter().map(markdown_part).collect::<Vec<_>>().join("\n\n")
}

fn markdown_part(part: &Part) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|c| escaped(c).replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    match part {
        Part::Title(text) => format!("# {}", escaped(text)),
        Part::Heading(text) => format!("## {}", escaped(text)),
        Part::Text(text) => escaped(text),
        Part::Table(head, rows) => {
            let rule = format!("|{}", " --- |".repeat(head.len()));
            let lines = [row(head), rule].into_iter().chain(rows.iter().map(|r| row(r)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Part::Quote(who, text, told) => {
            let told: Vec<String> = told.iter().map(|t| format!("- {}", escaped(t))).collect();
            format!("**{}**\n\n> {}\n\n{}", escaped(who), escaped(text), told.join("\n"))
        }
    }
}

/// A page as HTML.
pub fn html(page: &[Part], lang: &str) -> String {
    let title = page.iter().find_map(|p| if let Part::Title(text) = p { Some(text.as_str()) } else { None });
    let title = entities(title.unwrap_or_default());
    let body: Vec<String> = page.iter().map(html_part).collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n{}\n</body>\n</html>",
        body.join("\n")
    )
}

fn html_part(part: &Part) -> String {
    let all = |tag: &str, texts: &[String]| {
        texts.iter().map(|t| format!("<{tag}>{}</{tag}>", entities(t))).collect::<Vec<_>>().concat()
    };
    match part {
        Part::Title(text) => format!("<h1>{}</h1>", entities(text)),
        Part::Heading(text) => format!("<h2>{}</h2>", entities(text)),
        Part::Text(text) => format!("<p>{}</p>", entities(text)),
        Part::Table(head, rows) => {
            let head = head.iter().any(|h| !h.is_empty()).then(|| all("th", head));
            let rows = head.into_iter().chain(rows.iter().map(|r| all("td", r)));
            let rows: Vec<String> = rows.map(|r| format!("<tr>{r}</tr>")).collect();
            format!("<div><table>\n{}\n</table></div>", rows.join("\n"))
        }
        Part::Quote(who, text, told) => format!(
            "<figure><figcaption>{}</figcaption><blockquote>{}</blockquote><ul>{}</ul></figure>",
            entities(who),
            entities(text),
            all("li", told)
        ),
    }
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
