//! Values: quoted, bare, half-typed, or a regular expression between slashes; and whether a field takes them.
//!
//! Tests: with the parser, one level up.

use super::{
    Count, Expr, Field, Has, How, Is, Parsed, Parser, QueryFault, Value, article_id, dates, is_quote,
    is_word, pattern,
};

impl Parser<'_> {
    /// `/…/`, a slash inside written `\/`.
    pub(super) fn pattern(&mut self) -> Parsed<Expr> {
        let open = self.at;
        let mut escaped = false;
        let closes = |c: char| {
            let closes = c == '/' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        };
        let Some(length) = self.rest()[1..].find(closes) else {
            return Err(self.problem(open..self.raw.len(), QueryFault::PatternOpen));
        };
        let text = &self.raw[open + 1..open + 1 + length];
        self.at = open + length + 2;
        // An empty one would find everything.
        if text.is_empty() || pattern(text).is_none() {
            return Err(self.problem(open..self.at, QueryFault::BadPattern));
        }
        Ok(Expr::Pattern(text.to_owned()))
    }

    pub(super) fn value(&mut self, listed: bool) -> Parsed<Value> {
        let start = self.at;
        if self.peek().is_some_and(is_quote) {
            return self.quoted();
        }
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, '(' | ')' | '|')
                || is_quote(c)
                || (listed && c == ',')
                || (c == '}' && self.braces > 0)
        };
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        self.at += length;
        if length == 0 {
            let before = self.raw[..start].chars().next_back().map_or(0, char::len_utf8);
            return Err(self.problem(start - before..start, QueryFault::NoValue));
        }
        Ok(Value {
            text: self.raw[start..self.at].to_owned(),
            quoted: false,
            star: false,
            range: start..self.at,
        })
    }

    fn quoted(&mut self) -> Parsed<Value> {
        let start = self.at;
        self.at += self.peek().map_or(0, char::len_utf8);
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if !is_quote(c) {
                text.push(c);
            } else if c == '"' && self.peek() == Some('"') {
                text.push('"');
                self.at += 1;
            } else {
                let range = start..self.at;
                let star = self.peek() == Some('*');
                self.at += usize::from(star);
                return Ok(Value { text, quoted: true, star, range });
            }
        }
        Err(self.problem(start..self.raw.len(), QueryFault::QuoteOpen))
    }

    /// The text of a value and how it is matched: a `*` at its end, or being the last word of a line that is being typed.
    pub(super) fn how(&self, value: Value, exact: bool) -> (String, How) {
        if exact {
            return (value.text, How::Exact);
        }
        if !value.quoted {
            if let Some(text) = value.text.strip_suffix('*').filter(|t| t.ends_with(is_word)) {
                return (text.to_owned(), How::Prefix);
            }
            if self.typing && self.at == self.raw.len() && value.text.ends_with(is_word) {
                return (value.text, How::Prefix);
            }
        }
        let how = if value.star { How::Prefix } else { How::Whole };
        (value.text, how)
    }

    pub(super) fn needs_letters(&self, value: &Value) -> Parsed<()> {
        if value.text.chars().any(char::is_alphanumeric) {
            return Ok(());
        }
        Err(self.problem(value.range.clone(), QueryFault::NoLetters))
    }

    pub(super) fn check(&self, field: Field, value: &Value) -> Parsed<()> {
        let text = value.text.as_str();
        let (fits, fault) = match field {
            Field::Date | Field::After | Field::Before => {
                (dates::Span::read(text).is_some(), QueryFault::NoDate)
            }
            Field::Older | Field::Newer => (dates::ago(text).is_some(), QueryFault::NoAge),
            Field::Lang => {
                (["vi", "en", "und"].contains(&text.to_lowercase().as_str()), QueryFault::NoLanguage)
            }
            Field::Is => (Is::named(text).is_some(), QueryFault::NoState),
            Field::Has => (Has::named(text).is_some(), QueryFault::NoPart),
            Field::Sources => (Count::read(text).is_some(), QueryFault::NoCount),
            Field::Story | Field::Like => (text == "@" || article_id(text), QueryFault::NoArticle),
            _ => return self.needs_letters(value),
        };
        if fits { Ok(()) } else { Err(self.problem(value.range.clone(), fault)) }
    }
}
