//! Relating the articles, and putting stories together.
//!
//! Owns: when all begins anew. Refuses: how (`story` knows). Tests: `tests/it/folder.rs`, `tests/it/linking.rs`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::relating::{Articles, Pieces};
use super::super::snapshot::Stage;
use super::{Then, Work};
use crate::story::{Neighbours, Told, thread};

/// Related articles that are kept for each article.
const NEIGHBOURS: usize = 20;

impl Work<'_> {
    /// Relates all articles; when the reader decides something about names meanwhile, or files change, that is seen first, and all
    /// begins anew.
    pub(super) fn relate(&mut self) {
        loop {
            let total = self.next.order.len();
            self.put(Stage::Relating, 0, total);
            let (ledger, version, seen) = (Arc::clone(&self.plan.ledger), self.version, self.seen);
            self.relate_once(&|| ledger.is_past(version) || ledger.nudges() > seen);
            let (decided, nudged) = (ledger.is_past(version), ledger.nudges() > seen);
            if self.closed || !(decided || nudged) {
                return;
            }
            if decided {
                self.neighbours = None;
            }
            if nudged && self.look() || decided {
                self.join();
            }
        }
    }

    /// One pass over all articles; what a pass that was `outdated` found is not taken.
    fn relate_once(&mut self, outdated: &(dyn Fn() -> bool + Sync)) {
        let snapshot = Arc::clone(&self.last);
        let total = snapshot.order.len();
        let (cancel, closed) = (Arc::clone(&self.plan.cancel), AtomicBool::new(false));
        let stop = || cancel.load(Ordering::Relaxed) || closed.load(Ordering::Relaxed) || outdated();
        let mut pieces = self.features.take().unwrap_or_else(|| Pieces::within(self.plan.cache.as_deref()));
        let fresh = || Neighbours::new(NEIGHBOURS, Arc::clone(&self.next.relations));
        let mut neighbours = self.neighbours.take().unwrap_or_else(fresh);
        let articles = Articles::new(&snapshot, &mut pieces, &stop);
        let begun = articles.is_some();
        if let Some(articles) = articles {
            neighbours.add(&articles, &stop, &mut |done| {
                if done < total {
                    self.put(Stage::Relating, done, total);
                }
                closed.store(self.closed, Ordering::Relaxed);
            });
        }
        self.features = Some(pieces);
        let neighbours = self.neighbours.insert(neighbours);
        // A pass that was ended early is better than none, but no better than an earlier whole one.
        if !begun || outdated() || (cancel.load(Ordering::Relaxed) && !self.next.relations.is_empty()) {
            return;
        }
        let (moments, relations) = (neighbours.moments(), Arc::clone(neighbours.relations()));
        if self.then == Then::End {
            // What it takes to relate more is a quarter of the memory.
            self.neighbours = None;
        }
        let keys: Vec<&str> = snapshot.entries.iter().map(|e| &*e.id).collect();
        let title = |article: usize| snapshot.entries[article].title();
        let (before, repairs) = (&self.next.stories, &self.plan.story_repairs);
        let told = Told { ids: &keys, title: &title, before, repairs };
        let stories = thread(&moments, &relations, &told);
        self.next.stories = Arc::new(stories);
        self.next.relations = relations;
    }
}
