//! A line that is asked for: tags and note of an article, the name of a view; and choosing a view.
//!
//! Owns: what is asked, what is typed, what can be chosen for it. Refuses: to keep anything: marks go through `keep`, views leave
//! as effects. Tests: key scripts in `tests/it/own.rs`.

use super::action::Action;
use super::cx::cycle;
use super::event::{Effect, Effects};
use super::line::Line;
use super::overlay::Overlay;
use super::status::Notice;
use super::words::Msg;
use super::{App, keep::Undo};
use crate::library::{ArticleIx, Query, Snapshot, What, tags};
use crate::text::folded;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The tags of an article, or those that several have.
    Tags(Vec<ArticleIx>),
    /// Its note.
    Note(ArticleIx),
    /// A name for the filter.
    SaveView(Query),
    /// A view to show.
    OpenView,
    /// Where the words of an article lead: the words and the address of each.
    Links(Vec<(String, String)>),
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// What it is called.
    pub text: String,
    /// What stands beside it: the query of a view.
    pub beside: String,
    /// How many articles have it; `None` while that is counted.
    pub count: Option<usize>,
}

/// A line that is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What for.
    pub about: About,
    /// What is typed.
    pub line: Line,
    /// What fits it.
    pub options: Vec<Choosable>,
    /// The chosen one.
    pub chosen: Option<usize>,
    /// How many articles each view finds, once it is known.
    counts: Vec<(String, usize)>,
}

impl Ask {
    pub(super) fn new(about: About, text: &str, snapshot: &Snapshot) -> Self {
        let mut ask =
            Self { about, line: Line::of(text), options: Vec::new(), chosen: None, counts: Vec::new() };
        ask.refresh(snapshot);
        ask
    }

    /// The title of the box.
    pub fn title(&self) -> Msg {
        match self.about {
            About::Tags(_) => Msg::AskTags,
            About::Note(_) => Msg::AskNote,
            About::SaveView(_) => Msg::AskView,
            About::OpenView => Msg::AskOpenView,
            About::Links(_) => Msg::AskLinks,
        }
    }

    /// Works out what fits what was typed.
    fn refresh(&mut self, snapshot: &Snapshot) {
        self.options = match &self.about {
            About::Tags(_) => self.known_tags(snapshot),
            About::Note(_) => Vec::new(),
            About::SaveView(_) | About::OpenView => self.views(snapshot),
            About::Links(links) => fitting(links, self.line.text()),
        };
        self.chosen = (self.chooses() && !self.options.is_empty()).then_some(0);
    }

    /// What is typed only says which is meant.
    pub fn chooses(&self) -> bool {
        matches!(self.about, About::OpenView | About::Links(_))
    }

    /// Tags that go on from the word at the end of the line.
    fn known_tags(&self, snapshot: &Snapshot) -> Vec<Choosable> {
        let (_, word) = self.split();
        let (typed, there) = (folded(word.trim_start_matches('#')), tags(self.line.text()));
        let all = snapshot.marks.all_tags();
        let fit =
            all.iter().filter(|(tag, _)| folded(tag).starts_with(&typed) && !there.iter().any(|t| t == *tag));
        fit.map(|(tag, n)| Choosable {
            text: (*tag).to_owned(),
            beside: String::new(),
            count: Some(*n as usize),
        })
        .collect()
    }

    fn views(&self, snapshot: &Snapshot) -> Vec<Choosable> {
        let typed = folded(self.line.text().trim());
        let fit = snapshot.views.all().filter(|v| folded(&v.name).contains(&typed));
        let count = |name: &str| self.counts.iter().find(|c| c.0 == name).map(|c| c.1);
        fit.map(|v| Choosable { text: v.name.clone(), beside: v.query.raw.clone(), count: count(&v.name) })
            .collect()
    }

    /// The line up to its last word, and that word.
    fn split(&self) -> (&str, &str) {
        let text = self.line.text();
        text.split_at(text.rfind([' ', ',']).map_or(0, |at| at + 1))
    }

    /// Puts the chosen one into the line.
    fn complete(&mut self) {
        let Some(option) = self.options.get(self.chosen.unwrap_or(0)) else { return };
        let text = match self.about {
            About::Tags(_) => format!("{}{} ", self.split().0, option.text),
            _ => option.text.clone(),
        };
        self.line = Line::of(&text);
    }
}

