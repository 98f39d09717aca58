//! Reading folders: order, batches, ids, JSON Lines, what is left out.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use diembao::article::Basis;
use diembao::library::{Facets, Ingest, Query, Snapshot, Stage, load};

fn write(folder: &Path, name: &str, text: &str, age: u64) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(&path, text).expect("written");
    let time = SystemTime::now() - Duration::from_secs(age * 3600);
    fs::File::options().append(true).open(&path).and_then(|f| f.set_modified(time)).expect("a time");
}

fn body(n: usize) -> String {
    format!("Tin thứ {n}\n\nXã Bãi Xàng mở lại bến đò số {n} sau đợt lũ, học sinh qua sông từ sáng sớm.\n")
}

fn names(snapshot: &Snapshot) -> Vec<String> {
    let name =
        |e: &diembao::library::Entry| e.path.file_name().expect("a name").to_string_lossy().into_owned();
    snapshot.order.iter().filter_map(|&ix| snapshot.entry(ix)).map(name).collect()
}

#[test]
fn the_list_is_there_before_any_file_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..200 {
        write(folder.path(), &format!("{n:03}.txt"), &body(n), n as u64);
    }
    let mut seen: Vec<(Stage, usize, usize)> = Vec::new();
    let mut last = Arc::new(Snapshot::default());
    let plan =
        Ingest { paths: vec![folder.path().into()], names: true, relations: true, ..Ingest::default() };
    let end = plan.run(&mut |snapshot| {
        assert!(snapshot.generation > last.generation);
        for (before, now) in last.entries.iter().zip(snapshot.entries.iter()) {
            assert_eq!(before.path, now.path, "an index never changes its meaning");
            assert!(!before.is_read() || now.is_read(), "what was read stays read");
        }
        let read = snapshot.entries.iter().filter(|e| e.is_read()).count();
        seen.push((snapshot.progress.stage, snapshot.order.len(), read));
        last = snapshot;
        true
    });
    let reading: Vec<(usize, usize)> =
        seen.iter().filter(|s| s.0 == Stage::Reading).map(|s| (s.1, s.2)).collect();
    assert_eq!(reading, [(200, 0), (200, 64), (200, 192), (200, 200)]);
    assert_eq!(seen.last().map(|s| s.0), Some(Stage::Done));
    assert_eq!(end.generation, last.generation);
    assert_eq!(names(&end)[..3], ["000.txt", "001.txt", "002.txt"], "newest first");
}

#[test]
fn work_ends_early_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..100 {
        write(folder.path(), &format!("{n}.txt"), &body(n), 0);
    }
    let plan = Ingest { paths: vec![folder.path().into()], names: true, ..Ingest::default() };
    let cancel = Arc::clone(&plan.cancel);
    let end = plan.run(&mut |_| {
        cancel.store(true, Ordering::Relaxed);
        true
    });
    assert_eq!(end.entries.iter().filter(|e| e.is_read()).count(), 0);
    let end = plan.run(&mut |_| false);
    assert_eq!(end.entries.len(), 100);
}

#[test]
fn what_is_in_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(at, "b.txt", &body(1), 1);
    write(at, "deep/er/a.md", "# Chợ phiên\n\nChợ phiên Hoài Thượng đông trở lại sau mưa.\n", 2);
    write(at, "c.txt", &body(1), 3);
    write(at, "README.md", "# About this folder\n\nNothing to see.\n", 0);
    write(at, "picture.png", "not text", 0);
    write(at, ".hidden.txt", &body(9), 0);
    write(at, ".gitignore", "*.txt\n", 0);
    let snapshot = load(&[at.into()], false, false);
    assert_eq!(names(&snapshot), ["b.txt", "a.md", "c.txt"]);
    assert_eq!(snapshot.skipped, 2, "the picture and the README");
    assert!(snapshot.problems.is_empty());
    let id = |name: &str| {
        snapshot.entries.iter().find(|e| e.path.ends_with(name)).map(|e| e.id.clone()).expect("there")
    };
    assert_eq!(*id("c.txt"), *format!("{}-2", id("b.txt")), "equal bytes, in order of path");
    let named = load(&[at.join("README.md"), at.join("picture.png")], false, false);
    assert_eq!(named.order.len(), 2, "named outright, everything is read");
    let twice = load(&[at.into(), at.join("b.txt"), at.join("deep/../b.txt")], false, false);
    assert_eq!(names(&twice).iter().filter(|n| *n == "b.txt").count(), 2, "one path twice is one article");
}

