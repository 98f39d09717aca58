//! What stands around a line: its neighbours, its place by the window, what came before.
//!
//! Owns: those measures and their features. Refuses: the line by itself (see `line`). Tests: in `document` and `label`.

use rustc_hash::FxHashMap;

use super::super::cues::CueRole;
use super::super::lines::Line;
use super::document::Measured;
use super::groups::{AMOUNTS, CLASSES, Group, RELS, index};
use super::line::Facts;
use super::{bucket, cut};

/// What stands around each line, computed in a few passes over the document.
pub struct Around {
    prose_before: Vec<usize>,
    prose_words: usize,
    since: Vec<usize>,
    until: Vec<usize>,
    density: Vec<f32>,
    core: Vec<f32>,
    seen_end: Vec<usize>,
    seen_comment: Vec<usize>,
    all: Vec<(usize, usize)>,
    near_date: Vec<bool>,
    ahead: Vec<usize>,
    behind: Vec<usize>,
    dates: Vec<usize>,
    indent: Option<u16>,
}

impl Around {
    /// Measures the surroundings of all lines. Linear.
    pub fn of(lines: &[Line], measured: &Measured) -> Self {
        let facts = &measured.facts;
        let count = facts.len();
        let mut out = Self {
            prose_before: Vec::with_capacity(count),
            prose_words: 0,
            since: Vec::with_capacity(count),
            until: vec![99; count],
            density: density(facts),
            core: core(measured),
            seen_end: Vec::with_capacity(count),
            seen_comment: Vec::with_capacity(count),
            all: Vec::with_capacity(count),
            near_date: vec![false; count],
            ahead: text_up_to_a_box(facts.iter().rev()),
            behind: text_up_to_a_box(facts.iter()),
            dates: Vec::with_capacity(count),
            indent: main_indent(lines, facts),
        };
        let (mut since, mut ends, mut comments, mut all) = (99usize, 0usize, 0usize, (0usize, 0usize));
        for (n, f) in facts.iter().enumerate() {
            out.prose_before.push(out.prose_words);
            out.since.push(since);
            out.seen_end.push(ends);
            out.seen_comment.push(comments);
            out.all.push(all);
            all.0 += usize::from(f.cues.sure(CueRole::End));
            all.1 += usize::from(f.cues.sure(CueRole::Comment));
            since = if f.prose { 1 } else { since.saturating_add(1) };
            out.prose_words += if f.prose { f.words } else { 0 };
            // Only what comes after the first text counts: menus on top have such labels too.
            if n >= measured.window.start {
                ends += usize::from(f.cues.sure(CueRole::End));
                comments += usize::from(f.cues.sure(CueRole::Comment));
            }
            if f.cues.sure(CueRole::Date) || f.cues.sure(CueRole::Byline) {
                for near in out.near_date.iter_mut().skip(n + 1).take(6) {
                    *near = true;
                }
            }
        }
        out.ahead.reverse();
        let mut dates = 0;
        for (n, f) in facts.iter().enumerate() {
            out.dates.push(dates);
            dates += usize::from(n >= measured.window.start && f.cues.sure(CueRole::Date));
        }
        let mut until = 99usize;
        for n in (0..count).rev() {
            out.until[n] = until;
            until = if facts[n].prose { 1 } else { until.saturating_add(1) };
        }
        out
    }

