//! The one table of actions: keys, help, palette, hints and `docs/keys.md` are all made from it.
//!
//! The words for each action stand in `assets/lang/*.toml` under `[actions]`; the built-in keys in `assets/keys.toml`.

use std::fmt::Write as _;

use super::words::Lang;
use crate::keys::{Fault, Keymap, Layer, Refusal, show};

/// Where an action makes sense. Scopes are tried from the innermost outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere but in a line of text.
    Global,
    /// In every pane and in what lies over them.
    Pane,
    /// The list of articles.
    List,
    /// The article.
    Reader,
    /// The names.
    Names,
    /// The related stories.
    Related,
    /// Names that may be one.
    Proposals,
    /// The press review.
    Review,
    /// A line of text that is being typed.
    Line,
}

impl Scope {
    /// All scopes, in the order of the help.
    pub const ALL: [Self; 9] = [
        Self::Pane,
        Self::Global,
        Self::List,
        Self::Reader,
        Self::Names,
        Self::Related,
        Self::Proposals,
        Self::Review,
        Self::Line,
    ];

    /// The name in key files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Pane => "pane",
            Self::List => "list",
            Self::Reader => "reader",
            Self::Names => "names",
            Self::Related => "related",
            Self::Proposals => "proposals",
            Self::Review => "review",
            Self::Line => "line",
        }
    }

    /// The scope of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

macro_rules! actions {
    ($($scope:ident { $($variant:ident $name:literal)* })*) => {
        /// Everything that a key, the palette or the mouse can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[doc = concat!("`", $name, "`")] $variant,)*)* }

        impl Action {
            /// All actions, in the order of the help.
            pub const ALL: &[Self] = &[$($(Self::$variant,)*)*];

            /// The name in key files and in the palette.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }

            /// Where it makes sense.
            pub fn scope(self) -> Scope {
                match self { $($(Self::$variant => Scope::$scope,)*)* }
            }
        }
    };
}

actions! {
    Pane {
        Down "down"
        Up "up"
        HalfDown "half-page-down"
        HalfUp "half-page-up"
        PageDown "page-down"
        PageUp "page-up"
        Top "top"
        Bottom "bottom"
        Enter "enter"
        Escape "escape"
    }
    Global {
        NextPane "next-pane"
        PreviousPane "previous-pane"
        PaneLeft "pane-left"
        PaneRight "pane-right"
        Find "find"
        NextMatch "next-match"
        PreviousMatch "previous-match"
        EditFilter "edit-filter"
        ClearFilter "clear-filter"
        ShowNames "show-names"
        ShowRelated "show-related"
        Review "review"
        NamePage "name-page"
        NextInStory "next-in-story"
        PreviousInStory "previous-in-story"
        UnreadInStory "unread-in-story"
        NextUnread "next-unread"
        PreviousUnread "previous-unread"
        JumpBack "jump-back"
        JumpForward "jump-forward"
        MarkPlace "mark-place"
        GoToPlace "go-to-place"
        Zen "zen"
        SetAside "set-aside"
        Pictures "pictures"
        ToggleRead "toggle-read"
        ToggleStar "toggle-star"
        ReadAll "read-all"
        EditTags "edit-tags"
        EditNote "edit-note"
        WriteNote "write-note"
        OpenView "open-view"
        SaveView "save-view"
        Undo "undo"
        ExactDates "exact-dates"
        CopyLink "copy-link"
        CopyText "copy-text"
        CopyCitation "copy-citation"
        CopyQuote "copy-quote"
        SaveArticles "save-articles"
        Pipe "pipe"
        OpenLink "open-link"
        Links "links"
        OpenOriginal "open-original"
        EditOriginal "edit-original"
        Notices "notices"
        Wider "wider"
        Narrower "narrower"
        SwitchLanguage "switch-language"
        SwitchTheme "switch-theme"
        StopWork "stop-work"
        Redraw "redraw"
        Suspend "suspend"
        Help "help"
        Palette "palette"
        Leave "leave"
        Quit "quit"
    }
    List {
        MarkArticle "mark-article"
        MarkAll "mark-all"
        UnmarkAll "unmark-all"
    }
    Names {
        Include "include"
        Exclude "exclude"
        Variants "variants"
        AllNames "all-names"
        Why "why"
        MergeName "merge-name"
        SplitName "split-name"
        RenameName "rename-name"
        ChangeKind "change-kind"
        IgnoreName "ignore-name"
        UndoDecision "undo-decision"
        Proposals "proposals"
    }
    Related {
        Evidence "evidence"
        MoreReasons "more-reasons"
    }
    Proposals {
        JoinThem "join-them"
        HoldApart "hold-apart"
    }
    Review {
        Fold "fold"
        SaveMarkdown "save-markdown"
        SaveHtml "save-html"
    }
    Line {
        Accept "accept"
        Cancel "cancel"
        Complete "complete"
        CompleteBack "complete-back"
        Older "older"
        Newer "newer"
        CursorLeft "cursor-left"
        CursorRight "cursor-right"
        WordLeft "word-left"
        WordRight "word-right"
        CursorStart "cursor-start"
        CursorEnd "cursor-end"
        DeleteBack "delete-back"
        DeleteForward "delete-forward"
        DeleteWord "delete-word"
        DeleteLine "delete-line"
    }
}

