//! `diembao score`: measuring against labelled data.
//!
//! Bodies of dumps: F1 of 4-gram shingles, the metric of the public article-extraction benchmark (scrapinghub): per page the shares
//! of shingles that are right, too many and missing, and F1 of the mean precision and the mean recall.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use super::args::Score;
use super::out::Out;
use super::{Exit, WrongCall, measure};
use crate::article::{Article, BlockKind, Format, parse};

#[derive(Deserialize)]
struct Page {
    #[serde(rename = "articleBody")]
    body: String,
}

/// Runs the command.
pub fn run(what: &Score, out: &mut Out) -> anyhow::Result<Exit> {
    match what {
        Score::Dumps { dir, gold, suffix } => dumps(dir, gold, suffix, out),
        Score::Library { paths, query, read_only, cache } => {
            measure::library(paths, query, *read_only, cache.as_deref(), out)
        }
    }
}

fn dumps(dir: &Path, gold: &Path, suffix: &str, out: &mut Out) -> anyhow::Result<Exit> {
    let text = fs::read_to_string(gold).with_context(|| format!("{} cannot be read", gold.display()))?;
    let pages: HashMap<String, Page> = serde_json::from_str(&text)
        .with_context(|| format!("{} is not {{ID: {{articleBody}}}}", gold.display()))?;
    let mut scores: Vec<(f64, f64, f64, &str)> = Vec::new();
    for (id, page) in &pages {
        let shares = compare(&page.body, &shown(dir, id, suffix));
        let (precision, recall) = precision_recall(shares);
        scores.push((f1(precision, recall), precision, recall, id));
    }
    if scores.is_empty() {
        return Err(WrongCall("the labels hold no page".into()).into());
    }
    scores.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.3.cmp(b.3)));
    for (f1, _, _, id) in scores.iter().take(8) {
        out.line(&format!("  {f1:.3} {id}"))?;
    }
    let mean =
        |pick: fn(&(f64, f64, f64, &str)) -> f64| scores.iter().map(pick).sum::<f64>() / scores.len() as f64;
    let (precision, recall) = (mean(|s| s.1), mean(|s| s.2));
    out.line(&format!(
        "pages {} P {precision:.4} R {recall:.4} F1 {:.4}",
        scores.len(),
        f1(precision, recall)
    ))?;
    Ok(Exit::Done)
}

/// The body that is shown for a dump; empty where it is missing.
fn shown(dir: &Path, id: &str, suffix: &str) -> String {
    let Ok(bytes) = fs::read(dir.join(format!("{id}{suffix}"))) else { return String::new() };
    body(&parse(&bytes, Format::Dump))
}

/// Lead (unless it repeats the first blocks), paragraphs, headings, lists, tables and quotes.
fn body(article: &Article) -> String {
    let kinds =
        [BlockKind::Paragraph, BlockKind::Heading, BlockKind::List, BlockKind::Table, BlockKind::Quote];
    let mut parts: Vec<&str> =
        article.blocks.iter().filter(|b| kinds.contains(&b.kind)).map(|b| b.text.as_str()).collect();
    let bare = |t: &str| t.split_whitespace().collect::<String>();
    let lead = article.lead.as_deref().filter(|lead| !parts.iter().take(2).any(|p| bare(p) == bare(lead)));
    if let Some(lead) = lead {
        parts.insert(0, lead);
    }
    parts.join("\n")
}

fn shingles(text: &str) -> HashMap<Vec<&str>, i64> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut out = HashMap::new();
    if words.is_empty() {
        return out;
    }
    for shingle in words.windows(4.min(words.len())) {
        *out.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    out
}

/// Shares of shingles that are right, too many, and missing.
fn compare(truth: &str, shown: &str) -> (f64, f64, f64) {
    let (truth, shown) = (shingles(truth), shingles(shown));
    let right: i64 = truth.iter().map(|(s, n)| *n.min(shown.get(s).unwrap_or(&0))).sum();
    let missing = truth.values().sum::<i64>() - right;
    let extra = shown.values().sum::<i64>() - right;
    let all = (right + missing + extra) as f64;
    if all == 0.0 { (0.0, 0.0, 0.0) } else { (right as f64 / all, extra as f64 / all, missing as f64 / all) }
}

fn precision_recall((right, extra, missing): (f64, f64, f64)) -> (f64, f64) {
    if extra == 0.0 && missing == 0.0 {
        return (1.0, 1.0);
    }
    if right == 0.0 { (0.0, 0.0) } else { (right / (right + extra), right / (right + missing)) }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_compared() {
        for (truth, shown, expect) in [
            ("a b c d e", "a b c d e", 1.0),
            ("a b c d e", "", 0.0),
            ("", "", 1.0),
            ("a b c d e", "a b c d", 2.0 / 3.0),
            ("a", "a", 1.0),
        ] {
            let (precision, recall) = precision_recall(compare(truth, shown));
            assert!((f1(precision, recall) - expect).abs() < 1e-9, "{truth} {shown}");
        }
    }
}
