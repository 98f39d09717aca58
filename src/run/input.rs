//! The thread that reads keys, and what its events mean.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossbeam_channel::Sender;
use ratatui::crossterm::event::{
    self, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};

use super::sieve::{Sieve, Sifted};
use super::{Wake, background};
use crate::app::{Event, Mouse, MouseDid};
use crate::keys::{Code, Key};

/// How long the thread may take to let go of the terminal.
const LETTING_GO: Duration = Duration::from_millis(500);

/// Holds the thread back while another program has the terminal.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<Hold>, Condvar)>);

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Hold {
    /// The thread reads.
    #[default]
    Open,
    /// It shall stop.
    Asked,
    /// It has stopped.
    Held,
}

impl Gate {
    /// Waits until the thread reads no more.
    pub fn hold(&self) {
        let (hold, changed) = &*self.0;
        let mut now = hold.lock().unwrap_or_else(PoisonError::into_inner);
        *now = Hold::Asked;
        // A reading thread waits for a key: a change of size, even to the same one, ends that.
        if signal_hook::low_level::raise(signal_hook::consts::SIGWINCH).is_ok() {
            // When it does not let go, the editor loses a key at worst.
            let _ = changed.wait_timeout_while(now, LETTING_GO, |now| *now != Hold::Held);
        }
    }

    /// Lets the thread read again.
    pub fn release(&self) {
        let (hold, changed) = &*self.0;
        *hold.lock().unwrap_or_else(PoisonError::into_inner) = Hold::Open;
        changed.notify_all();
    }

    /// For the thread: stops here while it is held.
    fn pass(&self) {
        let (hold, changed) = &*self.0;
        let mut now = hold.lock().unwrap_or_else(PoisonError::into_inner);
        while *now != Hold::Open {
            *now = Hold::Held;
            changed.notify_all();
            now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Starts to read, on from the beginning of an answer where one was cut. The thread ends with the program.
pub fn start(wake: Sender<Wake>, gate: Gate, mut sieve: Sieve) -> io::Result<()> {
    let work = move || {
        loop {
            match next(&mut sieve) {
                Ok(sifted) => {
                    let answer = sifted.answer.map(|a| Wake::Answered(background::understand(a.as_bytes())));
                    let events = sifted.events.into_iter().map(Wake::Input);
                    if events.chain(answer).any(|news| wake.send(news).is_err()) {
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let _ = wake.send(Wake::InputEnded(error));
                    return;
                }
            }
            gate.pass();
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(work).map(drop)
}

/// Waits for the next event; but for what would go on what is held back only as long as that may wait.
fn next(sieve: &mut Sieve) -> io::Result<Sifted> {
    match sieve.patience() {
        Some(patience) if !event::poll(patience)? => {
            Ok(Sifted { events: sieve.tired(), ..Sifted::default() })
        }
        _ => event::read().map(|event| sieve.take(event)),
    }
}

/// The key that a character of the terminal's is.
pub fn typed(c: char) -> KeyEvent {
    let (code, modifiers) = match c {
        '\r' | '\n' => (KeyCode::Enter, KeyModifiers::NONE),
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\x7f' => (KeyCode::Backspace, KeyModifiers::NONE),
        '\x01'..='\x1a' => (KeyCode::Char((c as u8 - 1 + b'a') as char), KeyModifiers::CONTROL),
        _ => (KeyCode::Char(c), KeyModifiers::NONE),
    };
    KeyEvent::new(code, modifiers)
}

/// What an event of the terminal means to us, if anything.
pub fn translate(raw: &Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) => translate_key(key).map(Event::Key),
        Raw::Paste(text) => Some(Event::Paste(text.clone())),
        Raw::Mouse(mouse) => translate_mouse(*mouse).map(Event::Mouse),
        Raw::Resize(w, h) => Some(Event::Resized(*w, *h)),
        Raw::FocusGained | Raw::FocusLost => None,
    }
}

fn translate_key(key: &KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let code = match key.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(Key::new(code, ctrl, key.modifiers.contains(KeyModifiers::ALT), shift))
}

fn translate_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let did = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseDid::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseDid::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseDid::Release,
        MouseEventKind::ScrollUp => MouseDid::WheelUp,
        MouseEventKind::ScrollDown => MouseDid::WheelDown,
        _ => return None,
    };
    Some(Mouse { did, x: mouse.column, y: mouse.row })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_translated() {
        for (code, modifiers, expect) in [
            (KeyCode::Char('j'), KeyModifiers::NONE, "j"),
            (KeyCode::Char('J'), KeyModifiers::SHIFT, "J"),
            (KeyCode::Char('o'), KeyModifiers::CONTROL, "<c-o>"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "<s-tab>"),
            (KeyCode::Tab, KeyModifiers::NONE, "<tab>"),
            (KeyCode::Left, KeyModifiers::ALT, "<a-left>"),
        ] {
            let key = translate_key(&KeyEvent::new(code, modifiers)).expect("a key");
            assert_eq!(key.to_string(), expect);
        }
        let released = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(translate_key(&released), None);
    }
}
