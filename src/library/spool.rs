//! Features of articles while they are related: in memory while they are few, else in a file without a name that is gone with us.
//!
//! Owns: where the bytes of each article lie, whatever order they come in. Refuses: to fail: what cannot be written stays in memory.
//! Tests: at the foot.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Room for the piece with which there are too many bytes in memory: larger ones find their own.
const MORE: usize = 64 << 10;
/// Bytes that stay in memory.
const IN_MEMORY: usize = 16 << 20;

thread_local! {
    /// Where pieces are read to: each is looked at, others beside it, and let go.
    static ROOMS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// First byte and number of bytes of a piece, in one number: there may be millions of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place(u64);

impl Place {
    /// There is no such piece.
    const NONE: Self = Self(u64::MAX);
    /// Bits for the number of bytes.
    const LENGTH: u32 = 24;

    fn new(start: u64, length: usize) -> Self {
        let fits = length >> Self::LENGTH == 0 && start >> (u64::BITS - Self::LENGTH) == 0;
        if fits { Self(start << Self::LENGTH | length as u64) } else { Self::NONE }
    }

    fn get(self) -> Option<(u64, usize)> {
        let length = self.0 & ((1 << Self::LENGTH) - 1);
        (self != Self::NONE).then_some((self.0 >> Self::LENGTH, length as usize))
    }
}

/// Pieces of bytes, by number; one of 16 megabytes or more is not kept.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: Option<File>,
    /// Where each piece is.
    places: Vec<Place>,
    /// Bytes in the file; those that come after them are in memory.
    written: u64,
    memory: Vec<u8>,
    /// Bytes that may stay in memory.
    most: usize,
}

impl Spool {
    /// An empty one, whose file would lie in a folder; without one, where the system keeps such files.
    pub fn within(folder: Option<&Path>) -> Self {
        let folder = folder.map_or_else(std::env::temp_dir, Path::to_owned);
        Self { folder, file: None, places: Vec::new(), written: 0, memory: Vec::new(), most: IN_MEMORY }
    }

    /// Whether there is a piece.
    pub fn has(&self, piece: usize) -> bool {
        self.places.get(piece).is_some_and(|place| *place != Place::NONE)
    }

    /// With no more than so many bytes in memory.
    #[must_use]
    pub fn with_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// Adds a piece, or another in its place.
    pub fn put(&mut self, piece: usize, bytes: &[u8]) {
        if self.memory.capacity() == 0 && self.most <= IN_MEMORY {
            // Room that grew by itself would be twice as much in the end.
            self.memory.reserve_exact(self.most + MORE);
        }
        if self.places.len() <= piece {
            self.places.resize(piece + 1, Place::NONE);
        }
        self.places[piece] = Place::new(self.written + self.memory.len() as u64, bytes.len());
        self.memory.extend_from_slice(bytes);
        if self.memory.len() > self.most && self.write_out().is_err() {
            // A full disk, most likely: not to be tried again with each piece.
            self.most = usize::MAX;
        }
    }

    fn write_out(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(nameless(&self.folder)?),
        };
        file.write_all(&self.memory)?;
        self.written += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }

    /// Takes something from a piece; nothing where it cannot be read.
    pub fn with<T>(&self, piece: usize, take: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let (start, length) = self.places.get(piece)?.get()?;
        if let Some(at) = start.checked_sub(self.written) {
            return take(self.memory.get(at as usize..at as usize + length)?);
        }
        let mut room = ROOMS.with_borrow_mut(Vec::pop).unwrap_or_default();
        room.resize(length.max(room.len()), 0);
        let read = self.file.as_ref().and_then(|file| read_at(file, &mut room[..length], start).ok());
        let taken = read.and_then(|()| take(&room[..length]));
        ROOMS.with_borrow_mut(|rooms| rooms.push(room));
        taken
    }
}

/// A file that no path leads to, where the system has such files.
pub(super) fn nameless(folder: &Path) -> io::Result<File> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("features-{}-{number}.tmp", std::process::id()));
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path)?;
    // Where an open file cannot be removed, the next one of this name takes its place.
    let _ = fs::remove_file(&path);
    Ok(file)
}

#[cfg(unix)]
pub(super) fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
pub(super) fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_back_from_memory_and_from_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        for (most, folder) in [
            (usize::MAX, folder.path().to_owned()),
            (10, folder.path().to_owned()),
            (10, "/none/there".into()),
        ] {
            let mut spool = Spool { most, ..Spool::within(Some(&folder)) };
            let piece = |n: usize| vec![n as u8; n % 7];
            // In whatever order they come.
            (0..50).map(|n| n * 7 % 50).for_each(|n| spool.put(n, &piece(n)));
            for n in (0..50).rev() {
                assert_eq!(
                    spool.with(n, |bytes| Some(bytes.to_vec())),
                    Some(piece(n)),
                    "{n} of {most} in {folder:?}"
                );
            }
            assert_eq!(spool.with(50, |bytes| Some(bytes.len())), None);
            spool.put(52, b"later");
            assert_eq!([50, 51, 52].map(|n| spool.has(n)), [false, false, true]);
            assert_eq!(spool.file.is_some(), most == 10 && folder.exists());
        }
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left behind");
    }
}
