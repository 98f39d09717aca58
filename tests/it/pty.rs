//! A real pseudo-terminal with the program in it, and a terminal emulator that reads what it writes.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than any honest wait on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// What the terminal shows, and every byte it was sent.
struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

/// The program running in a pseudo-terminal.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    /// Keeps what the program keeps apart from what this machine's reader keeps.
    home: tempfile::TempDir,
    /// The terminal's settings before the program started.
    before: String,
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("a size")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    /// Starts the program on a folder, or on the library where its path is empty; `more` are environment variables.
    pub fn start(folder: &Path, columns: u16, rows: u16, more: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let before = settings(&*pair.master);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diembao"));
        if !folder.as_os_str().is_empty() {
            command.arg(folder);
        }
        command.env_clear();
        let home = tempfile::tempdir().expect("a folder");
        let kept = home.path().to_str().expect("UTF-8");
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "en_GB.UTF-8"),
            ("TZ", "UTC"),
            ("PATH", "/usr/bin:/bin"),
            ("HOME", kept),
        ] {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let seen = Arc::new((
            Mutex::new(Seen {
                screen: vt100::Parser::new(cells(rows), cells(columns), 0),
                bytes: Vec::new(),
                closed: false,
            }),
            Condvar::new(),
        ));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let read = output.read(&mut buffer).unwrap_or(0);
                let mut seen = shared.0.lock().expect("the lock");
                seen.screen.process(&buffer[..read]);
                seen.bytes.extend_from_slice(&buffer[..read]);
                seen.closed |= read == 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self { master: pair.master, child, input, seen, home, before }
    }

    /// The folder that it calls its home, in which it works.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// How often its threads have gone to sleep so far.
    pub fn sleeps(&self) -> u64 {
        let pid = self.child.process_id().expect("a process");
        let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("its threads");
        let of = |task: std::io::Result<std::fs::DirEntry>| {
            let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let line = status.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        };
        tasks.filter_map(of).sum()
    }

    /// Types.
    pub fn type_(&mut self, text: &str) {
        self.input.write_all(text.as_bytes()).expect("typing");
        self.input.flush().expect("typing");
    }

    /// Waits until the screen's text fulfils a condition and gives the text.
    ///
    /// # Panics
    /// With what the screen shows, when it never does.
    #[track_caller]
    pub fn wait(&self, what: &str, fulfilled: impl Fn(&str) -> bool) -> String {
        self.wait_seen(what, |seen| {
            let text = seen.screen.screen().contents();
            fulfilled(&text).then_some(text)
        })
    }

    /// Waits until the screen shows some text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Waits until some bytes were written.
    #[track_caller]
    pub fn wait_written(&self, what: &str, bytes: &str) {
        self.wait_seen(what, |seen| String::from_utf8_lossy(&seen.bytes).contains(bytes).then_some(()));
    }

    #[track_caller]
    fn wait_seen<T>(&self, what: &str, get: impl Fn(&Seen) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().expect("the lock");
        loop {
            if let Some(got) = get(&seen) {
                return got;
            }
            let left = end.saturating_duration_since(Instant::now());
            let screen = seen.screen.screen().contents();
            assert!(!left.is_zero() && !seen.closed, "never came: {what}; the screen shows:\n{screen}");
            seen = self.seen.1.wait_timeout(seen, left).expect("the lock").0;
        }
    }

    /// The screen's text now.
    pub fn text(&self) -> String {
        self.seen.0.lock().expect("the lock").screen.screen().contents()
    }

    /// Whether the alternate screen is on now.
    pub fn alternate(&self) -> bool {
        self.seen.0.lock().expect("the lock").screen.screen().alternate_screen()
    }

    /// All bytes the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().expect("the lock").bytes.clone()
    }

    /// Changes the window's size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.seen.0.lock().expect("the lock").screen.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).expect("a new size");
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("a process").to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().expect("kill").success());
    }

    /// Waits until the process is in a state, as the process table names it (`T`: stopped).
    pub fn wait_state(&self, state: char) {
        let pid = self.child.process_id().expect("a process");
        let end = Instant::now() + PATIENCE;
        loop {
            let table = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            if table.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(state)) {
                return;
            }
            assert!(Instant::now() < end, "never in state {state}: {table}");
            thread::yield_now();
        }
    }

    /// Waits for the end and checks that the terminal is as it was.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                break status;
            }
            assert!(Instant::now() < end, "it never ends; the screen shows:\n{}", self.text());
            thread::yield_now();
        };
        let mut seen = self.seen.0.lock().expect("the lock");
        while !seen.closed && Instant::now() < end {
            seen = self.seen.1.wait_timeout(seen, Duration::from_millis(100)).expect("the lock").0;
        }
        drop(seen);
        self.given_back();
        status
    }

    /// Checks that the terminal is as it was before: settings, screen, modes.
    #[track_caller]
    pub fn given_back(&self) {
        let text = {
            let end = Instant::now() + PATIENCE;
            let mut seen = self.seen.0.lock().expect("the lock");
            while seen.screen.screen().alternate_screen() && !seen.closed && Instant::now() < end {
                seen = self.seen.1.wait_timeout(seen, Duration::from_millis(100)).expect("the lock").0;
            }
            let screen = seen.screen.screen();
            assert!(!screen.alternate_screen(), "the alternate screen is left");
            assert!(!screen.hide_cursor(), "the cursor is shown");
            assert!(!screen.bracketed_paste(), "bracketed paste is off");
            assert_eq!(
                screen.mouse_protocol_mode(),
                vt100::MouseProtocolMode::None,
                "the mouse is given back"
            );
            String::from_utf8_lossy(&seen.bytes).into_owned()
        };
        let pushed = text.matches("\u{1b}[>1u").count();
        let popped = text.matches("\u{1b}[<1u").count();
        assert_eq!(pushed, popped, "the keyboard protocol is given back");
        assert_eq!(settings(&*self.master), self.before, "the terminal's settings are as before");
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.child.kill().ok();
    }
}

/// The terminal's settings, to be compared.
fn settings(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("settings"))
}
