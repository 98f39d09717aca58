//! What is glued together in one long line: the body twice, a credit as the last words, captions, paragraphs.
//!
//! Owns: finding those seams. Refuses: to part where the seam is not clear. Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::byline::is_person;
use super::gazetteer::{agency, outlet};
use crate::text::sentences;

/// Where a text begins again: the start of its second printing and of what follows it.
pub(super) fn second_printing(text: &str) -> Option<Range<usize>> {
    // Less than this is a refrain, not a printing.
    const PROBE: usize = 60;
    const LEAST: usize = 160;
    if text.len() < 2 * LEAST {
        return None;
    }
    let probe = &text[..floor(text, PROBE)];
    let from = floor(text, text.len() / 4);
    let finder = memmem::Finder::new(probe.as_bytes());
    let again = from + finder.find(&text.as_bytes()[from..])?;
    let same = text[again..].bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
    let end = floor(text, again + same);
    // The copy must reach the text's end, or hold most of what stood before it.
    let reaches = end + 40 >= text.len();
    (same >= LEAST && (reaches || same * 10 >= again * 8)).then_some(again..end)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:Tin|Bài|Ảnh|TIN|BÀI)(?:\s?(?:,|và|-)\s?(?i:ảnh|bài))?\s?:\s?)?
        (?P<name>\p{Lu}[\p{L}.+&'’]*(?:\s\p{Lu}[\p{L}.+&'’]*){0,5})?
        (?P<more>\s*[-–/]?\s*(?:\((?i:theo|tổng\ hợp|dịch|biên\ dịch|lược\ dịch|thực\ hiện|ghi|t/h|ttxvn|vov|vietnam\+|vietnamplus|th|[\p{L}\d.+]+)[^()]{0,40}\)
            |/\s?VOV[^.]{0,25}|/\s?TTXVN|(?:Từ|từ)\s\p{Lu}[^.]{1,25}|(?:Theo|theo|Nguồn:?|Tổng\ hợp|tổng\ hợp|Dịch|-\ tổng\ hợp)(?:\s?:?\s[\p{Lu}\d][^.]{1,45}(?:\.\p{L}[^.\s]*)*)?)){0,3}\W{0,3}$",
    )
    .ok()
});

/// The credit glued to the end of a text: the range of `Lê Na (TTXVN)`, `Theo Reuters`, `LÊ NA`.
pub(super) fn end_credit(text: &str) -> Option<Range<usize>> {
    // The last sentence end within reach; a name never holds one, an address or initials may.
    let reach = floor(text, text.len().saturating_sub(110));
    let tail = &text[reach..];
    let mut seams: Vec<usize> = Vec::new();
    let (mut earlier, mut before) = (' ', ' ');
    for (at, c) in tail.char_indices() {
        // `U.S.` and `Lê N.A.` are no ends of sentences.
        let ended =
            matches!(before, '!' | '?' | '…' | '”' | '"' | '/') || before == '.' && !earlier.is_uppercase();
        if c.is_whitespace() || c.is_uppercase() && ended {
            let stop = tail[..at].trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ']).chars().next_back();
            if matches!(stop, Some('.' | '!' | '?' | '…' | '/' | ':')) || tail[..at].ends_with(['”', '"'])
            {
                seams.push(reach + at);
            }
        }
        (earlier, before) = (before, c);
    }
    let regex = CREDIT.as_ref()?;
    for seam in seams {
        let credit = text[seam..].trim();
        if credit.is_empty() || credit.chars().count() > 70 {
            continue;
        }
        // Behind a colon stands more of the sentence, but for a signature in capitals: the pictures announced before it are gone.
        let announced = text[..seam].trim_end().ends_with(':');
        if announced && !(is_person(credit) && credit.chars().all(|c| !c.is_lowercase())) {
            continue;
        }
        let Some(c) = regex.captures(credit) else { continue };
        let name = c.name("name").map_or("", |m| m.as_str());
        let more = c.name("more").is_some_and(|m| !m.as_str().is_empty());
        let short =
            matches!(name, "PV" | "CTV" | "PL" | "AN" | "CT") || name.len() <= 6 && name.contains('.');
        if more || is_person(name) || short || agency(name).is_some() || outlet(name).is_some() {
            let start = text.len() - text[seam..].trim_start().len();
            return Some(start..text.len());
        }
    }
    None
}

static CAPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[(\[](?:ảnh|nguồn|nguồn ảnh|photo|hình)(?: minh h[ọo]a| minh hoạ)?\s?: ?[^()\[\]]{2,50}[)\]]\W{0,2}$|^\(?ảnh minh h(?:ọa|oạ)[^.]{0,30}\)?\.?$|^\(?Ảnh (?:tư liệu|internet|minh hoạ)\)?\.?$").ok()
});

/// A stretch of a long line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its range.
    pub range: Range<usize>,
    /// A caption stands there, not running text.
    pub caption: bool,
}

