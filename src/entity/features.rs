//! The features of a token: one function for training and for reading, so that the two cannot drift apart.
//!
//! Owns: the templates. Refuses: weights, labels. A change here asks for training again
//! (loading it fails otherwise, and with it every test that reads names). Tests: measured in `tests/it/names.rs`.

use super::document::{Document, Run, seen};
use super::gazetteer::Hint;
use super::syllable::{Shape, Syllable, finish, hash_many, step};

/// Longest stretch of small words that may still be inside a name, counted from its last raised token.
const REACH: usize = 10;

/// Small words before a raised token that may belong to its name (`miền Trung`).
const LEAD: usize = 2;

/// The hash of a feature; every template has its own number.
#[inline]
pub(crate) fn hash(template: u32, values: &[u32]) -> u32 {
    finish(values.iter().fold(step(0x51_7c_c1_b7, template), |h, &v| step(h, v)))
}

/// Hashed features in a row.
pub(crate) struct Hashes<'a>(pub &'a mut Vec<u32>);

impl Hashes<'_> {
    fn add(&mut self, template: u32, values: &[u32]) {
        self.0.push(hash(template, values));
    }
}

/// Where features go: the trainer wants each of them, the reader only the sum of their weights.
pub(crate) trait Sink {
    /// Features that depend on `values` and on nothing else: who has met the values before need not make them.
    fn group(&mut self, group: u32, values: &[u64], features: impl FnOnce(&mut Hashes<'_>));

    /// A feature whose values seldom come together again.
    fn lone(&mut self, template: u32, values: &[u32]);
}

impl Sink for Vec<u32> {
    fn group(&mut self, _: u32, _: &[u64], features: impl FnOnce(&mut Hashes<'_>)) {
        features(&mut Hashes(self));
    }

    fn lone(&mut self, template: u32, values: &[u32]) {
        self.push(hash(template, values));
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

/// Gives the features of the token at `at`; at least two tokens stand on either side of it.
pub(crate) fn extract(document: &Document, at: usize, sink: &mut impl Sink) {
    words(sink, document, at);
    shapes(sink, |d| &document.tokens[at.saturating_add_signed(d)]);
    tables(sink, document, at);
    known(sink, document, at);
    if let Some(run) = document.run(at) {
        whole_run(sink, document, at, run);
        around_run(sink, document, at, run);
        run_in_article(sink, document, at, run);
    }
    if document.tokens[at].shape.is_raised() {
        elsewhere(sink, document, at);
    }
    quotation(sink, document, at);
    if document.english {
        english(sink, document, at);
    }
}

/// The word, its neighbours, and the clusters of all of them.
fn words(sink: &mut impl Sink, document: &Document, at: usize) {
    let w = |d: isize| &document.tokens[at.saturating_add_signed(d)];
    let (ll, l, t, r, rr) = (w(-2), w(-1), w(0), w(1), w(2));
    let (cll, cl, ct, cr, crr) = (ll.cluster, l.cluster, t.cluster, r.cluster, rr.cluster);
    let shape = t.shape as u32;
    sink.group(1, &[t.word], |out| {
        out.add(0, &[]);
        out.add(1, &[t.exact]);
        out.add(2, &[t.lower]);
        out.add(3, &[t.folded]);
        if t.shape.is_word() {
            out.add(16, &[t.prefix[0]]);
            out.add(17, &[t.prefix[1]]);
            out.add(18, &[t.suffix[0]]);
            out.add(19, &[t.suffix[1]]);
            out.add(20, &[u32::from(t.len.min(10)), shape]);
        }
        out.add(120, &[ct.fine, shape]);
        out.add(121, &[ct.coarse, shape]);
    });
    sink.group(2, &[l.word, u64::from(shape)], |out| {
        out.add(5, &[l.lower]);
        out.add(13, &[l.lower, shape]);
        out.add(122, &[cl.fine]);
        if l.shape == Shape::Code {
            out.add(21, &[l.folded, shape]);
        }
    });
    sink.group(3, &[r.word, u64::from(shape)], |out| {
        out.add(6, &[r.lower]);
        out.add(14, &[shape, r.lower]);
        out.add(123, &[cr.fine]);
        if r.shape == Shape::Code {
            out.add(22, &[r.folded, shape]);
        }
    });
    sink.group(4, &[ll.word], |out| {
        out.add(4, &[ll.lower]);
        out.add(124, &[cll.fine]);
    });
    sink.group(5, &[rr.word], |out| {
        out.add(7, &[rr.lower]);
        out.add(125, &[crr.fine]);
    });
    if t.shape == Shape::Code {
        sink.lone(23, &[t.folded, r.shape as u32]);
    }
    sink.lone(8, &[l.exact, t.exact]);
    sink.lone(9, &[t.exact, r.exact]);
    sink.lone(10, &[ll.lower, l.lower]);
    sink.lone(11, &[r.lower, rr.lower]);
    sink.lone(15, &[l.folded, t.folded]);
    sink.group(15, &[u64::from(cl.coarse << 16 | ct.coarse << 8 | cr.coarse)], |out| {
        out.add(126, &[cl.coarse, ct.coarse]);
        out.add(127, &[ct.coarse, cr.coarse]);
        out.add(132, &[cl.coarse, ct.coarse, cr.coarse]);
    });
    sink.lone(128, &[cl.fine, ct.fine]);
    sink.lone(129, &[ct.fine, cr.fine]);
    sink.lone(12, &[ll.lower, l.lower, shape]);
    sink.lone(130, &[cll.coarse, cl.coarse, ct.coarse]);
    sink.lone(131, &[ct.coarse, cr.coarse, crr.coarse]);
}

fn shapes<'d>(sink: &mut impl Sink, w: impl Fn(isize) -> &'d Syllable) {
    let s = |d: isize| w(d).shape as u32 + 32 * u32::from(w(d).spaced);
    let first = u32::from(w(0).first);
    let loud = u32::from(w(0).loud);
    let before = u32::from(w(-1).first);
    let row = [-2, -1, 0, 1, 2].map(s).into_iter().fold(0, |row, shape| row << 6 | u64::from(shape));
    sink.group(6, &[row << 3 | u64::from(first << 2 | loud << 1 | before)], |out| {
        out.add(30, &[s(0)]);
        out.add(31, &[s(0), first, loud]);
        out.add(32, &[s(-1), s(0)]);
        out.add(33, &[s(0), s(1)]);
        out.add(34, &[s(-1), s(0), s(1)]);
        out.add(35, &[s(-2), s(-1), s(0)]);
        out.add(36, &[s(0), s(1), s(2)]);
        out.add(37, &[s(-2), s(-1), s(0), s(1), s(2)]);
        out.add(38, &[before, s(-1), s(0)]);
    });
}

fn tables(sink: &mut impl Sink, document: &Document, at: usize) {
    let hint = |d: isize| document.hints[at.saturating_add_signed(d)];
    let shape = document.tokens[at].shape as u32;
    let name = Hint::name_at;
    let (ll, l, now, r) = (hint(-2), hint(-1), hint(0), hint(1));
    let key = [l.code() << 32 | u64::from(ll.noun) << 8 | u64::from(shape), now.code() << 32 | r.code()];
    sink.group(7, &key, |out| {
        out.add(50, &[name(now), shape]);
        out.add(51, &[now.part, shape]);
        out.add(52, &[now.noun, shape]);
        out.add(53, &[l.noun, shape]);
        out.add(54, &[ll.noun, l.noun, shape]);
        out.add(55, &[name(l), name(now)]);
        out.add(56, &[name(now), name(r)]);
        out.add(57, &[l.part, now.part, r.part]);
        out.add(58, &[l.noun, now.part, now.name]);
        out.add(59, &[r.noun, shape]);
    });
    let head = document.heads[at] as usize;
    if head > 0 {
        let noun = document.hints[head - 1].noun;
        let first = document.tokens[head - usize::from(document.hints[head - 1].head)].lower;
        let distance = (at - head).min(6) as u32;
        sink.lone(60, &[noun, distance, shape]);
        sink.lone(61, &[first, shape]);
        sink.lone(62, &[first, distance.min(2), name(now)]);
    }
}

fn known(sink: &mut impl Sink, document: &Document, at: usize) {
    let k = |d: isize| document.known[at.saturating_add_signed(d)];
    let shape = document.tokens[at].shape as u32;
    let hint = document.hints[at];
    let (l, t, r) = (k(-1), k(0), k(1));
    let kinds = t.kind_at() << 12 | l.kind_at() << 6 | r.kind_at();
    let key = [u64::from(t.name) << 32 | u64::from(kinds), u64::from(hint.name_at()) << 8 | u64::from(shape)];
    sink.group(8, &key, |out| {
        out.add(160, &[t.name, t.at]);
        out.add(161, &[t.kind, t.at, shape]);
        out.add(166, &[l.kind, l.at, t.kind, t.at]);
        out.add(167, &[t.kind, t.at, r.kind, r.at]);
        out.add(169, &[t.kind, t.at, hint.name, u32::from(hint.at)]);
    });
}

/// Where a token stands in its run: tokens from the first and to the end, no more than `most` each.
fn place(at: usize, run: &Run, most: usize) -> u32 {
    (at - run.from()).min(most) as u32 | ((run.to() - at).min(most) as u32) << 4
}

/// What the run itself says.
fn whole_run(sink: &mut impl Sink, document: &Document, at: usize, run: &Run) {
    let (from, to) = (run.from(), run.to());
    let tokens = &document.tokens;
    let (place, near) = (place(at, run, 4), place(at, run, 3));
    sink.group(9, &[run.word, u64::from(place)], |out| {
        let (first, last) = (document.tokens[from].cluster, document.tokens[to - 1].cluster);
        out.add(78, &[run.lower, place]);
        out.add(79, &[tokens[from].exact, place]);
        out.add(80, &[tokens[to - 1].exact, place]);
        out.add(140, &[run.cluster.fine, near]);
        out.add(141, &[run.cluster.coarse, near]);
        out.add(142, &[first.coarse, last.coarse, near]);
        out.add(146, &[last.fine, near]);
        out.add(147, &[first.fine, near]);
        out.add(180, &[run.known.fine, near]);
    });
    let known = document.known[at];
    sink.lone(181, &[run.known.coarse, known.kind, known.at, near]);
}

/// What stands before and behind a run.
fn around_run(sink: &mut impl Sink, document: &Document, at: usize, run: &Run) {
    let (from, to) = (run.from(), run.to());
    let tokens = &document.tokens;
    let (before, after) = (tokens[from - 1], tokens[to]);
    let (place, near) = (place(at, run, 4), place(at, run, 3));
    let length = (to - from).min(6) as u32;
    let shape = tokens[at].shape as u32;
    let where_in = u64::from(place << 8 | length);
    sink.group(10, &[before.word, where_in], |out| {
        out.add(72, &[before.lower, place]);
        out.add(75, &[before.lower, length]);
        out.add(143, &[document.tokens[from - 1].cluster.fine, near]);
    });
    sink.group(11, &[after.word, where_in], |out| {
        out.add(74, &[after.lower, place]);
        out.add(76, &[after.lower, length]);
        out.add(144, &[document.tokens[to].cluster.fine, near]);
    });
    let nouns = [document.hints[from - 1].noun, document.hints[from - 2].noun];
    let parts = [document.hints[from].part, document.hints[to - 1].part];
    let first = u32::from(tokens[from].first);
    let looks =
        before.shape as u32 | (after.shape as u32) << 5 | shape << 10 | nouns[0] << 15 | nouns[1] << 20;
    let key =
        [where_in << 32 | u64::from(looks), u64::from(parts[0]) << 32 | u64::from(parts[1] << 1 | first)];
    sink.group(12, &key, |out| {
        out.add(70, &[place]);
        out.add(71, &[place, length, shape]);
        out.add(81, &[nouns[0], place]);
        out.add(82, &[nouns[0], nouns[1], length]);
        out.add(83, &[before.shape as u32, after.shape as u32, place]);
        out.add(84, &[first, place, length]);
        out.add(85, &[parts[0], place]);
        out.add(86, &[parts[0], parts[1], length]);
    });
    sink.lone(73, &[before.lower, tokens[from - 2].lower, place]);
    sink.lone(77, &[before.lower, after.lower, place]);
    sink.lone(145, &[document.tokens[from - 1].cluster.coarse, document.tokens[at].cluster.coarse, near]);
    let known = document.known[at];
    sink.lone(182, &[nouns[0], known.kind, known.at]);
}

/// What the article says of a run wherever it stands.
fn run_in_article(sink: &mut impl Sink, document: &Document, at: usize, run: &Run) {
    let Some(memory) = document.memory(run.lower) else { return };
    let place = place(at, run, 3);
    let count = u32::from(memory.count.min(4));
    sink.group(13, &[u64::from(memory.bits) << 32 | u64::from(count << 8 | place)], |out| {
        out.add(103, &[memory.bits >> 24, place]);
        out.add(104, &[memory.bits & 0xff_ffff, place]);
        out.add(105, &[count, place]);
        if memory.bits & (seen::SUFFIX | seen::PREFIX) != 0 {
            out.add(108, &[memory.bits, place]);
        }
    });
    for (template, words) in [(106, memory.left), (107, memory.right)] {
        for word in words.iter().filter(|&&w| w != 0) {
            sink.lone(template, &[*word, place]);
        }
    }
}

/// What the article says of a raised token alone.
fn elsewhere(sink: &mut impl Sink, document: &Document, at: usize) {
    let token = &document.tokens[at];
    let shape = token.shape as u32;
    let small = u32::from(document.is_small_elsewhere(at));
    let bits = document.memory(hash_many(std::iter::once(token.lower))).map(|memory| memory.bits);
    let key = small | u32::from(token.first) << 1 | u32::from(bits.is_some()) << 2 | shape << 3;
    sink.group(14, &[u64::from(bits.unwrap_or(0)) << 32 | u64::from(key)], |out| {
        out.add(100, &[small, u32::from(token.first), shape]);
        if let Some(bits) = bits {
            out.add(101, &[bits >> 24, shape]);
            out.add(102, &[bits & 0xff_ffff, shape]);
        }
    });
}

/// Titles in quotation marks: how long, how written, and what stands before and behind.
fn quotation(sink: &mut impl Sink, document: &Document, at: usize) {
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
    sink.lone(200, &[place, length]);
    sink.lone(201, &[place, raised, length]);
    sink.lone(202, &[place, first, raised, noun]);
    sink.lone(203, &[place, tokens[before].lower]);
    sink.lone(204, &[place, first, last, tokens[before].shape as u32]);
    sink.lone(205, &[place, raised, document.tokens[before].cluster.fine]);
}

/// What holds in English only: all other features are shared with Vietnamese, where nearly every large word is a name.
fn english(sink: &mut impl Sink, document: &Document, at: usize) {
    let w = |d: isize| &document.tokens[at.saturating_add_signed(d)];
    let (l, t, r) = (w(-1), w(0), w(1));
    let shape = t.shape as u32;
    sink.lone(220, &[shape, u32::from(t.first)]);
    sink.lone(221, &[l.shape as u32, shape, r.shape as u32]);
    sink.lone(222, &[t.lower]);
    sink.lone(223, &[l.lower, shape]);
    sink.lone(224, &[r.lower, shape]);
    sink.lone(225, &[document.hints[at].part, u32::from(t.first)]);
    sink.lone(226, &[document.known[at].kind, document.known[at].at, shape]);
    sink.lone(227, &[t.suffix[1], shape]);
    let Some(run) = document.run(at) else { return };
    let (from, to, place) = (run.from(), run.to(), place(at, run, 3));
    sink.lone(230, &[place]);
    sink.lone(231, &[document.tokens[from - 1].lower, place]);
    sink.lone(232, &[document.tokens[to].lower, place]);
    sink.lone(233, &[document.tokens[to - 1].lower, place]);
    sink.lone(234, &[u32::from(document.is_small_elsewhere(at)), u32::from(t.first), place]);
}

/// Changes with the templates: a model trained on others is refused.
pub(crate) const FINGERPRINT: u32 = 4;
