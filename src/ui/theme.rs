//! Styles as meanings with fall-back.
//!
//! Owns: the meanings, which more general meaning each falls back on, turning a theme's data into styles for the colours a terminal has.
//! Refuses: colours in code: they stand in `assets/themes/*.toml` or in the reader's own files.
//! Tests: at the foot: every built-in theme knows its meanings and keeps its contrast.

use ratatui::style::{Color, Modifier, Style};

use crate::app::nearest;
use crate::config::{FileFault, StyleData, ThemeData, find};

macro_rules! meanings {
    ($($variant:ident $name:literal $(<- $parent:ident)?;)*) => {
        /// What a piece of the screen means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Meaning { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl Meaning {
            /// All meanings; each stands after the one that it falls back on.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The more general meaning that fills what a theme leaves out.
            pub fn parent(self) -> Option<Self> {
                match self { $(Self::$variant => meanings!(@parent $($parent)?),)* }
            }
        }
    };
    (@parent) => { None };
    (@parent $parent:ident) => { Some(Self::$parent) };
}

meanings! {
    Text "text";
    Dim "dim" <- Text;
    Accent "accent" <- Text;
    Error "error" <- Text;
    Warning "warning" <- Text;
    Info "info" <- Text;
    Border "border" <- Dim;
    BorderFocus "border-focus" <- Accent;
    PaneTitle "pane-title" <- Dim;
    PaneTitleFocus "pane-title-focus" <- Accent;
    Title "title" <- Text;
    Meta "meta" <- Dim;
    Outlet "outlet" <- Meta;
    Date "date" <- Dim;
    Credit "credit" <- Dim;
    Lead "lead" <- Text;
    Heading "heading" <- Accent;
    Quote "quote" <- Text;
    Item "item" <- Text;
    Code "code" <- Text;
    Strong "strong";
    Emphasis "emphasis";
    Link "link";
    InlineCode "inline-code";
    Struck "struck";
    Table "table" <- Text;
    TableHead "table-head" <- Heading;
    Caption "caption" <- Dim;
    Note "note" <- Dim;
    Sign "sign" <- Dim;
    AsideHead "aside-head" <- Heading;
    Aside "aside" <- Dim;
    Fix "fix" <- Dim;
    Problem "problem" <- Warning;
    ListUnread "list-unread" <- Text;
    ListRead "list-read" <- Dim;
    ListPending "list-pending" <- Dim;
    Unread "unread" <- Accent;
    Selected "selected";
    SelectedFocus "selected-focus" <- Selected;
    Bar "bar" <- Accent;
    Person "person" <- Text;
    Place "place" <- Text;
    Organisation "organisation" <- Text;
    OtherName "other-name" <- Text;
    Match "match" <- Accent;
    MatchCurrent "match-current" <- Match;
    Count "count" <- Dim;
    Variant "variant" <- Dim;
    Reason "reason" <- Dim;
    Included "included" <- Accent;
    Excluded "excluded" <- Error;
    Prompt "prompt" <- Accent;
    Input "input" <- Text;
    Placeholder "placeholder" <- Dim;
    Key "key" <- Accent;
    KeyText "key-text" <- Dim;
    Progress "progress" <- Accent;
    Overlay "overlay" <- Text;
    OverlayTitle "overlay-title" <- PaneTitleFocus;
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// 24 bits.
    #[default]
    Full,
    /// The 256 of xterm.
    Indexed,
    /// The 16 of its own.
    Basic,
}

/// A theme, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The background it is made for.
    pub background: Option<(u8, u8, u8)>,
    styles: Vec<Style>,
}

impl Theme {
    /// Resolves a theme by name; what cannot be understood is left out and told. An unknown name gives `None`.
    pub fn resolve(themes: &[ThemeData], name: &str, depth: Depth) -> Option<(Self, Vec<String>)> {
        Self::resolve_on(themes, name, depth, None)
    }

