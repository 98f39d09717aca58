//! A second opening: what did not change is not read again, and all is as if everything had been.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use diembao::library::{Ingest, Snapshot, Stage};
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{program, repository, text};

fn opened(folder: &Path, cache: Option<&Path>) -> Arc<Snapshot> {
    let plan = Ingest {
        paths: vec![folder.to_owned()],
        names: true,
        relations: true,
        cache: cache.map(Path::to_owned),
        ..Ingest::default()
    };
    plan.run(&mut |_| true)
}

/// Everything that a reader can see of it.
fn seen(snapshot: &Snapshot) -> Vec<String> {
    let mut out: Vec<String> =
        snapshot.order.iter().map(|ix| format!("{ix:?} {:?}", snapshot.entry(*ix))).collect();
    let text = |ix| snapshot.read(ix).map(|read| format!("{:?} {:?}", read.article, read.plain.text));
    out.extend(snapshot.order.iter().map(|ix| text(*ix).expect("a text")));
    out.push(format!("{:?}", snapshot.entities.iter().collect::<Vec<_>>()));
    let articles = || 0..snapshot.entries.len();
    out.push(format!("{:?}", articles().map(|n| snapshot.entities.of(n)).collect::<Vec<_>>()));
    out.push(format!("{:?}", articles().map(|n| snapshot.relations.row(n)).collect::<Vec<_>>()));
    out.push(format!("{:?}", snapshot.stories));
    out.push(format!("{:?}", snapshot.problems));
    out
}

#[track_caller]
fn same(folder: &Path, cache: &Path) {
    let (kept, fresh) = (seen(&opened(folder, Some(cache))), seen(&opened(folder, None)));
    assert_eq!(kept.len(), fresh.len());
    for (kept, fresh) in kept.iter().zip(&fresh) {
        assert!(kept == fresh, "kept:\n{kept}\nfresh:\n{fresh}");
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
}

/// Articles of invented people, a JSON Lines file among them, a copy, and what is no article.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for day in 1..6 {
        let text = format!(
            "Nước sông Slíp lên ngày thứ {day}\n\n{day:02}/06/2026 07:15\n\nÔng Đinh Khắc Lữ, trưởng bản Khe Ngần, cho biết nước sông Slíp ở tỉnh Hà Vân lên thêm {day} mét. Bà Tòng Thị Mây nói trường học vẫn mở cửa.\n"
        );
        write(&at(&format!("{day}.txt")), &text);
    }
    fs::copy(at("1.txt"), at("copy.txt")).expect("copied");
    write(&at("empty.txt"), "\n");
    // More than are read before anything else.
    let many = |n: usize| {
        format!(
            "{{\"title\":\"Phiên chợ thứ {n} ở Hà Vân\",\"published\":\"2025-06-02\",\"body\":\"Bà Tòng Thị Mây mở phiên thứ {n}.\"}}\n"
        )
    };
    write(&at("many.jsonl"), &(1..=150).map(many).collect::<String>());
    write(
        &at("more.jsonl"),
        "{\"title\":\"Cầu Bến Lở thông xe\",\"published\":\"2026-06-02\",\"body\":\"Ông Đinh Khắc Lữ đi qua cầu Bến Lở.\"}\n\n{\"title\":\"Giá lúa ở Hà Vân\",\"body\":\"Thương lái trả thêm cho nông dân Khe Ngần.\"}\nno json\n",
    );
    folder
}

#[test]
fn a_second_opening_gives_the_same() {
    let (folder, cache) = (folder(), tempfile::tempdir().expect("a cache"));
    let first = seen(&opened(folder.path(), Some(cache.path())));
    assert!(first.join("").contains("Đinh Khắc Lữ"), "names are found");
    for _ in 0..2 {
        same(folder.path(), cache.path());
    }
}

/// Puts other letters into a file that then looks the same from outside.
fn behind_its_back(path: &Path) {
    let modified = fs::metadata(path).and_then(|d| d.modified()).expect("a time");
    let text = fs::read_to_string(path).expect("read").replace("sông Slíp", "sông Slúp");
    write(path, &text);
    let file = fs::File::options().write(true).open(path).expect("opened");
    file.set_modified(modified).expect("set");
}

