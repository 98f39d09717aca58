//! Selecting articles by more than words and names: quotes, stories, relations, the reader's own data, saved views.
//!
//! Owns: what `quote:`, `said:`, `is:`, `has:`, `sources:`, `story:`, `like:`, `tag:`, `note:`, `view:` and `title:/…/` find.
//! Tests: in `scan.rs`; on real relations in `tests/it/views.rs`.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::dates;
use super::eval::{Eval, entities, is_called};
use super::is::{Count, Has, Is};
use super::{Field, How, Term, pattern};
use crate::entity::{EntityIx, Names};
use crate::library::snapshot::{ArticleIx, Entry, Read, Snapshot};
use crate::library::titles::Titles;
use crate::story::{Quote, quotes, quotes_somebody};

/// Views inside views at most.
const DEEPEST: usize = 16;

impl Eval<'_> {
    pub(super) fn where_is(&self, is: Is) -> FixedBitSet {
        let mut set = self.none();
        set.extend(self.read().ones().filter(|n| is.holds(self.snapshot, ArticleIx(*n as u32))));
        set
    }

    pub(super) fn has(&self, has: Has) -> Option<FixedBitSet> {
        match has {
            Has::Quote => self.only(self.read(), &|_, read| quotes_somebody(&read.plain)),
            Has::Note | Has::Tag => {
                let mut set = self.none();
                set.extend(self.own(|ix| has.holds(self.snapshot, ix)));
                Some(set)
            }
            Has::Related => {
                let mut set = self.none();
                set.extend(self.read().ones().filter(|n| has.holds(self.snapshot, ArticleIx(*n as u32))));
                Some(set)
            }
        }
    }

    /// Numbers of the articles with words of the reader's own that fit.
    fn own(&self, fits: impl Fn(ArticleIx) -> bool) -> impl Iterator<Item = usize> {
        let entries = &self.snapshot.entries;
        let there = move |ix: &ArticleIx| entries.get(ix.0 as usize).is_some_and(Entry::is_read);
        self.snapshot.marks.with_words().filter(there).filter(move |ix| fits(*ix)).map(|ix| ix.0 as usize)
    }

    /// Tags are meant whole, or by their beginning; of notes any words.
    pub(super) fn own_words(&self, field: Field, value: &str, how: How) -> FixedBitSet {
        let mut set = self.none();
        let Some(term) = Term::new(value, how, false) else { return set };
        let marks = &self.snapshot.marks;
        let begins = |tag: &String| term.find(tag).iter().any(|at| at.start == 0);
        let called = |tag: &String| if how == How::Prefix { begins(tag) } else { is_called(&term, tag) };
        if field == Field::Tag {
            set.extend(self.own(|ix| marks.tags(ix).iter().any(called)));
        } else {
            set.extend(self.own(|ix| term.is_in(marks.note(ix))));
        }
        set
    }

    pub(super) fn aged(&self, field: Field, value: &str) -> FixedBitSet {
        let Some(start) = dates::ago(value).and_then(|p| p.days(self.from.today).0) else {
            return self.none();
        };
        let days = if field == Field::Older { (None, Some(start)) } else { (Some(start), None) };
        self.of_each(|e| e.published().is_some_and(|at| dates::meet(dates::known(at), days)))
    }

    pub(super) fn pattern(&self, text: &str) -> FixedBitSet {
        let Some(pattern) = pattern(text) else { return self.none() };
        let (mut set, mut titles) = (self.none(), Titles::default());
        for (n, entry) in self.snapshot.entries.iter().enumerate() {
            let head = entry.head.as_ref().filter(|head| head.titled);
            if head.is_some_and(|head| pattern.is_match(&titles.text(&head.title))) {
                set.insert(n);
            }
        }
        set
    }

    pub(super) fn quoting(&self, value: &str, how: How) -> Option<FixedBitSet> {
        let Some(term) = Term::new(value, how, false) else { return Some(self.none()) };
        let snapshot = self.snapshot;
        self.only(self.with_words(value, how), &|n, read| {
            let words =
                |q: &Quote| read.plain.text.get(q.range.clone()).is_some_and(|words| term.is_in(words));
            quotes_of(snapshot, n, read).iter().any(words)
        })
    }

    pub(super) fn said(&self, value: &str, how: How) -> Option<FixedBitSet> {
        let speakers: FxHashSet<EntityIx> =
            entities(self.snapshot, Field::Name, value, how).into_iter().collect();
        let mut named = self.none();
        for speaker in &speakers {
            named.extend(self.snapshot.index.articles(*speaker).map(|ix| ix.0 as usize));
        }
        let speaks = |q: &Quote| q.speaker.is_some_and(|s| speakers.contains(&s));
        let snapshot = self.snapshot;
        self.only(named, &|n, read| quotes_of(snapshot, n, read).iter().any(speaks))
    }

    /// The articles that belong to stories of some articles; an article without a story stands for itself.
    pub(super) fn told_with(&self, set: &FixedBitSet) -> FixedBitSet {
        let mut all = self.none();
        all.extend(self.snapshot.stories.around(set.ones()).into_iter().flatten());
        all.intersect_with(&self.read());
        all
    }

    pub(super) fn told_by(&self, count: Count) -> FixedBitSet {
        let mut set = self.none();
        let snapshot = self.snapshot;
        for story in snapshot.stories.around(self.read().ones()) {
            let outlets = snapshot.outlets_of(&story).into_iter().flatten();
            let outlets: FxHashSet<String> = outlets.map(str::to_lowercase).collect();
            if count.holds(outlets.len()) {
                set.extend(story);
            }
        }
        set
    }

    /// The article of an id or its beginning, or the open one.
    pub(super) fn one(&self, value: &str) -> FixedBitSet {
        let mut set = self.none();
        if value == "@" {
            set.extend(self.from.open.map(|ix| ix.0 as usize).filter(|n| *n < set.len()));
            return set;
        }
        self.of_each(|e| e.id.starts_with(value))
    }

    pub(super) fn like(&self, value: &str) -> FixedBitSet {
        let mut set = self.none();
        for n in self.one(value).ones() {
            let related = self.snapshot.relations.of(n);
            set.extend(related.iter().map(|r| r.to as usize).filter(|to| *to < self.snapshot.entries.len()));
        }
        set.intersect_with(&self.read());
        set
    }

    pub(super) fn view(&self, name: &str) -> Option<FixedBitSet> {
        let Some(query) = self.snapshot.views.get(name).filter(|_| self.depth.get() < DEEPEST) else {
            return Some(self.none());
        };
        self.depth.set(self.depth.get() + 1);
        let set = self.set(&query.expr);
        self.depth.set(self.depth.get() - 1);
        set
    }
}

/// The quotes of an article.
fn quotes_of(snapshot: &Snapshot, n: usize, read: &Read) -> Vec<Quote> {
    let none = Names::default();
    let names = read.names.as_deref().unwrap_or(&none);
    let of = snapshot.entities.of(n);
    // Names that are not joined yet are nobody's.
    let names = if of.len() == names.mentions.len() { names } else { &none };
    quotes(&read.plain, names, &of)
}
