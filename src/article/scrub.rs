//! The last door: formats with escapes of their own (`\e` in YAML, `\u001b` in JSON, `&#27;` in Markdown) make characters that the text of
//! the file did not have.
//!
//! Owns: cleaning every text of an article once more, counted. Refuses: to judge what it took out (see `parse`). Tests: at the foot.

use super::model::Article;
use crate::text::{Removed, clean};

/// Cleans all texts of an article; gives what was taken out.
pub(super) fn scrub(article: &mut Article) -> Removed {
    let mut all = Removed::default();
    let Article {
        title,
        lead,
        source,
        site,
        agency,
        url,
        authors,
        blocks,
        credits,
        set_aside,
        fixes,
        problems,
        published,
        ..
    } = article;
    for line in [title, source, site, agency, url].into_iter().flatten().chain(authors) {
        text(line, &mut all);
        // A line of its own stays one.
        if line.contains(['\n', '\t']) {
            *line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    let asides = credits.iter_mut().chain(set_aside).map(|s| &mut s.text);
    let blocks = blocks.iter_mut().map(|b| &mut b.text);
    let fixes = fixes.iter_mut().flat_map(|f| [&mut f.wrong, &mut f.right]);
    let problems = problems.iter_mut().map(|p| &mut p.message);
    let evidence = published.iter_mut().map(|d| &mut d.evidence);
    for long in lead.iter_mut().chain(asides).chain(blocks).chain(fixes).chain(problems).chain(evidence) {
        text(long, &mut all);
    }
    all
}

fn text(text: &mut String, all: &mut Removed) {
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control() && b != b'\n') {
        return;
    }
    let (cleaned, removed) = clean(text);
    *all += removed;
    *text = cleaned;
}

#[cfg(test)]
mod tests {
    use super::super::model::ProblemKind;
    use super::super::parse::{Format, parse};

    #[test]
    fn no_escape_of_a_format_gets_through() {
        for (input, format) in [
            (
                "---\ntitle: \"bad \\e]52;c;AA\\a \\u202E title\"\nsource: \"x\\e[2J\"\nauthor: \"Lê\\e[1mNa\"\nurl: \"h\\ettp\"\ntags: \"a\\eb\"\n---\n\nTrời mưa.\n",
                Format::Markdown,
            ),
            (
                "# Đầu đề &#27;]52;c;QQ==&#7; &#x202e;x\n\nĐoạn &#27;[2J &#x1b;]0;pwn&#x07; &#x9b;31m.\n\n- mục &#27;[1m\n\n> trích &#27;c\n",
                Format::Markdown,
            ),
            (
                r#"{"title":"a\u001b[2Jb","authors":["r\u001b[2J"],"source":"s\u202e","url":"u\u0007","body":"x\u001b]0;y\u0007z"}"#,
                Format::JsonLine,
            ),
        ] {
            let article = parse(input.as_bytes(), format);
            let shown = format!("{article:?}");
            for c in ["\\u{1b}", "\\u{7}", "\\u{9b}", "\\u{202e}"] {
                assert!(!shown.contains(c), "{c} in {shown}");
            }
            assert!(article.problems.iter().any(|p| p.kind == ProblemKind::Hostile), "{input}");
        }
    }
}
