//! Bounds for what a page may be, before a tree is made of it.
//!
//! Owns: how large, how deep and how crowded with attributes a page is read. Refuses: to mend HTML. Tests: at the foot.
//!
//! Trees of millions of tags, or of tags ten thousand deep, take any extractor minutes or its stack; no article is like that.

use crate::article::model::{Problem, ProblemKind};

/// Bytes of a page.
const MOST_BYTES: usize = 3 << 20;

/// Tags of a page.
const MOST_TAGS: usize = 40_000;

/// Tags that stand open at once.
const DEEPEST: usize = 200;

/// Bytes between `<` and `>`: a picture in the page itself (`data:`) has more, and is left out.
const LONGEST_TAG: usize = 8 << 10;

/// Tags that are never closed.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// The page as far as it is within bounds, without its comments; what was cut is a problem.
pub(super) fn within_bounds(text: &str, problems: &mut Vec<Problem>) -> String {
    let mut out = String::with_capacity(text.len().min(MOST_BYTES));
    let mut rest = text;
    let (mut tags, mut depth, mut dropped) = (0, 0_usize, 0);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if tags >= MOST_TAGS || out.len() >= MOST_BYTES {
            problems.push(too_large());
            return out;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[..=end];
        rest = &rest[end + 1..];
        tags += 1;
        let name = name(tag);
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with("<!") || tag.ends_with("/>") || VOID.contains(&name.as_str()) {
        } else if depth >= DEEPEST {
            // Its text stays; that its end is then one too many does no harm.
            dropped += 1;
            continue;
        } else {
            depth += 1;
        }
        if tag.len() > LONGEST_TAG {
            // Only the name: what filled it is a picture or a program.
            if let Some(open) = tag.strip_prefix('<').filter(|t| t.starts_with(char::is_alphabetic)) {
                out.push('<');
                out.push_str(&open[..name.len().min(open.len())]);
                out.push('>');
            }
            continue;
        }
        out.push_str(tag);
        if matches!(name.as_str(), "script" | "style") && !tag.starts_with("</") {
            // What is inside is no HTML: a `<` there opens nothing.
            let close = format!("</{name}");
            let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    if dropped > 0 {
        problems.push(too_large());
    }
    out
}

fn too_large() -> Problem {
    Problem {
        kind: ProblemKind::TooLarge,
        message: format!(
            "the page has more than {MOST_TAGS} tags, {} MiB or {DEEPEST} levels; only what is within was read. Save \
             the article alone (the browser's reader view)",
            MOST_BYTES >> 20
        ),
        line: 0,
    }
}

/// The name of a tag, in lower case.
fn name(tag: &str) -> String {
    let tag = tag.trim_start_matches(['<', '/']);
    tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|w| w.eq_ignore_ascii_case(what.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_within_bounds_stays() {
        let check = |page: &str, expect: &str, cut: bool| {
            let mut problems = Vec::new();
            assert_eq!(within_bounds(page, &mut problems), expect, "{page:.80}");
            assert_eq!(!problems.is_empty(), cut, "{page:.80}");
        };
        check("<p>Cầu <b>Trà</b><br>mở</p>", "<p>Cầu <b>Trà</b><br>mở</p>", false);
        check("a<!-- <p>không --><p>b", "a<p>b", false);
        check("a<!-- không hết", "a", false);
        check("<script>if (a < b) { '<!--' }</script>x", "<script>if (a < b) { '<!--' }</script>x", false);
        check("<SCRIPT>a</Script>x < y", "<SCRIPT>a</Script>x < y", false);
        check(&format!("<img src=\"data:{}\">x", "A".repeat(9_000)), "<img>x", false);
        let deep = "<div>".repeat(500) + "chữ";
        check(&deep, &("<div>".repeat(DEEPEST) + "chữ"), true);
    }

    #[test]
    fn a_page_of_millions_of_tags_is_cut() {
        let mut problems = Vec::new();
        let page = within_bounds(&"<div></div>".repeat(1 << 19), &mut problems);
        assert_eq!((page.len(), problems.len()), (MOST_TAGS / 2 * "<div></div>".len(), 1));
    }
}
