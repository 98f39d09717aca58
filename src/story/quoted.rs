//! Where quotation marks open and close.
//!
//! Owns: quoted stretches of a part of a text. What opens and what closes is read from a mark's shape and from what
//! stands beside it, so that one forgotten mark does not turn the rest of the text inside out.
//! Refuses: to know who speaks; to take a mark that is never closed for a quote, unless a colon announced it.
//! Tests: at the foot of this file.

use std::ops::Range;

use memchr::memchr3_iter;

/// Letters from which a quoted stretch counts as a quote; shorter ones are names, titles and doubted words.
const LEAST: usize = 25;
/// Bytes of a quote that nothing closes, at most: beyond, the mark was a slip.
const LONGEST_OPEN: usize = 1500;

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    /// Its surroundings do not tell.
    Either,
}

/// Byte ranges of the quotes of one part, without their marks, in order; a quote inside another belongs to that.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let Scan { open, mut found, both } = scan(text);
    if let (Some(mark), Some(end)) = (open.first(), both) {
        found.push(mark.end..end);
    } else if let Some(mark) = open.first()
        // A quote of several paragraphs is closed in the last one; after a colon it is one beyond doubt.
        && text[..mark.start].trim_end().ends_with(':')
        && text.len() - mark.end <= LONGEST_OPEN
        && found.last().is_none_or(|last| last.end <= mark.start)
    {
        found.push(mark.end..text.len());
    }
    outermost(text, found)
}

/// Where a quote begins that a colon announced and the text does not close.
pub(super) fn left_open(text: &str) -> Option<usize> {
    let Scan { open, found, both } = scan(text);
    let mark = open.first().filter(|_| both.is_none())?;
    let last = text[..mark.start].trim_end().ends_with(':') && found.iter().all(|f| f.end <= mark.start);
    last.then_some(mark.end)
}

/// What marks make of a text.
struct Scan {
    /// Marks that nothing closes.
    open: Vec<Range<usize>>,
    found: Vec<Range<usize>>,
    /// Where a quote inside the one that is open ended with punctuation behind it: writers put one mark for both ends.
    both: Option<usize>,
}

fn scan(text: &str) -> Scan {
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut both: Option<usize> = None;
    for (at, c) in marks(text) {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let next = after.chars().next();
        let role = match role(before.chars().next_back(), c, next) {
            Role::Either if open.is_empty() => Role::Opens,
            Role::Either => Role::Closes,
            told => told,
        };
        if role == Role::Closes {
            if let Some(mark) = open.pop() {
                let ends = open.first().is_some_and(|outer| ends_both(text, outer.end, mark.start, next));
                both = if ends { Some(at) } else { both.filter(|_| !open.is_empty()) };
                found.push(mark.end..at);
            }
        } else {
            // A new paragraph of the same speech, or a closing mark that was forgotten.
            if let [mark] = open[..].as_ref()
                && before.trim_end().ends_with(['.', '!', '?', '…'])
                && at - mark.end <= LONGEST_OPEN
            {
                found.push(mark.end..both.take().unwrap_or(at));
                open.clear();
            }
            open.push(at..at + c.len_utf8());
        }
    }
    Scan { open, found, both }
}

/// Whether the end of a quote inside another may be that of both: the outer one is a sentence, the inner one is a word of it,
/// and the clause ends there.
fn ends_both(text: &str, outer: usize, inner: usize, next: Option<char>) -> bool {
    next.is_none_or(|c| matches!(c, ',' | '.'))
        && text[outer..].trim_start().starts_with(char::is_uppercase)
        && !text[..inner].trim_end().ends_with(':')
}

/// Where a text closes a quote that it did not open: the first mark, if that is what it does.
pub(super) fn closing_first(text: &str) -> Option<usize> {
    let (at, mark) = marks(text).next()?;
    let next = text[at + mark.len_utf8()..].chars().next();
    (role(text[..at].chars().next_back(), mark, next) == Role::Closes).then_some(at)
}

/// The marks of a text, by the bytes that they begin with: there are few in a text that every pass over all articles reads.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let begins = memchr3_iter(b'"', 0xC2, 0xE2, text.as_bytes());
    begins.filter_map(|at| Some((at, text[at..].chars().next().filter(|c| is_mark(*c))?)))
}

/// A quotation mark; single ones are apostrophes as well and left alone.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '‟')
}