    /// As [`Theme::resolve`], for a terminal whose background is light, dark, or not known, which is most often dark: a theme
    /// that is made for another one brings its own.
    pub fn fitting(
        themes: &[ThemeData],
        name: &str,
        depth: Depth,
        light: Option<bool>,
    ) -> Option<(Self, Vec<String>)> {
        let found = Self::resolve(themes, name, depth)?;
        let misfit = |(r, g, b): &(u8, u8, u8)| (luma((*r, *g, *b)) > 0.5) != light.unwrap_or(false);
        match found.0.background.filter(misfit) {
            Some((r, g, b)) => Self::resolve_on(themes, name, depth, Some(Color::Rgb(r, g, b))),
            None => Some(found),
        }
    }

    /// A theme, with a background behind all that names none.
    fn resolve_on(
        themes: &[ThemeData],
        name: &str,
        depth: Depth,
        ground: Option<Color>,
    ) -> Option<(Self, Vec<String>)> {
        let line = find(themes, name)?;
        let mut faults: Vec<FileFault> = line.iter().flat_map(|t| t.faults.iter().cloned()).collect();
        let mut styles: Vec<Style> = Vec::with_capacity(Meaning::ALL.len());
        for meaning in Meaning::ALL {
            let mut style = meaning.parent().map_or_else(Style::default, |p| styles[p as usize]);
            for theme in &line {
                if let Some(data) = theme.styles.get(meaning.name()) {
                    style = apply(style, data, theme, depth, &mut faults);
                }
            }
            if let (Meaning::Text, None, Some(ground)) = (meaning, style.bg, ground) {
                style = style.bg(reduce(ground, depth));
            }
            styles.push(style);
        }
        for theme in &line {
            let unknown = theme.styles.keys().filter(|k| Meaning::ALL.iter().all(|m| m.name() != k.as_str()));
            faults.extend(unknown.map(|k| {
                let remedy = match nearest(k, Meaning::ALL.iter().map(|m| m.name())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`diembao gen theme` lists all".to_owned(),
                };
                theme.fault(theme.line_of(k), format!("there is no style `{k}`; {remedy}"))
            }));
        }
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let faults = faults.iter().map(ToString::to_string).collect();
        let background = line.iter().rev().find_map(|t| t.background.as_deref()).and_then(hex);
        Some((Self { name: name.to_owned(), background, styles }, faults))
    }

    /// The built-in theme of a name, `plain` where there is none.
    pub fn built_in(name: &str) -> Self {
        let themes = crate::config::built_in();
        let found = Self::resolve(&themes, name, Depth::Full)
            .or_else(|| Self::resolve(&themes, "plain", Depth::Full));
        found.map_or_else(
            || Self {
                name: "plain".to_owned(),
                background: None,
                styles: vec![Style::default(); Meaning::ALL.len()],
            },
            |f| f.0,
        )
    }

    /// The style of a meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.styles[meaning as usize]
    }
}

fn apply(
    mut style: Style,
    data: &StyleData,
    theme: &ThemeData,
    depth: Depth,
    faults: &mut Vec<FileFault>,
) -> Style {
    let mut colour = |name: &Option<String>| {
        let name = name.as_ref()?;
        let written = theme.palette.get(name).unwrap_or(name);
        let found = parse_colour(written);
        if found.is_none() {
            let what = format!(
                "there is no colour `{written}`; write `#rrggbb`, a name of the palette or one like `bright-blue`"
            );
            faults.push(theme.fault(theme.line_of(written), what));
        }
        found.map(|c| reduce(c, depth))
    };
    if let Some(fg) = colour(&data.fg) {
        style = style.fg(fg);
    }
    if let Some(bg) = colour(&data.bg) {
        style = style.bg(bg);
    }
    for (wanted, modifier) in [
        (data.bold, Modifier::BOLD),
        (data.dim, Modifier::DIM),
        (data.italic, Modifier::ITALIC),
        (data.underline, Modifier::UNDERLINED),
        (data.reverse, Modifier::REVERSED),
        (data.strike, Modifier::CROSSED_OUT),
    ] {
        match wanted {
            Some(true) => style = style.add_modifier(modifier),
            Some(false) => {
                style.add_modifier.remove(modifier);
                style.sub_modifier.remove(modifier);
            }
            None => {}
        }
    }
    style
}

