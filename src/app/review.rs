//! The press review over the panes: who reports what in the story of the open article, every line a jump.
//!
//! Owns: the review that was asked for, when its lines are made anew.
//! Refuses: to make the review: a worker does, and its answer carries a ticket; the place in the page ([`Panel`]).
//! Tests: key scripts in `tests/it/press_review.rs`.

use std::sync::Arc;

use super::App;
use super::cx::Cx;
use super::event::{Effect, Effects, Form, Jobs, Ticket};
use super::panel::{Made, Panel, Sheet};
use super::review_lines::lines;
use super::status::Notice;
use super::words::Msg;
use crate::library::{ArticleIx, Reviewed};

/// The press review.
#[derive(Debug, Clone, Default)]
pub struct ReviewPane {
    /// The page; without lines while the review is made.
    pub panel: Panel,
    asked: Vec<ArticleIx>,
    /// The article that it was opened from last; its line is chosen as soon as there are lines.
    from: Option<ArticleIx>,
    sought: bool,
    reviewed: Option<Arc<Reviewed>>,
    jobs: Jobs,
    made: Option<Made>,
}

impl ReviewPane {
    /// It is opened from an article: where that is another one than before, its line is chosen.
    pub(super) fn open_from(&mut self, article: ArticleIx) {
        self.sought = self.from.replace(article) != Some(article);
    }

    /// Asks for the review of some articles; another story begins at the top.
    pub(super) fn ask(&mut self, articles: &[ArticleIx]) -> Ticket {
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

    /// Makes the lines anew where something they depend on changed.
    pub fn settle(&mut self, cx: &Cx<'_>) {
        let Some(reviewed) = &self.reviewed else { return };
        let made = Made::now(self.jobs.answered, &self.panel, cx);
        if self.made.as_ref() != Some(&made) {
            let lay = |width| lines(reviewed, &self.panel.open, width, cx);
            self.panel.fill(Sheet::fitting(made.most, self.panel.is_wide(cx), lay));
            self.made = Some(made);
        }
        if let Some(article) = self.from.filter(|_| std::mem::take(&mut self.sought)) {
            self.panel.seek(article, cx);
        }
        self.panel.settle(cx);
    }
}

impl App {
    /// Writes the review to a file, as soon as it is made.
    pub(super) fn save_review(&mut self, form: Form) -> Effects {
        let Some(reviewed) = self.review.reviewed.clone() else {
            self.tell(Notice::info(Msg::ReviewPending));
            return Vec::new();
        };
        let (snapshot, lang) = (Arc::clone(&self.snapshot), self.prefs.lang);
        vec![Effect::SaveReview { reviewed, snapshot, form, lang }]
    }
}
