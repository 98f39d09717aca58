//! The features of a token: one function for training and for reading, so that the two cannot drift apart.
//!
//! Owns: the templates. Refuses: weights, labels. A change here asks for training again
//! (loading it fails otherwise, and with it every test that reads names). Tests: measured in `tests/it/names.rs`.

use super::document::{Document, seen};
use super::gazetteer::Hint;
use super::syllable::{Shape, Syllable, finish, hash_many, step};

/// Longest stretch of small words that may still be inside a name, counted from its last raised token.
const REACH: usize = 10;

/// Small words before a raised token that may belong to its name (`miền Trung`).
const LEAD: usize = 2;

/// Writes hashed features; every template has its own number.
struct Sink<'a>(&'a mut Vec<u32>);

impl Sink<'_> {
    fn add(&mut self, template: u32, values: &[u32]) {
        let hash = values.iter().fold(step(0x51_7c_c1_b7, template), |h, &v| step(h, v));
        self.0.push(finish(hash));
    }
}

/// Where names may be.
#[derive(Debug)]
pub(crate) struct Places {
    /// Stretches of tokens; all others are outside names for sure.
    pub segments: Vec<std::ops::Range<usize>>,
    /// By token: a name may begin here, or is sure to go on to a token where one may.
    pub begins: Vec<bool>,
}

impl Places {
    /// Stretches around the raised tokens of a text.
    pub fn of(document: &Document) -> Self {
        let tokens = &document.tokens;
        let (mut may, mut begins) = (vec![false; tokens.len()], vec![false; tokens.len()]);
        let mut reach = 0;
        for at in 0..tokens.len() {
            let shape = tokens[at].shape;
            let raised = shape.is_raised() || shape == Shape::Digits;
            reach = match shape {
                Shape::Break => 0,
                _ if raised => REACH,
                _ => reach.saturating_sub(1),
            };
            may[at] = reach > 0;
            if raised {
                let lead = (1..=LEAD).take_while(|back| tokens[at - back].shape != Shape::Break).count();
                may[at - lead..at].fill(true);
                begins[at - lead..=at].fill(true);
            }
        }
        let mut segments = Vec::new();
        let mut at = 0;
        while at < may.len() {
            let from = at;
            at += may[at..].iter().take_while(|may| **may).count();
            if at > from {
                segments.push(from..at);
            }
            at += 1;
        }
        Self { segments, begins }
    }
}

/// Appends the features of the token at `at`; at least two tokens stand on either side of it.
pub(crate) fn extract(document: &Document, at: usize, out: &mut Vec<u32>) {
    let mut sink = Sink(out);
    let w = |d: isize| &document.tokens[at.saturating_add_signed(d)];
    sink.add(0, &[]);
    words(&mut sink, w);
    shapes(&mut sink, w);
    tables(&mut sink, document, at);
    run(&mut sink, document, at);
    article(&mut sink, document, at);
    clusters(&mut sink, document, at);
    known(&mut sink, document, at);
    quotation(&mut sink, document, at);
    if document.english {
        english(&mut sink, document, at);
    }
}

fn words<'d>(sink: &mut Sink<'_>, w: impl Fn(isize) -> &'d Syllable) {
    let (ll, l, t, r, rr) = (w(-2), w(-1), w(0), w(1), w(2));
    sink.add(1, &[t.exact]);
    sink.add(2, &[t.lower]);
    sink.add(3, &[t.folded]);
    sink.add(4, &[ll.lower]);
    sink.add(5, &[l.lower]);
    sink.add(6, &[r.lower]);
    sink.add(7, &[rr.lower]);
    sink.add(8, &[l.exact, t.exact]);
    sink.add(9, &[t.exact, r.exact]);
    sink.add(10, &[ll.lower, l.lower]);
    sink.add(11, &[r.lower, rr.lower]);
    sink.add(12, &[ll.lower, l.lower, t.shape as u32]);
    sink.add(13, &[l.lower, t.shape as u32]);
    sink.add(14, &[t.shape as u32, r.lower]);
    sink.add(15, &[l.folded, t.folded]);
    for (template, code, other) in [(21, l, t), (22, r, t), (23, t, r)] {
        if code.shape == Shape::Code {
            sink.add(template, &[code.folded, other.shape as u32]);
        }
    }
    if t.shape.is_word() {
        sink.add(16, &[t.prefix[0]]);
        sink.add(17, &[t.prefix[1]]);
        sink.add(18, &[t.suffix[0]]);
        sink.add(19, &[t.suffix[1]]);
        sink.add(20, &[u32::from(t.len.min(10)), t.shape as u32]);
    }
}

