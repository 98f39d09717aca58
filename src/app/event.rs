//! What reaches the state from outside, and what it wants done outside.

use std::path::Path;
use std::sync::Arc;

use super::layout::Widths;
use super::pictures::PictureKey;
use super::status::Notice;
use super::words::Lang;
use crate::article::Article;
use crate::entity::{Decision, EntityIx};
use crate::keys::Key;
use crate::library::{
    ArticleIx, Change, Deed, Facets, Profile, Query, Reviewed, Snapshot, States, Views, What,
};

/// Everything that can happen.
#[derive(Debug)]
pub enum Event {
    /// A key.
    Key(Key),
    /// Text that came at once: a paste.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal has this many columns and rows.
    Resized(u16, u16),
    /// Minutes since 1970 UTC now: what relative dates count from.
    Now(i64),
    /// A worker has something.
    Report(Report),
}

/// What a mouse did, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub did: MouseDid,
    /// Column, from 0.
    pub x: u16,
    /// Row, from 0.
    pub y: u16,
}

/// What a mouse can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseDid {
    /// The left button went down.
    Press,
    /// The mouse moved with the button down.
    Drag,
    /// The button went up.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// News from a worker.
#[derive(Debug)]
pub enum Report {
    /// The next state of the library.
    Published(Arc<Snapshot>),
    /// The answer to a search.
    Hits {
        /// Whose answer.
        ticket: Ticket,
        /// Matching articles, in the snapshot's order.
        rows: Arc<Vec<ArticleIx>>,
        /// Counts over them.
        facets: Facets,
    },
    /// Nothing was ever kept here.
    FirstRun,
    /// What the reader did with articles, here and elsewhere.
    States {
        /// All states.
        states: States,
        /// So many [`Effect::Save`] of ours are in them.
        heard: u64,
    },
    /// What was done before this session, or outside it, was taken back.
    Undone {
        /// The changes of each action that did so; they are stored.
        actions: Vec<Vec<Change>>,
        /// So many [`Effect::Save`] of ours came before.
        heard: u64,
    },
    /// The saved views as they are now.
    Views(Views),
    /// How many articles each view finds.
    ViewCounts(Vec<(String, usize)>),
    /// The articles that a command is about, and what is to be done with them.
    Chosen(Vec<What>, Vec<ArticleIx>),
    /// What was written in an editor as the note of an article.
    Noted(ArticleIx, String),
    /// A press review.
    Reviewed(Ticket, Arc<Reviewed>),
    /// A decision about names was kept (`true`) or taken back.
    Decided(Decision, bool),
    /// The page of a name.
    Profiled(Ticket, Arc<Profile>),
    /// Pixels of an article's pictures, in order; `None` where there is nothing to draw.
    Measured(ArticleIx, Vec<Option<(u32, u32)>>),
    /// A picture cannot be drawn after all.
    Broken(PictureKey),
    /// Something to tell the reader.
    Notice(Notice),
    /// The work on the folder ended early: what is there is all that will come.
    Stopped(Notice),
}

/// The number of a request; only the answer to the newest counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Requests and what was answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Jobs {
    /// The newest request.
    pub latest: Ticket,
    /// The newest answer.
    pub answered: Ticket,
}

impl Jobs {
    /// A ticket for a new request; answers to all older ones are stale from now on.
    pub fn ticket(&mut self) -> Ticket {
        self.latest.0 += 1;
        self.latest
    }

    /// Takes an answer; `false` where it is stale.
    pub fn accept(&mut self, ticket: Ticket) -> bool {
        let fresh = ticket == self.latest;
        if fresh {
            self.answered = ticket;
        }
        fresh
    }

    /// Calls off what was asked for last: there is nothing to wait for.
    pub fn call_off(&mut self) {
        self.answered = self.ticket();
    }

    /// An answer is still to come.
    pub fn waiting(&self) -> bool {
        self.latest != self.answered
    }
}

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown.
    Markdown,
    /// One HTML page that needs nothing else.
    Html,
}

