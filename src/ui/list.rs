//! The list of articles.

use super::frame::{middle, scroll_mark};
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{self, Action, App, Area, Columns, Focus, LIST_MARGIN, Msg, Shown};
use crate::library::{Entry, Is, Stage};
use crate::text::{fit, width};

/// Cells that tags leave to an outlet where there are no columns: it is known by its first letters.
const OUTLET_LEAST: usize = 12;

pub fn draw(app: &App, area: Area, pen: &mut Pen<'_>) {
    let cx = app.cx();
    let rows = app.list.visible(&cx);
    if rows.is_empty() {
        return empty(app, area, pen);
    }
    // First, so that what is chosen lies over it in one piece.
    let mark = app::thumb_of(app.list.top, rows.len(), app.list.rows.len(), area.body());
    scroll_mark(app, area, mark, pen);
    for shown in &rows {
        if let Some(entry) = app.snapshot.entry(shown.article) {
            row(app, shown, entry, pen);
        }
    }
}

fn row(app: &App, shown: &Shown, entry: &Entry, pen: &mut Pen<'_>) {
    let area = shown.area;
    let chosen = shown.row == app.list.row;
    let read = app.is(shown.article, Is::Read);
    let (title, mark) = match (&entry.head, read) {
        (None, _) => (Meaning::ListPending, "…"),
        (Some(_), true) => (Meaning::ListRead, " "),
        (Some(_), false) => (Meaning::ListUnread, "•"),
    };
    let mark = if app.is(shown.article, Is::Starred) { "★" } else { mark };
    pen.put(area.x + 1, area.y, area.right(), mark, Meaning::Unread);
    if app.marked.holds(shown.article) {
        pen.put(area.x + 2, area.y, area.right(), app::SIGN_MARKED, Meaning::Unread);
    }
    let columns = Columns::of(area, app.prefs.exact_dates);
    let left = columns.map_or(area.x + LIST_MARGIN, |c| c.title);
    let lines = app.list.title(entry, &app.cx());
    for (y, line) in (area.y..area.y + area.h).zip(&lines) {
        pen.put(left, y, app.sizes.edge(area), line, title);
    }
    match columns {
        Some(columns) => facts(app, shown, entry, columns, pen),
        None if area.h > lines.len() as u16 => meta(app, shown, entry, area.y + lines.len() as u16, pen),
        None => {}
    }
    if chosen {
        pen.choose(area, app.nav.focus == Focus::List);
    }
}

fn date(app: &App, entry: &Entry) -> String {
    let Some(date) = entry.published() else { return String::new() };
    let text =
        if app.prefs.exact_dates { app::exact(date) } else { app::short(date, app.prefs.now, app.words()) };
    format!("{}{text}", date.mark())
}

/// The sign of a reprint, and of the number of articles that tell the same story, where there is no room for words.
const REPRINT: &str = "=";
const TOLD: &str = "×";

/// Articles of the story in which one stands; 0 without a story.
fn told(app: &App, shown: &Shown) -> usize {
    let story = app.snapshot.stories.of(shown.article.0 as usize);
    story.and_then(|s| app.snapshot.stories.all.get(s)).map_or(0, |s| s.articles.len())
}

/// What an article is to others, a reprint or part of a story: in words, and in signs.
fn ties(app: &App, shown: &Shown) -> [String; 2] {
    let words = app.words();
    let (mut long, mut short) = (Vec::new(), String::new());
    if app.snapshot.is_reprint(shown.article) {
        long.push(words.get(Msg::Reprint).to_owned());
        short.push_str(REPRINT);
    }
    let count = told(app, shown);
    if count > 0 {
        long.push(words.count(Msg::StoryCount, count));
        short.push_str(TOLD);
        short.push_str(&words.number(count));
    }
    [long.join(" · "), short]
}

/// Outlet and ties on the left, the date on the right: words give way to signs, the outlet before the ties do.
fn meta(app: &App, shown: &Shown, entry: &Entry, y: u16, pen: &mut Pen<'_>) {
    let area = shown.area;
    let right = app.sizes.edge(area);
    let left = area.x + LIST_MARGIN;
    let end = pen.put_right(left, y, right, &date(app, entry), Meaning::Date).saturating_sub(1);
    let (outlet, by) = by(app, entry, Some(app::outlets(entry)).filter(|known| !known.is_empty()));
    let room = usize::from(end.saturating_sub(left));
    let [long, short] = ties(app, shown);
    let behind = |ties: String, between: &str| {
        if outlet.is_empty() || ties.is_empty() { ties } else { format!("{between}{ties}") }
    };
    // What the reader wrote goes before words for ties.
    let wish = match width(&own(app, shown, usize::MAX)) {
        0 => 0,
        cells => cells + 1,
    };
    let fits = |ties: &String| width(&outlet) + width(ties) + wish <= room;
    let ties = Some(behind(long, " · ")).filter(fits).unwrap_or_else(|| behind(short, " "));
    let own = own(app, shown, room.saturating_sub(width(&outlet).min(OUTLET_LEAST) + width(&ties) + 1));
    let kept = if own.is_empty() { 0 } else { width(&own) + 1 };
    let cells = room.saturating_sub(width(&ties) + kept);
    // Whom it has the text from is told whole or not at all.
    let outlet = if width(&outlet) > cells {
        app::outlet(&app.snapshot, shown.article).unwrap_or(&outlet)
    } else {
        &outlet
    };
    let x = pen.put(left, y, end, &fit(outlet, cells), by);
    let x = pen.put(x, y, end, &ties, Meaning::Date);
    pen.put(if x > left { x + 1 } else { x }, y, end, &own, Meaning::Note);
}

