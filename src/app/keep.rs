//! What the reader does with articles and is kept: read, starred, the place in the text; and taking it back.
//!
//! Owns: the states, the changes of this session. Refuses: to store them: changes leave as [`Effect::Save`], states arrive as
//! [`Report::States`](super::Report).

use std::sync::Arc;

use super::App;
use super::action::Action;
use super::event::{Effect, Effects};
use super::nav::Focus;
use super::status::Notice;
use super::words::Msg;
use crate::library::{Anchor, ArticleIx, Change, Is, State, States, What};

/// States as they are now, and the way back.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    states: States,
    /// What takes back each thing that was done, the newest last.
    undo: Vec<Vec<Change>>,
    /// What was done since the last effect.
    unsaved: Vec<Change>,
    /// Marks changed since the last search.
    changed: bool,
}

impl App {
    /// Whether an article is so.
    pub fn is(&self, article: ArticleIx, what: Is) -> bool {
        self.snapshot.marks.is(article, what)
    }

    /// The states that were kept before, or changed elsewhere.
    pub(super) fn learn(&mut self, states: States) -> Effects {
        self.kept.states.extend(states);
        self.remark();
        if self.filter.is_empty() { Vec::new() } else { self.search() }
    }

    /// Puts marks and places on the articles of the snapshot.
    pub(super) fn remark(&mut self) {
        if self.kept.states.is_empty() {
            return;
        }
        Arc::make_mut(&mut self.snapshot).mark(&self.kept.states);
        for (n, entry) in (0..).zip(self.snapshot.entries.iter()) {
            if let Some(state) = self.kept.states.get(entry.digest())
                && state.place != Anchor::default()
            {
                self.reader.left_at(ArticleIx(n), state.place);
            }
        }
    }

    /// The open article counts as read, and so do its reprints in other outlets.
    pub(super) fn mark_read(&mut self) {
        let Some(article) = self.reader.article else { return };
        let own = usize::from(!self.is(article, Is::Read));
        let copies = self.read_with_copies(article).saturating_sub(own);
        if own > 0 && copies > 0 {
            let (what, key) = (self.words().count(Msg::ReviewCopies, copies), self.key(Action::Undo));
            self.tell(Notice::info(Msg::CopiesRead).with("what", what).with("key", key));
        }
    }

    /// Marks an article and its reprints; gives how many were unread.
    fn read_with_copies(&mut self, article: ArticleIx) -> usize {
        let mut all = vec![article];
        all.extend(self.snapshot.copies_of(article));
        self.change(&all, What::Read(true))
    }

    pub(super) fn toggle_read(&mut self) {
        let Some(article) = self.subject() else { return };
        let read = !self.is(article, Is::Read);
        self.tell(Notice::info(if read { Msg::MarkedRead } else { Msg::MarkedUnread }));
        if read {
            self.read_with_copies(article);
        } else {
            self.change(&[article], What::Read(false));
        }
    }

    pub(super) fn toggle_star(&mut self) {
        let Some(article) = self.subject() else { return };
        let starred = !self.is(article, Is::Starred);
        self.tell(Notice::info(if starred { Msg::Starred } else { Msg::Unstarred }));
        self.change(&[article], What::Starred(starred));
    }

    /// All articles of the list count as read.
    pub(super) fn read_all(&mut self) {
        let rows = Arc::clone(&self.list.rows);
        let changed = self.change(&rows, What::Read(true));
        if changed == 0 {
            self.tell(Notice::info(Msg::NoUnread));
        } else {
            let (what, key) = (self.words().count(Msg::Articles, changed), self.key(Action::Undo));
            self.tell(Notice::info(Msg::AllMarkedRead).with("what", what).with("key", key));
        }
    }

    /// Takes back what was done last.
    pub(super) fn undo(&mut self) {
        let Some(changes) = self.kept.undo.pop() else {
            self.tell(Notice::info(Msg::NothingToUndo));
            return;
        };
        let what = match changes.as_slice() {
            [one] => one.title.clone(),
            many => self.words().count(Msg::Articles, many.len()),
        };
        self.tell(Notice::info(Msg::Undone).with("what", what));
        self.apply(changes);
    }

    /// Changes the state of articles that have been read in, those that are not so already; gives their number.
    fn change(&mut self, articles: &[ArticleIx], what: What) -> usize {
        let (mut changes, mut back) = (Vec::new(), Vec::new());
        for entry in articles.iter().filter_map(|a| self.snapshot.entry(*a)).filter(|e| e.is_read()) {
            let before = self.kept.state(entry.digest());
            if before.after(what) == before {
                continue;
            }
            let change = |what| Change { article: entry.digest().to_owned(), title: entry.title(), what };
            back.push(change(what.undone(before)));
            changes.push(change(what));
        }
        let count = changes.len();
        if count > 0 {
            self.kept.undo.push(back);
            self.apply(changes);
        }
        count
    }

    fn apply(&mut self, changes: Vec<Change>) {
        for change in changes {
            self.kept.put(change);
        }
        self.kept.changed = true;
        Arc::make_mut(&mut self.snapshot).mark(&self.kept.states);
    }

    /// A list of what is unread or starred follows the marks: at once in the list, but not under the hands of who reads.
    pub(super) fn follow_marks(&mut self) -> Effects {
        let rests = self.nav.focus == Focus::List && self.filter.typing.is_none();
        if !(rests && self.filter.asks_for_marks()) {
            return Vec::new();
        }
        if std::mem::take(&mut self.kept.changed) { self.search() } else { Vec::new() }
    }

    /// What is to be stored after an event: all that was done, and how far the open article was read where that changed.
    pub(super) fn save(&mut self) -> Option<Effect> {
        let place = self.reader.anchor();
        if let Some(entry) = self.reader.article.and_then(|a| self.snapshot.entry(a))
            && entry.is_read()
            && self.kept.state(entry.digest()).place != place
        {
            let (article, title) = (entry.digest().to_owned(), entry.title());
            self.kept.put(Change { article, title, what: What::Place(place) });
        }
        let changes = std::mem::take(&mut self.kept.unsaved);
        (!changes.is_empty()).then_some(Effect::Save(changes))
    }
}

impl Kept {
    fn state(&self, digest: &str) -> State {
        self.states.get(digest).copied().unwrap_or_default()
    }

    fn put(&mut self, change: Change) {
        let state = self.states.entry(change.article.clone()).or_default();
        *state = state.after(change.what);
        self.unsaved.push(change);
    }
}
