//! What the reader does with articles and is kept: read, starred, tags, notes, the place in the text; and taking it back.
//!
//! Owns: the states, the changes of this session. Refuses: to store them: changes leave as [`Effect::Save`], states arrive as
//! [`Report::States`](super::Report).

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::App;
use super::action::Action;
use super::event::{Effect, Effects};
use super::nav::Focus;
use super::status::Notice;
use super::words::{Msg, Words};
use crate::library::{Anchor, ArticleIx, Change, Deed, Is, Marks, Query, Stage, State, States, Views, What};

/// What takes something back.
#[derive(Debug, Clone)]
pub(super) enum Undo {
    /// Marks as they were before the deed of this number.
    Marks(Vec<Change>, u64),
    /// The view of a name as it was.
    View(String, Option<Query>),
}

/// States as they are now, and the way back.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    states: States,
    views: Arc<Views>,
    /// What takes back each thing that was done, the newest last.
    undo: Vec<Undo>,
    /// What was done since the last effect.
    unsaved: Vec<Deed>,
    /// How many deeds there were.
    deeds: u64,
    /// Marks changed since the last search.
    changed: bool,
    /// The article that was opened last, here or in an earlier session that shall be taken up.
    opened: Option<String>,
    resume: Option<String>,
    /// How many effects left.
    saves: u64,
    /// Articles that were changed here, with the number of the effect that tells it last.
    touched: FxHashMap<String, u64>,
}

impl App {
    /// Whether an article is so.
    pub fn is(&self, article: ArticleIx, what: Is) -> bool {
        self.snapshot.marks.is(article, what)
    }

    /// An article (the digest part of its id) that is chosen as soon as it is there, unless the reader has chosen before.
    pub fn resume(&mut self, article: Option<String>) {
        self.kept.resume = article;
    }

    /// The article that was opened last in this session.
    pub fn last_opened(&self) -> Option<&str> {
        self.kept.opened.as_deref()
    }

    /// Chooses the article of an earlier session.
    pub(super) fn take_up(&mut self) {
        let Some(wanted) = self.kept.resume.take_if(|_| !self.list.is_touched()) else {
            self.kept.resume = None;
            return;
        };
        let there = self.snapshot.entries.iter().position(|e| e.is_read() && e.digest() == wanted);
        if let Some(article) = there.map(|n| ArticleIx(n as u32)) {
            if self.list.select(article) {
                self.reader.open(Some(article));
            }
        } else if self.snapshot.progress.stage <= Stage::Reading {
            self.kept.resume = Some(wanted);
        }
    }

    /// The states that were kept before, or changed elsewhere; they hold so many of our own saves. What was done here after those
    /// stays as it is here.
    pub(super) fn learn(&mut self, mut states: States, heard: u64) -> Effects {
        self.kept.touched.retain(|_, save| *save > heard);
        for article in self.kept.touched.keys() {
            states.insert(article.clone(), self.kept.state(article));
        }
        self.kept.states = states;
        self.remark();
        if self.filter.is_empty() { Vec::new() } else { self.search() }
    }

    /// The saved views as they are now; a filter that is made of one is asked anew.
    pub(super) fn learn_views(&mut self, views: Views) -> Effects {
        self.kept.views = Arc::new(views);
        self.remark();
        let mut effects = if self.filter.is_empty() { Vec::new() } else { self.search() };
        effects.extend(self.views_changed());
        effects
    }

