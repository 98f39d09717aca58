//! Physical lines to logical lines: undoes the wrapping of a text dump, takes off indents and bullets.
//!
//! Owns: the wrap width of a file, joining, bullets, blank lines. Refuses: to judge what a line says.
//! Tests: at the foot.

use super::byline::is_person;
use super::dateline::stated;
use super::model::Precision;
use crate::text::width;

/// A paragraph, menu item, headline …: one or more physical lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The text with single blanks; without indent, and without a bullet that is a glyph of its own (`•`, `□`, `*`).
    pub text: String,
    /// First physical line, from 1.
    pub first: u32,
    /// Blanks before the text (before the bullet, where there is one).
    pub indent: u16,
    /// The bullet: `•`, `□`, `*`, `-`, `+` …
    pub bullet: Option<char>,
    /// Blank lines right before.
    pub gap: u16,
    /// Byte offsets of the blanks of `text` where the input has two or more, or a tab: the seams of columns.
    pub columns: Vec<u32>,
}

impl Line {
    /// The text without a leading dash that marks a list item.
    pub fn bare(&self) -> &str {
        if self.bullet.is_some_and(|b| matches!(b, '-' | '–' | '—' | '+')) {
            self.text.trim_start_matches(['-', '–', '—', '+', ' '])
        } else {
            &self.text
        }
    }

    /// The text as a table's row: tabs between cells.
    pub fn row(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut from = 0;
        for at in self.columns.iter().map(|c| *c as usize) {
            out.push_str(&self.text[from..at]);
            out.push('\t');
            from = at + 1;
        }
        out.push_str(&self.text[from..]);
        out
    }
}

/// Widest wrap that is believed; beyond it lines are taken as they are.
const WIDEST: usize = 140;
/// A wrapped file has at least this many lines that end near the margin.
const NEAR_MARGIN: usize = 3;
/// Lines longer than this are never measured for wrapping.
const UNWRAPPED_BYTES: usize = 600;

