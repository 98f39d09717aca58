//! Which line is the headline.
//!
//! Owns: the score of a line as headline: its words in the text, its place, its shape, what stands beside it. The outlet's own name on top
//! (see `masthead`) is none. Refuses: to give a text a headline it does not have. Tests: at the foot.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use super::cues::CueRole;
use super::label::Zone;
use super::roles::{Roles, mostly_small, words};

/// Score from which on a line is a headline.
const LEAST: f32 = 1.5;
/// Lines above the best line among which the headline may stand, and how much less it may score.
const REACH: usize = 10;
const NEARLY: f32 = 0.9;

static RATING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:(?:\d(?:[.,]\d)?|one|two|three|four|five) ?(?:stars? )?(?:out of|/|trên|of) ?(?:5|10|five|ten)\b(?: stars?)?\W*|[★☆✩✭⭐½]{2,}\W*)$").ok()
});

impl Roles<'_> {
    /// The headline: before the text, in its words, not furniture.
    pub(super) fn title(&self) -> Option<usize> {
        let vocabulary = self.vocabulary();
        let scores: Vec<f32> =
            (0..self.body.start.min(self.lines.len())).map(|n| self.title_score(n, &vocabulary)).collect();
        let best = (0..scores.len()).filter(|n| scores[*n] >= LEAST).max_by(|a, b| {
            // Of two that score the same the first is meant.
            scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))
        });
        if let Some(n) = best {
            return Some(self.above(n, &scores));
        }
        // In words of its own, above a summary, a date or a name.
        let above = (0..scores.len()).filter(|n| scores[*n] > 0.0 && self.heads(*n));
        if let Some(n) = above.max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))) {
            return Some(n);
        }
        // Above a text that begins at once there is nothing else.
        if (1..=3).contains(&self.body.start) && self.could_be_short(0) {
            return Some(0);
        }
        // The text's first line may be the headline.
        let (n, f) = (self.body.start, self.facts.get(self.body.start)?);
        let follows = self.body.clone().skip(1).any(|m| self.zones[m] == Zone::Body);
        let headline =
            (3..=30).contains(&f.words) && !f.stop && f.cues.none() && self.lines[n].bullet.is_none();
        (headline && follows).then_some(n)
    }

    /// What stands under a headline (a summary, the words under a picture, a name) shares the text's words as well: a line above it that does
    /// nearly as well is the headline.
    fn above(&self, n: usize, scores: &[f32]) -> usize {
        let mut near = n.saturating_sub(REACH)..n;
        let shaped = |m: &usize| self.lines[*m].bullet.is_none() && self.facts[*m].words >= 4;
        // The same words again are a breadcrumb or the page's title.
        let other = |m: &usize| {
            let (above, here) = (&self.facts[*m], &self.facts[n]);
            above.key != here.key && !self.lines[*m].text.contains(&self.lines[n].text)
        };
        near.find(|m| scores[*m] + NEARLY >= scores[n] && scores[*m] >= LEAST && shaped(m) && other(m))
            .unwrap_or(n)
    }

    /// The line below is a date, a name, or running text that is not the text yet.
    fn heads(&self, n: usize) -> bool {
        let Some(f) = self.facts.get(n + 1).filter(|_| self.facts[n].words >= 4 && self.could_be_short(n))
        else {
            return false;
        };
        let summary = f.words >= 7 && f.cues.none() && mostly_small(&self.lines[n + 1].text);
        f.cues.sure(CueRole::Date) || f.cues.sure(CueRole::Byline) || summary && n + 1 < self.body.start
    }

    /// Words alone, that nothing speaks against: too few to be found again in the text.
    fn could_be_short(&self, n: usize) -> bool {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        (1..=30).contains(&f.words)
            && !line.text.ends_with(['.', '…'])
            && f.cues.none()
            && line.bullet.is_none()
            && line.columns.is_empty()
            && !self.masthead.is(n, &line.text)
    }

    fn vocabulary(&self) -> FxHashSet<String> {
        let body =
            self.body.clone().filter(|n| self.zones[*n] == Zone::Body && self.facts[*n].words >= 8).take(6);
        body.flat_map(|n| words(&self.lines[n].text).map(singular).take(200)).collect()
    }

    fn is_rating(&self, n: usize) -> bool {
        self.lines.get(n).is_some_and(|line| RATING.as_ref().is_some_and(|r| r.is_match(line.text.trim())))
    }

    fn title_score(&self, n: usize, vocabulary: &FxHashSet<String>) -> f32 {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        let no = [
            CueRole::Boilerplate,
            CueRole::Share,
            CueRole::Form,
            CueRole::Link,
            CueRole::Comment,
            CueRole::Keywords,
            CueRole::Byline,
            CueRole::Slug,
            CueRole::End,
        ];
        if !(2..=45).contains(&f.words)
            || line.text.len() > 300
            || no.iter().any(|r| f.cues.sure(*r))
            || self.is_date(n)
            || self.is_rating(n)
            || self.is_caption(n) && f.cues.sure(CueRole::Caption)
            || self.masthead.is(n, &line.text)
        {
            return 0.0;
        }
        let own: Vec<String> = words(&line.text).map(singular).collect();
        let shared = own.iter().filter(|w| vocabulary.contains(*w)).count() as f32 / own.len().max(1) as f32;
        let distance = (self.body.start - n) as f32;
        let dated = |m: Option<usize>| {
            m.and_then(|m| self.facts.get(m))
                .is_some_and(|f| f.cues.sure(CueRole::Date) || f.cues.sure(CueRole::Byline))
        };
        let mut score = shared * 3.0 - 0.12 * distance.min(25.0);
        score += if (5..=24).contains(&f.words) {
            1.0
        } else if f.words < 4 {
            -1.2
        } else {
            0.0
        };
        score += if f.repeated || f.repeats { 0.6 } else { 0.0 };
        score += if n == 0 && self.body.start <= 8 { 2.0 } else { 0.0 };
        score += if (n.saturating_sub(2)..n + 4).any(|m| m != n && dated(Some(m))) { 0.5 } else { 0.0 };
        score += if dated(Some(n + 1)) { 0.4 } else { 0.0 };
        // Under the headline of a review stands how many stars it gives.
        score += if self.is_rating(n + 1) { 2.0 } else { 0.0 };
        score -= if line.bullet.is_some() { 1.5 } else { 0.0 };
        score -= if f.stop && !line.text.ends_with(['?', '!']) { 1.0 } else { 0.0 };
        // A trail of sections; the number of a part, an hour.
        let trail = line.text.contains(" > ") || line.text.contains(" » ");
        let behind = line.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = behind.len() < line.text.len() && behind.starts_with([':', '.', 'h', 'g', ')']);
        score -= if trail || numbered { 1.5 } else { 0.0 };
        score - if line.text.contains(" | ") { 0.5 } else { 0.0 }
    }
}

