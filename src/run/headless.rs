//! The screen without a terminal: keys are played, effects carried out on the spot. For pictures in the documentation.

use std::sync::Arc;

use anyhow::Context as _;

use crate::app::{App, Effect, Event, Prefs, Report, keymap};
use crate::entity::Repairs;
use crate::keys;
use crate::library::{Facets, Snapshot};

/// Shows a library on a screen of this size and plays keys in the notation of key files (`<space>` for a blank).
pub fn play(snapshot: &Arc<Snapshot>, prefs: Prefs, size: (u16, u16), script: &str) -> anyhow::Result<App> {
    let (map, _) = keymap(None);
    let mut app = App::new(prefs, map, size);
    feed(&mut app, Event::Report(Report::Published(Arc::clone(snapshot))))?;
    if !script.trim().is_empty() {
        for key in keys::parse(script)? {
            feed(&mut app, Event::Key(key))?;
        }
    }
    Ok(app)
}

/// Gives the screen an event and carries out what comes of it, on the spot.
pub fn feed(app: &mut App, event: Event) -> anyhow::Result<()> {
    for effect in app.on_event(event) {
        let answer = match effect {
            Effect::Search { ticket, query, snapshot } => {
                let rows = query.select(&snapshot, &|| false).context("a search was stopped")?;
                let facets = Facets::count(&snapshot, &rows);
                Report::Hits { ticket, rows: Arc::new(rows), facets }
            }
            Effect::Review { ticket, articles, snapshot } => {
                Report::Reviewed(ticket, Arc::new(snapshot.review_marked(&articles)))
            }
            Effect::Profile { ticket, entity, snapshot } => {
                Report::Profiled(ticket, Arc::new(snapshot.profile(entity)))
            }
            // Decided for this picture alone: no file is touched.
            Effect::Decide(decision) => decided(app, |repairs| repairs.push(decision)),
            // A picture knows of no session before it.
            Effect::Undo(_) => Report::Undone { actions: Vec::new(), heard: 0 },
            Effect::TakeBack => decided(app, |repairs| drop(repairs.undo())),
            _ => continue,
        };
        feed(app, Event::Report(answer))?;
    }
    Ok(())
}

fn decided(app: &App, change: impl FnOnce(&mut Repairs)) -> Report {
    let mut repairs = app.snapshot.repairs.as_ref().clone();
    change(&mut repairs);
    let mut next = Snapshot::clone(&app.snapshot);
    next.rejoin(Arc::new(repairs));
    next.generation += 1;
    Report::Published(Arc::new(next))
}
