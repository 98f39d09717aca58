//! More of the program in a real pseudo-terminal: pages over the panes, what is taken out, what is kept, rest.
//! All waits are for conditions on what the terminal shows.

use std::fs;
use std::path::Path;

use crate::pty::Pty;
use crate::terminal::{seeds, started};

/// A folder with one article that has an address.
fn one_with_address() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "---\ntitle: The ferry runs again\nsource: Lower Ashby News\npublished: 2026-01-05\n\
                url: https://ashby.example/ferry\n---\n\nMayor Ann Pole said: \u{201c}The ferry will run all winter \
                for everybody here\u{201d}.\n";
    fs::write(folder.path().join("ferry.md"), text).expect("an article");
    folder
}

fn opened(folder: &Path, more: &[(&str, &str)]) -> Pty {
    opened_as(folder, "The ferry runs again", more)
}

fn opened_as(folder: &Path, title: &str, more: &[(&str, &str)]) -> Pty {
    let pty = Pty::start(folder, 100, 30, more);
    pty.wait_for(title);
    pty.wait_for("1/1");
    pty
}

fn quit(mut pty: Pty) {
    pty.type_("Q");
    assert!(pty.ended().success());
}

fn written(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.bytes()).into_owned()
}

#[test]
fn the_card_of_the_first_run_goes_with_a_key_and_stays_away() {
    let mut pty = Pty::start(&seeds(), 80, 24, &[]);
    pty.wait("all is read", |s| s.contains("1/24") && s.contains("Welcome"));
    pty.type_("*");
    pty.wait("the star is seen, the card is gone", |s| s.contains('★') && !s.contains("Welcome"));
    pty.type_("Q");
    assert!(pty.ended().success());
    let home = pty.home().to_str().expect("UTF-8").to_owned();
    let again = Pty::start(&seeds(), 80, 24, &[("HOME", &home)]);
    again.wait("what was starred is there again", |s| s.contains('★') && s.contains("1/24"));
    assert!(!again.text().contains("Welcome"));
    quit(again);
}

#[test]
fn the_page_of_a_name_opens_and_leads_on() {
    let mut pty = started(100, 30);
    pty.type_("e");
    pty.wait_for("▸Names");
    pty.type_("ge");
    pty.wait("the page", |s| s.contains("About a name") && s.contains("Spellings, and why they are one"));
    pty.type_("G\r");
    pty.wait("an article", |s| s.contains("▸Article") && !s.contains("About a name"));
    quit(pty);
}

#[test]
fn evidence_stands_side_by_side() {
    let mut pty = started(120, 40);
    pty.type_("/Khe Ngân\r");
    pty.wait("fewer articles", |s| !s.contains("1/24"));
    pty.type_("grw");
    pty.wait("both articles", |s| s.contains("What both share") && s.contains("Names in both"));
    pty.type_("\x1b");
    pty.wait_for("▸Related");
    quit(pty);
}

#[test]
fn a_press_review_is_written_to_files() {
    let mut pty = started(100, 30);
    pty.type_("/Khe Ngân\r");
    pty.wait("fewer articles", |s| !s.contains("1/24"));
    pty.type_("gs");
    pty.wait_for("Who reported when");
    pty.type_("w");
    pty.wait("the Markdown file and its folder", |s| s.contains("Written: ~/") && s.contains(".md"));
    pty.type_("W");
    pty.wait("the page", |s| s.contains("Written: ") && s.contains(".html"));
    pty.type_("W");
    pty.wait("nothing is overwritten", |s| s.contains("-2.html"));
    let is = |name: &str, ending: &str| Path::new(name).extension().is_some_and(|e| e == ending);
    let files: Vec<String> = fs::read_dir(pty.home())
        .expect("its folder")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| is(n, "md") || is(n, "html"))
        .collect();
    assert_eq!(files.len(), 3, "{files:?}");
    let page = files.iter().find(|f| is(f, "html")).expect("a page");
    let page = fs::read_to_string(pty.home().join(page)).expect("readable");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
    quit(pty);
}

#[test]
fn a_program_gets_the_text() {
    let folder = one_with_address();
    let mut pty = opened(folder.path(), &[]);
    pty.type_("|");
    pty.wait_for("Hand the text to a program");
    pty.type_("grep -c ferry\r");
    pty.wait_for("grep -c ferry: 2");
    pty.type_("|");
    pty.type_("\x15exit 3\r");
    pty.wait_for("exit 3 failed");
    quit(pty);
}

