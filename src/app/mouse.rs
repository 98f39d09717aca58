//! The mouse over the panes: click, wheel, drag. What lies over them has the mouse first (`mouse_over`).
//!
//! Owns: what a click on each pane, border and hint does. Refuses: where things stand (`layout`, `hints`).
//! Tests: key scripts in `tests/it/press/mouse.rs`.

use super::event::{Effect, Effects, Mouse, MouseDid};
use super::filter::Typing;
use super::layout::{Area, Wide};
use super::nav::{Border, Drag, Focus};
use super::update::cx;
use super::{Action, App, Cx, Motion, hints, names};

/// Lines a turn of the wheel scrolls.
pub(super) const WHEEL: isize = 3;

impl App {
    pub(super) fn on_mouse(&mut self, mouse: Mouse) -> Effects {
        match mouse.did {
            MouseDid::Release => {
                let moved = self.nav.drag.take().is_some_and(|drag| drag.moved);
                self.leave_border();
                return if moved { vec![Effect::KeepWidths(self.prefs.widths)] } else { Vec::new() };
            }
            MouseDid::Drag => self.drag(mouse),
            MouseDid::WheelUp => self.wheel(mouse, -1),
            MouseDid::WheelDown => self.wheel(mouse, 1),
            MouseDid::Press => return self.press(mouse),
        }
        Vec::new()
    }

    fn pane_at(&self, mouse: Mouse) -> Option<Focus> {
        Focus::ALL.into_iter().find(|f| self.sizes.pane(*f).is_some_and(|a| a.holds(mouse.x, mouse.y)))
    }

    fn drag(&mut self, mouse: Mouse) {
        let (all, shape) = (self.sizes.screen.0, self.sizes.shape);
        let Some(drag) = &mut self.nav.drag else { return };
        drag.moved = true;
        let widths = &mut self.prefs.widths;
        match drag.border {
            Border::Column(0) => *widths.list_in(shape) = Some(Wide::of(mouse.x, all)),
            Border::Column(_) => widths.side = Some(Wide::of(all.saturating_sub(mouse.x + 1), all)),
            Border::Row(n) => {
                let Some(rule) = self.sizes.rules.get(n).copied().flatten() else { return };
                let above = Some(Wide::of(mouse.y.saturating_sub(rule.from), rule.rows));
                if n == 0 {
                    widths.rows = above;
                } else {
                    widths.names = above;
                }
            }
        }
    }

    fn wheel(&mut self, mouse: Mouse, by: isize) {
        if !self.overlays.is_empty() {
            return self.wheel_over(by);
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
        let hint = self.sizes.status.filter(|a| a.holds(mouse.x, mouse.y)).map(|_| hints::at(self, mouse.x));
        // Beside the hints of a box is outside of it.
        if let Some(action) = hint.filter(|action| action.is_some() || self.overlays.is_empty()) {
            return self.press_hint(action);
        }
        if !self.overlays.is_empty() {
            return self.press_over(mouse);
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

    /// A click on a hint does what it names; what the line has to say is seen then.
    fn press_hint(&mut self, action: Option<Action>) -> Effects {
        self.status.seen();
        self.keys.pending.clear();
        action.map_or_else(Vec::new, |action| self.act(action, None))
    }

    fn press_pane(&mut self, mouse: Mouse) -> Effects {
        if let Some(border) = self.border_at(mouse) {
            self.nav.drag = Some(Drag { border, moved: false });
        }
        match self.pane_at(mouse) {
            Some(Focus::List) => self.press_list(mouse.y),
            Some(Focus::Names) => return self.press_names(mouse.y),
            Some(Focus::Related) => self.press_related(mouse.y),
            Some(Focus::Reader) => return self.press_reader(mouse),
            None => {}
        }
        Vec::new()
    }

    fn border_at(&self, mouse: Mouse) -> Option<Border> {
        let column = self.sizes.borders.iter().position(|b| *b == Some(mouse.x));
        let on = |rule: &Option<super::layout::Rule>| rule.is_some_and(|r| r.area.holds(mouse.x, mouse.y));
        let row = || self.sizes.rules.iter().position(on);
        column.map(Border::Column).or_else(|| row().map(Border::Row))
    }

    /// A click chooses; a click on what is chosen opens.
    fn press_list(&mut self, y: u16) {
        let had = self.nav.focus == Focus::List;
        let row = self.list.row_at(y, &cx!(self));
        self.focus(Focus::List);
        let Some(row) = row else { return };
        let again = had && row == self.list.row;
        self.list.select_row(row);
        self.filter.arrive();
        self.reader.open(self.list.selected);
        if again {
            self.focus(Focus::Reader);
        }
    }

    /// A click on a name chooses it in the pane of names; elsewhere it gives the article the keys.
    fn press_reader(&mut self, mouse: Mouse) -> Effects {
        let entity = self.name_at(mouse);
        let Some(entity) = entity else {
            self.focus(Focus::Reader);
            return Vec::new();
        };
        let again = self.nav.focus == Focus::Names && self.names.selected() == Some(entity);
        self.focus(Focus::Names);
        // The names of the article may be wanted in place of those of all results.
        for all in [self.names.all, false] {
            self.names.all = all;
            self.settle();
            let row = self.names.row_of(entity);
            if row.is_some_and(|row| self.names.choose(row, &cx!(self))) {
                self.names.in_sight(&cx!(self));
                break;
            }
        }
        if again { self.enter_name() } else { Vec::new() }
    }

    /// The name in the text of the article at a cell of the screen.
    fn name_at(&self, mouse: Mouse) -> Option<crate::entity::EntityIx> {
        let article = self.reader.article?;
        let read = self.snapshot.read(article)?;
        let at = self.reader.byte_at(mouse.x, mouse.y, &read, &self.cx())?;
        let mentions = &read.names.as_ref()?.mentions;
        let n = mentions.iter().position(|m| (m.start as usize..m.end as usize).contains(&at))?;
        self.snapshot.entities.of(article.0 as usize).get(n).copied()
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

/// The row of some rows that stand one below the other at a line of the screen.
pub(super) fn row_in(area: Area, y: u16, top: usize, rows: usize) -> Option<usize> {
    let row = top + usize::from(y.checked_sub(area.y).filter(|n| *n < area.h)?);
    (row < rows).then_some(row)
}

/// An action that the wheel stands for.
pub(super) fn turned(by: isize) -> Action {
    if by > 0 { Action::Down } else { Action::Up }
}
