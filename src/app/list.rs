//! The list of articles.
//!
//! Owns: which articles stand in it, which is chosen (by article, never by row), what is in sight, where its columns stand.
//! Refuses: searching; to lay out a row that is not in sight. Tests: at the foot; screens in `tests/it/screens.rs`.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::cx::{Cx, Motion};
use super::layout::Area;
use crate::library::{ArticleIx, Entry, Is, Marks};
use crate::text::{fit, wrap};

/// Cells before a title: the bar of the chosen row, the mark of an unread one, a blank.
pub const MARGIN: u16 = 3;
/// Lines of a title in a list that is longer than the pane, and where there is room.
const TITLE_LINES: usize = 2;
const MOST_LINES: usize = 6;

/// From this width on rows have columns: below, they would take more from the titles than they give.
const COLUMNS: u16 = 96;
/// Cells of the columns.
const DATE: u16 = 11;
const EXACT_DATE: u16 = 17;
const LEAST_OUTLET: u16 = 19;
const MOST_OUTLET: u16 = 26;
const TIES: u16 = 4;

/// The columns of a wide list: where each begins and the column after its last; the title takes the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// When it was published, at the right edge.
    pub date: (u16, u16),
    /// Who put it out.
    pub outlet: (u16, u16),
    /// Reprint and story, at the right edge.
    pub ties: (u16, u16),
    /// Where titles begin.
    pub title: u16,
}

impl Columns {
    /// Those of a list in this area; `None` where it has no room for any.
    pub fn of(area: Area, exact_dates: bool) -> Option<Self> {
        if area.w < COLUMNS {
            return None;
        }
        let column = |from: u16, cells: u16| (from, from + cells);
        let date = column(area.x + MARGIN, if exact_dates { EXACT_DATE } else { DATE });
        let outlet = column(date.1 + 2, (area.w / 5).clamp(LEAST_OUTLET, MOST_OUTLET));
        let ties = column(outlet.1 + 1, TIES);
        Some(Self { date, outlet, ties, title: ties.1 + 2 })
    }
}

/// A row in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Which row.
    pub row: usize,
    /// The article.
    pub article: ArticleIx,
    /// Where it stands; the last may be cut off below.
    pub area: Area,
}

/// The list of articles.
#[derive(Debug, Clone, Default)]
pub struct ListPane {
    /// The articles, newest first.
    pub rows: Arc<Vec<ArticleIx>>,
    /// The chosen article.
    pub selected: Option<ArticleIx>,
    /// The chosen article's row (kept in step by [`ListPane::set_rows`]).
    pub row: usize,
    /// The first row in sight.
    pub top: usize,
    /// Until the reader chooses, the first row stays chosen while batches arrive.
    touched: bool,
    /// The article that was chosen when the list became empty.
    lost: Option<ArticleIx>,
    /// The wheel moved what is in sight away from the chosen row.
    loose: bool,
    /// Lines that a title may take.
    lines: usize,
    /// Articles of the list that are unread, and what they were counted from: in a large library that takes as long as a frame.
    pub unread: usize,
    counted: Option<(Arc<Vec<ArticleIx>>, Arc<Marks>)>,
}

/// The lines of a title: all of it, or so many lines with the rest left out at a syllable.
pub fn title_lines(title: &str, cells: usize, most: usize) -> Vec<String> {
    let pieces = wrap(title, cells.max(1));
    if pieces.len() <= most {
        return pieces.into_iter().map(|p| title[p].to_owned()).collect();
    }
    let rest = &title[pieces[most - 1].start..];
    let mut out: Vec<String> = pieces[..most - 1].iter().map(|p| title[p.clone()].to_owned()).collect();
    out.push(fit(rest, cells).into_owned());
    out
}

/// The same where a list is longer than its pane.
pub fn short_title(title: &str, cells: usize) -> Vec<String> {
    title_lines(title, cells, TITLE_LINES)
}

/// What the reader wrote about an article stands below its facts.
fn has_own(article: ArticleIx, cx: &Cx<'_>) -> bool {
    let marks = &cx.snapshot.marks;
    !marks.note(article).is_empty() || !marks.tags(article).is_empty()
}

impl ListPane {
    /// Puts other articles in the list. The chosen article stays chosen and at its height on the screen; where it is gone, the first
    /// takes its place if they answer another question, else its nearest neighbour.
    pub fn set_rows(&mut self, rows: Arc<Vec<ArticleIx>>, other: bool) {
        let old = std::mem::replace(&mut self.rows, rows);
        let wanted = self.selected.or(self.lost);
        self.lost = if self.rows.is_empty() { wanted } else { None };
        if !self.touched || wanted.is_none() {
            self.pick(0);
            self.top = 0;
            return;
        }
        let place = wanted.and_then(|s| {
            if self.rows.get(self.row) == Some(&s) {
                Some(self.row)
            } else {
                self.rows.iter().position(|r| *r == s)
            }
        });
        if other && place.is_none() {
            self.pick(0);
            self.top = 0;
            return;
        }
        let place = place.or_else(|| {
            let here: FxHashSet<ArticleIx> = self.rows.iter().copied().collect();
            let (before, after) = old.split_at(self.row.min(old.len()));
            let near = after.iter().chain(before.iter().rev()).find(|a| here.contains(a))?;
            self.rows.iter().position(|r| r == near)
        });
        let place = place.unwrap_or(0);
        let above = self.row.saturating_sub(self.top);
        self.pick(place);
        self.top = self.row.saturating_sub(above);
    }

