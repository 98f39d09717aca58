//! The names.

use super::frame::{middle, scroll_mark};
use super::pen::Pen;
use super::reader::kind;
use super::theme::Meaning;
use crate::app::{self, App, Area, Focus, Msg, NameRow, words};
use crate::library::Standing;
use crate::text::{fit, fit_name, width, wrap};

/// Cells of the column of mentions here, and of that of articles at least.
const HERE: u16 = 4;
const UNDER: u16 = 6;
/// Stands before what the article is about.
const ABOUT: &str = "★";

pub fn draw(app: &App, area: Area, pen: &mut Pen<'_>) {
    if app.names.rows.is_empty() {
        let msg = app::why_no_names(app.reader.article, &app.cx());
        return middle(area, &[(app.words().get(msg).to_owned(), Meaning::Dim)], pen);
    }
    let body = area.body();
    scroll_mark(app, area, app::thumb(app.names.top, app.names.rows.len(), body), pen);
    let rows = app.names.rows.iter().enumerate().skip(app.names.top);
    for (y, (n, row)) in (body.y..body.y + body.h).zip(rows) {
        draw_row(app, n, *row, Area::new(body.x, y, body.w, 1), pen);
    }
}

/// Cells of the column of articles: a name may stand in `all` of them, and beside the widest number there is a blank.
fn column(all: &str) -> u16 {
    UNDER.max(width(all) as u16 + 1)
}

fn draw_row(app: &App, n: usize, row: NameRow, area: Area, pen: &mut Pen<'_>) {
    let words = app.words();
    let (x, y, right) = (area.x, area.y, app.sizes.edge(area));
    let entities = &app.snapshot.entities;
    match row {
        NameRow::Head(of, count) => {
            let style = pen.style(kind(of)).add_modifier(ratatui::style::Modifier::BOLD);
            let text = format!("{} · {count}", words.get(words::kind(of)));
            let at = pen.put_styled(x + 1, y, right, &text, style);
            let head = words.get(Msg::CountsHead);
            if n == 0 && width(head) + 2 <= usize::from(right.saturating_sub(at)) {
                pen.put_right(at, y, right, head, Meaning::Count);
            }
        }
        NameRow::Name { ix, here, under, about } => {
            let Some(entity) = entities.get(ix) else { return };
            let (sign, meaning) = match app.filter.standing(entity) {
                Standing::Wanted => ("+", Meaning::Included),
                Standing::Excluded => ("−", Meaning::Excluded),
                Standing::Absent => (" ", Meaning::Text),
            };
            pen.put(x + 1, y, right, sign, meaning);
            if about {
                pen.put(x + 2, y, right, ABOUT, Meaning::Sign);
            }
            let column = column(&words.number(app.snapshot.order.len()));
            let counts = if app.names.all { column } else { HERE + column };
            let end = right.saturating_sub(counts).max(x + 3);
            let name = fit_name(&entity.name, usize::from(end.saturating_sub(x + 3)));
            pen.put(x + 3, y, end, &name, kind(entity.kind));
            if !app.names.all {
                pen.put_right(
                    end,
                    y,
                    right.saturating_sub(column),
                    &words.number(here as usize),
                    Meaning::Text,
                );
            }
            pen.put_right(
                right.saturating_sub(column),
                y,
                right,
                &words.number(under as usize),
                Meaning::Count,
            );
            if n == app.names.row {
                choose(app, area, pen);
            }
        }
        NameRow::Variant(ix, at, line) => {
            let Some(variant) = entities.get(ix).and_then(|e| e.variants.get(at)) else { return };
            let text = app::spelling_line(variant, words);
            let pieces = wrap(&text, app::spelling_cells(&app.cx()));
            let Some(piece) = pieces.get(line) else { return };
            pen.put(x + app::SPELLING, y, right, &text[piece.clone()], Meaning::Variant);
        }
        NameRow::Open(ix) => {
            let Some(entity) = entities.get(ix) else { return };
            let names = app::candidates(entity, &app.snapshot);
            let text = words.fill(Msg::OpenCandidates, &[("names", &names)]);
            let cells = usize::from(right.saturating_sub(x + 5));
            pen.put(x + 5, y, right, &fit(&text, cells), Meaning::Warning);
        }
    }
}

fn choose(app: &App, area: Area, pen: &mut Pen<'_>) {
    if app.nav.focus == Focus::Names {
        pen.choose(area, true);
    }
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn the_widest_number_stands_apart() {
        for (all, expect) in [("24", 6), ("9,999", 6), ("13.109", 7), ("1.000.000", 10)] {
            assert_eq!(column(all), expect, "{all}");
        }
    }
}
