//! What lies over the panes: keys that may follow, help, palette, notices.

use super::line::out_of_sight;
use super::pen::Pen;
use super::repair;
use super::review;
use super::theme::Meaning;
use crate::app::{self, Action, App, Area, Ask, HelpRow, Item, Msg, Overlay, Palette, Severity, TextLine};
use crate::text::{fit, width, wrap};

/// Cells of the box at most.
const WIDEST: u16 = 96;

/// Draws what lies on top; gives the place of the cursor.
pub fn draw(app: &App, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let cursor = match app.overlays.last() {
        Some(Overlay::Help(top)) => {
            help(app, *top, pen);
            None
        }
        Some(Overlay::Review) => {
            review::draw(app, pen);
            None
        }
        Some(Overlay::Notices(top)) => {
            notices(app, *top, pen);
            None
        }
        Some(Overlay::Palette(palette)) => palette_box(app, palette, pen),
        Some(Overlay::Pick(pick)) => repair::pick(app, pick, pen),
        Some(Overlay::Ask(ask)) => asked(app, ask, pen),
        Some(Overlay::Proposals(offers)) => {
            repair::offers(app, offers, pen);
            None
        }
        Some(Overlay::Why { id, top }) => {
            repair::why(app, id, *top, pen);
            None
        }
        None => None,
    };
    follow(app, pen);
    cursor
}

/// Cells for text in a box.
pub(super) fn cells(app: &App) -> usize {
    usize::from(app.sizes.screen.0.min(WIDEST).saturating_sub(8)).max(1)
}

/// A box in the middle of the screen with at most `rows` rows inside; gives the inside.
pub(super) fn frame(app: &App, title: &str, rows: usize, pen: &mut Pen<'_>) -> Area {
    let (w, h) = app.sizes.screen;
    let bw = w.saturating_sub(if w < 60 { 0 } else { 4 }).min(WIDEST);
    let bh = (rows as u16).saturating_add(2).min(h.saturating_sub(u16::from(h > 14) * 2));
    let area = Area::new((w - bw) / 2, (h - bh) / 2, bw, bh);
    outline(area, title, pen);
    Area::new(area.x + 2, area.y + 1, area.w.saturating_sub(4), area.h.saturating_sub(2))
}

/// A box with its border and title.
pub fn outline(area: Area, title: &str, pen: &mut Pen<'_>) {
    pen.clear(area, Meaning::Overlay);
    let (last_x, last_y) = (area.right().saturating_sub(1), (area.y + area.h).saturating_sub(1));
    let border = pen.style(Meaning::Overlay).patch(pen.style(Meaning::Border));
    for x in area.x..area.right() {
        pen.put_styled(x, area.y, area.right(), "─", border);
        pen.put_styled(x, last_y, area.right(), "─", border);
    }
    for y in area.y..=last_y {
        let (left, right) = match y {
            y if y == area.y => ("┌", "┐"),
            y if y == last_y => ("└", "┘"),
            _ => ("│", "│"),
        };
        pen.put_styled(area.x, y, area.right(), left, border);
        pen.put_styled(last_x, y, area.right(), right, border);
    }
    if title.is_empty() {
        return;
    }
    let cells = usize::from(area.w.saturating_sub(4));
    let style = pen.style(Meaning::Overlay).patch(pen.style(Meaning::OverlayTitle));
    pen.put_styled(area.x + 2, area.y, last_x, &format!(" {} ", fit(title, cells.saturating_sub(2))), style);
}

/// Writes over the box's own background.
pub(super) fn put(pen: &mut Pen<'_>, x: u16, y: u16, end: u16, text: &str, meaning: Meaning) -> u16 {
    let style = pen.style(Meaning::Overlay).patch(pen.style(meaning));
    pen.put_styled(x, y, end, text, style)
}

fn help(app: &App, top: usize, pen: &mut Pen<'_>) {
    let words = app.words();
    let rows = app::help(&app.keys.map, words);
    let inside = frame(app, words.get(Msg::HelpTitle), rows.len(), pen);
    let keys = rows
        .iter()
        .filter_map(|r| if let HelpRow::Keys(k, _) = r { Some(width(k)) } else { None })
        .max()
        .unwrap_or(0)
        .min(usize::from(inside.w) * 2 / 5) as u16;
    for (y, row) in (inside.y..inside.y + inside.h).zip(rows.iter().skip(top)) {
        match row {
            HelpRow::Head(text) => {
                put(pen, inside.x, y, inside.right(), text, Meaning::Heading);
            }
            HelpRow::Keys(labels, what) => {
                put(pen, inside.x, y, inside.x + keys, &fit(labels, usize::from(keys)), Meaning::Key);
                let x = inside.x + keys + 2;
                let cells = usize::from(inside.right().saturating_sub(x));
                put(pen, x, y, inside.right(), &fit(what, cells), Meaning::Text);
            }
            HelpRow::Note(text) => {
                put(pen, inside.x, y, inside.right(), &fit(text, usize::from(inside.w)), Meaning::Dim);
            }
            HelpRow::Blank => {}
        }
    }
    mark(top, rows.len(), inside, pen);
}

