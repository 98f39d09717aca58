//! Events and actions: who deals with what.

use std::sync::Arc;

use super::action::Action;
use super::cx::{Cx, Motion, signed};
use super::event::{Effect, Effects, Event, Report};
use super::filter::{Reading, Typing};
use super::nav::Focus;
use super::overlay::{HelpView, Overlay};
use super::status::Notice;
use super::words::{Lang, Msg};
use super::{App, Scope};
use crate::keys::{Code, Key, Step};
use crate::library::{ArticleIx, Entry, Snapshot, Stage, Standing, files_in_trouble};

/// Columns that a border moves by key.
const STEP: i32 = 4;

/// A read-only view for a pane that is itself borrowed for change.
macro_rules! cx {
    ($app:expr) => {
        Cx {
            snapshot: &$app.snapshot,
            prefs: &$app.prefs,
            sizes: &$app.sizes,
            facets: $app.filter.facets.as_ref(),
        }
    };
}
pub(super) use cx;

impl App {
    /// Takes what happened; gives what is to be done outside.
    pub fn on_event(&mut self, event: Event) -> Effects {
        let mut effects = match event {
            Event::Key(key) => self.on_key(key),
            Event::Paste(text) => self.on_text(&text),
            Event::Mouse(mouse) => self.on_mouse(mouse),
            Event::Resized(w, h) => {
                self.sizes.screen = (w, h);
                Vec::new()
            }
            Event::Now(minutes) => {
                self.prefs.now = minutes;
                Vec::new()
            }
            Event::Report(report) => self.on_report(report),
        };
        effects.extend(self.follow_marks());
        self.settle();
        effects.extend(self.measure());
        effects.extend(self.save());
        effects
    }

    /// Does an action, so many times (`None`: no count was given).
    pub fn update(&mut self, action: Action, count: Option<u32>) -> Effects {
        let mut effects = self.act(action, count);
        effects.extend(self.follow_marks());
        self.settle();
        effects.extend(self.measure());
        effects.extend(self.save());
        effects
    }

    fn on_key(&mut self, key: Key) -> Effects {
        self.status.seen();
        self.list.touch();
        self.wish = None;
        // Who goes on is not called back.
        self.filter.take_back();
        self.welcome = false;
        if let Some(asked) = self.placing.take() {
            return self.take_letter(asked, key);
        }
        if self.typing()
            && self.keys.pending.is_empty()
            && let Some(c) = key.text()
        {
            return self.on_text(c.encode_utf8(&mut [0; 4]));
        }
        // What was begun is dropped, and nothing else.
        if key == Key::plain(Code::Esc) && !self.keys.pending.is_empty() {
            self.keys.pending.clear();
            return Vec::new();
        }
        let mut keys = self.keys.pending.keys.clone();
        keys.push(key);
        let begun = self.keys.pending.shown();
        let scopes = self.scopes();
        match self.keys.map.step(&scopes, &mut self.keys.pending, key) {
            Step::Do(action, count) => self.act(action, count),
            Step::Pending => Vec::new(),
            Step::Miss => {
                if key.code != Code::Esc && !self.typing() {
                    self.tell_unbound(&keys, begun + &key.label());
                }
                Vec::new()
            }
        }
    }

    fn on_text(&mut self, text: &str) -> Effects {
        if let Some(Overlay::Palette(palette)) = self.overlays.last_mut() {
            palette.line.insert(text);
            palette.refresh(&self.keys.map, &self.prefs, &self.snapshot.views);
            return Vec::new();
        }
        if let Some(Overlay::Ask(ask)) = self.overlays.last_mut() {
            ask.line.insert(text);
            self.ask_edited();
            return Vec::new();
        }
        if let Some(Overlay::Pick(pick)) = self.overlays.last_mut() {
            pick.line.insert(text);
            self.pick_edited();
            return Vec::new();
        }
        if let Some(Overlay::Pipe(line)) = self.overlays.last_mut() {
            line.insert(text);
            return Vec::new();
        }
        if let Some(Overlay::Help(view)) = self.overlays.last_mut() {
            view.line.insert(text);
            view.top = 0;
            return Vec::new();
        }
        let Some(line) = self.filter.line() else { return Vec::new() };
        line.insert(text);
        self.edited()
    }

