//! Makes press reviews on a thread of their own: a large story takes longer than a frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::Sender;

use super::{Wake, ingest};
use crate::app::{Msg, Notice, Report, Ticket};
use crate::library::{ArticleIx, Snapshot};

/// Starts the work; the answer comes as a report.
pub fn start(ticket: Ticket, articles: Vec<ArticleIx>, snapshot: Arc<Snapshot>, wake: Sender<Wake>) {
    let work = move || {
        let made = catch_unwind(AssertUnwindSafe(|| snapshot.review_marked(&articles)));
        let report = match made {
            Ok(reviewed) => Report::Reviewed(ticket, Arc::new(reviewed)),
            Err(panic) => {
                let why = ingest::message(&*panic);
                Report::Notice(Notice::error(Msg::WorkFailed).with("why", why))
            }
        };
        // When nobody listens any more, the reader has quit.
        let _ = wake.send(Wake::Report(report));
    };
    // Without a thread the panel says that it waits: nothing else is lost.
    let _ = thread::Builder::new().name("review".to_owned()).spawn(work);
}
