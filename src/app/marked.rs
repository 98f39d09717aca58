//! Articles that the reader chose one by one, to do something with all of them at once.
//!
//! Owns: which they are, in the order in which they were chosen; what the actions of the list do with several. They stay chosen
//! under another filter, until they are let go: never by Esc, which has enough to do.
//! Refuses: to keep them: they go with the session. Tests: key scripts in `tests/it/press/marked.rs`.

use std::sync::Arc;

use indexmap::IndexSet;

use super::App;
use super::Cx;
use super::action::Action;
use super::ask::{About, Ask};
use super::cx::Motion;
use super::event::{Effect, Effects};
use super::nav::Focus;
use super::overlay::Overlay;
use super::status::Notice;
use super::update::cx;
use super::words::Msg;
use crate::library::{ArticleIx, Is, What};

/// Chosen articles.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    articles: IndexSet<ArticleIx>,
}

impl Marked {
    /// Whether one is among them.
    pub fn holds(&self, article: ArticleIx) -> bool {
        self.articles.contains(&article)
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// None is chosen.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = ArticleIx> + '_ {
        self.articles.iter().copied()
    }

    fn put(&mut self, article: ArticleIx, marked: bool) {
        if marked {
            self.articles.insert(article);
        } else {
            self.articles.shift_remove(&article);
        }
    }

    /// An article goes on as another one.
    pub(super) fn inherit(&mut self, old: ArticleIx, new: ArticleIx) {
        if let Some(at) = self.articles.get_index_of(&old) {
            self.articles.shift_remove(&old);
            self.articles.insert_before(at, new);
        }
    }
}

impl App {
    /// The articles that an action of the list is about, where several are chosen; elsewhere it is about the open one.
    pub(super) fn several(&self) -> Option<Vec<ArticleIx>> {
        let there = |a: &ArticleIx| self.snapshot.entry(*a).is_some_and(crate::library::Entry::is_read);
        let all: Vec<ArticleIx> = self.marked.articles.iter().copied().filter(there).collect();
        (self.nav.focus == Focus::List && self.page().is_none() && !all.is_empty()).then_some(all)
    }

    /// Chooses an article, or lets it go, and goes on to the next; so many as are counted, all as the first.
    pub(super) fn mark(&mut self, count: Option<u32>) {
        let Some(first) = self.list.selected else {
            self.tell(Notice::info(Msg::NothingOpen));
            return;
        };
        let marked = !self.marked.holds(first);
        let rows = Arc::clone(&self.list.rows);
        let from = self.list.row.min(rows.len());
        let count = (count.unwrap_or(1) as usize).min(rows.len() - from);
        for article in &rows[from..from + count] {
            self.marked.put(*article, marked);
        }
        self.list.go(Motion::By(super::cx::signed(count)), &cx!(self));
        self.reader.open(self.list.selected);
        self.tell_marked();
    }

    /// Chooses all articles of the list.
    pub(super) fn mark_list(&mut self) {
        for article in self.list.rows.iter() {
            self.marked.put(*article, true);
        }
        self.tell_marked();
    }

    /// Lets all go.
    pub(super) fn unmark(&mut self) {
        self.marked = Marked::default();
        self.tell_marked();
    }

    fn tell_marked(&mut self) {
        let (words, n) = (self.words(), self.marked.len());
        let notice = if n == 0 {
            Notice::info(Msg::NoneMarked).with("key", self.key(Action::MarkArticle))
        } else {
            let key = self.key(Action::UnmarkAll);
            Notice::info(Msg::NowMarked).with("what", words.count(Msg::Marked, n)).with("key", key)
        };
        self.tell(notice);
    }

    /// Does an action of the list with all that are chosen; `None` where none is, or where it makes no sense for several.
    pub(super) fn with_several(&mut self, action: Action) -> Option<Effects> {
        let wanted = matches!(
            action,
            Action::ToggleRead
                | Action::ToggleStar
                | Action::EditTags
                | Action::CopyLink
                | Action::CopyText
                | Action::CopyCitation
                | Action::Pipe
        );
        let all = self.several().filter(|_| wanted)?;
        match action {
            Action::ToggleRead => {
                let read = all.iter().any(|a| self.is(*a, Is::Unread));
                // As with one: reprints are read with what they reprint.
                let copies = if read { self.unread_copies(&all) } else { Vec::new() };
                self.mark_all(&[What::Read(read)], &all, &copies);
            }
            Action::ToggleStar => {
                let star = all.iter().any(|a| !self.is(*a, Is::Starred));
                self.mark_all(&[What::Starred(star)], &all, &[]);
            }
            Action::EditTags => {
                let snapshot = Arc::clone(&self.snapshot);
                let mut common = self.common_tags(&all).join(" ");
                common.extend((!common.is_empty()).then_some(' '));
                self.overlays.push(Overlay::Ask(Ask::new(About::Tags(all), &common, &snapshot)));
            }
            Action::Pipe => self.ask_program(),
            _ => return Some(self.copy_several(action, &all)),
        }
        Some(Vec::new())
    }

    /// Unread reprints of some articles that are not among them.
    fn unread_copies(&self, all: &[ArticleIx]) -> Vec<ArticleIx> {
        let copies: IndexSet<ArticleIx> = all.iter().flat_map(|a| self.snapshot.copies_of(*a)).collect();
        copies.into_iter().filter(|c| !all.contains(c) && self.is(*c, Is::Unread)).collect()
    }

    /// Tags that all of some articles have.
    pub(super) fn common_tags(&self, articles: &[ArticleIx]) -> Vec<String> {
        let marks = &self.snapshot.marks;
        let Some((first, rest)) = articles.split_first() else { return Vec::new() };
        let everywhere = |tag: &&String| rest.iter().all(|a| marks.tags(*a).contains(tag));
        marks.tags(*first).iter().filter(everywhere).cloned().collect()
    }

    /// Each as it would be copied alone, one below the other.
    fn copy_several(&mut self, action: Action, all: &[ArticleIx]) -> Effects {
        let parts: Vec<(Msg, String)> = all.iter().map(|a| self.copied(action, *a)).collect();
        let (between, kind) = match action {
            Action::CopyText => ("\n\n", Msg::CopiedText),
            // Where one has no address it is cited.
            Action::CopyLink if parts.iter().all(|p| p.0 == Msg::CopiedLink) => ("\n", Msg::CopiedLink),
            _ => ("\n", Msg::CopiedCitation),
        };
        let what = self.words().count(Msg::Articles, parts.len());
        let texts: Vec<String> = parts.into_iter().map(|p| p.1).collect();
        self.copy(kind, what, texts.join(between))
    }

    /// The articles that are about to leave: all that are chosen, else the one that the keys are about.
    fn leaving(&self) -> Vec<ArticleIx> {
        let there = |a: &ArticleIx| self.snapshot.entry(*a).is_some_and(crate::library::Entry::is_read);
        self.several().unwrap_or_else(|| self.subject().filter(there).into_iter().collect())
    }

    /// Writes them to a file.
    pub(super) fn save_articles(&mut self) -> Effects {
        let articles = self.leaving();
        if articles.is_empty() {
            self.tell(Notice::info(Msg::NothingOpen));
            return Vec::new();
        }
        vec![Effect::SaveArticles { articles, snapshot: Arc::clone(&self.snapshot) }]
    }

    /// The texts that a program gets: of all that are chosen, else of the article that the keys are about.
    pub(super) fn texts(&self) -> Option<String> {
        let text = |a: &ArticleIx| self.snapshot.read(*a).map(|r| r.plain.text.clone());
        let texts: Vec<String> = self.leaving().iter().filter_map(text).collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }
}
