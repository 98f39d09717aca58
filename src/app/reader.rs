//! The open article.
//!
//! Owns: which article is open, its page (laid out once for each width), how far it is scrolled, the place kept in each article, matches.
//! Refuses: to choose articles.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation as _;

use super::cx::{Cx, Motion};
use super::layout::Area;
use super::page::{Order, Page, Seg};
use super::pictures::Pictures;
use super::words::Lang;
use crate::article::Article;
use crate::library::{Anchor, ArticleIx, Read, Term};
use crate::text::width;

/// Rows from the last of the text to the one that says so.
const END_ROWS: usize = 2;
/// Words (in Vietnamese: syllables) read in a minute.
const WORDS_A_MINUTE: usize = 220;

/// What a page was made for.
#[derive(Debug, Clone)]
struct Made {
    article: ArticleIx,
    text: Arc<Article>,
    width: u16,
    aside: bool,
    lang: Lang,
    tags: Vec<String>,
    note: String,
    pictures: Vec<Option<(u16, u16)>>,
}

/// The open article.
#[derive(Debug, Clone, Default)]
pub struct ReaderPane {
    /// The open article.
    pub article: Option<ArticleIx>,
    /// The first line in sight.
    pub scroll: usize,
    /// The article in lines; empty until it was read.
    pub page: Page,
    /// Lines set aside, mends and problems are shown.
    pub aside: bool,
    /// Matches of what is searched, in the plain text, in order.
    pub matches: Vec<Range<usize>>,
    /// The match that was jumped to.
    pub current: Option<usize>,
    /// Byte of the plain text to which a line of a page led.
    pub spot: Option<usize>,
    made: Option<Made>,
    matched: Option<(ArticleIx, u64)>,
    places: FxHashMap<ArticleIx, Anchor>,
    /// Where the reader is. What is in sight follows from it, so that a smaller or larger screen in between loses nothing.
    place: Anchor,
    /// Go to the first match once it is known.
    seek: bool,
}

impl ReaderPane {
    /// Opens an article at the place where it was left.
    pub fn open(&mut self, article: Option<ArticleIx>) {
        if self.article == article {
            return;
        }
        if let Some(old) = self.article {
            self.places.insert(old, self.place);
        }
        self.article = article;
        self.place = article.and_then(|a| self.places.get(&a).copied()).unwrap_or_default();
        self.current = None;
        self.spot = None;
        self.scroll = 0;
    }

    /// An article was left at a place in an earlier session; what this session knows better stays.
    pub fn left_at(&mut self, article: ArticleIx, place: Anchor) {
        if self.article == Some(article) {
            if self.place == Anchor::default() {
                self.place = place;
            }
        } else {
            self.places.entry(article).or_insert(place);
        }
    }

    /// The article that the page was made of.
    pub(super) fn text(&self) -> Option<Arc<Article>> {
        self.made.as_ref().map(|m| Arc::clone(&m.text))
    }

    /// Scrolls to a place that was left by a jump.
    pub fn restore(&mut self, anchor: Anchor) {
        self.place = anchor;
    }

    /// The place where the reader is.
    pub fn anchor(&self) -> Anchor {
        self.place
    }

    /// Scrolls to a line.
    fn scroll_to(&mut self, line: usize, lowest: usize) {
        self.scroll = line.min(lowest);
        let (at, below) = self.page.place_of(self.scroll);
        self.place = Anchor { at, below };
    }

    /// The first match is to be shown once it is known.
    pub fn seek_first(&mut self) {
        self.seek = true;
    }

    /// The byte of the plain text at a cell of the screen.
    pub fn byte_at(&self, x: u16, y: u16, read: &Read, cx: &Cx<'_>) -> Option<usize> {
        let body = cx.sizes.reader?.body();
        let row = usize::from(y.checked_sub(body.y).filter(|n| *n < body.h)?);
        let line = self.page.lines.get(self.scroll + row)?;
        let mut left = usize::from(cx.sizes.text().0 + line.indent);
        let x = usize::from(x);
        for seg in &line.segs {
            match seg {
                Seg::Pad(n) => left += usize::from(*n),
                Seg::Own(text) => left += width(text),
                Seg::Text(range) => {
                    for (at, grapheme) in read.plain.text.get(range.clone())?.grapheme_indices(true) {
                        let right = left + width(grapheme);
                        if (left..right).contains(&x) {
                            return Some(range.start + at);
                        }
                        left = right;
                    }
                }
            }
        }
        None
    }

    /// Lines in sight.
    pub fn height(cx: &Cx<'_>) -> usize {
        cx.sizes.reader.map_or(0, |a| usize::from(a.body().h))
    }

    /// The last line that may be the first in sight.
    fn lowest(&self, height: usize) -> usize {
        self.page.lines.len().saturating_sub(height)
    }

