//! Themes as data: a palette, and a style for each meaning that wants its own.

use std::collections::BTreeMap;

/// A theme as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeData {
    /// Its name: the file's.
    #[serde(skip)]
    pub name: String,
    #[serde(skip)]
    text: String,
    /// The theme that fills what this one leaves out.
    pub parent: Option<String>,
    /// The background that it is made for, `#rrggbb`: contrast is checked against it.
    pub background: Option<String>,
    /// Names of colours.
    #[serde(default)]
    pub palette: BTreeMap<String, String>,
    /// Styles by meaning.
    #[serde(default)]
    pub styles: BTreeMap<String, StyleData>,
}

/// A style as written; what is left out is taken from the more general meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StyleData {
    /// Colour of the letters: a name of the palette, `#rrggbb`, or one of the terminal's own (`red`, `bright-blue`, `default`).
    pub fg: Option<String>,
    /// Colour behind them.
    pub bg: Option<String>,
    /// Bold.
    pub bold: Option<bool>,
    /// Dim.
    pub dim: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Underlined.
    pub underline: Option<bool>,
    /// Colours swapped.
    pub reverse: Option<bool>,
}

/// Names and files of the built-in themes.
pub const BUILT_IN_THEMES: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("sixteen", include_str!("../../assets/themes/sixteen.toml")),
    ("plain", include_str!("../../assets/themes/plain.toml")),
];

impl ThemeData {
    /// Reads a theme file.
    pub fn parse(name: &str, text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text).map(|t| Self { name: name.to_owned(), text: text.to_owned(), ..t })
    }

    /// The first line of the file that holds some words, from 1; 0 where none does.
    pub fn line_of(&self, words: &str) -> usize {
        self.text.lines().position(|line| line.contains(words)).map_or(0, |n| n + 1)
    }
}

/// The built-in themes (a test keeps them readable).
pub fn built_in() -> Vec<ThemeData> {
    BUILT_IN_THEMES.iter().filter_map(|(name, text)| ThemeData::parse(name, text).ok()).collect()
}

/// A theme by name, with what its parents say below it: the eldest first. `None` where there is no theme of that name.
pub fn find<'a>(themes: &'a [ThemeData], name: &str) -> Option<Vec<&'a ThemeData>> {
    let mut line = vec![themes.iter().find(|t| t.name == name)?];
    while let Some(parent) = line.last().and_then(|t| t.parent.as_deref()) {
        match themes.iter().find(|t| t.name == parent) {
            // A theme that is its own ancestor adds nothing.
            Some(parent) if !line.contains(&parent) => line.push(parent),
            _ => break,
        }
    }
    line.reverse();
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_built_in_themes_can_be_read() {
        for (name, text) in BUILT_IN_THEMES {
            if let Err(error) = ThemeData::parse(name, text) {
                panic!("{name}: {error}");
            }
        }
        assert_eq!(built_in().len(), BUILT_IN_THEMES.len());
    }

    #[test]
    fn parents_come_first_and_circles_end() {
        let theme = |name: &str, parent: Option<&str>| ThemeData {
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            ..ThemeData::default()
        };
        let themes = [theme("a", None), theme("b", Some("a")), theme("c", Some("d")), theme("d", Some("c"))];
        for (name, expect) in [("a", &["a"][..]), ("b", &["a", "b"]), ("c", &["d", "c"])] {
            let line: Vec<&str> = find(&themes, name).expect(name).iter().map(|t| t.name.as_str()).collect();
            assert_eq!(line, expect);
        }
        assert_eq!(find(&themes, "none"), None);
    }
}
