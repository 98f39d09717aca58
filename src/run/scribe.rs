//! The thread that keeps the reader's decisions about names, and saved views: no key waits for a disk.
//!
//! Owns: one after the other into its file, then to who joins names or to the screen, and word of it.
//! Refuses: to lose one: whoever quits waits until the last is kept.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Wake;
use crate::app::{Msg, Notice, Report};
use crate::entity::Decision;
use crate::library::{Ledger, NamesFile, NotKept, Query, ViewsFile};

/// What is to be done.
pub enum Change {
    /// Keep a decision.
    Keep(Decision),
    /// Take the last one back.
    TakeBack,
    /// Save a query under a name; `None`: take the view of that name away.
    View(String, Option<Query>),
}

/// The files.
pub struct Files {
    /// Of decisions about names.
    pub names: NamesFile,
    /// Of saved views.
    pub views: ViewsFile,
}

/// Where decisions are handed in.
pub struct Scribe {
    desk: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
}

impl Scribe {
    /// Starts the thread.
    pub fn start(files: Files, ledger: Arc<Ledger>, wake: Sender<Wake>) -> io::Result<Self> {
        let (desk, changes) = unbounded();
        let work = move || work(&files, &ledger, &changes, &wake);
        let thread = thread::Builder::new().name("scribe".to_owned()).spawn(work)?;
        Ok(Self { desk: Some(desk), thread: Some(thread) })
    }

    /// Hands a change in.
    pub fn hand_in(&self, change: Change) {
        if let Some(desk) = &self.desk {
            // The thread ends only with us.
            let _ = desk.send(change);
        }
    }
}

impl Drop for Scribe {
    fn drop(&mut self) {
        self.desk = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(files: &Files, ledger: &Ledger, changes: &Receiver<Change>, wake: &Sender<Wake>) {
    for change in changes {
        let report = carry_out(files, ledger, change, wake).unwrap_or_else(|error| {
            Report::Notice(Notice::error(Msg::DecisionNotKept).with("why", error.to_string()))
        });
        // Without a screen there is nobody to tell; what was decided is kept all the same.
        let _ = wake.send(Wake::Report(report));
    }
}

fn carry_out(files: &Files, ledger: &Ledger, change: Change, wake: &Sender<Wake>) -> Result<Report, NotKept> {
    match change {
        Change::Keep(decision) => {
            ledger.set(files.names.add(&decision)?);
            Ok(Report::Decided(decision, true))
        }
        Change::TakeBack => {
            let (repairs, taken) = files.names.undo(1)?;
            ledger.set(repairs);
            Ok(match taken.into_iter().next() {
                Some(decision) => Report::Decided(decision, false),
                None => Report::Notice(Notice::info(Msg::NothingToTakeBack)),
            })
        }
        Change::View(name, query) => {
            let (views, _) = files.views.put(&name, query.as_ref())?;
            let _ = wake.send(Wake::Report(Report::Views(views)));
            let notice = query.as_ref().map_or_else(
                || Notice::info(Msg::ViewGone),
                |query| Notice::info(Msg::ViewSaved).with("query", &query.raw),
            );
            Ok(Report::Notice(notice.with("name", name)))
        }
    }
}
