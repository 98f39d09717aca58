//! Recognising names in an article.
//!
//! Owns: the way from plain text to mentions. Refuses: joining names ([`super::link`]), files.
//! Tests: at the foot of this file; measured on labelled articles in `tests/it/names.rs`.

use std::sync::{Mutex, PoisonError};

use super::credits;
use super::cutter::Cutter;
use super::document::{Document, Tables};
use super::features::{self, Places, extract};
use super::model::{Evidence, Mention, Names};
use super::pass::{Found, Pass};
use super::settle::settle;
use super::sums::{Adder, Memo};
use super::viterbi::Decoder;
use super::weights::{BadModel, Weights};
use crate::article::Plain;

const WORDS: &[u8] = include_bytes!("../../assets/names.words");
const KNOWN: &[u8] = include_bytes!("../../assets/names.known");
const MODEL: &[u8] = include_bytes!("../../assets/names.model");

/// By how many nats every path that is inside a name must be behind for the name to be over.
const CLOSED: f32 = 5.0;

/// What the articles before leave to the next one: nothing that its names depend on, but most of the work.
#[derive(Debug)]
struct Desk {
    cutter: Cutter,
    memo: Memo,
}

impl Default for Desk {
    fn default() -> Self {
        Self { cutter: Cutter::remembering(), memo: Memo::default() }
    }
}

/// The recogniser: model and tables, loaded once, shared by all threads.
#[derive(Debug)]
pub struct Recogniser {
    tables: Tables,
    weights: Weights,
    decoder: Decoder,
    /// One for each article that is read at the same time.
    desks: Mutex<Vec<Desk>>,
}

impl Recogniser {
    /// Loads the model and tables that are built into the program.
    ///
    /// # Panics
    /// Never with the model of this source tree: a test reads it.
    #[expect(clippy::expect_used, reason = "the bytes are part of the program, and a test reads them")]
    pub fn load() -> Self {
        Self::with_model(MODEL, WORDS, KNOWN).expect("the built-in model fits this program")
    }

    /// The same tables with other files.
    pub fn with_model(model: &[u8], words: &[u8], known: &[u8]) -> Result<Self, BadModel> {
        let weights = Weights::read(model, features::FINGERPRINT)?;
        let decoder = Decoder::new(&weights.pairs);
        Ok(Self { tables: Tables::read(words, known)?, weights, decoder, desks: Mutex::default() })
    }

    /// The names of one article.
    pub fn names(&self, plain: &Plain) -> Names {
        let (document, pass) = self.read(&plain.text);
        let mention = |name: &Found| Mention {
            start: document.tokens[name.from].start,
            end: document.tokens[name.to - 1].end,
            kind: name.kind,
            evidence: Evidence::Model(name.margin.min(i32::from(i16::MAX)) as i16),
        };
        let mut mentions: Vec<Mention> = pass.found().iter().map(mention).collect();
        settle(&plain.text, &mut mentions);
        credits::whole(plain, &mut mentions);
        Names { mentions }
    }

    /// The text as the features see it, and the labels of its tokens, sentence by sentence.
    ///
    /// Small words behind a name are read until none of the names that they could belong to has a chance: most of them never are.
    pub(crate) fn read(&self, text: &str) -> (Document, Pass) {
        let mut desk = self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let Desk { cutter, memo } = &mut desk;
        let document = Document::new(text, &self.tables, cutter);
        let Places { segments, begins } = Places::of(&document);
        let closed = (CLOSED * self.weights.units) as i32;
        let mut pass = Pass::new(document.tokens.len());
        let mut path = self.decoder.path();
        for segment in segments {
            let mut at = segment.start;
            while at < segment.end {
                if !begins[at] && path.lead_of_outside() > closed {
                    path.end(at, self.weights.units, &mut pass);
                    at += begins[at..segment.end].iter().take_while(|begins| !**begins).count();
                    continue;
                }
                let mut adder = Adder::new(&self.weights, memo);
                extract(&document, at, &mut adder);
                path.add(adder.scores());
                at += 1;
            }
            path.end(at, self.weights.units, &mut pass);
        }
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        (document, pass)
    }
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
