//! The press review over the panes.

use super::overlay::outline;
use super::pen::Pen;
use super::reader::kind;
use super::theme::Meaning;
use crate::app::{App, Area, Msg, ReviewLook, ReviewPane};

pub fn draw(app: &App, pen: &mut Pen<'_>) {
    let cx = app.cx();
    outline(ReviewPane::area(&cx), app.words().get(Msg::ReviewTitle), pen);
    let inside = ReviewPane::inside(&cx);
    let review = &app.review;
    let put = |pen: &mut Pen<'_>, x: u16, y: u16, text: &str, meaning: Meaning| {
        let style = pen.style(Meaning::Overlay).patch(pen.style(meaning));
        pen.put_styled(x, y, inside.right(), text, style)
    };
    if review.lines.is_empty() {
        put(pen, inside.x, inside.y, app.words().get(Msg::ReviewPending), Meaning::Dim);
        return;
    }
    for (y, line) in (inside.y..inside.y + inside.h).zip(review.lines.iter().skip(review.top)) {
        let mut x = inside.x;
        for (look, text) in &line.segs {
            x = put(pen, x, y, text, meaning(*look));
        }
        if line.stop == Some(review.stop) {
            pen.tint(Area::new(inside.x - 1, y, inside.w + 2, 1), Meaning::SelectedFocus);
            pen.put(inside.x - 1, y, inside.x, "▌", Meaning::Bar);
        }
    }
    if let Some((from, length)) = review.thumb(&cx) {
        for y in from..from + length {
            put_mark(pen, inside, y);
        }
    }
}

fn put_mark(pen: &mut Pen<'_>, inside: Area, y: u16) {
    let style = pen.style(Meaning::Overlay).patch(pen.style(Meaning::Border));
    pen.put_styled(inside.right() + 1, y, inside.right() + 2, "┃", style);
}

fn meaning(look: ReviewLook) -> Meaning {
    match look {
        ReviewLook::Title => Meaning::Title,
        ReviewLook::Head => Meaning::Heading,
        ReviewLook::Text => Meaning::Text,
        ReviewLook::Quote => Meaning::Quote,
        ReviewLook::Name(found) => kind(found),
        ReviewLook::Date => Meaning::Date,
        ReviewLook::Outlet => Meaning::Outlet,
        ReviewLook::Sign => Meaning::Key,
        ReviewLook::Dim => Meaning::Dim,
    }
}
