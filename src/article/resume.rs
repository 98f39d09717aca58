//! Text that goes on after a box: an advertisement, a link, a form between two paragraphs is no end of the text.
//!
//! Owns: to take running text right after such an interruption, or lost in a gap, into the text: it stands where the paragraphs stand and
//! uses their words. Refuses: to cross what only stands after a text (comments, key words, rights, another date). Tests: at the foot;
//! whole pages in `tests/it/layouts.rs`.

use rustc_hash::FxHashSet;

use super::cues::CueRole;
use super::features::Facts;
use super::label::Zone;
use super::lines::Line;

/// Lines at most that an interruption has.
const BOX: usize = 10;
/// Words of a paragraph that may be taken in, and how many of its content words the text must have used, in number and share.
const WORDS: usize = 12;
const SHARED: usize = 2;
const SHARE: f32 = 0.15;

/// Takes in what belongs to the text.
pub(super) fn resume(lines: &[Line], facts: &[Facts], zones: &mut [Zone]) {
    let mut text = Text::of(lines, facts, zones);
    let (Some(first), Some(mut last)) =
        (zones.iter().position(|z| *z == Zone::Body), zones.iter().rposition(|z| *z == Zone::Body))
    else {
        return;
    };
    for n in first..last {
        if zones[n] == Zone::Gap && facts[n].cues.none() && text.has(lines, facts, n) {
            zones[n] = Zone::Body;
        }
    }
    while let Some(next) = text.goes_on(lines, facts, last) {
        zones[last + 1..next].fill(Zone::Gap);
        if next > last + 1 && is_heading(&lines[next - 1], &facts[next - 1]) {
            zones[next - 1] = Zone::Body;
        }
        zones[next] = Zone::Body;
        text.words.extend(&facts[next].content);
        last = next;
    }
}

/// What is known of the text so far.
struct Text {
    words: FxHashSet<u32>,
    indents: FxHashSet<u16>,
}

impl Text {
    fn of(lines: &[Line], facts: &[Facts], zones: &[Zone]) -> Self {
        let body = || (0..lines.len()).filter(|n| zones[*n] == Zone::Body && facts[*n].prose);
        Self {
            words: body().flat_map(|n| facts[n].content.iter().copied()).collect(),
            indents: body().map(|n| lines[n].indent).collect(),
        }
    }

    /// A paragraph in the place and the words of the text.
    fn has(&self, lines: &[Line], facts: &[Facts], n: usize) -> bool {
        let f = &facts[n];
        let shared = f.content.iter().filter(|w| self.words.contains(w)).count();
        f.prose
            && f.words >= WORDS
            && !f.repeats
            && lines[n].bullet.is_none()
            && self.indents.contains(&lines[n].indent)
            && shared >= SHARED
            && shared as f32 >= SHARE * f.content.len() as f32
    }

    /// The paragraph after the interruption that follows `last`. Behind the label of a box stand summaries of other stories too: there the
    /// text must go on with two paragraphs.
    fn goes_on(&self, lines: &[Line], facts: &[Facts], last: usize) -> Option<usize> {
        const FINAL: [CueRole; 4] = [CueRole::Comment, CueRole::Keywords, CueRole::Date, CueRole::Slug];
        let after =
            |m: &usize| !FINAL.iter().any(|r| facts[*m].cues.sure(*r)) && !lines[*m].text.contains('©');
        let reach = last + 1..(last + 2 + BOX).min(lines.len());
        let next = reach.take_while(after).find(|m| facts[*m].prose)?;
        let boxed = facts[last + 1..next].iter().any(|f| f.cues.sure(CueRole::End));
        let again = (next + 1..(next + 4).min(lines.len())).any(|m| self.has(lines, facts, m));
        (self.has(lines, facts, next) && (!boxed || again)).then_some(next)
    }
}

fn is_heading(line: &Line, f: &Facts) -> bool {
    (2..=14).contains(&f.words)
        && !f.stop
        && f.cues.none()
        && line.bullet.is_none()
        && !f.repeats
        && line.gap > 0
}

#[cfg(test)]
mod tests {
    use super::super::{features::measure, lines::logical};
    use super::*;

    #[test]
    fn text_goes_on_after_a_box() {
        let check = |between: &str, after: &str, expect: bool| {
            let text = format!(
                "The council of Marsh End will build a bridge over the river, its mayor said on Monday.\n\n{between}\n\n{after}\n"
            );
            let lines = logical(&text);
            let mut zones = vec![Zone::After; lines.len()];
            zones[0] = Zone::Body;
            resume(&lines, &measure(&lines).facts, &mut zones);
            assert_eq!(
                zones.last(),
                Some(if expect { &Zone::Body } else { &Zone::After }),
                "{between}: {zones:?}"
            );
        };
        let more =
            "The mayor said that the bridge would bring more people over the river to the town each day.";
        check("Ad Feedback", more, true);
        check("___", more, true);
        check("Comments (3)", more, false);
        check("Related stories", more, false);
        check(
            "Ad Feedback",
            "A singer from another place has sold all seats of her autumn shows in less than an hour.",
            false,
        );
    }
}
