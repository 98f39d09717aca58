//! An article as the features see it: tokens, hints of the tables, runs of capitals, and what the whole article says
//! of each run.
//!
//! Owns: runs, the article's memory. Refuses: to weigh anything. Tests: at the foot of this file.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::cutter::Cutter;
use super::gazetteer::{Gazetteer, Hint};
use super::known::{self, Known};
use super::syllable::{Shape, Syllable, growing, hash_many, hash_words};
use super::weights::BadModel;
use super::words::{Cluster, Words, name_key};
use crate::article::{Lang, detect};

/// Longest run whose parts are remembered, in tokens.
const LONGEST_RUN: usize = 7;

/// Longest quotation that may be a title, in tokens.
const LONGEST_QUOTE: usize = 16;

/// Where a stretch of tokens was also met in the article, as bits.
pub(crate) mod seen {
    /// As the first part of a longer run.
    pub const PREFIX: u32 = 1 << 24;
    /// As the last part of a longer run.
    pub const SUFFIX: u32 = 1 << 25;
    /// Inside a longer run.
    pub const INNER: u32 = 1 << 26;
    /// As a whole run.
    pub const WHOLE: u32 = 1 << 27;
    /// In brackets.
    pub const BRACKETS: u32 = 1 << 28;
    /// As a whole run inside a sentence, not at its start.
    pub const INSIDE: u32 = 1 << 29;
}

/// What the article says of one stretch of tokens.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Memory {
    /// Classes of the nouns before it (low bits), and bits of [`seen`].
    pub bits: u32,
    /// How often it is a whole run.
    pub count: u16,
    /// Small-letter words that stand before it, the first two found.
    pub left: [u32; 2],
    /// Small-letter words that stand after it, the first two found.
    pub right: [u32; 2],
}

/// All that is known before an article is read.
#[derive(Debug)]
pub(crate) struct Tables {
    /// Hand-made tables.
    pub gazetteer: Gazetteer,
    /// Clusters of words.
    pub words: Words,
    /// Names learnt on unlabelled text.
    pub known: Known,
}

impl Tables {
    /// The built-in hand-made tables, and the others from these files.
    pub fn read(words: &[u8], known: &[u8]) -> Result<Self, BadModel> {
        let (words, known) = (Words::read(words)?, Known(Words::read(known)?));
        Ok(Self { gazetteer: Gazetteer::load(), words, known })
    }
}

/// Raised tokens in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    from: u32,
    to: u32,
    /// Hash of its words.
    pub word: u64,
    /// Hash of its words in lower case.
    pub lower: u32,
    /// Clusters of the name that it spells.
    pub cluster: Cluster,
    /// What is known of that name.
    pub known: Cluster,
}

impl Run {
    fn new(tokens: &[Syllable], run: Range<usize>, tables: &Tables) -> Self {
        let (from, to) = (run.start as u32, run.end as u32);
        let inside = &tokens[run];
        let key = name_key(inside.iter().map(|t| t.exact));
        Self {
            from,
            to,
            word: hash_words(inside.iter().map(|t| t.word)),
            lower: hash_many(inside.iter().map(|t| t.lower)),
            cluster: tables.words.cluster(key),
            known: tables.known.0.cluster(key),
        }
    }

    /// Its first token.
    pub fn from(&self) -> usize {
        self.from as usize
    }

    /// The token behind it.
    pub fn to(&self) -> usize {
        self.to as usize
    }
}

/// An article cut into tokens.
#[derive(Debug)]
pub(crate) struct Document {
    /// The text is English, which writes other words large than Vietnamese does.
    pub english: bool,
    /// All tokens, two breaks at each end and between lines.
    pub tokens: Vec<Syllable>,
    /// What the tables say.
    pub hints: Vec<Hint>,
    /// The runs, in order.
    pub runs: Vec<Run>,
    /// By token: the number of its run, from 1; 0 for none.
    run_of: Vec<u32>,
    /// First token and end of the quotation that each token is in; equal where it is in none.
    pub quotes: Vec<(u32, u32)>,
    /// Where the last capitalised class noun to the left of each token ends; 0 for none near enough.
    pub heads: Vec<u32>,
    /// What is known of the tokens from unlabelled text.
    pub known: Vec<known::Hint>,
    memory: FxHashMap<u32, Memory>,
    small: FxHashSet<u32>,
}

