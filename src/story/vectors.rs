//! What the score of two articles is made of: counted hashes, in memory or in bytes that were read.
//!
//! Owns: [`Counts`] and [`Vectors`], and their views, which take what was read as it lies: an article is compared with a hundred
//! others while it is young, and each of these would cost six pieces of memory.
//! Refuses: weights; to read an article. Tests: at the foot.

use serde::{Deserialize, Serialize};

use super::packed::{self, Hashes};

/// Hashes in ascending order, each with its count.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Counts {
    #[serde(with = "packed::hashes")]
    pub hashes: Box<[u32]>,
    #[serde(with = "packed::bytes")]
    pub counts: Box<[u8]>,
}

impl Counts {
    /// Adds up the counts of equal hashes.
    pub fn of(weighted: Vec<(u32, u8)>) -> Self {
        // As one number each they are sorted without a branch.
        let number = |(hash, count)| u64::from(hash) << 8 | u64::from(count);
        let mut numbers: Vec<u64> = weighted.into_iter().map(number).collect();
        numbers.sort_unstable();
        let parts = |number: u64| ((number >> 8) as u32, number as u8);
        let mut hashes: Vec<u32> = Vec::with_capacity(numbers.len());
        let mut counts: Vec<u8> = Vec::with_capacity(numbers.len());
        for (hash, count) in numbers.into_iter().map(parts) {
            match counts.last_mut() {
                Some(last) if hashes.last() == Some(&hash) => *last = last.saturating_add(count),
                _ => {
                    hashes.push(hash);
                    counts.push(count);
                }
            }
        }
        Self { hashes: hashes.into(), counts: counts.into() }
    }

    /// Hash and count, in ascending order of hashes.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8)> + '_ {
        self.hashes.iter().copied().zip(self.counts.iter().copied())
    }

    /// How often the hash is counted.
    pub fn count(&self, hash: u32) -> u8 {
        self.hashes.binary_search(&hash).map_or(0, |at| self.counts[at])
    }

    /// As they would have been read.
    pub fn view(&self) -> Counted<'_> {
        Counted { hashes: Hashes::of(&self.hashes), counts: &self.counts }
    }
}

/// [`Counts`] wherever they lie.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Counted<'a> {
    #[serde(borrow)]
    pub hashes: Hashes<'a>,
    pub counts: &'a [u8],
}

impl<'a> Counted<'a> {
    /// The hash at a place, and its count.
    pub fn get(&self, at: usize) -> Option<(u32, u8)> {
        Some((self.hashes.get(at)?, *self.counts.get(at)?))
    }

    /// Hash and count, in ascending order of hashes.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u8)> + use<'a> {
        self.hashes.iter().zip(self.counts.iter().copied())
    }
}

/// What two articles are scored by: all that is read of most candidates.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Vectors {
    /// Syllables with marks; those of the title count five times, those of the lead twice.
    pub(super) syllables: Counts,
    /// Neighbouring syllables without marks, not across punctuation.
    pub(super) pairs: Counts,
    /// What is written as a name, each with its weight.
    pub(super) proper: Counts,
}

impl Vectors {
    /// As they would have been read.
    pub fn view(&self) -> View<'_> {
        View { syllables: self.syllables.view(), pairs: self.pairs.view(), proper: self.proper.view() }
    }
}

/// [`Vectors`] wherever they lie: read from the bytes that [`Vectors`] were written as, on the same machine.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct View<'a> {
    #[serde(borrow)]
    pub(super) syllables: Counted<'a>,
    #[serde(borrow)]
    pub(super) pairs: Counted<'a>,
    #[serde(borrow)]
    pub(super) proper: Counted<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_seen_as_it_was() {
        let counts = |first: u32| Counts::of(vec![(first, 1), (u32::MAX, 3), (7, 255), (first, 1)]);
        let vectors = Vectors { syllables: counts(2), pairs: counts(40), proper: Counts::default() };
        let bytes = postcard::to_stdvec(&vectors).expect("bytes");
        let read: View<'_> = postcard::from_bytes(&bytes).expect("a view");
        for (read, written) in [
            (read.syllables, &vectors.syllables),
            (read.pairs, &vectors.pairs),
            (read.proper, &vectors.proper),
        ] {
            let expect: Vec<(u32, u8)> = written.iter().collect();
            assert_eq!(read.iter().collect::<Vec<_>>(), expect);
            assert_eq!(written.view().iter().collect::<Vec<_>>(), expect);
            assert_eq!((0..9).map_while(|at| read.get(at)).collect::<Vec<_>>(), expect);
        }
        assert!((0..bytes.len()).all(|cut| postcard::from_bytes::<View<'_>>(&bytes[..cut]).is_err()));
    }
}
