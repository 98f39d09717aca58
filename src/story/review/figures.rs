//! Numbers with what they count, however they are written: `10.000 quân`, `10 nghìn quân`, `31 households`.
//!
//! Owns: which numbers of the texts are one row. `reader` reads them, `countable` has the words, `scores` those of matches.
//! Refuses: numbers inside names; to convert units. Tests: at the foot.

use std::collections::BTreeSet;

use super::apart::{Kind, Words, is_by_chance, told_apart};
use super::countable::{Tables, tables};
use super::loose::{Counted, Hold};
use super::reader::counted;
use super::scores::{Told, scores};
use super::table::Found;
use super::{Piece, Place};
use crate::text::spelling;

/// A number and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The value as decimal digits, `.` before the fraction, no zeros at its end: `10000`, `2.5`; both ends of an estimate
    /// with `-` between them.
    pub value: String,
    /// The unit in its main form: the word behind the number, or `%`; empty where none follows.
    pub unit: String,
    /// As it is first written.
    pub text: String,
    /// Another column has nearly the same number of the same.
    pub near: bool,
}

type Key = (String, String);

impl Figure {
    fn key(&self) -> Key {
        (self.value.clone(), self.unit.clone())
    }
}

/// What the texts have, by value and unit: numbers, and what may be one where another text has it.
struct Numbers {
    found: Found<Key, Figure>,
    /// Numbers of no row of their own, until all texts are read.
    others: Vec<(Hold, Figure, Place)>,
}

impl Numbers {
    fn new() -> Self {
        Self { found: Found::new(), others: Vec::new() }
    }

    fn add(&mut self, Counted { figure, range, hold }: Counted, piece: usize) {
        if hold == Hold::Own {
            self.found.add(figure.key(), figure, piece, range);
        } else {
            self.others.push((hold, figure, Place { piece, range }));
        }
    }

    /// Gives the numbers of no row of their own to rows; those of no table that two texts have are one.
    fn settle(&mut self, tables: &Tables) {
        let others = std::mem::take(&mut self.others);
        let mut shared: Found<Key, Figure> = Found::new();
        for (_, figure, place) in others.iter().filter(|o| o.0 == Hold::Shared) {
            shared.add(figure.key(), figure.clone(), place.piece, place.range.clone());
        }
        for (figure, places) in shared.done() {
            if places.iter().any(|p| p.piece != places[0].piece) && !self.found.has(&figure.key()) {
                self.found.open(figure.key(), figure);
            }
        }
        for (hold, figure, place) in others {
            if let Some(key) = self.row_of(hold, &figure, tables) {
                self.found.join(&key, place);
            }
        }
    }

    /// The row that a number without one of its own belongs to.
    fn row_of(&self, hold: Hold, figure: &Figure, tables: &Tables) -> Option<Key> {
        meanings(hold, figure, tables).into_iter().find(|key| self.found.has(key))
    }

    /// Rows, each with the places that have it in a longer unit, too.
    fn rows<'a>(mut self, text: &dyn Fn(usize) -> &'a str, tables: &Tables) -> Vec<(Figure, Vec<Place>)> {
        self.settle(tables);
        let is_person = |unit: &str| is_person(unit, tables);
        let is_thing = |unit: &str| tables.counted.contains(unit) || is_person(unit);
        let is_kind = |word: &str| tables.around.kinds.contains(&spelling(word));
        let is_small = |word: &str| tables.around.stops.contains(&spelling(word));
        let found = self.found.done().map(|(figure, mut places)| {
            places.sort_by_key(|p| (p.piece, p.range.start));
            (figure, places)
        });
        let kind: Kind<'_> = &|words| {
            let (first, rest) = words.split_first()?;
            is_kind(first).then(|| 1 + rest.iter().take_while(|w| !is_small(w)).count())
        };
        let rows = told_apart(
            reversed(found.collect(), tables),
            text,
            &Words { is_thing: &is_thing, is_person: &is_person, kind },
        );
        with_longer(rows, &|unit| tables.measures.contains(unit), tables)
    }
}

/// The rows that a number without one of its own may belong to, the likeliest first.
fn meanings(hold: Hold, figure: &Figure, tables: &Tables) -> Vec<Key> {
    if hold == Hold::Amount {
        let key = |unit: String| (figure.value.clone(), unit);
        let money = || tables.around.money.iter();
        return money().map(|m| format!("{m}{}", figure.unit)).chain(money().cloned()).map(key).collect();
    }
    let turned = turned(figure, tables).map(|value| (value, figure.unit.clone()));
    std::iter::once(figure.key()).chain(turned).collect()
}

/// A score as the other side tells it.
fn turned(figure: &Figure, tables: &Tables) -> Option<String> {
    let (a, b) = figure.value.split_once('-').filter(|_| figure.unit == tables.around.score)?;
    (a != b).then(|| format!("{b}-{a}"))
}

