//! An article laid out in lines of a given width.
//!
//! Owns: which line shows which bytes of the article's plain text, in which look, with which sign in the gutter.
//! Refuses: colours; names and matches are looked up by byte when a line is drawn, so a page outlives both.
//! Tests: screens in `tests/it/screens.rs`.

use std::ops::Range;

use super::credit::told_above;
use super::pictures::Framed;
use super::table;
use super::when;
use super::words::{self, Msg, Words};
use crate::article::{Article, Basis, Block, BlockKind, Place, Role, depth_of, is_numbered};
use crate::library::{Anchor, Read};
use crate::text::{fill, fit, width, wrap};

/// What a line is; each look has a style of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Look {
    /// The headline.
    Title,
    /// Our line of outlet, date and length.
    Meta,
    /// Lines that state date, byline and source, as they stand.
    Credit,
    /// The lead.
    Lead,
    /// Running text.
    Text,
    /// A subheading.
    Heading,
    /// A quoted passage.
    Quote,
    /// An item of a list.
    Item,
    /// A line that stands as it is written.
    Code,
    /// The head of a table.
    TableHead,
    /// A row of a table.
    Table,
    /// The line between the head of a table and its rows.
    TableRule,
    /// A caption, or a picture without one.
    Caption,
    /// A row that is kept free for a picture.
    Picture,
    /// Our own small words: what is hidden, how it ends.
    Note,
    /// The head of the lines set aside, the mends, the problems.
    AsideHead,
    /// A line set aside.
    Aside,
    /// A mend.
    Fix,
    /// A problem.
    Problem,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seg {
    /// Bytes of the plain text.
    Text(Range<usize>),
    /// Words of ours, or text that is not part of the plain text.
    Own(Box<str>),
    /// Blanks.
    Pad(u16),
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it looks.
    pub look: Look,
    /// The sign in the gutter before it; empty for none.
    pub sign: &'static str,
    /// Blanks before its first piece.
    pub indent: u16,
    /// Its pieces.
    pub segs: Vec<Seg>,
}

/// Signs in the gutter, one cell each.
const SIGN_QUOTE: &str = "▎";
const SIGN_ITEM: &str = "•";
const SIGN_NESTED: &str = "◦";
const SIGN_CODE: &str = "┆";
pub(super) const SIGN_CAPTION: &str = "╵";
const SIGN_INFERRED: &str = "·";
/// Of an article that was chosen with others, in the list.
pub const SIGN_MARKED: &str = "✓";
/// Before the reader's own note, here and in the list.
pub const SIGN_NOTE: &str = "✎";

/// Cells of the sign before an item, which stands at the edge of the text.
const SIGN_CELLS: usize = 2;
/// Cells that a list within a list stands further in.
const INDENT: usize = 3;

/// A laid-out article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// Start in the plain text and line, ascending by start.
    starts: Vec<(usize, usize)>,
    /// The lines up to here are the article itself.
    pub end: usize,
    /// Where pictures are drawn.
    pub pictures: Vec<Framed>,
}

/// What a page is made from and for.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The article.
    pub read: &'a Read,
    /// Cells a line.
    pub width: usize,
    /// Show what was set aside, mended and went wrong.
    pub aside: bool,
    /// What relative dates count from.
    pub now: i64,
    /// The words.
    pub words: &'a Words,
    /// The key that shows what is set aside.
    pub aside_key: &'a str,
    /// The reader's tags.
    pub tags: &'a [String],
    /// The reader's note; empty for none.
    pub note: &'a str,
    /// Columns and rows of the article's pictures, where they are drawn.
    pub pictures: &'a [Option<(u16, u16)>],
}

impl Page {
    /// Lays an article out.
    pub fn of(order: &Order<'_>) -> Self {
        let mut page = Self::default();
        page.body(order);
        page.end = page.lines.len();
        page.below(order);
        page.starts.sort_unstable();
        page
    }

    /// The line that shows a byte of the plain text.
    pub fn line_of(&self, at: usize) -> usize {
        let n = self.starts.partition_point(|s| s.0 <= at);
        n.checked_sub(1).map_or(0, |n| self.starts[n].1)
    }

    /// The line of a place: so many lines below a byte, but not beyond the next text, which is nearer where pictures went.
    pub fn line_at(&self, place: Anchor) -> usize {
        let line = place.at.map(|at| self.line_of(at));
        let from = line.map_or(0, |l| l + 1);
        let is_text = |l: &Line| l.segs.iter().any(|s| matches!(s, Seg::Text(_)));
        let next = self.lines.iter().skip(from).position(is_text).map_or(usize::MAX, |n| from + n);
        (line.unwrap_or(0) + place.below).min(next)
    }

