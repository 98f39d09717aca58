//! Pictures, ready to be drawn: cells, or what a terminal that draws pictures is told.
//!
//! Owns: making a picture ready for a size and a terminal (slow: for a worker), holding what is ready up to a number of bytes, drawing it.
//! Refuses: to decode or to wait: what is not ready is an empty frame. Nothing is drawn where something lies over the panes.
//! Tests: at the foot; `tests/it/terminal_pictures.rs`.

use image::{DynamicImage, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget as _;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};
use ratatui_image::{FilterType, FontSize, Image, Resize, protocol::Protocol};
use rustc_hash::FxHashMap;

use super::pen::Pen;
use super::theme::{Depth, Meaning, reduce};
use crate::app::{App, Area, Hung, PictureKey};

/// How a terminal shows pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Graphics {
    /// As coloured half blocks: any terminal can.
    #[default]
    Halves,
    /// The protocol of kitty, with places marked by characters.
    Kitty,
    /// The protocol of iTerm2.
    Iterm2,
    /// Sixel.
    Sixel,
}

/// What pictures are made ready for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Means {
    /// How they are shown.
    pub graphics: Graphics,
    /// Colours of half blocks.
    pub depth: Depth,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
}

impl Means {
    /// For any terminal. The size of a cell matters little for half blocks: the usual proportion is near enough.
    pub fn of_half_blocks(depth: Depth) -> Self {
        Self { graphics: Graphics::Halves, depth, cell: (10, 20) }
    }
}

/// A picture, ready to be drawn.
pub enum Shown {
    /// Coloured cells.
    Cells(Buffer),
    /// What the terminal is told.
    Told(Box<SlicedProtocol>),
    /// The same for kitty, with the number under which it keeps the picture.
    Kept(Box<SlicedProtocol>, u32),
}

impl Shown {
    /// Makes a picture ready for a size in cells. `number` is not used twice in one terminal.
    pub fn make(picture: &DynamicImage, key: PictureKey, means: Means, number: u32) -> Result<Self, String> {
        let size = Size::new(key.cols, key.rows);
        if means.graphics == Graphics::Halves {
            return Ok(Self::Cells(halves(picture, size, means.depth)?));
        }
        let picture = canvas(picture, size, means.cell);
        let font = FontSize::new(means.cell.0, means.cell.1);
        let told = |protocol: ProtocolType| {
            // The question to the terminal that the crate would rather ask itself was asked already.
            #[expect(deprecated, reason = "the only way to a picker that asks nothing")]
            let mut picker = Picker::from_fontsize(font);
            picker.set_protocol_type(protocol);
            let made = SlicedProtocol::new_with_resize(&picker, picture.clone(), size, Resize::Fit(None));
            Ok(Self::Told(Box::new(made.map_err(|e| e.to_string())?)))
        };
        match means.graphics {
            Graphics::Iterm2 => told(ProtocolType::Iterm2),
            Graphics::Sixel => told(ProtocolType::Sixel),
            Graphics::Kitty | Graphics::Halves => {
                let made = Kitty::new(picture, size, number, false, false).map_err(|e| e.to_string())?;
                Ok(Self::Kept(Box::new(SlicedProtocol::Kitty(made)), number))
            }
        }
    }

    /// Bytes that it takes, about.
    fn weight(&self, key: PictureKey, cell: (u16, u16)) -> usize {
        let cells = usize::from(key.cols) * usize::from(key.rows);
        match self {
            Self::Cells(_) => cells * size_of::<ratatui::buffer::Cell>(),
            // Four bytes a pixel, as base64.
            Self::Told(_) | Self::Kept(..) => cells * usize::from(cell.0) * usize::from(cell.1) * 16 / 3,
        }
    }

    /// Draws what is in sight; the area has as many rows.
    fn draw(&self, hung: &Hung, area: Rect, buffer: &mut Buffer) {
        match self {
            Self::Cells(cells) => {
                for (y, row) in (area.top()..area.bottom()).zip(hung.skip..) {
                    for (x, column) in (area.left()..area.right()).zip(0..) {
                        if let Some(cell) = cells.cell((column, row)) {
                            buffer[(x, y)] = cell.clone();
                        }
                    }
                }
            }
            Self::Told(told) | Self::Kept(told, _) => {
                // The crate draws too many of these rows where the picture is cut above and below.
                if let SlicedProtocol::Sliced(rows) = told.as_ref() {
                    for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(hung.skip.into())) {
                        Image::new(row).render(Rect { y, height: 1, ..area }, buffer);
                    }
                    return;
                }
                let above = i16::try_from(hung.skip).unwrap_or(0);
                SlicedImage::new(told, SignedPosition::from((0, -above))).render(area, buffer);
            }
        }
    }
}

