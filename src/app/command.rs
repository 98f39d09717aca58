//! Commands that are typed with words behind them: `read older:30d`, `tag name QUERY`, `save NAME`, `view NAME`.
//!
//! Owns: what such a line means. Refuses: to find the articles: that leaves as an effect.
//! Tests: at the foot; key scripts in `tests/it/own.rs`.

use std::sync::Arc;

use super::event::{Effect, Effects};
use super::status::Notice;
use super::words::{Lang, Msg, Words};
use super::{Action, App};
use crate::library::{ArticleIx, Query, QueryProblem, What, tags};
use crate::text::folded;

/// A command with words behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Marks on articles: those that a query finds, or those of the list.
    Mark(Vec<What>, Option<Query>),
    /// The filter becomes a view.
    Save(String),
    /// The filter becomes that of a view.
    View(String),
    /// A view goes.
    Forget(String),
}

impl Typed {
    /// Reads a line, in any language of the screen; `None` where it is no such command.
    pub fn read(line: &str) -> Option<Result<Self, QueryProblem>> {
        let (verb, rest) = verb_of(line)?;
        let rest = rest.strip_prefix(char::is_whitespace)?.trim();
        let view = |make: fn(String) -> Self| (!rest.is_empty()).then(|| Ok(make(rest.to_owned())));
        let mark = |whats: Vec<What>, query: &str| {
            let query = if query.is_empty() { Ok(None) } else { Query::parse_whole(query).map(Some) };
            Some(query.map(|query| Self::Mark(whats, query)))
        };
        match verb {
            "read" => mark(vec![What::Read(true)], rest),
            "unread" => mark(vec![What::Read(false)], rest),
            "star" => mark(vec![What::Starred(true)], rest),
            "unstar" => mark(vec![What::Starred(false)], rest),
            "tag" | "untag" => {
                let (first, query) = rest.split_once(' ').unwrap_or((rest, ""));
                let whats: Vec<What> = tags(first).into_iter().map(|t| What::Tag(t, verb == "tag")).collect();
                if whats.is_empty() { None } else { mark(whats, query.trim()) }
            }
            "save" => view(Self::Save),
            "view" => view(Self::View),
            "forget" => view(Self::Forget),
            _ => None,
        }
    }

    /// What such commands begin with.
    pub const VERBS: [&'static str; 9] =
        ["read", "unread", "star", "unstar", "tag", "untag", "save", "view", "forget"];

    /// The verb that a line is, where it is one and nothing more.
    pub fn wants_more(line: &str) -> Option<&'static str> {
        verb_of(line).filter(|(_, rest)| rest.is_empty()).map(|found| found.0)
    }

    /// What a verb will do once its words stand behind it.
    pub fn meaning(verb: &str, words: &Words) -> String {
        let (msg, named) = match verb {
            "read" => (Msg::DoRead, "tag"),
            "unread" => (Msg::DoUnread, "tag"),
            "star" => (Msg::DoStar, "tag"),
            "unstar" => (Msg::DoUnstar, "tag"),
            "tag" => (Msg::DoTag, "tag"),
            "untag" => (Msg::DoUntag, "tag"),
            "save" => (Msg::DoSave, "name"),
            "view" => (Msg::DoView, "name"),
            _ => (Msg::DoForget, "name"),
        };
        words.fill(msg, &[(named, words.get(Msg::BatchName)), ("what", words.get(Msg::BatchQuery))])
    }

    /// What it does, in words.
    pub fn words(&self, words: &Words) -> String {
        let named = |msg, name: &str| words.fill(msg, &[("name", name)]);
        match self {
            Self::Mark(whats, query) => {
                let what = query.as_ref().map_or_else(|| words.get(Msg::OfList), |q| q.raw.as_str());
                let (msg, tag) = match whats.first() {
                    Some(What::Read(true)) => (Msg::DoRead, ""),
                    Some(What::Read(false)) => (Msg::DoUnread, ""),
                    Some(What::Starred(true)) => (Msg::DoStar, ""),
                    Some(What::Tag(tag, true)) => (Msg::DoTag, tag.as_str()),
                    Some(What::Tag(tag, false)) => (Msg::DoUntag, tag.as_str()),
                    _ => (Msg::DoUnstar, ""),
                };
                words.fill(msg, &[("what", what), ("tag", tag)])
            }
            Self::Save(name) => named(Msg::DoSave, name),
            Self::View(name) => named(Msg::DoView, name),
            Self::Forget(name) => named(Msg::DoForget, name),
        }
    }
}

/// The verb that a line begins with, and what stands behind it. Each language has its own words for it, which may be
/// written without marks.
fn verb_of(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    let found = Lang::ALL.into_iter().flat_map(|lang| {
        Typed::VERBS.into_iter().filter_map(move |verb| Some((verb, behind(line, lang.words().verb(verb))?)))
    });
    // The longest words first: one verb may begin another.
    found.min_by_key(|(_, rest)| rest.len())
}

/// What stands behind some words at the beginning of a line.
fn behind<'t>(line: &'t str, words: &str) -> Option<&'t str> {
    let mut rest = line;
    for (n, word) in words.split(' ').enumerate() {
        let trimmed = rest.trim_start();
        if n > 0 && trimmed.len() == rest.len() {
            return None;
        }
        let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        if !is_word(&trimmed[..end], word) {
            return None;
        }
        rest = &trimmed[end..];
    }
    Some(rest)
}

/// A word as it stands in the table, or without its marks.
fn is_word(typed: &str, word: &str) -> bool {
    typed == word || typed == folded(word)
}

