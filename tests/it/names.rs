//! Recognised names on labelled articles, with the floors that they must not fall under.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diembao::article::{Format, Part, Place, Plain, parse};
use diembao::entity::measure::{Form, Score, labels, spans, tidy};
use diembao::entity::{Kind, Recogniser};

use crate::shared::shared;

/// Scores the articles of a folder that a label file names, in one form; an article's id is its file's name up to the
/// first `_` or `.`.
fn score(label_file: &Path, folder: &Path, form: Form) -> Score {
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
        let text = form.of(&fs::read_to_string(&files[id]).expect("an article"));
        let (raw, rows) = (tidy(&text), form.labels(rows));
        let wanted: Vec<_> =
            spans(&raw, &rows).into_iter().map(|(range, row)| (&raw[range], row.kind)).collect();
        let plain = Plain::of(&parse(text.as_bytes(), Format::Dump));
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

/// The text of a marked paragraph and its names: `[Name|KIND]`.
fn marked(line: &str) -> (String, Vec<(&str, Kind)>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    for (n, piece) in line.split(['[', ']']).enumerate() {
        match piece.split_once('|').filter(|_| n % 2 == 1) {
            Some((name, kind)) => {
                text.push_str(name);
                names.push((name, Kind::ALL.into_iter().find(|k| k.name() == kind).expect("a kind")));
            }
            None => text.push_str(piece),
        }
    }
    (text, names)
}

/// Names in English, of which the model has seen little: each paragraph is an article of its own.
#[test]
fn names_of_english_paragraphs() {
    let recogniser = Recogniser::load();
    let mut score = Score::default();
    let lines = include_str!("english.txt").lines().filter(|l| !l.starts_with('#'));
    for (text, wanted) in lines.map(marked) {
        let part = Part { place: Place::Lead, range: 0..text.len() };
        let plain = Plain { text, parts: vec![part] };
        let names = recogniser.names(&plain);
        let found: Vec<_> =
            names.mentions.iter().map(|m| (&plain.text[m.start as usize..m.end as usize], m.kind)).collect();
        score.add(&wanted, &found);
        if std::env::var_os("NAMES_LOSSES").is_some() {
            let others = |a: &[(&str, Kind)], b: &[(&str, Kind)]| {
                a.iter()
                    .filter(|x| !b.contains(x))
                    .map(|(s, k)| format!("{s}|{}", k.name()))
                    .collect::<Vec<_>>()
            };
            println!("missed {:?} extra {:?}", others(&wanted, &found), others(&found, &wanted));
        }
    }
    check("English", &score, 0.85, 0.89, 0.85);
}

#[test]
fn names_of_the_seeds() {
    let (Some(labels), Some(folder)) = (shared("gold/entities/seeds.tsv"), shared("seeds")) else { return };
    check("seeds", &score(&labels, &folder, Form::Given), 0.962, 0.962, 0.938);
}

/// Names, form, and the floors of surfaces, surfaces without kind, mentions.
const DEVELOPMENT: [(&str, Form, [f64; 3]); 4] = [
    ("dev", Form::Given, [0.859, 0.911, 0.86]),
    ("dev in capitals", Form::Capitals, [0.743, 0.765, 0.747]),
    ("dev without diacritics", Form::Bare, [0.763, 0.841, 0.778]),
    ("dev glued", Form::Glued, [0.831, 0.878, 0.838]),
];

/// The least of each kind, surfaces of the development articles as they are given: PER, LOC, ORG, MISC.
const KINDS: [f64; 4] = [0.92, 0.905, 0.82, 0.64];

#[test]
fn each_kind_of_name_in_the_development_articles() {
    let (Some(labels), Some(folder)) = (shared("gold/entities/dev.tsv"), shared("stories/articles")) else {
        return;
    };
    let score = score(&labels, &folder, Form::Given);
    for ((kind, tally), floor) in Kind::ALL.into_iter().zip(&score.surfaces).zip(KINDS) {
        println!("dev {}: surfaces {:.4}", kind.name(), tally.f1());
        assert!(tally.f1() >= floor, "{}: {:.4} is under the floor {floor}", kind.name(), tally.f1());
    }
}

#[test]
fn names_of_the_development_articles() {
    let (Some(labels), Some(folder)) = (shared("gold/entities/dev.tsv"), shared("stories/articles")) else {
        return;
    };
    for (name, form, [surfaces, untyped, mentions]) in DEVELOPMENT {
        check(name, &score(&labels, &folder, form), surfaces, untyped, mentions);
    }
}

#[test]
fn nobody_of_the_sample_is_a_place_or_a_body_elsewhere() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let snapshot = diembao::library::load(&[seeds], true, false);
    let of = |person: bool| snapshot.entities.iter().filter(move |e| (e.kind == Kind::Per) == person);
    let others: Vec<&str> = of(false).map(|e| e.name.as_str()).collect();
    let both: Vec<&str> = of(true).map(|e| e.name.as_str()).filter(|name| others.contains(name)).collect();
    assert!(both.is_empty(), "{both:?}");
    assert!(of(true).any(|e| e.name == "Thạch Sơn Ca"), "a writer has the whole name");
}

#[test]
fn a_body_beside_one_of_another_country_is_not_that_of_viet_nam() {
    for (text, home) in [
        (
            "Ngày 5/3, Bộ Ngoại giao Mỹ đã đề nghị Quốc hội xem xét lại khoản viện trợ xây đập cho Pakistan.",
            false,
        ),
        ("Sáng 5/3, Quốc hội bàn về khoản tiền xây lại con đập. Bộ Ngoại giao Mỹ gửi lời chia buồn.", true),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let page =
            format!("Bàn chuyện xây đập\n\n07/03/2026 08:47\n\n{text}\n\nCon đập cũ đã vỡ từ năm ngoái.\n");
        fs::write(folder.path().join("a.txt"), page).expect("written");
        let snapshot = diembao::library::load(&[folder.path().to_owned()], true, false);
        let names: Vec<&str> = snapshot.entities.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names.contains(&"Quốc hội Việt Nam"), home, "{names:?}");
        assert_eq!(names.contains(&"Quốc hội"), !home, "{names:?}");
    }
}
