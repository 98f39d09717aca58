//! Entities in a file: of a large library there are hundreds of thousands, and a screen shows a few dozen.
//!
//! Owns: how they are kept: entities one after another, those of each article's mentions as numbers, then where each begins. In
//! memory are kind, number of articles and a hash of the id of each, which lists and counts need of all of them.
//! Refuses: to join names (`entity` does). Damaged bytes give no entity, never a panic.
//! Tests: at the foot, and `tests/it/cache.rs`.

use std::fs::File;
use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::bytes::{Bytes, limits, numbers32, piece, stretches};
use super::drawer::Drawer;
use crate::entity::{Entities, Entity, EntityIx, Keeper, Kind};

/// Entities from which they are put away: in memory each takes some hundred bytes.
const MANY: usize = if cfg!(test) { 64 } else { 1 << 15 };

/// What is in memory of kept entities.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Outline {
    kinds: Vec<Kind>,
    articles: Vec<u32>,
    ids: Vec<u32>,
    fewest_words: Vec<u8>,
    /// Bytes of the rest: entities, those of the mentions, where each entity begins, and where the mentions of each article.
    lengths: [u64; 4],
}

/// Entities that stay in a file.
#[derive(Debug)]
pub struct Roster {
    outline: Outline,
    all: Bytes,
    of: Bytes,
    /// In bytes.
    begins: Bytes,
    /// In numbers.
    mentions: Bytes,
}

/// What is kept of the entities of so many articles: what will be in memory, and the rest, put away.
pub fn parts(entities: &Entities, articles: usize, drawer: &mut Drawer) -> (Outline, [Bytes; 4]) {
    let mut outline = Outline::default();
    let mut all = Vec::new();
    let (mut begins, mut mentions) = (vec![0], vec![0]);
    entities.each(|entity| {
        outline.kinds.push(entity.kind);
        outline.articles.push(entity.articles);
        outline.ids.push(hash(&entity.id));
        outline.fewest_words.push(u8::try_from(entity.fewest_words()).unwrap_or(u8::MAX));
        // Writing into memory cannot fail.
        all.extend(postcard::to_stdvec(entity).unwrap_or_default());
        begins.push(all.len() as u32);
    });
    let all = drawer.put(Bytes::Here(all));
    let mut of = Vec::new();
    for article in 0..articles {
        of.extend(entities.of(article).iter().flat_map(|ix| ix.0.to_le_bytes()));
        mentions.push((of.len() / 4) as u32);
    }
    let rest = [all, drawer.put(Bytes::Here(of)), limits(&begins), limits(&mentions)];
    outline.lengths = rest.each_ref().map(|bytes| bytes.len() as u64);
    (outline, rest)
}

/// The entities of so many articles, put away where they are many.
pub fn put_away(entities: Entities, articles: usize, drawer: &mut Drawer) -> Entities {
    if entities.len() < MANY {
        return entities;
    }
    let (outline, [all, of, begins, mentions]) = parts(&entities, articles, drawer);
    Entities::kept(Box::new(Roster { outline, all, of, begins, mentions }))
}

impl Outline {
    /// Bytes of the rest.
    pub fn rest(&self) -> usize {
        self.lengths.iter().sum::<u64>() as usize
    }

    /// The entities whose rest begins at a byte of a file.
    pub fn on(self, file: &Arc<File>, at: u64) -> Entities {
        let [all, of, begins, mentions] = stretches(file, at, self.lengths);
        Entities::kept(Box::new(Roster { outline: self, all, of, begins, mentions }))
    }
}

impl Keeper for Roster {
    fn count(&self) -> usize {
        self.outline.kinds.len()
    }

    fn entity(&self, ix: EntityIx) -> Option<Entity> {
        postcard::from_bytes(&self.all.get(piece(&self.begins, ix.0 as usize)?)).ok()
    }

    fn kinds(&self) -> &[Kind] {
        &self.outline.kinds
    }

    fn articles(&self) -> &[u32] {
        &self.outline.articles
    }

    fn fewest_words(&self) -> &[u8] {
        &self.outline.fewest_words
    }

    fn like(&self, id: &str) -> Vec<EntityIx> {
        let hash = hash(id);
        (0..).zip(&self.outline.ids).filter(|(_, h)| **h == hash).map(|(n, _)| EntityIx(n)).collect()
    }

    fn of(&self, article: usize) -> Vec<EntityIx> {
        let Some(numbers) = piece(&self.mentions, article) else { return Vec::new() };
        let bytes = self.of.get(numbers.start * 4..numbers.end * 4);
        numbers32(&bytes).map(EntityIx).collect()
    }
}

fn hash(id: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(id.as_bytes());
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::super::bytes::in_file;
    use super::*;
    use crate::entity::{Rule, Variant};

    #[test]
    fn entities_in_a_file_are_the_same() {
        let entity = |n: u32| Entity {
            id: format!("per:{n}"),
            kind: Kind::ALL[n as usize % 4],
            name: format!("Đỗ Thị {n}"),
            variants: vec![Variant {
                text: format!("Thị {n}"),
                count: n,
                rule: Rule::Part,
                why: String::new(),
            }],
            articles: n % 7,
            mentions: n,
            open: Vec::new(),
        };
        let of = vec![vec![EntityIx(3), EntityIx(3), EntityIx::NONE], Vec::new(), vec![EntityIx(99)]];
        let here = Entities::joined((0..100).map(entity).collect(), of);
        let (outline, rest) = parts(&here, 3, &mut Drawer::within(None));
        let (file, at) = in_file(&rest);
        assert_eq!(outline.rest(), rest.iter().map(Bytes::len).sum::<usize>());
        let there = outline.on(&file, at);
        assert!(there.iter().eq(here.iter()));
        let away = put_away(there, 3, &mut Drawer::within(None));
        assert!(away.iter().eq(here.iter()) && away.of(0) == here.of(0) && away.len() >= MANY);
        let there = away;
        for n in 0..4 {
            assert_eq!((there.of(n), there.in_article(n)), (here.of(n), here.in_article(n)), "{n}");
        }
        for n in [0, 31, 32, 99, 100] {
            let (ix, id) = (EntityIx(n), format!("per:{n}"));
            assert_eq!((there.kind(ix), there.articles(ix)), (here.kind(ix), here.articles(ix)));
            assert_eq!(there.find(&id), here.find(&id), "{id}");
            for words in 0..4 {
                assert_eq!(there.may_be_as_short(ix, words), here.may_be_as_short(ix, words), "{n} {words}");
            }
        }
    }
}
