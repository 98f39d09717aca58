//! What a logical line looks like, alone and among its neighbours, as numbered features for `label`.
//!
//! Owns: the list of features. Refuses: weights and decisions.
//! The window is the best run of lines by "prose words minus six per other line" (maximum subarray).
//! Tests: at the foot.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::cues::{CueRole, Cues, cues};
use super::lang::is_stop;
use super::lines::{Line, is_wide};
use super::pieces::end_credit;

/// Feature groups: name and number of buckets. A feature is one bucket of one group.
macro_rules! groups {
    ($($variant:ident $name:literal $size:expr;)*) => {
        #[derive(Clone, Copy)]
        enum Group { $($variant),* }
        const GROUPS: &[(&str, usize)] = &[$(($name, $size)),*];
    };
}

const WORDS: usize = 11;
const ENDS: usize = 6;
const CLASSES: usize = 15;
const RELS: usize = 9;

groups! {
    Bias "bias" 1;
    Words "words" WORDS;
    WordsEnd "words*ending" WORDS * ENDS;
    Start "start" 6;
    StartEnd "start*ending" 6 * ENDS;
    Stops "stop-words" 5;
    StopsWords "stop-words*words" 5 * WORDS;
    Capitals "capitals" 5;
    CapitalsWords "capitals*words" 5 * WORDS;
    Digits "digits" 3;
    Commas "commas" 4;
    Person "first-person" 3;
    Signs "signs" 5;
    Bullet "bullet" 3;
    Gap "gap" 3;
    GapAfter "gap-after" 3;
    Indent "indent" 5;
    IndentClass "indent*class" 5 * CLASSES;
    Cue "cue" 14 * 2;
    Class "class" CLASSES;
    Prev "class-1" CLASSES;
    Prev2 "class-2" CLASSES;
    Next "class+1" CLASSES;
    Next2 "class+2" CLASSES;
    PrevOwn "class-1*class" CLASSES * CLASSES;
    OwnNext "class*class+1" CLASSES * CLASSES;
    Window "window" RELS;
    WindowClass "window*class" RELS * CLASSES;
    WindowSize "window*lines" RELS * 3;
    Share "prose-before" 6;
    SinceProse "since-prose" 7;
    UntilProse "until-prose" 7;
    Density "density" 6;
    DensityClass "density*class" 6 * CLASSES;
    Core "core-words" 5;
    CoreClass "core-words*class" 5 * CLASSES;
    Twice "repeated" 3;
    SeenEnd "seen-end" 4;
    SeenEndClass "seen-end*class" 4 * CLASSES;
    AllEnd "all-end*class" 4 * CLASSES;
    AllComment "all-comment*class" 4 * CLASSES;
    SeenComment "seen-comment" 3;
    SeenCommentClass "seen-comment*class" 3 * CLASSES;
    NearDate "near-date" 3;
    Head "headline-like" 4;
    Quoted "quoted" 3;
    QuotedClass "quoted*class" 3 * CLASSES;
}

fn index(group: Group, bucket: usize) -> u16 {
    let offset: usize = GROUPS[..group as usize].iter().map(|g| g.1).sum();
    (offset + bucket.min(GROUPS[group as usize].1 - 1)) as u16
}

/// Number of features.
pub(super) fn count() -> usize {
    GROUPS.iter().map(|g| g.1).sum()
}

/// The features' names in the order of their numbers, e.g. `words:3`.
pub(super) fn names() -> Vec<String> {
    GROUPS.iter().flat_map(|(name, size)| (0..*size).map(move |n| format!("{name}:{n}"))).collect()
}

