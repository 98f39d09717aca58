//! What belongs together, how, and why.
//!
//! Owns: relations between articles with kind and reasons, stories (threads), sagas, quotes.
//! Refuses: storage, screens.
//! Tests: at the foot of each file; measured in `tests/it/stories.rs`.

mod background;
mod decision;
mod event;
mod evidence;
mod features;
mod follow;
mod index;
mod kinds;
mod linkage;
mod model;
mod proper;
mod quoted;
mod quotes;
mod reasons;
mod relate;
pub mod review;
mod sagas;
mod score;
mod speaker;
mod syllables;
mod threads;

pub use background::Census;
pub use decision::{Decision, Repairs};
pub use evidence::{Evidence, Shared, evidence};
pub use features::Features;
pub use model::{Reason, Relation, RelationKind, Relations, Saga, Stories, Story};
pub use quotes::{Quote, quotes};
pub use relate::{Input, relate};
pub use threads::{Told, thread};
