//! Terminal, threads and clock.

use std::path::PathBuf;

/// Opens the reader on files and folders.
pub fn reader(paths: &[PathBuf]) -> anyhow::Result<()> {
    let _ = paths;
    anyhow::bail!("this build has no reader; `diembao list PATH` prints the articles")
}
