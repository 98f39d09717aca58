//! Scores of matches: `tỷ số 3-1`, `thắng 6/1, 6/4`, which are no days and no fractions.
//!
//! Owns: telling them by the words beside them and by lists of pairs. The words are data (`assets/story/scores.toml`).
//! Refuses: a day that a word announces (`sáng 6/1`); estimates (`3-4 trận`). Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

/// Words before a pair that may tell that it is a score, at most.
const BEFORE: usize = 6;
/// The same behind it.
const BEHIND: usize = 2;
/// Points of one side are fewer.
const MOST: u16 = 200;

#[derive(Debug, Default, Deserialize)]
struct Words {
    before: Vec<String>,
    exact: Vec<String>,
    behind: Vec<String>,
    unless: Vec<String>,
    days: Vec<String>,
    feasts: Vec<String>,
    estimates: Vec<String>,
    counted: Vec<String>,
    between: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/story/scores.toml")).unwrap_or_default());

static PAIR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,3})(?:([-–/])| [-–] )(\d{1,3})\b").ok());

/// A pair of numbers that is no day.
#[derive(Debug)]
pub(super) struct Score {
    pub range: Range<usize>,
    /// The score, `3-1`; `None` where it may be something else.
    pub value: Option<String>,
}

/// What stands beside a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Beside {
    /// A word that announces a day, or a noun that is counted.
    Other,
    Nothing,
    /// A word of matches.
    Match,
    /// A word behind which nothing but a score stands.
    Score,
}

struct Pair {
    range: Range<usize>,
    sides: [u16; 2],
    slash: bool,
    beside: Beside,
}

/// The scores of a text, in order.
pub(super) fn scores(text: &str) -> Vec<Score> {
    let pairs = pairs(text);
    let mut out = Vec::new();
    let mut first = 0;
    while first < pairs.len() {
        let mut end = first + 1;
        while pairs.get(end).is_some_and(|p| is_list(&text[pairs[end - 1].range.end..p.range.start])) {
            end += 1;
        }
        let list = &pairs[first..end];
        let told = list.iter().any(|p| matches!(p.beside, Beside::Match | Beside::Score));
        let exact = list.len() > 1 || list.iter().any(|p| p.beside == Beside::Score);
        let day = list.iter().any(|p| p.beside == Beside::Other);
        if !day && (told || (list.len() > 1 && is_bracketed(text, list))) {
            out.extend(list.iter().map(|pair| {
                // `thắng 1/3`: a share of something.
                let sure = told && (exact || !pair.slash || pair.sides[0] > pair.sides[1]);
                let value = sure.then(|| format!("{}-{}", pair.sides[0], pair.sides[1]));
                Score { range: pair.range.clone(), value }
            }));
        }
        first = end;
    }
    out
}

fn pairs(text: &str) -> Vec<Pair> {
    let mut out = Vec::new();
    for c in PAIR.as_ref().into_iter().flat_map(|r| r.captures_iter(text)) {
        let (Some(whole), Some(a), Some(b)) = (c.get(0), c.get(1), c.get(3)) else { continue };
        let (Ok(a), Ok(b)) = (a.as_str().parse::<u16>(), b.as_str().parse::<u16>()) else { continue };
        let mut ahead = text[whole.end()..].chars();
        let (next, second) = (ahead.next(), ahead.next());
        let digit = second.is_some_and(|c| c.is_ascii_digit());
        let goes_on =
            matches!(next, Some('-' | '–' | '/' | '%' | ':')) || (matches!(next, Some('.' | ',')) && digit);
        let part = text[..whole.start()].ends_with(['-', '–', '/', '.', ',', ':']);
        if goes_on || part || a >= MOST || b >= MOST {
            continue;
        }
        let beside = beside(text, &whole.range());
        let slash = c.get(2).is_some_and(|s| s.as_str() == "/");
        out.push(Pair { range: whole.range(), sides: [a, b], slash, beside });
    }
    out
}

