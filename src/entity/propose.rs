//! Names that may be one but are never joined unasked (layer 5): they sound alike or differ by a letter or two, inside one story.
//!
//! Owns: finding them and what each answer means as a decision. Refuses: joining. Tests: at the foot.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use super::decision::{Decision, Repairs};
use super::key::{Words, is_syllable, is_tone};
use super::model::{Entities, EntityIx, Kind};

/// Two entities that may be one: for the reader to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The rarer one.
    pub from: EntityIx,
    /// The one in more articles.
    pub into: EntityIx,
    /// What speaks for it.
    pub like: Likeness,
}

/// How two names are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// The same consonants as they sound across transliterations: these.
    Consonants(String),
    /// So many letters differ.
    Letters(usize),
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Consonants(letters) => write!(f, "same consonants: {letters}"),
            Self::Letters(1) => f.write_str("1 letter apart"),
            Self::Letters(n) => write!(f, "{n} letters apart"),
        }
    }
}

impl Proposal {
    /// The decision that joins the two.
    pub fn joined(&self, entities: &Entities) -> Decision {
        let (from, into, kind) = self.names(entities);
        Decision::Merge { name: from, into, kind, into_kind: None }
    }

    /// The decision that holds the two apart: they are not proposed again.
    pub fn apart(&self, entities: &Entities) -> Decision {
        let (from, into, kind) = self.names(entities);
        Decision::Apart { name: from, other: into, kind }
    }

    fn names(&self, entities: &Entities) -> (String, String, Option<Kind>) {
        let name = |ix| entities.get(ix).map_or_else(String::new, |e| e.name.clone());
        (name(self.from), name(self.into), entities.get(self.from).map(|e| e.kind))
    }
}

/// Pairs among the names of each story (its articles by index) that sound alike or differ by a letter or two, those in most
/// articles first; what the reader said is apart is left out.
pub fn proposals(entities: &Entities, repairs: &Repairs, stories: &[&[usize]]) -> Vec<Proposal> {
    let mut sounds: FxHashMap<EntityIx, Option<Sound>> = FxHashMap::default();
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    for articles in stories {
        let of = articles.iter().map(|&a| entities.of(a));
        let known = of.flat_map(Cow::into_owned).filter(|&ix| ix != EntityIx::NONE);
        let found: BTreeSet<EntityIx> = known.collect();
        for &ix in &found {
            sounds.entry(ix).or_insert_with(|| Sound::of(entities, ix));
        }
        let names: Vec<&Sound> = found.iter().filter_map(|ix| sounds[ix].as_ref()).collect();
        for (n, a) in names.iter().enumerate() {
            for b in &names[n + 1..] {
                if let Some(like) = a.like(b)
                    && seen.insert((a.ix, b.ix))
                {
                    // Entities are sorted, those in most articles first.
                    out.push(Proposal { from: b.ix, into: a.ix, like });
                }
            }
        }
    }
    out.retain(|p| {
        let (Some(from), Some(into)) = (entities.get(p.from), entities.get(p.into)) else { return false };
        !repairs.are_apart(&from.name, &into.name, from.kind)
    });
    out.sort_by_key(|p| (p.into, p.from));
    out
}

struct Sound {
    ix: EntityIx,
    kind: Kind,
    letters: Vec<char>,
    /// Its digits: `U21` and `U23` are never one.
    digits: String,
    signature: String,
    /// All its words are Vietnamese syllables: nobody wrote it as it sounds.
    native: bool,
}

impl Sound {
    fn of(entities: &Entities, ix: EntityIx) -> Option<Self> {
        let entity = entities.get(ix)?;
        let words = Words::of(&entity.name);
        let native = words.words.iter().all(|w| is_syllable(w));
        let letters: Vec<char> = words.joined().chars().collect();
        let digits = letters.iter().filter(|c| c.is_numeric()).collect();
        let signature = signature(&letters);
        Some(Self { ix, kind: entity.kind, letters, digits, signature, native })
    }

