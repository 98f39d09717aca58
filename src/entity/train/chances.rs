//! Forward-backward over a segment: how likely each label is, and the loss of the true ones.
//!
//! Owns: the sums over all lawful paths. Refuses: features, steps. Tests: at the foot of this file.

use super::super::labels::{LABELS, OUTSIDE, may_follow};

/// A number for each pair of labels.
pub(super) type Pair = [[f32; LABELS]; LABELS];

/// A number for each label.
type Each = [f32; LABELS];

/// Smallest sum that is divided by.
const LEAST: f32 = 1e-30;

/// Sums over all paths that end in a token, scaled to one; the scales; and their logarithm.
struct Ahead {
    sums: Vec<Each>,
    scales: Vec<f32>,
    log: f32,
}

fn ahead(emit: &[Each], flow: &Pair) -> Ahead {
    let mut out =
        Ahead { sums: Vec::with_capacity(emit.len()), scales: Vec::with_capacity(emit.len()), log: 0.0 };
    let mut last = start();
    for token in emit {
        let mut now = [0.0; LABELS];
        for (share, row) in last.iter().zip(flow).filter(|(share, _)| **share > 0.0) {
            for (sum, way) in now.iter_mut().zip(row) {
                *sum += share * way;
            }
        }
        for (sum, weight) in now.iter_mut().zip(token) {
            *sum *= weight;
        }
        let scale = now.iter().sum::<f32>().max(LEAST);
        now = now.map(|sum| sum / scale);
        out.log += scale.ln();
        out.scales.push(scale);
        out.sums.push(now);
        last = now;
    }
    out
}

/// Before a segment stands a token outside names.
fn start() -> Each {
    let mut start = [0.0; LABELS];
    start[OUTSIDE] = 1.0;
    start
}

/// Loss in nats, chances of the labels of each token, and expected minus true counts of pairs.
pub(super) fn expect(scores: &[Each], pairs: &Pair, truth: &[usize]) -> (f32, Vec<Each>, Pair) {
    let flow: Pair = std::array::from_fn(|a| {
        std::array::from_fn(|b| if may_follow(a, b) { pairs[a][b].exp() } else { 0.0 })
    });
    let tops: Vec<f32> = scores.iter().map(|s| s.iter().copied().fold(f32::MIN, f32::max)).collect();
    let emit: Vec<Each> = scores.iter().zip(&tops).map(|(s, top)| s.map(|v| (v - top).exp())).collect();
    let ahead = ahead(&emit, &flow);
    let last = ahead.sums.last().copied().unwrap_or_else(start);
    let closing = last.iter().zip(&flow).map(|(sum, row)| sum * row[OUTSIDE]).sum::<f32>().max(LEAST);
    let mut behind: Each = std::array::from_fn(|a| flow[a][OUTSIDE] / closing);
    let mut counts = [[0.0f32; LABELS]; LABELS];
    for (a, row) in counts.iter_mut().enumerate() {
        row[OUTSIDE] += last[a] * behind[a];
    }
    let mut chances = vec![[0.0; LABELS]; scores.len()];
    for t in (0..scores.len()).rev() {
        chances[t] = std::array::from_fn(|b| ahead.sums[t][b] * behind[b]);
        let before = t.checked_sub(1).map_or_else(start, |t| ahead.sums[t]);
        let right: Each = std::array::from_fn(|b| emit[t][b] * behind[b] / ahead.scales[t]);
        for (a, row) in counts.iter_mut().enumerate() {
            let mut sum = 0.0;
            for (count, (way, right)) in row.iter_mut().zip(flow[a].iter().zip(&right)) {
                sum += way * right;
                *count += before[a] * way * right;
            }
            behind[a] = sum;
        }
    }
    let total = ahead.log + tops.iter().sum::<f32>() + closing.ln();
    (total - true_path(scores, pairs, truth, &mut counts), chances, counts)
}

/// The score of the true path, whose pairs are taken off the counts.
fn true_path(scores: &[Each], pairs: &Pair, truth: &[usize], counts: &mut Pair) -> f32 {
    let mut sum = 0.0;
    let mut before = OUTSIDE;
    for (token, &label) in scores.iter().zip(truth) {
        sum += token[label] + pairs[before][label];
        counts[before][label] -= 1.0;
        before = label;
    }
    counts[before][OUTSIDE] -= 1.0;
    sum + pairs[before][OUTSIDE]
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::{At, label};
    use super::super::super::model::Kind;
    use super::*;

    #[test]
    fn chances_are_those_of_all_lawful_paths() {
        // One token: outside, or one of four singles. A score of ln 2 for one of them makes the sum 6.
        let single = label(Kind::Loc, At::Single);
        let mut scores = [[0.0; LABELS]];
        scores[0][single] = 2.0f32.ln();
        let (loss, chances, counts) = expect(&scores, &[[0.0; LABELS]; LABELS], &[single]);
        assert!((loss - 3.0f32.ln()).abs() < 1e-5, "{loss}");
        assert!((chances[0][single] - 1.0 / 3.0).abs() < 1e-5);
        assert!((chances[0][OUTSIDE] - 1.0 / 6.0).abs() < 1e-5);
        assert!((counts[OUTSIDE][single] + 2.0 / 3.0).abs() < 1e-5);
    }
}
