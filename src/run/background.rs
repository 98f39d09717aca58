//! Asking the terminal for the colour of its background.
//!
//! The question (OSC 11) is followed by one that every terminal answers (DA1): an answer to the second alone means that the first is
//! not known here, and nobody waits for the time-out.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// How long a terminal may take: enough for a far one, too little to be noticed.
const PATIENCE: Duration = Duration::from_millis(150);
/// The background, then the device attributes.
const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";
/// More than any answer takes.
const MOST: usize = 4096;

/// What came back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The background is light; `None` where the terminal did not say.
    pub light: Option<bool>,
    /// Characters that were typed meanwhile.
    pub typed: String,
}

/// Asks; to be called in raw mode, before keys are read.
pub fn ask() -> Answer {
    let bytes = converse().unwrap_or_default();
    understand(&bytes)
}

fn converse() -> io::Result<Vec<u8>> {
    let stdin = io::stdin();
    let tty = if stdin.is_terminal() { None } else { Some(File::open("/dev/tty")?) };
    let from = tty.as_ref().map_or_else(|| stdin.as_fd(), |t| t.as_fd());
    let mut out = io::stdout();
    out.write_all(QUESTION)?;
    out.flush()?;
    let since = Instant::now();
    let mut bytes = Vec::new();
    while !is_complete(&bytes) && bytes.len() < MOST {
        let Some(left) = PATIENCE.checked_sub(since.elapsed()) else { break };
        let left = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut fds = [PollFd::new(&from, PollFlags::IN)];
        if poll(&mut fds, Some(&left))? == 0 {
            break;
        }
        let mut buffer = [0_u8; 256];
        let read = rustix::io::read(from, &mut buffer)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
    Ok(bytes)
}

/// The device attributes have come: `ESC [ ? … c`.
fn is_complete(bytes: &[u8]) -> bool {
    let start = bytes.windows(3).position(|w| w == b"\x1b[?");
    start.is_some_and(|at| bytes[at..].contains(&b'c'))
}

/// Takes the answers out of what came; what is left was typed.
fn understand(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let mut answer = Answer::default();
    let mut rest: &str = &text;
    while let Some(c) = rest.chars().next() {
        if let Some(colour) = rest.strip_prefix("\x1b]11;") {
            let end = colour.find(['\x07', '\x1b']).unwrap_or(colour.len());
            answer.light = light(&colour[..end]);
            rest = &colour[end..];
            rest = rest.strip_prefix("\x1b\\").or(rest.strip_prefix('\x07')).unwrap_or("");
        } else if rest.starts_with("\x1b[") {
            let end =
                rest[2..].find(|c: char| c.is_ascii_alphabetic() || c == '~').map_or(rest.len(), |n| n + 3);
            rest = &rest[end..];
        } else {
            if !c.is_control() {
                answer.typed.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    answer
}

/// Whether `rgb:ffff/ffff/ffff` (of any number of digits) is light.
fn light(colour: &str) -> Option<bool> {
    let parts: Vec<f64> = colour.strip_prefix("rgb:")?.split('/').filter_map(part).collect();
    let [red, green, blue] = parts[..] else { return None };
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

/// A share of full brightness.
fn part(digits: &str) -> Option<f64> {
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| (1..=4).contains(&digits.len()))?;
    let full = 16_u32.pow(digits.len() as u32) - 1;
    Some(f64::from(value) / f64::from(full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood() {
        for (bytes, light, typed) in [
            (&b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c"[..], Some(true), ""),
            (b"\x1b]11;rgb:1e/1e/2e\x07\x1b[?1;2c", Some(false), ""),
            (b"j\x1b]11;rgb:0000/0000/0000\x07k\x1b[?1;2c", Some(false), "jk"),
            (b"\x1b[?1;2c", None, ""),
            (b"\x1b]11;rgba:what\x07\x1b[?1;2c", None, ""),
            (b"\x1b]11;rgb:ff", None, ""),
            ("/nước".as_bytes(), None, "/nước"),
            (b"", None, ""),
        ] {
            assert_eq!(understand(bytes), Answer { light, typed: typed.to_owned() }, "{bytes:?}");
        }
    }

    #[test]
    fn the_device_attributes_end_the_wait() {
        for (bytes, expect) in
            [(&b"\x1b[?1;2c"[..], true), (b"\x1b]11;rgb:0/0/0\x07\x1b[?1", false), (b"abc", false)]
        {
            assert_eq!(is_complete(bytes), expect, "{bytes:?}");
        }
    }
}
