//! All articles' names in one place, as numbers: what the passes across articles work on.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::local::Local;
use super::model::{Kind, Rule};
use super::tables::tables;

/// A possible entity: a kind and a key.
#[derive(Debug, Clone)]
pub struct Ent {
    /// Kind.
    pub kind: Kind,
    /// Key, as in [`super::local::LocalName::key`].
    pub key: String,
    /// The words of one spelling, short words written out.
    pub words: Vec<String>,
    /// Row of the table with this key.
    pub row: Option<u32>,
    /// It is written like an acronym somewhere.
    pub acronym: bool,
    /// Articles where it stands for itself.
    pub alone: u32,
}

/// One name in one article.
#[derive(Debug, Clone, Copy)]
pub struct Rec {
    /// The entity of its own key.
    pub own: u32,
    /// The entity that it belongs to inside its article.
    pub to: u32,
    /// The rule that joined it inside its article.
    pub rule: Option<Rule>,
    /// What the rule rests on (index into [`Pool::texts`]).
    pub why: u32,
    /// It has more than one candidate in its article.
    pub open: bool,
}

/// All names.
#[derive(Debug, Default)]
pub struct Pool {
    /// Possible entities.
    pub ents: Vec<Ent>,
    /// Texts of mentions and reasons.
    pub texts: IndexSet<Box<str>, FxBuildHasher>,
    /// Names article by article.
    pub recs: Vec<Rec>,
    /// Mentions article by article: index into `recs` and into `texts`.
    pub mentions: Vec<(u32, u32)>,
    /// For each article the end of its mentions.
    pub ends: Vec<u32>,
    /// For names that stayed open: their candidates.
    pub open: FxHashMap<u32, Vec<u32>>,
    /// Pairs of short and full name that an article shows side by side, with the number of articles.
    pub pairs: FxHashMap<(u32, u32), u32>,
    /// Index into `ents`, by kind and key: each key is kept once.
    ent_of: HashTable<u32>,
}

impl Pool {
    /// Adds an article without names.
    pub fn skip(&mut self) {
        self.ends.push(self.mentions.len() as u32);
    }

    /// Adds an article; `texts` are its mentions' texts.
    pub fn add<'a>(&mut self, local: &Local, texts: impl Iterator<Item = &'a str>) {
        let base = self.recs.len() as u32;
        let owns: Vec<u32> = local.names.iter().map(|n| self.own(n)).collect();
        for (n, name) in local.names.iter().enumerate() {
            let own = owns[n];
            let to = match &name.joined {
                Some(join) => match join.to {
                    Some(to) => owns[to as usize],
                    None => name.short_of.map_or(own, |row| self.row(row)),
                },
                None => own,
            };
            let why = name.joined.as_ref().map_or(0, |j| self.text(&j.why));
            let rule = name.joined.as_ref().map(|j| j.rule);
            self.recs.push(Rec { own, to, rule, why, open: !name.open.is_empty() });
            if to == own {
                self.ents[own as usize].alone += 1;
            }
            if rule == Some(Rule::Abbreviation) {
                *self.pairs.entry((own, to)).or_default() += 1;
            }
            if !name.open.is_empty() {
                let list = name.open.iter().map(|&o| owns[local.root(o) as usize]);
                self.open.entry(own).or_default().extend(list);
            }
        }
        for (&name, text) in local.of.iter().zip(texts) {
            let text = self.text(text);
            self.mentions.push((base + name, text));
        }
        self.skip();
    }

    fn own(&mut self, name: &super::local::LocalName) -> u32 {
        let ent = self.ent(name.kind, &name.key, name.row, &name.forms[0]);
        self.ents[ent as usize].acronym |= name.acronym;
        ent
    }

    /// The possible entity of a table's row.
    fn row(&mut self, row: u32) -> u32 {
        match tables().row(row) {
            Some(known) => self.ent(known.kind, &known.key, Some(row), &known.words),
            None => 0,
        }
    }

    /// The possible entity of a kind and key, made when it is new.
    pub fn ent(&mut self, kind: Kind, key: &str, row: Option<u32>, words: &[String]) -> u32 {
        if let Some(ent) = self.find(kind, key) {
            return ent;
        }
        let ent = self.ents.len() as u32;
        // A table's entity has the table's words, whichever spelling came first: the order of articles does not matter.
        let words = row.and_then(|r| tables().row(r)).map_or_else(|| words.to_vec(), |r| r.words.clone());
        self.ents.push(Ent { kind, key: key.to_owned(), words, row, acronym: false, alone: 0 });
        let ents = &self.ents;
        let hasher = |&n: &u32| hash(ents[n as usize].kind, &ents[n as usize].key);
        self.ent_of.insert_unique(hash(kind, key), ent, hasher);
        ent
    }

    /// The possible entity of a kind and key, if there is one.
    pub fn find(&self, kind: Kind, key: &str) -> Option<u32> {
        let is = |&n: &u32| self.ents[n as usize].kind == kind && self.ents[n as usize].key == key;
        self.ent_of.find(hash(kind, key), is).copied()
    }

    /// Keeps a text once.
    pub fn text(&mut self, text: &str) -> u32 {
        let known = self.texts.get_index_of(text);
        known.unwrap_or_else(|| self.texts.insert_full(text.into()).0) as u32
    }
}

fn hash(kind: Kind, key: &str) -> u64 {
    FxBuildHasher.hash_one((kind, key))
}