    /// The byte of the plain text that a line, or the last one before it that shows any, begins with; and how many lines lie between.
    pub fn place_of(&self, line: usize) -> (Option<usize>, usize) {
        let last = line.min(self.lines.len().saturating_sub(1));
        for n in (0..=last).rev() {
            let start = self.lines.get(n).and_then(|l| {
                l.segs.iter().find_map(|s| if let Seg::Text(r) = s { Some(r.start) } else { None })
            });
            if start.is_some() {
                return (start, last - n);
            }
        }
        (None, last)
    }

    fn body(&mut self, order: &Order<'_>) {
        let article = &order.read.article;
        let plain = &order.read.plain;
        let mut meta_done = false;
        let mut last = None;
        for part in &plain.parts {
            if !order.aside && matches!(part.place, Place::Credit(n) if told_above(article, n)) {
                continue;
            }
            if !meta_done && !matches!(part.place, Place::Title) {
                self.meta(order);
                meta_done = true;
            }
            let mut undrawn = false;
            let same_group = matches!((last, part.place), (Some(Place::Credit(_)), Place::Credit(_)));
            let after_head =
                matches!(part.place, Place::Credit(_)) && matches!(last, None | Some(Place::Title));
            if !same_group && !after_head && !self.lines.is_empty() {
                self.gap(last, part.place, article);
            }
            if let Place::Block(n) = part.place {
                // Pictures without caption are not in the plain text.
                for block in images(article, after(last)..n) {
                    self.picture(order, block);
                    self.blank();
                }
                let drawn = self.reserve(order, n);
                let pictured = article.pictures.iter().any(|p| p.block as usize == n);
                undrawn = pictured && !drawn;
            }
            match part.place {
                Place::Title => self.flow(order, &part.range, Look::Title, "", 0),
                Place::Credit(_) => self.flow(order, &part.range, Look::Credit, "", 0),
                Place::Lead => self.flow(order, &part.range, Look::Lead, "", 0),
                Place::Block(n) => {
                    if let Some(block) = article.blocks.get(n) {
                        if undrawn && block.kind == BlockKind::Caption {
                            self.undrawn(order, &part.range);
                        } else {
                            self.block(order, block, &part.range);
                        }
                    }
                }
            }
            last = Some(part.place);
        }
        if !meta_done {
            self.meta(order);
        }
        for block in images(article, after(last)..article.blocks.len()) {
            self.blank();
            self.picture(order, block);
        }
        if article.blocks.is_empty() && article.lead.is_none() {
            self.blank();
            self.own(Look::Note, "", order.words.get(Msg::NoText), order.width);
        }
    }

    /// A blank line between parts, but not between the items of neighbouring lists or a picture's captions.
    fn gap(&mut self, last: Option<Place>, next: Place, article: &Article) {
        let kind = |p: Option<Place>| match p {
            Some(Place::Block(n)) => article.blocks.get(n).map(|b| b.kind),
            _ => None,
        };
        let (a, b) = (kind(last), kind(Some(next)));
        let tight = a == b && matches!(a, Some(BlockKind::List | BlockKind::Quote));
        if !tight {
            self.blank();
        }
    }

    fn block(&mut self, order: &Order<'_>, block: &Block, range: &Range<usize>) {
        match block.kind {
            BlockKind::Paragraph => {
                let sign = if block.inferred { SIGN_INFERRED } else { "" };
                self.flow(order, range, Look::Text, sign, 0);
            }
            BlockKind::Heading => self.flow(order, range, Look::Heading, "", 0),
            BlockKind::Quote => {
                let from = self.lines.len();
                self.flow(order, range, Look::Quote, SIGN_QUOTE, 1);
                for line in &mut self.lines[from..] {
                    line.sign = SIGN_QUOTE;
                }
            }
            BlockKind::List => self.items(order, range),
            BlockKind::Code => {
                let from = self.lines.len();
                self.flow(order, range, Look::Code, SIGN_CODE, 1);
                for line in &mut self.lines[from..] {
                    line.sign = SIGN_CODE;
                }
            }
            BlockKind::Caption | BlockKind::Image => self.flow(order, range, Look::Caption, SIGN_CAPTION, 0),
            BlockKind::Table => {
                for line in table::lines(&order.read.plain.text, range.clone(), order.width) {
                    self.push(line);
                }
            }
        }
    }

