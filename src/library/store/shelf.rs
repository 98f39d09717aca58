//! What was worked out before: articles, their names, which file held what, and whole folders. All of it can be made again.
//!
//! Owns: the files in the cache folder. Their names carry the number of the code and data that they were made by (`build.rs`): what
//! another version made is not used, and is removed. A damaged file is removed as well: nothing in it is anybody's own.
//! Refuses: to know what the bytes mean ([`super::super::recall`] and [`super::super::texts`] do).

use std::borrow::Cow;
use std::cell::RefCell;
use std::fs;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, Sender};
use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zstd::bulk::{Compressor, Decompressor};

use super::super::bytes::Bytes;
use super::db::{Db, Plan};
use super::error::{StoreError, StoreFault};

/// The number of the code and data that derived data depends on.
const VERSION: &str = env!("DIEMBAO_DERIVED");
/// Pictures of whole folders that are kept, those used last.
const IMAGES: usize = 6;
/// Of zstd: the fastest; a higher level costs more time than it saves disk.
const LEVEL: i32 = 1;
/// More than any stored thing unpacks to; a damaged length must not take all memory.
const MOST: u32 = 1 << 31;

/// Connections: as many as read at once on a common machine; each costs some kilobytes.
const DESKS: usize = 4;

const PLAN: Plan = Plan {
    application: 0x6469_6563,
    steps: &[include_str!("../../../assets/store/derived/1.sql")],
    synchronous: "NORMAL",
};

/// What a file looked like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
}

impl Stamp {
    /// Of a file.
    pub fn of(data: &fs::Metadata) -> Self {
        let since = data.modified().ok().and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = since.map_or(0, |t| i64::try_from(t.as_nanos()).unwrap_or(0));
        Self { size: data.len(), modified }
    }
}

/// The kinds of thing that are kept by an article's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The article itself.
    Article,
    /// Its names.
    Names,
}

impl Of {
    fn table(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Names => "names",
        }
    }
}

/// Derived data in the cache folder, or in a file without a name. May be used from several threads.
#[derive(Debug)]
pub struct Shelf {
    /// Connections that nobody works with at the moment.
    idle: (Sender<Db>, Receiver<Db>),
    /// `None`: what is kept goes with the program.
    folder: Option<PathBuf>,
}

/// A connection that is worked with; it goes back when the work is done, however that ends.
struct Desk<'a> {
    db: Option<Db>,
    back: &'a Sender<Db>,
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            // The shelf, which holds the other end, outlives this.
            let _ = self.back.send(db);
        }
    }
}

