//! Pages as Markdown and as one HTML page that needs nothing else.

use super::escape::{entities, escaped};
use super::page::{DayLine, Part, Sentence, Words};

/// The look of the HTML page, light or dark as the reader's machine is.
const STYLE: &str = include_str!("../../assets/docs/review.css");

/// A page as Markdown.
pub fn markdown(page: &[Part]) -> String {
    page.iter().map(markdown_part).collect::<Vec<_>>().join("\n\n")
}

fn markdown_part(part: &Part) -> String {
    let row = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|c| c.replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    match part {
        Part::Title(text) => format!("# {}", escaped(text)),
        Part::Heading(text) => format!("## {}", escaped(text)),
        Part::Text(text) => escaped(text),
        Part::Table(head, rows) => {
            let rule = format!("|{}", " --- |".repeat(head.len()));
            let lines = [row(head.iter().map(|h| escaped(h)).collect()), rule].into_iter();
            let lines = lines.chain(rows.iter().map(|r| row(r.iter().map(markdown_words).collect())));
            lines.collect::<Vec<_>>().join("\n")
        }
        Part::Days(days) => days.iter().map(markdown_day).collect::<Vec<_>>().join("\n"),
        Part::Quote(who, text, told) => {
            let told: Vec<String> = told.iter().map(|t| format!("- {}", markdown_words(t))).collect();
            format!("**{}**\n\n> {}\n\n{}", escaped(who), escaped(text), told.join("\n"))
        }
    }
}

fn markdown_day(day: &DayLine) -> String {
    let sentence = |told: &Sentence| {
        let year = if told.year.is_empty() { String::new() } else { format!("{}: ", escaped(&told.year)) };
        format!("{year}{} — *{}*", markdown_words(&told.words), escaped(&told.by))
    };
    let rest = day.rest.iter().map(|told| format!("\n  - {}", sentence(told)));
    format!("- **{}** {}{}", escaped(&day.when), sentence(&day.told), rest.collect::<Vec<_>>().concat())
}

fn markdown_words(words: &Words) -> String {
    let text = escaped(&words.text);
    // Between angle brackets an address needs no other escape than theirs.
    let address = |link: &String| link.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
    words.link.as_ref().map_or_else(|| text.clone(), |link| format!("[{text}](<{}>)", address(link)))
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
    let all = |tag: &str, texts: &[Words]| {
        texts.iter().map(|t| format!("<{tag}>{}</{tag}>", html_words(t))).collect::<Vec<_>>().concat()
    };
    match part {
        Part::Title(text) => format!("<h1>{}</h1>", entities(text)),
        Part::Heading(text) => format!("<h2>{}</h2>", entities(text)),
        Part::Text(text) => format!("<p>{}</p>", entities(text)),
        Part::Table(head, rows) => {
            let head: Vec<Words> = head.iter().cloned().map(Words::from).collect();
            let rows = std::iter::once(all("th", &head)).chain(rows.iter().map(|r| all("td", r)));
            let rows: Vec<String> = rows.map(|r| format!("<tr>{r}</tr>")).collect();
            format!("<div><table>\n{}\n</table></div>", rows.join("\n"))
        }
        Part::Days(days) => days.iter().map(html_day).collect::<Vec<_>>().join("\n"),
        Part::Quote(who, text, told) => format!(
            "<figure><figcaption>{}</figcaption><blockquote>{}</blockquote><ul>{}</ul></figure>",
            entities(who),
            entities(text),
            all("li", told)
        ),
    }
}

/// A day opens where there is more of it than its line.
fn html_day(day: &DayLine) -> String {
    let sentence = |told: &Sentence| {
        let year = if told.year.is_empty() { String::new() } else { format!("{}: ", entities(&told.year)) };
        format!("{year}{} <small>{}</small>", html_words(&told.words), entities(&told.by))
    };
    let line = format!("<strong>{}</strong> {}", entities(&day.when), sentence(&day.told));
    if day.rest.is_empty() {
        return format!("<p>{line}</p>");
    }
    let rest = day.rest.iter().map(|told| format!("<li>{}</li>", sentence(told)));
    let rest = rest.collect::<Vec<_>>().concat();
    format!(
        "<details><summary>{line} <strong>+{}</strong></summary><ul>{rest}</ul></details>",
        day.rest.len()
    )
}

fn html_words(words: &Words) -> String {
    let text = entities(&words.text);
    let linked = |link: &String| format!("<a href=\"{}\" rel=\"noreferrer\">{text}</a>", entities(link));
    words.link.as_ref().map_or_else(|| text.clone(), linked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let linked = |text: &str, to: &str| Words { text: text.to_owned(), link: Some(to.to_owned()) };
        let sentence = |text: &str| Sentence {
            year: String::new(),
            words: text.to_owned().into(),
            by: "A|B".to_owned(),
        };
        let page = [
            Part::Title("<script>x</script>".to_owned()),
            Part::Table(vec!["a|b".to_owned()], vec![vec![linked("<i>", "https://a.vn/\"><x|")]]),
            Part::Quote("A & B".to_owned(), "*nói*".to_owned(), vec!["<b>".to_owned().into()]),
            Part::Days(vec![DayLine {
                when: "<b>3/6".to_owned(),
                told: sentence("<i>đồi sạt"),
                rest: vec![sentence("*mưa*")],
            }]),
        ];
        let html = html(&page, "vi");
        assert!(!html.contains("<script>") && !html.contains("<i>") && !html.contains("<b>"), "{html}");
        assert!(
            html.contains(
                "<strong>&lt;b&gt;3/6</strong> &lt;i&gt;đồi sạt <small>A|B</small> <strong>+1</strong>"
            ),
            "{html}"
        );
        assert!(html.contains("A &amp; B"));
        assert!(
            html.contains("<a href=\"https://a.vn/&quot;&gt;&lt;x|\" rel=\"noreferrer\">&lt;i&gt;</a>"),
            "{html}"
        );
        let markdown = markdown(&page);
        assert!(markdown.contains("a\\|b") && markdown.contains("\\*nói\\*"), "{markdown}");
        assert!(markdown.contains("| --- |"), "{markdown}");
        assert!(markdown.contains("\n  - \\*mưa\\* — *A|B*"), "{markdown}");
        assert!(markdown.contains("[\\<i>](<https://a.vn/\"%3E%3Cx\\|>)"), "{markdown}");
    }
}
