//! Pictures in the open article: the rows that are kept free for them, and which of them are in sight.
//!
//! Owns: how large a picture is drawn, what is known of the open article's pictures.
//! Refuses: to read or draw them: which there are is asked for by [`Effect::Measure`].
//! Tests: at the foot; key scripts in `tests/it/press/pictures.rs`.

use std::ops::Range;

use super::App;
use super::event::Effect;
use super::layout::Area;
use super::page::{Line, Look, Order, Page, SIGN_CAPTION, Seg};
use super::status::Notice;
use super::words::Msg;
use crate::library::ArticleIx;
use crate::text::width;

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawing {
    /// They are drawn at all.
    pub on: bool,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
}

impl Default for Drawing {
    fn default() -> Self {
        Self { on: false, cell: (10, 20) }
    }
}

/// A picture of an article in a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// Whose.
    pub article: ArticleIx,
    /// Which of [`Article::pictures`](crate::article::Article::pictures).
    pub number: u32,
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
}

/// The place of a picture on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Framed {
    /// The first line that is kept free for it.
    pub line: usize,
    /// Which of the article's pictures.
    pub number: u32,
    /// Columns.
    pub cols: u16,
    /// Rows.
    pub rows: u16,
}

/// A picture of which something is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hung {
    /// Which, in which size.
    pub key: PictureKey,
    /// Its cells in sight.
    pub area: Area,
    /// So many of its rows lie above them.
    pub skip: u16,
}

/// What is known of the pictures of one article.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    of: Option<ArticleIx>,
    /// Pixels of each, in the article's order; `None` where there is nothing to draw.
    pixels: Vec<Option<(u32, u32)>>,
}

impl Pictures {
    /// Columns and rows of each picture of an article in a room of so many cells; nothing where nothing is drawn.
    pub(super) fn sizes(
        &self,
        article: ArticleIx,
        drawing: Drawing,
        room: (u16, u16),
    ) -> Vec<Option<(u16, u16)>> {
        if !drawing.on || self.of != Some(article) {
            return Vec::new();
        }
        self.pixels.iter().map(|p| fit((*p)?, drawing.cell, room)).collect()
    }
}

/// Rows that a picture may have in any pane that has them.
const LEAST_ROWS: u16 = 4;
/// Columns and rows below which a picture is an icon, which tells nothing.
const ICON: (u32, u32) = (4, 2);

/// Columns and rows of a picture: its own size, made smaller where it is wider than the text or higher than half of the pane.
fn fit(pixels: (u32, u32), cell: (u16, u16), room: (u16, u16)) -> Option<(u16, u16)> {
    let (across, down) = (u32::from(cell.0.max(1)), u32::from(cell.1.max(1)));
    if pixels.0 < ICON.0 * across || pixels.1 < ICON.1 * down || room.0 == 0 || room.1 == 0 {
        return None;
    }
    let most = (room.0, (room.1 / 2).max(LEAST_ROWS).min(room.1));
    let wide = f64::from(pixels.0) / f64::from(across);
    let high = f64::from(pixels.1) / f64::from(down);
    let scale = (f64::from(most.0) / wide).min(f64::from(most.1) / high).min(1.0);
    let cells = |natural: f64, most: u16| ((natural * scale).round() as u16).clamp(1, most);
    Some((cells(wide, most.0), cells(high, most.1)))
}

impl Page {
    /// A picture without caption: drawn over its alternative text, else its line.
    pub(super) fn picture(&mut self, order: &Order<'_>, block: usize) {
        let article = &order.read.article;
        let text = article.blocks.get(block).map_or("", |b| b.text.as_str());
        if !self.reserve(order, block) {
            self.caption(&format!("[{}] {text}", order.words.get(Msg::Picture)), order.width);
        } else if !article.pictures.iter().any(|p| p.address.starts_with(text)) {
            // Who sees the picture has no use for its address.
            self.caption(text, order.width);
        }
    }

    /// The caption of a picture that is not drawn, behind a word that there is one.
    pub(super) fn undrawn(&mut self, order: &Order<'_>, caption: &Range<usize>) {
        let word = format!("[{}] ", order.words.get(Msg::Picture));
        let cells = width(&word);
        let from = self.lines.len();
        if order.width < 3 * cells {
            self.caption(word.trim_end(), order.width);
            self.flow(order, caption, Look::Caption, "", 0);
            return;
        }
        self.flow(order, caption, Look::Caption, SIGN_CAPTION, cells as u16);
        if let Some(first) = self.lines.get_mut(from) {
            first.indent = 0;
            first.segs.insert(0, Seg::Own(word.into()));
        }
    }

