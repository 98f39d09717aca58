//! Quotes and their speakers: measured on quotes labelled by hand, and on the five dumps.

use std::fmt::Write as _;
use std::path::Path;

use diembao::entity::Entity;
use diembao::story::quotes;
use diembao::text::{folded, nfc};

use crate::shared::shared;
use crate::stories::support::{Collection, Item};

/// `article, byte in its file, speaker`: see the head of the file.
const LABELS: &str = include_str!("labels/quotes.tsv");
/// Letters by which a quote is known again.
const KNOWN_BY: usize = 24;

fn letters(text: &str) -> String {
    nfc(text).chars().filter(|c| c.is_alphanumeric()).take(KNOWN_BY).flat_map(char::to_lowercase).collect()
}

/// One name has all words of the other.
fn is_called(entity: &Entity, label: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        folded(text).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let label = words(label);
    let all = entity.variants.iter().map(|v| v.text.as_str()).chain([entity.name.as_str()]);
    all.map(words).any(|name| label == name) || label.iter().all(|w| words(&entity.name).contains(w))
}

#[derive(Debug, Default)]
struct Score {
    given: usize,
    right: usize,
    named: usize,
    missing: usize,
    faults: String,
}

fn score(folder: &Path, labels: &str) -> Score {
    let collection = Collection::folder(folder).expect("labelled articles");
    let entities = collection.entities();
    let mut score = Score::default();
    for line in labels.lines().filter(|l| !l.starts_with('#')) {
        let [id, at, label] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let file = std::fs::read(folder.join(format!("{id}.txt"))).expect("labelled article");
        let at: usize = at.parse().expect("a number");
        let wanted = letters(&String::from_utf8_lossy(&file[at..]));
        let place = collection.items.iter().position(|i| i.id == id).expect("labelled article");
        let item: &Item = &collection.items[place];
        let found = quotes(&item.plain, &item.names, &entities.of[place])
            .into_iter()
            .find(|q| letters(&item.plain.text[q.range.clone()]) == wanted);
        score.missing += usize::from(found.is_none());
        score.named += usize::from(label != "-");
        let Some(speaker) = found.and_then(|q| q.speaker).and_then(|s| entities.get(s)) else {
            if label != "-" {
                let _ = writeln!(score.faults, "{id} {at}: open, is {label}");
            }
            continue;
        };
        score.given += 1;
        if label != "-" && is_called(speaker, label) {
            score.right += 1;
        } else {
            let _ = writeln!(score.faults, "{id} {at}: {}, is {label}", speaker.name);
        }
    }
    score
}

#[test]
fn speakers_of_labelled_quotes() {
    let Some(folder) = shared("stories") else { return };
    let score = score(&folder.join("articles"), LABELS);
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    let (precision, recall) = (share(score.right, score.given), share(score.right, score.named));
    println!("{}", score.faults);
    println!(
        "speaker given {}, right {precision:.3}; of {} named speakers found {recall:.3}; {} labelled quotes not found",
        score.given, score.named, score.missing
    );
    assert!(precision >= 0.9, "{precision}\n{}", score.faults);
}

#[test]
fn the_five_dumps_have_their_speakers() {
    let Some(folder) = shared("seeds") else { return };
    let collection = Collection::folder(&folder).expect("articles");
    let entities = collection.entities();
    // Article, a word that the quote must hold, who says it.
    for (id, word, speaker) in [
        ("000", "hòa bình và an ninh", "Kim Jong Un"),
        ("000", "tiếp xúc trực tiếp", "Sergey Lavrov"),
        ("001", "đặc biệt, tin cậy", "Vladimir Putin"),
        ("001", "dũng cảm", "Vladimir Putin"),
        ("001", "không bao giờ quên", "Vladimir Putin"),
        ("002", "thù địch", "Kim Jong Un"),
        ("002", "toàn vẹn lãnh thổ", "Kim Jong Un"),
        ("002", "cân bằng quyền lực", "Andrei Belousov"),
        ("003", "thế kỷ trước", "Kim Jong Un"),
        ("003", "sứ mệnh", "Kim Jong Un"),
        ("003", "ủng hộ và sát cánh", "Kim Jong Un"),
        ("003", "không ngơi nghỉ", "Vladimir Putin"),
        ("003", "văn bản nền tảng", "Vladimir Putin"),
        ("003", "vui mừng", "Vladimir Putin"),
        ("004", "lâu đời", "Kim Jong Un"),
        ("004", "kề vai sát cánh", "Choe Son Hui"),
        ("004", "bảo vệ tổ quốc", "Vladimir Putin"),
    ] {
        let place = collection.items.iter().position(|i| i.id.starts_with(id)).expect("an article");
        let item = &collection.items[place];
        let found = quotes(&item.plain, &item.names, &entities.of[place]);
        let held = found.iter().find(|q| item.plain.text[q.range.clone()].contains(word));
        let name = held.and_then(|q| q.speaker).and_then(|s| entities.get(s)).map(|e| e.name.as_str());
        assert_eq!(name, Some(speaker), "{id} {word}");
    }
}
