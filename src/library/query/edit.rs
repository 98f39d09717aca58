//! Editing the filter line by keys: every key on a name only edits this line, so what is active is always visible.

use std::ops::Range;

use super::{Expr, Field, How, Query, QueryProblem, eval};
use crate::entity::{EntityIx, Kind};
use crate::library::snapshot::Snapshot;

/// How a value stands in a query's outermost AND.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not there.
    Absent,
    /// Wanted.
    Wanted,
    /// Excluded.
    Excluded,
}

impl Query {
    /// Whether a value is wanted, excluded or absent.
    pub fn standing(&self, field: Field, value: &str) -> Standing {
        for (_, part) in &self.parts {
            match part {
                Expr::Not(inner) if is_condition(inner, field, value) => return Standing::Excluded,
                other if is_condition(other, field, value) => return Standing::Wanted,
                _ => {}
            }
        }
        Standing::Absent
    }

    /// The line with a value wanted (or excluded); when it stands there so already, without it; when it stands there the other
    /// way, turned round.
    pub fn toggle(&self, field: Field, value: &str, exclude: bool) -> Result<Self, QueryProblem> {
        self.toggle_as(field, value, exclude, false)
    }

    fn toggle_as(&self, field: Field, value: &str, exclude: bool, exact: bool) -> Result<Self, QueryProblem> {
        let standing = self.standing(field, value);
        let bare = self.without(field, value);
        let same = if exclude { Standing::Excluded } else { Standing::Wanted };
        let raw = if standing == same {
            bare
        } else {
            with(&bare, &self.parts, &term(field, value, exclude, exact))
        };
        let query = Self::parse(&raw)?;
        Ok(Self { today: self.today, ..query })
    }

    /// [`Query::toggle`] for a name: `Enter` wants it, `-` excludes it, the same key again takes it away.
    pub fn toggle_name(&self, kind: Kind, name: &str, exclude: bool) -> Result<Self, QueryProblem> {
        self.toggle(Field::of_kind(kind), name, exclude)
    }

    /// [`Query::toggle_name`] for an entity of a snapshot: where its bare name would mean others as well (*Khe Ngan* for *Khe Ngân*),
    /// `=` is put before it, so that the line finds what the entity's count says.
    pub fn toggle_entity(
        &self,
        snapshot: &Snapshot,
        ix: EntityIx,
        exclude: bool,
    ) -> Result<Self, QueryProblem> {
        let Some(entity) = snapshot.entities.get(ix) else { return Ok(self.clone()) };
        let field = Field::of_kind(entity.kind);
        let means = |how| eval::entities(snapshot, field, &entity.name, how) == [ix];
        let exact = !means(How::Whole) && means(How::Exact);
        self.toggle_as(field, &entity.name, exclude, exact)
    }

    /// The line with a name wanted; unchanged when it is.
    pub fn with_name(&self, kind: Kind, name: &str) -> Result<Self, QueryProblem> {
        match self.standing(Field::of_kind(kind), name) {
            Standing::Wanted => Ok(self.clone()),
            _ => self.toggle_name(kind, name, false),
        }
    }

    /// The line without a name, wanted or excluded.
    pub fn without_name(&self, kind: Kind, name: &str) -> Result<Self, QueryProblem> {
        let query = Self::parse(&self.without(Field::of_kind(kind), name))?;
        Ok(Self { today: self.today, ..query })
    }

    /// The text of the line without a value.
    fn without(&self, field: Field, value: &str) -> String {
        let mut raw = self.raw.clone();
        for (range, part) in self.parts.iter().rev() {
            let inner: &Expr = if let Expr::Not(inner) = part { inner } else { part };
            if is_condition(inner, field, value) {
                raw.replace_range(range.clone(), "");
            }
        }
        if raw.len() == self.raw.len() { raw.trim().to_owned() } else { squeeze(&raw) }
    }
}

/// Takes out the blanks (and an `AND`) that a removed part leaves; quoted text is not touched, since parts are removed whole.
fn squeeze(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut quoted = false;
    for c in raw.chars() {
        quoted ^= c == '"';
        if quoted || c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    let out = out.trim();
    let out = out.strip_prefix("AND ").unwrap_or(out);
    let out = out.strip_suffix(" AND").unwrap_or(out);
    out.replace(" AND AND ", " AND ")
}

fn is_condition(expr: &Expr, field: Field, value: &str) -> bool {
    matches!(expr, Expr::Field { field: f, values, .. } if *f == field && *values == [value])
}

/// Quoted even where it need not be: the line is still being edited, and an unquoted last word counts as half-typed.
fn term(field: Field, value: &str, exclude: bool, exact: bool) -> String {
    let (minus, equals) = (if exclude { "-" } else { "" }, if exact { "=" } else { "" });
    format!("{minus}{}:{equals}\"{}\"", field.name(), value.replace('"', "\"\""))
}

fn with(bare: &str, parts: &[(Range<usize>, Expr)], term: &str) -> String {
    let either = matches!(parts, [(_, Expr::Or(_))]);
    match bare {
        "" => term.to_owned(),
        bare if either => format!("({bare}) {term}"),
        bare => format!("{bare} {term}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_edit_the_line() {
        for (raw, exclude, expect) in [
            ("", false, "person:\"Ông A\""),
            ("", true, "-person:\"Ông A\""),
            ("lũ  lụt", false, "lũ  lụt person:\"Ông A\""),
            ("person:\"Ông A\"", false, ""),
            ("person:\"Ông A\"", true, "-person:\"Ông A\""),
            ("-person:\"Ông A\" lũ", true, "lũ"),
            ("-person:\"Ông A\" lũ", false, "lũ person:\"Ông A\""),
            ("a person:\"Ông A\" b", false, "a b"),
            ("a AND person:\"Ông A\"", false, "a"),
            ("a OR b", false, "(a OR b) person:\"Ông A\""),
            ("\"x  y\" person:\"Ông A\"", false, "\"x  y\""),
        ] {
            let query = Query::parse(raw).expect("a query");
            let edited = query.toggle_name(Kind::Per, "Ông A", exclude).expect("still a query");
            assert_eq!(edited.raw, expect, "{raw} {exclude}");
        }
    }

    #[test]
    fn a_name_with_quotation_marks_survives() {
        let query =
            Query::parse("").expect("a query").with_name(Kind::Org, "Báo \"Mới\", số 1").expect("a query");
        assert_eq!(query.standing(Field::Org, "Báo \"Mới\", số 1"), Standing::Wanted);
        assert_eq!(query.without_name(Kind::Org, "Báo \"Mới\", số 1").expect("a query").raw, "");
    }
}
