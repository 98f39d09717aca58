//! Names that their own article does not explain, explained by the rest of the library, where that leaves no doubt.
//!
//! Three rules here: a foreign person whom some article took for a work (layer 0), a short form that other articles pair with
//! exactly one full name (layer 3), and a part of exactly one full name in the whole library (layer 4), for names where a part is as
//! good as the whole (`Putin`, never `Hùng`).

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
    people(pool, &mut decisions);
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

/// Full names of foreign people that the recogniser took for works in articles that do not say more of them: one string is one
/// person where as many articles speak of a person of that name, or of that family name alone.
fn people(pool: &Pool, decisions: &mut Decisions) {
    for (own, work) in pool.ents.iter().enumerate() {
        let Some(family) = work.words.last().filter(|_| work.words.len() > 1 && can_move(work)) else {
            continue;
        };
        if work.kind != Kind::Misc || !is_foreign(work) {
            continue;
        }
        let Some(person) = pool.find(Kind::Per, &work.key).filter(|p| can_move(&pool.ents[*p as usize]))
        else {
            continue;
        };
        let short = pool.find(Kind::Per, family).map_or(0, |short| pool.ents[short as usize].alone);
        if pool.ents[person as usize].alone + short >= work.alone {
            decisions.of.insert(own as u32, (person, Rule::Spelling));
        }
    }
}

/// Articles where an entity stands for itself, with those where it was taken for a work.
fn alone(pool: &Pool, decisions: &Decisions, ent: u32) -> u32 {
    let own = &pool.ents[ent as usize];
    let work =
        pool.find(Kind::Misc, &own.key).filter(|work| decisions.of.get(work).is_some_and(|d| d.0 == ent));
    own.alone + work.map_or(0, |work| pool.ents[work as usize].alone)
}

/// Written without the marks of Vietnamese, and with words that are none of its syllables.
fn is_foreign(ent: &Ent) -> bool {
    ent.words.iter().any(|w| !is_syllable(w)) && !ent.words.iter().any(|w| is_marked(w))
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
            && is_telling(&pool.ents[part as usize], &pool.ents[full as usize], alone(pool, decisions, full))
        {
            decisions.of.insert(part, (full, Rule::Part));
        }
    }
}

/// A part that is as good as the whole, in any article: foreign family names, long names of organisations and works, and
/// the own name of an organisation that many articles speak of. `articles` are those where the full name stands.
fn is_telling(part: &Ent, full: &Ent, articles: u32) -> bool {
    let foreign = is_foreign(part);
    match part.kind {
        Kind::Per => foreign && (full.row.is_some() || articles >= MANY),
        Kind::Loc => false,
        Kind::Org => {
            (foreign && (part.words.len() >= 2 || articles * 3 >= part.alone))
                || part.words.len() >= 4
                || (part.words.len() >= 2 && articles >= MANY && full.words.ends_with(&part.words))
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
