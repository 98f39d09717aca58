//! Names that their own article does not explain, explained by the rest of the library, where that leaves no doubt.
//!
//! Two rules here: a short form that other articles pair with exactly one full name (layer 3), and a part of exactly one full
//! name in the whole library (layer 4), for names where a part is as good as the whole (`Putin`, never `Hùng`).

use rustc_hash::{FxHashMap, FxHashSet};

use super::key::{is_marked, is_syllable};
use super::model::{Kind, Rule};
use super::parts::{Fit, fit_words};
use super::pool::{Ent, Pool};
use super::unmarked;

/// For a possible entity: the one that it belongs to wherever its article does not say otherwise.
#[derive(Debug, Default)]
pub struct Decisions {
    /// Target and rule.
    pub of: FxHashMap<u32, (u32, Rule)>,
}

/// Articles that must have the full name before a part elsewhere is taken for it.
const ENOUGH: u32 = 1;
/// Articles that make a person or organisation so well known that a part of the name alone is taken for it.
const MANY: u32 = 3;

/// Looks for full names of the names that stand alone.
pub fn decide(pool: &Pool) -> Decisions {
    let lonely: FxHashSet<u32> = pool
        .recs
        .iter()
        .filter(|r| r.rule.is_none() && !r.open && can_move(&pool.ents[r.own as usize]))
        .map(|r| r.own)
        .collect();
    let mut decisions = Decisions::default();
    parts(pool, &lonely, &mut decisions);
    abbreviations(pool, &lonely, &mut decisions);
    let targets: FxHashSet<u32> = decisions.of.values().map(|(to, _)| *to).collect();
    decisions.of.retain(|own, _| !targets.contains(own));
    unmarked::decide(pool, &mut decisions);
    decisions
}

fn can_move(ent: &Ent) -> bool {
    ent.row.is_none()
}

/// Parts of exactly one full name.
fn parts(pool: &Pool, lonely: &FxHashSet<u32>, decisions: &mut Decisions) {
    let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (full, ent) in pool.ents.iter().enumerate() {
        let len = ent.words.len();
        if len < 2 || (ent.alone < ENOUGH && ent.row.is_none()) {
            continue;
        }
        let runs = (1..len).map(|n| ent.words[n..].concat()).chain((1..len).map(|n| ent.words[..n].concat()));
        let ends = (len > 2 && ent.kind == Kind::Per)
            .then(|| [&ent.words[0], &ent.words[len - 1]].map(String::as_str).concat());
        let runs = runs.chain(ends);
        for key in runs {
            let Some(part) = pool.find(ent.kind, &key).filter(|p| lonely.contains(p)) else { continue };
            let words = &pool.ents[part as usize].words;
            let list = found.entry(part).or_default();
            if fit_words(ent.kind, words, &ent.words) == Some(Fit::Usual) && !list.contains(&(full as u32)) {
                list.push(full as u32);
            }
        }
    }
    for (part, list) in found {
        if let [full] = list[..]
            && is_telling(&pool.ents[part as usize], &pool.ents[full as usize])
        {
            decisions.of.insert(part, (full, Rule::Part));
        }
    }
}

/// A part that is as good as the whole, in any article: foreign family names, long names of organisations and works, and
/// the own name of an organisation that many articles speak of.
fn is_telling(part: &Ent, full: &Ent) -> bool {
    let foreign = part.words.iter().any(|w| !is_syllable(w)) && !part.words.iter().any(|w| is_marked(w));
    match part.kind {
        Kind::Per => foreign && (full.row.is_some() || full.alone >= MANY),
        Kind::Loc => false,
        Kind::Org => {
            (foreign && (part.words.len() >= 2 || full.alone * 3 >= part.alone))
                || part.words.len() >= 4
                || (part.words.len() >= 2 && full.alone >= MANY && full.words.ends_with(&part.words))
        }
        Kind::Misc => foreign || part.words.len() >= 4,
    }
}

/// Short forms that articles pair with one full name only.
fn abbreviations(pool: &Pool, lonely: &FxHashSet<u32>, decisions: &mut Decisions) {
    let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for &(short, full) in pool.pairs.keys() {
        let ent = &pool.ents[short as usize];
        let foreign = ent.words.len() >= 2 && ent.words.iter().all(|w| w.is_ascii());
        if !lonely.contains(&short) || !(ent.acronym || foreign) {
            continue;
        }
        let full = decisions.of.get(&full).map_or(full, |(to, _)| *to);
        let list = found.entry(short).or_default();
        if !list.contains(&full) {
            list.push(full);
        }
    }
    for (short, list) in found {
        if let [full] = list[..] {
            decisions.of.insert(short, (full, Rule::Abbreviation));
        }
    }
}
