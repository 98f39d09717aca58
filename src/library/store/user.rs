//! The reader's own data: states of articles and the log of what was done. The articles of the library are in [`super::articles`].
//!
//! Every write is one transaction and is on disk when it returns. Two programs may write at once: each change touches only what it
//! names, so that neither takes back what the other did.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Row, Transaction, params};
use rustc_hash::FxHashMap;

use super::db::{Db, Plan};
use super::error::{StoreError, StoreFault};
use super::state::{Anchor, Change, State, What};

/// The file's name in the data folder.
pub const FILE: &str = "library.db";

const PLAN: Plan = Plan {
    application: 0x6469_656d,
    steps: &[
        include_str!("../../../assets/store/user/1.sql"),
        include_str!("../../../assets/store/user/2.sql"),
        include_str!("../../../assets/store/user/3.sql"),
        include_str!("../../../assets/store/user/4.sql"),
        include_str!("../../../assets/store/user/5.sql"),
    ],
    synchronous: "FULL",
};

/// States by the digest part of the article's id.
pub type States = FxHashMap<String, State>;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Milliseconds since 1970.
    pub at: i64,
    /// The digest part of the article's id.
    pub article: String,
    /// The article's title then.
    pub title: String,
    /// What was done: `read`, `unread`, `star`, `unstar`, `tag`, `untag`, `note`.
    pub what: String,
    /// The tag, or the note as it then was; else empty.
    pub value: String,
    /// The action that it belongs to: all that was done at one stroke.
    pub action: i64,
    /// The action that it took back.
    pub undoes: Option<i64>,
}

/// The reader's own data.
#[derive(Debug)]
pub struct UserStore {
    pub(super) db: Db,
}

impl UserStore {
    /// Opens the store in a data folder, made where it is missing.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_file(&folder.join(FILE))
    }

    /// A file without a byte is damaged, not new: it lies where a library was, and nothing of ours leaves such a file behind.
    pub(super) fn open_file(path: &Path) -> Result<Self, StoreError> {
        match fs::metadata(path) {
            Ok(file) if file.len() == 0 => Err(StoreError::new(StoreFault::Damaged, path, "it is empty")),
            Ok(_) => Ok(Self { db: Db::open(path, PLAN)? }),
            Err(_) => {
                Db::make(path, PLAN)?;
                Ok(Self { db: Db::open(path, PLAN)? })
            }
        }
    }

    /// Opens the store where there is one; one that may not be written can be read all the same.
    pub fn open_existing(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        match Self::open(folder) {
            Err(error) if error.fault == StoreFault::ReadOnly => {
                Ok(Some(Self { db: Db::look(&path, PLAN)? }))
            }
            other => other.map(Some),
        }
    }

    /// All states.
    pub fn states(&self) -> Result<States, StoreError> {
        self.db.read(|to| {
            // In one transaction: another process may be writing.
            let one = to.unchecked_transaction()?;
            let mut rows = one.prepare("SELECT article, read, starred, place, below FROM state")?;
            let rows = rows.query_map([], |row| Ok((row.get(0)?, state(row)?)))?;
            let mut out = rows.collect::<rusqlite::Result<States>>()?;
            let pair = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
            for pair in
                one.prepare("SELECT article, tag FROM tag ORDER BY article, tag")?.query_map([], pair)?
            {
                let (article, tag) = pair?;
                out.entry(article).or_default().tags.push(tag);
            }
            for pair in one.prepare("SELECT article, note FROM note")?.query_map([], pair)? {
                let (article, note) = pair?;
                out.entry(article).or_default().note = note;
            }
            Ok(out)
        })
    }

    /// Number that is another one as soon as another connection, of this process or another, has written.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.db.read(|to| to.query_row("PRAGMA data_version", [], |row| row.get(0)))
    }

    /// Writes changes, all or none of them, and logs those that change something as one action; gives its number.
    /// `None`: all was so already.
    pub fn save(&mut self, changes: &[Change]) -> Result<Option<i64>, StoreError> {
        self.db.write(|to| write_all(to, changes, 0))
    }

    /// The same with changes that take an action back (`None`: one that changed nothing).
    pub fn save_undoing(&mut self, changes: &[Change], action: Option<i64>) -> Result<(), StoreError> {
        self.db.write(|to| write_all(to, changes, action.unwrap_or(NOTHING)).map(drop))
    }

    /// The newest `most` lines of the log, oldest first.
    pub fn log(&self, most: usize) -> Result<Vec<Logged>, StoreError> {
        self.db.read(|to| {
            let mut rows = to.prepare(
                "SELECT at, article, title, what, value, action, undoes FROM
                 (SELECT * FROM log ORDER BY seq DESC LIMIT ?1) ORDER BY seq",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            rows.query_map([most], logged)?.collect()
        })
    }
}

