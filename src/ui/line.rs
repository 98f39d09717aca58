//! The filter line, what is wrong with it, and suggestions.

use unicode_segmentation::UnicodeSegmentation as _;

use super::overlay::outline;
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{App, Area, Msg, TextLine, Typing};
use crate::library::Completion;
use crate::text::{fit, width, wrap};

/// Cells between prompt and text, and between the two texts.
const GAP: u16 = 1;

/// Lines of what is wrong at most, where it does not fit beside the caret.
const PROBLEM_LINES: usize = 3;

/// Draws the line; gives the place of the cursor.
pub fn draw(app: &App, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let area = app.sizes.filter?;
    let words = app.words();
    let count = count(app);
    let right = pen
        .put_right(area.x, area.y, area.right().saturating_sub(1), &count, Meaning::Count)
        .saturating_sub(1);
    let typing = app.filter.typing;
    let mut x = area.x + 1;
    let mut cursor = None;
    let shows_filter = typing == Some(Typing::Filter) || !app.filter.filter.text().is_empty();
    let shows_find = typing == Some(Typing::Find) || !app.filter.find.text().is_empty();
    if !shows_filter && !shows_find {
        let keys =
            [(crate::app::Action::Find, Msg::HintFind), (crate::app::Action::EditFilter, Msg::HintFilter)];
        x = pen.put(x, area.y, right, words.get(Msg::FilterEmpty), Meaning::Text);
        for (action, msg) in keys {
            let (key, what) = (app.key(action), words.get(msg));
            // Half a hint is none.
            if usize::from(right.saturating_sub(x)) < width(&key) + width(what) + 3 {
                break;
            }
            x = pen.put(x, area.y, right, "  ", Meaning::Dim);
            x = pen.put(x, area.y, right, &key, Meaning::Key);
            x = pen.put(x, area.y, right, &format!(" {what}"), Meaning::Placeholder);
        }
        return None;
    }
    let mut filter_x = x;
    if shows_filter {
        x = pen.put(x, area.y, right, words.get(Msg::FilterPrompt), Meaning::Prompt) + GAP;
        filter_x = x;
        // What is searched keeps at least a third of the line beside a long filter.
        let end = if shows_find { x.max(right.saturating_sub((right - x) / 3)) } else { right };
        let (after, at) = field(&app.filter.filter, x, area.y, end, typing == Some(Typing::Filter), pen);
        cursor = at;
        x = after + 2 * GAP;
    }
    if shows_find {
        x = pen.put(x, area.y, right, words.get(Msg::FindPrompt), Meaning::Prompt) + GAP;
        let (_, at) = field(&app.filter.find, x, area.y, right, typing == Some(Typing::Find), pen);
        cursor = cursor.or(at);
    }
    let below = problem(app, filter_x, area, pen);
    suggestions(app, filter_x, area, below, pen);
    cursor
}

fn count(app: &App) -> String {
    let words = app.words();
    let total = app.snapshot.order.len();
    if app.jobs.waiting() {
        return words.get(Msg::Searching).to_owned();
    }
    if app.filter.is_empty() {
        return words.count(Msg::Articles, total);
    }
    let (n, total) = (words.number(app.list.rows.len()), words.number(total));
    words.fill(Msg::ArticlesOf, &[("n", &n), ("total", &total)])
}

/// Bytes that are left out at the beginning, so that what stands before the cursor takes `room` cells at most.
pub(super) fn out_of_sight(before: &str, room: usize) -> usize {
    let (mut skip, mut left) = (0, width(before));
    for grapheme in before.graphemes(true) {
        if left <= room {
            break;
        }
        skip += grapheme.len();
        left = left.saturating_sub(width(grapheme));
    }
    skip
}

