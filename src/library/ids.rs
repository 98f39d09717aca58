//! Ids: 12 hexadecimal digits of the digest of an article's bytes.
//!
//! Owns: digests, and the suffixes that keep the ids of equal files apart.
//! Refuses: paths as identity: a file that is moved or renamed keeps its id.

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use super::snapshot::Entry;

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
    pub fn part(&mut self, entries: &mut [Entry], fresh: impl Iterator<Item = usize>) {
        for n in fresh {
            let entry = &mut entries[n];
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
pub fn settle(entries: &mut [Entry]) {
    let mut twins: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (n, entry) in entries.iter().enumerate().filter(|(_, e)| !e.id.is_empty()) {
        twins.entry(entry.digest().to_owned()).or_default().push(n);
    }
    for (digest, mut group) in twins.into_iter().filter(|(_, g)| g.len() > 1) {
        group.sort_by(|&a, &b| {
            let (a, b) = (&entries[a], &entries[b]);
            a.path.cmp(&b.path).then(a.record.cmp(&b.record))
        });
        for (nth, n) in group.into_iter().enumerate() {
            entries[n].id =
                if nth == 0 { digest.as_str().into() } else { eco_format!("{digest}-{}", nth + 1) };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn twins_are_numbered_by_path() {
        let entry =
            |path: &str, id: &str| Entry { id: id.into(), path: Path::new(path).into(), ..Entry::default() };
        let mut entries =
            vec![entry("c", "aa-2"), entry("b", "aa"), entry("a", "bb"), entry("d", ""), entry("a", "aa")];
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
