//! The list of articles.

use super::frame::{middle, scroll_mark};
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{self, Action, App, Area, COLUMNS, Focus, LIST_MARGIN, Msg, Shown};
use crate::library::{Entry, Is, Stage};
use crate::text::fit;

/// Cells of the columns in a wide list.
const DATE: u16 = 10;
const EXACT_DATE: u16 = 16;
const OUTLET: u16 = 16;

pub fn draw(app: &App, area: Area, pen: &mut Pen<'_>) {
    let cx = app.cx();
    let rows = app.list.visible(&cx);
    if rows.is_empty() {
        return empty(app, area, pen);
    }
    for shown in &rows {
        if let Some(entry) = app.snapshot.entry(shown.article) {
            row(app, shown, entry, pen);
        }
    }
    let mark = app::thumb_of(app.list.top, rows.len(), app.list.rows.len(), area.body());
    scroll_mark(app, area, mark, pen);
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
    let left = area.x + LIST_MARGIN;
    let right = area.right().saturating_sub(1);
    if area.w >= COLUMNS {
        columns(app, shown, entry, title, pen);
    } else {
        let lines = app::title_lines(&entry.title(), usize::from(area.w.saturating_sub(LIST_MARGIN + 1)));
        let n = lines.len() as u16;
        for (y, line) in (area.y..area.y + area.h).zip(&lines) {
            pen.put(left, y, right, line, title);
        }
        if n < area.h {
            meta(app, shown, entry, area.y + n, pen);
        }
    }
    if chosen {
        let focused = app.nav.focus == Focus::List;
        pen.tint(area, if focused { Meaning::SelectedFocus } else { Meaning::Selected });
        for y in area.y..area.y + area.h {
            pen.put(area.x, y, area.x + 1, if focused { "▌" } else { "▏" }, Meaning::Bar);
        }
    }
}

fn date(app: &App, entry: &Entry) -> String {
    let Some(date) = entry.published() else { return String::new() };
    let text =
        if app.prefs.exact_dates { app::exact(date) } else { app::short(date, app.prefs.now, app.words()) };
    format!("{}{text}", date.mark())
}

/// Outlet and story on the left, the date on the right.
fn meta(app: &App, shown: &Shown, entry: &Entry, y: u16, pen: &mut Pen<'_>) {
    let area = shown.area;
    let right = area.right().saturating_sub(1);
    let left = area.x + LIST_MARGIN;
    let end = pen.put_right(left, y, right, &date(app, entry), Meaning::Date).saturating_sub(1);
    let story = app.snapshot.stories.of.get(shown.article.0 as usize).copied().flatten();
    let count = story.and_then(|s| app.snapshot.stories.all.get(s)).map(|s| s.articles.len());
    let story = count.map(|n| app.words().count(Msg::StoryCount, n)).unwrap_or_default();
    let outlet = entry.outlet().unwrap_or_default();
    let room = usize::from(end.saturating_sub(left));
    let x = pen.put(left, y, end, &fit(outlet, room), Meaning::Outlet);
    let story = if outlet.is_empty() || story.is_empty() { story } else { format!(" · {story}") };
    let x = if crate::text::width(&story) <= usize::from(end.saturating_sub(x)) {
        pen.put(x, y, end, &story, Meaning::Date)
    } else {
        x
    };
    let own = own(app, shown);
    if !own.is_empty() {
        let room = usize::from(end.saturating_sub(x));
        pen.put(x, y, end, &fit(&format!(" {own}"), room), Meaning::Note);
    }
}

/// The reader's own words about an article in short: a sign for the note, the tags.
fn own(app: &App, shown: &Shown) -> String {
    let marks = &app.snapshot.marks;
    let note = (!marks.note(shown.article).is_empty()).then(|| app::SIGN_NOTE.to_owned());
    let tags = marks.tags(shown.article).iter().map(|t| format!("#{t}"));
    note.into_iter().chain(tags).collect::<Vec<_>>().join(" ")
}

fn columns(app: &App, shown: &Shown, entry: &Entry, title: Meaning, pen: &mut Pen<'_>) {
    let area = shown.area;
    let y = area.y;
    let right = area.right().saturating_sub(1);
    let mut x = area.x + LIST_MARGIN;
    let dates = if app.prefs.exact_dates { EXACT_DATE } else { DATE } + 1;
    pen.put_right(x, y, x + dates, &date(app, entry), Meaning::Date);
    x += dates + 2;
    let outlet = entry.outlet().unwrap_or_default();
    pen.put(x, y, x + OUTLET, &fit(outlet, usize::from(OUTLET)), Meaning::Outlet);
    x += OUTLET + 2;
    let text = entry.title();
    let own = own(app, shown);
    let own = fit(&own, usize::from(right.saturating_sub(x)) / 3);
    let end = if own.is_empty() {
        right
    } else {
        pen.put_right(x, y, right, &own, Meaning::Note).saturating_sub(1)
    };
    pen.put(x, y, end, &fit(&text, usize::from(end.saturating_sub(x))), title);
}

fn empty(app: &App, area: Area, pen: &mut Pen<'_>) {
    let words = app.words();
    let lines = if !app.filter.is_empty() && !app.jobs.waiting() {
        let keys = [("clear", app.key(Action::ClearFilter)), ("edit", app.key(Action::EditFilter))];
        let keys: Vec<(&str, &str)> = keys.iter().map(|(n, k)| (*n, k.as_str())).collect();
        vec![
            (words.get(Msg::NoResult).to_owned(), Meaning::Text),
            (String::new(), Meaning::Dim),
            (words.fill(Msg::NoResultHelp, &keys), Meaning::Dim),
        ]
    } else if app.snapshot.progress.stage == Stage::Listing {
        vec![(words.get(Msg::LookingForFiles).to_owned(), Meaning::Dim)]
    } else if app.filter.is_empty() {
        vec![
            (words.get(Msg::EmptyFolder).to_owned(), Meaning::Text),
            (String::new(), Meaning::Dim),
            (words.get(Msg::EmptyFolderHelp).to_owned(), Meaning::Dim),
        ]
    } else {
        vec![(words.get(Msg::Searching).to_owned(), Meaning::Dim)]
    };
    middle(area, &lines, pen);
}
