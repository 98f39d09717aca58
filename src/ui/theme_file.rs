//! A theme as a complete file to begin from: every meaning, what it is for, and where it falls back.
//!
//! Owns: the form of `diembao gen theme`, the table of styles in `docs/config.md`. Refuses: colours, which are the theme's data.
//! Tests: at the foot: the file is read back as the theme that it was made from.

use std::fmt::Write as _;

use super::theme::Meaning;
use crate::app::Lang;
use crate::config::{StyleData, ThemeData, find};

/// What each meaning is for.
const USES: &str = include_str!("../../assets/docs/theme.tsv");
const USES_VI: &str = include_str!("../../assets/docs/theme.vi.tsv");

/// What stands at the head of a file.
const HEAD: &str = "\
# A theme of diembao's. Put it into the folder `themes` beside config.toml, as NAME.toml, and choose it with `:theme NAME` or
# `theme = \"NAME\"` in config.toml. Every style may be left out: it then is as the more general one that is named behind it,
# or as the theme `parent = \"dark\"` has it. What is not understood is told with its line, and the rest holds.
#
# fg, bg: a name of [palette], `#rrggbb`, or a colour of the terminal's own: default, black, red, green, yellow, blue, magenta,
# cyan, white, bright-black ... bright-white. bold, dim, italic, underline, reverse, strike: true or false.
";

/// What a meaning is for.
fn used_for(meaning: Meaning, lang: Lang) -> &'static str {
    let uses = if lang == Lang::Vi { USES_VI } else { USES };
    let rows = uses.lines().filter_map(|l| l.split_once('\t'));
    rows.filter(|row| row.0 == meaning.name()).map(|row| row.1).next().unwrap_or_default()
}

/// A theme with what its parents say, as one file; `None` where there is no theme of that name.
pub fn theme_file(themes: &[ThemeData], name: &str, lang: Lang) -> Option<String> {
    let (line, words) = (find(themes, name)?, lang.words());
    let this = format!("# This is `{name}`.");
    let mut out = format!("{}\n#\n{}\n", words.help(HEAD.trim_end()), words.help(&this));
    if let Some(background) = line.iter().rev().find_map(|t| t.background.as_ref()) {
        let why = words.help("# The background that it is made for.");
        let _ = writeln!(out, "\n{why}\nbackground = {background:?}");
    }
    let mut palette = line.iter().flat_map(|t| &t.palette).collect::<std::collections::BTreeMap<_, _>>();
    palette.retain(|_, colour| !colour.is_empty());
    if !palette.is_empty() {
        out.push_str("\n[palette]\n");
        for (name, colour) in palette {
            let _ = writeln!(out, "{name} = {colour:?}");
        }
    }
    out.push_str("\n[styles]\n");
    for &meaning in Meaning::ALL {
        let own = line
            .iter()
            .filter_map(|t| t.styles.get(meaning.name()))
            .fold(None, |below, style| Some(laid_over(below.unwrap_or_default(), style)));
        // A style that is left out stands there all the same, so that it is seen what there is.
        let written = own.as_ref().map_or_else(|| "{}".to_owned(), style);
        let sign = if own.is_some() { "" } else { "# " };
        let behind = meaning.parent().map(|p| format!("(else as {})", p.name()));
        let behind = behind.map(|b| format!(" {}", words.help(&b))).unwrap_or_default();
        let _ = writeln!(out, "# {}{behind}\n{sign}{} = {written}", used_for(meaning, lang), meaning.name());
    }
    Some(out)
}

/// The table of all meanings, in Markdown.
pub fn meanings_markdown(lang: Lang) -> String {
    let mut out = format!("{}\n| --- | --- | --- |\n", lang.words().help("| style | else as | for |"));
    for meaning in Meaning::ALL {
        let parent = meaning.parent().map(|p| format!("`{}`", p.name())).unwrap_or_default();
        let _ = writeln!(out, "| `{}` | {parent} | {} |", meaning.name(), used_for(*meaning, lang));
    }
    out
}

fn laid_over(below: StyleData, style: &StyleData) -> StyleData {
    StyleData {
        fg: style.fg.clone().or(below.fg),
        bg: style.bg.clone().or(below.bg),
        bold: style.bold.or(below.bold),
        dim: style.dim.or(below.dim),
        italic: style.italic.or(below.italic),
        underline: style.underline.or(below.underline),
        reverse: style.reverse.or(below.reverse),
        strike: style.strike.or(below.strike),
    }
}

/// A style as it is written.
fn style(style: &StyleData) -> String {
    let colours = [("fg", &style.fg), ("bg", &style.bg)];
    let flags = [
        ("bold", style.bold),
        ("dim", style.dim),
        ("italic", style.italic),
        ("underline", style.underline),
        ("reverse", style.reverse),
        ("strike", style.strike),
    ];
    let colours =
        colours.into_iter().filter_map(|(name, colour)| Some(format!("{name} = {:?}", colour.as_ref()?)));
    let flags = flags.into_iter().filter_map(|(name, on)| Some(format!("{name} = {}", on?)));
    let all: Vec<String> = colours.chain(flags).collect();
    if all.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", all.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::theme::{Depth, Theme};
    use super::*;
    use crate::config::built_in;

    #[test]
    fn every_meaning_is_told_and_nothing_else() {
        let all: Vec<&str> = Meaning::ALL.iter().map(|m| m.name()).collect();
        for uses in [USES, USES_VI] {
            let told: Vec<&str> = uses.lines().filter_map(|l| l.split_once('\t')).map(|row| row.0).collect();
            assert_eq!(told, all);
        }
    }

    #[test]
    fn a_written_theme_is_read_back_as_it_was() {
        for (theme, lang) in built_in().into_iter().flat_map(|t| Lang::ALL.map(|lang| (t.clone(), lang))) {
            let text = theme_file(&built_in(), &theme.name, lang).expect("a theme");
            let read =
                ThemeData::parse("mine", &text).unwrap_or_else(|e| panic!("{}: {e}\n{text}", theme.name));
            let themes: Vec<ThemeData> = built_in().into_iter().chain([read]).collect();
            let (mine, faults) = Theme::resolve(&themes, "mine", Depth::Full).expect("a theme");
            assert_eq!(faults, Vec::<String>::new(), "{}", theme.name);
            let own = Theme::built_in(&theme.name);
            assert_eq!(mine.background, own.background, "{}", theme.name);
            for meaning in Meaning::ALL {
                assert_eq!(mine.style(*meaning), own.style(*meaning), "{} {}", theme.name, meaning.name());
            }
            for meaning in Meaning::ALL {
                assert!(
                    text.contains(&format!("\n{} = ", meaning.name()))
                        || text.contains(&format!("\n# {} = {{}}", meaning.name()))
                );
            }
        }
        assert_eq!(theme_file(&built_in(), "none", Lang::En), None);
    }
}
