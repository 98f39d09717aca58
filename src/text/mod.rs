//! Text as bytes, characters, cells and syllables.
//!
//! Owns: decoding, cleaning, composing, folding with a map back to the original, tokens, sentences, search patterns,
//! wrapping, texts of one decision a line.
//! Refuses: to know what an article or a screen is.
//! Tests: at the foot of each file; properties in `tests/it/text.rs`.

mod charset;
pub mod clean;
mod decisions;
pub mod decode;
mod detect;
pub mod find;
pub mod fold;
mod nfc;
mod sentence;
mod syllable;
pub mod token;
pub mod wrap;

pub use charset::{is_alphabetic, is_capital, is_letter, is_numeric, is_small, small, unspaced};
pub use clean::{Removed, clean};
pub use decisions::{BadLine, DecisionLine, Decisions};
pub use decode::{Decoded, decode, decode_as};
pub use find::{Needle, bare_parts, is_hyphen, is_joint, parts, respects};
pub use fold::{Folded, fold, folded, spelling};
pub use nfc::nfc;
pub use syllable::{is_bare, is_syllable};
pub use token::{Token, TokenKind, sentences, tokens};
pub use wrap::{fill, fit, fit_name, pad, width, wrap};
