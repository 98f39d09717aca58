//! Pictures of a frame: as text, and as SVG for the documentation.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::theme::{Theme, rgb};
use crate::text::width;

/// Pixels of a cell.
const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;
/// Letters and paper where the theme leaves them to the terminal.
const INK: (u8, u8, u8) = (215, 218, 224);
const PAPER: (u8, u8, u8) = (22, 24, 29);

/// The frame as text, a line a row, without blanks at line ends.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in buffer.area.left()..buffer.area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The frame as SVG: every cell at its place, whatever font shows it.
pub fn svg(buffer: &Buffer, theme: &Theme) -> String {
    let (w, h) = (f32::from(buffer.area.width) * WIDE, f32::from(buffer.area.height) * HIGH);
    let paper = theme.background.unwrap_or(PAPER);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n",
        hex(paper)
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        row(buffer, y, paper, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// The colours of a cell: letters, and paper where it differs from the page.
fn colours(cell: &Cell, paper: (u8, u8, u8)) -> (String, Option<String>) {
    let colour = |c: Color, or: (u8, u8, u8)| rgb(c).unwrap_or(or);
    let bright = u32::from(paper.0) + u32::from(paper.1) + u32::from(paper.2) > 384;
    let ink = if bright { (36, 41, 47) } else { INK };
    let (mut fg, mut bg) = (colour(cell.fg, ink), colour(cell.bg, paper));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    (hex(fg), (bg != paper).then(|| hex(bg)))
}

fn row(buffer: &Buffer, y: u16, paper: (u8, u8, u8), out: &mut String) {
    let mut x = buffer.area.left();
    while x < buffer.area.right() {
        let cell = &buffer[(x, y)];
        let (fg, bg) = colours(cell, paper);
        let from = x;
        let mut run = String::new();
        // Cells of one look that are one column wide go together; a wide one stands alone, so that the next begins in its own column.
        while x < buffer.area.right() {
            let next = &buffer[(x, y)];
            let wide = width(next.symbol()).max(1) as u16;
            if x > from
                && (colours(next, paper) != (fg.clone(), bg.clone())
                    || next.modifier != cell.modifier
                    || wide > 1)
            {
                break;
            }
            run.push_str(next.symbol());
            x += wide;
            if wide > 1 {
                break;
            }
        }
        let (left, top) = (f32::from(from) * WIDE, f32::from(y) * HIGH);
        let across = f32::from(x - from) * WIDE;
        if let Some(bg) = bg {
            let _ = writeln!(
                out,
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{across:.1}\" height=\"{HIGH}\" fill=\"{bg}\"/>"
            );
        }
        if run.trim().is_empty() {
            continue;
        }
        let mut style = String::new();
        for (modifier, text) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
            (Modifier::DIM, " opacity=\"0.7\""),
        ] {
            if cell.modifier.contains(modifier) {
                style.push_str(text);
            }
        }
        let blank = run.len() - run.trim_start().len();
        let left = left + blank as f32 * WIDE;
        let shown = run.trim();
        let length = width(shown) as f32 * WIDE;
        let _ = writeln!(
            out,
            "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{length:.1}\" fill=\"{fg}\"{style}>{}</text>",
            top + 13.5,
            escape(shown)
        );
    }
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_frame_becomes_a_picture() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        buffer.set_string(0, 0, "a<b 字 ế", Style::new().fg(Color::Rgb(1, 2, 3)));
        buffer.set_string(0, 1, "x", Style::new().bg(Color::Rgb(9, 9, 9)));
        assert_eq!(text(&buffer), "a<b 字 ế\nx\n");
        let picture = svg(&buffer, &Theme::built_in("dark"));
        for part in ["a&lt;b", ">字</text>", ">ế</text>", "fill=\"#010203\"", "fill=\"#090909\""] {
            assert!(picture.contains(part), "{part} in {picture}");
        }
    }
}
