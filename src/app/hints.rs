//! What the bottom line says about keys, and what may follow a begun sequence.

use super::action::{Action, label};
use super::words::Msg;
use super::{App, Focus, Overlay, Shape};

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

/// Keys worth knowing now, the most useful first: labels and what they do.
pub fn hints(app: &App) -> Vec<(String, &'static str)> {
    let words = app.words();
    let rows = rows(app);
    rows.iter()
        .filter_map(|(actions, msg)| {
            let alive = actions.iter().filter(|a| does_something(app, **a));
            let keys: Vec<String> = alive.filter_map(|a| key(app, *a)).collect();
            (!keys.is_empty()).then(|| (keys.join(" "), words.get(*msg)))
        })
        .collect()
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
        Overlay::Pipe(_) => &[(&[A::Accept], Msg::HintAccept), (&[A::Cancel], Msg::HintCancel)],
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