/// Measured facts of a line that other parts of the parser use too.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent measurements of one line, not a state")]
pub(super) struct Facts {
    /// Words.
    pub words: usize,
    /// Ends like a sentence.
    pub stop: bool,
    /// Running text: ten words or more, ends like a sentence, no cue of furniture.
    pub prose: bool,
    /// What its words say.
    pub cues: Cues,
    /// Hash of its letters and digits in lower case.
    pub key: u64,
    /// A line with the same letters stood before.
    pub repeats: bool,
    /// A line with the same letters comes later.
    pub repeated: bool,
    ending: usize,
    start: usize,
    stops: usize,
    capitals: usize,
    digits: usize,
    commas: usize,
    person: usize,
    signs: usize,
    quoted: usize,
    class: usize,
    content: Vec<u32>,
}

/// Words of a line that are looked at; the rest of a very long line changes no bucket.
const LOOKED_AT: usize = 160;

/// Measures one line.
fn facts(line: &Line) -> Facts {
    let text = line.bare();
    let cues = cues(text);
    let (mut words, mut stop_words, mut capitals, mut digits, mut person) =
        (0usize, 0usize, 0usize, 0usize, 0usize);
    let mut content = Vec::new();
    let mut lower = String::new();
    for word in text.split(' ') {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = core.chars().next() else { continue };
        // Scripts without blanks: two letters count as a word.
        words += if first.is_ascii() { 1 } else { 1 + core.chars().filter(|c| is_wide(*c)).count() / 2 };
        if words > LOOKED_AT {
            continue;
        }
        capitals += usize::from(first.is_uppercase());
        digits += usize::from(first.is_numeric());
        lower.clear();
        lower.extend(core.chars().flat_map(char::to_lowercase));
        if is_stop(&lower) {
            stop_words += 1;
            person += usize::from(matches!(
                lower.as_str(),
                "i" | "you" | "my" | "your" | "me" | "tôi" | "mình" | "bạn"
            ));
        } else if core.len() >= 4 && content.len() < 60 {
            content.push(hash(lower.as_bytes()) as u32);
        }
    }
    let looked = words.clamp(1, LOOKED_AT);
    let share = |n: usize| n as f32 / looked as f32;
    let end = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).chars().next_back();
    let ending = match end {
        Some('.') if text.ends_with("...") => 1,
        Some('.' | '!' | '?' | '。' | '！' | '？') => 2,
        Some('…') => 1,
        Some(':') => 3,
        Some(',' | ';' | '-' | '–' | '—' | '|' | '»' | '>') => 4,
        Some(c) if c.is_numeric() => 5,
        _ => 0,
    };
    // A credit glued to the end of a long line hides its full stop; several sentences inside are as good.
    let several = words >= 30 && text.match_indices(". ").take(2).count() == 2
        || ending == 0 && words >= 12 && text.len() > 60 && end_credit(text).is_some();
    let stop = matches!(ending, 1 | 2) || (ending == 3 && words >= 6) || several;
    let furniture = [
        CueRole::Boilerplate,
        CueRole::Share,
        CueRole::Form,
        CueRole::Link,
        CueRole::Comment,
        CueRole::End,
        CueRole::Related,
        CueRole::Caption,
    ]
    .iter()
    .any(|r| cues.sure(*r));
    let key = hash_letters(text);
    let mut out = Facts {
        words,
        stop,
        prose: words >= 10 && stop && !furniture,
        cues,
        key,
        repeats: false,
        repeated: false,
        ending,
        start: start(text),
        stops: cut(share(stop_words), &[0.01, 0.12, 0.25, 0.4]),
        capitals: cut(share(capitals), &[0.15, 0.35, 0.6, 0.9]),
        digits: cut(share(digits), &[0.1, 0.4]),
        commas: text.bytes().filter(|b| *b == b',').take(9).count().min(3),
        person: person.min(2),
        signs: signs(text),
        quoted: quoted(text),
        class: 0,
        content,
    };
    out.class = class(line, &out);
    out
}

fn start(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_uppercase() => 0,
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_numeric() => 2,
        Some('"' | '“' | '‘' | '\'' | '«') => 3,
        Some('(' | '[') => 4,
        _ => 5,
    }
}

