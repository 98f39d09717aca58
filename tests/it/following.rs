//! What changes while the reader is open: files of the folder, articles of the library, and what other programs keep.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use diembao::library::{Ingest, Snapshot, Stage};
use tempfile::TempDir;

use crate::pty::Pty;

fn text(n: u32, what: &str) -> String {
    format!(
        "Chợ Bến Lở phiên thứ {n} {what}\n\n{:02}/12/2025 07:30\n\nPhiên chợ thứ {n} ở huyện Vạn Hoài đông hơn mọi năm, theo ban quản lý chợ.\n",
        28 - n
    )
}

fn put(folder: &Path, n: u32, what: &str) {
    fs::write(folder.join(format!("{n:04}.txt")), text(n, what)).expect("an article");
}

/// A folder of articles, the first on top.
fn articles(count: u32) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    (1..=count).for_each(|n| put(folder.path(), n, "đông"));
    folder
}

fn opened(folder: &Path, home: &Path) -> Pty {
    Pty::start(folder, 100, 40, &[("HOME", home.to_str().expect("UTF-8"))])
}

fn diembao(home: &Path, arguments: &[&str], paths: &[&Path]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diembao"));
    command.args(arguments).args(paths).env("HOME", home).stdin(Stdio::null()).stdout(Stdio::null());
    for variable in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env_remove(variable);
    }
    let status = command.status().expect("the program runs");
    assert!(status.success(), "{arguments:?}");
}

/// The line of the list in which an article stands.
fn line(screen: &str, n: u32) -> Option<&str> {
    let of_list =
        |l: &str| l.split_once('│').is_some_and(|(list, _)| list.contains(&format!("phiên thứ {n} ")));
    screen.lines().find(|l| of_list(l))
}

