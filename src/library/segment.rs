//! The dictionary of a batch of documents: which word stands in which of them.
//!
//! Owns: what counts as a word; [`Segment`], a sorted dictionary of words with the documents that hold each, never changed once it is
//! made, so that a new snapshot shares the old ones; [`Piece`], a word that is looked for with its marks.
//! Refuses: positions: phrases are verified in the text by a [`Needle`](crate::text::Needle).
//! Tests: at the foot; against a naive scan in `query/scan.rs`.

use std::cmp::Ordering;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::text::{bare_parts, folded, is_letter, nfc, respects, spelling, unspaced};

/// How a word is to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// Whole syllables; a mark that was not typed matches every mark.
    Whole,
    /// As `Whole`, but the last syllable may be half-typed.
    Prefix,
    /// Whole syllables with exactly the marks that were typed.
    Exact,
}

/// One syllable of what is looked for.
#[derive(Debug)]
pub struct Piece {
    folded: String,
    /// Lower case, NFC.
    letters: String,
    spelling: String,
    how: How,
    /// Marks are left to a look into the text.
    any_marks: bool,
}

impl Piece {
    fn new(typed: &str, how: How) -> Self {
        let letters = nfc(typed).to_lowercase();
        Self { folded: folded(typed), letters, spelling: spelling(typed), how, any_marks: false }
    }

    /// Whether a word of the dictionary, whose folded form already fits, fits with its marks.
    fn fits(&self, word: &str, bare: bool) -> bool {
        if self.any_marks {
            return true;
        }
        match self.how {
            How::Exact => word == self.spelling,
            _ if bare => true,
            How::Whole => respects(&self.spelling, word),
            How::Prefix => {
                let letters = self.letters.chars().count();
                let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
                let head = &word[..end];
                // A tone moves on when the syllable goes on (`hòa`, `hoàng`): both ways to begin it are equal.
                respects(&self.letters, head) || respects(&self.spelling, &spelling(head))
            }
        }
    }
}

/// The syllables of what is looked for without their marks: finds all candidates where a part of the text is verified, since
/// whether a text lost its marks depends on how much of it is looked at.
pub fn unmarked_pieces(text: &str, how: How) -> Vec<Piece> {
    let how = if how == How::Exact { How::Whole } else { how };
    let mut pieces = pieces(text, how);
    for piece in &mut pieces {
        piece.any_marks = true;
    }
    pieces
}

/// The syllables of what is looked for; only the last is matched by prefix.
pub fn pieces(text: &str, how: How) -> Vec<Piece> {
    let mut words: Vec<&str> = Vec::new();
    each_word(text, |_, word| words.push(word));
    let last = words.len().saturating_sub(1);
    let how_of = |n: usize| if how == How::Prefix && n < last { How::Whole } else { how };
    words.iter().enumerate().map(|(n, word)| Piece::new(word, how_of(n))).collect()
}

/// Letters, digits, and marks that NFC could not join to a letter.
pub fn is_word(c: char) -> bool {
    is_letter(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Calls `with` for each word of `text` with its place. In scripts without blanks each character is one.
fn each_word<'a>(text: &'a str, mut with: impl FnMut(usize, &'a str)) {
    let mut start = None;
    for (at, c) in text.char_indices() {
        let alone = !c.is_ascii() && unspaced(c);
        if let Some(from) = start.filter(|_| alone || !is_word(c)) {
            with(from, &text[from..at]);
            start = None;
        }
        if alone && is_word(c) {
            with(at, &text[at..at + c.len_utf8()]);
        } else if start.is_none() && is_word(c) {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        with(from, &text[from..]);
    }
}

/// Number of words in `text`.
pub fn count_words(text: &str) -> usize {
    let mut n = 0;
    each_word(text, |_, _| n += 1);
    n
}

/// A document as [`Segment::build`] takes it: its number and its texts.
pub type Doc<'a> = (u32, Vec<&'a str>);

/// Documents of one segment at most: their places are 16 bits wide.
pub const SEGMENT: usize = 1 << 16;

/// A word in more than one of so many documents has a bit for each document: that is smaller than a list of them.
const DENSE: usize = 16;

/// An immutable inverted index of up to [`SEGMENT`] documents.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Segment {
    /// Document numbers by place.
    docs: Vec<u32>,
    /// All words after one another: the folded form, then the spelling where it differs.
    blob: String,
    /// Words in order of folded form, then spelling.
    words: Vec<Word>,
    /// Places of documents, ascending, of one word after another.
    places: Vec<u16>,
    /// A bit for each document, of one frequent word after another.
    bits: Vec<u64>,
}

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct Word {
    start: u32,
    middle: u32,
    end: u32,
    /// Where its places begin in [`Segment::places`], or, for a frequent word, its bits in [`Segment::bits`].
    at: u32,
    /// In how many documents it stands.
    count: u32,
    /// Stands in text that was stripped of its marks: matches whatever marks were typed.
    bare: bool,
}

/// Words as they are written, and whether they stand in text that was stripped of its marks, with the places of documents.
type Found<'a> = FxHashMap<(&'a str, bool), Vec<u16>>;

