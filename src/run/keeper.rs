//! The thread that keeps what the reader does: it alone writes the reader's own data, and tells what other programs wrote there.
//!
//! What could not be written is told and tried again with the next change and at the end, or by itself while another program writes. The place in an article changes with every
//! line scrolled: it is written when the hand rests.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, SendError, Sender, unbounded};
use rustc_hash::FxHashMap;

use super::Wake;
use crate::app::{Msg, Notice, Report};
use crate::library::{Change, Deed, StoreError, StoreFault, UserStore, What, shown};

/// A frame waits so long for marks to be on disk: what is seen is then kept, and a slow disk holds nobody up.
const FRAME: Duration = Duration::from_millis(12);
/// The hand rests.
const REST: Duration = Duration::from_millis(400);

/// What the thread is asked for.
enum Order {
    /// Keep this.
    Save(Vec<Deed>),
    /// Take so many actions of before this session back.
    Undo(usize),
    /// Another program may have written.
    Look,
}

/// Where one says that another program may have written.
pub struct Looker(Weak<Sender<Order>>);

impl Looker {
    /// Says so.
    pub fn look(&self) {
        // At the end nobody wants to know.
        if let Some(to) = self.0.upgrade() {
            let _ = to.send(Order::Look);
        }
    }
}

/// Where changes are given.
pub struct Keeper {
    to: Option<Arc<Sender<Order>>>,
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
                let work = Work {
                    folder,
                    store: None,
                    version: 0,
                    heard: 0,
                    wake,
                    unsaved: Vec::new(),
                    actions: FxHashMap::default(),
                    failed: None,
                };
                return work.run(&from, &shared);
            }
            // Without a place to remember it, each time is the first.
            let _ = wake.send(Wake::Report(Report::FirstRun));
            let _ = wake.send(Wake::Report(Report::Notice(Notice::warning(Msg::NotKept))));
            while let Ok(order) = from.recv() {
                match order {
                    Order::Save(deeds) => shared.finish(&deeds),
                    Order::Undo(_) => {
                        let none = Report::Undone { actions: Vec::new(), heard: 0 };
                        let _ = wake.send(Wake::Report(none));
                    }
                    Order::Look => {}
                }
            }
            None
        };
        let thread = thread::Builder::new().name("keeper".to_owned()).spawn(work)?;
        Ok(Self { to: Some(Arc::new(to)), marks, thread: Some(thread) })
    }

    /// For who notices that another program may have written.
    pub fn looker(&self) -> Looker {
        Looker(self.to.as_ref().map(Arc::downgrade).unwrap_or_default())
    }

    /// Keeps what was done.
    pub fn save(&self, deeds: Vec<Deed>) {
        *self.marks.lock() += marks(&deeds);
        if let Some(to) = &self.to
            && let Err(SendError(Order::Save(lost))) = to.send(Order::Save(deeds))
        {
            self.marks.finish(&lost);
        }
    }

    /// Takes so many actions of before this session back, and tells it.
    pub fn undo(&self, most: usize) {
        if let Some(to) = &self.to {
            // The thread ends only with us.
            let _ = to.send(Order::Undo(most));
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
fn marks(deeds: &[Deed]) -> usize {
    deeds.iter().flat_map(|deed| &deed.changes).filter(|c| !is_place(c)).count()
}

fn is_place(change: &Change) -> bool {
    matches!(change.what, What::Place(_))
}

impl Marks {
    fn lock(&self) -> std::sync::MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, deeds: &[Deed]) {
        let mut waiting = self.lock();
        *waiting = waiting.saturating_sub(marks(deeds));
        self.done.notify_all();
    }
}

struct Work {
    folder: PathBuf,
    store: Option<UserStore>,
    /// Another number means that another program wrote.
    version: i64,
    /// So many saves were asked for.
    heard: u64,
    wake: Sender<Wake>,
    /// In the order in which they were done; of places only the newest of each article.
    unsaved: Vec<Deed>,
    /// The actions of the log that deeds of this session became, by the number of the deed.
    actions: FxHashMap<u64, i64>,
    /// Why the last write failed. Only the next change tries again, unless it passes by itself: a full disk does not empty itself.
    failed: Option<StoreError>,
}

impl Work {
    fn run(mut self, from: &Receiver<Order>, marked: &Marks) -> Option<StoreError> {
        self.open();
        loop {
            let next = if self.unsaved.is_empty() || self.failed.as_ref().is_some_and(|e| !passes(e)) {
                from.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                from.recv_timeout(REST)
            };
            match next {
                Ok(Order::Look) => self.look(),
                Ok(Order::Save(deeds)) => {
                    self.heard += 1;
                    self.take(&deeds);
                    if marks(&deeds) > 0 {
                        self.write();
                    }
                    marked.finish(&deeds);
                }
                Ok(Order::Undo(most)) => self.undo(most),
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
        match UserStore::open_existing(&self.folder) {
            Ok(store) => {
                if store.is_none() {
                    self.report(Report::FirstRun);
                }
                self.store = store;
            }
            Err(error) => return self.report(Report::Notice(notice(&error))),
        }
        self.tell();
    }

    /// Tells what another program wrote, where one did.
    fn look(&mut self) {
        let version = |store: &UserStore| store.version().unwrap_or_default();
        match &self.store {
            Some(store) if version(store) == self.version => {}
            Some(_) => self.tell(),
            // What could not be opened was told; what was not there may be there now.
            None if self.failed.is_none() && self.folder.exists() => {
                self.store = UserStore::open_existing(&self.folder).ok().flatten();
                self.tell();
            }
            None => {}
        }
    }

    /// Tells all states, with what could not be written yet.
    fn tell(&mut self) {
        let Some(store) = &self.store else { return };
        // What is written between the two is told the next time.
        let told = store.version().and_then(|version| Ok((version, store.states()?)));
        match told {
            Ok((version, mut states)) => {
                self.version = version;
                for change in self.unsaved.iter().flat_map(|deed| &deed.changes) {
                    let state = states.entry(change.article.clone()).or_default();
                    *state = std::mem::take(state).after(&change.what);
                }
                self.report(Report::States { states, heard: self.heard });
            }
            Err(error) => self.report(Report::Notice(notice(&error))),
        }
    }

    fn take(&mut self, deeds: &[Deed]) {
        for place in deeds.iter().flat_map(|deed| &deed.changes).filter(|c| is_place(c)) {
            for deed in &mut self.unsaved {
                deed.changes.retain(|c| !(is_place(c) && c.article == place.article));
            }
        }
        self.unsaved.retain(|deed| !deed.changes.is_empty());
        self.unsaved.extend_from_slice(deeds);
    }

    /// Writes all that is not yet; a failure is told.
    fn write(&mut self) {
        if self.unsaved.is_empty() {
            return;
        }
        let store = self.store.take().map_or_else(|| UserStore::open(&self.folder), Ok);
        let saved = store.and_then(|mut store| {
            let saved = self.write_to(&mut store);
            // One that could only be read is opened anew the next time: the remedy may have been taken.
            let may_write = !saved.as_ref().is_err_and(|e| e.fault == StoreFault::ReadOnly);
            self.store = may_write.then_some(store);
            saved
        });
        let waited = self.failed.as_ref().is_some_and(passes);
        self.failed = saved.err();
        // That it waits on is told once.
        if let Some(error) = self.failed.as_ref().filter(|e| !(waited && passes(e))) {
            self.report(Report::Notice(notice(error)));
        }
    }

    /// Each deed is an action of the log. What is written waits no longer.
    fn write_to(&mut self, store: &mut UserStore) -> Result<(), StoreError> {
        while let Some(deed) = self.unsaved.first() {
            if let Some(undone) = deed.undoes {
                store.save_undoing(&deed.changes, self.actions.get(&undone).copied())?;
            } else if let Some(action) = store.save(&deed.changes)? {
                self.actions.insert(deed.number, action);
            }
            self.unsaved.remove(0);
        }
        Ok(())
    }

    /// Takes the last actions of the log back. What could not be written yet comes before them.
    fn undo(&mut self, most: usize) {
        self.write();
        if self.failed.is_some() {
            return;
        }
        let undone = self.store.as_mut().map_or(Ok(Vec::new()), |store| store.undo(most));
        self.report(match undone {
            Ok(undone) => {
                let actions = undone.into_iter().map(|action| action.changes).collect();
                Report::Undone { actions, heard: self.heard }
            }
            Err(error) => Report::Notice(notice(&error)),
        });
    }

    fn report(&self, report: Report) {
        // Nobody listens any more at the end.
        let _ = self.wake.send(Wake::Report(report));
    }
}

/// The fault goes when another program has written: then it is tried again without being asked.
fn passes(error: &StoreError) -> bool {
    error.fault == StoreFault::Busy
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
