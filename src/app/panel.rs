//! A page of lines over the panes, each of which leads somewhere: the press review, the page of a name, the evidence of a
//! relation.
//!
//! Owns: lines, where they lead, which is chosen, what is in sight.
//! Refuses: what stands in them (`sheet` lays them out). Tests: key scripts in `tests/it/press_review.rs` and `tests/it/press`.

use super::cx::{Cx, Motion};
use super::event::Ticket;
use super::layout::Area;
use super::overlay::FRINGE;
use super::reader::thumb;
use super::sheet::cells;
use super::words::{Lang, Msg};
use crate::entity::{EntityIx, Kind};
use crate::library::{ArticleIx, MentionKind};
use crate::story::review::Span;

pub use super::sheet::{LABEL, LINES, Sheet};

/// Of so many rows of the box one is at most the foot's.
const FOOT: usize = 3;

/// How a piece of a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The title.
    Title,
    /// The head of a section.
    Head,
    /// Running words.
    Text,
    /// Words that somebody said.
    Quote,
    /// A name.
    Name(Kind),
    /// A date or distance.
    Date,
    /// An outlet.
    Outlet,
    /// A sign: who has something.
    Sign,
    /// What two texts share.
    Shared,
    /// Beside the matter.
    Dim,
    /// A line that only leads the eye.
    Rule,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces; blanks are part of them.
    pub segs: Vec<(Look, String)>,
    /// The stop that it belongs to.
    pub stop: Option<usize>,
}

/// Where a line leads: an article, and a byte of its plain text; or to what is folded behind it, or elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The article.
    pub article: ArticleIx,
    /// The byte.
    pub at: usize,
    /// What it opens and closes instead of leading away.
    pub fold: Option<Fold>,
    /// Where it leads instead of into the article.
    pub away: Option<Away>,
}

/// What a line leads to that is no place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// The page of a name.
    Name(EntityIx),
    /// The list of the articles of a month with the name of the page.
    Month(i16, i8),
}

/// What is folded until it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// What happened in a stretch of time.
    Span(Span),
    /// Passages of one outlet by its first piece, in a section.
    Piece(Msg, usize),
    /// Rows of a table that only one outlet has, by a piece of it, or that have no room (`None`).
    Rows(Msg, Option<usize>),
    /// What is new, of one sort.
    News(Msg),
    /// The wordings of a statement.
    Statement(usize),
    /// The mentions of a name that are made in one way.
    Mentions(MentionKind),
    /// The months in which a name was in the papers.
    Months,
}

/// A place in a page: it is found again where the page has other lines meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The chosen stop, and where it leads.
    stop: usize,
    leads: Option<Stop>,
    /// Rows from the first line in sight down to its first line.
    below: isize,
}

/// The page, and the place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The lines.
    pub lines: Vec<Line>,
    /// Where they lead.
    pub stops: Vec<Stop>,
    /// Lines that stay in sight at the foot, the last in the lower edge of the box; empty for nothing.
    pub foot: Vec<String>,
    /// What the first lines say, short; empty for nothing.
    pub head: String,
    /// The chosen stop.
    pub stop: usize,
    /// The first line in sight.
    pub top: usize,
    /// Cells that the lines were made for; 0 where there are none.
    width: usize,
    /// What was unfolded.
    pub open: Vec<Fold>,
    /// Something was unfolded: it has to be brought into sight.
    unfolded: bool,
    /// Where to go as soon as there are lines.
    wanted: Option<Place>,
}

/// What the lines of a panel were made for: they are made anew where any of it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    answered: Ticket,
    generation: u64,
    /// Cells of the page at most.
    pub most: usize,
    lang: Lang,
    open: Vec<Fold>,
}

impl Made {
    /// For the answer to a question, on the screen as it is.
    pub fn now(answered: Ticket, panel: &Panel, cx: &Cx<'_>) -> Self {
        let (generation, most) = (cx.snapshot.generation, Panel::most(cx));
        Self { answered, generation, most, lang: cx.prefs.lang, open: panel.open.clone() }
    }
}

impl Panel {
    /// Cells of a page at most.
    pub fn most(cx: &Cx<'_>) -> usize {
        cells(cx.sizes.screen.0).0
    }

    /// Some of its lines need more cells than running words.
    pub fn is_wide(&self, cx: &Cx<'_>) -> bool {
        self.width > cells(cx.sizes.screen.0).1
    }

