//! The library proper: articles go in, are what is opened, go out again, and survive everything.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};

use diembao::library::UserStore;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{objects, program, text};

/// A folder of articles, and an empty data folder.
struct Home {
    articles: TempDir,
    data: TempDir,
}

impl Home {
    fn new(records: usize) -> Self {
        let articles = tempfile::tempdir().expect("a folder");
        let at = |name: &str| articles.path().join(name);
        fs::write(
            at("cau.txt"),
            "Cầu Bến Lở thông xe\n\n12/03/2026 08:15\n\nSáng 12/3, huyện Vạn Hoài cho xe qua cầu Bến Lở, dài 410 m.\n",
        )
        .expect("written");
        fs::write(
            at("lua.md"),
            "---\ntitle: Lúa được mùa\npublished: 2026-03-10\n---\n\nNông dân Hoài Thượng gặt xong.\n",
        )
        .expect("written");
        let record = |n: usize| {
            format!(
                "{{\"title\":\"Phiên chợ thứ {n}\",\"published\":\"2025-07-01\",\"body\":\"Chợ Bến Lở đông.\"}}\n"
            )
        };
        fs::write(at("tin.jsonl"), (1..=records).map(record).collect::<String>()).expect("written");
        Self { articles, data: tempfile::tempdir().expect("a folder") }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        program(arguments, self.articles.path(), self.data.path()).output().expect("the program runs")
    }

    /// Runs, and gives the objects that are printed.
    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        objects(&output)
    }

    fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let id = |v: &Value| v["id"].as_str().expect("an id").to_owned();
        self.json(arguments).iter().map(id).collect()
    }
}

#[test]
fn what_goes_in_is_what_is_opened() {
    let home = Home::new(3);
    let status = home.json(&["status", "--json"]);
    assert_eq!((&status[0]["articles"], &status[0]["read"]), (&0.into(), &0.into()));
    let added = home.json(&["add", ".", "--json"]);
    assert_eq!(added.iter().filter(|a| a["added"] == true).count(), 5);
    assert_eq!(home.json(&["add", ".", "--json"]).iter().filter(|a| a["added"] == true).count(), 0);
    assert_eq!(home.ids(&["list", "--json"]), home.ids(&["list", ".", "--json"]));
    fs::remove_file(home.articles.path().join("cau.txt")).expect("removed");
    let shown = home.run(&["show", "--all", "-q", "title:cầu"]);
    assert!(text(&shown.stdout).contains("dài 410 m"), "the library has the bytes");
    let names = home.json(&["names", "--json"]);
    assert!(names.iter().any(|n| n["name"] == "Bến Lở" || n["name"] == "cầu Bến Lở"), "{names:?}");
    assert_eq!(home.json(&["status", "--json"])[0]["articles"], 5);
}

#[test]
fn what_is_removed_is_gone_and_its_marks_stay() {
    let home = Home::new(3);
    home.json(&["add", ".", "--json"]);
    let cau = home.ids(&["list", "--json", "-q", "title:cầu"]);
    home.json(&["mark", "star", "--json", "-q", "title:cầu"]);
    assert_eq!(home.ids(&["remove", &cau[0], "--json"]), cau);
    assert_eq!(home.ids(&["remove", "-q", "title:phiên", "--json"]).len(), 3);
    assert_eq!(home.ids(&["list", "--json"]).len(), 1);
    home.json(&["add", "cau.txt", "--json"]);
    assert_eq!(home.ids(&["list", "--json", "-q", "is:starred"]), cau);
    let log = home.json(&["log", "--json"]);
    assert_eq!((&log[0]["what"], &log[0]["id"]), (&"star".into(), &cau[0].as_str().into()));
}

