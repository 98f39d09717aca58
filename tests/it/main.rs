//! The one integration binary; `floors.rs` fails when a file of this folder is left out here.

mod cache;
mod cli;
mod dumps;
mod fixture;
mod floors;
mod folder;
mod keeping;
mod kinds;
mod library;
mod linking;
mod mending;
mod names;
mod press;
mod pty;
mod quotes;
mod repairs;
mod screens;
mod seeds;
mod shared;
mod shingle;
mod stable;
mod stories;
mod support;
mod telling;
mod terminal;
mod text;
