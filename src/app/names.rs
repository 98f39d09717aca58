//! The names of the open article, or of all results.
//!
//! Owns: their order (what the article is about first), the counts beside them, which is chosen (by entity, never by row), whose spellings are shown.
//! Refuses: to change the filter: it only says which entity is meant.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cx::{Cx, Motion};
use super::layout::Area;
use crate::article::Place;
use crate::entity::{EntityIx, Kind};
use crate::library::{ArticleIx, Stage};

/// Names of one kind that are shown of all results.
const MOST: usize = 100;
/// A name in the headline or the lead counts as so many mentions.
const HEADLINE: u32 = 4;
const LEAD: u32 = 2;

/// A row of the pane; each takes one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A kind, and how many names it has.
    Head(Kind, usize),
    /// A name: mentions in the article, articles under the filter.
    Name(EntityIx, u32, u32),
    /// The n-th spelling of the name above.
    Variant(EntityIx, usize),
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
    /// Id of the chosen entity.
    chosen: Option<String>,
    made: Option<Made>,
}

impl NamesPane {
    /// The chosen entity.
    pub fn selected(&self) -> Option<EntityIx> {
        match self.rows.get(self.row)? {
            Row::Name(ix, ..) | Row::Variant(ix, _) | Row::Open(ix) => Some(*ix),
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
        let Some(Row::Name(ix, ..)) = self.rows.get(row) else { return false };
        self.row = row;
        self.chosen = cx.snapshot.entities.get(*ix).map(|e| e.id.clone());
        true
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
        (0..self.rows.len()).filter(|n| matches!(self.rows[*n], Row::Name(..))).collect()
    }

    /// Makes the rows anew where something they depend on changed.
    pub fn settle(&mut self, article: Option<ArticleIx>, answer: u64, cx: &Cx<'_>) {
        let made =
            Made { article, generation: cx.snapshot.generation, answer, all: self.all, opened: self.opened };
        if self.made != Some(made) {
            let moved = self.made.is_none_or(|m| m.article != article || m.all != self.all);
            self.made = Some(made);
            self.rows = self.build(article, cx);
            let kept = self.chosen.as_ref().and_then(|id| {
                self.rows.iter().position(
                    |r| matches!(r, Row::Name(ix, ..) if cx.snapshot.entities.get(*ix).is_some_and(|e| e.id == *id)),
                )
            });
            self.row = kept.or_else(|| self.stops().first().copied()).unwrap_or(0);
            if moved && kept.is_none() {
                self.top = 0;
            }
            self.in_sight(cx);
        }
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
        let found =
            if self.all { everywhere(cx) } else { article.map_or_else(Vec::new, |a| in_article(a, cx)) };
        let mut rows = Vec::new();
        for kind in Kind::ALL {
            let of_kind: Vec<&(EntityIx, u32)> = found
                .iter()
                .filter(|(ix, _)| cx.snapshot.entities.get(*ix).is_some_and(|e| e.kind == kind))
                .take(if self.all { MOST } else { usize::MAX })
                .collect();
            if of_kind.is_empty() {
                continue;
            }
            rows.push(Row::Head(kind, of_kind.len()));
            for (ix, here) in of_kind {
                let Some(entity) = cx.snapshot.entities.get(*ix) else { continue };
                let under = cx.facets.map_or(entity.articles, |f| f.entities.get(ix).copied().unwrap_or(0));
                rows.push(Row::Name(*ix, *here, under));
                if self.open.contains(&entity.id) {
                    rows.extend((0..entity.variants.len()).map(|n| Row::Variant(*ix, n)));
                    if !entity.open.is_empty() {
                        rows.push(Row::Open(*ix));
                    }
                }
            }
        }
        rows
    }
}

/// The names of an article with their mentions; what it is about first.
fn in_article(article: ArticleIx, cx: &Cx<'_>) -> Vec<(EntityIx, u32)> {
    let Some(read) = cx.read(article) else { return Vec::new() };
    let entities = cx.snapshot.entities.of.get(article.0 as usize).map_or(&[][..], Vec::as_slice);
    let mut weights: FxHashMap<EntityIx, u32> = FxHashMap::default();
    let mentions = read.names.as_ref().map_or(&[][..], |n| n.mentions.as_slice());
    for (mention, ix) in mentions.iter().zip(entities) {
        let weight = match read.plain.part_at(mention.start as usize).map(|p| p.place) {
            Some(Place::Title) => HEADLINE,
            Some(Place::Lead) => LEAD,
            _ => 1,
        };
        *weights.entry(*ix).or_default() += weight;
    }
    let mut out = cx.snapshot.entities_of(article);
    out.sort_by_key(|(ix, _)| std::cmp::Reverse(weights.get(ix).copied().unwrap_or(0)));
    out
}

/// The names of all results with no mentions of their own; those in most articles first.
fn everywhere(cx: &Cx<'_>) -> Vec<(EntityIx, u32)> {
    let Some(facets) = cx.facets else {
        return (0..cx.snapshot.entities.all.len()).map(|n| (EntityIx(n as u32), 0)).collect();
    };
    let mut out: Vec<(EntityIx, u32)> = facets.entities.iter().map(|(ix, n)| (*ix, *n)).collect();
    out.sort_by_key(|(ix, n)| (std::cmp::Reverse(*n), *ix));
    out.into_iter().map(|(ix, _)| (ix, 0)).collect()
}

/// Whether the names of the library are still to come.
pub fn pending(cx: &Cx<'_>) -> bool {
    matches!(cx.snapshot.progress.stage, Stage::Listing | Stage::Reading | Stage::Naming)
}

/// The row at a line of the screen.
pub fn row_at(top: usize, rows: usize, area: Area, y: u16) -> Option<usize> {
    let row = top + usize::from(y.checked_sub(area.body().y)?);
    (row < rows).then_some(row)
}