/// A set that one tells as `21-7` is what another tells as `7-21`; low scores meet by chance.
fn reversed(found: Vec<(Figure, Vec<Place>)>, tables: &Tables) -> Vec<(Figure, Vec<Place>)> {
    let mut out: Vec<(Figure, Vec<Place>)> = Vec::new();
    for (figure, places) in found {
        let high = |value: &String| value.split('-').any(|side| side.len() > 1);
        let other = turned(&figure, tables).filter(high);
        let same = |row: &&mut (Figure, Vec<Place>)| {
            row.0.unit == figure.unit && other.as_ref().is_some_and(|v| *v == row.0.value)
        };
        match out.iter_mut().find(same) {
            Some((_, all)) => {
                all.extend(places);
                all.sort_by_key(|p| (p.piece, p.range.start));
            }
            None => out.push((figure, places)),
        }
    }
    out
}

/// `10 tỉ đồng/người` are `10 tỉ đồng` as well: a text that has only the longer unit has the shorter one. Few people, and a
/// round number of whom something became, are so only where one text has both: two thousand who came are not the two thousand
/// who died. Where two texts have both and none has the shorter alone, that is no row.
fn with_longer(
    mut rows: Vec<(Figure, Vec<Place>)>,
    is_measure: &dyn Fn(&str) -> bool,
    tables: &Tables,
) -> Vec<(Figure, Vec<Place>)> {
    let own = rows.clone();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (n, (figure, places)) in rows.iter_mut().enumerate() {
        let had: BTreeSet<usize> = places.iter().map(|p| p.piece).collect();
        for (other, longer) in &own {
            let rest = other.unit.strip_prefix(&figure.unit).filter(|r| r.starts_with([' ', '/']));
            let Some(rest) = rest.filter(|_| other.value == figure.value && !is_measure(&other.unit)) else {
                continue;
            };
            if is_person(&figure.unit, tables) {
                let both: BTreeSet<usize> =
                    longer.iter().map(|p| p.piece).filter(|p| had.contains(p)).collect();
                let is_fate = tables.fates.fates.values().any(|fate| fate == rest.trim_start());
                if both.is_empty() && (is_by_chance(figure) || (is_fate && is_round(&figure.value))) {
                    continue;
                }
                if both.len() > 1 && both == had {
                    told.insert(n);
                }
            }
            places.extend(longer.iter().filter(|p| !had.contains(&p.piece)).cloned());
        }
        places.sort_by_key(|p| (p.piece, p.range.start));
    }
    let all = rows.into_iter().enumerate();
    all.filter(|(n, _)| !told.contains(n)).map(|(_, row)| row).collect()
}

/// `400`, `2000`: so round that two things have it.
fn is_round(value: &str) -> bool {
    value.trim_end_matches('0').len() < 2 && value.ends_with("00")
}

fn is_person(unit: &str, tables: &Tables) -> bool {
    tables.fates.whom.iter().any(|w| w == unit)
}

fn read(text: &str, tables: &Tables) -> Vec<Counted> {
    let scores = scores(text).into_iter().map(|score| {
        let unit = tables.around.score.clone();
        let text = format!("{unit} {}", &text[score.range.clone()]);
        let hold = match score.told {
            Told::Sure => Hold::Own,
            Told::Likely => Hold::Shared,
            Told::Share | Told::Open => Hold::Weak,
        };
        let figure = Figure { value: score.value, unit, text, near: false };
        Counted { figure, range: score.range, hold }
    });
    let mut all = counted(text, tables);
    all.extend(scores);
    all.sort_by_key(|c| c.range.start);
    all
}

/// The rows of bare texts.
#[cfg(test)]
pub(super) fn rows_of(texts: &[&str]) -> Vec<(Figure, Vec<Place>)> {
    let Some(tables) = tables() else { return Vec::new() };
    let mut numbers = Numbers::new();
    for (n, text) in texts.iter().enumerate() {
        for counted in read(text, tables) {
            numbers.add(counted, n);
        }
    }
    numbers.rows(&|n| texts[n], tables)
}