    /// Scrolls.
    pub fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        let height = Self::height(cx);
        let lowest = self.lowest(height);
        let line = match motion {
            // A count means a hundredth of the article, as in pagers.
            Motion::Top(Some(n)) | Motion::Bottom(Some(n)) => lowest * n.min(100) / 100,
            _ => motion.apply(self.scroll, lowest + 1, height),
        };
        self.scroll_to(line, lowest);
    }

    /// Lays the article out where width or text changed, finds the matches, keeps the place. `terms` and their `version` are what is searched.
    pub fn settle(
        &mut self,
        cx: &Cx<'_>,
        terms: &[Term],
        version: u64,
        aside_key: &str,
        pictures: &Pictures,
    ) {
        let (_, width) = cx.sizes.text();
        let Some(article) = self.article else {
            *self = Self { aside: self.aside, places: std::mem::take(&mut self.places), ..Self::default() };
            return;
        };
        if width == 0 {
            return;
        }
        let Some(read) = cx.read(article) else {
            self.page = Page::default();
            self.made = None;
            self.matches.clear();
            self.matched = None;
            return;
        };
        let lang = cx.prefs.lang;
        let (tags, note) = (cx.snapshot.marks.tags(article), cx.snapshot.marks.note(article));
        let pictures = pictures.sizes(article, cx.prefs.drawing, (width, Self::height(cx) as u16));
        let fresh = self.made.as_ref().is_some_and(|m| {
            m.article == article
                && m.width == width
                && m.aside == self.aside
                && m.lang == lang
                && Arc::ptr_eq(&m.text, &read.article)
                && m.tags == tags
                && m.note == note
                && m.pictures == pictures
        });
        if !fresh {
            let order = Order {
                read: &read,
                width: usize::from(width),
                aside: self.aside,
                now: cx.prefs.now,
                words: cx.words(),
                aside_key,
                tags,
                note,
                pictures: &pictures,
            };
            self.page = Page::of(&order);
            let (text, tags, note) = (Arc::clone(&read.article), tags.to_vec(), note.to_owned());
            self.made = Some(Made { article, text, width, aside: self.aside, lang, tags, note, pictures });
            self.matched = None;
        }
        self.scroll = self.page.line_at(self.place).min(self.lowest(Self::height(cx)));
        if self.matched != Some((article, version)) {
            self.matched = Some((article, version));
            self.matches = find_all(&read.plain.text, terms);
            self.current = None;
        }
        if std::mem::take(&mut self.seek) && !self.matches.is_empty() {
            self.show_match(0, cx);
        }
    }

    /// Goes to the next (`1`) or previous (`-1`) match; `false` where there is none on that side.
    pub fn step_match(&mut self, by: isize, cx: &Cx<'_>) -> bool {
        let next = match self.current {
            Some(n) => n.checked_add_signed(by).filter(|n| *n < self.matches.len()),
            None if by > 0 => {
                let n = self.matches.iter().position(|m| self.page.line_of(m.start) >= self.scroll);
                n.or((!self.matches.is_empty()).then_some(0))
            }
            None => {
                let n = self.matches.iter().rposition(|m| self.page.line_of(m.start) <= self.scroll);
                n.or(self.matches.len().checked_sub(1))
            }
        };
        if let Some(n) = next {
            self.show_match(n, cx);
        }
        next.is_some()
    }

    /// Goes to the first or last match.
    pub fn end_match(&mut self, last: bool, cx: &Cx<'_>) {
        if let Some(end) = self.matches.len().checked_sub(1) {
            self.show_match(if last { end } else { 0 }, cx);
        }
    }

    fn show_match(&mut self, n: usize, cx: &Cx<'_>) {
        self.current = Some(n);
        let line = self.page.line_of(self.matches[n].start);
        let height = Self::height(cx);
        if line < self.scroll || line >= self.scroll + height {
            self.scroll_to(line.saturating_sub(height / 3), self.lowest(height));
        }
    }

    /// How much was read, in hundredths, and the minutes left, when `height` lines are in sight.
    pub fn progress(&self, words: usize, height: usize) -> (usize, usize) {
        // Behind the last line of the text: a blank, and the word that it ends.
        let end = (self.page.end + END_ROWS).min(self.page.lines.len()).max(1);
        let seen = (self.scroll + height).min(end);
        let left = words * (end - seen) / end;
        (seen * 100 / end, left.div_ceil(WORDS_A_MINUTE))
    }

    /// The rows of the scroll mark in a pane: top and length, `None` where all is in sight.
    pub fn thumb(&self, body: Area) -> Option<(u16, u16)> {
        thumb(self.scroll, self.page.lines.len(), body)
    }
}

/// The rows of a scroll mark: top and length.
pub fn thumb(scroll: usize, lines: usize, body: Area) -> Option<(u16, u16)> {
    thumb_of(scroll, usize::from(body.h), lines, body)
}

/// As [`thumb`], where `shown` of `all` things are in sight, which need not take one row each.
pub fn thumb_of(scroll: usize, shown: usize, all: usize, body: Area) -> Option<(u16, u16)> {
    let height = usize::from(body.h);
    if all <= shown || height == 0 || shown == 0 {
        return None;
    }
    let length = (height * shown / all).clamp(1, height);
    let top = scroll.min(all - shown) * (height - length) / (all - shown);
    Some((body.y + top as u16, length as u16))
}

/// All matches of all needles, in order, joined where they overlap.
fn find_all(text: &str, terms: &[Term]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> =
        terms.iter().flat_map(|n| n.find(text)).filter(|r| !r.is_empty()).collect();
    all.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scroll_mark_covers_its_share() {
        let body = Area::new(0, 2, 10, 10);
        for (scroll, lines, expect) in [
            (0, 10, None),
            (0, 20, Some((2, 5))),
            (10, 20, Some((7, 5))),
            (0, 1000, Some((2, 1))),
            (990, 1000, Some((11, 1))),
        ] {
            assert_eq!(thumb(scroll, lines, body), expect, "{scroll} of {lines}");
        }
    }

    #[test]
    fn overlapping_matches_are_joined() {
        let query = crate::library::Query::parse("khe \"khe ng\"*").expect("a query");
        let found: Vec<usize> = find_all("khe ngần, khe", &query.terms()).iter().map(|r| r.start).collect();
        assert_eq!(found, [0, "khe ngần, ".len()]);
    }
}
