//! Who reported when, and the timeline of what the texts give a date to.
//!
//! Owns: reports with the gaps between them; dated sentences joined into events.
//! Refuses: days without a year where the piece itself has no date of its own: the file's time dates no event.

use std::ops::Range;

use super::super::quoted::quoted;
use super::super::syllables::{gram, syllables};
use super::scores::{Told as Score, scores};
use super::spans::{happened, is_numbered};
use super::table::{Cell, Cells, Found, Row};
use super::{Piece, Place};
use crate::article::{Basis, Dated, Found as Date, dates_in};
use crate::entity::EntityIx;
use crate::text::sentences;

/// Share of the shorter sentence's pairs from which two dated sentences tell of one event.
const SAME: f32 = 0.35;
/// The same, where they share two names.
const SAME_WITH_NAMES: f32 = 0.15;

/// When a piece came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which piece.
    pub piece: usize,
    /// When; `None` where the text does not say.
    pub published: Option<Dated>,
    /// Minutes since the report before; `None` for the first, and where a date is missing.
    pub gap: Option<i64>,
    /// Minutes since the first report; `None` where a date is missing.
    pub behind: Option<i64>,
}

/// Something that happened, or will, on a date that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When; its `evidence` are the words of the oldest piece that has it.
    pub date: Dated,
    /// The sentences that tell it, by column, the first to report it first; never empty.
    pub cells: Vec<Cell>,
}