/// The numbers of all pieces.
pub(super) fn figures(pieces: &[Piece<'_>]) -> Vec<(Figure, Vec<Place>)> {
    let Some(tables) = tables() else { return Vec::new() };
    let mut numbers = Numbers::new();
    for (n, piece) in pieces.iter().enumerate() {
        for part in piece.counts() {
            for counted in read(&piece.plain.text[part.clone()], tables) {
                let range = part.start + counted.range.start..part.start + counted.range.end;
                if !is_in_name(piece, range.start) {
                    numbers.add(Counted { range, ..counted }, n);
                }
            }
        }
    }
    numbers.rows(&|piece| pieces[piece].plain.text.as_str(), tables)
}

/// A number that begins in a name.
fn is_in_name(piece: &Piece<'_>, at: usize) -> bool {
    let first = piece.names.mentions.partition_point(|m| (m.end as usize) <= at);
    let mention = piece.names.mentions.get(first).map(|m| m.start as usize..m.end as usize);
    mention.is_some_and(|m| m.start <= at && !piece.cuts_number(&m))
}

#[cfg(test)]
mod tests {
    use super::rows_of;

    #[test]
    fn a_row_is_blank_only_where_a_text_has_not_that_number() {
        let check = |texts: &[&str], expect: &[&str]| {
            let told: Vec<String> = rows_of(texts)
                .iter()
                .map(|(figure, places)| {
                    let mut pieces: Vec<String> = places.iter().map(|p| p.piece.to_string()).collect();
                    pieces.dedup();
                    format!("{}: {}", figure.text, pieces.join(" "))
                })
                .collect();
            assert_eq!(told, expect, "{texts:?}");
        };
        // What things do behind their noun makes no other thing.
        check(
            &[
                "Hai xe máy tông nhau.",
                "Cả hai xe máy hư hỏng.",
                "Có 2 xe máy lưu thông; hai xe máy trượt nhoài.",
            ],
            &["Hai xe máy: 0 1 2"],
        );
        check(
            &["Đội thắng hai trận đấu tiếp.", "Đội thắng 2 trận gặp Vân Khê.", "Sau 2 trận đấu"],
            &["hai trận đấu: 0 1 2"],
        );
        check(&["4 lượt đá", "4 lượt sút", "2 lần cản phá", "hai lần chạm"], &["4 lượt: 0 1", "2 lần: 2 3"]);
        // In digits or words.
        check(&["1 người chết", "Một người chết", "một người thiệt mạng"], &["1 người chết: 0 1 2"]);
        check(&["Sau 5 tháng", "Sau năm tháng", "mỗi năm tháng nào", "một đêm"], &["5 tháng: 0 1"]);
        check(&["Có 1 đêm nhạc.", "Một đêm nhạc.", "thêm một đêm nữa"], &["1 đêm: 0 1"]);
        check(&["Đi 2 nước", "hai nước"], &["2 nước: 0 1"]);
        // However the unit is written.
        check(
            &["khoảng 200m", "200 mét", "dài 2,5m", "gói 3G, lúc 19g, nặng 800g"],
            &["200m: 0 1", "2,5m: 2", "800g: 3"],
        );
        check(&["bay 17 giờ liền", "bay liên tục 17 giờ", "bay 17 tiếng"], &["17 giờ: 1 2"]);
        check(&["mạnh 26 độ C", "mạnh 26 độ"], &["26 độ C: 0 1"]);
        check(&["tổng số 48 đội", "48 đội", "trong vòng 18 ngày"], &["48 đội: 0 1", "18 ngày: 2"]);
        // A longer unit is the shorter one as well, unless it is a measure of its own.
        check(&["10 tỉ đồng", "10 tỉ đồng/người"], &["10 tỉ đồng: 0 1", "10 tỉ đồng/người: 1"]);
        check(&["49 người", "làm thiệt mạng 49 người"], &["49 người: 0 1", "49 người chết: 1"]);
        check(&["2.000 người đến", "2.000 người chết"], &["2.000 người: 0", "2.000 người chết: 1"]);
        check(
            &["49 người đi. Có 49 người chết.", "làm thiệt mạng 49 người", "49 người đi"],
            &["49 người: 0 1 2", "49 người chết: 0 1"],
        );
        let both = "Cả 49 người chết. Có 49 người đi.";
        check(&[both, both], &["49 người chết: 0 1"]);
        // A score, whoever tells it.
        check(&["Thắng 3-1.", "Vân Khê 1-3 Lạc Phong", "(3-1)"], &["tỷ số 3-1: 0 1 2"]);
        check(&["Thua 7-21.", "thắng 21-7", "Bến Mây 0-3 Vân Khê"], &["tỷ số 7-21: 0 1"]);
        check(&["Mở 12 năm.", "Lĩnh 12 năm tù."], &["12 năm: 0", "12 năm tù: 1"]);
    }

    #[test]
    fn what_counts_no_thing_is_no_number() {
        let check = |text: &str, expect: &str| {
            let told: Vec<String> = rows_of(&[text]).into_iter().map(|(f, _)| f.text).collect();
            assert_eq!(told.join(", "), expect, "{text}");
        };
        check("tới ngã 3 xã, ngã ba huyện, ngã tư đường", "");
        check("bình quân 2008 chỉ 90.000 tỉ, hai chỉ là một", "");
        check("Tháng 10 lần lượt, hội chợ của hai Nhà, 2 đồng thời", "");
        check("Hai người nảy, 5 người tung", "Hai người, 5 người");
        check("phạt 2 triệu đồng hành vi này, thêm 10 triệu Euro", "2 triệu đồng, 10 triệu Euro");
        check("thắng 3-1, bốn người xem", "tỷ số 3-1, bốn người xem");
    }
}