/// Letters that a paragraph of ours has at most, and those from which on a new one is begun.
const LONGEST: usize = 450;
const ENOUGH: usize = 260;
/// Sentences that a paragraph of ours has at most.
const MOST: usize = 4;

/// Parts a long line into captions and readable paragraphs of two to four sentences, never inside a quotation.
pub(super) fn paragraphs(text: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let (mut count, mut letters, mut depth, mut straight) = (0usize, 0usize, 0i32, false);
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let quiet = depth <= 0 && !straight;
        if quiet && CAPTION.as_ref().is_some_and(|r| r.is_match(words)) && words.chars().count() <= 260 {
            if let Some(range) = open.take() {
                out.push(Piece { range, caption: false });
            }
            match out.last_mut() {
                // `Ảnh minh họa. (Nguồn: X)` is two sentences and one caption.
                Some(last) if last.caption && words.starts_with('(') => last.range.end = sentence.end,
                _ => out.push(Piece { range: sentence, caption: true }),
            }
            (count, letters) = (0, 0);
            continue;
        }
        let size = words.chars().count();
        let full = count >= MOST
            || (count >= 2 && letters + size > LONGEST)
            || (count > 0 && letters >= ENOUGH && count >= 2)
            || letters + size > 2 * LONGEST && count > 0;
        if full && quiet {
            if let Some(range) = open.take() {
                out.push(Piece { range, caption: false });
            }
            (count, letters) = (0, 0);
        }
        open = Some(open.map_or(sentence.start, |r| r.start)..sentence.end);
        count += 1;
        letters += size;
        for c in words.chars() {
            match c {
                '“' => depth += 1,
                '”' => depth -= 1,
                '"' => straight = !straight,
                _ => {}
            }
        }
        // A quotation that never closes must not swallow the rest.
        if count > 3 * MOST {
            (depth, straight) = (0, false);
        }
    }
    if let Some(range) = open {
        // One short sentence left over stays with its neighbour.
        match out.last_mut() {
            Some(last) if !last.caption && count == 1 && letters < 120 => last.range.end = range.end,
            _ => out.push(Piece { range, caption: false }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_printing_is_found() {
        let body = "Cầu mới bắc qua sông Trà sẽ thông xe vào tháng sau, theo chính quyền thành phố Lam Giang. \
                    Cây cầu dài hơn một cây số. Người dân hai bờ đã chờ nó từ lâu, vì đi phà mỗi lần mất gần một giờ.";
        let twice = format!("{body} Theo báo Lam Giang {body}");
        let range = second_printing(&twice).expect("twice");
        assert_eq!(&twice[range], body);
        assert_eq!(second_printing(body), None);
    }

    #[test]
    fn credits_at_the_end() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(end_credit(text).map(|r| &text[r]), expect, "{text}");
        };
        check("Cầu sẽ thông xe./. Lê Na (TTXVN)", Some("Lê Na (TTXVN)"));
        check("Cầu sẽ thông xe. LÊ NA", Some("LÊ NA"));
        check("Cầu sẽ thông xe. Theo Reuters", Some("Theo Reuters"));
        check("Cầu sẽ thông xe.Lê Na", Some("Lê Na"));
        check("Tàu của U.S. Steel", None);
        check("“Cầu sẽ thông xe”. CT (Theo Reuters)", Some("CT (Theo Reuters)"));
        check("Cầu sẽ thông xe. B.Ngân (tổng hợp)", Some("B.Ngân (tổng hợp)"));
        check("Cầu sẽ thông xe. Lê Na Theo Xinhua, BBC", Some("Lê Na Theo Xinhua, BBC"));
        check("Cầu sẽ thông xe vào năm 2012.", None);
        check("Cầu sẽ thông xe. Ông Lê An nói vậy", None);
        check("Họ gồm có Lê An, Trần Na", None);
        check("Ảnh cầu mới: LÊ NA", Some("LÊ NA"));
        check("Người mở cầu: Lê Na", None);
    }

    #[test]
    fn long_lines_become_paragraphs() {
        let sentence = "Cầu mới bắc qua sông Trà sẽ thông xe vào tháng sau, theo chính quyền thành phố. ";
        let text = format!(
            "Cầu nhìn từ bờ đông. (Ảnh: Lê Na) {}“{}{}{}{}{}” bà nói.",
            sentence.repeat(7),
            sentence,
            sentence,
            sentence,
            sentence,
            sentence.trim()
        );
        let pieces = paragraphs(&text);
        assert!(pieces.len() >= 3, "{pieces:?}");
        let whole: String =
            pieces.iter().map(|p| &text[p.range.clone()]).flat_map(str::split_whitespace).collect();
        assert_eq!(whole, text.split_whitespace().collect::<String>());
        for piece in &pieces {
            let words = &text[piece.range.clone()];
            assert_eq!(words.matches('“').count(), words.matches('”').count(), "{words}");
        }
    }
}