/// Signs that menus, counters and link lists are full of.
fn signs(text: &str) -> usize {
    if text.contains(" | ") {
        1
    } else if text.contains(['»', '›', '→', '►', '▼', '×', '✕']) {
        2
    } else if text.contains(['@', '#', '{', '}', '\\']) {
        3
    } else if text.contains('!') {
        4
    } else {
        0
    }
}

fn quoted(text: &str) -> usize {
    if text.starts_with(['"', '“', '‘']) { 2 } else { usize::from(text.contains(['"', '“'])) }
}

fn class(line: &Line, f: &Facts) -> usize {
    let c = &f.cues;
    let bullet = line.bullet.is_some();
    if f.words == 0 {
        14
    } else if c.sure(CueRole::Comment) {
        11
    } else if c.sure(CueRole::End) || c.sure(CueRole::Related) {
        10
    } else if c.sure(CueRole::Caption) {
        12
    } else if c.sure(CueRole::Date) || c.sure(CueRole::Byline) || c.sure(CueRole::Source) {
        13
    } else if [
        CueRole::Boilerplate,
        CueRole::Share,
        CueRole::Form,
        CueRole::Link,
        CueRole::Keywords,
        CueRole::Slug,
    ]
    .iter()
    .any(|r| c.of(*r) > 1)
    {
        9
    } else if bullet {
        if f.words < 10 { 7 } else { 8 }
    } else {
        match (f.words, f.stop) {
            (25.., true) => 1,
            (10.., true) => 2,
            (_, true) => 3,
            (10.., false) => 4,
            (5.., false) => 5,
            _ => 6,
        }
    }
}

fn cut(value: f32, limits: &[f32]) -> usize {
    limits.iter().take_while(|l| value >= **l).count()
}

fn bucket(value: usize, limits: &[usize]) -> usize {
    limits.iter().take_while(|l| value >= **l).count()
}

fn hash(bytes: &[u8]) -> u64 {
    let mut h = FxHasher::default();
    h.write(bytes);
    h.finish()
}

/// Hash of the letters and digits, in lower case: equal for lines that say the same.
pub(super) fn hash_letters(text: &str) -> u64 {
    let mut h = FxHasher::default();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        for l in c.to_lowercase() {
            h.write_u32(l as u32);
        }
    }
    h.finish()
}

/// A document's lines, measured.
pub(super) struct Measured {
    /// Facts of each line.
    pub facts: Vec<Facts>,
    /// The best window.
    pub window: std::ops::Range<usize>,
}

/// Measures all lines and finds the best window. Linear.
pub(super) fn measure(lines: &[Line]) -> Measured {
    let mut facts: Vec<Facts> = lines.iter().map(facts).collect();
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    for n in 0..facts.len() {
        if facts[n].words == 0 {
            continue;
        }
        if let Some(before) = seen.insert(facts[n].key, n) {
            facts[n].repeats = true;
            facts[before].repeated = true;
        }
    }
    let window = window(&facts);
    Measured { facts, window }
}

/// The run of lines with the most prose words, six taken off for each other line and more for what ends a text.
fn window(facts: &[Facts]) -> std::ops::Range<usize> {
    let (mut best, mut best_range) = (0i64, 0..0);
    let (mut sum, mut from) = (0i64, 0);
    for (n, f) in facts.iter().enumerate() {
        sum += match f.class {
            _ if f.prose && !f.repeats => i64::try_from(f.words.min(400)).unwrap_or(400),
            // A rule between two parts, or an empty list item.
            14 => -2,
            // Labels of what comes after the text, and what readers' comments are full of.
            10 | 11 => -25,
            13 => -12,
            _ => -6,
        };
        if sum <= 0 {
            sum = 0;
            from = n + 1;
        } else if sum > best {
            best = sum;
            best_range = from..n + 1;
        }
    }
    best_range
}

