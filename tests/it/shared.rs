//! Where the labelled data lies: `../shared` beside the checkout.

use std::path::{Path, PathBuf};

/// A file or folder of the shared data; `None`, said plainly, where it is missing. In CI it must be there.
///
/// # Panics
/// In CI, when it is missing.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "CI must have ../shared/{name}");
    println!("SKIPPED: ../shared/{name} is not here");
    None
}
