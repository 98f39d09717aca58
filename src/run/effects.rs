//! What the state wants done outside: the clipboard, the browser.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossbeam_channel::Sender;

use super::Wake;
use crate::app::{Msg, Notice, Report};

/// Bytes that terminals are known to take over OSC 52.
const MOST: usize = 74_994;

/// Sends text to the clipboard of the terminal (OSC 52), which works over ssh as well; there is no answer.
pub fn copy(text: &str) -> io::Result<()> {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = io::stdout();
    write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(&text[..end]))?;
    out.flush()
}

/// Opens an address in the browser; what goes wrong is told on the screen.
pub fn browse(url: &str, wake: Sender<Wake>) {
    let own = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let program = std::env::var("BROWSER").ok().filter(|b| !b.is_empty()).unwrap_or_else(|| own.to_owned());
    let url = url.to_owned();
    let work = move || {
        let mut command = Command::new(program);
        command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let why = match command.status() {
            Ok(status) if status.success() => return,
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let _ = wake.send(Wake::Report(Report::Notice(Notice::warning(Msg::OpenFailed).with("why", why))));
    };
    // Without a thread there is no browser: nothing else is lost.
    let _ = thread::Builder::new().name("browser".to_owned()).spawn(work);
}
