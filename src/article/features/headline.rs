//! The line that looks most like a headline, before anything is known of zones.
//!
//! Owns: that guess, a feature among others: its words come again in the running text right below it, date or byline stand beside it.
//! Refuses: to be the title (see `title`). Tests: at the foot.

use super::super::cues::CueRole;
use super::line::Facts;

/// Lines below a headline in which its text is looked for, and how many paragraphs of it.
const BELOW: usize = 40;
const PARAGRAPHS: usize = 4;
/// Score from which on a line is one.
const ENOUGH: f32 = 2.5;

/// The best line. `window` is where most of the running text stands.
pub fn headline(facts: &[Facts], window: &std::ops::Range<usize>) -> Option<usize> {
    let scored = (0..facts.len()).filter(|n| could_be(&facts[*n])).map(|n| (score(n, facts, window), n));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    (best.0 >= ENOUGH).then_some(best.1)
}

fn could_be(f: &Facts) -> bool {
    const NO: [CueRole; 10] = [
        CueRole::Boilerplate,
        CueRole::End,
        CueRole::Comment,
        CueRole::Caption,
        CueRole::Byline,
        CueRole::Date,
        CueRole::Link,
        CueRole::Keywords,
        CueRole::Form,
        CueRole::Share,
    ];
    (3..=32).contains(&f.words) && (!f.stop || f.ending == 2) && !NO.iter().any(|r| f.cues.sure(*r))
}

fn score(n: usize, facts: &[Facts], window: &std::ops::Range<usize>) -> f32 {
    let f = &facts[n];
    let below = n + 1..(n + 1 + BELOW).min(facts.len());
    let text: Vec<usize> = below.filter(|m| facts[*m].prose).take(PARAGRAPHS).collect();
    let Some(first) = text.first() else { return 0.0 };
    let again = |word: &&u32| text.iter().any(|m| facts[*m].content.contains(word));
    let shared = f.content.iter().filter(again).count() as f32 / f.content.len().max(2) as f32;
    let dated = (n.saturating_sub(3)..(n + 7).min(facts.len())).any(|m| m != n && facts[m].is_credit());
    let mut score = 3.0 * shared - 0.05 * (first - n) as f32;
    score += if dated { 0.6 } else { 0.0 };
    score += if f.repeats || f.repeated { 0.5 } else { 0.0 };
    score += if window.contains(first) { 1.5 } else { 0.0 };
    // A teaser has one paragraph below it, an article has many.
    let amount: usize = (n + 1..(n + 1 + BELOW).min(facts.len()))
        .map(|m| if facts[m].prose { facts[m].words } else { 0 })
        .sum();
    score += amount.min(400) as f32 / 200.0;
    score += if (5..=20).contains(&f.words) { 0.4 } else { 0.0 };
    score - if f.stop { 0.8 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::logical;
    use super::super::measure;

    #[test]
    fn the_words_of_a_headline_come_again_below_it() {
        let prose =
            "The council of Marsh End has agreed to build a second bridge over the river Tra, its mayor said";
        let text = format!(
            "Home\nOther town sells its old harbour\nStorm takes roof of school\n\nMarsh End to build second bridge\n\nMay 3, 2024\n\n{prose} on Monday.\n\n{prose} last week.\n\nRelated\nBridge of old is sold\n"
        );
        assert_eq!(measure(&logical(&text)).headline, Some(3));
    }
}
