//! The evidence of a relation: what two articles share, side by side, or one above the other where there is no room.
//!
//! Owns: laying out shared names, quotes and passages, each in the context of both articles.
//! Refuses: to judge: the same measure that gave the reasons finds the places ([`crate::story::evidence`]).
//! Tests: key scripts in `tests/it/press/evidence.rs`.

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use super::credit::outlets;
use super::cx::Cx;
use super::panel::{Look, Panel, Sheet};
use super::when;
use super::words::{Lang, Msg};
use crate::article::Place;
use crate::entity::{EntityIx, Mention};
use crate::library::{ArticleIx, Entry, Read};
use crate::story::{Reason, Shared, evidence};
use crate::text::{pad, sentences, width, wrap};

/// From so many cells on, the articles stand side by side.
const BESIDE: usize = 70;
/// What parts them.
const BETWEEN: &str = " │ ";
/// Passages that are shown at most.
const PASSAGES: usize = 60;
/// Syllables from which a passage says something: shorter ones are names and turns that everybody uses.
const LEAST: usize = 8;
/// Syllables of it that must stand outside names.
const LEAST_OWN: usize = 4;
/// Lines of the sentence in which a shared name stands, and spellings of it that are shown in theirs.
const MENTION_LINES: usize = 2;
const SPELLINGS: usize = 3;
/// What stands for words that are left out, and the cells of two of them.
const LEFT_OUT: &str = "…";
const SIGNS: usize = 2;
/// Bytes of context on either side of a passage at most.
const CONTEXT: usize = 400;

/// What the lines were made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    pair: (ArticleIx, ArticleIx),
    generation: u64,
    width: usize,
    lang: Lang,
}

/// The evidence of one pair.
#[derive(Debug, Clone, Default)]
pub struct EvidencePane {
    /// The page.
    pub panel: Panel,
    pair: Option<(ArticleIx, ArticleIx)>,
    made: Option<Made>,
}

impl EvidencePane {
    /// Another pair begins at the top.
    pub(super) fn open(&mut self, here: ArticleIx, there: ArticleIx) {
        if self.pair != Some((here, there)) {
            *self = Self { pair: Some((here, there)), ..Self::default() };
        }
    }

    /// The article that the open one is laid beside.
    pub(super) fn other(&self) -> Option<ArticleIx> {
        self.pair.map(|pair| pair.1)
    }

    /// Makes the lines anew where something they depend on changed.
    pub(super) fn settle(&mut self, cx: &Cx<'_>) {
        let Some(pair) = self.pair else { return };
        let made =
            Made { pair, generation: cx.snapshot.generation, width: Panel::most(cx), lang: cx.prefs.lang };
        if self.made != Some(made) {
            self.panel.fill(sheet(pair, made.width, cx));
            self.made = Some(made);
        }
        self.panel.settle(cx);
    }
}

/// A line of one column: its pieces.
type Segs = Vec<(Look, String)>;

/// One of the two articles.
struct Side<'a> {
    article: ArticleIx,
    entry: &'a Entry,
    read: Arc<Read>,
}

impl<'a> Side<'a> {
    fn of(article: ArticleIx, cx: &Cx<'a>) -> Option<Self> {
        let entry = cx.snapshot.entry(article)?;
        Some(Self { article, entry, read: cx.snapshot.read(article)? })
    }

    /// Title, outlet and date.
    fn head(&self, cells: usize) -> Vec<Segs> {
        let title = self.entry.title();
        let mut lines: Vec<Segs> =
            wrap(&title, cells).into_iter().map(|p| vec![(Look::Title, title[p].to_owned())]).collect();
        let facts =
            [Some(outlets(self.entry)).filter(|o| !o.is_empty()), self.entry.published().map(when::exact)];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        lines.extend(wrap(&facts, cells).into_iter().map(|p| vec![(Look::Dim, facts[p].to_owned())]));
        lines
    }

    /// A name as this article writes it, with its mentions.
    fn name(&self, name: EntityIx, cells: usize, cx: &Cx<'_>) -> Vec<Segs> {
        let mut spellings: Vec<(String, usize)> = Vec::new();
        for (text, ..) in cx.snapshot.mentions_of(self.article, name) {
            match spellings.iter_mut().find(|s| s.0 == text) {
                Some((_, n)) => *n += 1,
                None => spellings.push((text, 1)),
            }
        }
        let told: Vec<String> = spellings.iter().map(|(text, n)| format!("{text} ×{n}")).collect();
        let text = told.join(", ");
        let look = cx.snapshot.entities.get(name).map_or(Look::Text, |e| Look::Name(e.kind));
        wrap(&text, cells).into_iter().map(|p| vec![(look, text[p].to_owned())]).collect()
    }

