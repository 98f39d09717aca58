//! Numbers that only another text explains: `200 nghìn` where others say `200.000 đồng`, and nouns that are in no table.
//!
//! Owns: what a number that was read is good for; which numbers without a known unit may be a row after all. Refuses: to make one of them a row where no other text has
//! the same. Tests: at the foot.

use std::ops::Range;

use super::figures::Figure;
use super::numerals::{decimal, scaled};
use super::reader::{Reader, is_word};
use crate::text::TokenKind;

/// Digits from which a number without a scale word may be an amount.
const LEAST: usize = 4;

/// A number that was read.
#[derive(Debug)]
pub(super) struct Counted {
    pub figure: Figure,
    pub range: Range<usize>,
    pub hold: Hold,
}

/// What a number is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// A row of its own.
    Own,
    /// It may be no count (`một người`, `hai nước`): it tells who else has a number, and is none of its own.
    Weak,
    /// What it counts is in no table: it is a row where another text has the same.
    Shared,
    /// It has no unit: money where another text says so.
    Amount,
}

impl Reader<'_> {
    /// The number without a known unit that begins at a token, and its last token.
    pub(super) fn loose(&self, n: usize) -> Option<(Counted, usize)> {
        let (mut ends, end) = self.single(n)?;
        let (power, end) = self.scale(end);
        let value = self.decimal(n, power).or_else(|| ends.pop())?;
        let (unit, last, hold) =
            self.age(n, end).or_else(|| self.amount(end, power, &value)).or_else(|| self.thing(n, end))?;
        if self.is_both(n, &value, &unit) {
            return None;
        }
        let range = self.all[n].range().start..self.all[last].range().end;
        let text = self.text[range.clone()].to_owned();
        let figure = Figure { value: scaled(&value, power), unit, text, near: false };
        Some((Counted { figure, range, hold }, last))
    }

    /// The value of a number with a comma before scale words.
    pub(super) fn decimal(&self, n: usize, power: u32) -> Option<String> {
        let is_digits = self.all.get(n).is_some_and(|t| t.kind == TokenKind::Number);
        let scale = (power > 0 && is_digits).then(|| self.word(n + 1)).flatten()?;
        if scale.is_ascii() { None } else { decimal(&self.text[self.all[n].range()]) }
    }

    /// `ở tuổi 81`
    fn age(&self, n: usize, end: usize) -> Option<(String, usize, Hold)> {
        let before = n.checked_sub(1).and_then(|at| self.word(at))?;
        (before == self.tables.around.age).then_some((before, end, Hold::Weak))
    }

    /// A large number behind which nothing is counted, or `/` and each of what.
    fn amount(&self, end: usize, power: u32, value: &str) -> Option<(String, usize, Hold)> {
        let large = power > 0 || value.len() >= LEAST;
        let behind = self.next(end + 1);
        let free = behind.is_none_or(|w| self.tables.around.stops.contains(&w));
        if !large || !free {
            return None;
        }
        let sign = self.word(end + 1).is_some_and(|w| w == "/");
        match self.word(end + 2).filter(|_| sign && power > 0) {
            Some(each) => Some((format!("/{each}"), end + 2, Hold::Amount)),
            // `năm 2014`, `1000/2000`
            None if sign || (power == 0 && !self.text[self.all[end].range()].contains(['.', ','])) => None,
            None => Some((String::new(), end, Hold::Amount)),
        }
    }

    /// Two syllables behind a number that are one word: `2 thủ môn`.
    fn thing(&self, n: usize, end: usize) -> Option<(String, usize, Hold)> {
        let around = &self.tables.around;
        let (first, second) = (self.next(end + 1)?, self.next(end + 2)?);
        let both = format!("{first} {second}");
        let small = |at: usize| self.text[self.all[at].range()].chars().all(char::is_lowercase);
        let is_stop = |w: &String| around.stops.contains(w) || around.to.contains(w);
        let known = self.tables.units.contains_key(&first) || around.no_things.contains(&both);
        if known || is_stop(&first) || is_stop(&second) || !small(end + 1) || !small(end + 2) {
            return None;
        }
        let whole = is_word(self.text, &self.all, end + 1);
        (whole && !self.is_named(n) && !self.follows_name(n)).then_some((both, end + 2, Hold::Shared))
    }

    /// `Bến Mây 2 ngừng bán vé`: a number of a name, with a word in capitals before it that begins no sentence.
    fn follows_name(&self, n: usize) -> bool {
        let Some(before) = n.checked_sub(1).and_then(|at| self.all.get(at)) else { return false };
        let written = &self.text[before.range()];
        let begins = n.checked_sub(2).and_then(|at| self.all.get(at)).is_none_or(|t| {
            t.kind == TokenKind::Punct || self.text[t.range().end..before.range().start].contains('\n')
        });
        !begins && written.starts_with(char::is_uppercase)
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::rows_of;

    #[test]
    fn what_no_table_knows_is_a_row_where_two_texts_have_it() {
        let check = |texts: &[&str], expect: &[&str]| {
            let told: Vec<String> = rows_of(texts)
                .iter()
                .map(|(figure, places)| {
                    let pieces: Vec<String> = places.iter().map(|p| p.piece.to_string()).collect();
                    format!("{}: {}", figure.text, pieces.join(" "))
                })
                .collect();
            assert_eq!(told, expect, "{texts:?}");
        };
        check(&["Xã mất 200 nghìn.", "Xã mất 200.000 đồng."], &["200.000 đồng: 0 1"]);
        check(&["Chi 90.000 tỷ/năm thì đủ.", "Chi 90.000 tỉ đồng/năm."], &["90.000 tỉ đồng/năm: 0 1"]);
        check(&["Xã mất 200 nghìn.", "Xã mất 200 nghìn ở bến."], &[]);
        check(
            &["Xã mất 200 nghìn.", "Có 200.000 người, 200.000 đồng."],
            &["200.000 người: 1", "200.000 đồng: 0 1"],
        );
        check(&["Gọi 2 gương mặt mới.", "Hai gương mặt ấy đến bến."], &["2 gương mặt: 0 1"]);
        check(&["Ông Mừng đã ở tuổi 81.", "Ông Mừng, 81 tuổi"], &["81 tuổi: 0 1"]);
        check(&["Ông Mừng đã ở tuổi 81."], &[]);
        check(&["Tình bạn của hai dân tộc.", "Sách của hai dân tộc."], &[]);
        check(&["Gọi 2 gương mặt mới."], &[]);
        check(&["Bến Đò Sao 2 gương mặt.", "Bến Đò Sao 2 gương mặt."], &[]);
    }
}
