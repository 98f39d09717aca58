//! Scores of matches: `tỷ số 3-1`, `thắng 6/1, 6/4`, which are no days and no fractions.
//!
//! Owns: telling them by the words beside them, by lists of pairs, by the names on both sides, and by what no day can be. The
//! words are data (`assets/story/scores.toml`). Refuses: a day that a word announces (`sáng 6/1`); estimates (`3-4 trận`); to
//! say of a bare pair what it is: another text may. Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::countable::tables;
use crate::text::spelling;

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

/// A larger number behind a slash is the whole that the other is a share of: `6/45`.
const MOST_IN_SHARE: u16 = 30;

/// A pair of numbers.
#[derive(Debug)]
pub(super) struct Score {
    pub range: Range<usize>,
    /// The two, `3-1`.
    pub value: String,
    pub told: Told,
}

/// How sure it is that a pair is a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Sure,
    /// It is no day.
    Likely,
    /// No day, and maybe a share of something: `thắng 1/3`.
    Share,
    /// It may be a day or anything else.
    Open,
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
    /// A noun that is counted stands behind it.
    counts: bool,
}

impl Pair {
    /// No day of a month, and no count: `19-18`, `0-3`.
    fn is_no_day(&self) -> bool {
        let [day, month] = self.sides;
        let share = self.slash && self.sides.iter().any(|&side| side > MOST_IN_SHARE);
        !self.counts && !share && (day == 0 || month == 0 || day > 31 || month > 12)
    }

    /// One side has no point: no day, no range and no share.
    fn has_none(&self) -> bool {
        !self.counts && !self.slash && self.sides.contains(&0)
    }

    /// `Vân Khê 2-1 Lạc Phong`
    fn is_between_names(&self, text: &str) -> bool {
        let name = |c: Option<char>| c.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let before =
            text[..self.range.start].strip_suffix([' ', ':']).map(|t| t.trim_end_matches([' ', ':']));
        let before = before.and_then(|t| t.split_whitespace().next_back());
        let behind = text[self.range.end..].strip_prefix(' ').and_then(|t| t.chars().next());
        !self.slash && name(before.and_then(|w| w.chars().next())) && behind.is_some_and(char::is_uppercase)
    }
}

/// The pairs of a text that may be scores, in order.
pub(super) fn scores(text: &str) -> Vec<Score> {
    let pairs = pairs(text);
    let mut lists = lists(text, &pairs);
    lists.retain(|list| list.iter().all(|p| p.beside != Beside::Other));
    let is_told = |list: &[Pair]| list.iter().any(|p| matches!(p.beside, Beside::Match | Beside::Score));
    let of_match = lists.iter().any(|list| list.iter().any(|p| p.beside == Beside::Score));
    let told = |list: &[Pair], pair: &Pair| {
        let many = list.len() > 1;
        if is_told(list) {
            let exact = many || list.iter().any(|p| p.beside == Beside::Score);
            let sure = exact || !pair.slash || pair.sides[0] > pair.sides[1];
            return if sure { Told::Sure } else { Told::Share };
        }
        if pair.is_between_names(text) {
            return Told::Likely;
        }
        // Beside others that are told a list goes on telling them.
        match pair.is_no_day() || many {
            true if of_match => Told::Sure,
            _ if pair.has_none() || (many && is_bracketed(text, list)) => Told::Likely,
            _ => Told::Open,
        }
    };
    let score = |list: &[Pair], pair: &Pair| {
        let value = format!("{}-{}", pair.sides[0], pair.sides[1]);
        Score { range: pair.range.clone(), value, told: told(list, pair) }
    };
    lists.iter().flat_map(|list| list.iter().map(|pair| score(list, pair))).collect()
}

/// Pairs with nothing but small words between them.
fn lists<'a>(text: &str, pairs: &'a [Pair]) -> Vec<&'a [Pair]> {
    let goes_on = |a: &Pair, b: &Pair| is_list(&text[a.range.end..b.range.start]);
    pairs.chunk_by(goes_on).collect()
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
        if goes_on || part || is_in_row(text, &whole.range()) || a >= MOST || b >= MOST {
            continue;
        }
        let beside = beside(text, &whole.range());
        let slash = c.get(2).is_some_and(|s| s.as_str() == "/");
        let counts = is_counted(&text[whole.end()..]);
        out.push(Pair { range: whole.range(), sides: [a, b], slash, beside, counts });
    }
    out
}

