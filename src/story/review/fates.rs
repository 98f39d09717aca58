//! What became of those who are counted: `49 người thiệt mạng`, `làm thiệt mạng 49 người`.
//!
//! Owns: which words tell it, whichever side of the number they stand on. The words are data (`assets/story/units.toml`).
//! Refuses: what else people do: `5 người đi qua` are five people. Tests: at the foot.

use super::reader::Reader;

/// Words between a number or its noun and what became of them, at most.
const BETWEEN: usize = 5;
/// Words of a fate at most.
const LONGEST: usize = 2;

/// What became of somebody.
pub(super) struct Fate {
    /// The main form.
    pub what: String,
    /// Its last token where it stands behind the noun.
    pub last: Option<usize>,
}

impl Reader<'_> {
    /// What became of the people that a number from token `n` to noun `last` counts.
    pub(super) fn fate(&self, n: usize, last: usize, unit: &str) -> Option<Fate> {
        let words = &self.tables.fates;
        words.whom.iter().any(|w| w == unit).then_some(())?;
        self.behind(last).or_else(|| self.before(n))
    }

    fn behind(&self, last: usize) -> Option<Fate> {
        let words = &self.tables.fates;
        for first in last + 1..=last + 1 + BETWEEN {
            for length in (1..=LONGEST).rev() {
                let all: Option<Vec<String>> = (first..first + length).map(|at| self.next(at)).collect();
                if let Some(what) = all.and_then(|all| words.fates.get(&all.join(" "))) {
                    return Some(Fate { what: what.clone(), last: Some(first + length - 1) });
                }
            }
            if !self.next(first).is_some_and(|w| words.behind.contains(&w)) {
                return None;
            }
        }
        None
    }

    fn before(&self, n: usize) -> Option<Fate> {
        let words = &self.tables.fates;
        let mut end = n;
        for _ in 0..=BETWEEN {
            for length in (1..=LONGEST).rev() {
                let first = end.checked_sub(length)?;
                let all: Option<Vec<String>> = (first..end).map(|at| self.word(at)).collect();
                if let Some(what) = all.and_then(|all| words.makers.get(&all.join(" "))) {
                    return Some(Fate { what: what.clone(), last: None });
                }
            }
            end =
                end.checked_sub(1).filter(|at| self.word(*at).is_some_and(|w| words.before.contains(&w)))?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::rows_of;

    #[test]
    fn what_became_of_people_makes_them_another_number() {
        let check = |text: &str, expect: &str| {
            let told: Vec<String> =
                rows_of(&[text]).iter().map(|(f, _)| format!("{} {}: {}", f.value, f.unit, f.text)).collect();
            assert_eq!(told.join(", "), expect, "{text}");
        };
        check("Có 49 người thiệt mạng.", "49 người chết: 49 người thiệt mạng");
        check("Vụ chìm đò làm thiệt mạng 49 người.", "49 người chết: 49 người chết");
        check("Vụ va chạm khiến 3 người thương vong.", "3 người thương vong: 3 người thương vong");
        check("Lũ khiến ít nhất 7 người bị thương.", "7 người bị thương: 7 người bị thương");
        check(
            "2 người khác đã bị thương, 3 người mất tích",
            "2 người bị thương: 2 người khác đã bị thương, 3 người mất tích: 3 người mất tích",
        );
        check("Số người chết lên tới 12 người", "12 người chết: 12 người chết");
        check("Một người chết, 4 người chạy thoát", "1 người chết: Một người chết, 4 người: 4 người");
        check(
            "Hai người còn lại may mắn chỉ bị thương nhẹ",
            "2 người bị thương: Hai người còn lại may mắn chỉ bị thương",
        );
        check("Hai người còn lại may mắn thoát chết", "2 người: Hai người");
        check("Có 5 người tung hoa, hai người nảy lên", "5 người: 5 người, 2 người: hai người");
        check("3 người chết, 20 người khác chạy", "3 người chết: 3 người chết, 20 người: 20 người");
        check(
            "Five reporters; killed 5 people, 6 people were injured",
            "5 người chết: 5 people chết, 6 người bị thương: 6 people were injured",
        );
    }
}
