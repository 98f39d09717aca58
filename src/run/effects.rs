//! What the state wants done outside: the clipboard, the browser, other programs.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossbeam_channel::Sender;

use super::Wake;
use super::browser::Call;
use crate::app::{Msg, Notice, Report};

/// Bytes that any terminal with a clipboard takes over OSC 52.
const ANY: usize = 74_994;
/// Bytes that tmux hands on: 1 MiB of base64, less what stands around it.
const TMUX: usize = 786_000;
/// Terminals that set themselves no limit.
const BOUNDLESS: [&str; 9] =
    ["kitty", "ghostty", "foot", "alacritty", "wezterm", "rio", "iterm", "contour", "konsole"];

/// Bytes that this terminal takes into its clipboard.
fn most(variable: &dyn Fn(&str) -> Option<String>) -> usize {
    if variable("TMUX").is_some() {
        return TMUX;
    }
    let named = |name: &str| variable(name).unwrap_or_default().to_ascii_lowercase();
    let (term, program) = (named("TERM"), named("TERM_PROGRAM"));
    let boundless = BOUNDLESS.iter().any(|b| term.contains(b) || program.contains(b));
    if boundless { usize::MAX } else { ANY }
}

/// Sends text to the clipboard of the terminal (OSC 52), which works over ssh as well; there is no answer. Gives the bytes that
/// were sent.
pub fn copy(text: &str) -> io::Result<usize> {
    let mut end = text.len().min(most(&|name| std::env::var(name).ok().filter(|v| !v.is_empty())));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = io::stdout();
    write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(&text[..end]))?;
    out.flush()?;
    Ok(end)
}

/// Opens an address in a browser with a window of its own: the first that can; what goes wrong is told on the screen.
pub fn browse(calls: Vec<Call>, wake: Sender<Wake>) {
    let work = move || {
        let mut why = String::new();
        for call in calls.iter().filter(|c| !c.wants_terminal()) {
            match call.run() {
                Ok(()) => return,
                Err(error) if why.is_empty() => why = error,
                Err(_) => {}
            }
        }
        let _ = wake.send(Wake::Report(not_opened(why)));
    };
    // Without a thread there is no browser: nothing else is lost.
    let _ = thread::Builder::new().name("browser".to_owned()).spawn(work);
}

/// No browser opened the address.
pub fn not_opened(why: impl AsRef<str>) -> Report {
    Report::Notice(Notice::warning(Msg::OpenFailed).with("why", why))
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
    fn the_clipboard_is_as_large_as_the_terminal_makes_it() {
        for (set, expect) in [
            (&[("TERM", "xterm-256color")][..], ANY),
            (&[("TERM", "xterm-kitty")], usize::MAX),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], usize::MAX),
            (&[("TERM", "tmux-256color"), ("TMUX", "x"), ("TERM_PROGRAM", "tmux")], TMUX),
            (&[], ANY),
        ] {
            let variable = |name: &str| set.iter().find(|s| s.0 == name).map(|s| s.1.to_owned());
            assert_eq!(most(&variable), expect, "{set:?}");
        }
    }

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
