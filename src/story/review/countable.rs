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
    fates: Fates,
    #[serde(flatten)]
    around: Around,
}

/// What becomes of people who are counted.
#[derive(Debug, Deserialize)]
struct Fates {
    whom: Vec<String>,
    words: FxHashMap<String, Vec<String>>,
    makers: FxHashMap<String, Vec<String>>,
    behind: Vec<String>,
    before: Vec<String>,
}

/// The same, made ready: main forms by word, each in its one spelling.
#[derive(Debug)]
pub(super) struct Becoming {
    /// Units of whom it is told.
    pub whom: Vec<String>,
    /// Behind the noun, and before the number.
    pub fates: FxHashMap<String, String>,
    pub makers: FxHashMap<String, String>,
    /// What may stand between noun and fate, and between fate and number.
    pub behind: Vec<String>,
    pub before: Vec<String>,
}

impl Becoming {
    fn of(words: Fates) -> Self {
        let all = |list: Vec<String>| list.iter().map(|w| spelling(w)).collect();
        Self {
            whom: words.whom,
            fates: by_form(words.words),
            makers: by_form(words.makers),
            behind: all(words.behind),
            before: all(words.before),
        }
    }
}

/// Main forms by each form and by themselves.
fn by_form(words: FxHashMap<String, Vec<String>>) -> FxHashMap<String, String> {
    let forms = words.into_iter().flat_map(|(main, forms)| {
        let main = main.clone();
        let all = forms.into_iter().chain([main.clone()]);
        all.map(move |form| (spelling(&form), main.clone())).collect::<Vec<_>>()
    });
    forms.collect()
}

/// Words around a number, each in its one spelling.
#[derive(Debug, Deserialize)]
pub(super) struct Around {
    /// Before a number that is no count, and what ends in one of them and says nothing of the kind.
    pub not_counts: Vec<String>,
    pub counts: Vec<String>,
    /// Units by the word behind which they count after all.
    pub classes: FxHashMap<String, Vec<String>>,
    /// Units of money, in their main form.
    pub money: Vec<String>,
    /// What begins with a unit and is none.
    pub no_things: Vec<String>,
    /// Units that make one word with nothing behind them.
    pub whole: Vec<String>,
    /// Behind a noun: it tells of another thing than the bare noun.
    pub kinds: Vec<String>,
    /// Before a year that is no five; behind one of something that is no count.
    pub years: Vec<String>,
    pub others: Vec<String>,
    /// Small words that are no half of a noun.
    pub stops: Vec<String>,
    /// Behind a spelt two: those who are spoken of all along.
    pub both: Vec<String>,
    /// Between a number and the whole that it is a part of.
    pub part_of: Vec<String>,
    /// The main form of hours; words before it where it is a stretch of time; words behind it where it is none.
    pub hour: String,
    /// The unit of an age, which stands before the number, too.
    pub age: String,
    /// The unit of scores.
    pub score: String,
    /// Hours by this word are a stretch of time wherever they stand.
    pub stretch: String,
    /// Units of time, the longest first; words before and behind hours and minutes that last.
    pub chain: Vec<String>,
    pub lasting: Vec<String>,
    pub lasted: Vec<String>,
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
    /// Main forms of units.
    pub measures: FxHashSet<String>,
    pub fates: Becoming,
    pub around: Around,
}

fn read_tables() -> Option<Tables> {
    let words: Words = toml::from_str(include_str!("../../../assets/story/units.toml")).ok()?;
    let measures: FxHashSet<String> = words.units.keys().cloned().collect();
    let forms = by_form(words.units);
    let counted = words.counted.iter().map(|w| (spelling(w), w.clone()));
    let mut around = words.around;
    let lists: [&mut Vec<String>; 19] = [
        &mut around.not_counts,
        &mut around.counts,
        &mut around.no_things,
        &mut around.kinds,
        &mut around.years,
        &mut around.others,
        &mut around.lasting,
        &mut around.lasted,
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
        measures,
        fates: Becoming::of(words.fates),
        around,
    })
}

pub(super) fn tables() -> Option<&'static Tables> {
    static READ: OnceLock<Option<Tables>> = OnceLock::new();
    READ.get_or_init(read_tables).as_ref()
}
