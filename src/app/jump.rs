//! Going from article to article: jumps and the way back, the story, unread articles, matches.

use std::sync::Arc;

use super::action::Action;
use super::event::Effects;
use super::nav::{Focus, Spot};
use super::status::Notice;
use super::update::cx;
use super::words::Msg;
use super::{App, Cx};
use crate::library::{ArticleIx, Is};

/// Articles that match only by a name or date have nothing to highlight: so many are looked at for the next match.
const FAR: isize = 50;

impl App {
    /// Opens an article, remembering the place that is left.
    pub(super) fn jump(&mut self, article: ArticleIx) {
        if let Some(spot) = self.here() {
            self.nav.leave(spot);
        }
        self.go_on_to(article);
    }

    /// Opens an article to read, where the place that is left is remembered already.
    pub(super) fn go_on_to(&mut self, article: ArticleIx) {
        self.open(article);
        self.focus(Focus::Reader);
    }

    pub(super) fn here(&self) -> Option<Spot> {
        let article = self.reader.article?;
        let (focus, anchor, page) = (self.nav.focus, self.reader.anchor(), self.leaf());
        Some(Spot { article, focus, anchor, page })
    }

    /// Opens another article in the same pane, remembering the place that is left.
    fn move_on(&mut self, article: ArticleIx) {
        if let Some(spot) = self.here() {
            self.nav.leave(spot);
        }
        self.open(article);
    }

    /// Opens an article and chooses it in the list where it stands there; where it does not, that is said.
    fn open(&mut self, article: ArticleIx) {
        if !self.list.select(article) && !self.filter.is_empty() {
            let key = self.key(Action::JumpBack);
            self.tell(Notice::info(Msg::OutsideList).with("key", key));
        }
        self.reader.open(Some(article));
        if self.nav.focus == Focus::Reader {
            self.mark_read();
        }
    }

    pub(super) fn jump_back(&mut self) -> Effects {
        let spot = self.here().and_then(|here| self.nav.back(here));
        self.go_to(spot, Msg::NothingBack)
    }

    pub(super) fn jump_forward(&mut self) -> Effects {
        let spot = self.here().and_then(|here| self.nav.forward(here));
        self.go_to(spot, Msg::NothingForward)
    }

    /// Goes to a place that was left, under the page that lay over it.
    pub(super) fn go_to(&mut self, spot: Option<Spot>, nowhere: Msg) -> Effects {
        let Some(spot) = spot else {
            self.tell(Notice::info(nowhere));
            return Vec::new();
        };
        if self.page().is_some() {
            self.overlays.pop();
        }
        self.open(spot.article);
        self.focus(spot.focus);
        self.reader.restore(spot.anchor);
        spot.page.map_or_else(Vec::new, |(leaf, place)| self.turn_to(leaf, place))
    }

    /// The next (`1`) or previous (`-1`) article of the story, in time; without a story, of the list.
    pub(super) fn in_story(&mut self, by: isize) {
        // Not the chosen one: the story may lead out of the list.
        let Some(article) = self.reader.article else { return };
        let story = self.snapshot.stories.of(article.0 as usize);
        let story = story.and_then(|s| self.snapshot.stories.all.get(s));
        let end = match (story.is_some(), by > 0) {
            (true, true) => Msg::StoryEnd,
            (true, false) => Msg::StoryStart,
            (false, true) => Msg::ListEnd,
            (false, false) => Msg::ListStart,
        };
        let next = match story {
            Some(story) => {
                let at = story.articles.iter().position(|a| *a == article.0 as usize);
                at.and_then(|n| n.checked_add_signed(by))
                    .and_then(|n| story.articles.get(n))
                    .map(|n| ArticleIx(*n as u32))
            }
            None => self.list.beside(Some(article), by),
        };
        match next {
            Some(next) => self.move_on(next),
            None => self.tell(Notice::info(end)),
        }
    }

