//! The passages of a press review: those that only one column has, and those that were read before.
//!
//! Owns: a line for each column or outlet, with the longest of its passages, and behind it the rest.
//! Refuses: to look anything up: that is [`Page`]'s. Tests: key scripts in `tests/it/press_review.rs`.

use super::panel::{Fold, Look};
use super::review_lines::Page;
use super::review_who::passage_of;
use super::words::Msg;
use crate::story::review::Place;

impl Page<'_> {
    /// Passages that only one column has.
    pub(super) fn only(&mut self) {
        let who = |p| passage_of(self.reviewed, p, self.cx.words());
        let places = self.reviewed.review.only.iter().map(|p| (who(p), &p.place)).collect();
        self.passages(Msg::ReviewOnly, Look::Text, places);
    }

    /// Passages that were read before.
    pub(super) fn seen(&mut self) {
        let seen = self.reviewed.review.seen.iter();
        let places = seen.map(|p| (self.outlet(p.place.piece), &p.place)).collect();
        self.passages(Msg::ReviewSeen, Look::Dim, places);
    }

    fn passages(&mut self, msg: Msg, look: Look, passages: Vec<(String, &Place)>) {
        if passages.is_empty() {
            return;
        }
        self.section(msg, passages.len());
        let mut groups: Vec<(String, Vec<&Place>)> = Vec::new();
        for (who, place) in passages {
            match groups.iter_mut().find(|g| g.0 == who) {
                Some((_, places)) => places.push(place),
                None => groups.push((who, vec![place])),
            }
        }
        for (who, places) in groups {
            let Some(longest) = places.iter().max_by_key(|p| p.range.len()) else { continue };
            let piece = longest.piece;
            let fold = Fold::Piece(msg, places[0].piece);
            let open = self.open.contains(&fold);
            let stop = self.fold(piece, longest.range.start, fold);
            let label = (self.look(piece, Look::Outlet), who);
            let words = (self.look(piece, look), if open { String::new() } else { self.text(longest) });
            let hidden = self.more(if open { 0 } else { places.len() - 1 });
            self.sheet.folded(open, &label, &words, &hidden, stop);
            for place in places.into_iter().filter(|_| open) {
                let stop = self.stop(place.piece, place.range.start);
                let look = self.look(place.piece, look);
                self.sheet.entry(&(Look::Outlet, String::new()), look, &self.text(place), stop);
            }
        }
    }
}