    /// The reader did something: from now on the choice is kept.
    pub fn touch(&mut self) {
        self.touched = true;
    }

    /// Chooses an article by hand; `false` where it is not in the list.
    pub fn select(&mut self, article: ArticleIx) -> bool {
        let place = if self.rows.get(self.row) == Some(&article) {
            Some(self.row)
        } else {
            self.rows.iter().position(|r| *r == article)
        };
        if let Some(row) = place {
            self.touched = true;
            self.pick(row);
        }
        place.is_some()
    }

    /// The reader did something.
    pub fn is_touched(&self) -> bool {
        self.touched
    }

    /// The chosen article goes on as another one.
    pub fn inherit(&mut self, article: ArticleIx) {
        self.selected = Some(article);
    }

    /// Chooses a row by hand.
    pub fn select_row(&mut self, row: usize) {
        self.touched = true;
        self.pick(row);
    }

    fn pick(&mut self, row: usize) {
        self.row = row.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.row).copied();
        self.loose = false;
    }

    /// Moves the choice.
    pub fn go(&mut self, motion: Motion, cx: &Cx<'_>) {
        let page = self.visible(cx).len();
        self.select_row(motion.apply(self.row, self.rows.len(), page));
    }

    /// Cells of a title in a list in this area.
    fn cells(body: Area, cx: &Cx<'_>) -> usize {
        let margin = Columns::of(body, cx.prefs.exact_dates).map_or(MARGIN, |c| c.title - body.x);
        cx.sizes.cells(body, margin)
    }

    /// Lines that a title may take: as many as leave all articles in sight, where they are so few.
    fn lines_of_titles(&self, body: Area, cx: &Cx<'_>) -> usize {
        let high = usize::from(body.h);
        if self.rows.len() * (TITLE_LINES + 1) > high {
            return TITLE_LINES;
        }
        let cells = Self::cells(body, cx);
        let entries = self.rows.iter().filter_map(|a| cx.snapshot.entry(*a));
        let whole: Vec<usize> = entries.map(|e| wrap(&e.title(), cells.max(1)).len()).collect();
        let fits = |most: &usize| whole.iter().map(|lines| lines.min(most) + 1).sum::<usize>() <= high;
        (TITLE_LINES..=MOST_LINES).rev().find(fits).unwrap_or(TITLE_LINES)
    }

    /// The lines of a title in the list: a title is cut only where its rows are wanted for other articles.
    pub fn title(&self, entry: &Entry, cx: &Cx<'_>) -> Vec<String> {
        let Some(body) = cx.sizes.list.map(Area::body) else { return Vec::new() };
        title_lines(&entry.title(), Self::cells(body, cx), self.lines.max(TITLE_LINES))
    }

    /// Rows of the screen that an article takes.
    fn height(&self, article: ArticleIx, entry: &Entry, body: Area, cx: &Cx<'_>) -> u16 {
        let title = self.title(entry, cx).len() as u16;
        if Columns::of(body, cx.prefs.exact_dates).is_none() {
            return title + 1;
        }
        title.max(1 + u16::from(has_own(article, cx)))
    }

    /// Moves what is in sight, not the choice.
    pub fn wheel(&mut self, by: isize) {
        self.touched = true;
        self.top = self.top.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.loose = true;
    }

    /// Counts what is unread, where articles or marks are others than at the last time.
    pub fn count_unread(&mut self, marks: &Arc<Marks>) {
        let same = |(rows, of): &(_, _)| Arc::ptr_eq(rows, &self.rows) && Arc::ptr_eq(of, marks);
        if !self.counted.as_ref().is_some_and(same) {
            self.unread = self.rows.iter().filter(|a| marks.is(**a, Is::Unread)).count();
            self.counted = Some((Arc::clone(&self.rows), Arc::clone(marks)));
        }
    }

    /// Brings the chosen row into sight.
    pub fn settle(&mut self, cx: &Cx<'_>) {
        let Some(body) = cx.sizes.list.map(Area::body) else { return };
        self.lines = self.lines_of_titles(body, cx);
        let tall = |row: usize| {
            let shown = self.rows.get(row).and_then(|a| Some((*a, cx.snapshot.entry(*a)?)));
            shown.map_or(1, |(article, entry)| self.height(article, entry, body, cx))
        };
        let mut top = self.top.min(self.rows.len().saturating_sub(1));
        if !self.loose {
            top = top.clamp(self.row.saturating_sub(usize::from(body.h)), self.row);
            let mut used: u16 = (top..=self.row).map(tall).sum();
            while used > body.h && top < self.row {
                used -= tall(top);
                top += 1;
            }
        }
        // No empty rows below the last article while there are articles above.
        let mut free = body.h;
        for row in top..self.rows.len() {
            free = free.saturating_sub(tall(row));
            if free == 0 {
                break;
            }
        }
        while top > 0 && tall(top - 1) <= free {
            top -= 1;
            free -= tall(top);
        }
        self.top = top;
    }

    /// The rows in sight.
    pub fn visible(&self, cx: &Cx<'_>) -> Vec<Shown> {
        let Some(body) = cx.sizes.list.map(Area::body) else { return Vec::new() };
        let mut out = Vec::new();
        let mut y = body.y;
        for (row, &article) in self.rows.iter().enumerate().skip(self.top) {
            let left = body.y + body.h - y;
            if left == 0 {
                break;
            }
            let Some(entry) = cx.snapshot.entry(article) else { continue };
            let h = self.height(article, entry, body, cx).min(left);
            out.push(Shown { row, article, area: Area::new(body.x, y, body.w, h) });
            y += h;
        }
        out
    }

    /// The row at a line of the screen.
    pub fn row_at(&self, y: u16, cx: &Cx<'_>) -> Option<usize> {
        self.visible(cx).iter().find(|s| s.area.holds(s.area.x, y)).map(|s| s.row)
    }

    /// The article `by` rows away from `article` (or from the chosen row, where it is not in the list).
    pub fn beside(&self, article: Option<ArticleIx>, by: isize) -> Option<ArticleIx> {
        let at = article.and_then(|a| self.rows.iter().position(|r| *r == a)).unwrap_or(self.row);
        self.rows.get(at.checked_add_signed(by)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(numbers: &[u32]) -> Arc<Vec<ArticleIx>> {
        Arc::new(numbers.iter().map(|n| ArticleIx(*n)).collect())
    }

    /// From the rows before, with one chosen by hand or not, to the chosen one after.
    fn check(before: &[u32], chosen: Option<u32>, after: &[u32], expect: Option<u32>) {
        let mut list = ListPane::default();
        list.set_rows(rows(before), false);
        if let Some(n) = chosen {
            assert!(list.select(ArticleIx(n)));
        }
        list.set_rows(rows(after), false);
        assert_eq!(list.selected, expect.map(ArticleIx), "{before:?} {chosen:?} {after:?}");
        assert_eq!(list.selected, list.rows.get(list.row).copied());
    }

    #[test]
    fn the_choice_is_kept_by_article() {
        check(&[1, 2, 3], Some(2), &[9, 8, 1, 2, 3], Some(2));
        check(&[1, 2, 3], Some(2), &[3, 2, 1], Some(2));
        check(&[1, 2, 3], Some(2), &[1, 3], Some(3));
        check(&[1, 2, 3], Some(3), &[1, 2], Some(2));
        check(&[1, 2, 3], Some(2), &[7], Some(7));
        check(&[1, 2, 3], Some(2), &[], None);
        check(&[1, 2, 3], None, &[9, 1, 2], Some(9));
        check(&[], None, &[4], Some(4));
    }

    #[test]
    fn the_answer_to_another_question_begins_with_its_first() {
        for (after, row, top) in [(&[4, 5][..], 0, 0), (&[1, 3, 6], 2, 0), (&[2, 4, 5, 6], 3, 1)] {
            let mut list = ListPane::default();
            list.set_rows(rows(&[1, 2, 3, 4, 5, 6]), false);
            list.select(ArticleIx(6));
            list.top = 3;
            list.set_rows(rows(after), true);
            assert_eq!((list.row, list.top), (row, top), "{after:?}");
        }
    }

    #[test]
    fn columns_leave_most_of_the_list_to_titles() {
        for (w, exact, expect) in [
            (95, false, None),
            (96, false, Some(((3, 14), (16, 35), (36, 40), 42))),
            (96, true, Some(((3, 20), (22, 41), (42, 46), 48))),
            (200, false, Some(((3, 14), (16, 42), (43, 47), 49))),
        ] {
            let columns = Columns::of(Area::new(0, 1, w, 20), exact);
            assert_eq!(columns.map(|c| (c.date, c.outlet, c.ties, c.title)), expect, "{w}");
            assert!(columns.is_none_or(|c| w - c.title >= w / 2), "{w}");
        }
    }

    #[test]
    fn a_chosen_article_stays_at_its_height() {
        let mut list = ListPane::default();
        list.set_rows(rows(&[1, 2, 3, 4, 5, 6]), false);
        list.select(ArticleIx(5));
        list.top = 2;
        list.set_rows(rows(&[10, 11, 12, 1, 2, 3, 4, 5, 6]), false);
        assert_eq!((list.row, list.top), (7, 5));
    }
}
