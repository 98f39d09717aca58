//! What a page shows, line by line, and when two lines say the same.
//!
//! Owns: the visible lines of a page and what the classes around each say (`assets/html/page.toml`).
//! Refuses: to choose among them. Tests: `tests/it/pages.rs`.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, NodeRef};

use crate::article::model::{Stress, StressKind, stress_within};
use crate::text::{clean, folded};

/// Words of classes and ids.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub caption: Vec<String>,
    pub author: Vec<String>,
    pub lead: Vec<String>,
    pub date: Vec<String>,
    #[serde(rename = "box")]
    pub boxes: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/html/page.toml")).unwrap_or_default());

/// A line that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visible {
    pub text: String,
    /// Most of it is links.
    pub link: bool,
    /// Where words of it lead, as the page says it.
    pub leads: Vec<Stress>,
    /// What the classes around it say.
    pub said: Said,
}

/// What classes say that a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub author: bool,
    pub date: bool,
    pub lead: bool,
}

/// What a tag is for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Nothing of it is shown.
    Hidden,
    /// Part of a line.
    Inline,
    /// Ends a line.
    Break,
    /// Holds lines of its own.
    Block,
}

impl Tag {
    pub fn of(name: &str) -> Self {
        match name {
            "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "head" | "button"
            | "select" | "textarea" | "input" | "object" | "canvas" | "audio" | "video" | "form" => {
                Self::Hidden
            }
            "a" | "b" | "strong" | "em" | "i" | "u" | "s" | "strike" | "span" | "font" | "small" | "big"
            | "sub" | "sup" | "mark" | "time" | "abbr" | "cite" | "q" | "code" | "label" | "ins" | "del"
            | "tt" | "kbd" | "wbr" | "bdi" | "bdo" | "data" | "dfn" | "var" | "samp" => Self::Inline,
            "br" | "hr" => Self::Break,
            _ => Self::Block,
        }
    }
}

/// Class, id, `itemprop` and `rel` of a tag, in lower case.
pub(super) fn called(node: &NodeRef<'_>) -> String {
    let attrs = ["class", "id", "itemprop", "rel"].map(|a| node.attr(a).unwrap_or_default().to_string());
    attrs.join(" ").to_lowercase()
}

/// One of the words is in it.
pub(super) fn says(called: &str, words: &[String]) -> bool {
    words.iter().any(|w| called.contains(w.as_str()))
}

/// Where a link leads, as the page says it.
pub(super) fn lead(node: &NodeRef<'_>) -> Option<Box<str>> {
    let to = if node.has_name("a") { node.attr("href") } else { None };
    to.map(|to| clean(to.trim()).0.into_boxed_str()).filter(|to| !to.is_empty())
}

/// The lines of a page in their order.
pub(super) fn visible(doc: &Document) -> Vec<Visible> {
    let mut walk = Walk::default();
    if let Some(body) = doc.body() {
        walk.node(&body, None, Said::default());
    }
    walk.end();
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Vec<Visible>,
    line: String,
    /// Bytes of the line inside links.
    linked: usize,
    leads: Vec<Stress>,
    /// What stands around any text of the line.
    said: Said,
}

impl Walk {
    /// `link` is where the link around it leads.
    fn node(&mut self, node: &NodeRef<'_>, link: Option<&str>, said: Said) {
        if node.is_text() {
            self.text(&node.text(), link, said);
            return;
        }
        let name = node.node_name().unwrap_or_default();
        let tag = Tag::of(&name);
        if tag == Tag::Hidden
            || node.has_attr("hidden")
            || node.attr("aria-hidden").as_deref() == Some("true")
        {
            return;
        }
        let called = called(node);
        let inside = Said {
            author: said.author || says(&called, &WORDS.author),
            date: said.date || &*name == "time" || says(&called, &WORDS.date),
            lead: said.lead || says(&called, &WORDS.lead),
        };
        if tag != Tag::Inline {
            self.end();
        }
        let to = (&*name == "a").then(|| lead(node).unwrap_or_default());
        for child in node.children_it(false) {
            self.node(&child, to.as_deref().or(link), inside);
        }
        if tag != Tag::Inline {
            self.end();
        }
    }

    fn text(&mut self, text: &str, link: Option<&str>, said: Said) {
        let before = self.line.len();
        push_words(&mut self.line, text);
        if text.trim().is_empty() {
            return;
        }
        if let Some(to) = link {
            self.linked += self.line.len() - before;
            self.lead(before, to);
        }
        self.said.author |= said.author;
        self.said.date |= said.date;
        self.said.lead |= said.lead;
    }

    /// The line from there on leads somewhere; pieces of one link are one.
    fn lead(&mut self, from: usize, to: &str) {
        let end = self.line.len();
        match self.leads.last_mut().filter(|l| l.range.end == from && l.to.as_deref() == Some(to)) {
            Some(last) => last.range.end = end,
            None if to.is_empty() => {}
            None => self.leads.push(Stress { kind: StressKind::Link, range: from..end, to: Some(to.into()) }),
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let leads = std::mem::take(&mut self.leads);
        let linked = std::mem::take(&mut self.linked);
        let said = std::mem::take(&mut self.said);
        let text = line.trim();
        if !text.is_empty() {
            let link = linked * 2 > text.len();
            let leads = stress_within(leads, line.len() - line.trim_start().len(), text);
            self.out.push(Visible { text: text.to_owned(), link, leads, said });
        }
    }
}

/// Adds text as it is shown: any blanks are one.
pub(super) fn push_words(line: &mut String, text: &str) {
    if text.starts_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    if text.ends_with(char::is_whitespace) && !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

/// Paragraphs that follow each other in any article; in a list of headlines there is a link between them.
const TOLD: usize = 3;

/// Letters from which on a line is running text.
const TELLING: usize = 60;

/// Links of a page that lists headlines.
const LINKED: usize = 20;

/// A section of a site: headlines that lead elsewhere, perhaps each with a summary.
pub(super) fn is_list<'t>(content: impl Iterator<Item = &'t str>, visible: &[Visible]) -> bool {
    let linked: HashSet<String> = visible.iter().filter(|v| v.link).map(|v| key(&v.text)).collect();
    let (mut run, mut told) = (0, 0);
    for text in content {
        let telling = text.chars().count() >= TELLING && !linked.contains(&key(text));
        run = if telling { run + 1 } else { 0 };
        told = told.max(run);
    }
    told < TOLD && linked.len() >= LINKED
}

/// What is left of a text when only letters and digits count.
pub(super) fn key(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Two texts are the same but for signs, case and marks.
pub(super) fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && key(a) == key(b)
}

/// A line of the page tells what the page says of itself, perhaps cut or with a tag of the outlet before it.
pub(super) fn tells(line: &str, said: &str) -> bool {
    let (line, said) = (key(line), key(said));
    let cut = said.char_indices().nth(40).map_or(said.len(), |(at, _)| at);
    said.chars().count() >= 40 && line.len() < said.len() * 3 && line.contains(&said[..cut])
}
