//! The widths of the panes, as they were left: a small file in the data folder.
//!
//! Owns: reading and writing it. Refuses: to complain: a lost width is no loss. Tests: at the foot.

use std::fs;
use std::path::Path;

use crate::app::Widths;

const FILE: &str = "panes.toml";

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Panes {
    list: Option<u16>,
    side: Option<u16>,
}

/// The widths that were kept.
pub fn read(folder: Option<&Path>) -> Widths {
    let text = folder.and_then(|f| fs::read_to_string(f.join(FILE)).ok()).unwrap_or_default();
    let Panes { list, side } = toml::from_str(&text).unwrap_or_default();
    Widths { list, side }
}

/// Keeps them.
pub fn keep(folder: Option<&Path>, widths: Widths) {
    let Some(folder) = folder else { return };
    let line = |name: &str, value: Option<u16>| value.map_or_else(String::new, |v| format!("{name} = {v}\n"));
    let text = format!("{}{}", line("list", widths.list), line("side", widths.side));
    // Without them the panes have the widths that they begin with.
    let _ = fs::create_dir_all(folder).and_then(|()| fs::write(folder.join(FILE), text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        for widths in [Widths { list: Some(44), side: None }, Widths { list: Some(30), side: Some(25) }] {
            keep(Some(folder.path()), widths);
            assert_eq!(read(Some(folder.path())), widths);
        }
        fs::write(folder.path().join(FILE), "list = \"wide\"").expect("written");
        assert_eq!(read(Some(folder.path())), Widths::default());
        assert_eq!(read(None), Widths::default());
    }
}
