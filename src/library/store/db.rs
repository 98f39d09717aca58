//! Opening a SQLite file of ours: settings, the mark that it is ours, migrations.
//!
//! Owns: how a file is recognised (application id), brought up to date (steps that are only ever added) and refused.
//! Refuses: to repair or to overwrite.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::error::{StoreError, StoreFault};

/// How long a writer waits for another: longer than any transaction of ours takes.
const PATIENCE: Duration = Duration::from_secs(15);
/// Changing to the write-ahead log does not wait by itself where another process does the same: tries and the time between them.
const TRIES: (u32, Duration) = (200, Duration::from_millis(20));

/// Files made by this process: several threads may make one at once.
static MADE: AtomicU64 = AtomicU64::new(0);

/// What means something else in the path of an address.
const IN_PATHS: &AsciiSet = &CONTROLS.add(b'?').add(b'#').add(b'%');

/// Where SQLite keeps the changes of a file that are not in it yet.
fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// What a file of one kind is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Stands in the file's header.
    pub application: i32,
    /// The schema, step by step; a file remembers how many it has.
    pub steps: &'static [&'static str],
    /// `FULL`: on disk when a write returns, whatever happens; `NORMAL`: whole after a power cut, but perhaps without the last writes.
    pub synchronous: &'static str,
}

/// An open file.
#[derive(Debug)]
pub struct Db {
    /// Where.
    pub path: PathBuf,
    /// The connection.
    pub to: Connection,
}

