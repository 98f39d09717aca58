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
use super::overlay::{Command, HelpView, Overlay, Palette};
use super::status::Notice;
use super::words::Msg;
use super::{App, Scope};

impl App {
    /// The cells of a line in a box.
    fn cells_over(&self) -> usize {
        usize::from(super::inside(super::box_of(self.sizes.screen, 0)).w)
    }

    /// Lines of what lies on top, where it is a text; the line that is sought in the help counts.
    pub(super) fn lines_over(&self) -> usize {
        let (words, cells) = (self.words(), self.cells_over());
        match self.overlays.last() {
            Some(Overlay::Why { id, .. }) => {
                super::why_lines(id, self.reader.article, &self.cx(), cells).len()
            }
            Some(Overlay::Help(view)) => {
                // While one seeks, the box keeps its size.
                super::help(&self.keys.map, words, cells, "").rows.len() + usize::from(view.shows_line())
            }
            Some(Overlay::Notices(_)) => {
                super::notice_lines(&self.status, &self.snapshot, words, cells).len()
            }
            _ => 0,
        }
    }

    /// Scrolls the text that lies on top.
    pub(super) fn scroll_over(&mut self, motion: Motion) {
        let (words, cells) = (self.words(), self.cells_over());
        let lines = self.lines_over();
        let mut page = usize::from(super::inside(super::box_of(self.sizes.screen, lines)).h);
        let mut rows = lines;
        if let Some(Overlay::Help(view)) = self.overlays.last().filter(|_| lines > 0)
            && view.shows_line()
        {
            page = page.saturating_sub(1);
            rows = super::help(&self.keys.map, words, cells, view.line.text()).rows.len();
        }
        let last = (rows + 1).saturating_sub(page);
        if let Some(Overlay::Help(HelpView { top, .. }) | Overlay::Notices(top) | Overlay::Why { top, .. }) =
            self.overlays.last_mut()
        {
            *top = motion.apply(*top, last, page);
        }
    }

    /// Keys while something lies over the panes; `None` where it does not care.
    pub(super) fn in_overlay(&mut self, action: Action, count: Option<u32>) -> Option<Effects> {
        if let Some(Motion::Page(n)) = Motion::of(action, count)
            && self.page_of_choices(n)
        {
            return Some(Vec::new());
        }
        match self.overlays.last()? {
            Overlay::Palette(_) => return Some(self.in_palette(action, false)),
            Overlay::Pick(_) => return Some(self.in_pick(action)),
            Overlay::Pipe(_) => return Some(self.in_pipe(action)),
            Overlay::Ask(_) => return Some(self.in_ask(action)),
            Overlay::Review | Overlay::NamePage | Overlay::Evidence => return self.in_page(action, count),
            Overlay::Help(view) if view.seeking => return Some(self.in_help_line(action)),
            _ => {}
        }
        if let Some(effects) = self.in_offers(action, count) {
            return Some(effects);
        }
        if let Some(motion) = Motion::of(action, count) {
            self.scroll_over(motion);
            return Some(Vec::new());
        }
        match (action, self.overlays.last_mut()) {
            (Action::Find, Some(Overlay::Help(view))) => {
                view.seeking = true;
                return Some(Vec::new());
            }
            // What the palette names is done where it was opened.
            (Action::Palette, _) => {
                self.open_palette();
                return Some(Vec::new());
            }
            _ => {}
        }
        let which = self.overlays.pop();
        let closes = match action {
            Action::Enter | Action::Escape | Action::Leave => true,
            Action::Help => matches!(which, Some(Overlay::Help(_))),
            Action::Notices => matches!(which, Some(Overlay::Notices(_))),
            // Who reads what a key does has not pressed it to do that.
            action => matches!(which, Some(Overlay::Help(_))) && changes(action),
        };
        closes.then(Vec::new)
    }

    /// Keys while one seeks in the help.
    fn in_help_line(&mut self, action: Action) -> Effects {
        let Some(Overlay::Help(view)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => view.seeking = false,
            Action::Cancel => *view = HelpView::default(),
            Action::Suspend => return vec![Effect::Suspend],
            Action::Newer => self.scroll_over(Motion::By(1)),
            Action::Older => self.scroll_over(Motion::By(-1)),
            Action::PageDown => self.scroll_over(Motion::Page(1)),
            Action::PageUp => self.scroll_over(Motion::Page(-1)),
            _ => {
                if view.line.edit(action) {
                    view.top = 0;
                }
            }
        }
        Vec::new()
    }

    pub(super) fn open_palette(&mut self) {
        let mut palette = Palette::default();
        palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
        self.overlays.push(Overlay::Palette(palette));
    }

    /// Keys while a command is typed; `pointed`: its row was clicked on, whatever is typed.
    pub(super) fn in_palette(&mut self, action: Action, pointed: bool) -> Effects {
        let words = self.words();
        let Some(Overlay::Palette(palette)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => {
                let item = palette.chosen.and_then(|n| palette.items.get(n)).cloned();
                let (typed, like) = (palette.line.text().to_owned(), !palette.items.is_empty());
                // What still wants words waits for them: a verb that was typed stays in the language that it was typed in.
                let begun = match item.as_ref().map(|i| &i.command) {
                    _ if !pointed && Typed::wants_more(&typed).is_some() => Some(typed.trim()),
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
    /// of sight. One of a page is about that page: without it, it says how the page is opened.
    fn do_in_sight(&mut self, action: Action) -> Effects {
        let pane = match action.scope() {
            Scope::List => Focus::List,
            Scope::Names => Focus::Names,
            Scope::Related => Focus::Related,
            Scope::Review => return self.do_over(action, Action::Review),
            Scope::Proposals => return self.do_over(action, Action::Proposals),
            _ => return self.act(action, None),
        };
        if self.nav.focus == pane && self.overlays.is_empty() {
            return self.act(action, None);
        }
        // Names that may be one have their own way to take a decision back.
        let takes_back = action == Action::UndoDecision && !self.overlays.is_empty();
        if takes_back {
            return self.act(action, None);
        }
        self.overlays.clear();
        self.focus(pane);
        self.settle();
        if action.scope() == Scope::Names && !super::wish::alone(action) {
            let key = self.key(action);
            self.tell(Notice::info(Msg::ChooseName).with("key", key));
            return Vec::new();
        }
        self.act(action, None)
    }

    /// Does an action of the page that another one opens.
    fn do_over(&mut self, action: Action, opener: Action) -> Effects {
        let there = match self.overlays.last() {
            Some(Overlay::Review) => opener == Action::Review,
            Some(Overlay::Proposals(_)) => opener == Action::Proposals,
            _ => false,
        };
        if there {
            return self.act(action, None);
        }
        let words = self.words();
        let (what, page, key) =
            (words.action(action).to_owned(), words.action(opener).to_owned(), self.key(opener));
        self.tell(Notice::info(Msg::NeedsPage).with("what", what).with("page", page).with("key", key));
        Vec::new()
    }
}

/// Marks of the reader's own are changed by it.
fn changes(action: Action) -> bool {
    matches!(
        action,
        Action::ToggleRead
            | Action::ToggleStar
            | Action::ReadAll
            | Action::EditTags
            | Action::EditNote
            | Action::WriteNote
            | Action::Undo
    )
}
