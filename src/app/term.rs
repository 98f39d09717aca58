//! Names as terms of the filter line: adding, taking out, excluding. Only the text is edited, so what is active is always in sight.

use std::ops::Range;

use crate::entity::{Entity, Kind};

/// What a key on a name asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Only articles with it.
    Only,
    /// Only articles without it.
    Without,
}

/// The term for an entity: `person:"Kim Jong Un"`, `place:Moskva`.
pub fn term(entity: &Entity) -> String {
    let field = match entity.kind {
        Kind::Per => "person",
        Kind::Loc => "place",
        Kind::Org => "org",
        Kind::Misc => "name",
    };
    let name = entity.name.replace('"', "");
    let bare = name.chars().all(char::is_alphanumeric) && !name.is_empty();
    if bare { format!("{field}:{name}") } else { format!("{field}:\"{name}\"") }
}

/// The terms of a filter that stand on its highest level, by byte.
pub fn terms(filter: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut quoted, mut depth, mut start) = (false, 0_usize, None);
    for (at, c) in filter.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && !quoted && depth == 0 {
            if let Some(from) = start.take() {
                out.push(from..at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        out.push(from..filter.len());
    }
    out
}

/// Whether a term stands in the filter, and how.
pub fn wish(filter: &str, term: &str) -> Option<Wish> {
    terms(filter).into_iter().find_map(|range| {
        let text = &filter[range];
        let (wish, text) = match text.strip_prefix('-') {
            Some(rest) => (Wish::Without, rest),
            None => (Wish::Only, text),
        };
        same(text, term).then_some(wish)
    })
}

/// The filter with a term added, turned round where the other wish stood there, or taken out where the same wish did.
pub fn toggle(filter: &str, term: &str, wanted: Wish) -> String {
    let had = wish(filter, term);
    let is_term = |t: &str| same(t.strip_prefix('-').unwrap_or(t), term);
    let mut kept: Vec<String> =
        terms(filter).into_iter().map(|r| filter[r].to_owned()).filter(|t| !is_term(t)).collect();
    if had != Some(wanted) {
        kept.push(match wanted {
            Wish::Only => term.to_owned(),
            Wish::Without => format!("-{term}"),
        });
    }
    kept.join(" ")
}

/// The same term, with or without quotes.
fn same(a: &str, b: &str) -> bool {
    a == b || a.replace('"', "") == b.replace('"', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_toggled() {
        use Wish::{Only, Without};
        let kim = "person:\"Kim Jong Un\"";
        for (filter, term, wanted, expect) in [
            ("", kim, Only, "person:\"Kim Jong Un\""),
            ("mưa", "place:Moskva", Only, "mưa place:Moskva"),
            ("person:\"Kim Jong Un\" mưa", kim, Only, "mưa"),
            ("person:\"Kim Jong Un\"", kim, Without, "-person:\"Kim Jong Un\""),
            ("-person:\"Kim Jong Un\"", kim, Without, ""),
            ("-person:\"Kim Jong Un\"", kim, Only, "person:\"Kim Jong Un\""),
            ("place:\"Moskva\"", "place:Moskva", Only, ""),
            ("(a OR place:Moskva)", "place:Moskva", Only, "(a OR place:Moskva) place:Moskva"),
            ("\"a b\" c", "c", Without, "\"a b\" -c"),
        ] {
            assert_eq!(toggle(filter, term, wanted), expect, "{filter} {term}");
        }
    }

    #[test]
    fn terms_are_found() {
        for (filter, expect) in [
            ("a b", &["a", "b"][..]),
            ("a:\"b c\" d", &["a:\"b c\"", "d"]),
            ("(a b) -c", &["(a b)", "-c"]),
            ("\"open a", &["\"open a"]),
            ("  ", &[]),
        ] {
            let found: Vec<&str> = terms(filter).into_iter().map(|r| &filter[r]).collect();
            assert_eq!(found, expect, "{filter}");
        }
    }
}
