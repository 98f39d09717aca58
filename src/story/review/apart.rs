//! Numbers of one noun that count different things, and one thing that is told with a noun and a longer one.
//!
//! Owns: which places of a number are one row. `hai tàu vỏ gỗ` and `hai tàu hút bụng` are two, as a word for a kind stands behind
//! the noun; what things do behind it (`hai xe máy tông nhau`) makes no other; `11 năm tù` and the `11 năm` of its sentence are one. Refuses: to part large numbers, which are not the same by chance. Tests: at the foot.

use super::Place;
use super::figures::Figure;
use crate::text::sentences;

/// Numbers below this one meet by chance; seven accused are the same seven, whatever is told of them.
const BY_CHANCE: f64 = 10.0;
/// Words behind a noun that qualify it, at most; the same of a name.
const MOST: usize = 2;
const LONGEST_NAME: usize = 3;
/// Bytes from one number of a sentence to the end of another, at most.
const NEAR: usize = 300;

/// Letters from which a name with one letter wrong is still that name.
const LEAST_NAME: usize = 4;

type Told = (Figure, Vec<Place>);

/// How many of some words behind a noun tell of which kind it is, if they do.
pub(super) type Kind<'a> = &'a dyn Fn(&[&str]) -> Option<usize>;

/// What is known of units and of the words behind them.
pub(super) struct Words<'a> {
    /// A noun that is counted, no measure.
    pub is_thing: &'a dyn Fn(&str) -> bool,
    /// One behind which a name tells whence they are: `5 người Lam Giang`.
    pub is_person: &'a dyn Fn(&str) -> bool,
    pub kind: Kind<'a>,
}

/// Rows of numbers, parted and joined. `text` is that of a piece.
pub(super) fn told_apart<'a>(
    found: Vec<Told>,
    text: &dyn Fn(usize) -> &'a str,
    words: &Words<'_>,
) -> Vec<Told> {
    let found = joined(found, text);
    let mut out = Vec::new();
    for told in found {
        if is_by_chance(&told.0) && (words.is_thing)(&told.0.unit) {
            let named = (words.is_person)(&told.0.unit);
            out.extend(parted(told, &|place| qualifier(text(place.piece), place, words.kind, named)));
        } else {
            out.push(told);
        }
    }
    out
}

/// A number that two things have by chance.
pub(super) fn is_by_chance(figure: &Figure) -> bool {
    figure.value.parse::<f64>().is_ok_and(|value| value < BY_CHANCE)
}

/// What is said with a longer noun in the same sentence goes there.
fn joined<'a>(mut found: Vec<Told>, text: &dyn Fn(usize) -> &'a str) -> Vec<Told> {
    for n in 0..found.len() {
        let (value, longer) = (found[n].0.value.clone(), format!("{} ", found[n].0.unit));
        let is_longer = |(figure, _): &Told| figure.value == value && figure.unit.starts_with(&longer);
        let Some(to) = found.iter().position(is_longer) else { continue };
        let beside =
            |place: &Place| found[to].1.iter().any(|other| is_beside(text(place.piece), place, other));
        let (moved, rest): (Vec<Place>, Vec<Place>) = found[n].1.iter().cloned().partition(beside);
        found[n].1 = rest;
        found[to].1.extend(moved);
        found[to].1.sort_by_key(|p| (p.piece, p.range.start));
    }
    found.retain(|told| !told.1.is_empty());
    found
}

/// Two places stand in one sentence.
fn is_beside(text: &str, a: &Place, b: &Place) -> bool {
    let both = a.range.start.min(b.range.start)..a.range.end.max(b.range.end);
    let both = text.get(both).filter(|t| a.piece == b.piece && t.len() <= NEAR);
    both.is_some_and(|text| sentences(text).len() <= 1)
}

