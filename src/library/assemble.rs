//! A snapshot from parts that are there already: for tests, benches and pictures, without files or threads.

use std::sync::Arc;

use jiff::civil::Date;

use super::index::{Doc, Index, NameIndex, SEGMENT, Segment};
use super::snapshot::{ArticleIx, Entry, Progress, Snapshot, Stage};
use crate::entity::Entities;
use crate::story::{Relations, Stories};

impl Snapshot {
    /// Puts parts together, orders and indexes them; the work counts as done. Entities, relations and stories speak of entries by place.
    pub fn assemble(
        entries: Vec<Entry>,
        entities: Entities,
        relations: Relations,
        stories: Stories,
        today: Date,
    ) -> Self {
        let mut index = Index::default();
        index.names = Arc::new(NameIndex::build(&entities));
        let docs: Vec<Doc<'_>> = (0..)
            .zip(&entries)
            .filter_map(|(n, e)| e.read.as_ref().map(|r| (n, vec![r.plain.text.as_str()])))
            .collect();
        for part in docs.chunks(SEGMENT) {
            index.add(Segment::build(part));
        }
        let mut order: Vec<ArticleIx> = (0..entries.len() as u32).map(ArticleIx).collect();
        order.sort_by_key(|ix| entries[ix.0 as usize].rank());
        let total = entries.len();
        Self {
            generation: 1,
            entries: Arc::new(entries),
            order: Arc::new(order),
            entities: Arc::new(entities),
            relations: Arc::new(relations),
            stories: Arc::new(stories),
            progress: Progress { stage: Stage::Done, done: total, total },
            today,
            index: Arc::new(index),
            ..Self::default()
        }
    }
}
