//! What the reader did with an article, and how that changes.

use crate::text::{folded, nfc};

/// A place in an article: a byte of its plain text (`None`: no line of the text stands at or above it) and lines below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Byte of the plain text at which the first line in sight begins.
    pub at: Option<usize>,
    /// Lines below it, or below the top.
    pub below: usize,
}

/// What the reader did with an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// It was read.
    pub read: bool,
    /// It was starred.
    pub starred: bool,
    /// How far it was read.
    pub place: Anchor,
    /// Its tags, in order; each as [`tags`] gives it.
    pub tags: Vec<String>,
    /// Its note; empty for none.
    pub note: String,
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Read, or unread again.
    Read(bool),
    /// Starred, or not any more.
    Starred(bool),
    /// How far it was read; not logged.
    Place(Anchor),
    /// It has this tag, or not any more.
    Tag(String, bool),
    /// What the note says; empty takes it away.
    Note(String),
}

impl What {
    /// The name in the log; `None` for what is not logged.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Read(true) => Some("read"),
            Self::Read(false) => Some("unread"),
            Self::Starred(true) => Some("star"),
            Self::Starred(false) => Some("unstar"),
            Self::Tag(_, true) => Some("tag"),
            Self::Tag(_, false) => Some("untag"),
            Self::Note(_) => Some("note"),
            Self::Place(_) => None,
        }
    }

    /// What takes a line of the log back, by its name and value there; `note` is the note before it.
    pub fn taking_back(name: &str, value: &str, note: impl FnOnce() -> String) -> Option<Self> {
        Some(match name {
            "read" => Self::Read(false),
            "unread" => Self::Read(true),
            "star" => Self::Starred(false),
            "unstar" => Self::Starred(true),
            "tag" => Self::Tag(value.to_owned(), false),
            "untag" => Self::Tag(value.to_owned(), true),
            "note" => Self::Note(note()),
            _ => return None,
        })
    }

    /// The tag or the note; empty for what has neither.
    pub fn value(&self) -> &str {
        match self {
            Self::Tag(text, _) | Self::Note(text) => text,
            Self::Read(_) | Self::Starred(_) | Self::Place(_) => "",
        }
    }

    /// What takes it back, given the state before.
    #[must_use]
    pub fn undone(&self, before: &State) -> Self {
        match self {
            Self::Read(_) => Self::Read(before.read),
            Self::Starred(_) => Self::Starred(before.starred),
            Self::Place(_) => Self::Place(before.place),
            Self::Tag(tag, _) => Self::Tag(tag.clone(), before.tags.contains(tag)),
            Self::Note(_) => Self::Note(before.note.clone()),
        }
    }
}

impl State {
    /// The state after a change.
    #[must_use]
    pub fn after(mut self, what: &What) -> Self {
        match what {
            What::Read(to) => self.read = *to,
            What::Starred(to) => self.starred = *to,
            What::Place(to) => self.place = *to,
            What::Tag(tag, on) => {
                self.tags.retain(|t| t != tag);
                if *on {
                    let at = self.tags.partition_point(|t| t < tag);
                    self.tags.insert(at, tag.clone());
                }
            }
            What::Note(to) => self.note.clone_from(to),
        }
        self
    }
}

/// The tags that a line names, parted by blanks or commas: words in small letters, `#` before them left out, each once.
pub fn tags(line: &str) -> Vec<String> {
    let parts = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '"' | '“' | '”' | '„');
    let word = |t: &str| nfc(t.trim_start_matches('#')).to_lowercase();
    let mut out: Vec<String> =
        line.split(parts).map(word).filter(|t| t.chars().any(char::is_alphanumeric)).collect();
    out.sort();
    out.dedup();
    out
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

/// What was done at one stroke in a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deed {
    /// Its number in the session.
    pub number: u64,
    /// What changed.
    pub changes: Vec<Change>,
    /// The deed of the session that this takes back.
    pub undoes: Option<u64>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_words() {
        for (line, expect) in [
            ("", &[][..]),
            ("Đọc-lại", &["đọc-lại"]),
            ("#a, b  a", &["a", "b"]),
            ("\"hai chữ\" - #", &["chữ", "hai"]),
            ("đo\u{323}c", &["đọc"]),
        ] {
            assert_eq!(tags(line), expect, "{line}");
        }
    }

    #[test]
    fn lines_of_the_log_are_taken_back_as_changes_are() {
        let tag = |on| What::Tag("a".into(), on);
        let note = What::Note("mới".into());
        let all = [What::Read(true), What::Read(false), What::Starred(true), What::Starred(false)];
        for what in all.into_iter().chain([tag(true), tag(false), note]) {
            let tags = if what == tag(false) { vec!["a".to_owned()] } else { Vec::new() };
            let (read, starred) = (what == What::Read(false), what == What::Starred(false));
            let before = State { read, starred, tags, note: "cũ".into(), ..State::default() };
            let name = what.name().expect("it is logged");
            let back = What::taking_back(name, what.value(), || before.note.clone());
            assert_eq!(back, Some(what.undone(&before)), "{what:?}");
        }
        assert_eq!(What::taking_back("burn", "", String::new), None);
    }

    #[test]
    fn every_change_is_undone() {
        let before = State { read: true, tags: vec!["b".into()], note: "cũ".into(), ..State::default() };
        for what in [
            What::Read(false),
            What::Starred(true),
            What::Tag("a".into(), true),
            What::Tag("b".into(), false),
            What::Tag("b".into(), true),
            What::Note(String::new()),
        ] {
            let after = before.clone().after(&what);
            assert_eq!(after.after(&what.undone(&before)), before, "{what:?}");
        }
    }
}
