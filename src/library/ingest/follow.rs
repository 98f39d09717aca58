//! Following the folder, or the library, while it is open: new, changed and deleted files.
//!
//! Owns: what the last listing looked like, which articles came, stayed and went. An article that went keeps its number, which nobody
//! else gets: it is no longer read and stands in no order. A file that was written again with the same bytes is the same article.
//! Refuses: to notice that something changed (`run::watch` nudges the ledger). Tests: `tests/it/following.rs`.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::entries::Entries;
use super::super::files::{self, Found};
use super::super::ids;
use super::super::snapshot::{ArticleIx, Entry, Stage};
use super::super::source::Source;
use super::super::store::Stamp;
use super::super::texts::{key, key_of};
use super::{Work, batches, unread};

/// Parts of the index at most: each look that finds news adds one or more, and a search asks them all.
const SEGMENTS: usize = 64;

/// What a file, or an article of the library, is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    File(PathBuf),
    Stored(String),
}

impl Key {
    fn of(found: &Found) -> Self {
        match &found.stored {
            Some((digest, _)) => Self::Stored(key(digest, found.format)),
            None => Self::File(found.path.clone()),
        }
    }
}

/// What was there at the last look.
#[derive(Debug, Default)]
pub(super) struct Present(FxHashMap<Key, Option<Stamp>>);

impl Present {
    /// These files.
    pub(super) fn of(files: &[Found]) -> Self {
        // Standard input has neither stamp nor place in the library: it does not change.
        let there = files.iter().filter(|f| f.stamp.is_some() || f.stored.is_some());
        Self(there.map(|f| (Key::of(f), f.stamp)).collect())
    }

    /// The articles of the library, which are as they were when they were added.
    fn of_library(entries: &Entries) -> Self {
        Self(entries.iter().filter(|e| e.is_read()).map(|e| (Key::Stored(key_of(e)), None)).collect())
    }
}

/// What changed since the last look.
struct News {
    /// New and changed files.
    files: Vec<Found>,
    /// Articles that are there, by the files that changed or went.
    old: FxHashMap<Key, Vec<ArticleIx>>,
}

impl Work<'_> {
    /// Looks what changed, and publishes it as soon as it is read; `false` where nothing did.
    pub(super) fn look(&mut self) -> bool {
        self.seen = self.plan.ledger.nudges();
        let Some((mut news, source)) = self.news() else { return false };
        // What is there now is not what was listed at the opening.
        self.looks = None;
        let base = self.next.entries.len();
        let places = news.files.iter().map(|f| unread(f.path.as_path().into(), f.modified));
        Arc::make_mut(&mut self.next.entries).extend(places);
        self.alive.resize(self.next.entries.len(), true);
        (self.base, self.extra, self.recalled) = (base, self.next.entries.len(), false);
        self.take_all(source, &mut news, base);
        let gone: Vec<ArticleIx> = news.old.into_values().flatten().collect();
        for ix in &gone {
            self.bury(*ix);
        }
        if let Some(neighbours) = self.neighbours.as_mut().filter(|_| !gone.is_empty()) {
            neighbours.forget(&|n| self.alive.get(n) == Some(&false));
        }
        ids::settle(Arc::make_mut(&mut self.next.entries));
        if self.next.index.segments().len() > SEGMENTS {
            Arc::make_mut(&mut self.next.index).settle(&mut self.drawer);
        }
        self.sort();
        let total = self.next.order.len();
        self.put(Stage::Reading, total, total);
        let fresh: Vec<ArticleIx> = (base..self.next.entries.len()).map(|n| ArticleIx(n as u32)).collect();
        if self.plan.names {
            for part in fresh.chunks(super::LARGEST) {
                self.find_names(part, &mut None);
            }
        }
        true
    }

    /// What changed, and where to read it; `None` where nothing did, or the library cannot be opened now.
    fn news(&mut self) -> Option<(News, Source)> {
        let wanted = self.plan.library.as_deref().filter(|_| self.plan.paths.is_empty());
        let store = match wanted {
            // It is looked at again with the next change.
            Some(folder) => Some(super::UserStore::open(folder).ok()?),
            None => None,
        };
        let files = match &store {
            Some(store) => files::of_library(store).ok()?,
            None => files::list(&self.plan.paths).files,
        };
        let now = Present::of(&files);
        let before = self.present.take().unwrap_or_else(|| Present::of_library(&self.next.entries));
        let now = self.present.insert(now);
        let files: Vec<Found> =
            files.into_iter().filter(|f| before.0.get(&Key::of(f)) != Some(&f.stamp)).collect();
        let gone = before.0.keys().filter(|k| !now.0.contains_key(k));
        let touched: FxHashSet<Key> = gone.cloned().chain(files.iter().map(Key::of)).collect();
        if touched.is_empty() {
            return None;
        }
        let of_entry = |e: &Entry| {
            if store.is_some() { Key::Stored(key_of(e)) } else { Key::File(e.path.to_path_buf()) }
        };
        let mut old: FxHashMap<Key, Vec<ArticleIx>> = FxHashMap::default();
        for (n, entry) in (0..).zip(self.next.entries.iter()).filter(|(_, e)| e.is_read()) {
            let key = of_entry(entry);
            if touched.contains(&key) {
                old.entry(key).or_default().push(ArticleIx(n));
            }
        }
        if self.next.problems.iter().any(|(path, _)| touched.contains(&Key::File(path.clone()))) {
            Arc::make_mut(&mut self.next.problems)
                .retain(|(path, _)| !touched.contains(&Key::File(path.clone())));
        }
        let known = self.memory.known(&files);
        let source = Source::new(files.clone(), known, (None, store));
        Some((News { files, old }, source))
    }

    /// Reads what is new; what is only there again gives its place back to the article that it is.
    fn take_all(&mut self, mut source: Source, news: &mut News, base: usize) {
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        for size in batches() {
            let Some(inputs) = self.batch(&mut source, size) else { break };
            // A damaged shelf is empty now: what was to be read comes with the next change.
            let Some(outcomes) = self.memory.read(inputs) else { break };
            self.take(outcomes);
            for n in base..self.next.entries.len() {
                if self.next.entries[n].is_read() && seen.insert(n) {
                    self.claim(n, &mut news.old);
                }
            }
            self.sort();
            let total = self.next.entries.len();
            self.put(Stage::Reading, source.done(), total);
        }
        for n in base..self.next.entries.len() {
            // Places that nothing was read for.
            self.alive[n] &= self.next.entries[n].is_read();
        }
    }

    /// Article `n` was read anew; where it is one that was there, that one stays.
    fn claim(&mut self, n: usize, old: &mut FxHashMap<Key, Vec<ArticleIx>>) {
        let new = self.next.entries[n].clone();
        let Some(there) = old.get_mut(&Key::File(new.path.to_path_buf())) else { return };
        let same = |ix: &ArticleIx| self.next.entries[ix.0 as usize].digest() == new.digest();
        let Some(at) = there.iter().position(same) else { return };
        let stays = there.remove(at);
        if let Some(entry) = Arc::make_mut(&mut self.next.entries).get_mut(stays.0 as usize) {
            (entry.record, entry.modified) = (new.record, new.modified);
        }
        self.bury(ArticleIx(n as u32));
    }

    /// An article is no more.
    fn bury(&mut self, ix: ArticleIx) {
        let n = ix.0 as usize;
        if let Some(entry) = Arc::make_mut(&mut self.next.entries).get_mut(n) {
            (entry.head, entry.id) = (None, "".into());
        }
        self.alive[n] = false;
    }
}