/// Links whose words or address have what is typed.
fn fitting(links: &[(String, String)], typed: &str) -> Vec<Choosable> {
    let typed = folded(typed.trim());
    let fit =
        links.iter().filter(|(words, to)| folded(words).contains(&typed) || folded(to).contains(&typed));
    fit.map(|(text, to)| Choosable { text: text.clone(), beside: to.clone(), count: None }).collect()
}

impl App {
    /// Lists where the words of the article lead.
    pub(super) fn list_links(&mut self) {
        let read = self.markable().and_then(|ix| self.snapshot.read(ix));
        let Some(read) = read else { return };
        let mut links: Vec<(String, String)> = Vec::new();
        for (_, text, to) in read.article.links() {
            // Said twice, it is one link.
            if links.iter().all(|l| l.0 != text || l.1 != to) {
                links.push((text.split_whitespace().collect::<Vec<_>>().join(" "), to.to_owned()));
            }
        }
        if links.is_empty() {
            self.tell(Notice::info(Msg::NoLinks));
            return;
        }
        let ask = Ask::new(About::Links(links), "", &self.snapshot);
        self.overlays.push(Overlay::Ask(ask));
    }

    /// Asks for what an action needs.
    pub(super) fn ask(&mut self, action: Action) -> Effects {
        let snapshot = std::sync::Arc::clone(&self.snapshot);
        let ask = match action {
            Action::OpenView if snapshot.views.all().next().is_none() => {
                let key = self.key(Action::SaveView);
                self.tell(Notice::info(Msg::NoViews).with("key", key));
                return Vec::new();
            }
            Action::OpenView => {
                self.overlays.push(Overlay::Ask(Ask::new(About::OpenView, "", &snapshot)));
                return vec![Effect::CountViews(snapshot)];
            }
            Action::SaveView => {
                let raw = self.filter.raw();
                let Some(query) = Query::parse_whole(&raw).ok().filter(|q| !q.raw.is_empty()) else {
                    self.tell(Notice::info(Msg::NoFilterToSave));
                    return Vec::new();
                };
                Ask::new(About::SaveView(query), "", &snapshot)
            }
            _ => {
                let Some(article) = self.markable() else { return Vec::new() };
                let note = snapshot.marks.note(article);
                // A line would lose the line breaks.
                if action == Action::WriteNote || note.contains('\n') {
                    return vec![Effect::Edit(article, note.to_owned())];
                }
                if action == Action::EditNote {
                    Ask::new(About::Note(article), note, &snapshot)
                } else {
                    let mut there = snapshot.marks.tags(article).join(" ");
                    // Ready for the next.
                    there.extend((!there.is_empty()).then_some(' '));
                    Ask::new(About::Tags(vec![article]), &there, &snapshot)
                }
            }
        };
        self.overlays.push(Overlay::Ask(ask));
        Vec::new()
    }

    /// Something was typed or edited in the line.
    pub(super) fn ask_edited(&mut self) {
        let snapshot = std::sync::Arc::clone(&self.snapshot);
        if let Some(Overlay::Ask(ask)) = self.overlays.last_mut() {
            ask.refresh(&snapshot);
        }
    }

    /// The views that may be chosen now are others.
    pub(super) fn views_changed(&mut self) -> Option<Effect> {
        let open = matches!(self.overlays.last(), Some(Overlay::Ask(ask)) if ask.about == About::OpenView);
        self.ask_edited();
        open.then(|| Effect::CountViews(std::sync::Arc::clone(&self.snapshot)))
    }

    /// The views were counted.
    pub(super) fn counted(&mut self, counts: Vec<(String, usize)>) {
        if let Some(Overlay::Ask(ask)) = self.overlays.last_mut() {
            ask.counts = counts;
            let chosen = ask.chosen;
            self.ask_edited();
            if let Some(Overlay::Ask(ask)) = self.overlays.last_mut() {
                ask.chosen = chosen.filter(|n| *n < ask.options.len());
            }
        }
    }

