//! House rules that the compiler does not guard.

use std::fs;
use std::path::{Path, PathBuf};

/// Module and floor; a module uses only modules on lower floors.
const FLOORS: [(&str, u8); 12] = [
    ("text", 0),
    ("article", 1),
    ("keys", 1),
    ("entity", 2),
    ("story", 3),
    ("library", 4),
    ("config", 4),
    ("app", 5),
    ("ui", 6),
    ("paper", 6),
    ("run", 7),
    ("cli", 8),
];

/// What a module must not name, and which modules are spared.
const BANNED: [(&str, &[&str]); 7] = [
    ("std::fs", &["library", "config", "run", "cli"]),
    ("std::thread", &["library", "run"]),
    ("std::time::SystemTime", &["library", "run", "cli"]),
    ("std::time::Instant", &["run", "cli"]),
    ("std::io::stdout", &["run", "cli"]),
    ("crossterm::", &["run"]),
    ("ratatui", &["ui", "run", "cli"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Code before the first `#[cfg(test)]`, without comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(m, _)| *m == module).map(|(_, f)| *f)
}

/// The modules named in `crate::…` paths of some code, `crate::{a, b::c}` groups included.
fn used(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let head = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut fresh = true;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => fresh = true,
                    c if fresh && !c.is_whitespace() => {
                        out.push(head(&group[at..]));
                        fresh = false;
                    }
                    _ => {}
                }
            }
        } else {
            out.push(head(rest));
        }
    }
    out
}

#[test]
fn a_module_uses_only_lower_floors() {
    let mut faults = Vec::new();
    for (module, own) in FLOORS {
        for path in rust_files(&src().join(module)) {
            for name in used(&code(&path)) {
                let lower = floor(&name).is_none_or(|f| f < own);
                if !lower && name != module {
                    faults.push(format!("{}: uses crate::{name}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn groups_of_uses_are_read() {
    assert_eq!(
        used("use crate::{text::fold, article::{A, B}, keys};\ncrate::ui::x"),
        ["text", "article", "keys", "ui"]
    );
}

#[test]
fn every_module_has_a_floor() {
    for entry in fs::read_dir(src()).expect("src") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(floor(&name).is_some(), "{name} has no floor");
        }
    }
}

#[test]
fn the_world_is_touched_only_where_it_may_be() {
    let mut faults = Vec::new();
    for (module, _) in FLOORS {
        for path in rust_files(&src().join(module)) {
            let code = code(&path);
            for (name, spared) in BANNED {
                if code.contains(name) && !spared.contains(&module) {
                    faults.push(format!("{}: names {name}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_open_with_what_they_own_and_stay_short() {
    let mut faults = Vec::new();
    for path in rust_files(&src()) {
        let text = fs::read_to_string(&path).expect("a source file");
        if !text.starts_with("//!") {
            faults.push(format!("{}: no module comment", path.display()));
        }
        if text.lines().count() > 800 {
            faults.push(format!("{}: more than 800 lines", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_test_file_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = fs::read_to_string(folder.join("main.rs")).expect("main.rs");
    for entry in fs::read_dir(&folder).expect("tests/it") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".rs").filter(|s| *s != "main") {
            assert!(main.contains(&format!("mod {stem};")), "{name} is not in main.rs");
        }
    }
}
