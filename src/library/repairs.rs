//! The files of the reader's decisions, `names.txt` and `stories.txt` in the data folder, and of saved views, `views.txt`.
//!
//! Owns: reading it (what is not understood is told, and kept), changing it so that neither a crash nor a second process loses
//! a line: under a lock, from what stands there now, to a new file that takes the old one's place.
//! Refuses: where the data folder is (`config` knows). Tests: at the foot; from two processes in `tests/it/repairs.rs`.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use crate::article::{Problem, ProblemKind};
use crate::text::{DecisionLine, Decisions};
use crate::{entity, story};

use super::files::problem;
use super::query::{Query, View, Views};

/// Decisions that have a file.
pub trait Kept: DecisionLine {
    /// The file's name in the data folder.
    const FILE: &'static str;
    /// The comment at the top of a new file.
    const HEADER: &'static str;
}

impl Kept for entity::Decision {
    const FILE: &'static str = "names.txt";
    const HEADER: &'static str = include_str!("../../assets/docs/names.txt");
}

impl Kept for story::Decision {
    const FILE: &'static str = "stories.txt";
    const HEADER: &'static str = include_str!("../../assets/docs/stories.txt");
}

impl Kept for View {
    const FILE: &'static str = "views.txt";
    const HEADER: &'static str = include_str!("../../assets/docs/views.txt");
}

/// The file of the saved views.
pub type ViewsFile = DecisionFile<View>;
/// The file of the decisions about names.
pub type NamesFile = DecisionFile<entity::Decision>;
/// The file of the decisions about stories.
pub type StoriesFile = DecisionFile<story::Decision>;

/// All these files.
pub const TEXT_FILES: [&str; 3] =
    [<entity::Decision as Kept>::FILE, <story::Decision as Kept>::FILE, <View as Kept>::FILE];

/// What stands in one of these files, for a backup; nothing where there is none.
pub fn whole(folder: &Path, name: &str) -> Result<String, NotKept> {
    text(&folder.join(name))
}

/// Puts what a backup had in the place of one of these files; gives what stood there.
pub fn put_whole(folder: &Path, name: &str, whole: &str) -> Result<String, NotKept> {
    let path = folder.join(name);
    let failed = |why| NotKept::Disk { path: path.clone(), why };
    let _lock = lock(&path).map_err(failed)?;
    let before = text(&path)?;
    if whole != before {
        replace(&path, whole).map_err(failed)?;
    }
    Ok(before)
}

/// Why the file was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// There is no home folder to find the data folder by.
    #[error("there is no data folder: set HOME or XDG_DATA_HOME")]
    NoFolder,
    /// The decision cannot be written as a line.
    #[error("{0}")]
    Unclear(String),
    /// The file is no text in UTF-8, and writing it would lose what stands there.
    #[error("{} is not UTF-8 and was left as it is; save it as UTF-8", .0.display())]
    NotText(PathBuf),
    /// A folder, a pipe or the like stands in its place.
    #[error("{} is no plain file and was left as it is; move it away", .0.display())]
    NotPlain(PathBuf),
    /// The system refused.
    #[error("{} cannot be changed ({why}); free space or give yourself the right to write", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
}

/// A file of decisions.
#[derive(Debug, Clone)]
pub struct DecisionFile<D> {
    path: Option<PathBuf>,
    of: PhantomData<fn() -> D>,
}

impl<D: Kept> DecisionFile<D> {
    /// The file in a data folder; without a folder nothing is read and nothing can be kept.
    pub fn within(folder: Option<&Path>) -> Self {
        Self { path: folder.map(|f| f.join(D::FILE)), of: PhantomData }
    }

    /// Where it is.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The decisions, and what is wrong in the file. A file that is not there has none.
    pub fn read(&self) -> (Decisions<D>, Vec<(PathBuf, Problem)>) {
        let Some(path) = self.path() else { return Default::default() };
        match text(path) {
            Ok(text) => {
                let (repairs, bad) = Decisions::<D>::parse(&text);
                let told = bad.into_iter().map(|bad| {
                    let what = format!("line {}: {}", bad.line, bad.message);
                    let problem = problem(ProblemKind::Syntax, path, &what);
                    (path.to_owned(), Problem { line: bad.line, ..problem })
                });
                (repairs, told.collect())
            }
            Err(error) => {
                let problem = Problem { kind: ProblemKind::Unreadable, message: error.to_string(), line: 0 };
                (Decisions::default(), vec![(path.to_owned(), problem)])
            }
        }
    }

    /// Adds a decision; gives all that hold now.
    pub fn add(&self, decision: &D) -> Result<Decisions<D>, NotKept> {
        let decision = decision.settled().map_err(NotKept::Unclear)?;
        self.change(|repairs| {
            repairs.push(decision);
            true
        })
    }

    /// Takes the last decisions back, so many at most; gives all that hold now, and those taken back, the last first.
    pub fn undo(&self, steps: usize) -> Result<(Decisions<D>, Vec<D>), NotKept> {
        let mut taken = Vec::new();
        let repairs = self.change(|repairs| {
            taken.extend(std::iter::from_fn(|| repairs.undo()).take(steps));
            !taken.is_empty()
        })?;
        Ok((repairs, taken))
    }

