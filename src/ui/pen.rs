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
    /// The panes stepped back: what lies over them is read, they are not.
    back: bool,
    /// The terminal gives a picture of several characters the cells of one.
    clusters: bool,
}

/// A text as all terminals give it the same cells: of a picture that is put together from several characters they count each, or
/// all as one, so its first stands for it. Only what is drawn: what is copied or exported stays whole.
///
/// A buffer's cell could hold all of `👩‍🚒` or `👍🏽`, and the cursor is set anew behind each wide cell. But only what changes is
/// written: where a terminal draws the parts beside each other (tmux, VTE, Alacritty and the Linux console do, or did until
/// lately), the second part stays on cells that were not to change. Of `❤️` terminals disagree whether it has one cell or two.
/// So the first character is the most that can be drawn at its place everywhere. A terminal that says that it counts
/// by what is seen ([mode 2027](https://github.com/contour-terminal/terminal-unicode-core)) gets all of it. Flags stay whole
/// anyway: their two letters take one cell each where they are not joined.
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
        Self { buffer, theme, covered: Vec::new(), back: false, clusters: false }
    }

    /// The same for a terminal that gives a picture of several characters the cells of one, or not.
    pub fn with_clusters(self, clusters: bool) -> Self {
        Self { clusters, ..self }
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
        let text = if self.clusters { Cow::Borrowed(text) } else { certain(text) };
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

    /// Nothing but blanks and lines of ours stands in an area.
    pub fn is_blank(&self, area: Area) -> bool {
        let area = rect(area).intersection(self.buffer.area);
        area.positions().all(|at| width(self.buffer[at].symbol()) <= 1 && !self.in_word(at.x, at.y))
    }

    /// Lets what was drawn in an area step back: something lies over it.
    pub fn step_back(&mut self, area: Area) {
        let style =
            Style::reset().patch(self.theme.style(Meaning::Text)).patch(self.theme.style(Meaning::Dim));
        self.tint_styled(area, style);
        self.back = true;
    }

    /// Takes away what is left of words that an area is laid over: beside it would stand halves of them. Where the panes stepped
    /// back, that is the rest of the pane's row at its right, as nothing of it can be read without its beginning, and at its left
    /// what stood at the end of the row by itself.
    pub fn part(&mut self, area: Area) {
        let (inside, whole) = (rect(area).intersection(self.buffer.area), self.buffer.area);
        if inside.is_empty() {
            return;
        }
        for y in inside.top()..inside.bottom() {
            let (first, last) = (inside.left(), inside.right() - 1);
            let left = (whole.left()..first).rev();
            if self.back && self.is_column(first, y) {
                self.wipe(left, y, |pen, x| !pen.is_gap(x, y));
            } else if self.in_word(first, y) {
                self.wipe(left, y, |pen, x| pen.in_word(x, y));
            }
            let right = inside.right()..whole.right();
            if self.back && !self.is_upright(last, y) {
                self.wipe(right, y, |pen, x| !pen.is_upright(x, y));
            } else if self.in_word(last, y) {
                self.wipe(right, y, |pen, x| pen.in_word(x, y));
            }
        }
    }

    /// Empties cells as long as they are some of those that go.
    fn wipe(&mut self, cells: impl Iterator<Item = u16>, y: u16, goes: impl Fn(&Self, u16) -> bool) {
        for x in cells {
            if !goes(self, x) {
                break;
            }
            let cell = &mut self.buffer[(x, y)];
            cell.set_symbol(" ");
            cell.modifier.remove(Modifier::UNDERLINED | Modifier::CROSSED_OUT);
        }
    }

    /// A cell and the one before it are blank, and no second half of a wide character.
    fn is_gap(&self, x: u16, y: u16) -> bool {
        let symbol = |x: u16| self.buffer[(x, y)].symbol();
        let half = |x: u16| x.checked_sub(1).is_some_and(|before| width(symbol(before)) > 1);
        let blank = |x: u16| symbol(x).chars().all(char::is_whitespace) && !half(x);
        blank(x) && x.checked_sub(1).is_none_or(blank)
    }

    /// What stands at the end of a row by itself reaches to a cell, or beyond it: before it are a gap and other words of the row.
    fn is_column(&self, x: u16, y: u16) -> bool {
        let goes_on = self.in_word(x, y) || (!self.is_upright(x, y) && self.in_word(x + 1, y));
        let mut before = (self.buffer.area.left()..x).rev().take_while(|x| !self.is_upright(*x, y));
        goes_on
            && !self.is_gap(x, y)
            && before.any(|x| self.is_gap(x, y))
            && before.any(|x| self.in_word(x, y))
    }

    /// A line between two panes, or a mark on it.
    fn is_upright(&self, x: u16, y: u16) -> bool {
        matches!(
            self.buffer[(x, y)].symbol(),
            "│" | "┃" | "├" | "┤" | "┼" | "┬" | "┴" | "┌" | "┐" | "└" | "┘"
        )
    }

    /// A cell holds part of a word: no blank, and no line of ours.
    fn in_word(&self, x: u16, y: u16) -> bool {
        let Some(symbol) = self.buffer.cell((x, y)).map(ratatui::buffer::Cell::symbol) else { return false };
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
    fn beside_a_box_that_is_read_stand_no_torn_rows() {
        let row = "ab cdef  2 da │gh ij  4";
        for (row, x, w, expect) in [
            // What begins a row stays, but for half of a word.
            (row, 5, 2, "ab   ef       │gh ij  4"),
            // What stands at its end by itself goes as a whole, or stays as a whole.
            (row, 11, 2, "ab cdef    da │gh ij  4"),
            (row, 13, 5, "ab cdef  2 da │gh      "),
            (row, 9, 7, "ab cdef  2 da │g       "),
            // A pane that the box ends before is whole.
            (row, 9, 6, "ab cdef  2 da │gh ij  4"),
            // The second half of a wide character is no gap.
            ("東 cdef da 便り │gh ij", 8, 2, "東  cdef da      │gh ij "),
        ] {
            let theme = Theme::built_in("plain");
            let mut buffer = Buffer::empty(Rect::new(0, 0, 23, 1));
            let mut pen = Pen::new(&mut buffer, &theme);
            pen.put(0, 0, 23, row, Meaning::Text);
            pen.step_back(Area::new(0, 0, 23, 1));
            pen.part(Area::new(x, 0, w, 1));
            let text: String = (0..23).map(|x| buffer[(x, 0)].symbol()).collect();
            assert_eq!(text, expect, "{x}+{w}");
        }
    }

    #[test]
    fn pictures_of_several_characters_are_whole_where_the_terminal_counts_them_as_one() {
        for (clusters, expect) in
            [(false, ["👩", "", "!", "❤", " ", "?"]), (true, ["👩‍🚒", "", "!", "❤️", "", "?"])]
        {
            let theme = Theme::built_in("plain");
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
            let mut pen = Pen::new(&mut buffer, &theme).with_clusters(clusters);
            assert_eq!(pen.put(0, 0, 6, "👩‍🚒!❤️?", Meaning::Text), 6);
            for (x, expect) in (0..).zip(expect) {
                assert!(expect.is_empty() || buffer[(x, 0)].symbol() == expect, "{x}: {expect}");
            }
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
