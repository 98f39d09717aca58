//! Where sentences end.
//!
//! Owns: [`sentences`] and its list of abbreviations (`assets/text/abbreviations.txt`).
//! Refuses: to join lines; a line break always ends a sentence.
//! Tests: at the foot, properties in `tests/it/text.rs`.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

static ABBREVIATIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("../../assets/text/abbreviations.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.trim_end_matches('.'))
        .collect()
});

/// Longest run of letters before a full stop, in bytes, that can be an abbreviation.
const LONGEST: usize = 24;

/// Byte ranges of the sentences of one paragraph, without outer blanks.
///
/// A sentence ends at `.`, `!`, `?` or `…` with the closing quotes and brackets behind it, when a blank and then a
/// capital, a digit or an opening quote or bracket follow; at `。` `！` `？` always; at a line break always.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => {
                push(text, start..at, &mut out);
                start = at + 1;
            }
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => {
                let mut last = c;
                let mut end = at + c.len_utf8();
                while let Some(&(at, c)) = chars.peek()
                    && (is_end(c) || is_closing(c))
                {
                    last = if is_end(c) { c } else { last };
                    end = at + c.len_utf8();
                    chars.next();
                }
                let full = matches!(last, '。' | '！' | '？');
                let abbreviated = || c == '.' && end == at + 1 && is_abbreviation(text, start, at);
                if full || opens_sentence(&text[end..]) && !abbreviated() {
                    push(text, start..end, &mut out);
                    start = end;
                }
            }
            _ => {}
        }
    }
    push(text, start..text.len(), &mut out);
    out
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if start < end {
        out.push(start..end);
    }
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』')
}

/// True when a blank and the beginning of a sentence follow.
fn opens_sentence(rest: &str) -> bool {
    let body = rest.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']);
    if body.len() == rest.len() {
        return false;
    }
    // A dash may stand before the first word, as in lists and dialogue.
    let body = body.strip_prefix(['-', '–', '—', '•', '*']).map_or(body, str::trim_start);
    body.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_numeric()
            || matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '(' | '[' | '「' | '『')
            || c.is_alphabetic() && !c.is_lowercase()
    })
}

/// True when the full stop at `at` belongs to an abbreviation, an initial or the number of a list item.
fn is_abbreviation(text: &str, start: usize, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST).max(start));
    let before = &text[from..at];
    let cut = before
        .char_indices()
        .rev()
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | '/') || super::fold::stripped(c)));
    let word_at = cut.map_or(0, |(i, c)| i + c.len_utf8());
    let word = &before[word_at..];
    let opens = text[start..from + word_at].trim().is_empty();
    if word.is_empty() || cut.is_none() && from > start {
        return false;
    }
    // `1. Title`, `II. Title`
    if opens
        && word.len() <= 4
        && (word.bytes().all(|b| b.is_ascii_digit()) || word.bytes().all(|b| b"IVX".contains(&b)))
    {
        return true;
    }
    let word = super::nfc(word);
    if ABBREVIATIONS.contains(&*word) {
        return true;
    }
    // `PGS.TS.`, `J.K.`: every part for itself.
    word.split('.').all(|part| ABBREVIATIONS.contains(part) || is_initial(part))
}

fn is_initial(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<_> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn ends() {
        check("", &[]);
        check(" \n ", &[]);
        check("Một câu", &["Một câu"]);
        check(" Câu một. Câu hai!  Câu ba? Bốn… Năm ", &["Câu một.", "Câu hai!", "Câu ba?", "Bốn…", "Năm"]);
        check("Một\nhai. Ba", &["Một", "hai.", "Ba"]);
        check("Thế à... rồi thôi. 12 người", &["Thế à... rồi thôi.", "12 người"]);
        check("Xong!!! Về thôi?! Ừ", &["Xong!!!", "Về thôi?!", "Ừ"]);
        check("东京。大阪！", &["东京。", "大阪！"]);
    }

    #[test]
    fn quotes() {
        check("“Tôi đi.” Bà Lê Thị Mận nói.", &["“Tôi đi.”", "Bà Lê Thị Mận nói."]);
        check("“Đi chưa?” ông hỏi. Xong.", &["“Đi chưa?” ông hỏi.", "Xong."]);
        check("\"Mưa to.\" \"Ừ.\" (Theo báo X.) Hết.", &["\"Mưa to.\"", "\"Ừ.\"", "(Theo báo X.)", "Hết."]);
        check("Ông nói: “Một. Hai”. Ba.", &["Ông nói: “Một.", "Hai”.", "Ba."]);
        check("Hết giờ. - Chị đáp. – Vâng", &["Hết giờ.", "- Chị đáp.", "– Vâng"]);
    }

    #[test]
    fn not_ends() {
        for text in [
            "Ở TP. Hồ Chí Minh và Tp. Huế",
            "PGS.TS. Trần Văn Mít, ThS. Lê Na, GS. Cà",
            "Mr. Green gặp Dr. Brown ở St. Ives",
            "J. K. Rowling và Nguyễn Văn A. Bình",
            "Q. 1, P. Bến Nghé",
            "cam, quýt, v.v. Xem thêm",
            "Giá 10.000 đồng, tăng 1.5 lần ở TP.HCM",
            "Trang VOV.VN và https://vi.example/a.B?c=D đưa tin",
            "1. Nội dung",
            "II. Nội dung",
            "the U.S. President at 5 p.m. Eastern",
        ] {
            check(text, &[text]);
        }
        check("Năm 2025. Ông về.", &["Năm 2025.", "Ông về."]);
        check("Theo VOV.VN. Ông về.", &["Theo VOV.VN.", "Ông về."]);
        check(
            "Ba\u{300} ve\u{302}\u{300}. O\u{302}ng ở lại",
            &["Ba\u{300} ve\u{302}\u{300}.", "O\u{302}ng ở lại"],
        );
    }
}
