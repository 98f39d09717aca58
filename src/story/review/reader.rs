//! Reads the numbers of a text, each with the unit or noun behind it.
//!
//! Owns: numbers, scale words and units, lists, parts of a whole, estimates, times in prison. Refuses: parts of dates, times,
//! scores and names; numbers that count nothing known. Tests: at the foot.

use std::ops::Range;

use super::super::background;
use super::countable::{Around, Tables};
use super::figures::Figure;
use super::loose::{Counted, Hold};
use super::numerals::{is_numeral, lone, scaled, spelt, value};
use super::scores::{Told, scores};
use crate::article::{dates_in, stated};
use crate::text::{Token, TokenKind, spelling, tokens};

/// Words of a unit at most.
const LONGEST_UNIT: usize = 3;

/// The numbers of a text, in order.
pub(super) fn counted(text: &str, tables: &Tables) -> Vec<Counted> {
    // A day without a year is a date whatever the year; any reference will do to find it.
    let reference = stated("01/06/2000", 0).map(|f| f.date);
    let dates = dates_in(text, reference.as_ref()).into_iter().map(|d| d.range);
    let scores = scores(text).into_iter().filter(|s| s.told != Told::Open).map(|s| s.range);
    let apart: Vec<Range<usize>> = dates.chain(scores).collect();
    let reader = Reader { text, all: split(text, tables), tables };
    let mut out: Vec<Counted> = Vec::new();
    let mut next = 0;
    while next < reader.all.len() {
        let n = next;
        next += 1;
        let range = reader.all[n].range();
        if apart.iter().any(|d| d.start < range.end && range.start < d.end) {
            continue;
        }
        if let Some((found, last)) = reader.duration(n).or_else(|| reader.one(n)).or_else(|| reader.loose(n))
        {
            out.push(found);
            next = last + 1;
        }
    }
    out
}

/// Tokens, a number and the measure that is written onto it (`200m`) apart.
fn split(text: &str, tables: &Tables) -> Vec<Token> {
    let apart = |token: Token| {
        let written = &text[token.range()];
        let digits = written.trim_end_matches(char::is_alphabetic).len();
        let unit = &written[digits..];
        let main = tables.units.get(&spelling(unit));
        // `3G`
        let is_measure = main.is_some_and(|main| main == unit || unit.chars().all(char::is_lowercase));
        // `19g` is a time of day as `19h` is.
        let hours = tables.around.clock.contains(&spelling(unit));
        let is_hour = hours && written[..digits].parse::<u8>().is_ok_and(|hour| hour <= 24);
        if token.kind != TokenKind::Number || digits == 0 || !is_measure || is_hour {
            return vec![token];
        }
        let at = token.start + digits as u32;
        let word = Token { kind: TokenKind::Word, start: at, end: token.end };
        vec![Token { end: at, ..token }, word]
    };
    tokens(text).into_iter().flat_map(apart).collect()
}

/// Reads the numbers of one part of a text.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub all: Vec<Token>,
    pub tables: &'a Tables,
}

