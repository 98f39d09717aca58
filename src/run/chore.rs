//! Work that takes longer than a frame and is asked for once, each on a thread of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::Sender;

use super::{Wake, ingest};
use crate::app::{Msg, Notice, Report};

/// Starts the work; its answer comes as a report.
pub fn start(name: &str, wake: Sender<Wake>, make: impl FnOnce() -> Report + Send + 'static) {
    let work = move || {
        let report = catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
            let why = ingest::message(&*panic);
            Report::Notice(Notice::error(Msg::WorkFailed).with("why", why))
        });
        // When nobody listens any more, the reader has quit.
        let _ = wake.send(Wake::Report(report));
    };
    // Without a thread there is no answer: nothing else is lost.
    let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
}
