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
/// Words of a paragraph that may be taken in.
const WORDS: usize = 12;
/// As many are enough right after an advertisement.
const FEW: usize = 8;
/// How many of its content words the text must have used, in number and share: after what is surely an advertisement, after other lines,
/// and behind the label of a box, where summaries of other stories stand too.
const LITTLE: (usize, f32) = (1, 0.05);
const SOME: (usize, f32) = (2, 0.1);
const MUCH: (usize, f32) = (3, 0.25);
/// Lines at most of a link to another story, with its label; more are a box of several.
const LINK: usize = 2;
/// Lines above the text whose words are taken for its own: headline and summary.
const ABOVE: usize = 12;

/// Takes in what belongs to the text.
pub(super) fn resume(lines: &[Line], facts: &[Facts], zones: &mut [Zone]) {
    let mut text = Text::of(lines, facts, zones);
    let (Some(first), Some(mut last)) =
        (zones.iter().position(|z| *z == Zone::Body), zones.iter().rposition(|z| *z == Zone::Body))
    else {
        return;
    };
    for n in first + 1..last {
        // A list of links is one, also where its last line looks like a heading.
        let same = |m: usize| lines[m].bullet == lines[n].bullet && lines[m].indent == lines[n].indent;
        let listed = lines[n].bullet.is_some() || boxed(lines, facts, zones, n);
        if zones[n] == Zone::Body && !facts[n].prose && zones[n - 1] == Zone::Gap && same(n - 1) && listed {
            zones[n] = Zone::Gap;
        }
        let least = if zones[n - 1] == Zone::Body { LITTLE } else { SOME };
        if zones[n] == Zone::Gap && facts[n].cues.none() && text.has(lines, facts, n, least) {
            zones[n] = Zone::Body;
        }
    }
    while last + 1 < lines.len() && answers(lines, facts, zones, last + 1) {
        last += 1;
        zones[last] = Zone::Body;
    }
    let talk = (0..lines.len()).filter(|n| is_asked(lines, facts, *n)).take(PAIRS).count() == PAIRS;
    loop {
        if let Some(asked) = talk.then(|| asked_next(lines, facts, last)).flatten() {
            zones[last + 1..asked].fill(Zone::Gap);
            zones[asked..asked + 2].fill(Zone::Body);
            last = asked + 1;
            continue;
        }
        let Some(next) = text.goes_on(lines, facts, last) else { break };
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
        let first = zones.iter().position(|z| *z == Zone::Body).unwrap_or(0);
        let last = zones.iter().rposition(|z| *z == Zone::Body).unwrap_or(first);
        let above = facts[first.saturating_sub(ABOVE)..first].iter();
        // What stands under a picture tells of the same.
        let captions = facts[first..=last].iter().filter(|f| f.cues.sure(CueRole::Caption));
        let own = body().map(|n| &facts[n]);
        Self {
            words: above.chain(captions).chain(own).flat_map(|f| f.content.iter().copied()).collect(),
            indents: body().map(|n| lines[n].indent).collect(),
        }
    }

    /// A paragraph in the place and the words of the text.
    fn has(&self, lines: &[Line], facts: &[Facts], n: usize, (number, share): (usize, f32)) -> bool {
        let f = &facts[n];
        let shared = f.content.iter().filter(|w| self.words.contains(w)).count();
        (f.prose || is_sentence(f))
            && f.words >= if number == LITTLE.0 { FEW } else { WORDS }
            && !f.repeats
            && lines[n].bullet.is_none()
            && self.indents.contains(&lines[n].indent)
            && shared >= number
            && shared as f32 >= share * f.content.len() as f32
    }

    /// The paragraph after the interruption that follows `last`.
    fn goes_on(&self, lines: &[Line], facts: &[Facts], last: usize) -> Option<usize> {
        const FINAL: [CueRole; 4] = [CueRole::Comment, CueRole::Keywords, CueRole::Date, CueRole::Slug];
        let after =
            |m: &usize| !FINAL.iter().any(|r| facts[*m].cues.sure(*r)) && !lines[*m].text.contains('©');
        let reach = last + 1..(last + 2 + BOX).min(lines.len());
        let next = match last + 1 {
            // A short sentence right below the text.
            said if facts.get(said).is_some_and(is_sentence) && lines[said].bullet.is_none() => said,
            // So may one behind an advertisement be.
            _ => reach.take_while(after).find(|m| {
                let advertised = facts[*m - 1].cues.sure(CueRole::Boilerplate);
                facts[*m].prose || advertised && is_sentence(&facts[*m])
            })?,
        };
        let between = &facts[last + 1..next];
        // Headlines alone are no interruption: under them stand summaries of other stories.
        let pictured = |f: &Facts| f.cues.sure(CueRole::Caption);
        let interrupts = |f: &Facts| !f.cues.none() || f.repeats || f.repeated;
        if !between.is_empty() && !between.iter().any(interrupts) {
            return None;
        }
        let ended = between.last().is_none_or(|f| f.cues.sure(CueRole::Boilerplate));
        let least = if !ended && between.len() > LINK && between.iter().any(|f| f.cues.sure(CueRole::End)) {
            MUCH
        } else if ended || between.iter().all(pictured) {
            LITTLE
        } else {
            SOME
        };
        self.has(lines, facts, next, least).then_some(next)
    }
}