#[test]
fn a_file_without_date_takes_the_files_time() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.txt", &body(1), 48);
    let snapshot = load(&[folder.path().into()], false, false);
    let entry = snapshot.entry(snapshot.order[0]).expect("there");
    let published = entry.published().expect("a date");
    assert_eq!(published.basis, Basis::FileTime);
    assert_eq!(published.minutes(), entry.modified.div_euclid(60));
    assert_eq!(entry.stated_minutes(), None);
}

#[test]
fn progress_in_lines_of_json_knows_how_much_is_to_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |n: usize| format!("{{\"title\": \"Bến đò {n:04}\", \"body\": \"Mở lại.\"}}\n");
    write(folder.path(), "all.jsonl", &(0..2000).map(line).collect::<String>(), 0);
    let mut seen: Vec<(usize, usize)> = Vec::new();
    let plan = Ingest { paths: vec![folder.path().into()], ..Ingest::default() };
    plan.run(&mut |snapshot| {
        if snapshot.progress.stage == Stage::Reading && snapshot.progress.done > 0 {
            seen.push((snapshot.progress.done, snapshot.progress.total));
        }
        true
    });
    assert!(seen.len() > 2, "{seen:?}");
    for (done, total) in seen {
        assert!((1900..2100).contains(&total), "{done} of {total}");
    }
}

#[test]
fn what_has_no_date_of_its_own_stands_below_what_has() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "undated.txt", &body(1), 0);
    write(folder.path(), "older.txt", &body(2), 5);
    write(folder.path(), "dated.md", "---\ntitle: Bến đò\npublished: 2020-01-02\n---\n\nMở lại.\n", 900);
    let snapshot = load(&[folder.path().into()], false, false);
    assert_eq!(names(&snapshot), ["dated.md", "undated.txt", "older.txt"]);
}

#[test]
fn lines_of_json_are_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |n: usize| {
        format!(
            "{{\"id\": \"{n}\", \"title\": \"Bến đò số {n}\", \"published\": \"2026-03-{:02}\", \"body\": \"Bến đò số {n} mở lại.\"}}",
            n % 28 + 1
        )
    };
    let lines: Vec<String> = (0..150).map(line).collect();
    write(folder.path(), "all.jsonl", &format!("\n{}\n\n{{ broken\n", lines.join("\n")), 0);
    write(folder.path(), "empty.jsonl", "\n\n", 0);
    write(folder.path(), "one.txt", &body(1), 0);
    let snapshot = load(&[folder.path().into()], false, false);
    let records: Vec<u32> = snapshot
        .entries
        .iter()
        .filter(|e| e.path.ends_with("all.jsonl") && e.is_read())
        .map(|e| e.record)
        .collect();
    assert_eq!(records.len(), 150, "a broken line is a problem, not an article");
    assert_eq!((records[0], records[149]), (2, 151), "blank lines count as lines");
    assert_eq!(snapshot.order.len(), 151);
    assert!(
        snapshot.problems.iter().any(|(_, p)| p.line == 153 && p.message.contains("all.jsonl, line 153"))
    );
    let empty: Vec<_> = snapshot.problems.iter().filter(|(p, _)| p.ends_with("empty.jsonl")).collect();
    assert_eq!(empty.len(), 1);
}

#[test]
fn a_query_goes_through_the_batches() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..150 {
        write(folder.path(), &format!("{n:03}.txt"), &body(n), n as u64);
    }
    let snapshot = load(&[folder.path().into()], false, false);
    for (raw, expect) in
        [("bãi xàng", 150), ("\"bến đò\" 149", 1), ("-số", 0), ("7", 1), ("7*", 11), ("", 150)]
    {
        let found = Query::parse_whole(raw).expect(raw).select(&snapshot, &|| false).expect("not stopped");
        assert_eq!(found.len(), expect, "{raw}");
    }
    assert_eq!(Query::parse("x").expect("a query").select(&snapshot, &|| true), None);
}

