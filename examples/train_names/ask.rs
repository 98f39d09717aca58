//! Which lines of unlabelled articles to decide by hand next: those over which models trained on different stories
//! disagree.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use diembao::entity::{Kind, Recogniser};

use crate::plain;

/// Characters of a line worth deciding.
const LONG_ENOUGH: Range<usize> = 40..330;

/// Doubt of a line worth deciding.
const DOUBTFUL: f64 = 0.35;

/// Doubt beyond which a line is not worth more: one that no model understands teaches little.
const ENOUGH: f64 = 1.0;

/// Lines asked about the same words.
const A_NAME: usize = 2;

/// A line to decide.
struct Question<'t> {
    line: usize,
    text: &'t str,
    /// Names that the models found, and how many of them did.
    votes: Votes,
    /// How much the models disagree, for the length of the line.
    worth: f64,
}

/// A name in its line, its kind, and how many models found it.
type Votes = BTreeMap<(usize, usize, &'static str), usize>;

/// Prints up to `most` lines, one an article: article, line, names as `KIND:FROM-TO=VOTES/MODELS`, text.
pub fn ask<'t>(models: &[Recogniser], texts: impl Iterator<Item = (&'t String, &'t String)>, most: usize) {
    let mut asked = HashMap::<&str, usize>::new();
    let mut left = most;
    for (id, text) in texts {
        let questions = questions(models, text);
        let Some(best) = questions.iter().max_by(|a, b| a.worth.total_cmp(&b.worth)) else { continue };
        let disputed: Vec<&str> = best
            .votes
            .iter()
            .filter(|(_, n)| **n < models.len())
            .map(|(&(a, b, _), _)| &best.text[a..b])
            .collect();
        if disputed.iter().all(|name| asked.get(name).is_some_and(|n| *n >= A_NAME)) {
            continue;
        }
        for name in disputed {
            *asked.entry(name).or_default() += 1;
        }
        let name = |(&(a, b, kind), n): (&(usize, usize, &str), &usize)| {
            format!("{kind}:{a}-{b}={n}/{}", models.len())
        };
        let names: Vec<String> = best.votes.iter().map(name).collect();
        println!("{id}\t{}\t{}\t{}", best.line, names.join(" "), best.text);
        left -= 1;
        if left == 0 {
            break;
        }
    }
}

/// The lines of an article over which the models disagree.
fn questions<'t>(models: &[Recogniser], text: &'t str) -> Vec<Question<'t>> {
    let whole = plain(text);
    let read: Vec<_> = models.iter().map(|m| m.names(&whole).mentions).collect();
    let mut out = Vec::new();
    let mut start = 0;
    for (line, text) in text.split('\n').enumerate() {
        let end = start + text.len();
        let mut votes = Votes::new();
        for mention in read.iter().flatten() {
            let (a, b) = (mention.start as usize, mention.end as usize);
            if a >= start && b <= end {
                *votes.entry((a - start, b - start, mention.kind.name())).or_default() += 1;
            }
        }
        let worth = votes.iter().map(|(&(.., kind), &n)| doubt(kind, n, models.len())).sum::<f64>();
        let long = text.chars().count();
        // These texts were put together from words: blanks around hyphens are not those of the outlet.
        if worth >= DOUBTFUL && LONG_ENOUGH.contains(&long) && !text.contains(" - ") {
            out.push(Question { line, text, votes, worth: worth.min(ENOUGH) / (long as f64 + 80.0) });
        }
        start = end + 1;
    }
    out
}

/// Largest where half of the models found a name; the kinds that are recognised worst count most.
fn doubt(kind: &str, votes: usize, models: usize) -> f64 {
    let share = votes as f64 / models as f64;
    let weight = if kind == Kind::Misc.name() {
        2.0
    } else if kind == Kind::Org.name() {
        1.5
    } else {
        1.0
    };
    weight * share * (1.0 - share)
}