/// Ends like a sentence, and nothing speaks against it.
fn is_sentence(f: &Facts) -> bool {
    f.stop && f.cues.none()
}

/// Lines of an interview before its last ones.
const TALK: usize = 4;

/// The next line of an interview, in which each begins with a dash.
fn answers(lines: &[Line], facts: &[Facts], zones: &[Zone], n: usize) -> bool {
    let said = |m: usize| matches!(lines[m].bullet, Some('-' | '–' | '—'));
    let body = (0..n).filter(|m| zones[*m] == Zone::Body && said(*m)).count();
    let talks = facts[n].stop || lines[n].text.ends_with('?');
    said(n) && said(n - 1) && body >= TALK && talks && facts[n].cues.none() && !facts[n].repeats
}

/// Questions with their answers from which on a text is an interview.
const PAIRS: usize = 2;
/// Lines at most between an answer and the next question: a picture's.
const PICTURE: usize = 3;

/// A question, and under it an answer behind a dash.
pub(super) fn is_asked(lines: &[Line], facts: &[Facts], n: usize) -> bool {
    let Some((line, answer)) = lines.get(n).zip(lines.get(n + 1)) else { return false };
    line.text.ends_with('?')
        && facts[n].words >= 3
        && matches!(answer.bullet, Some('-' | '–' | '—'))
        && facts[n + 1].stop
        && !facts[n + 1].repeats
}

/// The next question of an interview, right below or under a picture.
fn asked_next(lines: &[Line], facts: &[Facts], last: usize) -> Option<usize> {
    let picture = |n: &usize| facts[*n].cues.sure(CueRole::Caption) || facts[*n].repeats;
    let next = last + 1 + (last + 1..lines.len()).take(PICTURE).take_while(picture).count();
    is_asked(lines, facts, next).then_some(next)
}

/// Whether a line stands right under the links of a box that has a label, with no blank line since.
fn boxed(lines: &[Line], facts: &[Facts], zones: &[Zone], n: usize) -> bool {
    let link = |m: &usize| zones[*m] == Zone::Gap && !facts[*m].prose && lines[*m + 1].gap == 0;
    let labels = [CueRole::End, CueRole::Related];
    let above = (0..n).rev().take_while(link);
    above
        .skip_while(|m| facts[*m].cues.none())
        .take(1)
        .any(|m| m + 1 < n && labels.iter().any(|r| facts[m].cues.sure(*r)))
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
        check("Related stories", more, true);
        check(
            "Related stories",
            "The harbour of Gull Point was closed on Friday after a crane fell on two boats there.",
            false,
        );
        check(
            "Ad Feedback",
            "A singer from another place has sold all seats of her autumn shows in less than an hour.",
            false,
        );
    }
}
