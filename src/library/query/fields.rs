//! The fields of the language: one row each, read by the parser, completion, help and `docs/query.md`.

use super::is::{Has, Is};
use crate::entity::Kind;

/// Fields of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `person:`
    Person,
    /// `place:`
    Place,
    /// `org:`
    Org,
    /// `misc:`: names of events, treaties, products, works.
    Misc,
    /// `name:`, any kind.
    Name,
    /// `source:`
    Source,
    /// `title:`
    Title,
    /// `body:`
    Body,
    /// `date:`
    Date,
    /// `after:`
    After,
    /// `before:`
    Before,
    /// `older:`
    Older,
    /// `newer:`
    Newer,
    /// `lang:`
    Lang,
    /// `quote:`
    Quote,
    /// `said:`
    Said,
    /// `tag:`
    Tag,
    /// `note:`
    Note,
    /// `is:`
    Is,
    /// `has:`
    Has,
    /// `sources:`
    Sources,
    /// `story:`
    Story,
    /// `like:`
    Like,
    /// `view:`
    View,
}

/// What there is to know about a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldRow {
    /// Which.
    pub field: Field,
    /// As it is written, without the colon.
    pub name: &'static str,
    /// An example value.
    pub example: &'static str,
    /// What it finds.
    pub help: &'static str,
}

impl FieldRow {
    /// What it finds, without the details that the documents give.
    pub fn help_in_short(&self) -> &'static str {
        self.help.split([';', ':']).next().unwrap_or_default()
    }
}

const fn row(field: Field, name: &'static str, example: &'static str, help: &'static str) -> FieldRow {
    FieldRow { field, name, example, help }
}

/// All fields in the order of the documentation.
pub const FIELDS: [FieldRow; 24] = [
    row(
        Field::Person,
        "person",
        "\"Kim Jong Un\"",
        "articles that name this person, by any of the joined spellings",
    ),
    row(Field::Place, "place", "Moskva", "articles that name this place"),
    row(Field::Org, "org", "KCNA", "articles that name this organisation"),
    row(Field::Misc, "misc", "\"Sea Games\"", "articles that name this event, treaty, product or work"),
    row(Field::Name, "name", "Moskva", "articles with this name, whatever its kind"),
    row(Field::Source, "source", "vnexpress,tuoitre", "articles of these outlets"),
    row(
        Field::Title,
        "title",
        "\"bão số 5\"",
        "words in the headline; between slashes a regular expression, `title:/bão (số )?5/`, in which every mark counts",
    ),
    row(Field::Body, "body", "lũ", "words in lead, text and captions"),
    row(
        Field::Date,
        "date",
        "2026-08..2026-09",
        "published then: 2026-09-22, 2026-09, 2026, 22/9, 22/9/2026, 9/2026, today, yesterday, 3d, 2w, 6m, 1y, or a range with `..`",
    ),
    row(Field::After, "after", "2026-09-01", "published on that day or later"),
    row(Field::Before, "before", "1/9/2026", "published before that day"),
    row(Field::Lang, "lang", "vi", "articles in this language: vi, en, und (another)"),
    row(
        Field::Older,
        "older",
        "30d",
        "published more than so many days (d), weeks (w), months (m) or years (y) ago",
    ),
    row(Field::Newer, "newer", "2w", "published in the last days, weeks, months or years: as `date:2w`"),
    row(Field::Quote, "quote", "\"khí đốt\"", "words that somebody says in it"),
    row(Field::Said, "said", "\"Hun Sen\"", "articles in which this person is quoted"),
    row(Field::Tag, "tag", "đọc-lại", "articles that you gave this tag"),
    row(Field::Note, "note", "hỏi", "words in your own note"),
    row(
        Field::Is,
        "is",
        "unread",
        "what you did with it: unread, read, starred; what it is: copy (reprints an earlier article of another outlet), original (every other), update (a newer version of an article of the same outlet)",
    ),
    row(Field::Has, "has", "note", "articles with a quote, a note, a tag, related articles (`related`)"),
    row(
        Field::Sources,
        "sources",
        ">3",
        "articles of a story that so many outlets tell: 3, >3, >=3, <3, <=3",
    ),
    row(
        Field::Story,
        "story",
        "{person:putin place:nga}",
        "all articles of a story in which some article matches; `story:@` of the open article, `story:ID` of another",
    ),
    row(Field::Like, "like", "@", "articles related to the open article; `like:ID` to another"),
    row(Field::View, "view", "cam", "articles of a saved view"),
];

impl Field {
    /// The field that is written so.
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|r| r.name.eq_ignore_ascii_case(name)).map(|r| r.field)
    }

    /// As it is written, without the colon.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|r| r.field == self).map_or("", |r| r.name)
    }

    /// The field for names of a kind.
    pub fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Per => Self::Person,
            Kind::Loc => Self::Place,
            Kind::Org => Self::Org,
            Kind::Misc => Self::Misc,
        }
    }

    /// For the fields of names: whether names of `kind` count.
    pub fn holds(self, kind: Kind) -> bool {
        match self {
            Self::Person => kind == Kind::Per,
            Self::Place => kind == Kind::Loc,
            Self::Org => kind == Kind::Org,
            Self::Misc => kind == Kind::Misc,
            Self::Name => true,
            _ => false,
        }
    }

    /// Whether its values are words in which marks, `=` and half-typed ends count.
    pub fn has_words(self) -> bool {
        self.is_name()
            || matches!(
                self,
                Self::Title | Self::Body | Self::Source | Self::Quote | Self::Said | Self::Tag | Self::Note
            )
    }

    /// Whether a value asks for relations or stories.
    pub fn needs_relations(self, value: &str) -> bool {
        match self {
            Self::Story | Self::Like | Self::Sources => true,
            Self::Is => Is::named(value).is_some_and(Is::needs_relations),
            Self::Has => Has::named(value) == Some(Has::Related),
            _ => false,
        }
    }

    /// True for `person:`, `place:`, `org:`, `misc:` and `name:`.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Place | Self::Org | Self::Misc | Self::Name)
    }

    /// The field whose name is nearest to what was typed, when it is near enough to be meant.
    pub fn nearest(typed: &str) -> Option<&'static str> {
        let typed = crate::text::folded(typed);
        let best = FIELDS.iter().map(|r| (strsim::osa_distance(&typed, r.name), r.name)).min()?;
        let prefix = FIELDS.iter().find(|r| typed.len() >= 2 && r.name.starts_with(&typed));
        prefix.map(|r| r.name).or((best.0 <= 2 && best.0 < typed.len()).then_some(best.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_field_is_found() {
        for (typed, expect) in [
            ("preson", Some("person")),
            ("persn", Some("person")),
            ("pers", Some("person")),
            ("palce", Some("place")),
            ("sourcs", Some("source")),
            ("titel", Some("title")),
            ("xyz", None),
            ("http", None),
        ] {
            assert_eq!(Field::nearest(typed), expect, "{typed}");
        }
    }

    #[test]
    fn every_field_has_a_row() {
        for row in FIELDS {
            assert_eq!(Field::named(row.name), Some(row.field));
            assert_eq!(row.field.name(), row.name);
        }
    }
}
