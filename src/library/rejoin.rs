//! Joining the names of a snapshot, anew whenever articles or the reader's decisions changed.
//!
//! Owns: everything that depends on which names are one: entities and the index of names; [`Named`], what joining needs of a text.
//! Reasons follow by themselves: shared names are looked up when they are told.
//! Refuses: to relate anew. Tests: `tests/it/repairs.rs`.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::index::NameIndex;
use super::snapshot::{ArticleIx, Entry, Snapshot};
use super::spool::Spool;
use crate::article::Plain;
use crate::entity::{Joiner, Local, Names, Repairs, local};

/// Articles whose own parts are made at once, on all threads: they are large and needed only until they are joined.
const AT_ONCE: usize = 1024;

/// Bytes of texts that stay in memory: they are read but once or twice.
const IN_MEMORY: usize = 2 << 20;

/// One article with its names, and what they are among themselves.
type Own = (Arc<Plain>, Arc<Names>, Local);

fn own(plain: &Arc<Plain>, names: &Arc<Names>) -> Own {
    (Arc::clone(plain), Arc::clone(names), local(plain, names))
}

/// Texts with their names, kept while names are looked for: the shelf holds them as well, but whole articles, packed.
#[derive(Debug)]
pub struct Named(Spool);

impl Named {
    /// None yet; where they are many, they lie in this folder.
    pub fn within(folder: Option<&Path>) -> Self {
        Self(Spool::within(folder).with_most(IN_MEMORY))
    }

    /// A text with its names as bytes.
    pub fn pack(plain: &Plain, names: &Names) -> Vec<u8> {
        // What cannot be packed is looked for on the shelf.
        postcard::to_stdvec(&(&plain.text, names)).unwrap_or_default()
    }

    /// Keeps what was packed of an article.
    pub fn put(&mut self, article: ArticleIx, packed: &[u8]) {
        self.0.put(article.0 as usize, packed);
    }

    fn own(&self, article: ArticleIx) -> Option<Own> {
        let read = |bytes: &[u8]| postcard::from_bytes::<(String, Names)>(bytes).ok();
        let (text, names) = self.0.with(article.0 as usize, read)?;
        Some(own(&Arc::new(Plain { text, parts: Vec::new() }), &Arc::new(names)))
    }
}

impl Snapshot {
    /// Joins the names of all articles, the reader's decisions last.
    pub fn rejoin(&mut self, repairs: Arc<Repairs>) {
        self.rejoin_with(repairs, &Named::within(None));
    }

    /// The same, with texts that are at hand.
    pub fn rejoin_with(&mut self, repairs: Arc<Repairs>, named: &Named) {
        let mut joiner = Joiner::default();
        let all: Vec<ArticleIx> = (0..self.entries.len() as u32).map(ArticleIx).collect();
        for part in all.chunks(AT_ONCE) {
            for own in self.own(part, named) {
                match own {
                    Some((plain, names, local)) => joiner.add(&plain, &names, &local),
                    None => joiner.skip(),
                }
            }
        }
        let entities = joiner.finish(&repairs);
        Arc::make_mut(&mut self.index).names = Arc::new(NameIndex::build(&entities, self.entries.len()));
        self.entities = Arc::new(entities);
        self.repairs = repairs;
    }

    /// What some articles are by themselves; nothing of those that are not read, or have no names yet.
    fn own(&self, articles: &[ArticleIx], named: &Named) -> Vec<Option<Own>> {
        let is_read = |ix: ArticleIx| self.entry(ix).is_some_and(Entry::is_read);
        let at_hand = |ix: &ArticleIx| named.own(*ix).filter(|_| is_read(*ix));
        let mut found: Vec<Option<Own>> = articles.par_iter().map(at_hand).collect();
        let missing = articles.iter().zip(&found).filter(|(_, found)| found.is_none());
        let missing: Vec<ArticleIx> = missing.map(|(ix, _)| *ix).collect();
        let on_shelf = self.each(&missing, |_, read| Some(own(&read.plain, read.names.as_ref()?)));
        for (room, own) in found.iter_mut().filter(|found| found.is_none()).zip(on_shelf) {
            *room = own.flatten();
        }
        found
    }
}
