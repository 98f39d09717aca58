//! Lists of hashes and counts as plain bytes: an article's features are read from disk a hundred times while it is young.
//!
//! Owns: how lists are written (four bytes a hash, as they lie in memory: no other machine reads them). Refuses: to compress: hashes
//! have no pattern.
//! Tests: at the foot.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = &'de [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}

/// Single bytes.
pub(super) mod bytes {
    use super::{Bytes, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[u8]>, D::Error> {
        Ok(from.deserialize_bytes(Bytes)?.into())
    }
}

/// Hashes.
pub(super) mod hashes {
    use super::{Bytes, Deserializer, Error, Serializer};

    pub fn serialize<S: Serializer>(hashes: &[u32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytemuck::cast_slice(hashes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[u32]>, D::Error> {
        let (words, []) = from.deserialize_bytes(Bytes)?.as_chunks::<4>() else {
            return Err(D::Error::custom("a hash is cut off"));
        };
        Ok(words.iter().map(|word| u32::from_ne_bytes(*word)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::Counts;

    #[test]
    fn lists_are_read_back_and_cut_ones_refused() {
        let counts = Counts::of(vec![(7, 1), (u32::MAX, 3), (0, 255), (7, 1)]);
        let bytes = postcard::to_stdvec(&counts).expect("bytes");
        assert_eq!(postcard::from_bytes::<Counts>(&bytes).expect("counts"), counts);
        for cut in 0..bytes.len() {
            assert!(postcard::from_bytes::<Counts>(&bytes[..cut]).is_err(), "{cut}");
        }
        let odd = postcard::to_stdvec(&(&[1u8, 2, 3][..], &[0u8; 0][..])).expect("bytes");
        assert!(postcard::from_bytes::<Counts>(&odd).is_err());
    }
}
