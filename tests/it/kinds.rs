//! Kinds of relation against labels made by hand (`tests/kinds.tsv` says how): confusion matrix and macro F1.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Stdio};

use diembao::story::{RelationKind, Relations, relate};

use crate::shared::shared;
use crate::support::item::{Item, folder};
use crate::support::records::records;
use crate::support::{entities, inputs};

/// What a pair may be called, in the order of the matrix.
const KINDS: [&str; 8] =
    ["copy", "update", "same event", "follow-up", "earlier", "series", "background", "unrelated"];
const LABELS: &str = include_str!("../kinds.tsv");
/// Ids from here on are those of distractors.
const DISTRACTORS: u32 = 90_000_000;

struct Label {
    from: &'static str,
    to: &'static str,
    kind: usize,
    half: &'static str,
}

fn place(kind: &str) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or_else(|| panic!("no kind {kind}"))
}

fn labels() -> Vec<Label> {
    let lines = LABELS.lines().filter(|l| !l.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [from, to, kind, half] = fields[..] else { panic!("{line}") };
            Label { from, to, kind: place(kind), half }
        })
        .collect()
}

/// The labelled articles and the distractors that labels speak of.
fn articles(stories: &Path, labels: &[Label]) -> Vec<Item> {
    let mut items = folder(&stories.join("articles")).expect("articles");
    let wanted: BTreeSet<&str> = labels.iter().flat_map(|l| [l.from, l.to]).collect();
    let beside = |id: &str| id.parse::<u32>().is_ok_and(|n| n >= DISTRACTORS) && wanted.contains(id);
    let packed = stories.join("distractors-20k.jsonl.xz");
    // Python is where the gate runs; a program for xz need not be.
    let unpack = "import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)";
    let mut unpacker = Command::new("python3");
    let mut unpacked =
        unpacker.args(["-c", unpack]).arg(packed).stdout(Stdio::piped()).spawn().expect("Python 3");
    let lines = BufReader::new(unpacked.stdout.take().expect("a pipe"));
    items.extend(records(lines, &beside).expect("distractors"));
    assert!(unpacked.wait().expect("Python 3").success());
    items
}

/// What the program calls a pair: found from one side or the other, told as seen from `from`.
fn answer(relations: &Relations, from: usize, to: usize) -> usize {
    let found = |from: usize, to: usize| {
        let list = relations.of(from);
        let mut related = list.iter().filter(|r| r.kind != RelationKind::Similar);
        related.find(|r| r.to as usize == to).map(|r| r.kind.name())
    };
    let turned = |kind: &'static str| match kind {
        "follow-up" => "earlier",
        "earlier" => "follow-up",
        same => same,
    };
    place(found(from, to).or_else(|| found(to, from).map(turned)).unwrap_or("unrelated"))
}

/// Rows: labels; columns: answers.
#[derive(Default)]
struct Matrix([[usize; KINDS.len()]; KINDS.len()]);

impl Matrix {
    fn f1(&self, kind: usize) -> f64 {
        let labelled: usize = self.0[kind].iter().sum();
        let answered: usize = self.0.iter().map(|row| row[kind]).sum();
        2.0 * self.0[kind][kind] as f64 / (labelled + answered).max(1) as f64
    }

    fn macro_f1(&self) -> f64 {
        (0..KINDS.len()).map(|kind| self.f1(kind)).sum::<f64>() / KINDS.len() as f64
    }

    /// Later and earlier as one kind, as it is one relation: seven kinds.
    fn joined(&self) -> Self {
        let [later, earlier] = ["follow-up", "earlier"].map(place);
        let mut joined = Self(self.0);
        joined.0.iter_mut().for_each(|row| row[later] += std::mem::take(&mut row[earlier]));
        let row = std::mem::take(&mut joined.0[earlier]);
        joined.0[later].iter_mut().zip(row).for_each(|(sum, n)| *sum += n);
        joined
    }

    /// Macro F1 of the seven kinds: the one that is joined to another counts nothing.
    fn macro_f1_of_seven(&self) -> f64 {
        let joined = self.joined();
        (0..KINDS.len()).map(|kind| joined.f1(kind)).sum::<f64>() / (KINDS.len() - 1) as f64
    }

    /// Of pairs that are told to go on one with the other, and do: those told the wrong way round.
    fn wrong_way(&self) -> usize {
        let [later, earlier] = ["follow-up", "earlier"].map(place);
        self.0[later][earlier] + self.0[earlier][later]
    }

    fn table(&self) -> String {
        let row = |(kind, row): (usize, &[usize; KINDS.len()])| {
            let cells: Vec<String> = row.iter().map(|n| format!("{n:4}")).collect();
            format!("\n{:>12} {}  F1 {:.3}", KINDS[kind], cells.join(" "), self.f1(kind))
        };
        let rows: String = self.0.iter().enumerate().map(row).collect();
        let joined = place("follow-up");
        format!(
            "macro F1 {:.3}, of seven kinds {:.3} (follow-up and earlier {:.3})\n{:>12} {}{rows}",
            self.macro_f1(),
            self.macro_f1_of_seven(),
            self.joined().f1(joined),
            "",
            KINDS.join(" | ")
        )
    }
}

#[test]
fn kinds_agree_with_a_reader() {
    let Some(stories) = shared("stories") else { return };
    let labels = labels();
    let items = articles(&stories, &labels);
    let relations = relate(&inputs(&items, &entities(&items)), 20, &Relations::default(), &|| false);
    let ids: BTreeMap<&str, usize> = (0..).zip(&items).map(|(n, item)| (item.id.as_str(), n)).collect();
    let mut halves: BTreeMap<&str, Matrix> = BTreeMap::new();
    for label in &labels {
        let (from, to) = (ids[label.from], ids[label.to]);
        let answer = answer(&relations, from, to);
        if answer != label.kind {
            println!("{} {}: {}, not {}", label.from, label.to, KINDS[label.kind], KINDS[answer]);
        }
        for half in [label.half, "all"] {
            halves.entry(half).or_default().0[label.kind][answer] += 1;
        }
    }
    for (half, matrix) in &halves {
        println!("half {half}: {}", matrix.table());
    }
    let all = &halves["all"];
    assert!(all.macro_f1() >= 0.775, "{}", all.macro_f1());
    assert!(all.macro_f1_of_seven() >= 0.797, "{}", all.macro_f1_of_seven());
    assert_eq!(all.wrong_way(), 0);
}

#[test]
fn labels_are_many_and_each_pair_stands_once() {
    let labels = labels();
    let pairs: BTreeSet<(&str, &str)> = labels.iter().map(|l| (l.from.min(l.to), l.from.max(l.to))).collect();
    assert_eq!(pairs.len(), labels.len());
    for half in ["1", "2"] {
        for (kind, name) in KINDS.iter().enumerate() {
            let count = labels.iter().filter(|l| l.half == half && l.kind == kind).count();
            assert!(count >= 4, "{count} pairs of {name} in half {half}");
        }
    }
}
