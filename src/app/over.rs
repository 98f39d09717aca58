//! Keys while something lies over the panes: help, notices, the palette.
//!
//! Owns: which keys an overlay takes and which close it; carrying out a command of the palette.
//! Refuses: what stands in the overlays (see `overlay`), decisions about names (`repair`), the review (`review`).
//! Tests: key scripts in `tests/it/press`.

use super::action::Action;
use super::command::Typed;
use super::cx::Motion;
use super::event::{Effect, Effects};
use super::nav::Focus;
use super::overlay::{Command, Overlay, Palette};
use super::status::Notice;
use super::words::Msg;
use super::{App, Scope};

impl App {
    /// Keys while something lies over the panes; `None` where it does not care.
    pub(super) fn in_overlay(&mut self, action: Action, count: Option<u32>) -> Option<Effects> {
        let words = self.words();
        let screen = self.sizes.screen;
        let cells = usize::from(super::inside(super::box_of(screen, 0)).w);
        let lines = match self.overlays.last()? {
            Overlay::Palette(_) => return Some(self.in_palette(action)),
            Overlay::Pick(_) => return Some(self.in_pick(action)),
            Overlay::Pipe(_) => return Some(self.in_pipe(action)),
            Overlay::Ask(_) => return Some(self.in_ask(action)),
            Overlay::Review | Overlay::NamePage | Overlay::Evidence => return self.in_page(action, count),
            Overlay::Proposals(_) => 0,
            Overlay::Why { id, .. } => super::why_lines(id, self.reader.article, &self.cx(), cells).len(),
            Overlay::Help(_) => super::help(&self.keys.map, words, cells).rows.len(),
            Overlay::Notices(_) => super::notice_lines(&self.status, &self.snapshot, words, cells).len(),
        };
        let page = usize::from(super::inside(super::box_of(screen, lines)).h);
        let last = (lines + 1).saturating_sub(page);
        if let Some(motion) = Motion::of(action, count) {
            match self.overlays.last_mut() {
                Some(Overlay::Help(top) | Overlay::Notices(top) | Overlay::Why { top, .. }) => {
                    *top = motion.apply(*top, last, page);
                }
                _ => return self.in_offers(action, count),
            }
            return Some(Vec::new());
        }
        if let Some(effects) = self.in_offers(action, count) {
            return Some(effects);
        }
        let which = self.overlays.pop();
        let closes = match action {
            Action::Enter | Action::Escape | Action::Leave => true,
            Action::Help => matches!(which, Some(Overlay::Help(_))),
            Action::Notices => matches!(which, Some(Overlay::Notices(_))),
            _ => false,
        };
        closes.then(Vec::new)
    }

    pub(super) fn open_palette(&mut self) {
        let mut palette = Palette::default();
        palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
        self.overlays.push(Overlay::Palette(palette));
    }

    fn in_palette(&mut self, action: Action) -> Effects {
        let words = self.words();
        let Some(Overlay::Palette(palette)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => {
                let item = palette.chosen.and_then(|n| palette.items.get(n)).cloned();
                let (typed, like) = (palette.line.text().to_owned(), !palette.items.is_empty());
                // What still wants words waits for them: a verb that was typed stays in the language that it was typed in.
                let begun = match item.as_ref().map(|i| &i.command) {
                    _ if Typed::wants_more(&typed).is_some() => Some(typed.trim()),
                    Some(Command::Begun(verb)) => Some(words.verb(verb)),
                    _ => None,
                };
                if let Some(verb) = begun {
                    palette.line = super::TextLine::of(&format!("{verb} "));
                    palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
                    self.tell(Notice::info(Msg::CommandAlone).with("name", verb));
                    return Vec::new();
                }
                if item.is_none() && like {
                    let key = self.key(Action::Newer);
                    self.tell(Notice::warning(Msg::NoSuchActionNear).with("name", typed).with("key", key));
                    return Vec::new();
                }
                self.overlays.pop();
                if let Some(item) = item {
                    return self.command(item.command);
                }
                self.tell(Notice::warning(Msg::NoSuchAction).with("name", typed));
            }
            Action::Cancel => {
                self.overlays.pop();
            }
            Action::Newer => palette.go(1),
            Action::Older | Action::CompleteBack => palette.go(-1),
            Action::Complete => {
                palette.complete();
                palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
            }
            Action::Suspend => return vec![Effect::Suspend],
            Action::DeleteBack if palette.line.text().is_empty() => {
                self.overlays.pop();
            }
            _ => {
                if palette.line.edit(action) {
                    palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
                }
            }
        }
        Vec::new()
    }

    fn command(&mut self, command: Command) -> Effects {
        match command {
            Command::Do(action) => return self.do_in_sight(action),
            Command::Typed(line) => return self.typed(&line),
            Command::Lang(lang) => self.speak(lang),
            Command::Theme(name) => self.set_theme(name),
            Command::Begun(_) => {}
            Command::Crash => return vec![Effect::Crash],
        }
        Vec::new()
    }

    /// An action of a side pane is about what is chosen there: it opens the pane first, so that nobody changes what is out
    /// of sight.
    fn do_in_sight(&mut self, action: Action) -> Effects {
        let pane = match action.scope() {
            Scope::Names => Focus::Names,
            Scope::Related => Focus::Related,
            _ => return self.route(action, None),
        };
        if self.nav.focus == pane {
            return self.route(action, None);
        }
        self.focus(pane);
        self.settle();
        if action.scope() == Scope::Names && !super::wish::alone(action) {
            let key = self.key(action);
            self.tell(Notice::info(Msg::ChooseName).with("key", key));
            return Vec::new();
        }
        self.route(action, None)
    }
}
