//! The state of the screen and everything that can happen to it.
//!
//! Owns: the panes, the filter line, overlays, jumps, the table of actions, words on screen, where everything stands.
//! Refuses: to draw, to wait, to look at a clock, a disk or a thread: what is to be done outside leaves as [`Effect`]s, what comes from outside arrives as [`Event`]s. Therefore key scripts test all of it without a terminal (`tests/it/press.rs`).

mod action;
mod ask;
mod command;
mod credit;
mod cx;
mod event;
mod evidence;
mod filter;
mod hints;
mod jump;
mod keep;
mod layout;
mod line;
mod list;
mod marked;
mod mouse;
mod mouse_over;
mod msg;
mod names;
mod nav;
mod over;
mod overlay;
mod page;
mod pages;
mod panel;
mod panes;
mod pictures;
mod places;
mod profile;
mod rank;
mod reader;
mod related;
mod repair;
mod review;
mod review_lines;
mod review_passages;
mod review_quotes;
mod review_tables;
mod review_who;
mod said;
mod sheet;
mod status;
mod table;
mod take;
mod times;
mod typing;
mod update;
mod when;
mod why;
mod wish;
pub mod words;

use std::sync::Arc;

pub use action::{Action, DEFAULT_KEYS, Scope, key_labels, keymap, keys_markdown, label, nearest};
pub use ask::{About, Ask, Choosable};
pub use command::Typed;
pub use credit::{outlet, outlets};
pub use cx::{Cx, Motion, Prefs};
pub use event::{Effect, Effects, Event, Form, Jobs, Mouse, MouseDid, Program, Report, Ticket};
pub use evidence::EvidencePane;
pub use filter::{FilterBar, Typing};
pub use hints::{Follow, Hint, Placed, Progress, follow, hints, placed, progress};
pub use keep::{Kept, undone};
pub use layout::{Area, MEASURE, Rule, Shape, Sizes, Wide, Widths, solve};
pub use line::Line as TextLine;
pub use list::{Columns, ListPane, MARGIN as LIST_MARGIN, Shown};
pub use marked::Marked;
pub use names::{NamesPane, Row as NameRow, SPELLING, spelling_cells, why_empty as why_no_names};
pub use nav::{Border, Drag, Focus, Nav, Spot};
pub use overlay::{
    BETWEEN, Command, Help, HelpRow, HelpView, Item, Overlay, Palette, box_of, choices_box, first_choice,
    help, inside, notice_lines,
};
pub use page::{Line as PageLine, Look, Page, SIGN_MARKED, SIGN_NOTE, Seg};
pub use panel::{Away, Fold, Line as PanelLine, Look as PanelLook, Panel, Stop};
pub use pictures::{Drawing, Framed, Hung, PictureKey, Pictures};
pub use profile::ProfilePane;
pub use reader::{ReaderPane, thumb, thumb_of};
pub use related::{
    Line as RelatedLine, Look as RelatedLook, MARGIN as RELATED_MARGIN, RelatedPane, reasons,
    why_empty as why_no_related,
};
pub use repair::{Asked, Choice, Offer, Offers, Pick};
pub use review::ReviewPane;
pub use review_who::{behind, column_of, counts, legend, outlet_of, outlets_of, passage_of, signs};
pub use status::{Notice, Severity, Status};
pub use take::web_address;
pub use when::{ago, civil, day_of, exact, short, stretch};
pub use why::{WhyRow, candidates, likeness, spelling as spelling_line, why_lines};
pub use words::{Lang, Msg, Words};

use crate::keys::{Keymap, Pending};
use crate::library::{ArticleIx, Snapshot};

/// Bindings, and what was begun.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// The bindings.
    pub map: Keymap<Action>,
    /// Count and keys typed so far.
    pub pending: Pending,
}

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct App {
    /// The library as it is now.
    pub snapshot: Arc<Snapshot>,
    /// The list of articles.
    pub list: ListPane,
    /// The open article.
    pub reader: ReaderPane,
    /// Its names.
    pub names: NamesPane,
    /// Its related stories.
    pub related: RelatedPane,
    /// The filter line.
    pub filter: FilterBar,
    /// What lies over the panes, the topmost last.
    pub overlays: Vec<Overlay>,
    /// Which pane has the keys, and the way back.
    pub nav: Nav,
    /// What there is to say.
    pub status: Status,
    /// Searches under way.
    pub jobs: Jobs,
    /// What the reader prefers.
    pub prefs: Prefs,
    /// Where everything stands.
    pub sizes: Sizes,
    /// Bindings, and what was begun.
    pub keys: Keys,
    /// The press review of a story.
    pub review: ReviewPane,
    /// The page of a name.
    pub profile: ProfilePane,
    /// What two articles share.
    pub evidence: EvidencePane,
    /// Pictures of the open article.
    pub pictures: Pictures,
    /// What is kept of what the reader did.
    pub kept: Kept,
    /// Articles chosen one by one.
    pub marked: Marked,
    /// What was asked for before it could be done.
    wish: Option<wish::Wish>,
    /// The letter of a place is asked for: to mark it, or to go there.
    placing: Option<Action>,
    /// The program that a text went to last.
    piped: String,
    /// Nothing was ever marked here: a card says what there is, until a key is pressed.
    pub welcome: bool,
}

