//! What the state wants done outside: the clipboard, the browser, other programs.

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

/// What a program prints is told up to so many bytes.
const TOLD: usize = 2000;

/// Hands text to a program; what it prints, or why it failed, is told on the screen. It gets no terminal: that is ours.
pub fn pipe(command: String, text: String, wake: Sender<Wake>) {
    let work = move || {
        let notice = match run(&command, text) {
            Ok(said) if said.is_empty() => Notice::info(Msg::PipeSilent).with("command", command),
            Ok(said) => Notice::info(Msg::Piped).with("command", command).with("said", said),
            Err(why) => Notice::warning(Msg::PipeFailed).with("command", command).with("why", why),
        };
        let _ = wake.send(Wake::Report(Report::Notice(notice)));
    };
    // Without a thread nothing runs: nothing is lost.
    let _ = thread::Builder::new().name("pipe".to_owned()).spawn(work);
}

fn run(command: &str, text: String) -> Result<String, String> {
    let mut child = Command::new("sh");
    child.args(["-c", command]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().map_err(|e| e.to_string())?;
    let input = child.stdin.take();
    // A program may stop to read early: that is no failure.
    let writer = thread::spawn(move || input.map(|mut to| to.write_all(text.as_bytes())));
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    drop(writer.join());
    let told = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(TOLD)]);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if output.status.success() {
        Ok(told(&output.stdout))
    } else {
        let said = told(&output.stderr);
        Err(if said.is_empty() { output.status.to_string() } else { said })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_gets_the_text_and_is_heard() {
        for (command, expect) in [
            ("wc -w", Ok("3")),
            ("tr a-z A-Z | head -c 3", Ok("MOT")),
            ("cat > /dev/null", Ok("")),
            ("echo no >&2; exit 3", Err("no")),
        ] {
            let found = run(command, "mot hai ba".to_owned());
            assert_eq!(found.as_deref().map_err(String::as_str), expect, "{command}");
        }
        // More than a pipe holds, to who reads none of it.
        assert_eq!(run("true", "x".repeat(1 << 20)), Ok(String::new()));
    }
}