/// An English word without the ending of several: *cuts* in the headline is *cut* in the text.
fn singular(word: String) -> String {
    let stem = word.strip_suffix('s').filter(|w| w.len() > 2 && w.is_ascii() && !w.ends_with('s'));
    stem.map(str::to_owned).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::super::dump::parse;

    #[test]
    fn the_headline_is_told_from_the_masthead_and_the_menu() {
        let body = "Cầu Trà sẽ thông xe vào tháng sau, theo chính quyền thành phố Lam Giang.\n\n\
            Cây cầu dài hơn một cây số và rộng bốn làn xe. Người dân hai bờ đã chờ nó từ lâu.\n";
        let check = |top: &str, foot: &str, expect: Option<&str>| {
            assert_eq!(parse(&format!("{top}\n\n{body}\n{foot}")).title.as_deref(), expect, "{top}");
        };
        let title = Some("Cầu mới qua sông Trà sẽ thông xe");
        check(
            "Lam Giang Báo - Tiếng nói của người Lam Giang\n  * Xã hội\n  * Kinh tế\n\nCầu mới qua sông Trà sẽ thông xe",
            "",
            title,
        );
        check(
            "Tuần báo Sông Trà\n\n07/03/2026 08:01\n\nCầu mới qua sông Trà sẽ thông xe",
            "Tuần báo Sông Trà\n© 2026 Tuần báo Sông Trà",
            title,
        );
        check("Cầu mới qua sông Trà sẽ thông xe\n\n07/03/2026 08:01", "", title);
        check("Lam Giang Báo - Tiếng nói của người Lam Giang\n\n07/03/2026 08:01", "", None);
        check(
            "Xem phim\n\nNgười gác đèn – lặng mà sáng\n\n★★★★☆\n\nMột cây cầu dài hơn một cây số và rộng bốn làn xe đã được chờ từ lâu",
            "",
            Some("Người gác đèn – lặng mà sáng"),
        );
    }
}
