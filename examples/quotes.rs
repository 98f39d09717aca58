//! Prints the quotes of a folder's articles with verb and speaker:
//! `cargo run --release --example quotes -- FOLDER`

#![allow(clippy::print_stdout, reason = "an example that prints")]

use std::path::Path;

use anyhow::{Result, bail};
use diembao::story::quotes;

#[allow(dead_code, reason = "each example uses its part")]
mod support;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = args.as_slice() else { bail!("usage: quotes FOLDER") };
    let collection = support::Collection::folder(Path::new(folder))?;
    let entities = collection.entities();
    for (item, of) in collection.items.iter().zip(&entities.of) {
        for quote in quotes(&item.plain, &item.names, of) {
            let verb = quote.verb.map_or("-", |v| &item.plain.text[v]);
            let speaker = quote.speaker.and_then(|s| entities.get(s)).map_or("-", |e| e.name.as_str());
            println!("{}\t{speaker}\t{verb}\t{}", item.id, &item.plain.text[quote.range]);
        }
    }
    Ok(())
}