/// A row for each qualifier, where there are two or more; what has none stands with the one of its own piece.
fn parted((figure, places): Told, qualifier: &dyn Fn(&Place) -> Option<String>) -> Vec<Told> {
    let mut groups: Vec<(Option<String>, Vec<Place>)> = Vec::new();
    let mut bare: Vec<Place> = Vec::new();
    for place in &places {
        let Some(words) = qualifier(place) else {
            bare.push(place.clone());
            continue;
        };
        // A name may be misspelt.
        let is_like = |other: &str| words.len() > LEAST_NAME && strsim::osa_distance(other, &words) <= 1;
        let same = |other: &str| other.starts_with(&words) || words.starts_with(other) || is_like(other);
        match groups.iter_mut().find(|g| g.0.as_deref().is_some_and(same)) {
            Some(group) => group.1.push(place.clone()),
            None => groups.push((Some(words), vec![place.clone()])),
        }
    }
    if groups.len() < 2 {
        return vec![(figure, places)];
    }
    let mut alone = Vec::new();
    for place in bare {
        let mut holders = groups.iter_mut().filter(|g| g.1.iter().any(|p| p.piece == place.piece));
        match (holders.next(), holders.next()) {
            (Some(group), None) => group.1.push(place),
            _ => alone.push(place),
        }
    }
    if !alone.is_empty() {
        groups.push((None, alone));
    }
    groups.sort_by_key(|g| g.1.first().map(|p| (p.piece, p.range.start)));
    let row = |(words, places): (Option<String>, Vec<Place>)| {
        let text = words.map_or_else(|| figure.text.clone(), |words| format!("{} {words}", figure.text));
        (Figure { text, ..figure.clone() }, places)
    };
    groups.into_iter().map(row).collect()
}

/// The words right behind a number and its noun that say which; of people their country or place does, too.
fn qualifier(text: &str, place: &Place, kind: Kind<'_>, named: bool) -> Option<String> {
    let written = text.get(place.range.clone())?;
    // The noun belongs to another number.
    if written.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = text[place.range.end..].split(|c: char| !c.is_alphanumeric() && c != ' ').next()?;
    let all: Vec<&str> = behind.split_whitespace().collect();
    let small = all.iter().take_while(|w| w.starts_with(char::is_lowercase)).take(MOST).count();
    let kind = kind(&all[..small]);
    let from = kind.unwrap_or(0);
    let names = all[from..].iter().take_while(|w| named && w.starts_with(char::is_uppercase));
    let taken = from + names.take(LONGEST_NAME).count();
    (taken > 0).then(|| all[..taken].join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::figures::rows_of;

    #[test]
    fn one_number_of_two_things_is_two_rows() {
        for (texts, expect) in [
            (
                &["Ông Chắt, chủ hai tàu vỏ gỗ, ngồi nghe.", "Xã giữ hai tàu hút bụng."][..],
                &["hai tàu vỏ gỗ: 0", "hai tàu hút bụng: 1"][..],
            ),
            (&["Xã giữ hai tàu hút bụng.", "Xã giữ hai tàu, rồi thả."], &["hai tàu: 0 1"]),
            (&["Xã giữ hai tàu hút.", "Xã giữ hai tàu hút bụng."], &["hai tàu: 0 1"]),
            (
                &["Chủ hai tàu gỗ. Hai tàu ấy nhỏ.", "Giữ hai tàu hút."],
                &["hai tàu gỗ: 0 0", "hai tàu hút: 1"],
            ),
            (
                &["Có 5 người gốc Việt.", "Có 5 người Lam Giang.", "5 người Lam Giagn"],
                &["5 người gốc Việt: 0", "5 người Lam Giang: 1 2"],
            ),
            (&["Bảy bị cáo hầu tòa.", "Bảy bị cáo kêu oan."], &["Bảy bị cáo: 0 1"]),
            (&["Có 412 hộ rời bến.", "Có 412 hộ ngập nhà."], &["412 hộ: 0 1"]),
            (&["Ông Mừng lĩnh 11 năm tù, nặng nhất là 11 năm."], &["11 năm tù: 0 0"]),
            (&["Ông Mừng lĩnh 11 năm tù. Bến mở đã 11 năm."], &["11 năm tù: 0", "11 năm: 0"]),
        ] {
            let told: Vec<String> = rows_of(texts)
                .iter()
                .map(|(figure, places)| {
                    let pieces: Vec<String> = places.iter().map(|p| p.piece.to_string()).collect();
                    format!("{}: {}", figure.text, pieces.join(" "))
                })
                .collect();
            assert_eq!(told, expect, "{texts:?}");
        }
    }
}
