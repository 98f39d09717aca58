//! The screen: `&App` in, cells out.
//!
//! Owns: themes (styles are meanings), one file per pane, pictures of a frame.
//! Refuses: to change anything; where things stand is worked out in `app::layout`, so that drawing the same state twice gives the same cells.
//! Tests: `tests/it/screens.rs`: styled snapshots in all themes and sizes; properties over random text and sizes.

mod frame;
mod gallery;
mod line;
mod list;
mod names;
mod overlay;
mod panel;
mod pen;
mod picture;
mod reader;
mod related;
mod repair;
mod status;
mod theme;
mod theme_file;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use gallery::{Gallery, Graphics, Means, Shown};
pub use picture::{svg, text};
pub use reader::links;
pub use theme::{Depth, Meaning, Theme, luma};
pub use theme_file::{meanings_markdown, theme_file};

use crate::app::{App, Focus};
use pen::Pen;

/// Draws a frame with the pictures that are ready.
pub fn draw(app: &App, theme: &Theme, gallery: &Gallery, frame: &mut Frame<'_>) {
    if let Some(cursor) = compose(app, theme, gallery, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws into a buffer, pictures as empty frames; gives the place of the cursor, where a line of text has the keys.
pub fn paint(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    compose(app, theme, &Gallery::default(), buffer)
}

fn compose(app: &App, theme: &Theme, gallery: &Gallery, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let whole = buffer.area;
    let mut pen = Pen::new(buffer, theme).with_clusters(app.prefs.clusters);
    pen.tint(crate::app::Area::new(whole.x, whole.y, whole.width, whole.height), Meaning::Text);
    let sizes = &app.sizes;
    if sizes.list.or(sizes.reader).or(sizes.names).or(sizes.related).is_none() {
        pen.put(0, 0, whole.width, app.words().get(crate::app::Msg::TooSmall), Meaning::Warning);
        return None;
    }
    frame::draw(app, &mut pen);
    for focus in Focus::ALL {
        let Some(area) = sizes.pane(focus) else { continue };
        match focus {
            Focus::List => list::draw(app, area, &mut pen),
            Focus::Reader => reader::draw(app, area, &mut pen),
            Focus::Names => names::draw(app, area, &mut pen),
            Focus::Related => related::draw(app, area, &mut pen),
        }
    }
    status::draw(app, &mut pen);
    let mut cursor = line::draw(app, &mut pen);
    cursor = overlay::draw(app, &mut pen).or(cursor);
    status::over(app, &mut pen);
    // Last, so that nothing is drawn over what the terminal draws itself.
    gallery::hang(app, gallery, &mut pen);
    cursor
}

/// Draws a frame of the screen's size into a buffer of its own.
pub fn render(app: &App, theme: &Theme) -> Buffer {
    let (w, h) = app.sizes.screen;
    let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
    paint(app, theme, &mut buffer);
    buffer
}
