//! What the reader did, by article: bits for the list and for `is:`; tags and notes of the few articles that have any.
//!
//! Owns: finding the articles of a snapshot that states speak of. Refuses: to store them (`store` does).

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::entries::Entries;
use super::snapshot::ArticleIx;
use super::store::{Is, State, States};

/// Bits and words by [`ArticleIx`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    read: FixedBitSet,
    starred: FixedBitSet,
    /// Articles with a tag or a note.
    words: FxHashMap<ArticleIx, Words>,
}

/// The reader's own words about an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Words {
    tags: Vec<String>,
    note: String,
}

impl Marks {
    /// The marks of these articles. Copies of one file have one state.
    pub fn of(entries: &Entries, states: &States) -> Self {
        let mut out = Self::default();
        if states.is_empty() {
            return out;
        }
        for (n, entry) in (0..).zip(entries.iter()) {
            if let Some(state) = states.get(entry.digest()) {
                out.set(ArticleIx(n), state);
            }
        }
        out
    }

    /// The reader's state of an article is this.
    pub fn set(&mut self, article: ArticleIx, state: &State) {
        let n = article.0 as usize;
        for (set, on) in [(&mut self.read, state.read), (&mut self.starred, state.starred)] {
            set.grow(n + 1);
            set.set(n, on);
        }
        if state.tags.is_empty() && state.note.is_empty() {
            self.words.remove(&article);
        } else {
            let words = Words { tags: state.tags.clone(), note: state.note.clone() };
            self.words.insert(article, words);
        }
    }

    /// The tags of an article, in order.
    pub fn tags(&self, article: ArticleIx) -> &[String] {
        self.words.get(&article).map_or(&[], |w| &w.tags)
    }

    /// The note of an article; empty where it has none.
    pub fn note(&self, article: ArticleIx) -> &str {
        self.words.get(&article).map_or("", |w| &w.note)
    }

    /// The articles with tags or a note, in no order.
    pub fn with_words(&self) -> impl Iterator<Item = ArticleIx> + '_ {
        self.words.keys().copied()
    }

    /// All tags with the number of their articles, in order.
    pub fn all_tags(&self) -> std::collections::BTreeMap<&str, u32> {
        let mut out = std::collections::BTreeMap::new();
        for tag in self.words.values().flat_map(|w| &w.tags) {
            *out.entry(tag.as_str()).or_default() += 1;
        }
        out
    }

    /// Whether the article is so.
    pub fn is(&self, article: ArticleIx, what: Is) -> bool {
        let n = article.0 as usize;
        match what {
            Is::Read => self.read.contains(n),
            Is::Unread => !self.read.contains(n),
            Is::Starred => self.starred.contains(n),
        }
    }
}