    /// Changes what stands in the file now; `with` says whether there is something to write.
    fn change(&self, with: impl FnOnce(&mut Decisions<D>) -> bool) -> Result<Decisions<D>, NotKept> {
        let path = self.path().ok_or(NotKept::NoFolder)?;
        let failed = |why| NotKept::Disk { path: path.to_owned(), why };
        let _lock = lock(path).map_err(failed)?;
        let text = text(path)?;
        let (mut repairs, _) = Decisions::<D>::parse(if text.is_empty() { D::HEADER } else { &text });
        if with(&mut repairs) {
            replace(path, &repairs.print()).map_err(failed)?;
        }
        Ok(repairs)
    }
}

impl ViewsFile {
    /// Puts a query under a name, or takes the view of that name away; gives all views that hold now, and the query that stood there.
    pub fn put(&self, name: &str, query: Option<&Query>) -> Result<(Views, Option<String>), NotKept> {
        let view = query.map(|query| View { name: name.trim().to_owned(), query: query.clone() });
        let view = view.map(|v| v.settled()).transpose().map_err(NotKept::Unclear)?;
        let mut before = None;
        let views = self.change(|views| {
            let there = view.is_some();
            before = views.put(name, view);
            there || before.is_some()
        })?;
        Ok((views, before))
    }
}

/// The right to change a file. The lock lies beside the file, which itself is replaced; it ends with the handle, however we end.
fn lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let lock = File::create(path.with_extension("lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// What stands in the file; nothing where there is none.
fn text(path: &Path) -> Result<String, NotKept> {
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        // A pipe would be waited for.
        return Err(NotKept::NotPlain(path.to_owned()));
    }
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| NotKept::NotText(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(why) => Err(NotKept::Disk { path: path.to_owned(), why }),
    }
}

/// Puts a whole new file in the place of the old one: a reader sees the one or the other.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link, as people lay to their collected settings, stays one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(&path) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    fs::rename(&fresh, &path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Decision;

    const NAMES_FILE: &str = Decision::FILE;

    fn ignore(name: &str) -> Decision {
        Decision::Ignore { name: name.to_owned(), kind: None }
    }

    #[test]
    fn decisions_are_kept_and_taken_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = NamesFile::within(Some(&folder.path().join("deep")));
        assert_eq!(file.read().0.decisions().count(), 0);
        assert_eq!(file.undo(1).expect("nothing to do").1, []);
        assert!(!folder.path().join("deep").join(NAMES_FILE).exists(), "nothing to write, no file");
        file.add(&ignore("Một")).expect("kept");
        let before = fs::read_to_string(file.path().expect("a path")).expect("a file");
        assert!(before.starts_with("# What you know better") && before.ends_with("\nignore \"Một\"\n"));
        file.add(&ignore("Hai")).expect("kept");
        file.add(&ignore("Ba")).expect("kept");
        let (left, taken) = file.undo(2).expect("taken back");
        assert_eq!((left.decisions().count(), taken), (1, vec![ignore("Ba"), ignore("Hai")]));
        assert_eq!(fs::read_to_string(file.path().expect("a path")).expect("a file"), before);
        assert_eq!(file.undo(9).expect("taken back").1.len(), 1);
    }

    #[test]
    fn what_is_not_understood_is_told_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = NamesFile::within(Some(folder.path()));
        let path = folder.path().join(NAMES_FILE);
        fs::write(&path, "# mine\njoin \"A\" \"B\"\nignore \"C\"").expect("written");
        let (repairs, problems) = file.read();
        assert_eq!(repairs.decisions().count(), 1);
        let [(at, problem)] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!((at, problem.line, problem.kind), (&path, 2, ProblemKind::Syntax));
        assert!(
            problem.message.contains("names.txt line 2: `join` is no decision: write merge"),
            "{problem:?}"
        );
        file.add(&ignore("D")).expect("kept");
        let text = fs::read_to_string(&path).expect("a file");
        assert_eq!(text, "# mine\njoin \"A\" \"B\"\nignore \"C\"\nignore \"D\"\n");
        fs::write(&path, b"ignore \"\xff\"").expect("written");
        assert!(matches!(file.add(&ignore("E")), Err(NotKept::NotText(_))));
        assert_eq!(fs::read(&path).expect("a file"), b"ignore \"\xff\"");
        assert_eq!(file.read().1.len(), 1);
    }

    #[test]
    fn what_cannot_be_kept_says_why() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("written");
        let blocked = NamesFile::within(Some(&folder.path().join("file")));
        for (file, decision, expect) in [
            (NamesFile::within(None), ignore("A"), "set HOME"),
            (NamesFile::within(Some(folder.path())), ignore("…"), "write it between quotes"),
            (blocked, ignore("A"), "give yourself the right"),
        ] {
            let told = file.add(&decision).expect_err("it cannot be kept").to_string();
            assert!(told.contains(expect), "{told}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = folder.path().join("kept.txt");
        fs::write(&kept, "").expect("written");
        std::os::unix::fs::symlink(&kept, folder.path().join(NAMES_FILE)).expect("a link");
        NamesFile::within(Some(folder.path())).add(&ignore("A")).expect("kept");
        assert!(fs::read_to_string(&kept).expect("a file").ends_with("ignore \"A\"\n"));
        assert!(folder.path().join(NAMES_FILE).is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names.txt");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo runs").success());
        let file = NamesFile::within(Some(folder.path()));
        let (_, problems) = file.read();
        assert!(problems[0].1.message.contains("no plain file"), "{problems:?}");
        let line = Decision::Ignore { name: "Mây".to_owned(), kind: None };
        assert!(matches!(file.add(&line), Err(NotKept::NotPlain(_))));
    }
}
