//! Keys as data.
//!
//! Owns: the notation (`gg`, `<c-d>`, `<s-tab>`), sequences, the tree of bindings of each scope, counts, and the file format
//! that the built-in bindings and the reader's own are written in.
//! Refuses: to know which actions exist; they are a type parameter.
//! Tests: at the foot of each file; the built-in file in `app/action.rs`.

mod fault;
mod file;
mod key;
mod keymap;

pub use fault::{Fault, Refusal, Wrong};
pub use file::{Layer, Resolve, line_at, syntax};
pub use key::{Code, Key, KeyProblem, parse, show};
pub use keymap::{Binding, Hint, Keymap, Pending, Step};
