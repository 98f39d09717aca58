//! Finding files and reading their bytes.
//!
//! Owns: walking folders (links followed, loops reported, hidden files left out), what in a folder is an article, the
//! ceiling on size, and which files are never opened (pipes, sockets, devices: opening one could wait for ever).
//! Refuses: `.gitignore` (a press review is not a source tree), parsing.
//! Tests: `tests/it/folder.rs`.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use super::reading::sniff;
use super::snapshot::shown;
use super::store::{Stamp, StoreError, Stored, UserStore};
use crate::article::{Content, Format, MOST_BYTES, Problem, ProblemKind};

/// Bytes of one article (a file, or a line of a JSON Lines file) that are read at most.
pub const CEILING: u64 = MOST_BYTES as u64;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// Seconds since 1970.
    pub modified: i64,
    /// How it is read.
    pub format: Format,
    /// In the library: the digest of its bytes, and its line. They are read from there.
    pub stored: Option<(String, u32)>,
    /// What it looks like from outside; `None` for standard input and the library.
    pub stamp: Option<Stamp>,
}

/// What the paths hold.
#[derive(Debug, Default)]
pub struct Listing {
    /// Newest first, ties by path.
    pub files: Vec<Found>,
    /// What could not be looked into.
    pub problems: Vec<(PathBuf, Problem)>,
    /// Files of folders that are no articles.
    pub skipped: usize,
}

/// Lists files and folders; `-` is left to the caller.
pub fn list(paths: &[PathBuf]) -> Listing {
    let mut out = Listing::default();
    for path in paths.iter().filter(|p| p.as_os_str() != "-") {
        match fs::metadata(path) {
            Err(error) => out.problems.push((path.clone(), unreadable(path, &error))),
            Ok(data) if data.is_dir() => walk(path, &mut out),
            Ok(data) => named(path, &data, &mut out),
        }
    }
    if paths.len() > 1 {
        let mut seen = FxHashSet::default();
        out.files.retain(|f| seen.insert(f.path.components().collect::<PathBuf>()));
    }
    // By the minute, as the list shows them: what is in sight is read first.
    let minute = |f: &Found| std::cmp::Reverse(f.modified.div_euclid(60));
    out.files.sort_by(|a, b| minute(a).cmp(&minute(b)).then_with(|| a.path.cmp(&b.path)));
    out
}

/// A file that was named outright is read whatever it is called.
fn named(path: &Path, data: &Metadata, out: &mut Listing) {
    if let Some(problem) = never_opened(path, data.file_type()) {
        out.problems.push((path.to_owned(), problem));
        return;
    }
    let stamp = Some(Stamp::of(data));
    out.files.push(Found {
        path: path.to_owned(),
        modified: modified(data),
        format: format_of(path),
        stored: None,
        stamp,
    });
}

/// The articles of the library.
pub fn of_library(store: &UserStore) -> Result<Vec<Found>, StoreError> {
    let found = |a: Stored| Found {
        path: a.path,
        modified: a.modified,
        format: a.format,
        stored: Some((a.digest, a.line)),
        stamp: None,
    };
    Ok(store.articles()?.into_iter().map(found).collect())
}

/// How a file is read: by its name's ending; without a telling one, by what it holds.
pub fn format_of(path: &Path) -> Format {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Format::of(&name).unwrap_or_else(|| sniff(&head(path)))
}

/// The first bytes of a file; nothing where it cannot be read, which is said when it is read.
fn head(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(Content::ENOUGH as u64).read_to_end(&mut bytes));
    if read.is_ok() { bytes } else { Vec::new() }
}

fn walk(folder: &Path, out: &mut Listing) {
    let walker = WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(true).build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                out.problems.push(walk_problem(folder, &error));
                continue;
            }
        };
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            continue;
        }
        let path = entry.path();
        if let Some(problem) = never_opened(path, kind) {
            out.problems.push((path.to_owned(), problem));
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        let left_out = is_about_the_folder(&name) || is_part_of_a_page(path);
        let Some(format) = Format::of(&name).filter(|_| !left_out) else {
            out.skipped += 1;
            continue;
        };
        let data = entry.metadata().ok();
        let stamp = data.as_ref().map(Stamp::of);
        let modified = data.as_ref().map_or(0, modified);
        out.files.push(Found { path: path.to_owned(), modified, format, stored: None, stamp });
    }
}

/// README, LICENSE and CHANGELOG speak about the folder; shown as news they would only puzzle. Named outright, they are read.
fn is_about_the_folder(name: &str) -> bool {
    let stem = name.split(['.', '-']).next().unwrap_or_default().to_ascii_uppercase();
    matches!(stem.as_str(), "README" | "LICENSE" | "LICENCE" | "COPYING" | "CHANGELOG")
}

