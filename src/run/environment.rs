//! What the environment says: language, theme, colours.

use super::background::Wish;
use crate::app::Lang;
use crate::config::Config;
use crate::ui::{Depth, Graphics};

/// What was found.
pub struct Environment {
    /// The language of the screen.
    pub lang: Lang,
    /// The theme.
    pub theme: String,
    /// The colours that the terminal has.
    pub depth: Depth,
    /// The themes that may be chosen: without colours only one shows what is selected.
    pub themes: Vec<String>,
    /// The terminal reads over links that it does not know (OSC 8); the console of the kernel does not.
    pub links: bool,
    /// The background is light, as far as the environment says.
    pub light: Option<bool>,
    /// What nothing but the terminal says.
    pub asks: Wish,
    /// No theme was chosen: that which fits the background is taken.
    pub follows: bool,
    /// Pictures.
    pub pictures: Pictures,
}

/// What is known of pictures before the terminal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pictures {
    /// They are drawn until the reader says otherwise: not over a link that may be slow, nor without colours.
    pub on: bool,
    /// How; `None` where the terminal may know better than half blocks.
    pub graphics: Option<Graphics>,
}

/// A terminal that shows part of the question how it counts cells.
const PRINTS_QUESTIONS: &str = "Apple_Terminal";
/// The theme for few colours, whatever the background.
const SIXTEEN: &str = "sixteen";
/// The theme for a light background.
pub const LIGHT: &str = "light";

/// Reads the environment; the configuration goes first, `NO_COLOR` before all.
pub fn read(config: &Config) -> Environment {
    let variable = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let lang = config.lang.as_deref().and_then(Lang::of).or_else(|| locale(&variable)).unwrap_or(Lang::En);
    let told = variable("COLORFGBG");
    let depth = depth(&variable("COLORTERM").unwrap_or_default(), &variable("TERM").unwrap_or_default());
    let plain = variable("NO_COLOR").is_some();
    let theme = if plain {
        "plain".to_owned()
    } else {
        let own = if depth == Depth::Basic { SIXTEEN } else { background(told.as_deref()) };
        config.theme.clone().unwrap_or_else(|| own.to_owned())
    };
    let themes =
        if plain { vec![theme.clone()] } else { config.themes.iter().map(|t| t.name.clone()).collect() };
    let links = variable("TERM").is_some_and(|t| t != "linux" && t != "dumb");
    let light = told.as_deref().map(|told| background(Some(told)) == LIGHT);
    let ask = !plain && light.is_none() && links;
    let follows = ask && config.theme.is_none() && depth != Depth::Basic;
    let pictures = pictures(&variable, theme == "plain" || depth == Depth::Basic);
    let clusters = links && variable("TERM_PROGRAM").is_none_or(|t| t != PRINTS_QUESTIONS);
    let asks = Wish { background: ask, pictures: pictures.graphics.is_none(), clusters };
    Environment { lang, theme, depth, themes, links, light, asks, follows, pictures }
}

/// Terminals that mark a place for kitty's pictures otherwise than kitty, and that show none of sixel's rightly.
const HALVES_ONLY: &str = "KONSOLE_VERSION";

fn pictures(variable: &dyn Fn(&str) -> Option<String>, colourless: bool) -> Pictures {
    let is = |name: &str, parts: &[&str]| variable(name).is_some_and(|v| parts.iter().any(|p| v.contains(p)));
    let far = variable("SSH_CONNECTION").or_else(|| variable("SSH_TTY")).is_some();
    let simple = colourless || variable("TERM").is_none_or(|t| t == "dumb" || t == "linux");
    let within = variable("TMUX").or_else(|| variable("STY")).is_some() || is("TERM", &["tmux", "screen"]);
    let iterm = is("TERM_PROGRAM", &["iTerm", "WezTerm"]) || is("LC_TERMINAL", &["iTerm"]);
    let graphics = if simple || within || variable(HALVES_ONLY).is_some() {
        Some(Graphics::Halves)
    } else {
        iterm.then_some(Graphics::Iterm2)
    };
    Pictures { on: !far && !simple, graphics }
}

