//! What is known about names beforehand: other names of one thing, short words inside names, rules for parts of names.
//!
//! Owns: reading `assets/names/other-names.tsv` and `short-words.tsv`; what of them stands where.
//! Refuses: to write names out ([`super::expand`] does); to decide about joins. Tests: at the foot.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::key::{Words, is_syllable};
use super::model::Kind;
use super::rules::Rules;

/// One thing with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Kind.
    pub kind: Kind,
    /// The canonical name.
    pub name: String,
    /// The canonical name's key.
    pub key: String,
    /// Its words.
    pub words: Vec<String>,
    /// Where the names are from.
    pub source: String,
}

/// A name's place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Index into [`Tables::rows`].
    pub row: u32,
    /// It is a short name: it needs evidence in the article.
    pub short: bool,
}

/// A short form inside names.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub kinds: [bool; 4],
    pub place: Place,
    pub short: Words,
    pub long: Vec<String>,
    pub shown: String,
    /// Only read in names with Vietnamese marks: `Swiss Indoors` stays as it is.
    pub vietnamese: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Any,
    Start,
    End,
    /// Not at the end.
    Before,
}

/// All tables.
#[derive(Debug, Default)]
pub struct Tables {
    /// The things with other names.
    pub rows: Vec<Row>,
    names: FxHashMap<String, [Option<Known>; 4]>,
    pub(super) phrases: Vec<Phrase>,
    /// Phrases by their first word, the longest first.
    pub(super) by_first: FxHashMap<String, Vec<u32>>,
    /// Rules for parts of names.
    pub rules: Rules,
}

/// How the source column starts for bodies of the Vietnamese state.
const STATE: &str = "Viet Nam: bodies";
const VIET: &str = "viê\u{323}t";
const NAM: &str = "nam";

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        rules: Rules::read(include_str!("../../assets/names/name-rules.toml")),
        ..Tables::default()
    };
    tables.read_short_words(include_str!("../../assets/names/short-words.tsv"));
    tables.read_other_names(include_str!("../../assets/names/other-names.tsv"));
    tables.index_phrases();
    tables.add_expanded(include_str!("../../assets/names/other-names.tsv"));
    tables
});

/// The tables that are built into the program.
pub fn tables() -> &'static Tables {
    &TABLES
}

/// The kind with a name as in `names --json`.
pub fn kind_of(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|k| k.name() == name)
}

