//! One door for all formats.
//!
//! Owns: what is believed of bytes (size, kind), and turning what decoding and cleaning found into problems.
//! Refuses: disk; a parser never fails. Tests: at the foot.

use super::address::link_bare;
use super::model::{Article, Fix, Problem, ProblemKind};
use super::scrub::scrub;
use super::{dump, html, json, markdown};
use crate::text::{Decoded, Removed, clean, decode_as};

/// The format of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Format {
    /// A page dumped or copied as text.
    Dump,
    /// Markdown, with or without front matter.
    Markdown,
    /// JSON Lines of articles `{id, title, published, source, summary, body}`: one article a line.
    JsonLine,
    /// One such object that fills a file, over as many lines as it likes.
    Json,
    /// A saved page of the web.
    Html,
}

/// What the beginning of a file without a telling name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// An article in this format.
    Article(Format),
    /// An XML document: a feed, a sitemap.
    Xml,
    /// A JSON list.
    JsonList,
}

impl Content {
    /// Bytes of a file's beginning that are enough to tell.
    pub const ENOUGH: usize = 1 << 16;

    /// Tells by the first bytes.
    pub fn of(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        match head.first() {
            Some(b'{') => {
                let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
                let whole = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
                // A first line that is no object by itself, and others below it: one object over several lines.
                let spread = !whole && line.trim_ascii().len() <= 2;
                Self::Article(if spread { Format::Json } else { Format::JsonLine })
            }
            Some(b'[') if head[1..].trim_ascii_start().starts_with(b"{\"") => Self::JsonList,
            Some(b'<') if is_page(head) => Self::Article(Format::Html),
            Some(b'<') if is_xml(head) => Self::Xml,
            _ => Self::Article(Format::Dump),
        }
    }
}

/// Letters at the beginning of a page within which its first tag stands.
const OPENING: usize = 2 << 10;

/// True for the first bytes of an HTML page; a line of a dump that begins with `<` is none.
fn is_page(head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&head[..head.len().min(OPENING)]).to_ascii_lowercase();
    let first = ["<!doctype html", "<html", "<head", "<body"].iter().any(|o| start.starts_with(o));
    // A comment, or the line that says that it is XML, may stand before the page.
    first || (start.starts_with("<!--") || start.starts_with("<?xml")) && start.contains("<html")
}

/// True for the first bytes of an XML document that is no page.
fn is_xml(head: &[u8]) -> bool {
    let start = &head[..head.len().min(16)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    ["<?xml", "<rss", "<feed", "<!--", "<!doctype"].iter().any(|o| start.starts_with(o))
}

/// The encoding that a page says it has, by its WHATWG label.
fn declared(page: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&page[..page.len().min(OPENING)]).to_ascii_lowercase();
    let said = &start[start.find("charset=")? + "charset=".len()..];
    let label = said.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
    Some(label[..end].to_owned())
}

impl Format {
    /// The format that a file name's extension names; `None` for what is not an article.
    pub fn of(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Dump),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLine),
            _ => None,
        }
    }
}

/// Bytes of an article that are read; what lies beyond is reported. A long novel has less.
pub const MOST_BYTES: usize = 4 << 20;

/// Lines of an article that are read: each is weighed with its neighbours, and a file of millions would keep all others waiting.
pub const MOST_LINES: usize = 20_000;

/// Decodes, cleans and parses one article. Never fails: what is wrong is in [`Article::problems`].
/// Time and memory are linear in the input, of which at most [`MOST_BYTES`] are read.
pub fn parse(bytes: &[u8], format: Format) -> Article {
    let mut problems = Vec::new();
    let cut = cut(bytes, &mut problems);
    if is_binary(cut) {
        problems.push(Problem {
            kind: ProblemKind::Binary,
            message: "the file is not text (most of its bytes are NUL or control bytes); nothing was read"
                .to_owned(),
            line: 0,
        });
        return Article { problems, ..Article::default() };
    }
    let said = (format == Format::Html).then(|| declared(cut)).flatten();
    let mut decoded = decode_as(cut, said.as_deref());
    encoding_problem(&decoded, &mut problems);
    if matches!(format, Format::JsonLine | Format::Json) && decoded.text.contains(SEPARATORS) {
        // Inside a record's string they end no line.
        decoded.text = decoded.text.replace(SEPARATORS, " ");
    }
    let (text, mut removed) = clean(&decoded.text);
    let text = first_lines(&text, &mut problems);
    let mut article = match format {
        Format::Dump => dump::parse(text),
        Format::Markdown => markdown::parse(text),
        Format::JsonLine | Format::Json => json::parse(text),
        Format::Html => html::parse(text),
    };
    if format != Format::Dump {
        removed += scrub(&mut article);
    }
    link_bare(&mut article);
    hostile_problem(removed, &mut problems);
    let mut fixes = Vec::new();
    if removed.blanks > 0 && format == Format::Dump {
        fixes = trailing_blanks(&decoded.text);
    }
    if removed.invisible > 0 {
        fixes.extend(invisible(&decoded.text));
    }
    fixes.append(&mut article.fixes);
    article.fixes = fixes;
    problems.append(&mut article.problems);
    article.problems = problems;
    article
}

