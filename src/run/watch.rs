//! Watching what is open: the folders, and the data folder, where other programs of ours write.
//!
//! Owns: noticing that something changed, waiting until the hand rests, and telling whom it concerns. Refuses: to look what changed
//! in it; which events concern whom (see `heed`). Tests: `tests/it/following.rs`, with real programs.

mod heed;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::heed::{Concern, Heed};
use super::Wake;
use super::keeper::Looker;
use crate::app::{Msg, Notice, Report};
use crate::library::{Ledger, NamesFile, UserStore, ViewsFile};

/// A program that writes several files, or one in several steps, is given so long to do the next.
const REST: Duration = Duration::from_millis(40);
/// Changes that come on and on are told so often.
const LONGEST: Duration = Duration::from_millis(150);
/// A file that went is looked for so often: most that write a file anew have it back by then.
const LOST: Duration = Duration::from_millis(250);

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
        let heed = Heed::of(&watch.paths, watch.data.as_deref());
        // What is nobody's concern ends where it is heard, and wakes nobody else.
        let made = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let concern = heed.concern(&event);
            if concern != Concern::default() {
                // The thread that listens ends only with the program.
                let _ = to.send(concern);
            }
        });
        let mut watcher = match made {
            Ok(watcher) => watcher,
            Err(error) => return watch.not_watched(&error),
        };
        let mut alone: Vec<Alone> = heed::alone(&watch.paths).into_iter().map(Alone::new).collect();
        for (path, mode) in watch.places(&alone) {
            if let Err(error) = watcher.watch(&path, mode) {
                watch.not_watched(&error);
            }
        }
        for file in &mut alone {
            if let Err(error) = file.hold(&mut watcher) {
                watch.not_watched(&error);
            }
        }
        // What changed before all was watched.
        watch.ledger.nudge();
        watch.run(&events, &mut watcher, &mut alone);
    };
    thread::Builder::new().name("watch".to_owned()).spawn(work).map(drop)
}

/// A file that is watched itself. The watch is the file's, not its name's: another file of that name wants its own.
struct Alone {
    path: PathBuf,
    /// The file that the watch is on; none while there is none of that name.
    held: Option<heed::Identity>,
}

impl Alone {
    fn new(path: PathBuf) -> Self {
        Self { path, held: None }
    }

    /// Sees to it that what has the name now is watched; `true` where that is another file than before.
    fn hold(&mut self, watcher: &mut RecommendedWatcher) -> notify::Result<bool> {
        let now = heed::identity(&self.path);
        if now == self.held {
            return Ok(false);
        }
        if self.held.take().is_some() {
            // The watch on a file that went is gone with it.
            let _ = watcher.unwatch(&self.path);
        }
        if now.is_some() {
            watcher.watch(&self.path, RecursiveMode::NonRecursive)?;
        }
        self.held = now;
        Ok(true)
    }
}

impl Watch {
    fn not_watched(&self, error: &notify::Error) {
        let notice = Notice::warning(Msg::NotWatched).with("why", error.to_string());
        let _ = self.wake.send(Wake::Report(Report::Notice(notice)));
    }

    /// Folders with what lies in them; of a file that is not watched by itself the folder that it lies in, since many programs
    /// write a new file in its place.
    fn places(&self, alone: &[Alone]) -> Vec<(PathBuf, RecursiveMode)> {
        let others = |p: &&PathBuf| p.as_os_str() != "-" && alone.iter().all(|a| a.path != **p);
        let open = self.paths.iter().filter(others).map(|path| {
            if path.is_dir() {
                (path.clone(), RecursiveMode::Recursive)
            } else {
                (heed::folder(path).to_owned(), RecursiveMode::NonRecursive)
            }
        });
        // A folder that cannot be made is told when something is to be kept in it.
        let data = self.data.iter().filter(|d| d.is_dir() || fs::create_dir_all(d).is_ok());
        open.chain(data.map(|d| (d.clone(), RecursiveMode::NonRecursive))).collect()
    }

    fn run(&self, events: &Receiver<Concern>, watcher: &mut RecommendedWatcher, alone: &mut [Alone]) {
        let mut library = self.articles();
        let mut views = self.views();
        loop {
            let lost = alone.iter().any(|file| file.held.is_none());
            let first = if lost {
                match events.recv_timeout(LOST) {
                    Ok(concern) => concern,
                    Err(RecvTimeoutError::Timeout) => Concern::default(),
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            } else {
                let Ok(concern) = events.recv() else { return };
                concern
            };
            let Concern { mut open, data } = until_rest(first, events);
            for file in alone.iter_mut() {
                // What cannot be watched now is tried again: its folder tells nothing of it.
                open |= file.hold(watcher).unwrap_or(false);
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

/// What comes with an event until the hand rests.
fn until_rest(first: Concern, events: &Receiver<Concern>) -> Concern {
    let end = Instant::now() + LONGEST;
    let mut all = first;
    let mut next = (first != Concern::default()).then_some(first);
    while let Some(concern) = next {
        all = Concern { open: all.open | concern.open, data: all.data | concern.data };
        let left = end.saturating_duration_since(Instant::now());
        next = events.recv_timeout(REST.min(left)).ok();
    }
    all
}
