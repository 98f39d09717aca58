//! Writing: standard output that may be closed at any time, JSON Lines, tables that fit the terminal.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal as _, Write};

use serde::Serialize;

use super::Exit;
use crate::app::Words;
pub use crate::paper::one_line;
use crate::text::{fit, width};

/// Where a command writes.
pub struct Out {
    to: Box<dyn Write>,
    /// Columns of the terminal; `None` where output goes elsewhere or is read aloud: there nothing is cut.
    pub columns: Option<usize>,
}

impl Out {
    /// Runs a command on standard output and flushes it.
    pub fn stdout(command: impl FnOnce(&mut Self) -> anyhow::Result<Exit>) -> anyhow::Result<Exit> {
        let stdout = io::stdout();
        let shown = stdout.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let columns = shown.then(|| terminal_size::terminal_size().map_or(80, |s| usize::from(s.0.0)));
        let mut out = Self { to: Box::new(BufWriter::with_capacity(1 << 16, stdout.lock())), columns };
        let exit = command(&mut out)?;
        out.to.flush()?;
        Ok(exit)
    }

    /// Writes a line of text.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}", harmless(text))
    }

    /// Writes a sentence in the language of the locale.
    pub fn say(&mut self, what: &str) -> io::Result<()> {
        self.line(&said(what))
    }

    /// Shows what was written so far, before something is asked.
    pub fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Writes one JSON object and a line break.
    pub fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string(value)?;
        self.line(&safe_json(&text))?;
        Ok(())
    }

    /// Writes rows as columns: all but the last padded to their widest cell. On a terminal they keep within `limits` (0: no limit),
    /// and the last is cut to it.
    pub fn table(&mut self, limits: &[usize], rows: &[Vec<String>]) -> io::Result<()> {
        let limits = if self.columns.is_some() { limits } else { &[] };
        let limit = |n: usize| limits.get(n).copied().filter(|l| *l > 0).unwrap_or(usize::MAX);
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|n| rows.iter().filter_map(|r| r.get(n)).map(|c| width(c)).max().unwrap_or(0).min(limit(n)))
            .collect();
        for row in rows {
            let mut line = String::new();
            for (n, cell) in row.iter().enumerate() {
                let cell = fit(cell, widths[n]);
                line.push_str(&cell);
                if n + 1 < row.len() {
                    line.extend(std::iter::repeat_n(' ', widths[n].saturating_sub(width(&cell)) + 2));
                }
            }
            let line = line.trim_end();
            match self.columns {
                Some(columns) => self.line(&fit(line, columns))?,
                None => self.line(line)?,
            }
        }
        Ok(())
    }
}

/// The words of the locale.
pub fn words() -> &'static Words {
    crate::run::lang().words()
}

/// A sentence of the program's in the language of the locale.
pub fn said(what: &str) -> Cow<'_, str> {
    words().said(what)
}

/// Says something on standard error, in the language of the locale.
pub fn tell(what: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "diembao: {}", harmless(&said(what)));
}

/// JSON escapes the control characters below U+0020 only; file names may hold others that act on a terminal or reorder its text. They
/// stand inside strings, so escaping them changes no meaning.
fn safe_json(json: &str) -> Cow<'_, str> {
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let escaped = |c: char| if acts(c) { format!("\\u{:04x}", c as u32) } else { c.to_string() };
    Cow::Owned(json.chars().map(escaped).collect())
}

/// Whether JSON leaves a character as it is that acts on a terminal.
fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The text without characters that act on a terminal: names and queries of the reader's own files come from outside as well.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let harms = |c: char| (c.is_control() || acts(c)) && c != '\n' && c != '\t';
    if text.contains(harms) { text.replace(harms, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where tests write to.
    #[derive(Clone, Default)]
    struct Paper(std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn columns_stand_below_each_other_and_only_a_terminal_cuts_them() {
        let rows = [["a", "một tên rất dài", "đầu đề thứ nhất"], ["b", "tên", "đầu đề"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.map(str::to_owned).to_vec()).collect();
        for (columns, expect) in [
            (None, "a  một tên rất dài  đầu đề thứ nhất\nb  tên              đầu đề\n"),
            (Some(20), "a  một…     đầu đề…\nb  tên      đầu đề\n"),
        ] {
            let paper = Paper::default();
            let mut out = Out { to: Box::new(paper.clone()), columns };
            out.table(&[1, 7, 0], &rows).expect("written");
            assert_eq!(String::from_utf8_lossy(&paper.0.borrow()), expect);
        }
    }

    #[test]
    fn lines_never_act_on_a_terminal() {
        for (text, expect) in [
            ("mưa\n\tlũ", "mưa\n\tlũ"),
            ("kim\u{1b}]0;x\u{7}", "kim\u{fffd}]0;x\u{fffd}"),
            ("\u{9b}2J", "\u{fffd}2J"),
        ] {
            assert_eq!(harmless(text), expect);
        }
    }

    #[test]
    fn json_never_acts_on_a_terminal() {
        for (text, expect) in [
            ("mưa", "\"mưa\""),
            ("a\u{1b}[2J", "\"a\\u001b[2J\""),
            ("a\u{9b}2J\u{7f}", "\"a\\u009b2J\\u007f\""),
            ("\u{202e}gnp", "\"\\u202egnp\""),
        ] {
            let json = serde_json::to_string(text).expect("a string");
            let safe = safe_json(&json);
            assert_eq!(safe, expect);
            assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), text);
        }
    }
}
