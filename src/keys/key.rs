//! One key, and the notation of sequences.

use std::fmt;

/// Which key, without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed (upper case where Shift made it so).
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// Names of keys in the notation and on screen.
const NAMES: [(&str, Code, &str); 15] = [
    ("enter", Code::Enter, "Enter"),
    ("esc", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("backspace", Code::Backspace, "Backspace"),
    ("delete", Code::Delete, "Delete"),
    ("insert", Code::Insert, "Insert"),
    ("up", Code::Up, "↑"),
    ("down", Code::Down, "↓"),
    ("left", Code::Left, "←"),
    ("right", Code::Right, "→"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("pageup", Code::PageUp, "PgUp"),
    ("pagedown", Code::PageDown, "PgDn"),
    ("space", Code::Char(' '), "Space"),
];

/// A key with its modifiers. Shift counts only where the code does not show it already (`<s-tab>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held.
    pub shift: bool,
}

impl Key {
    /// A key in its one normal form: Shift is dropped from characters, Control makes letters lower case.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            Code::Char(c) if ctrl => {
                Self { code: Code::Char(c.to_ascii_lowercase()), ctrl, alt, shift: false }
            }
            Code::Char(_) => Self { code, ctrl, alt, shift: false },
            _ => Self { code, ctrl, alt, shift },
        }
    }

    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self::new(code, false, false, false)
    }

    /// The character that this key writes into a line of text, if it writes one.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The digit that this key adds to a count.
    pub fn digit(self) -> Option<u32> {
        self.text().and_then(|c| c.to_digit(10))
    }

    /// As people write it: `Ctrl-d`, `Shift-Tab`, `↑`.
    pub fn label(self) -> String {
        let mut out = String::new();
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                out.push_str(name);
            }
        }
        match (NAMES.iter().find(|n| n.1 == self.code), self.code) {
            (Some(name), _) => out.push_str(name.2),
            (None, Code::Char(c)) => out.push(c),
            (None, Code::F(n)) => out.extend(["F", &n.to_string()]),
            (None, _) => {}
        }
        out
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = !(self.ctrl || self.alt || self.shift);
        match self.code {
            Code::Char('<') if bare => return f.write_str("<lt>"),
            Code::Char(c) if bare && c != ' ' => return write!(f, "{c}"),
            _ => {}
        }
        f.write_str("<")?;
        for (held, name) in [(self.ctrl, "c-"), (self.alt, "a-"), (self.shift, "s-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|n| n.1 == self.code), self.code) {
            (Some(name), _) => f.write_str(name.0)?,
            (None, Code::Char('<')) => f.write_str("lt")?,
            (None, Code::Char(c)) => write!(f, "{c}")?,
            (None, Code::F(n)) => write!(f, "f{n}")?,
            (None, _) => {}
        }
        f.write_str(">")
    }
}

/// A sequence that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at {at} of {text:?})")]
pub struct KeyProblem {
    /// The sequence.
    pub text: String,
    /// Byte offset of the trouble.
    pub at: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a sequence of keys; blanks between keys mean nothing.
pub fn parse(text: &str) -> Result<Vec<Key>, KeyProblem> {
    let problem =
        |at: usize, message: &str| KeyProblem { text: text.to_owned(), at, message: message.to_owned() };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '<' {
            let Some(end) = text[at..].find('>') else {
                return Err(problem(at, "`<` without `>`; write `<lt>` for the key itself"));
            };
            let name = &text[at + 1..at + end];
            out.push(named(name).ok_or_else(|| problem(at, "there is no key of this name"))?);
            at += end + 1;
        } else {
            if !c.is_whitespace() {
                out.push(Key::plain(Code::Char(c)));
            }
            at += c.len_utf8();
        }
    }
    if out.is_empty() { Err(problem(0, "no key")) } else { Ok(out) }
}

fn named(name: &str) -> Option<Key> {
    let (mut ctrl, mut alt, mut shift) = (false, false, false);
    let mut rest = name;
    while let Some((head, tail)) = rest.split_at_checked(2) {
        match head.to_ascii_lowercase().as_str() {
            "c-" => ctrl = true,
            "a-" | "m-" => alt = true,
            "s-" => shift = true,
            _ => break,
        }
        rest = tail;
    }
    let lower = rest.to_ascii_lowercase();
    let code = if let Some(known) = NAMES.iter().find(|n| n.0 == lower) {
        known.1
    } else if lower == "lt" {
        Code::Char('<')
    } else if let Some(n) =
        lower.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n))
    {
        Code::F(n)
    } else {
        let mut chars = rest.chars();
        let c = chars.next().filter(|_| chars.next().is_none())?;
        Code::Char(if shift { c.to_ascii_uppercase() } else { c })
    };
    Some(Key::new(code, ctrl, alt, shift))
}

/// A sequence in the notation.
pub fn show(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_is_read_and_written() {
        for (text, shown, labels) in [
            ("j", "j", "j"),
            ("G", "G", "G"),
            ("gg", "gg", "g g"),
            ("g g", "gg", "g g"),
            ("<c-d>", "<c-d>", "Ctrl-d"),
            ("<C-D>", "<c-d>", "Ctrl-d"),
            ("<s-tab>", "<s-tab>", "Shift-Tab"),
            ("<enter>", "<enter>", "Enter"),
            ("<space>", "<space>", "Space"),
            ("<a-left>", "<a-left>", "Alt-←"),
            ("<m-x>", "<a-x>", "Alt-x"),
            ("<lt>", "<lt>", "<"),
            ("<s-j>", "J", "J"),
            ("<f12>", "<f12>", "F12"),
            ("<c-a-x>", "<c-a-x>", "Ctrl-Alt-x"),
            ("đ", "đ", "đ"),
            ("3<c-o>", "3<c-o>", "3 Ctrl-o"),
        ] {
            let keys = parse(text).expect(text);
            assert_eq!(show(&keys), shown, "{text}");
            let all: Vec<String> = keys.iter().map(|k| k.label()).collect();
            assert_eq!(all.join(" "), labels, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        for (text, at) in [("", 0), ("  ", 0), ("g<", 1), ("g<nokey>", 1), ("<f99>", 0), ("<c->", 0)] {
            assert_eq!(parse(text).expect_err(text).at, at, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(text in "\\PC{0,8}") {
            if let Ok(keys) = parse(&text) {
                proptest::prop_assert_eq!(parse(&show(&keys)), Ok(keys));
            }
        }
    }
}
