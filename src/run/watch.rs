//! Watching what is open: the folders, and the data folder, where other programs of ours write.
//!
//! Owns: noticing that something changed, waiting until the hand rests, and telling whom it concerns. Refuses: to look what changed.
//! Tests: `tests/it/following.rs`, with real programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::Wake;
use super::keeper::Looker;
use crate::app::{Msg, Notice, Report};
use crate::library::{Ledger, NamesFile, UserStore, ViewsFile};

/// A program that writes several files, or one in several steps, is given so long to do the next.
const REST: Duration = Duration::from_millis(40);
/// Changes that come on and on are told so often.
const LONGEST: Duration = Duration::from_millis(150);

/// What is watched, and who is told.
pub struct Watch {
    /// Files and folders that are open; none: the library.
    pub paths: Vec<PathBuf>,
    /// The data folder.
    pub data: Option<PathBuf>,
    /// Who reads articles and joins names.
    pub ledger: Arc<Ledger>,
    /// Who knows the reader's marks.
    pub keeper: Looker,
    /// The screen.
    pub wake: Sender<Wake>,
}

/// Starts to watch; what cannot be watched is told.
pub fn start(watch: Watch) -> std::io::Result<()> {
    let work = move || {
        let (to, events) = unbounded();
        let told = to.clone();
        let made = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // The thread that listens ends only with the program.
            let _ = told.send(event);
        });
        let mut watcher = match made {
            Ok(watcher) => watcher,
            Err(error) => return watch.not_watched(&error),
        };
        for (path, mode) in watch.places() {
            if let Err(error) = watcher.watch(&path, mode) {
                watch.not_watched(&error);
            }
        }
        // What changed before all was watched.
        watch.ledger.nudge();
        watch.run(&events);
    };
    thread::Builder::new().name("watch".to_owned()).spawn(work).map(drop)
}

impl Watch {
    fn not_watched(&self, error: &notify::Error) {
        let notice = Notice::warning(Msg::NotWatched).with("why", error.to_string());
        let _ = self.wake.send(Wake::Report(Report::Notice(notice)));
    }

    /// Folders with what lies in them; of a single file the folder that it lies in, since many programs write a new file in its place.
    fn places(&self) -> Vec<(PathBuf, RecursiveMode)> {
        let open = self.paths.iter().filter(|p| p.as_os_str() != "-").map(|path| {
            let parent = || path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            if path.is_dir() {
                (path.clone(), RecursiveMode::Recursive)
            } else {
                (parent().to_owned(), RecursiveMode::NonRecursive)
            }
        });
        // A folder that cannot be made is told when something is to be kept in it.
        let data = self.data.iter().filter(|d| d.is_dir() || fs::create_dir_all(d).is_ok());
        open.chain(data.map(|d| (d.clone(), RecursiveMode::NonRecursive))).collect()
    }

    fn run(&self, events: &Receiver<notify::Result<Event>>) {
        let mut library = self.articles();
        let mut views = self.views();
        while let Ok(event) = events.recv() {
            let end = Instant::now() + LONGEST;
            let (mut open, mut data) = (false, false);
            let mut next = Some(event);
            while let Some(event) = next {
                let (concerns_open, concerns_data) = self.concerns(&event);
                (open, data) = (open | concerns_open, data | concerns_data);
                let left = end.saturating_duration_since(Instant::now());
                next = events.recv_timeout(REST.min(left)).ok();
            }
            if data {
                self.keeper.look();
                self.look_at_names();
                self.look_at_views(&mut views);
                let now = self.articles();
                open |= now != library;
                library = now;
            }
            if open {
                self.ledger.nudge();
            }
        }
    }

    /// Whether an event concerns what is open, and the data folder. Reading changes nothing.
    fn concerns(&self, event: &notify::Result<Event>) -> (bool, bool) {
        let Ok(event) = event else { return (true, true) };
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        if matches!(event.kind, EventKind::Access(_)) && event.kind != written {
            return (false, false);
        }
        let in_data = |path: &PathBuf| self.data.as_ref().is_some_and(|d| path.parent() == Some(d));
        let data = event.paths.iter().any(in_data);
        (!self.paths.is_empty() && !event.paths.iter().all(in_data), data || event.need_rescan())
    }

    /// What tells whether articles came to the library or left it, where the library is open.
    fn articles(&self) -> Option<(i64, i64)> {
        let folder = self.data.as_deref().filter(|_| self.paths.is_empty())?;
        UserStore::open_existing(folder).ok()??.last_article().ok()
    }

    fn look_at_names(&self) {
        let names = NamesFile::within(self.data.as_deref()).read().0;
        if names.print() != self.ledger.now().1.print() {
            self.ledger.set(names);
        }
    }

    fn views(&self) -> String {
        ViewsFile::within(self.data.as_deref()).read().0.print()
    }

    fn look_at_views(&self, before: &mut String) {
        let views = ViewsFile::within(self.data.as_deref()).read().0;
        if views.print() != *before {
            *before = views.print();
            let _ = self.wake.send(Wake::Report(Report::Views(views)));
        }
    }
}
