//! The articles of a library by number.
//!
//! Owns: that snapshots share them stretch by stretch: the next snapshot copies only where something changed, and a million articles
//! of which a screenful is known are made in no time.
//! Refuses: order (a snapshot has it) and what an article is ([`super::snapshot`] knows). Tests: at the foot.

use std::ops::Index;
use std::sync::Arc;

use super::snapshot::Entry;

/// Articles of a stretch: few, as the first screenful of a million lies in a hundred different ones.
const STRETCH: usize = 32;

/// All articles, by number.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    /// Each of [`STRETCH`] articles; what lies behind the last article is blank.
    stretches: Vec<Arc<Vec<Entry>>>,
    len: usize,
}

impl Entries {
    /// How many they are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One of them.
    pub fn get(&self, n: usize) -> Option<&Entry> {
        self.stretches.get(n / STRETCH).filter(|_| n < self.len)?.get(n % STRETCH)
    }

    /// One of them, to be changed; its stretch is copied where a snapshot has it as well.
    pub fn get_mut(&mut self, n: usize) -> Option<&mut Entry> {
        let stretch = self.stretches.get_mut(n / STRETCH).filter(|_| n < self.len)?;
        Arc::make_mut(stretch).get_mut(n % STRETCH)
    }

    /// All of them, by rising number.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> + '_ {
        self.stretches.iter().flat_map(|s| s.iter()).take(self.len)
    }

    /// Adds blank ones until they are so many. Whole stretches of them are one and the same.
    pub fn grow(&mut self, len: usize) {
        self.len = self.len.max(len);
        let there = self.stretches.len();
        if there * STRETCH < self.len {
            let blank = Arc::new(vec![Entry::default(); STRETCH]);
            self.stretches.resize(self.len.div_ceil(STRETCH), blank);
        }
    }

    /// Adds one.
    pub fn push(&mut self, entry: Entry) {
        let n = self.len;
        self.grow(n + 1);
        if let Some(place) = self.get_mut(n) {
            *place = entry;
        }
    }
}

impl Index<usize> for Entries {
    type Output = Entry;

    fn index(&self, n: usize) -> &Entry {
        &self.stretches[n / STRETCH][n % STRETCH]
    }
}

impl Extend<Entry> for Entries {
    fn extend<T: IntoIterator<Item = Entry>>(&mut self, entries: T) {
        for entry in entries {
            self.push(entry);
        }
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut out = Self::default();
        out.extend(entries);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_share_what_did_not_change() {
        let entry = |n: usize| Entry { record: n as u32, ..Entry::default() };
        let before: Entries = (0..STRETCH * 2 + 3).map(entry).collect();
        let mut after = before.clone();
        after.grow(STRETCH * 9);
        after.get_mut(STRETCH).expect("there").record = 7;
        assert!(after.get_mut(STRETCH * 9).is_none() && before.get(STRETCH * 2 + 3).is_none());
        assert_eq!((before[STRETCH].record, after[STRETCH].record), (STRETCH as u32, 7));
        let shared = |n: usize| Arc::ptr_eq(&before.stretches[n], &after.stretches[n]);
        assert!(shared(0) && !shared(1) && shared(2));
        assert!(Arc::ptr_eq(&after.stretches[4], &after.stretches[8]));
        assert_eq!(after.iter().count(), STRETCH * 9);
        assert!(before.iter().map(|e| e.record as usize).eq(0..STRETCH * 2 + 3));
        after.push(entry(5));
        assert_eq!((after.len(), after[STRETCH * 9].record), (STRETCH * 9 + 1, 5));
    }
}