/// A picture as cells, in the colours that the terminal has.
fn halves(picture: &DynamicImage, size: Size, depth: Depth) -> Result<Buffer, String> {
    // A sharper way of making smaller than the crate's own; see-through parts are light, as on paper.
    let small = picture.resize_exact(size.width.into(), u32::from(size.height) * 2, FilterType::Triangle);
    let mut paper = RgbaImage::from_pixel(small.width(), small.height(), image::Rgba([255; 4]));
    imageops::overlay(&mut paper, &small.to_rgba8(), 0, 0);
    let made = Protocol::Halfblocks(Halfblocks::new(paper.into(), size).map_err(|e| e.to_string())?);
    let area = Rect::new(0, 0, size.width, size.height);
    let mut cells = Buffer::empty(area);
    Image::new(&made).render(area, &mut cells);
    if depth != Depth::Full {
        let mut known: FxHashMap<Color, Color> = FxHashMap::default();
        let mut nearest = |colour: Color| *known.entry(colour).or_insert_with(|| reduce(colour, depth));
        for cell in &mut cells.content {
            (cell.fg, cell.bg) = (nearest(cell.fg), nearest(cell.bg));
        }
    }
    Ok(cells)
}

/// A picture that fills its cells to the pixel, see-through where its own shape leaves room.
fn canvas(picture: &DynamicImage, size: Size, cell: (u16, u16)) -> DynamicImage {
    let wide = u32::from(size.width) * u32::from(cell.0);
    let high = u32::from(size.height) * u32::from(cell.1);
    let small = picture.resize(wide, high, FilterType::Triangle);
    let mut canvas = RgbaImage::new(wide, high);
    imageops::overlay(&mut canvas, &small.to_rgba8(), 0, 0);
    canvas.into()
}

/// Bytes of what is held, at most; what is in sight is held whatever it takes.
const MOST: usize = 64 << 20;

struct Held {
    shown: Shown,
    weight: usize,
    used: u64,
}

/// The pictures that are ready.
#[derive(Default)]
pub struct Gallery {
    held: FxHashMap<PictureKey, Held>,
    clock: u64,
    /// Numbers under which kitty keeps what is held here no more.
    gone: Vec<u32>,
}

impl Gallery {
    /// Whether a picture is ready.
    pub fn has(&self, key: PictureKey) -> bool {
        self.held.contains_key(&key)
    }

    /// Takes a picture in.
    pub fn put(&mut self, key: PictureKey, shown: Shown, cell: (u16, u16)) {
        let weight = shown.weight(key, cell);
        let before = self.held.insert(key, Held { shown, weight, used: self.clock });
        self.leave(before.as_ref());
    }

