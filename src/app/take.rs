//! What is taken out of an article: its address, a citation, a quote with its source, its text; to the clipboard, the browser
//! or another program.
//!
//! Owns: the words that are taken out. Refuses: to carry them anywhere: they leave as effects.
//! Tests: key scripts in `tests/it/press/taking.rs`.

use std::sync::Arc;

use super::action::Action;
use super::event::{Effect, Effects, Program};
use super::line::Line;
use super::overlay::Overlay;
use super::status::Notice;
use super::words::Msg;
use super::{App, when};
use crate::article::Basis;
use crate::entity::Names;
use crate::library::{ArticleIx, Read};
use crate::story::{Quote, quotes};

impl App {
    /// Copies or opens something of the article.
    pub(super) fn take_out(&mut self, action: Action) -> Effects {
        let subject = self.subject().and_then(|ix| Some((ix, self.snapshot.entry(ix)?.title())));
        let Some((ix, title)) = subject else {
            self.tell(Notice::info(Msg::NothingOpen));
            return Vec::new();
        };
        // Of an article that is not read in nothing is known but its file, which can be looked at.
        let of_file = matches!(action, Action::OpenOriginal | Action::EditOriginal);
        if !of_file && self.markable().is_none() {
            return Vec::new();
        }
        let read = self.snapshot.read(ix);
        let url = read.as_deref().and_then(web_address);
        match action {
            Action::OpenLink => {
                let Some(url) = url else {
                    self.tell(Notice::info(Msg::NoLink));
                    return Vec::new();
                };
                self.browse(url)
            }
            Action::OpenOriginal | Action::EditOriginal => {
                let with = if action == Action::EditOriginal { Program::Editor } else { Program::Pager };
                let text = read.map(|r| r.plain.text.clone()).unwrap_or_default();
                let path = self.snapshot.entry(ix).map(|e| Arc::clone(&e.path));
                path.map(|path| Effect::Original { path, text, with }).into_iter().collect()
            }
            Action::CopyQuote => {
                let quote = read.as_deref().and_then(|read| self.quote_in_sight(ix, read));
                let Some((words, speaker)) = quote else {
                    self.tell(Notice::info(Msg::NoQuote));
                    return Vec::new();
                };
                let source = self.citation(ix, url.as_deref());
                let who = speaker.map(|s| format!("{s} · ")).unwrap_or_default();
                let text = format!("“{words}”\n— {who}{source}");
                self.copy(Msg::CopiedQuote, words, text)
            }
            _ => {
                let (msg, text) = self.copied(action, ix);
                let what = if msg == Msg::CopiedLink { text.clone() } else { title };
                self.copy(msg, what, text)
            }
        }
    }

    /// Hands an address to the browser.
    pub(super) fn browse(&mut self, url: String) -> Effects {
        self.tell(Notice::info(Msg::Opening).with("url", &url));
        vec![Effect::Browse(url)]
    }

    /// What of an article is copied, and how that is told. Without an address a citation stands for it.
    pub(super) fn copied(&self, action: Action, ix: ArticleIx) -> (Msg, String) {
        let read = self.snapshot.read(ix);
        let url = read.as_deref().and_then(web_address);
        match (action, url) {
            (Action::CopyText, _) => {
                (Msg::CopiedText, read.map(|r| r.plain.text.clone()).unwrap_or_default())
            }
            (Action::CopyLink, Some(url)) => (Msg::CopiedLink, url),
            (_, url) => (Msg::CopiedCitation, self.citation(ix, url.as_deref())),
        }
    }

    /// Title, outlet, date and address. The time of a file is no date of the article.
    fn citation(&self, ix: ArticleIx, url: Option<&str>) -> String {
        let Some(entry) = self.snapshot.entry(ix) else { return String::new() };
        let date = entry.published().filter(|d| d.basis != Basis::FileTime).map(when::exact);
        let outlet = entry.outlet().map(str::to_owned);
        let parts = [Some(entry.title()), outlet, date, url.map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The first quote that ends below the first line in sight, else the last; and who says it.
    fn quote_in_sight(&self, ix: ArticleIx, read: &Read) -> Option<(String, Option<String>)> {
        let none = Arc::new(Names::default());
        let names = read.names.as_ref().unwrap_or(&none);
        let of = self.snapshot.entities.of(ix.0 as usize);
        let found: Vec<Quote> = quotes(&read.plain, names, &of);
        let marked = || found.iter().filter(|q| !q.reported);
        let from = if self.reader.article == Some(ix) { self.reader.anchor().at.unwrap_or(0) } else { 0 };
        let quote = marked().find(|q| q.range.end > from).or_else(|| marked().next_back())?;
        let words = read.plain.text.get(quote.range.clone())?;
        let speaker = quote.speaker.and_then(|s| self.snapshot.entities.get(s)).map(|e| e.name.clone());
        Some((words.split_whitespace().collect::<Vec<_>>().join(" "), speaker))
    }

    /// Copies a text, and tells what it is.
    pub(super) fn copy(&mut self, msg: Msg, what: String, text: String) -> Effects {
        if text.is_empty() {
            self.tell(Notice::info(Msg::NothingToCopy));
            return Vec::new();
        }
        self.tell(Notice::info(msg).with("what", what));
        vec![Effect::Copy(text)]
    }

    /// Asks for the program that gets the text of the article.
    pub(super) fn ask_program(&mut self) {
        if self.texts().is_some() {
            self.overlays.push(Overlay::Pipe(Line::offering(&self.piped)));
        } else {
            self.tell(Notice::info(Msg::NothingOpen));
        }
    }

    /// Keys while the program is typed.
    pub(super) fn in_pipe(&mut self, action: Action) -> Effects {
        let Some(Overlay::Pipe(line)) = self.overlays.last_mut() else { return Vec::new() };
        match action {
            Action::Accept => {
                let command = line.text().trim().to_owned();
                self.overlays.pop();
                let Some(text) = self.texts().filter(|_| !command.is_empty()) else { return Vec::new() };
                self.piped.clone_from(&command);
                self.tell(Notice::info(Msg::Piping).with("command", &command));
                return vec![Effect::Pipe { command, text }];
            }
            Action::Cancel => {
                self.overlays.pop();
            }
            Action::Suspend => return vec![Effect::Suspend],
            _ => {
                line.edit(action);
            }
        }
        Vec::new()
    }
}

/// The address of an article, where it is one of the web.
pub fn web_address(read: &Read) -> Option<String> {
    read.article.url.clone().filter(|u| is_web(u))
}

/// Only web addresses are handed to a browser: other schemes could start programs.
fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !url.contains(char::is_whitespace)
}
