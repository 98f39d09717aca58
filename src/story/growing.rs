//! Lists of relations while articles are related: eight bytes a relation, in one piece of memory, however many articles there are.
//!
//! Owns: what goes into a full list, and what leaves it. Refuses: to find relations ([`super::relate()`] does).
//! Tests: at the foot, and of what comes in batches in `relate.rs`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::links::{Link, Note, Relation, Relations};
use super::model::RelationKind;

/// An article that is merely similar is told where it is among so many: a reader with nothing better may want it.
const SIMILAR: usize = 5;

/// The list of each article, best first.
#[derive(Debug)]
pub(super) struct Growing {
    before: Arc<Relations>,
    top: usize,
    /// Rows of `top` places, the first of each in use.
    rows: Vec<Relation>,
    lengths: Vec<u8>,
    /// Of lists that changed: other articles with notes, packed one behind the other; some of them may have left the list.
    notes: FxHashMap<u32, Vec<u8>>,
}

impl Growing {
    /// The lists of `count` articles as they were before, with up to `top` places each.
    pub fn of(before: Arc<Relations>, count: usize, top: usize) -> Self {
        let top = top.min(usize::from(u8::MAX));
        let mut rows = vec![Relation::new(0, 0.0, 0.0, RelationKind::Similar); count * top];
        let mut lengths = vec![0; count];
        for article in 0..before.len().min(count) {
            let list = before.of(article);
            let length = list.len().min(top);
            rows[article * top..][..length].copy_from_slice(&list[..length]);
            lengths[article] = length as u8;
        }
        Self { before, top, rows, lengths, notes: FxHashMap::default() }
    }

    /// The list of an article.
    fn list(&self, article: u32) -> &[Relation] {
        &self.rows[article as usize * self.top..][..usize::from(self.lengths[article as usize])]
    }

    /// What an article tells of another.
    pub fn link(&self, article: u32, other: u32) -> Option<Link> {
        let relation = *self.list(article).iter().find(|relation| relation.to == other)?;
        let of = |(to, note)| (to == other).then(|| Box::new(note));
        let note = match self.notes.get(&article) {
            Some(packed) => each_note(packed).find_map(of),
            None => self.told_before(article).into_iter().find_map(of),
        };
        Some(Link { relation, note })
    }

    /// What was told in notes before.
    fn told_before(&self, article: u32) -> Vec<(u32, Note)> {
        let links = self.before.links(article as usize);
        links.into_iter().filter_map(|link| Some((link.relation.to, *link.note?))).collect()
    }

    /// Puts a link into a list, unless it stands there already; the list keeps the best, and what is merely similar only in its first
    /// places.
    pub fn insert(&mut self, article: u32, link: Link) {
        let list = self.list(article);
        if list.iter().any(|known| known.to == link.relation.to) {
            return;
        }
        let key = |r: &Relation| (std::cmp::Reverse(r.score_bits()), r.to);
        let at = list.partition_point(|known| key(known) < key(&link.relation));
        if at == self.top {
            return;
        }
        let (first, length) = (article as usize * self.top, list.len());
        let row = &mut self.rows[first..][..(length + 1).min(self.top)];
        row[at..].rotate_right(1);
        row[at] = link.relation;
        let mut kept = 0;
        for place in 0..row.len() {
            row[kept] = row[place];
            kept += usize::from(place < SIMILAR || row[place].kind != RelationKind::Similar);
        }
        self.lengths[article as usize] = kept as u8;
        self.note(article, link);
    }

    /// Keeps the note of a link that came into a list. Where there is no room, those that left the list go first.
    fn note(&mut self, article: u32, link: Link) {
        if !self.notes.contains_key(&article) {
            let before = self.told_before(article);
            if before.is_empty() && link.note.is_none() {
                return;
            }
            let packed = before.iter().flat_map(|(to, note)| pack(*to, note)).collect();
            self.notes.insert(article, packed);
        }
        let Some(note) = link.note else { return };
        let new = pack(link.relation.to, &note);
        let mut packed = self.notes.remove(&article).unwrap_or_default();
        if packed.len() + new.len() > packed.capacity() {
            let stays = |(to, _): &(u32, Note)| self.list(article).iter().any(|r| r.to == *to);
            packed = each_note(&packed).filter(stays).flat_map(|(to, note)| pack(to, &note)).collect();
        }
        packed.extend(new);
        self.notes.insert(article, packed);
    }

