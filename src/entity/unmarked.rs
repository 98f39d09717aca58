//! Names written without marks, as foreign outlets and old telexes write them: `Hac Giang` of `Hạc Giang`.
//!
//! Owns: finding the one marked name that such a name is. Refuses: two marked names that look alike without marks, names that
//! the tables know as they stand (`Nha Trang` is not `Nhà Trắng`), and names of articles that share no other such names with
//! an article that writes the marks: nothing says that they tell one story.
//! Tests: at the foot of [`super::link`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::across::Decisions;
use super::key::{is_marked, is_tone};
use super::model::{Kind, Rule};
use super::pool::{Ent, Pool};
use super::tables::tables;

/// Names that an article without marks must share with one that has them, to be of its story.
const SHARED: usize = 3;

/// Letters of a name that chance does not make alike.
const LETTERS: usize = 6;

/// Adds the joins of unmarked names to the decisions.
pub fn decide(pool: &Pool, decisions: &mut Decisions) {
    let pairs = pairs(pool);
    if pairs.is_empty() {
        return;
    }
    let articles = articles(pool, &pairs);
    let mut with: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (article, names) in &articles {
        for name in names {
            with.entry(*name).or_default().push(*article);
        }
    }
    let told = |article: u32, marked: u32| {
        with.get(&marked).is_some_and(|others| {
            others.iter().any(|other| {
                let shares = |n: &&u32| pairs.get(n).is_some_and(|m| articles[other].contains(m));
                articles[&article].iter().filter(shares).count() >= SHARED
            })
        })
    };
    for (&bare, &marked) in &pairs {
        let everywhere = with.get(&bare).is_some_and(|all| all.iter().all(|&a| told(a, marked)));
        if everywhere
            && !decisions.of.contains_key(&bare)
            && !decisions.of.values().any(|(to, _)| *to == bare)
        {
            let (to, _) = decisions.of.get(&marked).copied().unwrap_or((marked, Rule::Marks));
            decisions.of.insert(bare, (to, Rule::Marks));
        }
    }
}

/// For each unmarked name the only marked one of its kind that is the same without marks.
fn pairs(pool: &Pool) -> FxHashMap<u32, u32> {
    let mut marked: FxHashMap<(Kind, String), Option<u32>> = FxHashMap::default();
    for (n, ent) in pool.ents.iter().enumerate().filter(|(_, e)| e.words.iter().any(|w| is_marked(w))) {
        let same = marked.entry((ent.kind, bare(&ent.key))).or_insert(Some(n as u32));
        if *same != Some(n as u32) {
            *same = None;
        }
    }
    let mut out = FxHashMap::default();
    for (n, ent) in pool.ents.iter().enumerate().filter(|(_, e)| is_bare(e)) {
        if let Some(&Some(other)) = marked.get(&(ent.kind, ent.key.clone())) {
            out.insert(n as u32, other);
        }
    }
    out
}

fn is_bare(ent: &Ent) -> bool {
    let known = Kind::ALL.into_iter().any(|kind| tables().known(kind, &ent.key).is_some());
    ent.row.is_none() && ent.key.len() >= LETTERS && ent.words.len() > 1 && ent.key.is_ascii() && !known
}

/// A key without tones and marks.
fn bare(key: &str) -> String {
    key.chars().filter(|c| !is_tone(*c)).map(letter).collect()
}

fn letter(c: char) -> char {
    match c {
        'ă' | 'â' => 'a',
        'đ' => 'd',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        other => other,
    }
}

/// The names of these pairs in each article that has some of them: few have any.
fn articles(pool: &Pool, pairs: &FxHashMap<u32, u32>) -> FxHashMap<u32, Vec<u32>> {
    let paired: FxHashSet<u32> = pairs.iter().flat_map(|(bare, marked)| [*bare, *marked]).collect();
    let mut found: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut start = 0;
    for (article, &end) in (0..).zip(&pool.ends) {
        for &(rec, _) in &pool.mentions[start..end as usize] {
            let own = pool.recs[rec as usize].own;
            if paired.contains(&own) {
                let names = found.entry(article).or_default();
                if !names.contains(&own) {
                    names.push(own);
                }
            }
        }
        start = end as usize;
    }
    found
}
