//! Prints the quotes of a folder's articles with verb and speaker:
//! `cargo run --release --example quotes -- FOLDER`

#![allow(clippy::print_stdout, reason = "an example that prints")]

use anyhow::{Result, bail};
use diembao::library::{ArticleIx, load};
use diembao::story::quotes;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = args.as_slice() else { bail!("usage: quotes FOLDER") };
    let snapshot = load(&[folder.into()], true, false);
    let entities = &snapshot.entities;
    for (n, entry) in (0..).zip(snapshot.entries.iter()) {
        let of = &entities.of(n as usize);
        let Some(read) = snapshot.read(ArticleIx(n)) else { continue };
        let Some(names) = read.names.as_deref() else { continue };
        let text = &read.plain.text;
        for quote in quotes(&read.plain, names, of).into_iter().filter(|q| !q.reported) {
            let verb = quote.verb.map_or("-", |v| &text[v]);
            let speaker = quote.speaker.and_then(|s| entities.get(s)).map_or("-", |e| e.name.as_str());
            println!("{}\t{speaker}\t{verb}\t{}", entry.shown_path(), &text[quote.range]);
        }
    }
    Ok(())
}
