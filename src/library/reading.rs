//! From one input to one article.
//!
//! Owns: what is refused before parsing, the file's time as the last resort for a date, and catching faults of ours.
//! Refuses: to stop for a bad input: it becomes a problem. Tests: at the foot.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::segment::count_words;
use super::snapshot::{Entry, Read};
use super::source::Input;
use super::store::UserStore;
use super::{files, ids};
use crate::article::{self, Article, Basis, Content, Dated, Format, Plain, Precision, Problem, ProblemKind};

/// Vietnam's distance from UTC in minutes: the zone in which a file's time is told.
const ZONE: i16 = 7 * 60;

/// What one input gave: the digest of its bytes and the article, as it is without the file's time.
pub type Outcome = Result<(String, Article), Problem>;

/// Runs a step on one article; a panic, a fault of ours, becomes a problem of that article.
pub fn caught<T>(doing: &str, step: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|_| Problem {
        kind: ProblemKind::Internal,
        message: format!("{doing} failed by a fault in diembao; please report it with this file"),
        line: 0,
    })
}

/// Reads and parses one input.
pub fn read(input: &Input) -> Outcome {
    match caught("reading", || parse(input)) {
        Ok(outcome) => outcome,
        Err(problem) => Err(files::problem(problem.kind, &input.path, &problem.message)),
    }
}

/// Reads an article again from where it came; `None` where its bytes are not there any more. `library` is the data folder of the
/// library, where it lies there.
pub fn again(entry: &Entry, format: Format, library: Option<&Path>) -> Option<Article> {
    let bytes = match (library, entry.record) {
        (Some(folder), _) => UserStore::open_existing(folder).ok()??.bytes(entry.digest(), format).ok()?,
        (None, 0) => files::bytes(&entry.path).ok()?.0,
        (None, record) => files::line(&entry.path, record)?,
    };
    (ids::digest(&bytes) == entry.digest()).then(|| article::parse(&bytes, format))
}

fn parse(input: &Input) -> Outcome {
    let (bytes, over) = input.bytes()?;
    if let Some(problem) = refused(&bytes, input) {
        return Err(problem);
    }
    let mut article = article::parse(&bytes, input.format);
    if let Some(problem) = no_article(&article, input) {
        return Err(problem);
    }
    article.problems.extend(over);
    Ok((ids::digest(&bytes), article))
}

/// Why bytes are no article, where that is seen without parsing.
pub fn refused(bytes: &[u8], input: &Input) -> Option<Problem> {
    let path = input.path.as_path();
    if article::is_binary(bytes) {
        let what = "is not text and was not read. Save the page as text, Markdown or JSON Lines";
        return Some(files::problem(ProblemKind::Binary, path, what));
    }
    let what = if path == Path::new("-") {
        "(standard input) is empty. Give it an article: diembao list - < FILE"
    } else {
        "is empty. Save the page again"
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some(files::problem(ProblemKind::Empty, path, what));
    }
    let what = unread(bytes).filter(|_| input.format == Format::Dump)?;
    Some(files::problem(ProblemKind::Syntax, path, what))
}

/// The article as readers see it, its words counted; `modified` is its file's time.
pub fn finish(article: Article, modified: i64) -> Read {
    let words = words(&article) as u32;
    counted(article, modified, words)
}

/// [`finish`] where the words of title, lead and body were counted before.
pub fn counted(mut article: Article, modified: i64, words: u32) -> Read {
    let own = file_time(modified);
    // What the text lets one infer cannot be later than its file, but for the day that a zone may shift it by.
    let late = |d: &Dated| {
        let file = own.as_ref().and_then(|o| o.at.checked_add(1.day()).ok());
        d.basis == Basis::Inferred && d.line > 0 && file.is_some_and(|file| d.at > file)
    };
    if article.published.as_ref().is_none_or(late) {
        article.published = own;
    }
    let plain = Plain::of(&article);
    Read { article: Arc::new(article), plain: Arc::new(plain), names: None, words }
}

