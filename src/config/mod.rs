//! What the reader configures: files in the configuration folder, themes as data.
//!
//! Owns: where the files lie, reading them, telling what is wrong in them. A broken file never blocks: what it says wrongly is left
//! out and told.
//! Refuses: to know actions (the key file is handed on as text) and to know what colours are for (`ui::theme` does).
//! Tests: at the foot of each file.

mod theme;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy as _, choose_base_strategy};
use toml::de::DeTable;

pub use theme::{BUILT_IN_THEMES, StyleData, ThemeData, built_in, find};

use crate::keys::{line_at, syntax};

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
    /// What is wrong in the files: file, line and remedy; but for themes, which tell theirs when they are chosen.
    pub faults: Vec<String>,
    /// The line of config.toml that names the language.
    pub lang_line: usize,
}

/// What config.toml may say.
const KNOWN: [&str; 2] = ["lang", "theme"];

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
    let mut faults = Vec::new();
    let main = read(folder, "config.toml", &mut faults);
    config.keys = read(folder, "keys.toml", &mut faults);
    let own = own_themes(folder, &mut config, &mut faults);
    for name in own {
        let fault = lineage(&config.themes, &name);
        let theme = config.themes.iter_mut().find(|t| t.name == name);
        if let Some((theme, fault)) = theme.zip(fault) {
            theme.faults.push(fault);
            theme.faults.sort_by_key(|f| f.line);
        }
    }
    if let Some(text) = main {
        settings(&text, &mut config, &mut faults);
    }
    // As one goes through the files to mend them.
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    config.faults = faults.iter().map(ToString::to_string).collect();
    config
}

/// What is wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    /// The file, as it is called in the configuration folder.
    pub file: String,
    /// The line, from 1; 0 where it is about the file itself.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub what: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what } = self;
        if *line == 0 { write!(f, "{file}: {what}") } else { write!(f, "{file}, line {line}: {what}") }
    }
}

/// What config.toml says. Each line holds or is told by itself.
fn settings(text: &str, config: &mut Config, faults: &mut Vec<FileFault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let told = |(line, what): (usize, String)| FileFault { file: "config.toml".to_owned(), line, what };
    let broken: Vec<(usize, String)> = errors.iter().map(|e| syntax(text, e)).collect();
    faults.extend(broken.iter().cloned().map(told));
    for (key, value) in table.get_ref() {
        let line = line_at(text, key.span().start);
        // What is left of a line that could not be read means nothing.
        if broken.iter().any(|b| b.0 == line) {
            continue;
        }
        let name = key.get_ref().as_ref();
        if !KNOWN.contains(&name) {
            let all = KNOWN.join(", ");
            faults.push(told((line, format!("there is no setting `{name}`; there are {all}"))));
            continue;
        }
        let Some(word) = value.get_ref().as_str().map(str::to_owned) else {
            let found = text.get(value.span()).unwrap_or_default();
            let what = format!("a word in quotation marks is wanted for `{name}`; {found} is none");
            faults.push(told((line, what)));
            continue;
        };
        if name == "lang" {
            (config.lang, config.lang_line) = (Some(word), line);
        } else if config.themes.iter().any(|t| t.name == word) {
            config.theme = Some(word);
        } else {
            let all = names(&config.themes, "");
            faults.push(told((line, format!("there is no theme `{word}`; there are {all}"))));
        }
    }
}

/// Reads the reader's own themes; gives their names.
fn own_themes(folder: &Path, config: &mut Config, faults: &mut Vec<FileFault>) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder.join("themes")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let mut own = Vec::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(text) = read(folder, &format!("themes/{name}.toml"), faults) else { continue };
        let (mut theme, wrong) = ThemeData::read(&name, &text);
        theme.faults = wrong;
        config.themes.retain(|t| t.name != theme.name);
        config.themes.push(theme);
        own.push(name);
    }
    own
}

/// What is wrong with the parents of a theme: one that is not there, or a circle.
fn lineage(themes: &[ThemeData], name: &str) -> Option<FileFault> {
    let theme = themes.iter().find(|t| t.name == name)?;
    let parent = theme.parent.as_deref()?;
    let line = theme.line_of("parent");
    if themes.iter().all(|t| t.name != parent) {
        let all = names(themes, name);
        return Some(theme.fault(line, format!("there is no theme `{parent}`; there are {all}")));
    }
    let mut passed = vec![name];
    let mut next = Some(parent);
    while let Some(at) = next {
        if passed.contains(&at) {
            let what = format!(
                "its parents lead back to `{at}`; name another parent, or give the file another name"
            );
            return Some(theme.fault(line, what));
        }
        passed.push(at);
        next = themes.iter().find(|t| t.name == at).and_then(|t| t.parent.as_deref());
    }
    None
}

