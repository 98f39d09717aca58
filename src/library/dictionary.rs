//! The words of a segment, in order, with the documents of each: bytes that may stay in a file.
//!
//! Owns: the layout. Words stand in blocks of [`BLOCK`]; of each block its first word is in memory, so that one look finds the block
//! and one read fetches it. Places of documents (two bytes each) and, for frequent words, bits (one for each document) stand in the
//! order of the words.
//! Refuses: which words match ([`super::segment`] knows). Damaged bytes give fewer words, never a panic.
//! Tests: at the foot, and in [`super::segment`].

use std::fs::File;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bytes::{Bytes, numbers16, numbers64};
use super::drawer::Drawer;

/// Words of a block.
const BLOCK: usize = 64;
/// A word in more than one of so many documents has a bit for each document: that is smaller than a list of them.
const DENSE: usize = 16;

/// A word of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word<'a> {
    /// Its folded form, which comes first in the order.
    pub folded: &'a str,
    /// As it is written, in lower case.
    pub spelling: &'a str,
    /// Stands in text that was stripped of its marks: matches whatever marks were typed.
    pub bare: bool,
    /// In how many documents it stands.
    pub count: usize,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Block {
    /// The folded form of its first word.
    first: Box<str>,
    /// Where its words begin.
    at: u32,
    /// Where the places of its words begin, in numbers.
    places: u32,
    /// Where the bits of its frequent words begin, in words.
    bits: u32,
}

/// Words in order, with the places of the documents that hold each.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// Documents that places are counted in.
    documents: usize,
    blocks: Vec<Block>,
    words: Bytes,
    places: Bytes,
    bits: Bytes,
}

/// What of a dictionary is kept in memory, and how many bytes the rest has.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outline {
    documents: usize,
    blocks: Vec<Block>,
    lengths: [usize; 3],
}

impl Outline {
    /// Bytes of the rest.
    pub fn rest(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// The dictionary whose rest begins at a byte of a file.
    pub fn on(self, file: &Arc<File>, mut at: u64) -> Dictionary {
        let [words, places, bits] = self.lengths.map(|len| {
            let bytes = Bytes::There { file: Arc::clone(file), at, len };
            at += len as u64;
            bytes
        });
        Dictionary { documents: self.documents, blocks: self.blocks, words, places, bits }
    }
}

impl Dictionary {
    /// What is kept in memory, and the rest.
    pub fn parts(&self) -> (Outline, [&Bytes; 3]) {
        let rest = [&self.words, &self.places, &self.bits];
        let lengths = rest.map(Bytes::len);
        (Outline { documents: self.documents, blocks: self.blocks.clone(), lengths }, rest)
    }

    /// The same, its bytes put away.
    pub fn away(self, drawer: &mut Drawer) -> Self {
        let [words, places, bits] = [self.words, self.places, self.bits].map(|bytes| drawer.put(bytes));
        Self { words, places, bits, ..self }
    }

    /// The folded form of each so-manieth block's first word, in order.
    pub fn seams(&self, blocks: usize) -> impl Iterator<Item = &str> {
        self.blocks.iter().step_by(blocks).map(|block| &*block.first)
    }

    /// Calls `with` for each word from the first that could be `folded` or begin with it, until `with` gives `false`; with each comes
    /// what marks the documents that hold it.
    pub fn from(&self, folded: &str, mut with: impl FnMut(Word<'_>, &mut Holders<'_>) -> bool) {
        // Spellings of one folded form may stand on both sides of a seam.
        let first = self.blocks.partition_point(|b| &*b.first < folded).saturating_sub(1);
        for n in first..self.blocks.len() {
            let (block, next) = (&self.blocks[n], self.blocks.get(n + 1));
            let end = next.map_or(self.words.len(), |b| b.at as usize);
            let bytes = self.words.get(block.at as usize..end);
            let mut holders = Holders::of(self, block, next);
            let mut rest = &bytes[..];
            while let Some(word) = take_word(&mut rest) {
                holders.turn_to(word.count);
                if word.folded >= folded && !with(word, &mut holders) {
                    return;
                }
            }
        }
    }
}

/// The documents of the words of one block, read when they are first wanted.
#[derive(Debug)]
pub struct Holders<'a> {
    of: &'a Dictionary,
    /// Places of the block's words.
    span: std::ops::Range<usize>,
    places: Option<std::borrow::Cow<'a, [u8]>>,
    /// Where the places of the word begin in the block, and where its bits begin.
    place: usize,
    bit: usize,
    count: usize,
    /// Where those of the next word begin.
    next: (usize, usize),
}

impl<'a> Holders<'a> {
    fn of(of: &'a Dictionary, block: &Block, next: Option<&Block>) -> Self {
        let end = next.map_or(of.places.len() / 2, |b| b.places as usize);
        let bit = block.bits as usize;
        Self { of, span: block.places as usize..end, places: None, place: 0, bit, count: 0, next: (0, bit) }
    }

    fn turn_to(&mut self, count: usize) {
        (self.place, self.bit) = self.next;
        self.count = count;
        if is_dense(count, self.of.documents) {
            self.next.1 += self.of.documents.div_ceil(64);
        } else {
            self.next.0 += count;
        }
    }

    /// Adds the documents that hold the word to a set of bits.
    pub fn add_to(&mut self, found: &mut [u64]) {
        if is_dense(self.count, self.of.documents) {
            let bytes = self.of.bits.get(self.bit * 8..(self.bit + self.of.documents.div_ceil(64)) * 8);
            for (all, bits) in found.iter_mut().zip(numbers64(&bytes)) {
                *all |= bits;
            }
            return;
        }
        let span = self.span.start * 2..self.span.end * 2;
        let places = self.places.get_or_insert_with(|| self.of.places.get(span));
        let own = places.get(self.place * 2..(self.place + self.count) * 2).unwrap_or_default();
        for place in numbers16(own).map(usize::from) {
            if let Some(bits) = found.get_mut(place / 64) {
                *bits |= 1 << (place % 64);
            }
        }
    }
}

