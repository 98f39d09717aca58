//! Asking the terminal what it is like: the colour of its background, the size of a cell, whether it draws pictures, how it counts cells.
//!
//! Owns: one question and what is made of the answers. The parts that not every terminal knows (OSC 11, kitty's query, the cell size)
//! are followed by one that every terminal answers (DA1): an answer to the last alone means that the others are not known here, and
//! nobody waits for the time-out. What comes after that is heard by `sieve`.
//! Refuses: to let anything of an answer pass for typed text. Tests: at the foot.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::ui::{Graphics, luma};

/// How long the first frame waits for the terminal: enough for a near one; a far one is heard later.
const PATIENCE: Duration = Duration::from_millis(30);
/// The background.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// A picture of one pixel that kitty shall not show but judge (who does not know it passes over it), and the size of a cell.
const PICTURES: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t";
/// Whether the keyboard tells keys apart that old terminals send alike (kitty's protocol).
const KEYBOARD: &str = "\x1b[?u";
/// Whether it can count cells by what is seen, however many characters that is made of (mode 2027).
const CLUSTERS: &str = "\x1b[?2027$p";
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
    /// The keyboard can tell all keys apart, as far as is known.
    pub keyboard: bool,
    /// Cells are counted by what is seen.
    pub clusters: Option<Clusters>,
    /// Characters that were typed meanwhile.
    pub typed: String,
    /// The beginning of an answer, the rest of which had not come when nobody waited any more.
    pub cut: String,
}

/// How far a terminal counts cells by what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clusters {
    /// It does.
    On,
    /// It can, when it is told to.
    Off,
}

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// The background.
    pub background: bool,
    /// How pictures are drawn.
    pub pictures: bool,
    /// How cells are counted.
    pub clusters: bool,
}

/// Asks; to be called in raw mode, before keys are read.
pub fn ask(wish: Wish) -> Answer {
    let Ok(bytes) = converse(wish) else { return Answer::default() };
    let mut answer = understand(&bytes);
    // The input library keeps a late answer about the keyboard to itself. A terminal that has not said that it does not know
    // the protocol is told to use it: one that does not know it passes over that.
    answer.keyboard |= !is_complete(&bytes);
    answer
}

fn converse(wish: Wish) -> io::Result<Vec<u8>> {
    let stdin = io::stdin();
    let tty = if stdin.is_terminal() { None } else { Some(File::open("/dev/tty")?) };
    let from = tty.as_ref().map_or_else(|| stdin.as_fd(), |t| t.as_fd());
    let mut out = io::stdout();
    let part = |asked: bool, part: &'static str| if asked { part } else { "" };
    let question = [
        part(wish.background, BACKGROUND),
        part(wish.pictures, PICTURES),
        part(wish.clusters, CLUSTERS),
        KEYBOARD,
        LAST,
    ]
    .concat();
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
    let begins = |at: &usize| bytes[*at..].starts_with(b"\x1b[?");
    (0..bytes.len()).filter(begins).any(|at| {
        let end = bytes[at + 3..].iter().find(|b| !b.is_ascii_digit() && **b != b';');
        end == Some(&b'c')
    })
}

