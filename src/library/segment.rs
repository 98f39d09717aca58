//! The index of a batch of documents: which word stands in which of them.
//!
//! Owns: what counts as a word; [`Segment`], words with the documents that hold each, never changed once it is made, so that a new
//! snapshot shares the old ones; [`Piece`], a word that is looked for with its marks.
//! Refuses: positions: phrases are verified in the text by a [`Needle`](crate::text::Needle).
//! Tests: at the foot; against a naive scan in `query/scan.rs`.

use std::fs::File;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::bytes::Bytes;
use super::dictionary::{Dictionary, Maker, Outline};
use super::drawer::Drawer;
use crate::text::{
    bare_parts, folded, is_hyphen, is_joint, is_letter, nfc, parts, respects, spelling, unspaced,
};

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
    /// Of a word that was typed with a hyphen before a number: its parts, which may stand alone.
    apart: Vec<Self>,
}

impl Piece {
    /// Of one or more words, between which a hyphen stands before a number.
    fn new(words: &[&str], how: How) -> Self {
        let typed = words.concat();
        let letters = nfc(&typed).to_lowercase();
        let alone = |(n, word): (usize, &&str)| Self::new(&[word], how_of(how, n + 1 == words.len()));
        let apart = if words.len() > 1 { words.iter().enumerate().map(alone).collect() } else { Vec::new() };
        Self { folded: folded(&typed), letters, spelling: spelled(&typed), how, any_marks: false, apart }
    }

    /// Whether the index alone knows where it stands.
    pub fn is_sure(&self) -> bool {
        self.apart.is_empty() && (self.how != How::Exact || parts(&self.letters).len() == 1)
    }

    fn forget_marks(&mut self) {
        self.any_marks = true;
        self.apart.iter_mut().for_each(Self::forget_marks);
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
    pieces.iter_mut().for_each(Piece::forget_marks);
    pieces
}

/// The syllables of what is looked for; only the last is matched by prefix.
pub fn pieces(text: &str, how: How) -> Vec<Piece> {
    let mut words: Vec<Vec<&str>> = Vec::new();
    let mut end = 0;
    each_word(text, |at, word| {
        match words.last_mut().filter(|_| is_hyphened(text, end, at)) {
            Some(before) => before.push(word),
            None => words.push(vec![word]),
        }
        end = at + word.len();
    });
    let count = words.len();
    words.iter().enumerate().map(|(n, word)| Piece::new(word, how_of(how, n + 1 == count))).collect()
}

fn how_of(how: How, last: bool) -> How {
    if how == How::Prefix && !last { How::Whole } else { how }
}

/// Between the words that end and begin here stands a hyphen alone, and behind it a number: `VK-19`.
fn is_hyphened(text: &str, end: usize, at: usize) -> bool {
    let mut between = text[end..at].chars();
    let (before, after) = (text[..end].chars().next_back(), text[at..].chars().next());
    between.next().is_some_and(is_hyphen)
        && between.next().is_none()
        && before.zip(after).is_some_and(|(a, b)| is_joint(a, b))
}

/// A word as it is written, without hyphens before numbers.
fn spelled(word: &str) -> String {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        parts(word).into_iter().map(spelling).collect()
    } else {
        spelling(word)
    }
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

/// Words that hyphens join in a row, at most: longer rows are no names of things.
const ROW: usize = 4;

/// Calls `with` for each word and, where a hyphen stands before a number, for what it joins as well: `VK`, `19`, `VK-19`. Their
/// places ascend.
fn each_form<'a>(text: &'a str, mut with: impl FnMut(usize, &'a str)) {
    let mut row: Vec<usize> = Vec::new();
    let mut end = 0;
    each_word(text, |at, word| {
        if !is_hyphened(text, end, at) || row.len() == ROW {
            row.clear();
        }
        end = at + word.len();
        with(at, word);
        for from in &row {
            with(at, &text[*from..end]);
        }
        row.push(at);
    });
}

/// Number of words in `text`.
pub fn count_words(text: &str) -> usize {
    let mut n = 0;
    each_word(text, |_, _| n += 1);
    n
}

/// A document as [`Segment::build`] takes it: its number and its texts.
pub type Doc<'a> = (u32, Vec<&'a str>);

/// Blocks of a part whose words are merged at once with those of all others that stand between the same words.
const SEAM: usize = 16;

/// Documents of one segment at most: their places are 16 bits wide.
pub const SEGMENT: usize = 1 << 16;

/// An immutable inverted index of up to [`SEGMENT`] documents.
#[derive(Debug, Default)]
pub struct Segment {
    /// Document numbers by place.
    docs: Vec<u32>,
    words: Dictionary,
}

/// What of a segment is kept in memory.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Kept {
    docs: Vec<u32>,
    words: Outline,
}

impl Kept {
    /// Bytes of the rest.
    pub fn rest(&self) -> usize {
        self.words.rest()
    }

