//! Which word stands in which article, and which entity: an index that snapshots share part by part.
//!
//! Owns: who is where, in flat tables; the spellings of entities as a dictionary of their own; few large parts out of many small ones.
//! Refuses: words and how they match ([`super::segment`] does).
//! Tests: at the foot; against a naive scan in `query/scan.rs`.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::bytes::{Bytes, numbers32};
use super::drawer::Drawer;
use super::segment::{Doc, Piece, SEGMENT, Segment, all_of};
use super::snapshot::ArticleIx;
use crate::entity::{Entities, EntityIx, Kind};

/// Entities in most articles come first ([`Entities`]): the numbers of so many of them take two bytes, and their counts stay in a near
/// cache.
const COMMON: usize = 1 << 16;

/// Distinct entities of each article, in ascending order: the first [`COMMON`] entities, and behind them all others.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Named {
    /// Where those of each article begin, common ones and rare ones, and the ends.
    starts: Vec<(u32, u32)>,
    common: Vec<u16>,
    rare: Vec<EntityIx>,
}

impl Default for Named {
    fn default() -> Self {
        Self { starts: vec![(0, 0)], common: Vec::new(), rare: Vec::new() }
    }
}

impl Named {
    /// Adds an article with its distinct entities in ascending order.
    fn push(&mut self, row: &[EntityIx]) {
        let (common, rare) = row.split_at(row.partition_point(|e| (e.0 as usize) < COMMON));
        self.common.extend(common.iter().map(|e| e.0 as u16));
        self.rare.extend_from_slice(rare);
        self.starts.push((self.common.len() as u32, self.rare.len() as u32));
    }

    /// Number of articles.
    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Common and rare entities of articles in a row. What was kept on disk may be damaged: none then.
    fn parts(&self, articles: Range<usize>) -> (&[u16], &[EntityIx]) {
        let ends = self.starts.get(articles.start).zip(self.starts.get(articles.end));
        let Some((from, to)) = ends else { return (&[], &[]) };
        let common = self.common.get(from.0 as usize..to.0 as usize);
        let rare = self.rare.get(from.1 as usize..to.1 as usize);
        (common.unwrap_or_default(), rare.unwrap_or_default())
    }

    fn row(&self, article: usize) -> impl Iterator<Item = EntityIx> + '_ {
        let (common, rare) = self.parts(article..article + 1);
        common.iter().map(|e| EntityIx(u32::from(*e))).chain(rare.iter().copied())
    }

    /// How many of some articles have each of so many entities.
    fn counts(&self, articles: impl Iterator<Item = usize>, entities: usize) -> Vec<u32> {
        let mut counts = vec![0_u32; entities.max(COMMON)];
        for range in stretches(articles) {
            let (common, rare) = self.parts(range);
            for entity in common {
                counts[usize::from(*entity)] += 1;
            }
            for entity in rare {
                if let Some(count) = counts.get_mut(entity.0 as usize) {
                    *count += 1;
                }
            }
        }
        counts.truncate(entities);
        counts
    }
}

/// Rising numbers as stretches of those that follow one another.
fn stretches(numbers: impl Iterator<Item = usize>) -> impl Iterator<Item = Range<usize>> {
    let mut numbers = numbers.peekable();
    std::iter::from_fn(move || {
        let first = numbers.next()?;
        let mut end = first + 1;
        while numbers.next_if_eq(&end).is_some() {
            end += 1;
        }
        Some(first..end)
    })
}

/// Who is where.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Places {
    /// Who is in each article.
    named: Named,
    /// Where the articles of each entity begin in [`NameIndex::holders`], in numbers, and the end.
    begins: Vec<u32>,
    /// The kind of each entity.
    kinds: Vec<Kind>,
}

/// Who is where, and the spellings of all entities as an index.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// Who is where.
    pub(super) places: Places,
    /// Articles of each entity, ascending, four bytes each: those of one name are wanted at a time.
    pub(super) holders: Bytes,
    /// The spellings; documents are entities.
    pub(super) spellings: Vec<Segment>,
}

impl Places {
    /// Bytes of [`NameIndex::holders`].
    pub fn rest(&self) -> usize {
        self.begins.last().map_or(0, |n| *n as usize * 4)
    }

    /// Number of entities.
    fn entities(&self) -> usize {
        self.begins.len().saturating_sub(1)
    }

    /// How many articles mention an entity.
    fn holders(&self, entity: usize) -> u32 {
        match self.begins.get(entity..entity + 2) {
            Some(ends) => ends[1].saturating_sub(ends[0]),
            None => 0,
        }
    }
}

impl NameIndex {
    /// Reads the entities of so many articles.
    pub fn build(entities: &Entities, articles: usize) -> Self {
        let mut named = Named::default();
        let mut counts = vec![0_u32; entities.len() + 1];
        for article in 0..articles {
            let mut row: Vec<EntityIx> = entities.of(article).to_vec();
            row.sort_unstable();
            row.dedup();
            row.retain(|e| (e.0 as usize) < entities.len());
            for entity in &row {
                counts[entity.0 as usize + 1] += 1;
            }
            named.push(&row);
        }
        for n in 1..counts.len() {
            counts[n] += counts[n - 1];
        }
        let mut next = counts.clone();
        let mut items = vec![0; counts.last().map_or(0, |all| *all as usize)];
        for article in 0..articles {
            for entity in named.row(article) {
                items[next[entity.0 as usize] as usize] = article as u32;
                next[entity.0 as usize] += 1;
            }
        }
        let docs: Vec<Doc<'_>> = (0..)
            .zip(entities.iter())
            .map(|(n, e)| {
                (
                    n,
                    std::iter::once(e.name.as_str())
                        .chain(e.variants.iter().map(|v| v.text.as_str()))
                        .collect(),
                )
            })
            .collect();
        let spellings = docs.chunks(SEGMENT).map(Segment::build).collect();
        let kinds = entities.iter().map(|e| e.kind).collect();
        let holders = Bytes::Here(items.iter().flat_map(|article: &u32| article.to_le_bytes()).collect());
        Self { places: Places { named, begins: counts, kinds }, holders, spellings }
    }

