//! Files in the reader's own programs: a note in the editor, the original of an article in editor or pager.
//!
//! Owns: which program, the file that it is given, what came back. Refuses: the terminal, which the caller has given up.
//! Tests: in a real terminal in `tests/it/terminal_flows.rs`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::app::Program;

/// Has a text edited; gives what was written, or why that could not be.
pub fn write(text: &str) -> Result<String, String> {
    with_file(text, |path| {
        run(Program::Editor, path)?;
        fs::read_to_string(path).map_err(|e| e.to_string())
    })
}

/// Shows a file, or the text in its place where there is none.
pub fn show(path: &Path, text: &str, with: Program) -> Result<(), String> {
    if path.is_file() { run(with, path) } else { with_file(text, |path| run(with, path)) }
}

/// Lends out a text as a file.
fn with_file<T>(text: &str, lend: impl FnOnce(&Path) -> Result<T, String>) -> Result<T, String> {
    let path: PathBuf = std::env::temp_dir().join(format!("diembao-{}.txt", std::process::id()));
    let lent = put(&path, text).map_err(|e| e.to_string()).and_then(|()| lend(&path));
    // What cannot be removed lies among other files that are thrown away.
    let _ = fs::remove_file(&path);
    lent
}

/// The variables that name a program, and what is taken without them.
fn named(program: Program) -> (&'static [&'static str], &'static str) {
    match program {
        Program::Editor => (&["VISUAL", "EDITOR"], "vi"),
        Program::Pager => (&["PAGER"], "less"),
    }
}

fn run(program: Program, path: &Path) -> Result<(), String> {
    let (variables, without) = named(program);
    let variable = |name: &&str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let command = variables.iter().find_map(variable).unwrap_or_else(|| without.to_owned());
    let words = shell_words::split(&command).map_err(|error| format!("{command}: {error}"))?;
    let (name, arguments) = words.split_first().ok_or_else(|| format!("{command}: names no program"))?;
    let status = Command::new(name).args(arguments).arg(path).status();
    let status = status.map_err(|error| format!("{name}: {error}"))?;
    // However a pager ends, it has shown the text; an editor that failed may have kept what was written.
    if status.success() || program == Program::Pager { Ok(()) } else { Err(format!("{name}: {status}")) }
}

/// A file that nobody else may read, and that was not there before: a link laid there is not followed.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