    fn on_report(&mut self, report: Report) -> Effects {
        match report {
            Report::Published(snapshot) => self.publish(snapshot),
            Report::Hits { ticket, rows, facets } => {
                if self.jobs.accept(ticket) {
                    if rows.is_empty() && self.filter.goes_apart() {
                        return self.search();
                    }
                    self.filter.facets = Some(facets);
                    self.put_rows(rows);
                }
                Vec::new()
            }
            Report::Reviewed(ticket, reviewed) => {
                self.review.answer(ticket, reviewed);
                Vec::new()
            }
            Report::Profiled(ticket, profile) => {
                self.profile.answer(ticket, profile);
                Vec::new()
            }
            Report::FirstRun => {
                self.welcome = true;
                Vec::new()
            }
            Report::Decided(decision, kept) => {
                let line = self.words().decision(&decision);
                let msg = if kept { Msg::Decided } else { Msg::TakenBack };
                let key = self.key(Action::UndoDecision);
                self.tell(Notice::info(msg).with("line", line).with("key", key));
                Vec::new()
            }
            Report::States { states, heard } => self.learn(states, heard),
            Report::Undone { actions, heard } => {
                self.learn_undone(actions, heard);
                Vec::new()
            }
            Report::Views(views) => self.learn_views(views),
            Report::ViewCounts(counts) => {
                self.counted(counts);
                Vec::new()
            }
            Report::Chosen(whats, articles) => {
                self.mark_all(&whats, &articles, &[]);
                Vec::new()
            }
            Report::Noted(article, note) => {
                self.put_note(article, &note);
                Vec::new()
            }
            Report::Measured(article, pixels) => {
                self.measured(article, pixels);
                Vec::new()
            }
            Report::Broken(key) => {
                self.broken(key);
                Vec::new()
            }
            Report::Notice(notice) => {
                self.tell(notice);
                Vec::new()
            }
            Report::Stopped(notice) => {
                self.tell(notice);
                let mut last = Snapshot::clone(&self.snapshot);
                last.progress.stage = Stage::Done;
                self.publish(Arc::new(last))
            }
        }
    }

    fn publish(&mut self, snapshot: Arc<Snapshot>) -> Effects {
        let more = snapshot.problems.len() > self.snapshot.problems.len();
        let before = std::mem::replace(&mut self.snapshot, snapshot);
        if more {
            let files = self.words().count(Msg::Files, files_in_trouble(&self.snapshot));
            let key = self.key(Action::Notices);
            self.tell(Notice::info(Msg::FilesWithProblems).with("files", files).with("key", key));
        }
        self.remark();
        self.follow_rewritten(&before);
        self.leave_removed(&before);
        if let Some(Overlay::Proposals(offers)) = self.overlays.last_mut() {
            offers.refresh(self.reader.article, &self.snapshot);
        }
        let mut effects = Vec::new();
        if self.filter.is_empty() {
            self.put_rows(Arc::clone(&self.snapshot.order));
            self.take_up();
        } else {
            // Another library, the same question. Only what changed articles or names changes the answer.
            effects = self.search();
        }
        effects.extend(self.grant());
        effects
    }

    /// A file that was written anew is another article: who chose the old one goes on with the new one.
    fn follow_rewritten(&mut self, before: &Snapshot) {
        let heir = |article: Option<ArticleIx>| {
            let old = before.entry(article?).filter(|e| e.is_read())?;
            if self.snapshot.entry(article?).is_none_or(Entry::is_read) {
                return None;
            }
            let same = |e: &Entry| e.is_read() && e.path == old.path && e.record == old.record;
            let entries = &self.snapshot.entries;
            (0..entries.len()).rev().find(|n| same(&entries[*n])).map(|n| ArticleIx(n as u32))
        };
        let marked: Vec<ArticleIx> = self.marked.all().collect();
        let marked: Vec<_> = marked.into_iter().filter_map(|old| Some((old, heir(Some(old))?))).collect();
        let (chosen, open) = (heir(self.list.selected), heir(self.reader.article));
        for (old, new) in marked {
            self.marked.inherit(old, new);
        }
        if let Some(chosen) = chosen {
            self.list.inherit(chosen);
        }
        if let Some(open) = open {
            let place = self.reader.anchor();
            self.reader.open(Some(open));
            self.reader.restore(place);
        }
    }

