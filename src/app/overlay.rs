//! What lies over the panes: help, palette, notices.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::{Action, Scope, key_labels};
use super::ask::Ask;
use super::command::Typed;
use super::cx::{Prefs, cycle};
use super::layout::Area;
use super::line::Line;
use super::repair::{Offers, Pick};
use super::status::{Severity, Status};
use super::words::{self, Lang, Msg, Words};
use crate::keys::Keymap;
use crate::library::{Snapshot, Views, shown};
use crate::text::{folded, width, wrap};

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
    /// The page of a name: [`super::ProfilePane`].
    NamePage,
    /// What two articles share: [`super::EvidencePane`].
    Evidence,
    /// The program that gets the text of the article.
    Pipe(Line),
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

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRow {
    /// A scope.
    Head(String),
    /// Keys and what they do; where that takes several lines, either may be empty.
    Keys(String, String),
    /// Words.
    Note(String),
    /// Nothing.
    Blank,
}

/// The help: its lines, and the cells of the column of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The lines.
    pub rows: Vec<HelpRow>,
    /// Cells of the column of keys.
    pub keys: usize,
}

/// Blanks between keys and words.
pub const BETWEEN: usize = 2;

/// Problems that are listed: who has more looks at the folder, not at the screen.
const PROBLEMS: usize = 500;
/// Cells of a box at most.
const WIDEST: u16 = 96;
/// Cells beside a box from which they show something.
const FRINGE: u16 = 12;

/// The box in the middle of a screen that holds `rows` lines, where there is room.
pub fn box_of(screen: (u16, u16), rows: usize) -> Area {
    // The bottom line stays free: its hints say how to get out again.
    let (w, h) = (screen.0, screen.1.saturating_sub(1));
    // A few cells beside it would show halves of words.
    let bw = if w < WIDEST + FRINGE { w } else { WIDEST };
    let bh = (rows as u16).saturating_add(2).min(h.saturating_sub(u16::from(h > 13)));
    Area::new((w - bw) / 2, (h - bh) / 2, bw, bh)
}

/// Where the lines stand in a box.
pub fn inside(area: Area) -> Area {
    Area::new(area.x + 2, area.y + 1, area.w.saturating_sub(4), area.h.saturating_sub(2))
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
        Scope::Review => Msg::ReviewTitle,
        Scope::Line => Msg::ScopeLine,
    }
}

/// The help, from the table of actions, wrapped to so many cells.
pub fn help(map: &Keymap<Action>, words: &Words, cells: usize) -> Help {
    let of = |action: Action| key_labels(map, action);
    let widest = Action::ALL.iter().map(|a| width(&of(*a).join(APART))).max().unwrap_or(0);
    // Words need more room than keys.
    let keys = widest.min(cells / 3);
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
            beside(&of(action), words.action(action), keys, cells, &mut rows);
        }
    }
    rows.push(HelpRow::Blank);
    let key = |action| of(action).first().cloned().unwrap_or_default();
    let (read, back, forward) = (key(Action::ToggleRead), key(Action::JumpBack), key(Action::JumpForward));
    let places = words.fill(Msg::HelpPlaces, &[("read", &read), ("back", &back), ("forward", &forward)]);
    for note in [words.get(Msg::HelpFilter), words.get(Msg::HelpSigns), &places, words.get(Msg::HelpMouse)] {
        rows.extend(pieces(note, cells).map(HelpRow::Note));
    }
    Help { rows, keys }
}

fn pieces(text: &str, cells: usize) -> impl Iterator<Item = String> {
    wrap(text, cells.max(1)).into_iter().map(|p| text[p].trim_end().to_owned())
}

/// Parts keys of one action.
const APART: &str = "  ";

/// Keys in lines; none is broken.
fn lines_of(keys: &[String], cells: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for key in keys {
        match lines.last_mut() {
            Some(line) if width(line) + width(APART) + width(key) <= cells => {
                line.push_str(APART);
                line.push_str(key);
            }
            _ => lines.push(key.clone()),
        }
    }
    lines
}

/// Keys and words in columns beside each other, each in as many lines as it takes.
fn beside(keys: &[String], what: &str, wide: usize, cells: usize, rows: &mut Vec<HelpRow>) {
    let mut left = lines_of(keys, wide).into_iter();
    let mut right = pieces(what, cells.saturating_sub(wide + BETWEEN));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return,
            (keys, what) => rows.push(HelpRow::Keys(keys.unwrap_or_default(), what.unwrap_or_default())),
        }
    }
}

