//! Bad input: traps in folders, names that are no text, what may not be read.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use super::*;

#[test]
fn a_folder_of_traps_is_read_to_its_end() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let hostile = "Tin\u{1b}]52;c;aGk=\u{7} v\u{1b}[2Jắn\u{9b}31m\n\nBến \u{202e}phà\u{202c} mở lại \u{1b}P1;2q\u{1b}\\hôm nay, khách qua sông đông hơn.\n";
    fs::write(at("escape.txt"), hostile).expect("written");
    fs::write(at("nul.txt"), [0; 4096]).expect("written");
    fs::write(at("empty.txt"), "").expect("written");
    fs::write(at("picture.jpg"), [0xff, 0xd8, 0xff]).expect("written");
    fs::create_dir(at("inner")).expect("a folder");
    symlink("..", at("inner/loop")).expect("a link");
    symlink("nowhere.txt", at("dangling.txt")).expect("a link");
    symlink("self.txt", at("self.txt")).expect("a link");
    let odd = OsStr::from_bytes(b"gi\xf3 \x1b[31m.txt");
    fs::write(folder.path().join(odd), "Gió mùa về\n\nTrời trở lạnh từ đêm nay ở vùng núi phía bắc.\n")
        .expect("written");
    let made = Command::new("mkfifo").arg(at("pipe.txt")).status().expect("mkfifo runs");
    assert!(made.success());

    let output = diembao(&["show", ".", "--all", "--json"], folder.path());
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    for (file, what) in [
        ("nul.txt", "not text"),
        ("empty.txt", "empty"),
        ("loop", "link"),
        ("dangling.txt", "does not exist"),
        ("self.txt", "leads back to itself"),
        ("pipe.txt", "named pipe"),
    ] {
        assert!(stderr.lines().any(|l| l.contains(file) && l.contains(what)), "{file}: {what}\n{stderr}");
    }
    assert!(!stderr.contains("picture.jpg"), "pictures are no problem");
    assert_eq!(objects(&output).len(), 4, "two good ones, the cleaned one, the one with the odd name");
    for command in [
        &["show", ".", "--all"][..],
        &["list", "."],
        &["show", ".", "--all", "--text"],
        &["list", ".", "--json"],
    ] {
        let output = diembao(command, folder.path());
        for bytes in [&output.stdout, &output.stderr] {
            let acts = |c: char| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!text(bytes).contains(acts), "{command:?}");
        }
    }
}

#[test]
fn a_line_of_fifty_megabytes_is_cut() {
    let folder = folder();
    let line = "nước lên ".repeat(50_000_000 / 13);
    fs::write(folder.path().join("long.txt"), format!("Một dòng rất dài\n\n{line}\n")).expect("written");
    let output = diembao(&["list", "."], folder.path());
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(
        stderr.matches("long.txt").count() == 1
            && stderr.matches("only the first 4 MiB were read").count() == 1,
        "{stderr}"
    );
    assert_eq!(text(&output.stdout).lines().count(), 3);
}

#[test]
fn what_may_not_be_read_is_said() {
    let folder = folder();
    let closed = folder.path().join("closed.txt");
    fs::write(&closed, "Không ai đọc được dòng này\n").expect("written");
    let made = Command::new("chmod").arg("000").arg(&closed).status().expect("chmod runs");
    assert!(made.success());
    if fs::read(&closed).is_ok() {
        println!("SKIPPED: this user may read everything");
        return;
    }
    let output = diembao(&["list", "."], folder.path());
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("closed.txt may not be read"), "{}", text(&output.stderr));
}
