//! The program in a real pseudo-terminal: it starts, reads, answers, and gives the terminal back however it ends.
//! All waits are for conditions on what the terminal shows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::pty::Pty;

pub fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// Starts on the sample press review and waits until all is there.
pub fn started(columns: u16, rows: u16) -> Pty {
    let mut pty = Pty::start(&seeds(), columns, rows, &[]);
    pty.wait("all is read, and the card lies there", |s| s.contains("1/24") && s.contains("Welcome"));
    pty.type_("\x1b");
    pty.wait("the card is gone", |s| !s.contains("Welcome"));
    pty
}

/// A folder of numbered articles, the first on top.
fn numbered(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 1..=count {
        let day = 1 + n % 28;
        let text = format!(
            "Article number {n} of the row\n\n{day:02}/01/2026 {:02}:{:02}\n\nThe {n}th article says nothing new about the mayor of Lower Ashby.\n",
            n / 60 % 24,
            n % 60
        );
        fs::write(folder.path().join(format!("{n:05}.txt")), text).expect("an article");
    }
    folder
}

#[test]
fn starts_walks_and_quits_at_three_sizes() {
    for (columns, rows) in [(40, 12), (80, 24), (200, 60)] {
        let mut pty = started(columns, rows);
        let first = pty.text();
        pty.type_("G");
        pty.wait_for("24/24");
        pty.type_("gg");
        pty.wait("the top of the list", |s| s == first);
        pty.type_("Q");
        assert!(pty.ended().success());
    }
}