#[cfg(unix)]
#[test]
fn pager_and_editor_get_the_terminal_and_give_it_back() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = one_with_address();
    let tools = tempfile::tempdir().expect("a folder");
    let tool = |name: &str, does: &str| {
        let path = tools.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{does}\n")).expect("a program");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may run");
        path.to_str().expect("UTF-8").to_owned()
    };
    // What stands in quotation marks is one argument, as in a shell.
    let quoted = |path: String, arguments: &str| format!("'{path}' {arguments}");
    let pager = tool("my pager", "cat \"$2\"; echo \"$1\"; read answer; echo \"$answer\" > \"$HOME/answer\"");
    let pager = quoted(pager, "\"the pager has it\"");
    let editor = tool("my editor", "sed -i 's/The ferry runs again/The ferry stops/' \"$1\"");
    let editor = quoted(editor, "");
    let mut pty = opened(folder.path(), &[("PAGER", &pager), ("EDITOR", &editor)]);
    pty.type_("O");
    pty.wait("the file as it is", |s| {
        s.contains("url: https://ashby.example/ferry") && s.contains("the pager has it")
    });
    pty.type_("jq\r");
    pty.wait("the screen is ours again", |s| s.contains("1/1") && !s.contains("the pager has it"));
    assert_eq!(
        fs::read_to_string(pty.home().join("answer")).expect("an answer"),
        "jq\n",
        "no key went astray"
    );
    pty.type_("E");
    pty.wait_for("The ferry stops");
    quit(pty);
    let mut pty = opened_as(folder.path(), "The ferry stops", &[("PAGER", "/nonexistent/pager")]);
    pty.type_("O");
    pty.wait_for("The original could not be opened");
    quit(pty);
}

#[test]
fn quotes_and_citations_go_to_the_clipboard() {
    use base64::Engine as _;
    let folder = one_with_address();
    let mut pty = opened(folder.path(), &[]);
    pty.type_("gq");
    pty.wait_for("Quote sent to the clipboard: The ferry will run");
    pty.type_("gy");
    pty.wait_for("Citation sent to the clipboard: The ferry runs again");
    let written = written(&pty);
    let copied: Vec<String> = written
        .split("\x1b]52;c;")
        .skip(1)
        .filter_map(|p| p.split('\x07').next())
        .map(|b| base64::engine::general_purpose::STANDARD.decode(b).expect("base64"))
        .map(|b| String::from_utf8(b).expect("UTF-8"))
        .collect();
    let source = "The ferry runs again · Lower Ashby News · 05/01/2026 · https://ashby.example/ferry";
    assert_eq!(copied.len(), 2, "{copied:?}");
    assert!(copied[0].starts_with("“The ferry will run all winter for everybody here”\n— "), "{copied:?}");
    assert!(copied[0].ends_with(source), "{copied:?}");
    assert_eq!(copied[1], source);
    quit(pty);
}

#[test]
fn a_title_with_an_address_is_a_link() {
    let folder = one_with_address();
    // Under the card of the first run there is no link.
    let uncovered = |more: &[(&str, &str)]| {
        let mut pty = opened(folder.path(), more);
        pty.type_("\x1b");
        pty.wait("the card is gone", |s| !s.contains("Welcome"));
        pty
    };
    let pty = uncovered(&[]);
    pty.wait_written("the title is a link", "\x1b]8;;https://ashby.example/ferry\x1b\\");
    pty.wait_written("the link ends", "\x1b]8;;\x1b\\");
    quit(pty);
    let pty = uncovered(&[("TERM", "linux")]);
    assert!(!written(&pty).contains("\x1b]8"), "the console is spared");
    quit(pty);
}

#[test]
fn a_border_that_was_dragged_stays_where_it_was_left() {
    let column = |pty: &Pty| {
        let text = pty.text();
        text.lines().nth(1).and_then(|l| l.chars().position(|c| c == '┬')).expect("a border")
    };
    let mut pty = started(120, 40);
    let before = column(&pty);
    let x = before + 1;
    pty.type_(&format!("\x1b[<0;{x};10M\x1b[<32;{};10M\x1b[<0;{};10m", x - 8, x - 8));
    pty.wait("the border moved", |s| {
        s.lines().nth(1).and_then(|l| l.chars().position(|c| c == '┬')) == Some(before - 8)
    });
    pty.type_("Q");
    assert!(pty.ended().success());
    let home = pty.home().to_str().expect("UTF-8").to_owned();
    let again = Pty::start(&seeds(), 120, 40, &[("HOME", &home)]);
    again.wait_for("1/24");
    assert_eq!(column(&again), before - 8);
    quit(again);
}

