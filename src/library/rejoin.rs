//! Joining the names of a snapshot, anew whenever articles or the reader's decisions changed.
//!
//! Owns: everything that depends on which names are one: entities and the index of names. Reasons follow by themselves: shared names are looked up when they are told.
//! Refuses: to relate anew. Tests: `tests/it/repairs.rs`.

use std::sync::Arc;

use super::index::NameIndex;
use super::snapshot::{ArticleIx, Snapshot};
use crate::article::Plain;
use crate::entity::{Joiner, Local, Names, Repairs, local};

/// Articles whose own parts are made at once, on all threads: they are large and needed only until they are joined.
const AT_ONCE: usize = 1024;

/// One article with its names, and what they are among themselves.
type Own = (Arc<Plain>, Arc<Names>, Local);

impl Snapshot {
    /// Joins the names of all articles, the reader's decisions last.
    pub fn rejoin(&mut self, repairs: Arc<Repairs>) {
        let mut joiner = Joiner::default();
        let all: Vec<ArticleIx> = (0..self.entries.len() as u32).map(ArticleIx).collect();
        for part in all.chunks(AT_ONCE) {
            let own = self.each(part, |_, read| {
                let names = read.names.as_ref()?;
                Some((Arc::clone(&read.plain), Arc::clone(names), local(&read.plain, names)))
            });
            let own: Vec<Option<Own>> = own.into_iter().map(Option::flatten).collect();
            for own in &own {
                match own {
                    Some((plain, names, local)) => joiner.add(plain, names, local),
                    None => joiner.skip(),
                }
            }
        }
        let entities = joiner.finish(&repairs);
        Arc::make_mut(&mut self.index).names = Arc::new(NameIndex::build(&entities, self.entries.len()));
        self.entities = Arc::new(entities);
        self.repairs = repairs;
    }
}