    /// Wrapped text, each line of the source anew; the sign stands before the first line of each.
    pub(super) fn flow(
        &mut self,
        order: &Order<'_>,
        range: &Range<usize>,
        look: Look,
        sign: &'static str,
        indent: u16,
    ) {
        let cells = order.width.saturating_sub(usize::from(indent)).max(1);
        let mut at = range.start;
        for row in order.read.plain.text[range.clone()].split('\n') {
            for (n, piece) in wrap(row, cells).into_iter().enumerate() {
                let sign = if n == 0 { sign } else { "" };
                let text = at + piece.start..at + piece.end;
                self.push(Line { look, sign, indent, segs: vec![Seg::Text(text)] });
            }
            at += row.len() + 1;
        }
    }

    /// The items of a list, those of lists within it further in.
    fn items(&mut self, order: &Order<'_>, range: &Range<usize>) {
        let mut at = range.start;
        for row in order.read.plain.text[range.clone()].split('\n') {
            let (depth, own) = depth_of(row);
            let (start, end) = (at + row.len() - own.len(), at + row.len());
            let indent = (depth * INDENT).min(order.width / 2);
            if is_numbered(own) {
                self.numbered(order, start..end, indent);
            } else {
                let sign = if depth == 0 { SIGN_ITEM } else { SIGN_NESTED };
                self.flow(order, &(start..end), Look::Item, sign, (indent + SIGN_CELLS) as u16);
            }
            at = end + 1;
        }
    }

    /// An item with a number of its own, which stands where others have their sign.
    fn numbered(&mut self, order: &Order<'_>, range: Range<usize>, indent: usize) {
        let text = &order.read.plain.text[range.clone()];
        let number = text.find(' ').map_or(0, |at| at + 1);
        let hang = width(&text[..number]);
        let cells = order.width.saturating_sub(indent + hang).max(1);
        for (n, piece) in wrap(&text[number..], cells).into_iter().enumerate() {
            let from = range.start + if n == 0 { 0 } else { number + piece.start };
            let text = from..range.start + number + piece.end;
            let indent = (indent + if n == 0 { 0 } else { hang }) as u16;
            self.push(Line { look: Look::Item, sign: "", indent, segs: vec![Seg::Text(text)] });
        }
    }

    fn meta(&mut self, order: &Order<'_>) {
        let (article, words) = (&order.read.article, order.words);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(article.source.clone());
        parts.extend(article.site.clone().filter(|s| article.source.as_ref() != Some(s)));
        match &article.published {
            Some(date) => {
                parts.push(format!("{}{}", date.mark(), when::exact(date.when())));
                parts.extend(when::ago(date.when(), order.now, words));
                match date.basis {
                    Basis::Stated => {}
                    Basis::Inferred => parts.push(words.get(Msg::DateInferred).to_owned()),
                    Basis::FileTime => parts.push(words.get(Msg::DateFile).to_owned()),
                }
            }
            None => parts.push(words.get(Msg::DateUnknown).to_owned()),
        }
        if !article.authors.is_empty() {
            parts.push(article.authors.join(", "));
        }
        parts.push(words.count(Msg::Words, order.read.words as usize));
        // A date is not parted from its hour, nor a number from what it counts.
        for line in fill(parts, " · ", order.width) {
            self.own(Look::Meta, "", &line, order.width);
        }
        if !order.tags.is_empty() {
            let tags: Vec<String> = order.tags.iter().map(|t| format!("#{t}")).collect();
            self.own(Look::Note, "", &tags.join(" "), order.width);
        }
        for (n, line) in order.note.lines().enumerate() {
            self.own(Look::Note, if n == 0 { SIGN_NOTE } else { "" }, line, order.width);
        }
    }

    /// What is said of a picture and not part of the plain text.
    pub(super) fn caption(&mut self, text: &str, cells: usize) {
        self.own(Look::Caption, SIGN_CAPTION, text, cells);
    }

    /// What lies below the text: a word on what is hidden, or all of it.
    fn below(&mut self, order: &Order<'_>) {
        let (article, words) = (&order.read.article, order.words);
        let counts = [
            (Msg::HiddenAside, article.set_aside.len()),
            (Msg::HiddenFixes, article.fixes.len()),
            (Msg::HiddenProblems, article.problems.len()),
        ];
        self.blank();
        let mut note = vec![format!("— {} —", words.get(Msg::TheEnd))];
        let hidden: Vec<String> = counts.iter().filter(|c| c.1 > 0).map(|c| words.count(c.0, c.1)).collect();
        if !hidden.is_empty() && !order.aside {
            note.extend(hidden);
            note.push(words.fill(Msg::HiddenKey, &[("key", order.aside_key)]));
        }
        self.own(Look::Note, "", &note.join(" · "), order.width);
        if order.aside {
            self.aside(order);
        }
    }

