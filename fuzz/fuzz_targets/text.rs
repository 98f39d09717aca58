//! Bytes through decoding, cleaning, folding, wrapping, cutting: no panic, and the promises of each.
#![no_main]

use diembao::text::{clean, decode, fit, fold, folded, sentences, tokens, width, wrap};
use libfuzzer_sys::fuzz_target;
use unicode_normalization::is_nfc;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(bytes);
    assert!(is_nfc(&decoded.text));
    assert!(decoded.bad.iter().all(|&at| at < bytes.len()));

    let (text, _) = clean(&decoded.text);
    assert!(text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')));
    assert!(is_nfc(&text));
    let (again, removed) = clean(&text);
    assert!(again == text && removed.is_empty());

    let fold = fold(&text);
    assert_eq!(folded(&fold.text), fold.text);
    for (at, c) in fold.text.char_indices() {
        let back = fold.original(at..at + c.len_utf8());
        assert!(folded(&text[back]).contains(c));
    }

    let cells = 1 + bytes.len() % 100;
    let mut at = 0;
    for line in wrap(&text, cells) {
        assert!(text[at..line.start].chars().all(char::is_whitespace));
        at = line.end;
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    assert!(width(&fit(&text, cells)) <= cells);

    assert!(tokens(&text).windows(2).all(|pair| pair[0].end <= pair[1].start));
    assert!(sentences(&text).windows(2).all(|pair| pair[0].end <= pair[1].start));
});