    /// Who reads an article that is taken away is told so, and stands in the list beside its place: its neighbour is in sight then,
    /// but nobody reads on in that as if it were the same.
    fn leave_removed(&mut self, before: &Snapshot) {
        let was = |article: &ArticleIx| before.entry(*article).is_some_and(Entry::is_read);
        let is = |article: &ArticleIx| {
            self.snapshot.entry(*article).is_some_and(Entry::is_read) || self.snapshot.order.contains(article)
        };
        let Some(article) = self.reader.article.filter(|a| was(a) && !is(a)) else { return };
        let title = before.entry(article).map(Entry::title).unwrap_or_default();
        self.tell(Notice::warning(Msg::ArticleGone).with("title", title));
        if !self.snapshot.order.is_empty() {
            self.focus(Focus::List);
        }
    }

    /// Puts other articles in the list and opens what is chosen there; but an article that a jump led to stays open.
    fn put_rows(&mut self, rows: Arc<Vec<ArticleIx>>) {
        // The beginning of a field (`pla…`) finds nothing as a word: the list waits for the rest of it.
        if rows.is_empty() && self.filter.begins_field() {
            return;
        }
        let there = |a: &ArticleIx| self.snapshot.entry(*a).is_some_and(Entry::is_read);
        let strayed = self.reader.article.filter(|a| self.list.selected.is_some_and(|s| s != *a) && there(a));
        let other = self.filter.asks_another();
        self.list.set_rows(rows, other);
        let typing = self.filter.typing.is_some();
        // Half-typed words come and go: what was chosen before them comes back as soon as it matches.
        let back = self.filter.take_back();
        if let Some(article) = self.filter.origin().or(back) {
            self.list.select(article);
        }
        let nothing = self.list.rows.is_empty() && !self.snapshot.order.is_empty();
        if !typing && !nothing {
            self.filter.arrive();
        }
        match strayed.filter(|_| !typing) {
            Some(article) => {
                self.list.select(article);
            }
            // Where the last name left nothing, the article stays, so that the name can be taken back where it was pressed.
            None if nothing && !other => {}
            None => {
                // Who read, and filtered from there, finds the way back.
                let read = !typing && back.is_none() && self.nav.focus != Focus::List;
                if let Some(spot) = self.here().filter(|s| read && self.list.selected != Some(s.article)) {
                    self.nav.leave(spot);
                }
                self.reader.open(self.list.selected);
            }
        }
        if typing {
            self.reader.seek_first();
        }
        // Counts are those of the new list; but what the reader walks through stays as it is.
        if typing && self.filter.taken.is_none() {
            self.filter.suggest(&self.list.rows, &self.snapshot);
        }
    }

    pub(super) fn tell(&mut self, notice: Notice) {
        self.status.tell(notice);
    }

    /// What is typed changed: suggestions and search follow.
    pub(super) fn edited(&mut self) -> Effects {
        self.filter.in_one_piece();
        self.filter.suggest(&self.list.rows, &self.snapshot);
        self.search()
    }

    /// Searches for what stands in the filter line.
    pub(super) fn search(&mut self) -> Effects {
        match self.filter.read(&self.snapshot) {
            Reading::Wrong => Vec::new(),
            Reading::Nothing => {
                self.jobs.call_off();
                self.filter.facets = None;
                self.put_rows(Arc::clone(&self.snapshot.order));
                Vec::new()
            }
            Reading::Query(query) => {
                let ticket = self.jobs.ticket();
                vec![Effect::Search { ticket, query, snapshot: Arc::clone(&self.snapshot) }]
            }
        }
    }

