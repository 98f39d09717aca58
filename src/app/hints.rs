//! What the bottom line says about keys and how far things have come, and what may follow a begun sequence.
//!
//! Owns: which hints stand where, so that the mouse finds them as they are drawn. Refuses: to draw. Tests: key scripts in
//! `tests/it/press`.

use super::action::{Action, Scope, label};
use super::overlay::scope_word;
use super::status::Notice;
use super::words::{self, Msg};
use super::{App, Focus, Overlay, Shape};
use crate::library::Stage;
use crate::text::width;

/// A key that may follow, and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// The key.
    pub key: String,
    /// What it does.
    pub what: String,
}

/// What may follow the keys typed so far; empty where nothing was begun.
pub fn follow(app: &App) -> Vec<Follow> {
    if app.keys.pending.keys.is_empty() {
        return Vec::new();
    }
    let words = app.words();
    app.keys
        .map
        .hints(&app.scopes(), &app.keys.pending)
        .into_iter()
        .map(|h| Follow {
            key: h.key.label(),
            what: h.action.map_or_else(|| "…".to_owned(), |a| words.action(a).to_owned()),
        })
        .collect()
}

/// Keys worth knowing, and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Labels, each with the action of its key.
    pub keys: Vec<(String, Action)>,
    /// What they do.
    pub what: &'static str,
}

impl Hint {
    /// Its keys as they are written.
    pub fn label(&self) -> String {
        self.keys.iter().map(|k| k.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn cells(&self) -> usize {
        width(&self.label()) + 1 + width(self.what)
    }

    /// The action at a cell of it: of a key that one, of the words the first.
    fn at(&self, cell: usize) -> Option<Action> {
        let mut left = 0;
        for (label, action) in &self.keys {
            let right = left + width(label);
            if (left..right).contains(&cell) {
                return Some(*action);
            }
            left = right + 1;
        }
        self.keys.first().map(|k| k.1)
    }
}

/// A hint, and the column where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The column.
    pub x: u16,
    /// The hint.
    pub hint: Hint,
}

/// Keys worth knowing now, the most useful first.
pub fn hints(app: &App) -> Vec<Hint> {
    let words = app.words();
    let rows = rows(app);
    rows.iter()
        .filter_map(|(actions, msg)| {
            let alive = actions.iter().filter(|a| does_something(app, **a));
            let keys: Vec<(String, Action)> = alive.filter_map(|a| Some((key(app, *a)?, *a))).collect();
            (!keys.is_empty()).then(|| Hint { keys, what: words.get(*msg) })
        })
        .collect()
}

/// The hints in the bottom line, as many as there is room for; that of the help, which leads to all others, has its place kept.
/// None while the line has something to say.
pub fn placed(app: &App) -> Vec<Placed> {
    let free = app.status.now.is_none() && app.keys.pending.is_empty();
    let Some(area) = app.sizes.status.filter(|_| free) else { return Vec::new() };
    let right = usize::from(progress(app).right);
    let hints = hints(app);
    let is_help = |hint: &Hint| hint.what == app.words().get(Msg::HintHelp);
    let mut kept = hints.iter().find(|h| is_help(h)).map_or(0, |h| h.cells() + 2);
    let (mut x, mut full, mut out) = (usize::from(area.x) + 1, false, Vec::new());
    for hint in hints {
        let help = is_help(&hint);
        if help {
            kept = 0;
        }
        full |= x + hint.cells() + kept > right;
        if full && (!help || x + hint.cells() > right) {
            continue;
        }
        let after = x + hint.cells() + 2;
        out.push(Placed { x: x as u16, hint });
        x = after;
    }
    out
}

/// The action of the hint at a column of the bottom line; beside the hints that of the help, which leads to all keys.
pub(super) fn at(app: &App, x: u16) -> Option<Action> {
    let placed = placed(app);
    let here = placed
        .iter()
        .find(|p| (usize::from(p.x)..usize::from(p.x) + p.hint.cells()).contains(&usize::from(x)));
    match here {
        Some(there) => there.hint.at(usize::from(x - there.x)),
        None => (!placed.is_empty() && app.overlays.is_empty() && app.filter.typing.is_none())
            .then_some(Action::Help),
    }
}

/// What stands at the end of the bottom line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How far the work on the folder has come, else the place in the list; and how many articles are chosen.
    pub text: String,
    /// The text names work that has no measure yet.
    pub lively: bool,
    /// A bar behind it.
    pub bar: String,
    /// The column before which hints end.
    pub right: u16,
}