    /// The relations, packed.
    pub fn done(mut self) -> Relations {
        let mut notes: Vec<u8> = Vec::new();
        let mut ends = Vec::with_capacity(self.lengths.len());
        let mut end = 0;
        for article in 0..self.lengths.len() {
            let (first, length) = (article * self.top, usize::from(self.lengths[article]));
            match self.notes.remove(&(article as u32)) {
                Some(packed) => {
                    let list = &self.rows[first..][..length];
                    let place = |to: u32| list.iter().position(|r| r.to == to).map(|at| at as u8);
                    let mut own: Vec<(u8, Note)> =
                        each_note(&packed).filter_map(|(to, note)| Some((place(to)?, note))).collect();
                    // One that left and came back has two notes, which are the same.
                    own.sort_by_key(|(at, _)| *at);
                    own.dedup_by_key(|(at, _)| *at);
                    notes.extend(Relations::packed(&own));
                }
                None => notes.extend_from_slice(&self.before.row(article).1),
            }
            self.rows.copy_within(first..first + length, end);
            end += length;
            ends.push((end as u32, notes.len() as u32));
        }
        self.rows.truncate(end);
        self.rows.shrink_to_fit();
        Relations::of_parts(ends, self.rows, notes)
    }
}

/// Another article and the note on it, as bytes.
fn pack(to: u32, note: &Note) -> Vec<u8> {
    // Writing into memory cannot fail; without its note a relation has fewer reasons.
    postcard::to_stdvec(&(to, note)).unwrap_or_default()
}

fn each_note(mut packed: &[u8]) -> impl Iterator<Item = (u32, Note)> + '_ {
    std::iter::from_fn(move || {
        let (note, rest) = postcard::take_from_bytes(packed).ok()?;
        packed = rest;
        Some(note)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(to: usize, score: f32, kind: RelationKind, quotes: u32) -> Link {
        Link::new(Relation::new(to, score, 0.0, kind), Note { quotes, ..Note::default() })
    }

    fn told(relations: &Relations, article: usize) -> Vec<(u32, u32)> {
        let quotes = |link: &Link| link.note.as_ref().map_or(0, |note| note.quotes);
        relations.links(article).iter().map(|link| (link.relation.to, quotes(link))).collect()
    }

    #[test]
    fn the_best_stay_with_their_notes() {
        let same = RelationKind::SameEvent;
        let mut growing = Growing::of(Arc::default(), 2, 3);
        for (to, score) in [(9, 0.2), (8, 0.4), (7, 0.1), (6, 0.3), (8, 0.9), (5, 0.5)] {
            growing.insert(1, link(to, score, same, to as u32 % 2));
        }
        assert_eq!(growing.link(1, 5).map(|l| l.note.map(|n| n.quotes)), Some(Some(1)));
        assert_eq!(growing.link(1, 6), Some(link(6, 0.3, same, 0)));
        assert!(growing.link(1, 9).is_none() && growing.link(0, 1).is_none());
        let first = Arc::new(growing.done());
        assert_eq!([told(&first, 0), told(&first, 1)], [vec![], vec![(5, 1), (8, 0), (6, 0)]]);
        // Lists go on from where they were, and those that nothing comes to stay.
        let mut growing = Growing::of(Arc::clone(&first), 3, 3);
        assert_eq!(growing.link(1, 5).map(|l| l.note.map(|n| n.quotes)), Some(Some(1)));
        growing.insert(2, link(1, 0.7, same, 3));
        assert_eq!(told(&growing.done(), 1), told(&first, 1));
        let mut growing = Growing::of(Arc::clone(&first), 3, 3);
        (10..40).for_each(|to| growing.insert(1, link(to, 0.45 - to as f32 / 1000.0, same, 2)));
        assert_eq!(told(&growing.done(), 1), [(5, 1), (10, 2), (11, 2)]);
    }

    #[test]
    fn what_is_merely_similar_stands_in_the_first_places() {
        let mut growing = Growing::of(Arc::default(), 1, 20);
        (0..8).for_each(|to| growing.insert(0, link(to, 0.1, RelationKind::Similar, 0)));
        growing.insert(0, link(9, 0.05, RelationKind::Background, 0));
        growing.insert(0, link(8, 0.2, RelationKind::SameEvent, 0));
        let relations = growing.done();
        let to: Vec<u32> = relations.of(0).iter().map(|r| r.to).collect();
        assert_eq!(to, [8, 0, 1, 2, 3, 9]);
    }
}
