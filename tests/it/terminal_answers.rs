//! What the terminal answers, in time and late, in a real pseudo-terminal; and what is sent to it and to other programs.
//! All waits are for conditions on what the terminal shows or was sent.

use std::fs;
use std::path::Path;

use crate::pty::Pty;

/// The background is asked for.
const QUESTION: &str = "\x1b]11;?\x1b\\";

fn one_article(body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "---\ntitle: The ferry runs again\nsource: Lower Ashby News\npublished: 2026-01-05\n\
                url: https://ashby.example/ferry\n---\n\n";
    fs::write(folder.path().join("ferry.md"), format!("{head}{body}\n")).expect("an article");
    folder
}

/// The program on one article, when nobody waits for answers any more: the folder is read only then.
fn read_in(folder: &Path, more: &[(&str, &str)]) -> Pty {
    let mut pty = Pty::start(folder, 100, 30, more);
    pty.wait_written("the question", QUESTION);
    pty.wait("the article, and the card of the first run", |s| s.contains("1/1") && s.contains('┌'));
    pty.type_("\x1b");
    // What is compared later must not change by itself: the bar goes with the last of the work.
    pty.wait("the card is gone, and all work has ended", |s| {
        !s.contains(['┌', '░', '█']) && s.contains("1/1")
    });
    pty
}

fn quit(mut pty: Pty) {
    pty.type_("Q");
    assert!(pty.ended().success());
}

/// The theme after the one that holds now: `gt` leads from dark to light, from light to the next.
fn next_theme(pty: &mut Pty) -> String {
    pty.type_("gt");
    pty.wait_for("Theme: ").lines().last().unwrap_or_default().to_owned()
}

#[test]
fn late_answers_are_no_keys_and_the_background_counts() {
    let folder =
        one_article("Mayor Ann Pole said: \u{201c}The ferry will run all winter for everybody here\u{201d}.");
    for background in [
        "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]11;rgb:ff/ff/ff\x07",
        "\x1b]11;#ffffff\x07",
        "\x1b]11;rgba:ffff/ffff/ffff/ffff\x1b\\",
    ] {
        let mut pty = read_in(folder.path(), &[]);
        let before = pty.text();
        for answer in [
            "\x1b]10;rgb:0000/0000/0000\x1b\\",
            background,
            "\x1b_Gi=31;OK\x1b\\",
            "\x1b_Gi=31;ENOENT:no such picture\x1b\\",
            "\x1b[6;20;10t",
            "\x1b[?0u",
            "\x1bP>|XTerm(388)\x1b\\",
            "\x1b[?62;22c",
        ] {
            pty.type_(answer);
        }
        // Keys are taken in order: what came of the answers is there once the help is.
        pty.type_("?");
        pty.wait_for("A page down");
        pty.type_("\x1b");
        pty.wait("no answer did anything that is seen", |s| s == before);
        let theme = next_theme(&mut pty);
        assert!(theme.contains("high contrast"), "{background:?} made it light: {theme}");
        quit(pty);
    }
}

#[test]
fn the_background_is_asked_for_before_the_first_frame() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let mut pty = Pty::start(folder.path(), 100, 30, &[("COLORTERM", "truecolor")]);
    // Typed ahead, so that it is there when it is asked for.
    pty.type_("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c");
    pty.wait_for("1/1");
    let written = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (asked, frame) = (written.find(QUESTION), written.find("\x1b[?2026h"));
    assert!(asked.expect("a question") < frame.expect("a frame"));
    // The inks of the light and of the dark theme.
    assert!(written.contains("38;2;36;41;47") && !written.contains("38;2;215;218;224"));
    quit(pty);
}

#[test]
fn pictures_of_several_characters_are_whole_where_the_terminal_counts_so() {
    let folder = one_article("Two of the crew 👩‍🚒 were on board.");
    for (set, whole, told) in [("2", true, true), ("3", true, false), ("0", false, false)] {
        let mut pty = Pty::start(folder.path(), 100, 30, &[]);
        pty.type_(&format!("\x1b[?2027;{set}$y\x1b[?62;22c"));
        pty.wait_for("1/1");
        pty.wait_for("were on board");
        quit_with(pty, |written| {
            assert_eq!(written.contains("👩‍🚒"), whole, "{set}");
            let (on, off) = (written.contains("\x1b[?2027h"), written.contains("\x1b[?2027l"));
            assert_eq!((on, off), (told, told), "{set}");
        });
    }
}

