//! The model file: hashed features with small integer weights, and the weights of label pairs.
//!
//! Owns: the file format and the table that features are looked up in. Refuses: decoding.
//! Tests: at the foot of this file.
//!
//! Format (little endian): `DBNM`, version (u8), fingerprint of the features (u32), units a nat (f32), 17 × 17 pair
//! weights (i16), number of features (u32), then for each feature in rising order of its hash: the difference from the
//! hash before (LEB128), the labels that have a weight (u16, bit n is label n + 1), their weights (i8 each).

use super::labels::{LABELS, SCORED};

const MAGIC: &[u8; 4] = b"DBNM";
const VERSION: u8 = 1;

/// Weights of one feature, one a scored label.
pub(crate) type Row = [i8; SCORED];

/// Sums of weights, one a scored label: a token has some hundred features, so that its sums fit into 16 bits, and into one
/// register.
pub(crate) type Sum = [i16; SCORED];

/// Weights of label pairs.
pub(crate) type Pairs = [[i16; LABELS]; LABELS];

/// Why a model file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadModel {
    /// It is not a model file.
    #[error("not a name model")]
    Foreign,
    /// It has another version of the format or of the features.
    #[error("a name model of another version: train it again")]
    Stale,
    /// It ends too early.
    #[error("the name model is cut short")]
    Short,
}

/// A model in memory.
#[derive(Debug)]
pub(crate) struct Weights {
    /// Units of score in one nat.
    pub units: f32,
    /// Weights of label pairs.
    pub pairs: Pairs,
    /// One bit for each value of a key's upper bits: most features are in no model, and this is small enough for a near cache.
    seen: Vec<u64>,
    shift: u32,
    /// Keys with their weights by open addressing, so that a feature waits for memory once; a key's place is its upper bits.
    slots: Vec<Slot>,
    slot_shift: u32,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    /// Weights of an empty place are all 0, as of a key that is not there.
    key: u32,
    row: Row,
}

impl Slot {
    const EMPTY: Self = Self { key: 0, row: [0; SCORED] };
}

/// Bits of [`Weights::seen`] for each feature, at least.
const SEEN: usize = 8;

impl Weights {
    /// A table of features; hashes need not be sorted.
    #[expect(clippy::large_types_passed_by_value, reason = "it is kept in the table")]
    pub fn new(units: f32, pairs: Pairs, features: Vec<(u32, Row)>) -> Self {
        let bits = (features.len() * SEEN).next_power_of_two().max(64);
        let shift = 32 - bits.trailing_zeros();
        let mut seen = vec![0u64; bits / 64];
        let size = (features.len() * 4 / 3 + 1).next_power_of_two().max(2);
        let mut slots = vec![Slot::EMPTY; size];
        let slot_shift = 32 - size.trailing_zeros();
        for (key, row) in features {
            let bit = key >> shift;
            seen[(bit >> 6) as usize] |= 1 << (bit & 63);
            let at = place(&slots, slot_shift, key);
            slots[at] = Slot { key, row };
        }
        Self { units, pairs, seen, shift, slots, slot_shift }
    }

    /// Whether a feature may have weights.
    fn may_have(&self, key: u32) -> bool {
        let bit = key >> self.shift;
        self.seen[(bit >> 6) as usize] >> (bit & 63) & 1 != 0
    }

    /// The sum of the weights of features; these are sorted out in place.
    pub fn sum(&self, hashes: &mut [u32]) -> Sum {
        let mut kept = 0;
        for at in 0..hashes.len() {
            let hash = hashes[at];
            hashes[kept] = hash;
            kept += usize::from(self.may_have(hash));
        }
        let mut sums = [0; SCORED];
        for &hash in &hashes[..kept] {
            let slot = &self.slots[place(&self.slots, self.slot_shift, hash)];
            for (sum, &weight) in sums.iter_mut().zip(&slot.row) {
                *sum = i16::saturating_add(*sum, i16::from(weight));
            }
        }
        sums
    }

