//! diembao: a press review in a terminal.
//!
//! The modules stand on floors; each uses only modules on floors below it
//! (`tests/it/floors.rs` reads the `use crate::` lines and fails otherwise):
//!
//! | floor | modules |
//! | --- | --- |
//! | 0 | [`text`] |
//! | 1 | [`article`], [`keys`] |
//! | 2 | [`entity`] |
//! | 3 | [`story`] |
//! | 4 | [`library`], [`config`] |
//! | 5 | [`app`] |
//! | 6 | [`ui`], [`paper`] |
//! | 7 | [`run`] |
//! | 8 | [`cli`] |

pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod entity;
pub mod keys;
pub mod library;
pub mod paper;
pub mod run;
pub mod story;
pub mod text;
pub mod ui;
