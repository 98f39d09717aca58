//! What panes may look at, and how they are asked to move.

use std::sync::Arc;

use super::action::Action;
use super::layout::{Sizes, Widths};
use super::pictures::Drawing;
use super::words::{Lang, Words};
use crate::library::{ArticleIx, Facets, Read, Snapshot};

/// What the reader prefers; and the time.
#[derive(Debug, Clone, Default)]
pub struct Prefs {
    /// The language of the screen.
    pub lang: Lang,
    /// The name of the theme.
    pub theme: String,
    /// The themes there are.
    pub themes: Vec<String>,
    /// The files and folders that were opened, in words; empty for the library.
    pub opened: String,
    /// Minutes since 1970 UTC: what relative dates count from.
    pub now: i64,
    /// Widths chosen by hand.
    pub widths: Widths,
    /// Dates in full in the list.
    pub exact_dates: bool,
    /// How pictures are drawn.
    pub drawing: Drawing,
    /// The terminal gives a picture of several characters the cells of one.
    pub clusters: bool,
}

/// Read-only view that is handed to panes.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    /// The library.
    pub snapshot: &'a Arc<Snapshot>,
    /// What the reader prefers.
    pub prefs: &'a Prefs,
    /// Where everything stands.
    pub sizes: &'a Sizes,
    /// Counts under the filter; `None` without one.
    pub facets: Option<&'a Facets>,
}

impl Cx<'_> {
    /// The words of the screen.
    pub fn words(&self) -> &'static Words {
        self.prefs.lang.words()
    }

    /// An article that has been read.
    pub fn read(&self, ix: ArticleIx) -> Option<Arc<Read>> {
        self.snapshot.read(ix)
    }
}

/// A number of rows as a distance.
pub fn signed(n: usize) -> isize {
    isize::try_from(n).unwrap_or(isize::MAX)
}

/// The next (`by` > 0) or previous of `len` things, round and round.
pub fn cycle(at: usize, by: isize, len: usize) -> usize {
    let step = if by > 0 { 1 } else { len.saturating_sub(1) };
    if len == 0 { 0 } else { (at + step) % len }
}

/// How a pane is asked to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// By lines or rows.
    By(isize),
    /// By half pages.
    Half(isize),
    /// By pages.
    Page(isize),
    /// To the top, or to the n-th row from 1.
    Top(Option<usize>),
    /// To the bottom, or to the n-th row from 1.
    Bottom(Option<usize>),
}

impl Motion {
    /// The motion of an action, so many times.
    pub fn of(action: Action, count: Option<u32>) -> Option<Self> {
        let n = count.map_or(1, |n| signed(n as usize));
        let row = count.map(|n| n as usize);
        Some(match action {
            Action::Down => Self::By(n),
            Action::Up => Self::By(-n),
            Action::HalfDown => Self::Half(n),
            Action::HalfUp => Self::Half(-n),
            Action::PageDown => Self::Page(n),
            Action::PageUp => Self::Page(-n),
            Action::Top => Self::Top(row),
            Action::Bottom => Self::Bottom(row),
            _ => return None,
        })
    }

    /// Where it leads from `at`, with rows `0..len` and `page` of them on screen.
    pub fn apply(self, at: usize, len: usize, page: usize) -> usize {
        let last = len.saturating_sub(1);
        let by = |n: isize| at.saturating_add_signed(n).min(last);
        match self {
            Self::By(n) => by(n),
            Self::Half(n) => by(n.saturating_mul(signed((page / 2).max(1)))),
            // A page keeps one row in sight, so that the eye finds its place.
            Self::Page(n) => by(n.saturating_mul(signed(page.saturating_sub(1).max(1)))),
            Self::Top(None) => 0,
            Self::Bottom(None) => last,
            Self::Top(Some(n)) | Self::Bottom(Some(n)) => n.saturating_sub(1).min(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motions_stay_inside() {
        for (motion, at, expect) in [
            (Motion::By(1), 0, 1),
            (Motion::By(-1), 0, 0),
            (Motion::By(99_999), 3, 9),
            (Motion::Half(1), 0, 2),
            (Motion::Half(-1), 1, 0),
            (Motion::Page(1), 0, 3),
            (Motion::Page(-2), 9, 3),
            (Motion::Top(None), 5, 0),
            (Motion::Top(Some(3)), 5, 2),
            (Motion::Bottom(None), 5, 9),
            (Motion::Bottom(Some(99)), 5, 9),
        ] {
            assert_eq!(motion.apply(at, 10, 4), expect, "{motion:?} from {at}");
            assert_eq!(motion.apply(0, 0, 0), 0, "{motion:?} in nothing");
        }
    }
}
