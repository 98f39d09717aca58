//! Relations in a file: twenty for each article, of which a screen shows one article's.
//!
//! Owns: how they are kept: all lists after one another, then all notes, then where each of them begins. In memory is which kinds
//! stand in each list, so that `has:` and `is:` read none in vain.
//! Refuses: to relate (`story` does). Damaged bytes give no relation, never a panic.
//! Tests: at the foot, and `tests/it/cache.rs`.

use std::fs::File;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bytes::{Bytes, limits, piece, stretches};
use super::drawer::Drawer;
use crate::story::{Lists, Relation, Relations};

/// What is in memory of kept relations.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outline {
    kinds: Vec<u8>,
    /// Bytes of the rest: lists, notes, where the list of each article begins, and where its notes.
    lengths: [u64; 4],
}

/// Relations that stay in a file.
#[derive(Debug)]
struct Kept {
    kinds: Vec<u8>,
    lists: Bytes,
    notes: Bytes,
    /// In relations.
    list_limits: Bytes,
    /// In bytes.
    note_limits: Bytes,
}

/// What is kept of relations: what will be in memory, and the rest, put away.
pub fn parts(relations: &Relations, drawer: &mut Drawer) -> (Outline, [Bytes; 4]) {
    let all = (0..relations.len()).map(|article| relations.of(article).len()).sum::<usize>();
    // Room that grew by itself would be three times as much for a while.
    let mut lists = Vec::with_capacity(all * Relation::BYTES);
    let (mut notes, mut kinds) = (Vec::new(), Vec::new());
    let (mut list_limits, mut note_limits) = (vec![0], vec![0]);
    for article in 0..relations.len() {
        let (list, told) = relations.row(article);
        lists.extend(list.iter().flat_map(|r| r.bytes()));
        notes.extend_from_slice(&told);
        list_limits.push((lists.len() / Relation::BYTES) as u32);
        note_limits.push(notes.len() as u32);
        kinds.push(relations.kinds(article));
    }
    let rest = [Bytes::Here(lists), Bytes::Here(notes), limits(&list_limits), limits(&note_limits)];
    let rest = rest.map(|bytes| drawer.put(bytes));
    (Outline { kinds, lengths: rest.each_ref().map(|bytes| bytes.len() as u64) }, rest)
}

impl Outline {
    /// Bytes of the rest.
    pub fn rest(&self) -> usize {
        self.lengths.iter().sum::<u64>() as usize
    }

    /// The relations whose rest begins at a byte of a file.
    pub fn on(self, file: &Arc<File>, at: u64) -> Relations {
        let [lists, notes, list_limits, note_limits] = stretches(file, at, self.lengths);
        Relations::kept(Arc::new(Kept { kinds: self.kinds, lists, notes, list_limits, note_limits }))
    }
}

impl Lists for Kept {
    fn count(&self) -> usize {
        self.kinds.len()
    }

    fn row(&self, article: usize) -> (Vec<Relation>, Vec<u8>) {
        let limits = piece(&self.list_limits, article).zip(piece(&self.note_limits, article));
        let Some((list, notes)) = limits else { return Default::default() };
        let bytes = self.lists.get(list.start * Relation::BYTES..list.end * Relation::BYTES);
        let list = bytes.as_chunks().0.iter().filter_map(|b| Relation::of_bytes(*b)).collect();
        let told = if notes.is_empty() { Vec::new() } else { self.notes.get(notes).into_owned() };
        (list, told)
    }

    fn kinds(&self, article: usize) -> u8 {
        self.kinds.get(article).copied().unwrap_or(0)
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
        let (outline, rest) = parts(&here, &mut Drawer::within(None));
        let (file, at) = in_file(&rest);
        assert_eq!(outline.rest(), rest.iter().map(Bytes::len).sum::<usize>());
        let there = outline.on(&file, at);
        assert_eq!(there.len(), here.len());
        for n in 0..4 {
            assert_eq!((there.row(n), there.kinds(n)), (here.row(n), here.kinds(n)), "{n}");
        }
    }
}
