//! A number before a key.
//!
//! Owns: which actions it repeats. Some take it themselves: moving (`3j`, `3G`), matches, choosing articles. With the others it
//! means nothing and is dropped; `docs/keys.md` says which. Tests: key scripts in `tests/it/press/counts.rs`.

use super::App;
use super::action::Action;
use super::event::Effects;
use super::nav::Focus;
use super::panel::Stop;
use super::status::Notice;
use super::words::Msg;
use crate::library::ArticleIx;

/// Nobody wants more, and a slip of the finger shall end.
const MOST: u32 = 1000;

/// What a step may change; where it changes nothing, there is no way on.
#[derive(PartialEq)]
struct Standing {
    chosen: Option<ArticleIx>,
    open: Option<ArticleIx>,
    focus: Focus,
    way: usize,
    undone: usize,
    line: Option<Stop>,
    shown: (String, super::Lang, super::Widths, usize),
}

impl Action {
    /// A number before its key repeats it.
    pub fn repeats(self) -> bool {
        use Action as A;
        matches!(
            self,
            A::NextPane
                | A::PreviousPane
                | A::PaneLeft
                | A::PaneRight
                | A::NextInStory
                | A::PreviousInStory
                | A::UnreadInStory
                | A::NextUnread
                | A::PreviousUnread
                | A::JumpBack
                | A::JumpForward
                | A::Undo
                | A::UndoDecision
                | A::Wider
                | A::Narrower
                | A::SwitchLanguage
                | A::SwitchTheme
        )
    }

    /// It takes a number itself.
    pub fn counts(self) -> bool {
        use Action as A;
        super::Motion::of(self, None).is_some()
            || matches!(self, A::NextMatch | A::PreviousMatch | A::MarkArticle)
    }
}

impl App {
    /// Does an action as often as was asked for (`None`: no number was typed).
    pub(super) fn act(&mut self, action: Action, count: Option<u32>) -> Effects {
        let mut times = count.filter(|_| action.repeats()).unwrap_or(1).min(MOST);
        if action == Action::Undo {
            // A number does not lead from what was done here into what was done before.
            times = times.min(self.kept.undoable() as u32);
        }
        if times < 2 {
            return self.route(action, count);
        }
        let (mut effects, mut done) = (Vec::new(), 0);
        let decisions = self.snapshot.repairs.decisions().count();
        for n in 0..times as usize {
            // Decisions are taken back outside: they go only with the next snapshot.
            if action == Action::UndoDecision && n >= decisions.max(1) {
                break;
            }
            let before = self.standing();
            effects.extend(self.route(action, None));
            self.settle();
            if action != Action::UndoDecision && self.standing() == before {
                break;
            }
            done += 1;
        }
        if action == Action::Undo && done > 1 {
            let n = self.words().number(done);
            self.tell(Notice::info(Msg::UndoneMany).with("n", n));
        }
        effects
    }

    fn standing(&self) -> Standing {
        Standing {
            chosen: self.list.selected,
            open: self.reader.article,
            focus: self.nav.focus,
            way: self.nav.back.len(),
            undone: self.kept.undoable(),
            line: self.page().and_then(super::Panel::selected),
            shown: (self.prefs.theme.clone(), self.prefs.lang, self.prefs.widths, self.overlays.len()),
        }
    }
}