fn notices(app: &App, top: usize, pen: &mut Pen<'_>) {
    let words = app.words();
    let all = app::notices(&app.status, &app.snapshot, words);
    let cells = cells(app);
    let mut rows: Vec<(Meaning, String)> = Vec::new();
    for (severity, text) in all.iter().skip(top) {
        let meaning = if *severity == Severity::Error { Meaning::Error } else { Meaning::Text };
        rows.extend(wrap(text, cells).into_iter().map(|p| (meaning, text[p].to_owned())));
        if rows.len() > usize::from(app.sizes.screen.1) {
            break;
        }
    }
    if rows.is_empty() {
        rows.push((Meaning::Dim, words.get(Msg::NoNotices).to_owned()));
    }
    let inside = frame(app, words.get(Msg::NoticesTitle), rows.len(), pen);
    for (y, (meaning, text)) in (inside.y..inside.y + inside.h).zip(&rows) {
        put(pen, inside.x, y, inside.right(), text, *meaning);
    }
    mark(top, all.len(), inside, pen);
}

pub(super) fn mark(top: usize, rows: usize, inside: Area, pen: &mut Pen<'_>) {
    if let Some((from, length)) = app::thumb(top, rows, inside) {
        for y in from..from + length {
            put(pen, inside.right() + 1, y, inside.right() + 2, "┃", Meaning::Border);
        }
    }
}

fn palette_box(app: &App, palette: &Palette, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let row = |item: &Item| Row {
        left: item.keys.clone(),
        text: item.words.clone(),
        meaning: Meaning::Text,
        right: item.name.clone(),
    };
    let rows: Vec<Row> = palette.items.iter().map(row).collect();
    let (title, prompt) = (app.words().get(Msg::PaletteTitle), app.key(Action::Palette));
    choose(app, title, &prompt, &palette.line, &rows, Some(palette.chosen), pen)
}

/// A line that is asked for, with what fits it.
fn asked(app: &App, ask: &Ask, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let row = |option: &app::Choosable| Row {
        left: String::new(),
        text: format!("{}  {}", option.text, option.beside).trim_end().to_owned(),
        meaning: Meaning::Text,
        right: option.count.map(|n| app.words().number(n)).unwrap_or_default(),
    };
    let rows: Vec<Row> = ask.options.iter().map(row).collect();
    choose(app, app.words().get(ask.title()), "", &ask.line, &rows, ask.chosen, pen)
}

/// A row that can be chosen.
pub(super) struct Row {
    /// Before the text: keys.
    pub left: String,
    /// The text.
    pub text: String,
    /// Its meaning.
    pub meaning: Meaning,
    /// At the right edge, where there is room.
    pub right: String,
}

/// A line of text with what can be chosen below it; gives the place of the cursor.
pub(super) fn choose(
    app: &App,
    title: &str,
    prompt: &str,
    line: &TextLine,
    rows: &[Row],
    chosen: Option<usize>,
    pen: &mut Pen<'_>,
) -> Option<(u16, u16)> {
    let inside = frame(app, title, 16, pen);
    if inside.h == 0 {
        return None;
    }
    let x = put(pen, inside.x, inside.y, inside.right(), prompt, Meaning::Prompt);
    // A long line moves, so that the cursor is in sight.
    let skip = out_of_sight(line.before(), usize::from(inside.right().saturating_sub(x + 1)));
    put(pen, x, inside.y, inside.right(), &line.text()[skip..], Meaning::Input);
    let cursor = x + width(&line.before()[skip..]) as u16;
    let top = (chosen.unwrap_or(0) + 1).saturating_sub(usize::from(inside.h - 1));
    let left =
        rows.iter().map(|r| width(&r.left)).max().filter(|w| *w > 0).map_or(0, |w| w.max(4) + 2) as u16;
    for (y, (n, row)) in (inside.y + 1..inside.y + inside.h).zip(rows.iter().enumerate().skip(top)) {
        put(pen, inside.x, y, inside.x + left, &row.left, Meaning::Key);
        let x = inside.x + left;
        let cells = usize::from(inside.right().saturating_sub(x));
        let x = put(pen, x, y, inside.right(), &fit(&row.text, cells), row.meaning);
        let start = (inside.right()).saturating_sub(width(&row.right) as u16);
        if start > x + 2 {
            put(pen, start, y, inside.right(), &row.right, Meaning::Dim);
        }
        if chosen == Some(n) {
            tint(inside, y, pen);
        }
    }
    Some((cursor.min(inside.right()), inside.y))
}

/// Shows which row of a box is chosen.
pub(super) fn tint(inside: Area, y: u16, pen: &mut Pen<'_>) {
    pen.tint(Area::new(inside.x - 1, y, inside.w + 2, 1), Meaning::SelectedFocus);
    pen.put(inside.x - 1, y, inside.x, "▌", Meaning::Bar);
}

/// What may follow a begun sequence, above the bottom line.
fn follow(app: &App, pen: &mut Pen<'_>) {
    let rows = app::follow(app);
    if rows.is_empty() {
        return;
    }
    let (w, h) = app.sizes.screen;
    let keys = rows.iter().map(|f| width(&f.key)).max().unwrap_or(0);
    let widest = rows.iter().map(|f| keys + 2 + width(&f.what)).max().unwrap_or(0) as u16;
    let bw = (widest + 4).min(w);
    let bh = (rows.len() as u16 + 2).min(h.saturating_sub(1));
    let area = Area::new(w - bw, h.saturating_sub(1 + bh), bw, bh);
    outline(area, app.words().get(Msg::KeysTitle), pen);
    let end = area.right().saturating_sub(2);
    for (y, row) in (area.y + 1..(area.y + area.h).saturating_sub(1)).zip(&rows) {
        put(pen, area.x + 2, y, end, &row.key, Meaning::Key);
        let x = area.x + 4 + keys as u16;
        put(pen, x, y, end, &fit(&row.what, usize::from(end.saturating_sub(x))), Meaning::Text);
    }
}
