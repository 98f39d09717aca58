//! The thread that keeps the reader's decisions about names: no key waits for a disk.
//!
//! Owns: one decision after the other into the file, then to who joins names, and word of it to the screen.
//! Refuses: to lose one: whoever quits waits until the last is kept.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Wake;
use crate::app::{Msg, Notice, Report};
use crate::entity::Decision;
use crate::library::{Ledger, NamesFile, NotKept};

/// What is to be done.
pub enum Change {
    /// Keep a decision.
    Keep(Decision),
    /// Take the last one back.
    TakeBack,
}

/// Where decisions are handed in.
pub struct Scribe {
    desk: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
}

impl Scribe {
    /// Starts the thread.
    pub fn start(file: NamesFile, ledger: Arc<Ledger>, wake: Sender<Wake>) -> io::Result<Self> {
        let (desk, changes) = unbounded();
        let work = move || work(&file, &ledger, &changes, &wake);
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

fn work(file: &NamesFile, ledger: &Ledger, changes: &Receiver<Change>, wake: &Sender<Wake>) {
    for change in changes {
        let report = carry_out(file, ledger, change).unwrap_or_else(|error| {
            Report::Notice(Notice::error(Msg::DecisionNotKept).with("why", error.to_string()))
        });
        // Without a screen there is nobody to tell; what was decided is kept all the same.
        let _ = wake.send(Wake::Report(report));
    }
}

fn carry_out(file: &NamesFile, ledger: &Ledger, change: Change) -> Result<Report, NotKept> {
    match change {
        Change::Keep(decision) => {
            ledger.set(file.add(&decision)?);
            Ok(Report::Decided(decision, true))
        }
        Change::TakeBack => {
            let (repairs, taken) = file.undo(1)?;
            ledger.set(repairs);
            Ok(match taken.into_iter().next() {
                Some(decision) => Report::Decided(decision, false),
                None => Report::Notice(Notice::info(Msg::NothingToTakeBack)),
            })
        }
    }
}
