//! Recognising names in an article.
//!
//! Owns: the way from plain text to mentions. Refuses: joining names ([`super::link`]), files.
//! Tests: at the foot of this file; measured on labelled articles in `tests/it/names.rs`.

use super::document::Document;
use super::features::{self, extract, segments};
use super::gazetteer::Gazetteer;
use super::labels::{At, LABELS, OUTSIDE, split};
use super::model::{Evidence, Mention, Names};
use super::settle::settle;
use super::viterbi::{Decoder, Scores};
use super::weights::{BadModel, Weights};
use crate::article::Plain;

const MODEL: &[u8] = include_bytes!("../../assets/names.model");

/// The recogniser: model and tables, loaded once, shared by all threads.
#[derive(Debug)]
pub struct Recogniser {
    gazetteer: Gazetteer,
    weights: Weights,
    decoder: Decoder,
}

impl Recogniser {
    /// Loads the model and tables that are built into the program.
    ///
    /// # Panics
    /// Never with the model of this source tree: a test reads it.
    #[expect(clippy::expect_used, reason = "the bytes are part of the program, and a test reads them")]
    pub fn load() -> Self {
        Self::with_model(MODEL).expect("the built-in model fits this program")
    }

    /// The same tables with another model file.
    pub fn with_model(model: &[u8]) -> Result<Self, BadModel> {
        let weights = Weights::read(model, features::FINGERPRINT)?;
        let decoder = Decoder::new(&weights.pairs);
        Ok(Self { gazetteer: Gazetteer::load(), weights, decoder })
    }

    /// The names of one article.
    pub fn names(&self, plain: &Plain) -> Names {
        let document = Document::new(&plain.text, &self.gazetteer);
        let mut mentions = Vec::new();
        let (mut hashes, mut scores) = (Vec::new(), Vec::new());
        for segment in segments(&document) {
            scores.clear();
            for at in segment.clone() {
                hashes.clear();
                extract(&document, at, &mut hashes);
                scores.push(self.score(&hashes));
            }
            let through = self.decoder.through(&scores);
            let best = Decoder::best(&through);
            self.collect(&document, segment.start, &through, &best, &mut mentions);
        }
        settle(&plain.text, &mut mentions);
        Names { mentions }
    }

    fn score(&self, hashes: &[u32]) -> Scores {
        let mut sums = [0i32; LABELS];
        for &hash in hashes {
            if let Some(row) = self.weights.row(hash) {
                for (sum, &weight) in sums[1..].iter_mut().zip(row) {
                    *sum += i32::from(weight);
                }
            }
        }
        sums
    }

    fn collect(
        &self,
        document: &Document,
        base: usize,
        through: &[Scores],
        best: &[usize],
        mentions: &mut Vec<Mention>,
    ) {
        let mut from = 0;
        for (at, &label) in best.iter().enumerate() {
            let Some((kind, place)) = split(label) else { continue };
            if matches!(place, At::Begin | At::Single) {
                from = at;
            }
            if matches!(place, At::End | At::Single) {
                let margin = (from..=at).map(|t| margin(&through[t], best[t])).min().unwrap_or(0);
                let hundredths = (margin as f32 / self.weights.units * 100.0).min(f32::from(i16::MAX));
                mentions.push(Mention {
                    start: document.tokens[base + from].start,
                    end: document.tokens[base + at].end,
                    kind,
                    evidence: Evidence::Model(hundredths as i16),
                });
            }
        }
    }
}

/// By how much the best path through a token wins over every path that gives the token another kind, or none.
fn margin(through: &Scores, best: usize) -> i32 {
    let kind = split(best).map(|(kind, _)| kind);
    let other = through
        .iter()
        .enumerate()
        .filter(|&(label, _)| label == OUTSIDE || split(label).map(|(kind, _)| kind) != kind)
        .map(|(_, &score)| score)
        .max();
    through[best] - other.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Part, Place};

    fn names_of(text: &str) -> Vec<(String, &'static str)> {
        let part = Part { place: Place::Lead, range: 0..text.len() };
        let plain = Plain { text: text.to_owned(), parts: vec![part] };
        let names = Recogniser::load().names(&plain).mentions;
        names.iter().map(|m| (text[m.start as usize..m.end as usize].to_owned(), m.kind.name())).collect()
    }

    #[test]
    fn country_and_person_are_two_names() {
        let found = names_of("Hôm qua, Tổng thống Nga Vladimir Putin đã đến Hà Nội.");
        let expect = [("Nga", "LOC"), ("Vladimir Putin", "PER"), ("Hà Nội", "LOC")];
        assert_eq!(found, expect.map(|(text, kind)| (text.to_owned(), kind)));
    }
}
