//! Relations in a file: twenty for each article, of which a screen shows one article's.
//!
//! Owns: how they are kept: all lists after one another, then all notes. In memory are where each list ends and which kinds stand
//! in it, so that `has:` and `is:` read no list in vain.
//! Refuses: to relate (`story` does). Damaged bytes give no relation, never a panic.
//! Tests: at the foot, and `tests/it/cache.rs`.

use std::fs::File;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use crate::story::{Lists, Relation, Relations};

/// What is in memory of kept relations.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outline {
    /// Where the list of each article begins, in relations, and the end.
    lists: Vec<u32>,
    /// Where its notes begin, in bytes, and the end.
    notes: Vec<u32>,
    kinds: Vec<u8>,
}

/// Relations that stay in a file.
#[derive(Debug)]
struct Kept {
    outline: Outline,
    lists: Bytes,
    notes: Bytes,
}

/// What is kept of relations: what will be in memory, lists, notes.
pub fn parts(relations: &Relations) -> (Outline, [Bytes; 2]) {
    let mut outline = Outline { lists: vec![0], notes: vec![0], kinds: Vec::new() };
    let (mut lists, mut notes) = (Vec::new(), Vec::new());
    for article in 0..relations.len() {
        let (list, told) = relations.row(article);
        lists.extend(list.iter().flat_map(|r| r.bytes()));
        notes.extend_from_slice(&told);
        outline.lists.push((lists.len() / Relation::BYTES) as u32);
        outline.notes.push(notes.len() as u32);
        outline.kinds.push(relations.kinds(article));
    }
    (outline, [Bytes::Here(lists), Bytes::Here(notes)])
}

impl Outline {
    fn lengths(&self) -> [usize; 2] {
        let last = |ends: &[u32]| ends.last().map_or(0, |n| *n as usize);
        [last(&self.lists) * Relation::BYTES, last(&self.notes)]
    }

    /// Bytes of the rest.
    pub fn rest(&self) -> usize {
        self.lengths().iter().sum()
    }

    /// The relations whose rest begins at a byte of a file.
    pub fn on(self, file: &Arc<File>, at: u64) -> Relations {
        let [first, second] = self.lengths();
        let bytes = |at, len| Bytes::There { file: Arc::clone(file), at, len };
        let (lists, notes) = (bytes(at, first), bytes(at + first as u64, second));
        Relations::kept(Arc::new(Kept { outline: self, lists, notes }))
    }
}

impl Lists for Kept {
    fn count(&self) -> usize {
        self.outline.kinds.len()
    }

    fn row(&self, article: usize) -> (Vec<Relation>, Vec<u8>) {
        let ends = |of: &[u32]| Some((*of.get(article)? as usize, *of.get(article + 1)? as usize));
        let (Some(list), Some(notes)) = (ends(&self.outline.lists), ends(&self.outline.notes)) else {
            return Default::default();
        };
        let bytes = self.lists.get(list.0 * Relation::BYTES..list.1 * Relation::BYTES);
        let list = bytes.as_chunks().0.iter().filter_map(|b| Relation::of_bytes(*b)).collect();
        let told = if notes.0 < notes.1 { self.notes.get(notes.0..notes.1).into_owned() } else { Vec::new() };
        (list, told)
    }

    fn kinds(&self, article: usize) -> u8 {
        self.outline.kinds.get(article).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::bytes::in_file;
    use super::*;
    use crate::story::{Link, Note, RelationKind};

    #[test]
    fn relations_in_a_file_are_the_same() {
        let link = |to, kind, quotes| {
            Link::new(Relation::new(to, 0.5, 0.25, kind), Note { quotes, ..Note::default() })
        };
        let here = Relations::pack([
            vec![link(1, RelationKind::Copy, 2), link(2, RelationKind::Similar, 0)],
            Vec::new(),
            vec![link(0, RelationKind::Earlier, 0)],
        ]);
        let (outline, rest) = parts(&here);
        let (file, at) = in_file(&rest);
        assert_eq!(outline.rest(), rest.iter().map(Bytes::len).sum::<usize>());
        let there = outline.on(&file, at);
        assert_eq!(there.len(), here.len());
        for n in 0..4 {
            assert_eq!((there.row(n), there.kinds(n)), (here.row(n), here.kinds(n)), "{n}");
        }
    }
}
