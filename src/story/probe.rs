//! Hashes that many others are held against, one list after another.
//!
//! Owns: a small table with a coarse sieve before it. Refuses: what does not fit the nearest cache. Tests: at the foot.

use super::packed::Hashes;
use super::vectors::Counted;

/// Hashes that are sifted before those that are left are looked up.
const AT_ONCE: usize = 128;

/// Hash to weight, by open addressing: a few kilobytes that stay in the nearest cache while others pass by.
#[derive(Debug, Default)]
pub(super) struct Probe {
    slots: Vec<(u32, f32)>,
    shift: u32,
    seen: Sieve,
}

/// One bit for each value of a hash's upper bits, two kilobytes in all: most others are turned away here.
#[derive(Debug)]
struct Sieve([u64; 256]);

impl Sieve {
    /// The upper 8 bits of a hash tell the number, the next 6 the bit in it.
    fn place(hash: u32) -> (usize, u32) {
        ((hash >> 24) as usize, hash >> 18 & 63)
    }

    fn put(&mut self, hash: u32) {
        let (number, bit) = Self::place(hash);
        self.0[number] |= 1 << bit;
    }

    fn has(&self, hash: u32) -> bool {
        let (number, bit) = Self::place(hash);
        self.0[number] >> bit & 1 == 1
    }
}

impl Default for Sieve {
    fn default() -> Self {
        Self([0; 256])
    }
}

impl Probe {
    /// Takes so many hashes with their weights; those of no weight need not be there.
    pub fn fill(&mut self, many: usize, entries: impl Iterator<Item = (u32, f32)>) {
        let size = (many * 2).next_power_of_two().max(16);
        self.shift = 32 - size.trailing_zeros();
        self.slots.clear();
        self.slots.resize(size, (0, 0.0));
        self.seen = Sieve::default();
        for (hash, weight) in entries.take(many) {
            let mut at = self.place(hash);
            while self.slots[at].1 != 0.0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (hash, weight);
            self.seen.put(hash);
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
        let mut hits = [(0, 0_u32); AT_ONCE];
        for (n, part) in hashes.chunks(AT_ONCE).enumerate() {
            // Without a branch: which of them were seen is as good as chance.
            let mut found = 0;
            for (at, hash) in (0..).zip(part.iter()) {
                hits[found % AT_ONCE] = (hash, at);
                found += usize::from(self.seen.has(hash));
            }
            for &(hash, at) in &hits[..found] {
                with(n * AT_ONCE + at as usize, self.weight(hash));
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