/// Whether a word in `count` of so many documents has bits.
fn is_dense(count: usize, documents: usize) -> bool {
    count * DENSE > documents
}

/// Makes a dictionary, word by word in their order.
#[derive(Debug)]
pub struct Maker {
    documents: usize,
    blocks: Vec<Block>,
    in_block: usize,
    words: Vec<u8>,
    places: Vec<u8>,
    bits: Vec<u8>,
}

impl Maker {
    /// For documents at places below a number.
    pub fn new(documents: usize) -> Self {
        let (words, places, bits) = (Vec::new(), Vec::new(), Vec::new());
        Self { documents, blocks: Vec::new(), in_block: BLOCK, words, places, bits }
    }

    /// Adds a word with the places of its documents, which stand in order, each once.
    pub fn push(&mut self, folded: &str, spelling: &str, bare: bool, list: &[u16]) {
        if self.in_block == BLOCK {
            self.blocks.push(Block {
                first: folded.into(),
                at: self.words.len() as u32,
                places: (self.places.len() / 2) as u32,
                bits: (self.bits.len() / 8) as u32,
            });
            self.in_block = 0;
        }
        self.in_block += 1;
        put_number(&mut self.words, folded.len() << 1 | usize::from(bare));
        self.words.extend(folded.as_bytes());
        let other = if spelling == folded { "" } else { spelling };
        put_number(&mut self.words, other.len());
        self.words.extend(other.as_bytes());
        put_number(&mut self.words, list.len());
        if is_dense(list.len(), self.documents) {
            let mut bits = vec![0_u64; self.documents.div_ceil(64)];
            for place in list.iter().map(|p| usize::from(*p)) {
                bits[place / 64] |= 1 << (place % 64);
            }
            self.bits.extend(bits.iter().flat_map(|b| b.to_le_bytes()));
        } else {
            self.places.extend(list.iter().flat_map(|p| p.to_le_bytes()));
        }
    }

    /// The dictionary.
    pub fn done(mut self) -> Dictionary {
        for bytes in [&mut self.words, &mut self.places, &mut self.bits] {
            bytes.shrink_to_fit();
        }
        self.blocks.shrink_to_fit();
        Dictionary {
            documents: self.documents,
            blocks: self.blocks,
            words: Bytes::Here(self.words),
            places: Bytes::Here(self.places),
            bits: Bytes::Here(self.bits),
        }
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn put_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take_str<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a str> {
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    std::str::from_utf8(text).ok()
}

fn take_word<'a>(rest: &mut &'a [u8]) -> Option<Word<'a>> {
    let head = take_number(rest)?;
    let folded = take_str(rest, head >> 1)?;
    let other = take_number(rest)?;
    let spelling = if other == 0 { folded } else { take_str(rest, other)? };
    Some(Word { folded, spelling, bare: head & 1 == 1, count: take_number(rest)? })
}

#[cfg(test)]
mod tests {
    use super::super::bytes::in_file;
    use super::*;

    /// 1,000 words; word `n` stands in each `n % 40 + 1`-th of 500 documents, written in two ways.
    fn made() -> Dictionary {
        let mut maker = Maker::new(500);
        for n in 0..1000_usize {
            let list: Vec<u16> = (0..500).step_by(n % 40 + 1).collect();
            let folded = format!("w{:04}", n / 2);
            let spelling = if n % 2 == 0 { folded.clone() } else { format!("ŵ{:04}", n / 2) };
            maker.push(&folded, &spelling, n % 3 == 0, &list);
        }
        maker.done()
    }

    fn found(dictionary: &Dictionary, prefix: &str) -> Vec<(String, bool, Vec<usize>)> {
        let mut out = Vec::new();
        dictionary.from(prefix, |word, holders| {
            if !word.folded.starts_with(prefix) {
                return false;
            }
            let mut bits = vec![0_u64; 8];
            holders.add_to(&mut bits);
            let places = (0..500).filter(|p| bits[p / 64] >> (p % 64) & 1 == 1).collect();
            out.push((word.spelling.to_owned(), word.bare, places));
            true
        });
        out
    }

    #[test]
    fn words_are_found_with_their_documents() {
        let made = made();
        for prefix in ["w0000", "w0031", "w0032", "w004", "w0499", "w", "x", ""] {
            let expect: Vec<_> = (0..1000_usize)
                .filter(|n| format!("w{:04}", n / 2).starts_with(prefix))
                .map(|n| {
                    let letter = if n % 2 == 0 { 'w' } else { 'ŵ' };
                    (format!("{letter}{:04}", n / 2), n % 3 == 0, (0..500).step_by(n % 40 + 1).collect())
                })
                .collect();
            assert_eq!(found(&made, prefix), expect, "{prefix}");
        }
    }

    #[test]
    fn a_dictionary_in_a_file_is_the_same() {
        let made = made();
        let (outline, rest) = made.parts();
        let (file, at) = in_file(rest);
        let there = outline.on(&file, at);
        for prefix in ["w", "w0123", "y"] {
            assert_eq!(found(&there, prefix), found(&made, prefix), "{prefix}");
        }
        // A file that ends too early gives fewer words.
        let short = made.parts().0.on(&Arc::new(tempfile::tempfile().expect("a file")), 0);
        assert_eq!(found(&short, "w"), []);
    }
}