/// The terminal's own colours by name.
const BASIC: [(&str, Color, (u8, u8, u8)); 16] = [
    ("black", Color::Black, (0, 0, 0)),
    ("red", Color::Red, (205, 49, 49)),
    ("green", Color::Green, (13, 188, 121)),
    ("yellow", Color::Yellow, (229, 229, 16)),
    ("blue", Color::Blue, (36, 114, 200)),
    ("magenta", Color::Magenta, (188, 63, 188)),
    ("cyan", Color::Cyan, (17, 168, 205)),
    ("white", Color::Gray, (204, 204, 204)),
    ("bright-black", Color::DarkGray, (118, 118, 118)),
    ("bright-red", Color::LightRed, (241, 76, 76)),
    ("bright-green", Color::LightGreen, (35, 209, 139)),
    ("bright-yellow", Color::LightYellow, (245, 245, 67)),
    ("bright-blue", Color::LightBlue, (59, 142, 234)),
    ("bright-magenta", Color::LightMagenta, (214, 112, 214)),
    ("bright-cyan", Color::LightCyan, (41, 184, 219)),
    ("bright-white", Color::White, (255, 255, 255)),
];

fn parse_colour(name: &str) -> Option<Color> {
    if name == "default" {
        return Some(Color::Reset);
    }
    let own = BASIC.iter().find(|b| b.0 == name).map(|b| b.1);
    own.or_else(|| hex(name).map(|(r, g, b)| Color::Rgb(r, g, b)))
}

fn hex(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let part = |n: usize| u8::from_str_radix(&digits[n..n + 2], 16).ok();
    Some((part(0)?, part(2)?, part(4)?))
}

/// Red, green and blue of a colour; `None` for the terminal's default.
pub fn rgb(colour: Color) -> Option<(u8, u8, u8)> {
    match colour {
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(n) => Some(indexed(n)),
        other => BASIC.iter().find(|b| b.1 == other).map(|b| b.2),
    }
}

/// How bright a colour is, up to 1.
pub fn luma((r, g, b): (u8, u8, u8)) -> f64 {
    (0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)) / 255.0
}

/// The colour of an index of xterm's cube and grey ramp.
fn indexed(n: u8) -> (u8, u8, u8) {
    let level = |v: u8| if v == 0 { 0 } else { 55 + 40 * v };
    match n {
        0..16 => BASIC[usize::from(n)].2,
        16..232 => (level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)),
        232.. => (8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232)),
    }
}