fn state(row: &Row<'_>) -> rusqlite::Result<State> {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let at: Option<i64> = row.get(3)?;
    let place = Anchor { at: at.map(count), below: count(row.get(4)?) };
    Ok(State { read: row.get(1)?, starred: row.get(2)?, place, ..State::default() })
}

/// A line of the log: when, article, title, what, value, action, what it took back.
pub(super) fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
    let (at, article, title) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let undoes = Some(row.get(6)?).filter(|action| *action > 0);
    Ok(Logged { at, article, title, what: row.get(3)?, value: row.get(4)?, action: row.get(5)?, undoes })
}

/// In the place of the action that was taken back, where that had changed nothing.
const NOTHING: i64 = -1;

/// Writes changes as one action, or as the taking back of one (`undoes`, else 0); gives its number where lines of the log have it.
pub(super) fn write_all(
    to: &Transaction<'_>,
    changes: &[Change],
    undoes: i64,
) -> rusqlite::Result<Option<i64>> {
    let newest = "SELECT ifnull(max(seq), 0) + 1 FROM log";
    let action: i64 = to.query_row(newest, [], |row| row.get(0))?;
    let (now, mut lines) = (now(), 0);
    for change in changes {
        let is_new = write(to, change, now)?;
        // What was so already is not done, and cannot be taken back. A taking back is logged even so: it is over and done with.
        if let Some(what) = change.what.name().filter(|_| is_new || undoes != 0) {
            let sql = "INSERT INTO log (at, article, title, what, value, action, undoes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let (article, title, value) = (&change.article, &change.title, change.what.value());
            lines +=
                to.prepare_cached(sql)?.execute(params![now, article, title, what, value, action, undoes])?;
        }
    }
    Ok((lines > 0).then_some(action))
}

