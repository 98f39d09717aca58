//! Small libraries for tests, built without files.

use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;

use super::index::{Index, NameIndex};
use super::segment::{Doc, Segment};
use super::snapshot::{ArticleIx, Entry, Head, Read, Snapshot};
use super::texts::Texts;
use crate::article::{Article, Basis, Block, BlockKind, Dated, Format, Lang, Plain, Precision};
use crate::entity::{Entities, Entity, EntityIx, Kind, Rule, Variant};

/// Words with marks that differ, prefixes of one another, and joints.
pub const WORDS: [&str; 18] = [
    "nhà", "Nha", "trắng", "Trang", "tràng", "đà", "da", "nẵng", "Nắng", "mưa", "lũ", "lu", "Kim", "kịm",
    "u21", "tra", "u-21", "kim-21",
];

/// The names that a made-up article may hold: canonical name, kind, spellings.
pub const NAMES: [(&str, Kind, &[&str]); 5] = [
    ("Trần Lũ", Kind::Per, &["Trần Lũ", "Tran Lu", "Lũ"]),
    ("Trần Lũ Hà", Kind::Per, &["Trần Lũ Hà", "Hà"]),
    ("Đà Nẵng", Kind::Loc, &["Đà Nẵng", "Da Nang"]),
    ("Hội Đà Nẵng", Kind::Org, &["Hội Đà Nẵng"]),
    ("Cúp Kim", Kind::Misc, &["Cúp Kim"]),
];

/// What an article of a made-up library is made of.
#[derive(Debug, Clone)]
pub struct Made {
    pub title: Vec<usize>,
    pub body: Vec<usize>,
    pub source: Option<usize>,
    pub day: Option<i8>,
    pub names: Vec<usize>,
    pub read: bool,
}

pub const SOURCES: [&str; 3] = ["Báo Mưa", "Báo Mưa Đêm", "trang-tin.vn"];

/// Random articles.
pub fn made() -> impl Strategy<Value = Made> {
    let words = || prop::collection::vec(0..WORDS.len(), 0..6);
    (
        words(),
        words(),
        prop::option::of(0..SOURCES.len()),
        prop::option::of(1..29_i8),
        prop::collection::vec(0..NAMES.len(), 0..4),
        prop::bool::weighted(0.9),
    )
        .prop_map(|(title, body, source, day, names, read)| Made {
            title,
            body,
            source,
            day,
            names,
            read,
        })
}

fn line(words: &[usize]) -> String {
    words.iter().map(|&w| WORDS[w]).collect::<Vec<_>>().join(" ")
}

fn article(made: &Made) -> Article {
    let block = Block {
        kind: BlockKind::Paragraph,
        text: line(&made.body),
        line: 2,
        inferred: false,
        stress: Vec::new(),
    };
    Article {
        title: Some(line(&made.title)).filter(|t| !t.is_empty()),
        blocks: vec![block],
        source: made.source.map(|s| SOURCES[s].to_owned()),
        lang: if made.body.len().is_multiple_of(2) { Lang::Vi } else { Lang::En },
        published: made.day.map(|day| Dated {
            at: jiff::civil::date(2026, 9, day).at(0, 0, 0, 0),
            precision: Precision::Day,
            zone: None,
            basis: Basis::Stated,
            evidence: String::new(),
            line: 1,
        }),
        ..Article::default()
    }
}

/// A library of made-up articles in two batches.
pub fn library(all: &[Made]) -> Snapshot {
    let texts = Texts::default();
    let entries: Vec<Entry> = (0..)
        .zip(all)
        .map(|(n, made)| {
            let article = article(made);
            let plain = Arc::new(Plain::of(&article));
            let read = Read { article: Arc::new(article), plain, names: None, words: 0 };
            let title = (&*read.article.display_title()).into();
            let head = made.read.then(|| Head::of(&read, title, Format::Dump, &mut Arc::new));
            texts.hold(ArticleIx(n), Arc::new(read));
            Entry {
                id: n.to_string().into(),
                path: PathBuf::from(format!("{n}.txt")).into(),
                modified: i64::from(n),
                head,
                ..Entry::default()
            }
        })
        .collect();
    let entities = entities(all);
    let mut index = Index::default();
    index.names = Arc::new(NameIndex::build(&entities, all.len()));
    let half = entries.len() / 2;
    for range in [0..half, half..entries.len()] {
        let read = |n: usize| {
            let entry = entries.get(n).filter(|e| e.is_read())?;
            Some((n as u32, texts.get(ArticleIx(n as u32), entry)?))
        };
        let part: Vec<(u32, Arc<Read>)> = range.filter_map(read).collect();
        let docs: Vec<Doc<'_>> = part.iter().map(|(n, r)| (*n, vec![r.plain.text.as_str()])).collect();
        index.add(Segment::build(&docs));
    }
    let mut order: Vec<ArticleIx> = (0..entries.len() as u32).map(ArticleIx).collect();
    order.sort_by_key(|ix| -entries[ix.0 as usize].minutes());
    Snapshot {
        entries: Arc::new(entries.into_iter().collect()),
        texts: Arc::new(texts),
        order: Arc::new(order),
        entities: Arc::new(entities),
        index: Arc::new(index),
        today: jiff::civil::date(2026, 9, 22),
        ..Snapshot::default()
    }
}

fn entities(all: &[Made]) -> Entities {
    let of: Vec<Vec<EntityIx>> = all
        .iter()
        .map(|m| m.names.iter().filter(|_| m.read).map(|&n| EntityIx(n as u32)).collect())
        .collect();
    let entity = |&(name, kind, spellings): &(&str, Kind, &[&str])| Entity {
        id: name.to_lowercase(),
        kind,
        name: name.to_owned(),
        variants: spellings
            .iter()
            .map(|s| Variant {
                text: (*s).to_owned(),
                count: 1,
                rule: match (*s == name, s.contains(' ')) {
                    (true, _) => Rule::Canonical,
                    (_, true) => Rule::Table,
                    _ => Rule::Part,
                },
                why: String::new(),
            })
            .collect(),
        articles: 0,
        mentions: 0,
        open: Vec::new(),
    };
    Entities::joined(NAMES.iter().map(entity).collect(), of)
}