    pub(super) fn route(&mut self, action: Action, count: Option<u32>) -> Effects {
        if let Some(effects) = self.in_overlay(action, count) {
            return effects;
        }
        if self.filter.typing.is_some() && (action.scope() == Scope::Line || action == Action::SaveView) {
            return self.in_line(action);
        }
        if let Some(motion) = Motion::of(action, count) {
            if self.filter.typing.is_none() {
                self.move_in_pane(motion);
            }
            return Vec::new();
        }
        if self.is_too_early(action) {
            return Vec::new();
        }
        if let Some(effects) = self.with_several(action) {
            return effects;
        }
        match action {
            Action::MarkArticle => self.mark(count),
            Action::MarkAll => self.mark_list(),
            Action::UnmarkAll => self.unmark(),
            Action::Enter if self.nav.focus == Focus::Names => return self.enter_name(),
            Action::Include => return self.toggle_name(false),
            Action::Enter => self.enter(),
            Action::Escape => return self.escape(),
            Action::Leave => return self.leave(),
            Action::Quit => return vec![Effect::Quit],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Redraw => return vec![Effect::Redraw],
            Action::StopWork => return self.stop_work(),
            Action::Find => {
                let had = !self.filter.find.text().is_empty();
                self.filter.begin(Typing::Find, self.list.selected, self.reader.article);
                return if had { self.search() } else { Vec::new() };
            }
            Action::EditFilter => self.filter.begin(Typing::Filter, self.list.selected, self.reader.article),
            Action::ClearFilter => return self.clear_filter(),
            Action::Exclude => return self.toggle_name(true),
            Action::Undo => return self.undo(count),
            Action::EditTags | Action::EditNote | Action::WriteNote | Action::OpenView | Action::SaveView => {
                return self.ask(action);
            }
            Action::Review => return self.open_review(),
            Action::NamePage => return self.open_name_page(),
            Action::JumpBack => return self.jump_back(),
            Action::JumpForward => return self.jump_forward(),
            Action::MarkPlace | Action::GoToPlace => self.ask_letter(action),
            Action::Links => self.list_links(),
            Action::Evidence => self.open_evidence(),
            Action::Help => self.overlays.push(Overlay::Help(HelpView::default())),
            Action::Notices => self.overlays.push(Overlay::Notices(0)),
            Action::Palette => self.open_palette(),
            Action::CopyLink
            | Action::CopyText
            | Action::CopyCitation
            | Action::CopyQuote
            | Action::OpenOriginal
            | Action::EditOriginal
            | Action::OpenLink => return self.take_out(action),
            Action::SaveArticles => return self.save_articles(),
            Action::Pipe => self.ask_program(),
            Action::Wider | Action::Narrower => {
                self.resize(if action == Action::Wider { STEP } else { -STEP });
                return vec![Effect::KeepWidths(self.prefs.widths)];
            }
            _ if action.scope() == Scope::Names && !matches!(action, Action::Variants | Action::AllNames) => {
                return self.mend(action);
            }
            _ => self.change_view(action, count),
        }
        Vec::new()
    }

