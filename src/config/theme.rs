//! Themes as data: a palette, and a style for each meaning that wants its own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::FileFault;
use crate::keys::{line_at, syntax};

/// A theme as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeData {
    /// Its name: the file's.
    pub name: String,
    text: String,
    /// The theme that fills what this one leaves out.
    pub parent: Option<String>,
    /// The background that it is made for, `#rrggbb`: contrast is checked against it.
    pub background: Option<String>,
    /// Names of colours.
    pub palette: BTreeMap<String, String>,
    /// Styles by meaning.
    pub styles: BTreeMap<String, StyleData>,
    /// What is wrong in its file: told when it is chosen.
    pub faults: Vec<FileFault>,
}

/// A style as written; what is left out is taken from the more general meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Struck out.
    pub strike: Option<bool>,
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
    /// Reads a theme file that must be without fault.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let (theme, faults) = Self::read(name, text);
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        if told.is_empty() { Ok(theme) } else { Err(told.join("\n")) }
    }

    /// Reads a theme file. What is wrong is left out and told with its line, all else holds.
    pub fn read(name: &str, text: &str) -> (Self, Vec<FileFault>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut read = Reading { name, text, faults: Vec::new(), broken: Vec::new() };
        for error in &errors {
            let (line, what) = syntax(text, error);
            read.tell(line, &what);
            read.broken.push(line);
        }
        let mut theme = Self { name: name.to_owned(), text: text.to_owned(), ..Self::default() };
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "parent" => theme.parent = read.word(key, value),
                "background" => theme.background = read.word(key, value),
                "palette" => {
                    for (key, value) in read.part(key, value) {
                        if let Some(colour) = read.word(key, value) {
                            theme.palette.insert(key.get_ref().to_string(), colour);
                        }
                    }
                }
                "styles" => {
                    for (key, value) in read.part(key, value) {
                        let style = read.style(key, value);
                        theme.styles.insert(key.get_ref().to_string(), style);
                    }
                }
                other => {
                    let what =
                        format!("a theme has no `{other}`; there are parent, background, palette, styles");
                    read.tell(read.line(key), &what);
                }
            }
        }
        (theme, read.faults)
    }

    /// What is wrong in its file.
    pub fn fault(&self, line: usize, what: String) -> FileFault {
        fault(&self.name, line, what)
    }

    /// The first line of the file that holds some words, from 1; 0 where none does.
    pub fn line_of(&self, words: &str) -> usize {
        self.text.lines().position(|line| line.contains(words)).map_or(0, |n| n + 1)
    }
}

fn fault(name: &str, line: usize, what: String) -> FileFault {
    FileFault { file: format!("themes/{name}.toml"), line, what }
}

/// A name in a file, and a value.
type Name<'t> = Spanned<Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

/// A file that is being read.
struct Reading<'a> {
    name: &'a str,
    text: &'a str,
    faults: Vec<FileFault>,
    /// Lines that could not be read: what is left of them means nothing.
    broken: Vec<usize>,
}

impl Reading<'_> {
    fn line(&self, key: &Name<'_>) -> usize {
        line_at(self.text, key.span().start)
    }

    fn tell(&mut self, line: usize, what: &str) {
        self.faults.push(fault(self.name, line, what.to_owned()));
    }

    fn found(&self, value: &Value<'_>) -> String {
        self.text.get(value.span()).unwrap_or_default().to_owned()
    }

    fn word(&mut self, key: &Name<'_>, value: &Value<'_>) -> Option<String> {
        if self.broken.contains(&self.line(key)) {
            return None;
        }
        let word = value.get_ref().as_str().map(str::to_owned);
        if word.is_none() {
            let (name, found) = (key.get_ref(), self.found(value));
            let what = format!("a word in quotation marks is wanted for `{name}`; {found} is none");
            self.tell(self.line(key), &what);
        }
        word
    }

    fn flag(&mut self, key: &Name<'_>, value: &Value<'_>) -> Option<bool> {
        if self.broken.contains(&self.line(key)) {
            return None;
        }
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let (name, found) = (key.get_ref(), self.found(value));
            self.tell(self.line(key), &format!("true or false is wanted for `{name}`; {found} is neither"));
        }
        flag
    }

    /// The rows of a table; where it is none, this is told.
    fn table<'v, 't>(
        &mut self,
        key: &Name<'_>,
        value: &'v Value<'t>,
        what: impl FnOnce() -> String,
    ) -> Vec<(&'v Name<'t>, &'v Value<'t>)> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.tell(self.line(key), &what());
        }
        table.into_iter().flatten().collect()
    }

    /// A part of the file, under a head of its own.
    fn part<'v, 't>(&mut self, key: &Name<'_>, value: &'v Value<'t>) -> Vec<(&'v Name<'t>, &'v Value<'t>)> {
        let what = || format!("`{}` is a table: write [{0}] and its lines below", key.get_ref());
        self.table(key, value, what)
    }

    fn style(&mut self, name: &Name<'_>, value: &Value<'_>) -> StyleData {
        let mut style = StyleData::default();
        // A colour alone is most often meant for the letters.
        let colour = value.get_ref().as_str().unwrap_or("red").to_owned();
        let what =
            || format!("`{}` is a style: write it as {{ fg = {colour:?}, bold = true }}", name.get_ref());
        for (key, value) in self.table(name, value, what) {
            match key.get_ref().as_ref() {
                "fg" => style.fg = self.word(key, value),
                "bg" => style.bg = self.word(key, value),
                "bold" => style.bold = self.flag(key, value),
                "dim" => style.dim = self.flag(key, value),
                "italic" => style.italic = self.flag(key, value),
                "underline" => style.underline = self.flag(key, value),
                "reverse" => style.reverse = self.flag(key, value),
                "strike" => style.strike = self.flag(key, value),
                other => {
                    let what = format!(
                        "`{}` has no `{other}`; there are fg, bg, bold, dim, italic, underline, reverse, strike",
                        name.get_ref()
                    );
                    self.tell(self.line(key), &what);
                }
            }
        }
        style
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
    fn what_is_wrong_leaves_the_rest() {
        let text = "parent = 3\nshine = 1\npalette = \"red\"\n[styles]\ntitle = { bold = 1, fg = \"red\", blink = true }\nlead = 3\n";
        let (theme, faults) = ThemeData::read("mine", text);
        assert_eq!(theme.styles["title"], StyleData { fg: Some("red".to_owned()), ..StyleData::default() });
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let lines: Vec<&str> = faults.iter().filter_map(|f| f.strip_prefix("themes/mine.toml, ")).collect();
        assert_eq!(lines.len(), 6, "{faults:?}");
        for line in [
            "line 1: a word",
            "line 2: a theme has no `shine`",
            "line 3: `palette` is",
            "line 5: true or false",
            "line 5: `title` has no `blink`",
            "line 6: `lead` is a style: write it as { fg = \"red\", bold = true }",
        ] {
            assert!(lines.iter().any(|l| l.starts_with(line)), "{line}: {faults:?}");
        }
    }

    #[test]
    fn a_colour_alone_is_told_how_a_style_is_written() {
        let (theme, faults) = ThemeData::read("mine", "[styles]\nlead = \"ink\"\n");
        let told = "themes/mine.toml, line 2: `lead` is a style: write it as { fg = \"ink\", bold = true }";
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [told]);
        let (mended, faults) = ThemeData::read("mine", "[styles]\nlead = { fg = \"ink\", bold = true }\n");
        assert_eq!(faults, []);
        assert_eq!(theme.styles["lead"].fg, None);
        assert_eq!(mended.styles["lead"].fg.as_deref(), Some("ink"));
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
