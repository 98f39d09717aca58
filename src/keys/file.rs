//! The file format of bindings: a table for each scope, `"keys" = "action"`.

use toml::de::DeTable;

use super::key::{Key, parse, show};
use super::keymap::Keymap;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The program's own: every conflict is a fault.
    BuiltIn,
    /// The reader's: it replaces what stands in its way.
    Own,
}

/// What is wrong with a key file, and where. The line was left out, but for those that replace others or take a digit: they hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {wrong}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a line of a key file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is not TOML.
    #[error("{0}")]
    Syntax(String),
    /// A scope that does not exist.
    #[error("there is no scope [{scope}]; did you mean [{near}]?")]
    Scope {
        /// As written.
        scope: String,
        /// The one that is most like it.
        near: String,
    },
    /// Something that stands in no scope.
    #[error("`{0}` stands in no scope; write [pane], [list] or another one above it")]
    Outside(String),
    /// Keys that cannot be read.
    #[error("[{scope}] {problem}")]
    Keys {
        /// The scope.
        scope: String,
        /// The trouble.
        problem: String,
    },
    /// Something else than a word.
    #[error("[{scope}] {keys}: a word in quotation marks is wanted, the name of an action; {found} is none")]
    NoWord {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// What stands there.
        found: String,
    },
    /// No such action.
    #[error("[{scope}] {keys}: there is no action `{action}`; did you mean `{near}`?")]
    Action {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The action as written.
        action: String,
        /// The one that is most like it.
        near: String,
    },
    /// An action of another scope.
    #[error("[{scope}] {keys}: `{action}` does nothing here; bind it in [{home}]")]
    Elsewhere {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The action.
        action: String,
        /// Where it makes sense.
        home: String,
    },
    /// A sequence of the reader's is the beginning of others, or they are its own: they are no longer reached in its scope.
    #[error(
        "[{scope}] {keys}: takes the place of {gone}; give it keys that begin no others, or bind these anew"
    )]
    Replaces {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The keys that are gone.
        gone: String,
    },
    /// A scope that is asked first everywhere has keys that come before it.
    #[error(
        "[{scope}] {keys}: left out, [{inner}] is asked first and has {there}; bind it there, or unbind these there with \"none\""
    )]
    Shadowed {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The scope that is asked before.
        inner: String,
        /// Its keys that stand in the way.
        there: String,
    },
    /// It begins with a digit, which otherwise begins a count.
    #[error("[{scope}] {keys}: numbers before a key no longer begin with {digit} here")]
    TakesDigit {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The digit.
        digit: u32,
    },
    /// Bound twice, or one sequence begins another.
    #[error("[{scope}] {keys}: stands in the way of another binding")]
    Conflict {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
    },
}

/// Why a name is no action in a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such scope; this one is most like it.
    Scope(String),
    /// There is no such action; this one is most like it.
    Action(String),
    /// The action makes sense in another scope.
    Elsewhere(String),
}

/// Gives the action of a name in a scope. An empty name asks for the scope alone, and is no action.
pub type Resolve<'a, A> = &'a dyn Fn(&str, &str) -> Result<A, Refusal>;

/// The scope that is asked last.
const OUTERMOST: &str = "global";
/// The scope that is asked before it, wherever the reader is.
const EVERYWHERE: &str = "pane";
/// The scope in which digits are text.
const TEXT: &str = "line";

/// Unbinds the keys.
const NOTHING: &str = "none";

/// The line of a byte of a text, from 1.
pub fn line_at(text: &str, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() + 1
}

/// Line and trouble.
pub fn syntax(text: &str, error: &toml::de::Error) -> (usize, String) {
    (line_at(text, error.span().map_or(0, |s| s.start)), error.message().to_owned())
}

/// A row of the file.
struct Row<'a> {
    layer: Layer,
    scope: &'a str,
    keys: &'a str,
    /// The word behind the keys; what stands there where that is none.
    name: Result<&'a str, &'a str>,
}

