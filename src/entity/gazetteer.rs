//! Known names and the words that announce names: tables in `assets/gazetteer`, matched longest first.
//!
//! Owns: reading the tables, matching them over tokens. Refuses: to decide what is a name; it only gives hints.
//! Tests: at the foot of this file.

use rustc_hash::FxHashMap;

use super::cutter::syllables;
use super::syllable::{Shape, Syllable, growing, hash_many};

const TABLES: [&str; 4] = [
    include_str!("../../assets/gazetteer/nouns.tsv"),
    include_str!("../../assets/gazetteer/names.tsv"),
    include_str!("../../assets/gazetteer/territories.tsv"),
    include_str!("../../assets/gazetteer/english.tsv"),
];

/// Longest phrase in a table, in tokens.
const LONGEST: usize = 8;

/// What a phrase of the tables is. The order is part of the model's features: add at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// `ông`, `bà`: before people.
    Honorific,
    /// Offices and trades: before people.
    Title,
    /// Kinds of place: before places.
    Place,
    /// Kinds of organisation: before organisations.
    Body,
    /// Kinds of work, event, product.
    Work,
    /// Names of countries.
    Country,
    /// Parts of the world and of a country.
    Region,
    /// Towns and what lies in them.
    City,
    /// Provinces of Vietnam.
    Province,
    /// Capitals.
    Capital,
    /// News agencies and newspapers.
    Agency,
    /// Other organisations.
    KnownBody,
    /// Events, products.
    KnownWork,
    /// Vietnamese family names.
    Family,
    /// Vietnamese middle names.
    Middle,
    /// Vietnamese given names.
    Given,
    /// Given names elsewhere.
    Western,
    /// Words that English writes large without their being names: weekdays, months, and what often opens a sentence.
    Ordinary,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "honorific" => Self::Honorific,
            "title" => Self::Title,
            "place" => Self::Place,
            "body" => Self::Body,
            "work" => Self::Work,
            "country" => Self::Country,
            "region" => Self::Region,
            "city" => Self::City,
            "province" => Self::Province,
            "capital" => Self::Capital,
            "agency" => Self::Agency,
            "known-body" => Self::KnownBody,
            "known-work" => Self::KnownWork,
            "family" => Self::Family,
            "middle" => Self::Middle,
            "given" => Self::Given,
            "western" => Self::Western,
            "ordinary" => Self::Ordinary,
            _ => return None,
        })
    }

    /// Words that stand before names and are no names.
    fn is_noun(self) -> bool {
        (self as u8) <= Self::Work as u8
    }

    /// One bit for each class.
    pub fn bit(self) -> u32 {
        1 << self as u8
    }

    /// Bits of the words that announce names.
    pub const NOUNS: u32 = 0b1_1111;

    /// Bits of the classes that are whole names of a known thing (people's name parts are not).
    pub const NAMES: u32 = 0b1_1111_1110_0000;
}

/// What the tables say of one token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// Classes of the nouns that end at this token.
    pub noun: u32,
    /// Tokens of the longest noun that ends here and begins with a capital; 0 for none.
    pub head: u8,
    /// Classes of the longest known name that covers this token.
    pub name: u32,
    /// Place in that name: 1 first, 2 inner, 3 last, 4 only.
    pub at: u8,
    /// Classes of the token alone as part of a person's name.
    pub part: u32,
}

impl Hint {
    /// The known name and the place in it as one number.
    pub fn name_at(self) -> u32 {
        self.name | u32::from(self.at) << 20
    }

    /// All but the head as one number of 23 bits: the classes of nouns, names and parts are different ones.
    pub fn code(self) -> u64 {
        u64::from(self.noun | self.name | self.part | u32::from(self.at) << 20)
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    classes: u32,
    longer: bool,
}

/// The tables, ready for matching.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    phrases: FxHashMap<u32, Entry>,
}

