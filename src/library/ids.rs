//! Ids: 12 hexadecimal digits of the digest of an article's bytes.
//!
//! Owns: digests, and the suffixes that keep the ids of equal files apart.
//! Refuses: paths as identity: a file that is moved or renamed keeps its id.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::entries::Entries;

/// The digest part of an id.
pub fn digest(bytes: &[u8]) -> String {
    let hex = blake3::hash(bytes).to_hex();
    hex.as_str().chars().take(12).collect()
}

/// Whether a text looks like an id or its beginning: four digits or more.
pub fn is_id(text: &str) -> bool {
    let (digits, twin) = text.split_once('-').unwrap_or((text, "1"));
    (4..=12).contains(&digits.len())
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        && !twin.is_empty()
        && twin.bytes().all(|b| b.is_ascii_digit())
}

/// How often each digest came so far: keeps ids apart while batches come in; [`settle`] orders them when all are there.
#[derive(Debug, Default)]
pub struct Twins {
    seen: FxHashMap<EcoString, u32>,
}

impl Twins {
    /// Gives the entries of a new batch, whose ids are bare digests, ids of their own.
    pub fn part(&mut self, entries: &mut Entries, fresh: impl Iterator<Item = usize>) {
        for n in fresh {
            let Some(entry) = entries.get_mut(n) else { continue };
            let count = self.seen.entry(entry.id.clone()).or_insert(0);
            *count += 1;
            if *count > 1 {
                entry.id = eco_format!("{}-{count}", entry.id);
            }
        }
    }
}

/// Gives later articles with the same bytes `-2`, `-3` …, in order of path and record, so that the same folder gets the same ids
/// however its files came in. Entries without id (not read) are left alone.
pub fn settle(entries: &mut Entries) {
    let place = |n: &usize| (entries[*n].digest(), &entries[*n].path, entries[*n].record);
    let mut all: Vec<usize> = (0..entries.len()).filter(|n| !entries[*n].id.is_empty()).collect();
    all.sort_by(|a, b| place(a).cmp(&place(b)));
    let same = |a: &usize, b: &usize| entries[*a].digest() == entries[*b].digest();
    let mut twins: Vec<(usize, EcoString)> = Vec::new();
    for group in all.chunk_by(same).filter(|group| group.len() > 1) {
        let digest = entries[group[0]].digest();
        let id = |nth: usize| if nth == 0 { digest.into() } else { eco_format!("{digest}-{}", nth + 1) };
        twins.extend(group.iter().enumerate().map(|(nth, n)| (*n, id(nth))));
    }
    for (n, id) in twins {
        if entries[n].id != id
            && let Some(entry) = entries.get_mut(n)
        {
            entry.id = id;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::snapshot::Entry;
    use super::*;

    #[test]
    fn twins_are_numbered_by_path() {
        let entry =
            |path: &str, id: &str| Entry { id: id.into(), path: Path::new(path).into(), ..Entry::default() };
        let all = [entry("c", "aa-2"), entry("b", "aa"), entry("a", "bb"), entry("d", ""), entry("a", "aa")];
        let mut entries: Entries = all.into_iter().collect();
        settle(&mut entries);
        let ids: Vec<_> = entries.iter().map(|e| &*e.id).collect();
        assert_eq!(ids, ["aa-3", "aa-2", "bb", "", "aa"]);
    }

    #[test]
    fn a_digest_has_twelve_digits() {
        assert_eq!(digest(b"").len(), 12);
        assert_ne!(digest(b"a"), digest(b"b"));
    }
}