#[test]
fn a_light_theme_in_a_dark_terminal_brings_its_background() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    for (background, brings) in [("0000/0000/0000", true), ("ffff/ffff/ffff", false)] {
        let mut pty = Pty::start(folder.path(), 100, 30, &[("COLORTERM", "truecolor")]);
        pty.type_(&format!("\x1b]11;rgb:{background}\x1b\\\x1b[?62;22c"));
        pty.wait_for("1/1");
        if brings {
            pty.type_("gt");
            pty.wait_for("Theme: light");
        }
        quit_with(pty, |written| assert_eq!(written.contains("48;2;255;255;255"), brings, "{background}"));
    }
}

fn quit_with(mut pty: Pty, check: impl Fn(&str)) {
    pty.type_("Q");
    assert!(pty.ended().success());
    check(&String::from_utf8_lossy(&pty.bytes()));
}

#[test]
fn a_late_answer_in_pieces_is_one_and_a_dark_one_changes_nothing() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let mut pty = read_in(folder.path(), &[]);
    let before = pty.text();
    pty.type_("\x1b]11;rgb:0000/00");
    pty.type_("00/0000\x1b\\");
    pty.type_("?");
    pty.wait_for("A page down");
    pty.type_("\x1b");
    pty.wait("as before", |s| s == before);
    assert!(next_theme(&mut pty).contains("Theme: light"));
    quit(pty);
}

#[test]
fn keys_are_told_apart_unless_the_terminal_said_that_it_cannot() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    for (in_time, late, told) in [
        ("", "\x1b[?0u\x1b[?62c", true),
        ("\x1b[?0", "u\x1b[?62c", true),
        ("\x1b[?0u\x1b[?62c", "", true),
        ("\x1b[?62;22c", "", false),
    ] {
        let mut pty = Pty::start(folder.path(), 100, 30, &[]);
        // Typed ahead, so that it is there when it is asked for.
        pty.type_(in_time);
        pty.wait_for("1/1");
        pty.type_(late);
        pty.type_("Q");
        assert!(pty.ended().success());
        let written = String::from_utf8_lossy(&pty.bytes()).into_owned();
        let (on, off) = (written.contains("\x1b[>1u"), written.contains("\x1b[<1u"));
        assert_eq!((on, off), (told, told), "{in_time:?} {late:?}");
    }
}

#[test]
fn what_a_person_types_is_no_answer() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let mut pty = read_in(folder.path(), &[]);
    pty.type_("\x1b]");
    pty.wait_for("Alt-] does nothing here");
    pty.type_("\x1b_");
    pty.wait_for("Alt-_ does nothing here");
    pty.type_("\x1b]j");
    pty.wait("both are keys", |s| !s.contains("does nothing here"));
    pty.type_("*");
    pty.wait_for("★");
    quit(pty);
}

#[test]
fn a_light_background_in_time_asks_the_terminal_nothing_more() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let mut pty = Pty::start(folder.path(), 100, 30, &[]);
    // Typed ahead, so that it is there when it is asked for.
    pty.type_("\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?0u\x1b[?62;22c");
    pty.wait_for("1/1");
    // The keyboard said that it can tell keys apart, and is told to.
    pty.wait_written("keys are told apart", "\x1b[>1u");
    let theme = next_theme(&mut pty);
    assert!(theme.contains("high contrast"), "{theme}");
    pty.type_("gtgtgtgt");
    pty.wait_for("Theme: light");
    let written = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!written.contains("\x1b[6n"), "the place of the cursor is not asked for");
    let home = pty.home().join(".local/share/diembao/session.toml");
    let mut pty = pty;
    pty.type_("Q");
    assert!(pty.ended().success());
    let left = fs::read_to_string(home).expect("how it was left");
    assert!(!left.contains("[theme]"), "what the terminal chose is no choice of the reader's: {left}");
}

