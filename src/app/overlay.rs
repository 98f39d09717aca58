//! What lies over the panes: help, palette, notices.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::{Action, Scope, key_labels};
use super::ask::Ask;
use super::command::Typed;
use super::cx::{Prefs, cycle};
use super::line::Line;
use super::repair::{Offers, Pick};
use super::status::{Severity, Status};
use super::words::{self, Lang, Msg, Words};
use crate::keys::Keymap;
use crate::library::{Snapshot, Views, shown};
use crate::text::folded;

/// Something over the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// All keys; the first line in sight.
    Help(usize),
    /// Commands by name.
    Palette(Palette),
    /// Notices and files with problems; the first line in sight.
    Notices(usize),
    /// The press review: [`super::ReviewPane`], which keeps its place.
    Review,
    /// A decision about a name that still needs something.
    Pick(Pick),
    /// A line that is asked for.
    Ask(Ask),
    /// Names that may be one.
    Proposals(Offers),
    /// Why an entity is as it is.
    Why {
        /// The entity's id.
        id: String,
        /// The first row in sight.
        top: usize,
    },
}

/// A row of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    /// A scope.
    Head(String),
    /// Keys and what they do.
    Keys(String, String),
    /// Words.
    Note(String),
    /// Nothing.
    Blank,
}

/// The word for a scope.
fn scope_word(scope: Scope) -> Msg {
    match scope {
        Scope::Pane => Msg::ScopePane,
        Scope::Global => Msg::ScopeGlobal,
        Scope::List => Msg::PaneList,
        Scope::Reader => Msg::PaneReader,
        Scope::Names => Msg::PaneNames,
        Scope::Related => Msg::PaneRelated,
        Scope::Proposals => Msg::ProposalsTitle,
        Scope::Line => Msg::ScopeLine,
    }
}

/// The help, from the table of actions.
pub fn help(map: &Keymap<Action>, words: &Words) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for scope in Scope::ALL {
        let actions: Vec<Action> = Action::ALL.iter().copied().filter(|a| a.scope() == scope).collect();
        if actions.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(HelpRow::Blank);
        }
        rows.push(HelpRow::Head(words.get(scope_word(scope)).to_owned()));
        for action in actions {
            rows.push(HelpRow::Keys(key_labels(map, action).join("  "), words.action(action).to_owned()));
        }
    }
    rows.extend([
        HelpRow::Blank,
        HelpRow::Note(words.get(Msg::HelpFilter).to_owned()),
        HelpRow::Note(words.get(Msg::HelpMouse).to_owned()),
    ]);
    rows
}

/// Notices and files with problems, the newest and gravest first.
pub fn notices(status: &Status, snapshot: &Snapshot, words: &Words) -> Vec<(Severity, String)> {
    let told = status.log.iter().rev().map(|n| (n.severity, n.text(words)));
    let files = snapshot.problems.iter().map(|(_, problem)| {
        let kind = words.get(words::problem(problem.kind));
        // The message names the file itself.
        (Severity::Warning, format!("{kind}: {}", shown(&problem.message)))
    });
    told.chain(files).collect()
}

/// What a row of the palette does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// An action.
    Do(Action),
    /// Another language.
    Lang(Lang),
    /// Another theme.
    Theme(String),
    /// A command with words behind it.
    Typed(String),
    /// Panics (debug builds only; found by its whole name alone).
    Crash,
}

/// A row of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it does.
    pub command: Command,
    /// What is typed for it.
    pub name: String,
    /// In words.
    pub words: String,
    /// Its keys.
    pub keys: String,
}

/// Commands by name.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// What was typed.
    pub line: Line,
    /// The commands that fit, best first.
    pub items: Vec<Item>,
    /// The chosen one.
    pub chosen: usize,
}

/// Name of the command that panics in debug builds.
const CRASH: &str = "crash";

impl Palette {
    /// Works out which commands fit what was typed.
    pub fn refresh(&mut self, map: &Keymap<Action>, prefs: &Prefs, views: &Views) {
        let all = commands(map, prefs, views);
        let typed = self.line.text().trim();
        if cfg!(debug_assertions) && typed == CRASH {
            self.items = vec![Item {
                command: Command::Crash,
                name: CRASH.to_owned(),
                words: String::new(),
                keys: String::new(),
            }];
            self.chosen = 0;
            return;
        }
        // Folded by our own rules, which know all Vietnamese letters.
        let pattern = Pattern::parse(&folded(typed), CaseMatching::Ignore, Normalization::Never);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(&folded(text), &mut buffer), &mut matcher);
        let mut fit: Vec<(u32, usize, Item)> = Vec::new();
        for (n, item) in all.into_iter().enumerate() {
            // The name counts double: who types it knows it.
            let name = score(&item.name).map(|s| s * 2);
            let words = score(&item.words);
            if let Some(best) = name.max(words) {
                fit.push((best, n, item));
            }
        }
        if !typed.is_empty() {
            fit.sort_by_key(|(score, n, _)| (std::cmp::Reverse(*score), *n));
        }
        self.items = fit.into_iter().map(|f| f.2).collect();
        self.chosen = 0;
        // Who writes words behind a command means that one.
        if let Some(read) = Typed::read(self.line.text()) {
            let words = prefs.lang.words();
            let told = read.map_or_else(|problem| words.fault(&problem.fault), |typed| typed.words(words));
            let (command, name) = (Command::Typed(self.line.text().to_owned()), typed.to_owned());
            self.items.retain(|i| i.command != command);
            self.items.insert(0, Item { command, name, words: told, keys: String::new() });
        }
    }

    /// Moves the choice, round and round.
    pub fn go(&mut self, by: isize) {
        self.chosen = cycle(self.chosen, by, self.items.len());
    }

    /// Writes the chosen command out.
    pub fn complete(&mut self) {
        if let Some(item) = self.items.get(self.chosen) {
            self.line = Line::of(&item.name);
        }
    }
}

fn commands(map: &Keymap<Action>, prefs: &Prefs, views: &Views) -> Vec<Item> {
    let words = prefs.lang.words();
    let actions = Action::ALL
        .iter()
        .filter(|a| a.scope() != Scope::Line && !matches!(a, Action::Palette))
        .map(|&a| Item {
            command: Command::Do(a),
            name: a.name().to_owned(),
            words: words.action(a).to_owned(),
            keys: key_labels(map, a).first().cloned().unwrap_or_default(),
        });
    let langs = Lang::ALL.into_iter().map(|l| Item {
        command: Command::Lang(l),
        name: format!("lang {}", l.code()),
        words: format!("{}: {}", words.get(Msg::PaletteLang), l.own_name()),
        keys: String::new(),
    });
    let themes = prefs.themes.iter().map(|t| Item {
        command: Command::Theme(t.clone()),
        name: format!("theme {t}"),
        words: format!("{}: {t}", words.get(Msg::PaletteTheme)),
        keys: String::new(),
    });
    let views = views.all().map(|v| Item {
        command: Command::Typed(format!("view {}", v.name)),
        name: format!("view {}", v.name),
        words: words.fill(Msg::DoView, &[("name", &v.name)]),
        keys: String::new(),
    });
    actions.chain(langs).chain(themes).chain(views).collect()
}