impl Document {
    /// Cuts a text and gathers what the article says of its runs.
    pub fn new(text: &str, tables: &Tables, cutter: &mut Cutter) -> Self {
        let english = detect([text]) == Lang::En;
        let tokens = cutter.cut(text, |exact| tables.words.cluster(exact));
        let hints = tables.gazetteer.hints(&tokens, english);
        let known = tables.known.hints(&tokens);
        let quotes = find_quotes(&tokens);
        let heads = find_heads(&tokens, &hints);
        let mut small = FxHashSet::with_capacity_and_hasher(tokens.len() / 2, FxBuildHasher);
        small.extend(tokens.iter().filter(|t| t.shape == Shape::Lower).map(|t| t.lower));
        let mut run_of = vec![0; tokens.len()];
        let runs: Vec<Run> = find_runs(&tokens).map(|run| Run::new(&tokens, run, tables)).collect();
        for (number, run) in (1..).zip(&runs) {
            run_of[run.from()..run.to()].fill(number);
        }
        let memory = FxHashMap::with_capacity_and_hasher(2 * runs.len(), FxBuildHasher);
        let mut document = Self { english, tokens, hints, runs, run_of, quotes, heads, known, memory, small };
        document.remember();
        document
    }

    /// The run that a token is in.
    pub fn run(&self, at: usize) -> Option<&Run> {
        self.runs.get((self.run_of[at] as usize).wrapping_sub(1))
    }

    /// What the article says of a stretch of tokens, by [`hash_many`] of their lower forms.
    pub fn memory(&self, lower: u32) -> Option<&Memory> {
        self.memory.get(&lower)
    }

    /// The word is also met in small letters in this article.
    pub fn is_small_elsewhere(&self, at: usize) -> bool {
        self.small.contains(&self.tokens[at].lower)
    }

    fn remember(&mut self) {
        for at in 0..self.runs.len() {
            let (from, to) = (self.runs[at].from(), self.runs[at].to());
            if !self.tokens[from].loud {
                self.remember_run(from, to);
            }
        }
    }

    /// Remembers a run, all its parts, and, where it opens a sentence, also the run without its first word.
    fn remember_run(&mut self, from: usize, to: usize) {
        if to - from > LONGEST_RUN {
            return;
        }
        let left = &self.hints[from - 1];
        let (noun, before) = (left.noun, self.tokens[from - 1]);
        let after = self.tokens[to];
        let opens = self.tokens[from].first;
        for a in (from..to).filter(|a| self.tokens[*a].shape.is_word()) {
            let keys = growing(self.tokens[a..to].iter().map(|t| t.lower));
            for (key, b) in keys.zip(a + 1..).filter(|(_, b)| self.tokens[*b - 1].shape.is_word()) {
                let entry = self.memory.entry(key).or_default();
                entry.bits |= match (a == from, b == to) {
                    (true, true) => seen::WHOLE | if opens { 0 } else { seen::INSIDE },
                    (true, false) => seen::PREFIX,
                    (false, true) => seen::SUFFIX,
                    (false, false) => seen::INNER,
                };
                if (a, b) == (from, to) {
                    entry.count = entry.count.saturating_add(1);
                    note(&mut entry.left, before);
                    note(&mut entry.right, after);
                    if before.shape == Shape::Open {
                        entry.bits |= seen::BRACKETS;
                    }
                }
                if a == from {
                    entry.bits |= noun;
                }
            }
        }
    }
}

fn note(slots: &mut [u32; 2], token: Syllable) {
    if token.shape != Shape::Lower || slots.contains(&token.lower) {
        return;
    }
    if let Some(slot) = slots.iter_mut().find(|s| **s == 0) {
        *slot = token.lower;
    }
}

/// Runs: raised tokens, digits after them, and what is glued on by hyphen, full stop, `&` or `/`.
pub(crate) fn find_runs(tokens: &[Syllable]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + tokens[at..].iter().position(|t| t.shape.is_raised())?;
        at = from + 1;
        while at < tokens.len() {
            if tokens[at].shape.is_raised() || tokens[at].shape == Shape::Digits {
                at += 1;
            } else if glues(tokens, at) {
                at += 2;
            } else {
                break;
            }
        }
        Some(from..at)
    })
}