impl Gazetteer {
    /// Reads the tables that are built in.
    pub fn load() -> Self {
        let mut all = Self { phrases: FxHashMap::default() };
        for line in TABLES.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with('#')) {
            let Some((class, words)) = line.split_once('\t') else { continue };
            let Some(class) = Class::named(class) else { continue };
            if class.is_noun() {
                for phrase in words.split(' ') {
                    all.add(&phrase.replace('_', " "), class);
                }
            } else {
                for phrase in words.split('|') {
                    all.add(phrase, class);
                }
            }
        }
        all
    }

    fn add(&mut self, phrase: &str, class: Class) {
        let keys: Vec<u32> =
            syllables(phrase).iter().filter(|s| s.shape != Shape::Break).map(|s| s.lower).collect();
        for n in 1..=keys.len() {
            let entry = self.phrases.entry(hash_many(keys.iter().take(n).copied())).or_default();
            if n == keys.len() {
                entry.classes |= class.bit();
            } else {
                entry.longer = true;
            }
        }
    }

    /// Hints for each token. Names are matched only where their first or last token is written large, ordinary English
    /// words only in English: `An`, `May`, `Do` are names in Vietnamese.
    pub fn hints(&self, tokens: &[Syllable], english: bool) -> Vec<Hint> {
        let hidden = if english { 0 } else { Class::Ordinary.bit() };
        let mut out = vec![Hint::default(); tokens.len()];
        let mut free = 0;
        for start in 0..tokens.len() {
            if !tokens[start].shape.is_word() {
                continue;
            }
            let longest = self.match_at(tokens, start, &mut out);
            out[start].part &= !hidden;
            if let Some((end, classes)) = longest.filter(|_| start >= free) {
                mark(&mut out[start..end], classes);
                free = end;
            }
        }
        out
    }

    /// Marks nouns and name parts from `start`, and gives the end and classes of the longest known name.
    fn match_at(&self, tokens: &[Syllable], start: usize, out: &mut [Hint]) -> Option<(usize, u32)> {
        let mut longest = None;
        let line = tokens[start..].iter().take(LONGEST).take_while(|t| t.shape != Shape::Break);
        for (n, key) in (1..).zip(growing(line.map(|t| t.lower))) {
            let end = start + n;
            let Some(entry) = self.phrases.get(&key) else { break };
            let raised = tokens[start].shape.is_raised() || tokens[end - 1].shape.is_raised();
            let noun = entry.classes & Class::NOUNS;
            out[end - 1].noun |= noun;
            if noun != 0 && tokens[start].shape.is_raised() {
                out[end - 1].head = out[end - 1].head.max(n as u8);
            }
            if raised && entry.classes & Class::NAMES != 0 {
                longest = Some((end, entry.classes & Class::NAMES));
            }
            if n == 1 && raised {
                out[start].part = entry.classes & !Class::NAMES & !Class::NOUNS;
            }
            if !entry.longer {
                break;
            }
        }
        longest
    }
}

fn mark(hints: &mut [Hint], classes: u32) {
    let last = hints.len() - 1;
    for (n, hint) in hints.iter_mut().enumerate() {
        hint.name = classes;
        hint.at = match (n == 0, n == last) {
            (true, true) => 4,
            (true, false) => 1,
            (false, true) => 3,
            (false, false) => 2,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint_of(text: &str, word: &str) -> Hint {
        let tokens = syllables(text);
        let at = tokens.iter().position(|t| &text[t.start as usize..t.end as usize] == word).unwrap();
        Gazetteer::load().hints(&tokens, false)[at]
    }

    #[test]
    fn every_row_has_a_known_class() {
        for line in TABLES.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with('#')) {
            let (class, _) = line.split_once('\t').expect(line);
            assert!(Class::named(class).is_some(), "{line}");
        }
    }

    #[test]
    fn gives_nouns_and_names() {
        let table: &[(&str, &str, u32, u32, u8)] = &[
            ("gặp ông Tám", "ông", Class::Honorific.bit(), 0, 0),
            ("thủ tướng nói", "tướng", Class::Title.bit(), 0, 0),
            ("sang Triều Tiên", "Triều", 0, Class::Country.bit(), 1),
            ("sang Triều Tiên", "Tiên", 0, Class::Country.bit(), 3),
            ("ở Hà Nội", "Nội", 0, Class::City.bit(), 3),
            ("anh em", "anh", Class::Honorific.bit(), 0, 0),
        ];
        for &(text, word, noun, name, at) in table {
            let hint = hint_of(text, word);
            assert_eq!((hint.noun, hint.name & name, hint.at), (noun, name, at), "{text}: {word}");
        }
    }
}
