//! How the reader was left: language, theme and pictures chosen by key, the article that was opened last. A small file in the data folder.
//!
//! Owns: reading it (what is not understood is as if it were not there: nothing in it cannot be chosen again), writing it at the end.
//! Refuses: to outweigh the configuration for ever: a choice holds as long as the configuration says what it said then.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::config::Config;

/// The file's name in the data folder.
const FILE: &str = "session.toml";

/// A choice, and what the configuration said when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What was chosen.
    pub chosen: String,
    /// What the configuration said.
    pub over: Option<String>,
}

/// How the reader was left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The article that was opened last: the digest part of its id.
    pub article: Option<String>,
    /// Code of the language.
    pub lang: Option<Choice>,
    /// The name of the theme.
    pub theme: Option<Choice>,
    /// Pictures are drawn, `on` or `off`; over what this terminal begins with, so that a choice made here holds over no slow link.
    pub pictures: Option<Choice>,
    /// The card of the first run was seen.
    #[serde(default)]
    pub welcomed: bool,
}

impl Left {
    /// Reads the file of a data folder.
    pub fn read(folder: Option<&Path>) -> Self {
        let text = folder.and_then(|f| fs::read_to_string(f.join(FILE)).ok()).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    /// Writes the file where it says something new.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        if *self == Self::read(Some(folder)) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        let text = toml::to_string(self).map_err(io::Error::other)?;
        // A half-written file is never seen.
        let fresh = folder.join("session.new");
        fs::write(&fresh, text)?;
        fs::rename(&fresh, folder.join(FILE))
    }

    /// The configuration with what was chosen by key.
    pub fn over(&self, config: &Config) -> (Option<String>, Option<String>) {
        let holds = |choice: &Option<Choice>, says: &Option<String>| {
            choice.as_ref().filter(|c| c.over == *says).map(|c| c.chosen.clone()).or_else(|| says.clone())
        };
        (holds(&self.lang, &config.lang), holds(&self.theme, &config.theme))
    }

    /// Whether pictures are drawn on a terminal that begins so.
    pub fn drawn(&self, begins: bool) -> bool {
        let choice = self.pictures.as_ref().filter(|c| c.over.as_deref() == Some(word(begins)));
        choice.map_or(begins, |c| c.chosen == word(true))
    }

    /// Pictures are drawn on a terminal that begins so.
    pub fn draw(&mut self, on: bool, begins: bool) {
        if on != self.drawn(begins) {
            self.pictures = Some(Choice { chosen: word(on).to_owned(), over: Some(word(begins).to_owned()) });
        }
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_holds_until_the_configuration_says_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Left::read(Some(folder.path())), Left::default());
        let chosen = Some(Choice { chosen: "vi".to_owned(), over: None });
        let left = Left { lang: chosen, article: Some("aa".to_owned()), ..Left::default() };
        left.write(folder.path()).expect("written");
        let left = Left::read(Some(folder.path()));
        assert_eq!(left.article.as_deref(), Some("aa"));
        let config = |lang: Option<&str>| Config { lang: lang.map(str::to_owned), ..Config::default() };
        for (says, expect) in [(None, Some("vi")), (Some("en"), Some("en"))] {
            assert_eq!(left.over(&config(says)).0.as_deref(), expect);
        }
        let mut far = left.clone();
        for (on, begins, expect) in
            [(true, true, (true, false)), (false, true, (false, false)), (true, false, (true, true))]
        {
            far.draw(on, begins);
            assert_eq!((far.drawn(true), far.drawn(false)), expect, "{on} over {begins}");
        }
        fs::write(folder.path().join(FILE), "article = [").expect("written");
        assert_eq!(Left::read(Some(folder.path())), Left::default());
    }
}
