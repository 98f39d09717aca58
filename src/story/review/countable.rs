//! Units, nouns that are counted, and words around numbers.
//!
//! Owns: reading them (`assets/story/units.toml`), each in its one spelling. Refuses: grammar (`figures`).

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::text::spelling;

#[derive(Debug, Deserialize)]
struct Words {
    scales: FxHashMap<String, u32>,
    units: FxHashMap<String, Vec<String>>,
    counted: Vec<String>,
    #[serde(flatten)]
    around: Around,
}

/// Words around a number, each in its one spelling.
#[derive(Debug, Deserialize)]
pub(super) struct Around {
    /// Before a number that is no count.
    pub not_counts: Vec<String>,
    /// Small words that are no half of a noun.
    pub stops: Vec<String>,
    /// Behind a spelt two: those who are spoken of all along.
    pub both: Vec<String>,
    /// Between a number and the whole that it is a part of.
    pub part_of: Vec<String>,
    /// The main form of hours; words before it where it is a stretch of time; words behind it where it is none.
    pub hour: String,
    pub stretches: Vec<String>,
    pub halves: Vec<String>,
    /// Before the minutes of a time of day.
    pub clock: Vec<String>,
    /// Between numbers that count one thing.
    pub and: Vec<String>,
    /// Before the two ends of an estimate, and between them.
    pub estimates: Vec<String>,
    pub to: Vec<String>,
    /// Before a time in prison, and behind what is none after all; such times by unit.
    pub terms: Vec<String>,
    pub spans: Vec<String>,
    pub prison: FxHashMap<String, String>,
}

pub(super) struct Tables {
    /// Powers of ten by word.
    pub scales: FxHashMap<String, u32>,
    /// Main form by word.
    pub units: FxHashMap<String, String>,
    /// Nouns that are counted, as they are: of two things one noun may be said.
    pub counted: FxHashSet<String>,
    pub around: Around,
}

fn read_tables() -> Option<Tables> {
    let words: Words = toml::from_str(include_str!("../../../assets/story/units.toml")).ok()?;
    let forms = words.units.into_iter().flat_map(|(main, forms)| {
        let main = main.clone();
        forms
            .into_iter()
            .chain([main.clone()])
            .map(move |form| (spelling(&form), main.clone()))
            .collect::<Vec<_>>()
    });
    let counted = words.counted.iter().map(|w| (spelling(w), w.clone()));
    let mut around = words.around;
    let lists: [&mut Vec<String>; 12] = [
        &mut around.not_counts,
        &mut around.stops,
        &mut around.both,
        &mut around.part_of,
        &mut around.stretches,
        &mut around.halves,
        &mut around.clock,
        &mut around.and,
        &mut around.estimates,
        &mut around.to,
        &mut around.terms,
        &mut around.spans,
    ];
    for word in lists.into_iter().flatten() {
        *word = spelling(word);
    }
    Some(Tables {
        scales: words.scales.into_iter().map(|(word, power)| (spelling(&word), power)).collect(),
        // A form of a unit is more than a noun of its own.
        units: counted.chain(forms).collect(),
        counted: words.counted.into_iter().collect(),
        around,
    })
}

pub(super) fn tables() -> Option<&'static Tables> {
    static READ: OnceLock<Option<Tables>> = OnceLock::new();
    READ.get_or_init(read_tables).as_ref()
}
