//! What belongs together, how, and why.
//!
//! Owns: relations between articles with kind and reasons, stories (threads), sagas, quotes.
//! Refuses: storage, screens.
//! Tests: at the foot of each file; measured in `tests/it/stories.rs`.

mod background;
mod collection;
mod decision;
mod event;
mod evidence;
mod features;
mod growing;
mod index;
mod kinds;
mod linkage;
mod links;
mod makers;
mod model;
mod packed;
mod probe;
mod pronoun;
mod proper;
mod quoted;
mod quotes;
mod reasons;
mod relate;
pub mod review;
mod sagas;
mod saying;
mod score;
mod speaker;
mod spelled;
mod sums;
mod syllables;
mod table;
mod threads;
mod vectors;
mod weights;
mod wording;

pub use background::Census;
pub use collection::{Collection, Input, Inputs};
pub use decision::{Decision, Repairs};
pub use evidence::{Evidence, Shared, evidence};
pub use features::{Features, Sight};
pub use links::{Link, Lists, Note, Relation, Relations, Side};
pub use makers::is_label;
pub use model::{Reason, RelationKind, Sagas, Stories, Story};
pub use quotes::{Quote, quotes, quotes_somebody};
pub use reasons::same_words;
pub use relate::{Neighbours, relate};
pub use score::Moment;
pub use threads::{Told, thread};
pub use vectors::{Vectors, View};
