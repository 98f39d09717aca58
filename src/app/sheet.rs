//! Lines of a page in the making, for a width.
//!
//! Owns: laying out what all pages have in common: sections, entries behind labels, what is folded; how wide a page has to be.
//! Refuses: the place in the page (`panel`). Tests: at the foot; key scripts in `tests/it/press_review.rs`.

use super::layout::MEASURE;
use super::panel::{Away, Fold, Line, Look, Stop};
use crate::library::ArticleIx;
use crate::text::{fit, pad, width, wrap};

/// From so many cells on, labels stand in a column of their own.
pub const ROOMY: usize = 64;
/// Cells of that column, and where there is much room: outlets have long names.
pub const LABEL: usize = 18;
const LONG_LABEL: usize = 26;
/// From so many cells on there is much room.
const SPACIOUS: usize = 110;
/// Cells of running words at most: labels, and behind them lines no longer than those of an article.
const PROSE: usize = LONG_LABEL + MEASURE as usize;
/// Cells of a page at most: the texts of two articles beside each other.
const WIDEST: usize = 2 * MEASURE as usize + 3;
/// Cells of a sign that something is folded, and of a day behind it, where there is little room.
const SIGN: usize = 2;
const SHORT_LABEL: usize = SIGN + 12;
/// Between the items of a list in one line.
const BETWEEN: &str = " · ";
/// Lines of a sentence or quote at most: the article has the rest.
pub const LINES: usize = 4;

/// Where something was cut.
const CUT: char = '…';

/// Cells of a page on a screen of so many: `most`, and without anything that needs more.
pub(super) fn cells(screen: u16) -> (usize, usize) {
    let room = usize::from(screen.saturating_sub(4));
    (room.min(WIDEST), room.min(PROSE))
}

/// Lines in the making, for a width.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Cells.
    pub width: usize,
    /// Labels are dates, which need less room than outlets and people.
    pub dates: bool,
    /// What stays in sight, however far one scrolls: what the letters over columns stand for.
    pub foot: Vec<String>,
    /// What its first lines say, short, for when they are out of sight.
    pub head: String,
    pub(super) lines: Vec<Line>,
    pub(super) stops: Vec<Stop>,
}

impl Sheet {
    /// An empty one.
    pub fn new(width: usize) -> Self {
        Self { width: width.max(1), ..Self::default() }
    }

    /// A page of these cells at most: as wide as running words, but where cells of its tables are cut that have room on a wider one.
    /// One that is `wide` already stays so, whatever is folded meanwhile.
    pub fn fitting(most: usize, wide: bool, lay: impl Fn(usize) -> Self) -> Self {
        let narrow = lay(most.min(PROSE));
        if most <= PROSE {
            return narrow;
        }
        let full = lay(most);
        if wide || full.cuts() < narrow.cuts() { full } else { narrow }
    }

    /// Places where something was cut, and lines: what is cut to a sign is explained in lines of its own.
    fn cuts(&self) -> usize {
        let cut = self.lines.iter().flat_map(|l| &l.segs).map(|s| s.1.matches(CUT).count());
        self.lines.len() + cut.sum::<usize>()
    }

    /// Cells of running words.
    fn prose(&self) -> usize {
        self.width.min(PROSE)
    }

    /// A new stop.
    pub fn stop(&mut self, article: ArticleIx, at: usize) -> usize {
        self.stops.push(Stop { article, at, fold: None, away: None });
        self.stops.len() - 1
    }

    /// A new stop that leads to no article, but has to do with one.
    pub fn away(&mut self, article: ArticleIx, away: Away) -> usize {
        self.stops.push(Stop { article, at: 0, fold: None, away: Some(away) });
        self.stops.len() - 1
    }

    /// The number of stops so far: that of the next one.
    pub fn stops(&self) -> usize {
        self.stops.len()
    }

    /// A new stop that opens and closes something.
    pub fn fold(&mut self, article: ArticleIx, at: usize, fold: Fold) -> usize {
        self.stops.push(Stop { article, at, fold: Some(fold), away: None });
        self.stops.len() - 1
    }

    /// A line.
    pub fn line(&mut self, segs: Vec<(Look, String)>, stop: Option<usize>) {
        self.lines.push(Line { segs, stop });
    }

    /// Words in as many lines as they take.
    pub fn words(&mut self, look: Look, text: &str, stop: Option<usize>) {
        for piece in wrap(text, self.prose()) {
            self.line(vec![(look, text[piece].to_owned())], stop);
        }
    }

    /// The head of a section.
    pub fn section(&mut self, head: String) {
        if !self.lines.is_empty() {
            self.line(Vec::new(), None);
        }
        self.line(vec![(Look::Head, head)], None);
    }

