//! The score of a shown body: 4-gram shingle precision, recall and F1 (the metric of the public article-extraction benchmark).

use std::collections::HashMap;

use diembao::article::{Article, BlockKind};

/// Means over pages; `f1` is that of mean precision and mean recall, as the benchmark has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// F1 of the two.
    pub f1: f64,
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

fn grams(text: &str) -> HashMap<Vec<&str>, usize> {
    let words = words(text);
    let mut out = HashMap::new();
    if words.is_empty() {
        return out;
    }
    for gram in words.windows(words.len().min(4)) {
        *out.entry(gram.to_vec()).or_default() += 1;
    }
    out
}

/// Precision and recall of one page.
pub fn page(gold: &str, shown: &str) -> (f64, f64) {
    let (gold, shown) = (grams(gold), grams(shown));
    let both: usize = gold.iter().map(|(gram, n)| shown.get(gram).copied().unwrap_or(0).min(*n)).sum();
    let (all_gold, all_shown): (usize, usize) = (gold.values().sum(), shown.values().sum());
    if both == all_gold && both == all_shown {
        return (1.0, 1.0);
    }
    let share = |n: usize| if both == 0 { 0.0 } else { both as f64 / n as f64 };
    (share(all_shown), share(all_gold))
}

/// F1 of one page.
pub fn page_f1((precision, recall): (f64, f64)) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// The score of many pages.
pub fn score(pages: &[(f64, f64)]) -> Score {
    let mean = |pick: fn(&(f64, f64)) -> f64| pages.iter().map(pick).sum::<f64>() / pages.len().max(1) as f64;
    let (precision, recall) = (mean(|p| p.0), mean(|p| p.1));
    Score { precision, recall, f1: page_f1((precision, recall)) }
}

/// The body as it is shown: lead and running text, captions left out.
pub fn body(article: &Article) -> String {
    let kinds =
        [BlockKind::Paragraph, BlockKind::Heading, BlockKind::List, BlockKind::Table, BlockKind::Quote];
    let blocks = article.blocks.iter().filter(|b| kinds.contains(&b.kind)).map(|b| b.text.as_str());
    article.lead.as_deref().into_iter().chain(blocks).collect::<Vec<_>>().join("\n")
}
