//! Numbers with what they count, however they are written: `10.000 quân`, `10 nghìn quân`, `31 households`.
//!
//! Owns: reading written numbers, scale words and units; the words are data (`assets/story/units.toml`).
//! Refuses: parts of dates, times, scores and names; numbers in words; to convert units.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::super::background;
use super::super::syllables::{gram, syllables};
use super::table::Found;
use super::{Piece, Place};
use crate::article::{Place as Part, dates_in, stated};
use crate::text::{Token, TokenKind, spelling, tokens};

/// A number and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The value as decimal digits, `.` before the fraction, no zeros at its end: `10000`, `2.5`.
    pub value: String,
    /// The unit in its main form: the word behind the number, or `%`; empty where none follows.
    pub unit: String,
    /// As it is first written.
    pub text: String,
}

#[derive(Debug, Deserialize)]
struct Words {
    scales: FxHashMap<String, u32>,
    units: FxHashMap<String, Vec<String>>,
    not_counts: Vec<String>,
    no_units: Vec<String>,
}

struct Tables {
    /// Powers of ten by word.
    scales: FxHashMap<String, u32>,
    /// Main form by word.
    units: FxHashMap<String, String>,
    /// Words before a number that is no count.
    not_counts: Vec<String>,
    /// Words behind a number that are no unit.
    no_units: Vec<String>,
}

fn read_tables() -> Option<Tables> {
    let words: Words = toml::from_str(include_str!("../../../assets/story/units.toml")).ok()?;
    let forms = words.units.into_iter().flat_map(|(main, forms)| {
        let main = main.clone();
        forms
            .into_iter()
            .chain([main.clone()])
            .map(move |form| (spelling(&form), main.clone()))
            .collect::<Vec<_>>()
    });
    Some(Tables {
        scales: words.scales.into_iter().map(|(word, power)| (spelling(&word), power)).collect(),
        units: forms.collect(),
        not_counts: words.not_counts.iter().map(|w| spelling(w)).collect(),
        no_units: words.no_units.iter().map(|w| spelling(w)).collect(),
    })
}

fn tables() -> Option<&'static Tables> {
    static READ: OnceLock<Option<Tables>> = OnceLock::new();
    READ.get_or_init(read_tables).as_ref()
}

/// The numbers of all pieces.
pub(super) fn figures(pieces: &[Piece<'_>]) -> Vec<(Figure, Vec<Place>)> {
    let Some(tables) = tables() else { return Vec::new() };
    let mut found = Found::new();
    for (n, piece) in pieces.iter().enumerate() {
        for part in piece.plain.parts.iter().filter(|p| !matches!(p.place, Part::Credit(_))) {
            let text = &piece.plain.text[part.range.clone()];
            for (figure, range) in in_text(text, tables) {
                let range = part.range.start + range.start..part.range.start + range.end;
                let named = piece.names.mentions.partition_point(|m| (m.end as usize) <= range.start);
                if piece.names.mentions.get(named).is_some_and(|m| (m.start as usize) <= range.start) {
                    continue;
                }
                found.add((figure.value.clone(), figure.unit.clone()), figure, n, range);
            }
        }
    }
    found.done().collect()
}

fn in_text(text: &str, tables: &Tables) -> Vec<(Figure, Range<usize>)> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    // A day without a year is a date whatever the year; any reference will do to find it.
    let reference = stated("01/06/2000", 0).map(|f| f.date);
    let dates = dates_in(text, reference.as_ref());
    let all = tokens(text);
    let mut out = Vec::new();
    for (n, token) in all.iter().enumerate() {
        let range = token.start as usize..token.end as usize;
        let dated = dates.iter().any(|d| d.range.start < range.end && range.start < d.range.end);
        if token.kind != TokenKind::Number || dated || is_part(text, &all, n, tables) {
            continue;
        }
        let Some(digits) = value(&text[range.clone()]) else { continue };
        let mut end = n;
        let mut power = 0;
        let word = |at: usize| all.get(at).map(|t| spelling(&text[t.start as usize..t.end as usize]));
        while let Some(scale) = word(end + 1).and_then(|w| tables.scales.get(&w)) {
            power += scale;
            end += 1;
        }
        let unit = unit(text, &all, &mut end, tables);
        let range = range.start..all[end].end as usize;
        let figure = Figure { value: scaled(&digits, power), unit, text: text[range.clone()].to_owned() };
        out.push((figure, range));
    }
    out
}