/// Takes the answers out of what came; what is left was typed.
pub fn understand(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let mut answer = Answer::default();
    let mut rest: &str = &text;
    while let Some(c) = rest.chars().next() {
        if c != '\x1b' {
            answer.typed.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let Some((said, after)) = one(rest) else {
            rest.clone_into(&mut answer.cut);
            break;
        };
        answer.take(said);
        rest = after;
    }
    answer
}

/// Parts the sequence at the beginning from what follows; `None` where its end has not come.
fn one(text: &str) -> Option<(&str, &str)> {
    let end = match text.as_bytes().get(1)? {
        b']' | b'_' | b'P' => {
            let bell = text.find('\x07').map(|at| at + 1);
            let string = text.find("\x1b\\").map(|at| at + 2);
            bell.into_iter().chain(string).min()?
        }
        b'[' => 3 + text[2..].find(|c: char| c.is_ascii_alphabetic() || c == '~')?,
        // A key with Alt.
        _ => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
    };
    Some(text.split_at(end))
}

impl Answer {
    /// A sequence: the background, a word about pictures, the device attributes, the size of a cell; or a key.
    fn take(&mut self, said: &str) {
        if let Some(colour) = said.strip_prefix("\x1b]11;") {
            self.light = light(colour.trim_end_matches(['\x07', '\x1b', '\\']));
        } else if said.starts_with("\x1b_Gi=31") && said.ends_with(";OK\x1b\\") {
            self.graphics = Some(Graphics::Kitty);
        } else if let Some(attributes) = said.strip_prefix("\x1b[?").and_then(|s| s.strip_suffix('c')) {
            if attributes.split(';').skip(1).any(|a| a == SIXEL) && self.graphics.is_none() {
                self.graphics = Some(Graphics::Sixel);
            }
        } else if let Some(set) = said.strip_prefix("\x1b[?2027;").and_then(|s| s.strip_suffix("$y")) {
            self.clusters = match set {
                "1" | "3" => Some(Clusters::On),
                "2" => Some(Clusters::Off),
                _ => None,
            };
        } else if said.starts_with("\x1b[?") && said.ends_with('u') {
            self.keyboard = true;
        } else if let Some(size) = said.strip_prefix("\x1b[6;").and_then(|s| s.strip_suffix('t')) {
            let cell = size.split_once(';').and_then(|(h, w)| Some((w.parse().ok()?, h.parse().ok()?)));
            self.cell = cell.filter(|c| CELL.contains(&c.0) && CELL.contains(&c.1));
        }
    }
}

/// Pixels that a cell may have either way.
const CELL: std::ops::RangeInclusive<u16> = 2..=200;

/// Whether a colour is light: `rgb:ffff/ffff/ffff` of any number of digits, `rgba:` with how opaque it is, or `#ffffff`.
fn light(colour: &str) -> Option<bool> {
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(digits) if digits.is_ascii() && digits.len().is_multiple_of(3) && !digits.is_empty() => {
            let n = digits.len() / 3;
            vec![&digits[..n], &digits[n..2 * n], &digits[2 * n..]]
        }
        _ => {
            let (kind, parts) = colour.split_once(':')?;
            let most = ["rgb", "rgba"].into_iter().position(|k| k == kind)? + 3;
            let parts: Vec<&str> = parts.split('/').collect();
            if parts.len() > most {
                return None;
            }
            parts
        }
    };
    let parts: Option<Vec<f64>> = parts.into_iter().take(3).map(part).collect();
    let [red, green, blue] = parts?[..] else { return None };
    let part = |share: f64| (share * 255.0).round() as u8;
    Some(luma((part(red), part(green), part(blue))) > 0.5)
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
            (b"\x1b]11;rgba:ffff/ffff/ffff/8000\x07\x1b[?1;2c", Some(true), ""),
            (b"\x1b]11;#ffffff\x07\x1b[?1;2c", Some(true), ""),
            (b"\x1b]11;#000\x07\x1b[?1;2c", Some(false), ""),
            (b"j\x1b]11;rgb:0000/0000/0000\x07k\x1b[?1;2c", Some(false), "jk"),
            (b"\x1b[?1;2c", None, ""),
            (b"\x1b]11;rgba:what\x07\x1b[?1;2c", None, ""),
            (b"\x1b]11;#ffff\x07", None, ""),
            (b"\x1b]11;rgb:ff/ff/ff/ff\x07", None, ""),
            ("/nước\r".as_bytes(), None, "/nước\r"),
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
            ("\x1b_Gi=32;OK\x1b\\gg", None, None, "gg"),
            ("\x1b[4;600;800t\x1b[6;0;10t\x1b[?4c", None, None, ""),
            ("\x1b[6;9999999;1t\x1b[6t\x1b[6;t", None, None, ""),
            ("\x1b[A\x1b[3~ồ\x1b[?64;42;14c", None, None, "ồ"),
        ] {
            let expect = Answer { graphics, cell, typed: typed.to_owned(), ..Answer::default() };
            assert_eq!(understand(bytes.as_bytes()), expect, "{bytes:?}");
        }
    }

    #[test]
    fn the_keyboard_is_known_by_any_answer() {
        for (bytes, expect) in [
            ("\x1b[?0u\x1b[?62c", true),
            ("\x1b[?1u\x1b[?62c", true),
            ("\x1b[?62c", false),
            ("\x1b[97u", false),
        ] {
            assert_eq!(understand(bytes.as_bytes()).keyboard, expect, "{bytes:?}");
        }
    }

    #[test]
    fn how_cells_are_counted_is_understood() {
        for (set, expect) in [
            ("0", None),
            ("1", Some(Clusters::On)),
            ("2", Some(Clusters::Off)),
            ("3", Some(Clusters::On)),
            ("4", None),
        ] {
            let answer = understand(format!("a\x1b[?2027;{set}$y\x1b[?0u\x1b[?62cb").as_bytes());
            assert_eq!(
                (answer.clusters, answer.keyboard, answer.typed.as_str()),
                (expect, true, "ab"),
                "{set}"
            );
        }
    }

    #[test]
    fn what_was_cut_is_no_answer_yet_and_no_key() {
        for cut in
            ["\x1b]11;rgb:ff", "\x1b_Gi=31;OK", "\x1b_Gi=31;O", "\x1b[6;20;10", "\x1b]11;#fff\x1b", "\x1b"]
        {
            let expect = Answer { typed: "j".to_owned(), cut: cut.to_owned(), ..Answer::default() };
            assert_eq!(understand(format!("j{cut}").as_bytes()), expect);
        }
    }

    #[test]
    fn the_device_attributes_end_the_wait() {
        for (bytes, expect) in [
            (&b"\x1b[?1;2c"[..], true),
            (b"\x1b[?0u\x1b[?62;22c", true),
            (b"\x1b[?0uc", false),
            (b"\x1b[?2027;2$yc", false),
            (b"\x1b]11;rgb:0/0/0\x07\x1b[?1", false),
            (b"abc", false),
        ] {
            assert_eq!(is_complete(bytes), expect, "{bytes:?}");
        }
    }
}
