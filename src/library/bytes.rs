//! Bytes that lie in memory, or in a file from which they are fetched when somebody wants them.
//!
//! Owns: that difference, so that an index of a large library need not fill the memory: the system keeps the pages that are used.
//! Refuses: to know what the bytes mean. A file that cannot be read any more gives nothing: readers take what is there.
//! Tests: at the foot; whole segments in [`super::segment`].

use std::borrow::Cow;
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

/// Bytes in memory or in a file.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// In memory.
    Here(Vec<u8>),
    /// In a file.
    There {
        /// The file; it stays readable when it is replaced.
        file: Arc<File>,
        /// Where they begin.
        at: u64,
        /// How many they are.
        len: usize,
    },
}

impl Default for Bytes {
    fn default() -> Self {
        Self::Here(Vec::new())
    }
}

impl Bytes {
    /// How many they are.
    pub fn len(&self) -> usize {
        match self {
            Self::Here(bytes) => bytes.len(),
            Self::There { len, .. } => *len,
        }
    }

    /// Some of them; nothing where they are not there.
    pub fn get(&self, range: Range<usize>) -> Cow<'_, [u8]> {
        match self {
            Self::Here(bytes) => bytes.get(range).map_or(Cow::default(), Cow::Borrowed),
            Self::There { len, .. } if range.end > *len || range.start > range.end => Cow::default(),
            Self::There { file, at, .. } => {
                let mut out = vec![0; range.len()];
                let read = file.read_exact_at(&mut out, at + range.start as u64);
                read.map_or(Cow::default(), |()| Cow::Owned(out))
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> Cow<'_, [u8]> {
        self.get(0..self.len())
    }
}

/// Numbers of two bytes, the smaller one first.
pub fn numbers16(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    bytes.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b))
}

/// Numbers of four bytes, the smallest one first.
pub fn numbers32(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b))
}

/// Where pieces that follow one another begin, and the end of the last, as bytes.
pub fn limits(numbers: &[u32]) -> Bytes {
    Bytes::Here(numbers.iter().flat_map(|n| n.to_le_bytes()).collect())
}

/// Where a piece begins and ends, from the [`limits`] of all; nothing where there is no such piece.
pub fn piece(limits: &Bytes, nth: usize) -> Option<Range<usize>> {
    let two = limits.get(4 * nth..4 * nth + 8);
    let mut two = numbers32(&two).map(|n| n as usize);
    Some(two.next()?..two.next()?)
}

/// Bytes of a file, one stretch of these lengths after another.
pub fn stretches<const N: usize>(file: &Arc<File>, mut at: u64, lengths: [u64; N]) -> [Bytes; N] {
    lengths.map(|len| {
        at += len;
        Bytes::There { file: Arc::clone(file), at: at - len, len: len as usize }
    })
}

/// Numbers of eight bytes, the smallest one first.
pub fn numbers64(bytes: &[u8]) -> impl Iterator<Item = u64> + '_ {
    bytes.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b))
}

/// A file that begins with something else, and has these bytes after one another behind it; and where they begin.
#[cfg(test)]
pub fn in_file<'a>(all: impl IntoIterator<Item = &'a Bytes>) -> (Arc<File>, u64) {
    use std::io::Write as _;
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(b"before").expect("written");
    for bytes in all {
        file.write_all(&bytes.all()).expect("written");
    }
    (Arc::new(file), 6)
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn the_same_bytes_are_got_from_memory_and_from_a_file() {
        let here = Bytes::Here(b"0123456789".to_vec());
        let (file, at) = in_file([&here]);
        let there = Bytes::There { file, at, len: 10 };
        for range in [0..10, 3..5, 4..4, 9..11, 20..30] {
            assert_eq!(there.get(range.clone()), here.get(range.clone()), "{range:?}");
        }
        assert_eq!(there.all(), here.all());
        let gone = Bytes::There { file: Arc::new(tempfile::tempfile().expect("a file")), at: 0, len: 10 };
        assert!(gone.all().is_empty());
    }
}
