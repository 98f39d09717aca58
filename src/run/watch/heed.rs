//! Which events of the file system concern what is open, and which files are watched by themselves.
//!
//! Owns: telling our files from others beside them. Refuses: to watch. Tests: at the foot.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind};

/// So many files are watched by themselves; of more their folders: each watch takes one of those that the system has.
const FEW: usize = 32;

/// Whom an event concerns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Concern {
    /// What is open.
    pub open: bool,
    /// The data folder.
    pub data: bool,
}

/// What tells one file from another of the same name.
pub(super) type Identity = (u64, u64);

/// Which file has a name now.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|m| (m.dev(), m.ino()))
}

/// Which file has a name now: elsewhere names are watched, not files.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().map(|_| (0, 0))
}

/// The folder in which a file lies.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Files that are watched by themselves, so that a busy folder around them wakes nobody. Where the system watches names (all but
/// Linux), and of links, which may come to lead elsewhere, the folder is watched.
pub(super) fn alone(paths: &[PathBuf]) -> Vec<PathBuf> {
    let is_file = |p: &&PathBuf| fs::symlink_metadata(p).is_ok_and(|m| m.is_file());
    let files: Vec<PathBuf> = paths.iter().filter(is_file).cloned().collect();
    let watches_files = cfg!(any(target_os = "linux", target_os = "android"));
    if watches_files && files.len() <= FEW { files } else { Vec::new() }
}

/// What is ours, as events name it.
pub(super) struct Heed {
    /// Files, and folders with all in them.
    open: Vec<PathBuf>,
    data: Vec<PathBuf>,
}

impl Heed {
    /// What is open, and the data folder.
    pub(super) fn of(paths: &[PathBuf], data: Option<&Path>) -> Self {
        let open = paths.iter().filter(|p| p.as_os_str() != "-").flat_map(|p| called(p)).collect();
        Self { open, data: data.iter().flat_map(|d| called(d)).collect() }
    }

    /// Whom an event concerns. Reading changes nothing.
    pub(super) fn concern(&self, event: &notify::Result<Event>) -> Concern {
        let all = Concern { open: true, data: true };
        let Ok(event) = event else { return all };
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && event.kind != written {
            return Concern::default();
        }
        // Some were lost: any may have.
        if event.need_rescan() {
            return all;
        }
        let in_data = |path: &&PathBuf| self.data.iter().any(|d| path.parent() == Some(d));
        let is_open = |path: &PathBuf| self.open.iter().any(|ours| path.starts_with(ours));
        Concern {
            open: event.paths.iter().filter(|p| !in_data(p)).any(is_open),
            data: event.paths.iter().any(|p| in_data(&p)),
        }
    }
}

/// The names by which events may call a file or folder: from the root, and there without links, as some systems do.
fn called(path: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = absolute(path).into_iter().collect();
    let whole = if path.is_dir() { fs::canonicalize(path) } else { fs::canonicalize(folder(path)) };
    let whole =
        whole.ok().map(|w| if path.is_dir() { w } else { w.join(path.file_name().unwrap_or_default()) });
    out.extend(whole.filter(|w| !out.contains(w)));
    out
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;

    #[test]
    fn others_beside_our_files_are_no_concern() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["a.txt", "b.txt"] {
            fs::write(at(name), "x").expect("written");
        }
        for name in ["bài", "data"] {
            fs::create_dir(at(name)).expect("a folder");
        }
        let heed = Heed::of(&[at("a.txt"), at("bài"), PathBuf::from("-")], Some(&at("data")));
        let check = |kind: EventKind, name: &str, expect: (bool, bool)| {
            let told = heed.concern(&Ok(Event::new(kind).add_path(at(name))));
            assert_eq!((told.open, told.data), expect, "{kind:?} {name}");
        };
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        check(changed, "a.txt", (true, false));
        check(changed, "b.txt", (false, false));
        check(EventKind::Create(CreateKind::File), "a.txt~", (false, false));
        check(EventKind::Create(CreateKind::File), "bài/mới/c.txt", (true, false));
        check(changed, "data/names.txt", (false, true));
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), "a.txt", (false, false));
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "a.txt", (true, false));
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(heed.concern(&Ok(lost)), Concern { open: true, data: true });
    }
}
