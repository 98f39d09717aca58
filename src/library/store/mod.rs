//! What outlives the program.
//!
//! Owns: the reader's own data ([`UserStore`]: a SQLite file in the data folder), what can be made again ([`Shelf`]: in the cache
//! folder, never anything else), and how the files are opened, brought up to date and
//! refused. The schema stands in `assets/store`, one file a step; a step that was published is never changed.
//! Refuses: to overwrite or repair a file that it does not understand; to say "database is locked": writers wait for each other.
//! Tests: at the foot of each file; across programs in `tests/it/keeping.rs`.

mod articles;
mod db;
mod error;
mod shelf;
mod state;
mod undo;
mod user;

pub use articles::{Amount, Stored};
pub use error::{StoreError, StoreFault};
pub use shelf::{Of, Picture, Shelf, Stamp, pack, unpack};
pub use state::{Anchor, Change, Deed, Is, State, What, tags};
pub use undo::Undone;
pub use user::{Logged, States, UserStore};