impl Segment {
    /// Indexes documents ([`SEGMENT`] at most).
    pub fn build(docs: &[Doc<'_>]) -> Self {
        debug_assert!(docs.len() <= SEGMENT, "places are 16 bits wide");
        let size = docs.len().div_ceil(rayon::current_num_threads() * 2).max(64);
        let parts: Vec<Found<'_>> =
            docs.par_chunks(size).enumerate().map(|(n, chunk)| collect(chunk, n * size)).collect();
        let mut known: FxHashMap<(&str, bool), usize> = FxHashMap::default();
        let mut by_spelling: FxHashMap<(String, bool), usize> = FxHashMap::default();
        let mut lists: Vec<Vec<u16>> = Vec::new();
        for part in parts {
            for ((raw, bare), places) in part {
                let at = *known.entry((raw, bare)).or_insert_with(|| {
                    *by_spelling.entry((spelling(raw), bare)).or_insert_with(|| {
                        lists.push(Vec::new());
                        lists.len() - 1
                    })
                });
                lists[at].extend(places);
            }
        }
        let mut terms: Vec<(String, String, bool, usize)> = by_spelling
            .into_iter()
            .map(|((spelling, bare), at)| (folded(&spelling), spelling, bare, at))
            .collect();
        terms.par_sort_unstable();
        let mut out = Self { docs: docs.iter().map(|d| d.0).collect(), ..Self::default() };
        for (folded, spelling, bare, at) in terms {
            out.push(&folded, &spelling, bare, &mut lists[at]);
        }
        out.shrink();
        out
    }

    /// One segment that holds what several hold ([`SEGMENT`] documents at most): words that many share are then kept once.
    pub fn merge(parts: &[&Self]) -> Self {
        let mut out = Self::default();
        let mut terms: Vec<(&str, &str, bool, usize, usize)> = Vec::new();
        let mut bases = Vec::with_capacity(parts.len());
        for (n, part) in parts.iter().enumerate() {
            bases.push(out.docs.len() as u16);
            out.docs.extend(&part.docs);
            let term =
                |(w, word): (usize, &Word)| (part.folded(*word), part.spelling(*word), word.bare, n, w);
            terms.extend(part.words.iter().enumerate().map(term));
        }
        debug_assert!(out.docs.len() <= SEGMENT, "places are 16 bits wide");
        terms.par_sort_unstable();
        let mut list = Vec::new();
        for same in terms.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            for &(.., part, word) in same {
                parts[part].each_place(parts[part].words[word], |place| list.push(bases[part] + place));
            }
            out.push(same[0].0, same[0].1, same[0].2, &mut list);
        }
        out.shrink();
        out
    }

    /// Number of documents.
    pub fn documents(&self) -> usize {
        self.docs.len()
    }

    fn shrink(&mut self) {
        self.blob.shrink_to_fit();
        self.words.shrink_to_fit();
        self.places.shrink_to_fit();
        self.bits.shrink_to_fit();
    }

    /// Whether a word in so many documents has bits.
    fn is_dense(&self, count: usize) -> bool {
        count * DENSE > self.docs.len()
    }

    /// Adds a word, behind all others, with the places of its documents, which are taken.
    fn push(&mut self, folded: &str, spelling: &str, bare: bool, list: &mut Vec<u16>) {
        list.sort_unstable();
        list.dedup();
        let count = list.len();
        let at = if self.is_dense(count) {
            let at = self.bits.len();
            self.bits.resize(at + self.docs.len().div_ceil(64), 0);
            for place in list.drain(..).map(usize::from) {
                self.bits[at + place / 64] |= 1 << (place % 64);
            }
            at
        } else {
            let at = self.places.len();
            self.places.append(list);
            at
        };
        let start = self.blob.len() as u32;
        self.blob.push_str(folded);
        let middle = self.blob.len() as u32;
        if spelling != folded {
            self.blob.push_str(spelling);
        }
        let (end, at, count) = (self.blob.len() as u32, at as u32, count as u32);
        self.words.push(Word { start, middle, end, at, count, bare });
    }

    fn folded(&self, word: Word) -> &str {
        &self.blob[word.start as usize..word.middle as usize]
    }

    fn spelling(&self, word: Word) -> &str {
        if word.middle == word.end {
            self.folded(word)
        } else {
            &self.blob[word.middle as usize..word.end as usize]
        }
    }