/// `13 - 22 - 29`: more numbers than two.
fn is_in_row(text: &str, range: &Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = text[..range.start].strip_suffix([' ']).and_then(|t| t.strip_suffix(['-', '–']));
    let behind = text[range.end..].strip_prefix([' ']).and_then(|t| t.strip_prefix(['-', '–']));
    digit(before.and_then(|t| t.trim_end().chars().next_back()))
        || digit(behind.and_then(|t| t.trim_start().chars().next()))
}

/// A noun or a unit that is counted begins a text.
fn is_counted(behind: &str) -> bool {
    let line = behind.split(['.', ';', ',', '\n', ')']).next().unwrap_or_default();
    let whole = |word: &str| spelling(word.split('/').next().unwrap_or_default());
    let words: Vec<String> = line.split_whitespace().take(2).map(whole).collect();
    let is_unit = |n: usize| tables().is_some_and(|t| t.units.contains_key(&words[..n].join(" ")));
    behind.starts_with(' ') && (1..=words.len()).any(is_unit)
}

/// What the words of its clause say of a pair.
fn beside(text: &str, range: &Range<usize>) -> Beside {
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty());
        all.map(str::to_lowercase).collect()
    };
    // `sau ba ván: 6/1`
    let head = text[..range.start].trim_end();
    let head = head.strip_suffix(':').unwrap_or(head);
    let clause = head.rfind(['.', ';', '!', '?', '\n', ':']).map_or(0, |at| at + 1);
    let before = words(&head[clause..]);
    let line = text[range.end..].split(['.', ';', ',', '\n', ')']).next().unwrap_or_default();
    let behind = words(line);
    let two = |n: usize| before.get(n..n + 2).map(|w| w.join(" ")).unwrap_or_default();
    let last = before.last().map_or("", String::as_str);
    let last_two = before.len().checked_sub(2).map(two).unwrap_or_default();
    let announced = WORDS.days.iter().any(|d| d == last || *d == last_two);
    // `2-0 ngày 6/1`
    let dated = behind.get(1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let is_noun = behind.first().is_some_and(|w| !dated && WORDS.counted.contains(w));
    if announced || is_noun || WORDS.feasts.iter().any(|f| *f == text[range.clone()]) {
        return Beside::Other;
    }
    let from = before.len().saturating_sub(BEFORE);
    let is_none = |n: usize| WORDS.unless.contains(&two(n)) || (n > 0 && WORDS.unless.contains(&two(n - 1)));
    let stands = |list: &[String]| {
        (from..before.len()).any(|n| !is_none(n) && (list.contains(&before[n]) || list.contains(&two(n))))
    };
    if stands(&WORDS.exact) {
        Beside::Score
    } else if WORDS.estimates.iter().any(|w| w == last) {
        Beside::Other
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
            ("Vân Khê vào chung kết (6-1, 6-4)", "6-1?, 6-4?"),
            ("thắng 1/3 số ghế", "1-3?"),
            ("ngày 6/1, sáng 6/1, 6-1-2014, hôm 8/5, tối 6-1", ""),
            ("thắng trận ngày 6/1; thua lỗ 4-5%, thắng 3-4 trận", ""),
            ("kỷ niệm chiến thắng 30/4", ""),
            ("nghỉ 30/4, 1/5 và 2/9; tại thời điểm 8/5", ""),
            ("sơ đồ 4-4-2 giúp Vân Khê thắng", ""),
            ("thắng 2-0 ngày 6/1", "2-0"),
            ("Mừng hạ Sen sau ba ván: 6/1, 3/6, 7/6", "6-1, 3-6, 7-6"),
            ("Mừng liên tục dẫn Sen từ 2/0, rồi 4/2", "2-0, 4-2"),
            ("Bến Mây 0 - 3 Vân Khê Bến Trắng 2-1 Lạc Phong", "0-3?, 2-1?"),
            ("Bến Mây – Vân Khê: 0-3", "0-3?"),
            ("tỷ số 14-14, 15-15, rồi Sen vượt lên 19-18", "14-14, 15-15, 19-18"),
            ("thắng giải nhờ 13 - 22 - 29 - 39, giải Đò 6/45, chuyến 45-50 người", ""),
            ("xả 50 - 70 m3/s, phiên giao dịch 12-12 giảm 36 điểm, độ tuổi 11-16", ""),
            ("trẻ 0-3 tuổi, 20-30 chiếc, hôm nay 25-10, 26-10", ""),
        ] {
            let told = scores(text).into_iter().filter(|s| s.told != Told::Open);
            let told = told.map(|s| if s.told == Told::Sure { s.value } else { format!("{}?", s.value) });
            assert_eq!(told.collect::<Vec<_>>().join(", "), expect, "{text}");
        }
    }
}