/// Splits a text into logical lines. Linear in the text.
pub(super) fn logical(text: &str) -> Vec<Line> {
    let physical: Vec<&str> = text.split('\n').collect();
    let margin = margin(&physical);
    let mut out: Vec<Line> = Vec::new();
    let mut gap = 0u16;
    // Width in cells of the last physical line, and the indent that a continuation of it has.
    let mut open: Option<(usize, usize)> = None;
    for (number, raw) in physical.iter().enumerate() {
        let body = raw.trim();
        if body.is_empty() {
            gap = gap.saturating_add(1);
            open = None;
            continue;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        let (bullet, rest, hang) = bullet(body);
        if let (Some(margin), Some((before, hanging)), Some(last)) = (margin, open, out.last_mut()) {
            let seam = seam(&last.text, body);
            // Greedy wrapping: the word is on a line of its own because it did not fit on the one before.
            let belongs = match seam {
                Seam::Blank => {
                    before + 1 + first_word(body) > margin
                        || before + SLACK > margin && goes_on(&last.text, body)
                }
                // Scripts without blanks are broken anywhere but before a closing mark.
                Seam::None => before + 4 > margin,
            };
            let belongs = belongs && (bullet.is_none() || indent == 0 && hanging == 0) && !is_dateline(body);
            // What an answer in an interview says (`- Có chứ. …`) goes on under its dash.
            let under = || {
                indent == 0
                    && hanging == 2
                    && bullet.is_none()
                    && !last.text.ends_with(['.', '?', '!', '”', '"'])
            };
            if belongs && (indent.abs_diff(hanging) <= 1 || under()) {
                if matches!(seam, Seam::Blank) || before + 1 < margin && is_hangul(body) {
                    last.text.push(' ');
                }
                push_words(&mut last.text, body);
                open = Some((line_width(raw), hanging));
                continue;
            }
        }
        let mut line = Line {
            text: String::new(),
            first: number as u32 + 1,
            indent: indent.min(1000) as u16,
            bullet,
            gap,
            columns: Vec::new(),
        };
        push_words(&mut line.text, rest);
        columns(rest, &mut line.columns);
        out.push(line);
        gap = 0;
        open = (raw.len() <= UNWRAPPED_BYTES).then(|| (line_width(raw), indent + hang));
    }
    out
}

fn first_word(line: &str) -> usize {
    width(line.split_whitespace().next().unwrap_or(""))
}

/// Cells that a line may lack of the margin where the next one goes on amid a sentence: words with a blank that did not break between them.
const SLACK: usize = 16;

fn goes_on(before: &str, after: &str) -> bool {
    let open = before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    open && before.len() > SLACK && after.starts_with(char::is_lowercase)
}

/// A whole line of name and date, or date and time: it stands under a headline, however full the headline's line is.
fn is_dateline(line: &str) -> bool {
    let Some(found) = stated(line, 0).filter(|_| line.len() <= 90) else { return false };
    let name = line[..found.range.start].trim_end_matches([' ', '-', '–', '|', ',']);
    let after = &line[found.range.end..];
    let whole = is_person(name) || name.is_empty() && found.date.precision == Precision::Minute;
    whole && !after.starts_with([',', '.']) && after.chars().count() <= 20
}

/// What stood between two lines before they were wrapped.
#[derive(Clone, Copy)]
enum Seam {
    Blank,
    None,
}

/// True for letters and marks of the East Asian scripts that take two cells and need no blanks.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

fn is_hangul(text: &str) -> bool {
    text.starts_with(|c| matches!(c, '\u{ac00}'..='\u{d7af}'))
}

fn seam(before: &str, after: &str) -> Seam {
    let wide = before.chars().next_back().is_some_and(is_wide) && after.chars().next().is_some_and(is_wide);
    if wide { Seam::None } else { Seam::Blank }
}

fn line_width(raw: &str) -> usize {
    if raw.len() > UNWRAPPED_BYTES { usize::MAX / 2 } else { width(raw.trim_end()) }
}

/// Where two or more blanks or a tab stand inside a text, as offsets into the text with single blanks.
fn columns(rest: &str, out: &mut Vec<u32>) {
    if !rest.contains("  ") && !rest.contains('\t') {
        return;
    }
    let (mut at, mut end) = (0usize, 0usize);
    for word in rest.split_whitespace() {
        let start = word.as_ptr() as usize - rest.as_ptr() as usize;
        if end > 0 {
            let gap = &rest[end..start];
            if gap.len() > 1 || gap == "\t" {
                out.push(at as u32);
            }
            at += 1;
        }
        at += word.len();
        end = start + word.len();
    }
}

fn push_words(to: &mut String, text: &str) {
    to.reserve(text.len());
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            to.push(' ');
        }
        to.push_str(word);
    }
}

/// Takes a bullet off: the bullet, the rest, and by how much a continuation line hangs in.
fn bullet(body: &str) -> (Option<char>, &str, usize) {
    let mut chars = body.chars();
    let Some(first) = chars.next() else { return (None, body, 0) };
    let rest = chars.as_str();
    let glyph =
        matches!(first, '•' | '□' | '■' | '▪' | '▫' | '◦' | '○' | '●' | '‣' | '·' | '►' | '▶' | '☆' | '❖');
    let mark = matches!(first, '*' | '-' | '–' | '—' | '+' | '#');
    if glyph || (mark && rest.starts_with(char::is_whitespace)) || (first == '*' && rest.is_empty()) {
        let inner = rest.trim_start();
        let hang = body.chars().count() - inner.chars().count();
        let keep = matches!(first, '-' | '–' | '—' | '+' | '#') || inner.is_empty();
        return (Some(first), if keep { body } else { inner }, hang.min(8));
    }
    (None, body, 0)
}

