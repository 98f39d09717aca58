//! Which pane has the keys, how wide the panes are, in which language and colours they are shown.
//!
//! Owns: the ways from pane to pane. Refuses: where panes stand (`layout`).
//! Tests: key scripts in `tests/it/press`.

use super::layout::{Wide, Widths, solve};
use super::nav::{Focus, Nav};
use super::status::Notice;
use super::words::{Lang, Msg};
use super::{App, Shape};

impl App {
    /// Gives a pane the keys, and opens what it stands in.
    pub(super) fn focus(&mut self, focus: Focus) {
        let main = matches!(self.nav.focus, Focus::List | Focus::Reader);
        if main && matches!(focus, Focus::Names | Focus::Related) {
            self.nav.came_from = self.nav.focus;
        }
        self.nav.focus = focus;
        match focus {
            Focus::List => self.nav.drawer = false,
            Focus::Names | Focus::Related => self.nav.drawer = true,
            Focus::Reader => self.mark_read(),
        }
        if focus != Focus::Reader {
            self.nav.zen = false;
        }
    }

    pub(super) fn toggle_side(&mut self, side: Focus) {
        if self.nav.focus == side {
            self.nav.drawer = false;
            self.focus(self.nav.came_from);
        } else {
            self.focus(side);
        }
    }

    pub(super) fn sideways(&mut self, by: isize) {
        let left_drawer = matches!(self.sizes.shape, Shape::Middle | Shape::Folded);
        let next = match (self.nav.focus, by < 0) {
            (Focus::List, false) => Focus::Reader,
            (Focus::Reader, true) if left_drawer && self.nav.drawer && self.sizes.list.is_none() => {
                Focus::Names
            }
            (Focus::Reader, true) => Focus::List,
            (Focus::Reader, false) => Focus::Names,
            (Focus::Names | Focus::Related, true) if left_drawer => Focus::List,
            // On their other side stands the article, whichever side that is.
            (Focus::Names | Focus::Related, left) if left != left_drawer => Focus::Reader,
            (Focus::List | Focus::Names | Focus::Related, _) => return,
        };
        self.focus(next);
    }

    pub(super) fn speak(&mut self, lang: Lang) {
        self.prefs.lang = lang;
        self.tell(Notice::info(Msg::LanguageNow).with("name", lang.own_name()));
    }

    pub(super) fn next_theme(&mut self) {
        let themes = &self.prefs.themes;
        let at = themes.iter().position(|t| *t == self.prefs.theme).map_or(0, |n| n + 1);
        if let Some(name) = themes.get(at % themes.len().max(1)).cloned() {
            self.set_theme(name);
        }
    }

    pub(super) fn set_theme(&mut self, name: String) {
        if self.prefs.themes.contains(&name) {
            let called = self.words().theme(&name).to_owned();
            self.tell(Notice::info(Msg::ThemeNow).with("name", called));
            self.prefs.theme = name;
        } else {
            self.tell(Notice::warning(Msg::NoSuchTheme).with("name", name));
        }
    }

    /// Moves the border of the focused pane; the article gives or takes.
    pub(super) fn resize(&mut self, by: i32) {
        let (all, shape) = (self.sizes.screen.0, self.sizes.shape);
        let moved = |w: u16, by: i32| Wide::of(u16::try_from(i32::from(w) + by).unwrap_or(0), all);
        let (list, side) = (self.sizes.list, self.sizes.names);
        match self.nav.focus {
            Focus::Names | Focus::Related if shape == Shape::Wide => {
                self.prefs.widths.side = side.map(|a| moved(a.w, by));
            }
            Focus::Reader => {
                if let Some(beside) = list.or(side) {
                    *self.prefs.widths.list_in(shape) = Some(moved(beside.w, -by));
                    self.leave_border();
                } else if by < 0 && shape == Shape::Middle && !self.nav.zen {
                    // The article has all of the screen: less of it brings the list back beside it.
                    let nav = Nav { focus: Focus::List, ..Nav::default() };
                    let list = solve(self.sizes.screen, &nav, self.prefs.widths, false).list;
                    self.prefs.widths.list = list.map(|a| moved(a.w, 0));
                }
            }
            _ => {
                *self.prefs.widths.list_in(shape) = list.or(side).map(|a| moved(a.w, by));
                self.leave_border();
            }
        }
    }

    /// A border that was set back to where it stands by itself is nobody's wish any more: who reads has the whole width again.
    pub(super) fn leave_border(&mut self) {
        let nav = Nav { focus: Focus::List, ..Nav::default() };
        let list = |widths| solve(self.sizes.screen, &nav, widths, false).list.map(|area| area.w);
        let free = Widths { list: None, ..self.prefs.widths };
        if self.sizes.shape == Shape::Middle && list(free) == list(self.prefs.widths) {
            self.prefs.widths = free;
        }
    }
}
