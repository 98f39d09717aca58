//! What `diembao gen` makes: pages, pictures, entries; those in the repository are current.

use std::fs;

use super::{diembao, folder, repository, text};

/// The picture in the README shows the reader as it is: `cargo run --release -- gen screenshot --lang en --keys 7j -o docs/screen.svg seeds`.
#[test]
fn the_picture_of_the_documentation_is_current() {
    let made = diembao(&["gen", "screenshot", "--lang", "en", "--keys", "7j", "seeds"], repository());
    let kept = fs::read_to_string(repository().join("docs/screen.svg")).expect("a picture");
    assert!(
        text(&made.stdout) == kept,
        "make it anew: diembao gen screenshot --lang en --keys 7j -o docs/screen.svg seeds"
    );
}

#[test]
fn a_picture_of_own_articles_is_of_now() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = "---\ntitle: The ferry runs again\npublished: 2020-01-05T10:00\n---\n\nMayor Ann Pole said nothing.\n";
    fs::write(folder.path().join("ferry.md"), article).expect("an article");
    let picture = folder.path().join("picture.txt");
    let picture = picture.to_str().expect("UTF-8");
    let made = diembao(&["gen", "screenshot", "--lang", "en", "-o", picture, "ferry.md"], folder.path());
    assert!(made.status.success());
    let drawn = fs::read_to_string(picture).expect("a picture");
    assert!(drawn.contains("05/01/2020") && !drawn.contains("hours"), "{drawn}");
}

#[test]
fn generated_documents_are_those_in_the_repository() {
    for (what, file) in [
        (&["gen", "keys", "--md"][..], "docs/keys.md"),
        (&["gen", "query"], "docs/query.md"),
        (&["gen", "json"], "docs/json.md"),
        (&["gen", "config"], "docs/config.md"),
        (&["gen", "keys"], "assets/keys.toml"),
        (&["gen", "keymap"], "assets/keys.toml"),
    ] {
        let output = diembao(what, repository());
        let kept = fs::read_to_string(repository().join(file)).unwrap_or_default();
        assert_eq!(text(&output.stdout), kept, "write it again: diembao {} > {file}", what.join(" "));
    }
}

#[test]
fn the_man_page_refers_to_pages_that_are_there() {
    let folder = folder();
    let one = text(&diembao(&["gen", "man"], folder.path()).stdout);
    assert!(one.contains(".SH COMMANDS") && one.contains("\\fBlist\\fR"), "{one}");
    assert!(!one.contains("diembao\\-list"), "{one}");
    let output = diembao(&["gen", "man", "--output", "pages"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let pages = folder.path().join("pages");
    let main = fs::read_to_string(pages.join("diembao.1")).expect("the page");
    let named: Vec<&str> =
        main.lines().filter_map(|l| l.split("(1)").next()).filter(|l| l.starts_with("diembao\\-")).collect();
    assert!(named.len() > 10, "{main}");
    for page in named {
        let file = format!("{}.1", page.replace('\\', ""));
        assert!(pages.join(&file).is_file(), "{file}");
    }
}

#[test]
fn the_entry_for_desktops_opens_articles_in_a_terminal() {
    let entry = text(&diembao(&["gen", "desktop"], repository()).stdout);
    assert!(entry.starts_with("[Desktop Entry]\nType=Application\n"), "{entry}");
    for line in ["Terminal=true", "Exec=diembao %F", "MimeType=text/plain;text/html;text/markdown;"] {
        assert!(entry.lines().any(|l| l == line), "{line} in {entry}");
    }
    for name in ["Name=", "Name[vi]=", "Name[en]=", "Comment=", "Comment[vi]="] {
        assert!(entry.lines().any(|l| l.starts_with(name)), "{name} in {entry}");
    }
}
