//! Rules for parts of names.
//!
//! Owns: reading `assets/names/name-rules.toml`. Refuses: to use them. Tests: with the tables, at the foot of `tables.rs`.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::key::Words;
#[cfg(doc)]
use super::model::Kind;

/// Rules for parts of names, from `name-rules.toml`; words are in the form of [`Words::words`].
#[derive(Debug, Default)]
pub struct Rules {
    /// Vietnamese family names.
    pub vietnamese: FxHashSet<String>,
    /// Chinese family names in Vietnamese reading.
    pub chinese: FxHashSet<String>,
    /// Korean family names in Latin letters.
    pub korean: FxHashSet<String>,
    /// Family names that never stand alone.
    pub never_alone: FxHashSet<String>,
    /// Middle names that are no part of a given name.
    pub middle_only: FxHashSet<String>,
    /// Words in small letters that no longer belong to a name.
    pub tail_stops: FxHashSet<String>,
    /// Words that rank a body of the state by the place that it is for.
    pub ranks: FxHashSet<String>,
    /// The word for a province, which many names of bodies leave out.
    pub province: String,
    /// Endings of web addresses.
    pub address_endings: Vec<String>,
    /// Titles that are no part of a name.
    pub titles: FxHashSet<String>,
    /// Phrases between a name and its short form, in lower case.
    pub short_for: Vec<String>,
    /// Class words that may be left out, by kind ([`Kind`] as index; none for people).
    pub classes: [FxHashSet<String>; 4],
    /// Nouns right before a name that tell its kind: of places, and of clubs.
    pub place_nouns: Vec<String>,
    pub club_nouns: Vec<String>,
    /// Words before a noun that is said of several things (keys).
    pub several: FxHashSet<String>,
    /// Names too general to be a short form of a longer name that ends in them (keys).
    pub too_general: FxHashSet<String>,
    /// Little words that make no difference in names of organisations and works.
    pub little: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    vietnamese_families: String,
    chinese_families: String,
    korean_families: String,
    never_alone: String,
    middle_only: String,
    tail_stops: String,
    ranks: String,
    province: String,
    address_endings: String,
    titles: String,
    short_for: Vec<String>,
    place_classes: Vec<String>,
    org_classes: Vec<String>,
    misc_classes: Vec<String>,
    place_nouns: Vec<String>,
    club_nouns: Vec<String>,
    several: String,
    too_general: Vec<String>,
    little_words: Vec<String>,
}

impl Rules {
    /// Reads them; none where they cannot be read.
    pub fn read(toml: &str) -> Self {
        let Ok(file) = toml::from_str::<RulesFile>(toml) else { return Self::default() };
        let set = |list: &str| Words::of(list).words.into_iter().collect();
        let keys =
            |list: &[String]| list.iter().map(|name| Words::of(name).joined()).collect::<FxHashSet<_>>();
        Self {
            vietnamese: set(&file.vietnamese_families),
            chinese: set(&file.chinese_families),
            korean: set(&file.korean_families),
            never_alone: set(&file.never_alone),
            middle_only: set(&file.middle_only),
            tail_stops: set(&file.tail_stops),
            ranks: set(&file.ranks),
            province: Words::of(&file.province).joined(),
            address_endings: file.address_endings.split_whitespace().map(str::to_owned).collect(),
            titles: set(&file.titles),
            short_for: file.short_for,
            classes: [
                FxHashSet::default(),
                keys(&file.place_classes),
                keys(&file.org_classes),
                keys(&file.misc_classes),
            ],
            too_general: keys(&file.too_general),
            place_nouns: file.place_nouns,
            club_nouns: file.club_nouns,
            several: set(&file.several),
            little: set(&file.little_words.join(" ")),
        }
    }
}
