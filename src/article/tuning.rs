//! What the estimation of `assets/lines/weights.toml` needs: the lines of a dump with their features, and reading by other weights.
//!
//! Owns: nothing. Refuses: to be used by the program itself. Tests: none; it only hands out what `features` measures.

use super::{Article, dump, features, lines};

pub use super::label::{COLUMNS, STEPS, Weights};

/// A logical line and the numbers of its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureLine {
    /// Its text.
    pub text: String,
    /// First physical line, from 1.
    pub line: u32,
    /// Numbers into [`feature_names`].
    pub features: Vec<u16>,
}

/// The names of all features.
pub fn feature_names() -> Vec<String> {
    features::names()
}

/// Reads a dump by these weights.
pub fn parse_dump(text: &str, weights: &Weights) -> Article {
    dump::parse_with(&crate::text::clean(text).0, weights)
}

/// The features of every logical line of a dump.
pub fn feature_lines(text: &str) -> Vec<FeatureLine> {
    let (text, _) = crate::text::clean(text);
    let lines = lines::logical(&text);
    let rows = features::features(&lines, &features::measure(&lines));
    lines
        .into_iter()
        .zip(rows)
        .map(|(line, features)| FeatureLine { text: line.text, line: line.first, features })
        .collect()
}
