//! What a line looks like by itself.
//!
//! Owns: its measures and their features. Refuses: its neighbours (see `around`). Tests: in `document`.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::super::cues::{CueRole, Cues, cues};
use super::super::lang::is_stop;
use super::super::lines::{Line, is_wide};
use super::super::pieces::end_credit;
use super::groups::{CLASSES, ENDS, Group, WORDS, index};
use super::{bucket, cut};

/// Measured facts of a line that other parts of the parser use too.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent measurements of one line, not a state")]
pub struct Facts {
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
    pub ending: usize,
    pub start: usize,
    pub stops: usize,
    pub capitals: usize,
    pub digits: usize,
    pub commas: usize,
    pub person: usize,
    pub signs: usize,
    pub quoted: usize,
    pub class: usize,
    pub content: Vec<u32>,
}

/// Words from which on a line that ends like a sentence is running text.
const RUNNING: usize = 10;

impl Facts {
    /// Long enough for a paragraph, and ends like a sentence, whatever cues it shows.
    pub fn is_running(&self) -> bool {
        self.words >= RUNNING && self.stop
    }

    /// Takes it for what stands under a picture: the page shows so.
    pub fn mark_picture(&mut self, line: &Line) {
        self.cues.set(CueRole::Caption);
        self.prose = false;
        self.class = class(line, self);
    }

    /// Surely a date, a byline or a source.
    pub fn is_credit(&self) -> bool {
        [CueRole::Date, CueRole::Byline, CueRole::Source].iter().any(|r| self.cues.sure(*r))
    }
}

/// Words of a line that are looked at; the rest of a very long line changes no bucket.
const LOOKED_AT: usize = 160;

/// Measures one line.
pub fn facts(line: &Line) -> Facts {
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
        words += if core.is_ascii() { 1 } else { 1 + core.chars().filter(|c| is_wide(*c)).count() / 2 };
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

fn hash(bytes: &[u8]) -> u64 {
    let mut h = FxHasher::default();
    h.write(bytes);
    h.finish()
}

/// Hash of the letters and digits, in lower case: equal for lines that say the same.
pub fn hash_letters(text: &str) -> u64 {
    let mut h = FxHasher::default();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        for l in c.to_lowercase() {
            h.write_u32(l as u32);
        }
    }
    h.finish()
}

/// Puts the features of a line by itself.
pub fn own_features(line: &Line, f: &Facts, next: Option<&Line>, out: &mut Vec<u16>) {
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
