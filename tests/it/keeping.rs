//! What the reader did is kept: over quitting, being killed, and two readers at once.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use diembao::library::{Is, Marks, States, UserStore, load};
use tempfile::TempDir;

use crate::pty::{PATIENCE, Pty};

/// A folder of articles, the first on top.
fn articles(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 1..=count {
        let (month, day) = (12 - n / 28 % 12, 28 - n % 28);
        let text = format!(
            "Chợ Bến Lở phiên thứ {n}\n\n{day:02}/{month:02}/2025 07:30\n\nPhiên chợ thứ {n} ở huyện Vạn Hoài đông hơn mọi năm, theo ban quản lý chợ.\n"
        );
        fs::write(folder.path().join(format!("{n:04}.txt")), text).expect("an article");
    }
    folder
}

fn data(home: &Path) -> std::path::PathBuf {
    home.join(".local/share/diembao")
}

fn states(home: &Path) -> States {
    UserStore::open(&data(home)).and_then(|s| s.states()).expect("states")
}

fn started(folder: &Path, home: &Path) -> Pty {
    Pty::start(folder, 100, 30, &[("HOME", home.to_str().expect("UTF-8"))])
}

fn opened(folder: &Path, home: &Path) -> Pty {
    let pty = started(folder, home);
    pty.wait("all is read", |s| s.contains("1/5"));
    pty
}

/// Whether the list shows this sign before an article.
fn signed(screen: &str, sign: &str, article: usize) -> bool {
    // The list alone: beside it stands the open article, with the same words.
    screen.lines().filter_map(|l| l.split('│').next()).any(|l| {
        l.contains(&format!("phiên thứ {article} "))
            && l.split("Chợ").next().is_some_and(|s| s.contains(sign))
    })
}

#[test]
fn marks_survive_quitting_and_being_killed() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let mut pty = opened(folder.path(), home.path());
    pty.type_("m");
    pty.wait("the first is read", |s| !signed(s, "•", 1) && signed(s, "•", 2));
    pty.type_("j*");
    pty.wait("the second is starred", |s| signed(s, "★", 2));
    pty.type_("Q");
    assert!(pty.ended().success());

    let mut pty = opened(folder.path(), home.path());
    pty.wait("both marks", |s| !signed(s, "•", 1) && signed(s, "★", 2) && signed(s, "•", 3));
    pty.type_("jjm");
    pty.wait("the third is read", |s| !signed(s, "•", 3));
    // A busy disk may be later than the screen, which waits for it a moment only.
    let end = Instant::now() + PATIENCE;
    while states(home.path()).values().filter(|s| s.read).count() < 2 {
        assert!(Instant::now() < end, "the mark never came to the disk");
        thread::yield_now();
    }
    pty.signal("KILL");
    drop(pty);

    let mut pty = opened(folder.path(), home.path());
    pty.wait("all marks", |s| !signed(s, "•", 1) && signed(s, "★", 2) && !signed(s, "•", 3));
    pty.type_("Q");
    assert!(pty.ended().success());
    assert_eq!(states(home.path()).values().filter(|s| s.read).count(), 2);
}

