//! The bottom line: what there is to say, the keys worth knowing, how far the work has come.

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{self, Action, App, Area, Msg, Notice, Severity};
use crate::text::{fit, width, wrap};

pub fn draw(app: &App, pen: &mut Pen<'_>) {
    let (w, h) = app.sizes.screen;
    let pending = app.keys.pending.shown();
    let Some(area) = app.sizes.status else {
        // The text alone has no bottom line, but nothing is left unsaid.
        let row = Area::new(0, h.saturating_sub(1), w, 1);
        if !pending.is_empty() {
            pen.clear(row, Meaning::Text);
            pen.put(row.x + 1, row.y, row.right(), &pending, Meaning::Key);
        } else if let Some(notice) = &app.status.now {
            tell(app, notice, row, row.right(), pen);
        } else {
            let place = app.place().unwrap_or_default();
            let (right, cells) = (row.right().saturating_sub(1), width(&place) as u16);
            if cells > 0 {
                // On a very low screen the text goes on below it.
                let x = right.saturating_sub(cells + 1).max(row.x);
                pen.clear(Area::new(x, row.y, right - x, 1), Meaning::Text);
            }
            let end = pen.put_right(row.x, row.y, right, &place, Meaning::Dim);
            way_out(app, row, end, pen);
        }
        return;
    };
    let left = area.x + 1;
    let right = end_of(app, area);
    if right < area.right() {
        progress(app, area, pen);
    }
    if !pending.is_empty() {
        pen.put(left, area.y, right, &pending, Meaning::Key);
    } else if let Some(notice) = &app.status.now {
        tell(app, notice, area, right, pen);
    } else {
        hints(app, area, pen);
    }
}

/// How to leave the text alone, where there is room beside the place in it.
fn way_out(app: &App, row: Area, end: u16, pen: &mut Pen<'_>) {
    let (key, back) = (app.key(Action::Escape), app.words().get(Msg::HintBack));
    let left = row.x + 1;
    if usize::from(left) + width(&key) + width(back) + 3 > usize::from(end) {
        return;
    }
    let cells = (width(&key) + width(back) + 2) as u16;
    pen.clear(Area::new(left, row.y, cells, 1), Meaning::Text);
    let x = pen.put(left, row.y, end, &key, Meaning::Key);
    pen.put(x, row.y, end, &format!(" {back}"), Meaning::KeyText);
}

/// Lines of a message at most.
const LINES: usize = 4;

/// The lines of a message: one where it fits beside what else stands there, else as many as it needs over the whole width.
fn lines(app: &App, notice: &Notice, area: Area, right: u16) -> Vec<String> {
    let (told, more) = (notice.text(app.words()), more(app));
    let text = format!("{told}{more}");
    if width(&text) <= usize::from(right.saturating_sub(area.x + 1)) {
        return vec![text];
    }
    let cells = usize::from(area.w.saturating_sub(2)).max(1);
    let pieces = wrap(&text, cells);
    let shown = pieces.len().min(LINES).min(usize::from(area.y)).max(1);
    let mut out: Vec<String> = pieces[..shown].iter().map(|p| text[p.clone()].to_owned()).collect();
    if let (true, Some(last)) = (pieces.len() > shown, out.last_mut()) {
        let rest = told.get(pieces[shown - 1].start..).unwrap_or_default();
        *last = fit(rest, cells.saturating_sub(width(&more))).into_owned() + &more;
    }
    out
}

/// How much else went wrong, and the key to see it.
fn more(app: &App) -> String {
    if app.status.more == 0 {
        return String::new();
    }
    let (n, key) = (app.words().number(app.status.more), app.key(Action::Notices));
    format!(" · {}", app.words().fill(Msg::AndMore, &[("n", &n), ("key", &key)]))
}

/// Rows above the bottom line that its message takes.
pub fn rows_above(app: &App) -> u16 {
    let (Some(area), Some(notice)) = (app.sizes.status, &app.status.now) else { return 0 };
    let told = app.keys.pending.is_empty();
    if told { (lines(app, notice, area, end_of(app, area)).len() as u16).saturating_sub(1) } else { 0 }
}

/// Where a message ends: what went wrong has the whole line.
fn end_of(app: &App, area: Area) -> u16 {
    let grave = app.status.now.as_ref().is_some_and(|n| n.severity > Severity::Info);
    if grave { area.right() } else { app::progress(app).right }
}

/// A message: on the line where it fits, else on as many lines above it as it needs.
fn tell(app: &App, notice: &Notice, area: Area, right: u16, pen: &mut Pen<'_>) {
    let meaning = match notice.severity {
        Severity::Info => Meaning::Info,
        Severity::Warning => Meaning::Warning,
        Severity::Error => Meaning::Error,
    };
    let lines = lines(app, notice, area, right);
    let whole = if lines.len() == 1 && right < area.right() { right } else { area.right() };
    let top = (area.y + 1).saturating_sub(lines.len() as u16);
    for (y, line) in (top..=area.y).zip(&lines) {
        pen.clear(Area::new(area.x, y, whole.saturating_sub(area.x), 1), Meaning::Text);
        pen.put(area.x + 1, y, whole, line, meaning);
    }
}

/// A message of several lines once more, over what lies over the panes: the box would leave its last line alone.
pub fn over(app: &App, pen: &mut Pen<'_>) {
    if rows_above(app) > 0
        && !app.overlays.is_empty()
        && let (Some(notice), Some(area)) = (&app.status.now, app.sizes.status)
    {
        tell(app, notice, area, end_of(app, area), pen);
    }
}

/// Keys and what they do.
fn hints(app: &App, area: Area, pen: &mut Pen<'_>) {
    for app::Placed { x, hint } in app::placed(app) {
        let x = pen.put(x, area.y, area.right(), &hint.label(), Meaning::Key);
        pen.put(x, area.y, area.right(), &format!(" {}", hint.what), Meaning::KeyText);
    }
}

/// How far the work on the folder has come, else the place in the list.
fn progress(app: &App, area: Area, pen: &mut Pen<'_>) {
    let progress = app::progress(app);
    let end = area.right().saturating_sub(1);
    let x = end.saturating_sub(width(&progress.bar) as u16);
    let meaning = if progress.lively { Meaning::Progress } else { Meaning::Count };
    pen.put_right(area.x, area.y, x, &progress.text, meaning);
    pen.put(x, area.y, end, &progress.bar, Meaning::Progress);
}
