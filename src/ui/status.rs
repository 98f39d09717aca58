//! The bottom line: what there is to say, the keys worth knowing, how far the work has come.

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{self, Action, App, Area, Msg, Notice, Severity, words};
use crate::library::Stage;
use crate::text::{fit, width, wrap};

/// Cells of the progress bar.
const BAR: usize = 10;
/// From this width on the progress has words beside its bar.
const ROOMY: u16 = 60;
/// Eighths of a cell.
const EIGHTHS: [&str; 8] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

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
            let end = pen.put_right(row.x, row.y, row.right().saturating_sub(1), &place, Meaning::Dim);
            way_out(app, row, end, pen);
        }
        return;
    };
    let left = area.x + 1;
    let grave = app.status.now.as_ref().is_some_and(|n| n.severity > Severity::Info);
    // What went wrong has the whole line.
    let right = if grave { area.right() } else { progress(app, area, pen) };
    if !pending.is_empty() {
        pen.put(left, area.y, right, &pending, Meaning::Key);
    } else if let Some(notice) = &app.status.now {
        tell(app, notice, area, right, pen);
    } else {
        hints(app, left, right, area, pen);
    }
}

/// How to leave the text alone, where there is room beside the place in it.
fn way_out(app: &App, row: Area, end: u16, pen: &mut Pen<'_>) {
    let (key, back) = (app.key(Action::Escape), app.words().get(Msg::HintBack));
    let left = row.x + 1;
    if usize::from(left) + width(&key) + width(back) + 3 > usize::from(end) {
        return;
    }
    let x = pen.put(left, row.y, end, &key, Meaning::Key);
    pen.put(x, row.y, end, &format!(" {back}"), Meaning::KeyText);
}

/// Lines of a message at most.
const LINES: usize = 4;

/// A message: on the line where it fits, else on as many lines above it as it needs.
fn tell(app: &App, notice: &Notice, area: Area, right: u16, pen: &mut Pen<'_>) {
    let meaning = match notice.severity {
        Severity::Info => Meaning::Info,
        Severity::Warning => Meaning::Warning,
        Severity::Error => Meaning::Error,
    };
    let text = notice.text(app.words());
    let left = area.x + 1;
    let beside = usize::from(right.saturating_sub(left));
    if width(&text) <= beside {
        pen.clear(Area::new(area.x, area.y, right.saturating_sub(area.x), 1), Meaning::Text);
        pen.put(left, area.y, right, &text, meaning);
        return;
    }
    let cells = usize::from(area.w.saturating_sub(2)).max(1);
    let lines = wrap(&text, cells);
    let shown = lines.len().min(LINES).min(usize::from(area.y));
    let top = area.y + 1 - shown.max(1) as u16;
    for (n, (y, line)) in (top..=area.y).zip(&lines).enumerate() {
        pen.clear(Area::new(area.x, y, area.w, 1), Meaning::Text);
        let last = n + 1 == shown.max(1) && lines.len() > shown;
        let words = if last { fit(&text[line.start..], cells) } else { text[line.clone()].into() };
        pen.put(left, y, area.right(), &words, meaning);
    }
}

/// Keys and what they do, as many as there is room for; that of the help, which leads to all others, has its place kept.
fn hints(app: &App, left: u16, right: u16, area: Area, pen: &mut Pen<'_>) {
    let mut x = left;
    let hints = app::hints(app);
    let is_help = |what: &str| what == app.words().get(Msg::HintHelp);
    let cells = |(keys, what): &(String, &str)| width(keys) + 1 + width(what);
    let kept = hints.iter().find(|h| is_help(h.1)).map_or(0, |h| cells(h) + 2);
    let (mut kept, mut full) = (kept, false);
    for hint in hints {
        let (keys, what) = &hint;
        let help = is_help(what);
        if help {
            kept = 0;
        }
        full |= usize::from(x) + cells(&hint) + kept > usize::from(right);
        if full && (!help || usize::from(x) + cells(&hint) > usize::from(right)) {
            continue;
        }
        x = pen.put(x, area.y, right, keys, Meaning::Key);
        x = pen.put(x, area.y, right, &format!(" {what}"), Meaning::KeyText) + 2;
    }
}

/// How far the work on the folder has come, else the place in the list; gives the column where it begins.
fn progress(app: &App, area: Area, pen: &mut Pen<'_>) -> u16 {
    let words = app.words();
    let end = area.right().saturating_sub(1);
    let progress = app.snapshot.progress;
    if progress.stage == Stage::Done {
        let n = app.list.rows.len();
        if n == 0 {
            return end;
        }
        let text = format!("{}/{}", words.number(app.list.row + 1), words.number(n));
        return pen.put_right(area.x, area.y, end, &text, Meaning::Count).saturating_sub(2);
    }
    let stage = words.get(words::stage(progress.stage));
    if progress.total == 0 {
        return pen.put_right(area.x, area.y, end, &format!("{stage}…"), Meaning::Progress).saturating_sub(2);
    }
    let eighths = (progress.done.min(progress.total) * BAR * 8).checked_div(progress.total).unwrap_or(0);
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push_str(EIGHTHS[eighths % 8]);
    }
    let blank = BAR - width(&bar);
    bar.push_str(&"░".repeat(blank));
    if area.w < ROOMY {
        return pen.put_right(area.x, area.y, end, &bar, Meaning::Progress).saturating_sub(2);
    }
    let (done, total) = (words.number(progress.done), words.number(progress.total));
    let text = format!("{stage} {done}/{total} ");
    let x = pen.put_right(area.x, area.y, end.saturating_sub(BAR as u16), &text, Meaning::Count);
    pen.put_right(x, area.y, end, &bar, Meaning::Progress);
    x.saturating_sub(2)
}
