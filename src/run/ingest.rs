//! The thread that reads: it publishes snapshots into a slot that keeps only the newest.

use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::Sender;

use super::Wake;
use crate::app::{Msg, Notice, Report};
use crate::library::{Ingest, Snapshot};

/// The newest snapshot that was not taken yet.
#[derive(Clone, Default)]
pub struct Slot(Arc<Mutex<Option<Arc<Snapshot>>>>);

impl Slot {
    /// Takes it.
    pub fn take(&self) -> Option<Arc<Snapshot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Puts a newer one there; `true` where none lay there.
    fn put(&self, snapshot: Arc<Snapshot>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(snapshot).is_none()
    }
}

/// Starts to read what `plan` names; then follows the decisions in its ledger as they change.
pub fn start(mut plan: Ingest, slot: Slot, wake: Sender<Wake>) -> io::Result<()> {
    let work = move || {
        plan.stdin = plan.paths.iter().any(|p| p.as_os_str() == "-").then(|| {
            let mut bytes = Vec::new();
            // What was read before an error is still worth showing.
            let _ = io::stdin().lock().read_to_end(&mut bytes);
            Arc::from(bytes)
        });
        let ran = catch_unwind(AssertUnwindSafe(|| {
            plan.serve(&mut |snapshot| !slot.put(snapshot) || wake.send(Wake::Published).is_ok());
        }));
        if let Err(panic) = ran {
            let notice = Notice::error(Msg::WorkFailed).with("why", message(&*panic));
            let _ = wake.send(Wake::Report(Report::Stopped(notice)));
        }
    };
    thread::Builder::new().name("ingest".to_owned()).spawn(work).map(drop)
}

/// What a panic says.
pub fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?").to_owned()
}
