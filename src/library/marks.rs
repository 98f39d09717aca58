//! What the reader did, by article: bits for the list and for `is:`.
//!
//! Owns: finding the articles of a snapshot that states speak of. Refuses: to store them (`store` does).

use fixedbitset::FixedBitSet;

use super::snapshot::{ArticleIx, Entry};
use super::store::{Is, State, States};

/// Bits by [`ArticleIx`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    read: FixedBitSet,
    starred: FixedBitSet,
}

impl Marks {
    /// The marks of these articles. Copies of one file have one state.
    pub fn of(entries: &[Entry], states: &States) -> Self {
        let mut out = Self::default();
        if states.is_empty() {
            return out;
        }
        for (n, entry) in (0..).zip(entries) {
            if let Some(state) = states.get(entry.digest()) {
                out.set(ArticleIx(n), *state);
            }
        }
        out
    }

    /// The reader's state of an article is this.
    pub fn set(&mut self, article: ArticleIx, state: State) {
        let n = article.0 as usize;
        for (set, on) in [(&mut self.read, state.read), (&mut self.starred, state.starred)] {
            set.grow(n + 1);
            set.set(n, on);
        }
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