/// Whether it was not so already.
fn write(to: &Transaction<'_>, change: &Change, now: i64) -> rusqlite::Result<bool> {
    let article = &change.article;
    let row = "INSERT INTO state (article, changed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET changed = ?2";
    to.prepare_cached(row)?.execute(params![article, now])?;
    let set = |column: &str, value: bool| {
        let sql = format!("UPDATE state SET {column} = ?2 WHERE article = ?1 AND {column} <> ?2");
        to.prepare_cached(&sql)?.execute(params![article, value])
    };
    let rows = match &change.what {
        What::Read(read) => set("read", *read)?,
        What::Starred(starred) => set("starred", *starred)?,
        What::Place(Anchor { at, below }) => {
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let sql = "UPDATE state SET place = ?2, below = ?3 WHERE article = ?1";
            to.prepare_cached(sql)?.execute(params![article, at.map(count), count(*below)])?
        }
        What::Tag(tag, true) => {
            let sql = "INSERT INTO tag VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            to.prepare_cached(sql)?.execute([article, tag])?
        }
        What::Tag(tag, false) => {
            to.prepare_cached("DELETE FROM tag WHERE article = ?1 AND tag = ?2")?.execute([article, tag])?
        }
        What::Note(note) if note.is_empty() => {
            to.prepare_cached("DELETE FROM note WHERE article = ?1")?.execute([article])?
        }
        What::Note(note) => {
            let sql = "INSERT INTO note VALUES (?1, ?2) ON CONFLICT DO UPDATE SET note = ?2 WHERE note <> ?2";
            to.prepare_cached(sql)?.execute([article, note])?
        }
    };
    Ok(rows > 0)
}

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| i64::try_from(t.as_millis()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread;

    use super::*;

    fn change(article: &str, what: What) -> Change {
        Change { article: article.to_owned(), title: format!("Tin {article}"), what }
    }

    #[test]
    fn states_are_there_at_the_next_opening() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Anchor { at: Some(310), below: 2 };
        let mut store = UserStore::open(folder.path()).expect("opened");
        for what in [What::Read(true), What::Starred(true), What::Place(place), What::Read(false)] {
            store.save(&[change("aa", what)]).expect("saved");
        }
        store.save(&[change("bb", What::Read(true)), change("cc", What::Read(true))]).expect("saved");
        drop(store);
        let store = UserStore::open(folder.path()).expect("opened again");
        let states = store.states().expect("states");
        assert_eq!(states["aa"], State { read: false, starred: true, place, ..State::default() });
        assert_eq!(states["bb"], State { read: true, ..State::default() });
        let log = store.log(10).expect("a log");
        let done: Vec<(&str, &str)> = log.iter().map(|l| (l.article.as_str(), l.what.as_str())).collect();
        assert_eq!(done, [("aa", "read"), ("aa", "star"), ("aa", "unread"), ("bb", "read"), ("cc", "read")]);
        assert_eq!(store.log(1).expect("a log")[0].article, "cc");
    }

    #[test]
    fn tags_and_notes_come_and_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        let all = ["b", "a", "c"].map(|t| change("aa", What::Tag(t.into(), true)));
        store.save(&all).expect("saved");
        store
            .save(&[change("aa", What::Tag("b".into(), false)), change("bb", What::Note("x".into()))])
            .expect("saved");
        assert_eq!(store.states().expect("states")["aa"].tags, ["a", "c"]);
        store.save(&[change("bb", What::Note(String::new()))]).expect("saved");
        assert_eq!(store.states().expect("states")["bb"], State::default());
    }

    #[test]
    fn who_else_wrote_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut one = UserStore::open(folder.path()).expect("opened");
        let mut two = UserStore::open(folder.path()).expect("opened");
        let before = one.version().expect("a number");
        one.save(&[change("aa", What::Read(true))]).expect("saved");
        assert_eq!(one.version().expect("a number"), before, "what it wrote itself");
        two.save(&[change("bb", What::Read(true))]).expect("saved");
        assert_ne!(one.version().expect("a number"), before);
    }

    #[test]
    fn files_of_every_earlier_schema_are_brought_up_to_date() {
        for steps in 1..PLAN.steps.len() {
            let folder = tempfile::tempdir().expect("a folder");
            let old = Plan { steps: &PLAN.steps[..steps], ..PLAN };
            let mut db = Db::open(&folder.path().join(FILE), old).expect("made");
            // As the version of the first schema wrote it.
            let written = "INSERT INTO state (article, starred, changed) VALUES ('aa', 1, 5);
                INSERT INTO log (at, article, title, what) VALUES (4, 'bb', 'Tin bb', 'read'), (5, 'aa', 'Tin aa', 'star'), (5, 'cc', 'Tin cc', 'star');";
            db.write(|to| to.execute_batch(written)).expect("written");
            drop(db);
            let mut store = UserStore::open(folder.path()).expect("brought up to date");
            assert!(store.states().expect("states")["aa"].starred, "from schema {steps}");
            assert_eq!(store.amount().expect("read").starred, 1);
            let tag = change("aa", What::Tag("đọc".into(), true));
            store.save(&[tag, change("aa", What::Note("gọi lại".into()))]).expect("saved");
            let state = &store.states().expect("states")["aa"];
            assert_eq!((state.tags.as_slice(), state.note.as_str()), (&["đọc".to_owned()][..], "gọi lại"));
            let log = store.log(9).expect("a log");
            let log: Vec<_> = log.iter().map(|l| (l.what.as_str(), l.value.as_str())).collect();
            assert_eq!(log, [("read", ""), ("star", ""), ("star", ""), ("tag", "đọc"), ("note", "gọi lại")]);
            let undone = store.undo(9).expect("taken back");
            let lines: Vec<usize> = undone.iter().map(|action| action.lines.len()).collect();
            assert_eq!(lines, [2, 2, 1], "what was logged at one time was one action");
            assert_eq!(store.states().expect("states")["aa"], State::default(), "from schema {steps}");
        }
    }

    #[test]
    fn many_writers_wait_for_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        thread::scope(|scope| {
            for writer in 0..4 {
                let folder = folder.path();
                scope.spawn(move || {
                    let mut store = UserStore::open(folder).expect("opened");
                    for n in 0..25 {
                        store.save(&[change(&format!("{writer}-{n}"), What::Read(true))]).expect("saved");
                    }
                });
            }
        });
        let store = UserStore::open(folder.path()).expect("opened");
        assert_eq!(store.states().expect("states").len(), 100);
        assert_eq!(store.log(1000).expect("a log").len(), 100);
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        store.save(&[change("aa", What::Read(true))]).expect("saved");
        store.db.to.execute_batch("PRAGMA max_page_count = 1").expect("a small disk");
        let many: Vec<Change> = (0..5000).map(|n| change(&n.to_string(), What::Starred(true))).collect();
        assert_eq!(store.save(&many).expect_err("no room").fault, StoreFault::Full);
        assert_eq!(store.states().expect("states").len(), 1);
        store.save(&[change("aa", What::Starred(true))]).expect("a small change has room");
    }

    #[test]
    fn a_damaged_file_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        let many: Vec<Change> = (0..500).map(|n| change(&n.to_string(), What::Read(true))).collect();
        store.save(&many).expect("saved");
        drop(store);
        let path = folder.path().join(FILE);
        let mut bytes = fs::read(&path).expect("read");
        let end = bytes.len();
        bytes[4096..end].fill(0xa5);
        fs::write(&path, &bytes).expect("written");
        let error = UserStore::open(folder.path()).and_then(|s| s.states()).expect_err("refused");
        assert_eq!(error.fault, StoreFault::Damaged);
        assert!(error.to_string().contains("diembao restore"), "{error}");
        assert_eq!(fs::read(&path).expect("read"), bytes);
    }
}