/// The language of the locale, else English.
pub fn lang() -> Lang {
    locale(&|name| std::env::var(name).ok().filter(|v| !v.is_empty())).unwrap_or(Lang::En)
}

/// The first variable that is set decides, as for all programs.
fn locale(variable: &dyn Fn(&str) -> Option<String>) -> Option<Lang> {
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| variable(n)).and_then(|l| Lang::of(&l))
}

/// The theme for a background as rxvt and its kin tell it: `15;0` is white on black.
fn background(colours: Option<&str>) -> &'static str {
    let paper = colours.and_then(|c| c.rsplit(';').next()?.parse::<u8>().ok());
    match paper {
        Some(7 | 9..=15) => LIGHT,
        _ => "dark",
    }
}

fn depth(colorterm: &str, term: &str) -> Depth {
    let full = ["truecolor", "24bit"].contains(&colorterm)
        || ["direct", "kitty", "ghostty", "alacritty", "foot", "wezterm"].iter().any(|t| term.contains(t));
    if full {
        Depth::Full
    } else if term.contains("256") {
        Depth::Indexed
    } else {
        Depth::Basic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        for (set, expect) in [
            (&[("LANG", "vi_VN.UTF-8")][..], Some(Lang::Vi)),
            (&[("LC_ALL", "en_US.UTF-8"), ("LANG", "vi_VN.UTF-8")], Some(Lang::En)),
            (&[("LC_MESSAGES", "vi_VN"), ("LANG", "en_US")], Some(Lang::Vi)),
            (&[("LC_ALL", "C")], None),
            (&[], None),
        ] {
            let variable = |name: &str| set.iter().find(|s| s.0 == name).map(|s| s.1.to_owned());
            assert_eq!(locale(&variable), expect, "{set:?}");
        }
    }

    #[test]
    fn pictures_are_for_near_terminals_with_colours() {
        let halves = Some(Graphics::Halves);
        for (set, colourless, on, graphics) in [
            (&[("TERM", "xterm-256color")][..], false, true, None),
            (&[("TERM", "xterm-256color")], true, false, halves),
            (&[("TERM", "linux")], false, false, halves),
            (&[("TERM", "dumb")], false, false, halves),
            (&[], false, false, halves),
            (&[("TERM", "xterm-kitty"), ("SSH_CONNECTION", "a b")], false, false, None),
            (&[("TERM", "xterm-kitty"), ("SSH_TTY", "/dev/pts/1")], false, false, None),
            (&[("TERM", "tmux-256color")], false, true, halves),
            (&[("TERM", "xterm-kitty"), ("TMUX", "x")], false, true, halves),
            (&[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "220")], false, true, halves),
            (
                &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
                false,
                true,
                Some(Graphics::Iterm2),
            ),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], false, true, Some(Graphics::Iterm2)),
            (&[("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")], false, true, Some(Graphics::Iterm2)),
        ] {
            let variable = |name: &str| set.iter().find(|s| s.0 == name).map(|s| s.1.to_owned());
            assert_eq!(pictures(&variable, colourless), Pictures { on, graphics }, "{set:?}");
        }
    }

    #[test]
    fn background_and_colours_are_guessed() {
        for (colours, expect) in
            [(None, "dark"), (Some("15;0"), "dark"), (Some("0;default;15"), "light"), (Some("0;7"), "light")]
        {
            assert_eq!(background(colours), expect);
        }
        for (colorterm, term, expect) in [
            ("truecolor", "xterm", Depth::Full),
            ("", "xterm-256color", Depth::Indexed),
            ("", "xterm", Depth::Basic),
            ("", "xterm-kitty", Depth::Full),
        ] {
            assert_eq!(depth(colorterm, term), expect, "{colorterm} {term}");
        }
    }
}