fn shapes<'d>(sink: &mut Sink<'_>, w: impl Fn(isize) -> &'d Syllable) {
    let s = |d: isize| w(d).shape as u32 + 32 * u32::from(w(d).spaced);
    let first = u32::from(w(0).first);
    let loud = u32::from(w(0).loud);
    sink.add(30, &[s(0)]);
    sink.add(31, &[s(0), first, loud]);
    sink.add(32, &[s(-1), s(0)]);
    sink.add(33, &[s(0), s(1)]);
    sink.add(34, &[s(-1), s(0), s(1)]);
    sink.add(35, &[s(-2), s(-1), s(0)]);
    sink.add(36, &[s(0), s(1), s(2)]);
    sink.add(37, &[s(-2), s(-1), s(0), s(1), s(2)]);
    sink.add(38, &[u32::from(w(-1).first), s(-1), s(0)]);
}

fn tables(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let hint = |d: isize| document.hints[at.saturating_add_signed(d)];
    let shape = document.tokens[at].shape as u32;
    let name = |h: Hint| h.name | u32::from(h.at) << 20;
    let now = hint(0);
    sink.add(50, &[name(now), shape]);
    sink.add(51, &[now.part, shape]);
    sink.add(52, &[now.noun, shape]);
    sink.add(53, &[hint(-1).noun, shape]);
    sink.add(54, &[hint(-2).noun, hint(-1).noun, shape]);
    sink.add(55, &[name(hint(-1)), name(now)]);
    sink.add(56, &[name(now), name(hint(1))]);
    sink.add(57, &[hint(-1).part, now.part, hint(1).part]);
    sink.add(58, &[hint(-1).noun, now.part, now.name]);
    sink.add(59, &[hint(1).noun, shape]);
    let head = document.heads[at] as usize;
    if head > 0 {
        let noun = document.hints[head - 1].noun;
        let first = document.tokens[head - usize::from(document.hints[head - 1].head)].lower;
        let distance = (at - head).min(6) as u32;
        sink.add(60, &[noun, distance, shape]);
        sink.add(61, &[first, shape]);
        sink.add(62, &[first, distance.min(2), name(now)]);
    }
}

fn run(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let (from, to) = (document.runs[at].0 as usize, document.runs[at].1 as usize);
    if to <= from {
        return;
    }
    let tokens = &document.tokens;
    let (before, after) = (tokens[from - 1], tokens[to]);
    let place = (at - from).min(4) as u32 | ((to - at).min(4) as u32) << 4;
    let length = (to - from).min(6) as u32;
    let shape = tokens[at].shape as u32;
    sink.add(70, &[place]);
    sink.add(71, &[place, length, shape]);
    sink.add(72, &[before.lower, place]);
    sink.add(73, &[before.lower, tokens[from - 2].lower, place]);
    sink.add(74, &[after.lower, place]);
    sink.add(75, &[before.lower, length]);
    sink.add(76, &[after.lower, length]);
    sink.add(77, &[before.lower, after.lower, place]);
    sink.add(78, &[hash_many(tokens[from..to].iter().map(|t| t.lower)), place]);
    sink.add(79, &[tokens[from].exact, place]);
    sink.add(80, &[tokens[to - 1].exact, place]);
    let nouns = [document.hints[from - 1].noun, document.hints[from - 2].noun];
    sink.add(81, &[nouns[0], place]);
    sink.add(82, &[nouns[0], nouns[1], length]);
    sink.add(83, &[before.shape as u32, after.shape as u32, place]);
    sink.add(84, &[u32::from(tokens[from].first), place, length]);
    sink.add(85, &[document.hints[from].part, place]);
    sink.add(86, &[document.hints[from].part, document.hints[to - 1].part, length]);
}

fn article(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let token = &document.tokens[at];
    let shape = token.shape as u32;
    if token.shape.is_raised() {
        let small = u32::from(document.is_small_elsewhere(at));
        sink.add(100, &[small, u32::from(token.first), shape]);
        if let Some(memory) = document.memory(at, at + 1) {
            sink.add(101, &[memory.bits >> 24, shape]);
            sink.add(102, &[memory.bits & 0xff_ffff, shape]);
        }
    }
    let (from, to) = (document.runs[at].0 as usize, document.runs[at].1 as usize);
    if to <= from {
        return;
    }
    let place = (at - from).min(3) as u32 | ((to - at).min(3) as u32) << 4;
    if let Some(memory) = document.memory(from, to) {
        sink.add(103, &[memory.bits >> 24, place]);
        sink.add(104, &[memory.bits & 0xff_ffff, place]);
        sink.add(105, &[u32::from(memory.count.min(4)), place]);
        for left in memory.left.iter().filter(|&&l| l != 0) {
            sink.add(106, &[*left, place]);
        }
        for right in memory.right.iter().filter(|&&r| r != 0) {
            sink.add(107, &[*right, place]);
        }
        if memory.bits & (seen::SUFFIX | seen::PREFIX) != 0 {
            sink.add(108, &[memory.bits, place]);
        }
    }
}

