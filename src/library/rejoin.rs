//! Joining the names of a snapshot, anew whenever articles or the reader's decisions changed.
//!
//! Owns: everything that depends on which names are one: entities, the index of names, shared names in reasons.
//! Refuses: to relate anew. Tests: `tests/it/repairs.rs`.

use std::sync::Arc;

use rayon::prelude::*;

use super::index::NameIndex;
use super::snapshot::{Entry, Snapshot};
use crate::article::Plain;
use crate::entity::{Joiner, Local, Names, Repairs, local};

/// Articles whose own parts are made at once, on all threads: they are large and needed only until they are joined.
const AT_ONCE: usize = 4096;

impl Snapshot {
    /// Joins the names of all articles, the reader's decisions last; relations name their names as they are called now.
    pub fn rejoin(&mut self, repairs: Arc<Repairs>) {
        let mut joiner = Joiner::default();
        for part in self.entries.chunks(AT_ONCE) {
            let locals: Vec<Option<Local>> =
                part.par_iter().map(|e| named(e).map(|(plain, names)| local(plain, names))).collect();
            for (entry, local) in part.iter().zip(&locals) {
                match (named(entry), local) {
                    (Some((plain, names)), Some(local)) => joiner.add(plain, names, local),
                    _ => joiner.skip(),
                }
            }
        }
        let entities = joiner.finish(&repairs);
        if !self.relations.of.is_empty() {
            self.relations = Arc::new(self.relations.follow(&self.entities, &entities));
        }
        Arc::make_mut(&mut self.index).names = Arc::new(NameIndex::build(&entities));
        self.entities = Arc::new(entities);
        self.repairs = repairs;
    }
}

fn named(entry: &Entry) -> Option<(&Plain, &Names)> {
    let read = entry.read.as_ref()?;
    Some((read.plain.as_ref(), read.names.as_deref()?))
}
