//! Writes `assets/story/idf.bin`, the rarity of syllables and pairs in the press at large, from a collection of articles:
//! `cargo run --release --example train_idf -- articles.jsonl assets/story/idf.bin`

use std::fs::File;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result, bail};
use diembao::article::{Format, Plain, parse};
use diembao::story::{Census, Features};

/// Entries of the tables: what fits in 300 kB and still tells the common from the rare.
const MOST: [usize; 2] = [6_000, 66_000];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = args.as_slice() else { bail!("usage: train_idf ARTICLES.jsonl OUT.bin") };
    let mut census = Census::default();
    for line in BufReader::new(File::open(input).with_context(|| input.clone())?).lines() {
        let article = parse(line?.as_bytes(), Format::JsonLine);
        census.add(&Features::of(&article, &Plain::of(&article)));
    }
    std::fs::write(output, census.pack(MOST)).with_context(|| output.clone())
}