/// The features of every line.
pub(super) fn features(lines: &[Line], measured: &Measured) -> Vec<Vec<u16>> {
    let facts = &measured.facts;
    let around = Around::of(lines, measured);
    (0..lines.len())
        .map(|n| {
            let mut out = Vec::with_capacity(56);
            own_features(&lines[n], &facts[n], lines.get(n + 1), &mut out);
            around.features(n, lines, measured, &mut out);
            out
        })
        .collect()
}

fn own_features(line: &Line, f: &Facts, next: Option<&Line>, out: &mut Vec<u16>) {
    let words = bucket(f.words, &[1, 2, 3, 5, 8, 13, 21, 36, 61, 101]);
    let mut put = |group, bucket| out.push(index(group, bucket));
    put(Group::Bias, 0);
    put(Group::Words, words);
    put(Group::WordsEnd, words * ENDS + f.ending);
    put(Group::Start, f.start);
    put(Group::StartEnd, f.start * ENDS + f.ending);
    put(Group::Stops, f.stops);
    put(Group::StopsWords, f.stops * WORDS + words);
    put(Group::Capitals, f.capitals);
    put(Group::CapitalsWords, f.capitals * WORDS + words);
    put(Group::Digits, f.digits);
    put(Group::Commas, f.commas);
    put(Group::Person, f.person);
    put(Group::Signs, f.signs);
    put(Group::Quoted, f.quoted);
    put(Group::QuotedClass, f.quoted * CLASSES + f.class);
    put(Group::Bullet, line.bullet.map_or(0, |b| if matches!(b, '-' | '–' | '—' | '+') { 2 } else { 1 }));
    put(Group::Gap, usize::from(line.gap).min(2));
    put(Group::GapAfter, next.map_or(2, |l| usize::from(l.gap).min(2)));
    put(Group::Class, f.class);
    put(Group::Twice, if f.repeats { 2 } else { usize::from(f.repeated) });
    put(Group::Head, headline_like(f));
    for role in CueRole::ALL {
        let weight = f.cues.of(role);
        if weight > 0 {
            put(Group::Cue, role as usize * 2 + usize::from(weight >= 3));
        }
    }
}

/// 0: no; 1: could be a heading; 2: in Title Case; 3: a question.
fn headline_like(f: &Facts) -> usize {
    if (2..=14).contains(&f.words) && !f.stop && f.cues.none() && f.start != 1 {
        1 + usize::from(f.capitals >= 3)
    } else if (2..=14).contains(&f.words) && f.ending == 2 && f.cues.none() && f.start == 0 {
        3
    } else {
        0
    }
}

/// What stands around each line, computed in a few passes over the document.
struct Around {
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
    indent: Option<u16>,
}

impl Around {
    fn of(lines: &[Line], measured: &Measured) -> Self {
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
        let mut until = 99usize;
        for n in (0..count).rev() {
            out.until[n] = until;
            until = if facts[n].prose { 1 } else { until.saturating_add(1) };
        }
        out
    }

    fn features(&self, n: usize, lines: &[Line], measured: &Measured, out: &mut Vec<u16>) {
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

#[cfg(test)]
mod tests {
    use super::super::lines::logical;
    use super::*;

    #[test]
    fn every_feature_has_a_name() {
        assert_eq!(names().len(), count());
        assert_eq!(names()[usize::from(index(Group::Words, 3))], "words:3");
    }

    #[test]
    fn the_window_holds_the_prose() {
        let prose = "Hội đồng thành phố hôm qua đã thông qua kế hoạch xây một cây cầu mới bắc qua sông.";
        let text = format!(
            "Trang chủ\nXã hội\nKinh tế\n{prose}\n{prose} Hai.\nMục con\n{prose} Ba.\nLiên hệ\nQuảng cáo\n"
        );
        assert_eq!(measure(&logical(&text)).window, 3..7);
    }

    #[test]
    fn repeated_lines_are_known() {
        let measured = measure(&logical("Một tiêu đề\nGì đó khác\nMột tiêu đề."));
        assert!(measured.facts[0].repeated && measured.facts[2].repeats && !measured.facts[1].repeats);
    }
}
