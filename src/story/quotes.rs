//! Quoted stretches.

use std::ops::Range;

/// Letters from which a quoted stretch counts as a quote; shorter ones are names, titles and doubted words.
const LEAST: usize = 25;

/// Byte ranges of the quotes of one part, without their marks.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((start, mark)), c) if closes(mark, c) => {
                let inside = text[start..at].trim();
                if inside.chars().count() >= LEAST {
                    let first = start + text[start..at].len() - text[start..at].trim_start().len();
                    out.push(first..first + inside.len());
                }
                open = None;
            }
            (None, '"' | '„' | '‟' | '”') | (_, '“' | '«') => open = Some((at + c.len_utf8(), c)),
            _ => {}
        }
    }
    out
}

fn closes(open: char, c: char) -> bool {
    match open {
        '«' => c == '»',
        '"' => matches!(c, '"' | '”'),
        _ => matches!(c, '”' | '"' | '“'),
    }
}