    /// The box: in the middle, where the screen is wider than its lines.
    pub fn area(&self, cx: &Cx<'_>) -> Area {
        let (screen, h) = cx.sizes.screen;
        let (most, usual) = cells(screen);
        let inside = if self.width == 0 { usual } else { self.width.min(most) };
        let w = screen.min(inside as u16 + 4);
        let w = if screen - w < 2 * FRINGE { screen } else { w };
        let top = cx.sizes.filter.map_or(0, |f| f.y + f.h);
        let bottom = cx.sizes.status.map_or(h, |s| s.y);
        Area::new((screen - w) / 2, top, w, bottom.saturating_sub(top))
    }

    /// Where the lines stand inside the box.
    pub fn inside(&self, cx: &Cx<'_>) -> Area {
        let area = self.area(cx);
        let foot = self.foot_in(area).len().max(1) as u16;
        Area::new(area.x + 2, area.y + 1, area.w.saturating_sub(4), area.h.saturating_sub(1 + foot))
    }

    /// The lines at the foot: the page itself keeps most of the box.
    pub fn foot(&self, cx: &Cx<'_>) -> &[String] {
        self.foot_in(self.area(cx))
    }

    fn foot_in(&self, area: Area) -> &[String] {
        let most = (usize::from(area.h) / FOOT).max(1);
        &self.foot[..self.foot.len().min(most)]
    }

    /// Puts other lines there; the place is kept.
    pub fn fill(&mut self, sheet: Sheet) {
        let here = (!self.lines.is_empty()).then(|| self.place());
        let place = self.wanted.take().or(here);
        (self.width, self.lines, self.stops) = (sheet.width, sheet.lines, sheet.stops);
        (self.foot, self.head) = (sheet.foot, sheet.head);
        if let Some(place) = place {
            self.go_back(place);
        }
    }

    /// Where a stop begins.
    fn line_of(&self, stop: usize) -> usize {
        self.lines.iter().position(|l| l.stop == Some(stop)).unwrap_or(0)
    }

    /// Goes to the stop of a place: the nearest that leads where that one did, as reading changes what is new.
    fn go_back(&mut self, place: Place) {
        let same = (0..self.stops.len()).filter(|n| self.stops.get(*n).copied() == place.leads);
        let nearest = same.min_by_key(|n| n.abs_diff(place.stop));
        self.stop = nearest.unwrap_or_else(|| place.stop.min(self.stops.len().saturating_sub(1)));
        self.top = self.line_of(self.stop).saturating_add_signed(-place.below);
    }

    /// Keeps what is in sight within the lines.
    pub fn settle(&mut self, cx: &Cx<'_>) {
        if std::mem::take(&mut self.unfolded) {
            self.show_unfolded(usize::from(self.inside(cx).h));
        }
        self.top = self.top.min(self.lines.len().saturating_sub(usize::from(self.inside(cx).h)));
    }

    /// Scrolls to what the chosen line opened, as far as that line stays in sight.
    fn show_unfolded(&mut self, h: usize) {
        let first = self.line_of(self.stop);
        let folds = |l: &Line| l.stop.and_then(|s| self.stops.get(s)).is_some_and(|s| s.fold.is_some());
        let mine = |l: &&Line| l.stop == Some(self.stop) || !(l.segs.is_empty() || folds(l));
        let last = first + self.lines[first..].iter().take_while(mine).count();
        self.top = self.top.max(last.saturating_sub(h)).min(first);
    }

    /// The place now.
    pub fn place(&self) -> Place {
        let below = self.line_of(self.stop).cast_signed() - self.top.cast_signed();
        Place { stop: self.stop, leads: self.selected(), below }
    }

    /// Goes back to a place; where the page is still to be made, as soon as it is.
    pub fn restore(&mut self, place: Place) {
        if self.lines.is_empty() {
            self.wanted = Some(place);
        } else {
            self.go_back(place);
        }
    }

    /// Goes to the first line that leads to the beginning of an article.
    pub fn seek(&mut self, article: ArticleIx, cx: &Cx<'_>) {
        let leads = |s: &Stop| s.article == article && s.at == 0 && s.fold.is_none() && s.away.is_none();
        if let Some(stop) = self.stops.iter().position(leads) {
            self.stop = stop;
            self.in_sight(cx);
        }
    }

    /// Where the chosen line leads.
    pub fn selected(&self) -> Option<Stop> {
        self.stops.get(self.stop).copied()
    }

