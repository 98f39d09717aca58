//! A key to its frame, with 10,000 and with 100,000 made-up articles: what counts is that the second is not slower than the first.
//!
//! `cargo bench --bench frame`

#[path = "../examples/made/mod.rs"]
mod made;

use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use diembao::app::{App, Event, Prefs, Report, keymap};
use diembao::article::{Article, Block, BlockKind, Plain};
use diembao::entity::Entities;
use diembao::keys::{self, Key};
use diembao::library::{Entry, Read, Snapshot};
use diembao::story::{Relations, Stories};
use diembao::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: (u16, u16) = (200, 60);

fn library(count: usize) -> Arc<Snapshot> {
    let entry = |n: usize| {
        let text = made::article(n);
        let title = text.split('.').next().unwrap_or_default().to_owned();
        let block = Block { kind: BlockKind::Paragraph, text, line: 2, inferred: false, stress: Vec::new() };
        let article = Article { title: Some(title), blocks: vec![block], ..Article::default() };
        let plain = Plain::of(&article);
        let read = Read { article: Arc::new(article), plain: Arc::new(plain), names: None, words: 300 };
        let entry = Entry {
            path: PathBuf::from(format!("{n}.txt")).into(),
            modified: i64::try_from(n).unwrap_or(i64::MAX),
            ..Entry::default()
        };
        (entry, Some(read))
    };
    let entries: Vec<(Entry, Option<Read>)> = (0..count).map(entry).collect();
    let today = jiff::civil::date(2026, 6, 5);
    Arc::new(Snapshot::assemble(
        entries,
        Entities::default(),
        Relations::default(),
        Stories::default(),
        today,
    ))
}

fn open(snapshot: &Arc<Snapshot>) -> App {
    let mut app = App::new(Prefs { theme: "dark".to_owned(), ..Prefs::default() }, keymap(None).0, SIZE);
    app.on_event(Event::Report(Report::Published(Arc::clone(snapshot))));
    app
}

fn press(app: &mut App, keys: &[Key]) {
    for key in keys {
        black_box(app.on_event(Event::Key(*key)));
    }
}

fn frames(criterion: &mut Criterion) {
    let theme = Theme::built_in("dark");
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    for count in [10_000, 100_000] {
        let snapshot = library(count);
        let mut group = criterion.benchmark_group(format!("{count} articles"));
        for (name, start, script) in [
            ("down, up", "", "jk"),
            ("bottom, top", "", "Ggg"),
            ("page down, up in the article", "<enter>", "<c-f><c-b>"),
            ("zen and back", "", "zz"),
        ] {
            let mut app = open(&snapshot);
            if !start.is_empty() {
                press(&mut app, &keys::parse(start).expect("keys"));
            }
            let script = keys::parse(script).expect("keys");
            group.bench_function(name, |bench| {
                bench.iter(|| {
                    for key in &script {
                        press(&mut app, &[*key]);
                        buffer.reset();
                        black_box(ui::paint(&app, &theme, &mut buffer));
                    }
                });
            });
        }
        let mut app = open(&snapshot);
        press(&mut app, &keys::parse("500j").expect("keys"));
        group.bench_function("a new snapshot", |bench| {
            let mut generation = snapshot.generation;
            bench.iter(|| {
                generation += 1;
                let next = Snapshot { generation, ..Snapshot::clone(&snapshot) };
                black_box(app.on_event(Event::Report(Report::Published(Arc::new(next)))));
            });
        });
        group.finish();
    }
}

criterion_group!(benches, frames);
criterion_main!(benches);