#[test]
fn the_reader_opens_as_it_was_left() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let mut pty = opened(folder.path(), home.path());
    pty.type_("jj\r");
    pty.wait("the third is open, and alone", |s| s.contains("▸Article") && !s.contains("unread"));
    pty.type_("q");
    pty.wait("it counts as read", |s| s.contains("4 unread") && s.contains("3/5"));
    pty.type_("gl");
    pty.wait("another language", |s| s.contains("chưa đọc"));
    pty.type_("Q");
    assert!(pty.ended().success());
    let mut pty = started(folder.path(), home.path());
    pty.wait("language and article are those of before", |s| s.contains("chưa đọc") && s.contains("3/5"));
    pty.type_("gl");
    pty.wait("the first language", |s| s.contains("unread"));
    pty.type_("Q");
    assert!(pty.ended().success());
    let mut pty = started(folder.path(), home.path());
    pty.wait("the last choice holds", |s| s.contains("unread") && s.contains("3/5"));
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn the_reader_takes_back_what_was_done_before_it_and_a_command_what_it_did() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diembao"));
        command.args(arguments).env_remove("XDG_DATA_HOME").env("HOME", home.path());
        let output = command.current_dir(folder.path()).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(command(&["mark", "read", "."]).lines().count(), 5);
    let mut pty = opened(folder.path(), home.path());
    pty.wait("all are read", |s| !signed(s, "•", 1) && !signed(s, "•", 5));
    pty.type_("*j*");
    pty.wait("two stars", |s| signed(s, "★", 1) && signed(s, "★", 2));
    pty.type_("\u{1a}");
    pty.wait("one star", |s| signed(s, "★", 1) && !signed(s, "★", 2));
    pty.type_("2u");
    pty.wait("no star", |s| !signed(s, "★", 1));
    pty.type_("u");
    pty.wait("none is read", |s| (1..=5).all(|n| signed(s, "•", n)) && s.contains("5 articles"));
    pty.type_("j*");
    pty.wait("another star", |s| signed(s, "★", 3));
    pty.type_("Q");
    assert!(pty.ended().success());
    // What the reader took back itself is done with.
    assert_eq!(command(&["undo", "-n", "9"]).lines().count(), 1);
    let states = states(home.path());
    assert!(states.values().all(|s| !s.read && !s.starred), "{states:?}");
}

#[test]
fn two_readers_mark_different_articles() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let mut one = opened(folder.path(), home.path());
    let mut two = opened(folder.path(), home.path());
    one.type_("mjm");
    two.type_("Gmk*");
    one.wait("two are read", |s| !signed(s, "•", 1) && !signed(s, "•", 2));
    two.wait("one is read, one is starred", |s| !signed(s, "•", 5) && signed(s, "★", 4));
    for mut pty in [one, two] {
        pty.type_("Q");
        assert!(pty.ended().success());
    }
    let states = states(home.path());
    assert_eq!(states.values().filter(|s| s.read).count(), 3);
    assert_eq!(states.values().filter(|s| s.starred).count(), 1);
}

/// The program is killed after so many of its lines; what it has printed is kept, and the store is whole.
#[test]
fn what_was_acknowledged_survives_being_killed() {
    let (folder, home) = (articles(1200), tempfile::tempdir().expect("a home"));
    let snapshot = load(&[folder.path().to_owned()], false, false);
    for round in 0..10 {
        let how = ["read", "star", "unread", "unstar"][round % 4];
        let mut child = Command::new(env!("CARGO_BIN_EXE_diembao"))
            .args(["mark", how, "--json"])
            .arg(folder.path())
            .env_remove("XDG_DATA_HOME")
            .env("HOME", home.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let seen: Vec<String> = lines.take(1 + round * 130).map(|l| l.expect("a line")).collect();
        child.kill().expect("killed");
        child.wait().expect("ended");
        let marks = Marks::of(&snapshot.entries, &states(home.path()));
        for line in &seen {
            let id = line.split('"').nth(3).expect("an id");
            let article = snapshot.order.iter().find(|ix| snapshot.entry(**ix).is_some_and(|e| *e.id == *id));
            let article = *article.expect("the article");
            let (is, expect) = match how {
                "read" => (Is::Read, true),
                "unread" => (Is::Read, false),
                "star" => (Is::Starred, true),
                _ => (Is::Starred, false),
            };
            assert_eq!(marks.is(article, is), expect, "round {round}: {line}");
        }
    }
}

#[test]
fn a_store_that_cannot_be_used_is_told_and_left_as_it_is() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let file = data(home.path()).join("library.db");
    fs::create_dir_all(data(home.path())).expect("a folder");
    fs::write(&file, "not a database, but somebody's letter").expect("written");
    let mut pty = started(folder.path(), home.path());
    pty.wait("the fault, and the list", |s| s.contains("is damaged") && signed(s, "•", 1));
    pty.type_("m");
    pty.wait("the mark is shown, and that it is not kept", |s| {
        !signed(s, "•", 1) && s.contains("is damaged")
    });
    pty.type_("Q");
    assert!(pty.ended().success());
    assert_eq!(fs::read(&file).expect("read"), b"not a database, but somebody's letter");
}
