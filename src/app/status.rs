//! What the program has to say: one line, and a log to open.

use std::collections::VecDeque;

use super::words::{Msg, Words};

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something did not work as wished.
    Warning,
    /// Something failed.
    Error,
}

/// Something to tell the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How grave.
    pub severity: Severity,
    /// What.
    pub msg: Msg,
    /// What is filled in: names and values.
    pub values: Vec<(&'static str, String)>,
}

impl Notice {
    /// Good to know.
    pub fn info(msg: Msg) -> Self {
        Self { severity: Severity::Info, msg, values: Vec::new() }
    }

    /// Something did not work as wished.
    pub fn warning(msg: Msg) -> Self {
        Self { severity: Severity::Warning, msg, values: Vec::new() }
    }

    /// Something failed.
    pub fn error(msg: Msg) -> Self {
        Self { severity: Severity::Error, msg, values: Vec::new() }
    }

    /// Fills in a place; text from outside loses what could act on a terminal.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        let clean = crate::library::shown(value.as_ref());
        self.values.push((name, clean));
        self
    }

    /// In words.
    pub fn text(&self, words: &Words) -> String {
        // Reasons come from lower floors, in English.
        let told = |(name, value): &(&'static str, String)| {
            (*name, if *name == "why" { words.said(value).into_owned() } else { value.clone() })
        };
        let values: Vec<(&str, String)> = self.values.iter().map(told).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        words.fill(self.msg, &values)
    }
}

/// Notices kept at most.
const KEPT: usize = 100;

/// The line and the log.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// What the line shows now.
    pub now: Option<Notice>,
    /// Of what went wrong since the last key, so much is not on the line.
    pub more: usize,
    /// All that was told, oldest first.
    pub log: VecDeque<Notice>,
}

impl Status {
    /// Tells something. A graver notice stays on the line until a key is pressed.
    pub fn tell(&mut self, notice: Notice) {
        if notice.severity > Severity::Info && self.log.back() != Some(&notice) {
            self.log.push_back(notice.clone());
            if self.log.len() > KEPT {
                self.log.pop_front();
            }
            self.more += usize::from(self.now.as_ref().is_some_and(|n| n.severity > Severity::Info));
        }
        if self.now.as_ref().is_none_or(|n| n.severity <= notice.severity) {
            self.now = Some(notice);
        }
    }

    /// A key was pressed: the line is free again.
    pub fn seen(&mut self) {
        self.now = None;
        self.more = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Lang;
    use super::*;

    #[test]
    fn the_graver_notice_stays() {
        let mut status = Status::default();
        status.tell(Notice::error(Msg::WorkFailed).with("why", "x"));
        status.tell(Notice::info(Msg::MarkedRead));
        assert_eq!(status.now.as_ref().map(|n| n.msg), Some(Msg::WorkFailed));
        status.seen();
        status.tell(Notice::info(Msg::MarkedRead));
        assert_eq!(status.now.as_ref().map(|n| n.msg), Some(Msg::MarkedRead));
        assert_eq!(status.log.len(), 1);
    }

    #[test]
    fn what_went_wrong_beside_the_line_is_counted() {
        let mut status = Status::default();
        let fault = |why: &str| Notice::warning(Msg::ConfigFault).with("why", why);
        status.tell(Notice::info(Msg::MarkedRead));
        for (why, more) in [("a", 0), ("b", 1), ("b", 1), ("c", 2)] {
            status.tell(fault(why));
            assert_eq!((status.now.clone(), status.more), (Some(fault(why)), more));
        }
        status.tell(Notice::info(Msg::MarkedRead));
        assert_eq!((status.now.clone(), status.more), (Some(fault("c")), 2));
        status.seen();
        status.tell(fault("d"));
        assert_eq!(status.more, 0);
    }

    #[test]
    fn nothing_from_outside_acts_on_the_terminal() {
        let notice = Notice::info(Msg::Opening).with("url", "a\u{1b}]52;c;x\u{7}b\u{9b}1m");
        assert!(!notice.text(Lang::En.words()).chars().any(char::is_control));
    }
}
