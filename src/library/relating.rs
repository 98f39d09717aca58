//! Relating the articles of a snapshot, and why two of them are related.
//!
//! Owns: what [`crate::story`] asks of a collection, answered from a snapshot; features, which are made once for all passes.
//! Refuses: to hold features in memory where there are many ([`Spool`] does not). Tests: `tests/it/linking.rs`, `tests/it/folder.rs`.

use std::path::Path;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::reading::caught;
use super::snapshot::{ArticleIx, Entry, Read, Snapshot};
use super::spool::Spool;
use crate::article::Precision;
use crate::entity::EntityIx;
use crate::story::{Collection, Features, Moment, Reason, Side, Sight, View};

/// Articles whose features are made at once.
const AT_ONCE: usize = 1024;

/// The features of articles; what the score is made of lies apart from the rest.
#[derive(Debug)]
pub struct Pieces {
    vectors: Spool,
    rest: Spool,
}

/// The features of an article as bytes.
#[derive(Debug)]
pub struct Packed([Vec<u8>; 2]);

impl Packed {
    /// Those of an article that was read.
    pub fn of(read: &Read) -> Self {
        let features = caught("relating", || Features::of(&read.article, &read.plain)).unwrap_or_default();
        let vectors = postcard::to_stdvec(features.vectors()).unwrap_or_default();
        Self([vectors, postcard::to_stdvec(&features).unwrap_or_default()])
    }
}

impl Pieces {
    /// None yet; where they are many, they lie in this folder.
    pub fn within(folder: Option<&Path>) -> Self {
        Self { vectors: Spool::within(folder), rest: Spool::within(folder) }
    }

    /// Keeps those of an article.
    pub fn put(&mut self, article: ArticleIx, packed: &Packed) {
        let [vectors, rest] = &packed.0;
        self.vectors.put(article.0 as usize, vectors);
        self.rest.put(article.0 as usize, rest);
    }
}

/// A snapshot as relating sees it.
pub struct Articles<'a> {
    snapshot: &'a Snapshot,
    pieces: &'a Pieces,
    /// By article: it is read.
    there: Vec<bool>,
    /// In small letters.
    outlets: Vec<String>,
    /// By article: which of the outlets put it out.
    outlet: Vec<Option<u32>>,
}

impl<'a> Articles<'a> {
    /// Makes the features that are not there yet, and all ready to be related; `None` where `stop` ended the work.
    pub fn new(snapshot: &'a Snapshot, pieces: &'a mut Pieces, stop: &dyn Fn() -> bool) -> Option<Self> {
        let all = (0..snapshot.entries.len() as u32).map(ArticleIx);
        let missing: Vec<ArticleIx> = all.filter(|ix| !pieces.rest.has(ix.0 as usize)).collect();
        for part in missing.chunks(AT_ONCE) {
            if stop() {
                return None;
            }
            for (ix, packed) in part.iter().zip(snapshot.each(part, |_, read| Packed::of(read))) {
                if let Some(packed) = packed {
                    pieces.put(*ix, &packed);
                }
            }
        }
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut outlets: IndexSet<String> = IndexSet::default();
        let mut number = |name| {
            *known.entry(name).or_insert_with(|| outlets.insert_full(str::to_lowercase(name)).0 as u32)
        };
        let outlet = snapshot.entries.iter().map(|e| e.publisher().map(&mut number)).collect();
        let outlets = outlets.into_iter().collect();
        let there = snapshot.entries.iter().map(Entry::is_read).collect();
        Some(Self { snapshot, pieces, there, outlets, outlet })
    }
}

impl Articles<'_> {
    /// What is in the piece of an article. One that went has none, and so is related to nothing.
    fn piece<T>(&self, of: &Spool, article: usize, take: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let there = self.there.get(article).is_some_and(|there| *there);
        there.then(|| of.with(article, take)).flatten()
    }
}

impl Collection for Articles<'_> {
    fn count(&self) -> usize {
        self.outlet.len()
    }

    fn features(&self, article: usize, take: &mut dyn FnMut(Sight<'_>)) {
        self.piece(&self.pieces.rest, article, |rest| {
            let rest: Sight<'_> = postcard::from_bytes(rest).ok()?;
            self.piece(&self.pieces.vectors, article, |vectors| {
                postcard::from_bytes(vectors).ok().map(|vectors| take(rest.with(vectors)))
            })
        });
    }

    fn vectors(&self, article: usize, take: &mut dyn FnMut(View<'_>)) {
        self.piece(&self.pieces.vectors, article, |bytes| postcard::from_bytes(bytes).ok().map(take));
    }

    fn entities<'a>(&'a self, article: usize, room: &'a mut Vec<EntityIx>) -> &'a [EntityIx] {
        room.clear();
        room.extend(self.snapshot.index.entities(ArticleIx(article as u32)));
        room
    }

    fn minutes(&self, article: usize) -> Option<i64> {
        self.snapshot.entries[article].stated_minutes()
    }

    fn outlet(&self, article: usize) -> Option<&str> {
        Some(&self.outlets[self.outlet[article]? as usize])
    }

    fn names(&self) -> usize {
        self.snapshot.entities.len()
    }

    fn spread(&self, name: EntityIx) -> u32 {
        self.snapshot.entities.articles(name)
    }
}

fn side<'a>(entry: &Entry, title: &'a str, entities: &'a [EntityIx]) -> Side<'a> {
    Side { title, entities, when: moment(entry) }
}

/// When an article was published, as far as others are compared by it.
fn moment(entry: &Entry) -> Moment {
    let day_only = entry.published().is_some_and(|at| at.precision < Precision::Minute);
    Moment { minutes: entry.stated_minutes(), day_only, day: None }
}

/// Why an article is related to those of its list.
pub struct Why<'a> {
    snapshot: &'a Snapshot,
    article: ArticleIx,
    /// Its names, without those that only tell who made it.
    told: Vec<EntityIx>,
}

impl Snapshot {
    /// Why an article is related to those of its list. Who wrote it or put it out is no reason: its own text is read for that, which
    /// mostly is the open one.
    pub fn why(&self, article: ArticleIx) -> Why<'_> {
        Why { snapshot: self, article, told: self.told_names(article) }
    }
}

impl Why<'_> {
    /// The reasons for the `nth` of the list.
    pub fn reasons(&self, nth: usize) -> Vec<Reason> {
        let Self { snapshot, article, told } = self;
        let place = article.0 as usize;
        let Some(&relation) = snapshot.relations.of(place).get(nth) else { return Vec::new() };
        let other = ArticleIx(relation.to);
        let Some((from, to)) = snapshot.entry(*article).zip(snapshot.entry(other)) else { return Vec::new() };
        let title =
            |entry: &'_ Entry| entry.head.as_ref().map(|h| h.title.text().into_owned()).unwrap_or_default();
        let titles = (title(from), title(to));
        let here = side(from, &titles.0, told);
        let names: Vec<EntityIx> = snapshot.index.entities(other).collect();
        let there = side(to, &titles.1, &names);
        let spread = |name| snapshot.entities.articles(name);
        snapshot.relations.reasons(place, nth, &here, &there, &spread)
    }
}
