//! The reader's decisions as a plain text: one line a decision, with comments and lines that are not understood kept.
//!
//! Owns: reading, printing, adding and taking back lines of any kind of decision.
//! Refuses: what a line means ([`DecisionLine`]) and disk (`library::repairs`).
//! Tests: at the foot of `entity/decision.rs` and `story/decision.rs`.

use std::fmt::Display;

/// A decision that is one line of text.
pub trait DecisionLine: Sized + Clone + Display {
    /// Reads one line, without blanks around it; the error says what would be right.
    ///
    /// # Errors
    /// When the line is not understood.
    fn read(line: &str) -> Result<Self, String>;

    /// The decision as it will be read again.
    ///
    /// # Errors
    /// When it cannot be written as one line.
    fn settled(&self) -> Result<Self, String> {
        Self::read(&self.to_string())
    }
}

/// A line that could not be read; it is kept when the text is printed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<D> {
    raw: String,
    decision: Option<D>,
}

/// All decisions, with the comments and unreadable lines between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisions<D> {
    lines: Vec<Line<D>>,
}

impl<D> Default for Decisions<D> {
    fn default() -> Self {
        Self { lines: Vec::new() }
    }
}

impl<D: DecisionLine> Decisions<D> {
    /// Reads the text; never fails: lines that are not understood are listed and kept.
    pub fn parse(text: &str) -> (Self, Vec<BadLine>) {
        let (mut lines, mut bad) = (Vec::new(), Vec::new());
        for (n, raw) in text.split_inclusive('\n').enumerate() {
            let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let decision = if trimmed.is_empty() || trimmed.starts_with('#') {
                None
            } else {
                match D::read(trimmed) {
                    Ok(decision) => Some(decision),
                    Err(message) => {
                        bad.push(BadLine { line: n as u32 + 1, message });
                        None
                    }
                }
            };
            lines.push(Line { raw: raw.to_owned(), decision });
        }
        (Self { lines }, bad)
    }

    /// The text, every line as it was read.
    pub fn print(&self) -> String {
        self.lines.iter().map(|l| l.raw.as_str()).collect()
    }

    /// Adds a decision as the last line.
    pub fn push(&mut self, decision: D) {
        if let Some(last) = self.lines.last_mut().filter(|l| !l.raw.ends_with('\n')) {
            last.raw.push('\n');
        }
        self.lines.push(Line { raw: format!("{decision}\n"), decision: Some(decision) });
    }

    /// Takes the last decision back and gives it.
    pub fn undo(&mut self) -> Option<D> {
        let last = self.lines.iter().rposition(|l| l.decision.is_some())?;
        self.lines.remove(last).decision
    }

    /// Takes the decisions away that `unwanted` names.
    pub fn remove(&mut self, unwanted: impl Fn(&D) -> bool) {
        self.lines.retain(|l| !l.decision.as_ref().is_some_and(&unwanted));
    }

    /// The decisions in order.
    pub fn decisions(&self) -> impl Iterator<Item = &D> {
        self.lines.iter().filter_map(|l| l.decision.as_ref())
    }
}