    /// The same, what is read in pieces put away.
    pub(super) fn away(self, drawer: &mut Drawer) -> Self {
        let spellings = self.spellings.into_iter().map(|segment| segment.away(drawer)).collect();
        Self { holders: drawer.put(self.holders), spellings, ..self }
    }

    /// The distinct entities of an article, in ascending order.
    pub fn entities(&self, article: ArticleIx) -> impl Iterator<Item = EntityIx> + '_ {
        self.places.named.row(article.0 as usize)
    }

    /// The articles that mention an entity.
    pub fn articles(&self, entity: EntityIx) -> impl Iterator<Item = ArticleIx> + use<> {
        let at = entity.0 as usize;
        let ends = self.places.begins.get(at..at + 2).map_or(0..0, |e| e[0] as usize * 4..e[1] as usize * 4);
        let found = numbers32(&self.holders.get(ends)).map(ArticleIx).collect::<Vec<_>>();
        found.into_iter()
    }

    /// How many of some articles mention each entity. Of more than half of them those that are not given are counted, and taken off.
    pub fn counts(&self, articles: &FixedBitSet) -> Vec<u32> {
        let (named, entities) = (&self.places.named, self.places.entities());
        if articles.count_ones(..) * 2 <= named.len() {
            return named.counts(articles.ones(), entities);
        }
        let mut counts = named.counts(articles.zeroes(), entities);
        for (n, count) in counts.iter_mut().enumerate() {
            *count = self.places.holders(n).saturating_sub(*count);
        }
        counts
    }

    /// The entities of which some spelling holds all pieces, in any order; `count` is the number of entities.
    pub fn candidates(&self, pieces: &[Piece], count: usize) -> FixedBitSet {
        all_of(&self.spellings, pieces, count)
    }
}

/// The index of a snapshot: parts are shared between snapshots.
#[derive(Debug, Clone, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    /// Who is where.
    pub(super) names: Arc<NameIndex>,
}

impl Index {
    /// Adds a batch of articles.
    pub(super) fn add(&mut self, segment: Segment) {
        self.segments.push(Arc::new(segment));
    }

    /// The kind of each entity.
    pub(super) fn kinds(&self) -> &[Kind] {
        &self.names.places.kinds
    }

    /// Makes few large parts of many small ones.
    pub(super) fn settle(&mut self, drawer: &mut Drawer) {
        let mut groups: Vec<Vec<&Segment>> = Vec::new();
        let mut room = 0;
        for part in &self.segments {
            if let Some(group) = groups.last_mut().filter(|_| part.documents() <= room) {
                group.push(part);
            } else {
                groups.push(vec![part]);
                room = SEGMENT;
            }
            room -= part.documents();
        }
        let merged = groups.iter().map(|group| Arc::new(Segment::merge(group).away(drawer))).collect();
        self.segments = merged;
    }

    /// The parts, to be stored.
    pub(super) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    /// An index of parts that were stored.
    pub(super) fn of(segments: Vec<Segment>, names: NameIndex) -> Self {
        Self { segments: segments.into_iter().map(Arc::new).collect(), names: Arc::new(names) }
    }

    /// The articles that hold all pieces; `count` is the number of articles.
    pub(super) fn candidates(&self, pieces: &[Piece], count: usize) -> FixedBitSet {
        all_of(&self.segments, pieces, count)
    }

    /// The distinct entities of an article, without a count, in ascending order.
    pub fn entities(&self, article: ArticleIx) -> impl Iterator<Item = EntityIx> + '_ {
        self.names.entities(article)
    }

    /// The articles that mention an entity, by rising index.
    pub fn articles(&self, entity: EntityIx) -> impl Iterator<Item = ArticleIx> + use<> {
        self.names.articles(entity)
    }
}

#[cfg(test)]
mod tests {
    use super::super::segment::{How, pieces};
    use super::*;

    #[test]
    fn merged_parts_hold_what_they_held() {
        let text = |n: u32| format!("{} chung{} Từ{}", if n.is_multiple_of(3) { "ba" } else { "" }, n % 2, n);
        let texts: Vec<String> = (0..200).map(text).collect();
        let docs = |of: Range<usize>| -> Vec<Doc<'_>> {
            of.map(|n| (n as u32 * 2, vec![texts[n].as_str()])).collect()
        };
        let parts: Vec<Arc<Segment>> =
            [0..10, 10..150, 150..200].map(|of| Arc::new(Segment::build(&docs(of)))).into();
        let mut merged = Index { segments: parts.clone(), ..Index::default() };
        merged.settle(&mut Drawer::within(None));
        assert_eq!(merged.segments.len(), 1);
        for what in ["ba", "chung0", "chung1", "tu7", "từ150", "không"] {
            for how in [How::Whole, How::Prefix] {
                let pieces = pieces(what, how);
                assert_eq!(merged.candidates(&pieces, 400), all_of(&parts, &pieces, 400), "{what}");
            }
        }
        assert_eq!(merged.candidates(&pieces("ba", How::Whole), 400).count_ones(..), 67);
    }
}