    /// Moves the choice.
    pub fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        match motion {
            Motion::Page(n) | Motion::Half(n) if self.leaf(motion, cx) || n == 0 => {}
            // There is no more to scroll: the choice goes on alone.
            Motion::Page(n) | Motion::Half(n) => {
                self.go(if n < 0 { Motion::Top(None) } else { Motion::Bottom(None) }, cx);
            }
            _ => {
                self.stop = motion.apply(self.stop, self.stops.len(), 0);
                self.in_sight(cx);
            }
        }
    }

    /// Scrolls by pages, and the choice keeps its height on the screen; `false` where there is no more.
    fn leaf(&mut self, motion: Motion, cx: &Cx<'_>) -> bool {
        let h = usize::from(self.inside(cx).h);
        let top = motion.apply(self.top, self.lines.len().saturating_sub(h) + 1, h);
        if top == self.top {
            return false;
        }
        let row = self.line_of(self.stop).saturating_sub(self.top).min(h.saturating_sub(1));
        self.top = top;
        let (sight, wanted) = (top..top + h, top + row);
        let all = self.lines.iter().enumerate().filter_map(|(n, l)| Some((n, l.stop?)));
        let near = all.min_by_key(|(n, _)| (!sight.contains(n), n.abs_diff(wanted)));
        self.stop = near.map_or(self.stop, |(_, stop)| stop);
        true
    }

    /// Goes to the next (`1`) or previous (`-1`) section, round and round.
    pub fn section(&mut self, by: isize, cx: &Cx<'_>) {
        let firsts: Vec<usize> = self
            .lines
            .windows(2)
            .filter(|w| w[0].segs.first().is_some_and(|s| s.0 == Look::Head))
            .filter_map(|w| w[1].stop)
            .collect();
        let next = if by > 0 {
            firsts.iter().find(|s| **s > self.stop).or(firsts.first())
        } else {
            firsts.iter().rev().find(|s| **s < self.stop).or(firsts.last())
        };
        if let Some(&next) = next {
            self.stop = next;
            // The section begins on top, with its head; the first with that of the page.
            let head = self.line_of(next).saturating_sub(1);
            self.top = if firsts.first() == Some(&next) { 0 } else { head };
            self.settle(cx);
        }
    }

    /// Moves what is in sight, not the choice.
    pub fn wheel(&mut self, by: isize, cx: &Cx<'_>) {
        let lowest = self.lines.len().saturating_sub(usize::from(self.inside(cx).h));
        self.top = self.top.saturating_add_signed(by).min(lowest);
    }

    /// The stop of a row of the screen.
    pub fn at_row(&self, y: u16, cx: &Cx<'_>) -> Option<usize> {
        let row = usize::from(y.checked_sub(self.inside(cx).y)?);
        self.lines.get(self.top + row)?.stop
    }

    /// Brings the chosen lines into sight, with the head above them.
    fn in_sight(&mut self, cx: &Cx<'_>) {
        let h = usize::from(self.inside(cx).h);
        let mine = |l: &Line| l.stop == Some(self.stop);
        let (Some(first), Some(last)) = (self.lines.iter().position(mine), self.lines.iter().rposition(mine))
        else {
            return;
        };
        // With what stands behind them without leading anywhere: a legend.
        let behind = self.lines[last + 1..].iter();
        let last = last + behind.take_while(|l| l.stop.is_none() && !l.segs.is_empty()).count();
        let heads = self.lines[..first].iter().rev().take_while(|l| l.stop.is_none()).count();
        let from = first - heads.min(h.saturating_sub(1));
        let low = (last + 1).saturating_sub(h).min(from);
        self.top = self.top.clamp(low, from);
    }

    /// Opens what is folded behind the chosen line, or closes it; `false` where it leads away.
    pub fn turn(&mut self) -> bool {
        let Some(fold) = self.selected().and_then(|s| s.fold) else { return false };
        if let Some(n) = self.open.iter().position(|open| *open == fold) {
            self.open.remove(n);
        } else {
            self.open.push(fold);
            self.unfolded = true;
        }
        true
    }

    /// Closes what the chosen line is unfolded from, and chooses its head.
    pub fn close(&mut self, cx: &Cx<'_>) {
        let mut heads = self.stops.iter().take(self.stop + 1);
        let Some(head) = heads.rposition(|s| s.fold.is_some_and(|f| self.open.contains(&f))) else { return };
        self.stop = head;
        self.in_sight(cx);
        self.turn();
    }

    /// The scroll mark.
    pub fn thumb(&self, cx: &Cx<'_>) -> Option<(u16, u16)> {
        thumb(self.top, self.lines.len(), self.inside(cx))
    }
}
