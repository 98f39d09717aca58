//! What can be wrong in a key file, and the remedy.

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
    #[error("there is no scope [{scope}]; {remedy}")]
    Scope {
        /// As written.
        scope: String,
        /// What to do about it.
        remedy: String,
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
    #[error("[{scope}] {keys}: there is no action `{action}`; {remedy}")]
    Action {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The action as written.
        action: String,
        /// What to do about it.
        remedy: String,
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
    /// What the program has at these keys is no longer reached in this scope, by other keys neither.
    #[error(
        "[{scope}] {keys}: `{action}` has no other key here; give it one as well, or type :{action} when it is wanted"
    )]
    Loses {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
        /// The action that is gone.
        action: String,
    },
    /// Where text is typed, the key is text.
    #[error(
        "[{scope}] {keys}: left out, as it writes a letter here; give it a key with Ctrl or Alt, or one that writes nothing"
    )]
    Typed {
        /// The scope.
        scope: String,
        /// The keys as written.
        keys: String,
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
    /// There is no such scope; the remedy.
    Scope(String),
    /// There is no such action; the remedy.
    Action(String),
    /// The action makes sense in another scope.
    Elsewhere(String),
}
