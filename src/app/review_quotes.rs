//! The quotes of a press review: who said what, in whose words.
//!
//! Owns: a line for each statement, with the signs of who has it; behind it all its wordings, those of a column once.
//! Refuses: to look anything up: that is [`Page`]'s. Tests: key scripts in `tests/it/press_review.rs`.

use super::panel::{Fold, LINES, Look};
use super::review_lines::Page;
use super::review_tables::Heads;
use super::review_who::outlets_of;
use super::words::Msg;
use crate::story::review::{Cell, Place, Statement};

impl Page<'_> {
    /// Statements, those that most columns have first; `heads` where there are columns.
    pub(super) fn quotes(&mut self, heads: Option<&Heads>) {
        let statements = &self.reviewed.review.statements;
        if statements.is_empty() {
            return;
        }
        self.section(Msg::ReviewQuotes, statements.len());
        if let Some(heads) = heads {
            self.heads_at_edge(heads);
        }
        for (n, statement) in statements.iter().enumerate() {
            self.statement(n, statement, heads);
        }
        if let Some(heads) = heads {
            self.legend(heads);
        }
    }

    /// The fullest wording in a line; behind it each wording under its outlets.
    fn statement(&mut self, n: usize, statement: &Statement, heads: Option<&Heads>) {
        let full = &statement.wordings[statement.fullest].place;
        let nobody = || (Look::Dim, self.cx.words().get(Msg::ReviewNobody).to_owned());
        let (look, who) = statement.speaker.map_or_else(nobody, |s| self.name(s));
        let fold = Fold::Statement(n);
        let open = self.open.contains(&fold);
        let stop = self.fold(full.piece, full.range.start, fold);
        let words = format!("“{}”", self.text(full));
        let label = (self.look(full.piece, look), who);
        let shown = (self.look(full.piece, Look::Quote), if open { String::new() } else { words.clone() });
        let signs = heads.map(|h| h.signs(self.reviewed, &statement.cells)).unwrap_or_default();
        self.sheet.folded(open, &label, &shown, &signs, stop);
        if open {
            self.wordings(statement, full, &words);
        }
    }

    fn wordings(&mut self, statement: &Statement, full: &Place, words: &str) {
        let stop = self.stop(full.piece, full.range.start);
        self.sheet.entry(&(Look::Dim, String::new()), self.look(full.piece, Look::Quote), words, stop);
        let holds = |cell: &&Cell| cell.places.contains(full);
        let cells = statement.cells.iter();
        let order = cells.clone().filter(holds).chain(cells.filter(|c| !holds(c)));
        for (n, cell) in order.enumerate() {
            // Of one column its fullest wording: cuts of it say nothing more.
            let place = if cell.places.contains(full) {
                full
            } else {
                let Some(place) = cell.places.iter().max_by_key(|p| p.range.len()) else { continue };
                place
            };
            let outlets = outlets_of(self.reviewed, std::slice::from_ref(cell), self.cx.words()).join(", ");
            let text = format!("“{}”", self.text(place));
            let line = if text == words || n > 2 * LINES {
                format!("— {outlets}")
            } else {
                format!("— {outlets}: {text}")
            };
            let stop = self.stop(place.piece, place.range.start);
            let look = self.look(place.piece, Look::Outlet);
            self.sheet.entry(&(Look::Dim, String::new()), look, &line, stop);
        }
    }
}