impl App {
    /// The state before anything was read.
    pub fn new(prefs: Prefs, map: Keymap<Action>, screen: (u16, u16)) -> Self {
        let mut app = Self { prefs, keys: Keys { map, pending: Pending::default() }, ..Self::default() };
        app.sizes.screen = screen;
        app.settle();
        app
    }

    /// What panes may look at.
    pub fn cx(&self) -> Cx<'_> {
        Cx {
            snapshot: &self.snapshot,
            prefs: &self.prefs,
            sizes: &self.sizes,
            facets: self.filter.facets.as_ref(),
        }
    }

    /// The words of the screen.
    pub fn words(&self) -> &'static Words {
        self.prefs.lang.words()
    }

    /// A line of text has the keys.
    pub fn typing(&self) -> bool {
        self.filter.typing.is_some()
            || matches!(
                self.overlays.last(),
                Some(Overlay::Palette(_) | Overlay::Pick(_) | Overlay::Ask(_) | Overlay::Pipe(_))
            )
            || matches!(self.overlays.last(), Some(Overlay::Help(view)) if view.seeking)
    }

    /// The scopes in which keys are looked up now, the innermost first: computed, never stored.
    pub fn scopes(&self) -> Vec<&'static str> {
        let scopes: &[Scope] = if self.typing() {
            &[Scope::Line]
        } else if let Some(Overlay::Proposals(_)) = self.overlays.last() {
            &[Scope::Proposals, Scope::Pane, Scope::Global]
        } else if let Some(Overlay::Review) = self.overlays.last() {
            &[Scope::Review, Scope::Pane, Scope::Global]
        } else if self.overlays.is_empty() {
            match self.nav.focus {
                Focus::List => &[Scope::List, Scope::Pane, Scope::Global],
                Focus::Reader => &[Scope::Reader, Scope::Pane, Scope::Global],
                Focus::Names => &[Scope::Names, Scope::Pane, Scope::Global],
                Focus::Related => &[Scope::Related, Scope::Pane, Scope::Global],
            }
        } else {
            &[Scope::Pane, Scope::Global]
        };
        scopes.iter().map(|s| s.name()).collect()
    }

    /// The article that an action is about: the open one, or the chosen one while the list has the keys.
    pub fn subject(&self) -> Option<ArticleIx> {
        // On a page it is the article that the chosen line tells of.
        if let Some(stop) = self.page().and_then(Panel::selected) {
            return Some(stop.article);
        }
        // Without a result the article stays open, and is what is meant.
        let chosen = self.list.selected.filter(|_| self.nav.focus == Focus::List);
        chosen.or(self.reader.article)
    }

    /// How much of the open article was read and how long the rest takes; `None` where all of it is in sight.
    pub fn place(&self) -> Option<String> {
        let height = ReaderPane::height(&self.cx());
        let read = self.snapshot.read(self.reader.article?)?;
        if self.reader.page.end <= height && self.reader.page.lines.len() <= height {
            return None;
        }
        let (percent, minutes) = self.reader.progress(read.words as usize, height);
        let words = self.words();
        let left = match minutes {
            0 => words.get(Msg::TheEnd).to_owned(),
            _ => words.count(Msg::MinutesLeft, minutes),
        };
        Some(format!("{percent}% · {left}"))
    }

    /// The first key of an action, as people write it; the command to type where it has none.
    pub fn key(&self, action: Action) -> String {
        self.key_of(action).unwrap_or_else(|| format!(":{}", action.name()))
    }

    /// The first key of an action; `None` where the reader's own keys left it none.
    pub fn key_of(&self, action: Action) -> Option<String> {
        key_labels(&self.keys.map, action).into_iter().next()
    }

    /// Brings everything in step after a change: areas, pages, rows, what is in sight.
    fn settle(&mut self) {
        let typing = self.filter.typing.is_some();
        self.sizes = solve(self.sizes.screen, &self.nav, self.prefs.widths, typing);
        let aside_key = self.key(Action::SetAside);
        let cx = Cx {
            snapshot: &self.snapshot,
            prefs: &self.prefs,
            sizes: &self.sizes,
            facets: self.filter.facets.as_ref(),
        };
        self.list.settle(&cx);
        if self.filter.is_empty() {
            self.list.count_unread(&self.snapshot.marks);
        }
        self.reader.settle(&cx, &self.filter.terms, self.filter.version, &aside_key, &self.pictures);
        self.names.settle(self.reader.article, self.jobs.answered.0, &cx);
        self.related.settle(self.reader.article, &cx);
        for overlay in &self.overlays {
            match overlay {
                Overlay::Review => self.review.settle(&cx),
                Overlay::NamePage => self.profile.settle(&cx),
                Overlay::Evidence => self.evidence.settle(&cx),
                _ => {}
            }
        }
    }
}