impl App {
    /// Carries a typed command out.
    pub(super) fn typed(&mut self, line: &str) -> Effects {
        match Typed::read(line) {
            None => {}
            Some(Err(problem)) => {
                let why = self.words().fault(&problem.fault);
                self.tell(Notice::warning(Msg::Misunderstood).with("why", why));
            }
            Some(Ok(Typed::Mark(whats, None))) => {
                let rows = self.several().unwrap_or_else(|| self.list.rows.to_vec());
                self.mark_all(&whats, &rows, &[]);
            }
            Some(Ok(Typed::Mark(whats, Some(query)))) => {
                let query = query.about(self.reader.article);
                if let Some(problem) = query.missing(&self.snapshot) {
                    let why = self.words().fault(&problem.fault);
                    self.tell(Notice::warning(Msg::Misunderstood).with("why", why));
                    return Vec::new();
                }
                return vec![Effect::Choose { whats, query, snapshot: Arc::clone(&self.snapshot) }];
            }
            Some(Ok(Typed::Save(name))) => {
                let query = Query::parse_whole(&self.filter.raw()).ok().filter(|q| !q.raw.is_empty());
                if query.is_some() {
                    return self.put_view(name, query);
                }
                self.tell(Notice::info(Msg::NoFilterToSave));
            }
            Some(Ok(Typed::View(name))) => return self.show_view(&name),
            Some(Ok(Typed::Forget(name))) if self.snapshot.views.get(&name).is_some() => {
                return self.put_view(name, None);
            }
            Some(Ok(Typed::Forget(name))) => self.tell(Notice::warning(Msg::NoSuchView).with("name", name)),
        }
        Vec::new()
    }

    /// Marks many articles, and reprints with them, which are told apart from what was chosen; one undoing takes all back.
    pub(super) fn mark_all(&mut self, whats: &[What], articles: &[ArticleIx], copies: &[ArticleIx]) {
        let changed = self.change(&[articles, copies].concat(), whats);
        if changed == 0 {
            self.tell(Notice::info(Msg::NothingDone));
            return;
        }
        let words = self.words();
        let done = match whats.first() {
            Some(What::Read(true)) => words.get(Msg::MarkedRead).to_lowercase(),
            Some(What::Read(false)) => words.get(Msg::MarkedUnread).to_lowercase(),
            Some(What::Starred(true)) => words.get(Msg::Starred).to_lowercase(),
            Some(What::Tag(tag, true)) => words.fill(Msg::TaggedAs, &[("tag", tag)]),
            Some(What::Tag(tag, false)) => words.fill(Msg::UntaggedAs, &[("tag", tag)]),
            _ => words.get(Msg::Unstarred).to_lowercase(),
        };
        let mut what = words.count(Msg::Articles, changed.saturating_sub(copies.len()));
        if !copies.is_empty() {
            let copies = words.count(Msg::ReviewCopies, copies.len());
            what = words.fill(Msg::WithCopies, &[("what", &what), ("copies", &copies)]);
        }
        let key = self.key(Action::Undo);
        self.tell(Notice::info(Msg::ManyDone).with("what", what).with("done", done).with("key", key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_commands() {
        let query = |raw: &str| Some(Query::parse_whole(raw).expect(raw));
        for (line, expect) in [
            ("read older:30d", Some(Typed::Mark(vec![What::Read(true)], query("older:30d")))),
            ("unstar ", Some(Typed::Mark(vec![What::Starred(false)], None))),
            (
                "tag #Xem,b -is:read",
                Some(Typed::Mark(
                    vec![What::Tag("b".into(), true), What::Tag("xem".into(), true)],
                    query("-is:read"),
                )),
            ),
            ("untag x", Some(Typed::Mark(vec![What::Tag("x".into(), false)], None))),
            ("save Biển Đông", Some(Typed::Save("Biển Đông".into()))),
            ("view cam", Some(Typed::View("cam".into()))),
            ("tag ", None),
            ("view ", None),
            ("read", None),
            ("fly away", None),
            ("đã đọc older:30d", Some(Typed::Mark(vec![What::Read(true)], query("older:30d")))),
            ("da  doc older:30d", Some(Typed::Mark(vec![What::Read(true)], query("older:30d")))),
            ("chưa đọc sạt", Some(Typed::Mark(vec![What::Read(false)], query("sạt")))),
            ("bỏ nhãn x", Some(Typed::Mark(vec![What::Tag("x".into(), false)], None))),
            ("xem cam", Some(Typed::View("cam".into()))),
            ("đã đọc", None),
            ("đã older:30d", None),
        ] {
            assert_eq!(Typed::read(line).transpose().expect("understood"), expect, "{line}");
        }
        assert!(matches!(Typed::read("star (a"), Some(Err(_))));
    }

    #[test]
    fn a_verb_alone_wants_more_in_every_language() {
        for (line, expect) in [
            ("read", Some("read")),
            ("chưa đọc", Some("unread")),
            ("chua doc", Some("unread")),
            ("lưu", Some("save")),
            ("chưa", None),
            ("read x", None),
            ("", None),
        ] {
            assert_eq!(Typed::wants_more(line), expect, "{line}");
        }
    }

    #[test]
    fn no_two_verbs_are_written_alike() {
        let all = || Lang::ALL.into_iter().flat_map(|l| Typed::VERBS.map(|v| (v, folded(l.words().verb(v)))));
        for (verb, words) in all() {
            assert!(!words.is_empty(), "{verb}");
            assert!(all().all(|(v, w)| v == verb || w != words), "{words}");
        }
    }
}