fn quit(mut pty: Pty) {
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn files_come_change_and_go() {
    let (folder, home) = (articles(5), tempfile::tempdir().expect("a home"));
    let mut pty = opened(folder.path(), home.path());
    pty.wait("all is read", |s| s.contains("1/5"));
    pty.type_("jj");
    pty.wait("the third is chosen", |s| s.contains("3/5"));
    put(folder.path(), 0, "mới");
    pty.wait("a new one on top, the same chosen", |s| line(s, 0).is_some() && s.contains("4/6"));
    put(folder.path(), 3, "chép lại");
    let chosen = |s: &str| line(s, 3).is_some_and(|l| l.contains('▌') && l.contains("chép"));
    pty.wait("the chosen one is written anew and still chosen", |s| chosen(s) && s.contains("4/6"));
    fs::remove_file(folder.path().join("0001.txt")).expect("removed");
    pty.wait("one is gone", |s| line(s, 1).is_none() && chosen(s) && s.contains("3/5"));
    fs::remove_file(folder.path().join("0003.txt")).expect("removed");
    let neighbour = |s: &str| line(s, 3).is_none() && line(s, 4).is_some_and(|l| l.contains('▌'));
    pty.wait("the chosen one is gone, which is told; its neighbour is chosen", |s| {
        neighbour(s) && s.contains("The article that was open is no longer there: Chợ Bến Lở phiên thứ 3")
    });
    pty.type_("gg");
    pty.wait("the message goes with a key", |s| s.contains("1/4"));
    let lines = |count: u32| -> String {
        let article = |n: u32| serde_json::json!({"title": format!("Dòng phiên thứ {n} x"), "body": text(n, "y"), "published": "2025-12-30"});
        (10..10 + count).map(|n| article(n).to_string()).collect::<Vec<_>>().join("\n")
    };
    fs::write(folder.path().join("a.jsonl"), lines(2)).expect("written");
    pty.wait("two more", |s| line(s, 10).is_some() && line(s, 11).is_some() && s.contains("/6"));
    fs::write(folder.path().join("a.jsonl"), lines(3)).expect("written");
    pty.wait("a third line", |s| line(s, 12).is_some() && s.contains("/7"));
    quit(pty);
}

/// A file that comes while names are looked for is in the list before names are joined and articles related.
#[test]
fn what_comes_while_names_are_looked_for_is_not_kept_waiting() {
    let folder = articles(5);
    let plan =
        Ingest { paths: vec![folder.path().to_owned()], names: true, relations: true, ..Ingest::default() };
    let ledger = Arc::clone(&plan.ledger);
    let (mut written, mut seen) = (false, None);
    let last = plan.run(&mut |snapshot: Arc<Snapshot>| {
        if snapshot.progress.stage == Stage::Naming && !written {
            put(folder.path(), 0, "mới");
            ledger.nudge();
            written = true;
        }
        if snapshot.order.len() == 6 && seen.is_none() {
            seen = Some((snapshot.progress.stage, snapshot.entities.len()));
        }
        true
    });
    assert_eq!(seen, Some((Stage::Reading, 0)));
    assert_eq!((last.order.len(), last.progress.stage), (6, Stage::Done));
    assert!(!last.entities.of(last.order[0].0 as usize).is_empty(), "its names are joined as well");
}

/// Of a file that is open by itself only that file is of concern: what is written beside it wakes nobody, as far as the system can
/// tell them apart. All the same a file that is written anew, put in its place or gone for a while is followed.
#[test]
fn what_lies_beside_an_open_file_wakes_nobody() {
    let (folder, home) = (articles(1), tempfile::tempdir().expect("a home"));
    let (file, new) = (folder.path().join("0001.txt"), folder.path().join("new"));
    let pty = opened(&file, home.path());
    pty.wait("it is read", |s| s.contains("thứ 1 đông"));
    let seen = |pty: &Pty, what: &str| pty.wait(what, |s| s.contains(&format!("thứ 1 {what}")));
    for what in ["một", "hai"] {
        fs::write(&new, text(1, what)).expect("written");
        fs::rename(&new, &file).expect("put in its place");
        seen(&pty, what);
    }
    fs::remove_file(&file).expect("removed");
    pty.wait("it is gone, which is told", |s| s.contains("no longer there") && s.contains("0 articles"));
    put(folder.path(), 1, "ba");
    seen(&pty, "ba");
    put(folder.path(), 1, "bốn");
    seen(&pty, "bốn");
    if cfg!(target_os = "linux") {
        // Another reader, elsewhere, comes and goes: time enough for what was begun to end, then time in which nothing may happen.
        let (others, elsewhere) = (articles(1), tempfile::tempdir().expect("a home"));
        let walk = || {
            let other = opened(others.path(), elsewhere.path());
            other.wait("all is read", |s| s.contains("1/1"));
            quit(other);
        };
        walk();
        let (sleeps, bytes) = (pty.sleeps(), pty.bytes().len());
        for n in 0..200 {
            fs::write(folder.path().join(format!("beside-{n}")), "x").expect("written");
        }
        walk();
        assert_eq!((pty.sleeps() - sleeps, pty.bytes().len() - bytes), (0, 0), "wake-ups, bytes drawn");
    }
    quit(pty);
}

#[test]
fn what_is_added_to_the_library_appears() {
    let (folder, home) = (articles(2), tempfile::tempdir().expect("a home"));
    diembao(home.path(), &["add"], &[folder.path()]);
    let more = tempfile::tempdir().expect("a folder");
    put(more.path(), 0, "mới");
    // The third time it is as it was the second time, and nothing is listed before the first frame.
    for _ in 0..3 {
        let mut pty = opened(Path::new(""), home.path());
        pty.wait("all is read", |s| s.contains("1/2"));
        pty.type_("j");
        diembao(home.path(), &["add"], &[more.path()]);
        pty.wait("the new one, the same chosen", |s| line(s, 0).is_some() && s.contains("3/3"));
        diembao(home.path(), &["remove", "-q", "title:mới"], &[]);
        pty.wait("it is gone", |s| line(s, 0).is_none() && s.contains("2/2"));
        quit(pty);
    }
}

#[test]
fn what_another_program_keeps_is_seen() {
    let (folder, home) = (articles(3), tempfile::tempdir().expect("a home"));
    diembao(home.path(), &["views", "save", "một", "title:1"], &[]);
    let mut one = opened(folder.path(), home.path());
    let mut two = opened(folder.path(), home.path());
    for pty in [&one, &two] {
        pty.wait("all is read", |s| s.contains("1/3"));
    }
    one.type_("m");
    two.type_("G*");
    let both =
        |s: &str| line(s, 1).is_some_and(|l| !l.contains('•')) && line(s, 3).is_some_and(|l| l.contains('★'));
    one.wait("both marks", both);
    two.wait("both marks", both);
    diembao(home.path(), &["tag", "cam"], &[folder.path()]);
    one.wait("the tag", |s| s.matches("#cam").count() >= 3);
    two.type_("V");
    two.wait("the view", |s| s.contains("một  title:1"));
    diembao(home.path(), &["views", "save", "ba", "title:3"], &[]);
    two.wait("the new view as well", |s| s.contains("ba  title:3"));
    two.type_("ba\r");
    two.wait("its article", |s| line(s, 1).is_none() && line(s, 3).is_some());
    diembao(home.path(), &["names", "ignore", "Vạn Hoài"], &[]);
    one.type_("e");
    one.wait("the name is none", |s| !s.contains("Vạn Hoài  "));
    for pty in [one, two] {
        assert!(!pty.text().contains("locked") && !pty.text().contains("writing"), "{}", pty.text());
        quit(pty);
    }
}
