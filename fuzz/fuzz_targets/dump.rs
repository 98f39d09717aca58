//! Bytes through the article parsers of all formats: no panic, and nothing in the article that acts on a terminal.
#![no_main]

use diembao::article::{Article, Format, parse};
use libfuzzer_sys::fuzz_target;

fn harmless(text: &str) {
    assert!(text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')), "{text:?}");
    assert!(!text.contains(['\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}']));
}

fn check(article: &Article) {
    let Article { title, lead, blocks, source, site, agency, authors, url, credits, set_aside, .. } = article;
    for text in [title, lead, source, site, agency, url].into_iter().flatten().chain(authors) {
        harmless(text);
    }
    blocks.iter().for_each(|block| harmless(&block.text));
    credits.iter().chain(set_aside).for_each(|line| harmless(&line.text));
}

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Dump, Format::Html, Format::Markdown, Format::JsonLine] {
        check(&parse(bytes, format));
    }
});
