//! From bytes to an article.
//!
//! Owns: the model, the parsers (text dumps, HTML, Markdown, plain text, JSON Lines), dates, sources, problems.
//! Refuses: disk and network; a parser never fails, it gives an article and a list of problems.
//! Tests: at the foot of each file; real dumps in `tests/it/dumps.rs`.

mod about;
mod address;
mod bare;
mod byline;
mod captions;
mod cues;
mod dateline;
mod dates;
mod dump;
mod features;
mod front_matter;
mod gazetteer;
mod html;
mod json;
mod label;
mod lang;
mod lines;
mod markdown;
mod masthead;
mod mend;
mod model;
mod pardon;
mod parse;
mod pieces;
mod plain;
mod resume;
mod roles;
mod runs;
mod scrub;
mod syllable;
mod title;
#[doc(hidden)]
pub mod tuning;
mod week;
mod weekday;
mod year;

pub use byline::writers;
pub use dateline::stated;
pub use dates::{Found, dates_in};
pub use gazetteer::is_medium;
pub use lang::{detect, is_joint};
pub use model::{
    Article, Basis, Block, BlockKind, Dated, Fix, Lang, NESTED, Picture, Precision, Problem, ProblemKind,
    Role, SetAside, Stress, StressKind, When, depth_of, is_numbered,
};
pub use parse::{Content, Format, MOST_BYTES, is_binary, parse};
pub use plain::{Part, Place, Plain};
pub use year::DayHint;