/// What a browser puts into `NAME_files` beside the page `NAME.html`: its frames and scripts.
fn is_part_of_a_page(path: &Path) -> bool {
    let mut folders = path.ancestors().skip(1);
    folders.any(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let page = name.strip_suffix("_files").map(|page| folder.with_file_name(page));
        page.is_some_and(|page| ["html", "htm"].iter().any(|e| with_ending(&page, e).exists()))
    })
}

/// `a.b` as `a.b.html`.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn modified(data: &Metadata) -> i64 {
    let time = data.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    time.map_or(0, |t| i64::try_from(t.as_secs()).unwrap_or(0))
}

/// Opening a pipe waits for a writer, a device may never end: only plain files are opened.
fn never_opened(path: &Path, kind: FileType) -> Option<Problem> {
    if kind.is_file() {
        return None;
    }
    let what = special(kind);
    Some(problem(
        ProblemKind::Unreadable,
        path,
        &format!(
            "is {what}, not a plain file; it was not opened. To read from a pipe, give it as standard input: diembao list - < FILE"
        ),
    ))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else {
        "a special file"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "a special file"
}

fn walk_problem(folder: &Path, error: &ignore::Error) -> (PathBuf, Problem) {
    if let Some((ancestor, child)) = loop_of(error) {
        let text = format!(
            "is a link back to the folder {} that it lies in; it was not followed. Remove the link if it is not wanted",
            shown(&ancestor.to_string_lossy())
        );
        return (child.to_owned(), problem(ProblemKind::Unreadable, child, &text));
    }
    let path = path_of(error).unwrap_or(folder);
    let found = error.io_error().map_or_else(
        || {
            problem(
                ProblemKind::Unreadable,
                path,
                &format!("cannot be listed: {}", shown(&error.to_string())),
            )
        },
        // The walker wraps what the system said; asked again, the system says it itself.
        |io| unreadable(path, path.metadata().err().as_ref().unwrap_or(io)),
    );
    (path.to_owned(), found)
}

fn loop_of(error: &ignore::Error) -> Option<(&Path, &Path)> {
    match error {
        ignore::Error::Loop { ancestor, child } => Some((ancestor, child)),
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => loop_of(err),
        _ => None,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A problem of a file: its name, then what is wrong with it and what to do.
pub fn problem(kind: ProblemKind, path: &Path, what: &str) -> Problem {
    Problem { kind, message: format!("{} {what}", shown(&path.to_string_lossy())), line: 0 }
}

/// A file that the system does not give out.
pub fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let remedy = match error.kind() {
        io::ErrorKind::NotFound => "does not exist; check the spelling, or where a link points",
        io::ErrorKind::PermissionDenied => "may not be read; give yourself the right to (chmod u+r)",
        io::ErrorKind::InvalidData => "is damaged; copy it again",
        _ if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            "is a link that leads back to itself; remove it if it is not wanted"
        }
        _ => return problem(ProblemKind::Unreadable, path, &format!("cannot be read ({error}); try again")),
    };
    problem(ProblemKind::Unreadable, path, remedy)
}

/// The bytes of a file, [`CEILING`] at most, and the problem when there were more.
pub fn bytes(path: &Path) -> Result<(Vec<u8>, Option<Problem>), Problem> {
    let read = || -> io::Result<(Vec<u8>, u64)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(CEILING)).unwrap_or(0));
        file.take(CEILING).read_to_end(&mut bytes)?;
        Ok((bytes, size))
    };
    let (bytes, size) = read().map_err(|error| unreadable(path, &error))?;
    let over = (size > CEILING).then(|| too_large(size));
    Ok((bytes, over))
}

/// A line of a file, from 1, without its end; `None` where it is not there, or not whole.
pub fn line(path: &Path, number: u32) -> Option<Vec<u8>> {
    let mut from = BufReader::new(File::open(path).ok()?);
    let mut line = Vec::new();
    for _ in 0..number {
        line.clear();
        from.by_ref().take(CEILING).read_until(b'\n', &mut line).ok().filter(|n| *n > 0)?;
    }
    while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        line.pop();
    }
    Some(line)
}

/// The problem of an input that is cut off at [`CEILING`]: one of an article, which is told with its path.
pub fn too_large(size: u64) -> Problem {
    let message = format!(
        "it has {} MiB; only the first {} MiB were read. Cut it into one file an article",
        size >> 20,
        CEILING >> 20
    );
    Problem { kind: ProblemKind::TooLarge, message, line: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_about_the_folder() {
        for (name, expect) in [
            ("README.md", true),
            ("readme.txt", true),
            ("LICENSE-MIT.txt", true),
            ("CHANGELOG.md", true),
            ("readmes in the news.txt", false),
            ("licensed.txt", false),
        ] {
            assert_eq!(is_about_the_folder(name), expect, "{name}");
        }
    }
}