/// Cells of the progress bar.
const BAR: usize = 10;
/// From this width on the progress has words beside its bar.
const ROOMY: u16 = 60;
/// Eighths of a cell.
const EIGHTHS: [&str; 8] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// How far the work on the folder has come, else the place in the list.
pub fn progress(app: &App) -> Progress {
    let Some(area) = app.sizes.status else { return Progress::default() };
    let words = app.words();
    let now = app.snapshot.progress;
    let stage = words.get(words::stage(now.stage));
    let mut out = Progress::default();
    if now.stage == Stage::Done {
        let n = app.list.rows.len();
        if n > 0 {
            out.text = format!("{}/{}", words.number(app.list.row + 1), words.number(n));
        }
    } else if now.total == 0 {
        (out.text, out.lively) = (format!("{stage}…"), true);
    } else {
        out.bar = bar((now.done.min(now.total) * BAR * 8).checked_div(now.total).unwrap_or(0));
        if area.w >= ROOMY {
            out.text = format!("{stage} {}/{} ", words.number(now.done), words.number(now.total));
        }
    }
    // While a notice tells how many are marked, they are not told twice.
    let told = app.status.now.as_ref().is_some_and(|n| n.msg == Msg::NowMarked);
    if !app.marked.is_empty() && !told {
        let between = if out.text.is_empty() && out.bar.is_empty() { "" } else { " · " };
        out.text = format!("{}{between}{}", words.count(Msg::Marked, app.marked.len()), out.text);
    }
    let cells = width(&out.text) + width(&out.bar);
    let end = area.right().saturating_sub(1);
    out.right = if cells == 0 { end } else { end.saturating_sub(cells as u16 + 2) };
    out
}

fn bar(eighths: usize) -> String {
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push_str(EIGHTHS[eighths % 8]);
    }
    let blank = BAR - width(&bar);
    bar.push_str(&"░".repeat(blank));
    bar
}

impl App {
    /// Says that keys do nothing here; and where they do something.
    pub(super) fn tell_unbound(&mut self, keys: &[crate::keys::Key], typed: String) {
        let words = self.words();
        let scopes: Vec<&str> = Scope::ALL
            .into_iter()
            .filter(|s| *s != Scope::Line && self.keys.map.bound(s.name(), keys))
            .map(|s| words.get(scope_word(s)))
            .collect();
        let notice = if scopes.is_empty() {
            Notice::info(Msg::KeyUnbound).with("key", typed)
        } else {
            Notice::info(Msg::KeyElsewhere).with("key", typed).with("panes", scopes.join(", "))
        };
        self.tell(notice);
    }
}

/// Whether an action would do anything now: what is dead is not recommended.
fn does_something(app: &App, action: Action) -> bool {
    use Action as A;
    if let Some(overlay) = app.overlays.last() {
        let answers = matches!(action, A::JoinThem | A::HoldApart | A::Down | A::Up);
        return !matches!(overlay, Overlay::Proposals(offers) if answers && offers.rows.is_empty());
    }
    match action {
        A::NextMatch => !app.filter.terms.is_empty(),
        A::JumpBack => !app.nav.back.is_empty(),
        A::UndoDecision => app.snapshot.repairs.decisions().last().is_some(),
        A::Enter => match app.nav.focus {
            Focus::List => !app.list.rows.is_empty(),
            Focus::Names => app.names.selected().is_some(),
            Focus::Related => app.related.selected().is_some(),
            Focus::Reader => true,
        },
        A::Evidence => app.related.selected().is_some(),
        A::Include | A::Exclude | A::Variants | A::Why | A::MergeName | A::NamePage => {
            app.names.selected().is_some()
        }
        _ => true,
    }
}

/// The first key of an action that is bound in the scopes of now.
fn key(app: &App, action: Action) -> Option<String> {
    app.keys.map.keys_of(&app.scopes(), action).first().map(|k| label(k))
}

