//! Text as bytes, characters, cells and syllables.
//!
//! Owns: decoding, cleaning, folding with a map back to the original, tokens, sentences, search patterns, wrapping.
//! Refuses: to know what an article or a screen is.
//! Tests: at the foot of each file; properties in `tests/it/text.rs`.

pub mod clean;
pub mod decode;
pub mod find;
pub mod fold;
pub mod token;
pub mod wrap;

pub use clean::{Removed, clean};
pub use decode::{Decoded, decode};
pub use find::Needle;
pub use fold::{Folded, fold, folded, spelling};
pub use token::{Token, TokenKind, sentences, tokens};
pub use wrap::{fit, width, wrap};
