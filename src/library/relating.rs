//! Relating the articles of a snapshot, and why two of them are related.
//!
//! Owns: what [`crate::story`] asks of a collection, answered from a snapshot; features, which are made once for all passes.
//! Refuses: to hold features in memory where there are many ([`Spool`] does not). Tests: `tests/it/linking.rs`, `tests/it/folder.rs`.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::reading::caught;
use super::snapshot::{ArticleIx, Entry, Read, Snapshot};
use super::spool::Spool;
use crate::article::Precision;
use crate::entity::EntityIx;
use crate::story::{Collection, Features, Moment, Reason, Side, Vectors};

/// Articles whose features are made at once.
const AT_ONCE: usize = 1024;

/// A snapshot as relating sees it.
pub struct Articles<'a> {
    snapshot: &'a Snapshot,
    features: &'a Spool,
    outlets: Vec<Option<String>>,
}

impl<'a> Articles<'a> {
    /// Makes the features that are not there yet, and all ready to be related; `None` where `stop` ended the work.
    pub fn new(snapshot: &'a Snapshot, features: &'a mut Spool, stop: &dyn Fn() -> bool) -> Option<Self> {
        let all: Vec<ArticleIx> =
            (features.len() as u32..snapshot.entries.len() as u32).map(ArticleIx).collect();
        let of = |_, r: &Read| {
            let features = caught("relating", || Features::of(&r.article, &r.plain)).unwrap_or_default();
            postcard::to_stdvec(&features).unwrap_or_default()
        };
        for part in all.chunks(AT_ONCE) {
            if stop() {
                return None;
            }
            snapshot
                .each(part, of)
                .iter()
                .for_each(|bytes| features.push(bytes.as_deref().unwrap_or_default()));
        }
        let outlet = |entry: &Entry| entry.head.as_ref()?.publisher().map(str::to_lowercase);
        let outlets = snapshot.entries.iter().map(outlet).collect();
        Some(Self { snapshot, features, outlets })
    }
}

impl Articles<'_> {
    /// The features of an article, or the first of them. An article that went has none, and so is related to nothing.
    fn packed<T: Default + DeserializeOwned>(&self, article: usize) -> T {
        let there = self.snapshot.entries.get(article).is_some_and(Entry::is_read);
        let bytes = |bytes: &[u8]| postcard::from_bytes(bytes).ok();
        there.then(|| self.features.with(article, bytes)).flatten().unwrap_or_default()
    }
}

impl Collection for Articles<'_> {
    fn count(&self) -> usize {
        self.outlets.len()
    }

    fn features(&self, article: usize) -> Cow<'_, Features> {
        Cow::Owned(self.packed(article))
    }

    fn vectors(&self, article: usize) -> Cow<'_, Vectors> {
        Cow::Owned(self.packed(article))
    }

    fn entities(&self, article: usize) -> Cow<'_, [EntityIx]> {
        Cow::Owned(self.snapshot.index.entities(ArticleIx(article as u32)).collect())
    }

    fn minutes(&self, article: usize) -> Option<i64> {
        self.snapshot.entries[article].stated_minutes()
    }

    fn outlet(&self, article: usize) -> Option<&str> {
        self.outlets[article].as_deref()
    }

    fn spread(&self, name: EntityIx) -> u32 {
        self.snapshot.entities.articles(name)
    }
}

fn side<'a>(entry: &'a Entry, entities: &'a [EntityIx]) -> Side<'a> {
    Side { title: entry.head.as_ref().map_or("", |head| &head.title), entities, when: moment(entry) }
}

/// When an article was published, as far as others are compared by it.
fn moment(entry: &Entry) -> Moment {
    let day_only = entry.published().is_some_and(|at| at.precision < Precision::Minute);
    Moment { minutes: entry.stated_minutes(), day_only, day: None }
}

impl Snapshot {
    /// Why an article is related to the `nth` of its list; no text is read for it.
    pub fn reasons(&self, article: ArticleIx, nth: usize) -> Vec<Reason> {
        let Some(&relation) = self.relations.of(article.0 as usize).get(nth) else { return Vec::new() };
        let other = ArticleIx(relation.to);
        let Some((from, to)) = self.entry(article).zip(self.entry(other)) else { return Vec::new() };
        let names = |ix| self.index.entities(ix).collect::<Vec<EntityIx>>();
        let (own, others) = (names(article), names(other));
        let here = side(from, &own);
        let there = side(to, &others);
        let spread = |name| self.entities.articles(name);
        self.relations.reasons(article.0 as usize, nth, &here, &there, &spread)
    }
}
