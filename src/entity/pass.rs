//! What the model says of a whole text: a label for each token, and the names that they spell.
//!
//! Owns: names as stretches of tokens. Refuses: weights, decoding ([`super::viterbi`]).
//! Tests: at the foot of this file.

use super::labels::{At, OUTSIDE, split};
use super::model::Kind;

/// A name as a stretch of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// What kind of name.
    pub kind: Kind,
    /// By how much it won, in hundredths of a nat.
    pub margin: i32,
}

/// Labels and margins of all tokens of a text; outside where no segment is.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    /// A label for each token.
    pub labels: Vec<u8>,
    /// By how much each label won, in hundredths of a nat.
    pub margins: Vec<i32>,
}

impl Pass {
    /// A pass in which every token is outside names.
    pub fn new(tokens: usize) -> Self {
        Self { labels: vec![OUTSIDE as u8; tokens], margins: vec![0; tokens] }
    }

    /// The names, each with the smallest margin of its tokens.
    pub fn found(&self) -> Vec<Found> {
        let mut out = Vec::new();
        let mut from = 0;
        for (at, &label) in self.labels.iter().enumerate() {
            let Some((kind, place)) = split(usize::from(label)) else { continue };
            if matches!(place, At::Begin | At::Single) {
                from = at;
            }
            if matches!(place, At::End | At::Single) {
                let margin = self.margins[from..=at].iter().copied().min().unwrap_or(0);
                out.push(Found { from, to: at + 1, kind, margin });
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::label;
    use super::*;

    #[test]
    fn names_of_a_path() {
        let (b, e) = (label(Kind::Org, At::Begin) as u8, label(Kind::Org, At::End) as u8);
        let labels = vec![0, b, e, label(Kind::Per, At::Single) as u8];
        let names = Pass { labels, margins: vec![9, 300, 200, 50] }.found();
        let short: Vec<_> = names.iter().map(|n| (n.from, n.to, n.kind, n.margin)).collect();
        assert_eq!(short, [(1, 3, Kind::Org, 200), (3, 4, Kind::Per, 50)]);
    }
}
