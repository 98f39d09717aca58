//! Decisions about names: what is asked for, names that may be one, why a name is as it is.

use super::overlay::{Row, choose, frame, mark, put, tint};
use super::pen::Pen;
use super::reader::kind;
use super::theme::Meaning;
use crate::app::{self, App, Asked, Msg, Offers, Pick, WhyRow, likeness};
use crate::text::{fit, width};

/// Asks for what a decision still needs; gives the place of the cursor.
pub fn pick(app: &App, pick: &Pick, pen: &mut Pen<'_>) -> Option<(u16, u16)> {
    let words = app.words();
    let title = match pick.asked {
        Asked::Merge => Msg::PickMerge,
        Asked::Split => Msg::PickSplit,
        Asked::Rename => Msg::PickRename,
        Asked::Kind => Msg::PickKind,
    };
    let title = words.fill(title, &[("name", &pick.name)]);
    let row = |choice: &app::Choice| Row {
        left: String::new(),
        text: choice.text.clone(),
        meaning: kind(choice.kind),
        right: match (pick.asked, choice.count) {
            (Asked::Kind, _) => String::new(),
            (Asked::Merge, n) => words.count(Msg::Articles, n as usize),
            (_, n) => format!("×{n}"),
        },
    };
    let rows: Vec<Row> = pick.choices.iter().map(row).collect();
    // Whoever writes a name does not choose one.
    let chosen = (pick.asked != Asked::Rename).then_some(pick.chosen);
    choose(app, &title, "> ", &pick.line, &rows, chosen, pen)
}

/// Names that may be one.
pub fn offers(app: &App, offers: &Offers, pen: &mut Pen<'_>) {
    let words = app.words();
    let inside = frame(app, words.get(Msg::ProposalsTitle), offers.rows.len().max(1), pen);
    if offers.rows.is_empty() {
        let text = fit(words.get(Msg::NoProposals), usize::from(inside.w)).into_owned();
        put(pen, inside.x, inside.y, inside.right(), &text, Meaning::Dim);
        return;
    }
    let top = (offers.chosen + 1).saturating_sub(usize::from(inside.h));
    for (y, (n, offer)) in (inside.y..inside.y + inside.h).zip(offers.rows.iter().enumerate().skip(top)) {
        let like = likeness(&offer.like, words);
        // Both names are what is to be compared: how they are alike can be seen where it has no room.
        let names = width(&offer.name) + width(" = ") + width(&offer.into);
        let like = if names + 2 + width(&like) <= usize::from(inside.w) { like } else { String::new() };
        let end = inside.right().saturating_sub(if like.is_empty() { 0 } else { width(&like) as u16 + 2 });
        let x = put(pen, inside.x, y, end, &offer.name, kind(offer.kind));
        let x = put(pen, x, y, end, " = ", Meaning::Dim);
        let cells = usize::from(end.saturating_sub(x));
        put(pen, x, y, end, &fit(&offer.into, cells), kind(offer.kind));
        put(pen, end + 2, y, inside.right(), &like, Meaning::Dim);
        if n == offers.chosen {
            tint(inside, y, pen);
        }
    }
}

/// Why a name is as it is.
pub fn why(app: &App, id: &str, top: usize, pen: &mut Pen<'_>) {
    let words = app.words();
    let cells = usize::from(app::inside(app::box_of(app.sizes.screen, 0)).w);
    let lines = app::why_lines(id, app.reader.article, &app.cx(), cells);
    let inside = frame(app, words.get(Msg::WhyTitle), lines.len(), pen);
    for (y, (indent, row)) in (inside.y..inside.y + inside.h).zip(lines.iter().skip(top)) {
        let (meaning, text) = match row {
            WhyRow::Head(text) => (Meaning::Heading, text),
            WhyRow::Spelling(text) => (Meaning::Text, text),
            WhyRow::Grounds(text) => (Meaning::Dim, text),
            WhyRow::Open(text) => (Meaning::Warning, text),
        };
        put(pen, inside.x + indent, y, inside.right(), text, meaning);
    }
    mark(top, lines.len(), inside, pen);
}