impl Db {
    /// Opens the file, made where it is missing, and brings it up to date.
    pub fn open(path: &Path, plan: Plan) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| StoreError::io(folder, &e))?;
        }
        Self::with(path, plan, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Makes a file where none is, which is whole when it has its name, however the program ends. Where another process was quicker,
    /// its file stands.
    pub fn make(path: &Path, plan: Plan) -> Result<(), StoreError> {
        let mut fresh = path.as_os_str().to_owned();
        let nth = MADE.fetch_add(1, Ordering::Relaxed);
        fresh.push(format!(".new-{}-{nth}", std::process::id()));
        let fresh = PathBuf::from(fresh);
        // Of a process of this number that was killed.
        let _ = fs::remove_file(&fresh);
        let mut made = Self::open(&fresh, plan).map(drop).map_err(|error| {
            let of_this = error.path == fresh;
            StoreError { path: if of_this { path.to_owned() } else { error.path.clone() }, ..error }
        });
        if made.is_ok() {
            // Unlike renaming, this replaces no file. Where a file system has no links, the file is made in its place.
            made = match fs::hard_link(&fresh, path) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
                Err(_) => Self::open(path, plan).map(drop),
                Ok(()) => Ok(()),
            };
        }
        for file in [fresh.clone(), log_of(&fresh)] {
            // What cannot be removed now is removed by the next process of this number.
            let _ = fs::remove_file(file);
        }
        made
    }

    /// Opens a file that may not be written, to read it. The write-ahead log wants files beside it, even of who only reads: where they
    /// cannot be made, nobody else can write either, and the file is read as it lies, so long as no log with changes waits beside it.
    pub fn look(path: &Path, plan: Plan) -> Result<Self, StoreError> {
        let as_it_lies =
            format!("file:{}?immutable=1", percent_encode(path.as_os_str().as_encoded_bytes(), IN_PATHS));
        let waiting = fs::metadata(log_of(path)).is_ok_and(|log| log.len() > 0);
        let open = |name: &Path| -> Result<Self, StoreError> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            let to = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
            let db = Self { path: path.to_owned(), to: to.map_err(|e| StoreError::of(path, &e))? };
            let steps = db.recognise(plan)?;
            if steps < plan.steps.len() {
                let why = format!("schema {steps} is to be brought up to {}", plan.steps.len());
                return Err(StoreError::new(StoreFault::ReadOnly, path, why));
            }
            Ok(db)
        };
        match open(path) {
            Err(error) if error.fault == StoreFault::ReadOnly && !waiting => open(Path::new(&as_it_lies)),
            other => other,
        }
    }

    /// A file without a name, which goes with the connection, however the program ends.
    pub fn temporary(plan: Plan) -> Result<Self, StoreError> {
        let path = PathBuf::new();
        let to = Connection::open("").map_err(|e| StoreError::of(&path, &e))?;
        let mut db = Self { path, to };
        db.migrate(plan)?;
        Ok(db)
    }

    fn with(path: &Path, plan: Plan, flags: OpenFlags) -> Result<Self, StoreError> {
        let fail = |e: rusqlite::Error| StoreError::of(path, &e);
        let to = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fail)?;
        to.busy_timeout(PATIENCE).map_err(fail)?;
        let mut db = Self { path: path.to_owned(), to };
        db.recognise(plan)?;
        db.log_ahead()?;
        db.to
            .execute_batch(&format!("PRAGMA synchronous = {}; PRAGMA temp_store = MEMORY;", plan.synchronous))
            .map_err(fail)?;
        db.migrate(plan)?;
        Ok(db)
    }

    /// An error of this file.
    pub fn fail(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }

    /// Runs statements that write, all or none of them.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            // A transaction that began by reading could not wait for another writer.
            let transaction = self.to.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let out = work(&transaction)?;
            transaction.commit()?;
            Ok(out)
        };
        let path = self.path.clone();
        run().map_err(|e: rusqlite::Error| StoreError::of(&path, &e))
    }

    /// Runs statements that read.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.to).map_err(|e| self.fail(&e))
    }

    /// Runs many statements that read, of one state of the file, which is locked but once.
    pub fn read_all<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            let all = self.to.unchecked_transaction()?;
            work(&all)
        };
        run().map_err(|e: rusqlite::Error| self.fail(&e))
    }

    /// The steps that the file has; refuses what is not ours, or is newer than we are.
    fn recognise(&self, plan: Plan) -> Result<usize, StoreError> {
        // In one transaction: another process may be making the file.
        let (tables, application, found) = self.read(|to| {
            let one = to.unchecked_transaction()?;
            let number = |query: &str| one.query_row(query, [], |row| row.get::<_, i64>(0));
            Ok((
                number("SELECT count(*) FROM sqlite_schema")?,
                number("PRAGMA application_id")?,
                number("PRAGMA user_version")?,
            ))
        })?;
        if application != i64::from(plan.application) && (application != 0 || tables > 0) {
            return Err(StoreError::new(StoreFault::Foreign, &self.path, ""));
        }
        match usize::try_from(found) {
            Ok(steps) if steps <= plan.steps.len() => Ok(steps),
            _ => {
                let why = format!("schema {found}; this version knows {}", plan.steps.len());
                Err(StoreError::new(StoreFault::Newer, &self.path, why))
            }
        }
    }

    fn log_ahead(&self) -> Result<(), StoreError> {
        let mut last = None;
        for _ in 0..TRIES.0 {
            match self.to.pragma_update(None, "journal_mode", "wal") {
                Ok(()) => return Ok(()),
                Err(error) => last = Some(self.fail(&error)),
            }
            if last.as_ref().is_some_and(|e| e.fault != StoreFault::Busy) {
                break;
            }
            thread::sleep(TRIES.1);
        }
        last.map_or(Ok(()), Err)
    }

    fn migrate(&mut self, plan: Plan) -> Result<(), StoreError> {
        let newest = i32::try_from(plan.steps.len()).unwrap_or(i32::MAX);
        let version = |to: &Connection| to.query_row("PRAGMA user_version", [], |row| row.get::<_, i32>(0));
        if self.read(version)? == newest {
            return Ok(());
        }
        self.write(|to| {
            // Another process may have done it while we waited.
            let from = version(to)?;
            for step in plan.steps.iter().skip(usize::try_from(from).unwrap_or(0)) {
                to.execute_batch(step)?;
            }
            to.execute_batch(&format!(
                "PRAGMA application_id = {}; PRAGMA user_version = {newest};",
                plan.application
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "CREATE TABLE a (x INTEGER) STRICT;";
    const TWO: &str = "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7;";

    fn plan(steps: &'static [&'static str]) -> Plan {
        Plan { application: 0x7465_7374, steps, synchronous: "FULL" }
    }

    fn fault(path: &Path) -> StoreFault {
        Db::open(path, plan(&[ONE])).expect_err("refused").fault
    }

    #[test]
    fn what_is_not_ours_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        let mut damaged = b"SQLite format 3\0".to_vec();
        damaged.extend([7; 5000]);
        for (bytes, expect) in
            [(&b"a text, and no database at all"[..], StoreFault::Damaged), (&damaged, StoreFault::Damaged)]
        {
            fs::write(&path, bytes).expect("written");
            assert_eq!(fault(&path), expect);
            assert_eq!(fs::read(&path).expect("read"), bytes);
        }
        fs::remove_file(&path).expect("removed");
        Connection::open(&path).expect("made").execute_batch("CREATE TABLE other (x);").expect("a table");
        assert_eq!(fault(&path), StoreFault::Foreign);
        fs::remove_file(&path).expect("removed");
        drop(Db::open(&path, plan(&[ONE, TWO])).expect("made"));
        assert_eq!(fault(&path), StoreFault::Newer);
        fs::write(folder.path().join("file"), "").expect("written");
        assert_eq!(fault(&folder.path().join("file/x.db")), StoreFault::Other);
    }

    #[test]
    fn what_may_not_be_written_is_read_but_never_brought_up_to_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("50% chợ? #1.db");
        let mut made = Db::open(&path, plan(&[ONE])).expect("made");
        made.write(|to| to.execute("INSERT INTO a VALUES (3)", []).map(drop)).expect("written");
        drop(made);
        let mut db = Db::look(&path, plan(&[ONE])).expect("opened");
        assert_eq!(db.read(|to| to.query_row("SELECT x FROM a", [], |r| r.get(0))), Ok(3));
        let refused = db.write(|to| to.execute("DELETE FROM a", []).map(drop)).expect_err("not written");
        assert_eq!(refused.fault, StoreFault::ReadOnly);
        assert_eq!(Db::look(&path, plan(&[ONE, TWO])).expect_err("older").fault, StoreFault::ReadOnly);
    }

    #[test]
    fn steps_are_done_once_and_all_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.db");
        let mut db = Db::open(&path, plan(&[ONE])).expect("made");
        db.write(|to| to.execute("INSERT INTO a VALUES (1)", []).map(drop)).expect("written");
        drop(db);
        Db::open(&path, plan(&[ONE, TWO, "CREATE TABEL b"])).expect_err("a step that fails");
        for _ in 0..2 {
            let db = Db::open(&path, plan(&[ONE, TWO])).expect("opened");
            let row = db.read(|to| to.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?))));
            assert_eq!(row.expect("a row"), (1, 7));
        }
    }
}
