//! The file format of bindings: a table for each scope, `"keys" = "action"`.

use std::fmt::Display;

use toml::de::DeTable;

use super::fault::{Fault, Refusal, Wrong};
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

/// Gives the action of a name in a scope. An empty name asks for the scope alone, and is no action.
pub type Resolve<'a, A> = &'a dyn Fn(&str, &str) -> Result<A, Refusal>;

/// The scope that is asked last.
const OUTERMOST: &str = "global";
/// The scope that is asked before it, wherever the reader is.
const EVERYWHERE: &str = "pane";
/// The scope in which text is typed.
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

impl<A: Copy + PartialEq + Display> Keymap<A> {
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
            if let Err(Refusal::Scope(remedy)) = resolve(name, "") {
                faults.push(Fault { line, wrong: Wrong::Scope { scope: name.to_owned(), remedy } });
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
        let (unbound, bound): (Vec<_>, Vec<_>) = read.into_iter().partition(|(_, row)| row.unbinds());
        let mut lay = |map: &mut Self, rows: &[(usize, Row<'_>)]| {
            for (line, row) in rows {
                if let Err(wrong) = map.row(row, resolve) {
                    faults.push(Fault { line: *line, wrong });
                }
            }
        };
        lay(self, &unbound);
        let before = (layer == Layer::Own).then(|| self.clone());
        lay(self, &bound);
        if let Some(before) = before {
            faults.extend(self.losses(&before, &bound));
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
        if wanted.is_some() && scope == TEXT && sequence[0].text().is_some() {
            return Err(Wrong::Typed { scope: scope_name(), keys: keys_name() });
        }
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
        match sequence[0].digit().filter(|d| *d > 0) {
            Some(digit) => Err(Wrong::TakesDigit { scope: scope_name(), keys: keys_name(), digit }),
            None => Ok(()),
        }
    }

    /// What was at the keys of some rows and has no key there now. Each action is told once.
    fn losses(&self, before: &Self, rows: &[(usize, Row<'_>)]) -> Vec<Fault> {
        let mut lost: Vec<(A, Fault)> = Vec::new();
        for (line, row) in rows {
            // The panes are asked before the outermost scope: keys there serve as well.
            let from = if row.scope == OUTERMOST { EVERYWHERE } else { row.scope };
            let (scopes, keys) = (asked_from(from), parse(row.keys).unwrap_or_default());
            let Some(action) = before.action(&scopes, &keys) else { continue };
            if self.reached(&scopes, action) || lost.iter().any(|(told, _)| *told == action) {
                continue;
            }
            let (scope, keys) = (row.scope.to_owned(), row.keys.to_owned());
            let wrong = Wrong::Loses { scope, keys, action: action.to_string() };
            lost.push((action, Fault { line: *line, wrong }));
        }
        lost.into_iter().map(|(_, fault)| fault).collect()
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
        Refusal::Scope(remedy) => Wrong::Scope { scope, remedy },
        Refusal::Action(remedy) => Wrong::Action { scope, keys, action, remedy },
        Refusal::Elsewhere(home) => Wrong::Elsewhere { scope, keys, action, home },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(scope: &str, name: &str) -> Result<u8, Refusal> {
        if !["list", "pane", "global", "line"].contains(&scope) {
            return Err(Refusal::Scope("did you mean [list]?".to_owned()));
        }
        match name {
            "down" => Ok(1),
            "up" => Ok(2),
            "fly" if scope == "global" => Ok(3),
            "type" if scope != "line" => Err(Refusal::Elsewhere("line".to_owned())),
            _ => Err(Refusal::Action("did you mean `down`?".to_owned())),
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
        // The keys hold, and that nothing goes down any more is told.
        check(base, "[list]\n\"j\" = \"up\"\n", "gk=2 j=2", 1);
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
    fn what_is_typed_as_text_is_no_key() {
        check("", "[line]\n\"3\" = \"up\"\n[list]\n\"0\" = \"up\"\n", "0=2", 1);
        check("", "[line]\n\"<space>\" = \"up\"\n", "", 1);
        check(
            "",
            "[line]\n\"<c-a>\" = \"up\"\n\"<c-x>a\" = \"down\"\n\"a\" = \"none\"\n",
            "<c-a>=2 <c-x>a=1",
            0,
        );
        let faults = Keymap::default().read("[line]\n\"a\" = \"up\"\n", Layer::Own, &resolve);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let expect = "line 2: [line] a: left out, as it writes a letter here; give it a key with Ctrl or Alt, or one that writes nothing";
        assert_eq!(told, [expect]);
    }

    #[test]
    fn an_action_that_loses_its_only_key_is_named() {
        let base =
            "[pane]\n\"j\" = \"down\"\n[global]\n\"m\" = \"up\"\n\"e\" = \"fly\"\n\"<c-e>\" = \"fly\"\n";
        let lost = |line: usize, scope: &str, keys: &str, name: &str| {
            format!(
                "line {line}: [{scope}] {keys}: `{name}` has no other key here; give it one as well, or type :{name} when it is wanted"
            )
        };
        for (own, told) in [
            ("[global]\n\"m\" = \"down\"\n", vec![lost(2, "global", "m", "2")]),
            // In the list only.
            ("[list]\n\"m\" = \"down\"\n", vec![lost(2, "list", "m", "2")]),
            ("[list]\n\"j\" = \"up\"\n", vec![lost(2, "list", "j", "1")]),
            // Once, however many keys hide it.
            ("[global]\n\"m\" = \"down\"\n[list]\n\"m\" = \"down\"\n", vec![lost(2, "global", "m", "2")]),
            // It has another key, had one before, or was given up on purpose.
            ("[global]\n\"m\" = \"down\"\n\"r\" = \"up\"\n", vec![]),
            ("[list]\n\"e\" = \"down\"\n", vec![]),
            ("[global]\n\"m\" = \"none\"\n[list]\n\"m\" = \"down\"\n", vec![]),
            ("[global]\n\"m\" = \"up\"\n", vec![]),
        ] {
            let mut map = Keymap::default();
            assert_eq!(map.read(base, Layer::BuiltIn, &resolve), []);
            let faults = map.read(own, Layer::Own, &resolve);
            assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), told, "{own}");
        }
    }
}
