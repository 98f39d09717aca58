//! The fields of the language: one row each, read by the parser, completion, help and `docs/query.md`.

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
    /// `lang:`
    Lang,
    /// `is:`
    Is,
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

const fn row(field: Field, name: &'static str, example: &'static str, help: &'static str) -> FieldRow {
    FieldRow { field, name, example, help }
}

/// All fields in the order of the documentation.
pub const FIELDS: [FieldRow; 13] = [
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
    row(Field::Title, "title", "\"bão số 5\"", "words in the headline"),
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
    row(Field::Is, "is", "unread", "what you did with it: unread, read, starred"),
];

/// Fields of the plan that this version does not have: named in the message, so that nobody looks for a typing error.
pub const LATER: [&str; 8] = ["has", "tag", "note", "quote", "said", "like", "story", "view"];

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

    /// True for `person:`, `place:`, `org:`, `misc:` and `name:`.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Place | Self::Org | Self::Misc | Self::Name)
    }

    /// The field whose name is nearest to what was typed, when it is near enough to be meant.
    pub fn nearest(typed: &str) -> Option<&'static str> {
        let typed = crate::text::folded(typed);
        let best = FIELDS.iter().map(|r| (distance(&typed, r.name), r.name)).min()?;
        let prefix = FIELDS.iter().find(|r| typed.len() >= 2 && r.name.starts_with(&typed));
        prefix.map(|r| r.name).or((best.0 <= 2 && best.0 < typed.len()).then_some(best.1))
    }
}

/// Edits (insert, delete, replace, swap of neighbours) between two short words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(24).collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
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
            ("sources", Some("source")),
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
