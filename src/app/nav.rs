//! Which pane has the keys, and the way back.

use std::collections::BTreeMap;

use super::cx::cycle;
use super::panel::Place;
use crate::library::ArticleIx;

/// The panes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of articles.
    #[default]
    List,
    /// The article.
    Reader,
    /// The names.
    Names,
    /// The related stories.
    Related,
}

impl Focus {
    /// All panes, in the order in which Tab visits them.
    pub const ALL: [Self; 4] = [Self::List, Self::Reader, Self::Names, Self::Related];

    /// The pane after (`by` > 0) or before this one, round and round.
    #[must_use]
    pub fn beside(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|f| *f == self).unwrap_or(0);
        Self::ALL[cycle(at, by, Self::ALL.len())]
    }
}

/// A border that is being dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drag {
    /// Which.
    pub border: Border,
    /// It moved: a click alone changes nothing.
    pub moved: bool,
}

/// A border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// A column, as in [`super::Sizes::borders`].
    Column(usize),
    /// A head row, as in [`super::Sizes::rules`].
    Row(usize),
}

/// A page that lay over the panes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// The press review.
    Review,
    /// The page of the name with this id.
    Name(String),
    /// What the article and this one share.
    Evidence(ArticleIx),
}

/// A place to come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The article.
    pub article: ArticleIx,
    /// The pane.
    pub focus: Focus,
    /// How far it was scrolled.
    pub anchor: crate::library::Anchor,
    /// The page that lay over it, and the place in that.
    pub page: Option<(Leaf, Place)>,
}

/// Places kept at most.
const KEPT: usize = 200;

/// Which pane has the keys, what is shown, and the places left by jumps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nav {
    /// The pane that has the keys.
    pub focus: Focus,
    /// The text alone.
    pub zen: bool,
    /// Names and related lie over the list (80 to 119 columns).
    pub drawer: bool,
    /// The pane that had the keys before the names or the related stories took them.
    pub(super) came_from: Focus,
    /// The border that is being dragged.
    pub drag: Option<Drag>,
    pub(super) back: Vec<Spot>,
    pub(super) forward: Vec<Spot>,
    /// Places marked with a letter.
    pub(super) places: BTreeMap<char, Spot>,
}

impl Nav {
    /// Remembers the place that a jump leaves; what was ahead is forgotten.
    pub fn leave(&mut self, spot: Spot) {
        self.forward.clear();
        if self.back.last() != Some(&spot) {
            self.back.push(spot);
        }
        if self.back.len() > KEPT {
            self.back.remove(0);
        }
    }

    /// The place to go back to from `here`.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        let spot = self.back.pop()?;
        self.forward.push(here);
        Some(spot)
    }

    /// The place to go forward to from `here`.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        let spot = self.forward.pop()?;
        self.back.push(here);
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Anchor;

    fn spot(n: u32) -> Spot {
        Spot { article: ArticleIx(n), focus: Focus::List, anchor: Anchor::default(), page: None }
    }

    #[test]
    fn jumps_go_back_and_forward() {
        let mut nav = Nav::default();
        assert_eq!(nav.back(spot(0)), None);
        nav.leave(spot(1));
        nav.leave(spot(2));
        assert_eq!(nav.back(spot(3)), Some(spot(2)));
        assert_eq!(nav.back(spot(2)), Some(spot(1)));
        assert_eq!(nav.forward(spot(1)), Some(spot(2)));
        assert_eq!(nav.forward(spot(2)), Some(spot(3)));
        assert_eq!(nav.forward(spot(3)), None);
        nav.leave(spot(9));
        assert_eq!(nav.forward(spot(9)), None);
    }

    #[test]
    fn panes_are_visited_round_and_round() {
        assert_eq!(Focus::Related.beside(1), Focus::List);
        assert_eq!(Focus::List.beside(-1), Focus::Related);
    }
}