    fn aside(&mut self, order: &Order<'_>) {
        let (article, words) = (&order.read.article, order.words);
        if !article.problems.is_empty() {
            self.head(order, Msg::ProblemsHead, article.problems.len());
            for problem in &article.problems {
                let text = format!(
                    "{}{}: {}",
                    line_label(problem.line, words),
                    words.get(words::problem(problem.kind)),
                    words.said(&problem.message)
                );
                self.own(Look::Problem, "!", &text, order.width);
            }
        }
        if !article.set_aside.is_empty() {
            self.head(order, Msg::AsideHead, article.set_aside.len());
            for role in roles(article) {
                let lines: Vec<_> = article.set_aside.iter().filter(|s| s.role == role).collect();
                let title = format!("{} · {}", words.get(words::role(role)), words.number(lines.len()));
                self.own(Look::Note, "", &title, order.width);
                for line in lines {
                    let text = format!("{:>4}  {}", line.line, line.text);
                    self.hanging(Look::Aside, &text, 6, order.width);
                }
            }
        }
        if !article.fixes.is_empty() {
            self.head(order, Msg::FixesHead, article.fixes.len());
            for fix in &article.fixes {
                let (wrong, right) = (words.said(&fix.wrong), words.said(&fix.right));
                let text = format!("{:>4}  {wrong} → {right}  ({})", fix.line, words.mend(&fix.kind));
                self.hanging(Look::Fix, &text, 6, order.width);
            }
        }
    }

    fn head(&mut self, order: &Order<'_>, msg: Msg, n: usize) {
        self.blank();
        self.own(Look::AsideHead, "", &order.words.count(msg, n), order.width);
    }

    /// Text that is not part of the plain text.
    fn own(&mut self, look: Look, sign: &'static str, text: &str, cells: usize) {
        let mut sign = sign;
        for row in text.split('\n') {
            for piece in wrap(row, cells) {
                self.push(Line { look, sign, indent: 0, segs: vec![Seg::Own(row[piece].into())] });
                sign = "";
            }
        }
    }

    /// As `own`, with all lines but the first set in by `by` cells; the first `by` bytes must be a label of as many cells.
    fn hanging(&mut self, look: Look, text: &str, by: usize, cells: usize) {
        let label = text.get(..by).unwrap_or_default();
        let rest = text.get(by..).unwrap_or(text).replace('\n', " ");
        let label = fit(label, cells).into_owned();
        let by = width(&label);
        for (n, piece) in wrap(&rest, cells.saturating_sub(by).max(1)).into_iter().enumerate() {
            let mut segs = vec![Seg::Own(rest[piece].into())];
            if n == 0 {
                segs.insert(0, Seg::Own(label.as_str().into()));
            }
            self.push(Line { look, sign: "", indent: if n == 0 { 0 } else { by as u16 }, segs });
        }
    }

    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|l| !l.segs.is_empty()) {
            self.push(Line { look: Look::Text, sign: "", indent: 0, segs: Vec::new() });
        }
    }

    pub(super) fn push(&mut self, line: Line) {
        let here = self.lines.len();
        let texts =
            line.segs.iter().filter_map(|s| if let Seg::Text(r) = s { Some((r.start, here)) } else { None });
        self.starts.extend(texts);
        self.lines.push(line);
    }
}

/// The block after the last part shown.
fn after(last: Option<Place>) -> usize {
    if let Some(Place::Block(n)) = last { n + 1 } else { 0 }
}

/// The pictures without caption among some blocks.
fn images(article: &Article, blocks: Range<usize>) -> impl Iterator<Item = usize> {
    blocks.filter(|n| article.blocks.get(*n).is_some_and(|b| b.kind == BlockKind::Image))
}

fn line_label(line: u32, words: &Words) -> String {
    if line == 0 { String::new() } else { format!("{} · ", words.count(Msg::LineNumber, line as usize)) }
}

/// The roles of the lines set aside, in order of appearance.
fn roles(article: &Article) -> Vec<Role> {
    let mut out: Vec<Role> = Vec::new();
    for line in &article.set_aside {
        if !out.contains(&line.role) {
            out.push(line.role);
        }
    }
    out
}
