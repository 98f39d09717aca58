//! What lies over the panes: keys that may follow, help, palette, notices.

use super::line::out_of_sight;
use super::panel;
use super::pen::Pen;
use super::repair;
use super::theme::Meaning;
use crate::app::{
    self, Action, App, Area, Ask, HelpRow, HelpView, Item, Msg, Overlay, Palette, Severity, TextLine,
};
use crate::text::{fit, width, wrap};

/// Draws what lies over the panes, the topmost last; gives the place of its cursor.
pub fn draw(app: &App, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let mut cursor = None;
    // What a box covers that is read for itself need not be drawn.
    let from = app.overlays.iter().rposition(covers).unwrap_or(0);
    if app.overlays.get(from).is_some_and(covers) {
        pen.step_back(between(app));
    }
    for overlay in &app.overlays[from..] {
        cursor = one(app, overlay, pen);
    }
    if app.overlays.is_empty() {
        welcome(app, pen);
    }
    follow(app, pen);
    cursor
}

fn one(app: &App, overlay: &Overlay, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    match overlay {
        Overlay::Help(view) => return help(app, view, pen),
        Overlay::Review => panel::draw(app, overlay, Msg::ReviewTitle, Msg::ReviewPending, pen),
        Overlay::NamePage => panel::draw(app, overlay, Msg::PageTitle, Msg::PagePending, pen),
        Overlay::Evidence => panel::draw(app, overlay, Msg::EvidenceTitle, Msg::PagePending, pen),
        Overlay::Notices(top) => notices(app, *top, pen),
        Overlay::Palette(palette) => return palette_box(app, palette, pen),
        Overlay::Pipe(line) => {
            let title = app.words().get(Msg::PipeTitle);
            return choose(app, title, &format!("{} ", app.key(Action::Pipe)), line, &[], None, pen);
        }
        Overlay::Pick(pick) => return repair::pick(app, pick, pen),
        Overlay::Ask(ask) => return asked(app, ask, pen),
        Overlay::Proposals(offers) => repair::offers(app, offers, pen),
        Overlay::Why { id, top } => repair::why(app, id, *top, pen),
    }
    None
}

/// What lies over the panes is read for itself; a line to type in goes with what stands behind it.
fn covers(overlay: &Overlay) -> bool {
    !matches!(overlay, Overlay::Palette(_) | Overlay::Pipe(_) | Overlay::Pick(_) | Overlay::Ask(_))
}

/// The panes: all but the filter's line and the hints.
fn between(app: &App) -> Area {
    let (w, h) = app.sizes.screen;
    let top = app.sizes.filter.map_or(0, |f| f.y + f.h);
    let bottom = app.sizes.status.map_or(h, |s| s.y);
    Area::new(0, top, w, bottom.saturating_sub(top))
}

/// Cells for text in a box.
fn cells(app: &App) -> usize {
    usize::from(app::inside(app::box_of(app.sizes.screen, 0)).w)
}

/// A box in the middle of the screen with at most `rows` rows inside; gives the inside.
pub(super) fn frame(app: &App, title: &str, rows: usize, pen: &mut Pen<'_>) -> Area {
    let area = app::box_of(app.sizes.screen, rows);
    outline(area, title, pen);
    app::inside(area)
}

