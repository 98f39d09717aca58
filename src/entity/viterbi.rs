//! The best sequence of labels for the scores of a segment, and by how much it wins.
//!
//! Owns: Viterbi forwards and backwards. Refuses: features. Tests: at the foot of this file.

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

    /// No tokens yet.
    pub fn path(&self) -> Path<'_> {
        Path { decoder: self, scores: Vec::new(), ahead: Vec::new() }
    }

    /// The scores of the best paths up to a token, from those up to the token before.
    fn forwards(&self, last: &Scores, token: &Scores) -> Scores {
        std::array::from_fn(|label| {
            let into = self.into[label].iter().map(|&(a, w)| last[a] + w).max().unwrap_or(NEVER);
            (into + token[label]).max(NEVER)
        })
    }

    /// The scores of the best paths behind a token, from its successor and those behind that.
    fn backwards(&self, token: &Scores, behind: &Scores) -> Scores {
        std::array::from_fn(|label| {
            let from = self.from[label].iter().map(|&(b, w)| w + token[b] + behind[b]).max();
            from.unwrap_or(NEVER).max(NEVER)
        })
    }

    /// The scores behind the last token.
    fn end(&self) -> Scores {
        std::array::from_fn(|label| {
            let out = self.from[label].iter().find(|&&(b, _)| b == OUTSIDE && may_end(label));
            out.map_or(NEVER, |&(_, w)| w)
        })
    }

    /// The best path: a label for each token, from the scores of the best paths through them.
    fn best(through: &[Scores]) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::with_capacity(through.len());
        for token in through {
            let before = out.last().copied().unwrap_or(OUTSIDE);
            let best = (0..LABELS).filter(|&l| may_follow(before, l)).max_by_key(|&l| (token[l], LABELS - l));
            out.push(best.unwrap_or(OUTSIDE));
        }
        out
    }
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
        let best = |closed: bool| (0..LABELS).filter(|&l| may_end(l) == closed).map(|l| last[l]).max();
        best(true).unwrap_or(NEVER) - best(false).unwrap_or(NEVER)
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