#[test]
fn language_and_colours_change_while_it_runs() {
    let mut pty = started(100, 30);
    pty.type_("gl");
    pty.wait_for("24 bài");
    pty.type_("gt");
    pty.wait_for("Bảng màu: sáng");
    pty.type_("gl");
    pty.wait_for("24 articles");
    quit(pty);
}

#[test]
fn without_colour_nothing_is_coloured() {
    let mut pty = Pty::start(&seeds(), 100, 30, &[("NO_COLOR", "1")]);
    pty.wait_for("1/24");
    pty.type_("l");
    pty.wait_for("▸Article");
    let written = written(&pty);
    for colour in ["\x1b[38;", "\x1b[48;", "\x1b[31m"] {
        assert!(!written.contains(colour), "{colour:?}");
    }
    quit(pty);
}

#[test]
fn few_colours_are_the_terminals_own() {
    let pty = Pty::start(&seeds(), 100, 30, &[("TERM", "xterm")]);
    pty.wait_for("1/24");
    let written = written(&pty);
    assert!(!written.contains("\x1b[38;2;"), "no colours of 24 bits");
    quit(pty);
}

#[test]
fn problems_of_a_folder_are_counted_and_told() {
    let folder = one_with_address();
    fs::write(folder.path().join("bad.jsonl"), "{ one\n{ two\n").expect("written");
    let mut pty = opened(folder.path(), &[]);
    pty.wait_for("1 file with problems");
    pty.type_("gn");
    // Both lines, once: they are broken alike.
    pty.wait("both lines", |s| s.contains("bad.jsonl, lines 1, 2: ") && !s.contains("bad.jsonl, line 1"));
    pty.type_("\x1b");
    pty.wait("closed", |s| !s.contains("lines 1, 2"));
    quit(pty);
}

#[test]
fn marks_are_filtered_by_and_the_list_follows() {
    let mut pty = started(100, 30);
    pty.type_("fis:unread\r");
    pty.wait_for("24/24");
    pty.type_("m");
    pty.wait_for("23/24");
    pty.type_("u");
    pty.wait_for("24/24");
    quit(pty);
}

#[test]
fn the_text_alone_is_centred_and_says_what_it_has_to_say() {
    let mut pty = started(160, 40);
    pty.type_("z");
    pty.wait("the text alone", |s| !s.contains("Names") && !s.contains("articles"));
    pty.type_("%");
    pty.wait_for("% does nothing here");
    pty.type_("\x1b");
    pty.wait_for("24 articles");
    quit(pty);
}

#[test]
fn keys_that_come_together_are_drawn_together() {
    let mut pty = started(80, 24);
    pty.wait("all work has ended", |s| s.trim_end().ends_with("1/24") && !s.contains(['░', '█']));
    let (bytes, keys) = (pty.bytes().len(), 20);
    pty.type_(&"j".repeat(keys));
    pty.wait_for("21/24");
    // Each frame is one synchronized update.
    let written = String::from_utf8_lossy(&pty.bytes()[bytes..]).into_owned();
    let frames = written.matches("\u{1b}[?2026h").count();
    assert!(frames > 0 && frames <= keys / 4, "{frames} frames for {keys} keys");
    quit(pty);
}

#[test]
fn nothing_is_drawn_and_nobody_wakes_while_nothing_happens() {
    let quiet = one_with_address();
    let rests = opened(quiet.path(), &[]);
    // The bar goes with the last of the work: reading, names, relations.
    rests.wait("all work has ended", |s| s.trim_end().ends_with("1/1") && !s.contains(['░', '█']));
    // Another reader comes and goes: time enough for the last work to end, then time in which nothing may happen.
    // Each has a folder of its own: of files that are opened the system tells everybody who watches them.
    let folder = one_with_address();
    let walk = || {
        let other = opened(folder.path(), &[]);
        quit(other);
    };
    walk();
    let (sleeps, bytes) = (rests.sleeps(), rests.bytes().len());
    walk();
    let drawn = String::from_utf8_lossy(&rests.bytes()[bytes..]).into_owned();
    assert_eq!((rests.sleeps(), drawn.as_str()), (sleeps, ""), "no wake-up, no draw");
    quit(rests);
}