    /// Puts views, marks and places on the articles of the snapshot.
    pub(super) fn remark(&mut self) {
        if !Arc::ptr_eq(&self.snapshot.views, &self.kept.views) {
            Arc::make_mut(&mut self.snapshot).views = Arc::clone(&self.kept.views);
        }
        if self.kept.states.is_empty() && *self.snapshot.marks == Marks::default() {
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
        self.read_with_copies(article);
    }

    /// Marks an article and its reprints. Those that came with it are told: nobody pressed a key on them.
    fn read_with_copies(&mut self, article: ArticleIx) {
        let own = usize::from(!self.is(article, Is::Read));
        let mut all = vec![article];
        all.extend(self.snapshot.copies_of(article));
        let copies = self.change(&all, &[What::Read(true)]).saturating_sub(own);
        if own > 0 && copies > 0 {
            let (what, key) = (self.words().count(Msg::ReviewCopies, copies), self.key(Action::Undo));
            self.tell(Notice::info(Msg::CopiesRead).with("what", what).with("key", key));
        }
    }

    /// What marks are put on: nothing before it is read in, since marks are kept by the digest of its bytes; that is told.
    pub(super) fn markable(&mut self) -> Option<ArticleIx> {
        let article = self.subject()?;
        let there = self.snapshot.entry(article).is_some_and(crate::library::Entry::is_read);
        if !there {
            self.tell(Notice::info(Msg::NotReadIn));
        }
        there.then_some(article)
    }

    pub(super) fn toggle_read(&mut self) {
        let Some(article) = self.markable() else { return };
        let read = !self.is(article, Is::Read);
        self.tell(Notice::info(if read { Msg::MarkedRead } else { Msg::MarkedUnread }));
        if read {
            self.read_with_copies(article);
        } else {
            self.change(&[article], &[What::Read(false)]);
        }
    }

    pub(super) fn toggle_star(&mut self) {
        let Some(article) = self.markable() else { return };
        let starred = !self.is(article, Is::Starred);
        self.tell(Notice::info(if starred { Msg::Starred } else { Msg::Unstarred }));
        self.change(&[article], &[What::Starred(starred)]);
    }

    /// All articles of the list count as read.
    pub(super) fn read_all(&mut self) {
        let rows = Arc::clone(&self.list.rows);
        let changed = self.change(&rows, &[What::Read(true)]);
        let pending = |ix: &ArticleIx| self.snapshot.entry(*ix).is_some_and(|e| !e.is_read());
        if changed == 0 && rows.iter().any(pending) {
            self.tell(Notice::info(Msg::NotReadIn));
        } else if changed == 0 {
            self.tell(Notice::info(Msg::NoUnread));
        } else {
            let (what, key) = (self.words().count(Msg::Articles, changed), self.key(Action::Undo));
            self.tell(Notice::info(Msg::AllMarkedRead).with("what", what).with("key", key));
        }
    }

    /// Takes back what was done last; where nothing of this session is left, what was done before it (`count` actions).
    pub(super) fn undo(&mut self, count: Option<u32>) -> Effects {
        match self.kept.undo.pop() {
            None => vec![Effect::Undo(count.map_or(1, |n| n as usize))],
            Some(Undo::View(name, query)) => vec![Effect::KeepView { name, query }],
            Some(Undo::Marks(changes, deed)) => {
                self.tell_undone(&changes);
                self.apply(changes, Some(deed));
                self.show_marks();
                Vec::new()
            }
        }
    }

    fn tell_undone(&mut self, changes: &[Change]) {
        let (mark, what) = undone(self.words(), changes);
        self.tell(Notice::info(Msg::Undone).with("mark", mark).with("what", what));
    }

    /// What was done before this session, or outside it, was taken back there. What was done here since stays as it is.
    pub(super) fn learn_undone(&mut self, actions: Vec<Vec<Change>>, heard: u64) {
        match actions.as_slice() {
            [] => self.tell(Notice::info(Msg::NothingToUndo)),
            [one] => self.tell_undone(one),
            all => {
                let n = self.words().number(all.len());
                self.tell(Notice::info(Msg::UndoneMany).with("n", n));
            }
        }
        for change in actions.into_iter().flatten() {
            if self.kept.touched.get(&change.article).is_none_or(|save| *save <= heard) {
                self.kept.learn(&change);
            }
        }
        self.show_marks();
    }

    /// Changes the state of articles that have been read in, where they are not so already; gives the number of articles. One
    /// undoing takes all back.
    pub(super) fn change(&mut self, articles: &[ArticleIx], whats: &[What]) -> usize {
        let (mut changes, mut back, mut count) = (Vec::new(), Vec::new(), 0);
        // A reprint may stand among the articles and come once more with its original.
        let articles: IndexSet<ArticleIx> = articles.iter().copied().collect();
        for entry in articles.iter().filter_map(|a| self.snapshot.entry(*a)).filter(|e| e.is_read()) {
            let (before, so_far) = (self.kept.state(entry.digest()), changes.len());
            for what in whats.iter().filter(|w| before.clone().after(w) != before) {
                let change = |what| Change { article: entry.digest().to_owned(), title: entry.title(), what };
                back.push(change(what.undone(&before)));
                changes.push(change(what.clone()));
            }
            count += usize::from(changes.len() > so_far);
        }
        if count > 0 {
            let deed = self.apply(changes, None);
            self.kept.undo.push(Undo::Marks(back, deed));
            Arc::make_mut(&mut self.snapshot).mark_some(articles.iter().copied(), &self.kept.states);
        }
        count
    }

    /// Does what is one deed, or takes one back; gives its number.
    fn apply(&mut self, changes: Vec<Change>, undoes: Option<u64>) -> u64 {
        self.kept.deeds += 1;
        let number = self.kept.deeds;
        self.kept.unsaved.push(Deed { number, changes: Vec::new(), undoes });
        for change in changes {
            self.kept.put(change);
        }
        self.kept.changed = true;
        number
    }

    /// Puts the marks of all articles on the snapshot.
    fn show_marks(&mut self) {
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
        if self.nav.focus == Focus::Reader
            && let Some(entry) = self.reader.article.and_then(|a| self.snapshot.entry(a))
            && entry.is_read()
            && self.kept.opened.as_deref() != Some(entry.digest())
        {
            self.kept.opened = Some(entry.digest().to_owned());
        }
        if let Some(entry) = self.reader.article.and_then(|a| self.snapshot.entry(a))
            && entry.is_read()
            && self.kept.state(entry.digest()).place != place
        {
            let (article, title) = (entry.digest().to_owned(), entry.title());
            self.kept.put(Change { article, title, what: What::Place(place) });
        }
        let deeds = std::mem::take(&mut self.kept.unsaved);
        self.kept.saves += u64::from(!deeds.is_empty());
        (!deeds.is_empty()).then_some(Effect::Save(deeds))
    }
}

impl Kept {
    /// Something was done that can be taken back.
    pub(super) fn done(&mut self, undo: Undo) {
        self.undo.push(undo);
    }