    /// The segment whose rest begins at a byte of a file.
    pub fn on(self, file: &Arc<File>, at: u64) -> Segment {
        Segment { docs: self.docs, words: self.words.on(file, at) }
    }
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
                    *by_spelling.entry((spelled(raw), bare)).or_insert_with(|| {
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
        let mut words = Maker::new(docs.len());
        for (folded, spelling, bare, at) in terms {
            let list = &mut lists[at];
            list.sort_unstable();
            list.dedup();
            words.push(&folded, &spelling, bare, list);
        }
        Self { docs: docs.iter().map(|d| d.0).collect(), words: words.done() }
    }

    /// One segment that holds what several hold ([`SEGMENT`] documents at most): words that many share are then kept once.
    pub fn merge(parts: &[&Self]) -> Self {
        let docs: Vec<u32> = parts.iter().flat_map(|part| &part.docs).copied().collect();
        debug_assert!(docs.len() <= SEGMENT, "places are 16 bits wide");
        let widest = parts.iter().max_by_key(|part| part.words.seams(1).count());
        let seams: Vec<&str> =
            widest.map(|part| part.words.seams(SEAM).skip(1).collect()).unwrap_or_default();
        let mut words = Maker::new(docs.len());
        for n in 0..=seams.len() {
            let from = n.checked_sub(1).map_or("", |before| seams[before]);
            merge_words(parts, from, seams.get(n).copied(), &mut words);
        }
        Self { docs, words: words.done() }
    }

    /// The same, its bytes put away.
    pub fn away(self, drawer: &mut Drawer) -> Self {
        Self { docs: self.docs, words: self.words.away(drawer) }
    }

    /// What is kept in memory, and the rest.
    pub fn parts(&self) -> (Kept, [&Bytes; 3]) {
        let (words, rest) = self.words.parts();
        (Kept { docs: self.docs.clone(), words }, rest)
    }

    /// Number of documents.
    pub fn documents(&self) -> usize {
        self.docs.len()
    }

    /// Sets the bits of the documents that hold a word which fits.
    pub fn mark(&self, piece: &Piece, set: &mut FixedBitSet) {
        // By place first: a frequent word is then a few machine words, and there are thousands of words that begin with one letter.
        let mut found = vec![0_u64; self.docs.len().div_ceil(64)];
        self.words.from(&piece.folded, |word, holders| {
            let more = match piece.how {
                How::Prefix => word.folded.starts_with(&piece.folded),
                _ => word.folded == piece.folded,
            };
            if more && piece.fits(word.spelling, word.bare) {
                holders.add_to(&mut found);
            }
            more
        });
        each_bit(&found, |place| {
            if let Some(doc) = self.docs.get(usize::from(place)) {
                set.insert(*doc as usize);
            }
        });
    }
}

/// Adds the words of several parts that stand from `from` on, and before `end`.
fn merge_words(parts: &[&Segment], from: &str, end: Option<&str>, words: &mut Maker) {
    let mut terms: Vec<(String, String, bool, Vec<u16>)> = Vec::new();
    let mut base = 0;
    for part in parts {
        let mut bits = vec![0_u64; part.docs.len().div_ceil(64)];
        part.words.from(from, |word, holders| {
            if end.is_some_and(|end| word.folded >= end) {
                return false;
            }
            bits.fill(0);
            holders.add_to(&mut bits);
            let mut list = Vec::new();
            each_bit(&bits, |place| list.push(base as u16 + place));
            terms.push((word.folded.to_owned(), word.spelling.to_owned(), word.bare, list));
            true
        });
        base += part.docs.len();
    }
    // Of one word the lists of earlier parts come first: they stay in order.
    terms.par_sort_by(|a, b| (&a.0, &a.1, a.2).cmp(&(&b.0, &b.1, b.2)));
    for same in terms.chunk_by(|a, b| (&a.0, &a.1, a.2) == (&b.0, &b.1, b.2)) {
        let list: Vec<u16> = same.iter().flat_map(|t| &t.3).copied().collect();
        words.push(&same[0].0, &same[0].1, same[0].2, &list);
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
            each_form(text, |at, word| {
                while parts.next_if(|p| p.end <= at).is_some() {}
                let plain = word.chars().all(|c| c.is_ascii() || is_hyphen(c));
                let bare = plain && parts.peek().is_some_and(|p| p.contains(&at));
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
        if !piece.apart.is_empty() {
            set.union_with(&all_of(segments, &piece.apart, count));
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
            (10, vec!["U-21 và X-1Y-2"]),
        ];
        all_of(&[Segment::build(&docs)], &pieces(text, how), 11).ones().collect()
    }

    #[test]
    fn words_are_found_without_regard_to_case() {
        for (text, how, expect) in [
            ("BÁO", How::Whole, &[3][..]),
            ("mưa lớn", How::Whole, &[5]),
            ("u21", How::Whole, &[9, 10]),
            ("u-21", How::Whole, &[9, 10]),
            ("u 21", How::Whole, &[10]),
            ("x1y2", How::Whole, &[10]),
            ("x1y", How::Whole, &[10]),
            ("1y2", How::Whole, &[10]),
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
        for (text, expect) in [
            ("nh", &[3, 5, 9][..]),
            ("mưa l", &[5]),
            ("lớn m", &[5]),
            ("m lớn", &[]),
            ("u2", &[9, 10]),
            ("u-2", &[9, 10]),
        ] {
            assert_eq!(found(text, How::Prefix), expect, "{text}");
        }
    }
}