/// A line of text, moved so that the cursor is in sight. Gives the column after it and the cursor.
fn field(
    line: &TextLine,
    x: u16,
    y: u16,
    end: u16,
    active: bool,
    pen: &mut Pen<'_>,
) -> (u16, Option<(u16, u16)>) {
    let room = usize::from(end.saturating_sub(x));
    let text = line.text();
    if room == 0 {
        return (x, None);
    }
    if !active {
        return (pen.put(x, y, end, &fit(text, room), Meaning::Input), None);
    }
    // One cell is the cursor's own.
    let skip = out_of_sight(line.before(), room - 1);
    let left = width(&line.before()[skip..]);
    let after = pen.put(x, y, end, &text[skip..], Meaning::Input);
    let cursor = (x + left as u16).min(end.saturating_sub(1));
    (after.max(cursor + 1), Some((cursor, y)))
}

/// What is not understood, below the place, with a caret; gives the number of lines that it takes.
fn problem(app: &App, x: u16, area: Area, pen: &mut Pen<'_>) -> u16 {
    let Some(problem) = &app.filter.problem else { return 0 };
    let text = app.filter.filter.text();
    let offset = text.get(..problem.at.start).map_or(width(text), width) as u16;
    let y = area.y + 1;
    let column = (x + offset).min(area.right().saturating_sub(2));
    let message = crate::library::shown(&app.words().fault(&problem.fault));
    let mut rows = vec![Area::new(area.x, y, area.w, 1)];
    let beside = usize::from(area.right().saturating_sub(column + 3));
    let fits = width(&message) <= beside;
    let lines = if fits { Vec::new() } else { wrap(&message, usize::from(area.w.saturating_sub(2)).max(1)) };
    rows.extend((y + 1..).zip(&lines).take(PROBLEM_LINES).map(|(y, _)| Area::new(area.x, y, area.w, 1)));
    for row in &rows {
        pen.clear(*row, Meaning::Error);
    }
    pen.put(column, y, area.right(), "^", Meaning::Error);
    if fits {
        pen.put(column + 2, y, area.right(), &message, Meaning::Error);
    }
    for (row, line) in rows.iter().skip(1).zip(lines) {
        pen.put(area.x + 1, row.y, area.right(), &message[line], Meaning::Error);
    }
    rows.len() as u16
}

/// Ways to go on, below the word that is typed and what is wrong with it.
fn suggestions(app: &App, x: u16, area: Area, below: u16, pen: &mut Pen<'_>) {
    let list = &app.filter.suggestions;
    if list.is_empty() || app.filter.typing.is_none() {
        return;
    }
    let top = area.y + 1 + below;
    let rows = app.sizes.screen.1.saturating_sub(top + 3).min(list.len() as u16);
    if rows == 0 {
        return;
    }
    let words = app.words();
    let counts: Vec<String> =
        list.iter().map(|s| s.count.map_or_else(String::new, |n| words.number(n as usize))).collect();
    let told = |s: &Completion| format!("{}  {}", s.label, words.said(s.help)).trim_end().to_owned();
    let labels: Vec<String> = list.iter().map(told).collect();
    let widest = labels.iter().zip(&counts).map(|(l, c)| width(l) + width(c) + 6).max().unwrap_or(0);
    let w = (widest as u16).clamp(14, area.w.max(14)).min(area.w);
    let x = x.saturating_sub(2).min(area.right().saturating_sub(w));
    outline(Area::new(x, top, w, rows + 2), "", pen);
    for (y, (n, label)) in (top + 1..top + 1 + rows).zip(labels.iter().enumerate()) {
        let row = Area::new(x + 1, y, w - 2, 1);
        let end = pen.put_right(x + 2, y, row.right().saturating_sub(1), &counts[n], Meaning::Overlay);
        let cells = usize::from(end.saturating_sub(x + 3));
        pen.put(x + 2, y, end, &fit(label, cells), Meaning::Overlay);
        if app.filter.taken == Some(n) {
            pen.tint(row, Meaning::SelectedFocus);
            pen.put(x + 1, y, x + 2, "▌", Meaning::Bar);
        }
    }
}