/// The reports in the order of time; undated ones last.
pub(super) fn reports(pieces: &[Piece<'_>]) -> Vec<Report> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&n| pieces[n].published.map_or(i64::MAX, Dated::minutes));
    let mut last: Option<i64> = None;
    let first = order.first().and_then(|&n| pieces[n].published).map(Dated::minutes);
    order
        .into_iter()
        .map(|piece| {
            let published = pieces[piece].published;
            let minutes = published.map(Dated::minutes);
            let gap = minutes.zip(last).map(|(now, before)| now - before);
            last = minutes.or(last);
            let behind = minutes.zip(first).map(|(now, first)| now - first);
            Report { piece, published: published.cloned(), gap, behind }
        })
        .collect()
}

/// A sentence with a date.
struct Told {
    place: Place,
    pairs: Vec<u32>,
    names: Vec<EntityIx>,
}

impl Told {
    fn is(&self, other: &Self) -> bool {
        let shared = self.pairs.iter().filter(|p| other.pairs.binary_search(p).is_ok()).count();
        let share = shared as f32 / self.pairs.len().min(other.pairs.len()).max(1) as f32;
        let names = self.names.iter().filter(|n| other.names.binary_search(n).is_ok()).count();
        share >= SAME || (names >= 2 && share >= SAME_WITH_NAMES)
    }
}

/// Events and days of some pieces, the earliest first.
pub(super) fn timeline(cells: &Cells<'_>) -> (Vec<Event>, Vec<Row<Dated>>) {
    let mut days = Found::new();
    let mut events: Vec<(Dated, Vec<Told>)> = Vec::new();
    for (n, piece) in cells.pieces.iter().enumerate() {
        for part in piece.told() {
            dated(piece, n, &part, &mut |date, range, told| {
                days.add(date.iso(), date.clone(), n, range);
                let Some(told) = told else { return };
                let same =
                    events.iter_mut().find(|(other, all)| other.iso() == date.iso() && all[0].is(&told));
                match same {
                    Some((_, all)) if all.iter().any(|t| t.place == told.place) => {}
                    Some((_, all)) => all.push(told),
                    None => events.push((date, vec![told])),
                }
            });
        }
    }
    let event = |(date, told): (Dated, Vec<Told>)| Event {
        date,
        cells: cells.of(told.into_iter().map(|t| t.place).collect()),
    };
    let mut events: Vec<Event> = events.into_iter().map(event).collect();
    events.sort_by_key(|e| when(&e.date));
    let mut days: Vec<Row<Dated>> =
        days.done().map(|(what, places)| Row { what, cells: cells.of(places) }).collect();
    days.sort_by_key(|d| when(&d.what));
    (events, days)
}

/// The civil time, and coarse dates before fine ones.
fn when(date: &Dated) -> (jiff::civil::DateTime, crate::article::Precision) {
    (date.at, date.precision)
}

/// Hands on each date of a part with the place of its words, and with its sentence where that happened then.
fn dated(
    piece: &Piece<'_>,
    n: usize,
    part: &Range<usize>,
    take: &mut dyn FnMut(Dated, Range<usize>, Option<Told>),
) {
    let text = &piece.plain.text[part.clone()];
    // What rests on the file's time dates nothing.
    let reference = piece.published.filter(|d| d.basis != Basis::FileTime);
    let found = days_in(text, reference);
    if found.is_empty() {
        return;
    }
    let said = quoted(text);
    for sentence in sentences(text) {
        let within = |f: &&Date| sentence.start <= f.range.start && f.range.end <= sentence.end;
        let inside: Vec<&Date> = found.iter().filter(within).collect();
        let mut happened = happened(text, sentence.start, &inside, reference.map(|d| d.at.date()));
        happened.retain(|f| !is_said(f, &said));
        for date in inside {
            let range = part.start + sentence.start..part.start + sentence.end;
            let words = part.start + date.range.start..part.start + date.range.end;
            let is_event = happened.iter().any(|f| f.range == date.range);
            take(date.date.clone(), words, is_event.then(|| told(piece, n, range)));
        }
    }
}

/// The dates of a text that are no scores.
fn days_in(text: &str, reference: Option<&Dated>) -> Vec<Date> {
    let mut found = dates_in(text, reference);
    let mut scores = scores(text);
    scores.retain(|s| s.told != Score::Open);
    found.retain(|f| !scores.iter().any(|s| s.range.start < f.range.end && f.range.start < s.range.end));
    found
}

/// `today` in somebody's mouth is the day of speaking: what is said of it is no report of an event.
fn is_said(date: &Date, said: &[Range<usize>]) -> bool {
    !is_numbered(date) && said.iter().any(|s| s.contains(&date.range.start))
}

fn told(piece: &Piece<'_>, n: usize, range: Range<usize>) -> Told {
    let found = syllables(&piece.plain.text[range.clone()]);
    let mut pairs: Vec<u32> =
        found.windows(2).filter(|w| w[1].joined).map(|w| gram([w[0].folded, w[1].folded])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut names: Vec<EntityIx> = piece.names_in(&range).collect();
    names.sort_unstable();
    names.dedup();
    Told { place: Place { piece: n, range }, pairs, names }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::stated;

    #[test]
    fn a_score_is_no_day() {
        let reference = stated("14/09/2026 06:52", 1).expect("a date").date;
        for (text, expect) in [
            ("Mừng thắng ván đầu (6/1), rồi dẫn trước 13/10 rồi 14/12.", ""),
            ("Mừng hạ Sen 6/1 và 6/4; trận sau ngày 6/1.", "6/1"),
            ("Sáng 6/1, xã họp; hôm 8/5 xã họp lại, 6-1-2027 thì xong.", "6/1, 8/5, 6-1-2027"),
        ] {
            let found = days_in(text, Some(&reference));
            let told: Vec<&str> = found.iter().map(|f| &text[f.range.clone()]).collect();
            assert_eq!(told.join(", "), expect, "{text}");
        }
    }

    #[test]
    fn what_somebody_says_of_today_is_no_event() {
        let reference = stated("14/09/2026 06:52", 1).expect("a date").date;
        for (text, expect) in [
            ("\"Hôm nay nước đã rút hết khỏi bến rồi\", ông Mừng nói.", false),
            ("Ông Mừng nói: “Bến đò này đông khách. Từ hôm qua tôi phải chạy thêm chuyến đêm”.", false),
            ("\"Nước đã rút hết khỏi bến của chúng tôi\", ông Mừng nói hôm nay.", true),
            ("“Ngày 11/9 nước đã ngập hết bến của chúng tôi”, ông Mừng nói.", true),
        ] {
            let found = dates_in(text, Some(&reference));
            assert_eq!(!is_said(&found[0], &quoted(text)), expect, "{text}");
        }
    }
}
