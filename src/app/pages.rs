//! Pages over the panes: opening them, their keys, following a line.
//!
//! Owns: what press review, page of a name and evidence have in common as overlays.
//! Refuses: what stands in them. Tests: key scripts in `tests/it/press_review.rs` and `tests/it/press`.

use std::sync::Arc;

use super::action::Action;
use super::cx::{Cx, Motion};
use super::event::{Effect, Effects, Form};
use super::nav::{Focus, Leaf};
use super::overlay::{HelpView, Overlay};
use super::panel::{Away, Panel, Place, Stop};
use super::status::Notice;
use super::update::cx;
use super::words::Msg;
use super::{App, TextLine};
use crate::entity::EntityIx;
use crate::library::{Anchor, ArticleIx, Query};

impl App {
    /// The page that lies on top, if one does.
    pub fn page(&self) -> Option<&Panel> {
        self.page_of_overlay(self.overlays.last()?)
    }

    /// The page that an overlay is, if it is one.
    pub fn page_of_overlay(&self, overlay: &Overlay) -> Option<&Panel> {
        Some(match overlay {
            Overlay::Review => &self.review.panel,
            Overlay::NamePage => &self.profile.panel,
            Overlay::Evidence => &self.evidence.panel,
            _ => return None,
        })
    }

    /// Changes the page that lies on top.
    pub(super) fn with_page(&mut self, change: impl FnOnce(&mut Panel, &Cx<'_>)) {
        let cx = cx!(self);
        match self.overlays.last() {
            Some(Overlay::Review) => change(&mut self.review.panel, &cx),
            Some(Overlay::NamePage) => change(&mut self.profile.panel, &cx),
            Some(Overlay::Evidence) => change(&mut self.evidence.panel, &cx),
            _ => {}
        }
    }

    /// Opens the press review of the story in which the article stands.
    pub(super) fn open_review(&mut self) -> Effects {
        let Some(article) = self.subject() else { return Vec::new() };
        let effects = self.review_of(article);
        self.review.open_from(article);
        effects
    }

    fn review_of(&mut self, article: ArticleIx) -> Effects {
        let articles = self.snapshot.told_with(article);
        let ticket = self.review.ask(&articles);
        self.overlays.push(Overlay::Review);
        vec![Effect::Review { ticket, articles, snapshot: Arc::clone(&self.snapshot) }]
    }

    /// Opens the page of the chosen name; elsewhere the names first, so that one can be chosen.
    pub(super) fn open_name_page(&mut self) -> Effects {
        if self.nav.focus != Focus::Names {
            self.focus(Focus::Names);
            let key = self.key(Action::NamePage);
            self.tell(Notice::info(Msg::ChooseName).with("key", key));
            return Vec::new();
        }
        let Some(entity) = self.names.selected() else { return Vec::new() };
        let Some(id) = self.snapshot.entities.get(entity).map(|e| e.id.clone()) else { return Vec::new() };
        self.page_of(&id)
    }

    /// Opens the page of a name; one that a decision took away meanwhile has none.
    fn page_of(&mut self, id: &str) -> Effects {
        let Some(entity) = self.snapshot.entities.find(id) else { return Vec::new() };
        let ticket = self.profile.ask(id);
        self.overlays.push(Overlay::NamePage);
        vec![Effect::Profile { ticket, entity, snapshot: Arc::clone(&self.snapshot) }]
    }

    /// Opens what the open article and the chosen related one share.
    pub(super) fn open_evidence(&mut self) {
        let Some((here, there)) = self.reader.article.zip(self.related.selected()) else { return };
        if here == there {
            self.tell(Notice::info(Msg::SameArticle));
            return;
        }
        self.evidence.open(here, there);
        self.overlays.push(Overlay::Evidence);
    }

    /// The page that lies on top and the place in it, as something to come back to.
    pub(super) fn leaf(&self) -> Option<(Leaf, Place)> {
        let leaf = match self.overlays.last()? {
            Overlay::Review => Leaf::Review,
            Overlay::NamePage => Leaf::Name(self.profile.asked.clone()),
            Overlay::Evidence => Leaf::Evidence(self.evidence.other()?),
            _ => return None,
        };
        Some((leaf, self.page()?.place()))
    }

    /// Opens a page again at its place; the article that it lay over is open.
    pub(super) fn turn_to(&mut self, leaf: Leaf, place: Place) -> Effects {
        let Some(article) = self.reader.article else { return Vec::new() };
        let effects = match leaf {
            Leaf::Review => self.review_of(article),
            Leaf::Name(id) => self.page_of(&id),
            Leaf::Evidence(other) => {
                self.evidence.open(article, other);
                self.overlays.push(Overlay::Evidence);
                Vec::new()
            }
        };
        self.with_page(|page, _| page.restore(place));
        effects
    }

    /// Keys while a page lies over the panes; `None`: it closes, and the action is done below.
    pub(super) fn in_page(&mut self, action: Action, count: Option<u32>) -> Option<Effects> {
        if let Some(motion) = Motion::of(action, count) {
            self.with_page(|page, cx| page.go(motion, cx));
            return Some(Vec::new());
        }
        let own = match self.overlays.last() {
            Some(Overlay::Review) => Action::Review,
            Some(Overlay::NamePage) => Action::NamePage,
            _ => Action::Evidence,
        };
        match action {
            Action::JumpBack => return Some(self.jump_back()),
            Action::JumpForward => return Some(self.jump_forward()),
            Action::MarkPlace | Action::GoToPlace => self.ask_letter(action),
            Action::NextPane => self.with_page(|page, cx| page.section(1, cx)),
            Action::PreviousPane => self.with_page(|page, cx| page.section(-1, cx)),
            Action::Enter => return Some(self.follow_page()),
            Action::Escape | Action::Leave => {
                self.overlays.pop();
            }
            action if action == own => {
                self.overlays.pop();
            }
            Action::Fold => self.fold_page(),
            Action::SaveMarkdown => return Some(self.save_review(Form::Markdown)),
            Action::SaveHtml => return Some(self.save_review(Form::Html)),
            Action::SwitchLanguage
            | Action::SwitchTheme
            | Action::Redraw
            | Action::Suspend
            | Action::Quit => {
                return self.beneath(action);
            }
            Action::Help | Action::Palette => return self.beneath(action),
            // What is done with one article is done with that of the chosen line.
            Action::ToggleRead
            | Action::ToggleStar
            | Action::CopyLink
            | Action::CopyText
            | Action::CopyCitation
            | Action::OpenLink
            | Action::OpenOriginal
            | Action::EditOriginal => return None,
            Action::EditTags | Action::EditNote | Action::WriteNote | Action::CopyQuote | Action::Pipe => {
                self.open_line();
                return None;
            }
            // All of a list that is out of sight is never meant.
            Action::ReadAll => {
                self.overlays.pop();
            }
            _ => {
                self.overlays.pop();
                return None;
            }
        }
        Some(Vec::new())
    }

    /// An action that leaves the page where it is.
    fn beneath(&mut self, action: Action) -> Option<Effects> {
        match action {
            Action::Help => self.overlays.push(Overlay::Help(HelpView::default())),
            Action::Palette => self.open_palette(),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// A click chooses a line; a click on what is chosen follows it.
    pub(super) fn press_page(&mut self, y: u16) -> Effects {
        let Some((stop, chosen)) = self.page().and_then(|p| Some((p.at_row(y, &self.cx())?, p.stop))) else {
            return Vec::new();
        };
        if stop == chosen {
            return self.follow_page();
        }
        self.with_page(|page, _| page.stop = stop);
        Vec::new()
    }

    /// Opens or closes what the chosen line is the head of, else closes what it stands in.
    fn fold_page(&mut self) {
        self.with_page(|page, cx| {
            if !page.turn() {
                page.close(cx);
            }
        });
    }

    /// Goes to what the chosen line tells of.
    fn follow_page(&mut self) -> Effects {
        match self.page().and_then(Panel::selected).and_then(|stop| stop.away) {
            None => {
                self.open_line();
                Vec::new()
            }
            Some(Away::Name(entity)) => self.leave_for_name(entity),
            Some(Away::Month(year, month)) => self.list_month(year, month),
        }
    }

    /// From the page of a name to that of another; the way back leads here.
    fn leave_for_name(&mut self, entity: EntityIx) -> Effects {
        let Some(id) = self.snapshot.entities.get(entity).map(|e| e.id.clone()) else { return Vec::new() };
        self.leave_page();
        self.page_of(&id)
    }

    /// The list of the articles of a month that have the name of the page.
    fn list_month(&mut self, year: i16, month: i8) -> Effects {
        let Some(entity) = self.snapshot.entities.find(&self.profile.asked) else { return Vec::new() };
        let query = Query::parse(&format!("date:{year}-{month:02}"))
            .and_then(|month| month.toggle_entity(&self.snapshot, entity, false));
        let Ok(query) = query else { return Vec::new() };
        self.leave_page();
        self.filter.find = TextLine::default();
        self.filter.set(&query.raw);
        self.focus(Focus::List);
        self.search()
    }

    /// The way back leads to the page: it is left before it closes.
    fn leave_page(&mut self) {
        if let Some(spot) = self.here() {
            self.nav.leave(spot);
        }
        self.overlays.pop();
    }

    /// Opens the article that the chosen line tells of, at its place.
    fn open_line(&mut self) {
        let Some(Stop { article, at, fold, .. }) = self.page().and_then(Panel::selected) else { return };
        if fold.is_some() {
            self.with_page(|page, _| {
                page.turn();
            });
            return;
        }
        self.leave_page();
        self.go_on_to(article);
        if at > 0 {
            self.reader.restore(Anchor { at: Some(at), below: 0 });
            self.reader.spot = Some(at);
        }
    }
}