/// A library that is as it was is taken up without being listed: names are not looked for, and all is the same. One that came or went
/// makes it another library, and so does another library with as many articles.
#[test]
fn a_library_is_taken_up_where_nothing_came_or_went() {
    let (folder, home, other) =
        (folder(), tempfile::tempdir().expect("a home"), tempfile::tempdir().expect("a home"));
    let cache = tempfile::tempdir().expect("a cache");
    let run = |home: &Path, arguments: &[&str]| {
        assert!(
            program(arguments, folder.path(), home).output().expect("the program runs").status.success(),
            "{arguments:?}"
        );
    };
    let opened = |home: &Path| {
        let (library, cache) = (Some(home.join("diembao")), Some(cache.path().to_owned()));
        let plan = Ingest { library, cache, names: true, relations: true, ..Ingest::default() };
        let mut worked = false;
        let last = plan.run(&mut |snapshot: Arc<Snapshot>| {
            worked |= snapshot.progress.stage > Stage::Reading && snapshot.progress.stage < Stage::Done;
            true
        });
        (seen(&last), last.order.len(), worked)
    };
    let files =
        ["1.txt", "2.txt", "3.txt"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
    run(home.path(), &["add", &files[0], &files[1]]);
    let (first, count, worked) = opened(home.path());
    assert!(worked && count == 2);
    assert_eq!(opened(home.path()), (first.clone(), 2, false), "taken up");
    run(other.path(), &["add", &files[0], &files[2]]);
    let (others, _, worked) = opened(other.path());
    assert!(worked && others != first, "another library");
    run(home.path(), &["add", &files[2]]);
    let (_, count, worked) = opened(home.path());
    assert!(worked && count == 3, "one came");
    run(home.path(), &["remove", "-q", "title:3"]);
    let (_, count, worked) = opened(home.path());
    assert!(worked && count == 2, "one went");
}

#[test]
fn what_looks_the_same_is_not_read() {
    let (folder, cache) = (folder(), tempfile::tempdir().expect("a cache"));
    let first = seen(&opened(folder.path(), Some(cache.path())));
    for day in 1..6 {
        behind_its_back(&folder.path().join(format!("{day}.txt")));
    }
    assert!(seen(&opened(folder.path(), Some(cache.path()))) == first, "a file was read again");
}

/// Neither files nor what is kept of each of them are looked into.
#[test]
fn who_wants_articles_alone_reads_them_once_too() {
    let (folder, cache) = (folder(), tempfile::tempdir().expect("a cache"));
    let listed = || {
        let paths = vec![folder.path().to_owned()];
        let plan = Ingest { paths, cache: Some(cache.path().to_owned()), ..Ingest::default() };
        let last = plan.run(&mut |_| true);
        last.order.iter().filter_map(|ix| Some(last.entry(*ix)?.title())).collect::<Vec<_>>()
    };
    let first = listed();
    for day in 1..6 {
        behind_its_back(&folder.path().join(format!("{day}.txt")));
    }
    for path in kept(cache.path(), "derived-") {
        fs::remove_file(path).expect("removed");
    }
    assert_eq!(listed(), first);
    write(&folder.path().join("new.md"), "---\ntitle: Tin mới\n---\n\nÔng Lữ về Khe Ngần.\n");
    let later = listed();
    assert!(later.len() == first.len() + 1 && later.join(" ").contains("Slúp"), "{later:?}");
    // Names are looked for all the same, and who wants less takes these.
    same(folder.path(), cache.path());
    assert_eq!(listed(), later);
}

#[test]
fn what_changed_is_read_again() {
    let (folder, cache) = (folder(), tempfile::tempdir().expect("a cache"));
    let at = |name: &str| folder.path().join(name);
    opened(folder.path(), Some(cache.path()));
    write(
        &at("2.txt"),
        "Một tin khác hẳn\n\n09/06/2026 10:00\n\nHội Hạc Trắng họp ở Hà Vân, bà Tòng Thị Mây chủ trì.\n",
    );
    same(folder.path(), cache.path());
    fs::remove_file(at("3.txt")).expect("removed");
    same(folder.path(), cache.path());
    write(&at("new.md"), "---\ntitle: Tin mới\n---\n\nÔng Lữ về Khe Ngần.\n");
    same(folder.path(), cache.path());
    fs::rename(at("1.txt"), at("z.txt")).expect("moved");
    same(folder.path(), cache.path());
    let file = fs::File::options().write(true).open(at("4.txt")).expect("opened");
    file.set_modified(SystemTime::now()).expect("set");
    same(folder.path(), cache.path());
}

fn kept(cache: &Path, start: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(cache).expect("a cache").map(|e| e.expect("an entry").path());
    entries.filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start))).collect()
}

