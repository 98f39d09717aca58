//! Who wrote or took a picture: the name behind a label (`Ảnh: NAME`) is no part of what is told.
//!
//! Owns: knowing such a label. The words are data (`assets/story/makers.txt`). Refuses: credit lines, which `article` finds.
//! Tests: at the foot.

/// What stands before the names of those who wrote or took pictures, with a colon.
const LABELS: &str = include_str!("../../assets/story/makers.txt");

/// Whether a stretch ends in such a label.
pub fn is_label(before: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix(':') else { return false };
    let last = before.rsplit(['\n', '.', '(', '-', '–']).next().unwrap_or_default().trim().to_lowercase();
    LABELS.lines().any(|label| last == label)
}

/// The same in a bracket without a colon: `(Ảnh NAME)`.
pub(super) fn is_bracketed_label(before: &str) -> bool {
    let last = before.rsplit('(').next().filter(|last| last.len() < before.len()).unwrap_or_default();
    let last = last.trim().to_lowercase();
    LABELS.lines().any(|label| last == label)
}

#[cfg(test)]
mod tests {
    use super::{is_bracketed_label, is_label};

    #[test]
    fn a_label_stands_alone_before_its_colon() {
        for (before, expect) in [
            ("Cầu đã xong. Ảnh: ", true),
            ("Cầu đã xong (ảnh:", true),
            ("Cầu đã xong như trong ảnh: ", false),
            ("Ông nói: ", false),
            ("Ảnh ", false),
        ] {
            assert_eq!(is_label(before), expect, "{before}");
        }
        for (before, expect) in [
            ("Cầu đã xong (Ảnh ", true),
            ("Cầu đã xong (trong ảnh ", false),
            ("Ảnh ", false),
            ("(ảnh) ", false),
        ] {
            assert_eq!(is_bracketed_label(before), expect, "{before}");
        }
    }
}
