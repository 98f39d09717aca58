//! Where something lies, as it is told: in full, but for the home folder.

use std::path::{self, Path};

/// The whole path of a file or folder, with `~` for the home folder.
pub fn told(path: &Path) -> String {
    let whole = path::absolute(path).unwrap_or_else(|_| path.to_owned());
    at_home(&whole, etcetera::home_dir().ok().as_deref())
}

fn at_home(path: &Path, home: Option<&Path>) -> String {
    let within = home.filter(|h| h.parent().is_some()).and_then(|h| path.strip_prefix(h).ok());
    within.map_or_else(|| path.display().to_string(), |rest| Path::new("~").join(rest).display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_is_a_sign() {
        let home = Some(Path::new("/home/an"));
        for (path, home, expect) in [
            ("/home/an/bao/a.md", home, "~/bao/a.md"),
            ("/home/anh/a.md", home, "/home/anh/a.md"),
            ("/home/an/a.md", None, "/home/an/a.md"),
            ("/a.md", Some(Path::new("/")), "/a.md"),
        ] {
            assert_eq!(at_home(Path::new(path), home), expect, "{path}");
        }
        assert!(Path::new(&told(Path::new("a.md"))).ends_with("a.md"));
        assert!(told(Path::new("a.md")).len() > "a.md".len());
    }
}
