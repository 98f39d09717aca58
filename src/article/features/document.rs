//! A document's lines, measured; and the window in which most of its running text stands.
//!
//! Owns: what is repeated, the window: the best run of lines by "prose words minus six per other line" (maximum subarray).
//! Refuses: to decide what a line is. Tests: at the foot.

use rustc_hash::FxHashMap;

use super::super::captions::is_caption_label;
use super::super::lines::Line;
use super::headline::headline;
use super::line::{Facts, facts, hash_letters};

/// A document's lines, measured.
pub struct Measured {
    /// Facts of each line.
    pub facts: Vec<Facts>,
    /// The best window.
    pub window: std::ops::Range<usize>,
    /// The line that looks most like the headline of what follows it.
    pub headline: Option<usize>,
}

/// Words from which on a line with a number behind it may be a headline under a picture.
const NUMBERED: usize = 5;

/// Measures all lines and finds the best window. Linear.
pub fn measure(lines: &[Line]) -> Measured {
    let mut facts: Vec<Facts> = lines.iter().map(facts).collect();
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    for n in 0..facts.len() {
        if facts[n].words == 0 {
            continue;
        }
        if let Some(before) = seen.insert(facts[n].key, n) {
            facts[n].repeats = true;
            facts[before].repeated = true;
        }
    }
    for (n, line) in lines.iter().enumerate() {
        let numbered = line.bare().trim_end_matches(|c: char| c.is_ascii_digit() || ".-– ".contains(c));
        // `HEADLINE - 2`: what a page writes under its second picture.
        if numbered.len() < line.bare().len()
            && line.bare().ends_with(|c: char| c.is_ascii_digit())
            && facts[n].words >= NUMBERED
            && seen.get(&hash_letters(numbered)).is_some_and(|m| *m != n)
        {
            facts[n].mark_picture(line);
        }
        // The BBC's pages: the description, `Nguồn hình ảnh, …`, `Chụp lại hình ảnh,`, the caption.
        let described = lines.get(n + 1).is_some_and(|l| l.text.starts_with("Nguồn hình ảnh, "));
        let labelled = n > 0 && is_caption_label(&lines[n - 1].text);
        if (described || labelled) && facts[n].words >= 3 {
            facts[n].mark_picture(line);
        }
    }
    let window = best_window(&facts);
    let headline = headline(&facts, &window);
    Measured { facts, window, headline }
}

/// The run of lines with the most prose words, six taken off for each other line and more for what ends a text.
fn best_window(facts: &[Facts]) -> std::ops::Range<usize> {
    let (mut best, mut best_range) = (0i64, 0..0);
    let (mut sum, mut from) = (0i64, 0);
    for (n, f) in facts.iter().enumerate() {
        sum += match f.class {
            _ if f.prose && !f.repeats => i64::try_from(f.words.min(400)).unwrap_or(400),
            // A rule between two parts, or an empty list item.
            14 => -2,
            // Labels of what comes after the text, and what readers' comments are full of.
            10 | 11 => -25,
            13 => -12,
            _ => -6,
        };
        if sum <= 0 {
            sum = 0;
            from = n + 1;
        } else if sum > best {
            best = sum;
            best_range = from..n + 1;
        }
    }
    best_range
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::logical;
    use super::*;

    #[test]
    fn the_window_holds_the_prose() {
        let prose = "Hội đồng thành phố hôm qua đã thông qua kế hoạch xây một cây cầu mới bắc qua sông.";
        let text = format!(
            "Trang chủ\nXã hội\nKinh tế\n{prose}\n{prose} Hai.\nMục con\n{prose} Ba.\nLiên hệ\nQuảng cáo\n"
        );
        assert_eq!(measure(&logical(&text)).window, 3..7);
    }

    #[test]
    fn repeated_lines_are_known() {
        let measured = measure(&logical("Một tiêu đề\nGì đó khác\nMột tiêu đề."));
        assert!(measured.facts[0].repeated && measured.facts[2].repeats && !measured.facts[1].repeats);
    }
}