/// The themes that can be named, but for the one that asks.
fn names(themes: &[ThemeData], but: &str) -> String {
    let others = themes.iter().map(|t| t.name.as_str()).filter(|name| *name != but);
    others.collect::<Vec<_>>().join(", ")
}

fn read(folder: &Path, file: &str, faults: &mut Vec<FileFault>) -> Option<String> {
    match fs::read_to_string(folder.join(file)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            faults.push(FileFault { file: file.to_owned(), line: 0, what: error.to_string() });
            None
        }
    }
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
        assert_eq!(config.lang.as_deref(), Some("en"));
        assert_eq!(config.keys.as_deref(), Some("[list]\n"));
        assert_eq!(
            all_of(&config),
            [
                "config.toml, line 2: a word in quotation marks is wanted for `theme`; 3 is none",
                "themes/bad.toml, line 2: `title` has no `blink`; there are fg, bg, bold, dim, italic, underline, reverse, strike",
            ]
        );
        assert_eq!(config.faults.len(), 1, "those of a theme are told when it is chosen");
        assert!(["mine", "bad"].iter().all(|n| config.themes.iter().any(|t| t.name == *n)));
        assert_eq!(load(Some(Path::new("/nonexistent"))).faults, Vec::<String>::new());
    }

    /// What is told at the start, and of each theme when it is chosen.
    fn all_of(config: &Config) -> Vec<String> {
        let themes = config.themes.iter().flat_map(|t| &t.faults).map(ToString::to_string);
        config.faults.iter().cloned().chain(themes).collect()
    }

    /// Faults of a folder with these files.
    fn faults(files: &[(&str, &str)]) -> (Config, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("themes")).expect("themes");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect(name);
        }
        let config = load(Some(folder.path()));
        let faults = all_of(&config);
        (config, faults)
    }

    #[test]
    fn one_line_that_is_wrong_leaves_the_others() {
        let (config, told) =
            faults(&[("config.toml", "colour = \"red\"\nlang = \"vi\"\ntheme = \"night\"\n")]);
        assert_eq!((config.lang.as_deref(), config.lang_line, config.theme), (Some("vi"), 2, None));
        let all = "dark, light, contrast, sixteen, plain";
        assert_eq!(
            told,
            [
                "config.toml, line 1: there is no setting `colour`; there are lang, theme".to_owned(),
                format!("config.toml, line 3: there is no theme `night`; there are {all}"),
            ]
        );
        let (config, told) = faults(&[("config.toml", "lang = vi\ntheme = \"light\"\n")]);
        assert_eq!((config.lang, config.theme.as_deref()), (None, Some("light")));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("config.toml, line 1: "), "{told:?}");
    }

    #[test]
    fn faults_stand_in_the_order_of_files_and_lines() {
        let (_, told) = faults(&[
            ("themes/b.toml", "shine = 1\n[styles]\ntitle = { blink = true }\nlead = 3\n"),
            ("themes/a.toml", "[styles]\nlead = 3\n[palette]\nsky = 4\n"),
            ("themes/c.toml", "shine = 1\nparent = \"nope\"\n"),
            ("config.toml", "theme = \"night\"\ncolour = 1\n"),
        ]);
        let places: Vec<&str> = told.iter().filter_map(|t| Some(t.split_once(':')?.0)).collect();
        assert_eq!(
            places,
            [
                "config.toml, line 1",
                "config.toml, line 2",
                "themes/a.toml, line 2",
                "themes/a.toml, line 4",
                "themes/b.toml, line 1",
                "themes/b.toml, line 3",
                "themes/b.toml, line 4",
                "themes/c.toml, line 1",
                "themes/c.toml, line 2",
            ]
        );
    }

    #[test]
    fn parents_that_are_not_there_and_circles_are_told() {
        let (_, told) = faults(&[
            ("themes/a.toml", "# A theme.\nparent = \"nope\"\n"),
            ("themes/b.toml", "parent = \"c\"\n"),
            ("themes/c.toml", "parent = \"b\"\n"),
            ("themes/dark.toml", "parent = \"dark\"\n"),
            ("themes/good.toml", "parent = \"light\"\n"),
        ]);
        let starts = [
            "themes/a.toml, line 2: there is no theme `nope`; there are ",
            "themes/b.toml, line 1: its parents lead back to `b`; ",
            "themes/c.toml, line 1: its parents lead back to `c`; ",
            "themes/dark.toml, line 1: its parents lead back to `dark`; ",
        ];
        assert_eq!(told.len(), starts.len(), "{told:?}");
        for (fault, start) in told.iter().zip(starts) {
            assert!(fault.starts_with(start), "{fault}");
        }
        assert!(
            told[0].ends_with("; there are light, contrast, sixteen, plain, b, c, dark, good"),
            "{}",
            told[0]
        );
    }
}
