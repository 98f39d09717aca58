//! Lists of hashes and counts as plain bytes: an article's features are read from disk a hundred times while it is young.
//!
//! Owns: how lists are written (four bytes a hash, as they lie in memory: no other machine reads them), and [`Hashes`], which are seen
//! as they lie. Refuses: to compress: hashes have no pattern.
//! Tests: at the foot.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

/// Hashes wherever they lie.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Hashes<'a>(&'a [[u8; 4]]);

impl<'a> Hashes<'a> {
    /// As they would have been read.
    pub fn of(hashes: &'a [u32]) -> Self {
        Self(bytemuck::cast_slice(hashes))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, at: usize) -> Option<u32> {
        self.0.get(at).map(|hash| u32::from_ne_bytes(*hash))
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + Clone + use<'a> {
        self.0.iter().map(|hash| u32::from_ne_bytes(*hash))
    }

    /// So many at a time.
    pub fn chunks(&self, many: usize) -> impl Iterator<Item = Self> + use<'a> {
        self.0.chunks(many).map(Self)
    }

    /// Those of a stretch; none where it is not there.
    pub fn within(&self, first: usize, end: usize) -> Self {
        Self(self.0.get(first..end).unwrap_or_default())
    }

    /// True when a hash is among them, which are in ascending order.
    pub fn has(&self, hash: u32) -> bool {
        self.0.binary_search_by_key(&hash, |hash| u32::from_ne_bytes(*hash)).is_ok()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Hashes<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match <&[u8]>::deserialize(from)?.as_chunks() {
            (hashes, []) => Ok(Self(hashes)),
            _ => Err(D::Error::custom("a hash is cut off")),
        }
    }
}

/// Single bytes.
pub(super) mod bytes {
    use super::Serializer;

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }
}

/// Letters.
pub(super) mod letters {
    use super::Serializer;

    pub fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(text.as_bytes())
    }
}

/// Hashes.
pub(super) mod hashes {
    use super::Serializer;

    pub fn serialize<S: Serializer>(hashes: &[u32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytemuck::cast_slice(hashes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::{Counted, Counts};

    #[test]
    fn lists_are_read_back_and_cut_ones_refused() {
        let counts = Counts::of(vec![(7, 1), (u32::MAX, 3), (0, 255), (7, 1)]);
        let bytes = postcard::to_stdvec(&counts).expect("bytes");
        let read: Counted<'_> = postcard::from_bytes(&bytes).expect("counts");
        assert!(read.iter().eq(counts.iter()) && read.iter().eq([(0, 255), (7, 2), (u32::MAX, 3)]));
        for cut in 0..bytes.len() {
            assert!(postcard::from_bytes::<Counted<'_>>(&bytes[..cut]).is_err(), "{cut}");
        }
        let odd = postcard::to_stdvec(&(&[1u8, 2, 3][..], &[0u8; 0][..])).expect("bytes");
        assert!(postcard::from_bytes::<Counted<'_>>(&odd).is_err());
    }

    #[test]
    fn a_hash_is_found_in_order() {
        let hashes = [3, 9, u32::MAX];
        let read = super::Hashes::of(&hashes);
        assert!(hashes.iter().all(|hash| read.has(*hash)) && !read.has(4));
        assert_eq!(read.within(1, 3).iter().collect::<Vec<_>>(), hashes[1..]);
        assert!(read.within(2, 4).is_empty());
    }
}