    /// Puts the features of a line among its neighbours.
    pub fn features(&self, n: usize, lines: &[Line], measured: &Measured, out: &mut Vec<u16>) {
        let facts = &measured.facts;
        let own = facts[n].class;
        let class = |at: Option<usize>| at.and_then(|a| facts.get(a)).map_or(0, |f| f.class);
        let (before, after) = (class(n.checked_sub(1)), class(Some(n + 1)));
        let rel = relation(n, &measured.window);
        let mut put = |group, bucket| out.push(index(group, bucket));
        put(Group::Prev, before);
        put(Group::Prev2, class(n.checked_sub(2)));
        put(Group::Next, after);
        put(Group::Next2, class(Some(n + 2)));
        put(Group::PrevOwn, before * CLASSES + own);
        put(Group::OwnNext, own * CLASSES + after);
        put(Group::Window, rel);
        put(Group::WindowClass, rel * CLASSES + own);
        put(Group::WindowSize, rel * 3 + bucket(lines.len(), &[40, 150]));
        let share = self.prose_before[n] as f32 / self.prose_words.max(1) as f32;
        put(Group::Share, cut(share, &[0.001, 0.2, 0.5, 0.8, 0.999]));
        put(Group::SinceProse, bucket(self.since[n], &[2, 3, 4, 6, 10, 25]));
        put(Group::UntilProse, bucket(self.until[n], &[2, 3, 4, 6, 10, 25]));
        let density = cut(self.density[n], &[0.05, 0.25, 0.5, 0.75, 0.92]);
        put(Group::Density, density);
        put(Group::DensityClass, density * CLASSES + own);
        let core = cut(self.core[n], &[0.05, 0.2, 0.35, 0.55]);
        put(Group::Core, core);
        put(Group::CoreClass, core * CLASSES + own);
        put(Group::SeenEnd, self.seen_end[n].min(3));
        put(Group::SeenEndClass, self.seen_end[n].min(3) * CLASSES + own);
        put(Group::SeenComment, self.seen_comment[n].min(2));
        put(Group::SeenCommentClass, self.seen_comment[n].min(2) * CLASSES + own);
        put(Group::AllEnd, bucket(self.all[n].0, &[1, 3, 7]) * CLASSES + own);
        put(Group::AllComment, bucket(self.all[n].1, &[1, 3, 7]) * CLASSES + own);
        put(Group::Tight, relation(n, &measured.tight));
        put(Group::TightWindow, relation(n, &measured.tight) * RELS + rel);
        let headline = measured.headline.map_or(0, |h| match n.checked_sub(h) {
            None => {
                if h - n < 8 {
                    2
                } else {
                    1
                }
            }
            Some(0) => 3,
            Some(1..=7) => 4,
            Some(8..=20) => 5,
            Some(_) => 6,
        });
        put(Group::Headline, headline);
        put(Group::HeadlineClass, headline * CLASSES + own);
        let amount = |words: usize| bucket(words, &[1, 30, 90, 250]);
        let (ahead, behind) = (amount(self.ahead[n]), amount(self.behind[n]));
        put(Group::Ahead, ahead);
        put(Group::AheadClass, ahead * CLASSES + own);
        put(Group::Behind, behind);
        put(Group::BehindAhead, behind * AMOUNTS + ahead);
        put(Group::Dates, self.dates[n].min(3));
        put(Group::DatesClass, self.dates[n].min(3) * CLASSES + own);
        put(Group::NearDate, usize::from(self.near_date[n]));
        let indent = self.indent.map_or(0, |main| match i32::from(lines[n].indent) - i32::from(main) {
            0 => 1,
            ..0 => 2,
            1..=4 => 3,
            _ => 4,
        });
        put(Group::Indent, indent);
        put(Group::IndentClass, indent * CLASSES + own);
    }
}

/// Where a line stands by the window: far before, before, right before; first, inside, last; right after, after, far after.
fn relation(n: usize, window: &std::ops::Range<usize>) -> usize {
    if n < window.start {
        match window.start - n {
            1..=3 => 2,
            4..=12 => 1,
            _ => 0,
        }
    } else if n < window.end {
        if n < window.start + 3 {
            3
        } else if n + 3 >= window.end {
            5
        } else {
            4
        }
    } else {
        match n - window.end {
            0..=2 => 6,
            3..=14 => 7,
            _ => 8,
        }
    }
}

/// Words of running text before each line, from the last label of a box or of comments on.
fn text_up_to_a_box<'a>(facts: impl Iterator<Item = &'a Facts>) -> Vec<usize> {
    let mut sum = 0;
    facts
        .map(|f| {
            let before = sum;
            let boxed = f.cues.sure(CueRole::End) || f.cues.sure(CueRole::Comment);
            sum = if boxed { 0 } else { sum + if f.prose { f.words } else { 0 } };
            before
        })
        .collect()
}

/// Share of prose words among the words of the five lines before and after.
fn density(facts: &[Facts]) -> Vec<f32> {
    let mut sums = vec![(0usize, 0usize)];
    for f in facts {
        let (prose, all) = sums[sums.len() - 1];
        sums.push((prose + if f.prose { f.words } else { 0 }, all + f.words + 1));
    }
    (0..facts.len())
        .map(|n| {
            let (from, to) = (n.saturating_sub(5), (n + 6).min(facts.len()));
            let prose = sums[to].0 - sums[from].0 - if facts[n].prose { facts[n].words } else { 0 };
            let all = sums[to].1 - sums[from].1 - facts[n].words;
            prose as f32 / all.max(1) as f32
        })
        .collect()
}

/// Share of a line's content words that other prose lines of the window use.
fn core(measured: &Measured) -> Vec<f32> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for f in &measured.facts[measured.window.clone()] {
        if f.prose {
            for word in &f.content {
                *counts.entry(*word).or_default() += 1;
            }
        }
    }
    measured
        .facts
        .iter()
        .enumerate()
        .map(|(n, f)| {
            let own = u32::from(f.prose && measured.window.contains(&n));
            let shared = f.content.iter().filter(|w| counts.get(w).is_some_and(|c| *c > own)).count();
            if f.content.is_empty() { 0.0 } else { shared as f32 / f.content.len() as f32 }
        })
        .collect()
}

/// The indent at which most prose words stand, when the document uses several.
fn main_indent(lines: &[Line], facts: &[Facts]) -> Option<u16> {
    let mut words: FxHashMap<u16, usize> = FxHashMap::default();
    for (line, f) in lines.iter().zip(facts) {
        *words.entry(line.indent).or_default() += if f.prose { f.words } else { 0 };
    }
    if words.len() < 2 {
        return None;
    }
    words.into_iter().max_by_key(|(indent, words)| (*words, u16::MAX - *indent)).map(|(indent, _)| indent)
}
