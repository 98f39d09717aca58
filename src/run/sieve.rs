//! Answers of the terminal among the keys: what comes after nobody waits for it any more, or to the question of a program that had
//! the terminal meanwhile.
//!
//! The input library knows the answers that begin with `ESC [` and passes over them. The others it takes to pieces: `ESC ]`
//! is Alt-], what follows are letters. Owns: telling such letters from those that a person types, and putting the answer together.
//! Refuses: to know a clock: whoever reads waits as long as [`Sieve::patience`] says, then tells [`Sieve::tired`].
//! Tests: at the foot; late answers in a real terminal in `tests/it/terminal_answers.rs`.

use std::time::Duration;

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// An answer comes in one piece, a person needs longer for the next key.
const PIECE: Duration = Duration::from_millis(60);
/// Esc is pressed often, and acts at once.
const ESCAPE: Duration = Duration::from_millis(20);
/// For the rest of what cannot be typed: a link may falter in the midst of it.
const REST: Duration = Duration::from_secs(1);
/// Letters of an answer at most: what is longer is none.
const MOST: usize = 512;

/// What opens an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `ESC` alone, at the end of a piece.
    Escape,
    /// `ESC ]`: colours, the clipboard.
    System,
    /// `ESC _`: kitty's pictures.
    Program,
    /// `ESC P`: names and settings.
    Device,
    /// `ESC [` that was cut in two.
    Control,
}

impl Opening {
    /// The sign behind `ESC`.
    fn sign(self) -> Option<char> {
        match self {
            Self::Escape => None,
            Self::System => Some(']'),
            Self::Program => Some('_'),
            Self::Device => Some('P'),
            Self::Control => Some('['),
        }
    }

    fn of(sign: char) -> Option<Self> {
        [Self::System, Self::Program, Self::Device, Self::Control]
            .into_iter()
            .find(|o| o.sign() == Some(sign))
    }
}

/// How far letters behind an opening look like an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Somebody typed them.
    None,
    /// There are too few of them to say.
    Open,
    /// Nobody types that.
    Sure,
}

/// What is held back.
#[derive(Debug, Clone)]
struct Held {
    opening: Opening,
    /// What stands behind the opening.
    text: String,
    /// The keys as they came, should they be keys.
    keys: Vec<Event>,
    /// `ESC` came within it: a sign `\` ends it.
    ends: bool,
}

/// What an event came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// Events that are no answers.
    pub events: Vec<Event>,
    /// An answer as the terminal wrote it.
    pub answer: Option<String>,
}

/// Tells answers from keys.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    held: Option<Held>,
}