/// Line ends of Unicode that JSON knows as letters.
const SEPARATORS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// At most [`MOST_BYTES`], cut before a character, with a problem that says so.
fn cut<'a>(bytes: &'a [u8], problems: &mut Vec<Problem>) -> &'a [u8] {
    if bytes.len() <= MOST_BYTES {
        return bytes;
    }
    problems.push(Problem {
        kind: ProblemKind::TooLarge,
        message: format!(
            "the file has {} MiB; only its first {} MiB were read; split it to read the rest",
            bytes.len() >> 20,
            MOST_BYTES >> 20
        ),
        line: 0,
    });
    let mut end = MOST_BYTES;
    // UTF-8 continuation bytes: at most three stand before a character's start.
    while end > MOST_BYTES - 4 && bytes[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    &bytes[..end]
}

/// At most [`MOST_LINES`], with a problem that says so.
fn first_lines<'a>(text: &'a str, problems: &mut Vec<Problem>) -> &'a str {
    let Some((end, _)) = text.match_indices('\n').nth(MOST_LINES - 1) else { return text };
    let more = text[end + 1..].lines().filter(|l| !l.trim().is_empty()).count();
    if more > 0 {
        problems.push(Problem {
            kind: ProblemKind::TooLarge,
            message: format!(
                "only the first {MOST_LINES} lines were read, {more} more were not; split the file to read the rest"
            ),
            line: MOST_LINES as u32 + 1,
        });
    }
    &text[..end]
}

/// True for bytes that are no text: control bytes at a quarter of all places; or NUL at even and at odd places (in UTF-16 it keeps
/// to one of the two) where it is either frequent or the rest is not UTF-8. A few in good text are taken out like other control
/// characters.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 16)];
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return head.len() > 2 && head[2..].iter().all(|&b| b == 0);
    }
    let mut nuls = [0_usize; 2];
    for at in memchr::memchr_iter(0, head) {
        nuls[at % 2] += 1;
    }
    if nuls[0] > 0 && nuls[1] > 0 {
        // The head may end inside a character.
        let utf8 = std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
        return !utf8 || (nuls[0] + nuls[1]) * 32 > head.len();
    }
    let control = |b: &u8| (1..9).contains(b) || (14..27).contains(b) || (28..32).contains(b);
    head.iter().filter(|b| control(b)).count() * 4 > head.len().max(1)
}

fn encoding_problem(decoded: &Decoded, problems: &mut Vec<Problem>) {
    let Some(first) = decoded.bad.first() else { return };
    let more = if decoded.bad.len() >= 100 { " or more" } else { "" };
    problems.push(Problem {
        kind: ProblemKind::Encoding,
        message: format!(
            "{}{more} places could not be decoded as {} (the first at byte {first}); they are shown as \u{fffd}; \
             save the file as UTF-8 from its source",
            decoded.bad.len(),
            decoded.encoding
        ),
        line: 0,
    });
}

fn hostile_problem(removed: Removed, problems: &mut Vec<Problem>) {
    let kinds = [
        (removed.controls, "control characters"),
        (removed.escapes, "terminal escape sequences"),
        (removed.bidi, "bidirectional marks"),
    ];
    let found: Vec<String> =
        kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !found.is_empty() {
        problems.push(Problem {
            kind: ProblemKind::Hostile,
            message: format!(
                "taken out: {}; the text is safe to read, the file itself is unchanged",
                found.join(", ")
            ),
            line: 0,
        });
    }
}

/// Mends of a kind that are listed; more say nothing new.
const LISTED: usize = 500;

/// Zero-width characters, one mend a line: they are no danger, web pages are full of them.
fn invisible(text: &str) -> impl Iterator<Item = Fix> {
    let lines = (1..).zip(text.split('\n'));
    let found = lines.filter_map(|(n, line)| {
        let count = if line.is_ascii() { 0 } else { clean(line).1.invisible };
        (count > 0).then(|| Fix {
            line: n,
            kind: "invisible-characters".into(),
            wrong: format!("{count} of no width"),
            right: "taken out".to_owned(),
        })
    });
    found.take(LISTED)
}