#[test]
fn faults_of_files_are_told_beside_the_card_of_the_first_run() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let config = tempfile::tempdir().expect("a folder");
    fs::create_dir(config.path().join("diembao")).expect("a folder");
    let home = config.path().to_str().expect("UTF-8");
    for (name, text, said) in [
        ("keys.toml", "[list]\n\"j\" = 3\n", "keys.toml, dòng 2: [list] j: cần một từ trong nháy kép"),
        ("keys.toml", "[list]\n\"j\" = \"dwn\"\n", "có phải là `down`?"),
        ("config.toml", "lang = \"fr\"\n", "config.toml, dòng 1: không có ngôn ngữ `fr`; chỉ có vi, en"),
        ("config.toml", "color = 1\ntheme = \"light\"\n", "config.toml, dòng 1: không có mục `color`"),
    ] {
        let path = config.path().join("diembao").join(name);
        fs::write(&path, text).expect("a file");
        let more = [("XDG_CONFIG_HOME", home), ("LANG", "vi_VN.UTF-8")];
        let mut pty = Pty::start(folder.path(), 80, 24, &more);
        pty.wait(said, |s| {
            let joint = s.split_whitespace().collect::<Vec<_>>().join(" ");
            joint.contains(said) && s.contains("Chào bạn")
        });
        pty.type_("Q");
        assert!(pty.ended().success());
        fs::remove_file(path).expect("removed");
    }
}

#[test]
fn a_long_text_is_copied_whole_or_told_to_be_cut() {
    use base64::Engine as _;
    let body = "The ferry runs again and again. ".repeat(5000);
    let folder = one_article(&body);
    for (more, whole) in [(&[][..], false), (&[("TERM_PROGRAM", "WezTerm")], true)] {
        let mut pty = Pty::start(folder.path(), 100, 30, more);
        pty.wait_for("1/1");
        pty.type_("Y");
        let said =
            if whole { "Text sent to the clipboard: The ferry" } else { "only the first 74 of 161 kB" };
        pty.wait_for(said);
        let written = String::from_utf8_lossy(&pty.bytes()).into_owned();
        let sent = written
            .split("\x1b]52;c;")
            .nth(1)
            .and_then(|s| s.split('\x07').next())
            .expect("something was sent");
        let sent = base64::engine::general_purpose::STANDARD.decode(sent).expect("base64");
        assert_eq!(sent.len() > 150_000, whole, "{} bytes", sent.len());
        quit(pty);
    }
}

#[cfg(unix)]
#[test]
fn a_browser_of_the_terminal_gets_it_and_others_are_told_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = one_article("Mayor Ann Pole said nothing.");
    let tools = tempfile::tempdir().expect("a folder");
    let path = tools.path().join("w3m");
    fs::write(&path, "#!/bin/sh\necho \"$1 has $2\"; read answer; exit 0\n").expect("a program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may run");
    let browser = format!("no-such-browser:'{}' -page %s", path.display());
    let mut pty = read_in(folder.path(), &[("BROWSER", &browser)]);
    pty.type_("o");
    pty.wait_for("-page has https://ashby.example/ferry");
    pty.type_("\r");
    pty.wait("the screen is ours again", |s| s.contains("1/1") && !s.contains("-page has"));
    quit(pty);
    let mut pty = read_in(folder.path(), &[("BROWSER", "no-such-browser -x")]);
    pty.type_("o");
    pty.wait("the program and a remedy", |s| s.contains("no-such-browser: ") && s.contains("BROWSER"));
    quit(pty);
}

#[test]
fn how_a_program_ended_is_told_in_the_language_of_the_screen() {
    let folder = one_article("Mayor Ann Pole said nothing.");
    let mut pty = read_in(folder.path(), &[("LANG", "vi_VN.UTF-8")]);
    for (command, said) in
        [("false", "false bị lỗi: kết thúc với mã lỗi 1"), ("kill -9 $$", "bị tín hiệu SIGKILL (9) dừng")]
    {
        pty.type_("|\x15");
        pty.type_(command);
        pty.type_("\r");
        pty.wait_for(said);
    }
    quit(pty);
}
