//! What lies over the panes: help, palette, notices.

use super::action::{Action, Scope, key_labels};
use super::ask::Ask;
use super::command::Typed;
use super::cx::{Prefs, cycle};
use super::layout::Area;
use super::line::Line;
use super::rank::{self, Fit};
use super::repair::{Offers, Pick};
use super::status::{Severity, Status};
use super::words::{self, Lang, Msg, Words};
use crate::keys::Keymap;
use crate::library::{Snapshot, Views, alike, shown};
use crate::text::{folded, width, wrap};

/// Something over the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// All keys.
    Help(HelpView),
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

/// How the help is looked at.
#[derive(Debug, Clone, Default)]
pub struct HelpView {
    /// The first line in sight.
    pub top: usize,
    /// What is sought in it.
    pub line: Line,
    /// It is being typed.
    pub seeking: bool,
}

impl HelpView {
    /// The line that is sought is in sight.
    pub fn shows_line(&self) -> bool {
        self.seeking || !self.line.text().is_empty()
    }
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
/// Cells and rows beside a box from which they show something, on each side; fewer would show halves of words.
pub(super) const FRINGE: u16 = 20;
const FRINGE_ROWS: u16 = 3;

/// The box in the middle of a screen that holds `rows` lines, where there is room.
pub fn box_of(screen: (u16, u16), rows: usize) -> Area {
    let area = among(screen, rows);
    let h = screen.1.saturating_sub(1);
    if h - area.h < 2 * FRINGE_ROWS { Area { y: 0, h, ..area } } else { area }
}

/// A box with the panes in sight around it.
fn among(screen: (u16, u16), rows: usize) -> Area {
    // The bottom line stays free: its hints say how to get out again.
    let (w, h) = (screen.0, screen.1.saturating_sub(1));
    let bw = if w < WIDEST + 2 * FRINGE { w } else { WIDEST };
    let bh = (rows as u16).saturating_add(2).min(h.saturating_sub(u16::from(h > 13)));
    Area::new((w - bw) / 2, (h - bh) / 2, bw, bh)
}

/// Rows of a box with a line and what can be chosen for it.
const CHOICES: usize = 16;

/// The box of a line that is typed, with so many rows to choose from below it.
pub fn choices_box(screen: (u16, u16), rows: usize) -> Area {
    // A list that narrows while one types draws its foot up; its head does not jump.
    let area = among(screen, CHOICES);
    Area { h: area.h.min((rows as u16).saturating_add(3)), ..area }
}

/// The first row in sight of those that can be chosen from.
pub fn first_choice(chosen: usize, inside: Area) -> usize {
    (chosen + 1).saturating_sub(usize::from(inside.h.saturating_sub(1)))
}

/// Where the lines stand in a box.
pub fn inside(area: Area) -> Area {
    Area::new(area.x + 2, area.y + 1, area.w.saturating_sub(4), area.h.saturating_sub(2))
}

/// The word for a scope.
pub(super) fn scope_word(scope: Scope) -> Msg {
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

/// The help, from the table of actions, wrapped to so many cells; of it what has all words that are sought.
pub fn help(map: &Keymap<Action>, words: &Words, cells: usize, sought: &str) -> Help {
    let sought: Vec<String> = folded(sought).split_whitespace().map(str::to_owned).collect();
    let has = |texts: &[&str]| sought.iter().all(|w| texts.iter().any(|text| folded(text).contains(w)));
    let of = |action: Action| key_labels(map, action);
    let widest = Action::ALL.iter().map(|a| width(&of(*a).join(APART))).max().unwrap_or(0);
    // Words need more room than keys.
    let keys = widest.min(cells / 3);
    let mut rows = Vec::new();
    for scope in Scope::ALL {
        let of_scope = Action::ALL.iter().copied().filter(|a| a.scope() == scope);
        let fits = |a: &Action| has(&[a.name(), words.action(*a), &of(*a).join(APART)]);
        let actions: Vec<Action> = of_scope.filter(fits).collect();
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
    let notes: Vec<String> = notes(map, words).into_iter().filter(|note| has(&[note])).collect();
    if !rows.is_empty() && !notes.is_empty() {
        rows.push(HelpRow::Blank);
    }
    rows.extend(notes.iter().flat_map(|note| pieces(note, cells)).map(HelpRow::Note));
    if rows.is_empty() {
        rows.push(HelpRow::Note(words.fill(Msg::NothingFits, &[("what", &sought.join(" "))])));
    }
    Help { rows, keys }
}

/// What is no key and must be known all the same.
fn notes(map: &Keymap<Action>, words: &Words) -> Vec<String> {
    let key = |action| key_labels(map, action).first().cloned().unwrap_or_default();
    let fill = |msg, places: &[(&str, Action)]| {
        let keys: Vec<(&str, String)> = places.iter().map(|(name, action)| (*name, key(*action))).collect();
        let keys: Vec<(&str, &str)> = keys.iter().map(|(name, key)| (*name, key.as_str())).collect();
        words.fill(msg, &keys)
    };
    vec![
        fill(Msg::HelpSeek, &[("find", Action::Find)]),
        words.get(Msg::HelpFilter).to_owned(),
        words.get(Msg::HelpSigns).to_owned(),
        fill(
            Msg::HelpMarked,
            &[("mark", Action::MarkArticle), ("all", Action::MarkAll), ("none", Action::UnmarkAll)],
        ),
        words.get(Msg::HelpCounts).to_owned(),
        fill(
            Msg::HelpPlaces,
            &[
                ("mark", Action::MarkPlace),
                ("go", Action::GoToPlace),
                ("back", Action::JumpBack),
                ("forward", Action::JumpForward),
            ],
        ),
        words.get(Msg::HelpMouse).to_owned(),
    ]
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
    let files = alike(&snapshot.problems).into_iter().map(|(kind, message)| {
        let kind = words.get(words::problem(kind));
        // The message names the file itself, and often says the kind in its own words.
        let told = shown(&message);
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
    /// What is typed for it otherwise: in the other languages of the screen, by the name that files know.
    pub also: Vec<String>,
    /// In words.
    pub words: String,
    /// Its keys.
    pub keys: String,
}

/// What stands on top before anything is typed: asked for often, and harmless.
const USUAL: [Action; 7] = [
    Action::Find,
    Action::EditFilter,
    Action::ShowNames,
    Action::ShowRelated,
    Action::Review,
    Action::NextUnread,
    Action::Help,
];

impl Item {
    /// Its place among the usual ones; behind them all others.
    fn usual(&self) -> usize {
        let place = |action| USUAL.iter().position(|usual| *usual == action);
        if let Command::Do(action) = self.command { place(action) } else { None }.unwrap_or(USUAL.len())
    }

    /// It ends the program, or work that is going on.
    fn ends(&self) -> bool {
        use Action::{Leave, Quit, StopWork, Suspend};
        matches!(self.command, Command::Do(Quit | Leave | Suspend | StopWork) | Command::Crash)
    }

    /// How well it fits what was typed: by any of its names, or by what it does in words.
    fn fit(&self, typed: &mut rank::Typed) -> Option<Fit> {
        let also = self.also.iter().map(String::as_str);
        let names: Vec<&str> = [self.name.as_str(), self.words.as_str()].into_iter().chain(also).collect();
        typed.fit(&names)
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
                also: Vec::new(),
                words: String::new(),
                keys: String::new(),
            }];
            self.chosen = Some(0);
            return;
        }
        let mut sought = rank::Typed::of(typed);
        let mut fit: Vec<(Option<Fit>, Item)> =
            all.into_iter().map(|item| (item.fit(&mut sought), item)).collect();
        if typed.is_empty() {
            fit.sort_by_key(|(_, item)| item.usual());
        } else {
            // Who writes a verb out means it, and so does who writes keys.
            let verb = Typed::wants_more(typed);
            let meant = |item: &Item| match item.command {
                Command::Begun(own) => verb == Some(own),
                _ => item.keys == typed,
            };
            let best = fit.iter().filter_map(|f| f.0).min();
            let near = |fit: &Fit| best.is_some_and(|best| fit.is_near(best));
            fit.retain(|(fit, item)| fit.as_ref().is_some_and(near) || meant(item));
            fit.sort_by_cached_key(|(fit, item)| (!meant(item), fit.map(|f| f.order(item.ends()))));
        }
        let first_is_meant =
            |(fit, item): &(Option<Fit>, Item)| item.keys == typed || fit.is_some_and(Fit::is_meant);
        let is_meant = typed.is_empty() || fit.first().is_some_and(first_is_meant);
        self.items = fit.into_iter().map(|f| f.1).collect();
        self.chosen = (is_meant && !self.items.is_empty()).then_some(0);
        // Who writes words behind a command means that one.
        if let Some(read) = Typed::read(self.line.text()) {
            let words = prefs.lang.words();
            let told = read.map_or_else(|problem| words.fault(&problem.fault), |typed| typed.words(words));
            let (command, name) = (Command::Typed(self.line.text().to_owned()), typed.to_owned());
            self.items.retain(|i| i.command != command);
            let (also, keys) = (Vec::new(), String::new());
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
    let others = || Lang::ALL.into_iter().filter(|l| *l != prefs.lang).map(Lang::words);
    let also = |verb: &str, what: &str| others().map(|l| format!("{} {what}", l.verb(verb))).collect();
    // Of a line of text only its keys make sense, and the palette is open.
    let named = |a: &&Action| a.scope() != Scope::Line && **a != Action::Palette;
    let actions = Action::ALL.iter().filter(named).map(|&a| Item {
        command: Command::Do(a),
        name: a.name().to_owned(),
        also: others().map(|l| l.action(a).to_owned()).collect(),
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
        name: format!("{} {}", words.verb("theme"), words.theme(t)),
        // By the name of its file as well, in any language.
        also: Lang::ALL
            .into_iter()
            .map(Lang::words)
            .flat_map(|l| [l.theme(t), t.as_str()].map(|name| format!("{} {name}", l.verb("theme"))))
            .collect(),
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