impl Row<'_> {
    /// It takes keys away and binds none.
    fn unbinds(&self) -> bool {
        self.layer == Layer::Own && self.name == Ok(NOTHING)
    }
}

impl<A: Copy + PartialEq> Keymap<A> {
    /// Reads a file into this map. What is wrong is left out and told; the rest holds.
    pub fn read(&mut self, text: &str, layer: Layer, resolve: Resolve<'_, A>) -> Vec<Fault> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let wrong = |error| {
            let (line, message) = syntax(text, error);
            Fault { line, wrong: Wrong::Syntax(message) }
        };
        let mut faults: Vec<Fault> = errors.iter().map(wrong).collect();
        // What is left of a line that could not be read means nothing.
        let broken: Vec<usize> = faults.iter().map(|f| f.line).collect();
        let mut read: Vec<(usize, Row<'_>)> = Vec::new();
        for (scope, rows) in table.get_ref() {
            let line = line_at(text, scope.span().start);
            let name = scope.get_ref().as_ref();
            let Some(rows) = rows.get_ref().as_table() else {
                faults.push(Fault { line, wrong: Wrong::Outside(name.to_owned()) });
                continue;
            };
            if let Err(Refusal::Scope(near)) = resolve(name, "") {
                faults.push(Fault { line, wrong: Wrong::Scope { scope: name.to_owned(), near } });
                continue;
            }
            for (keys, action) in rows {
                let line = line_at(text, keys.span().start);
                let found =
                    action.get_ref().as_str().ok_or_else(|| text.get(action.span()).unwrap_or_default());
                read.push((line, Row { layer, scope: name, keys: keys.get_ref(), name: found }));
            }
        }
        read.retain(|(line, _)| !broken.contains(line));
        // What is unbound makes room for what is bound, wherever it stands.
        read.sort_by_key(|(_, row)| !row.unbinds());
        for (line, row) in read {
            if let Err(wrong) = self.row(&row, resolve) {
                faults.push(Fault { line, wrong });
            }
        }
        faults.sort_by_key(|f| f.line);
        faults
    }

    fn row(&mut self, row: &Row<'_>, resolve: Resolve<'_, A>) -> Result<(), Wrong> {
        let Row { layer, scope, keys, .. } = *row;
        let (scope_name, keys_name) = (|| scope.to_owned(), || keys.to_owned());
        let sequence =
            parse(keys).map_err(|p| Wrong::Keys { scope: scope_name(), problem: p.to_string() })?;
        let name = row.name.map_err(|found| Wrong::NoWord {
            scope: scope_name(),
            keys: keys_name(),
            found: found.to_owned(),
        })?;
        let wanted = if row.unbinds() { None } else { Some(action(row, name, resolve)?) };
        let mut gone = Vec::new();
        if layer == Layer::Own {
            if wanted.is_some() && scope == OUTERMOST {
                self.reaches(scope, keys, &sequence)?;
            }
            gone = self.against(&asked_from(scope), &sequence);
            gone.retain(|there| *there != sequence);
            self.unbind(scope, &sequence);
        }
        let Some(wanted) = wanted else { return Ok(()) };
        self.bind(scope, &sequence, wanted)
            .map_err(|_| Wrong::Conflict { scope: scope_name(), keys: keys_name() })?;
        if layer == Layer::BuiltIn {
            return Ok(());
        }
        if !gone.is_empty() {
            return Err(Wrong::Replaces { scope: scope_name(), keys: keys_name(), gone: listed(&gone) });
        }
        match sequence[0].digit().filter(|d| *d > 0 && scope != TEXT) {
            Some(digit) => Err(Wrong::TakesDigit { scope: scope_name(), keys: keys_name(), digit }),
            None => Ok(()),
        }
    }

