//! What the reader did, by article: bits for the list and for `is:`; tags and notes of the few articles that have any.
//!
//! Owns: finding the articles of a snapshot that states speak of. Refuses: to store them (`store` does).
//! Tests: at the foot.

use ecow::EcoString;
use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// Digests that came more than once; `None` as long as nobody looked.
    twins: Option<FxHashSet<EcoString>>,
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
        let twins = entries.iter().filter(|e| e.is_twin());
        out.twins = Some(twins.map(|e| e.digest().into()).collect());
        out
    }

    /// Takes over the states of some articles; `false` where others may have the same, and all are to be looked at.
    pub(super) fn follow(&mut self, entries: &Entries, articles: &[ArticleIx], states: &States) -> bool {
        let Some(twins) = &self.twins else { return false };
        let of = |article: &ArticleIx| Some((*article, entries.get(article.0 as usize)?.digest()));
        let all: Vec<(ArticleIx, &str)> = articles.iter().filter_map(of).collect();
        if all.iter().any(|(_, digest)| twins.contains(*digest)) {
            return false;
        }
        for (article, digest) in all {
            self.set(article, states.get(digest).unwrap_or(&State::default()));
        }
        true
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

#[cfg(test)]
mod tests {
    use super::super::snapshot::Entry;
    use super::*;

    #[test]
    fn what_changed_is_followed_unless_others_have_the_same_state() {
        let ids = ["0123456789ab", "ba9876543210", "ba9876543210-2"];
        let entries: Entries =
            ids.map(|id| Entry { id: id.into(), ..Entry::default() }).into_iter().collect();
        let read = |digest: &str| (digest.to_owned(), State { read: true, ..State::default() });
        let mut states: States = [read("0123456789ab")].into_iter().collect();
        let mut marks = Marks::default();
        assert!(!marks.follow(&entries, &[ArticleIx(0)], &states), "nobody looked for twins yet");
        marks = Marks::of(&entries, &states);
        states.clear();
        assert!(marks.follow(&entries, &[ArticleIx(0)], &states) && marks.is(ArticleIx(0), Is::Unread));
        states.extend([read("0123456789ab"), read("ba9876543210")]);
        assert!(marks.follow(&entries, &[ArticleIx(0)], &states) && marks.is(ArticleIx(0), Is::Read));
        for twin in [1, 2] {
            assert!(!marks.follow(&entries, &[ArticleIx(0), ArticleIx(twin)], &states), "{twin}");
        }
        assert!((0..3).all(|n| Marks::of(&entries, &states).is(ArticleIx(n), Is::Read)));
    }
}
