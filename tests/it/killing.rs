//! Programs that are killed at any moment: what they said they kept is there, and everything can be opened again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use diembao::library::{States, UserStore, ViewsFile};
use tempfile::TempDir;

/// Times that a program is killed.
const ROUNDS: usize = 50;

fn articles(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |n: usize| {
        format!("{{\"title\":\"Phiên chợ thứ {n}\",\"body\":\"Chợ Bến Lở đông hơn mọi năm, phiên {n}.\"}}\n")
    };
    let lines: String = (0..count).map(line).collect();
    fs::write(folder.path().join("cho.jsonl"), lines).expect("articles");
    folder
}

fn started(home: &Path, arguments: &[&str], folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diembao"));
    command.args(arguments).arg(folder).env("HOME", home).stdin(Stdio::null()).stdout(Stdio::piped());
    for variable in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(variable);
    }
    command.spawn().expect("the program starts")
}

/// Lets so many lines come, then kills; gives them.
fn killed_after(mut child: Child, lines: usize) -> Vec<String> {
    let out = BufReader::new(child.stdout.take().expect("its output")).lines();
    let seen: Vec<String> = out.take(lines).map(|l| l.expect("a line")).collect();
    child.kill().expect("killed");
    child.wait().expect("ended");
    seen
}

fn data(home: &Path) -> std::path::PathBuf {
    home.join(".local/share/diembao")
}

fn states(home: &Path) -> States {
    UserStore::open(&data(home)).and_then(|s| s.states()).expect("the store opens")
}

#[test]
fn tags_that_were_acknowledged_are_there() {
    let (folder, home) = (articles(1100), tempfile::tempdir().expect("a home"));
    for round in 0..ROUNDS {
        let tag = format!("t{round}");
        let remove = round % 5 == 4;
        let tag = if remove { format!("t{}", round - 1) } else { tag };
        let more: &[&str] = if remove { &["--remove"] } else { &[] };
        let arguments = [&["tag", &tag, "--json"], more].concat();
        let seen = killed_after(started(home.path(), &arguments, folder.path()), round * 53 % 1100);
        let states = states(home.path());
        for line in &seen {
            let id = line.split('"').nth(3).expect("an id");
            let there = states.get(id).is_some_and(|s| s.tags.contains(&tag));
            assert_eq!(there, !remove, "round {round}: {line}");
        }
    }
    let store = UserStore::open(&data(home.path())).expect("the store opens");
    assert_eq!(store.faults(|_| String::new()).expect("checked"), Vec::<String>::new());
}

#[test]
fn views_that_were_acknowledged_are_there() {
    let home = tempfile::tempdir().expect("a home");
    let file = ViewsFile::within(Some(&data(home.path())));
    let mut kept: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        let name = format!("v{round}");
        // Every other one is killed before it says anything, as early or late as the machine has it.
        let lines = round % 2;
        let child = started(home.path(), &["views", "save", &name], Path::new("is:unread"));
        if lines == 0 {
            (0..round * 40).for_each(|_| thread::yield_now());
        }
        if killed_after(child, lines).len() == 1 {
            kept.push(name);
        }
        let (views, faults) = file.read();
        assert!(faults.is_empty(), "round {round}: {faults:?}");
        assert!(kept.iter().all(|name| views.get(name).is_some()), "round {round}");
    }
    assert_eq!(kept.len(), ROUNDS / 2);
}

/// A file as the first version wrote it, with many rows, is brought up to date by a program that is killed meanwhile.
#[test]
fn a_migration_that_is_killed_is_done_again() {
    const ROWS: usize = 2000;
    let old = format!(
        "{}; PRAGMA application_id = {}; PRAGMA user_version = 1;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
         INSERT INTO state (article, read, changed) SELECT printf('%012x', i), 1, i FROM n;
         INSERT INTO log (at, article, title, what) SELECT changed, article, 'Tin', 'read' FROM state;",
        include_str!("../../assets/store/user/1.sql"),
        0x6469_656d
    );
    for round in 0..ROUNDS {
        let home = tempfile::tempdir().expect("a home");
        fs::create_dir_all(data(home.path())).expect("a folder");
        let db = rusqlite::Connection::open(data(home.path()).join("library.db")).expect("a file");
        db.execute_batch(&old).expect("written");
        drop(db);
        let mut child = started(home.path(), &["log", "-n"], Path::new("1"));
        (0..round * 40).for_each(|_| thread::yield_now());
        child.kill().expect("killed");
        child.wait().expect("ended");
        let store = UserStore::open(&data(home.path())).expect("the store opens");
        assert_eq!(store.states().expect("read").values().filter(|s| s.read).count(), ROWS, "round {round}");
        assert_eq!(store.log(usize::MAX).expect("read").len(), ROWS, "round {round}");
    }
}