/// Words of title, lead and body.
fn words(article: &Article) -> usize {
    let head = [&article.title, &article.lead];
    let head: usize = head.iter().filter_map(|t| t.as_deref()).map(count_words).sum();
    head + article.blocks.iter().map(|b| count_words(&b.text)).sum::<usize>()
}

/// The last resort for a publication date.
fn file_time(seconds: i64) -> Option<Dated> {
    (seconds != 0).then(|| Dated {
        at: local(seconds),
        precision: Precision::Minute,
        zone: Some(ZONE),
        basis: Basis::FileTime,
        evidence: "the file's time".to_owned(),
        line: 0,
    })
}

/// Civil time of seconds since 1970.
pub fn local(seconds: i64) -> DateTime {
    let offset = Offset::from_seconds(i32::from(ZONE) * 60).unwrap_or(Offset::UTC);
    offset.to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| i64::try_from(t.as_secs()).unwrap_or(0))
}

/// How bytes without a telling name are read; what no parser is for is told again, and refused, when it is read.
pub fn sniff(bytes: &[u8]) -> Format {
    match Content::of(&bytes[..bytes.len().min(Content::ENOUGH)]) {
        Content::Article(format) => format,
        Content::Xml | Content::JsonList => Format::Dump,
    }
}

/// What is wrong with bytes that are text but no article, with the remedy.
fn unread(bytes: &[u8]) -> Option<&'static str> {
    match Content::of(&bytes[..bytes.len().min(Content::ENOUGH)]) {
        Content::Article(_) => None,
        Content::Xml => Some(
            "is an XML document (a feed?), not an article, and was not read. Save the articles themselves, as pages or as text",
        ),
        Content::JsonList => Some(
            "is a JSON list, and was not read. Put one object on a line: jq -c '.[]' FILE.json > FILE.jsonl",
        ),
    }
}

/// [`no_article`] of bytes that were not read yet.
pub fn broken(bytes: &[u8], input: &Input) -> Option<Problem> {
    let told = matches!(input.format, Format::JsonLine | Format::Json | Format::Html);
    told.then(|| no_article(&article::parse(bytes, input.format), input)).flatten()
}

/// Why a record or a page that was read is no article.
fn no_article(article: &Article, input: &Input) -> Option<Problem> {
    if input.format == Format::Html && article.blocks.is_empty() && article.lead.is_none() {
        let what = "is a page without an article (a list of headlines?), and was not read. Save the article's own page";
        return Some(files::problem(ProblemKind::Empty, &input.path, what));
    }
    broken_record(article, input)
}

/// A record that could not be read at all is a problem with its line, not an article without words.
fn broken_record(article: &Article, input: &Input) -> Option<Problem> {
    let json = matches!(input.format, Format::JsonLine | Format::Json);
    let nothing = article.title.is_none() && article.lead.is_none() && article.blocks.is_empty();
    let fault =
        article.problems.iter().find(|p| p.kind == ProblemKind::Syntax).filter(|_| json && nothing)?;
    let place = if input.record > 0 { format!(", line {}", input.record) } else { String::new() };
    let what = format!("{}{place}: {}", super::shown(&input.path.to_string_lossy()), fault.message);
    Some(Problem { kind: fault.kind, message: what, line: input.record })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inferred_day_is_not_later_than_its_file() {
        const APRIL_2026: i64 = 1_775_000_000;
        let check = |text: &str, modified, expect: &str| {
            let read = article::parse(text.as_bytes(), Format::Dump);
            let date = finish(read, modified).article.published.clone().expect("a date");
            assert_eq!(date.at.date().to_string(), expect, "{text}");
        };
        let page = |year: i16| {
            format!(
                "Sắp có cầu mới qua sông Trà\n\nChiều 7/3, chính quyền thành phố Lam Giang cho biết cây cầu sẽ khởi công.\n\n\
                 Năm ngoái ({year}), người dân hai bờ đi phà mỗi lần mất gần một giờ đồng hồ, ai cũng mong có cầu.\n"
            )
        };
        check(&page(2024), APRIL_2026, "2025-03-07");
        check(&page(2025), APRIL_2026, "2026-03-07");
        check(&page(2026), APRIL_2026, "2026-04-01");
        check(&page(2026), 0, "2027-03-07");
    }
}
