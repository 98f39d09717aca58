//! The JSON object of a press review: its keys, in this order, are the promise of `docs/json.md`.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::article::{Basis, Dated};
use crate::library::{ArticleIx, Entry, Read, Reviewed, Snapshot};
use crate::story::review::{Cell, Passage, Place};

#[derive(Debug, Serialize)]
pub struct Object<'a> {
    story: &'a str,
    title: Cow<'a, str>,
    outlets: Vec<Outlet<'a>>,
    reports: Vec<Report<'a>>,
    timeline: Vec<Event<'a>>,
    names: Vec<Named<'a>>,
    numbers: Vec<Number<'a>>,
    dates: Vec<Day<'a>>,
    quotes: Vec<Statement<'a>>,
    shared: Vec<Shared<'a>>,
    only: Vec<Only<'a>>,
    read: Vec<Words<'a>>,
}

#[derive(Debug, Serialize)]
struct Outlet<'a> {
    #[serde(rename = "outlet")]
    name: Option<&'a str>,
    articles: Vec<&'a str>,
    copies: Vec<Copy<'a>>,
}

#[derive(Debug, Serialize)]
struct Copy<'a> {
    article: &'a str,
    outlet: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    article: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    gap_minutes: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Event<'a> {
    date: String,
    inferred: bool,
    told: Vec<Told<'a>>,
}

/// What one outlet has: its place in `outlets`, and where.
#[derive(Debug, Serialize)]
struct Told<'a> {
    outlet: usize,
    places: Vec<Words<'a>>,
}

#[derive(Debug, Serialize)]
struct Words<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    told: Vec<Told<'a>>,
}

#[derive(Debug, Serialize)]
struct Number<'a> {
    value: &'a str,
    unit: &'a str,
    told: Vec<Told<'a>>,
}

#[derive(Debug, Serialize)]
struct Day<'a> {
    date: String,
    inferred: bool,
    told: Vec<Told<'a>>,
}

/// A passage that some outlets have.
#[derive(Debug, Serialize)]
struct Shared<'a> {
    told: Vec<Told<'a>>,
}

#[derive(Debug, Serialize)]
struct Statement<'a> {
    speaker: Option<&'a str>,
    speaker_id: Option<&'a str>,
    fullest: usize,
    wordings: Vec<Wording<'a>>,
}

#[derive(Debug, Serialize)]
struct Wording<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    outlet: Option<&'a str>,
    verb: Option<&'a str>,
    reported: bool,
}

/// A passage that one outlet has, and the reprints that have all of it.
#[derive(Debug, Serialize)]
struct Only<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    copies: Vec<&'a str>,
}

/// Looks up what pieces stand for.
struct Pieces<'a> {
    snapshot: &'a Snapshot,
    articles: &'a [ArticleIx],
    outlets: &'a [Option<String>],
    texts: &'a [Option<Arc<Read>>],
}

impl<'a> Pieces<'a> {
    fn entry(&self, piece: usize) -> Option<&'a Entry> {
        self.snapshot.entry(*self.articles.get(piece)?)
    }

    fn id(&self, piece: usize) -> &'a str {
        self.entry(piece).map_or("", |e| &*e.id)
    }

    fn outlet(&self, piece: usize) -> Option<&'a str> {
        self.outlets.get(piece).and_then(Option::as_deref)
    }

    fn text(&self, piece: usize, range: &std::ops::Range<usize>) -> &'a str {
        let read = self.texts.get(piece).and_then(Option::as_ref);
        read.and_then(|r| r.plain.text.get(range.clone())).unwrap_or("")
    }

    fn words(&self, place: &Place) -> Words<'a> {
        let Place { piece, range } = place;
        Words { article: self.id(*piece), start: range.start, end: range.end, text: self.text(*piece, range) }
    }

    fn told(&self, cells: &[Cell]) -> Vec<Told<'a>> {
        let places = |cell: &Cell| cell.places.iter().map(|p| self.words(p)).collect();
        cells.iter().map(|cell| Told { outlet: cell.column, places: places(cell) }).collect()
    }

    fn only(&self, passage: &Passage) -> Only<'a> {
        let copies = passage.copies.iter().map(|&n| self.id(n)).collect();
        Only { words: self.words(&passage.place), copies }
    }

    fn passages(&self, passages: &[Passage]) -> Vec<Words<'a>> {
        passages.iter().map(|p| self.words(&p.place)).collect()
    }
}

fn inferred(date: &Dated) -> bool {
    date.basis != Basis::Stated
}

/// The object of a review.
pub fn object<'a>(snapshot: &'a Snapshot, reviewed: &'a Reviewed) -> Object<'a> {
    let Reviewed { articles, outlets, texts, .. } = reviewed;
    let pieces = Pieces { snapshot, articles, outlets, texts };
    let review = &reviewed.review;
    let called = reviewed.articles.first().map(|ix| snapshot.story_called(*ix));
    let (story, title) = called.unwrap_or_default();
    let name = |ix| snapshot.entities.get(ix);
    Object {
        story,
        title,
        outlets: review
            .columns
            .iter()
            .map(|column| Outlet {
                name: column.outlet.as_deref(),
                articles: column.pieces.iter().map(|&n| pieces.id(n)).collect(),
                copies: column
                    .copies
                    .iter()
                    .map(|&n| Copy { article: pieces.id(n), outlet: pieces.outlet(n) })
                    .collect(),
            })
            .collect(),
        reports: review
            .reports
            .iter()
            .map(|r| Report {
                article: pieces.id(r.piece),
                outlet: pieces.outlet(r.piece),
                published: r.published.as_ref().map(Dated::iso),
                gap_minutes: r.gap,
            })
            .collect(),
        timeline: review
            .timeline
            .iter()
            .map(|e| Event { date: e.date.iso(), inferred: inferred(&e.date), told: pieces.told(&e.cells) })
            .collect(),
        names: review
            .names
            .iter()
            .filter_map(|row| {
                let entity = name(row.what)?;
                let told = pieces.told(&row.cells);
                Some(Named { id: &entity.id, kind: entity.kind.name(), name: &entity.name, told })
            })
            .collect(),
        numbers: review
            .numbers
            .iter()
            .map(|row| Number { value: &row.what.value, unit: &row.what.unit, told: pieces.told(&row.cells) })
            .collect(),
        dates: review
            .dates
            .iter()
            .map(|r| Day { date: r.what.iso(), inferred: inferred(&r.what), told: pieces.told(&r.cells) })
            .collect(),
        quotes: review
            .statements
            .iter()
            .map(|statement| Statement {
                speaker: statement.speaker.and_then(name).map(|e| e.name.as_str()),
                speaker_id: statement.speaker.and_then(name).map(|e| e.id.as_str()),
                fullest: statement.fullest,
                wordings: statement
                    .wordings
                    .iter()
                    .map(|w| Wording {
                        words: pieces.words(&w.place),
                        outlet: pieces.outlet(w.place.piece),
                        verb: w.verb.as_ref().map(|v| pieces.text(w.place.piece, v)),
                        reported: w.reported,
                    })
                    .collect(),
            })
            .collect(),
        shared: review.shared.iter().map(|r| Shared { told: pieces.told(&r.cells) }).collect(),
        only: review.only.iter().map(|p| pieces.only(p)).collect(),
        read: pieces.passages(&review.seen),
    }
}
