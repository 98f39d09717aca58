//! Which lines are the article: a linear chain over four zones (before, body, gap, after), by the
//! probability of each line to be text.
//!
//! Owns: the zones and their decision. The weights are data (`assets/lines/weights.toml`), estimated as a conditional
//! random field (Lafferty, `McCallum`, Pereira 2001) on labelled dumps, checked across hosts.
//! Refuses: what a line of the body is (see `roles`). Tests: at the foot; real dumps in `tests/it/dumps.rs`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::{Measured, count, features, names};
use super::lines::Line;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Zone {
    /// Before the text: menus, title, date, byline.
    Before,
    /// The text.
    Body,
    /// Inside the text but not of it: captions, boxes, advertisements.
    Gap,
    /// After the text.
    After,
}

/// Weights of a feature: one a zone, then for a line that starts the text and for one that starts what comes after.
pub const COLUMNS: usize = 6;
/// The steps that may be taken, from zone to zone.
pub const STEPS: [(usize, usize); 8] = [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 2), (2, 1), (3, 3)];

#[derive(Deserialize)]
struct File {
    least: f32,
    steps: std::collections::BTreeMap<String, f32>,
    features: std::collections::BTreeMap<String, [f32; COLUMNS]>,
}

/// What the decision rests on.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Of a step from zone to zone; `-inf` for one that may not be taken.
    pub steps: [[f32; 4]; 4],
    /// Of each feature, by its number.
    pub features: Vec<[f32; COLUMNS]>,
    /// Probability from which on a line is text.
    pub least: f32,
}

fn load() -> Result<Weights, String> {
    let file: File =
        toml::from_str(include_str!("../../assets/lines/weights.toml")).map_err(|e| e.to_string())?;
    let mut steps = [[f32::NEG_INFINITY; 4]; 4];
    for (from, to) in STEPS {
        steps[from][to] = file.steps.get(&format!("{from}-{to}")).copied().unwrap_or(0.0);
    }
    let mut rows = vec![[0.0; COLUMNS]; count()];
    for (slot, name) in rows.iter_mut().zip(names()) {
        if let Some(row) = file.features.get(&name) {
            *slot = *row;
        }
    }
    Ok(Weights { steps, features: rows, least: file.least })
}

// A broken table is caught by the test below; without weights every line counts the same and all is body.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    load().unwrap_or_else(|_| Weights {
        steps: [[0.0; 4]; 4],
        features: vec![[0.0; COLUMNS]; count()],
        least: 0.5,
    })
});

/// The weights that come with the program.
pub(super) fn weights() -> &'static Weights {
    &WEIGHTS
}

/// The zone of every line. What is text is decided line by line, by its probability over all ways to part the page: where two stretches
/// compete, both are better shown than the wrong one alone. Before, gap and after follow from that.
pub(super) fn zones(lines: &[Line], measured: &Measured, weights: &Weights) -> Vec<Zone> {
    let text = text_probability(&rows(&features(lines, measured), weights), weights);
    // Somewhere is the text, however little it looks like one.
    let best = text.iter().copied().fold(0.0, f32::max);
    let least = weights.least.min(best);
    let first = text.iter().position(|p| *p >= least).unwrap_or(0);
    let last = text.iter().rposition(|p| *p >= least).unwrap_or(0);
    let zone = |(n, p): (usize, &f32)| match n {
        _ if *p >= least => Zone::Body,
        n if n < first => Zone::Before,
        n if n > last => Zone::After,
        _ => Zone::Gap,
    };
    text.iter().enumerate().map(zone).collect()
}

/// The sums of the weights of each line's features.
fn rows(features: &[Vec<u16>], weights: &Weights) -> Vec<[f32; COLUMNS]> {
    let sum = |line: &Vec<u16>| {
        line.iter().fold([0.0f32; COLUMNS], |mut row, feature| {
            for (sum, weight) in row.iter_mut().zip(&weights.features[usize::from(*feature)]) {
                *sum += weight;
            }
            row
        })
    };
    features.iter().map(sum).collect()
}

/// How likely each line is text: forward and backward sums, in logarithms, over all ways through the zones.
fn text_probability(rows: &[[f32; COLUMNS]], weights: &Weights) -> Vec<f32> {
    const NEVER: [f32; 4] = [f32::NEG_INFINITY; 4];
    let Some(start) = rows.first() else { return Vec::new() };
    let step = |(from, to): (usize, usize), row: &[f32; COLUMNS]| {
        let entering = match (from, to) {
            (0, 1) => row[4],
            (1, 3) => row[5],
            _ => 0.0,
        };
        weights.steps[from][to] + row[to] + entering
    };
    // A text may start with its first line.
    let mut ahead = vec![[start[0], start[1] + start[4], f32::NEG_INFINITY, f32::NEG_INFINITY]];
    for (n, row) in rows.iter().enumerate().skip(1) {
        let mut next = NEVER;
        for (from, to) in STEPS {
            next[to] = log_add(next[to], ahead[n - 1][from] + step((from, to), row));
        }
        ahead.push(next);
    }
    // A gap is followed by text, so the last line is in none; and a page has a text.
    let mut behind = [f32::NEG_INFINITY, 0.0, f32::NEG_INFINITY, 0.0];
    let last = ahead[rows.len() - 1];
    let all = log_add(last[1], last[3]);
    let mut out = vec![0.0; rows.len()];
    for (n, row) in rows.iter().enumerate().rev() {
        out[n] = (ahead[n][1] + behind[1] - all).exp();
        let mut before = NEVER;
        for (from, to) in STEPS {
            before[from] = log_add(before[from], behind[to] + step((from, to), row));
        }
        behind = before;
    }
    out
}

/// The logarithm of a sum of two numbers given by theirs.
fn log_add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::super::{features::measure, lines::logical};
    use super::*;

    #[test]
    fn the_weights_load_and_name_only_features_that_exist() {
        load().expect("weights");
        let file: File = toml::from_str(include_str!("../../assets/lines/weights.toml")).expect("toml");
        let names = names();
        for name in file.features.keys() {
            assert!(names.contains(name), "{name}");
        }
        for step in file.steps.keys() {
            assert!(STEPS.iter().any(|(a, b)| *step == format!("{a}-{b}")), "{step}");
        }
    }

    #[test]
    fn a_plain_page_is_parted() {
        let prose = "Hội đồng thành phố hôm qua đã thông qua kế hoạch xây một cây cầu mới bắc qua sông, theo tờ trình";
        let text = format!(
            "• Trang chủ\n• Xã hội\n• Kinh tế\n\nCầu mới qua sông\n\n{prose} thứ nhất.\n\n{prose} thứ hai, sau ba buổi họp.\n\n{prose} thứ ba và cũng là cuối cùng.\n\nTin liên quan\n- Một tin khác hẳn\n- Thêm một tin nữa\nGiấy phép: 12/GP-TTĐT\n"
        );
        let lines = logical(&text);
        let zones = zones(&lines, &measure(&lines), weights());
        assert_eq!(zones[4..8], [Zone::Body, Zone::Body, Zone::Body, Zone::After], "{zones:?}");
    }
}
