//! Layer 6 at work: the reader's decisions change what the other layers joined.
//!
//! Owns: applying [`Repairs`] in order, as the last step before entities are put together. Refuses: reading them.
//! Tests: at the foot of [`super::link`], in `tests/it/repairs.rs`.

use rustc_hash::FxHashMap;

use super::assemble::Slot;
use super::decision::{Decision, Repairs};
use super::key::Words;
use super::local::Spelling;
use super::model::{Kind, Rule};
use super::pool::Pool;
use super::tables::tables;

/// Applies the decisions in order; gives the names to show for renamed entities.
pub fn apply(repairs: &Repairs, pool: &mut Pool, slots: &mut [Slot]) -> FxHashMap<u32, String> {
    if repairs.decisions().next().is_none() {
        return FxHashMap::default();
    }
    let mut bench = Bench::new(pool, slots);
    for decision in repairs.decisions() {
        let line = decision.to_string();
        match decision {
            Decision::Merge { name, into, kind, into_kind } => {
                for (from, chosen) in bench.chosen(name, *kind) {
                    let to = bench.target(into, into_kind.unwrap_or(from));
                    bench.shift(&chosen, Some(to), &line);
                }
            }
            Decision::Split { name, kind } => bench.split(name, *kind, &line),
            Decision::Apart { name, other, kind } => bench.part(name, other, *kind, &line),
            Decision::Rename { name, to, kind } => bench.rename(name, to, *kind),
            Decision::Kind { name, from, kind } => bench.set_kind(name, *from, *kind),
            Decision::Ignore { name, kind } => {
                for (_, chosen) in bench.chosen(name, *kind) {
                    bench.shift(&chosen, None, &line);
                }
            }
        }
    }
    bench.renamed
}

/// Where repairs are made: the slots, found by entity and by spelling without a walk over all of them.
struct Bench<'a> {
    pool: &'a mut Pool,
    slots: &'a mut [Slot],
    by_ent: FxHashMap<u32, Vec<usize>>,
    by_spelling: FxHashMap<String, Vec<usize>>,
    renamed: FxHashMap<u32, String>,
}

impl<'a> Bench<'a> {
    fn new(pool: &'a mut Pool, slots: &'a mut [Slot]) -> Self {
        let mut by_ent: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut by_spelling: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (n, slot) in slots.iter().enumerate() {
            by_spelling.entry(Words::of(&pool.texts[slot.text as usize]).joined()).or_default().push(n);
            if let Some(ent) = slot.ent {
                by_ent.entry(ent).or_default().push(n);
            }
        }
        Self { pool, slots, by_ent, by_spelling, renamed: FxHashMap::default() }
    }

    /// Moves slots to another entity, or to none.
    fn shift(&mut self, chosen: &[usize], to: Option<u32>, line: &str) {
        for &n in chosen {
            if self.slots[n].ent != to {
                self.move_one(n, to);
                self.slots[n].rule = Some(Rule::Repair);
                self.slots[n].why = self.pool.text(line);
            }
        }
    }

    fn move_one(&mut self, n: usize, to: Option<u32>) {
        if let Some(list) = self.slots[n].ent.and_then(|from| self.by_ent.get_mut(&from)) {
            list.retain(|&other| other != n);
        }
        if let Some(to) = to {
            self.by_ent.entry(to).or_default().push(n);
        }
        self.slots[n].ent = to;
    }

    /// The slots that a name means, kind by kind: the whole entity that is shown under it, else the whole entity of that name,
    /// else the spellings of that name.
    fn chosen(&self, name: &str, kind: Option<Kind>) -> Vec<(Kind, Vec<usize>)> {
        wanted(kind)
            .filter_map(|kind| {
                let shown = self.shown_as(name, kind);
                let key = || Spelling::of(tables(), kind, name).key;
                let of = |ent: u32| self.by_ent.get(&ent).filter(|list| !list.is_empty());
                let whole = shown.and_then(of).or_else(|| self.pool.find(kind, &key()).and_then(of));
                let list = whole.cloned().unwrap_or_else(|| self.spelled(name, kind));
                (!list.is_empty()).then_some((kind, list))
            })
            .collect()
    }

