//! What is known about names beforehand: other names of one thing, short words inside names, rules for parts of names.
//!
//! Owns: reading `assets/names/other-names.tsv`, `short-words.tsv` and `name-rules.toml`. Refuses: to decide about joins.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::key::{Words, is_marked, is_syllable};
use super::model::Kind;

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
struct Phrase {
    kinds: [bool; 4],
    place: Place,
    short: Words,
    long: Vec<String>,
    shown: String,
    /// Only read in names with Vietnamese marks: `Swiss Indoors` stays as it is.
    vietnamese: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    Start,
    End,
    /// Not at the end.
    Before,
}

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

/// All tables.
#[derive(Debug, Default)]
pub struct Tables {
    /// The things with other names.
    pub rows: Vec<Row>,
    names: FxHashMap<String, [Option<Known>; 4]>,
    phrases: Vec<Phrase>,
    by_first: FxHashMap<String, Vec<u32>>,
    /// Rules for parts of names.
    pub rules: Rules,
}

/// How the source column starts for bodies of the Vietnamese state.
const STATE: &str = "Viet Nam: bodies";
const VIET: &str = "viê\u{323}t";
const NAM: &str = "nam";

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables =
        Tables { rules: rules(include_str!("../../assets/names/name-rules.toml")), ..Tables::default() };
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

fn rules(toml: &str) -> Rules {
    let Ok(file) = toml::from_str::<RulesFile>(toml) else { return Rules::default() };
    let set = |list: &str| Words::of(list).words.into_iter().collect();
    let keys = |list: &[String]| list.iter().map(|name| Words::of(name).joined()).collect::<FxHashSet<_>>();
    Rules {
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

    /// A name's words with short words written out and words without weight left out; `None` when nothing changes.
    /// The second part names the short words that were read, for [`super::Variant::why`].
    pub fn expand(&self, kind: Kind, name: &Words) -> Option<(Vec<String>, Vec<&str>)> {
        if kind == Kind::Per {
            return self.without_title(name);
        }
        let little = matches!(kind, Kind::Org | Kind::Misc);
        let all_caps = name.all_caps();
        let (mut out, mut why, mut at, mut changed) = (Vec::new(), Vec::new(), 0, false);
        let mut at_start = true;
        while at < name.words.len() {
            if let Some(phrase) = self.phrase_at(kind, name, at, at_start, all_caps) {
                let dropped = phrase.long.is_empty();
                at += phrase.short.words.len();
                changed |= phrase.long != phrase.short.words;
                if phrase.long != phrase.short.words {
                    why.push(phrase.shown.as_str());
                }
                out.extend(phrase.long.iter().cloned());
                at_start &= dropped;
                continue;
            }
            let word = &name.words[at];
            at += 1;
            let is_year = |w: &String| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
            let before_year = word == "năm" && name.words.get(at).is_some_and(is_year);
            if little && (before_year || self.rules.little.contains(word)) {
                changed = true;
                continue;
            }
            at_start = false;
            let number = (kind == Kind::Misc && at > 1 && name.caps[at - 1]).then(|| roman(word)).flatten();
            changed |= number.is_some();
            out.push(number.map_or_else(|| word.clone(), str::to_owned));
        }
        if !changed || out.is_empty() {
            return None;
        }
        self.strip_start(kind, &mut out, &mut why);
        Some((out, why))
    }

    /// Leaves out a class word that an expansion brought to the start (`CLB` gives `câu lạc bộ`).
    fn strip_start<'a>(&'a self, kind: Kind, words: &mut Vec<String>, why: &mut Vec<&'a str>) {
        let name = Words { caps: vec![false; words.len()], words: words.clone() };
        if let Some(phrase) = self.phrase_at(kind, &name, 0, true, false)
            && phrase.place == Place::Start
            && phrase.long.is_empty()
            && phrase.short.words.len() < words.len()
        {
            words.drain(..phrase.short.words.len());
            why.push(phrase.shown.as_str());
        }
    }

    fn without_title(&self, name: &Words) -> Option<(Vec<String>, Vec<&str>)> {
        let titles = name.words.iter().take_while(|w| self.rules.titles.contains(*w)).count();
        (titles > 0 && titles < name.words.len()).then(|| (name.words[titles..].to_vec(), Vec::new()))
    }

    fn phrase_at(
        &self,
        kind: Kind,
        name: &Words,
        at: usize,
        at_start: bool,
        all_caps: bool,
    ) -> Option<&Phrase> {
        let candidates = self.by_first.get(&name.words[at])?;
        candidates.iter().map(|&n| &self.phrases[n as usize]).find(|phrase| {
            let end = at + phrase.short.words.len();
            phrase.kinds[kind as usize]
                && (!phrase.vietnamese || name.words.iter().any(|w| is_marked(w)))
                && end <= name.words.len()
                && match phrase.place {
                    Place::Any => true,
                    Place::Start => at_start && end < name.words.len(),
                    Place::End => at > 0 && end == name.words.len(),
                    Place::Before => end < name.words.len(),
                }
                && name.words[at..end] == phrase.short.words[..]
                && (at..end).all(|i| fits_case(&phrase.short, i - at, name.caps[i], all_caps))
        })
    }
}

/// The number that a Roman numeral behind a name stands for: `Note III` is `Note 3`.
fn roman(word: &str) -> Option<&'static str> {
    const NUMERALS: [(&str, &str); 8] = [
        ("ii", "2"),
        ("iii", "3"),
        ("iv", "4"),
        ("vi", "6"),
        ("vii", "7"),
        ("viii", "8"),
        ("ix", "9"),
        ("xi", "11"),
    ];
    NUMERALS.iter().find(|(r, _)| *r == word).map(|(_, n)| *n)
}

/// A short word in capitals that could be a syllable (`TƯ`, `CA`) is only read where it stands out by its capitals.
fn fits_case(short: &Words, i: usize, caps: bool, all_caps: bool) -> bool {
    !short.caps[i] || !is_syllable(&short.words[i]) || (caps && !all_caps)
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

    fn expanded(kind: Kind, name: &str) -> String {
        let words = Words::of(name);
        tables().expand(kind, &words).map_or(words.words, |(w, _)| w).concat()
    }

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

    #[test]
    fn short_words_are_written_out() {
        for (kind, a, b) in [
            (Kind::Org, "Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo"),
            (Kind::Org, "TƯ Đoàn TNCS HCM", "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
            (Kind::Org, "UBND TP. Hà Nội", "Ủy ban nhân dân Thành phố Hà Nội"),
            (Kind::Org, "CLB Consadole Sapporo", "Consadole Sapporo"),
            (Kind::Org, "Đại sứ quán Australia", "Đại sứ quán Úc"),
            (Kind::Loc, "QL 13", "Quốc lộ 13"),
            (Kind::Loc, "P.13", "phường 13"),
        ] {
            assert_eq!(expanded(kind, a), expanded(kind, b), "{a} = {b}");
        }
        assert_ne!(expanded(Kind::Org, "Công an TP Cà Mau"), expanded(Kind::Org, "Công an tỉnh Cà Mau"));
        assert_ne!(expanded(Kind::Org, "Ban Tư tưởng"), expanded(Kind::Org, "Ban Trung ương tưởng"));
    }
}