/// The rows of a table: not blank, not a comment.
fn lines(tsv: &str) -> impl Iterator<Item = Vec<&str>> {
    tsv.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

impl Tables {
    /// Looks a name up by kind and key.
    pub fn known(&self, kind: Kind, key: &str) -> Option<Known> {
        self.names.get(key).and_then(|kinds| kinds[kind as usize])
    }

    /// A body of the Vietnamese state with the country's name behind its own: `Bộ Y tế Việt Nam`.
    pub fn known_at_home(&self, kind: Kind, words: &[String]) -> Option<Known> {
        let (body, country) = words.split_at_checked(words.len().checked_sub(2)?)?;
        if country != [VIET, NAM] {
            return None;
        }
        let known = self.known(kind, &body.concat())?;
        self.row(known.row).filter(|row| row.source.starts_with(STATE)).map(|_| known)
    }

    /// A name that is known once its class word is left out (`Hãng tin Reuters`). Bodies of the Vietnamese state and
    /// short acronyms are not meant by such names: `Trường Chính phủ`, `Công ty AP`.
    pub fn known_without_class(&self, kind: Kind, key: &str) -> Option<Known> {
        let known = self.known(kind, key)?;
        let state = self.row(known.row).is_some_and(|row| row.source.starts_with(STATE));
        (!state && !known.short && key.chars().count() > 3).then_some(known)
    }

    /// The row is of a body of the Vietnamese state.
    pub fn is_of_state(&self, row: u32) -> bool {
        self.row(row).is_some_and(|row| row.source.starts_with(STATE))
    }

    /// The row at an index.
    pub fn row(&self, row: u32) -> Option<&Row> {
        self.rows.get(row as usize)
    }

    fn read_other_names(&mut self, tsv: &str) {
        for cells in lines(tsv) {
            let [kind, name, others, short, source] = cells[..] else { continue };
            let Some(kind) = kind_of(kind) else { continue };
            let words = Words::of(name);
            let row = self.rows.len() as u32;
            self.add(kind, &words.joined(), Known { row, short: false });
            for other in others.split(" | ").filter(|o| !o.is_empty()) {
                let other_words = Words::of(other);
                self.add(kind, &other_words.joined(), Known { row, short: false });
                if kind == Kind::Loc && stands_in_names(&other_words) {
                    self.add_place(other, other_words, words.words.clone());
                }
            }
            for short in short.split(" | ").filter(|s| !s.is_empty()) {
                self.add(kind, &Words::of(short).joined(), Known { row, short: true });
            }
            if kind == Kind::Loc && words.words.len() > 1 {
                self.add_place(name, words.clone(), words.words.clone());
            }
            let key = words.joined();
            self.rows.push(Row {
                kind,
                name: name.to_owned(),
                key,
                words: words.words,
                source: source.to_owned(),
            });
        }
    }

    fn add(&mut self, kind: Kind, key: &str, known: Known) {
        let slot = &mut self.names.entry(key.to_owned()).or_default()[kind as usize];
        *slot = slot.or(Some(known));
    }

    /// Adds the table's names once more with their short words written out.
    fn add_expanded(&mut self, tsv: &str) {
        let mut found = Vec::new();
        for (row, cells) in lines(tsv).filter(|c| c.len() == 5 && kind_of(c[0]).is_some()).enumerate() {
            let Some(kind) = kind_of(cells[0]) else { continue };
            for name in std::iter::once(cells[1]).chain(cells[2].split(" | ")).filter(|n| !n.is_empty()) {
                if let Some((words, _)) = self.expand(kind, &Words::of(name)) {
                    found.push((kind, words.concat(), row as u32));
                }
            }
        }
        for (kind, key, row) in found {
            self.add(kind, &key, Known { row, short: false });
        }
    }

    /// Another name of a place, for names of organisations and works that hold it.
    fn add_place(&mut self, shown: &str, short: Words, long: Vec<String>) {
        let kinds = [false, false, true, true];
        self.phrases.push(Phrase {
            kinds,
            place: Place::Any,
            short,
            long,
            shown: shown.to_owned(),
            vietnamese: true,
        });
    }

    fn read_short_words(&mut self, tsv: &str) {
        for cells in lines(tsv) {
            let [kinds, place, short, long, _source] = cells[..] else { continue };
            let kinds = Kind::ALL.map(|k| kinds.split(',').any(|name| name == k.name()));
            let place = match place {
                "start" => Place::Start,
                "end" => Place::End,
                "before" => Place::Before,
                _ => Place::Any,
            };
            let long = if long == "-" { Vec::new() } else { Words::of(long).words };
            self.phrases.push(Phrase {
                kinds,
                place,
                short: Words::of(short),
                long,
                shown: short.to_owned(),
                vietnamese: false,
            });
        }
    }

    fn index_phrases(&mut self) {
        for (n, phrase) in self.phrases.iter().enumerate() {
            if let Some(first) = phrase.short.words.first() {
                self.by_first.entry(first.clone()).or_default().push(n as u32);
            }
        }
        for list in self.by_first.values_mut() {
            list.sort_by_key(|&n| std::cmp::Reverse(self.phrases[n as usize].short.words.len()));
        }
    }
}

/// True for another name of a place that can safely be read inside longer names: more than one word, or one that is
/// neither a Vietnamese syllable nor an acronym.
fn stands_in_names(name: &Words) -> bool {
    match &name.words[..] {
        [one] => !name.caps[0] && one.chars().count() > 3 && !is_syllable(one),
        _ => name.words.iter().all(|w| w.chars().count() > 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_whole() {
        let t = tables();
        assert!(t.rows.len() >= 300, "{} rows", t.rows.len());
        assert!(t.rules.vietnamese.len() > 50 && t.rules.korean.contains("kim"));
        let rows = lines(include_str!("../../assets/names/other-names.tsv"));
        for cells in rows {
            assert!(cells.len() == 5 && kind_of(cells[0]).is_some() && !cells[4].is_empty(), "{cells:?}");
        }
        for cells in lines(include_str!("../../assets/names/short-words.tsv")) {
            assert!(cells.len() == 5 && cells.iter().all(|c| !c.is_empty()), "{cells:?}");
        }
    }

    #[test]
    fn no_name_has_two_rows() {
        let mut seen: FxHashMap<(Kind, String), &str> = FxHashMap::default();
        for cells in lines(include_str!("../../assets/names/other-names.tsv")) {
            let Some(kind) = kind_of(cells[0]) else { continue };
            for name in std::iter::once(cells[1]).chain(cells[2].split(" | ")).filter(|n| !n.is_empty()) {
                let row = *seen.entry((kind, Words::of(name).joined())).or_insert(cells[1]);
                assert_eq!(row, cells[1], "{name} stands in two rows");
            }
        }
    }

    #[test]
    fn known_names() {
        let row = |kind, name: &str| {
            tables()
                .known(kind, &Words::of(name).joined())
                .and_then(|k| tables().row(k.row))
                .map(|r| r.name.as_str())
        };
        for name in ["Moscow", "Matxcơva", "Mát-xcơ-va", "Mạc Tư Khoa", "MOSKVA"] {
            assert_eq!(row(Kind::Loc, name), Some("Moskva"), "{name}");
        }
        assert_eq!(row(Kind::Org, "Nha Trang"), None);
        assert_eq!(row(Kind::Org, "Nhà trắng"), Some("Nhà Trắng"));
    }
}