impl Shelf {
    /// Opens the shelf of this version, made where it is missing or damaged.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(format!("derived-{VERSION}.db"));
        let db = match Db::open(&path, PLAN) {
            Err(error) if matches!(error.fault, StoreFault::Damaged | StoreFault::Foreign) => {
                remove(folder, |name| name.starts_with("derived-"));
                Db::open(&path, PLAN)?
            }
            opened => opened?,
        };
        remove(folder, |name| {
            (name.starts_with("derived-") || name.starts_with("folder-")) && !name.contains(VERSION)
        });
        let desks = std::thread::available_parallelism().map_or(1, |n| n.get().min(DESKS));
        let others = (1..desks).map_while(|_| Db::open(&path, PLAN).ok());
        Ok(Self::of(std::iter::once(db).chain(others), Some(folder.to_owned())))
    }

    /// A shelf that leaves nothing behind: for those who want no cache, or have none.
    pub fn temporary() -> Result<Self, StoreError> {
        Ok(Self::of(std::iter::once(Db::temporary(PLAN)?), None))
    }

    fn of(desks: impl Iterator<Item = Db>, folder: Option<PathBuf>) -> Self {
        let idle = crossbeam_channel::unbounded();
        for db in desks {
            // Both ends are here.
            let _ = idle.0.send(db);
        }
        Self { idle, folder }
    }

    /// Works with a connection, waiting for one where all are in use.
    fn at<T>(&self, work: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let (back, idle) = &self.idle;
        let mut desk = Desk { db: idle.recv().ok(), back };
        match &mut desk.db {
            Some(db) => work(db),
            None => Err(StoreError::new(StoreFault::Other, Path::new(""), "")),
        }
    }

    /// What is damaged; empty where all is well.
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let mut out: Vec<String> = self.at(|db| {
            db.read(|to| to.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect())
        })?;
        out.retain(|line| line != "ok");
        Ok(out)
    }

    /// Removes everything: something in it is damaged. Who opens it after this finds a new one.
    pub fn discard(&self) {
        if let Some(folder) = &self.folder {
            remove(folder, |name| name.starts_with("derived-") || name.starts_with("folder-"));
        }
    }

    /// What a file held, where it looks as it did then.
    pub fn file<T: DeserializeOwned>(&self, path: &Path, stamp: Stamp) -> Option<T> {
        let sql = "SELECT records FROM file WHERE path = ?1 AND size = ?2 AND modified = ?3";
        let row = params![path.as_os_str().as_encoded_bytes(), stamp.size.cast_signed(), stamp.modified];
        let packed: Vec<u8> =
            self.at(|db| db.read(|to| to.prepare_cached(sql)?.query_row(row, |r| r.get(0)))).ok()?;
        unpack(&packed)
    }

    /// Keeps what files held.
    pub fn keep_files<T: Serialize>(&self, files: &[(PathBuf, Stamp, T)]) -> Result<(), StoreError> {
        let keep = |to: &rusqlite::Transaction<'_>| {
            let mut put = to.prepare_cached("INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4)")?;
            for (path, stamp, records) in files {
                let path = path.as_os_str().as_encoded_bytes();
                put.execute(params![path, stamp.size.cast_signed(), stamp.modified, pack(records)])?;
            }
            Ok(())
        };
        self.at(|db| db.write(keep))
    }

    /// Whether anything is kept by this key.
    pub fn has(&self, of: Of, key: &str) -> bool {
        self.have(of, &[key]).is_ok_and(|has| has[0])
    }

    /// Whether anything is kept by each of these keys.
    pub fn have(&self, of: Of, keys: &[&str]) -> Result<Vec<bool>, StoreError> {
        let sql = format!("SELECT 1 FROM {} WHERE key = ?1", of.table());
        let have = |to: &rusqlite::Connection| {
            let mut has = to.prepare_cached(&sql)?;
            keys.iter().map(|key| has.exists([key])).collect()
        };
        self.at(|db| db.read_all(have))
    }

    /// What is kept by these keys, still packed.
    pub fn get(&self, of: Of, keys: &[&str]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let get = |to: &rusqlite::Connection| {
            let mut get = to.prepare_cached(&format!("SELECT data FROM {} WHERE key = ?1", of.table()))?;
            keys.iter().map(|key| get.query_map([key], |row| row.get(0))?.next().transpose()).collect()
        };
        self.at(|db| if keys.len() > 1 { db.read_all(get) } else { db.read(get) })
    }

    /// What is kept by one key, still packed.
    pub fn one(&self, of: Of, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.get(of, &[key])?.pop().flatten())
    }

    /// Keeps packed things by their keys.
    pub fn put(&self, of: Of, packed: &[(&str, Vec<u8>)]) -> Result<(), StoreError> {
        let put = |to: &rusqlite::Transaction<'_>| {
            let sql = format!("INSERT OR REPLACE INTO {} VALUES (?1, ?2)", of.table());
            let mut put = to.prepare_cached(&sql)?;
            packed.iter().try_for_each(|(key, data)| put.execute(params![key, data]).map(drop))
        };
        self.at(|db| db.write(put))
    }

    /// The picture of a whole folder.
    pub fn picture(&self, key: &str) -> Option<Picture> {
        let file = fs::File::open(self.picture_path(key)?).ok()?;
        // Only which pictures are removed first depends on it.
        let _ = file.set_modified(SystemTime::now());
        Picture::on(file)
    }

    /// Keeps the packed parts of the picture of a whole folder, and what is read in pieces; others that were not used for long go.
    pub fn keep_picture(
        &self,
        key: &str,
        parts: &[Vec<u8>],
        loose: &[Cow<'_, Bytes>],
    ) -> Result<(), StoreError> {
        let (Some(folder), Some(path)) = (&self.folder, self.picture_path(key)) else { return Ok(()) };
        let fresh = folder.join(format!("folder-{VERSION}-{}.part", std::process::id()));
        let write = || -> std::io::Result<()> {
            let mut file = fs::File::create(&fresh)?;
            let behind = 8 + blake3::OUT_LEN + parts.iter().map(|part| 8 + part.len()).sum::<usize>();
            file.write_all(&(behind as u64).to_le_bytes())?;
            for part in parts {
                file.write_all(&(part.len() as u64).to_le_bytes())?;
                file.write_all(part)?;
            }
            let mut digest = blake3::Hasher::new();
            for bytes in loose {
                digest.update(&bytes.all());
            }
            file.write_all(digest.finalize().as_bytes())?;
            loose.iter().try_for_each(|bytes| file.write_all(&bytes.all()))?;
            fs::rename(&fresh, &path)
        };
        write().map_err(|error| {
            // A half-written picture is of no use; what cannot be removed now goes with the next version.
            let _ = fs::remove_file(&fresh);
            StoreError::io(&path, &error)
        })?;
        let mut images: Vec<(SystemTime, PathBuf)> = files(folder)
            .filter(|(name, _)| name.starts_with("folder-"))
            .filter_map(|(_, path)| Some((fs::metadata(&path).ok()?.modified().ok()?, path)))
            .collect();
        images.sort();
        for (_, old) in images.iter().rev().skip(IMAGES) {
            // The next picture tries again.
            let _ = fs::remove_file(old);
        }
        Ok(())
    }

    fn picture_path(&self, key: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("folder-{VERSION}-{key}.bin")))
    }
}

