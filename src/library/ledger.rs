//! The decisions that hold now, between who changes them and who joins names; and word that files may have changed.
//!
//! Owns: the newest decisions, their number, waking who waits for the next or for a nudge. Refuses: the file ([`super::repairs`]).
//! Tests: at the foot.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::entity::Repairs;

/// One place for the decisions: a newer state replaces an older one that nobody has looked at.
#[derive(Debug, Default)]
pub struct Ledger {
    now: Mutex<Arc<Repairs>>,
    version: AtomicU64,
    nudges: AtomicU64,
    came: Condvar,
}

impl Ledger {
    /// A ledger that begins with these decisions.
    pub fn new(repairs: Repairs) -> Self {
        Self { now: Mutex::new(Arc::new(repairs)), ..Self::default() }
    }

    /// Puts other decisions there.
    pub fn set(&self, repairs: Repairs) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = Arc::new(repairs);
        self.version.fetch_add(1, Ordering::Relaxed);
        self.came.notify_all();
    }

    /// The decisions and their number.
    pub fn now(&self) -> (u64, Arc<Repairs>) {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        (self.version.load(Ordering::Relaxed), Arc::clone(&now))
    }

    /// Whether there are newer ones than those of this number.
    pub fn is_past(&self, version: u64) -> bool {
        self.version.load(Ordering::Relaxed) > version
    }

    /// Says that files may have changed.
    pub fn nudge(&self) {
        let _now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        self.nudges.fetch_add(1, Ordering::Relaxed);
        self.came.notify_all();
    }

    /// How often that was said.
    pub fn nudges(&self) -> u64 {
        self.nudges.load(Ordering::Relaxed)
    }

    /// Waits for newer ones, or for more nudges than so many.
    pub fn wait(&self, version: u64, nudges: u64) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        while !self.is_past(version) && self.nudges() <= nudges {
            now = self.came.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_sees_the_newest() {
        let ledger = Arc::new(Ledger::new(Repairs::parse("ignore \"A\"").0));
        let (first, repairs) = ledger.now();
        assert_eq!((repairs.decisions().count(), ledger.is_past(first)), (1, false));
        let writer = Arc::clone(&ledger);
        let thread = std::thread::spawn(move || {
            writer.set(Repairs::parse("ignore \"A\"\nignore \"B\"").0);
            writer.set(Repairs::parse("").0);
        });
        ledger.wait(first, 0);
        thread.join().expect("the writer ends");
        assert!(ledger.is_past(first));
        assert_eq!(ledger.now().1.decisions().count(), 0);
        let (now, writer) = (ledger.now().0, Arc::clone(&ledger));
        let thread = std::thread::spawn(move || writer.nudge());
        ledger.wait(now, 0);
        thread.join().expect("the writer ends");
        assert_eq!((ledger.nudges(), ledger.is_past(now)), (1, false));
    }
}