#[test]
fn filters_by_what_is_typed_and_clears() {
    let mut pty = started(120, 40);
    pty.wait_for("24 articles");
    pty.type_("f");
    pty.type_("title:\"Hạc Trắng\"\r");
    pty.wait("fewer articles", |s| s.contains("/24") && !s.contains("VK-19"));
    pty.type_("F");
    pty.wait_for("24 articles");
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn a_query_that_is_not_understood_keeps_the_list() {
    let mut pty = started(120, 40);
    pty.type_("f");
    // In one piece: letter by letter, `persn` by itself is a word that no article has, and the list of that would be the last one.
    pty.type_("\x1b[200~persn:putin\x1b[201~");
    pty.wait("a caret and a suggestion", |s| s.contains('^') && s.contains("person:"));
    assert!(pty.text().contains("Khe Ngân"), "the last list stays");
    // Escape and a letter at once would be the letter with Alt.
    pty.type_("\x1b");
    pty.wait("the line is closed", |s| !s.contains('^'));
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn finds_in_vietnamese_from_an_input_burst() {
    // As an input method sends it: at once, and decomposed.
    let decomposed = "/be\u{302}\u{301}n cha\u{300}m";
    for typed in [decomposed, "/bến chàm", "/ben cham"] {
        let mut pty = started(120, 40);
        pty.type_(typed);
        pty.wait("what matches", |s| s.contains("/24") && s.contains("Bến Chàm"));
        pty.type_("\r");
        pty.type_("Q");
        assert!(pty.ended().success());
    }
}

#[test]
fn jumps_to_a_related_story_and_back() {
    let mut pty = started(120, 40);
    pty.type_("l");
    pty.wait_for("▸Article");
    pty.type_("j");
    let here = pty.text();
    pty.type_("gr");
    pty.wait_for("▸Related");
    pty.type_("\r");
    pty.wait("another article", |s| s.contains("▸Article") && s != here);
    pty.type_("\x0f");
    pty.wait_for("▸Related");
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn a_decision_about_a_name_is_kept_shown_and_taken_back() {
    let data = tempfile::tempdir().expect("a folder");
    let home = data.path().to_str().expect("UTF-8");
    let file = || fs::read_to_string(data.path().join("diembao/names.txt")).unwrap_or_default();
    let start = |first: bool| {
        let mut pty = Pty::start(&seeds(), 120, 40, &[("XDG_DATA_HOME", home)]);
        pty.wait_for("1/24");
        if first {
            pty.wait_for("Welcome");
            pty.type_("\x1b");
            pty.wait("the card is gone", |s| !s.contains("Welcome"));
        }
        pty.wait("names and relations are there", |s| s.contains("People ·") && s.contains("47 h earlier"));
        pty
    };
    let mut pty = start(true);
    pty.type_("e");
    let before = pty.wait_for("▸Names");
    let renamed = |pty: &mut Pty| {
        pty.type_("R");
        pty.wait_for("Show “");
        pty.type_("\x15Somebody Else");
        pty.wait_for("> Somebody Else");
        pty.type_("\r");
    };
    renamed(&mut pty);
    pty.wait("the pane and the line tell it", |s| {
        s.contains("Kept: “") && s.matches("Somebody Else").count() > 1
    });
    assert!(file().contains("\" \"Somebody Else\" "), "{}", file());
    pty.type_("u");
    pty.wait_for("Taken back: “");
    // A key clears the line, and all is as it was.
    pty.type_("gg");
    pty.wait("everything is as before", |s| s == before);
    assert!(!file().contains("\"Somebody Else\""), "{}", file());
    // Who quits at once loses nothing.
    renamed(&mut pty);
    pty.type_("Q");
    assert!(pty.ended().success());
    assert!(file().contains("\" \"Somebody Else\" "), "{}", file());
    let mut again = start(false);
    again.wait_for("Somebody Else");
    again.type_("Q");
    assert!(again.ended().success());
}

#[test]
fn resizes_while_reading() {
    let mut pty = started(120, 40);
    pty.type_("l");
    pty.wait_for("▸Article");
    for (columns, rows) in [(200, 60), (80, 24), (40, 12), (20, 5), (120, 40)] {
        pty.resize(columns, rows);
        pty.wait("a frame of the new size", |s| {
            let lines: Vec<&str> = s.lines().collect();
            lines.len() >= rows as usize - 1 && lines.iter().all(|l| l.chars().count() <= columns as usize)
        });
    }
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn suspends_and_goes_on() {
    let mut pty = started(80, 24);
    for key in [Some("gz"), Some(":suspend\r"), None] {
        match key {
            Some(key) => pty.type_(key),
            None => pty.signal("TSTP"),
        }
        pty.wait_state('T');
        pty.given_back();
        pty.signal("CONT");
        pty.wait_for("1/24");
        assert!(pty.alternate());
    }
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn gives_the_terminal_back_after_signals() {
    for name in ["TERM", "HUP", "INT"] {
        let mut pty = started(80, 24);
        pty.signal(name);
        assert!(!pty.ended().success(), "the parent sees that SIG{name} ended it");
    }
}

#[cfg(debug_assertions)]
#[test]
fn gives_the_terminal_back_after_a_panic() {
    let mut pty = started(80, 24);
    pty.type_(":crash\r");
    let status = pty.ended();
    assert!(!status.success());
    let printed = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(printed.contains("a panic was asked for"), "the report is printed: {printed:?}");
}

#[test]
fn keys_work_while_a_big_folder_comes_in() {
    let folder = numbered(1000);
    let mut pty = Pty::start(folder.path(), 100, 30, &[]);
    pty.wait_for("Article number");
    // Every one of these must count, whatever is published between them. (Rows would not do: the list is sorted anew with each batch.)
    let typed = "none of these letters may be lost on the way";
    pty.type_("/");
    for letter in typed.chars() {
        pty.type_(letter.encode_utf8(&mut [0; 4]));
    }
    pty.wait_for(typed);
    pty.type_("\x1b");
    pty.wait("the line is closed and all are there", |s| {
        s.contains("1,000 articles") && !s.contains("0/1,000")
    });
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn nothing_in_an_article_acts_on_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "A headline\x1b]52;c;aGFsbG8=\x07 with claws\n\n\
                   The body\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\ goes on\x1b[2J\x1b[31m in red, \
                   \u{202e}backwards\u{2066} and \x1bPq#0\x1b\\ with a device string.\u{9b}5m\n";
    fs::write(folder.path().join("hostile.txt"), hostile).expect("an article");
    fs::write(folder.path().join("nul.txt"), [0_u8; 4096]).expect("an article");
    let mut pty = Pty::start(folder.path(), 100, 30, &[("NO_COLOR", "1")]);
    pty.wait_for("A headline with claws");
    pty.type_("l");
    pty.wait_for("goes on");
    pty.type_("s");
    pty.type_("Q");
    assert!(pty.ended().success());
    let text = String::from_utf8_lossy(&pty.bytes()).into_owned();
    for bad in ["\x1b]52", "\x1b]8", "\x1bP", "\x1b[31m", "\u{202e}", "\u{2066}", "\u{9b}"] {
        assert!(!text.contains(bad), "{bad:?} reached the terminal");
    }
}

#[test]
fn an_empty_folder_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut pty = Pty::start(folder.path(), 80, 24, &[]);
    let name = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
    pty.wait("the folder is named", |s| s.contains("no articles in") && s.contains(&name));
    pty.type_("q");
    assert!(pty.ended().success());
}

#[test]
fn the_screen_speaks_the_language_of_the_locale() {
    let mut pty = Pty::start(&seeds(), 120, 40, &[("LANG", "vi_VN.UTF-8")]);
    pty.wait_for("24 bài");
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn the_press_review_opens_and_leads_to_an_article() {
    let mut pty = started(100, 30);
    pty.type_("/Khe Ngân\r");
    pty.wait("fewer articles", |s| !s.contains("1/24"));
    pty.type_("gs");
    pty.wait("a review with its reports", |s| s.contains("Press review") && s.contains("Who reported when"));
    pty.type_("\r");
    pty.wait("the review is closed", |s| !s.contains("Who reported when"));
    pty.type_("Q");
    assert!(pty.ended().success());
}

#[test]
fn with_nothing_to_read_it_opens_and_says_how_to_begin() {
    // No library, and no folder `seeds` beside it.
    for (lang, card, empty) in
        [("en_GB.UTF-8", "Welcome", "no articles here"), ("vi_VN.UTF-8", "Chào bạn", "Chưa có bài nào")]
    {
        let mut pty = Pty::start(Path::new(""), 80, 24, &[("LANG", lang)]);
        pty.wait("the card beside the empty list", |s| s.contains(card) && s.contains(empty));
        pty.type_("Q");
        assert!(pty.ended().success());
    }
}