#[test]
fn a_damaged_cache_is_worked_out_anew() {
    let folder = folder();
    for damaged in ["folder-", "derived-"] {
        let cache = tempfile::tempdir().expect("a cache");
        opened(folder.path(), Some(cache.path()));
        let files = kept(cache.path(), damaged);
        assert!(!files.is_empty(), "{damaged}");
        for path in files {
            let mut bytes = fs::read(&path).expect("read");
            let third = bytes.len() / 3;
            bytes[third..].fill(0x5a);
            fs::write(&path, bytes).expect("written");
        }
        same(folder.path(), cache.path());
        same(folder.path(), cache.path());
    }
}

#[test]
fn a_cache_that_cannot_be_written_hinders_nothing() {
    let folder = folder();
    let file = folder.path().join("1.txt");
    same(folder.path(), &file);
}

/// The measurement opens a library twice and plays keys on it; what it says is checked, not how long that took.
#[test]
fn a_library_can_be_measured() {
    let output = program(
        &["bench", "library", "--no-relations", "--json", "seeds"],
        repository(),
        Path::new("/nonexistent"),
    )
    .output()
    .expect("the program runs");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let figures: Value = serde_json::from_slice(&output.stdout).expect("one object");
    let seeds = fs::read_dir(repository().join("seeds")).expect("the sample").count();
    assert_eq!(figures["built"]["articles"], figures["opened"]["articles"]);
    assert!(figures["opened"]["articles"].as_u64().is_some_and(|n| n > 0 && n <= seeds as u64));
    assert_eq!(figures["opened"]["move_ms"]["runs"], 1000);
    for what in ["walk_ms", "typed_ms", "one_name_ms", "two_names_ms", "three_names_ms"] {
        assert!(figures["opened"][what]["runs"].as_u64().is_some_and(|n| n > 0), "{what}");
    }
}

/// The rows of the first frame of a second opening are the newest, and they are there before anything else is.
#[test]
fn a_second_opening_begins_with_the_newest_rows() {
    let (folder, cache) = (folder(), tempfile::tempdir().expect("a cache"));
    let whole = opened(folder.path(), Some(cache.path()));
    let plan = Ingest {
        paths: vec![folder.path().to_owned()],
        names: true,
        relations: true,
        cache: Some(cache.path().to_owned()),
        ..Ingest::default()
    };
    let mut seen = Vec::new();
    let last = plan.run(&mut |snapshot| {
        seen.push(snapshot);
        true
    });
    let front = &seen[0];
    assert!(front.order.len() < whole.order.len() && front.order[..] == whole.order[..front.order.len()]);
    assert!(front.order.iter().all(|ix| front.read(*ix).is_some()), "they can be read");
    assert_eq!(seen[1].order, whole.order);
    assert_eq!(last.order, whole.order);
    for before in seen.iter().flat_map(|s| s.order.iter().map(move |ix| (s, *ix))) {
        let (then, now) = (before.0.entry(before.1).expect("then"), last.entry(before.1).expect("now"));
        assert_eq!((&then.id, &then.path), (&now.id, &now.path), "an index never changes its meaning");
    }
}