/// Most words begin with a capital or digit: a name or title, nothing that somebody said.
pub(super) fn is_title(words: &str) -> bool {
    let words = || words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let small = words().filter(|w| w.starts_with(char::is_lowercase)).count();
    2 * small < words().count()
}

fn role(before: Option<char>, mark: char, next: Option<char>) -> Role {
    let apart = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '–' | '—' | '-' | '/');
    let free_before = before.is_none_or(|c| apart(c) || matches!(c, ':' | '“' | '«' | '„'));
    let free_after = next.is_none_or(|c| {
        apart(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '”' | '»')
    });
    match (mark, free_before, free_after) {
        // Some keyboards give one curly mark for both; where it stands tells which is meant.
        ('”' | '»' | '"', true, false) => Role::Opens,
        ('“' | '«' | '„' | '‟' | '"', false, true) | ('”' | '»', ..) => Role::Closes,
        ('"', ..) => Role::Either,
        _ => Role::Opens,
    }
}

/// Drops stretches inside others and what is too short; trims blanks.
fn outermost(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut end = 0;
    found
        .into_iter()
        .filter_map(|range| {
            if range.start < end {
                return None;
            }
            end = range.end;
            let inside = &text[range.clone()];
            let start = range.start + inside.len() - inside.trim_start().len();
            let words = inside.trim();
            (words.chars().count() >= LEAST).then(|| start..start + words.len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = quoted(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn marks_are_read_by_shape_and_surroundings() {
        const A: &str = "Cầu phải xong trước mùa mưa năm nay";
        const B: &str = "Bà con cứ yên tâm mà về nhà với con";
        for (text, expect) in [
            ("Ông nói: “@”. Bà đáp: \"#\".", &[A, B][..]),
            ("Ông nói:\"@\". Bà đáp : «#».", &[A, B]),
            // One shape for both ends; a mark that was never opened; one that was never closed.
            ("Ông nói: ”@”, rồi “#“.", &[A, B]),
            ("Mưa to” suốt đêm. Ông nói: “@”.", &[A]),
            ("Gọi là “lũ quét. Ông nói khi trời còn mưa: “@”. Bà nói: “#”.", &[A, B]),
            // The next paragraph of a speech in a body without line breaks.
            (
                "Ông nói: “@. “#.”",
                &["Cầu phải xong trước mùa mưa năm nay.", "Bà con cứ yên tâm mà về nhà với con."],
            ),
            ("Ông nói: “@. Thợ làm cả đêm.", &["Cầu phải xong trước mùa mưa năm nay. Thợ làm cả đêm."]),
            // One mark for both ends: what the article says behind it is nobody's words.
            (
                "“@ như “cây cầu chờ”, ông nói. Thợ làm cả đêm.",
                &["Cầu phải xong trước mùa mưa năm nay như “cây cầu chờ"],
            ),
            (
                "“@ như “cây cầu chờ”, ông nói. Mưa to. “#”, bà nói.",
                &["Cầu phải xong trước mùa mưa năm nay như “cây cầu chờ", B],
            ),
            (
                "“@ như \"cây cầu chờ\" ở bản. “#.”",
                &[
                    "Cầu phải xong trước mùa mưa năm nay như \"cây cầu chờ\" ở bản.",
                    "Bà con cứ yên tâm mà về nhà với con.",
                ],
            ),
        ] {
            check(&text.replace('@', A).replace('#', B), expect);
        }
        check(
            "“Chúng tôi đặt tên cầu là “Cầu Mây” từ khi còn bé”, ông nói.",
            &["Chúng tôi đặt tên cầu là “Cầu Mây” từ khi còn bé"],
        );
        check(
            "\"Cầu \"Mây Trắng\" không phải là \"cầu treo\". Ai cũng biết\".",
            &["Cầu \"Mây Trắng\" không phải là \"cầu treo\". Ai cũng biết"],
        );
    }

    #[test]
    fn a_text_may_close_what_another_opened() {
        for (text, expect) in
            [("và về nhà”. Ông nói: “Đi”.", Some("và về nhà".len())), ("Ông nói: “Đi”.", None), ("", None)]
        {
            assert_eq!(closing_first(text), expect, "{text}");
        }
    }

    #[test]
    fn short_and_open_stretches_are_no_quotes() {
        for text in ["Vở “Đèo mây” hay", "Một dấu “ lẻ loi không bao giờ đóng lại trong đoạn này", "", "”“"]
        {
            check(text, &[]);
        }
    }
}
