//! How rare syllables and pairs are in the press at large: what a small collection cannot know of itself.
//!
//! Owns: reading `assets/story/idf.bin`, which `cargo run --example train_idf` writes.
//! Refuses: to be the last word: `super::score` blends it with the collection's own counts.
//! Tests: at the foot of this file.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::features::Features;
use super::syllables::gram;
use super::table::Table;

/// A step of the stored rarity, in nats.
const STEP: f32 = 0.03;

/// Rarity of hashes; see [`pack`] for how it is stored.
#[derive(Debug, Default)]
pub(super) struct Background {
    rarities: Table,
    /// Rarity of what is not in the table.
    rest: f32,
}

impl Background {
    /// ln(documents / documents with it).
    pub fn idf(&self, hash: u32) -> f32 {
        self.rarities.get(hash).unwrap_or(self.rest)
    }

    /// The same of many hashes.
    pub fn all(&self, hashes: impl Iterator<Item = u32> + Clone) -> Vec<f32> {
        self.rarities.all(hashes, self.rest)
    }

    /// The hashes of the table.
    pub fn hashes(&self) -> impl Iterator<Item = u32> + '_ {
        self.rarities.iter().map(|(hash, _)| hash)
    }

    /// Share of documents with it.
    pub fn share(&self, hash: u32) -> f32 {
        (-self.idf(hash)).exp()
    }

    /// Share of documents with what is not in the table.
    pub fn least(&self) -> f32 {
        (-self.rest).exp()
    }
}

static BYTES: &[u8] = include_bytes!("../../assets/story/idf.bin");

fn tables() -> &'static [Background; 2] {
    static TABLES: OnceLock<[Background; 2]> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut bytes = BYTES;
        [unpack(&mut bytes).unwrap_or_default(), unpack(&mut bytes).unwrap_or_default()]
    })
}

/// Of syllables with marks.
pub(super) fn syllables() -> &'static Background {
    &tables()[0]
}

/// Of folded pairs.
pub(super) fn pairs() -> &'static Background {
    &tables()[1]
}

/// Part of the articles with the rarer syllable of a pair that have the pair itself, from which the two are one word.
const ONE_WORD: f32 = 0.3;

/// Whether two syllables, one behind the other, are one word (`cơ sở`).
pub(super) fn is_word(text: &str) -> bool {
    let found = super::syllables::syllables(text);
    let [a, b] = &found[..] else { return false };
    let rarer = syllables().share(a.marked).min(syllables().share(b.marked));
    let both = pairs().share(gram([a.folded, b.folded]));
    b.joined && both > pairs().least() && both >= ONE_WORD * rarer
}

/// How much oftener than its rarer syllable a pair may be, for all that is rounded in the table.
const ROUNDED: f32 = 1.25;

/// The same where the pair is that of these marks: pairs are counted without marks, and one that is oftener than a syllable of it
/// is another word (`người nảy` is no `người này`).
pub(super) fn is_word_as_marked(text: &str) -> bool {
    let found = super::syllables::syllables(text);
    let [a, b] = &found[..] else { return false };
    let rarer = syllables().share(a.marked).min(syllables().share(b.marked));
    is_word(text) && pairs().share(gram([a.folded, b.folded])) <= ROUNDED * rarer
}

/// Counts a large collection for the table.
#[derive(Debug, Default)]
pub struct Census {
    documents: u32,
    syllables: FxHashMap<u32, u32>,
    pairs: FxHashMap<u32, u32>,
}

impl Census {
    /// Counts one article.
    pub fn add(&mut self, features: &Features) {
        self.documents += 1;
        for (table, counts) in
            [(&mut self.syllables, &features.vectors.syllables), (&mut self.pairs, &features.vectors.pairs)]
        {
            for &hash in &counts.hashes {
                *table.entry(hash).or_default() += 1;
            }
        }
    }

    /// The tables of syllables and of pairs, the `most` frequent of each.
    pub fn pack(self, most: [usize; 2]) -> Vec<u8> {
        [(self.syllables, most[0]), (self.pairs, most[1])]
            .into_iter()
            .flat_map(|(table, most)| {
                let mut rows: Vec<(u32, u32)> = table.into_iter().collect();
                rows.sort_unstable_by_key(|&(hash, df)| (std::cmp::Reverse(df), hash));
                rows.truncate(most);
                let least = rows.last().map_or(2, |r| r.1);
                pack(&mut rows, self.documents, least.div_ceil(4))
            })
            .collect()
    }
}

/// Writes a table: number of entries and the rarity of all others (4 bytes each, little endian), then for each hash in
/// ascending order the gap to the one before (7 bits a byte, the last without the high bit) and one byte of rarity.
fn pack(rows: &mut [(u32, u32)], documents: u32, rest: u32) -> Vec<u8> {
    rows.sort_unstable();
    let rarity = |df: u32| (documents as f32 / df.max(1) as f32).ln();
    let mut out = Vec::with_capacity(rows.len() * 4 + 8);
    out.extend((rows.len() as u32).to_le_bytes());
    out.extend(rarity(rest).to_le_bytes());
    let mut last = 0;
    for &(hash, df) in rows.iter() {
        let mut gap = hash - last;
        last = hash;
        while gap >= 0x80 {
            out.push(gap as u8 | 0x80);
            gap >>= 7;
        }
        out.push(gap as u8);
        out.push((rarity(df) / STEP).round() as u8);
    }
    out
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(count)?;
    *bytes = tail;
    Some(head)
}

fn unpack(bytes: &mut &[u8]) -> Option<Background> {
    let count = u32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
    let rest = f32::from_le_bytes(take(bytes, 4)?.try_into().ok()?);
    let mut rarities = Vec::with_capacity(bytes.len().min(count as usize));
    let mut hash = 0u32;
    for _ in 0..count {
        let mut shift = 0;
        loop {
            let byte = take(bytes, 1)?[0];
            hash = hash.wrapping_add(u32::from(byte & 0x7F).checked_shl(shift)?);
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        rarities.push((hash, f32::from(take(bytes, 1)?[0]) * STEP));
    }
    Some(Background { rarities: Table::of(&rarities), rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_back() {
        let bytes = pack(&mut [(5, 10), (4_000_000_000, 100), (300, 1000)], 1000, 5);
        let table = unpack(&mut bytes.as_slice()).expect("a table");
        for (hash, df) in [(5, 10.0), (300, 1000.0), (4_000_000_000, 100.0), (6, 5.0)] {
            let expect = (1000.0_f32 / df).ln();
            assert!((table.idf(hash) - expect).abs() <= STEP, "{hash}: {}", table.idf(hash));
        }
    }

    #[test]
    fn a_cut_table_is_refused() {
        let bytes = pack(&mut [(5, 10), (300, 1000)], 1000, 5);
        for cut in 0..bytes.len() {
            assert!(unpack(&mut &bytes[..cut]).is_none(), "{cut}");
        }
    }

    #[test]
    fn the_built_in_tables_are_whole() {
        for (table, least) in [(syllables(), 2000), (pairs(), 20_000)] {
            assert!(table.hashes().count() >= least, "{}", table.hashes().count());
        }
        let mut bytes = BYTES;
        assert!(unpack(&mut bytes).is_some() && unpack(&mut bytes).is_some());
        assert!(bytes.is_empty());
    }
}
