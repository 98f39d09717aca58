//! How well a command fits what was typed in the palette.
//!
//! Owns: the order of ways to fit: whole words before beginnings of words, the start of a title before its midst, all of these
//! before letters that are only scattered in it. Refuses: what the commands are called. Tests: at the foot, and in
//! `tests/it/press/palette.rs`.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::folded;

/// A way to fit, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// It is what was typed.
    Same,
    /// It begins with the words.
    Begins,
    /// It begins with the words, the last of which may go on.
    BeginsOn,
    /// The words stand in it, one behind the other.
    Holds,
    /// The words stand in it, the last of which may go on.
    HoldsOn,
    /// Each word stands in it, or begins a word there.
    HoldsEach,
    /// The letters stand in it in one piece, blanks not counted.
    Piece,
    /// The letters stand in one of its words in this order, from the first on, or begin its words: `thm` in `theme`.
    InWord,
    /// The letters stand in it in this order.
    Scattered,
}

/// How well something fits: less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    way: Way,
    /// Words before the place where it fits.
    at: usize,
    /// Of letters that are scattered: how badly.
    far: u32,
    /// Words that it has, typed or not.
    length: usize,
}

impl Fit {
    /// The words that were typed stand there to their ends.
    fn is_whole(self) -> bool {
        matches!(self.way, Way::Same | Way::Begins | Way::Holds)
    }

    /// The order of commands. Half a word never means one that ends something before others that fit in the same way.
    pub fn order(self, ends: bool) -> impl Ord {
        (self.way, ends && !self.is_whole(), self)
    }

    /// More than a likeness: the words that were typed stand there.
    pub fn is_meant(self) -> bool {
        self.way < Way::InWord
    }

    /// Worth showing beside the best: behind what is meant no likeness, behind a likeness none that is much looser.
    pub fn is_near(self, best: Self) -> bool {
        self.is_meant() || (!best.is_meant() && u64::from(self.score()) * 4 >= u64::from(best.score()) * 3)
    }

    fn score(self) -> u32 {
        u32::MAX - self.far
    }
}

