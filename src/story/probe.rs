//! Hashes that many others are held against, one list after another.
//!
//! Owns: a small table with a coarse sieve before it. Refuses: what does not fit the nearest cache. Tests: at the foot.

use super::packed::Hashes;
use super::vectors::Counted;

/// Bits of a hash that [`Probe::seen`] looks at: two kilobytes.
const SEEN_BITS: u32 = 14;
/// Hashes that are looked at before those that were seen are looked up.
const AT_ONCE: usize = 128;

/// Hash to weight, by open addressing: a few kilobytes that stay in the nearest cache while others pass by.
#[derive(Debug, Default)]
pub(super) struct Probe {
    slots: Vec<(u32, f32)>,
    shift: u32,
    /// One bit for each value of a hash's upper bits: most others are turned away here.
    seen: Vec<u64>,
}

impl Probe {
    /// Takes so many hashes with their weights; those of no weight need not be there.
    pub fn fill(&mut self, many: usize, entries: impl Iterator<Item = (u32, f32)>) {
        let size = (many * 2).next_power_of_two().max(16);
        self.shift = 32 - size.trailing_zeros();
        self.slots.clear();
        self.slots.resize(size, (0, 0.0));
        self.seen.clear();
        self.seen.resize(1 << (SEEN_BITS - 6), 0);
        for (hash, weight) in entries.take(many) {
            let mut at = self.place(hash);
            while self.slots[at].1 != 0.0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (hash, weight);
            let bit = hash >> (32 - SEEN_BITS);
            self.seen[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
    }

    fn place(&self, hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// The sum of the products of weights and what the counts are worth.
    pub fn dot(&self, counts: Counted<'_>, worth: impl Fn(u8) -> f32) -> f32 {
        let mut sum = 0.0;
        self.each(counts.hashes, |at, weight| {
            sum += weight * counts.counts.get(at).map_or(0.0, |count| worth(*count));
        });
        sum
    }

    /// How many of some distinct hashes are here.
    pub fn count(&self, hashes: Hashes<'_>) -> usize {
        let mut count = 0;
        self.each(hashes, |_, weight| count += usize::from(weight != 0.0));
        count
    }

    /// Calls `with` for the places of those hashes that may be here, with their weights.
    fn each(&self, hashes: Hashes<'_>, mut with: impl FnMut(usize, f32)) {
        let mut hits = [(0, 0); AT_ONCE];
        for (n, part) in hashes.chunks(AT_ONCE).enumerate() {
            // Without a branch: which of them were seen is as good as chance.
            let mut found = 0;
            for (at, hash) in part.iter().enumerate() {
                let bit = hash >> (32 - SEEN_BITS);
                hits[found] = (hash, at);
                found += (self.seen[(bit >> 6) as usize] >> (bit & 63) & 1) as usize;
            }
            for &(hash, at) in &hits[..found] {
                with(n * AT_ONCE + at, self.weight(hash));
            }
        }
    }

    /// The weight of a hash; 0 where it is not here.
    fn weight(&self, hash: u32) -> f32 {
        let mut at = self.place(hash);
        loop {
            let (key, weight) = self.slots[at];
            if key == hash || weight == 0.0 {
                return weight;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::Counts;
    use super::*;

    #[test]
    fn what_both_have_is_found() {
        let hash = |n: u32| n.wrapping_mul(0x9E37_79B1);
        let mut probe = Probe::default();
        for many in [0, 1, 7, 500] {
            probe.fill(many as usize, (0..many).map(|n| (hash(n), n as f32)));
            let other: Vec<(u32, u8)> = (0..many * 2).step_by(3).map(|n| (hash(n), 2)).collect();
            let shared: Vec<u32> = (0..many).step_by(3).collect();
            let other = Counts::of(other);
            let sum = shared.iter().sum::<u32>() as f32;
            assert!((probe.dot(other.view(), f32::from) - 2.0 * sum).abs() < 1e-3, "{many}");
            probe.fill(many as usize, (0..many).map(|n| (hash(n), 1.0)));
            assert_eq!(probe.count(other.view().hashes), shared.len(), "{many}");
        }
    }
}
