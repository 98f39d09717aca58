//! Quotes and their speakers: measured on quotes labelled by hand, and on the five dumps.

use std::fmt::Write as _;
use std::path::Path;

use diembao::entity::Entity;
use diembao::library::{ArticleIx, Entry, Snapshot, load};
use diembao::story::{Quote, quotes};
use diembao::text::{folded, nfc};

use crate::shared::shared;

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

/// The text of the one article that is meant, and its quotes.
fn said(snapshot: &Snapshot, is: impl Fn(&Entry) -> bool) -> (String, Vec<Quote>) {
    let place = snapshot.entries.iter().position(is).expect("an article");
    let read = snapshot.read(ArticleIx(place as u32)).expect("read");
    let names = read.names.as_ref().expect("its names");
    (read.plain.text.clone(), quotes(&read.plain, names, &snapshot.entities.of(place)))
}

fn score(folder: &Path, labels: &str) -> Score {
    let snapshot = load(&[folder.to_owned()], true, false);
    let mut score = Score::default();
    for line in labels.lines().filter(|l| !l.starts_with('#')) {
        let [id, at, label] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let file = std::fs::read(folder.join(format!("{id}.txt"))).expect("labelled article");
        let at: usize = at.parse().expect("a number");
        let wanted = letters(&String::from_utf8_lossy(&file[at..]));
        let name = format!("{id}.txt");
        let (text, all) = said(&snapshot, |entry| entry.path.ends_with(&name));
        let found = all.into_iter().find(|q| letters(&text[q.range.clone()]) == wanted);
        score.missing += usize::from(found.is_none());
        score.named += usize::from(label != "-");
        let Some(speaker) = found.and_then(|q| q.speaker).and_then(|s| snapshot.entities.get(s)) else {
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
    let snapshot = load(&[folder], true, false);
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
        let (text, all) =
            said(&snapshot, |e| e.path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(id)));
        let held = all.iter().find(|q| text[q.range.clone()].contains(word));
        let name = held.and_then(|q| q.speaker).and_then(|s| snapshot.entities.get(s));
        assert_eq!(name.map(|e| e.name.as_str()), Some(speaker), "{id} {word}");
    }
}