    /// The entity of a kind that an earlier decision shows under this name.
    fn shown_as(&self, name: &str, kind: Kind) -> Option<u32> {
        let shown = |ent: u32, to: &String| to == name && self.pool.ents[ent as usize].kind == kind;
        self.renamed.iter().filter(|(ent, to)| shown(**ent, to)).map(|(ent, _)| *ent).min()
    }

    /// The slots of a kind whose text is this name but for case, blanks, hyphens and tone placement.
    fn spelled(&self, name: &str, kind: Kind) -> Vec<usize> {
        let list = self.by_spelling.get(&Words::of(name).joined()).map_or(&[][..], Vec::as_slice);
        let of_kind =
            |&&n: &&usize| self.slots[n].ent.is_some_and(|e| self.pool.ents[e as usize].kind == kind);
        list.iter().filter(of_kind).copied().collect()
    }

    /// The entity that a merge goes into: the one of that name and kind, else one of another kind in use, else a new one.
    fn target(&mut self, name: &str, kind: Kind) -> u32 {
        let here = self.chosen(name, Some(kind));
        let list = if here.is_empty() { self.chosen(name, None) } else { here };
        if let Some(ent) = list.first().and_then(|(_, s)| s.first()).and_then(|&s| self.slots[s].ent) {
            return ent;
        }
        let spelling = Spelling::of(tables(), kind, name);
        let row = tables().known(kind, &spelling.key).filter(|k| !k.short).map(|k| k.row);
        let ent = self.pool.ent(kind, &spelling.key, row, &Words::of(name).words);
        if row.is_none() {
            self.renamed.entry(ent).or_insert_with(|| name.to_owned());
        }
        ent
    }

    /// Gives the spellings of a name an entity of their own.
    fn split(&mut self, name: &str, kind: Option<Kind>, line: &str) {
        let words = Words::of(name);
        for kind in wanted(kind) {
            for n in self.spelled(name, kind) {
                let Some(from) = self.slots[n].ent else { continue };
                let mut key = words.joined();
                if self.pool.ents[from as usize].key == key {
                    key.push('~');
                }
                let own = self.pool.ent(kind, &key, None, &words.words);
                self.shift(&[n], Some(own), line);
            }
        }
    }

    /// Gives the spellings of a name an entity of their own where they are in one with those of another name.
    fn part(&mut self, name: &str, other: &str, kind: Option<Kind>, line: &str) {
        for kind in wanted(kind) {
            let ents = |name| self.spelled(name, kind).iter().filter_map(|&n| self.slots[n].ent).collect();
            let (one, two): (Vec<u32>, Vec<u32>) = (ents(name), ents(other));
            if one.iter().any(|ent| two.contains(ent)) {
                self.split(name, Some(kind), line);
            }
        }
    }

    fn rename(&mut self, name: &str, to: &str, kind: Option<Kind>) {
        for (_, chosen) in self.chosen(name, kind) {
            for ent in chosen.iter().filter_map(|&n| self.slots[n].ent) {
                self.renamed.insert(ent, to.to_owned());
            }
        }
    }

    fn set_kind(&mut self, name: &str, from: Option<Kind>, kind: Kind) {
        for (_, chosen) in self.chosen(name, from) {
            let Some(ent) = chosen.first().and_then(|&n| self.slots[n].ent) else { continue };
            let (key, words) =
                (self.pool.ents[ent as usize].key.clone(), self.pool.ents[ent as usize].words.clone());
            let to = self.pool.ent(kind, &key, None, &words);
            if to != ent
                && let Some(name) = self.renamed.remove(&ent)
            {
                self.renamed.insert(to, name);
            }
            // The joins inside the entity stay as they were: only its kind is another.
            for n in chosen {
                self.move_one(n, Some(to));
            }
        }
    }
}

fn wanted(kind: Option<Kind>) -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(move |k| kind.is_none_or(|wanted| wanted == *k))
}
