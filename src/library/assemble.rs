//! A snapshot from parts that are there already: for tests, benches and pictures, without files or threads.

use std::sync::Arc;

use jiff::civil::Date;

use super::index::{Index, NameIndex};
use super::segment::{Doc, SEGMENT, Segment};
use super::snapshot::{ArticleIx, Entry, Head, Progress, Read, Snapshot, Stage};
use super::texts::Texts;
use crate::article::Format;
use crate::entity::Entities;
use crate::story::{Relations, Stories};

impl Snapshot {
    /// Puts parts together, orders and indexes them; the work counts as done. Entities, relations and stories speak of articles by
    /// place; articles without a text are not read yet.
    pub fn assemble(
        articles: Vec<(Entry, Option<Read>)>,
        entities: impl Into<Arc<Entities>>,
        relations: Relations,
        stories: Stories,
        today: Date,
    ) -> Self {
        let entities = entities.into();
        let mut index = Index::default();
        index.names = Arc::new(NameIndex::build(&entities, articles.len()));
        let docs: Vec<Doc<'_>> = (0..)
            .zip(&articles)
            .filter_map(|(n, (_, read))| read.as_ref().map(|r| (n, vec![r.plain.text.as_str()])))
            .collect();
        for part in docs.chunks(SEGMENT) {
            index.add(Segment::build(part));
        }
        let texts = Texts::default();
        let mut entries = Vec::with_capacity(articles.len());
        for (n, (mut entry, read)) in (0..).zip(articles) {
            if let Some(read) = read {
                let title = (&*read.article.display_title()).into();
                entry.head = Some(Head::of(&read, title, Format::Dump, &mut Arc::new));
                texts.hold(ArticleIx(n), Arc::new(read));
            }
            entries.push(entry);
        }
        let mut order: Vec<ArticleIx> = (0..entries.len() as u32).map(ArticleIx).collect();
        order.sort_by_key(|ix| entries[ix.0 as usize].rank());
        let total = entries.len();
        Self {
            generation: 1,
            entries: Arc::new(entries.into_iter().collect()),
            texts: Arc::new(texts),
            order: Arc::new(order),
            entities,
            relations: Arc::new(relations),
            stories: Arc::new(stories),
            progress: Progress { stage: Stage::Done, done: total, total },
            today,
            index: Arc::new(index),
            ..Self::default()
        }
    }
}
