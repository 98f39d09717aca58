//! The widths and heights of the panes, as they were left: a small file in the data folder.
//!
//! Owns: reading and writing it. Refuses: to complain: a lost width is no loss. Tests: at the foot.

use std::fs;
use std::path::Path;

use crate::app::{Wide, Widths};

const FILE: &str = "panes.toml";

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Panes {
    list: Option<Kept>,
    wide: Option<Kept>,
    side: Option<Kept>,
    rows: Option<Kept>,
    names: Option<Kept>,
}

/// A width as it stands in the file: a share of the screen, or whole cells as older versions wrote them.
#[derive(Clone, Copy, serde::Deserialize)]
#[serde(untagged)]
enum Kept {
    Cells(u16),
    Share(f64),
}

/// Shares are kept to four places behind the point.
const PLACES: f64 = 10_000.0;

impl Kept {
    fn wide(self) -> Option<Wide> {
        match self {
            Self::Cells(cells) => Some(Wide::Cells(cells)),
            Self::Share(share) => {
                (0.0..=1.0).contains(&share).then(|| Wide::Share((share * PLACES).round() as u16))
            }
        }
    }
}

/// The widths that were kept.
pub fn read(folder: Option<&Path>) -> Widths {
    let text = folder.and_then(|f| fs::read_to_string(f.join(FILE)).ok()).unwrap_or_default();
    let panes: Panes = toml::from_str(&text).unwrap_or_default();
    Widths {
        list: panes.list.and_then(Kept::wide),
        wide: panes.wide.and_then(Kept::wide),
        side: panes.side.and_then(Kept::wide),
        rows: panes.rows.and_then(Kept::wide),
        names: panes.names.and_then(Kept::wide),
    }
}

/// Keeps them.
pub fn keep(folder: Option<&Path>, widths: Widths) {
    let Some(folder) = folder else { return };
    let line = |name: &str, value: Option<Wide>| match value {
        None => String::new(),
        Some(Wide::Cells(cells)) => format!("{name} = {cells}\n"),
        Some(Wide::Share(share)) => format!("{name} = {:.4}\n", f64::from(share) / PLACES),
    };
    let all = [
        ("list", widths.list),
        ("wide", widths.wide),
        ("side", widths.side),
        ("rows", widths.rows),
        ("names", widths.names),
    ];
    let text: String = all.into_iter().map(|(name, value)| line(name, value)).collect();
    // Without them the panes have the widths that they begin with.
    let _ = fs::create_dir_all(folder).and_then(|()| fs::write(folder.join(FILE), text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let (share, cells) = (|n| Some(Wide::Share(n)), |n| Some(Wide::Cells(n)));
        for widths in [
            Widths { list: share(3667), ..Widths::default() },
            Widths {
                list: share(10_000),
                wide: share(2500),
                side: share(0),
                rows: share(4000),
                names: share(7),
            },
            Widths { list: cells(30), side: cells(25), ..Widths::default() },
        ] {
            keep(Some(folder.path()), widths);
            assert_eq!(read(Some(folder.path())), widths);
        }
        for (text, expect) in [
            // As it was written before.
            ("list = 44\nside = 25\n", Widths { list: cells(44), side: cells(25), ..Widths::default() }),
            ("list = 0.25\n", Widths { list: share(2500), ..Widths::default() }),
            ("list = 7.5\n", Widths::default()),
            ("list = \"wide\"", Widths::default()),
        ] {
            fs::write(folder.path().join(FILE), text).expect("written");
            assert_eq!(read(Some(folder.path())), expect, "{text}");
        }
        assert_eq!(read(None), Widths::default());
    }
}
