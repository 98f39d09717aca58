//! The mouse: click, wheel, drag.

use super::event::{Effect, Effects, Mouse, MouseDid};
use super::filter::Typing;
use super::layout::Wide;
use super::nav::Focus;
use super::update::cx;
use super::{Action, App, Cx, Motion, Overlay, names};

/// Lines a turn of the wheel scrolls.
const WHEEL: isize = 3;

impl App {
    pub(super) fn on_mouse(&mut self, mouse: Mouse) -> Effects {
        match mouse.did {
            MouseDid::Release if self.nav.drag.take().is_some() => {
                return vec![Effect::KeepWidths(self.prefs.widths)];
            }
            MouseDid::Release => {}
            MouseDid::Drag => self.drag(mouse.x),
            MouseDid::WheelUp => self.wheel(mouse, -1),
            MouseDid::WheelDown => self.wheel(mouse, 1),
            MouseDid::Press => return self.press(mouse),
        }
        Vec::new()
    }

    fn pane_at(&self, mouse: Mouse) -> Option<Focus> {
        Focus::ALL.into_iter().find(|f| self.sizes.pane(*f).is_some_and(|a| a.holds(mouse.x, mouse.y)))
    }

    fn drag(&mut self, x: u16) {
        let all = self.sizes.screen.0;
        match self.nav.drag {
            Some(0) => self.prefs.widths.list = Some(Wide::of(x, all)),
            Some(_) => self.prefs.widths.side = Some(Wide::of(all.saturating_sub(x + 1), all)),
            None => {}
        }
    }

    fn wheel(&mut self, mouse: Mouse, by: isize) {
        if let Some(Overlay::Help(_) | Overlay::Notices(_)) = self.overlays.last() {
            let action = if by > 0 { Action::Down } else { Action::Up };
            self.update(action, Some(WHEEL as u32));
            return;
        }
        if self.page().is_some() {
            self.with_page(|page, cx| page.wheel(by * WHEEL, cx));
            return;
        }
        match self.pane_at(mouse) {
            Some(Focus::List) => self.list.wheel(by),
            Some(Focus::Reader) => self.reader.go(Motion::By(by * WHEEL), &cx!(self)),
            Some(Focus::Names) => self.names.wheel(by * WHEEL, &cx!(self)),
            Some(Focus::Related) => self.related.wheel(by * WHEEL, &cx!(self)),
            None => {}
        }
    }

    fn press(&mut self, mouse: Mouse) -> Effects {
        if self.page().is_some() {
            self.press_page(mouse.y);
            return Vec::new();
        }
        if !self.overlays.is_empty() {
            self.overlays.pop();
            return Vec::new();
        }
        self.status.seen();
        self.keys.pending.clear();
        if self.sizes.filter.is_some_and(|a| a.holds(mouse.x, mouse.y)) {
            if self.filter.typing.is_none() {
                self.filter.begin(Typing::Filter, self.list.selected, self.reader.article);
            }
            return Vec::new();
        }
        let typing = self.filter.typing.is_some();
        let mut effects = if typing { self.accept_line() } else { Vec::new() };
        effects.extend(self.press_pane(mouse));
        effects
    }

    fn press_pane(&mut self, mouse: Mouse) -> Effects {
        // The hints in the last row lead to all keys.
        if self.sizes.status.is_some_and(|a| a.holds(mouse.x, mouse.y)) {
            return self.update(Action::Help, None);
        }
        let border = self.sizes.borders.iter().position(|b| *b == Some(mouse.x));
        if border.is_some() {
            self.nav.drag = border;
            return Vec::new();
        }
        match self.pane_at(mouse) {
            Some(Focus::List) => self.press_list(mouse.y),
            Some(Focus::Names) => return self.press_names(mouse.y),
            Some(Focus::Related) => self.press_related(mouse.y),
            Some(Focus::Reader) => self.focus(Focus::Reader),
            None => {}
        }
        Vec::new()
    }

    /// A click chooses; a click on what is chosen opens.
    fn press_list(&mut self, y: u16) {
        let had = self.nav.focus == Focus::List;
        let row = self.list.row_at(y, &cx!(self));
        self.focus(Focus::List);
        let Some(row) = row else { return };
        let again = had && row == self.list.row;
        self.list.select_row(row);
        self.reader.open(self.list.selected);
        if again {
            self.focus(Focus::Reader);
        }
    }

    fn press_names(&mut self, y: u16) -> Effects {
        let had = self.nav.focus == Focus::Names;
        self.focus(Focus::Names);
        let Some(area) = self.sizes.names else { return Vec::new() };
        let Some(row) = names::row_at(self.names.top, self.names.rows.len(), area, y) else {
            return Vec::new();
        };
        let again = had && row == self.names.row;
        if self.names.choose(row, &cx!(self)) && again {
            return self.enter_name();
        }
        Vec::new()
    }

    fn press_related(&mut self, y: u16) {
        let had = self.nav.focus == Focus::Related;
        self.focus(Focus::Related);
        let Some(area) = self.sizes.related else { return };
        let Some(line) = names::row_at(self.related.top, self.related.lines.len(), area, y) else { return };
        let Some(stop) = self.related.lines[line].stop else { return };
        let again = had && stop == self.related.stop;
        self.related.stop = stop;
        if let Some(article) = self.related.selected().filter(|_| again) {
            self.jump(article);
        }
    }
}