    /// Reads a model file.
    pub fn read(bytes: &[u8], fingerprint: u32) -> Result<Self, BadModel> {
        let mut rest = bytes;
        if take(&mut rest, 4)? != MAGIC {
            return Err(BadModel::Foreign);
        }
        if take(&mut rest, 1)? != [VERSION] || number(&mut rest)? != fingerprint {
            return Err(BadModel::Stale);
        }
        let units = f32::from_bits(number(&mut rest)?);
        let mut pairs = [[0; LABELS]; LABELS];
        for pair in pairs.iter_mut().flatten() {
            let two = take(&mut rest, 2)?;
            *pair = i16::from_le_bytes([two[0], two[1]]);
        }
        let count = number(&mut rest)? as usize;
        let mut features = Vec::with_capacity(count.min(bytes.len()));
        let mut key = 0u32;
        for _ in 0..count {
            key = key.wrapping_add(varint(&mut rest)?);
            let two = take(&mut rest, 2)?;
            let mask = u16::from_le_bytes([two[0], two[1]]);
            let mut row = [0; SCORED];
            for (n, weight) in row.iter_mut().enumerate() {
                if mask & 1 << n != 0 {
                    *weight = take(&mut rest, 1)?[0].cast_signed();
                }
            }
            features.push((key, row));
        }
        Ok(Self::new(units, pairs, features))
    }

    /// Writes a model file.
    #[cfg(any(test, feature = "train"))]
    pub fn write(units: f32, pairs: &Pairs, features: &mut [(u32, Row)], fingerprint: u32) -> Vec<u8> {
        features.sort_unstable_by_key(|f| f.0);
        let mut out = MAGIC.to_vec();
        out.push(VERSION);
        out.extend(fingerprint.to_le_bytes());
        out.extend(units.to_bits().to_le_bytes());
        out.extend(pairs.iter().flatten().flat_map(|p| p.to_le_bytes()));
        out.extend((features.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, row) in features {
            put_varint(&mut out, *key - last);
            last = *key;
            let mask: u16 = row.iter().enumerate().map(|(n, &w)| u16::from(w != 0) << n).sum();
            out.extend(mask.to_le_bytes());
            out.extend(row.iter().filter(|&&w| w != 0).map(|w| w.cast_unsigned()));
        }
        out
    }
}

/// Where a key stands, or would stand.
fn place(slots: &[Slot], shift: u32, key: u32) -> usize {
    let mut at = (key >> shift) as usize;
    while slots[at].key != key && slots[at].row != Slot::EMPTY.row {
        at = (at + 1) & (slots.len() - 1);
    }
    at
}

/// The next bytes.
pub(crate) fn take<'b>(rest: &mut &'b [u8], n: usize) -> Result<&'b [u8], BadModel> {
    let (head, tail) = rest.split_at_checked(n).ok_or(BadModel::Short)?;
    *rest = tail;
    Ok(head)
}

/// The next four bytes as a number.
pub(crate) fn number(rest: &mut &[u8]) -> Result<u32, BadModel> {
    let four = take(rest, 4)?;
    Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// Appends a number in LEB128.
#[cfg(any(test, feature = "train"))]
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The next LEB128 number.
pub(crate) fn varint(rest: &mut &[u8]) -> Result<u32, BadModel> {
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut row = [0; SCORED];
        row[3] = -7;
        let mut features = vec![(4_000_000_000, row), (77, [5; SCORED]), (1, row)];
        let mut pairs = [[0; LABELS]; LABELS];
        pairs[2][3] = -300;
        Weights::write(32.0, &pairs, &mut features, 9)
    }

    #[test]
    fn reads_what_it_wrote() {
        let weights = Weights::read(&sample(), 9).unwrap();
        assert_eq!(weights.sum(&mut [77]), [5; SCORED]);
        assert_eq!(weights.sum(&mut [78, 4_000_000_000])[3], -7);
        assert_eq!(weights.sum(&mut [1, 78, 77, 0, u32::MAX])[3], -2);
        assert_eq!(weights.pairs[2][3], -300);
    }

    #[test]
    fn refuses_what_is_no_model() {
        let good = sample();
        assert_eq!(Weights::read(b"PNG....", 9).err(), Some(BadModel::Foreign));
        assert_eq!(Weights::read(&good, 8).err(), Some(BadModel::Stale));
        for cut in 0..good.len() {
            assert!(Weights::read(&good[..cut], 9).is_err(), "{cut}");
        }
    }
}
