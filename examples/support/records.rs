//! The articles of a JSON Lines file.

use std::io::BufRead;

use anyhow::Result;
use diembao::article::{Format, parse};
use rayon::prelude::*;

use super::item::Item;

/// The records whose id is wanted, in their order.
pub fn records(lines: impl BufRead, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Result<Vec<Item>> {
    let lines: Vec<String> = lines.lines().collect::<Result<_, _>>()?;
    Ok(lines.into_par_iter().filter_map(|line| record(&line, wanted)).collect())
}

fn record(line: &str, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Option<Item> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    let id = value["id"].as_str().filter(|id| wanted(id))?;
    Some(Item::new(id.to_owned(), parse(line.as_bytes(), Format::JsonLine)))
}