    /// Whether keys of the outermost scope are ever reached: nothing that is asked before them may begin or go on as they do.
    fn reaches(&self, scope: &str, keys: &str, sequence: &[Key]) -> Result<(), Wrong> {
        let there = self.against(&[EVERYWHERE], sequence);
        if there.is_empty() {
            return Ok(());
        }
        let (scope, keys, inner) = (scope.to_owned(), keys.to_owned(), EVERYWHERE.to_owned());
        Err(Wrong::Shadowed { scope, keys, inner, there: listed(&there) })
    }
}

/// A scope and those that are asked behind it: longer keys there are not reached past a shorter one of its own.
fn asked_from(scope: &str) -> Vec<&str> {
    match scope {
        TEXT | OUTERMOST => vec![scope],
        EVERYWHERE => vec![scope, OUTERMOST],
        _ => vec![scope, EVERYWHERE, OUTERMOST],
    }
}

/// Keys as they are told.
fn listed(keys: &[Vec<Key>]) -> String {
    keys.iter().map(|k| show(k)).collect::<Vec<_>>().join(", ")
}

/// The action of a row.
fn action<A>(row: &Row<'_>, name: &str, resolve: Resolve<'_, A>) -> Result<A, Wrong> {
    let (scope, keys, action) = (row.scope.to_owned(), row.keys.to_owned(), name.to_owned());
    resolve(row.scope, name).map_err(|refusal| match refusal {
        Refusal::Scope(near) => Wrong::Scope { scope, near },
        Refusal::Action(near) => Wrong::Action { scope, keys, action, near },
        Refusal::Elsewhere(home) => Wrong::Elsewhere { scope, keys, action, home },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(scope: &str, name: &str) -> Result<u8, Refusal> {
        if !["list", "pane", "global", "line"].contains(&scope) {
            return Err(Refusal::Scope("list".to_owned()));
        }
        match name {
            "down" => Ok(1),
            "up" => Ok(2),
            "type" if scope != "line" => Err(Refusal::Elsewhere("line".to_owned())),
            _ => Err(Refusal::Action("down".to_owned())),
        }
    }

    fn check(built_in: &str, own: &str, expect: &str, faults: usize) {
        let mut map = Keymap::default();
        let mut found = map.read(built_in, Layer::BuiltIn, &resolve);
        found.extend(map.read(own, Layer::Own, &resolve));
        let shown: Vec<String> = map.bindings().map(|b| format!("{}={}", show(&b.keys), b.action)).collect();
        assert_eq!(shown.join(" "), expect, "{found:?}");
        assert_eq!(found.len(), faults, "{found:?}");
    }

    #[test]
    fn files_are_layered() {
        let base = "[list]\n\"j\" = \"down\"\n\"gk\" = \"up\"\n";
        check(base, "", "j=1 gk=2", 0);
        check(base, "[list]\n\"j\" = \"up\"\n", "gk=2 j=2", 0);
        check(base, "[list]\n\"j\" = \"none\"\n", "gk=2", 0);
        // The keys hold, and what is gone with them is told.
        check(base, "[list]\n\"g\" = \"down\"\n", "j=1 g=1", 1);
        check(base, "[list]\n\"jj\" = \"down\"\n", "gk=2 jj=1", 1);
        check("", "[list]\n\"x\" = \"up\"\n\"xx\" = \"down\"\n", "xx=1", 1);
    }

    #[test]
    fn faults_are_told_and_the_rest_holds() {
        check("[list]\n\"j\" = \"fly\"\n\"k\" = \"up\"\n", "", "k=2", 1);
        check("[list]\n\"<c-x>\" = \"up\"\n\"<C-X>\" = \"down\"\n", "", "<c-x>=2", 1);
        check("[list]\n\"g\" = \"up\"\n\"gg\" = \"down\"\n", "", "g=2", 1);
        check("[sky]\n\"g\" = \"up\"\n", "", "", 1);
        check("[list]\n\"<g\" = \"up\"\n", "", "", 1);
        check("[list\n", "", "", 1);
        check("", "[list]\n\"j\" = 3\n", "", 1);
        // A line that cannot be read takes no other with it.
        check("", "[list]\n\"j\" = \"down\"\n\"k\" = up\n\"l\" = \"up\"\n", "j=1 l=2", 1);
        check("[pane]\n\"j\" = \"down\"\n", "[global]\n\"j\" = \"up\"\n", "j=1", 1);
    }

    #[test]
    fn keys_that_others_hide_are_left_out_and_keys_that_they_hide_are_named() {
        let base = "[pane]\n\"gg\" = \"up\"\n[global]\n\"gr\" = \"up\"\n\"gs\" = \"down\"\n";
        for (own, left, told) in [
            // The built-in keys live, as those of the pane are asked first.
            (
                "[global]\n\"g\" = \"down\"\n",
                "gg=2 gr=2 gs=1",
                Some(
                    "line 2: [global] g: left out, [pane] is asked first and has gg; bind it there, or unbind these there with \"none\"",
                ),
            ),
            ("[global]\n\"gh\" = \"down\"\n", "gg=2 gr=2 gs=1 gh=1", None),
            ("[global]\n\"g\" = \"none\"\n", "gg=2", None),
            (
                "[global]\n\"g\" = \"down\"\n[pane]\n\"gg\" = \"none\"\n",
                "g=1",
                Some(
                    "line 2: [global] g: takes the place of gr, gs; give it keys that begin no others, or bind these anew",
                ),
            ),
            (
                "[pane]\n\"g\" = \"down\"\n",
                "g=1 gr=2 gs=1",
                Some(
                    "line 2: [pane] g: takes the place of gg, gr, gs; give it keys that begin no others, or bind these anew",
                ),
            ),
            (
                "[list]\n\"gsx\" = \"down\"\n",
                "gg=2 gr=2 gs=1 gsx=1",
                Some(
                    "line 2: [list] gsx: takes the place of gs; give it keys that begin no others, or bind these anew",
                ),
            ),
            ("[list]\n\"gs\" = \"down\"\n", "gg=2 gr=2 gs=1 gs=1", None),
        ] {
            let mut map = Keymap::default();
            assert_eq!(map.read(base, Layer::BuiltIn, &resolve), []);
            let faults: Vec<String> =
                map.read(own, Layer::Own, &resolve).iter().map(ToString::to_string).collect();
            let shown: Vec<String> =
                map.bindings().map(|b| format!("{}={}", show(&b.keys), b.action)).collect();
            assert_eq!(
                (shown.join(" ").as_str(), faults),
                (left, Vec::from_iter(told.map(str::to_owned))),
                "{own}"
            );
        }
    }

    #[test]
    fn faults_name_line_and_remedy() {
        let check = |own: &str, expect: &str| {
            let mut map = Keymap::default();
            let faults = map.read(own, Layer::Own, &resolve);
            assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [expect], "{own}");
        };
        check("\n[lst]\n\"j\" = \"up\"\n", "line 2: there is no scope [lst]; did you mean [list]?");
        check("j = \"up\"\n", "line 1: `j` stands in no scope; write [pane], [list] or another one above it");
        check(
            "[list]\n\n\"j\" = \"dwn\"\n",
            "line 3: [list] j: there is no action `dwn`; did you mean `down`?",
        );
        check(
            "[list]\n\"j\" = 3\n",
            "line 2: [list] j: a word in quotation marks is wanted, the name of an action; 3 is none",
        );
        check("[list]\n\"j\" = \"type\"\n", "line 2: [list] j: `type` does nothing here; bind it in [line]");
        check(
            "[list]\n\"3\" = \"up\"\n",
            "line 2: [list] 3: numbers before a key no longer begin with 3 here",
        );
    }

    #[test]
    fn digits_are_letters_where_text_is_typed() {
        check("", "[line]\n\"3\" = \"up\"\n[list]\n\"0\" = \"up\"\n", "3=2 0=2", 0);
    }
}
