//! What relating costs as a collection grows: CPU time and bytes of an article, in collections of these sizes, from one file:
//! `cargo run --release --example scale_related -- ARTICLES.jsonl 10000 30000 100000`

#![allow(clippy::print_stdout, reason = "an example that prints figures")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use diembao::article::{Dated, Format, Plain, parse};
use diembao::entity::{Entities, EntityIx, Joiner, Names, Recogniser, local};
use diembao::story::{Collection, Features, Neighbours, Repairs, Sight, Stories, Told, View, thread};
use rayon::prelude::*;

/// Articles that are read at once.
const AT_ONCE: usize = 2048;
/// Articles that come one by one at the end.
const SINGLE: usize = 50;

/// Articles as relating sees them; features are packed, as they are on disk.
#[derive(Default)]
struct Packed {
    features: Vec<Vec<u8>>,
    vectors: Vec<Vec<u8>>,
    minutes: Vec<Option<i64>>,
    outlets: Vec<Option<String>>,
    entities: Vec<Vec<EntityIx>>,
    joined: Entities,
}

/// The first so many of them.
struct First<'a>(&'a Packed, usize);

impl Collection for First<'_> {
    fn count(&self) -> usize {
        self.1
    }

    fn features(&self, article: usize, take: &mut dyn FnMut(Sight<'_>)) {
        let rest: Option<Sight<'_>> = postcard::from_bytes(&self.0.features[article]).ok();
        let vectors = postcard::from_bytes(&self.0.vectors[article]).ok();
        if let Some((rest, vectors)) = rest.zip(vectors) {
            take(rest.with(vectors));
        }
    }

    fn vectors(&self, article: usize, take: &mut dyn FnMut(View<'_>)) {
        if let Ok(vectors) = postcard::from_bytes(&self.0.vectors[article]) {
            take(vectors);
        }
    }

    fn entities<'a>(&'a self, article: usize, _: &'a mut Vec<EntityIx>) -> &'a [EntityIx] {
        &self.0.entities[article]
    }

    fn minutes(&self, article: usize) -> Option<i64> {
        self.0.minutes[article]
    }

    fn outlet(&self, article: usize) -> Option<&str> {
        self.0.outlets[article].as_deref()
    }

    fn names(&self) -> usize {
        self.0.joined.len()
    }

    fn spread(&self, name: EntityIx) -> u32 {
        self.0.joined.get(name).map_or(0, |entity| entity.articles)
    }
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path, sizes @ ..] = args.as_slice() else { bail!("usage: scale_related ARTICLES.jsonl SIZE…") };
    let sizes: Vec<usize> = sizes.iter().map(|s| s.parse()).collect::<Result<_, _>>()?;
    let packed = read(path, sizes.iter().copied().max().unwrap_or(0))?;
    let bytes: usize = packed.features.iter().chain(&packed.vectors).map(Vec::len).sum();
    println!(
        "{} articles, {} bytes of features each on disk",
        packed.features.len(),
        bytes / packed.features.len().max(1)
    );
    let ids: Vec<String> = (0..packed.features.len()).map(|n| format!("{n:07}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    println!(
        "articles | ms: all at once | one that comes later | threads | relations | bytes: relations | search"
    );
    for size in sizes.into_iter().map(|size| size.min(packed.features.len())) {
        let mut neighbours = Neighbours::new(20, Arc::default());
        let each = |spent: f64, count: usize| spent * 1e3 / count.max(1) as f64;
        let (before, first) = (cpu(), size.saturating_sub(SINGLE));
        neighbours.add(&First(&packed, first), &|| false, &mut |_| {});
        let all = each(cpu() - before, first);
        let before = cpu();
        (first..size).for_each(|n| neighbours.add(&First(&packed, n + 1), &|| false, &mut |_| {}));
        let single = each(cpu() - before, size - first);
        let before = cpu();
        let (stories, repairs) = (Stories::default(), Repairs::default());
        let told =
            Told { ids: &ids[..size], title: &|n| ids[n].to_owned(), before: &stories, repairs: &repairs };
        thread(&neighbours.moments(), neighbours.relations(), &told);
        let threads = each(cpu() - before, size);
        let [links, search] = neighbours.bytes().map(|bytes| bytes / size.max(1));
        let count =
            neighbours.relations().iter().map(|list| list.len()).sum::<usize>() as f64 / size.max(1) as f64;
        println!("{size} | {all:.3} | {single:.2} | {threads:.3} | {count:.1} | {links} | {search}");
    }
    Ok(())
}

fn read(path: &str, most: usize) -> Result<Packed> {
    let mut lines = BufReader::new(File::open(path).with_context(|| path.to_owned())?).lines().take(most);
    let recogniser = Recogniser::load();
    let mut packed = Packed::default();
    let mut joiner = Joiner::default();
    loop {
        let batch: Vec<String> = lines.by_ref().take(AT_ONCE).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            break;
        }
        let read = |line: &String| {
            let article = parse(line.as_bytes(), Format::JsonLine);
            let plain = Plain::of(&article);
            let names: Names = recogniser.names(&plain);
            let own = local(&plain, &names);
            (Features::of(&article, &plain), article, plain, names, own)
        };
        for (features, article, plain, names, own) in batch.par_iter().map(read).collect::<Vec<_>>() {
            packed.vectors.push(postcard::to_stdvec(features.vectors())?);
            packed.features.push(postcard::to_stdvec(&features)?);
            packed.minutes.push(article.published.as_ref().map(Dated::minutes));
            packed.outlets.push(article.publisher().map(str::to_lowercase));
            joiner.add(&plain, &names, &own);
        }
    }
    packed.joined = joiner.finish(&diembao::entity::Repairs::default());
    packed.entities = (0..packed.features.len())
        .map(|n| {
            let mut names: Vec<EntityIx> = packed.joined.in_article(n).into_iter().map(|e| e.0).collect();
            names.sort_unstable();
            names
        })
        .collect();
    Ok(packed)
}

/// CPU seconds of this process so far, over all threads; 0 where the system does not tell (it is told in hundredths on Linux).
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |s| s.1);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
