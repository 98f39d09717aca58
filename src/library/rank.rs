//! Ranking what was found, and the words around the first match.
//!
//! Owns: BM25 over the terms of a query (k1 = 1.2, b = 0.75, Robertson & Zaragoza 2009), headline matches counted four times,
//! matches with the typed marks above others, of words without marks those that most articles spell so, neighbouring words as a
//! phrase; snippets.
//! Refuses: to decide what is found: that is [`Query::select`].
//! Tests: at the foot.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::query::{How, Query, Term};
use super::segment::pieces;
use super::snapshot::{ArticleIx, Read, Snapshot};
use crate::article::Place;
use crate::text::{Folded, fold, folded, spelling};

/// How much a match in the headline counts.
const HEADLINE: f32 = 4.0;
/// How much a match counts whose marks are not those that were typed.
const OTHER_MARKS: f32 = 0.6;
/// How much all words of the query standing together counts, beside the words themselves.
const TOGETHER: f32 = 2.0;
/// Characters of a snippet, and how many of them stand before the match.
const SNIPPET: (usize, usize) = (180, 60);

/// A found article.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which.
    pub article: ArticleIx,
    /// Higher is better; only comparable within one answer.
    pub score: f32,
    /// The words around the first match.
    pub snippet: Snippet,
}

/// Some words of an article with what was looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words, on one line, `…` where something was cut.
    pub text: String,
    /// Byte ranges of the matches in `text`, in order, not overlapping.
    pub marks: Vec<Range<usize>>,
}

/// The `top` best of `articles`, best first; equal ones stay in the given order.
pub fn rank(query: &Query, snapshot: &Snapshot, articles: &[ArticleIx], top: usize) -> Vec<Hit> {
    let terms = query.terms();
    let weights = Weights::new(&terms, snapshot, articles);
    let found = snapshot.each(articles, |_, read| (weights.score(read), weights.spellings(read)));
    let found: Vec<(f32, BTreeSet<String>)> = found.into_iter().map(Option::unwrap_or_default).collect();
    let meant = meant(found.iter().map(|(_, spellings)| spellings));
    // What has it stands before all others, however often these have another.
    let best = found.iter().map(|f| f.0).fold(0.0, f32::max);
    let lead = |spellings: &BTreeSet<String>| {
        if meant.as_ref().is_some_and(|m| spellings.contains(m)) { best } else { 0.0 }
    };
    let mut scored: Vec<(f32, ArticleIx)> =
        found.iter().zip(articles).map(|((score, spellings), ix)| (score + lead(spellings), *ix)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(top);
    let hit = |(score, article): (f32, ArticleIx)| {
        let read = snapshot.read(article);
        Hit { article, score, snippet: read.map(|r| snippet(&terms, &r)).unwrap_or_default() }
    };
    scored.into_iter().map(hit).collect()
}

/// Of words that were typed without marks, the spelling that most articles have is meant: `da nang` is *Đà Nẵng* before *đa năng*.
fn meant<'a>(found: impl Iterator<Item = &'a BTreeSet<String>>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for spelling in found.flatten() {
        *counts.entry(spelling).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(spelling, _)| spelling.to_owned())
}

struct Weights<'a> {
    /// The terms with their inverse document frequencies.
    terms: Vec<(&'a Term, f32)>,
    together: Option<Term>,
    /// All words as they stand together, where they were typed whole and without marks.
    unmarked: Option<Term>,
    mean: f32,
}

impl<'a> Weights<'a> {
    fn new(terms: &'a [Term], snapshot: &Snapshot, articles: &[ArticleIx]) -> Self {
        let count = snapshot.entries.len();
        let idf = |t: &Term| {
            let with = snapshot.index.candidates(&pieces(&t.text, t.how), count).count_ones(..) as f32;
            (1.0 + (count as f32 - with + 0.5) / (with + 0.5)).ln()
        };
        let words = |ix: &ArticleIx| snapshot.entry(*ix).and_then(|e| e.head.as_ref()).map_or(0, |h| h.words);
        let sum: u64 = articles.iter().map(|ix| u64::from(words(ix))).sum();
        let all: Vec<&str> = terms.iter().map(|t| t.text.as_str()).collect();
        let last = terms.last().map_or(How::Whole, |t| t.how);
        let typed = all.join(" ");
        let is_unmarked = last == How::Whole && folded(&typed) == spelling(&typed);
        Self {
            unmarked: if is_unmarked { Term::new(&typed, last, false) } else { None },
            terms: terms.iter().map(|t| (t, idf(t))).collect(),
            together: if terms.len() > 1 { Term::new(&typed, last, false) } else { None },
            mean: (sum as f32 / articles.len().max(1) as f32).max(1.0),
        }
    }

