//! Prints the features of every logical line of the dumps given, as JSON Lines: what `assets/lines/weights.toml` is estimated from.
//!
//! `cargo run --profile quick --example line_features -- FILE…`
#![allow(clippy::print_stdout, reason = "printing is what this example is for")]

use std::io::Write;

use diembao::article::tuning::{feature_lines, feature_names};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({ "names": feature_names() }))?;
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let lines: Vec<_> = feature_lines(&text)
            .into_iter()
            .map(|l| serde_json::json!({ "text": l.text, "line": l.line, "features": l.features }))
            .collect();
        writeln!(out, "{}", serde_json::json!({ "path": path, "lines": lines }))?;
    }
    out.flush()
}