impl Reader<'_> {
    /// The number that begins at a token, and its last token.
    fn one(&self, n: usize) -> Option<(Counted, usize)> {
        let found = self.estimate(n).or_else(|| self.single(n));
        let weak = found.is_none();
        let (ends, end) = found.or_else(|| self.lone(n))?;
        let (power, end) = self.scale(end);
        let ends = match self.decimal(n, power).filter(|_| ends.len() == 1) {
            Some(value) => vec![value],
            None => ends,
        };
        let others = || self.part_of(end).or_else(|| self.listed(n, end)).filter(|_| !weak);
        let (unit, last) = self.unit(end).or_else(others)?;
        let unit = self.in_prison(n, last, &unit).unwrap_or(unit);
        if self.is_clock(n, end, &unit) {
            return None;
        }
        let weak = weak || (power == 0 && self.is_both(n, &ends[0], &unit));
        let own = last > end && !self.is_number(end + 1, last);
        let start = self.all[n].range().start;
        let fate = self.fate(n, last, &unit).filter(|_| own);
        let end = fate.as_ref().and_then(|f| f.last).unwrap_or(if own { last } else { end });
        let range = start..self.all[end].range().end;
        let written = &self.text[range.clone()];
        // `380 of 412 households`: the unit belongs to the other number as well.
        let text = match &fate {
            Some(fate) if fate.last.is_none() => format!("{written} {}", fate.what),
            _ if own => written.to_owned(),
            _ => format!("{written} {unit}"),
        };
        let weak = weak && fate.is_none();
        if weak && self.is_other(last) {
            return None;
        }
        let unit = fate.map_or(unit.clone(), |f| format!("{unit} {}", f.what));
        let value = ends.iter().map(|digits| scaled(digits, power)).collect::<Vec<_>>().join("-");
        let hold = if weak { Hold::Weak } else { Hold::Own };
        Some((Counted { figure: Figure { value, unit, text, near: false }, range, hold }, end))
    }

    /// `một` or `năm` alone, which are an article and a year as well.
    fn lone(&self, n: usize) -> Option<(Vec<String>, usize)> {
        let value = lone(&self.word(n)?)?;
        let before = n.checked_sub(1).and_then(|at| self.word(at)).unwrap_or_default();
        let is_year = value == 5 && self.tables.around.years.contains(&before);
        (!is_year && !self.is_part(n)).then(|| (vec![value.to_string()], n))
    }

    /// `một lần nữa`, `một ngày nào`: no count.
    fn is_other(&self, last: usize) -> bool {
        self.next(last + 1).is_some_and(|w| self.tables.around.others.contains(&w))
    }

    /// A word or sign, in its one spelling.
    pub(super) fn word(&self, at: usize) -> Option<String> {
        self.all.get(at).map(|t| spelling(&self.text[t.range()]))
    }

    /// The same where it stands behind the token before it on one line.
    pub(super) fn next(&self, at: usize) -> Option<String> {
        let (before, token) = (self.all.get(at.checked_sub(1)?)?, self.all.get(at)?);
        let same = !self.text[before.range().end..token.range().start].contains(['\n', '\t']);
        let counted = token.kind == TokenKind::Word || matches!(&self.text[token.range()], "%" | "$");
        if same && counted { self.word(at) } else { None }
    }

    /// A written or spelt number that begins at a token: its digits, and its last token.
    pub(super) fn number(&self, n: usize) -> Option<(String, usize)> {
        let token = self.all.get(n)?;
        match token.kind {
            TokenKind::Number => Some((value(&self.text[token.range()])?, n)),
            TokenKind::Word => {
                let mut words: Vec<String> = Vec::new();
                while let Some(word) =
                    if words.is_empty() { self.word(n) } else { self.next(n + words.len()) }
                {
                    if !is_numeral(&word) {
                        break;
                    }
                    words.push(word);
                }
                let (value, taken) = spelt(&words)?;
                Some((value.to_string(), n + taken - 1))
            }
            TokenKind::Punct => None,
        }
    }

    /// Two who are spoken of all along: that they are two is no news.
    pub(super) fn is_both(&self, n: usize, digits: &str, unit: &str) -> bool {
        let spelt = self.all.get(n).is_some_and(|t| t.kind == TokenKind::Word);
        spelt && digits == "2" && self.tables.around.both.contains(&spelling(unit))
    }

    /// A number stands between two tokens.
    pub(super) fn is_number(&self, from: usize, to: usize) -> bool {
        (from..=to).any(|at| self.all.get(at).is_some_and(|t| t.kind == TokenKind::Number))
    }

    /// The power of ten of the scale words behind a token, and the last of them.
    pub(super) fn scale(&self, mut end: usize) -> (u32, usize) {
        let mut power = 0;
        while let Some(scale) = self.next(end + 1).and_then(|w| self.tables.scales.get(&w)) {
            power += scale;
            end += 1;
        }
        (power, end)
    }

    /// The unit or counted noun behind a token, in its main form, and its last token: the longest that is known. A known
    /// syllable that makes one word with the next is that word: half of one is no unit.
    pub(super) fn unit(&self, end: usize) -> Option<(String, usize)> {
        let words: Vec<String> = (1..=LONGEST_UNIT).map_while(|n| self.next(end + n)).collect();
        let Around { no_things, stops, .. } = &self.tables.around;
        // Behind a million no word is meant that only begins with a unit: `phạt 2 triệu đồng hành vi này`.
        let scaled = self.word(end).is_some_and(|w| self.tables.scales.contains_key(&w));
        let behind = format!("{} ", words.join(" "));
        if self.is_name(end + 1)
            || (!scaled && no_things.iter().any(|w| behind.starts_with(&format!("{w} "))))
        {
            return None;
        }
        let known = |n: &usize| self.tables.units.get(&words[..*n].join(" "));
        let taken = (1..=words.len()).rev().find(|n| known(n).is_some())?;
        // Nothing makes one word with `lần`; what `người` is made more of by the next word has an entry.
        let whole = known(&taken).is_some_and(|main| self.tables.around.whole.contains(main));
        if taken == 1
            && !whole
            && let Some(second) = words.get(1)
            && is_word(self.text, &self.all, end + 1)
            && !stops.contains(second)
        {
            return Some((format!("{} {second}", words[0]), end + 2));
        }
        let (unit, last) = (known(&taken)?.clone(), end + taken);
        // `km/h`
        let sign = self.all.get(last + 1).is_some_and(|t| &self.text[t.range()] == "/");
        match self
            .word(last + 2)
            .filter(|_| sign && !self.text[self.all[last].range().end..].starts_with(' '))
        {
            Some(each) => {
                let written = format!("{unit}/{each}");
                Some((self.tables.units.get(&written).cloned().unwrap_or(written), last + 2))
            }
            None => Some((unit, last)),
        }
    }

    /// `Hội chợ của hai Nhà`: a noun with a capital behind a number in small words is a name's.
    fn is_name(&self, at: usize) -> bool {
        let small =
            |t: &Token| t.kind == TokenKind::Word && self.text[t.range()].starts_with(char::is_lowercase);
        let written = self.all.get(at).map_or("", |t| &self.text[t.range()]);
        let is_title = written.chars().skip(1).all(char::is_lowercase);
        let digit = |t: &Token| is_numeral(&spelling(&self.text[t.range()]));
        let before = at.checked_sub(1).and_then(|at| self.all.get(at)).is_some_and(|t| small(t) && digit(t));
        before && is_title && written.starts_with(char::is_uppercase) && written.chars().count() > 1
    }

    /// `380 of 412 households`: what the other number counts.
    fn part_of(&self, end: usize) -> Option<(String, usize)> {
        let mut at = end + 1;
        while self.next(at).is_some_and(|w| self.tables.around.part_of.contains(&w)) {
            at += 1;
        }
        let (_, number) = if at > end + 1 { self.number(at)? } else { return None };
        self.unit(self.scale(number).1)
    }

    /// `6 và 5 năm tù`: what the last number of a list counts. A number behind a noun tells which one it is.
    fn listed(&self, n: usize, end: usize) -> Option<(String, usize)> {
        let is_digits = |at: usize| self.all.get(at).is_some_and(|t| t.kind == TokenKind::Number);
        if !is_digits(n) || !is_digits(end + 2) || self.is_named(n) {
            return None;
        }
        let (_, number) = self.number(end + 2)?;
        let joint = self.word(end + 1)?;
        if joint == "," { self.listed(end + 2, number) } else { None }.or_else(|| {
            let joined = self.tables.around.and.contains(&joint) && !self.is_part(end + 2);
            if joined && self.scale(number).0 == 0 { self.unit(number) } else { None }
        })
    }

    /// A number behind a noun that is counted, unless that is half of another word: `đội 1`, but `lần lượt 7`.
    pub(super) fn is_named(&self, n: usize) -> bool {
        let is_unit = |word: &str| self.tables.units.contains_key(word);
        let noun = n.checked_sub(1).and_then(|at| self.word(at)).filter(|w| is_unit(w));
        let first = n.checked_sub(2).filter(|at| is_word(self.text, &self.all, *at));
        let whole = first.and_then(|at| self.word(at)).zip(noun.as_ref()).map(|(a, b)| format!("{a} {b}"));
        noun.is_some() && whole.is_none_or(|w| is_unit(&w))
    }

    /// A number that is no part of another thing.
    pub(super) fn single(&self, n: usize) -> Option<(Vec<String>, usize)> {
        let (digits, end) = self.number(n)?;
        (!self.is_part(n)).then(|| (vec![digits], end))
    }

    /// `khoảng 400-900 người`, `khoảng 400 đến 900 người`: both ends of an estimate, and its last token.
    fn estimate(&self, n: usize) -> Option<(Vec<String>, usize)> {
        let Around { estimates, to, .. } = &self.tables.around;
        if !n.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|w| estimates.contains(&w)) {
            return None;
        }
        let written = &self.text[self.all.get(n)?.range()];
        let (from, upto, last) = if let Some((from, upto)) = written.split_once(['-', '–']) {
            (value(from)?, value(upto)?, n)
        } else {
            let (from, end) = self.number(n)?;
            let (upto, last) = self.number(end + 2)?;
            to.contains(&self.word(end + 1)?).then_some((from, upto, last))?
        };
        let (low, high): (f64, f64) = (from.parse().ok()?, upto.parse().ok()?);
        (low < high).then(|| (vec![from, upto], last))
    }

    /// `án 11 năm`: a time in prison, though nothing behind it says so.
    fn in_prison(&self, n: usize, last: usize, unit: &str) -> Option<String> {
        let Around { terms, spans, prison, .. } = &self.tables.around;
        let told = n.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|w| terms.contains(&w));
        let goes_on = self.word(last + 1).is_some_and(|w| spans.contains(&w));
        if told && !goes_on { prison.get(unit).cloned() } else { None }
    }

    /// A time of day, or what stands behind its hour: hours are a stretch of time only where a word says so.
    fn is_clock(&self, n: usize, end: usize, unit: &str) -> bool {
        let before = n.checked_sub(1).and_then(|at| self.word(at)).unwrap_or_default();
        if unit == self.tables.around.hour {
            let Around { stretches, stretch, .. } = &self.tables.around;
            let stretch = stretches.contains(&before) || self.next(end + 1).is_some_and(|w| w == *stretch);
            let behind = self.word(end + 2).unwrap_or_default();
            let goes_on = behind.starts_with(|c: char| c.is_ascii_digit())
                || self.tables.around.halves.contains(&behind);
            return !stretch || goes_on;
        }
        self.tables.around.clock.contains(&before)
    }

    /// A number that belongs to something else: a score (`3-2`), a code, a clock, a numbered thing (`điều 5`).
    pub(super) fn is_part(&self, n: usize) -> bool {
        let range = self.all[n].range();
        let beside =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '–' | '/' | ':') || c.is_alphanumeric());
        let mut back = self.text[..range.start].chars().rev();
        let first = back.next();
        // `(-7,8%)`: how much less what stands before it is.
        let sign = matches!(first, Some('-' | '–')) && back.next() == Some('(');
        // `200m` is two tokens.
        let glued =
            self.all.get(n + 1).is_some_and(|t| t.range().start == range.end && t.kind == TokenKind::Word);
        let behind = self.text[range.end..].chars().next().filter(|_| !glued);
        if (beside(first) && !sign) || beside(behind) {
            return true;
        }
        let before = |back: usize| n.checked_sub(back).and_then(|at| self.word(at)).unwrap_or_default();
        let Around { not_counts, counts, classes, .. } = &self.tables.around;
        let (last, two) = (before(1), format!("{} {}", before(2), before(1)));
        let unit = self.word(n + 1).unwrap_or_default();
        let measured = classes.get(&last).is_some_and(|units| units.contains(&unit));
        (not_counts.contains(&last) || not_counts.contains(&two)) && !counts.contains(&two) && !measured
    }
}

