//! Lengths of time of two units: `2 giờ 32 phút`, `3 năm 6 tháng tù`.
//!
//! Owns: telling them from times of day. The words are data (`assets/story/units.toml`). Refuses: to reckon them as one unit:
//! outlets write the two. Tests: at the foot.

use super::countable::Around;
use super::figures::Figure;
use super::loose::{Counted, Hold};
use super::reader::Reader;

impl Reader<'_> {
    /// The length of time that begins at a token, and its last token. Its value is both numbers, `2:32`.
    pub(super) fn duration(&self, n: usize) -> Option<(Counted, usize)> {
        let Around { chain, prison, .. } = &self.tables.around;
        let size = |unit: &str| chain.iter().position(|c| c == unit);
        let (value, end) = self.number(n).filter(|_| !self.is_part(n))?;
        let (unit, last) = self.unit(end)?;
        let (more, end) = self.number(last + 1)?;
        let (smaller, end) = self.unit(end)?;
        let free = prison.iter().find(|(_, told)| **told == smaller).map(|(unit, _)| unit);
        let larger = size(&unit)? < size(free.unwrap_or(&smaller))?;
        if !larger || self.is_time_of_day(n, last, end, &unit) {
            return None;
        }
        let range = self.all[n].range().start..self.all[end].range().end;
        let told = if free.is_some() { prison.get(&unit)?.clone() } else { unit };
        let text = self.text[range.clone()].to_owned();
        let figure = Figure { value: format!("{value}:{more}"), unit: told, text, near: false };
        Some((Counted { figure, range, hold: Hold::Own }, end))
    }

    /// Hours and minutes are a time of day unless a word beside them says that they last.
    fn is_time_of_day(&self, n: usize, last: usize, end: usize, unit: &str) -> bool {
        let Around { hour, stretch, halves, lasting, lasted, clock, .. } = &self.tables.around;
        let before = n.checked_sub(1).and_then(|at| self.word(at)).unwrap_or_default();
        let behind = self.next(end + 1).unwrap_or_default();
        if unit != hour {
            return clock.contains(&before);
        }
        let two = format!("{behind} {}", self.next(end + 2).unwrap_or_default());
        let lasts = lasting.contains(&before) || lasted.contains(&behind) || lasted.contains(&two);
        let is_stretch = self.word(last).is_some_and(|w| w == *stretch);
        halves.contains(&behind) || !(lasts || is_stretch)
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::rows_of;

    #[test]
    fn two_units_are_one_length_of_time() {
        for (text, expect) in [
            ("Đò tới bến sau 2 giờ 32 phút.", "2:32 giờ"),
            ("Cuộc đua kéo dài 2 giờ 33 phút, rồi thêm 1 tiếng 5 phút", "2:33 giờ, 1:5 giờ"),
            ("Lúc 2 giờ 32 phút, đò tới. Khoảng 2 giờ 30 phút sáng, đò đi.", ""),
            ("2 giờ 32 phút bơi là quá lâu", "2:32 giờ"),
            ("Ông lĩnh 3 năm 6 tháng tù, bến mở 1 năm 3 tháng", "3:6 năm tù, 1:3 năm"),
            ("tháng 3 năm 6 tháng", "6 tháng"),
            ("9 phút 30 giây", "9:30 phút"),
        ] {
            let told: Vec<String> =
                rows_of(&[text]).iter().map(|(f, _)| format!("{} {}", f.value, f.unit)).collect();
            assert_eq!(told.join(", "), expect, "{text}");
        }
    }
}
