//! The mouse over what lies over the panes: a click outside closes it, a click on a row chooses it, the wheel scrolls it.
//!
//! Owns: which row of a box a click means. Refuses: where the boxes stand (`overlay`).
//! Tests: key scripts in `tests/it/press/mouse.rs`.

use super::App;
use super::action::Action;
use super::event::{Effects, Mouse};
use super::layout::Area;
use super::mouse::{WHEEL, row_in, turned};
use super::overlay::{Overlay, box_of, choices_box, first_choice, inside};
use super::repair::Asked;

impl App {
    /// Where what lies on top stands.
    fn area_over(&self) -> Option<Area> {
        let screen = self.sizes.screen;
        let rows = match self.overlays.last()? {
            Overlay::Review | Overlay::NamePage | Overlay::Evidence => {
                return Some(self.page()?.area(&self.cx()));
            }
            Overlay::Palette(palette) => return Some(choices_box(screen, palette.items.len().max(1))),
            Overlay::Pick(pick) => return Some(choices_box(screen, pick.choices.len())),
            Overlay::Ask(ask) => return Some(choices_box(screen, ask.options.len())),
            Overlay::Pipe(_) => return Some(choices_box(screen, 0)),
            Overlay::Proposals(offers) => offers.rows.len().max(1),
            _ => self.lines_over(),
        };
        Some(box_of(screen, rows))
    }

    /// A click while something lies over the panes.
    pub(super) fn press_over(&mut self, mouse: Mouse) -> Effects {
        let Some(area) = self.area_over() else { return Vec::new() };
        self.status.seen();
        if !area.holds(mouse.x, mouse.y) {
            self.overlays.pop();
            return Vec::new();
        }
        if self.page().is_some() {
            return self.press_page(mouse.y);
        }
        let inside = inside(area);
        // Below the line that is typed.
        let choices = Area { y: inside.y + 1, h: inside.h.saturating_sub(1), ..inside };
        let choice = |chosen: usize, rows| row_in(choices, mouse.y, first_choice(chosen, inside), rows);
        match self.overlays.last_mut() {
            Some(Overlay::Palette(palette)) => {
                let row = choice(palette.chosen.unwrap_or(0), palette.items.len());
                let Some(row) = row else { return Vec::new() };
                palette.chosen = Some(row);
                self.in_palette(Action::Accept, true)
            }
            Some(Overlay::Pick(pick)) => {
                let Some(row) = choice(pick.chosen, pick.choices.len()) else { return Vec::new() };
                pick.chosen = row;
                // A spelling is the beginning of the name that is written.
                let writes = pick.asked == Asked::Rename;
                self.in_pick(if writes { Action::Complete } else { Action::Accept })
            }
            Some(Overlay::Ask(ask)) => {
                let Some(row) = choice(ask.chosen.unwrap_or(0), ask.options.len()) else { return Vec::new() };
                ask.chosen = Some(row);
                let opens = ask.chooses();
                self.in_ask(if opens { Action::Accept } else { Action::Complete })
            }
            Some(Overlay::Proposals(offers)) => {
                let top = (offers.chosen + 1).saturating_sub(usize::from(inside.h));
                if let Some(row) = row_in(inside, mouse.y, top, offers.rows.len()) {
                    offers.chosen = row;
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Moves the choice below a line that is typed by as many rows as are in sight, not beyond the last; `false` where there is none.
    pub(super) fn page_of_choices(&mut self, by: isize) -> bool {
        let chooses =
            matches!(self.overlays.last(), Some(Overlay::Palette(_) | Overlay::Pick(_) | Overlay::Ask(_)));
        if let Some(area) = self.area_over().filter(|_| chooses) {
            let rows = inside(area).h.saturating_sub(1).max(1);
            self.wheel_over(by.saturating_mul(isize::from(rows.cast_signed())));
        }
        chooses
    }

    /// The wheel while something lies over the panes: it scrolls, or moves the choice as far as there is one.
    pub(super) fn wheel_over(&mut self, by: isize) {
        if self.page().is_some() {
            return self.with_page(|page, cx| page.wheel(by * WHEEL, cx));
        }
        let moved = |chosen: usize, rows: usize| {
            (rows > 0).then(|| chosen.saturating_add_signed(by).min(rows.saturating_sub(1)))
        };
        match self.overlays.last_mut() {
            Some(Overlay::Palette(palette)) => {
                palette.chosen = moved(palette.chosen.unwrap_or(0), palette.items.len());
            }
            Some(Overlay::Pick(pick)) => {
                pick.chosen = moved(pick.chosen, pick.choices.len()).unwrap_or(0);
            }
            Some(Overlay::Ask(ask)) => {
                let first = if by > 0 { ask.chosen.is_some() } else { true };
                let from = ask.chosen.unwrap_or(0);
                ask.chosen = if first {
                    moved(from, ask.options.len())
                } else {
                    (!ask.options.is_empty()).then_some(0)
                };
            }
            Some(Overlay::Proposals(_)) => {
                self.in_offers(turned(by), None);
            }
            Some(Overlay::Help(_) | Overlay::Notices(_) | Overlay::Why { .. }) => {
                self.scroll_over(super::Motion::By(by * WHEEL));
            }
            _ => {}
        }
    }
}