    /// What is folded, in one line: whether it is open, a label, words, and at the edge how much more there is.
    pub fn folded(
        &mut self,
        open: bool,
        label: &(Look, String),
        words: &(Look, String),
        more: &str,
        stop: Option<usize>,
    ) {
        let sign = if open { "▾ " } else { "▸ " };
        // What is dim is so all over.
        let mark = if label.0 == Look::Dim { Look::Dim } else { Look::Sign };
        let indent = self.indent().max(SHORT_LABEL).min(self.width / 2);
        let label_cells = indent.saturating_sub(SIGN + 1);
        let edge = if more.is_empty() { 0 } else { width(more) + 1 };
        let cells = self.width.saturating_sub(indent + edge).max(1);
        self.line(
            vec![
                (mark, sign.to_owned()),
                (label.0, pad(&fit(&label.1, label_cells), indent - SIGN)),
                (words.0, pad(&fit(&words.1, cells), cells + usize::from(edge > 0))),
                (mark, more.to_owned()),
            ],
            stop,
        );
    }

    /// The same of a list: as much of it as has room, and how many more there are.
    pub fn folded_list(
        &mut self,
        open: bool,
        label: &(Look, String),
        (look, items): (Look, &[String]),
        more: &dyn Fn(usize) -> String,
        stop: Option<usize>,
    ) {
        let room = self.width.saturating_sub(self.indent().max(SHORT_LABEL).min(self.width / 2));
        let rest = |shown: usize| if shown < items.len() { more(items.len() - shown) } else { String::new() };
        let fits = |shown: &usize| {
            let edge = width(&rest(*shown));
            width(&items[..*shown].join(BETWEEN)) + if edge > 0 { edge + 1 } else { 0 } <= room
        };
        let shown = (1..=items.len()).rev().find(fits).unwrap_or(items.len().min(1));
        let (words, more) =
            if open { (String::new(), String::new()) } else { (items[..shown].join(BETWEEN), rest(shown)) };
        self.folded(open, label, &(look, words), &more, stop);
    }

    /// Cells of the column of labels.
    fn indent(&self) -> usize {
        match self.width {
            SPACIOUS.. if !self.dates => LONG_LABEL,
            ROOMY.. => LABEL,
            narrow => 2.min(narrow - 1),
        }
    }

    /// Text behind a label: in a column of its own where there is room, else below it.
    pub fn entry(&mut self, label: &(Look, String), look: Look, text: &str, stop: Option<usize>) {
        let beside = self.width >= ROOMY;
        let indent = self.indent();
        let mut first =
            Some((label.0, fit(&label.1, if beside { indent - 1 } else { self.width }).into_owned()));
        if !beside && let Some(label) = first.take_if(|l| !l.1.is_empty()) {
            self.line(vec![label], stop);
        }
        let cells = (self.prose() - indent).max(1);
        let pieces = wrap(text, cells);
        for (n, piece) in pieces.iter().take(LINES).enumerate() {
            let cut = n + 1 == LINES && pieces.len() > LINES;
            let words = if cut {
                fit(&text[piece.start..], cells).into_owned()
            } else {
                text[piece.clone()].to_owned()
            };
            let (label_look, label) = first.take().unwrap_or((Look::Dim, String::new()));
            self.line(vec![(label_look, pad(&label, indent)), (look, words)], stop);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_wider_than_running_words_where_a_cell_is_cut() {
        let lay = |text: &str| {
            let text = text.to_owned();
            move |width: usize| {
                let mut sheet = Sheet::new(width);
                let label = (Look::Outlet, "Báo".to_owned());
                sheet.entry(&label, Look::Text, &"một hai ".repeat(40), None);
                sheet.words(Look::Text, &"một hai ".repeat(40), None);
                sheet.folded(false, &label, &(Look::Quote, text.clone()), "◉", None);
                sheet
            }
        };
        let widths = |sheet: &Sheet| -> Vec<usize> {
            let cells = |l: &Line| l.segs.iter().map(|s| width(s.1.trim_end())).sum();
            sheet.lines.iter().map(cells).collect()
        };
        for (text, most, wide, expect) in [
            ("ngắn", 183, false, 116),
            ("ngắn", 183, true, 183),
            (&"dài ".repeat(30), 183, false, 183),
            (&"dài ".repeat(30), 100, false, 100),
            // More than has room anywhere, and cut as often.
            (&"dài ".repeat(300), 183, false, 116),
        ] {
            let sheet = Sheet::fitting(most, wide, lay(text));
            assert_eq!(sheet.width, expect, "{text}");
            let lines = widths(&sheet);
            let (folded, prose) = lines.split_last().expect("lines");
            assert!(prose.iter().all(|cells| *cells <= PROSE.min(most)), "{prose:?}");
            assert!(*folded <= expect, "{folded}");
        }
    }
}
