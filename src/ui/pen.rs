//! Writing cells: clipped to an area, never half of a wide character, never a control character.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation as _;

use super::theme::{Meaning, Theme};
use crate::app::Area;
use crate::text::{pad, width};

/// A buffer and the theme to write in.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    /// What was emptied: something lies over the panes there.
    covered: Vec<Rect>,
}

/// A text as all terminals give it the same cells: of a picture that is put together from several characters they count each, or
/// all as one, so its first stands for it. Only what is drawn: what is copied or exported stays whole.
fn certain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(puts_together) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        let mut chars = grapheme.chars();
        let first = chars.next().filter(|_| chars.any(puts_together)).map(String::from);
        match first.filter(|first| is_picture(grapheme) && width(first) <= width(grapheme)) {
            Some(first) => out.push_str(&pad(&first, width(grapheme))),
            None => out.push_str(grapheme),
        }
    }
    Cow::Owned(out)
}

/// Joins pictures, asks for the picture of a sign, or gives it a colour of skin.
fn puts_together(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// No letters that a joiner shapes, as in the scripts of India.
fn is_picture(grapheme: &str) -> bool {
    !grapheme.chars().any(char::is_alphabetic)
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
        self.buffer.set_span(x, y, &Span::styled(certain(text), style), end - x).0
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

    /// Shows that an area is chosen: one ground over all of it, with a bar at its left edge. Where the theme swaps colours for
    /// that, those of the words go, as each would give a ground of its own; the swapped ground is its own bar.
    pub fn choose(&mut self, area: Area, focused: bool) {
        let meaning = if focused { Meaning::SelectedFocus } else { Meaning::Selected };
        let style = self.theme.style(meaning);
        let swapped = style.add_modifier.contains(Modifier::REVERSED);
        if swapped {
            let plain = Style::reset().remove_modifier(Modifier::DIM);
            let bold = |m: Modifier| m & (Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED);
            let cells = rect(area).intersection(self.buffer.area);
            for position in cells.positions() {
                let cell = &mut self.buffer[position];
                let kept = bold(cell.modifier);
                cell.set_style(plain.add_modifier(kept));
            }
        }
        self.tint_styled(area, style);
        let sign = if focused { "▌" } else { "▏" };
        for y in (area.y..area.y + area.h).take_while(|_| !swapped) {
            self.put(area.x, y, area.x + 1, sign, Meaning::Bar);
        }
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

    /// Lets what was drawn in an area step back: something lies over it.
    pub fn step_back(&mut self, area: Area) {
        let style =
            Style::reset().patch(self.theme.style(Meaning::Text)).patch(self.theme.style(Meaning::Dim));
        self.tint_styled(area, style);
    }

    /// Takes away what is left of words that an area is laid over: beside it would stand halves of them.
    pub fn part(&mut self, area: Area) {
        let (inside, whole) = (rect(area).intersection(self.buffer.area), self.buffer.area);
        if inside.is_empty() {
            return;
        }
        for y in inside.top()..inside.bottom() {
            if self.in_word(inside.left(), y) {
                self.wipe((whole.left()..inside.left()).rev(), y);
            }
            if self.in_word(inside.right() - 1, y) {
                self.wipe(inside.right()..whole.right(), y);
            }
        }
    }

    /// Empties cells up to the end of the word.
    fn wipe(&mut self, cells: impl Iterator<Item = u16>, y: u16) {
        for x in cells {
            if !self.in_word(x, y) {
                break;
            }
            let cell = &mut self.buffer[(x, y)];
            cell.set_symbol(" ");
            cell.modifier.remove(Modifier::UNDERLINED | Modifier::CROSSED_OUT);
        }
    }

    /// A cell holds part of a word: no blank, and no line of ours.
    fn in_word(&self, x: u16, y: u16) -> bool {
        let symbol = self.buffer[(x, y)].symbol();
        let drawn = |c: char| c.is_whitespace() || ('\u{2500}'..='\u{259f}').contains(&c);
        // Wide characters are words of their own.
        width(symbol) == 1 && !symbol.chars().all(drawn)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_words_beside_a_box_go() {
        for (x, w, expect) in [
            (5, 4, "ab   ef g   "),
            (2, 1, "ab cdef ghij"),
            (0, 1, "a  cdef ghij"),
            (7, 5, "ab cdef ghij"),
            (3, 9, "ab cdef ghij"),
        ] {
            let theme = Theme::built_in("plain");
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            let mut pen = Pen::new(&mut buffer, &theme);
            pen.put(0, 0, 12, "ab cdef ghij", Meaning::Text);
            pen.part(Area::new(x, 0, w, 1));
            let text: String = (0..12).map(|x| buffer[(x, 0)].symbol()).collect();
            assert_eq!(text, expect, "{x}+{w}");
        }
    }

    #[test]
    fn pictures_of_several_characters_are_drawn_as_their_first() {
        for (text, expect) in [
            ("👍🏽 và 👍", "👍 và 👍"),
            ("👍🏽👍🏿", "👍👍"),
            ("👩‍🚒 dập lửa", "👩 dập lửa"),
            ("👨‍👩‍👧‍👦", "👨"),
            ("❤️ tim", "❤  tim"),
            ("1️⃣ một", "1  một"),
            ("🏳️‍🌈", "🏳 "),
            // Letters, flags, and a colour that stands alone are as they are.
            ("क्‍ष", "क्‍ष"),
            ("🇻🇳 Tiếng Việt", "🇻🇳 Tiếng Việt"),
            ("🏽", "🏽"),
            ("Tiếng Việt", "Tiếng Việt"),
        ] {
            let drawn = certain(text);
            assert_eq!(drawn, expect, "{text}");
            assert_eq!(width(&drawn), width(text), "{text}");
        }
    }
}
