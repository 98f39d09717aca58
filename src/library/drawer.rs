//! Bytes that are put away into a file while a library is read: an index of many articles need not lie in memory until it is kept.
//!
//! Owns: the file, which has no name and goes with the program. Refuses: to fail: what cannot be put away stays in memory.
//! Tests: at the foot.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bytes::Bytes;
use super::spool::{nameless, write_at};

/// Bytes that stay in memory: a folder of some thousand articles needs no file.
const IN_MEMORY: usize = 8 << 20;

/// A file that bytes are put away into, one after another.
#[derive(Debug)]
pub struct Drawer {
    folder: PathBuf,
    file: Option<Arc<File>>,
    /// Bytes in it.
    filled: u64,
    /// Nothing more goes into it: a full disk, most likely.
    full: bool,
    /// Bytes that may stay in memory still.
    left: usize,
}

impl Drawer {
    /// An empty one, whose file would lie in a folder; without one, where the system keeps such files.
    pub fn within(folder: Option<&Path>) -> Self {
        let folder = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        Self { folder, file: None, filled: 0, full: false, left: IN_MEMORY }
    }

    /// Puts bytes away; gives where they are now.
    pub fn put(&mut self, bytes: Bytes) -> Bytes {
        let Bytes::Here(here) = &bytes else { return bytes };
        if self.full || here.len() <= self.left {
            self.left = self.left.saturating_sub(here.len());
            return bytes;
        }
        let there = self.write(here);
        self.full = there.is_none();
        there.unwrap_or(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Option<Bytes> {
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(Arc::new(nameless(&self.folder).ok()?)),
        };
        write_at(file, bytes, self.filled).ok()?;
        let there = Bytes::There { file: Arc::clone(file), at: self.filled, len: bytes.len() };
        self.filled += bytes.len() as u64;
        Some(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_away_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        for (folder, away) in [(folder.path(), true), (Path::new("/none/there"), false)] {
            let mut drawer = Drawer { left: 9, ..Drawer::within(Some(folder)) };
            let all: Vec<Vec<u8>> = (0..20_u8).map(|n| vec![n; usize::from(n) * 9]).collect();
            let put: Vec<Bytes> = all.iter().map(|bytes| drawer.put(Bytes::Here(bytes.clone()))).collect();
            for (bytes, put) in all.iter().zip(&put) {
                assert_eq!(put.all(), bytes.as_slice());
                assert_eq!(matches!(put, Bytes::There { .. }), away && bytes.len() > 9);
            }
            assert_eq!(drawer.put(put[3].clone()).all(), all[3].as_slice());
        }
    }
}
