//! Other programs: the clipboard, a browser, pager and editor. Those that draw in the terminal get it for a while.
//!
//! Owns: giving the terminal away and taking it back, telling what did not go as wished.
//! Refuses: which program it is (`browser`, `editor`). Tests: `tests/it/terminal_flows.rs`, `tests/it/terminal_answers.rs`.

use std::path::Path;

use super::{Session, Wake, browser, editor, effects, guard};
use crate::app::{Msg, Notice, Program, Report};
use crate::library::ArticleIx;

impl Session<'_> {
    /// Gives the terminal to a program of the reader's for a while.
    fn lend<T>(&mut self, work: impl FnOnce() -> T) -> anyhow::Result<T> {
        self.gate.hold();
        guard::leave();
        let done = work();
        self.gate.release();
        self.resume()?;
        Ok(done)
    }

    /// Sends text to the clipboard; where not all of it can go there, that is told.
    pub(super) fn copy(&mut self, text: &str) -> anyhow::Result<()> {
        let sent = effects::copy(text)?;
        if sent < text.len() {
            let words = self.app.words();
            let (n, total) = (words.number(sent / 1000), words.number(text.len().div_ceil(1000)));
            self.tell(Notice::warning(Msg::CopiedPart).with("n", n).with("total", total));
        }
        Ok(())
    }

    /// Opens an address in the reader's browser: one that draws in the terminal gets it.
    pub(super) fn browse(&mut self, url: &str) -> anyhow::Result<()> {
        let calls = browser::calls(std::env::var("BROWSER").ok().as_deref(), url);
        let mut calls = match calls {
            Ok(calls) => calls,
            Err(why) => return Ok(self.sender.send(Wake::Report(effects::not_opened(why)))?),
        };
        calls.drain(..browser::first_there(&calls, &std::env::var("PATH").unwrap_or_default()));
        if calls.first().is_some_and(browser::Call::wants_terminal) {
            if let Err(why) = self.lend(|| calls[0].run())? {
                self.sender.send(Wake::Report(effects::not_opened(why)))?;
            }
        } else {
            effects::browse(calls, self.sender.clone());
        }
        Ok(())
    }

    /// Has the note of an article written in the editor.
    pub(super) fn edit(&mut self, article: ArticleIx, note: &str) -> anyhow::Result<()> {
        let report = match self.lend(|| editor::write(note))? {
            Ok(note) => Report::Noted(article, note),
            Err(why) => Report::Notice(Notice::error(Msg::EditorFailed).with("why", why)),
        };
        Ok(self.sender.send(Wake::Report(report))?)
    }

    /// Shows the original of an article; what the editor writes to it comes in as any change of a file does.
    pub(super) fn original(&mut self, path: &Path, text: &str, with: Program) -> anyhow::Result<()> {
        let shown = self.lend(|| editor::show(path, text, with))?;
        let failed = |why| Report::Notice(Notice::error(Msg::OriginalFailed).with("why", why));
        shown.err().map(failed).map_or(Ok(()), |report| Ok(self.sender.send(Wake::Report(report))?))
    }
}
