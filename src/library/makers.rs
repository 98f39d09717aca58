//! Who made an article: names in it that only say who wrote it, took its pictures or put it out.
//!
//! Owns: telling them from the names that an article is about. Refuses: to leave them out of anything: who asks does.
//! Tests: in `tests/it/press/name_page.rs`.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::snapshot::{ArticleIx, Read, Snapshot};
use crate::article::{Place, Plain};
use crate::entity::EntityIx;
use crate::story::is_label;
use crate::text::spelling;

/// Credits name outlets and authors, without a context.
fn in_credit(plain: &Plain, range: &Range<usize>) -> bool {
    let part = plain.parts.iter().find(|p| p.range.start <= range.start && range.end <= p.range.end);
    part.is_some_and(|p| matches!(p.place, Place::Credit(_)))
}

impl Snapshot {
    /// The distinct names of an article that was read, each with whether it only tells who made it.
    pub fn made_by(&self, article: ArticleIx, read: &Read) -> FxHashMap<EntityIx, bool> {
        let of = self.entities.of(article.0 as usize);
        let mentions = read.names.as_deref().map_or(&[][..], |names| names.mentions.as_slice());
        let stated = read.article.authors.iter().chain(&read.article.source).chain(&read.article.site);
        let stated: FxHashSet<String> = stated.map(|name| spelling(name)).collect();
        let (text, mut out) = (read.plain.text.as_str(), FxHashMap::default());
        for (mention, entity) in mentions.iter().zip(of.iter()) {
            let range = mention.start as usize..mention.end as usize;
            let beside = || in_credit(&read.plain, &range) || text.get(..range.start).is_some_and(is_label);
            let named = || text.get(range.clone()).is_some_and(|name| stated.contains(&spelling(name)));
            *out.entry(*entity).or_insert(true) &= beside() || named();
        }
        out
    }

    /// The names of an article without those that only tell who made it, ascending; all of them where it cannot be read.
    pub(super) fn told_names(&self, article: ArticleIx) -> Vec<EntityIx> {
        let mut names: Vec<EntityIx> = self.index.entities(article).collect();
        if let Some(read) = self.read(article) {
            let made = self.made_by(article, &read);
            names.retain(|name| made.get(name) != Some(&true));
        }
        names
    }
}