/// The rows while something lies over the panes.
fn over(overlay: &Overlay) -> &'static [(&'static [Action], Msg)] {
    use Action as A;
    match overlay {
        Overlay::Proposals(_) => &[
            (&[A::JoinThem], Msg::HintYes),
            (&[A::HoldApart], Msg::HintNo),
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::UndoDecision], Msg::HintUndo),
            (&[A::Escape], Msg::HintClose),
        ],
        Overlay::Review => &[
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::Enter], Msg::HintOpen),
            (&[A::Fold], Msg::HintFold),
            (&[A::NextPane], Msg::HintSection),
            (&[A::Escape], Msg::HintClose),
            (&[A::SaveMarkdown, A::SaveHtml], Msg::HintWrite),
        ],
        Overlay::NamePage | Overlay::Evidence => &[
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::Enter], Msg::HintOpen),
            (&[A::NextPane], Msg::HintSection),
            (&[A::Escape], Msg::HintClose),
        ],
        Overlay::Help(view) if view.seeking => {
            &[(&[A::Accept], Msg::HintAccept), (&[A::Cancel], Msg::HintCancel)]
        }
        Overlay::Help(_) => &[
            (&[A::Down, A::Up], Msg::HintScroll),
            (&[A::Find], Msg::HintFind),
            (&[A::Escape], Msg::HintClose),
        ],
        Overlay::Pipe(_) => &[(&[A::Accept], Msg::HintAccept), (&[A::Cancel], Msg::HintCancel)],
        Overlay::Ask(ask) if matches!(ask.about, super::About::Links(_)) => &[
            (&[A::Accept], Msg::HintVisit),
            (&[A::Complete], Msg::HintCopy),
            (&[A::Newer, A::Older], Msg::HintMove),
            (&[A::Cancel], Msg::HintCancel),
        ],
        Overlay::Palette(_) | Overlay::Pick(_) | Overlay::Ask(_) => &[
            (&[A::Accept], Msg::HintAccept),
            (&[A::Newer, A::Older], Msg::HintMove),
            (&[A::Complete], Msg::HintComplete),
            (&[A::Cancel], Msg::HintCancel),
        ],
        _ => &[(&[A::Down, A::Up], Msg::HintScroll), (&[A::Escape], Msg::HintClose)],
    }
}

fn rows(app: &App) -> &'static [(&'static [Action], Msg)] {
    use Action as A;
    if let Some(overlay) = app.overlays.last() {
        return over(overlay);
    }
    if app.filter.typing.is_some() {
        return &[
            (&[A::Accept], Msg::HintAccept),
            (&[A::Cancel], Msg::HintCancel),
            (&[A::Complete], Msg::HintComplete),
            (&[A::SaveView], Msg::HintSave),
        ];
    }
    match app.nav.focus {
        Focus::List if !app.filter.is_empty() && app.filter.filter.text().is_empty() => &[
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::Enter], Msg::HintOpen),
            (&[A::ClearFilter], Msg::HintClearFind),
            (&[A::Find], Msg::HintFind),
            (&[A::NextMatch], Msg::HintMatch),
            (&[A::Help], Msg::HintHelp),
            (&[A::ShowNames], Msg::HintNames),
        ],
        Focus::List if !app.filter.is_empty() => &[
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::Enter], Msg::HintOpen),
            (&[A::ClearFilter], Msg::HintClear),
            (&[A::EditFilter], Msg::HintFilter),
            (&[A::NextMatch], Msg::HintMatch),
            (&[A::Help], Msg::HintHelp),
            (&[A::ShowNames], Msg::HintNames),
        ],
        Focus::List => &[
            (&[A::Down, A::Up], Msg::HintMove),
            (&[A::Enter], Msg::HintOpen),
            (&[A::Find], Msg::HintFind),
            (&[A::EditFilter], Msg::HintFilter),
            (&[A::Help], Msg::HintHelp),
            (&[A::Leave], Msg::HintQuit),
            (&[A::ShowNames], Msg::HintNames),
            (&[A::NextPane], Msg::HintPane),
        ],
        Focus::Reader if app.sizes.shape == Shape::Narrow => &[
            (&[A::PageDown], Msg::HintScroll),
            (&[A::Escape], Msg::HintBack),
            (&[A::ShowNames], Msg::HintNames),
            (&[A::ShowRelated], Msg::HintRelated),
            (&[A::Help], Msg::HintHelp),
        ],
        Focus::Reader => &[
            (&[A::PageDown], Msg::HintScroll),
            (&[A::Escape], Msg::HintBack),
            (&[A::ShowNames], Msg::HintNames),
            (&[A::ShowRelated], Msg::HintRelated),
            (&[A::NextInStory, A::PreviousInStory], Msg::HintStory),
            (&[A::Zen], Msg::HintZen),
            (&[A::SetAside], Msg::HintAside),
            (&[A::Help], Msg::HintHelp),
        ],
        Focus::Names => &[
            (&[A::Include], Msg::HintAdd),
            (&[A::Exclude], Msg::HintExclude),
            (&[A::Variants], Msg::HintVariants),
            (&[A::NamePage], Msg::HintNamePage),
            (&[A::Why], Msg::HintWhy),
            (&[A::MergeName], Msg::HintMerge),
            (&[A::UndoDecision], Msg::HintUndo),
            (&[A::Escape], Msg::HintBack),
            (&[A::ShowRelated], Msg::HintRelated),
            (&[A::Help], Msg::HintHelp),
        ],
        Focus::Related => &[
            (&[A::Enter], Msg::HintJump),
            (&[A::Evidence], Msg::HintEvidence),
            (&[A::JumpBack], Msg::HintBack),
            (&[A::Escape], Msg::HintClose),
            (&[A::ShowNames], Msg::HintNames),
            (&[A::Help], Msg::HintHelp),
        ],
    }
}
