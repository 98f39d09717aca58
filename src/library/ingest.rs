//! From paths to snapshots, in passes on worker threads.

use std::path::PathBuf;
use std::sync::Arc;

use super::snapshot::Snapshot;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct Ingest {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Which passes are wanted: reading always; names; relations.
    pub names: bool,
    /// Relations (needs names).
    pub relations: bool,
}

impl Ingest {
    /// Runs all passes, handing each new snapshot to `publish`; ends early when `publish` gives `false`.
    pub fn run(&self, publish: &mut dyn FnMut(Arc<Snapshot>) -> bool) -> Arc<Snapshot> {
        let snapshot = Arc::new(Snapshot::default());
        publish(Arc::clone(&snapshot));
        snapshot
    }
}

/// Runs an ingest to its end, for the command line.
pub fn load(paths: &[PathBuf], names: bool, relations: bool) -> Arc<Snapshot> {
    Ingest { paths: paths.to_vec(), names, relations }.run(&mut |_| true)
}
