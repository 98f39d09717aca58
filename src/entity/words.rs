//! What unlabelled text tells of words and of names of several words: the cluster of each, by the company it keeps.
//!
//! Owns: the file `assets/names.words` and looking words up. Refuses: making the clusters (the trainer does).
//! Tests: at the foot of this file.
//!
//! Format (little endian): `DBWD`, version (u8), coarse cluster of each of the 256 fine ones (u8 each), number of words
//! (u32), then for each word in rising order of its hash: difference from the hash before (LEB128), fine cluster (u8).

use super::syllable::hash_many;
use super::weights::{BadModel, number, take, varint};

const MAGIC: &[u8; 4] = b"DBWD";
const VERSION: u8 = 1;

/// The clusters of a word: a fine one and the coarse one that holds it; both 0 for an unknown word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// 1 to 256.
    pub fine: u32,
    /// 1 to 256.
    pub coarse: u32,
}

/// Clusters of words.
#[derive(Debug)]
pub(crate) struct Words {
    coarse: Vec<u8>,
    keys: Vec<u32>,
    fine: Vec<u8>,
    shift: u32,
    /// One bit for each value of a key's upper bits: most names that are asked for are in no table, and this is small.
    seen: Vec<u64>,
    seen_shift: u32,
}

/// Bits of [`Words::seen`] for each word, at least.
const SEEN: usize = 8;

/// The key of a name of several tokens, from the hashes of their exact forms.
pub(crate) fn name_key(exact: impl Iterator<Item = u32>) -> u32 {
    hash_many(exact)
}

impl Words {
    /// A table of words and their clusters.
    pub fn new(coarse: &[u8; 256], words: &[(u32, u8)]) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(16);
        let shift = 32 - size.trailing_zeros();
        let seen = (words.len() * SEEN).next_power_of_two().max(64);
        let mut table = Self {
            coarse: coarse.to_vec(),
            keys: vec![0; size],
            fine: vec![0; size],
            shift,
            seen: vec![0; seen / 64],
            seen_shift: 32 - seen.trailing_zeros(),
        };
        for &(key, cluster) in words {
            let bit = key.max(1) >> table.seen_shift;
            table.seen[(bit >> 6) as usize] |= 1 << (bit & 63);
            let mut slot = (key >> shift) as usize;
            while table.keys[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            table.keys[slot] = key.max(1);
            table.fine[slot] = cluster;
        }
        table
    }

    /// The clusters of a word, by the hash of its exact form or by [`name_key`].
    pub fn cluster(&self, key: u32) -> Cluster {
        let key = key.max(1);
        let bit = key >> self.seen_shift;
        if self.seen[(bit >> 6) as usize] >> (bit & 63) & 1 == 0 {
            return Cluster::default();
        }
        let mut slot = (key >> self.shift) as usize;
        loop {
            match self.keys[slot] {
                0 => return Cluster::default(),
                found if found == key => {
                    let fine = self.fine[slot];
                    let coarse = self.coarse[usize::from(fine)];
                    return Cluster { fine: u32::from(fine) + 1, coarse: u32::from(coarse) + 1 };
                }
                _ => slot = (slot + 1) & (self.keys.len() - 1),
            }
        }
    }

    /// Reads the file.
    pub fn read(bytes: &[u8]) -> Result<Self, BadModel> {
        let mut rest = bytes;
        if take(&mut rest, 4)? != MAGIC {
            return Err(BadModel::Foreign);
        }
        if take(&mut rest, 1)? != [VERSION] {
            return Err(BadModel::Stale);
        }
        let mut coarse = [0; 256];
        coarse.copy_from_slice(take(&mut rest, 256)?);
        let count = number(&mut rest)? as usize;
        let mut words = Vec::with_capacity(count.min(bytes.len()));
        let mut key = 0u32;
        for _ in 0..count {
            key = key.wrapping_add(varint(&mut rest)?);
            words.push((key, take(&mut rest, 1)?[0]));
        }
        Ok(Self::new(&coarse, &words))
    }

    /// Writes the file; of words with the same hash the first stays.
    #[cfg(any(test, feature = "train"))]
    pub fn write(coarse: &[u8; 256], words: &mut Vec<(u32, u8)>) -> Vec<u8> {
        words.sort_by_key(|w| w.0);
        words.dedup_by_key(|w| w.0);
        let mut out = MAGIC.to_vec();
        out.push(VERSION);
        out.extend(coarse);
        out.extend((words.len() as u32).to_le_bytes());
        let mut last = 0;
        for &(key, cluster) in words.iter() {
            super::weights::put_varint(&mut out, key - last);
            last = key;
            out.push(cluster);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote() {
        let mut coarse = [0; 256];
        coarse[200] = 3;
        let file = Words::write(&coarse, &mut vec![(9_000_000, 200), (5, 0), (9_000_001, 7)]);
        let words = Words::read(&file).unwrap();
        assert_eq!(words.cluster(9_000_000), Cluster { fine: 201, coarse: 4 });
        assert_eq!(words.cluster(5), Cluster { fine: 1, coarse: 1 });
        assert_eq!(words.cluster(6), Cluster::default());
        for cut in 0..file.len() {
            assert!(Words::read(&file[..cut]).is_err(), "{cut}");
        }
    }
}