/// The unit behind a number: `%`, a known word of one or two syllables, or the next word.
fn unit(text: &str, all: &[Token], end: &mut usize, tables: &Tables) -> String {
    let word = |at: usize| {
        let token = all.get(at)?;
        let counted = token.kind == TokenKind::Word || &text[token.start as usize..token.end as usize] == "%";
        // The next cell or line counts nothing.
        let before = all.get(at.checked_sub(1)?)?.end as usize;
        let same = !text[before..token.start as usize].contains(['\n', '\t']);
        (counted && same).then(|| spelling(&text[token.start as usize..token.end as usize]))
    };
    let Some(one) = word(*end + 1).filter(|one| !tables.no_units.contains(one)) else { return String::new() };
    if let Some(two) = word(*end + 2).and_then(|next| tables.units.get(&format!("{one} {next}"))) {
        *end += 2;
        return two.clone();
    }
    *end += 1;
    if let Some(known) = tables.units.get(&one) {
        return known.clone();
    }
    match word(*end + 1).filter(|_| is_word(text, all, *end)) {
        Some(next) => {
            *end += 1;
            format!("{one} {next}")
        }
        None => one,
    }
}

/// Part of the articles with the rarer syllable of a pair that have the pair itself, from which the two are one word.
const ONE_WORD: f32 = 0.3;

/// Whether a syllable and the next are one word (`cơ sở`): half of one is no unit.
fn is_word(text: &str, all: &[Token], first: usize) -> bool {
    let (Some(one), Some(two)) = (all.get(first), all.get(first + 1)) else { return false };
    let found = syllables(&text[one.start as usize..two.end as usize]);
    let [a, b] = &found[..] else { return false };
    let rarer = background::syllables().share(a.marked).min(background::syllables().share(b.marked));
    b.joined && background::pairs().share(gram([a.folded, b.folded])) >= ONE_WORD * rarer
}

/// A number that belongs to something else: a score (`3-2`), a code, a clock, a numbered thing (`điều 5`).
fn is_part(text: &str, all: &[Token], n: usize, tables: &Tables) -> bool {
    let token = &all[n];
    let beside =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '–' | '/' | ':') || c.is_alphanumeric());
    if beside(text[..token.start as usize].chars().next_back())
        || beside(text[token.end as usize..].chars().next())
    {
        return true;
    }
    let before = n.checked_sub(1).map(|p| spelling(&text[all[p].start as usize..all[p].end as usize]));
    before.is_some_and(|b| tables.not_counts.contains(&b))
}

/// `10.000`, `10,000`, `6,7`, `2.5`: a group of three digits behind a point or comma is thousands.
fn value(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (last, head) = parts.split_last()?;
    let whole = |parts: &[&str]| parts.concat().trim_start_matches('0').to_owned();
    let grouped = |parts: &[&str]| parts.iter().skip(1).all(|p| p.len() == 3) && parts[0].len() <= 3;
    let digits = if head.is_empty() || (grouped(&parts) && *parts.first()? != "0") {
        whole(&parts)
    } else if grouped(head) {
        format!("{}.{}", if head == ["0"] { "0".to_owned() } else { whole(head) }, last.trim_end_matches('0'))
    } else {
        return None;
    };
    let digits = digits.trim_end_matches('.');
    Some(if digits.is_empty() { "0".to_owned() } else { digits.to_owned() })
}

/// A value times a power of ten, in digits.
fn scaled(value: &str, power: u32) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let power = power as usize;
    let mut digits = format!("{whole}{fraction}");
    let places = fraction.len();
    if places <= power {
        digits.extend(std::iter::repeat_n('0', power - places));
        let digits = digits.trim_start_matches('0');
        return if digits.is_empty() { "0".to_owned() } else { digits.to_owned() };
    }
    digits.insert(digits.len() - (places - power), '.');
    let trimmed = digits.trim_start_matches('0');
    if trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
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
            ("có 380 trong 500 người", "380 , 500 người"),
            ("some 40 of the 90 victims", "40 , 90 nạn nhân"),
            ("một trăm", ""),
            ("bắt 380 trong số đó; tăng 2 triệu so với trước", "380 , 2000000 "),
            ("arrested 380 of them, 31 households", "380 , 31 hộ"),
        ] {
            let found: Vec<String> =
                in_text(text, tables).iter().map(|(f, _)| format!("{} {}", f.value, f.unit)).collect();
            assert_eq!(found.join(", "), expect, "{text}");
        }
    }

    #[test]
    fn ranges_hold_number_and_unit() {
        let tables = tables().expect("the words can be read");
        let text = "Có 2,5 triệu người đến.";
        let (figure, range) = in_text(text, tables).remove(0);
        assert_eq!(&text[range], "2,5 triệu người");
        assert_eq!(figure.text, "2,5 triệu người");
    }
}