    /// The first mention of each spelling of a name in its sentence, as far as a few lines hold it; all mentions there are marked.
    fn mention(&self, name: EntityIx, cells: usize, cx: &Cx<'_>) -> Vec<Segs> {
        let mentions = cx.snapshot.mentions_of(self.article, name);
        let range = |m: &Mention| m.start as usize..m.end as usize;
        let all: Vec<Range<usize>> = mentions.iter().map(|(_, m, _)| range(m)).collect();
        // Who wrote or whence a picture is tells nothing of what both are about.
        let plain = &self.read.plain;
        let credits = || plain.parts.iter().filter(|p| matches!(p.place, Place::Credit(_)));
        let told = |m: &&(String, Mention, _)| !credits().any(|p| p.range.contains(&(m.1.start as usize)));
        let mut firsts: Vec<&(String, Mention, _)> = Vec::new();
        for mention in mentions.iter().filter(told) {
            if firsts.iter().all(|first| first.0 != mention.0) {
                firsts.push(mention);
            }
        }
        if firsts.is_empty() {
            firsts.extend(mentions.first());
        }
        let look = cx.snapshot.entities.get(name).map_or(Look::Text, |e| Look::Name(e.kind));
        let (mut out, mut seen): (Vec<Segs>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        for (_, mention, _) in firsts.into_iter().take(SPELLINGS) {
            let here = range(mention);
            // A sentence is told once, whatever stands in it.
            if seen.iter().any(|line| line.start <= here.start && here.end <= line.end) {
                continue;
            }
            for (line, segs) in self.around(&here, &all, cells) {
                seen.push(line);
                out.push(segs.into_iter().map(|seg| named(seg, look)).collect());
            }
        }
        out
    }

    /// The lines around a mention, the first of them one before it, which tells what it is about.
    fn around(
        &self,
        mention: &Range<usize>,
        all: &[Range<usize>],
        cells: usize,
    ) -> impl Iterator<Item = (Range<usize>, Segs)> {
        let mut lines = self.lines(mention, all, cells);
        if lines.len() > MENTION_LINES {
            // Room for the signs of what is left out.
            lines = self.lines(mention, all, cells.saturating_sub(SIGNS));
        }
        // A name that is parted by the end of a line is shown whole.
        let at = lines.iter().position(|(line, _)| line.end >= mention.end).unwrap_or(0);
        let from = at.saturating_sub(1).min(lines.len().saturating_sub(MENTION_LINES));
        let (last, all) = ((from + MENTION_LINES).min(lines.len()), lines.len());
        if from > 0 {
            left_out(&mut lines[from].1, true);
        }
        if last < all {
            left_out(&mut lines[last - 1].1, false);
        }
        lines.into_iter().skip(from).take(MENTION_LINES)
    }

    /// Whether a passage says something, and is no row of names.
    fn tells(&self, passage: &Range<usize>) -> bool {
        let Some(text) = self.read.plain.text.get(passage.clone()) else { return false };
        let names = self.read.names.as_ref().map_or(&[][..], |n| n.mentions.as_slice());
        let named = |at: usize| names.iter().any(|m| (m.start as usize..m.end as usize).contains(&at));
        let words: Vec<bool> = text.unicode_word_indices().map(|(at, _)| named(passage.start + at)).collect();
        words.len() >= LEAST && words.iter().filter(|named| !**named).count() >= LEAST_OWN
    }

    /// A passage in its sentences, with what is shared marked.
    fn passage(&self, shared: &Range<usize>, cells: usize) -> Vec<Segs> {
        self.lines(shared, std::slice::from_ref(shared), cells).into_iter().map(|line| line.1).collect()
    }

    /// The sentences in which a passage stands: bytes and pieces of each line, with some ranges marked.
    fn lines(
        &self,
        passage: &Range<usize>,
        marks: &[Range<usize>],
        cells: usize,
    ) -> Vec<(Range<usize>, Segs)> {
        let text = &self.read.plain.text;
        let (context, cut) = context(text, passage);
        let Some(words) = text.get(context.clone()) else { return Vec::new() };
        let whole = |line: Range<usize>| context.start + line.start..context.start + line.end;
        let cells = if cut == (false, false) { cells } else { cells.saturating_sub(SIGNS) };
        let mut lines: Vec<(Range<usize>, Segs)> = wrap(words, cells.max(1))
            .into_iter()
            .map(whole)
            .map(|line| (line.clone(), marked(text, &line, marks)))
            .collect();
        if let Some(first) = lines.first_mut().filter(|_| cut.0) {
            left_out(&mut first.1, true);
        }
        if let Some(last) = lines.last_mut().filter(|_| cut.1) {
            left_out(&mut last.1, false);
        }
        lines
    }
}

/// A name by itself is no passage that both have: it looks as names do.
fn named((look, text): (Look, String), name: Look) -> (Look, String) {
    (if look == Look::Shared { name } else { Look::Dim }, text)
}

/// Shows that something is left out before or behind a line.
fn left_out(line: &mut Segs, before: bool) {
    let sign = (Look::Text, LEFT_OUT.to_owned());
    if line.first().is_some_and(|seg| before && seg.1 == LEFT_OUT)
        || line.last().is_some_and(|seg| !before && seg.1 == LEFT_OUT)
    {
        return;
    }
    if before { line.insert(0, sign) } else { line.push(sign) }
}

/// The sentences in which a passage stands, within reason, and whether something of them is left out before and behind it.
fn context(text: &str, passage: &Range<usize>) -> (Range<usize>, (bool, bool)) {
    let start = text[..passage.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[passage.end..].find('\n').map_or(text.len(), |at| passage.end + at);
    let all = sentences(&text[start..end]).into_iter().map(|s| start + s.start..start + s.end);
    let touched: Vec<Range<usize>> = all.filter(|s| s.start < passage.end && passage.start < s.end).collect();
    let from = touched.first().map_or(passage.start, |s| s.start.min(passage.start));
    let to = touched.last().map_or(passage.end, |s| s.end.max(passage.end));
    let (first, last) = (from, to);
    let (mut from, mut to) = (from.max(passage.start.saturating_sub(CONTEXT)), to.min(passage.end + CONTEXT));
    let parts = |at: usize| text.is_char_boundary(at) && text[..at].ends_with(char::is_whitespace);
    while from > first && from < passage.start && !parts(from) {
        from += 1;
    }
    while to < last
        && to > passage.end
        && !(text.is_char_boundary(to) && text[to..].starts_with(char::is_whitespace))
    {
        to -= 1;
    }
    (from..to, (from > first, to < last))
}

/// A line of a text, parted where what is marked begins and ends; the marks ascend.
fn marked(text: &str, line: &Range<usize>, marks: &[Range<usize>]) -> Segs {
    let mut segs = Vec::new();
    let mut at = line.start;
    for mark in marks {
        let first = mark.start.clamp(at, line.end);
        let last = mark.end.clamp(first, line.end);
        segs.extend([(Look::Text, at..first), (Look::Shared, first..last)]);
        at = last;
    }
    segs.push((Look::Text, at..line.end));
    let piece = |(look, range): (Look, Range<usize>)| {
        let text = text.get(range).filter(|t| !t.is_empty())?;
        Some((look, text.to_owned()))
    };
    segs.into_iter().filter_map(piece).collect()
}

/// Lays the evidence out.
fn sheet((here, there): (ArticleIx, ArticleIx), width: usize, cx: &Cx<'_>) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (Some(left), Some(right)) = (Side::of(here, cx), Side::of(there, cx)) else { return sheet };
    let words = cx.words();
    // One below the other, the second stands behind a sign.
    let cells =
        if sheet.width >= BESIDE { (sheet.width - 3) / 2 } else { sheet.width.saturating_sub(1).max(1) };
    let stop = Some(sheet.stop(there, 0));
    rows(&mut sheet, &left.head(cells), &right.head(cells), cells, stop);
    let section = |sheet: &mut Sheet, msg: Msg, n: usize| {
        sheet.section(format!("{} · {}", words.get(msg), words.number(n)));
    };
    let names = names(here, there, cx);
    if !names.is_empty() {
        section(&mut sheet, Msg::EvidenceNames, names.len());
    }
    for name in names {
        let at = cx.snapshot.mentions_of(there, name).first().map_or(0, |(_, m, _)| m.start as usize);
        let stop = Some(sheet.stop(there, at));
        rows(&mut sheet, &left.name(name, cells, cx), &right.name(name, cells, cx), cells, stop);
        rows(&mut sheet, &left.mention(name, cells, cx), &right.mention(name, cells, cx), cells, stop);
    }
    let found = evidence(&left.read.plain, &right.read.plain);
    let quotes: Vec<&Shared> = found.quotes.iter().collect();
    let passages: Vec<&Shared> = found.passages.iter().filter(|s| left.tells(&s.here)).collect();
    if quotes.is_empty() && passages.is_empty() {
        section(&mut sheet, Msg::EvidencePassages, 0);
        sheet.words(Look::Dim, words.get(Msg::EvidenceNone), None);
    }
    for (msg, mut shared) in [(Msg::EvidenceQuotes, quotes), (Msg::EvidencePassages, passages)] {
        if shared.is_empty() {
            continue;
        }
        section(&mut sheet, msg, shared.len());
        // Long ones say more: short ones are names and phrases that everybody uses.
        shared.sort_by_key(|s| (std::cmp::Reverse(s.here.len()), s.here.start));
        for (n, Shared { here, there: range }) in shared.into_iter().take(PASSAGES).enumerate() {
            if n > 0 {
                sheet.line(Vec::new(), None);
            }
            let stop = Some(sheet.stop(there, range.start));
            rows(&mut sheet, &left.passage(here, cells), &right.passage(range, cells), cells, stop);
        }
    }
    sheet
}

/// The shared names that are reasons, the rarest first; where there is no relation, all shared ones.
fn names(here: ArticleIx, there: ArticleIx, cx: &Cx<'_>) -> Vec<EntityIx> {
    let nth = cx.snapshot.relations.of(here.0 as usize).iter().position(|r| r.to == there.0);
    let reasons = nth.map(|nth| cx.snapshot.why(here).reasons(nth)).unwrap_or_default();
    let reasons = reasons.iter();
    let named = reasons.filter_map(|r| if let Reason::Names(names) = r { Some(names) } else { None });
    let mut out: Vec<EntityIx> = named.flatten().copied().collect();
    let other = cx.snapshot.entities_of(there);
    for (name, _) in cx.snapshot.entities_of(here) {
        if !out.contains(&name) && other.iter().any(|o| o.0 == name) {
            out.push(name);
        }
    }
    out
}

/// Two columns, or the one below the other.
fn rows(sheet: &mut Sheet, left: &[Segs], right: &[Segs], cells: usize, stop: Option<usize>) {
    if sheet.width < BESIDE {
        for line in left {
            sheet.line(line.clone(), stop);
        }
        for line in right {
            let mut segs = vec![(Look::Sign, "▎".to_owned())];
            segs.extend(line.iter().cloned());
            sheet.line(segs, stop);
        }
        return;
    }
    for n in 0..left.len().max(right.len()) {
        let mut segs: Segs = left.get(n).cloned().unwrap_or_default();
        let used: usize = segs.iter().map(|s| width(&s.1)).sum();
        segs.push((Look::Dim, format!("{}{BETWEEN}", pad("", cells.saturating_sub(used)))));
        segs.extend(right.get(n).cloned().unwrap_or_default());
        sheet.line(segs, stop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stands_in_its_sentences() {
        let text = "Đầu đề\nMột câu. Hai câu nữa ở đây. Ba câu.\nDòng sau";
        for (shared, expect) in [
            ("câu nữa", "Hai câu nữa ở đây."),
            ("câu. Hai", "Một câu. Hai câu nữa ở đây."),
            ("Đầu đề", "Đầu đề"),
            ("sau", "Dòng sau"),
        ] {
            let at = text.find(shared).expect("it stands there");
            let found = context(text, &(at..at + shared.len()));
            assert_eq!((text[found.0].trim(), found.1), (expect, (false, false)), "{shared}");
        }
    }

    #[test]
    fn a_long_context_is_cut_between_syllables_and_says_so() {
        let text = format!("{}ở giữa {}", "mưa lũ ".repeat(200), "sạt lở ".repeat(200));
        let at = text.find("ở giữa").expect("it stands there");
        let (found, cut) = context(&text, &(at..at + "ở giữa".len()));
        assert_eq!(cut, (true, true));
        let words: Vec<&str> = text[found].split_whitespace().collect();
        assert!(words.iter().all(|w| ["mưa", "lũ", "ở", "giữa", "sạt", "lở"].contains(w)), "{words:?}");
    }

    #[test]
    fn what_is_shared_is_marked_across_lines() {
        let words = "một hai ba bốn";
        let shared = 4..11;
        let of = |line: Range<usize>| {
            marked(words, &line, std::slice::from_ref(&shared))
                .iter()
                .map(|(l, t)| (*l == Look::Shared, t.clone()))
                .collect::<Vec<_>>()
        };
        let at = "một hai".len();
        assert_eq!(of(0..at).last().map(|s| s.0), Some(true));
        assert!(of(at..words.len()).iter().map(|s| s.1.as_str()).collect::<String>().ends_with("bốn"));
        let both = marked(words, &(0..words.len()), &[0..5, at + 1..at + 3]);
        let shared: Vec<&str> = both.iter().filter(|s| s.0 == Look::Shared).map(|s| s.1.as_str()).collect();
        assert_eq!(shared, ["một", "ba"]);
    }
}
