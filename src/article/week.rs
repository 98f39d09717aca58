//! Which day a weekday means: of this week, the next or the last, or the nearest on one side.
//!
//! Owns: the words around it that say so (`assets/text/weekdays.toml`). Refuses: to know whether it is a weekday (see `weekday`).
//! Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// Words of its clause, before it and behind, in which a word of the future is looked for.
const BEFORE: usize = 10;
const BEHIND: usize = 5;

#[derive(Debug, Default, Deserialize)]
struct File {
    week: Words,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    behind: Weeks,
    before: Weeks,
    next: String,
    goes_on: Vec<String>,
    ahead: Vec<String>,
    told: Vec<String>,
    says: Vec<String>,
    opens: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Weeks {
    own: Vec<String>,
    following: Vec<String>,
    previous: Vec<String>,
    past: Vec<String>,
    coming: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../assets/text/weekdays.toml")).unwrap_or_default().week
});

/// What the words around a weekday say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Week {
    Own,
    Following,
    Previous,
    /// The last one before today.
    Past,
    /// The next one after today.
    Coming,
    /// Today or the next one.
    Ahead,
}

/// The day that the weekday in a range means in a text that was told on a day. News tells what has happened: where no word
/// says another thing, it is the last one.
pub(super) fn day_meant(text: &str, range: &Range<usize>, day: Weekday, told: Date) -> Option<Date> {
    let offset = |day: Weekday| i32::from(day.to_monday_zero_offset());
    let own = offset(day) - offset(told.weekday());
    let days = match week(text, range) {
        Some(Week::Own) => own,
        Some(Week::Following) => own + 7,
        Some(Week::Previous) => own - 7,
        Some(Week::Past) => -((-own - 1).rem_euclid(7) + 1),
        Some(Week::Coming) => (own - 1).rem_euclid(7) + 1,
        Some(Week::Ahead) => own.rem_euclid(7),
        None => -(-own).rem_euclid(7),
    };
    told.checked_add(days.days()).ok()
}

fn week(text: &str, range: &Range<usize>) -> Option<Week> {
    let behind = text[range.end..].chars().take(80).collect::<String>().to_lowercase();
    let before = text[..range.start].to_lowercase();
    let follows = |word: &String| {
        let rest = behind.trim_start().strip_prefix(word.as_str());
        rest.is_some_and(|r| !r.starts_with(char::is_alphanumeric))
    };
    let leads = |word: &String| {
        let rest = before.trim_end().strip_suffix(word.as_str());
        rest.is_some_and(|r| !r.ends_with(char::is_alphanumeric))
    };
    let said = WORDS.behind.find(&follows).or_else(|| WORDS.before.find(&leads));
    said.or_else(|| is_next(&behind).then_some(Week::Coming))
        .or_else(|| is_ahead(&before, &behind).then_some(Week::Ahead))
}

impl Weeks {
    fn find(&self, stands: &dyn Fn(&String) -> bool) -> Option<Week> {
        [
            (&self.own, Week::Own),
            (&self.following, Week::Following),
            (&self.previous, Week::Previous),
            (&self.past, Week::Past),
            (&self.coming, Week::Coming),
        ]
        .into_iter()
        .find(|(words, _)| words.iter().any(stands))
        .map(|found| found.1)
    }
}

/// `thứ sáu tới`: the coming one, where the word is not `to` or `came`.
fn is_next(behind: &str) -> bool {
    let Some(rest) = behind.trim_start().strip_prefix(WORDS.next.as_str()) else { return false };
    let word = rest.split_whitespace().next().unwrap_or_default();
    rest.trim().is_empty()
        || rest.starts_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace())
        || (rest.starts_with(char::is_whitespace)
            && WORDS.goes_on.iter().any(|w| w == word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// A word of the future belongs to the day: it stands before it in its clause, or behind it where the day opens the clause.
fn is_ahead(before: &str, behind: &str) -> bool {
    let ends = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let clause = before.rsplit(ends).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let told = |w: &&str| WORDS.told.iter().any(|t| t == w);
    if words.last().is_some_and(told) {
        return false;
    }
    let ahead = |w: &&str| WORDS.ahead.iter().any(|a| a == w);
    if words.iter().rev().take(BEFORE).any(ahead) {
        return true;
    }
    let opens = words.iter().all(|w| WORDS.opens.iter().any(|o| o == w));
    let rest = behind.trim_start_matches([',', ' ']);
    let mut next = rest.split(ends).next().unwrap_or_default().split_whitespace().take(BEHIND);
    let says = |w: &&str| WORDS.says.iter().any(|s| s == w);
    opens && next.find(|w| ahead(w) || says(w)).is_some_and(|w| ahead(&w))
}

#[cfg(test)]
mod tests {
    use super::super::dateline::stated;
    use super::super::dates::dates_in;

    #[test]
    fn a_weekday_is_of_the_week_that_is_told() {
        // A Wednesday.
        let reference = stated("18/11/2026 08:10", 1).expect("a date").date;
        for (text, expect) in [
            ("Vé đò được bán từ thứ sáu tuần này.", "2026-11-20"),
            ("Bến đóng cửa từ thứ hai tuần này.", "2026-11-16"),
            ("Chợ nổi họp chủ nhật này.", "2026-11-22"),
            ("Đò nghỉ thứ sáu tuần tới.", "2026-11-27"),
            ("Đò nghỉ vào thứ sáu tuần sau.", "2026-11-27"),
            ("Đò nghỉ từ thứ sáu tuần trước.", "2026-11-13"),
            ("Đò nghỉ từ thứ hai tuần trước.", "2026-11-09"),
            ("Đò nghỉ từ thứ hai tuần qua.", "2026-11-16"),
            ("Đò đắm hôm thứ tư vừa qua.", "2026-11-11"),
            ("Xã họp vào thứ hai tới.", "2026-11-23"),
            ("Đoàn đã từ thứ sáu tới Vân Khê dựng cầu.", "2026-11-13"),
            ("Đò đắm hôm thứ sáu.", "2026-11-13"),
            ("Xã sẽ họp vào thứ sáu.", "2026-11-20"),
            ("Sáng thứ sáu, xã sẽ họp.", "2026-11-20"),
            ("Thứ Sáu, ông Mừng nói sẽ bán đò.", "2026-11-13"),
            ("Xã sẽ kéo đò, ông Mừng nói hôm thứ sáu.", "2026-11-13"),
            ("The ferry sails this Friday.", "2026-11-20"),
            ("The ferry sails next Friday.", "2026-11-27"),
            ("The ferry sank last Friday.", "2026-11-13"),
            ("The ferry sank last Wednesday.", "2026-11-11"),
            ("The ferry sank on Friday.", "2026-11-13"),
            ("The council will meet on Friday.", "2026-11-20"),
            ("The ferry sank on Wednesday.", "2026-11-18"),
        ] {
            let found: Vec<String> = dates_in(text, Some(&reference)).iter().map(|f| f.date.iso()).collect();
            assert_eq!(found.join(", "), expect, "{text}");
        }
    }
}
