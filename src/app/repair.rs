//! What the reader decides about names: asking for what a decision still needs, names that may be one.
//!
//! Owns: which decision is being made and what can be chosen for it; which proposals were answered.
//! Refuses: to keep or apply a decision: it leaves as an effect and comes back as the next snapshot.
//! Tests: key scripts in `tests/it/mending.rs`.

use super::App;
use super::action::Action;
use super::cx::{Cx, Motion, cycle};
use super::event::{Effect, Effects};
use super::line::Line;
use super::overlay::Overlay;
use super::status::Notice;
use super::update::cx;
use super::words::{self, Msg};
use crate::entity::{Decision, Entity, EntityIx, Kind, Likeness, proposals};
use crate::library::{ArticleIx, Snapshot, entities_like};
use crate::text::folded;

/// Choices shown at most.
const MOST: usize = 50;

/// What a decision still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The name that the chosen one is another name of.
    Merge,
    /// The spelling that is a thing of its own.
    Split,
    /// The name to show.
    Rename,
    /// The right kind.
    Kind,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The name, or the word for the kind.
    pub text: String,
    /// Its kind.
    pub kind: Kind,
    /// Mentions of a spelling, articles of a name; 0 where neither counts.
    pub count: u32,
}

/// A decision in the making.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What is asked for.
    pub asked: Asked,
    /// The name that the decision is about.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// What is typed.
    pub line: Line,
    /// What fits it.
    pub choices: Vec<Choice>,
    /// The chosen one.
    pub chosen: usize,
    id: String,
}

impl Pick {
    fn new(asked: Asked, entity: &Entity) -> Self {
        let typed = if asked == Asked::Rename { entity.name.as_str() } else { "" };
        Self {
            asked,
            name: entity.name.clone(),
            kind: entity.kind,
            line: Line::of(typed),
            choices: Vec::new(),
            chosen: 0,
            id: entity.id.clone(),
        }
    }

    /// Works out what fits what was typed.
    fn refresh(&mut self, article: Option<ArticleIx>, cx: &Cx<'_>) {
        let typed = folded(self.line.text().trim());
        self.choices = match self.asked {
            Asked::Merge => self.names(article, cx),
            Asked::Kind => Kind::ALL
                .into_iter()
                .filter(|k| *k != self.kind)
                .map(|kind| Choice { text: cx.words().get(words::kind(kind)).to_owned(), kind, count: 0 })
                .filter(|c| folded(&c.text).contains(&typed))
                .collect(),
            // All spellings stay in sight while a name is written.
            Asked::Rename => self.spellings(cx).collect(),
            Asked::Split => self.spellings(cx).filter(|c| folded(&c.text).contains(&typed)).collect(),
        };
        self.choices.truncate(MOST);
        self.chosen = 0;
    }

