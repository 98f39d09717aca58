//! `diembao score library`: time and memory of opening a folder, and time of queries, facets and completion over it.
//!
//! Times of queries are the shortest of several runs, which other work on the machine disturbs least.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Exit;
use super::articles;
use super::out::Out;
use crate::library::{Facets, Ingest, Stage, complete, rank};

/// Queries of different cost: a common word, marks, half-typed, two words, a phrase, a part, not, a name, dates.
const QUERIES: [&str; 10] = [
    "nuoc",
    "nước",
    "ng*",
    "khong co",
    "\"thành phố\"",
    "title:mưa",
    "không -nước",
    "name:nam*",
    "after:2024-01",
    "source:b* lang:vi",
];
/// Runs of each query.
const RUNS: usize = 9;

/// Runs the command.
pub fn library(
    paths: &[PathBuf],
    queries: &[String],
    read_only: bool,
    cache: Option<&Path>,
    out: &mut Out,
) -> anyhow::Result<Exit> {
    let paths = articles::given_or_sample(paths.to_vec())?;
    let plan = Ingest {
        paths,
        names: !read_only,
        relations: !read_only,
        cache: cache.map(Path::to_owned),
        ..Ingest::default()
    };
    let start = Instant::now();
    let mut last = (Stage::Listing, Duration::ZERO);
    let mut lines = Vec::new();
    let snapshot = plan.run(&mut |s| {
        let now = start.elapsed();
        if s.progress.stage != last.0 {
            lines.push(format!(
                "{:?} began after {} ms, {} kB resident",
                s.progress.stage,
                now.as_millis(),
                resident()
            ));
        } else if s.progress.stage == Stage::Reading && s.progress.done <= 64 {
            lines.push(format!("first {} articles after {} ms", s.progress.done, now.as_millis()));
        }
        last = (s.progress.stage, now);
        true
    });
    for line in lines {
        out.line(&line)?;
    }
    out.line(&format!(
        "{} articles, {} entities, {} stories",
        snapshot.order.len(),
        snapshot.entities.len(),
        snapshot.stories.all.len()
    ))?;
    let built_in: Vec<String> = QUERIES.map(str::to_owned).to_vec();
    for raw in if queries.is_empty() { &built_in } else { queries } {
        let query = articles::query(raw)?;
        let mut found = Vec::new();
        let select = shortest(|| found = query.select(&snapshot, &|| false).unwrap_or_default());
        let facets = shortest(|| drop(Facets::count(&snapshot, &found)));
        out.line(&format!("{raw:24} {:7} found  select {select:>9.3?}  facets {facets:>9.3?}", found.len()))?;
    }
    let typed = "name:n";
    let all = snapshot.order.as_ref();
    let completion = shortest(|| drop(complete(typed, typed.len(), &snapshot, all)));
    let ranked = articles::query("nước lên")?;
    let hits = ranked.select(&snapshot, &|| false).unwrap_or_default();
    let ranking = shortest(|| drop(rank(&ranked, &snapshot, &hits, 50)));
    out.line(&format!(
        "completion of `name:n` {completion:.3?}, ranking of {} hits {ranking:.3?}",
        hits.len()
    ))?;
    Ok(Exit::Done)
}

fn shortest(mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(|_| time()).min().unwrap_or_default()
}

/// Resident memory in kB where the system tells (Linux), else 0.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
