//! The open article.

use std::ops::Range;

use super::frame::{middle, scroll_mark};
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::{App, Area, Look, Msg, PageLine, Seg};
use crate::article::{Place, Stress, StressKind};
use crate::entity::Kind;
use crate::library::Read;
use crate::text::width;

/// Cells from a sign to the text.
const SIGN: u16 = 2;

/// Before the line to which a page led.
const SPOT: &str = "▸";

/// The meaning of a look.
fn meaning(look: Look) -> Meaning {
    match look {
        Look::Title => Meaning::Title,
        Look::Meta => Meaning::Meta,
        Look::Credit => Meaning::Credit,
        Look::Lead => Meaning::Lead,
        Look::Text => Meaning::Text,
        Look::Heading => Meaning::Heading,
        Look::Quote => Meaning::Quote,
        Look::Item => Meaning::Item,
        Look::Code => Meaning::Code,
        Look::TableHead => Meaning::TableHead,
        Look::Table => Meaning::Table,
        Look::Caption => Meaning::Caption,
        Look::Picture | Look::TableRule => Meaning::Border,
        Look::Note => Meaning::Note,
        Look::AsideHead => Meaning::AsideHead,
        Look::Aside => Meaning::Aside,
        Look::Fix => Meaning::Fix,
        Look::Problem => Meaning::Problem,
    }
}

/// The meaning of a kind of name.
pub fn kind(kind: Kind) -> Meaning {
    match kind {
        Kind::Per => Meaning::Person,
        Kind::Loc => Meaning::Place,
        Kind::Org => Meaning::Organisation,
        Kind::Misc => Meaning::OtherName,
    }
}

pub fn draw(app: &App, area: Area, pen: &mut Pen<'_>) {
    let words = app.words();
    let say = |msg: Msg| vec![(words.get(msg).to_owned(), Meaning::Dim)];
    let Some(article) = app.reader.article else {
        let lines = super::list::no_result(app).unwrap_or_else(|| say(Msg::NothingOpen));
        return middle(area, &lines, pen);
    };
    let Some(read) = app.snapshot.read(article) else {
        let name = app.snapshot.entry(article).map(crate::library::Entry::title).unwrap_or_default();
        return middle(
            area,
            &[(name, Meaning::ListPending), (words.get(Msg::NotReadYet).to_owned(), Meaning::Dim)],
            pen,
        );
    };
    let body = area.body();
    let (x, w) = app.sizes.text();
    let lines = app.reader.page.lines.iter().skip(app.reader.scroll);
    for (y, line) in (body.y..body.y + body.h).zip(lines) {
        draw_line(app, &read, line, x, y, (x + w).min(body.right()), pen);
    }
    super::gallery::frames(app, pen);
    if !app.nav.zen {
        scroll_mark(app, area, app.reader.thumb(body), pen);
        // In the head row.
        if let Some(place) = app.place() {
            let text = format!(" {place} ");
            pen.put_right(area.x + 16, area.y, area.right().saturating_sub(1), &text, Meaning::PaneTitle);
        }
    }
}

/// Addresses with the cells in sight that lead there: the title to the open article, words of its text to where they lead.
pub fn links(app: &App) -> Vec<(String, Vec<Area>)> {
    linked(app).unwrap_or_default()
}

/// As [`links`]; none where something lies over the panes.
fn linked(app: &App) -> Option<Vec<(String, Vec<Area>)>> {
    let free = app.overlays.is_empty() && app.filter.typing.is_none() && app.keys.pending.is_empty();
    let body = app.sizes.reader.filter(|_| free)?.body();
    let read = app.snapshot.read(app.reader.article?)?;
    let (x, w) = app.sizes.text();
    let lines = app.reader.page.lines.iter().skip(app.reader.scroll);
    let mut titles = Vec::new();
    let mut all: Vec<(String, Vec<Area>)> = Vec::new();
    for (y, line) in (body.y..body.y + body.h).zip(lines) {
        if line.look == Look::Title {
            titles.push(Area::new(x, y, w, 1));
        }
        let mut at = x + line.indent;
        for seg in &line.segs {
            match seg {
                Seg::Pad(n) => at = at.saturating_add(*n),
                Seg::Own(text) => at = at.saturating_add(width(text) as u16),
                Seg::Text(range) => {
                    let text = read.plain.text.get(range.clone()).unwrap_or_default();
                    let end = at.saturating_add(width(text) as u16).min((x + w).min(body.right()));
                    let spot = Spot { text, from: range.start, x: at, y, end };
                    for (to, area) in leading(&read, &spot) {
                        match all.iter_mut().find(|link| link.0 == to) {
                            Some(link) => link.1.push(area),
                            None => all.push((to.to_owned(), vec![area])),
                        }
                    }
                    at = end;
                }
            }
        }
    }
    all.extend(crate::app::web_address(&read).map(|url| (url, titles)));
    // Anything else would have to be written as percent signs by who knows the address's own coding.
    all.retain(|(url, areas)| !areas.is_empty() && url.bytes().all(|b| b.is_ascii_graphic()));
    Some(all)
}

