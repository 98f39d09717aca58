//! What the tests that measure stories share with the examples.

#[path = "../../examples/support/inputs.rs"]
mod inputs;
#[path = "../../examples/support/item.rs"]
pub mod item;
#[path = "../../examples/support/records.rs"]
pub mod records;
#[path = "../../examples/support/truth.rs"]
pub mod truth;

pub use inputs::{entities, inputs};