/// Notices and files with problems, the newest and gravest first, wrapped to so many cells.
pub fn notice_lines(
    status: &Status,
    snapshot: &Snapshot,
    words: &Words,
    cells: usize,
) -> Vec<(Severity, String)> {
    let told = status.log.iter().rev().map(|n| (n.severity, n.text(words)));
    let files = snapshot.problems.iter().map(|(_, problem)| {
        let kind = words.get(words::problem(problem.kind));
        // The message names the file itself, and often says the kind in its own words.
        let told = shown(&problem.message);
        let told = words.said(&told);
        let text = if told.contains(kind) { told.into_owned() } else { format!("{kind}: {told}") };
        (Severity::Warning, text)
    });
    let lines = |(severity, text): (Severity, String)| {
        pieces(&text, cells).map(|line| (severity, line)).collect::<Vec<_>>()
    };
    told.chain(files.take(PROBLEMS)).flat_map(lines).collect()
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
    /// A command that still wants words.
    Begun(&'static str),
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
    /// What is typed for it in the other languages of the screen; empty where it has one name for all.
    pub also: String,
    /// In words.
    pub words: String,
    /// Its keys.
    pub keys: String,
}

impl Item {
    /// Whether each word that was typed stands in its name, in any language, or in its words: what is only like it is not meant by Enter alone.
    fn says(&self, typed: &str) -> bool {
        let squeezed = |text: &str| folded(text).split_whitespace().collect::<String>();
        let all = [&self.name, &self.also, &self.words].map(|text| squeezed(text));
        folded(typed).split_whitespace().all(|w| all.iter().any(|text| text.contains(w)))
    }
}

/// Commands by name.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// What was typed.
    pub line: Line,
    /// The commands that fit, best first.
    pub items: Vec<Item>,
    /// The chosen one; none where all that fits is only a little like what was typed.
    pub chosen: Option<usize>,
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
                also: String::new(),
                words: String::new(),
                keys: String::new(),
            }];
            self.chosen = Some(0);
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
            let name = score(&item.name).max(score(&item.also)).map(|s| s * 2);
            let words = score(&item.words);
            if let Some(best) = name.max(words) {
                fit.push((best, n, item));
            }
        }
        if !typed.is_empty() {
            // Who writes a verb out means it.
            let verb = Typed::wants_more(typed);
            let meant = |item: &Item| matches!(item.command, Command::Begun(own) if verb == Some(own));
            fit.sort_by_key(|(score, n, item)| (!meant(item), std::cmp::Reverse(*score), *n));
        }
        self.items = fit.into_iter().map(|f| f.2).collect();
        self.chosen = self.items.first().filter(|i| i.says(typed)).map(|_| 0);
        // Who writes words behind a command means that one.
        if let Some(read) = Typed::read(self.line.text()) {
            let words = prefs.lang.words();
            let told = read.map_or_else(|problem| words.fault(&problem.fault), |typed| typed.words(words));
            let (command, name) = (Command::Typed(self.line.text().to_owned()), typed.to_owned());
            self.items.retain(|i| i.command != command);
            let (also, keys) = (String::new(), String::new());
            self.items.insert(0, Item { command, name, also, words: told, keys });
            self.chosen = Some(0);
        }
    }

    /// Moves the choice, round and round.
    pub fn go(&mut self, by: isize) {
        self.chosen = match self.chosen {
            Some(n) => Some(cycle(n, by, self.items.len())),
            None if by > 0 => (!self.items.is_empty()).then_some(0),
            None => self.items.len().checked_sub(1),
        };
    }

    /// Writes the chosen command out.
    pub fn complete(&mut self) {
        if let Some(item) = self.items.get(self.chosen.unwrap_or(0)) {
            let typed = self.line.text().trim();
            self.line = match item.command {
                Command::Begun(_) if Typed::wants_more(typed).is_some() => Line::of(&format!("{typed} ")),
                Command::Begun(_) => Line::of(item.name.trim_end_matches('…')),
                _ => Line::of(&item.name),
            };
        }
    }
}

fn commands(map: &Keymap<Action>, prefs: &Prefs, views: &Views) -> Vec<Item> {
    let words = prefs.lang.words();
    let also = |verb: &str, what: &str| {
        let others = Lang::ALL.into_iter().filter(|l| *l != prefs.lang);
        others.map(|l| format!("{} {what}", l.words().verb(verb))).collect::<Vec<_>>().join(" ")
    };
    let actions = Action::ALL
        .iter()
        .filter(|a| {
            !matches!(a.scope(), Scope::Line | Scope::Proposals | Scope::Review) && **a != Action::Palette
        })
        .map(|&a| Item {
            command: Command::Do(a),
            name: a.name().to_owned(),
            also: String::new(),
            words: words.action(a).to_owned(),
            keys: key_labels(map, a).first().cloned().unwrap_or_default(),
        });
    let langs = Lang::ALL.into_iter().map(|l| Item {
        command: Command::Lang(l),
        name: format!("{} {}", words.verb("lang"), l.code()),
        also: also("lang", l.code()),
        words: format!("{}: {}", words.get(Msg::PaletteLang), l.own_name()),
        keys: String::new(),
    });
    let themes = prefs.themes.iter().map(|t| Item {
        command: Command::Theme(t.clone()),
        name: format!("{} {t}", words.verb("theme")),
        also: also("theme", t),
        words: format!("{}: {}", words.get(Msg::PaletteTheme), words.theme(t)),
        keys: String::new(),
    });
    let views = views.all().map(|v| Item {
        command: Command::Typed(format!("{} {}", words.verb("view"), v.name)),
        name: format!("{} {}", words.verb("view"), v.name),
        also: also("view", &v.name),
        words: words.fill(Msg::DoView, &[("name", &v.name)]),
        keys: String::new(),
    });
    let begun = Typed::VERBS.into_iter().map(|verb| Item {
        command: Command::Begun(verb),
        name: format!("{} …", words.verb(verb)),
        also: also(verb, "…"),
        words: Typed::meaning(verb, words),
        keys: String::new(),
    });
    actions.chain(langs).chain(themes).chain(views).chain(begun).collect()
}
