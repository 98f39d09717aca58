//! Recognised names on labelled articles, with the floors that they must not fall under.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diembao::article::{Format, Plain, parse};
use diembao::entity::Recogniser;
use diembao::entity::measure::{Score, labels, spans, tidy};

use crate::shared::shared;

/// Scores the articles of a folder that a label file names; an article's id is its file's name up to the first `_` or `.`.
fn score(label_file: &Path, folder: &Path) -> Score {
    let rows = labels(&fs::read_to_string(label_file).expect("labels"));
    let recogniser = Recogniser::load();
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("articles") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        files.insert(name.split(['_', '.']).next().unwrap_or_default().to_owned(), path);
    }
    let mut score = Score::default();
    for (id, rows) in &rows {
        let bytes = fs::read(&files[id]).expect("an article");
        let raw = tidy(&String::from_utf8_lossy(&bytes));
        let wanted: Vec<_> =
            spans(&raw, rows).into_iter().map(|(range, row)| (&raw[range], row.kind)).collect();
        let plain = Plain::of(&parse(&bytes, Format::Dump));
        let names = recogniser.names(&plain);
        let texts: Vec<_> = names
            .mentions
            .iter()
            .map(|m| (tidy(&plain.text[m.start as usize..m.end as usize]), m.kind))
            .collect();
        let found: Vec<_> = texts.iter().map(|(text, kind)| (text.as_str(), *kind)).collect();
        score.add(&wanted, &found);
    }
    score
}

#[track_caller]
fn check(name: &str, score: &Score, surfaces: f64, untyped: f64, mentions: f64) {
    let got = [Score::all(&score.surfaces).f1(), score.untyped.f1(), Score::all(&score.mentions).f1()];
    #[expect(clippy::print_stdout, reason = "the figures are wanted in the log")]
    {
        println!("{name}: surfaces {:.4} untyped {:.4} mentions {:.4}", got[0], got[1], got[2]);
    }
    for (got, floor) in got.into_iter().zip([surfaces, untyped, mentions]) {
        assert!(got >= floor, "{name}: {got:.4} is under the floor {floor}");
    }
}

#[test]
fn names_of_the_seeds() {
    let (Some(labels), Some(folder)) = (shared("gold/entities/seeds.tsv"), shared("seeds")) else { return };
    check("seeds", &score(&labels, &folder), 0.938, 0.955, 0.93);
}

#[test]
fn names_of_the_development_articles() {
    let (Some(labels), Some(folder)) = (shared("gold/entities/dev.tsv"), shared("stories/articles")) else {
        return;
    };
    check("dev", &score(&labels, &folder), 0.828, 0.882, 0.826);
}