/// No-break blanks at line ends, one mend a line.
fn trailing_blanks(text: &str) -> Vec<Fix> {
    const ODD: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];
    let mut out = Vec::new();
    for (n, line) in text.split('\n').enumerate() {
        let trimmed = line.trim_end();
        if trimmed.is_empty() || !line[trimmed.len()..].contains(ODD) {
            continue;
        }
        let word = trimmed.split_whitespace().next_back().unwrap_or("");
        let wrong = format!("{word}{}", line[trimmed.len()..].trim_end_matches('\r'));
        out.push(Fix { line: n as u32 + 1, kind: "trailing-blank".into(), wrong, right: word.to_owned() });
        if out.len() >= LISTED {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(bytes: &[u8]) -> Vec<ProblemKind> {
        parse(bytes, Format::Dump).problems.iter().map(|p| p.kind).collect()
    }

    #[test]
    fn binary_is_told_from_utf16() {
        let utf16: Vec<u8> = "Tin trưa 12 giờ".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, expect) in [
            (&b"plain text"[..], false),
            (&[0; 100], true),
            (&utf16, false),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0", true),
            (b"a line of good text with a NUL\0 in it, and one more\0 at an even place, is still text to be read", false),
            (b"\xff\xd8\xff\xe0 a picture\0 has few\0of them, and the rest is no UTF-8 at all, whatever its name says here", true),
            (b"", false),
            (b"\xff\xfe\0\0\0\0", true),
        ] {
            assert_eq!(is_binary(bytes), expect, "{bytes:?}");
        }
    }

    #[test]
    fn hostile_bytes_give_problems_not_panics() {
        assert_eq!(kinds(&[0; 5000]), [ProblemKind::Binary]);
        assert!(kinds(&vec![b'a'; MOST_BYTES + 10]).contains(&ProblemKind::TooLarge));
        assert!(kinds("y\n".repeat(MOST_LINES + 10).as_bytes()).contains(&ProblemKind::TooLarge));
        let text = "Cầu Trà \u{1b}]52;c;aGk=\u{7}thông xe hôm qua, theo chính quyền thành phố Lam Giang.";
        let article = parse(text.as_bytes(), Format::Dump);
        let shown = format!("{:?}{:?}", article.title, article.blocks);
        assert!(!shown.contains("u{1b}"), "{shown}");
        assert_eq!(article.problems[0].kind, ProblemKind::Hostile);
    }

    #[test]
    fn trailing_blanks_are_listed() {
        let article = parse("Một dòng.\u{a0}\nHai dòng.".as_bytes(), Format::Dump);
        assert_eq!(article.fixes[0].kind, "trailing-blank");
    }

    #[test]
    fn characters_of_no_width_are_a_mend_not_a_problem() {
        let article = parse("Cầu T\u{200b}rà mở\u{2060} cửa.\nXe qua.".as_bytes(), Format::Dump);
        assert!(article.problems.is_empty(), "{:?}", article.problems);
        assert_eq!((&*article.fixes[0].kind, article.fixes[0].line), ("invisible-characters", 1));
    }

    #[test]
    fn formats_by_content() {
        for (head, expect) in [
            ("{\"title\": \"a\"}\n{\"title\": \"b\"}\n", Content::Article(Format::JsonLine)),
            ("{\n  \"title\": \"a\"\n}\n", Content::Article(Format::Json)),
            ("\u{feff}[\n {\"title\": \"a\"}]", Content::JsonList),
            ("[ảnh] Cầu Trà", Content::Article(Format::Dump)),
            ("\n<!DOCTYPE html>\n<html>", Content::Article(Format::Html)),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"x\">", Content::Article(Format::Html)),
            ("<!-- saved -->\n<html>", Content::Article(Format::Html)),
            ("<?xml version=\"1.0\"?>", Content::Xml),
            ("<rss version=\"2.0\">", Content::Xml),
            ("<< Trang trước", Content::Article(Format::Dump)),
            ("Cầu Trà", Content::Article(Format::Dump)),
            ("", Content::Article(Format::Dump)),
        ] {
            assert_eq!(Content::of(head.as_bytes()), expect, "{head}");
        }
    }

    #[test]
    fn formats_by_name() {
        assert_eq!(Format::of("a.TXT"), Some(Format::Dump));
        assert_eq!(Format::of("a.md"), Some(Format::Markdown));
        assert_eq!(Format::of("a.png"), None);
    }
}
