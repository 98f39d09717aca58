//! The press review over the panes: who reports what in the story of the open article, every line a jump.
//!
//! Owns: the review that was asked for, its lines, which line is chosen.
//! Refuses: to make the review: a worker does, and its answer carries a ticket.

use std::sync::Arc;

use super::cx::{Cx, Motion};
use super::event::{Effect, Effects, Jobs, Ticket};
use super::layout::Area;
use super::reader::thumb;
use super::review_lines::lines;
use super::words::Lang;
use super::{Action, App, Overlay};
use crate::entity::Kind;
use crate::library::{Anchor, ArticleIx, Reviewed};

/// How a piece of a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The story's title.
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
    /// Beside the matter.
    Dim,
}

/// A line of the review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces; blanks are part of them.
    pub segs: Vec<(Look, String)>,
    /// The stop that it belongs to.
    pub stop: Option<usize>,
}

/// Where a line leads: an article, and a byte of its plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The article.
    pub article: ArticleIx,
    /// The byte.
    pub at: usize,
}

/// What the lines were made for.
#[derive(Debug, Clone, PartialEq)]
struct Made {
    answered: Ticket,
    generation: u64,
    width: u16,
    lang: Lang,
}

/// The press review.
#[derive(Debug, Clone, Default)]
pub struct ReviewPane {
    /// The lines; empty while the review is made.
    pub lines: Vec<Line>,
    /// Where they lead.
    pub stops: Vec<Stop>,
    /// The chosen stop.
    pub stop: usize,
    /// The first line in sight.
    pub top: usize,
    asked: Vec<ArticleIx>,
    reviewed: Option<Arc<Reviewed>>,
    jobs: Jobs,
    made: Option<Made>,
}

impl ReviewPane {
    /// Asks for the review of some articles; another story begins at the top.
    fn ask(&mut self, articles: &[ArticleIx]) -> Ticket {
        if self.asked != articles {
            *self = Self { asked: articles.to_vec(), jobs: self.jobs, ..Self::default() };
        }
        self.jobs.ticket()
    }

    /// Takes an answer, unless it is stale.
    pub fn answer(&mut self, ticket: Ticket, reviewed: Arc<Reviewed>) {
        if self.jobs.accept(ticket) {
            self.reviewed = Some(reviewed);
        }
    }

    /// The box.
    pub fn area(cx: &Cx<'_>) -> Area {
        let (w, h) = cx.sizes.screen;
        let top = cx.sizes.filter.map_or(0, |f| f.y + f.h);
        let bottom = cx.sizes.status.map_or(h, |s| s.y);
        Area::new(0, top, w, bottom.saturating_sub(top))
    }

    /// Where the lines stand inside the box.
    pub fn inside(cx: &Cx<'_>) -> Area {
        let area = Self::area(cx);
        Area::new(area.x + 2, area.y + 1, area.w.saturating_sub(4), area.h.saturating_sub(2))
    }

