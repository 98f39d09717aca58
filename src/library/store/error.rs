//! What can go wrong with a store, said so that a person knows what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a store could not be opened, read or written. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// What kind of fault.
    pub fault: StoreFault,
    /// The file.
    pub path: PathBuf,
    /// What the system or the database says; empty where the fault says it all.
    pub why: String,
}

/// Kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StoreFault {
    /// The file is damaged.
    Damaged,
    /// The file is from a newer version.
    Newer,
    /// The file is not ours.
    Foreign,
    /// File or folder may not be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// Another program has been writing all the time.
    Busy,
    /// Anything else.
    Other,
}

impl StoreFault {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Damaged, Self::Newer, Self::Foreign, Self::ReadOnly, Self::Full, Self::Busy, Self::Other];

    /// What happened and what to do, in English; the file goes before it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Damaged => {
                "is damaged and was left as it is; restore a backup (diembao restore FILE), or move it away to begin anew"
            }
            Self::Newer => "was written by a newer diembao and was left as it is; install that version",
            Self::Foreign => "is not a file of diembao's and was left as it is; move it away",
            Self::ReadOnly => "may not be written; give yourself the right to write there (chmod u+w)",
            Self::Full => "could not be written: the disk is full; make room and try again, nothing was lost",
            Self::Busy => "is being written by another diembao; try again when that has ended",
            Self::Other => "could not be used",
        }
    }
}

/// Writes as much beside a file as opening it may need, and takes it away again.
fn probe(path: &Path) -> std::io::Result<()> {
    const ROOM: usize = 1 << 16;
    let beside = path.with_extension("probe");
    let written = std::fs::write(&beside, vec![0; ROOM]);
    // What is left of it is overwritten the next time.
    let _ = std::fs::remove_file(&beside);
    written
}

/// A value is none that was ever written there.
fn is_of_a_value(error: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    matches!(
        error,
        E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::Utf8Error(..)
            | E::InvalidColumnType(..)
    )
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", super::super::shown(&self.path.to_string_lossy()), self.fault.remedy())?;
        if self.why.is_empty() { Ok(()) } else { write!(f, " ({})", self.why) }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    /// A fault of a file.
    pub fn new(fault: StoreFault, path: &Path, why: impl Into<String>) -> Self {
        Self { fault, path: path.to_owned(), why: why.into() }
    }

    /// What the database says, put into our words.
    pub fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let fault = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreFault::Damaged,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                StoreFault::ReadOnly
            }
            Some(ErrorCode::DiskFull) => StoreFault::Full,
            // Where not even the files beside it can be made, the database does not say why; the system does.
            Some(ErrorCode::SystemIoFailure) => {
                probe(path).err().map_or(StoreFault::Other, |error| Self::io(path, &error).fault)
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreFault::Busy,
            None if is_of_a_value(error) => StoreFault::Damaged,
            _ => StoreFault::Other,
        };
        let why = if fault == StoreFault::Busy { String::new() } else { error.to_string() };
        Self::new(fault, path, why)
    }

    /// What the system says.
    pub fn io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let fault = match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => StoreFault::Full,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => StoreFault::ReadOnly,
            _ => StoreFault::Other,
        };
        Self::new(fault, path, error.to_string())
    }
}
