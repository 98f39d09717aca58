//! Which lines are the article: a linear chain over four zones (before, body, gap, after), decoded by Viterbi.
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

const ZONES: [Zone; 4] = [Zone::Before, Zone::Body, Zone::Gap, Zone::After];
/// Weights of a feature: one a zone, then for a line that starts the text and for one that starts what comes after.
pub const COLUMNS: usize = 6;
/// The steps that may be taken, from zone to zone.
pub const STEPS: [(usize, usize); 8] = [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 2), (2, 1), (3, 3)];

#[derive(Deserialize)]
struct File {
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
    Ok(Weights { steps, features: rows })
}

// A broken table is caught by the test below; without weights every line counts the same and all is body.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    load().unwrap_or_else(|_| Weights { steps: [[0.0; 4]; 4], features: vec![[0.0; COLUMNS]; count()] })
});

/// The weights that come with the program.
pub(super) fn weights() -> &'static Weights {
    &WEIGHTS
}

/// The most likely zone of every line.
pub(super) fn zones(lines: &[Line], measured: &Measured, weights: &Weights) -> Vec<Zone> {
    let mut scores = [f32::NEG_INFINITY; 4];
    let mut back: Vec<[u8; 4]> = Vec::with_capacity(lines.len());
    for (n, line) in features(lines, measured).iter().enumerate() {
        let mut row = [0.0f32; COLUMNS];
        for feature in line {
            for (sum, weight) in row.iter_mut().zip(&weights.features[usize::from(*feature)]) {
                *sum += weight;
            }
        }
        let mut next = [f32::NEG_INFINITY; 4];
        let mut came = [0u8; 4];
        for to in 0..4 {
            if n == 0 {
                // A text may start with its first line.
                next[to] = match to {
                    0 => row[0],
                    1 => row[1] + row[4],
                    _ => f32::NEG_INFINITY,
                };
                continue;
            }
            for (from, score) in scores.iter().enumerate() {
                let entering = match (from, to) {
                    (0, 1) => row[4],
                    (1, 3) => row[5],
                    _ => 0.0,
                };
                let score = score + weights.steps[from][to] + row[to] + entering;
                if score > next[to] {
                    next[to] = score;
                    came[to] = from as u8;
                }
            }
        }
        scores = next;
        back.push(came);
    }
    trace(&scores, &back)
}

fn trace(scores: &[f32; 4], back: &[[u8; 4]]) -> Vec<Zone> {
    // A gap is followed by text, so the last line is in none.
    let mut at = [1usize, 3, 0].into_iter().max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(1);
    let mut out = vec![Zone::Body; back.len()];
    for n in (0..back.len()).rev() {
        out[n] = ZONES[at];
        at = usize::from(back[n][at]);
    }
    out
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
