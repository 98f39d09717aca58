//! The names of the open article, or of all results.
//!
//! Owns: their order (what the article is about first), the counts beside them, which is chosen (by entity, never by row), whose spellings are shown.
//! Refuses: to change the filter: it only says which entity is meant.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cx::{Cx, Motion};
use super::layout::Area;
use super::why::spelling;
use super::words::{Lang, Msg};
use crate::entity::{Entity, EntityIx, Kind, about, salience};
use crate::library::{ArticleIx, Stage};
use crate::text::wrap;

/// Names of one kind that are shown of all results.
const MOST: usize = 100;

/// A row of the pane: one line of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A kind, and how many names it has.
    Head(Kind, usize),
    /// A name.
    Name {
        /// What is named.
        ix: EntityIx,
        /// Mentions in the article.
        here: u32,
        /// Articles under the filter.
        under: u32,
        /// The article is about it.
        about: bool,
    },
    /// A line of the n-th spelling of the name above: each spelling takes as many as it needs.
    Variant(EntityIx, usize, usize),
    /// What the name above might be, left open.
    Open(EntityIx),
}

/// What the rows were made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    article: Option<ArticleIx>,
    generation: u64,
    answer: u64,
    all: bool,
    opened: u64,
    cells: usize,
    lang: Lang,
}

/// The names.
#[derive(Debug, Clone, Default)]
pub struct NamesPane {
    /// The rows.
    pub rows: Vec<Row>,
    /// The chosen row.
    pub row: usize,
    /// The first row in sight.
    pub top: usize,
    /// Names of all results instead of those of the article.
    pub all: bool,
    /// Entities whose spellings are shown.
    open: FxHashSet<String>,
    /// Counts changes of `open`.
    opened: u64,
    /// Id and name of the chosen entity.
    chosen: Option<(String, String)>,
    made: Option<Made>,
}

impl NamesPane {
    /// The chosen entity.
    pub fn selected(&self) -> Option<EntityIx> {
        match self.rows.get(self.row)? {
            Row::Name { ix, .. } | Row::Variant(ix, ..) | Row::Open(ix) => Some(*ix),
            Row::Head(..) => None,
        }
    }

    /// Moves the choice from name to name.
    pub fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        let names: Vec<usize> = self.stops();
        let at = names.iter().position(|n| *n >= self.row).unwrap_or(0);
        let page = cx.sizes.names.map_or(1, |a| usize::from(a.body().h));
        if let Some(row) = names.get(motion.apply(at, names.len(), page)) {
            self.choose(*row, cx);
        }
    }

    /// Chooses a row; `false` where it is not a name.
    pub fn choose(&mut self, row: usize, cx: &Cx<'_>) -> bool {
        let Some(Row::Name { ix, .. }) = self.rows.get(row) else { return false };
        self.row = row;
        self.chosen = cx.snapshot.entities.get(*ix).map(|e| (e.id.clone(), e.name.clone()));
        true
    }

    /// The row of an entity.
    pub fn row_of(&self, entity: EntityIx) -> Option<usize> {
        self.rows.iter().position(|r| matches!(r, Row::Name { ix, .. } if *ix == entity))
    }

    /// Chooses a name that is not there yet: it is looked for in the next snapshot.
    pub fn choose_later(&mut self, name: &str) {
        self.chosen = Some((String::new(), name.to_owned()));
    }

    /// Moves what is in sight, not the choice.
    pub fn wheel(&mut self, by: isize, cx: &Cx<'_>) {
        let page = cx.sizes.names.map_or(0, |a| usize::from(a.body().h));
        self.top = self.top.saturating_add_signed(by).min(self.rows.len().saturating_sub(page));
    }

    /// Shows or hides the spellings of the chosen name.
    pub fn toggle_variants(&mut self, cx: &Cx<'_>) {
        let Some(id) = self.selected().and_then(|ix| cx.snapshot.entities.get(ix)).map(|e| e.id.clone())
        else {
            return;
        };
        if !self.open.remove(&id) {
            self.open.insert(id);
        }
        self.opened += 1;
    }

    fn stops(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|n| matches!(self.rows[*n], Row::Name { .. })).collect()
    }

    /// Makes the rows anew where something they depend on changed.
    pub fn settle(&mut self, article: Option<ArticleIx>, answer: u64, cx: &Cx<'_>) {
        let made = Made {
            article,
            generation: cx.snapshot.generation,
            answer,
            all: self.all,
            opened: self.opened,
            cells: spelling_cells(cx),
            lang: cx.prefs.lang,
        };
        if self.made != Some(made) {
            let moved = self.made.is_none_or(|m| m.article != article || m.all != self.all);
            self.made = Some(made);
            self.rows = self.build(article, cx);
            let stops = self.stops();
            let kept = self.kept(&stops, cx);
            // What was chosen is gone: what stands in its place is next, but another article begins at its top.
            let near = stops.iter().rev().find(|n| !moved && **n <= self.row).or(stops.first());
            self.row = kept.or(near.copied()).unwrap_or(0);
            if kept.is_some() {
                self.choose(self.row, cx);
            }
            if moved && kept.is_none() {
                self.top = 0;
            }
            self.in_sight(cx);
        }
    }

    /// The row of what was chosen: of the same id, else (a decision joined it or changed its kind) of the same name.
    fn kept(&self, stops: &[usize], cx: &Cx<'_>) -> Option<usize> {
        let (id, name) = self.chosen.as_ref()?;
        let find = |fits: &dyn Fn(&Entity) -> bool| {
            let entity = |n: usize| match self.rows[n] {
                Row::Name { ix, .. } => cx.snapshot.entities.get(ix),
                _ => None,
            };
            stops.iter().copied().find(|n| entity(*n).is_some_and(fits))
        };
        find(&|e| e.id == *id).or_else(|| find(&|e| e.variants.iter().any(|v| v.text == *name)))
    }

    /// Brings the chosen row into sight, with the head above it where it is the first.
    pub fn in_sight(&mut self, cx: &Cx<'_>) {
        let Some(h) = cx.sizes.names.map(|a| usize::from(a.body().h)).filter(|h| *h > 0) else { return };
        let from = self.row.saturating_sub(usize::from(matches!(
            self.rows.get(self.row.wrapping_sub(1)),
            Some(Row::Head(..))
        )));
        let shown = self.rows[self.row.min(self.rows.len())..]
            .iter()
            .skip(1)
            .take_while(|r| matches!(r, Row::Variant(..) | Row::Open(..)))
            .count();
        let to = (self.row + shown).min(from + h - 1);
        self.top = self.top.clamp((to + 1).saturating_sub(h), from.max((to + 1).saturating_sub(h)));
        self.top = self.top.min(self.rows.len().saturating_sub(h));
    }

    fn build(&self, article: Option<ArticleIx>, cx: &Cx<'_>) -> Vec<Row> {
        let cells = spelling_cells(cx);
        let found =
            if self.all { everywhere(cx) } else { article.map_or_else(Vec::new, |a| in_article(a, cx)) };
        let mut rows = Vec::new();
        for kind in Kind::ALL {
            let of_kind: Vec<&(EntityIx, u32, bool)> = found
                .iter()
                .filter(|(ix, ..)| cx.snapshot.entities.kind(*ix) == Some(kind))
                .take(if self.all { MOST } else { usize::MAX })
                .collect();
            if of_kind.is_empty() {
                continue;
            }
            rows.push(Row::Head(kind, of_kind.len()));
            for (ix, here, about) in of_kind {
                let Some(entity) = cx.snapshot.entities.get(*ix) else { continue };
                let under = cx.facets.map_or(entity.articles, |f| f.entities.get(*ix).unwrap_or(0));
                rows.push(Row::Name { ix: *ix, here: *here, under, about: *about });
                if self.open.contains(&entity.id) {
                    for (n, variant) in entity.variants.iter().enumerate() {
                        let lines = wrap(&spelling(variant, cx.words()), cells).len();
                        rows.extend((0..lines).map(|line| Row::Variant(*ix, n, line)));
                    }
                    if !entity.open.is_empty() {
                        rows.push(Row::Open(*ix));
                    }
                }
            }
        }
        rows
    }
}

