//! Keys while the filter or what is searched for is typed.
//!
//! Owns: what each key does to the line. Refuses: the line itself (`filter`), searching.
//! Tests: key scripts in `tests/it/press`.

use super::App;
use super::action::Action;
use super::event::{Effect, Effects};

impl App {
    pub(super) fn in_line(&mut self, action: Action) -> Effects {
        match action {
            Action::Accept | Action::SaveView if self.filter.stays(&self.snapshot) => return Vec::new(),
            Action::Accept => return self.accept_line(),
            Action::Cancel => {
                self.filter.cancel();
                return self.search();
            }
            Action::Complete => {
                self.filter.take(1);
                // The only way to go on was taken: what may follow comes next.
                if self.filter.suggestions.len() == 1 {
                    let effects = self.search();
                    self.filter.suggest(&self.list.rows, &self.snapshot);
                    return effects;
                }
            }
            Action::CompleteBack => self.filter.take(-1),
            Action::Newer | Action::Older => {
                let by = if action == Action::Newer { 1 } else { -1 };
                if self.filter.suggestions.is_empty() {
                    self.filter.recall(by);
                } else {
                    self.filter.take(by);
                }
            }
            Action::Suspend => return vec![Effect::Suspend],
            Action::SaveView => {
                let mut effects = self.accept_line();
                effects.extend(self.ask(action));
                return effects;
            }
            _ => {
                let edited = self.filter.line().is_some_and(|l| l.edit(action));
                return if edited { self.edited() } else { Vec::new() };
            }
        }
        self.search()
    }

    /// Ends typing. What the list waited for (a field without its value, a word that was no field after all) is told now.
    pub(super) fn accept_line(&mut self) -> Effects {
        let (before, waited) = (self.filter.raw(), self.filter.begins_field());
        self.filter.accept(&self.snapshot);
        if !self.jobs.waiting() && !self.list.rows.is_empty() {
            self.filter.arrive();
        }
        if waited || self.filter.raw() != before { self.search() } else { Vec::new() }
    }
}