    fn spellings<'a>(&self, cx: &'a Cx<'_>) -> impl Iterator<Item = Choice> + use<'a> {
        let entity = cx.snapshot.entities.find(&self.id).and_then(|ix| cx.snapshot.entities.get(ix));
        let choice = |e: &'a Entity| {
            e.variants.iter().map(|v| Choice { text: v.text.clone(), kind: e.kind, count: v.count })
        };
        entity.into_iter().flat_map(choice)
    }

    /// Names that fit, those of the same kind first: of the article while nothing is typed, else of the whole library.
    fn names(&self, article: Option<ArticleIx>, cx: &Cx<'_>) -> Vec<Choice> {
        let typed = self.line.text().trim();
        let found: Vec<EntityIx> = match article {
            Some(article) if typed.is_empty() => {
                cx.snapshot.entities_of(article).into_iter().map(|(ix, _)| ix).collect()
            }
            _ => entities_like(cx.snapshot, typed),
        };
        let entities = found.iter().filter_map(|ix| cx.snapshot.entities.get(*ix));
        let mut out: Vec<Choice> = entities
            .filter(|e| e.id != self.id)
            .map(|e| Choice { text: e.name.clone(), kind: e.kind, count: e.articles })
            .collect();
        out.sort_by_key(|c| c.kind != self.kind);
        out
    }

    /// The decision, once all is there.
    fn decision(&self, snapshot: &Snapshot) -> Option<Decision> {
        let choice = self.choices.get(self.chosen);
        let typed = Some(self.line.text().trim().to_owned()).filter(|t| !t.is_empty());
        let other = |to: &str| {
            let like = entities_like(snapshot, to).into_iter().filter_map(|ix| snapshot.entities.get(ix));
            like.into_iter().any(|e| e.name == to && e.kind == self.kind && e.id != self.id)
        };
        let (name, kind) = (self.name.clone(), Some(self.kind));
        match self.asked {
            Asked::Merge => choice.map(|into| {
                let into_kind = Some(into.kind).filter(|k| *k != self.kind);
                Decision::Merge { name, into: into.text.clone(), kind, into_kind }
            }),
            Asked::Split => choice.map(|c| Decision::Split { name: c.text.clone(), kind }),
            Asked::Rename => typed.filter(|to| *to != name).map(|to| {
                // Two rows of one name would be one thing twice.
                if other(&to) {
                    return Decision::Merge { name, into: to, kind, into_kind: None };
                }
                Decision::Rename { name, to, kind }
            }),
            Asked::Kind => choice.map(|c| Decision::Kind { name, from: kind, kind: c.kind }),
        }
    }
}

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Their kind.
    pub kind: Kind,
    /// The rarer one.
    pub name: String,
    /// The one in more articles.
    pub into: String,
    /// What speaks for it.
    pub like: Likeness,
    joined: Decision,
    apart: Decision,
}

/// Names of the open story that may be one.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// Those that wait for an answer.
    pub rows: Vec<Offer>,
    /// The chosen one.
    pub chosen: usize,
    /// Pairs that were answered; the answer may not yet be in the snapshot.
    answered: Vec<(String, String)>,
}

impl Offers {
    pub(super) fn refresh(&mut self, article: Option<ArticleIx>, snapshot: &Snapshot) {
        let stories = snapshot.stories.around(article.into_iter().map(|a| a.0 as usize));
        let stories: Vec<&[usize]> = stories.iter().map(Vec::as_slice).collect();
        let entities = &snapshot.entities;
        let offer = |p: &crate::entity::Proposal| {
            let (from, into) = (entities.get(p.from)?, entities.get(p.into)?);
            Some(Offer {
                kind: from.kind,
                name: from.name.clone(),
                into: into.name.clone(),
                like: p.like.clone(),
                joined: p.joined(entities),
                apart: p.apart(entities),
            })
        };
        self.rows = proposals(entities, &snapshot.repairs, &stories).iter().filter_map(offer).collect();
        self.rows.retain(|o| !self.answered.contains(&(o.name.clone(), o.into.clone())));
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
    }

    /// Takes the answer to the chosen one.
    fn answer(&mut self, joined: bool) -> Option<Decision> {
        if self.chosen >= self.rows.len() {
            return None;
        }
        let offer = self.rows.remove(self.chosen);
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
        self.answered.push((offer.name, offer.into));
        Some(if joined { offer.joined } else { offer.apart })
    }
}

impl App {
    fn selected_name(&self) -> Option<&Entity> {
        self.names.selected().and_then(|ix| self.snapshot.entities.get(ix))
    }

