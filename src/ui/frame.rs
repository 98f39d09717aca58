//! What stands between the panes: head rows, borders, scroll marks.

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{App, Area, Focus, Msg, Shape};

/// Thin line where a pane rests, heavy where it has the keys: told without colour.
const THIN: &str = "─";
const HEAVY: &str = "━";
const UPRIGHT: &str = "│";
const THUMB: &str = "┃";

pub fn draw(app: &App, pen: &mut Pen<'_>) {
    if app.nav.zen {
        return;
    }
    for focus in Focus::ALL {
        if let Some(area) = app.sizes.pane(focus) {
            head(app, focus, area, pen);
        }
    }
    for x in app.sizes.borders.into_iter().flatten() {
        upright(app, x, pen);
    }
}

fn head(app: &App, focus: Focus, area: Area, pen: &mut Pen<'_>) {
    let mine = app.nav.focus == focus;
    let (line, border, title) = if mine {
        (HEAVY, Meaning::BorderFocus, Meaning::PaneTitleFocus)
    } else {
        (THIN, Meaning::Border, Meaning::PaneTitle)
    };
    pen.rule(area.x, area.y, area.right(), line, border);
    let words = app.words();
    let (name, count) = match focus {
        Focus::List => (Msg::PaneList, list_count(app)),
        Focus::Reader => (Msg::PaneReader, String::new()),
        Focus::Names if app.names.all => (Msg::PaneNamesAll, String::new()),
        Focus::Names => (Msg::PaneNames, String::new()),
        Focus::Related => (Msg::PaneRelated, String::new()),
    };
    let sign = if mine { "▸" } else { "" };
    let text = format!(" {sign}{}{count} ", words.get(name));
    let x = pen.put(area.x + 1, area.y, area.right(), &text, title);
    if app.sizes.shape == Shape::Narrow {
        others(app, focus, x, area, pen);
    }
}

/// One pane at a time: the others are named, so that it is seen that they are there.
fn others(app: &App, focus: Focus, x: u16, area: Area, pen: &mut Pen<'_>) {
    let words = app.words();
    let names = [
        (Focus::List, Msg::PaneList),
        (Focus::Reader, Msg::PaneReader),
        (Focus::Names, Msg::PaneNames),
        (Focus::Related, Msg::PaneRelated),
    ];
    let rest: Vec<&str> = names.iter().filter(|n| n.0 != focus).map(|n| words.get(n.1)).collect();
    let text = format!(" {} ", rest.join(" · "));
    let room = area.right().saturating_sub(x + 2);
    if crate::text::width(&text) <= usize::from(room) {
        pen.put_right(x, area.y, area.right().saturating_sub(1), &text, Meaning::PaneTitle);
    }
}

fn list_count(app: &App) -> String {
    if app.list.rows.is_empty() || !app.filter.is_empty() {
        String::new()
    } else {
        format!(" · {}", app.words().count(Msg::Unread, app.list.unread))
    }
}

/// A border between two panes, joined to the head rows beside it.
fn upright(app: &App, x: u16, pen: &mut Pen<'_>) {
    let areas = [app.sizes.list, app.sizes.reader, app.sizes.names, app.sizes.related];
    let beside: Vec<Area> = areas.into_iter().flatten().filter(|a| a.right() == x || a.x == x + 1).collect();
    let Some(top) = beside.iter().map(|a| a.y).min() else { return };
    let Some(bottom) = beside.iter().map(|a| a.y + a.h).max() else { return };
    for y in top..bottom {
        let left = beside.iter().any(|a| a.right() == x && a.y == y);
        let right = beside.iter().any(|a| a.x == x + 1 && a.y == y);
        let sign = match (left, right) {
            (true, true) => "┬",
            (true, false) => "┤",
            (false, true) => "├",
            (false, false) => UPRIGHT,
        };
        pen.put(x, y, x + 1, sign, Meaning::Border);
    }
}

/// The scroll mark of a pane, on its right border or its last column.
pub fn scroll_mark(app: &App, area: Area, mark: Option<(u16, u16)>, pen: &mut Pen<'_>) {
    let Some((top, length)) = mark else { return };
    let bordered = app.sizes.borders.contains(&Some(area.right()));
    let x = if bordered { area.right() } else { area.right().saturating_sub(1) };
    for y in top..top + length {
        pen.put(x, y, x + 1, THUMB, Meaning::Border);
    }
}

/// Words in the middle of a pane: what is not there yet, and why.
pub fn middle(area: Area, lines: &[(String, Meaning)], pen: &mut Pen<'_>) {
    let body = area.body();
    let cells = usize::from(body.w.saturating_sub(2));
    let mut rows: Vec<(String, Meaning)> = Vec::new();
    for (text, meaning) in lines {
        let pieces = crate::text::wrap(text, cells.max(1));
        rows.extend(pieces.into_iter().map(|p| (text[p].to_owned(), *meaning)));
    }
    let top = body.y + (body.h / 3).min(body.h.saturating_sub(rows.len() as u16));
    for (y, (text, meaning)) in (top..body.y + body.h).zip(&rows) {
        let x = body.x + (body.w.saturating_sub(crate::text::width(text) as u16)) / 2;
        pen.put(x, y, body.right(), text, *meaning);
    }
}
