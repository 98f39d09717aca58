//! The articles of the library proper: their bytes, as they came.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, Row, params};

use super::error::{StoreError, StoreFault};
use super::user::{FILE, UserStore, now};
use crate::article::Format;

/// Of zstd: what is written once and kept for years may take a little longer.
const LEVEL: i32 = 6;

/// An article of the library, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The digest of its bytes.
    pub digest: String,
    /// How they are read.
    pub format: Format,
    /// The file they came from.
    pub path: PathBuf,
    /// Line of a JSON Lines file, else 0.
    pub line: u32,
    /// The file's time, seconds since 1970.
    pub modified: i64,
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Amount {
    /// Articles of the library.
    pub articles: u64,
    /// Bytes of them, as they came.
    pub bytes: u64,
    /// Articles that were read, here or in folders.
    pub read: u64,
    /// Articles that are starred.
    pub starred: u64,
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Dump => "dump",
        Format::Markdown => "markdown",
        Format::JsonLine => "json",
        Format::Json => "object",
        Format::Html => "page",
    }
}

fn format(name: &str) -> Format {
    match name {
        "markdown" => Format::Markdown,
        "json" => Format::JsonLine,
        "object" => Format::Json,
        "page" => Format::Html,
        _ => Format::Dump,
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        digest: row.get(0)?,
        format: format(&row.get::<_, String>(1)?),
        path: row.get::<_, String>(2)?.into(),
        line: row.get(3)?,
        modified: row.get(4)?,
    })
}