    /// What the reader wants to say about the chosen name.
    pub(super) fn mend(&mut self, action: Action) -> Effects {
        // Whatever the name becomes, it stays the chosen one.
        let row = self.names.row;
        self.names.choose(row, &cx!(self));
        let asked = match action {
            Action::UndoDecision => return self.take_back(),
            Action::Proposals => {
                let mut offers = Offers::default();
                offers.refresh(self.reader.article, &self.snapshot);
                self.overlays.push(Overlay::Proposals(offers));
                return Vec::new();
            }
            Action::Why => {
                let id = self.selected_name().map(|e| e.id.clone());
                self.overlays.extend(id.map(|id| Overlay::Why { id, top: 0 }));
                return Vec::new();
            }
            Action::IgnoreName => {
                let ignore = |e: &Entity| Decision::Ignore { name: e.name.clone(), kind: Some(e.kind) };
                return self.selected_name().map(ignore).map(decide).unwrap_or_default();
            }
            Action::MergeName => Asked::Merge,
            Action::SplitName => Asked::Split,
            Action::RenameName => Asked::Rename,
            _ => Asked::Kind,
        };
        let Some(entity) = self.selected_name() else { return Vec::new() };
        if asked == Asked::Split && entity.variants.len() < 2 {
            let notice = Notice::info(Msg::OneSpelling).with("name", &entity.name);
            self.tell(notice);
            return Vec::new();
        }
        let mut pick = Pick::new(asked, entity);
        pick.refresh(self.reader.article, &cx!(self));
        self.overlays.push(Overlay::Pick(pick));
        Vec::new()
    }

    fn take_back(&mut self) -> Effects {
        match self.snapshot.repairs.decisions().last() {
            Some(last) => self.names.choose_later(last.name()),
            None => self.tell(Notice::info(Msg::NothingToTakeBack)),
        }
        // Another process may have decided something: the file knows.
        vec![Effect::TakeBack]
    }

    /// Something was typed or edited in the line of a decision.
    pub(super) fn pick_edited(&mut self) {
        let article = self.reader.article;
        if let Some(Overlay::Pick(mut pick)) = self.overlays.pop() {
            pick.refresh(article, &cx!(self));
            self.overlays.push(Overlay::Pick(pick));
        }
    }

    /// Keys while a decision is being made.
    pub(super) fn in_pick(&mut self, action: Action) -> Effects {
        let Some(Overlay::Pick(pick)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => {
                let (asked, typed, name) =
                    (pick.asked, pick.line.text().trim().to_owned(), pick.name.clone());
                let decision = pick.decision(&self.snapshot);
                if decision.is_none() && asked != Asked::Rename {
                    self.tell(Notice::warning(Msg::NothingFits).with("what", typed));
                    return Vec::new();
                }
                if decision.is_none() {
                    self.tell(Notice::info(Msg::SameName).with("name", name));
                }
                self.overlays.pop();
                return decision.map(decide).unwrap_or_default();
            }
            Action::Cancel => {
                self.overlays.pop();
            }
            Action::Newer => pick.chosen = cycle(pick.chosen, 1, pick.choices.len()),
            Action::Older | Action::CompleteBack => pick.chosen = cycle(pick.chosen, -1, pick.choices.len()),
            Action::Complete => {
                if let Some(choice) = pick.choices.get(pick.chosen) {
                    pick.line = Line::of(&choice.text);
                    self.pick_edited();
                }
            }
            Action::Suspend => return vec![Effect::Suspend],
            _ => {
                if pick.line.edit(action) {
                    self.pick_edited();
                }
            }
        }
        Vec::new()
    }

    /// Keys over the proposals; `None` where they do not care.
    pub(super) fn in_offers(&mut self, action: Action, count: Option<u32>) -> Option<Effects> {
        let page = usize::from(self.sizes.screen.1.saturating_sub(4));
        let Some(Overlay::Proposals(offers)) = self.overlays.last_mut() else { return None };
        if let Some(motion) = Motion::of(action, count) {
            offers.chosen = motion.apply(offers.chosen, offers.rows.len(), page);
            return Some(Vec::new());
        }
        match action {
            Action::JoinThem | Action::HoldApart => {
                let decision = offers.answer(action == Action::JoinThem);
                Some(decision.map(decide).unwrap_or_default())
            }
            Action::UndoDecision => {
                // What was answered last comes back with the snapshot.
                offers.answered.pop();
                Some(self.take_back())
            }
            _ => None,
        }
    }
}

fn decide(decision: Decision) -> Effects {
    vec![Effect::Decide(decision)]
}
