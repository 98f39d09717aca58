//! Cost of relating: through the inverted index, and against all pairs, on the same made-up articles in one run.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use diembao::article::{Article, Block, BlockKind, Plain};
use diembao::story::{Features, Input, Relations, relate};

/// Articles compared: all pairs are a quarter of a million comparisons.
const ARTICLES: usize = 500;
/// Words of an article.
const WORDS: usize = 450;

/// Numbers without pattern, the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below `most`; small ones come more often, as words do.
    fn roll(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let unit = (self.0 >> 40) as f64 / (1u64 << 24) as f64;
        (unit.powi(3) * most as f64) as usize
    }
}

/// An article of one of a hundred stories: a third of its words are its story's own.
fn article(number: usize) -> Article {
    let mut dice = Dice(number as u64 + 1);
    let story = number % 100;
    let word = |dice: &mut Dice| match dice.roll(3) {
        2 => format!("s{story}x{}", dice.roll(60)),
        _ => format!("w{}", dice.roll(4000)),
    };
    let mut line = |count: usize| (0..count).map(|_| word(&mut dice)).collect::<Vec<_>>().join(" ");
    let block =
        |text| Block { kind: BlockKind::Paragraph, text, line: 1, inferred: false, stress: Vec::new() };
    Article {
        title: Some(line(10)),
        lead: Some(line(30)),
        blocks: vec![block(line(WORDS))],
        ..Article::default()
    }
}

/// All pairs: how many pairs of words each two articles share, from the texts.
fn all_pairs(texts: &[String]) -> usize {
    let pairs: Vec<std::collections::HashSet<(&str, &str)>> = texts
        .iter()
        .map(|text| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.windows(2).map(|w| (w[0], w[1])).collect()
        })
        .collect();
    let shared = |a: usize, b: usize| pairs[a].intersection(&pairs[b]).count();
    (0..pairs.len()).map(|a| (0..pairs.len()).map(|b| shared(a, b)).max().unwrap_or(0)).sum()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let articles: Vec<Article> = (0..ARTICLES).map(article).collect();
    let plains: Vec<Plain> = articles.iter().map(Plain::of).collect();
    let features: Vec<Features> = articles.iter().zip(&plains).map(|(a, p)| Features::of(a, p)).collect();
    let inputs: Vec<Input<'_>> = features
        .iter()
        .map(|features| Input { features, entities: Vec::new(), minutes: Some(0), outlet: None })
        .collect();
    let texts: Vec<String> = plains.iter().map(|p| p.text.clone()).collect();

    let mut group = criterion.benchmark_group("related");
    group.throughput(Throughput::Elements(ARTICLES as u64));
    group.bench_function("naive all pairs", |b| b.iter(|| all_pairs(black_box(&texts))));
    group.bench_function("relate", |b| {
        b.iter(|| relate(black_box(&inputs), 20, &Relations::default(), &|| false));
    });
    group.bench_function("features", |b| {
        b.iter(|| {
            let made = articles.iter().zip(&plains).map(|(a, p)| Features::of(a, p));
            black_box(made.collect::<Vec<_>>()).len()
        });
    });
    group.finish();
    criterion.final_summary();
}
