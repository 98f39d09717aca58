//! Writing cells: clipped to an area, never half of a wide character, never a control character.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::theme::{Meaning, Theme};
use crate::app::Area;
use crate::text::width;

/// A buffer and the theme to write in.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// What was emptied: something lies over the panes there.
    covered: Vec<Rect>,
}

/// An area as ratatui has it.
pub fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.w, area.h)
}

impl<'a> Pen<'a> {
    /// A pen for a buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        Self { buffer, theme, covered: Vec::new() }
    }

    /// The style of a meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.theme.style(meaning)
    }

    /// Writes from `x` up to, not including, column `end`; gives the column after the text.
    pub fn put(&mut self, x: u16, y: u16, end: u16, text: &str, meaning: Meaning) -> u16 {
        self.put_styled(x, y, end, text, self.theme.style(meaning))
    }

    /// As [`Pen::put`], in any style.
    pub fn put_styled(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = end.min(area.right());
        if x >= end || y >= area.bottom() || y < area.y {
            return x.min(end);
        }
        self.buffer.set_span(x, y, &Span::styled(text, style), end - x).0
    }

    /// Writes so that the text ends before column `end`, but does not begin before `x`.
    pub fn put_right(&mut self, x: u16, y: u16, end: u16, text: &str, meaning: Meaning) -> u16 {
        let start = end.saturating_sub(width(text) as u16).max(x);
        self.put(start, y, end, text, meaning);
        start
    }

    /// Lays a style over an area.
    pub fn tint(&mut self, area: Area, meaning: Meaning) {
        self.tint_styled(area, self.theme.style(meaning));
    }

    /// As [`Pen::tint`], in any style.
    pub fn tint_styled(&mut self, area: Area, style: Style) {
        let area = rect(area).intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// Fills a row with one character of one cell.
    pub fn rule(&mut self, x: u16, y: u16, end: u16, sign: &str, meaning: Meaning) {
        for x in x..end.min(self.buffer.area.right()) {
            self.put(x, y, end, sign, meaning);
        }
    }

    /// The cells of an area, to be drawn on, where nothing lies over any of them.
    pub fn uncovered(&mut self, area: Area) -> Option<(Rect, &mut Buffer)> {
        let area = rect(area).intersection(self.buffer.area);
        let free = self.covered.iter().all(|c| !c.intersects(area));
        free.then_some((area, &mut *self.buffer))
    }

    /// Empties an area; a wide character that reaches into it from the left goes as a whole.
    pub fn clear(&mut self, area: Area, meaning: Meaning) {
        let style = Style::reset().patch(self.theme.style(meaning));
        let inside = rect(area).intersection(self.buffer.area);
        self.covered.push(inside);
        for y in inside.top()..inside.bottom() {
            if let Some(x) = inside.x.checked_sub(1)
                && width(self.buffer[(x, y)].symbol()) > 1
            {
                self.buffer[(x, y)].set_symbol(" ");
            }
            for x in inside.left()..inside.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}
