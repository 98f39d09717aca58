//! The one integration binary; `floors.rs` fails when a file of this folder is left out here.

mod cli;
mod floors;
mod folder;
mod linking;
mod shared;
mod text;
