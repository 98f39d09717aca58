//! Numbers with what they count, however they are written: `10.000 quân`, `10 nghìn quân`, `31 households`.
//!
//! Owns: which numbers of the texts are one row. `reader` reads them, `countable` has the words, `scores` those of matches.
//! Refuses: numbers inside names; to convert units. Tests: at the foot.

use super::apart::told_apart;
use super::countable::{Tables, tables};
use super::reader::{Counted, counted};
use super::scores::scores;
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

/// What the texts have, by value and unit: numbers, and what may be one where another text has it.
struct Numbers {
    found: Found<(String, String), Figure>,
    weak: Vec<((String, String), Place)>,
}

impl Numbers {
    fn add(&mut self, Counted { figure, range, weak }: Counted, piece: usize) {
        let key = (figure.value.clone(), figure.unit.clone());
        if weak {
            self.weak.push((key, Place { piece, range }));
        } else {
            self.found.add(key, figure, piece, range);
        }
    }

    /// Rows, each with the places that have it in a longer unit, too.
    fn rows<'a>(mut self, text: &dyn Fn(usize) -> &'a str, tables: &Tables) -> Vec<(Figure, Vec<Place>)> {
        for (key, place) in self.weak {
            self.found.join(&key, place);
        }
        let is_thing = |unit: &str| tables.counted.contains(unit);
        let is_kind = |word: &str| tables.around.kinds.contains(&spelling(word));
        let is_small = |word: &str| tables.around.stops.contains(&spelling(word));
        let found = self.found.done().map(|(figure, mut places)| {
            places.sort_by_key(|p| (p.piece, p.range.start));
            (figure, places)
        });
        let rows = told_apart(found.collect(), text, &is_thing, &|words| {
            let (first, rest) = words.split_first()?;
            is_kind(first).then(|| 1 + rest.iter().take_while(|w| !is_small(w)).count())
        });
        with_longer(rows, &|unit| tables.measures.contains(unit))
    }
}

/// `10 tỉ đồng/người` are `10 tỉ đồng` as well: a text that has only the longer unit has the shorter one.
fn with_longer(
    mut rows: Vec<(Figure, Vec<Place>)>,
    is_measure: &dyn Fn(&str) -> bool,
) -> Vec<(Figure, Vec<Place>)> {
    let own = rows.clone();
    for (figure, places) in &mut rows {
        let is_longer = |other: &Figure| {
            let rest = other.unit.strip_prefix(&figure.unit);
            other.value == figure.value
                && rest.is_some_and(|r| r.starts_with([' ', '/']))
                && !is_measure(&other.unit)
        };
        let longer = own.iter().filter(|(other, _)| is_longer(other)).flat_map(|(_, places)| places);
        let had: Vec<usize> = places.iter().map(|p| p.piece).collect();
        places.extend(longer.filter(|p| !had.contains(&p.piece)).cloned());
        places.sort_by_key(|p| (p.piece, p.range.start));
    }
    rows
}

fn read(text: &str, tables: &Tables) -> Vec<Counted> {
    let scores = scores(text).into_iter().filter_map(|score| {
        let figure = Figure {
            value: score.value?,
            unit: tables.around.score.clone(),
            text: String::new(),
            near: false,
        };
        let text = format!("{} {}", figure.unit, &text[score.range.clone()]);
        Some(Counted { figure: Figure { text, ..figure }, range: score.range, weak: false })
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
    let mut numbers = Numbers { found: Found::new(), weak: Vec::new() };
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
    let mut numbers = Numbers { found: Found::new(), weak: Vec::new() };
    for (n, piece) in pieces.iter().enumerate() {
        for part in piece.counts() {
            for counted in read(&piece.plain.text[part.clone()], tables) {
                let range = part.start + counted.range.start..part.start + counted.range.end;
                let named = piece.names.mentions.partition_point(|m| (m.end as usize) <= range.start);
                if piece.names.mentions.get(named).is_none_or(|m| (m.start as usize) > range.start) {
                    numbers.add(Counted { range, ..counted }, n);
                }
            }
        }
    }
    numbers.rows(&|piece| pieces[piece].plain.text.as_str(), tables)
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