fn clusters(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let c = |d: isize| document.clusters[at.saturating_add_signed(d)];
    let shape = document.tokens[at].shape as u32;
    let (ll, l, t, r, rr) = (c(-2), c(-1), c(0), c(1), c(2));
    sink.add(120, &[t.fine, shape]);
    sink.add(121, &[t.coarse, shape]);
    sink.add(122, &[l.fine]);
    sink.add(123, &[r.fine]);
    sink.add(124, &[ll.fine]);
    sink.add(125, &[rr.fine]);
    sink.add(126, &[l.coarse, t.coarse]);
    sink.add(127, &[t.coarse, r.coarse]);
    sink.add(128, &[l.fine, t.fine]);
    sink.add(129, &[t.fine, r.fine]);
    sink.add(130, &[ll.coarse, l.coarse, t.coarse]);
    sink.add(131, &[t.coarse, r.coarse, rr.coarse]);
    sink.add(132, &[l.coarse, t.coarse, r.coarse]);
    let (from, to) = (document.runs[at].0 as usize, document.runs[at].1 as usize);
    if to <= from {
        return;
    }
    let place = (at - from).min(3) as u32 | ((to - at).min(3) as u32) << 4;
    let (first, last) = (document.clusters[from], document.clusters[to - 1]);
    let (before, after) = (document.clusters[from - 1], document.clusters[to]);
    sink.add(140, &[document.run_clusters[from].fine, place]);
    sink.add(141, &[document.run_clusters[from].coarse, place]);
    sink.add(142, &[first.coarse, last.coarse, place]);
    sink.add(143, &[before.fine, place]);
    sink.add(144, &[after.fine, place]);
    sink.add(145, &[before.coarse, t.coarse, place]);
    sink.add(146, &[last.fine, place]);
    sink.add(147, &[first.fine, place]);
}

fn known(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let k = |d: isize| document.known[at.saturating_add_signed(d)];
    let shape = document.tokens[at].shape as u32;
    let (l, t, r) = (k(-1), k(0), k(1));
    sink.add(160, &[t.name, t.at]);
    sink.add(161, &[t.kind, t.at, shape]);
    sink.add(166, &[l.kind, l.at, t.kind, t.at]);
    sink.add(167, &[t.kind, t.at, r.kind, r.at]);
    sink.add(169, &[t.kind, t.at, document.hints[at].name, u32::from(document.hints[at].at)]);
    let (from, to) = (document.runs[at].0 as usize, document.runs[at].1 as usize);
    if to <= from {
        return;
    }
    let place = (at - from).min(3) as u32 | ((to - at).min(3) as u32) << 4;
    sink.add(180, &[document.known_runs[from].fine, place]);
    sink.add(181, &[document.known_runs[from].coarse, t.kind, t.at, place]);
    sink.add(182, &[document.hints[from - 1].noun, t.kind, t.at]);
}

/// Titles in quotation marks: how long, how written, and what stands before and behind.
fn quotation(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let (from, to) = (document.quotes[at].0 as usize, document.quotes[at].1 as usize);
    if to <= from {
        return;
    }
    let tokens = &document.tokens;
    let place = (at - from).min(2) as u32 | ((to - 1 - at).min(2) as u32) << 4;
    let length = (to - from).min(9) as u32;
    let raised = tokens[from..to].iter().filter(|t| t.shape.is_raised()).count().min(4) as u32;
    let (first, last) = (tokens[from].shape as u32, tokens[to - 1].shape as u32);
    // The mark itself stands before the first token, the noun before the mark.
    let before = from.saturating_sub(2);
    let noun = document.hints[before].noun;
    sink.add(200, &[place, length]);
    sink.add(201, &[place, raised, length]);
    sink.add(202, &[place, first, raised, noun]);
    sink.add(203, &[place, tokens[before].lower]);
    sink.add(204, &[place, first, last, tokens[before].shape as u32]);
    sink.add(205, &[place, raised, document.clusters[before].fine]);
}

/// What holds in English only: all other features are shared with Vietnamese, where nearly every large word is a name.
fn english(sink: &mut Sink<'_>, document: &Document, at: usize) {
    let w = |d: isize| &document.tokens[at.saturating_add_signed(d)];
    let (l, t, r) = (w(-1), w(0), w(1));
    let shape = t.shape as u32;
    sink.add(220, &[shape, u32::from(t.first)]);
    sink.add(221, &[l.shape as u32, shape, r.shape as u32]);
    sink.add(222, &[t.lower]);
    sink.add(223, &[l.lower, shape]);
    sink.add(224, &[r.lower, shape]);
    sink.add(225, &[document.hints[at].part, u32::from(t.first)]);
    sink.add(226, &[document.known[at].kind, document.known[at].at, shape]);
    sink.add(227, &[t.suffix[1], shape]);
    let (from, to) = (document.runs[at].0 as usize, document.runs[at].1 as usize);
    if to <= from {
        return;
    }
    let place = (at - from).min(3) as u32 | ((to - at).min(3) as u32) << 4;
    sink.add(230, &[place]);
    sink.add(231, &[document.tokens[from - 1].lower, place]);
    sink.add(232, &[document.tokens[to].lower, place]);
    sink.add(233, &[document.tokens[to - 1].lower, place]);
    sink.add(234, &[u32::from(document.is_small_elsewhere(at)), u32::from(t.first), place]);
}

/// Changes with the templates: a model trained on others is refused.
pub(crate) const FINGERPRINT: u32 = 4;
