//! What belongs together, how, and why.
//!
//! Owns: relations between articles with kind and reasons, stories (threads).
//! Refuses: storage, screens.
//! Tests: at the foot of each file; measured in `tests/it/quality.rs`.

mod model;
mod relate;
mod threads;

pub use model::{Reason, Relation, RelationKind, Relations, Stories, Story};
pub use relate::{Features, Input, relate};
pub use threads::thread;
