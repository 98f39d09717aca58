//! What is asked for before it can be done: why not yet, and doing it as soon as it can be.
//!
//! Owns: the one wish that is open. Refuses: to keep it past the next key or for another article: nobody is to be carried off
//! from what they have gone on to. Tests: key scripts in `tests/it/press`.

use super::App;
use super::action::{Action, Scope};
use super::event::Effects;
use super::nav::Focus;
use super::status::Notice;
use super::words::Msg;
use crate::library::{ArticleIx, Stage};

/// An action, and the article that it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    action: Action,
    article: ArticleIx,
}

impl App {
    /// Stories are still being made, and none are there from before.
    fn stories_pending(&self) -> bool {
        self.snapshot.progress.stage != Stage::Done && self.snapshot.stories.articles() == 0
    }

    /// Says why an action cannot be done yet, or has nothing to be done to; what only takes time is kept as a wish.
    pub(super) fn is_too_early(&mut self, action: Action) -> bool {
        use Action as A;
        let of_story = matches!(action, A::NextInStory | A::PreviousInStory | A::UnreadInStory | A::Review);
        if let Some(article) = self.subject().filter(|_| of_story && self.stories_pending()) {
            let what = self.words().action(action).to_owned();
            self.tell(Notice::info(Msg::StoriesPending).with("what", what));
            self.wish = Some(Wish { action, article });
            return true;
        }
        if of_story && self.subject().is_none() {
            self.tell(Notice::info(Msg::NothingOpen));
            return true;
        }
        let of_name =
            matches!(action, A::Enter | A::NamePage) || (action.scope() == Scope::Names && !alone(action));
        let why = match self.nav.focus {
            Focus::Names if of_name && self.names.selected().is_none() => {
                super::why_no_names(self.reader.article, &self.cx())
            }
            Focus::Related
                if matches!(action, A::Enter | A::Evidence) && self.related.selected().is_none() =>
            {
                super::why_no_related(&self.cx())
            }
            _ => return false,
        };
        self.tell(Notice::info(why));
        true
    }

    /// Does what was wished for, where it can be done now.
    pub(super) fn grant(&mut self) -> Effects {
        let Some(wish) = self.wish.filter(|_| !self.stories_pending()) else { return Vec::new() };
        self.wish = None;
        if self.subject() != Some(wish.article) {
            return Vec::new();
        }
        self.status.seen();
        self.route(wish.action, None)
    }
}

/// Actions of the pane of names that need no chosen name.
pub(super) fn alone(action: Action) -> bool {
    matches!(action, Action::AllNames | Action::Proposals | Action::UndoDecision)
}