/// A picture that is being read, part by part: what comes first is there first.
#[derive(Debug)]
pub struct Picture {
    file: Arc<fs::File>,
    /// Where what is read in pieces begins.
    behind: u64,
}

impl Picture {
    fn on(file: fs::File) -> Option<Self> {
        let mut behind = [0; 8];
        (&file).read_exact(&mut behind).ok()?;
        Some(Self { file: Arc::new(file), behind: u64::from_le_bytes(behind) })
    }

    /// The next part; `None` where it is damaged.
    pub fn part<T: DeserializeOwned>(&mut self) -> Option<T> {
        let (mut file, mut length) = (&*self.file, [0; 8]);
        file.read_exact(&mut length).ok()?;
        let (length, there) = (u64::from_le_bytes(length), file.metadata().ok()?.len());
        let mut packed = vec![0; usize::try_from(length).ok().filter(|_| length <= there)?];
        file.read_exact(&mut packed).ok()?;
        unpack(&packed)
    }

    /// The file, and where what is read in pieces begins in it. Whether it is damaged tells [`Picture::loose`].
    pub fn behind(&self) -> (Arc<fs::File>, u64) {
        (Arc::clone(&self.file), self.behind)
    }

    /// The same when all parts were read; `None` where it is damaged.
    pub fn loose(self) -> Option<(Arc<fs::File>, u64)> {
        let (mut file, mut digest) = (&*self.file, [0; blake3::OUT_LEN]);
        file.read_exact(&mut digest).ok()?;
        let mut hasher = blake3::Hasher::new();
        let is_there = file.stream_position().ok()? == self.behind;
        hasher.update_reader(file).ok()?;
        (is_there && hasher.finalize() == blake3::Hash::from_bytes(digest)).then(|| self.behind())
    }
}

fn files(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| (e.file_name().to_string_lossy().into_owned(), e.path()))
}

fn remove(folder: &Path, wanted: impl Fn(&str) -> bool) {
    for (_, path) in files(folder).filter(|(name, _)| wanted(name)) {
        // What cannot be removed is not used either.
        let _ = fs::remove_file(path);
    }
}

/// Each piece has a sum of its own to be checked by: a bit that the disk turned is no text.
fn packer() -> std::io::Result<Compressor<'static>> {
    let mut packer = Compressor::new(LEVEL)?;
    packer.include_checksum(true)?;
    Ok(packer)
}

thread_local! {
    /// Making one of these takes longer than packing an article.
    static PACKER: RefCell<Option<Compressor<'static>>> = RefCell::new(packer().ok());
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = RefCell::new(Decompressor::new().ok());
}

/// Packs a thing: its length, then its bytes compressed.
pub fn pack<T: Serialize>(thing: &T) -> Vec<u8> {
    let plain = postcard::to_stdvec(thing).unwrap_or_default();
    let mut out = (plain.len() as u32).to_le_bytes().to_vec();
    let packed = PACKER.with_borrow_mut(|packer| packer.as_mut()?.compress(&plain).ok());
    out.extend(packed.unwrap_or_default());
    out
}

