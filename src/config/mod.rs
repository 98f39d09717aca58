//! What the reader configures: files in the configuration folder, themes as data.
//!
//! Owns: where the files lie, reading them, telling what is wrong in them. A broken file never blocks: what it says wrongly is left
//! out and told.
//! Refuses: to know actions (the key file is handed on as text) and to know what colours are for (`ui::theme` does).
//! Tests: at the foot of each file.

mod theme;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy as _, choose_base_strategy};

pub use theme::{BUILT_IN_THEMES, StyleData, ThemeData, built_in, find};

/// What the reader configured.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The language's code.
    pub lang: Option<String>,
    /// The theme's name.
    pub theme: Option<String>,
    /// The reader's key file.
    pub keys: Option<String>,
    /// Built-in themes and the reader's own; a name of its own replaces a built-in one.
    pub themes: Vec<ThemeData>,
    /// What is wrong in the files: file, place and remedy.
    pub faults: Vec<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lang: Option<String>,
    theme: Option<String>,
}

/// The configuration folder: `$XDG_CONFIG_HOME/diembao`, else `~/.config/diembao`.
pub fn folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|s| s.config_dir().join("diembao"))
}

/// The data folder, for what the reader made and would miss: `$XDG_DATA_HOME/diembao`, else `~/.local/share/diembao`.
pub fn data_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|s| s.data_dir().join("diembao"))
}

/// The cache folder, for what can be made again: `$XDG_CACHE_HOME/diembao`, else `~/.cache/diembao`.
pub fn cache_folder() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|s| s.cache_dir().join("diembao"))
}

/// Reads the configuration in a folder; without one, what is built in.
pub fn load(folder: Option<&Path>) -> Config {
    let mut config = Config { themes: built_in(), ..Config::default() };
    let Some(folder) = folder else { return config };
    if let Some(text) = read(&folder.join("config.toml"), &mut config.faults) {
        match toml::from_str::<File>(&text) {
            Ok(file) => (config.lang, config.theme) = (file.lang, file.theme),
            Err(error) => config.faults.push(format!("config.toml: {}", one_line(&error))),
        }
    }
    config.keys = read(&folder.join("keys.toml"), &mut config.faults);
    let Ok(entries) = fs::read_dir(folder.join("themes")) else { return config };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(text) = read(path, &mut config.faults) else { continue };
        match ThemeData::parse(&name, &text) {
            Ok(theme) => {
                config.themes.retain(|t| t.name != theme.name);
                config.themes.push(theme);
            }
            Err(error) => config.faults.push(format!("themes/{name}.toml: {}", one_line(&error))),
        }
    }
    config
}

fn read(path: &Path, faults: &mut Vec<String>) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            faults.push(format!("{name}: {error}"));
            None
        }
    }
}

/// An error of the TOML parser in one line: place and message.
fn one_line(error: &toml::de::Error) -> String {
    let text = error.to_string();
    let mut lines = text.lines().filter(|l| !l.trim().is_empty() && !l.contains('|'));
    let first = lines.next().unwrap_or_default().to_owned();
    lines.next_back().map_or(first.clone(), |last| format!("{first}: {last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_told_and_does_not_block() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("themes")).expect("themes");
        for (name, text) in [
            ("config.toml", "lang = \"en\"\ntheme = 3\n"),
            ("keys.toml", "[list]\n"),
            ("themes/mine.toml", "parent = \"dark\"\n[styles]\ntitle = { bold = true }\n"),
            ("themes/bad.toml", "[styles]\ntitle = { blink = true }\n"),
        ] {
            fs::write(folder.path().join(name), text).expect(name);
        }
        let config = load(Some(folder.path()));
        assert_eq!(config.lang, None);
        assert_eq!(config.keys.as_deref(), Some("[list]\n"));
        assert_eq!(config.faults.len(), 2, "{:?}", config.faults);
        assert!(
            config.faults[0].starts_with("config.toml: TOML parse error at line 2"),
            "{:?}",
            config.faults
        );
        assert!(config.themes.iter().any(|t| t.name == "mine"));
        assert_eq!(load(Some(Path::new("/nonexistent"))).faults, Vec::<String>::new());
    }
}