    /// The next unread article of the story, in time; behind its last one, from its first on.
    pub(super) fn unread_in_story(&mut self) {
        let Some(article) = self.reader.article else { return };
        let story = self.snapshot.told_with(article);
        if story.len() < 2 {
            self.tell(Notice::info(Msg::NoStory));
            return;
        }
        let here = story.iter().position(|a| *a == article).map_or(0, |n| n + 1);
        let next = story[here..].iter().chain(&story[..here]).find(|a| self.is(**a, Is::Unread));
        match next.copied() {
            Some(next) => self.move_on(next),
            None => self.tell(Notice::info(Msg::StoryAllRead)),
        }
    }

    /// The next (`1`) or previous (`-1`) unread article of the list.
    pub(super) fn unread(&mut self, by: isize) {
        let rows = &self.list.rows;
        let unread = |a: &&ArticleIx| self.is(**a, Is::Unread);
        let here = self.list.row.min(rows.len());
        // Round and round: none is unread only where none is.
        let (before, after) = (&rows[..here], rows.get(here + 1..).unwrap_or_default());
        let found = if by > 0 {
            after.iter().chain(before).find(unread)
        } else {
            before.iter().rev().chain(after.iter().rev()).find(unread)
        };
        match found.copied() {
            Some(article) => self.open(article),
            None if self.list.selected.is_some_and(|a| self.is(a, Is::Unread)) => {
                self.tell(Notice::info(Msg::OnlyUnread));
            }
            None => self.tell(Notice::info(Msg::NoUnread)),
        }
    }

    /// The next (positive) or previous match: through the article, then on to the next article of the list.
    pub(super) fn next_match(&mut self, by: isize) {
        if self.filter.terms.is_empty() {
            let key = self.key(Action::Find);
            self.tell(Notice::info(Msg::NoFind).with("key", key));
            return;
        }
        let step = by.signum();
        let mut said = Msg::MatchOf;
        for _ in 0..by.unsigned_abs().min(1000) {
            if self.reader.step_match(step, &cx!(self)) {
                continue;
            }
            let Some(on) = self.match_elsewhere(step) else {
                self.tell(Notice::info(Msg::NoMatch).with("what", self.filter.sought()));
                return;
            };
            said = on;
        }
        if let Some(n) = self.reader.current {
            let words = self.words();
            let (n, total) = (words.number(n + 1), words.number(self.reader.matches.len()));
            self.tell(Notice::info(said).with("n", n).with("total", total));
        }
    }

    /// Goes to the next article of the list that has a match, round and round, which may be this one again; gives what is to
    /// be said of that.
    fn match_elsewhere(&mut self, step: isize) -> Option<Msg> {
        let rows = Arc::clone(&self.list.rows);
        let here = self.reader.article.and_then(|a| rows.iter().position(|r| *r == a));
        let at = here.unwrap_or(self.list.row).cast_signed();
        let round = if step > 0 { Msg::LastMatch } else { Msg::FirstMatch };
        let hit = |article: ArticleIx| {
            let read = self.snapshot.read(article)?;
            self.filter.terms.iter().any(|n| n.is_in(&read.plain.text)).then_some(article)
        };
        let len = rows.len().cast_signed();
        let found = (1..=len.min(FAR)).map(|n| at + step * n).find_map(|n| {
            let article = hit(rows[n.rem_euclid(len).cast_unsigned()])?;
            Some((article, if (0..len).contains(&n) { Msg::MatchNextArticle } else { round }))
        });
        let own = || (!self.reader.matches.is_empty()).then_some(self.reader.article?).map(|a| (a, round));
        let (article, said) = found.or_else(own)?;
        if self.reader.article != Some(article) {
            self.open(article);
            let (version, key) = (self.filter.version, self.key(Action::SetAside));
            self.reader.settle(&cx!(self), &self.filter.terms, version, &key, &self.pictures);
        }
        self.reader.end_match(step < 0, &cx!(self));
        Some(said)
    }
}