/// What was typed.
pub struct Typed {
    words: Vec<String>,
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Typed {
    /// Folded by our own rules, which know all Vietnamese letters.
    pub fn of(text: &str) -> Self {
        let folded = folded(text.trim());
        Self {
            words: words(&folded),
            pattern: Pattern::parse(&folded, CaseMatching::Ignore, Normalization::Never),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// The best of several names for one thing.
    pub fn fit(&mut self, names: &[&str]) -> Option<Fit> {
        names.iter().filter(|n| !n.is_empty()).filter_map(|n| self.fit_one(&folded(n))).min()
    }

    fn fit_one(&mut self, name: &str) -> Option<Fit> {
        let there = words(name);
        let length = there.len();
        if let Some((way, at)) = self.in_words(&there) {
            return Some(Fit { way, at, far: 0, length });
        }
        let score = self.pattern.score(Utf32Str::new(name, &mut self.buffer), &mut self.matcher)?;
        let within = self.in_one_word(&there);
        let (way, at) = within.map_or((Way::Scattered, 0), |at| (Way::InWord, at));
        Some(Fit { way, at, far: u32::MAX - score, length })
    }

    /// The word from whose first letter on the letters stand, or whose first letter is the first of those of several words.
    fn in_one_word(&self, there: &[String]) -> Option<usize> {
        let [typed] = self.words.as_slice() else { return None };
        let begins = |word: &str| word.chars().next() == typed.chars().next();
        let of_word = there.iter().position(|word| begins(word) && stands_in(typed, word.chars()));
        let first = |from: usize| there[from..].iter().filter_map(|word| word.chars().next());
        of_word.or_else(|| (0..there.len()).find(|n| begins(&there[*n]) && stands_in(typed, first(*n))))
    }

    fn in_words(&self, there: &[String]) -> Option<(Way, usize)> {
        let typed = &self.words;
        let (last, front) = typed.split_last()?;
        let stands = |at: usize, goes_on: bool| {
            let Some(here) = there.get(at..at + typed.len()) else { return false };
            let (end, begin) = (&here[front.len()], &here[..front.len()]);
            begin == front && if goes_on { end.starts_with(last.as_str()) } else { end == last }
        };
        if there == typed.as_slice() {
            return Some((Way::Same, 0));
        }
        for (goes_on, way) in [(false, Way::Begins), (true, Way::BeginsOn)] {
            if stands(0, goes_on) {
                return Some((way, 0));
            }
        }
        for (goes_on, way) in [(false, Way::Holds), (true, Way::HoldsOn)] {
            if let Some(at) = (1..there.len()).find(|at| stands(*at, goes_on)) {
                return Some((way, at));
            }
        }
        let begins = |word: &String| there.iter().position(|t| t.starts_with(word.as_str()));
        if let Some(places) = typed.iter().map(begins).collect::<Option<Vec<usize>>>() {
            return Some((Way::HoldsEach, places.into_iter().min().unwrap_or(0)));
        }
        let (squeezed, all) = (typed.concat(), there.concat());
        let apart = typed.iter().all(|w| all.contains(w.as_str()));
        (all.contains(&squeezed) || apart).then_some((Way::Piece, 0))
    }
}

/// Whether letters stand among others in their order.
fn stands_in(letters: &str, mut among: impl Iterator<Item = char>) -> bool {
    letters.chars().all(|letter| among.any(|c| c == letter))
}

/// The words of a folded text.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in the order in which they fit.
    fn ranked<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let mut typed = Typed::of(typed);
        let mut all: Vec<(Fit, &str)> = names.iter().filter_map(|n| Some((typed.fit(&[n])?, *n))).collect();
        all.sort();
        all.into_iter().map(|f| f.1).collect()
    }

    #[test]
    fn words_come_before_letters() {
        for (typed, names) in [
            ("tim", &["tìm", "tìm trong mọi bài", "bỏ lọc và bỏ tìm", "thời gian thấy mới"][..]),
            ("read", &["read", "read-all", "reads", "mark as read", "already", "rename and drop"]),
            ("trich dan", &["trích dẫn", "chép trích dẫn", "ai nói, trích dẫn", "trích một dẫn chứng"]),
            ("theme li", &["theme light", "switch theme, light or not"]),
        ] {
            let mut shuffled = names.to_vec();
            shuffled.reverse();
            assert_eq!(ranked(typed, &shuffled), names, "{typed}");
        }
    }

    #[test]
    fn half_a_word_means_nothing_that_ends() {
        for (typed, first) in [("th", "thu hẹp khung"), ("thoat", "thoát ngay"), ("thoa", "thoát ngay")] {
            let mut sought = Typed::of(typed);
            let fits = ["thoát ngay", "thu hẹp khung"].into_iter().zip([true, false]);
            let best = fits
                .filter_map(|(name, ends)| Some((sought.fit(&[name])?.order(ends), name)))
                .min_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(best.map(|b| b.1), Some(first), "{typed}");
        }
    }

    #[test]
    fn behind_what_is_meant_stands_no_likeness() {
        for (typed, names, expect) in [
            ("luu", &["lưu bài", "lọc theo cụm đuôi"][..], &["lưu bài"][..]),
            ("nnu", &["đổi ngôn ngữ", "ghi tên bạn vào cuốn sổ"], &["đổi ngôn ngữ"]),
        ] {
            let mut sought = Typed::of(typed);
            let fits: Vec<(Fit, &str)> = names.iter().filter_map(|n| Some((sought.fit(&[n])?, *n))).collect();
            assert_eq!(fits.len(), names.len(), "{typed}");
            let best = fits.iter().map(|f| f.0).min().expect("some");
            let near: Vec<&str> = fits.iter().filter(|f| f.0.is_near(best)).map(|f| f.1).collect();
            assert_eq!(near, expect, "{typed}");
        }
    }

    #[test]
    fn what_has_nothing_of_it_does_not_fit() {
        assert_eq!(ranked("zzz", &["tìm", "read"]), Vec::<&str>::new());
        // Letters of one word, or the first of several, before letters from anywhere.
        let names = ["theme dark", "switch-theme", "the home page", "other mention"];
        assert_eq!(ranked("thm", &names)[..2], names[..2]);
        assert_eq!(ranked("nis", &["on its", "next-in-story"])[0], "next-in-story");
        let (mut piece, mut scattered) = (Typed::of("ngonngu"), Typed::of("nnu"));
        assert!(piece.fit(&["đổi ngôn ngữ"]).is_some_and(Fit::is_meant));
        assert!(scattered.fit(&["đổi ngôn ngữ"]).is_some_and(|f| !f.is_meant()));
    }
}
