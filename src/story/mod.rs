//! What belongs together, how, and why.
//!
//! Owns: relations between articles with kind and reasons, stories (threads), quotes.
//! Refuses: storage, screens.
//! Tests: at the foot of each file; measured in `tests/it/stories.rs`.

mod background;
mod event;
mod evidence;
mod features;
mod follow;
mod index;
mod kinds;
mod model;
mod quotes;
mod reasons;
mod relate;
mod score;
mod syllables;
mod threads;

pub use background::Census;
pub use evidence::{Evidence, Shared, evidence};
pub use features::Features;
pub use model::{Reason, Relation, RelationKind, Relations, Stories, Story};
pub use quotes::{Quote, quotes};
pub use relate::{Input, relate};
pub use threads::thread;