    /// Sets the bits of the documents that hold a word which fits.
    pub fn mark(&self, piece: &Piece, set: &mut FixedBitSet) {
        // By place first: a frequent word is then a few machine words, and there are thousands of words that begin with one letter.
        let mut found = vec![0_u64; self.docs.len().div_ceil(64)];
        let first = self.words.partition_point(|&w| self.folded(w) < piece.folded.as_str());
        for &word in &self.words[first..] {
            let here = self.folded(word);
            let order = match piece.how {
                How::Prefix if here.starts_with(&piece.folded) => Ordering::Equal,
                _ => here.cmp(&piece.folded),
            };
            if order != Ordering::Equal {
                break;
            }
            if piece.fits(self.spelling(word), word.bare) {
                self.add_places(word, &mut found);
            }
        }
        each_bit(&found, |place| set.insert(self.docs[usize::from(place)] as usize));
    }

    fn add_places(&self, word: Word, found: &mut [u64]) {
        let (at, count) = (word.at as usize, word.count as usize);
        if self.is_dense(count) {
            for (all, bits) in found.iter_mut().zip(&self.bits[at..]) {
                *all |= bits;
            }
        } else {
            for place in self.places[at..at + count].iter().map(|p| usize::from(*p)) {
                found[place / 64] |= 1 << (place % 64);
            }
        }
    }

    /// Calls `with` for the places of the documents in which a word stands, ascending.
    fn each_place(&self, word: Word, with: impl FnMut(u16)) {
        let (at, count) = (word.at as usize, word.count as usize);
        if !self.is_dense(count) {
            return self.places[at..at + count].iter().copied().for_each(with);
        }
        each_bit(&self.bits[at..at + self.docs.len().div_ceil(64)], with);
    }
}

/// Calls `with` for the number of each bit that is set, ascending.
fn each_bit(bits: &[u64], mut with: impl FnMut(u16)) {
    for (n, &bits) in bits.iter().enumerate() {
        let mut left = bits;
        while left != 0 {
            with((n * 64) as u16 + left.trailing_zeros() as u16);
            left &= left - 1;
        }
    }
}

/// The words of some documents (`base` is the place of the first).
fn collect<'a>(docs: &[Doc<'a>], base: usize) -> Found<'a> {
    let mut out = Found::default();
    for (n, (_, texts)) in docs.iter().enumerate() {
        let place = (base + n) as u16;
        for &text in texts {
            let parts = bare_parts(text);
            let mut parts = parts.iter().peekable();
            each_word(text, |at, word| {
                while parts.next_if(|p| p.end <= at).is_some() {}
                let bare = word.is_ascii() && parts.peek().is_some_and(|p| p.contains(&at));
                let places = out.entry((word, bare)).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            });
        }
    }
    out
}

/// The documents (numbers below `count`) that hold all pieces; none where there is no piece.
pub fn all_of<S: std::borrow::Borrow<Segment>>(
    segments: &[S],
    pieces: &[Piece],
    count: usize,
) -> FixedBitSet {
    let mut out: Option<FixedBitSet> = None;
    for piece in pieces {
        let mut set = FixedBitSet::with_capacity(count);
        for segment in segments {
            segment.borrow().mark(piece, &mut set);
        }
        match &mut out {
            Some(all) => all.intersect_with(&set),
            None => out = Some(set),
        }
    }
    out.unwrap_or_else(|| FixedBitSet::with_capacity(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, how: How) -> Vec<usize> {
        let docs: Vec<Doc<'_>> = vec![
            (3, vec!["Nhà Trắng", "và báo chí"]),
            (5, vec!["Nha Trang mưa lớn"]),
            (9, vec!["U21, nhà trẻ"]),
        ];
        all_of(&[Segment::build(&docs)], &pieces(text, how), 10).ones().collect()
    }

    #[test]
    fn words_are_found_without_regard_to_case() {
        for (text, how, expect) in [
            ("BÁO", How::Whole, &[3][..]),
            ("mưa lớn", How::Whole, &[5]),
            ("u21", How::Whole, &[9]),
            ("nh", How::Whole, &[]),
            ("trang", How::Exact, &[5]),
            ("không", How::Whole, &[]),
            ("", How::Whole, &[]),
        ] {
            assert_eq!(found(text, how), expect, "{text} {how:?}");
        }
    }

    #[test]
    fn prefixes_are_found() {
        for (text, expect) in
            [("nh", &[3, 5, 9][..]), ("mưa l", &[5]), ("lớn m", &[5]), ("m lớn", &[]), ("u2", &[9])]
        {
            assert_eq!(found(text, How::Prefix), expect, "{text}");
        }
    }
}