    /// Moves the choice.
    fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        let page = usize::from(Self::inside(cx).h) / 2;
        self.stop = motion.apply(self.stop, self.stops.len(), page);
        self.in_sight(cx);
    }

    /// Goes to the next (`1`) or previous (`-1`) section.
    fn section(&mut self, by: isize, cx: &Cx<'_>) {
        let firsts: Vec<usize> = self
            .lines
            .windows(2)
            .filter(|w| w[0].segs.first().is_some_and(|s| s.0 == Look::Head))
            .filter_map(|w| w[1].stop)
            .collect();
        let next = if by > 0 {
            firsts.iter().find(|s| **s > self.stop)
        } else {
            firsts.iter().rev().find(|s| **s < self.stop)
        };
        if let Some(&next) = next {
            self.stop = next;
            self.in_sight(cx);
        }
    }

    /// Moves what is in sight, not the choice.
    pub fn wheel(&mut self, by: isize, cx: &Cx<'_>) {
        let lowest = self.lines.len().saturating_sub(usize::from(Self::inside(cx).h));
        self.top = self.top.saturating_add_signed(by).min(lowest);
    }

    /// The stop of a row of the screen.
    fn at_row(&self, y: u16, cx: &Cx<'_>) -> Option<usize> {
        let row = usize::from(y.checked_sub(Self::inside(cx).y)?);
        self.lines.get(self.top + row)?.stop
    }

    /// Makes the lines anew where something they depend on changed.
    pub fn settle(&mut self, cx: &Cx<'_>) {
        let Some(reviewed) = &self.reviewed else { return };
        let made = Made {
            answered: self.jobs.answered,
            generation: cx.snapshot.generation,
            width: Self::inside(cx).w,
            lang: cx.prefs.lang,
        };
        if self.made.as_ref() != Some(&made) {
            (self.lines, self.stops) = lines(reviewed, usize::from(made.width), cx);
            self.made = Some(made);
            self.stop = self.stop.min(self.stops.len().saturating_sub(1));
        }
        self.top = self.top.min(self.lines.len().saturating_sub(usize::from(Self::inside(cx).h)));
    }

    /// Brings the chosen lines into sight, with the head above them.
    fn in_sight(&mut self, cx: &Cx<'_>) {
        let h = usize::from(Self::inside(cx).h);
        let mine = |l: &Line| l.stop == Some(self.stop);
        let (Some(first), Some(last)) = (self.lines.iter().position(mine), self.lines.iter().rposition(mine))
        else {
            return;
        };
        let heads = self.lines[..first].iter().rev().take_while(|l| l.stop.is_none()).count();
        let from = first - heads.min(h.saturating_sub(1));
        let low = (last + 1).saturating_sub(h).min(from);
        self.top = self.top.clamp(low, from);
    }

    /// The scroll mark.
    pub fn thumb(&self, cx: &Cx<'_>) -> Option<(u16, u16)> {
        thumb(self.top, self.lines.len(), Self::inside(cx))
    }
}

impl App {
    /// Opens the press review of the story in which the article stands.
    pub(super) fn open_review(&mut self) -> Effects {
        let Some(article) = self.subject() else { return Vec::new() };
        let articles = self.snapshot.told_with(article);
        let ticket = self.review.ask(&articles);
        self.overlays.push(Overlay::Review);
        vec![Effect::Review { ticket, articles, snapshot: Arc::clone(&self.snapshot) }]
    }

    /// Keys while the review lies over the panes; `None`: it closes, and the action is done below.
    pub(super) fn in_review(&mut self, action: Action, count: Option<u32>) -> Option<Effects> {
        if let Some(motion) = Motion::of(action, count) {
            self.review.go(motion, &super::update::cx!(self));
            return Some(Vec::new());
        }
        match action {
            Action::NextPane => self.review.section(1, &super::update::cx!(self)),
            Action::PreviousPane => self.review.section(-1, &super::update::cx!(self)),
            Action::Enter => self.follow_review(),
            Action::Escape | Action::Leave | Action::Review => {
                self.overlays.pop();
            }
            Action::SwitchLanguage | Action::SwitchTheme => return None,
            _ => {
                self.overlays.pop();
                return None;
            }
        }
        Some(Vec::new())
    }

    /// A click chooses a line; a click on what is chosen follows it.
    pub(super) fn press_review(&mut self, y: u16) {
        let Some(stop) = self.review.at_row(y, &self.cx()) else { return };
        if stop == self.review.stop {
            self.follow_review();
        } else {
            self.review.stop = stop;
        }
    }

    /// Goes to what the chosen line tells of.
    fn follow_review(&mut self) {
        let Some(&Stop { article, at }) = self.review.stops.get(self.review.stop) else { return };
        self.overlays.pop();
        self.jump(article);
        if at > 0 {
            self.reader.restore(Anchor { at: Some(at), below: 0 });
        }
    }
}
