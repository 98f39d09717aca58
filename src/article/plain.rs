//! The article as one text: what `show --text` prints, what names are found in, what search looks at.

use std::ops::Range;

use super::model::{Article, BlockKind};

/// Which part of the article a stretch of the plain text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The headline.
    Title,
    /// The n-th of [`Article::credits`].
    Credit(usize),
    /// The lead.
    Lead,
    /// The n-th of [`Article::blocks`].
    Block(usize),
}

/// A part and its byte range in the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which part.
    pub place: Place,
    /// Its byte range.
    pub range: Range<usize>,
}

/// Title, credits, lead and blocks, parted by blank lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// The parts in order; their ranges do not overlap.
    pub parts: Vec<Part>,
}

impl Plain {
    /// Puts an article's parts together: title, credits, lead, blocks (pictures without caption left out).
    pub fn of(article: &Article) -> Self {
        let mut plain = Self::default();
        plain.push(Place::Title, article.title.as_deref().unwrap_or(""));
        for (n, credit) in article.credits.iter().enumerate() {
            plain.push(Place::Credit(n), &credit.text);
        }
        plain.push(Place::Lead, article.lead.as_deref().unwrap_or(""));
        for (n, block) in article.blocks.iter().enumerate() {
            if block.kind != BlockKind::Image {
                plain.push(Place::Block(n), &block.text);
            }
        }
        plain
    }

    fn push(&mut self, place: Place, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { place, range: start..self.text.len() });
    }

    /// The part that holds a byte offset.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        let n = self.parts.partition_point(|p| p.range.end <= at);
        self.parts.get(n).filter(|p| p.range.contains(&at))
    }
}