    /// Keys while a line is asked for.
    pub(super) fn in_ask(&mut self, action: Action) -> Effects {
        let Some(Overlay::Ask(ask)) = self.overlays.last_mut() else { return Vec::new() };
        let go = |ask: &mut Ask, by: isize| {
            let first = if by > 0 { 0 } else { ask.options.len().saturating_sub(1) };
            let next = ask.chosen.map_or(first, |n| cycle(n, by, ask.options.len()));
            ask.chosen = (next < ask.options.len()).then_some(next);
        };
        match action {
            Action::Accept => return self.answered(),
            Action::Cancel => {
                self.overlays.pop();
            }
            Action::Newer => go(ask, 1),
            Action::Older | Action::CompleteBack => go(ask, -1),
            Action::Complete if matches!(ask.about, About::Links(_)) => {
                let to = ask.chosen.and_then(|n| ask.options.get(n)).map(|o| o.beside.clone());
                self.overlays.pop();
                return to.map_or_else(Vec::new, |to| self.copy(Msg::CopiedLink, to.clone(), to));
            }
            Action::Complete => {
                ask.complete();
                self.ask_edited();
            }
            Action::Suspend => return vec![Effect::Suspend],
            _ => {
                if ask.line.edit(action) {
                    self.ask_edited();
                }
            }
        }
        Vec::new()
    }

    fn answered(&mut self) -> Effects {
        let Some(Overlay::Ask(mut ask)) = self.overlays.pop() else { return Vec::new() };
        if ask.chosen.is_some() && !ask.chooses() {
            ask.complete();
        }
        let typed = ask.line.text().trim().to_owned();
        match ask.about {
            About::Tags(articles) => self.put_tags(&articles, &tags(&typed)),
            About::Note(article) => self.put_note(article, &typed),
            About::SaveView(query) if !typed.is_empty() => return self.put_view(typed, Some(query)),
            About::SaveView(_) => {}
            About::Links(_) => {
                let to = ask.chosen.and_then(|n| ask.options.get(n)).map(|o| o.beside.clone());
                return to.map_or_else(Vec::new, |to| self.browse(to));
            }
            About::OpenView => {
                let name = ask.chosen.and_then(|n| ask.options.get(n)).map_or(typed, |o| o.text.clone());
                return self.show_view(&name);
            }
        }
        Vec::new()
    }

    fn put_tags(&mut self, articles: &[ArticleIx], wanted: &[String]) {
        let there = self.common_tags(articles);
        let gone = there.iter().filter(|t| !wanted.contains(t)).map(|t| What::Tag(t.clone(), false));
        let new = wanted.iter().filter(|t| !there.contains(t)).map(|t| What::Tag(t.clone(), true));
        let whats: Vec<What> = gone.chain(new).collect();
        let changed = self.change(articles, &whats);
        if changed > 1 {
            let (words, key) = (self.words(), self.key(Action::Undo));
            let done = match wanted {
                [] => words.get(Msg::NoTags).to_lowercase(),
                _ => words.fill(Msg::TagsNow, &[("tags", &wanted.join(" "))]).to_lowercase(),
            };
            let what = words.count(Msg::Articles, changed);
            self.tell(Notice::info(Msg::ManyDone).with("what", what).with("done", done).with("key", key));
        } else if changed > 0 {
            let notice = if wanted.is_empty() {
                Notice::info(Msg::NoTags)
            } else {
                Notice::info(Msg::TagsNow).with("tags", wanted.join(" "))
            };
            self.tell(notice);
        }
    }

    /// The note of an article is this now.
    pub(super) fn put_note(&mut self, article: ArticleIx, note: &str) {
        let note = crate::text::clean(note.trim()).0;
        let msg = if note.is_empty() { Msg::NoteGone } else { Msg::NoteKept };
        if self.change(&[article], &[What::Note(note)]) > 0 {
            self.tell(Notice::info(msg));
        }
    }

    /// Saves a query under a name, or takes that view away.
    pub(super) fn put_view(&mut self, name: String, query: Option<Query>) -> Effects {
        let before = self.snapshot.views.get(&name).cloned();
        self.kept.done(Undo::View(name.clone(), before));
        vec![Effect::KeepView { name, query }]
    }

    /// The view's query becomes the filter.
    pub(super) fn show_view(&mut self, name: &str) -> Effects {
        let Some(query) = self.snapshot.views.get(name).map(|q| q.raw.clone()) else {
            self.tell(Notice::warning(Msg::NoSuchView).with("name", name));
            return Vec::new();
        };
        self.filter.find = Line::default();
        self.filter.set(&query);
        self.search()
    }
}
