//! Names: recognising them, and joining the spellings of one person, place or organisation.
//!
//! Owns: mentions and their kinds, entities with their variants and the rule that joined each, the reader's repairs.
//! Refuses: to know stories, storage, screens.
//! Tests: at the foot of each file; measured on labelled articles in `tests/it/quality.rs`.

mod link;
mod model;
mod recognise;

pub use link::join;
pub use model::{Entities, Entity, EntityIx, Evidence, Kind, Mention, Names, Rule, Variant};
pub use recognise::Recogniser;
