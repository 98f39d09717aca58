//! A second opening of the same files: what was worked out together is taken up, and kept for the next time.
//!
//! Owns: when a picture may be used, and when one may be kept. Refuses: what is in it ([`super::super::picture`] knows).
//! Tests: `tests/it/cache.rs`.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::picture::{self, Depth, Rest, Rows};
use super::super::snapshot::Stage;
use super::Work;
use crate::article::{Problem, ProblemKind};

impl Work<'_> {
    /// What is wanted.
    fn depth(&self) -> Depth {
        match (self.plan.names, self.plan.relations) {
            (_, true) => Depth::Relations,
            (true, false) => Depth::Names,
            (false, false) => Depth::Articles,
        }
    }

    /// The key of what everything gives together so far, under the decisions that hold now.
    fn picture_key(&self, depth: Depth) -> Option<String> {
        let decisions = [&*self.next.repairs.print(), &*self.plan.story_repairs.print()];
        Some(picture::key(self.looks.as_ref()?, depth, decisions))
    }

    /// Takes up what the same files gave at an earlier opening: the newest rows first, which are seen at once.
    pub(super) fn recall(&mut self) -> Option<()> {
        let (version, repairs) = self.plan.ledger.now();
        self.next.repairs = repairs;
        // Who wants less than there is takes the whole: reading anew would cost more.
        let kept = |depth| self.memory.picture(&self.picture_key(depth)?);
        let mut picture = Depth::ALL.into_iter().take_while(|d| *d >= self.depth()).find_map(kept)?;
        let listed = (Arc::clone(&self.next.entries), Arc::clone(&self.next.order));
        let take = || {
            let front: Rows = picture.part()?;
            let total = front.articles as usize;
            front.put(&mut picture, &mut self.next)?;
            self.put(Stage::Reading, self.next.order.len(), total);
            let titles = picture.part::<Rows>()?.put(&mut picture, &mut self.next)?;
            self.put(Stage::Reading, total, total);
            let mut rest = Rest::read(&mut picture)?;
            let (file, at) = picture.loose()?;
            Arc::make_mut(&mut self.next.problems).append(&mut rest.refused);
            rest.put(&mut self.next, (file, at + titles));
            Some(())
        };
        let taken = take();
        if taken.is_none() {
            (self.next.entries, self.next.order) = listed;
            return None;
        }
        // Who needs no names need not know what is wrong with decisions about them.
        let faults = self.plan.faults.iter().filter(|_| self.plan.names || self.plan.relations);
        Arc::make_mut(&mut self.next.problems).extend(faults.cloned());
        self.alive = vec![false; self.next.entries.len()];
        for ix in self.next.order.iter() {
            self.alive[ix.0 as usize] = true;
        }
        (self.version, self.recalled) = (version, true);
        taken
    }

    /// Keeps what everything gave together, where all of it was worked out and may be so again.
    pub(super) fn remember(&mut self) {
        let passing = |p: &(PathBuf, Problem)| p.1.kind == ProblemKind::Unreadable;
        if self.stopped || self.recalled || self.refused.iter().any(passing) {
            return;
        }
        if let Some(key) = self.picture_key(self.depth()) {
            let parts = picture::parts(&self.next, &self.refused, &mut self.drawer);
            self.memory.keep_picture(&key, &parts);
        }
    }
}
