//! A number by hash, in one piece of memory: what is asked for a thousand times an article.
//!
//! Owns: open addressing over hashes that are mixed already, so that a look-up waits for memory once. Refuses: to change once it is made;
//! negative numbers. Tests: at the foot.

/// What an empty place holds.
const EMPTY: f32 = -1.0;
/// Places for each three entries.
const PLACES: usize = 4;

/// A number by hash.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<(u32, f32)>,
    /// A hash's place is its upper bits.
    shift: u32,
}

impl Default for Table {
    fn default() -> Self {
        Self::of(&[])
    }
}

impl Table {
    /// Of distinct hashes with their numbers, which are not negative.
    pub fn of(entries: &[(u32, f32)]) -> Self {
        let size = (entries.len() * PLACES / 3 + 1).next_power_of_two().max(2);
        let mut table = Self { slots: vec![(0, EMPTY); size], shift: 32 - size.trailing_zeros() };
        for &(hash, value) in entries {
            let at = table.place(hash);
            table.slots[at] = (hash, value);
        }
        table
    }

    /// Where a hash stands, or would stand.
    fn place(&self, hash: u32) -> usize {
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at].1 >= 0.0 && self.slots[at].0 != hash {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// The number of a hash.
    pub fn get(&self, hash: u32) -> Option<f32> {
        Some(self.slots[self.place(hash)].1).filter(|value| *value >= 0.0)
    }

    /// The numbers of many hashes, `rest` for those that are not there. All wait for memory at once; one by one each would wait
    /// until it is known where the one before stood.
    pub fn all(&self, hashes: impl Iterator<Item = u32> + Clone, rest: f32) -> Vec<f32> {
        let first = |hash: u32| self.slots[(hash >> self.shift) as usize];
        let firsts: Vec<(u32, f32)> = hashes.clone().map(first).collect();
        let number = |(hash, (key, value)): (u32, (u32, f32))| match value {
            _ if value < 0.0 => rest,
            _ if key == hash => value,
            _ => self.get(hash).unwrap_or(rest),
        };
        hashes.zip(firsts).map(number).collect()
    }

    /// Hashes with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.slots.iter().copied().filter(|(_, value)| *value >= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        for many in [0, 1, 3, 4, 1000] {
            // Small hashes have the same upper bits, and the last wrap around.
            let hash = |n: u32| if n.is_multiple_of(2) { n } else { u32::MAX - n };
            let entries: Vec<(u32, f32)> = (0..many).map(|n| (hash(n), n as f32)).collect();
            let table = Table::of(&entries);
            assert!((0..many).all(|n| table.get(hash(n)) == Some(n as f32)), "{many}");
            assert!((many..many + 9).all(|n| table.get(hash(n)).is_none()), "{many}");
            assert_eq!(table.iter().count(), entries.len());
            let one = |n: u32| table.get(hash(n)).unwrap_or(7.5);
            let each: Vec<f32> = (0..many + 9).map(one).collect();
            assert_eq!(table.all((0..many + 9).map(hash), 7.5), each);
        }
    }
}