impl Action {
    /// The action of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.name() == name)
    }

    /// Its place in [`Action::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether keys of `scope` may ask for it: panes take everything but the editing of a line, a line only that, pages of what
    /// can be chosen below it, and what ends the program.
    fn fits(self, scope: Scope) -> bool {
        match (self.scope(), scope) {
            (Scope::Line, Scope::Line) => true,
            (Scope::Line, _) => false,
            (_, Scope::Line) => matches!(
                self,
                Self::PageDown
                    | Self::PageUp
                    | Self::Quit
                    | Self::Suspend
                    | Self::Redraw
                    | Self::Help
                    | Self::SaveView
            ),
            (Scope::Names, Scope::Proposals) => self == Self::UndoDecision,
            (own @ (Scope::List | Scope::Names | Scope::Related | Scope::Proposals | Scope::Review), s) => {
                s == own
            }
            _ => true,
        }
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The built-in key file.
pub const DEFAULT_KEYS: &str = include_str!("../../assets/keys.toml");

/// The built-in keys with the reader's own file over them, and what is wrong in the latter.
pub fn keymap(own: Option<&str>) -> (Keymap<Action>, Vec<Fault>) {
    let mut map = Keymap::default();
    let mut faults = map.read(DEFAULT_KEYS, Layer::BuiltIn, &resolve);
    if let Some(own) = own {
        faults.extend(map.read(own, Layer::Own, &resolve));
    }
    (map, faults)
}

fn resolve(scope: &str, name: &str) -> Result<Action, Refusal> {
    let Some(scope) = Scope::of(scope) else {
        let names = || Scope::ALL.into_iter().map(Scope::name);
        let near = nearest(scope, names()).map(|near| format!("did you mean [{near}]?"));
        let remedy = near.unwrap_or_else(|| format!("there are {}", names().collect::<Vec<_>>().join(", ")));
        return Err(Refusal::Scope(remedy));
    };
    match Action::of(name) {
        Some(action) if action.fits(scope) => Ok(action),
        Some(action) => Err(Refusal::Elsewhere(action.scope().name().to_owned())),
        None => {
            let there = Action::ALL.iter().filter(|a| a.fits(scope)).map(|a| a.name());
            let near = nearest(name, there).map(|near| format!("did you mean `{near}`?"));
            Err(Refusal::Action(near.unwrap_or_else(|| "`diembao gen keys` lists all".to_owned())))
        }
    }
}

/// The name that was meant, where one is so like what was written that it may have been: a letter in three may be wrong.
pub fn nearest(written: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let (distance, name) = names.map(|name| (strsim::osa_distance(written, name), name)).min()?;
    (distance <= (written.chars().count() / 3).max(1)).then_some(name)
}

/// The keys of an action as people write them, `j  ↓`; empty where it has none.
pub fn key_labels(map: &Keymap<Action>, action: Action) -> Vec<String> {
    let scopes: Vec<&str> = Scope::ALL.iter().map(|s| s.name()).collect();
    map.keys_of(&scopes, action).iter().map(|keys| label(keys)).collect()
}

/// A sequence as people write it: `gg`, `Ctrl-d`, `g ↓`.
pub fn label(keys: &[crate::keys::Key]) -> String {
    let labels: Vec<String> = keys.iter().map(|k| k.label()).collect();
    let joint = if labels.iter().all(|l| l.chars().count() == 1) { "" } else { " " };
    labels.join(joint)
}

/// The head of `docs/keys.md`.
const KEYS_HEAD: &str = "# Keys\n\n\
    Made by `diembao gen keys --md` from the table of actions; do not edit.\n\n\
    A number before a key repeats what goes a step: `3j`, `2]` (the second unread one), `2J`, `2}`, `3n`, `3<c-o>`, `3u`,\n\
    `2<tab>`, `2l`, `2>`, `2gt`, `2gl`. `3gg` and `3G` lead to row 3, in an article to 3 % of it; `3x` chooses three articles.\n\
    With all other keys it means nothing and is dropped. Esc drops a number, too.\n\n\
    In the list, `x` chooses articles (`✓`), `gm` all of the list, `X` lets all go; a filter leaves them chosen, and so does\n\
    Esc. While some are chosen, `m`, `*`, `t`, `y`, `Y`, `gy`, `gw` and `|` in the list are about all of them, and one `u` takes\n\
    all back.\n\n\
    Your own file, `keys.toml` in the configuration folder, is written like\n\
    what `diembao gen keys` prints: a table for each scope, `\"keys\" = \"action\"`; `\"none\"` unbinds.";

/// `docs/keys.md`: all actions with their keys, in English and Vietnamese.
pub fn keys_markdown(lang: Lang) -> String {
    let (map, _) = keymap(None);
    let mut out = lang.words().help(KEYS_HEAD).into_owned() + "\n";
    for scope in Scope::ALL {
        let rows: Vec<Action> = Action::ALL.iter().copied().filter(|a| a.scope() == scope).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {}\n\n| keys | action | | |\n| --- | --- | --- | --- |\n", scope.name());
        for action in rows {
            let scopes: Vec<&str> = Scope::ALL.iter().map(|s| s.name()).collect();
            let keys: Vec<String> = map
                .keys_of(&scopes, action)
                .iter()
                .map(|k| format!("`{}`", show(k).replace('|', "\\|")))
                .collect();
            let _ = writeln!(
                out,
                "| {} | `{}` | {} | {} |",
                keys.join(" "),
                action.name(),
                Lang::En.words().action(action),
                Lang::Vi.words().action(action)
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_keys_have_no_fault() {
        assert_eq!(keymap(None).1, []);
    }

    #[test]
    fn every_action_has_a_key_and_its_name_is_its_own() {
        let (map, _) = keymap(None);
        for &action in Action::ALL {
            assert_eq!(Action::of(action.name()), Some(action));
            assert!(!key_labels(&map, action).is_empty(), "{} has no key", action.name());
            assert_eq!(Action::ALL[action.index()], action);
        }
    }

    #[test]
    fn a_broken_file_keeps_the_built_in_keys() {
        let (map, faults) = keymap(Some("[list]\n\"j\" = \"fly\"\n[line]\n\"x\" = \"down\"\n"));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(key_labels(&map, Action::Down)[0], "j");
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        for (text, expect) in [
            ("[list]\n\"ä\" = \"dwn\"\n", "did you mean `down`?"),
            ("[list]\n\"ä\" = \"jump-bck\"\n", "did you mean `jump-back`?"),
            ("[list]\n\"ä\" = \"frobnicate\"\n", "`diembao gen keys` lists all"),
            ("[lsit]\n\"ä\" = \"down\"\n", "did you mean [list]?"),
            ("[bogus]\n\"ä\" = \"down\"\n", "there are pane, global, list"),
        ] {
            let faults = keymap(Some(text)).1;
            assert!(faults[0].to_string().contains(expect), "{faults:?}");
        }
    }

    #[test]
    fn the_document_names_every_action() {
        let text = keys_markdown(Lang::En);
        for action in Action::ALL {
            assert!(text.contains(&format!("`{}`", action.name())));
        }
    }
}
