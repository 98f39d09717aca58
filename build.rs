//! Numbers what is derived from articles: a digest of all code and data that it depends on. Derived data of another number is not used.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// What articles, names, relations and their stored forms are made by.
const SOURCES: [&str; 14] = [
    "src/text",
    "src/article",
    "src/entity",
    "src/story",
    "src/library/dictionary.rs",
    "src/library/index.rs",
    "src/library/ingest.rs",
    "src/library/lists.rs",
    "src/library/picture.rs",
    "src/library/roster.rs",
    "src/library/segment.rs",
    "src/library/store",
    "assets",
    "Cargo.lock",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // FNV-1a: the same number on every machine and with every compiler.
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        add(&root.join(source), &mut digest);
    }
    println!("cargo::rustc-env=DIEMBAO_DERIVED={digest:016x}");
}

fn add(path: &Path, digest: &mut u64) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            add(&path, digest);
        }
    } else if let Ok(bytes) = fs::read(path) {
        for byte in bytes {
            *digest = (*digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
