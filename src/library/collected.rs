//! Several articles in one Markdown file, as `diembao export --format md` writes them.
//!
//! Owns: seeing from its head that a file holds several, and where each begins. Refuses: to guess: only a file whose first
//! front matter counts its articles is taken apart; a rule (`---`) in anybody's text parts nothing.
//! Tests: at the foot, and `tests/it/folder.rs`.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The front matter stands within so many bytes.
const HEAD: u64 = 4096;
/// Bytes of such a file at most.
const MOST: u64 = 256 << 20;
/// Line that front matter begins and ends with.
const FENCE: &str = "---";
/// The field that counts the articles.
const COUNT: &str = "articles:";

/// A part of a file: the number of its first line, and its bytes.
pub type Collected = (u32, Vec<u8>);

/// The articles of a file, each with the number of its first line; `None` for a file of one.
///
/// # Errors
/// When the file cannot be read.
pub fn articles(path: &Path) -> io::Result<Option<Vec<Collected>>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    if !counts(&bytes) {
        return Ok(None);
    }
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(Some(parts(&bytes)))
}

/// Whether the front matter at the start of a file counts more than one article.
fn counts(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some(FENCE) {
        return false;
    }
    let count = lines.take_while(|l| l.trim_end() != FENCE).find_map(|l| l.strip_prefix(COUNT));
    count.and_then(|n| n.trim().parse::<u32>().ok()).is_some_and(|n| n > 1)
}

/// Parts a file before each fence behind a blank line: the fence that ends front matter stands behind a field, and text never
/// begins with one, since it is escaped.
fn parts(bytes: &[u8]) -> Vec<Collected> {
    let mut out: Vec<Collected> = Vec::new();
    let mut blank = true;
    for (n, line) in (1..).zip(bytes.split_inclusive(|b| *b == b'\n')) {
        let words = line.trim_ascii();
        if out.is_empty() || (blank && words == FENCE.as_bytes()) {
            out.push((n, Vec::new()));
        }
        if let Some((_, part)) = out.last_mut() {
            part.extend_from_slice(line);
        }
        blank = words.is_empty();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_counted_file_is_taken_apart() {
        for (text, expect) in [
            ("---\ntitle: \"a\"\narticles: 2\n---\n\nx\n\n---\ntitle: \"b\"\n---\n\ny\n", true),
            ("---\ntitle: \"a\"\n---\n\nx\n\n---\n\ny\n", false),
            ("---\ntitle: \"a\"\narticles: 1\n---\n", false),
            ("articles: 2\n", false),
            ("", false),
        ] {
            assert_eq!(counts(text.as_bytes()), expect, "{text}");
        }
    }

    #[test]
    fn each_article_begins_at_its_front_matter() {
        let text = "---\ntitle: \"a\"\narticles: 2\n---\n\nx\n\\---\n\n---\ntitle: \"b\"\n---\n\ny\n";
        let found: Vec<(u32, String)> = parts(text.as_bytes())
            .into_iter()
            .map(|(n, p)| (n, String::from_utf8_lossy(&p).into()))
            .collect();
        assert_eq!(found.iter().map(|p| p.0).collect::<Vec<_>>(), [1, 9]);
        assert!(found[1].1.starts_with("---\ntitle: \"b\"") && found[1].1.ends_with("y\n"), "{found:?}");
    }
}