/// The nearest colour that the terminal has.
pub(super) fn reduce(colour: Color, depth: Depth) -> Color {
    let Color::Rgb(r, g, b) = colour else { return colour };
    let distance = |(x, y, z): (u8, u8, u8)| {
        let part = |a: u8, b: u8| i32::from(a.abs_diff(b)).pow(2);
        // The eye sees green best and blue least.
        3 * part(r, x) + 6 * part(g, y) + part(b, z)
    };
    match depth {
        Depth::Full => colour,
        Depth::Indexed => Color::Indexed((16..=255).min_by_key(|n| distance(indexed(*n))).unwrap_or(7)),
        Depth::Basic => BASIC.iter().min_by_key(|c| distance(c.2)).map_or(Color::Reset, |c| c.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::built_in;

    #[test]
    fn every_built_in_theme_resolves_without_fault() {
        for theme in built_in() {
            for depth in [Depth::Full, Depth::Indexed, Depth::Basic] {
                let (_, faults) = Theme::resolve(&built_in(), &theme.name, depth).expect("a theme");
                assert_eq!(faults, Vec::<String>::new());
            }
        }
    }

    #[test]
    fn plain_has_no_colour() {
        let theme = Theme::built_in("plain");
        for meaning in Meaning::ALL {
            let style = theme.style(*meaning);
            assert_eq!((style.fg, style.bg), (None, None), "{}", meaning.name());
        }
    }

    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    type Rgb = (u8, u8, u8);

    /// Ink and paper of all pairs that a theme can bring together, where it names both.
    fn pairs(theme: &Theme) -> Vec<(&'static str, Rgb, Rgb)> {
        let paper = theme.background;
        let under = |m: Meaning| theme.style(m).bg.and_then(rgb).or(paper);
        let mut out = Vec::new();
        // Lines between panes carry no words.
        for meaning in Meaning::ALL.iter().filter(|m| **m != Meaning::Border) {
            let Some(ink) = theme.style(*meaning).fg.and_then(rgb) else { continue };
            let mut grounds = vec![under(*meaning)];
            if theme.style(*meaning).bg.is_none() && theme.style(Meaning::SelectedFocus).fg.is_none() {
                grounds.extend([Meaning::Selected, Meaning::SelectedFocus, Meaning::Overlay].map(under));
            }
            out.extend(grounds.into_iter().flatten().map(|ground| (meaning.name(), ink, ground)));
        }
        out
    }

    /// WCAG 2: 4.5 : 1 for text.
    #[test]
    fn text_keeps_its_contrast() {
        for theme in built_in() {
            for depth in [Depth::Full, Depth::Indexed] {
                let (theme, _) = Theme::resolve(&built_in(), &theme.name, depth).expect("a theme");
                for (name, ink, ground) in pairs(&theme) {
                    let ratio = contrast(ink, ground);
                    assert!(
                        ratio >= 4.5,
                        "{} {name} {ratio:.2}: {ink:?} on {ground:?} in {depth:?}",
                        theme.name
                    );
                }
            }
        }
        assert!(pairs(&Theme::built_in("dark")).len() > 150, "pairs are found");
        assert!(!pairs(&Theme::built_in("sixteen")).is_empty());
    }

    #[test]
    fn the_theme_of_sixteen_has_no_others() {
        let theme = Theme::built_in("sixteen");
        for meaning in Meaning::ALL {
            let style = theme.style(*meaning);
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(
                    !matches!(colour, Color::Rgb(..) | Color::Indexed(_)),
                    "{} {colour:?}",
                    meaning.name()
                );
            }
        }
    }

    #[test]
    fn a_theme_for_another_background_brings_its_own() {
        let (white, night) = (Color::Rgb(255, 255, 255), Color::Rgb(0x16, 0x18, 0x1d));
        for (name, depth, light, expect) in [
            ("light", Depth::Full, Some(true), None),
            ("light", Depth::Full, Some(false), Some(white)),
            ("light", Depth::Full, None, Some(white)),
            ("light", Depth::Basic, None, Some(Color::White)),
            ("dark", Depth::Full, Some(true), Some(night)),
            ("dark", Depth::Basic, Some(true), Some(Color::Black)),
            ("dark", Depth::Full, None, None),
            ("dark", Depth::Full, Some(false), None),
            ("plain", Depth::Full, Some(true), None),
            ("sixteen", Depth::Basic, Some(true), None),
            ("contrast", Depth::Full, None, Some(Color::Rgb(0, 0, 0))),
        ] {
            let (theme, _) = Theme::fitting(&built_in(), name, depth, light).expect("a theme");
            for meaning in [Meaning::Text, Meaning::Dim, Meaning::Title] {
                assert_eq!(theme.style(meaning).bg, expect, "{name} in {depth:?} on {light:?}");
            }
            let ink = theme.style(Meaning::Text).fg;
            assert!(ink.is_none() || ink != theme.style(Meaning::Text).bg, "{name} in {depth:?}");
        }
    }

    #[test]
    fn colours_are_reduced_to_the_nearest() {
        for (colour, depth, expect) in [
            (Color::Rgb(255, 255, 255), Depth::Basic, Color::White),
            (Color::Rgb(250, 80, 80), Depth::Basic, Color::LightRed),
            (Color::Rgb(0, 0, 95), Depth::Indexed, Color::Indexed(17)),
            (Color::Rgb(1, 2, 3), Depth::Full, Color::Rgb(1, 2, 3)),
            (Color::Reset, Depth::Basic, Color::Reset),
        ] {
            assert_eq!(reduce(colour, depth), expect);
        }
    }

    #[test]
    fn faults_are_told_and_the_rest_holds() {
        let text = "parent = \"plain\"\n[styles]\ntitel = {}\ntitle = { fg = \"purpel\", bold = true }\n";
        let mut themes = built_in();
        themes.push(ThemeData::parse("mine", text).expect("readable"));
        let (theme, faults) = Theme::resolve(&themes, "mine", Depth::Full).expect("a theme");
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(theme.style(Meaning::Title).add_modifier.contains(Modifier::BOLD));
    }
}
