//! The best sequence of labels for the scores of a segment, and by how much it wins.
//!
//! Owns: Viterbi forwards and backwards. Refuses: features. Tests: at the foot of this file.

use super::labels::{LABELS, OUTSIDE, may_follow};
use super::pass::Pass;
use super::weights::Pairs;

/// Scores of one token, one a label.
pub(crate) type Scores = [i32; LABELS];

/// Below every true score.
const NEVER: i32 = i32::MIN / 4;

/// Labels behind which no name is open, and those that open one or none: each of the first may be followed by each of the others.
const CLOSED: [usize; 9] = listed(true);
const OPENING: [usize; 9] = listed(false);

/// Places of a row of weights: a round number, so that rows are added and compared as a whole.
const WIDE: usize = 12;

type Wide = [i32; WIDE];

/// Labels of which one may end a segment, or else begin it.
const fn listed(ending: bool) -> [usize; 9] {
    let (mut out, mut at, mut label) = ([0; 9], 0, 0);
    while label < LABELS {
        if if ending { may_follow(label, OUTSIDE) } else { may_follow(OUTSIDE, label) } {
            out[at] = label;
            at += 1;
        }
        label += 1;
    }
    out
}

/// The weight of each pair of labels that may stand in a row.
#[derive(Debug)]
pub(crate) struct Decoder {
    /// By label of [`CLOSED`]: the weights of the pairs with each of [`OPENING`].
    outer: [Wide; 9],
    /// By label of [`OPENING`]: the weights of the pairs with each of [`CLOSED`] before it.
    before: [Wide; 9],
    /// Inside a name: first and inner token of each kind before inner and last one.
    inner: [[[i32; 2]; 2]; 4],
}

/// The first, the inner and the last token of a name of each kind.
fn inner() -> impl Iterator<Item = (usize, [usize; 2], [usize; 2])> {
    (0..4).map(|kind| (kind, [4 * kind + 1, 4 * kind + 2], [4 * kind + 2, 4 * kind + 3]))
}

impl Decoder {
    /// A decoder for these pair weights.
    pub fn new(pairs: &Pairs) -> Self {
        let weight = |a: usize, b: usize| i32::from(pairs[a][b]);
        let mut decoder =
            Self { outer: [[NEVER; WIDE]; 9], before: [[NEVER; WIDE]; 9], inner: [[[0; 2]; 2]; 4] };
        for (a, closed) in CLOSED.into_iter().enumerate() {
            for (b, opening) in OPENING.into_iter().enumerate() {
                decoder.outer[a][b] = weight(closed, opening);
                decoder.before[b][a] = weight(closed, opening);
            }
        }
        for (kind, from, to) in inner() {
            decoder.inner[kind] = from.map(|a| to.map(|b| weight(a, b)));
        }
        decoder
    }

    /// No tokens yet.
    pub fn path(&self) -> Path<'_> {
        Path { decoder: self, scores: Vec::new(), ahead: Vec::new() }
    }

    /// The scores of the best paths up to a token, from those up to the token before.
    fn forwards(&self, last: &Scores, token: &Scores) -> Scores {
        let opening = best(CLOSED.map(|label| last[label]), &self.outer);
        let mut now = [NEVER; LABELS];
        for (label, best) in OPENING.into_iter().zip(opening) {
            now[label] = best;
        }
        for (kind, from, to) in inner() {
            let weights = &self.inner[kind];
            for (n, label) in to.into_iter().enumerate() {
                now[label] = (last[from[0]] + weights[0][n]).max(last[from[1]] + weights[1][n]);
            }
        }
        for (now, token) in now.iter_mut().zip(token) {
            *now = (*now + token).max(NEVER);
        }
        now
    }

    /// The scores of the best paths behind a token, from its successor and those behind that.
    fn backwards(&self, token: &Scores, behind: &Scores) -> Scores {
        let mut next = *token;
        for (next, behind) in next.iter_mut().zip(behind) {
            *next += behind;
        }
        let closed = best(OPENING.map(|label| next[label]), &self.before);
        let mut now = [NEVER; LABELS];
        for (label, best) in CLOSED.into_iter().zip(closed) {
            now[label] = best.max(NEVER);
        }
        for (kind, from, to) in inner() {
            for (label, weights) in from.into_iter().zip(&self.inner[kind]) {
                now[label] = (next[to[0]] + weights[0]).max(next[to[1]] + weights[1]).max(NEVER);
            }
        }
        now
    }

    /// The scores behind the last token.
    fn end(&self) -> Scores {
        let mut end = [NEVER; LABELS];
        for (label, weights) in CLOSED.into_iter().zip(&self.outer) {
            end[label] = weights[OUTSIDE];
        }
        end
    }

    /// The best path: a label for each token, from the scores of the best paths through them.
    fn best(through: &[Scores]) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::with_capacity(through.len());
        for token in through {
            let before = out.last().copied().unwrap_or(OUTSIDE);
            let lawful = if CLOSED.contains(&before) { &OPENING[..] } else { &inner_of(before)[..] };
            let best = lawful.iter().copied().max_by_key(|&l| (token[l], LABELS - l));
            out.push(best.unwrap_or(OUTSIDE));
        }
        out
    }
}