/// What stands in short quotations: from a mark with a blank before it to the next mark in the line.
fn find_quotes(tokens: &[Syllable]) -> Vec<(u32, u32)> {
    let mut quotes = vec![(0, 0); tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let opens = tokens[at].shape == Shape::Quote && tokens[at].spaced;
        let line = tokens[at + 1..].iter().take(LONGEST_QUOTE + 1).take_while(|t| t.shape != Shape::Break);
        at += 1;
        let Some(length) = line.clone().position(|t| t.shape == Shape::Quote).filter(|_| opens) else {
            continue;
        };
        for quote in &mut quotes[at..at + length] {
            *quote = (at as u32, (at + length) as u32);
        }
        at += length + 1;
    }
    quotes
}

/// A mark between two word tokens without blanks: `Jong-un`, `TP.HCM`, `GD&ĐT`.
fn glues(tokens: &[Syllable], at: usize) -> bool {
    let (mark, next) = (tokens[at], tokens.get(at + 1));
    matches!(mark.shape, Shape::Dash | Shape::Stop | Shape::Mark)
        && !mark.spaced
        && next.is_some_and(|n| {
            !n.spaced && n.shape.is_word() && (mark.shape == Shape::Dash || n.shape.is_raised())
        })
}

/// For each token the end of the last noun with a capital to its left, with no mark between and at most three small
/// words in a row.
fn find_heads(tokens: &[Syllable], hints: &[Hint]) -> Vec<u32> {
    let mut heads = vec![0; tokens.len()];
    let (mut head, mut gap) = (0, 0);
    for at in 0..tokens.len() {
        let shape = tokens[at].shape;
        if !shape.is_word() && shape != Shape::Dash && shape != Shape::Mark {
            head = 0;
        }
        gap = if shape == Shape::Lower { gap + 1 } else { 0 };
        if gap > 3 {
            head = 0;
        }
        heads[at] = head;
        if hints[at].head > 0 {
            head = at as u32 + 1;
            gap = 0;
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare() -> Tables {
        let empty = || Words::new(&[0; 256], &[]);
        Tables { gazetteer: Gazetteer::load(), words: empty(), known: Known(empty()) }
    }

    fn runs_of(text: &str) -> Vec<&str> {
        let document = Document::new(text, &bare(), &mut Cutter::default());
        let tokens = |run: &Run| (document.tokens[run.from()].start, document.tokens[run.to() - 1].end);
        document.runs.iter().map(tokens).map(|(start, end)| &text[start as usize..end as usize]).collect()
    }

    #[test]
    fn finds_runs() {
        let table: &[(&str, &[&str])] = &[
            ("gặp ông Lê Văn Tám ở Huế", &["Lê Văn Tám", "Huế"]),
            ("Kim Jong-un và TP.HCM", &["Kim Jong-un", "TP.HCM"]),
            ("xe Note 3 của Bộ GD&ĐT.", &["Note 3", "Bộ GD&ĐT"]),
            ("Nga - Triều", &["Nga", "Triều"]),
        ];
        for (text, expect) in table {
            assert_eq!(runs_of(text), *expect, "{text}");
        }
    }

    #[test]
    fn finds_quotations() {
        let text = "phim “Mưa trên bến” và O’Hara hát 'Đò'";
        let document = Document::new(text, &bare(), &mut Cutter::default());
        let mut inside: Vec<&str> = Vec::new();
        for (token, (from, to)) in document.tokens.iter().zip(&document.quotes) {
            if to > from {
                inside.push(&text[token.start as usize..token.end as usize]);
            }
        }
        assert_eq!(inside, ["Mưa", "trên", "bến", "Đò"]);
    }

    #[test]
    fn remembers_longer_forms() {
        let text = "ông Trần Văn Bảy đến. Chiều nay Bảy về";
        let document = Document::new(text, &bare(), &mut Cutter::default());
        let at = document.tokens.iter().rposition(|t| text[t.start as usize..].starts_with("Bảy")).unwrap();
        let memory = document.memory(document.run(at).unwrap().lower).unwrap();
        assert!(memory.bits & seen::SUFFIX != 0 && memory.bits & seen::WHOLE != 0);
    }
}