    /// Keeps rows free for the pictures of a block; `false` where there is nothing to draw.
    pub(super) fn reserve(&mut self, order: &Order<'_>, block: usize) -> bool {
        let before = self.pictures.len();
        for (number, picture) in (0..).zip(&order.read.article.pictures) {
            let size = order.pictures.get(number as usize).copied().flatten();
            let Some((cols, rows)) = size.filter(|_| picture.block as usize == block) else { continue };
            self.pictures.push(Framed { line: self.lines.len(), number, cols, rows });
            let row = Line { look: Look::Picture, sign: "", indent: 0, segs: vec![Seg::Pad(cols)] };
            (0..rows).for_each(|_| self.push(row.clone()));
        }
        self.pictures.len() > before
    }
}

impl App {
    /// Asks which pictures of the open article there are to draw, once for each opening.
    pub(super) fn measure(&mut self) -> Option<Effect> {
        let article = self.reader.article.filter(|_| self.prefs.drawing.on)?;
        if self.pictures.of == Some(article) {
            return None;
        }
        let text = self.reader.text().filter(|t| !t.pictures.is_empty())?;
        let path = self.snapshot.entry(article).map(|e| e.path.clone())?;
        self.pictures = Pictures { of: Some(article), pixels: Vec::new() };
        Some(Effect::Measure { article, path, text })
    }

    /// What there is to draw.
    pub(super) fn measured(&mut self, article: ArticleIx, pixels: Vec<Option<(u32, u32)>>) {
        if self.pictures.of == Some(article) {
            self.pictures.pixels = pixels;
        }
    }

    /// A picture turned out to be broken when it was drawn.
    pub(super) fn broken(&mut self, key: PictureKey) {
        let known = self.pictures.of == Some(key.article);
        if let Some(pixels) = self.pictures.pixels.get_mut(key.number as usize).filter(|_| known) {
            *pixels = None;
        }
    }

    pub(super) fn toggle_pictures(&mut self) {
        // Half blocks without colours are a field of one letter.
        if !self.prefs.drawing.on && self.prefs.theme == "plain" {
            self.tell(Notice::warning(Msg::PicturesColourless));
            return;
        }
        self.prefs.drawing.on = !self.prefs.drawing.on;
        self.tell(Notice::info(if self.prefs.drawing.on { Msg::PicturesShown } else { Msg::PicturesHidden }));
    }

    /// The pictures of which something is in sight.
    pub fn pictures_in_sight(&self) -> Vec<Hung> {
        let Some((article, body)) = self.reader.article.zip(self.sizes.reader.map(Area::body)) else {
            return Vec::new();
        };
        let (top, bottom) = (self.reader.scroll, self.reader.scroll + usize::from(body.h));
        let x = self.sizes.text().0;
        let hung = |p: &Framed| {
            let (from, to) = (p.line.max(top), (p.line + usize::from(p.rows)).min(bottom));
            let area = Area::new(x, body.y + (from - top) as u16, p.cols, to.checked_sub(from)? as u16);
            let key = PictureKey { article, number: p.number, cols: p.cols, rows: p.rows };
            (area.h > 0).then_some(Hung { key, area, skip: (from - p.line) as u16 })
        };
        self.reader.page.pictures.iter().filter_map(hung).collect()
    }

    /// The pictures in sight and those a screenful away, the nearest first.
    pub fn pictures_near(&self) -> Vec<PictureKey> {
        let Some((article, body)) = self.reader.article.zip(self.sizes.reader.map(Area::body)) else {
            return Vec::new();
        };
        let height = usize::from(body.h);
        let (top, bottom) = (self.reader.scroll, self.reader.scroll + height);
        let away =
            |p: &Framed| top.saturating_sub(p.line + usize::from(p.rows)).max(p.line.saturating_sub(bottom));
        let mut near: Vec<&Framed> = self.reader.page.pictures.iter().filter(|p| away(p) < height).collect();
        near.sort_by_key(|p| away(p));
        let key = |p: &Framed| PictureKey { article, number: p.number, cols: p.cols, rows: p.rows };
        near.into_iter().map(key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_as_large_as_there_is_room() {
        for (pixels, room, expect) in [
            ((200, 100), (80, 40), Some((20, 5))),
            ((1600, 900), (80, 60), Some((80, 23))),
            ((1600, 900), (80, 20), Some((36, 10))),
            ((600, 6000), (80, 20), Some((2, 10))),
            ((1600, 900), (80, 5), Some((14, 4))),
            ((1600, 900), (80, 3), Some((11, 3))),
            ((9000, 50), (80, 20), Some((80, 1))),
            ((1, 1), (80, 20), None),
            ((39, 400), (80, 20), None),
            ((1600, 900), (0, 20), None),
            ((1600, 900), (80, 0), None),
        ] {
            assert_eq!(fit(pixels, (10, 20), room), expect, "{pixels:?} in {room:?}");
        }
    }
}