impl UserStore {
    /// Adds articles with their bytes, all or none of them; gives for each whether it was not there yet.
    pub fn add(&mut self, articles: &[(Stored, Vec<u8>)]) -> Result<Vec<bool>, StoreError> {
        let now = now();
        self.db.write(|to| {
            let mut insert = to.prepare_cached(
                "INSERT INTO article (digest, format, name, line, modified, added, size, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            )?;
            let mut add = |(a, bytes): &(Stored, Vec<u8>)| {
                let packed = zstd::bulk::compress(bytes, LEVEL)
                    .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
                let path = a.path.to_string_lossy();
                let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
                let row = params![a.digest, name(a.format), path, a.line, a.modified, now, size, packed];
                insert.execute(row).map(|n| n > 0)
            };
            articles.iter().map(&mut add).collect()
        })
    }

    /// All articles, the newest files first.
    pub fn articles(&self) -> Result<Vec<Stored>, StoreError> {
        self.db.read(|to| {
            let sql = "SELECT digest, format, name, line, modified FROM article ORDER BY modified DESC, seq";
            to.prepare(sql)?.query_map([], stored)?.collect()
        })
    }

    /// The number of the newest article, and how many there are: other numbers as soon as one came or went.
    pub fn last_article(&self) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT ifnull(max(seq), 0), count(*) FROM article";
        self.db.read(|to| to.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// Which articles there are, as a short text: another one as soon as one came or went, and of any other library. All of them are not
    /// looked at.
    pub fn contents(&self) -> Result<String, StoreError> {
        // Numbers are never used twice: where the highest that was ever given and the number of articles are the same, all are.
        let sql = "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0)
             || ' ' || (SELECT count(*) FROM article)
             || ' ' || ifnull((SELECT digest || ' ' || added FROM article ORDER BY seq LIMIT 1), '')
             || ' ' || ifnull((SELECT digest || ' ' || added FROM article ORDER BY seq DESC LIMIT 1), '')";
        self.db.read(|to| to.query_row(sql, [], |row| row.get(0)))
    }

    /// Whether there are any.
    pub fn has_articles(&self) -> Result<bool, StoreError> {
        self.db.read(|to| to.query_row("SELECT EXISTS (SELECT 1 FROM article)", [], |row| row.get(0)))
    }

    /// The bytes of an article.
    pub fn bytes(&self, digest: &str, format: Format) -> Result<Vec<u8>, StoreError> {
        let (size, packed): (u32, Vec<u8>) = self.db.read(|to| {
            let sql = "SELECT size, bytes FROM article WHERE digest = ?1 AND format = ?2";
            to.prepare_cached(sql)?
                .query_row(params![digest, name(format)], |row| Ok((row.get(0)?, row.get(1)?)))
        })?;
        zstd::bulk::decompress(&packed, size as usize).map_err(|e| StoreError::io(&self.db.path, &e))
    }

    /// Removes articles by their digests, all or none of them; what the reader did with them stays known. Gives how many were there.
    pub fn remove(&mut self, digests: &[&str]) -> Result<usize, StoreError> {
        self.db.write(|to| {
            let mut delete = to.prepare_cached("DELETE FROM article WHERE digest = ?1")?;
            digests.iter().map(|digest| delete.execute([digest])).sum()
        })
    }

    /// How much there is.
    pub fn amount(&self) -> Result<Amount, StoreError> {
        self.db.read(|to| {
            let sql = "SELECT (SELECT count(*) FROM article), (SELECT ifnull(sum(size), 0) FROM article),
                 (SELECT count(*) FROM state WHERE read), (SELECT count(*) FROM state WHERE starred)";
            to.query_row(sql, [], |row| {
                let n = |at: usize| row.get::<_, i64>(at).map(|n| u64::try_from(n).unwrap_or(0));
                Ok(Amount { articles: n(0)?, bytes: n(1)?, read: n(2)?, starred: n(3)? })
            })
        })
    }

    /// What is wrong in the file: its structure, then articles whose bytes are not those that they had; empty where all is well.
    pub fn faults(&self, digest_of: impl Fn(&[u8]) -> String) -> Result<Vec<String>, StoreError> {
        let mut out = self.structure()?;
        for article in self.articles()? {
            let bytes = self.bytes(&article.digest, article.format);
            if bytes.map_or(true, |bytes| digest_of(&bytes) != article.digest) {
                out.push(format!("article {}: its bytes are damaged", article.digest));
            }
        }
        Ok(out)
    }

    /// Writes everything into a new file, with the text files (name and text) that lie beside.
    pub fn backup(&self, to: &Path, texts: &[(&str, String)]) -> Result<(), StoreError> {
        let was_there = to.exists();
        let write = || {
            self.db.to.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
            let mut backup = Connection::open(to)?;
            let all = backup.transaction()?;
            for (name, text) in texts {
                all.execute("INSERT INTO file (name, text) VALUES (?1, ?2)", params![name, text])?;
            }
            all.commit()
        };
        write().map_err(|e| {
            let error = StoreError::of(to, &e);
            if !was_there {
                // Half a backup is none.
                let _ = fs::remove_file(to);
            }
            error
        })
    }

    /// Whether a file is a backup that can be restored into a data folder.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn look_through(folder: &Path, from: &Path) -> Result<(), StoreError> {
        fs::create_dir_all(folder).map_err(|e| StoreError::io(folder, &e))?;
        Self::copied(&folder.join(FILE), from, |copy| Self::whole(copy).map(drop))
    }

    /// Puts the contents of a backup in place of everything, at once for all programs. The backup itself is left as it is. Gives
    /// the text files that were beside; none where the backup is of a time when it had none.
    pub fn restore(&mut self, from: &Path) -> Result<Vec<(String, String)>, StoreError> {
        let path = self.db.path.clone();
        let db = &mut self.db;
        Self::copied(&path, from, |copy| {
            let backup = Self::whole(copy)?;
            let run = Backup::new(&backup.db.to, &mut db.to)
                .and_then(|run| run.run_to_completion(4096, Duration::from_millis(20), None));
            run.map_err(|e| StoreError::of(&path, &e))
        })?;
        self.db.write(|to| {
            let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let texts = to.prepare("SELECT name, text FROM file")?.query_map([], pair)?.collect();
            to.execute("DELETE FROM file", [])?;
            texts
        })
    }

    /// Does something with a copy of a backup beside a library: opening a file may change it, an older schema is brought up to date.
    fn copied(
        library: &Path,
        from: &Path,
        work: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let copy = library.with_extension("restoring");
        fs::copy(from, &copy).map_err(|e| StoreError::io(from, &e))?;
        let done = work(&copy);
        for ending in ["restoring", "restoring-wal", "restoring-shm"] {
            // What cannot be removed is overwritten by the next restoring.
            let _ = fs::remove_file(library.with_extension(ending));
        }
        done.map_err(|mut error| {
            if error.path == copy {
                from.clone_into(&mut error.path);
            }
            error
        })
    }

    /// A backup without a fault.
    fn whole(path: &Path) -> Result<Self, StoreError> {
        let backup = Self::open_file(path)?;
        match backup.structure()?.into_iter().next() {
            Some(fault) => Err(StoreError::new(StoreFault::Damaged, path, fault)),
            None => Ok(backup),
        }
    }

    /// What is wrong in the structure of the file.
    fn structure(&self) -> Result<Vec<String>, StoreError> {
        let mut out: Vec<String> = self
            .db
            .read(|to| to.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect())?;
        out.retain(|line| line != "ok");
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str, line: u32) -> (Stored, Vec<u8>) {
        let digest = format!("{:012x}", text.len());
        let path = PathBuf::from("bài.jsonl");
        (Stored { digest, format: Format::JsonLine, path, line, modified: 5 }, text.as_bytes().to_vec())
    }

    fn digest_of(bytes: &[u8]) -> String {
        format!("{:012x}", bytes.len())
    }

    #[test]
    fn articles_come_back_as_they_went_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UserStore::open(folder.path()).expect("opened");
        let all = [article("một", 1), article("hai hai", 2), article("", 3)];
        assert_eq!(store.add(&all).expect("added"), [true, true, true]);
        assert_eq!(store.add(&all[1..]).expect("added"), [false, false]);
        assert_eq!(store.articles().expect("read").len(), 3);
        for (stored, bytes) in &all {
            assert_eq!(&store.bytes(&stored.digest, stored.format).expect("read"), bytes);
        }
        assert_eq!(store.faults(digest_of).expect("checked"), Vec::<String>::new());
        assert_eq!(store.faults(|_| String::new()).expect("checked").len(), 3);
        assert_eq!(store.remove(&[&all[0].0.digest, "nothing"]).expect("removed"), 1);
        assert_eq!(store.amount().expect("read"), Amount { articles: 2, bytes: 7, read: 0, starred: 0 });
    }

    #[test]
    fn a_backup_brings_everything_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("backup.db");
        let mut store = UserStore::open(folder.path()).expect("opened");
        store.add(&[article("một", 1)]).expect("added");
        let texts = [("names.txt", "x".to_owned())];
        store.backup(&file, &texts).expect("written");
        store.backup(&file, &texts).expect_err("nothing is overwritten");
        store.add(&[article("hai hai", 2)]).expect("added");
        for _ in 0..2 {
            let restored = store.restore(&file).expect("restored");
            assert_eq!(restored, [("names.txt".to_owned(), "x".to_owned())]);
        }
        assert_eq!(store.articles().expect("read").len(), 1);
        fs::write(&file, "damaged").expect("written");
        store.restore(&file).expect_err("refused");
        assert_eq!(store.articles().expect("read").len(), 1);
    }
}