/// The inner and the last token of the kind of name that `label` leaves open.
fn inner_of(label: usize) -> [usize; 2] {
    let kind = (label - 1) / 4;
    [4 * kind + 2, 4 * kind + 3]
}

/// The best of the scores with each row of weights, place by place.
fn best(scores: [i32; 9], weights: &[Wide; 9]) -> Wide {
    let mut best = [i32::MIN; WIDE];
    for (score, weights) in scores.into_iter().zip(weights) {
        for (best, weight) in best.iter_mut().zip(weights) {
            *best = (*best).max(score + weight);
        }
    }
    best
}

/// Tokens in a row whose labels are looked for; those before and behind them are outside names.
#[derive(Debug)]
pub(crate) struct Path<'d> {
    decoder: &'d Decoder,
    scores: Vec<Scores>,
    /// For each token and label the score of the best path up to it.
    ahead: Vec<Scores>,
}

/// The scores of the best paths up to what stands before the first token.
const START: Scores = {
    let mut start = [NEVER; LABELS];
    start[OUTSIDE] = 0;
    start
};

impl Path<'_> {
    /// Adds the next token.
    pub fn add(&mut self, token: Scores) {
        let now = self.decoder.forwards(self.ahead.last().unwrap_or(&START), &token);
        self.scores.push(token);
        self.ahead.push(now);
    }

    /// By how much the best path that is outside names, or at the end of one, leads before the best that is inside of one.
    pub fn lead_of_outside(&self) -> i32 {
        let last = self.ahead.last().unwrap_or(&START);
        let outside = CLOSED.into_iter().map(|label| last[label]).max().unwrap_or(NEVER);
        let inside = inner().flat_map(|(_, open, _)| open).map(|label| last[label]).max().unwrap_or(NEVER);
        outside - inside
    }

    /// Writes labels and margins of the tokens, the last of which stands before `at`, and lets them go; `units` are a nat.
    pub fn end(&mut self, at: usize, units: f32, pass: &mut Pass) {
        self.look_back();
        let first = at - self.ahead.len();
        for ((at, label), through) in (first..).zip(Decoder::best(&self.ahead)).zip(&self.ahead) {
            pass.labels[at] = label as u8;
            pass.margins[at] = (margin(through, label) as f32 / units * 100.0) as i32;
        }
        self.scores.clear();
        self.ahead.clear();
    }

    /// Makes of the scores of paths up to each token those of paths through it.
    fn look_back(&mut self) {
        let mut behind = self.decoder.end();
        for (through, token) in self.ahead.iter_mut().zip(&self.scores).rev() {
            for (score, behind) in through.iter_mut().zip(&behind) {
                *score = score.saturating_add(*behind).max(NEVER);
            }
            behind = self.decoder.backwards(token, &behind);
        }
    }
}

/// By how much the best path through a token wins over every path that gives the token another kind, or none.
fn margin(through: &Scores, best: usize) -> i32 {
    // Four labels of each kind, behind that of no name.
    let kind = |label: usize| label.div_ceil(4);
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
        let mut path = decoder.path();
        for token in scores {
            path.add(token);
        }
        path.look_back();
        assert_eq!(Decoder::best(&path.ahead), [b, e, OUTSIDE]);
        assert_eq!(path.ahead[0][b], 20);
        assert_eq!(path.ahead[1][single], 15);
    }

    #[test]
    fn outside_leads_as_long_as_no_name_may_go_on() {
        let (begin, inside) = (label(Kind::Org, At::Begin), label(Kind::Org, At::Inside));
        let decoder = Decoder::new(&[[0; LABELS]; LABELS]);
        let mut path = decoder.path();
        assert!(path.lead_of_outside() > 1000, "nothing is open before the first token");
        for (label, weight, expect) in [(begin, 30, -30), (inside, 5, -5), (OUTSIDE, 50, 45)] {
            let mut token = [0; LABELS];
            token[label] = weight;
            path.add(token);
            assert_eq!(path.lead_of_outside(), expect);
        }
        let mut pass = Pass::new(5);
        path.end(4, 1.0, &mut pass);
        let end = label(Kind::Org, At::End);
        assert_eq!(pass.labels, [OUTSIDE, begin, end, OUTSIDE, OUTSIDE].map(|label| label as u8));
        assert!(path.scores.is_empty() && path.ahead.is_empty());
    }
}