    /// How the words are spelt where they stand together, if that says what was meant.
    fn spellings(&self, read: &Read) -> BTreeSet<String> {
        let text = &read.plain.text;
        let found = self.unmarked.iter().flat_map(|term| term.find(text));
        found.filter_map(|at| text.get(at)).map(spelling).collect()
    }

    fn score(&self, read: &Read) -> f32 {
        let title = read.article.title.as_deref().unwrap_or("");
        let long = 1.2 * (0.25 + 0.75 * read.words as f32 / self.mean);
        let bm25 = |tf: f32| tf * 2.2 / (tf + long);
        let (whole, head) = (fold(&read.plain.text), fold(title));
        let count = |term: &Term| {
            let of = |folded: &Folded, text: &str| -> f32 {
                let found = term.find_folded(folded, text);
                found.into_iter().map(|at| worth(term, text.get(at).unwrap_or(""))).sum()
            };
            of(&whole, &read.plain.text) + (HEADLINE - 1.0) * of(&head, title)
        };
        let single: f32 = self.terms.iter().map(|(term, idf)| idf * bm25(count(term))).sum();
        let rarest = self.terms.iter().map(|t| t.1).fold(0.0, f32::max);
        single + self.together.as_ref().map_or(0.0, |all| TOGETHER * rarest * bm25(count(all)))
    }
}

fn worth(term: &Term, found: &str) -> f32 {
    let (found, typed) = (spelling(found), spelling(&term.text));
    if found.starts_with(&typed) { 1.0 } else { OTHER_MARKS }
}

/// The words around the first match in the lead or the body, else the beginning.
pub fn snippet(terms: &[Term], read: &Read) -> Snippet {
    let plain = &read.plain;
    let bodies = || plain.parts.iter().filter(|p| matches!(p.place, Place::Lead | Place::Block(_)));
    let first =
        |text: &str| terms.iter().filter_map(|t| t.find(text).into_iter().next()).map(|r| r.start).min();
    let hit = bodies().find_map(|p| {
        let text = &plain.text[p.range.clone()];
        first(text).map(|at| (text, at))
    });
    let (text, at) =
        hit.or_else(|| bodies().next().map(|p| (&plain.text[p.range.clone()], 0))).unwrap_or(("", 0));
    cut(text, at, terms)
}

/// Cuts a window out of a paragraph at word boundaries.
fn cut(text: &str, at: usize, terms: &[Term]) -> Snippet {
    let back = text[..at].char_indices().rev().take(SNIPPET.1).last().map_or(at, |(n, _)| n);
    let start =
        if back == 0 { 0 } else { text[back..at].find(char::is_whitespace).map_or(at, |n| back + n + 1) };
    let forward = text[start..].char_indices().nth(SNIPPET.0).map_or(text.len(), |(n, _)| start + n);
    let end = if forward == text.len() {
        forward
    } else {
        text[start..forward].rfind(char::is_whitespace).map_or(forward, |n| start + n)
    };
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    let shift = out.len();
    // Blanks keep their length in bytes, so that the matches keep their places.
    out.extend(text[start..end].chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
    if end < text.len() {
        out.push('…');
    }
    let inside = |r: &Range<usize>| r.start >= start && r.end <= end;
    let mut marks: Vec<Range<usize>> = terms
        .iter()
        .flat_map(|t| t.find(text))
        .filter(inside)
        .map(|r| r.start - start + shift..r.end - start + shift)
        .collect();
    marks.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut end = 0;
    marks.retain(|r| {
        let apart = r.start >= end;
        end = if apart { r.end } else { end };
        apart
    });
    Snippet { text: out, marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(raw: &str) -> Vec<Term> {
        Query::parse_whole(raw).expect("a query").terms()
    }

    #[test]
    fn a_snippet_shows_the_match() {
        let text = format!("{}mưa lớn ở đầu nguồn {}", "chữ ".repeat(40), "nước ".repeat(60));
        let at = text.find("mưa").expect("there");
        let found = cut(&text, at, &terms("mưa nguồn"));
        assert!(found.text.starts_with('…') && found.text.ends_with('…'), "{}", found.text);
        let marked: Vec<&str> = found.marks.iter().map(|r| &found.text[r.clone()]).collect();
        assert_eq!(marked, ["mưa", "nguồn"]);
        assert!(found.text.chars().count() <= SNIPPET.0 + 2);
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        let found = cut("Nước\tlên nhanh.", 0, &terms("lên"));
        assert_eq!(found.text, "Nước lên nhanh.");
        assert_eq!(found.marks.iter().map(|r| &found.text[r.clone()]).collect::<Vec<_>>(), ["lên"]);
    }
}
