//! The related stories.

use super::frame::{middle, scroll_mark};
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{self, App, Area, Focus, RELATED_MARGIN, RelatedLook};
use crate::library::Is;

pub fn draw(app: &App, area: Area, pen: &mut Pen<'_>) {
    if app.related.lines.is_empty() {
        let msg = app::why_no_related(&app.cx());
        return middle(area, &[(app.words().get(msg).to_owned(), Meaning::Dim)], pen);
    }
    let body = area.body();
    let right = app.sizes.edge(area);
    let focused = app.nav.focus == Focus::Related;
    scroll_mark(app, area, app::thumb(app.related.top, app.related.lines.len(), body), pen);
    let lines = app.related.lines.iter().skip(app.related.top);
    for (y, line) in (body.y..body.y + body.h).zip(lines) {
        let read = line.stop.and_then(|s| app.related.stops.get(s)).is_some_and(|a| app.is(*a, Is::Read));
        let (x, meaning) = match line.look {
            RelatedLook::Head(_) => (body.x + 1, Meaning::Heading),
            RelatedLook::Title if read => (body.x + RELATED_MARGIN, Meaning::ListRead),
            RelatedLook::Title => (body.x + RELATED_MARGIN, Meaning::ListUnread),
            RelatedLook::Reason => (body.x + RELATED_MARGIN, Meaning::Reason),
        };
        pen.put(x, y, right, &line.text, meaning);
        if focused && line.stop == Some(app.related.stop) {
            pen.choose(Area::new(body.x, y, body.w, 1), true);
        }
    }
}