/// Unpacks a thing; `None` where the bytes are damaged.
pub fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Option<T> {
    let (length, packed) = packed.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length);
    let length = length.min(MOST) as usize;
    let plain = UNPACKER.with_borrow_mut(|unpacker| unpacker.as_mut()?.decompress(packed, length).ok())?;
    postcard::from_bytes(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp { size: 7, modified: 1_700_000_000_123_456_789 };

    #[test]
    fn a_file_is_known_while_it_looks_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::open(folder.path()).expect("opened");
        let path = PathBuf::from("tin.txt");
        shelf.keep_files(&[(path.clone(), STAMP, vec![1_u32, 2])]).expect("kept");
        shelf.put(Of::Names, &[("aa", pack(&"tên"))]).expect("kept");
        drop(shelf);
        let shelf = Shelf::open(folder.path()).expect("opened again");
        assert_eq!(shelf.file(&path, STAMP), Some(vec![1_u32, 2]));
        for other in [Stamp { size: 8, ..STAMP }, Stamp { modified: 0, ..STAMP }] {
            assert_eq!(shelf.file::<Vec<u32>>(&path, other), None);
        }
        let found = shelf.get(Of::Names, &["aa", "bb"]).expect("read");
        let found: Vec<Option<String>> = found.into_iter().map(|f| f.and_then(|f| unpack(&f))).collect();
        assert_eq!(found, [Some("tên".to_owned()), None]);
    }

    #[test]
    fn what_is_damaged_or_of_another_version_is_made_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(format!("derived-{VERSION}.db"));
        fs::write(&path, "no database").expect("written");
        fs::write(folder.path().join("derived-0.db"), "old").expect("written");
        fs::write(folder.path().join("folder-0-aa.bin"), "old").expect("written");
        let shelf = Shelf::open(folder.path()).expect("made anew");
        assert_eq!(files(folder.path()).filter(|f| !f.0.contains(VERSION)).count(), 0);
        fs::write(shelf.picture_path("aa").expect("a folder"), [255; 40]).expect("written");
        assert_eq!(shelf.picture("aa").expect("a file").part::<String>(), None);
    }

    #[test]
    fn no_turned_bit_is_taken_for_a_text() {
        let text = "Nước sông Slíp lên, trường học vẫn mở cửa. ".repeat(9);
        let packed = pack(&text);
        assert_eq!(unpack::<String>(&packed).as_ref(), Some(&text));
        for bit in 0..packed.len() * 8 {
            let mut damaged = packed.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let read = unpack::<String>(&damaged);
            assert!(read.is_none() || read.as_ref() == Some(&text), "bit {bit}");
        }
    }

    #[test]
    fn the_pictures_used_last_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::open(folder.path()).expect("opened");
        for n in 0..IMAGES + 3 {
            shelf.keep_picture(&n.to_string(), &[pack(&n), pack(&"two")], &[]).expect("kept");
            let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(n as u64);
            fs::File::open(shelf.picture_path(&n.to_string()).expect("a folder"))
                .and_then(|f| f.set_modified(long_ago))
                .expect("set");
        }
        let kept: Vec<usize> = (0..IMAGES + 3)
            .filter_map(|n| {
                let mut picture = shelf.picture(&n.to_string())?;
                let first = picture.part();
                assert_eq!(picture.part::<String>().as_deref(), Some("two"));
                first
            })
            .collect();
        assert_eq!(kept, (3..IMAGES + 3).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_read_in_pieces_is_looked_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::open(folder.path()).expect("opened");
        let loose = [Bytes::Here(b"mot ".to_vec()), Bytes::Here(b"hai".to_vec())].map(Cow::Owned);
        shelf.keep_picture("aa", &[pack(&1)], &loose).expect("kept");
        let open = || {
            let mut picture = shelf.picture("aa").expect("a file");
            assert_eq!(picture.part(), Some(1));
            picture.loose()
        };
        let (file, at) = open().expect("whole");
        assert_eq!(*Bytes::There { file, at, len: 7 }.all(), *b"mot hai");
        let path = shelf.picture_path("aa").expect("a folder");
        let mut bytes = fs::read(&path).expect("read");
        *bytes.last_mut().expect("a byte") ^= 1;
        fs::write(&path, bytes).expect("written");
        assert!(open().is_none());
    }

    #[test]
    fn damaged_bytes_are_told_from_good_ones() {
        let packed = pack(&vec!["mưa", "lũ"]);
        assert_eq!(unpack(&packed), Some(vec!["mưa".to_owned(), "lũ".to_owned()]));
        for n in 0..packed.len() {
            assert_eq!(unpack::<Vec<String>>(&packed[..n]), None, "cut at {n}");
        }
    }
}
