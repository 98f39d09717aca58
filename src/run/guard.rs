//! The terminal: taken once, given back however the program ends.

use std::io::{self, Write as _};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, KeyboardEnhancementFlags,
    PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute};

/// The terminal is ours.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Its keyboard tells keys apart that old terminals send alike (Ctrl-i and Tab).
static BETTER_KEYS: AtomicBool = AtomicBool::new(false);
/// It counts cells by what is seen, because we asked for that.
static CLUSTERS: AtomicBool = AtomicBool::new(false);

/// Press, release, drag and wheel in SGR form; not every movement, which would wake us for nothing.
const MOUSE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// Counting cells by what is seen (mode 2027), on and off.
const BY_CLUSTER: &str = "\x1b[?2027h";
const BY_CHARACTER: &str = "\x1b[?2027l";

/// Gives the terminal back when it goes.
pub struct Guard(());

impl Guard {
    /// Takes the terminal, and sees to it that a panic gives it back before its message is printed.
    pub fn enter() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let main = thread::current().id();
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                // Workers catch their panics and tell them on the screen; a message of theirs would tear it.
                if thread::current().id() == main {
                    leave();
                    before(info);
                } else if !TAKEN.load(Ordering::SeqCst) {
                    before(info);
                }
            }));
        });
        take()?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Takes the terminal; harmless where it is ours already.
pub fn take() -> io::Result<()> {
    enable_raw_mode()?;
    let ours = TAKEN.swap(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, Print(MOUSE), EnableBracketedPaste, cursor::Hide)?;
    if CLUSTERS.load(Ordering::SeqCst) {
        execute!(out, Print(BY_CLUSTER))?;
    }
    // The terminal counts who asked for it: whoever goes on after a stop is told so twice.
    if BETTER_KEYS.load(Ordering::SeqCst) && !ours {
        execute!(out, PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
    }
    Ok(())
}

/// Gives the terminal back as it was; harmless where it is not ours.
pub fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // There is no one left to tell when the terminal is gone.
    if BETTER_KEYS.load(Ordering::SeqCst) {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    if CLUSTERS.load(Ordering::SeqCst) {
        let _ = execute!(out, Print(BY_CHARACTER));
    }
    let _ = execute!(out, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Has keys told apart by a terminal that says it can. To be called once, before keys are read.
pub fn tell_keys_apart() -> io::Result<()> {
    BETTER_KEYS.store(true, Ordering::SeqCst);
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    execute!(io::stdout(), PushKeyboardEnhancementFlags(flags))
}

/// Has a terminal that says it can count cells by what is seen. To be called once.
pub fn count_by_cluster() -> io::Result<()> {
    CLUSTERS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), Print(BY_CLUSTER))
}
