//! What `is:` and `has:` ask for, and how many outlets tell a story.
//!
//! Owns: the values of `is:`, `has:` and `sources:`, and whether an article fits them. Refuses: sets of articles (`eval`).

use std::cmp::Ordering;

use crate::library::snapshot::{ArticleIx, Snapshot};
use crate::library::store;
use crate::story::{RelationKind, quotes_somebody};
use crate::text::folded;

/// A value of `is:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// What the reader did.
    Own(store::Is),
    /// It reprints an earlier article of another outlet.
    Copy,
    /// It does not.
    Original,
    /// A newer version of an article of the same outlet.
    Update,
}

impl Is {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Own(store::Is::Unread),
        Self::Own(store::Is::Read),
        Self::Own(store::Is::Starred),
        Self::Copy,
        Self::Original,
        Self::Update,
    ];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own(own) => own.name(),
            Self::Copy => "copy",
            Self::Original => "original",
            Self::Update => "update",
        }
    }

    /// The one that is written so.
    pub fn named(name: &str) -> Option<Self> {
        let name = folded(name.trim());
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether relations tell.
    pub fn needs_relations(self) -> bool {
        !matches!(self, Self::Own(_))
    }

    /// Whether an article is so.
    pub fn holds(self, snapshot: &Snapshot, ix: ArticleIx) -> bool {
        match self {
            Self::Own(own) => snapshot.marks.is(ix, own),
            Self::Copy => is_copy(snapshot, ix),
            Self::Original => !is_copy(snapshot, ix),
            Self::Update => follows(snapshot, ix, RelationKind::Update),
        }
    }
}

fn is_copy(snapshot: &Snapshot, ix: ArticleIx) -> bool {
    follows(snapshot, ix, RelationKind::Copy)
}

/// Whether an article stands in such a relation to an older one; of two that are equally old, the one that stands lower in the
/// list is the older.
fn follows(snapshot: &Snapshot, ix: ArticleIx, kind: RelationKind) -> bool {
    let age =
        |ix: ArticleIx| snapshot.entry(ix).map(|e| (e.minutes(), std::cmp::Reverse((&e.path, e.record))));
    snapshot.relations.kinds(ix.0 as usize) & kind.bit() != 0
        && snapshot
            .relations
            .of(ix.0 as usize)
            .iter()
            .any(|r| r.kind == kind && age(ArticleIx(r.to)) < age(ix))
}

/// A value of `has:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// Somebody is quoted.
    Quote,
    /// The reader wrote a note.
    Note,
    /// The reader gave it a tag.
    Tag,
    /// There are related articles.
    Related,
}

impl Has {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Quote, Self::Note, Self::Tag, Self::Related];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Note => "note",
            Self::Tag => "tag",
            Self::Related => "related",
        }
    }

    /// The one that is written so.
    pub fn named(name: &str) -> Option<Self> {
        let name = folded(name.trim());
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether an article has it.
    pub fn holds(self, snapshot: &Snapshot, ix: ArticleIx) -> bool {
        match self {
            Self::Quote => snapshot.read(ix).is_some_and(|read| quotes_somebody(&read.plain)),
            Self::Note => !snapshot.marks.note(ix).is_empty(),
            Self::Tag => !snapshot.marks.tags(ix).is_empty(),
            Self::Related => snapshot.relations.kinds(ix.0 as usize) & !RelationKind::Similar.bit() != 0,
        }
    }
}

/// A value of `sources:`: how a number of outlets must compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    than: Ordering,
    or_equal: bool,
    number: usize,
}

impl Count {
    /// Reads `3`, `>3`, `>=3`, `<3`, `<=3`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (than, rest) = match text.chars().next()? {
            '>' => (Ordering::Greater, &text[1..]),
            '<' => (Ordering::Less, &text[1..]),
            _ => (Ordering::Equal, text),
        };
        let (or_equal, digits) = rest.strip_prefix('=').map_or((false, rest), |digits| (true, digits));
        let number =
            if digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()) { digits } else { "" };
        Some(Self { than, or_equal, number: number.parse().ok()? })
    }

    /// Whether a number is one of those.
    pub fn holds(self, number: usize) -> bool {
        let found = number.cmp(&self.number);
        found == self.than || (self.or_equal && found == Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare() {
        for (text, expect) in [
            ("3", "3"),
            (">3", "456"),
            (">=3", "3456"),
            ("<3", "012"),
            ("<=3", "0123"),
            ("=2", "2"),
            (" >4", "56"),
        ] {
            let count = Count::read(text).expect(text);
            let held: String = (0..=6_usize).filter(|n| count.holds(*n)).map(|n| n.to_string()).collect();
            assert_eq!(held, expect, "{text}");
        }
        for text in ["", ">", "x", ">-1", "3.5", "99999", ">=", "١"] {
            assert_eq!(Count::read(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_found_by_their_names() {
        assert!(Is::ALL.into_iter().all(|is| Is::named(is.name()) == Some(is)));
        assert!(Has::ALL.into_iter().all(|has| Has::named(&has.name().to_uppercase()) == Some(has)));
        assert_eq!((Is::named("new"), Has::named("")), (None, None));
    }
}
