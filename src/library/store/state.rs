//! What the reader did with an article, and how that changes.

use crate::text::folded;

/// A place in an article: a byte of its plain text (`None`: no line of the text stands at or above it) and lines below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Byte of the plain text at which the first line in sight begins.
    pub at: Option<usize>,
    /// Lines below it, or below the top.
    pub below: usize,
}

/// What the reader did with an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// It was read.
    pub read: bool,
    /// It was starred.
    pub starred: bool,
    /// How far it was read.
    pub place: Anchor,
}

/// One thing that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Read, or unread again.
    Read(bool),
    /// Starred, or not any more.
    Starred(bool),
    /// How far it was read; not logged.
    Place(Anchor),
}

impl What {
    /// The name in the log; `None` for what is not logged.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Read(true) => Some("read"),
            Self::Read(false) => Some("unread"),
            Self::Starred(true) => Some("star"),
            Self::Starred(false) => Some("unstar"),
            Self::Place(_) => None,
        }
    }

    /// What takes it back, given the state before.
    #[must_use]
    pub fn undone(self, before: State) -> Self {
        match self {
            Self::Read(_) => Self::Read(before.read),
            Self::Starred(_) => Self::Starred(before.starred),
            Self::Place(_) => Self::Place(before.place),
        }
    }
}

impl State {
    /// The state after a change.
    #[must_use]
    pub fn after(mut self, what: What) -> Self {
        match what {
            What::Read(to) => self.read = to,
            What::Starred(to) => self.starred = to,
            What::Place(to) => self.place = to,
        }
        self
    }
}

/// A change of one article's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The digest part of the article's id.
    pub article: String,
    /// Its title, so that the log can be read.
    pub title: String,
    /// What changes.
    pub what: What,
}

/// States of an article that `is:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// It was read.
    Read,
    /// It was not read.
    Unread,
    /// It is starred.
    Starred,
}

impl Is {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Unread, Self::Read, Self::Starred];

    /// As it is written in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Starred => "starred",
        }
    }

    /// The one that is written so.
    pub fn named(name: &str) -> Option<Self> {
        let name = folded(name.trim());
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}
