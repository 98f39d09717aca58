//! The thread that keeps what the reader does: it alone writes the reader's own data.
//!
//! What could not be written is told and tried again with the next change and at the end. The place in an article changes with every
//! line scrolled: it is written when the hand rests.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use super::Wake;
use crate::app::{Msg, Notice, Report};
use crate::library::{Change, StoreError, StoreFault, UserStore, What, shown};

/// A frame waits so long for marks to be on disk: what is seen is then kept, and a slow disk holds nobody up.
const FRAME: Duration = Duration::from_millis(12);
/// The hand rests.
const REST: Duration = Duration::from_millis(400);

/// Where changes are given.
pub struct Keeper {
    to: Option<Sender<Vec<Change>>>,
    marks: Arc<Marks>,
    thread: Option<JoinHandle<Option<StoreError>>>,
}

/// Marks that were given and not written or failed yet.
#[derive(Default)]
struct Marks {
    waiting: Mutex<usize>,
    done: Condvar,
}

impl Keeper {
    /// Starts the thread on a data folder; what was kept before is told first.
    pub fn start(folder: Option<PathBuf>, wake: Sender<Wake>) -> io::Result<Self> {
        let (to, from) = unbounded();
        let marks = Arc::new(Marks::default());
        let shared = Arc::clone(&marks);
        let work = move || {
            if let Some(folder) = folder {
                let work = Work { folder, store: None, wake, unsaved: Vec::new(), failed: None };
                return work.run(&from, &shared);
            }
            let _ = wake.send(Wake::Report(Report::Notice(Notice::warning(Msg::NotKept))));
            while let Ok(changes) = from.recv() {
                shared.finish(&changes);
            }
            None
        };
        let thread = thread::Builder::new().name("keeper".to_owned()).spawn(work)?;
        Ok(Self { to: Some(to), marks, thread: Some(thread) })
    }

    /// Keeps changes.
    pub fn save(&self, changes: Vec<Change>) {
        *self.marks.lock() += marks(&changes);
        if let Some(to) = &self.to
            && let Err(lost) = to.send(changes)
        {
            self.marks.finish(&lost.0);
        }
    }

    /// Waits until marks are on disk, but not longer than a frame may take.
    pub fn wait(&self) {
        let waiting = self.marks.lock();
        // The frame is drawn whether they are or not.
        let _ = self.marks.done.wait_timeout_while(waiting, FRAME, |n| *n > 0);
    }

    /// Waits until everything is written, or cannot be: then gives what stood in the way.
    pub fn end(mut self) -> Option<StoreError> {
        self.join()
    }

    fn join(&mut self) -> Option<StoreError> {
        self.to = None;
        self.thread.take()?.join().ok().flatten()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.join();
    }
}

/// Changes that a person sees at once: all but places.
fn marks(changes: &[Change]) -> usize {
    changes.iter().filter(|c| !matches!(c.what, What::Place(_))).count()
}

impl Marks {
    fn lock(&self) -> std::sync::MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, changes: &[Change]) {
        let mut waiting = self.lock();
        *waiting = waiting.saturating_sub(marks(changes));
        self.done.notify_all();
    }
}

struct Work {
    folder: PathBuf,
    store: Option<UserStore>,
    wake: Sender<Wake>,
    /// In the order in which they were done; of places only the newest of each article.
    unsaved: Vec<Change>,
    /// Why the last write failed. Only the next change tries again: a full disk does not empty itself.
    failed: Option<StoreError>,
}

impl Work {
    fn run(mut self, from: &Receiver<Vec<Change>>, marked: &Marks) -> Option<StoreError> {
        self.open();
        loop {
            let next = if self.unsaved.is_empty() || self.failed.is_some() {
                from.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                from.recv_timeout(REST)
            };
            match next {
                Ok(changes) => {
                    self.take(&changes);
                    if marks(&changes) > 0 {
                        self.write();
                    }
                    marked.finish(&changes);
                }
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.write();
                    return self.failed;
                }
            }
        }
    }

    /// Tells what was kept before.
    fn open(&mut self) {
        let opened = UserStore::open_existing(&self.folder);
        match opened.and_then(|store| store.map(|s| Ok((s.states()?, s))).transpose()) {
            Ok(Some((states, store))) => {
                self.store = Some(store);
                self.report(Report::States(states));
            }
            Ok(None) => self.report(Report::FirstRun),
            Err(error) => self.report(Report::Notice(notice(&error))),
        }
    }

    fn take(&mut self, changes: &[Change]) {
        let is_place = |c: &Change| matches!(c.what, What::Place(_));
        for change in changes.iter().filter(|c| is_place(c)) {
            self.unsaved.retain(|c| !(is_place(c) && c.article == change.article));
        }
        self.unsaved.extend_from_slice(changes);
    }

    /// Writes all that is not yet; a failure is told.
    fn write(&mut self) {
        if self.unsaved.is_empty() {
            return;
        }
        let store = self.store.take().map_or_else(|| UserStore::open(&self.folder), Ok);
        let saved = store.and_then(|mut store| {
            let saved = store.save(&self.unsaved);
            self.store = Some(store);
            saved
        });
        self.failed = saved.err();
        match &self.failed {
            None => self.unsaved.clear(),
            Some(error) => self.report(Report::Notice(notice(error))),
        }
    }

    fn report(&self, report: Report) {
        // Nobody listens any more at the end.
        let _ = self.wake.send(Wake::Report(report));
    }
}

/// A fault of the store in the words of the screen.
fn notice(error: &StoreError) -> Notice {
    let msg = match error.fault {
        StoreFault::Damaged => Msg::StoreDamaged,
        StoreFault::Newer => Msg::StoreNewer,
        StoreFault::Foreign => Msg::StoreForeign,
        StoreFault::ReadOnly => Msg::StoreReadOnly,
        StoreFault::Full => Msg::StoreFull,
        StoreFault::Busy => Msg::StoreBusy,
        StoreFault::Other => Msg::StoreOther,
    };
    let file = shown(&error.path.to_string_lossy());
    Notice::error(msg).with("file", file).with("why", &error.why)
}