/// Cells before a spelling.
pub const SPELLING: u16 = 5;

/// Cells for a spelling in the pane; where the pane is not on screen, any number will do.
pub fn spelling_cells(cx: &Cx<'_>) -> usize {
    cx.sizes.names.map_or(1, |area| cx.sizes.cells(area, SPELLING))
}

/// The names of an article with their mentions, and whether it is about them; the most salient first. Who wrote it and put it out
/// is no part of what it tells: the line of facts over the text says it.
fn in_article(article: ArticleIx, cx: &Cx<'_>) -> Vec<(EntityIx, u32, bool)> {
    let Some(read) = cx.read(article) else { return Vec::new() };
    let of = cx.snapshot.entities.of(article.0 as usize);
    let mentions = read.names.as_ref().map_or(&[][..], |n| n.mentions.as_slice());
    let counts: FxHashMap<EntityIx, u32> = cx.snapshot.entities_of(article).into_iter().collect();
    let made = cx.snapshot.made_by(article, &read);
    let mut ranked = salience(&read.plain, mentions, &of);
    ranked.retain(|(ix, _)| made.get(ix) != Some(&true));
    let first = about(&ranked);
    let row =
        |(n, (ix, _)): (usize, &(EntityIx, f32))| (*ix, counts.get(ix).copied().unwrap_or(0), n < first);
    ranked.iter().enumerate().map(row).collect()
}

/// The names of all results with no mentions of their own; those in most articles first.
fn everywhere(cx: &Cx<'_>) -> Vec<(EntityIx, u32, bool)> {
    let Some(facets) = cx.facets else {
        return (0..cx.snapshot.entities.len()).map(|n| (EntityIx(n as u32), 0, false)).collect();
    };
    let mut out: Vec<(EntityIx, u32)> = facets.entities.iter().collect();
    // Equal counts stay in order of their index.
    out.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    out.into_iter().map(|(ix, _)| (ix, 0, false)).collect()
}

/// What an empty pane says: names are still to come, were not looked for, or are none.
pub fn why_empty(article: Option<ArticleIx>, cx: &Cx<'_>) -> Msg {
    let read = article.and_then(|ix| cx.read(ix));
    match cx.snapshot.progress.stage {
        Stage::Listing | Stage::Reading | Stage::Naming => Msg::NamesPending,
        _ if read.is_some_and(|r| r.names.is_none()) => Msg::NamesStopped,
        _ => Msg::NoNames,
    }
}

/// The row at a line of the screen.
pub fn row_at(top: usize, rows: usize, area: Area, y: u16) -> Option<usize> {
    let row = top + usize::from(y.checked_sub(area.body().y)?);
    (row < rows).then_some(row)
}