#[test]
fn a_key_on_a_name_selects_as_many_articles_as_its_count_says() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let snapshot = load(&[seeds], true, false);
    assert!(snapshot.entities.len() > 20, "names are found");
    let facets = Facets::count(&snapshot, &snapshot.order);
    let empty = Query::parse("").expect("a query");
    let mut faults = Vec::new();
    for (ix, count) in facets.entities.iter() {
        let _entity = snapshot.entities.get(ix).expect("an entity");
        for exclude in [false, true] {
            let query = empty.toggle_entity(&snapshot, ix, exclude).expect("a query");
            let found = query.select(&snapshot, &|| false).expect("not stopped").len();
            let expect = if exclude { snapshot.order.len() - count as usize } else { count as usize };
            if found != expect {
                faults.push(format!("{}: {found} found, {expect} expected", query.raw));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_frames_of_a_saved_page_are_no_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let page = |title: &str| format!("<html><body><h1>{title}</h1><p>Cầu mở sáng nay.</p></body></html>");
    let pages = [("cau.html", "Cầu"), ("cau_files/ad.html", "Quảng cáo"), ("other_files/ben.html", "Bến")];
    for ((name, title), age) in pages.into_iter().zip(1..) {
        write(at, name, &page(title), age);
    }
    let end = Ingest { paths: vec![at.to_owned()], ..Ingest::default() }.run(&mut |_| true);
    let mut titles: Vec<String> =
        end.order.iter().filter_map(|&ix| end.entry(ix)).map(diembao::library::Entry::title).collect();
    titles.sort();
    assert_eq!((titles, end.skipped), (vec!["Bến".to_owned(), "Cầu".to_owned()], 1));
}

#[test]
fn a_page_of_headlines_is_told_not_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let links = "<li><a href='/x'>Đầu đề của một bài khác trên trang</a></li>".repeat(30);
    write(
        folder.path(),
        "muc.html",
        &format!("<html><body><h1>Thời sự</h1><ul>{links}</ul></body></html>"),
        1,
    );
    let end = Ingest { paths: vec![folder.path().to_owned()], ..Ingest::default() }.run(&mut |_| true);
    assert_eq!(end.order.len(), 0);
    assert!(
        end.problems[0].1.message.contains("muc.html is a page without an article"),
        "{:?}",
        end.problems
    );
}

#[test]
fn files_named_outright_are_read_by_what_they_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write(
        at,
        "lines.dat",
        "{\"title\": \"Cầu Trà\", \"body\": \"Cầu mở.\"}\n{\"title\": \n{\"title\": \"Bến\", \"body\": \"Bến mở.\"}\n",
        1,
    );
    write(at, "one.json", "{\n  \"title\": \"Đò\",\n  \"body\": \"Đò ngừng.\"\n}\n", 2);
    write(at, "list.json", "[{\"title\": \"Đò\"}]", 3);
    write(at, "feed.xml", "<?xml version=\"1.0\"?>\n<rss><channel/></rss>", 4);
    write(at, "page.dat", "<!DOCTYPE html>\n<html><body><h1>Cầu Bến Lở</h1><p>Cầu mở.</p></body></html>", 5);
    let paths = ["lines.dat", "one.json", "list.json", "feed.xml", "page.dat"].map(|n| at.join(n)).to_vec();
    let end = Ingest { paths, ..Ingest::default() }.run(&mut |_| true);
    let titles: Vec<String> =
        end.order.iter().filter_map(|&ix| end.entry(ix)).map(diembao::library::Entry::title).collect();
    assert_eq!(titles, ["Cầu Trà", "Bến", "Đò", "Cầu Bến Lở"]);
    let told = |words: &str| end.problems.iter().filter(|p| p.1.message.contains(words)).count();
    assert_eq!(
        [told("lines.dat, line 2"), told("jq -c"), told("XML document"), end.problems.len()],
        [1, 1, 1, 3]
    );
}