/// Where words of a stretch lead, with their cells.
fn leading<'r>(read: &'r Read, spot: &Spot<'_>) -> Vec<(&'r str, Area)> {
    let Some((part, all)) = stress_at(read, spot) else { return Vec::new() };
    let link = |stress: &'r Stress| {
        let range = part.start + stress.range.start..part.start + stress.range.end;
        Some((stress.to.as_deref()?, spot.cells(&range)?))
    };
    all.iter().filter_map(link).collect()
}

/// What the lead or the block sets off in which a stretch stands, and the bytes of the plain text that are the lead or block.
fn stress_at<'r>(read: &'r Read, spot: &Spot<'_>) -> Option<(Range<usize>, &'r [Stress])> {
    let part = read.plain.part_at(spot.from)?;
    let all = match part.place {
        Place::Lead => &read.article.lead_stress,
        Place::Block(n) => &read.article.blocks.get(n)?.stress,
        _ => return None,
    };
    Some((part.range.clone(), all))
}

fn draw_line(app: &App, read: &Read, line: &PageLine, x: u16, y: u16, end: u16, pen: &mut Pen<'_>) {
    let base = meaning(line.look);
    let led_to = |seg: &Seg| matches!(seg, Seg::Text(r) if app.reader.spot.is_some_and(|s| r.contains(&s)));
    if line.segs.iter().any(led_to) {
        pen.put(x.saturating_sub(SIGN), y, x, SPOT, Meaning::Bar);
    } else if !line.sign.is_empty() {
        let sign = if line.look == Look::Problem { Meaning::Problem } else { Meaning::Sign };
        // The sign of an item stands before it, however far in that is.
        let x = if line.look == Look::Item { x + line.indent } else { x };
        pen.put(x.saturating_sub(SIGN), y, x, line.sign, sign);
    }
    let mut at = x + line.indent;
    for seg in &line.segs {
        match seg {
            Seg::Pad(n) => at = at.saturating_add(*n),
            Seg::Own(text) => at = pen.put(at, y, end, text, base),
            Seg::Text(range) => {
                let text = read.plain.text.get(range.clone()).unwrap_or_default();
                let to = pen.put(at, y, end, text, base);
                let spot = Spot { text, from: range.start, x: at, y, end: to };
                stressed(read, &spot, pen);
                names(app, read, &spot, pen);
                matches(app, &spot, pen);
                at = to;
            }
        }
    }
}

/// A stretch of the plain text on the screen.
struct Spot<'a> {
    text: &'a str,
    from: usize,
    x: u16,
    y: u16,
    end: u16,
}

impl Spot<'_> {
    /// The cells of a byte range of the plain text, where they are on this line.
    fn cells(&self, range: &Range<usize>) -> Option<Area> {
        let start = range.start.max(self.from) - self.from;
        let stop = range.end.min(self.from + self.text.len()).checked_sub(self.from)?;
        let before = self.text.get(..start)?;
        let inside = self.text.get(start..stop)?;
        let x = self.x.saturating_add(width(before) as u16);
        let w = (width(inside) as u16).min(self.end.saturating_sub(x));
        (w > 0).then(|| Area::new(x, self.y, w, 1))
    }
}

/// Words that the article itself sets off.
fn stressed(read: &Read, spot: &Spot<'_>, pen: &mut Pen<'_>) {
    let Some((part, all)) = stress_at(read, spot) else { return };
    for stress in all {
        let meaning = match stress.kind {
            StressKind::Strong => Meaning::Strong,
            StressKind::Emphasis => Meaning::Emphasis,
            StressKind::Link => Meaning::Link,
            StressKind::Code => Meaning::InlineCode,
            StressKind::Struck => Meaning::Struck,
        };
        let (start, end) = (part.start + stress.range.start, part.start + stress.range.end);
        if let Some(area) = spot.cells(&(start..end)) {
            pen.tint(area, meaning);
        }
    }
}

/// Colours names by the kind of what they are joined to; until they are joined, by their own.
fn names(app: &App, read: &Read, spot: &Spot<'_>, pen: &mut Pen<'_>) {
    let Some(names) = &read.names else { return };
    let entities = &app.snapshot.entities;
    let of = app.reader.article.map(|a| entities.of(a.0 as usize)).unwrap_or_default();
    let first = names.mentions.partition_point(|m| m.end as usize <= spot.from);
    let to = spot.from + spot.text.len();
    let inside = names.mentions.iter().enumerate().skip(first).take_while(|(_, m)| (m.start as usize) < to);
    for (n, mention) in inside {
        let shown = match of.get(n) {
            Some(ix) => entities.kind(*ix),
            None => Some(mention.kind),
        };
        if let (Some(shown), Some(area)) =
            (shown, spot.cells(&(mention.start as usize..mention.end as usize)))
        {
            let led_to = app.reader.spot == Some(mention.start as usize);
            pen.tint(area, if led_to { Meaning::MatchCurrent } else { kind(shown) });
        }
    }
}

fn matches(app: &App, spot: &Spot<'_>, pen: &mut Pen<'_>) {
    let all = &app.reader.matches;
    let first = all.partition_point(|m| m.end <= spot.from);
    let to = spot.from + spot.text.len();
    for (n, range) in all.iter().enumerate().skip(first).take_while(|(_, m)| m.start < to) {
        if let Some(area) = spot.cells(range) {
            let current = app.reader.current == Some(n);
            pen.tint(area, if current { Meaning::MatchCurrent } else { Meaning::Match });
        }
    }
}