/// What the words of its clause say of a pair.
fn beside(text: &str, range: &Range<usize>) -> Beside {
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
        all.map(str::to_lowercase).collect()
    };
    let clause = text[..range.start].rfind(['.', ';', '!', '?', '\n', ':']).map_or(0, |at| at + 1);
    let before = words(&text[clause..range.start]);
    let line = text[range.end..].split(['.', ';', ',', '\n', ')']).next().unwrap_or_default();
    let behind = words(line);
    let two = |n: usize| before.get(n..n + 2).map(|w| w.join(" ")).unwrap_or_default();
    let last = before.last().map_or("", String::as_str);
    let last_two = before.len().checked_sub(2).map(two).unwrap_or_default();
    let announced = WORDS.days.iter().any(|d| d == last || *d == last_two);
    let estimated = WORDS.estimates.iter().any(|w| w == last);
    // `2-0 ngày 6/1`
    let dated = behind.get(1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let is_noun = behind.first().is_some_and(|w| !dated && WORDS.counted.contains(w));
    if announced || estimated || is_noun || WORDS.feasts.iter().any(|f| *f == text[range.clone()]) {
        return Beside::Other;
    }
    let from = before.len().saturating_sub(BEFORE);
    let is_none = |n: usize| WORDS.unless.contains(&two(n)) || (n > 0 && WORDS.unless.contains(&two(n - 1)));
    let stands = |list: &[String]| {
        (from..before.len()).any(|n| !is_none(n) && (list.contains(&before[n]) || list.contains(&two(n))))
    };
    if stands(&WORDS.exact) {
        Beside::Score
    } else if stands(&WORDS.before) || behind.iter().take(BEHIND).any(|w| WORDS.behind.contains(w)) {
        Beside::Match
    } else {
        Beside::Nothing
    }
}

/// Nothing but a comma, a bracket or a small word between two pairs.
fn is_list(gap: &str) -> bool {
    let words = gap
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
        .filter(|w| !w.is_empty());
    let is_small = |w: &str| WORDS.between.iter().any(|b| b == w) || w.bytes().all(|b| b.is_ascii_digit());
    !gap.contains('\n') && gap.len() < 24 && words.clone().count() <= 2 && words.clone().all(is_small)
}

fn is_bracketed(text: &str, list: &[Pair]) -> bool {
    let ends = list.first().zip(list.last());
    ends.is_some_and(|(a, b)| text[..a.range.start].ends_with('(') && text[b.range.end..].starts_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_told_by_what_stands_beside_it() {
        for (text, expect) in [
            ("thắng với tỷ số 3-1", "3-1"),
            ("Vân Khê hòa Lạc Phong 1 - 1 sau 90 phút", "1-1"),
            ("Vân Khê thắng U-21 Lạc Phong 2-1.", "2-1"),
            ("anh hạ Tô Mừng 6/1, 6/4 sau hai giờ", "6-1, 6-4"),
            ("các tỷ số 6-1, 3-6, và 7-6 (3) trong trận", "6-1, 3-6, 7-6"),
            ("thua ván đầu 6/7 (5), 2/6", "6-7, 2-6"),
            ("dẫn trước 13/10 rồi 14/12", "13-10, 14-12"),
            ("hơn 3 điểm (8-5 và 13-10)", "8-5, 13-10"),
            ("khép lại với chiến thắng 6/1 ở set đầu", "6-1"),
            ("Vân Khê vào chung kết (6-1, 6-4)", "?, ?"),
            ("thắng 1/3 số ghế", "?"),
            ("ngày 6/1, sáng 6/1, 6-1-2014, hôm 8/5, tối 6-1", ""),
            ("thắng trận ngày 6/1; thua lỗ 4-5%, thắng 3-4 trận", ""),
            ("kỷ niệm chiến thắng 30/4", ""),
            ("nghỉ 30/4, 1/5 và 2/9; tại thời điểm 8/5", ""),
            ("sơ đồ 4-4-2 giúp Vân Khê thắng", ""),
            ("thắng 2-0 ngày 6/1", "2-0"),
        ] {
            let told = scores(text).into_iter().map(|s| s.value.unwrap_or_else(|| "?".to_owned()));
            assert_eq!(told.collect::<Vec<_>>().join(", "), expect, "{text}");
        }
    }
}