    fn like(&self, other: &Self) -> Option<Likeness> {
        if self.kind != other.kind || self.digits != other.digits {
            return None;
        }
        let sounds = !(self.native && other.native);
        if sounds && self.signature.len() >= 3 && self.signature == other.signature {
            return Some(Likeness::Consonants(self.signature.clone()));
        }
        let shorter = self.letters.len().min(other.letters.len());
        let allowed = if shorter >= 12 { 2 } else { usize::from(shorter >= 6) };
        let apart = distance(&self.letters, &other.letters, allowed)?;
        (apart > 0).then_some(Likeness::Letters(apart))
    }
}

/// The consonants of a name as they sound across transliterations: `Matxcơva`, `Moskva` and `Moscow` are all `mskv`.
fn signature(letters: &[char]) -> String {
    let name: String = letters.iter().filter(|c| !is_tone(**c)).collect();
    let mut name = name.to_lowercase();
    for (from, to) in [
        ("xc", "sk"),
        ("tx", "s"),
        ("ph", "f"),
        ("kh", "k"),
        ("x", "s"),
        ("w", "v"),
        ("c", "k"),
        ("q", "k"),
        ("đ", "d"),
        ("ts", "s"),
    ] {
        name = name.replace(from, to);
    }
    let mut out = String::new();
    for c in name.chars() {
        let vowel = "aăâeêioôơuưyáéíóúàèöüä".contains(c);
        if c.is_numeric() || c.is_alphabetic() && !vowel && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Edits between two words, `None` when more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().filter(|&d| d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let of = |name: &str| signature(&Words::of(name).joined().chars().collect::<Vec<_>>());
        for name in ["Matxcơva", "Mát-xcơ-va", "Moskva", "Moscow"] {
            assert_eq!(of(name), "mskv", "{name}");
        }
        assert_eq!(of("Ukraine"), of("U-crai-na"));
        assert_ne!(of("Minsk"), of("Moskva"));
    }

    #[test]
    fn edits() {
        for (a, b, most, expect) in
            [("djokovic", "djkovic", 1, Some(1)), ("abc", "xyz", 2, None), ("a", "a", 0, Some(0))]
        {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b, most), expect);
        }
    }

    fn proposed(names: &[(&str, Kind)], decisions: &str) -> Vec<(String, String)> {
        let entity = |(n, &(name, kind)): (usize, &(&str, Kind))| super::super::model::Entity {
            id: n.to_string(),
            kind,
            name: name.to_owned(),
            variants: Vec::new(),
            articles: 1,
            mentions: 1,
            open: Vec::new(),
        };
        let all: Vec<_> = names.iter().enumerate().map(entity).collect();
        let of = vec![(0..all.len() as u32).map(EntityIx).collect()];
        let entities = Entities::joined(all, of);
        let (repairs, _) = Repairs::parse(decisions);
        let name = |ix| entities.get(ix).map_or_else(String::new, |e| e.name.clone());
        // Two stories that share the article: each pair is proposed once.
        let found = proposals(&entities, &repairs, &[&[0], &[0]]);
        found.iter().map(|p| (name(p.from), name(p.into))).collect()
    }

    #[test]
    fn only_what_may_be_one_is_proposed() {
        use Kind::{Loc, Misc, Per};
        for (names, decisions, expect) in [
            (&[("Zurabov", Per), ("Durabov", Per)][..], "", vec![("Durabov", "Zurabov")]),
            (&[("Zurabov", Per), ("Durabov", Loc)], "", vec![]),
            (&[("Giải U21", Misc), ("Giải U23", Misc)], "", vec![]),
            (&[("Tân Hoa", Loc), ("Tân Hòa", Loc)], "", vec![("Tân Hòa", "Tân Hoa")]),
            (&[("Tân Hoa", Loc), ("Tân Hòa", Loc)], "apart \"Tân Hòa\" \"Tân Hoa\"", vec![]),
            (&[("Singapore", Loc), ("Moskva", Loc)], "", vec![]),
            (&[("Moskva", Loc), ("Mát-xcơ-va", Loc)], "", vec![("Mát-xcơ-va", "Moskva")]),
            (&[("Thanh Hoa", Loc), ("Thanh Hải", Loc)], "", vec![]),
        ] {
            let expect: Vec<(String, String)> =
                expect.iter().map(|(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(proposed(names, decisions), expect, "{names:?}");
        }
    }
}