    /// How many things can be taken back.
    pub(super) fn undoable(&self) -> usize {
        self.undo.len()
    }

    pub(super) fn state(&self, digest: &str) -> State {
        self.states.get(digest).cloned().unwrap_or_default()
    }

    fn put(&mut self, change: Change) {
        self.touched.insert(change.article.clone(), self.saves + 1);
        self.learn(&change);
        // A place goes along with what was done meanwhile, or is a deed of its own, which no log tells.
        match self.unsaved.last_mut() {
            Some(deed) => deed.changes.push(change),
            None => self.unsaved.push(Deed { changes: vec![change], ..Deed::default() }),
        }
    }

    fn learn(&mut self, change: &Change) {
        let state = self.states.entry(change.article.clone()).or_default();
        *state = std::mem::take(state).after(&change.what);
    }
}

/// Which mark was taken back, and from what: the article, or how many.
pub fn undone(words: &Words, changes: &[Change]) -> (String, String) {
    let articles: BTreeSet<&str> = changes.iter().map(|c| c.article.as_str()).collect();
    let what = match changes.first() {
        Some(one) if articles.len() == 1 => one.title.clone(),
        _ => words.count(Msg::Articles, articles.len()),
    };
    let mark = match changes.first().map(|c| &c.what) {
        Some(What::Starred(_)) => Msg::MarkStar,
        Some(What::Tag(..)) => Msg::MarkTags,
        Some(What::Note(_)) => Msg::MarkNote,
        Some(What::Read(_) | What::Place(_)) | None => Msg::MarkRead,
    };
    (words.get(mark).to_owned(), what)
}