#[test]
fn a_backup_brings_all_back() {
    let home = Home::new(3);
    let file = home.data.path().join("backup.db");
    let name = file.to_str().expect("UTF-8");
    let nothing = home.run(&["backup", name]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("nothing to back up"), "{}", text(&nothing.stderr));
    home.json(&["add", ".", "--json"]);
    home.json(&["mark", "read", "--json"]);
    assert!(home.run(&["views", "save", "cau", "title:cầu"]).status.success());
    assert!(home.run(&["names", "ignore", "Sông Mây"]).status.success());
    assert_eq!(home.json(&["backup", name, "--json"])[0]["articles"], 5);
    assert_eq!(home.run(&["backup", name]).status.code(), Some(2), "nothing is overwritten");
    let file =
        |name: &str| fs::read_to_string(home.data.path().join("diembao").join(name)).unwrap_or_default();
    let (views, names) = (file("views.txt"), file("names.txt"));
    assert!(views.contains("cau") && names.contains("Sông Mây"), "{views}{names}");
    assert!(home.run(&["views", "save", "khac", "title:mưa"]).status.success());
    assert!(home.run(&["names", "undo"]).status.success());
    home.json(&["remove", "--json", "-q", "title:phiên"]);
    home.json(&["mark", "unread", "--json"]);
    let restored = home.json(&["restore", name, "--json"]);
    assert_eq!((&restored[0]["articles"], &restored[0]["read"]), (&5.into(), &5.into()));
    assert_eq!((file("views.txt"), file("names.txt")), (views, names));
    assert_eq!(home.ids(&["list", "--json", "-q", "is:read"]).len(), 5);

    let library = home.data.path().join("diembao/library.db");
    for ending in ["db-wal", "db-shm"] {
        fs::remove_file(library.with_extension(ending)).ok();
    }
    fs::write(&library, "no database any more").expect("written");
    let refused = home.run(&["list"]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(text(&refused.stderr).contains("diembao restore"), "{}", text(&refused.stderr));
    assert_eq!(fs::read(&library).expect("read"), b"no database any more", "it is left as it is");
    assert_eq!(home.json(&["restore", name, "--json"])[0]["articles"], 5);
    assert_eq!(home.run(&["restore", "nothing.db"]).status.code(), Some(2));
}

/// An empty file is neither a backup nor a library: it replaces nothing, and nothing is written into it.
#[test]
fn an_empty_file_is_no_library() {
    let home = Home::new(3);
    home.json(&["add", ".", "--json"]);
    let folder = home.data.path().join("diembao");
    let (empty, library) = (home.data.path().join("empty.db"), folder.join("library.db"));
    fs::write(&empty, "").expect("written");
    let refused = home.run(&["restore", empty.to_str().expect("UTF-8")]);
    assert_eq!(refused.status.code(), Some(4), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("empty.db is damaged"), "{}", text(&refused.stderr));
    assert_eq!(home.ids(&["list", "--json"]).len(), 5);
    let names = || fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").file_name());
    assert!(!names().any(|n| n.to_string_lossy().contains("before-restore")), "nothing was replaced");
    for ending in ["db-wal", "db-shm"] {
        fs::remove_file(library.with_extension(ending)).ok();
    }
    fs::write(&library, "").expect("written");
    for call in [&["list"][..], &["status"], &["add", "."], &["mark", "read"]] {
        let refused = home.run(call);
        assert_eq!(refused.status.code(), Some(4), "{call:?}: {}", text(&refused.stderr));
        assert!(text(&refused.stderr).contains("diembao restore"), "{}", text(&refused.stderr));
        assert_eq!(fs::metadata(&library).expect("there").len(), 0, "{call:?}");
    }
}

#[test]
fn what_is_damaged_is_found() {
    let home = Home::new(3);
    home.json(&["add", ".", "--json"]);
    assert!(text(&home.run(&["check"]).stdout).contains("all is well"));
    let library = home.data.path().join("diembao/library.db");
    let to = rusqlite::Connection::open(&library).expect("opened");
    to.execute("UPDATE article SET bytes = x'00' WHERE line = 2", []).expect("damaged");
    drop(to);
    let checked = home.run(&["check", "--json"]);
    assert_eq!(checked.status.code(), Some(4));
    assert_eq!((objects(&checked).len(), &objects(&checked)[0]["mended"]), (1, &false.into()));
}

#[test]
fn reindexing_works_all_out() {
    let home = Home::new(3);
    assert_eq!(home.run(&["reindex"]).status.code(), Some(1));
    home.json(&["add", ".", "--json"]);
    for arguments in [&["reindex", "--json"][..], &["reindex", "--all", "--json"]] {
        assert_eq!(home.json(arguments)[0]["articles"], 5);
    }
}

/// `add` is killed after so many of its lines: what it has printed is kept, and the library is whole.
#[test]
fn what_was_added_survives_being_killed() {
    let home = Home::new(4000);
    for round in 0..10 {
        let mut child = program(&["add", "tin.jsonl", "--json"], home.articles.path(), home.data.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let seen: Vec<String> = lines.take(1 + round * 350).map(|l| l.expect("a line")).collect();
        child.kill().expect("killed");
        child.wait().expect("ended");
        let store = UserStore::open(&home.data.path().join("diembao")).expect("opened");
        let kept: Vec<String> = store.articles().expect("read").into_iter().map(|a| a.digest).collect();
        for line in &seen {
            let id = serde_json::from_str::<Value>(line).expect("an object")["id"]
                .as_str()
                .expect("an id")
                .to_owned();
            assert!(kept.contains(&id), "round {round}: {id} was acknowledged");
        }
        assert_eq!(store.faults(diembao::library::digest).expect("checked"), Vec::<String>::new());
    }
}

#[test]
fn a_data_folder_that_is_none_is_told() {
    let home = Home::new(1);
    let file = home.articles.path().join("cau.txt");
    let output =
        program(&["add", "."], home.articles.path(), Path::new(&file)).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).contains("cau.txt"), "{}", text(&output.stderr));
}

#[test]
fn a_broken_record_is_refused_and_not_added() {
    let home = Home::new(1);
    fs::write(
        home.articles.path().join("tin.jsonl"),
        "{\"title\":\"Phiên chợ\",\"body\":\"Đông.\"}\n{\"title\": [broken\n",
    )
    .expect("written");
    let output = home.run(&["add", "tin.jsonl"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("line 2"), "{}", text(&output.stderr));
    assert_eq!(home.ids(&["list", "--json"]).len(), 1);
}

#[test]
fn a_view_has_a_name_that_its_file_can_hold() {
    let home = Home::new(1);
    for name in ["a:b", " "] {
        let output = home.run(&["views", "save", name, "chợ"]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", text(&output.stderr));
    }
}