    /// These are needed now; of the others those used last are held as long as there is room.
    pub fn keep(&mut self, needed: &[PictureKey]) {
        self.clock += 1;
        for key in needed {
            if let Some(held) = self.held.get_mut(key) {
                held.used = self.clock;
            }
        }
        while self.held.values().map(|h| h.weight).sum::<usize>() > MOST {
            let oldest = self.held.iter().filter(|h| h.1.used < self.clock).min_by_key(|h| h.1.used);
            let Some(oldest) = oldest.map(|h| *h.0) else { break };
            let left = self.held.remove(&oldest);
            self.leave(left.as_ref());
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        for held in std::mem::take(&mut self.held).into_values() {
            self.leave(Some(&held));
        }
    }

    fn leave(&mut self, held: Option<&Held>) {
        if let Some(Held { shown: Shown::Kept(_, number), .. }) = held {
            self.gone.push(*number);
        }
    }

    /// What tells the terminal to forget what is held no more.
    pub fn farewell(&mut self) -> String {
        let forget = |number| format!("\x1b_Ga=d,d=I,q=2,i={number}\x1b\\");
        self.gone.drain(..).map(forget).collect::<Vec<_>>().concat()
    }
}

/// An empty frame for each picture in sight.
pub(super) fn frames(app: &App, pen: &mut Pen<'_>) {
    for hung in app.pictures_in_sight() {
        let area = hung.area;
        for (y, row) in (area.y..area.y + area.h).zip(hung.skip..) {
            let signs = match row {
                0 => ["┌", "─", "┐"],
                row if row + 1 == hung.key.rows => ["└", "─", "┘"],
                _ => ["│", " ", "│"],
            };
            pen.rule(area.x, y, area.right(), signs[1], Meaning::Border);
            pen.put(area.x, y, area.right(), signs[0], Meaning::Border);
            pen.put(area.right().saturating_sub(1), y, area.right(), signs[2], Meaning::Border);
        }
    }
}

/// Hangs the pictures that are ready into their frames.
pub(super) fn hang(app: &App, gallery: &Gallery, pen: &mut Pen<'_>) {
    for hung in app.pictures_in_sight() {
        let Some(held) = gallery.held.get(&hung.key) else { continue };
        let whole = Area { h: hung.area.h, w: hung.key.cols, ..hung.area };
        if let Some((area, buffer)) = pen.uncovered(whole) {
            held.shown.draw(&hung, area, buffer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ArticleIx;

    fn key(number: u32) -> PictureKey {
        PictureKey { article: ArticleIx(0), number, cols: 6, rows: 4 }
    }

    /// A picture of four rows of cells, each of one colour.
    fn rows() -> DynamicImage {
        RgbaImage::from_fn(60, 80, |_, y| image::Rgba([(y / 20) as u8 * 60, 0, 0, 255])).into()
    }

    #[test]
    fn a_picture_that_is_partly_in_sight_is_cut_by_rows() {
        let hung = Hung { key: key(0), area: Area::new(2, 1, 6, 2), skip: 1 };
        for graphics in [Graphics::Halves, Graphics::Kitty, Graphics::Iterm2, Graphics::Sixel] {
            let means = Means { graphics, ..Means::of_half_blocks(Depth::Full) };
            let shown = Shown::make(&rows(), key(0), means, 7).expect("it is ready");
            let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 5));
            shown.draw(&hung, super::super::pen::rect(hung.area), &mut buffer);
            let blank = Buffer::empty(buffer.area);
            for y in 0..5 {
                for x in 0..10 {
                    let drawn = buffer[(x, y)] != blank[(x, y)];
                    assert_eq!(drawn, hung.area.holds(x, y), "{graphics:?} at {x},{y}");
                }
            }
            if graphics == Graphics::Halves {
                let red = |x, y| if let Color::Rgb(red, ..) = buffer[(x, y)].bg { red } else { 0 };
                assert!((40..80).contains(&red(2, 1)) && (100..140).contains(&red(7, 2)));
            }
        }
    }

    #[test]
    fn half_blocks_have_the_colours_that_the_terminal_has() {
        for depth in [Depth::Indexed, Depth::Basic] {
            let made = Shown::make(&rows(), key(0), Means::of_half_blocks(depth), 1).expect("it is ready");
            let Shown::Cells(cells) = made else { panic!("no cells") };
            assert!(cells.content.iter().all(|c| !matches!(c.bg, Color::Rgb(..))), "{depth:?}");
        }
    }

    #[test]
    fn what_was_used_last_is_held_and_kitty_is_told_what_goes() {
        let mut gallery = Gallery::default();
        let means = Means { graphics: Graphics::Kitty, ..Means::of_half_blocks(Depth::Full) };
        // Cells as large as never: four pictures are more than is held.
        let cell = (400, 400);
        for n in 0..5 {
            gallery.keep(&[key(n)]);
            gallery.put(key(n), Shown::make(&rows(), key(n), means, n + 100).expect("ready"), cell);
            gallery.keep(&[key(0), key(n)]);
        }
        assert!(gallery.has(key(0)) && gallery.has(key(4)), "what is needed is held");
        assert!(!gallery.has(key(1)));
        assert!(gallery.farewell().contains("i=101\x1b"));
        assert_eq!(gallery.farewell(), "", "it is told once");
        gallery.clear();
        assert!(!gallery.has(key(0)) && gallery.farewell().contains("i=100\x1b"));
    }
}
