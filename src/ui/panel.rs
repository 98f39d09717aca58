//! Pages over the panes: the press review, the page of a name, the evidence of a relation.

use super::overlay::outline;
use super::pen::Pen;
use super::reader::kind;
use super::theme::Meaning;
use crate::app::{App, Area, Msg, Overlay, PanelLook};
use crate::text::fit;

pub fn draw(app: &App, overlay: &Overlay, title: Msg, pending: Msg, pen: &mut Pen<'_>) {
    let cx = app.cx();
    let Some(page) = app.page_of_overlay(overlay) else { return };
    let title = app.words().get(title);
    // Who came in at a line further down sees all the same what it is a line of.
    let whole = if page.top > 0 && !page.head.is_empty() {
        format!("{title} · {}", page.head)
    } else {
        title.to_owned()
    };
    outline(page.area(&cx), &fit(&whole, usize::from(page.area(&cx).w.saturating_sub(6))), pen);
    let inside = page.inside(&cx);
    let put = |pen: &mut Pen<'_>, x: u16, y: u16, text: &str, look: PanelLook| {
        let mut style = pen.style(Meaning::Overlay).patch(pen.style(meaning(look)));
        if look == PanelLook::Rule {
            // Paler than words that are beside the matter, where the theme has something paler.
            style = style.patch(pen.style(Meaning::Border));
        }
        pen.put_styled(x, y, inside.right(), text, style)
    };
    if page.lines.is_empty() {
        put(pen, inside.x, inside.y, app.words().get(pending), PanelLook::Dim);
        return;
    }
    for (y, line) in (inside.y..inside.y + inside.h).zip(page.lines.iter().skip(page.top)) {
        let mut x = inside.x;
        for (look, text) in &line.segs {
            x = put(pen, x, y, text, *look);
        }
        if line.stop == Some(page.stop) {
            pen.choose(Area::new(inside.x - 1, y, inside.w + 2, 1), true);
        }
    }
    if inside.h > 0 {
        // The last is in the lower edge of the box.
        for (y, line) in (inside.y + inside.h..).zip(page.foot(&cx)) {
            let style = pen.style(Meaning::Overlay).patch(pen.style(Meaning::Dim));
            pen.put_styled(inside.x - 1, y, inside.right() + 1, &format!(" {line} "), style);
        }
    }
    if let Some((from, length)) = page.thumb(&cx) {
        for y in from..from + length {
            put_mark(pen, inside, y);
        }
    }
}

fn put_mark(pen: &mut Pen<'_>, inside: Area, y: u16) {
    let style = pen.style(Meaning::Overlay).patch(pen.style(Meaning::Border));
    pen.put_styled(inside.right() + 1, y, inside.right() + 2, "┃", style);
}

fn meaning(look: PanelLook) -> Meaning {
    match look {
        PanelLook::Title => Meaning::Title,
        PanelLook::Head => Meaning::Heading,
        PanelLook::Text => Meaning::Text,
        PanelLook::Quote => Meaning::Quote,
        PanelLook::Name(found) => kind(found),
        PanelLook::Date => Meaning::Date,
        PanelLook::Outlet => Meaning::Outlet,
        PanelLook::Sign => Meaning::Key,
        PanelLook::Shared => Meaning::Match,
        PanelLook::Dim | PanelLook::Rule => Meaning::Dim,
    }
}
