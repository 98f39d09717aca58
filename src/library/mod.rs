//! The library: the immutable [`Snapshot`], the ingest that publishes it, and the query language.
//!
//! Owns: reading folders, files and standard input; ids; the snapshot; queries and facets; the file of decisions about names; the store
//! of what the reader did.
//! Refuses: screens and network.
//! Tests: at the foot of each file; folders in `tests/it/folder.rs`.

mod adding;
mod assemble;
mod bytes;
mod collected;
mod columns;
mod compact;
mod dictionary;
mod drawer;
mod entries;
mod facets;
mod files;
mod ids;
mod index;
mod ingest;
mod ledger;
mod lists;
mod makers;
mod marks;
mod picture;
mod profile;
mod query;
mod rank;
mod reading;
mod recall;
mod rejoin;
mod relating;
mod repairs;
mod review;
mod roster;
#[cfg(test)]
mod sample;
mod segment;
mod snapshot;
mod source;
mod spool;
mod store;
mod texts;
mod titles;
mod troubles;

pub use adding::{Added, add};
pub use entries::Entries;
pub use facets::Facets;
pub use ids::{digest, is_id};
pub use index::Index;
pub use ingest::{Ingest, load};
pub use ledger::Ledger;
pub use marks::Marks;
pub use profile::{Beside, MentionKind, Profile, Spot, Told};
pub use query::{
    Completion, Expr, FIELDS, Field, FieldRow, How, Near, Query, QueryFault, QueryProblem, Standing, Term,
    View, Views, complete, entities_called, entities_like,
};
pub use rank::{Hit, Snippet, rank, snippet};
pub use relating::Why;
pub use repairs::{
    DecisionFile, Kept, NamesFile, NotKept, StoriesFile, TEXT_FILES, ViewsFile, put_whole, whole,
};
pub use review::Reviewed;
pub use snapshot::{ArticleIx, Entry, Head, Progress, Read, Snapshot, Stage, files_in_trouble, shown};
pub use store::{
    Amount, Anchor, Change, Deed, Is, Logged, Shelf, State, States, StoreError, StoreFault, Stored, Undone,
    UserStore, What, tags,
};
pub use texts::Texts;
pub use titles::Title;
pub use troubles::alike;