/// The reader's own words about an article in short: a sign for the note, and as many whole tags as there are cells for.
/// What is left out is counted, as a tag cut in two is another tag.
fn own(app: &App, shown: &Shown, cells: usize) -> String {
    let marks = &app.snapshot.marks;
    let note = (!marks.note(shown.article).is_empty()).then(|| app::SIGN_NOTE.to_owned());
    let tags: Vec<String> = marks.tags(shown.article).iter().map(|t| format!("#{t}")).collect();
    let told = |n: usize| {
        let rest = match (n, tags.len() - n) {
            (_, 0) => None,
            (0, rest) => Some(format!("#{rest}")),
            (_, rest) => Some(format!("+{rest}")),
        };
        note.iter().chain(&tags[..n]).chain(&rest).map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let fits = (0..=tags.len()).rev().map(told).find(|own| width(own) <= cells);
    fits.unwrap_or_else(|| told(0))
}

/// Who put it out, as far as that is known.
fn by(app: &App, entry: &Entry, known: Option<String>) -> (String, Meaning) {
    match known {
        Some(outlet) => (outlet, Meaning::Outlet),
        None if entry.is_read() => (app.words().get(Msg::ReviewNoOutlet).to_owned(), Meaning::Dim),
        None => (String::new(), Meaning::Dim),
    }
}

/// Date, outlet and ties in columns, and below them the reader's own words.
fn facts(app: &App, shown: &Shown, entry: &Entry, columns: Columns, pen: &mut Pen<'_>) {
    let Area { y, h, .. } = shown.area;
    let cells = |column: (u16, u16)| usize::from(column.1 - column.0);
    pen.put_right(columns.date.0, y, columns.date.1, &date(app, entry), Meaning::Date);
    let known = app::outlet(&app.snapshot, shown.article).map(str::to_owned);
    let (outlet, by) = by(app, entry, known);
    pen.put(columns.outlet.0, y, columns.outlet.1, &fit(&outlet, cells(columns.outlet)), by);
    let [.., ties] = ties(app, shown);
    pen.put_right(columns.ties.0, y, columns.ties.1, &fit(&ties, cells(columns.ties)), Meaning::Date);
    if h > 1 {
        let from = columns.date.0;
        let own = own(app, shown, usize::from(columns.ties.1 - from));
        pen.put(from, y + 1, columns.ties.1, &own, Meaning::Note);
    }
}

/// That nothing matches, and what to press; `None` where something may.
pub fn no_result(app: &App) -> Option<Vec<(String, Meaning)>> {
    if app.filter.is_empty() || app.jobs.waiting() || !app.list.rows.is_empty() {
        return None;
    }
    let words = app.words();
    // While one types, the keys of the list are letters.
    let typing = app.filter.typing.is_some();
    let help = match (app.filter.filter.text().is_empty(), app.filter.find.text().is_empty()) {
        _ if typing => Msg::NoResultTyping,
        (true, _) => Msg::NoResultSearch,
        (_, true) => Msg::NoResultHelp,
        _ => Msg::NoResultBoth,
    };
    let keys =
        [Action::ClearFilter, Action::EditFilter, Action::Find, Action::Cancel].map(|action| app.key(action));
    let keys: Vec<(&str, &str)> =
        ["clear", "edit", "find", "cancel"].into_iter().zip(keys.iter().map(String::as_str)).collect();
    Some(vec![
        (words.get(Msg::NoResult).to_owned(), Meaning::Text),
        (String::new(), Meaning::Dim),
        (words.fill(help, &keys), Meaning::Dim),
    ])
}

fn empty(app: &App, area: Area, pen: &mut Pen<'_>) {
    let words = app.words();
    let lines = if let Some(lines) = no_result(app) {
        lines
    } else if app.snapshot.progress.stage == Stage::Listing {
        vec![(words.get(Msg::LookingForFiles).to_owned(), Meaning::Dim)]
    } else if let Some((path, problem)) = app.snapshot.problems.first().filter(|_| app.filter.is_empty()) {
        // A path that is not there is no empty folder.
        vec![
            (crate::library::shown(&path.to_string_lossy()), Meaning::Problem),
            (words.said(&problem.message).into_owned(), Meaning::Text),
            (String::new(), Meaning::Dim),
            (words.get(Msg::EmptyFolderHelp).to_owned(), Meaning::Dim),
        ]
    } else if app.filter.is_empty() {
        let opened = crate::library::shown(&app.prefs.opened);
        let empty = if opened.is_empty() {
            words.get(Msg::EmptyFolder).to_owned()
        } else {
            words.fill(Msg::EmptyOpened, &[("folder", &opened)])
        };
        vec![
            (empty, Meaning::Text),
            (String::new(), Meaning::Dim),
            (words.get(Msg::EmptyFolderHelp).to_owned(), Meaning::Dim),
        ]
    } else {
        vec![(words.get(Msg::Searching).to_owned(), Meaning::Dim)]
    };
    middle(area, &lines, pen);
}
