//! Asking the terminal what it is like: the colour of its background, the size of a cell, whether it draws pictures.
//!
//! Owns: one question and what is made of the answers. The parts that not every terminal knows (OSC 11, kitty's query, the cell size)
//! are followed by one that every terminal answers (DA1): an answer to the last alone means that the others are not known here, and
//! nobody waits for the time-out.
//! Refuses: to let anything of an answer pass for typed text. Tests: at the foot.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::ui::Graphics;

/// How long a terminal may take: enough for a far one, too little to be noticed.
const PATIENCE: Duration = Duration::from_millis(150);
/// The background.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// A picture of one pixel that kitty shall not show but judge (who does not know it passes over it), and the size of a cell.
const PICTURES: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t";
/// The device attributes.
const LAST: &str = "\x1b[c";
/// The attribute of a terminal that draws sixels.
const SIXEL: &str = "4";
/// More than any answer takes.
const MOST: usize = 4096;

/// What came back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The background is light; `None` where the terminal did not say.
    pub light: Option<bool>,
    /// The terminal draws pictures, in this way.
    pub graphics: Option<Graphics>,
    /// Pixels of a cell, across and down.
    pub cell: Option<(u16, u16)>,
    /// Characters that were typed meanwhile.
    pub typed: String,
}

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// The background.
    pub background: bool,
    /// How pictures are drawn.
    pub pictures: bool,
}

/// Asks; to be called in raw mode, before keys are read.
pub fn ask(wish: Wish) -> Answer {
    if wish == Wish::default() {
        return Answer::default();
    }
    let bytes = converse(wish).unwrap_or_default();
    understand(&bytes)
}

fn converse(wish: Wish) -> io::Result<Vec<u8>> {
    let stdin = io::stdin();
    let tty = if stdin.is_terminal() { None } else { Some(File::open("/dev/tty")?) };
    let from = tty.as_ref().map_or_else(|| stdin.as_fd(), |t| t.as_fd());
    let mut out = io::stdout();
    let part = |asked: bool, part: &'static str| if asked { part } else { "" };
    let question = [part(wish.background, BACKGROUND), part(wish.pictures, PICTURES), LAST].concat();
    out.write_all(question.as_bytes())?;
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
        } else if let Some(said) = rest.strip_prefix("\x1b_") {
            let end = said.find("\x1b\\").unwrap_or(said.len());
            if said[..end].starts_with("Gi=31") && said[..end].ends_with(";OK") {
                answer.graphics = Some(Graphics::Kitty);
            }
            rest = said.get(end + 2..).unwrap_or("");
        } else if let Some(said) = rest.strip_prefix("\x1b[") {
            let end = said.find(|c: char| c.is_ascii_alphabetic() || c == '~').unwrap_or(said.len());
            answer.take(said.get(..=end).unwrap_or(said));
            rest = said.get(end + 1..).unwrap_or("");
        } else {
            if !c.is_control() {
                answer.typed.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    answer
}

impl Answer {
    /// A control sequence without what opens it: the device attributes, the size of a cell, or a key.
    fn take(&mut self, said: &str) {
        if let Some(attributes) = said.strip_prefix('?').and_then(|s| s.strip_suffix('c')) {
            if attributes.split(';').skip(1).any(|a| a == SIXEL) && self.graphics.is_none() {
                self.graphics = Some(Graphics::Sixel);
            }
        } else if let Some(size) = said.strip_prefix("6;").and_then(|s| s.strip_suffix('t')) {
            let cell = size.split_once(';').and_then(|(h, w)| Some((w.parse().ok()?, h.parse().ok()?)));
            self.cell = cell.filter(|c| CELL.contains(&c.0) && CELL.contains(&c.1));
        }
    }
}

/// Pixels that a cell may have either way.
const CELL: std::ops::RangeInclusive<u16> = 2..=200;

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
            let expect = Answer { light, typed: typed.to_owned(), ..Answer::default() };
            assert_eq!(understand(bytes), expect, "{bytes:?}");
        }
    }

    #[test]
    fn answers_about_pictures_are_understood() {
        let (kitty, sixel) = (Some(Graphics::Kitty), Some(Graphics::Sixel));
        for (bytes, graphics, cell, typed) in [
            ("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c", kitty, Some((10, 20)), ""),
            ("\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;4c", kitty, Some((10, 20)), ""),
            ("j\x1b[6;18;9tk\x1b[?65;1;4;22cl", sixel, Some((9, 18)), "jkl"),
            ("\x1b_Gi=31;ENOTSUPPORTED: no\x1b\\\x1b[?62;22c", None, None, ""),
            ("\x1b_Gi=31;OK", kitty, None, ""),
            ("\x1b_Gi=31;O", None, None, ""),
            ("\x1b_Gi=32;OK\x1b\\gg", None, None, "gg"),
            ("\x1b[4;600;800t\x1b[6;0;10t\x1b[?4c", None, None, ""),
            ("\x1b[6;9999999;1t\x1b[6t\x1b[6;t", None, None, ""),
            ("\x1b[6;20;10", None, None, ""),
            ("\x1b[A\x1b[3~ồ\x1b[?64;42;14c", None, None, "ồ"),
        ] {
            let expect = Answer { light: None, graphics, cell, typed: typed.to_owned() };
            assert_eq!(understand(bytes.as_bytes()), expect, "{bytes:?}");
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
