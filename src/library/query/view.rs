//! Saved views: queries under a name, one line each in `views.txt` of the data folder, `name: query`.
//!
//! Owns: reading and printing a line, finding a view by its name. Refuses: disk (`library::repairs` has the file).
//! Tests: at the foot; the file in `tests/it/views.rs`.

use std::fmt;

use super::Query;
use crate::text::{DecisionLine, Decisions, spelling};

/// A query under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The name: anything but a colon or a quotation mark; case and the place of tone marks make no difference.
    pub name: String,
    /// The query.
    pub query: Query,
}

/// All saved views.
pub type Views = Decisions<View>;

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.query.raw)
    }
}

impl DecisionLine for View {
    fn read(line: &str) -> Result<Self, String> {
        let Some((name, raw)) = line.split_once(':') else {
            return Err("a view is a name, a colon and a query: write name: query".to_owned());
        };
        let (name, raw) = (name.trim(), raw.trim());
        if !name.chars().any(char::is_alphanumeric)
            || name.starts_with('#')
            || name.contains(['"', '“', '”', '„'])
        {
            return Err(
                "a view's name needs a letter, and has no quotation mark and no # before it".to_owned()
            );
        }
        let query = Query::parse_whole(raw).map_err(|problem| {
            let from = raw.get(..problem.at.start).map_or(0, |before| before.chars().count()) + 1;
            format!("the query `{raw}` is not understood from character {from} on ({})", problem.fault.id())
        })?;
        Ok(Self { name: name.to_owned(), query })
    }
}

impl Views {
    /// The query of a view; of two with one name the later line holds.
    pub fn get(&self, name: &str) -> Option<&Query> {
        let wanted = key(name);
        self.decisions().filter(|v| key(&v.name) == wanted).last().map(|v| &v.query)
    }

    /// The views that hold, in the order of their lines.
    pub fn all(&self) -> impl Iterator<Item = &View> {
        let holds =
            |v: &&View| self.get(&v.name).is_some_and(|query| std::ptr::eq(query, &raw const v.query));
        self.decisions().filter(holds)
    }

    /// Puts a view there; one of the same name is replaced. `None` takes it away. Gives the query that stood there.
    pub fn put(&mut self, name: &str, view: Option<View>) -> Option<String> {
        let wanted = key(name);
        let before = self.get(name).map(|q| q.raw.clone());
        self.remove(|v| key(&v.name) == wanted);
        if let Some(view) = view {
            self.push(view);
        }
        before
    }
}

fn key(name: &str) -> String {
    spelling(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_views() {
        let text = "# mine\ncam: place:Campuchia -is:read\nHòa bình: hòa\nhoà bình: \"hòa bình\"\nbad: (a\nno query\n";
        let (mut views, bad) = Views::parse(text);
        let all = |views: &Views| views.all().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(all(&views), ["cam: place:Campuchia -is:read", "hoà bình: \"hòa bình\""]);
        assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [5, 6]);
        assert!(bad[0].message.contains("character 1 on (not-closed)"), "{}", bad[0].message);
        assert_eq!(views.get("CAM").map(|q| q.raw.as_str()), Some("place:Campuchia -is:read"));
        let new = View::read("Cam: biểu tình").expect("a view");
        assert_eq!(views.put("cam", Some(new)).as_deref(), Some("place:Campuchia -is:read"));
        assert_eq!(views.put("hòa bình", None).as_deref(), Some("\"hòa bình\""));
        assert_eq!(all(&views), ["Cam: biểu tình"]);
        assert_eq!(
            views.print(),
            "# mine\nbad: (a\nno query\nCam: biểu tình\n",
            "what is not understood stays"
        );
    }
}
