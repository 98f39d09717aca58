//! Finding the names of articles, and joining them.
//!
//! Owns: in which order names are looked for, and when they are joined. Refuses: how (`entity` knows).
//! Tests: `tests/it/folder.rs`, `tests/it/repairs.rs`.

use std::sync::Arc;

use super::super::reading::caught;
use super::super::rejoin::Named;
use super::super::relating::{Packed, Pieces};
use super::super::snapshot::{ArticleIx, Entry, Read, Stage};
use super::super::texts::key_of;
use super::{Work, batches};
use crate::article::Problem;
use crate::entity::{Names, Recogniser};

/// How many times as many articles must have names for these to be joined anew.
const GROWN: usize = 12;

impl Work<'_> {
    /// Finds the names of all articles in the order of the list, newest first. Names are joined, and shown, each time [`GROWN`] times as
    /// many are there: joining looks at all articles, and so costs some tenth more in all than joining once.
    pub(super) fn name(&mut self) {
        let mut recogniser = None;
        let order = Arc::clone(&self.next.order);
        let total = order.len();
        let (mut done, mut joined) = (0, 0);
        self.nameless = order.iter().map(|ix| ix.0 as usize).collect();
        Arc::make_mut(&mut self.next.problems).extend(self.plan.faults.iter().cloned());
        self.put(Stage::Naming, 0, total);
        for size in batches() {
            let batch = &order[done..(done + size).min(total)];
            if batch.is_empty() || self.stopped {
                break;
            }
            self.find_names(batch, &mut recogniser);
            for ix in batch {
                self.nameless.remove(ix.0 as usize);
            }
            done += batch.len();
            if self.is_nudged() {
                self.look();
            }
            let changed = self.plan.ledger.is_past(self.version);
            if done == total || changed || done >= GROWN * joined {
                self.join();
                joined = done;
            }
            self.put(Stage::Naming, done, total);
        }
        if joined < done {
            // Ended early: what was found is shown.
            self.join();
        }
    }

    /// Finds the names of those of some articles whose names are not known.
    pub(super) fn find_names(&mut self, batch: &[ArticleIx], recogniser: &mut Option<Recogniser>) {
        let read: Vec<(ArticleIx, &Entry)> = batch
            .iter()
            .filter_map(|&ix| Some((ix, self.next.entry(ix)?)))
            .filter(|e| e.1.is_read())
            .collect();
        let known = self.memory.named(&read.iter().map(|r| r.1).collect::<Vec<_>>());
        let wanted: Vec<ArticleIx> =
            read.iter().zip(known).filter(|(_, known)| !known).map(|((ix, _), _)| *ix).collect();
        if wanted.is_empty() {
            return;
        }
        let recogniser = recogniser.get_or_insert_with(Recogniser::load);
        // A text is at hand but once: what joining and relating need of it is taken along.
        let relations = self.plan.relations;
        let work = |_, read: &Read| {
            let names = caught("finding names", || recogniser.names(&read.plain));
            let named = names.as_ref().ok().map(|names| Named::pack(&read.plain, names));
            (names, named, relations.then(|| Packed::of(read)))
        };
        let all = self.next.each(&wanted, work);
        let mut found: Vec<(ArticleIx, Result<Names, Problem>)> = Vec::with_capacity(all.len());
        let folder = self.plan.cache.as_deref();
        let found_of = wanted.into_iter().zip(all).filter_map(|(ix, all)| Some((ix, all?)));
        for (ix, (names, named, features)) in found_of {
            if let Some(named) = named {
                self.named.put(ix, &named);
            }
            if let Some(features) = features {
                self.features.get_or_insert_with(|| Pieces::within(folder)).put(ix, &features);
            }
            found.push((ix, names));
        }
        let entries = Arc::clone(&self.next.entries);
        let fresh = found.iter().filter_map(|(ix, n)| Some((entries.get(ix.0 as usize)?, n.as_ref().ok()?)));
        let kept = self.memory.keep_names(&fresh.collect::<Vec<_>>());
        for (ix, names) in found {
            let entry = &entries[ix.0 as usize];
            if !kept || names.is_err() || key_of(entry).is_empty() {
                self.hold_names(ix, names);
            }
        }
    }

    /// Keeps in memory what the shelf does not hold: an article with its names, or with the problem of finding them.
    fn hold_names(&mut self, ix: ArticleIx, names: Result<Names, Problem>) {
        let Some(read) = self.next.read(ix) else { return };
        let mut named = Read::clone(&read);
        match names {
            Ok(names) => named.names = Some(Arc::new(names)),
            Err(problem) => {
                // Next time they may be found.
                self.looks = None;
                Arc::make_mut(&mut named.article).problems.push(problem);
                let entry = Arc::make_mut(&mut self.next.entries).get_mut(ix.0 as usize);
                if let Some(head) = entry.and_then(|e| e.head.as_mut()) {
                    head.flawed = true;
                }
            }
        }
        self.next.texts.hold(ix, Arc::new(named));
    }

    pub(super) fn join(&mut self) {
        let (version, repairs) = self.plan.ledger.now();
        self.version = version;
        let ready = |ix: ArticleIx| !self.nameless.contains(ix.0 as usize);
        self.next.rejoin_with(repairs, &self.named, &ready, self.plan.cache.as_deref());
    }
}
