//! The file format of bindings: a table for each scope, `"keys" = "action"`.

use super::key::parse;
use super::keymap::Keymap;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The program's own: every conflict is a fault.
    BuiltIn,
    /// The reader's: it replaces what stands in its way.
    Own,
}

/// What is wrong with a line of a key file. It was left out, but for those that replace others or are shadowed: they hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is not TOML.
    #[error("the key file cannot be read: {0}")]
    Syntax(String),
    /// A scope that does not exist, or is not a table.
    #[error("there is no scope `{0}`")]
    Scope(String),
    /// Keys that cannot be read.
    #[error("[{scope}] {problem}")]
    Keys {
        /// The scope.
        scope: String,
        /// The trouble.
        problem: String,
    },
    /// No such action (there).
    #[error("[{scope}] {keys}: there is no action `{action}` here")]
    Action {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The action as written.
        action: String,
    },
    /// A sequence of the reader's is the beginning of others, which are gone with it.
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
    /// An inner scope knows the key, and is asked first.
    #[error(
        "[{scope}] {keys}: is never reached, [{inner}] has it; bind it there, or unbind it there with \"none\""
    )]
    Shadowed {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The scope that is asked before.
        inner: String,
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

/// Gives the action of a name in a scope; `Err` where there is no such scope.
pub type Resolve<'a, A> = &'a dyn Fn(&str, &str) -> Result<Option<A>, ()>;

/// The scope that is asked last, and in which others are asked before wherever the reader is.
const OUTERMOST: &str = "global";
/// The scope that is asked in every pane.
const EVERYWHERE: &str = "pane";

/// Unbinds the keys.
const NOTHING: &str = "none";

/// Line and trouble.
fn one_line(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
    format!("line {line}: {}", error.message())
}

impl<A: Copy + PartialEq> Keymap<A> {
    /// Reads a file into this map. What is wrong is left out and told; the rest holds.
    pub fn read(&mut self, text: &str, layer: Layer, resolve: Resolve<'_, A>) -> Vec<Fault> {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return vec![Fault::Syntax(one_line(text, &error))],
        };
        let mut faults = Vec::new();
        for (scope, rows) in &table {
            let Some(rows) = rows.as_table().filter(|_| resolve(scope, "").is_ok()) else {
                faults.push(Fault::Scope(scope.clone()));
                continue;
            };
            for (keys, action) in rows {
                let name = action.as_str().unwrap_or_default();
                if let Err(fault) = self.row(layer, scope, keys, name, resolve) {
                    faults.push(fault);
                }
            }
        }
        faults
    }

    fn row(
        &mut self,
        layer: Layer,
        scope: &str,
        keys: &str,
        name: &str,
        resolve: Resolve<'_, A>,
    ) -> Result<(), Fault> {
        let scope_name = || scope.to_owned();
        let sequence =
            parse(keys).map_err(|p| Fault::Keys { scope: scope_name(), problem: p.to_string() })?;
        let mut gone = Vec::new();
        if layer == Layer::Own {
            gone = self.against(scope, &sequence);
            self.unbind(scope, &sequence);
            if name == NOTHING {
                return Ok(());
            }
        }
        let action = resolve(scope, name).ok().flatten().ok_or_else(|| Fault::Action {
            scope: scope_name(),
            keys: keys.to_owned(),
            action: name.to_owned(),
        })?;
        self.bind(scope, &sequence, action)
            .map_err(|_| Fault::Conflict { scope: scope_name(), keys: keys.to_owned() })?;
        if layer == Layer::Own && scope == OUTERMOST && self.begins(EVERYWHERE, &sequence) {
            let inner = EVERYWHERE.to_owned();
            return Err(Fault::Shadowed { scope: scope_name(), keys: keys.to_owned(), inner });
        }
        if !gone.is_empty() {
            return Err(Fault::Replaces {
                scope: scope_name(),
                keys: keys.to_owned(),
                gone: gone.join(", "),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::show;

    fn resolve(scope: &str, name: &str) -> Result<Option<u8>, ()> {
        if !["list", "pane", "global"].contains(&scope) {
            return Err(());
        }
        Ok(match name {
            "down" => Some(1),
            "up" => Some(2),
            _ => None,
        })
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
        check("[pane]\n\"j\" = \"down\"\n", "[global]\n\"j\" = \"up\"\n", "j=1 j=2", 1);
    }
}
