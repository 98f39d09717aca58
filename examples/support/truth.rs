//! Labelled events, and how well relations and stories agree with them.

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;

use anyhow::Result;
use diembao::story::{Relations, Stories};
use rustc_hash::FxHashMap;

/// The event of each labelled article, and the saga: that of its event where it is in none.
pub struct Truth {
    event: FxHashMap<String, String>,
    saga: FxHashMap<String, String>,
}

/// Means over the articles that have a sibling.
#[derive(Debug, Default)]
pub struct Related {
    pub articles: usize,
    pub recall5: f64,
    pub recall3: f64,
    pub mrr: f64,
    pub first: f64,
}

impl Display for Related {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "R@5 {:.4} R@3 {:.4} MRR {:.4} P@1 {:.4} ({} articles)",
            self.recall5, self.recall3, self.mrr, self.first, self.articles
        )
    }
}

/// B-cubed over the labelled articles; strangers in a story count against precision.
#[derive(Debug, Default)]
pub struct Threads {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Display for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B-cubed P {:.4} R {:.4} F1 {:.4}", self.precision, self.recall, self.f1)
    }
}

impl Truth {
    /// Reads `clusters.tsv`.
    pub fn read(path: &Path) -> Result<Self> {
        let (mut event, mut saga) = (FxHashMap::default(), FxHashMap::default());
        for line in fs::read_to_string(path)?.lines().skip(1) {
            let row: Vec<&str> = line.split('\t').collect();
            if let [id, _, _, _, _, same_as, longer] = row[..] {
                event.insert(id.to_owned(), same_as.to_owned());
                saga.insert(id.to_owned(), if longer == "-" { same_as } else { longer }.to_owned());
            }
        }
        Ok(Self { event, saga })
    }

    /// Labelled articles of the even or odd events, or of all.
    fn labelled<'a>(&'a self, ids: &'a [&str], half: Option<bool>) -> impl Iterator<Item = (usize, &'a str)> {
        ids.iter().enumerate().filter_map(move |(n, id)| {
            let event = self.event.get(*id)?.as_str();
            let odd = event.bytes().last().is_some_and(|b| b % 2 == 1);
            half.is_none_or(|half| half == odd).then_some((n, event))
        })
    }

    /// Scores the ranking.
    pub fn related(&self, ids: &[&str], relations: &Relations, half: Option<bool>) -> Related {
        let mut sizes: FxHashMap<&str, usize> = FxHashMap::default();
        for event in self.event.values() {
            *sizes.entry(event).or_default() += 1;
        }
        let mut sum = Related::default();
        for (n, event) in self.labelled(ids, half) {
            let siblings = sizes[event] - 1;
            if siblings == 0 {
                continue;
            }
            let right = |to: usize| self.event.get(ids[to]).is_some_and(|e| e == event);
            let hits: Vec<bool> = relations.of(n).iter().map(|r| right(r.to as usize)).collect();
            let count = |k: usize| hits.iter().take(k).filter(|h| **h).count() as f64 / siblings as f64;
            sum.articles += 1;
            sum.recall3 += count(3);
            sum.recall5 += count(5);
            sum.first += f64::from(u8::from(hits.first() == Some(&true)));
            sum.mrr += hits.iter().position(|h| *h).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        }
        let total = sum.articles.max(1) as f64;
        for value in [&mut sum.recall3, &mut sum.recall5, &mut sum.first, &mut sum.mrr] {
            *value /= total;
        }
        sum
    }

    /// Scores the stories.
    pub fn threads(&self, ids: &[&str], stories: &Stories, half: Option<bool>) -> Threads {
        let members = |n: usize| stories.of(n).map_or(vec![n], |at| stories.all[at].articles.clone());
        b_cubed(&self.event, ids, self.labelled(ids, half).map(|(n, _)| n), &members)
    }

    /// Scores the sagas.
    pub fn sagas(&self, ids: &[&str], stories: &Stories) -> Threads {
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for articles in stories
            .all
            .iter()
            .map(|s| s.articles.clone())
            .chain(stories.sagas.iter().map(|saga| saga.concat()))
        {
            groups.extend(articles.iter().map(|&n| (n, articles.clone())));
        }
        let members = |n: usize| groups.get(&n).cloned().unwrap_or_else(|| vec![n]);
        b_cubed(&self.saga, ids, self.labelled(ids, None).map(|(n, _)| n), &members)
    }
}

/// B-cubed of groups against labels.
fn b_cubed(
    label: &FxHashMap<String, String>,
    ids: &[&str],
    labelled: impl Iterator<Item = usize>,
    members: &dyn Fn(usize) -> Vec<usize>,
) -> Threads {
    let mut sizes: FxHashMap<&str, usize> = FxHashMap::default();
    for name in label.values() {
        *sizes.entry(name).or_default() += 1;
    }
    let (mut precision, mut recall, mut total) = (0.0, 0.0, 0.0);
    for n in labelled {
        let Some(own) = label.get(ids[n]) else { continue };
        let members = members(n);
        let good = members.iter().filter(|&&m| label.get(ids[m]) == Some(own)).count();
        precision += good as f64 / members.len() as f64;
        recall += good as f64 / sizes[own.as_str()] as f64;
        total += 1.0;
    }
    let (precision, recall) = (precision / f64::max(total, 1.0), recall / f64::max(total, 1.0));
    Threads { precision, recall, f1: 2.0 * precision * recall / f64::max(precision + recall, 1e-9) }
}
