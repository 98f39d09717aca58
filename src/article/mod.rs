//! From bytes to an article.
//!
//! Owns: the model, the parsers (text dumps, Markdown, plain text, JSON Lines), dates, sources, problems.
//! Refuses: disk and network; a parser never fails, it gives an article and a list of problems.
//! Tests: at the foot of each file; real dumps in `tests/it/dumps.rs`.

mod cues;
mod features;
mod label;
mod lang;
mod lines;
mod model;
mod parse;
mod plain;
#[doc(hidden)]
pub mod tuning;

pub use model::{
    Article, Basis, Block, BlockKind, Dated, Fix, Lang, Precision, Problem, ProblemKind, Role, SetAside,
};
pub use parse::{Format, parse};
pub use plain::{Part, Place, Plain};