/// Whether a syllable and the next are one word (`cơ sở`).
pub(super) fn is_word(text: &str, all: &[Token], first: usize) -> bool {
    let (Some(one), Some(two)) = (all.get(first), all.get(first + 1)) else { return false };
    background::is_word_as_marked(&text[one.start as usize..two.end as usize])
}

#[cfg(test)]
mod tests {
    use super::super::countable::tables;
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        let tables = tables().expect("the words can be read");
        for (text, expect) in [
            ("10.000 quân", "10000 quân"),
            ("10,000 quân", "10000 quân"),
            ("10 nghìn quân", "10000 quân"),
            ("hơn 2,5 triệu người", "2500000 người"),
            ("2.5 million people", "2500000 người"),
            ("tăng 6,70 %", "6.7 %"),
            ("tăng 6.7% so với", "6.7 %"),
            ("0,5 phần trăm", "0.5 %"),
            ("752.370 tỷ đồng", "752370000000000 đồng"),
            ("31 hộ và 31 households", "31 hộ, 31 hộ"),
            ("ngày 30/11, lúc 14:37, tỷ số 3-2, U21, điều 5, năm 2013, 12 tháng 7", ""),
            ("mở 12 cơ sở mới", "12 cơ sở"),
            ("ghi 3 bàn trong hiệp hai", "3 bàn"),
            ("sửa 14 phòng học", "14 phòng học"),
            ("81,764 triệu đồng; 1,250 tỷ đồng", "81764000 đồng, 1250000000000 đồng"),
            ("hạng 56 kg nam, hạng 3; giá 19,99$/năm", "56 kg, 19.99 USD/năm"),
            ("giảm 63 tỷ đồng (-7,8%), từ 4-5%, lúc -2 độ", "63000000000 đồng, 7.8 %"),
            ("chỉ 4,5%... Năm nay, 1.730 người dân và 40 civilians", "4.5 %, 1730 người, 40 người"),
            ("48 đội tuyển, 12 đội mạnh", "48 đội, 12 đội"),
            ("có 380 trong 500 người", "380 người, 500 người"),
            ("some 40 of the 90 victims", "40 nạn nhân, 90 nạn nhân"),
            ("một trăm", ""),
            ("bắt 380 trong số đó; tăng 2 triệu so với trước", ""),
            ("arrested 380 of them, 31 households", "31 hộ"),
            // What counts nothing known says nothing; nor does a time of day, a bare year, half a word.
            ("từ 4,8 lên 5,3% năm 2014", "5.3 %"),
            ("năm 2014 rất khó", ""),
            ("lúc 8 giờ sáng, tới 1 giờ 30 và 1 giờ 12 phút", ""),
            ("chờ suốt 8 giờ, đi trong 12 phút", "8 giờ, 12 phút"),
            ("4 giám khảo và 3 nhà máy", "4 giám khảo, 3 nhà máy"),
            // Spelt out.
            ("Bốn trăm hộ rời bến", "400 hộ"),
            ("chừng hai mươi phút, hai mươi lăm người", "20 phút, 25 người"),
            ("một nghìn hai trăm người, ba mươi mốt hộ, hai triệu đồng", "1200 người, 31 hộ, 2000000 đồng"),
            ("chạy 120 km/h rồi 120 km/giờ", "120 km/h, 120 km/h"),
            // A list counts one thing; what is numbered is not counted.
            ("lĩnh 6 và 5 năm tù", "6 năm tù, 5 năm tù"),
            ("lĩnh lần lượt 7, 6 và 5 năm tù giam", "7 năm tù, 6 năm tù, 5 năm tù"),
            (
                "Án 11 năm cho ông, lĩnh 3 năm; vụ án 5 năm trước, bến mở 7 năm",
                "11 năm tù, 3 năm tù, 5 năm, 7 năm",
            ),
            ("đội 1 và 2 cầu thủ; tháng 6 và 5 năm tù", "2 cầu thủ, 5 năm tù"),
            ("khoảng 400-900 người, chừng 2 đến 3 triệu đồng", "400-900 người, 2000000-3000000 đồng"),
            ("tăng 4-5%, thắng 3-2, khoảng 9-4 người", ""),
            ("chừng 2.000 cổ động viên", "2000 cổ động viên"),
            // Two that are spoken of all along are no count.
            ("hai nước và cả hai bên, two sides; 2 nước, ba nước, hai xã", "2 nước, 3 nước, 2 xã"),
            // Whoever "nhà" makes of what they do is no house.
            (
                "hai nhà lãnh đạo, 5 nhà lãnh đạo; 3 nhà hoạt động, 12 nhà bị ngập",
                "5 nhà lãnh đạo, 3 nhà hoạt động, 12 nhà",
            ),
            ("một trong hai phi công, ghi 2 điểm quan trọng", "2 phi công, 2 điểm"),
            ("mười năm trước, năm người, hàng trăm hộ, thứ ba nhà báo", "10 năm"),
        ] {
            let strong = counted(text, tables).into_iter().filter(|c| c.hold == Hold::Own).map(|c| c.figure);
            let found: Vec<String> = strong.map(|f| format!("{} {}", f.value, f.unit)).collect();
            assert_eq!(found.join(", "), expect, "{text}");
        }
    }

    #[test]
    fn ranges_hold_number_and_unit() {
        let tables = tables().expect("the words can be read");
        let text = "Có 2,5 triệu người đến.";
        let Counted { figure, range, .. } = counted(text, tables).remove(0);
        assert_eq!(&text[range], "2,5 triệu người");
        assert_eq!(figure.text, "2,5 triệu người");
    }
}
