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
            let Some(key) = app.key_of(action) else { continue };
            let what = words.get(msg);
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
    let mut rows = 0;
    if shows_filter {
        x = pen.put(x, area.y, right, words.get(Msg::FilterPrompt), Meaning::Prompt) + GAP;
        filter_x = x;
        // What is searched keeps at least a third of the line beside a long filter.
        let end = if shows_find { x.max(right.saturating_sub((right - x) / 3)) } else { right };
        rows = more_rows(app, x, end);
        let typed = typing == Some(Typing::Filter);
        let (after, at) = if rows > 0 {
            tall(app, Area { x, w: end.saturating_sub(x), h: rows + 1, ..area }, pen)
        } else {
            field(&app.filter.filter, x, area.y, end, typed, pen)
        };
        cursor = at;
        x = after + 2 * GAP;
    }
    if shows_find {
        x = pen.put(x, area.y, right, words.get(Msg::FindPrompt), Meaning::Prompt) + GAP;
        let (after, at) = field(&app.filter.find, x, area.y, right, typing == Some(Typing::Find), pen);
        cursor = cursor.or(at);
        let room = usize::from(right.saturating_sub(after));
        let notes = [Msg::FoundApart, Msg::FoundApartShort].map(|msg| words.get(msg));
        let note = notes.into_iter().find(|note| width(note) + 1 < room);
        if let Some(note) = note.filter(|_| app.filter.is_apart()) {
            pen.put(after + 2 * GAP, area.y, right, note, Meaning::Dim);
        }
    }
    let below = rows + problem(app, filter_x, Area { y: area.y + rows, ..area }, rows > 0, pen);
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
        return (pen.put(x, y, end, &fit_terms(text, room), Meaning::Input), None);
    }
    // One cell is the cursor's own.
    let skip = out_of_sight(line.before(), room - 1);
    let left = width(&line.before()[skip..]);
    let after = pen.put(x, y, end, &text[skip..], Meaning::Input);
    let cursor = (x + left as u16).min(end.saturating_sub(1));
    (after.max(cursor + 1), Some((cursor, y)))
}

/// Rows below the first that a filter may take while it is typed.
const MORE_ROWS: u16 = 5;

/// Rows below its own that the filter needs to be seen whole while it is typed; none where it fits, or where they would
/// leave too little of the list.
fn more_rows(app: &App, x: u16, end: u16) -> u16 {
    let (text, room) = (app.filter.filter.text(), usize::from(end.saturating_sub(x)));
    if app.filter.typing != Some(Typing::Filter) || room == 0 || width(text) < room {
        return 0;
    }
    let needed = wrap(text, room).len() as u16;
    let most = MORE_ROWS.min(app.sizes.screen.1 / 4);
    if needed > most + 1 { 0 } else { needed.max(1) - 1 }
}

/// The whole filter on several rows. Gives the column after its first row and the cursor.
fn tall(app: &App, area: Area, pen: &mut Pen<'_>) -> (u16, Option<(u16, u16)>) {
    let line = &app.filter.filter;
    let (text, lines) = (line.text(), wrap(line.text(), usize::from(area.w)));
    for (y, row) in (area.y..area.y + area.h).zip(&lines) {
        if y > area.y {
            pen.clear(Area::new(0, y, app.sizes.screen.0, 1), Meaning::Text);
        }
        pen.put(area.x, y, area.right(), &text[row.clone()], Meaning::Input);
    }
    let place = |at: usize| {
        let row = lines.iter().rposition(|l| l.start <= at).unwrap_or(0);
        let column = text.get(lines[row].start..at).map_or(0, width) as u16;
        ((area.x + column).min(area.right().saturating_sub(1)), area.y + row as u16)
    };
    // A caret below would point to another row.
    if let Some(problem) = &app.filter.problem {
        let (x, y) = place(problem.at.start);
        pen.tint(Area::new(x, y, 1, 1), Meaning::Error);
    }
    (area.right(), Some(place(line.before().len())))
}

/// Words between terms, which are none themselves.
const JOINTS: [&str; 5] = ["OR", "AND", "NOT", "|", "-"];

/// As many whole terms as there is room for, and how many more there are.
fn fit_terms(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut quoted = false;
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| {
            quoted ^= *c == '"';
            !quoted && c.is_whitespace()
        })
        .map(|c| c.0)
        .chain([text.len()])
        .collect();
    let term = |end: &usize| {
        let word = text[..*end].rsplit(char::is_whitespace).next().unwrap_or_default();
        !word.is_empty() && !JOINTS.contains(&word)
    };
    let ends: Vec<usize> = ends.into_iter().filter(term).collect();
    let told = |n: usize| format!("{} +{}", text[..ends[n - 1]].trim_end(), ends.len() - n);
    let shown = (1..ends.len()).rev().map(told).find(|told| width(told) <= cells);
    shown.unwrap_or_else(|| fit(text, cells).into_owned())
}

/// What is not understood, below the place, with a caret where it is known; gives the number of lines that it takes.
fn problem(app: &App, x: u16, area: Area, tall: bool, pen: &mut Pen<'_>) -> u16 {
    let Some(problem) = &app.filter.problem else { return 0 };
    let text = app.filter.filter.text();
    let offset = text.get(..problem.at.start).map_or(width(text), width) as u16;
    let offset = if tall { 0 } else { offset };
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
    pen.put(column, y, area.right(), if tall { "!" } else { "^" }, Meaning::Error);
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
            pen.choose(row, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_terms_are_shown_and_the_rest_is_counted() {
        for (text, cells, expect) in [
            ("khe ngần", 8, "khe ngần"),
            ("khe ngần sạt", 11, "khe ngần +1"),
            ("khe ngần sạt", 10, "khe +2"),
            (r#"name:"Khe Ngần" -org:x place:y"#, 22, r#"name:"Khe Ngần" +2"#),
            (r#"(name:"A B" OR name:C OR name:D)"#, 26, r#"(name:"A B" OR name:C +1"#),
            (r#"(name:"A B" OR name:C OR name:D)"#, 20, r#"(name:"A B" +2"#),
            (r#"name:"Ban Phòng chống thiên tai""#, 12, r#"name:"Ban…"#),
            ("a NOT b c", 8, "a +2"),
        ] {
            assert_eq!(fit_terms(text, cells), expect, "{text} in {cells}");
        }
    }
}
