//! The best sequence of labels for the scores of a segment, and by how much it wins.
//!
//! Owns: Viterbi forwards and backwards. Refuses: features. Tests: at the foot of this file.

use std::ops::Range;

use super::labels::{LABELS, OUTSIDE, may_end, may_follow, split};
use super::pass::Pass;
use super::weights::Pairs;

/// Scores of one token, one a label.
pub(crate) type Scores = [i32; LABELS];

/// Below every true score.
const NEVER: i32 = i32::MIN / 4;

/// Which label may follow which, with the weight of the pair.
#[derive(Debug)]
pub(crate) struct Decoder {
    /// `into[next]`: labels before it, and the weight of the pair.
    into: Vec<Vec<(usize, i32)>>,
    /// `from[label]`: labels after it, and the weight of the pair.
    from: Vec<Vec<(usize, i32)>>,
}

impl Decoder {
    /// A decoder for these pair weights.
    pub fn new(pairs: &Pairs) -> Self {
        let weight = |a: usize, b: usize| i32::from(pairs[a][b]);
        let into = (0..LABELS)
            .map(|b| (0..LABELS).filter(|&a| may_follow(a, b)).map(|a| (a, weight(a, b))).collect())
            .collect();
        let from = (0..LABELS)
            .map(|a| (0..LABELS).filter(|&b| may_follow(a, b)).map(|b| (b, weight(a, b))).collect())
            .collect();
        Self { into, from }
    }

    /// For each token and label the score of the best path through it. The segment stands between tokens that are
    /// outside names.
    pub fn through(&self, scores: &[Scores]) -> Vec<Scores> {
        let mut ahead = Vec::with_capacity(scores.len());
        let mut last = [NEVER; LABELS];
        last[OUTSIDE] = 0;
        for token in scores {
            let mut now = [NEVER; LABELS];
            for (label, best) in now.iter_mut().enumerate() {
                let into = self.into[label].iter().map(|&(a, w)| last[a] + w).max().unwrap_or(NEVER);
                *best = (into + token[label]).max(NEVER);
            }
            ahead.push(now);
            last = now;
        }
        let mut behind = [NEVER; LABELS];
        for (label, best) in behind.iter_mut().enumerate().filter(|(l, _)| may_end(*l)) {
            *best = self.from[label].iter().find(|&&(b, _)| b == OUTSIDE).map_or(NEVER, |&(_, w)| w);
        }
        for (at, through) in ahead.iter_mut().enumerate().rev() {
            let mut before = [NEVER; LABELS];
            for label in 0..LABELS {
                through[label] = through[label].saturating_add(behind[label]).max(NEVER);
            }
            for (label, best) in before.iter_mut().enumerate() {
                let from = self.from[label]
                    .iter()
                    .map(|&(b, w)| w + scores[at][b] + behind[b])
                    .max()
                    .unwrap_or(NEVER);
                *best = from.max(NEVER);
            }
            behind = before;
        }
        ahead
    }

    /// Labels and margins of a whole text, from the scores of the tokens of its segments; `units` are a nat.
    pub fn pass(&self, tokens: usize, segments: &[Range<usize>], scores: &[Scores], units: f32) -> Pass {
        let mut pass = Pass::new(tokens);
        let mut rest = scores;
        for segment in segments {
            let (now, later) = rest.split_at(segment.len().min(rest.len()));
            rest = later;
            let through = self.through(now);
            for ((at, label), through) in segment.clone().zip(Self::best(&through)).zip(&through) {
                pass.labels[at] = label as u8;
                pass.margins[at] = (margin(through, label) as f32 / units * 100.0) as i32;
            }
        }
        pass
    }

    /// The best path: a label for each token, from [`Decoder::through`].
    pub fn best(through: &[Scores]) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::with_capacity(through.len());
        for token in through {
            let before = out.last().copied().unwrap_or(OUTSIDE);
            let best = (0..LABELS).filter(|&l| may_follow(before, l)).max_by_key(|&l| (token[l], LABELS - l));
            out.push(best.unwrap_or(OUTSIDE));
        }
        out
    }
}

/// By how much the best path through a token wins over every path that gives the token another kind, or none.
fn margin(through: &Scores, best: usize) -> i32 {
    let kind = |label: usize| split(label).map(|(kind, _)| kind);
    let other = (0..LABELS).filter(|&l| kind(l) != kind(best)).map(|l| through[l]).max();
    through[best] - other.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::labels::{At, label};
    use super::super::model::Kind;
    use super::*;

    #[test]
    fn finds_the_best_lawful_path() {
        let (b, e) = (label(Kind::Per, At::Begin), label(Kind::Per, At::End));
        let single = label(Kind::Loc, At::Single);
        let mut scores = vec![[0; LABELS]; 3];
        scores[0][b] = 10;
        scores[1][e] = 10;
        scores[1][single] = 15;
        let decoder = Decoder::new(&[[0; LABELS]; LABELS]);
        let through = decoder.through(&scores);
        assert_eq!(Decoder::best(&through), [b, e, OUTSIDE]);
        assert_eq!(through[0][b], 20);
        assert_eq!(through[1][single], 15);
    }
}
