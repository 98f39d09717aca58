//! The thread that searches: it answers the newest question only.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::Sender;

use super::{Wake, ingest};
use crate::app::{Msg, Notice, Report, Ticket};
use crate::library::{Facets, Query, Snapshot};

struct Job {
    ticket: Ticket,
    query: Query,
    snapshot: Arc<Snapshot>,
}

#[derive(Default)]
struct Desk {
    /// One place: a newer question replaces an older one.
    job: Mutex<Option<Job>>,
    came: Condvar,
    /// The newest ticket: a search for an older one stops.
    newest: AtomicU64,
}

/// Where questions are put.
pub struct Searcher(Arc<Desk>);

impl Searcher {
    /// Starts the thread.
    pub fn start(wake: Sender<Wake>) -> io::Result<Self> {
        let desk = Arc::new(Desk::default());
        let mine = Arc::clone(&desk);
        thread::Builder::new().name("search".to_owned()).spawn(move || work(&mine, &wake))?;
        Ok(Self(desk))
    }

    /// Asks; whatever was asked before is forgotten.
    pub fn ask(&self, ticket: Ticket, query: Query, snapshot: Arc<Snapshot>) {
        self.0.newest.store(ticket.0, Ordering::Relaxed);
        *self.0.job.lock().unwrap_or_else(PoisonError::into_inner) = Some(Job { ticket, query, snapshot });
        self.0.came.notify_one();
    }
}

fn work(desk: &Desk, wake: &Sender<Wake>) {
    loop {
        let mut place = desk.job.lock().unwrap_or_else(PoisonError::into_inner);
        let job = loop {
            if let Some(job) = place.take() {
                break job;
            }
            place = desk.came.wait(place).unwrap_or_else(PoisonError::into_inner);
        };
        drop(place);
        let answer = catch_unwind(AssertUnwindSafe(|| answer(desk, &job)));
        let report = match answer {
            Ok(None) => continue,
            Ok(Some(report)) => report,
            Err(panic) => {
                let why = ingest::message(&*panic);
                Report::Notice(Notice::error(Msg::WorkFailed).with("why", why))
            }
        };
        if wake.send(Wake::Report(report)).is_err() {
            return;
        }
    }
}

fn answer(desk: &Desk, job: &Job) -> Option<Report> {
    let stale = || desk.newest.load(Ordering::Relaxed) != job.ticket.0;
    let rows = job.query.select(&job.snapshot, &stale)?;
    let facets = Facets::count(&job.snapshot, &rows);
    Some(Report::Hits { ticket: job.ticket, rows: Arc::new(rows), facets })
}
