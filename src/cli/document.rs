//! The JSON objects of an article: their keys, in this order, are the promise of `docs/json.md`.

use serde::Serialize;

use crate::article::{Article, Basis, BlockKind, Precision};
use crate::library::{ArticleIx, Is, Read, Snapshot};

/// What `list` prints.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    id: &'a str,
    path: String,
    url: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<String>,
    published_precision: Option<&'static str>,
    source: Option<&'a str>,
    site: Option<&'a str>,
    agency: Option<&'a str>,
    authors: &'a [String],
    lang: &'static str,
    words: u32,
    published_inferred: bool,
    read: bool,
    starred: bool,
    tags: &'a [String],
    note: Option<&'a str>,
}

/// What `show` prints.
#[derive(Debug, Serialize)]
pub struct Full<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    lead: Option<&'a str>,
    blocks: Vec<Text<'a>>,
    captions: Vec<&'a str>,
    pictures: Vec<Place<'a>>,
    links: Vec<Lead<'a>>,
    set_aside: Vec<Aside<'a>>,
    fixes: Vec<Mend<'a>>,
    problems: Vec<Fault<'a>>,
}

#[derive(Debug, Serialize)]
struct Text<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    block: u32,
    address: &'a str,
}

#[derive(Debug, Serialize)]
struct Lead<'a> {
    /// `None` for the lead.
    block: Option<usize>,
    text: &'a str,
    address: &'a str,
}

#[derive(Debug, Serialize)]
struct Aside<'a> {
    kind: &'static str,
    text: &'a str,
    line: u32,
}

#[derive(Debug, Serialize)]
struct Mend<'a> {
    line: u32,
    kind: &'a str,
    wrong: &'a str,
    right: &'a str,
}

#[derive(Debug, Serialize)]
struct Fault<'a> {
    kind: &'static str,
    message: &'a str,
    line: u32,
}

/// The head of an article; `None` where there is none.
pub fn head<'a>(snapshot: &'a Snapshot, ix: ArticleIx, read: &'a Read) -> Option<Head<'a>> {
    let (entry, marks) = (snapshot.entry(ix)?, &snapshot.marks);
    let article: &Article = &read.article;
    let published = article.published.as_ref();
    Some(Head {
        id: &entry.id,
        path: entry.path.to_string_lossy().into_owned(),
        url: article.url.as_deref(),
        title: article.title.as_deref(),
        published: published.map(crate::article::Dated::iso),
        published_precision: published.map(|d| precision(d.precision)),
        source: article.source.as_deref(),
        site: article.site.as_deref(),
        agency: article.agency.as_deref(),
        authors: &article.authors,
        lang: article.lang.code(),
        words: read.words,
        published_inferred: published.is_some_and(|d| d.basis != Basis::Stated),
        read: marks.is(ix, Is::Read),
        starred: marks.is(ix, Is::Starred),
        tags: marks.tags(ix),
        note: Some(marks.note(ix)).filter(|n| !n.is_empty()),
    })
}

/// All of an article; `None` where there is none.
pub fn full<'a>(snapshot: &'a Snapshot, ix: ArticleIx, read: &'a Read) -> Option<Full<'a>> {
    let article: &Article = &read.article;
    let mut set_aside: Vec<Aside<'_>> = article
        .credits
        .iter()
        .chain(&article.set_aside)
        .map(|s| Aside { kind: s.role.name(), text: &s.text, line: s.line })
        .collect();
    set_aside.sort_by_key(|s| s.line);
    let captions = article.blocks.iter().filter(|b| b.kind == BlockKind::Caption);
    Some(Full {
        head: head(snapshot, ix, read)?,
        lead: article.lead.as_deref(),
        blocks: article.blocks.iter().map(|b| Text { kind: b.kind.name(), text: &b.text }).collect(),
        captions: captions.map(|b| b.text.as_str()).collect(),
        pictures: article.pictures.iter().map(|p| Place { block: p.block, address: &p.address }).collect(),
        links: article.links().map(|(block, text, address)| Lead { block, text, address }).collect(),
        set_aside,
        fixes: article
            .fixes
            .iter()
            .map(|f| Mend { line: f.line, kind: &f.kind, wrong: &f.wrong, right: &f.right })
            .collect(),
        problems: article
            .problems
            .iter()
            .map(|p| Fault { kind: fault(p.kind), message: &p.message, line: p.line })
            .collect(),
    })
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
    }
}

fn fault(kind: crate::article::ProblemKind) -> &'static str {
    use crate::article::ProblemKind;
    match kind {
        ProblemKind::Encoding => "encoding",
        ProblemKind::Hostile => "hostile",
        ProblemKind::Unreadable => "unreadable",
        ProblemKind::Binary => "binary",
        ProblemKind::TooLarge => "too-large",
        ProblemKind::Syntax => "syntax",
        ProblemKind::Empty => "empty",
        ProblemKind::Internal => "internal",
    }
}