impl Sieve {
    /// Goes on from the beginning of an answer, of which the rest is still to come.
    pub fn after(cut: &str) -> Self {
        let mut sieve = Self::default();
        let Some(rest) = cut.strip_prefix('\x1b') else { return sieve };
        let mut letters = rest.chars();
        let first = match letters.next() {
            None => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
            Some(sign) => KeyEvent::new(KeyCode::Char(sign), KeyModifiers::ALT),
        };
        sieve.take(Event::Key(first));
        for letter in letters {
            let code = if letter == '\x1b' { KeyCode::Esc } else { KeyCode::Char(letter) };
            sieve.take(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        sieve
    }

    /// How long what is held back may wait for more; `None` where nothing is.
    pub fn patience(&self) -> Option<Duration> {
        let held = self.held.as_ref()?;
        Some(match held.likeness() {
            Likeness::Sure => REST,
            _ if held.opening == Opening::Escape => ESCAPE,
            _ => PIECE,
        })
    }

    /// Nothing more came: gives back what was typed after all.
    pub fn tired(&mut self) -> Vec<Event> {
        let held = self.held.take();
        held.filter(|h| h.likeness() != Likeness::Sure).map(|h| h.keys).unwrap_or_default()
    }

    /// Takes an event.
    pub fn take(&mut self, event: Event) -> Sifted {
        let Event::Key(key) = &event else {
            // The size of the window may change at any time.
            return Sifted { events: vec![event], answer: None };
        };
        if key.kind == KeyEventKind::Release {
            return Sifted { events: vec![event], answer: None };
        }
        let Some(held) = self.held.take() else { return self.begin(event) };
        self.go_on(held, event)
    }

    fn begin(&mut self, event: Event) -> Sifted {
        let opening = match &event {
            Event::Key(KeyEvent { code: KeyCode::Esc, modifiers, .. }) if modifiers.is_empty() => {
                Some(Opening::Escape)
            }
            Event::Key(key) => with_alt(key).and_then(Opening::of),
            _ => None,
        };
        let Some(opening) = opening else { return Sifted { events: vec![event], answer: None } };
        self.held = Some(Held { opening, text: String::new(), keys: vec![event], ends: false });
        Sifted::default()
    }

    fn go_on(&mut self, mut held: Held, event: Event) -> Sifted {
        let Event::Key(key) = &event else { return Sifted::default() };
        let letter = letter(key);
        if held.opening == Opening::Escape {
            return match letter.and_then(Opening::of) {
                Some(opening) => {
                    held.opening = opening;
                    held.keys.push(event);
                    self.held = Some(held);
                    Sifted::default()
                }
                None => self.give_back(held, event),
            };
        }
        let sure = held.likeness() == Likeness::Sure;
        if sure && held.closes(key) {
            return Sifted { events: Vec::new(), answer: Some(held.written()) };
        }
        if sure && key.code == KeyCode::Esc && held.opening != Opening::Control && !held.ends {
            held.ends = true;
            self.held = Some(held);
            return Sifted::default();
        }
        let Some(letter) = letter.filter(|_| held.text.len() < MOST && !held.ends) else {
            return self.give_back(held, event);
        };
        held.text.push(letter);
        if held.likeness() == Likeness::None {
            held.text.pop();
            return self.give_back(held, event);
        }
        held.keys.push(event);
        self.held = Some(held);
        Sifted::default()
    }

    /// The event goes on nothing that is held: that was typed, or will never be whole.
    fn give_back(&mut self, held: Held, event: Event) -> Sifted {
        let mut events = if held.likeness() == Likeness::Sure { Vec::new() } else { held.keys };
        if held.ends {
            events.push(Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
        }
        // It may itself begin an answer.
        let begun = self.begin(event);
        events.extend(begun.events);
        Sifted { events, answer: None }
    }
}

impl Held {
    fn likeness(&self) -> Likeness {
        let text = self.text.as_str();
        match self.opening {
            Opening::Escape => Likeness::Open,
            Opening::System => match text.split_once(';') {
                None => open(text.bytes().all(|b| b.is_ascii_digit())),
                Some((number, rest)) => {
                    let colour = |b: u8| b.is_ascii_alphanumeric() || b";:/#?".contains(&b);
                    sure(!number.is_empty() && (number == "52" || rest.bytes().all(colour)))
                }
            },
            Opening::Program => match "Gi=".strip_prefix(text) {
                Some("") => Likeness::Sure,
                Some(_) => Likeness::Open,
                None => sure(text.starts_with("Gi=")),
            },
            Opening::Device => {
                match text.trim_start_matches(|c: char| c.is_ascii_digit() || ">!".contains(c)) {
                    "" => Likeness::Open,
                    rest => sure(rest.starts_with(['|', '+', '$'])),
                }
            }
            Opening::Control => {
                let numbers = text.strip_prefix(['?', '>']).unwrap_or(text);
                if !numbers.bytes().all(|b| b.is_ascii_digit() || b == b';') {
                    return Likeness::None;
                }
                if numbers.is_empty() { Likeness::Open } else { Likeness::Sure }
            }
        }
    }

    /// A key ends the answer: BEL or `ESC \`, for those that began with `ESC [` any letter.
    fn closes(&self, key: &KeyEvent) -> bool {
        match self.opening {
            Opening::Control => letter(key).is_some_and(|c| c.is_ascii_alphabetic()),
            _ if self.ends => letter(key) == Some('\\'),
            _ => with_alt(key) == Some('\\') || is_bell(key),
        }
    }

    fn written(&self) -> String {
        let sign = self.opening.sign().map(String::from).unwrap_or_default();
        let end = if self.opening == Opening::Control { "" } else { "\x1b\\" };
        format!("\x1b{sign}{}{end}", self.text)
    }
}

fn open(is: bool) -> Likeness {
    if is { Likeness::Open } else { Likeness::None }
}

fn sure(is: bool) -> Likeness {
    if is { Likeness::Sure } else { Likeness::None }
}

/// The character of a key without modifiers but Shift.
fn letter(key: &KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => Some(c),
        _ => None,
    }
}

/// The character of a key with Alt, as `ESC` and a sign come.
fn with_alt(key: &KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if key.modifiers.difference(KeyModifiers::SHIFT) == KeyModifiers::ALT => Some(c),
        _ => None,
    }
}

fn is_bell(key: &KeyEvent) -> bool {
    key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    /// Bytes as the input library takes them to pieces; a blank stands for the time that a person takes.
    fn run(bytes: &str) -> (String, Vec<String>) {
        let (mut sieve, mut passed, mut answers) = (Sieve::default(), Vec::new(), Vec::new());
        let mut letters = bytes.chars().peekable();
        while let Some(c) = letters.next() {
            let event = match (c, letters.peek()) {
                (' ', _) => {
                    passed.extend(sieve.tired());
                    continue;
                }
                ('\x1b', Some(&next)) if next != ' ' && next != '!' => {
                    letters.next();
                    key(KeyCode::Char(next), KeyModifiers::ALT)
                }
                ('\x1b', more) => {
                    // `!` cuts a sequence in two.
                    if more == Some(&'!') {
                        letters.next();
                    }
                    key(KeyCode::Esc, KeyModifiers::NONE)
                }
                ('\x07', _) => key(KeyCode::Char('g'), KeyModifiers::CONTROL),
                (c, _) => key(KeyCode::Char(c), KeyModifiers::NONE),
            };
            let sifted = sieve.take(event);
            passed.extend(sifted.events);
            answers.extend(sifted.answer);
        }
        passed.extend(sieve.tired());
        let shown = passed.iter().map(|e| match e {
            Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. }) => {
                if modifiers.contains(KeyModifiers::ALT) { format!("<a-{c}>") } else { c.to_string() }
            }
            _ => "<esc>".to_owned(),
        });
        (shown.collect(), answers)
    }

    #[test]
    fn answers_are_taken_out_and_keys_pass() {
        for (bytes, passed, answers) in [
            ("jk", "jk", &[][..]),
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\j", "j", &["\x1b]11;rgb:ffff/ffff/ffff\x1b\\"]),
            ("\x1b]11;rgb:00/00/00\x07", "", &["\x1b]11;rgb:00/00/00\x1b\\"]),
            ("\x1b]10;#fff\x07\x1b]11;#000\x07", "", &["\x1b]10;#fff\x1b\\", "\x1b]11;#000\x1b\\"]),
            ("\x1b_Gi=31;OK\x1b\\", "", &["\x1b_Gi=31;OK\x1b\\"]),
            ("\x1bP>|XTerm(388)\x1b\\q", "q", &["\x1bP>|XTerm(388)\x1b\\"]),
            ("\x1bP1+r544e=1\x1b\\", "", &["\x1bP1+r544e=1\x1b\\"]),
            // Cut in two behind the first byte, before the last.
            ("\x1b!]11;rgb:ff/ff/ff\x1b!\\j", "j", &["\x1b]11;rgb:ff/ff/ff\x1b\\"]),
            ("\x1b![?62;22cj", "j", &["\x1b[?62;22"]),
        ] {
            let (found, heard) = run(bytes);
            assert_eq!(
                (found.as_str(), heard),
                (passed, answers.iter().map(ToString::to_string).collect()),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_a_person_types_is_typed() {
        for (bytes, passed) in [
            ("\x1b] 11;", "<a-]>11;"),
            ("\x1b]j", "<a-]>j"),
            ("\x1b]1j", "<a-]>1j"),
            ("\x1b]\x1b]", "<a-]><a-]>"),
            ("\x1b_ G", "<a-_>G"),
            ("\x1b_j", "<a-_>j"),
            ("\x1bP x", "<a-P>x"),
            ("\x1b ]", "<esc>]"),
            ("\x1b!j", "<esc>j"),
            ("\x1b!]j", "<esc>]j"),
            ("\x1b!\x1b!j", "<esc><esc>j"),
            ("\x1bx", "<a-x>"),
            // An answer that never came whole is no key, and what follows is one.
            ("\x1b]11;rgb:ff jq", "jq"),
            ("\x1b]11;rgb:ff\x1b!j", "<esc>j"),
        ] {
            assert_eq!(run(bytes), (passed.to_owned(), Vec::new()), "{bytes:?}");
        }
    }

    #[test]
    fn an_answer_that_was_begun_elsewhere_ends_here() {
        for (cut, rest, answer) in [
            ("\x1b]11;rgb:ff", "ff/ffff/ffff\\", Some("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")),
            ("\x1b", "]11;#fff\\", Some("\x1b]11;#fff\x1b\\")),
            ("\x1b]11;#fff\x1b", "", None),
            ("\x1b[?6", "2;4c", Some("\x1b[?62;4")),
            ("", "\\", None),
        ] {
            let mut sieve = Sieve::after(cut);
            let mut heard = None;
            for c in rest.chars() {
                let modifiers = if c == '\\' { KeyModifiers::ALT } else { KeyModifiers::NONE };
                heard = heard.or(sieve.take(key(KeyCode::Char(c), modifiers)).answer);
            }
            assert_eq!(heard.as_deref(), answer, "{cut:?} {rest:?}");
        }
    }

    #[test]
    fn only_what_is_held_is_waited_for() {
        let mut sieve = Sieve::default();
        assert_eq!(sieve.patience(), None);
        sieve.take(key(KeyCode::Esc, KeyModifiers::NONE));
        assert_eq!(sieve.patience(), Some(ESCAPE));
        sieve.tired();
        assert_eq!(sieve.patience(), None);
        sieve.take(key(KeyCode::Char(']'), KeyModifiers::ALT));
        assert_eq!(sieve.patience(), Some(PIECE));
        let sized = sieve.take(Event::Resize(80, 24));
        assert_eq!(sized.events, [Event::Resize(80, 24)]);
        assert_eq!(sieve.patience(), Some(PIECE), "a new size says nothing of keys");
    }
}
