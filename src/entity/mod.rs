//! Names: recognising them, and joining the spellings of one person, place or organisation.
//!
//! Owns: mentions and their kinds, entities with their variants and the rule that joined each, the reader's repairs.
//! Refuses: to know stories, storage, screens.
//! Tests: at the foot of each file; measured on labelled articles in `tests/it/names.rs`.

mod across;
mod address;
mod assemble;
mod brackets;
mod credits;
mod cutter;
mod decision;
mod document;
mod expand;
mod explain;
mod features;
mod gazetteer;
mod key;
mod known;
mod labels;
mod link;
mod local;
pub mod measure;
mod model;
mod parts;
mod pass;
mod pool;
mod propose;
mod recognise;
mod repair;
mod rules;
mod salience;
mod settle;
mod sums;
mod syllable;
mod tables;
#[cfg(feature = "train")]
pub mod train;
mod unmarked;
mod viterbi;
mod weights;
mod words;

pub use decision::{Decision, Repairs};
pub use explain::{Grounds, grounds};
pub use link::{Joiner, join, join_with};
pub use local::{GAP, Local, local};
pub use model::{
    Entities, Entity, EntityIx, Evidence, Keeper, Kind, Mention, Names, Rule, Variant, word_count,
};
pub use propose::{Likeness, Proposal, proposals};
pub use recognise::Recogniser;
pub use salience::{about, salience};
pub use weights::BadModel;