/// A box with its border and title.
pub fn outline(area: Area, title: &str, pen: &mut Pen<'_>) {
    pen.part(area);
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

/// All keys, or those that are sought; gives the place of the cursor while that is typed.
fn help(app: &App, view: &HelpView, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let (words, top) = (app.words(), view.top);
    let help = app::help(&app.keys.map, words, cells(app), view.line.text());
    let mut rows = help.rows.len();
    if view.shows_line() {
        // The box keeps its size while what is in it gets less.
        rows = app::help(&app.keys.map, words, cells(app), "").rows.len() + 1;
    }
    let mut inside = frame(app, words.get(Msg::HelpTitle), rows, pen);
    let mut cursor = None;
    if view.shows_line() && inside.h > 0 {
        let prompt = format!("{} ", app.key(Action::Find));
        let x = put(pen, inside.x, inside.y, inside.right(), &prompt, Meaning::Prompt);
        let skip = out_of_sight(view.line.before(), usize::from(inside.right().saturating_sub(x + 1)));
        put(pen, x, inside.y, inside.right(), &view.line.text()[skip..], Meaning::Input);
        let at = x + width(&view.line.before()[skip..]) as u16;
        cursor = view.seeking.then_some((at.min(inside.right()), inside.y));
        inside = Area { y: inside.y + 1, h: inside.h - 1, ..inside };
    }
    for (y, row) in (inside.y..inside.y + inside.h).zip(help.rows.iter().skip(top)) {
        match row {
            HelpRow::Head(text) => {
                put(pen, inside.x, y, inside.right(), text, Meaning::Heading);
            }
            HelpRow::Keys(labels, what) => {
                put(pen, inside.x, y, inside.right(), labels, Meaning::Key);
                let x = inside.x + (help.keys + app::BETWEEN) as u16;
                put(pen, x, y, inside.right(), what, Meaning::Text);
            }
            HelpRow::Note(text) => {
                put(pen, inside.x, y, inside.right(), text, Meaning::Dim);
            }
            HelpRow::Blank => {}
        }
    }
    mark(top, help.rows.len(), inside, pen);
    cursor
}

fn notices(app: &App, top: usize, pen: &mut Pen<'_>) {
    let words = app.words();
    let mut rows = app::notice_lines(&app.status, &app.snapshot, words, cells(app));
    if rows.is_empty() {
        rows.push((Severity::Info, words.get(Msg::NoNotices).to_owned()));
    }
    let inside = frame(app, words.get(Msg::NoticesTitle), rows.len(), pen);
    for (y, (severity, text)) in (inside.y..inside.y + inside.h).zip(rows.iter().skip(top)) {
        let meaning = match severity {
            Severity::Error => Meaning::Error,
            Severity::Warning => Meaning::Text,
            Severity::Info => Meaning::Dim,
        };
        put(pen, inside.x, y, inside.right(), text, meaning);
    }
    mark(top, rows.len(), inside, pen);
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
    let mut rows: Vec<Row> = palette.items.iter().map(row).collect();
    if rows.is_empty() {
        let text = app.words().get(Msg::PaletteNone).to_owned();
        rows.push(Row { left: String::new(), text, meaning: Meaning::Dim, right: String::new() });
    }
    let (title, prompt) = (app.words().get(Msg::PaletteTitle), app.key(Action::Palette));
    choose(app, title, &prompt, &palette.line, &rows, palette.chosen, pen)
}

/// A line that is asked for, with what fits it.
fn asked(app: &App, ask: &Ask, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let cells = usize::from(app::inside(app::choices_box(app.sizes.screen, 1)).w);
    let row = |option: &app::Choosable| Row {
        left: String::new(),
        text: both(&option.text, &option.beside, cells),
        meaning: Meaning::Text,
        right: option.count.map(|n| app.words().number(n)).unwrap_or_default(),
    };
    let mut rows: Vec<Row> = ask.options.iter().map(row).collect();
    if rows.is_empty() && ask.chooses() {
        let text = app.words().fill(Msg::NothingFits, &[("what", ask.line.text().trim())]);
        rows.push(Row { left: String::new(), text, meaning: Meaning::Dim, right: String::new() });
    }
    choose(app, app.words().get(ask.title()), "", &ask.line, &rows, ask.chosen, pen)
}

/// A text with what stands beside it, which keeps up to half of the cells: where a link leads is no less than its words.
fn both(text: &str, beside: &str, cells: usize) -> String {
    if beside.is_empty() {
        return text.to_owned();
    }
    // An address that is written out says itself where it leads.
    if beside.strip_suffix(text).is_some_and(|before| before.is_empty() || before.ends_with([':', '/'])) {
        return beside.to_owned();
    }
    let most = cells.saturating_sub(width(beside) + 2).max(cells / 2);
    format!("{}  {beside}", fit(text, most))
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
    let area = app::choices_box(app.sizes.screen, rows.len());
    outline(area, title, pen);
    let inside = app::inside(area);
    if inside.h == 0 {
        return None;
    }
    let x = put(pen, inside.x, inside.y, inside.right(), prompt, Meaning::Prompt);
    // A long line moves, so that the cursor is in sight.
    let skip = out_of_sight(line.before(), usize::from(inside.right().saturating_sub(x + 1)));
    put(pen, x, inside.y, inside.right(), &line.text()[skip..], Meaning::Input);
    let cursor = x + width(&line.before()[skip..]) as u16;
    let top = app::first_choice(chosen.unwrap_or(0), inside);
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
    pen.choose(Area::new(inside.x - 1, y, inside.w + 2, 1), true);
}

/// What there is, for who is here for the first time: five lines over the foot of the screen.
fn welcome(app: &App, pen: &mut Pen<'_>) {
    let wanted = app.welcome && app.filter.typing.is_none();
    let Some(status) = app.sizes.status.filter(|_| wanted) else { return };
    let words = app.words();
    let lines: [(Msg, &[(&str, Action)]); 5] = [
        (
            Msg::WelcomeWalk,
            &[("down", Action::Down), ("up", Action::Up), ("enter", Action::Enter), ("back", Action::Escape)],
        ),
        (Msg::WelcomeFind, &[("find", Action::Find), ("filter", Action::EditFilter)]),
        (Msg::WelcomeNames, &[("names", Action::ShowNames), ("related", Action::ShowRelated)]),
        (Msg::WelcomeStory, &[("review", Action::Review)]),
        (Msg::WelcomeHelp, &[("help", Action::Help), ("palette", Action::Palette)]),
    ];
    let told = |(msg, keys): &(Msg, &[(&'static str, Action)])| {
        let keys: Vec<(&str, String)> = keys.iter().map(|(name, action)| (*name, app.key(*action))).collect();
        let keys: Vec<(&str, &str)> = keys.iter().map(|(name, key)| (*name, key.as_str())).collect();
        words.fill(*msg, &keys)
    };
    // On a narrow screen, or with longer keys of the reader's own.
    let room = usize::from(status.w.saturating_sub(4)).max(1);
    let wrapped = |line: String| -> Vec<String> {
        wrap(&line, room).into_iter().map(|piece| line[piece].to_owned()).collect()
    };
    let all: Vec<String> = lines.iter().map(told).flat_map(wrapped).collect();
    // Where that is too much, the way to all keys.
    let short: Vec<String> = lines.iter().skip(lines.len() - 1).map(told).flat_map(wrapped).collect();
    for lines in [all, short] {
        if let Some(area) = card(app, status, &lines, pen) {
            outline(area, words.get(Msg::WelcomeTitle), pen);
            for (y, line) in (area.y + 1..).zip(&lines) {
                put(pen, area.x + 2, y, area.right() - 2, line, Meaning::Text);
            }
            return;
        }
    }
}

/// The place of a card with these lines at the foot of the screen, where it hides nothing that is needed. The rows of the panes
/// beside it are emptied: no text runs around it.
fn card(app: &App, status: Area, lines: &[String], pen: &mut Pen<'_>) -> Option<Area> {
    let widest = lines.iter().map(|l| width(l)).max().unwrap_or(0) as u16;
    let (w, h) = ((widest + 4).min(status.w), lines.len() as u16 + 2);
    // What there is to say goes first.
    let foot = status.y.saturating_sub(super::status::rows_above(app));
    let lowest = foot.checked_sub(h).filter(|y| *y > 0)?;
    // Where there is nothing to read, the message that says so is what is needed: the card stands below it, or above.
    let highest = app.sizes.list.filter(|_| app.list.rows.is_empty()).map(|list| list.body().y);
    let mut places = [Some(lowest), highest].into_iter().flatten().map(|y| Area::new(status.w - w, y, w, h));
    let area = places.find(|area| highest.is_none() || pen.is_blank(*area))?;
    let sizes = &app.sizes;
    let panes = [sizes.list, sizes.reader, sizes.names, sizes.related].into_iter().flatten();
    for pane in panes.filter(|pane| pane.right() > area.x && pane.x < area.right()) {
        let pane = pane.body();
        let (from, to) = (area.y.max(pane.y), (area.y + h).min(pane.y + pane.h));
        if from < to {
            pen.clear(Area::new(pane.x, from, pane.w, to - from), Meaning::Text);
        }
    }
    Some(area)
}

/// What may follow a begun sequence, above the bottom line: in as many columns as it takes for all to be seen.
fn follow(app: &App, pen: &mut Pen<'_>) {
    let rows = app::follow(app);
    if rows.is_empty() {
        return;
    }
    let (w, h) = app.sizes.screen;
    let keys = rows.iter().map(|f| width(&f.key)).max().unwrap_or(0);
    let widest = rows.iter().map(|f| keys + 2 + width(&f.what)).max().unwrap_or(0);
    // On a low screen the border gives way first.
    let framed = rows.len() + 3 <= usize::from(h);
    let border = u16::from(framed);
    let high = usize::from(h.saturating_sub(1 + 2 * border)).max(1);
    let columns = rows.len().div_ceil(high);
    let high = rows.len().div_ceil(columns);
    let bw = ((columns * (widest + 2)) as u16 + 2).min(w);
    let bh = (high as u16 + 2 * border).min(h.saturating_sub(1));
    let area = Area::new(w - bw, h.saturating_sub(1 + bh), bw, bh);
    if framed {
        outline(area, app.words().get(Msg::KeysTitle), pen);
    } else {
        pen.clear(area, Meaning::Overlay);
    }
    let column = bw.saturating_sub(2) / columns as u16;
    for (n, row) in rows.iter().enumerate() {
        let x = area.x + 2 + (n / high) as u16 * column;
        let y = area.y + border + (n % high) as u16;
        let end = (x + column).saturating_sub(2).min(area.right().saturating_sub(1));
        put(pen, x, y, end, &row.key, Meaning::Key);
        let x = x + 2 + keys as u16;
        put(pen, x, y, end, &fit(&row.what, usize::from(end.saturating_sub(x))), Meaning::Text);
    }
}
