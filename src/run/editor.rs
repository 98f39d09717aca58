//! A text written in the reader's own editor.
//!
//! Owns: which editor, the file that it is given, what came back. Refuses: the terminal, which the caller has given up.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;

/// Has a text edited; gives what was written, or why that could not be.
pub fn write(text: &str) -> Result<String, String> {
    let path = std::env::temp_dir().join(format!("diembao-{}.txt", std::process::id()));
    let written = edit(&path, text);
    // What cannot be removed lies among other files that are thrown away.
    let _ = fs::remove_file(&path);
    written
}

fn edit(path: &Path, text: &str) -> Result<String, String> {
    let told = |error: io::Error| error.to_string();
    put(path, text).map_err(told)?;
    let variable = |name| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let editor = variable("VISUAL").or_else(|| variable("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(path).status();
    let status = status.map_err(|error| format!("{program}: {error}"))?;
    if !status.success() {
        return Err(format!("{program}: {status}"));
    }
    fs::read_to_string(path).map_err(told)
}

/// A file that nobody else may read, and that was not there before: a link laid there is not followed.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