    fn change_view(&mut self, action: Action, count: Option<u32>) {
        let times = count.map_or(1, |n| signed(n as usize));
        match action {
            Action::NextPane => self.focus(self.nav.focus.beside(1)),
            Action::PreviousPane => self.focus(self.nav.focus.beside(-1)),
            Action::PaneLeft => self.sideways(-1),
            Action::PaneRight => self.sideways(1),
            Action::ShowNames => self.toggle_side(Focus::Names),
            Action::ShowRelated => self.toggle_side(Focus::Related),
            Action::Zen => {
                self.nav.zen = !self.nav.zen;
                self.focus(Focus::Reader);
            }
            Action::SetAside => {
                self.reader.aside = !self.reader.aside;
                // Most of them stand below the text, out of sight.
                let msg = if self.reader.aside { Msg::AsideShown } else { Msg::AsideHidden };
                self.tell(Notice::info(msg));
            }
            Action::Pictures => self.toggle_pictures(),
            Action::ExactDates => self.prefs.exact_dates = !self.prefs.exact_dates,
            Action::AllNames => self.names.all = !self.names.all,
            Action::MoreReasons => self.related.more = !self.related.more,
            Action::Variants => {
                self.names.toggle_variants(&cx!(self));
                let article = self.reader.article;
                self.names.settle(article, self.jobs.answered.0, &cx!(self));
            }
            Action::SwitchLanguage => {
                let lang = if self.prefs.lang == Lang::Vi { Lang::En } else { Lang::Vi };
                self.speak(lang);
            }
            Action::SwitchTheme => self.next_theme(),
            Action::NextMatch => self.next_match(times),
            Action::PreviousMatch => self.next_match(-times),
            Action::NextInStory => self.in_story(1),
            Action::PreviousInStory => self.in_story(-1),
            Action::UnreadInStory => self.unread_in_story(),
            Action::NextUnread => self.unread(1),
            Action::PreviousUnread => self.unread(-1),
            Action::ToggleRead => self.toggle_read(),
            Action::ToggleStar => self.toggle_star(),
            Action::ReadAll => self.read_all(),
            _ => {}
        }
    }

    fn stop_work(&mut self) -> Effects {
        if self.snapshot.progress.stage == Stage::Done {
            self.tell(Notice::info(Msg::NothingToStop));
            return Vec::new();
        }
        self.tell(Notice::info(Msg::Stopping));
        vec![Effect::StopWork]
    }

    pub(super) fn move_in_pane(&mut self, motion: Motion) {
        match self.nav.focus {
            Focus::List => {
                self.list.go(motion, &cx!(self));
                if self.list.selected.is_some() {
                    self.filter.arrive();
                }
                self.reader.open(self.list.selected);
            }
            Focus::Reader => self.reader.go(motion, &cx!(self)),
            Focus::Names => {
                self.names.go(motion, &cx!(self));
                self.names.in_sight(&cx!(self));
            }
            Focus::Related => self.related.go(motion, &cx!(self)),
        }
    }

    fn enter(&mut self) {
        match self.nav.focus {
            Focus::List => {
                self.reader.open(self.list.selected);
                self.focus(Focus::Reader);
            }
            Focus::Reader => self.focus(Focus::Names),
            Focus::Names => {}
            Focus::Related => {
                if let Some(article) = self.related.selected() {
                    self.jump(article);
                }
            }
        }
    }

    /// One step back: out of zen, to the left, then what is searched, then the filter.
    fn escape(&mut self) -> Effects {
        if self.nav.zen {
            self.nav.zen = false;
            return Vec::new();
        }
        match self.nav.focus {
            Focus::Names | Focus::Related => {
                self.nav.drawer = false;
                self.focus(self.nav.came_from);
            }
            Focus::Reader => self.focus(Focus::List),
            Focus::List if !self.filter.find.text().is_empty() => {
                self.filter.find = super::TextLine::default();
                return self.search();
            }
            Focus::List if !self.filter.is_empty() => return self.clear_filter(),
            Focus::List => {}
        }
        Vec::new()
    }

    fn leave(&mut self) -> Effects {
        if self.nav.focus == Focus::List && !self.nav.zen {
            return vec![Effect::Quit];
        }
        self.escape()
    }

    fn clear_filter(&mut self) -> Effects {
        self.filter.find = super::TextLine::default();
        self.filter.set("");
        self.search()
    }

    /// A name narrows the list; pressed again it opens its page.
    pub(super) fn enter_name(&mut self) -> Effects {
        let entity = self.names.selected().and_then(|ix| self.snapshot.entities.get(ix));
        if entity.is_some_and(|e| self.filter.standing(e) == Standing::Wanted) {
            return self.open_name_page();
        }
        self.toggle_name(false)
    }

    pub(super) fn toggle_name(&mut self, exclude: bool) -> Effects {
        let Some(entity) = self.names.selected() else { return Vec::new() };
        self.filter.toggle_name(&self.snapshot, entity, exclude);
        self.search()
    }
}
