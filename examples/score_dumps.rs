//! Prints precision, recall and F1 of the bodies that are read from a folder of labelled dumps.
//!
//! `cargo run --profile quick --example score_dumps -- DIR GOLD.json SUFFIX [worst]`, e.g. `… ../shared/dumps
//! ../shared/dumps/gold.json .w3m.txt`; with `worst` also the ten pages with the lowest F1.
#![allow(clippy::print_stdout, reason = "printing is what this example is for")]

#[path = "../tests/it/shingle.rs"]
mod shingle;

use std::path::Path;

use diembao::article::{Format, parse};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dir, gold, suffix, ..] = &args[..] else {
        anyhow::bail!("three arguments: DIR GOLD.json SUFFIX");
    };
    let gold: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&std::fs::read(gold)?)?;
    let mut pages = Vec::new();
    for (id, entry) in &gold {
        let path = Path::new(dir).join(format!("{id}{suffix}"));
        let shown =
            std::fs::read(&path).map(|bytes| shingle::body(&parse(&bytes, Format::Dump))).unwrap_or_default();
        pages.push((shingle::page(entry["articleBody"].as_str().unwrap_or(""), &shown), id));
    }
    if args.len() > 3 {
        pages.sort_by(|a, b| shingle::page_f1(a.0).total_cmp(&shingle::page_f1(b.0)));
        for (page, id) in pages.iter().take(10) {
            println!("  {:.3} P {:.3} R {:.3} {id}", shingle::page_f1(*page), page.0, page.1);
        }
    }
    let score = shingle::score(&pages.iter().map(|p| p.0).collect::<Vec<_>>());
    println!("pages {} P {:.4} R {:.4} F1 {:.4}", pages.len(), score.precision, score.recall, score.f1);
    Ok(())
}