/// A program of the reader's that takes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Shows it.
    Pager,
    /// Changes it.
    Editor,
}

/// What is to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Search; the answer is [`Report::Hits`] with this ticket.
    Search {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to search for.
        query: Query,
        /// In what.
        snapshot: Arc<Snapshot>,
    },
    /// Make the press review of some articles; the answer is [`Report::Reviewed`] with this ticket.
    Review {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The articles of a story, the oldest first.
        articles: Vec<ArticleIx>,
        /// Where they stand.
        snapshot: Arc<Snapshot>,
    },
    /// Collect what is known of a name; the answer is [`Report::Profiled`] with this ticket.
    Profile {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Whose.
        entity: EntityIx,
        /// Where it stands.
        snapshot: Arc<Snapshot>,
    },
    /// Write a press review to a file in the working folder.
    SaveReview {
        /// The review.
        reviewed: Arc<Reviewed>,
        /// Where its articles stand.
        snapshot: Arc<Snapshot>,
        /// As what.
        form: Form,
        /// In which language.
        lang: Lang,
    },
    /// Write articles to a file in the working folder, as Markdown.
    SaveArticles {
        /// Which.
        articles: Vec<ArticleIx>,
        /// Where they stand.
        snapshot: Arc<Snapshot>,
    },
    /// Find the articles that a command is about; the answer is [`Report::Chosen`].
    Choose {
        /// What is to be done with them.
        whats: Vec<What>,
        /// Which they are.
        query: Query,
        /// Where they stand.
        snapshot: Arc<Snapshot>,
    },
    /// Save a query under a name, or take the view of that name away; the answer is [`Report::Views`].
    KeepView {
        /// The name.
        name: String,
        /// The query; `None` takes it away.
        query: Option<Query>,
    },
    /// Count what the views find; the answer is [`Report::ViewCounts`].
    CountViews(Arc<Snapshot>),
    /// Have the note of an article written in the reader's editor; the answer is [`Report::Noted`].
    Edit(ArticleIx, String),
    /// Show the original of an article in a program of the reader's.
    Original {
        /// Where it lies.
        path: Arc<Path>,
        /// Stands in for it where it lies in no file.
        text: String,
        /// Which program.
        with: Program,
    },
    /// Keep what the reader did, each deed all of it or nothing.
    Save(Vec<Deed>),
    /// Take so many actions of earlier sessions and of the command line back; the answer is [`Report::Undone`].
    Undo(usize),
    /// Hand text to a program; what it prints comes back as a notice.
    Pipe {
        /// As a shell reads it.
        command: String,
        /// What it gets.
        text: String,
    },
    /// Find out which pictures of an article there are to draw; the answer is [`Report::Measured`].
    Measure {
        /// Whose.
        article: ArticleIx,
        /// Where it lies.
        path: Arc<Path>,
        /// Names them.
        text: Arc<Article>,
    },
    /// Keep the widths of the panes.
    KeepWidths(Widths),
    /// Put text into the clipboard.
    Copy(String),
    /// Open an address in the browser.
    Browse(String),
    /// Keep a decision about names; the next snapshot follows it.
    Decide(Decision),
    /// Take the last decision about names back.
    TakeBack,
    /// Clear the screen and draw all of it.
    Redraw,
    /// Give the terminal back and stop until the shell says to go on.
    Suspend,
    /// End the work on the folder; what is there stays.
    StopWork,
    /// End.
    Quit,
    /// Panic, to show that the terminal is given back (debug builds only).
    Crash,
}

/// What an update wants done, in order.
pub type Effects = Vec<Effect>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_answer_counts() {
        let mut jobs = Jobs::default();
        let (first, second) = (jobs.ticket(), jobs.ticket());
        assert!(jobs.waiting());
        assert!(!jobs.accept(first));
        assert!(jobs.waiting());
        assert!(jobs.accept(second));
        assert!(!jobs.waiting());
        let third = jobs.ticket();
        jobs.call_off();
        assert!(!jobs.accept(third) && !jobs.waiting());
    }
}
