//! A few stretches of text under their hashes: what a title says, what an article is about.
//!
//! Owns: [`Spelled`], and [`Told`], the same wherever it lies. Refuses: long texts. Tests: at the foot of `links.rs`.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::features::pairs_without_numbers;
use super::packed::{self, Hashes};
use super::syllables::syllables;
use super::wording::core;

/// A few stretches of text under their hashes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Spelled {
    #[serde(with = "packed::letters")]
    text: Box<str>,
    #[serde(with = "packed::hashes")]
    hashes: Box<[u32]>,
    /// First byte of each and, in the lower half, one past its last byte in `text`.
    #[serde(with = "packed::hashes")]
    places: Box<[u32]>,
}

/// [`Spelled`] wherever it lies.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct Told<'a> {
    /// Letters are looked at where they are told: of most articles only the hashes are compared.
    text: &'a [u8],
    #[serde(borrow)]
    hashes: Hashes<'a>,
    #[serde(borrow)]
    places: Hashes<'a>,
}

impl<'a> Told<'a> {
    /// Hash and letters of each, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &'a str)> + use<'a> {
        let text = self.text;
        let letters =
            move |place| text.get(span(place)).and_then(|t| str::from_utf8(t).ok()).unwrap_or_default();
        self.hashes.iter().zip(self.places.iter().map(letters))
    }
}

fn span(place: u32) -> Range<usize> {
    (place >> 16) as usize..(place & 0xFFFF) as usize
}

impl Spelled {
    /// Stretches of one text, each with its hash.
    fn within(text: &str, spans: &[(u32, Range<u32>)]) -> Self {
        let place = |range: &Range<u32>| {
            Some(
                u32::from(u16::try_from(range.start).ok()?) << 16 | u32::from(u16::try_from(range.end).ok()?),
            )
        };
        let placed = spans.iter().filter_map(|(hash, range)| Some((*hash, place(range)?)));
        let (hashes, places): (Vec<u32>, Vec<u32>) = placed.unzip();
        Self { text: text.into(), hashes: hashes.into(), places: places.into() }
    }

    /// Parts of a text, each with its hash, as far as there is room.
    pub fn new(parts: &[(u32, &str)]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(parts.len());
        for (hash, part) in parts {
            let start = text.len() as u32;
            if text.len() + part.len() > usize::from(u16::MAX) {
                break;
            }
            text.push_str(part);
            spans.push((*hash, start..text.len() as u32));
        }
        Self::within(&text, &spans)
    }

    /// The pairs of a title, in order.
    pub fn title(text: &str) -> Self {
        let found = syllables(text);
        let pairs: Vec<(u32, Range<u32>)> = pairs_without_numbers(&found).collect();
        Self::within(text, &pairs)
    }

    /// The longest stretch of the first text whose neighbouring spans stand in the second text in the same order, without what only
    /// joins words at its edges.
    pub fn common<'s>(&'s self, other: &Self) -> Option<&'s str> {
        let overlap = |of: &Self, at: usize| span(of.places[at]).start < span(of.places[at - 1]).end;
        let mut best: Option<&str> = None;
        let words = |text: &str| text.split_whitespace().count();
        for i in 0..self.hashes.len() {
            for j in 0..other.hashes.len() {
                let mut n = 0;
                while i + n < self.hashes.len()
                    && j + n < other.hashes.len()
                    && self.hashes[i + n] == other.hashes[j + n]
                    && (n == 0 || overlap(self, i + n) && overlap(other, j + n))
                {
                    n += 1;
                }
                if n == 0 {
                    continue;
                }
                let whole = &self.text[span(self.places[i]).start..span(self.places[i + n - 1]).end];
                let core = core(whole);
                if core.is_some_and(|core| words(core) > best.map_or(0, words)) {
                    best = core;
                }
            }
        }
        best
    }

    /// As it would have been read.
    pub fn told(&self) -> Told<'_> {
        Told {
            text: self.text.as_bytes(),
            hashes: Hashes::of(&self.hashes),
            places: Hashes::of(&self.places),
        }
    }
}
