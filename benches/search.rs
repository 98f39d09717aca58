//! Queries over 10,000 made-up articles: the index against a scan of all texts, in one run.
//!
//! `cargo bench --bench search`; what counts is the ratio within each group.

#[path = "../examples/made/mod.rs"]
mod made;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use diembao::library::{Facets, Ingest, Query, Snapshot};

const ARTICLES: usize = 10_000;

/// Articles come in as one JSON Lines stream: no disk takes part.
fn library() -> Arc<Snapshot> {
    let lines: String = (0..ARTICLES)
        .map(|n| {
            serde_json::json!({"id": n.to_string(), "title": format!("Tin {n}"), "body": made::article(n)})
                .to_string()
                + "\n"
        })
        .collect();
    let stdin = Some(Arc::from(lines.into_bytes()));
    Ingest { paths: vec!["-".into()], stdin, ..Ingest::default() }.run(&mut |_| true)
}

fn search(criterion: &mut Criterion) {
    let snapshot = library();
    for (name, raw) in [
        ("common word", "nuoc"),
        ("marked word", "nước"),
        ("two words", "cầu gỗ"),
        ("half-typed", "khe ng*"),
        ("phrase", "\"bến phà\""),
        ("not", "cầu -gỗ"),
    ] {
        let query = Query::parse_whole(raw).expect("a query");
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("index", |b| b.iter(|| black_box(query.select(&snapshot, &|| false))));
        let terms = query.terms();
        let scan = || {
            let hits = snapshot.each(&snapshot.order, |_, r| terms.iter().all(|t| t.is_in(&r.plain.text)));
            hits.into_iter().filter(|hit| *hit == Some(true)).count()
        };
        group.bench_function("scan", |b| b.iter(|| black_box(scan())));
        group.finish();
    }
    criterion.bench_function("facets of everything", |b| {
        b.iter(|| black_box(Facets::count(&snapshot, &snapshot.order)));
    });
}

criterion_group!(benches, search);
criterion_main!(benches);