/// The column at which the text was wrapped, when it was.
fn margin(physical: &[&str]) -> Option<usize> {
    let widths: Vec<usize> = physical
        .iter()
        .filter(|l| l.split_ascii_whitespace().nth(3).is_some() || l.chars().next_back().is_some_and(is_wide))
        .map(|l| line_width(l))
        .collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    // A table row or a long address may stick out; more than one line in a hundred may not.
    let top = *sorted.get(sorted.len().checked_sub(1 + sorted.len() / 100)?)?;
    let margin = sorted.iter().rev().copied().find(|w| *w <= top)?;
    if !(40..=WIDEST).contains(&margin) {
        return None;
    }
    let near = widths.iter().filter(|w| **w <= margin && **w + 12 > margin).count();
    // Continuations: a line near the margin is followed by another one without a blank line, often inside a sentence.
    // Lines that are only of like length (headlines, one sentence each) go on with a capital.
    let (mut carried, mut inside) = (0, 0);
    for pair in physical.windows(2) {
        let w = line_width(pair[0]);
        let next = pair[1].trim();
        if w <= margin && w + 12 > margin && !next.is_empty() && bullet(next).0.is_none() {
            carried += 1;
            let cased = |c: char| c.is_lowercase() || is_wide(c);
            inside += usize::from(next.starts_with(cased));
        }
    }
    (near >= NEAR_MARGIN && inside >= 2 && inside * 4 >= carried).then_some(margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let lines = logical(text);
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn greedy_wrapping_is_undone() {
        let words = "Hội đồng thành phố Lam Giang hôm qua thông qua kế hoạch xây cây cầu thứ ba bắc qua sông Trà, \
                     nối phường Bình An với khu công nghiệp phía đông, dự kiến khởi công ngay trong quý tới và \
                     hoàn thành sau ba năm nếu không có gì thay đổi về vốn hay mặt bằng của các hộ dân hai bên bờ.";
        let wrapped: Vec<String> = crate_wrap(words, 60);
        let text = format!("Tiêu đề ngắn\n\n{}\nDòng riêng\n", wrapped.join("\n"));
        check(&text, &["Tiêu đề ngắn", words, "Dòng riêng"]);
    }

    #[test]
    fn a_dateline_stands_by_itself() {
        for (line, expect) in [
            ("Lê Na - 07/03/2026 08:47", true),
            ("07/03/2026 - 08:47", true),
            ("07/03/2026 08:01 GMT+7", true),
            ("Trần Văn An | 7.3.2026", true),
            ("07/03/2026, theo kế hoạch đã công bố", false),
            ("Nam - 12 tuổi, quê ở Bình An", false),
            ("phường Bình An 07/03/2026 08:47", false),
        ] {
            assert_eq!(is_dateline(line), expect, "{line}");
        }
        let words = "Cây cầu thứ ba bắc qua sông Trà sẽ khởi công trong quý tới và hoàn thành sau ba năm nếu vốn về đủ, \
                     theo chính quyền thành phố Lam Giang, nơi cây cầu thứ hai vừa được sửa xong hồi đầu năm ngoái.";
        let headline = "Thành phố Lam Giang khởi công cầu thứ ba trong quý tới";
        let text = format!("{headline}\nLê Na - 07/03/2026 08:47\n\n{}\n", crate_wrap(words, 60).join("\n"));
        check(&text, &[headline, "Lê Na - 07/03/2026 08:47", words]);
    }

    fn crate_wrap(text: &str, cells: usize) -> Vec<String> {
        textwrap::wrap(text, textwrap::Options::new(cells).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit))
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect()
    }

    #[test]
    fn lines_of_like_length_are_no_wrapped_text() {
        let lines: Vec<String> = (1..9)
            .map(|n| format!("Tin thứ {n} dài bằng những tin khác trong cùng một danh sách này"))
            .collect();
        check(&lines.join("\n"), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn long_lines_are_left_alone() {
        let long = "chữ ".repeat(100);
        check(&format!("{long}\n{long}"), &[long.trim(), long.trim()]);
    }

    #[test]
    fn bullets_come_off_and_dashes_stay() {
        check(
            "  • Trang chủ\n    □ Xã hội\n  * Kinh tế\n- Tin khác",
            &["Trang chủ", "Xã hội", "Kinh tế", "- Tin khác"],
        );
        let lines = logical("- Tin khác\n  •\n");
        assert_eq!((lines[0].bullet, lines[0].bare()), (Some('-'), "Tin khác"));
        assert_eq!((lines[1].bullet, lines[1].text.as_str()), (Some('•'), "•"));
    }
}
