//! From a typed line to [`Expr`]: a small recursive-descent parser over characters, so that each problem has its place.
//!
//! `or := and (("OR" | "|") and)*` · `and := not+` (an upper-case `AND` between is allowed) · `not := ("-" | "NOT") not | "(" or ")" |
//! "story:{" or "}" | [field ":"] ["="] value ("," value)*` · a value is quoted (`""` inside is a quotation mark), bare (`*` after it:
//! half-typed), or after `title:` a regular expression between slashes.

mod value;

use std::ops::Range;

use super::fault::{Near, QueryFault, QueryProblem};
use super::is::{Has, Is};
use super::{Count, Expr, Field, How, Spoken, article_id, dates, pattern};
use crate::library::segment::is_word;

type Parsed<T> = Result<T, QueryProblem>;
type Part = (Range<usize>, Expr);

/// How deep brackets and `NOT` may nest: a line of ten thousand brackets must not end the program.
const DEPTH: usize = 64;

/// What a line says.
pub(super) struct Line {
    /// The meaning.
    pub expr: Expr,
    /// The parts of the outermost AND.
    pub parts: Vec<Part>,
    /// Views and articles that it speaks of.
    pub spoken: Vec<Spoken>,
}

/// Parses a line.
pub(super) fn parse(raw: &str, typing: bool) -> Parsed<Line> {
    let mut parser = Parser { raw, at: 0, typing, depth: 0, braces: 0, spoken: Vec::new() };
    parser.blanks();
    if parser.at == raw.len() {
        return Ok(Line { expr: Expr::All, parts: Vec::new(), spoken: Vec::new() });
    }
    let start = parser.at;
    let (expr, parts) = parser.or()?;
    if parser.at < raw.len() {
        // Only a closing bracket or brace ends an expression early.
        return Err(parser.problem(parser.at..parser.at + 1, QueryFault::NotOpen));
    }
    let parts =
        if matches!(expr, Expr::Or(_)) { vec![(start..raw.trim_end().len(), expr.clone())] } else { parts };
    Ok(Line { expr, parts, spoken: parser.spoken })
}

/// All of `all`, flat.
pub(super) fn and(all: Vec<Expr>) -> Expr {
    let mut flat = Vec::with_capacity(all.len());
    for expr in all {
        match expr {
            Expr::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Expr::And(flat) }
}

/// Any of `any`, flat.
pub(super) fn or(any: Vec<Expr>) -> Expr {
    let mut flat = Vec::with_capacity(any.len());
    for expr in any {
        match expr {
            Expr::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Expr::Or(flat) }
}

/// Not; twice is nothing.
pub(super) fn not(expr: Expr) -> Expr {
    match expr {
        Expr::Not(inner) => *inner,
        other => Expr::Not(Box::new(other)),
    }
}

struct Parser<'a> {
    raw: &'a str,
    at: usize,
    typing: bool,
    depth: usize,
    /// Braces that are open: only inside them does `}` end anything.
    braces: usize,
    spoken: Vec<Spoken>,
}

/// A value, whether it stood in quotes, and whether a star stood after the quotes.
struct Value {
    text: String,
    quoted: bool,
    star: bool,
    range: Range<usize>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        self.at = self.raw.len() - self.rest().trim_start().len();
    }

    fn problem(&self, at: Range<usize>, fault: QueryFault) -> QueryProblem {
        let end = at.end.clamp(at.start, self.raw.len().max(at.start));
        QueryProblem { at: at.start..end, fault }
    }

    /// Eats a word in capitals (`OR`, `NOT`, `AND`) that stands alone.
    fn keyword(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest().strip_prefix(word) else { return false };
        let brace = |c| c == '}' && self.braces > 0;
        let alone =
            rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"') || brace(c));
        if alone {
            self.at += word.len();
            self.blanks();
        }
        alone
    }

    fn or_sign(&mut self) -> bool {
        if self.peek() == Some('|') {
            self.at += 1;
            self.blanks();
            return true;
        }
        self.keyword("OR")
    }

    /// The line ends here, or a bracket or brace is closed.
    fn ends(&self) -> bool {
        match self.peek() {
            None | Some(')') => true,
            Some('}') => self.braces > 0,
            Some(_) => false,
        }
    }

    fn or(&mut self) -> Parsed<(Expr, Vec<Part>)> {
        let mut any = Vec::new();
        let parts = loop {
            let start = self.at;
            if self.or_sign() {
                return Err(self.problem(start..self.at, QueryFault::NothingBeforeOr));
            }
            let (expr, parts) = self.and()?;
            any.push(expr);
            let sign = self.at;
            if !self.or_sign() {
                break parts;
            }
            if self.ends() {
                return Err(self.problem(sign..self.at, QueryFault::NothingAfterOr));
            }
        };
        Ok((or(any), parts))
    }

    fn and(&mut self) -> Parsed<(Expr, Vec<Part>)> {
        let mut parts: Vec<Part> = Vec::new();
        loop {
            let start = self.at;
            if self.keyword("AND") {
                let lonely = parts.is_empty() || self.ends();
                if lonely {
                    return Err(self.problem(start..start + 3, QueryFault::AndAlone));
                }
            }
            let start = self.at;
            let expr = self.not()?;
            parts.push((start..self.at, expr));
            self.blanks();
            let here = self.at;
            let ends = self.ends() || self.or_sign();
            self.at = here;
            if ends {
                break;
            }
        }
        Ok((and(parts.iter().map(|p| p.1.clone()).collect()), parts))
    }

    fn not(&mut self) -> Parsed<Expr> {
        let start = self.at;
        let minus = self.peek() == Some('-');
        if minus {
            self.at += 1;
        }
        if minus || self.keyword("NOT") {
            let end = self.at;
            if self.ends() || self.peek().is_some_and(char::is_whitespace) {
                let what = if minus { QueryFault::NothingAfterMinus } else { QueryFault::NothingAfterNot };
                return Err(self.problem(start..end, what));
            }
            self.deeper(start)?;
            let inner = self.not()?;
            self.depth -= 1;
            return Ok(not(inner));
        }
        if self.peek() == Some('(') { self.bracket() } else { self.term() }
    }

    fn deeper(&mut self, at: usize) -> Parsed<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.problem(at..at + 1, QueryFault::TooDeep));
        }
        Ok(())
    }

    fn bracket(&mut self) -> Parsed<Expr> {
        let open = self.at;
        self.deeper(open)?;
        self.at += 1;
        self.blanks();
        if self.peek() == Some(')') {
            return Err(self.problem(open..self.at + 1, QueryFault::NothingInBrackets));
        }
        if self.at == self.raw.len() {
            return Err(self.problem(open..open + 1, QueryFault::NotClosed));
        }
        let (expr, _) = self.or()?;
        if self.peek() != Some(')') {
            return Err(self.problem(open..open + 1, QueryFault::NotClosed));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(expr)
    }

    fn term(&mut self) -> Parsed<Expr> {
        let Some(field) = self.field()? else {
            let exact = self.equals();
            let value = self.value(false)?;
            self.needs_letters(&value)?;
            let (text, how) = self.how(value, exact);
            return Ok(Expr::Text { text, how });
        };
        if field == Field::Title && self.peek() == Some('/') {
            return self.pattern();
        }
        if field == Field::Story && self.peek() == Some('{') {
            return self.story();
        }
        let exact = self.equals();
        let mut values = Vec::new();
        let mut how = loop {
            let value = self.value(true)?;
            self.check(field, &value)?;
            if matches!(field, Field::View | Field::Story | Field::Like) {
                let (at, name) = (value.range.clone(), value.text.clone());
                self.spoken.push(Spoken { at, view: field == Field::View, name });
            }
            let (text, how) = self.how(value, exact);
            values.push(text);
            if self.peek() != Some(',') {
                break how;
            }
            self.at += 1;
        };
        if !field.has_words() {
            how = How::Whole;
        }
        Ok(Expr::Field { field, values, how })
    }

    /// `{…}` behind `story:`.
    fn story(&mut self) -> Parsed<Expr> {
        let open = self.at;
        self.deeper(open)?;
        self.at += 1;
        self.braces += 1;
        self.blanks();
        if self.peek() == Some('}') {
            return Err(self.problem(open..self.at + 1, QueryFault::NothingInBrackets));
        }
        let unclosed = |parser: &Self| parser.problem(open..open + 1, QueryFault::BraceOpen);
        if self.at == self.raw.len() {
            return Err(unclosed(self));
        }
        let (inner, _) = self.or()?;
        if self.peek() != Some('}') {
            return Err(unclosed(self));
        }
        self.at += 1;
        self.braces -= 1;
        self.depth -= 1;
        Ok(Expr::Story(Box::new(inner)))
    }

    /// A name of letters before a colon; digits before one (`10:30`) are a word.
    fn field(&mut self) -> Parsed<Option<Field>> {
        let name: &str = self.rest().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if name.is_empty() || !self.rest()[name.len()..].starts_with(':') {
            return Ok(None);
        }
        let range = self.at..self.at + name.len();
        if let Some(field) = Field::named(name) {
            self.at = range.end + 1;
            return Ok(Some(field));
        }
        let name = name.to_owned();
        let fault = if let Some(near) = Field::nearest(&name) {
            QueryFault::FieldNear(Near { name, near })
        } else {
            QueryFault::NoField(name)
        };
        Err(self.problem(range, fault))
    }

    fn equals(&mut self) -> bool {
        let exact = self.peek() == Some('=');
        if exact {
            self.at += 1;
        }
        exact
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(raw: &str) -> String {
        match parse(raw, false) {
            Ok(line) => format!("{}", line.expr),
            Err(problem) => format!("{:?} {}", problem.at, problem.fault.id()),
        }
    }

    #[test]
    fn lines_are_understood() {
        for (raw, expect) in [
            ("", ""),
            ("campuchia  biểu tình", "campuchia biểu tình"),
            ("\"phe đối lập\"", "\"phe đối lập\""),
            ("“phe đối lập”", "\"phe đối lập\""),
            ("-x", "-x"),
            ("NOT x", "-x"),
            ("--x", "x"),
            ("-(a OR b) c", "-(a OR b) c"),
            ("a|b | c", "a OR b OR c"),
            ("a b OR c", "a b OR c"),
            ("(a b) c", "a b c"),
            ("(a OR b) c", "(a OR b) c"),
            ("a AND b", "a b"),
            ("or and not", "or and not"),
            ("source:vnexpress,tuoitre", "source:vnexpress,tuoitre"),
            ("person:\"Kim Jong Un\" -place:Nga", "person:\"Kim Jong Un\" -place:Nga"),
            ("person:=\"Mátxcơva\"", "person:=Mátxcơva"),
            ("=Đà", "=Đà"),
            ("tri*", "tri*"),
            ("\"biểu t\"*", "\"biểu t\"*"),
            ("10:30", "10:30"),
            ("Kim-Jong", "Kim-Jong"),
            ("\"a \"\"b\"\" c\"", "\"a \"\"b\"\" c\""),
            ("\"OR\"", "\"OR\""),
            ("date:22/9 after:3d", "date:22/9 after:3d"),
            ("older:30d sources:>=3", "older:30d sources:>=3"),
            ("story:{person:putin place:nga} a", "story:{person:putin place:nga} a"),
            ("-story:{a OR story:{ b }}", "-story:{a OR story:{b}}"),
            ("story:3f0c2a9d41be like:@", "story:3f0c2a9d41be like:@"),
            ("title:/bão (số )?5\\//", "title:/bão (số )?5\\//"),
            ("is:copy,update has:note", "is:copy,update has:note"),
            ("tag:đọc-lại,x* note:\"gọi lại\"", "tag:đọc-lại,x* note:\"gọi lại\""),
            ("{a b}", "\"{a\" \"b}\""),
        ] {
            assert_eq!(shape(raw), expect, "{raw}");
        }
    }

    #[test]
    fn problems_have_a_place() {
        for (raw, expect) in [
            ("wxyzwxyz:x", "0..8 no-field"),
            ("a AND", "2..5 and-alone"),
            ("preson:x", "0..6 field-near"),
            ("a has:book", "6..10 no-part"),
            ("sources:many", "8..12 no-count"),
            ("like:x", "5..6 no-article"),
            ("older:2026", "6..10 no-age"),
            ("title:/(/", "6..9 bad-pattern"),
            ("title://", "6..8 bad-pattern"),
            ("title:/a", "6..8 pattern-open"),
            ("story:{a", "6..7 brace-open"),
            ("story:{a)", "6..7 brace-open"),
            ("story:{}", "6..8 nothing-in-brackets"),
            ("story:{(a}", "7..8 not-closed"),
            ("a is:new", "5..8 no-state"),
            ("a \"b", "2..4 quote-open"),
            ("(a", "0..1 not-closed"),
            ("a)", "1..2 not-open"),
            ("()", "0..2 nothing-in-brackets"),
            ("OR a", "0..3 nothing-before-or"),
            ("a OR", "2..4 nothing-after-or"),
            ("a NOT", "2..5 nothing-after-not"),
            ("a -", "2..3 nothing-after-minus"),
            ("person:", "6..7 no-value"),
            ("source:a,", "8..9 no-value"),
            ("date:2026-13", "5..12 no-date"),
            ("lang:fr", "5..7 no-language"),
            ("&", "0..1 no-letters"),
            ("đ \"\"", "3..5 no-letters"),
        ] {
            assert_eq!(shape(raw), expect, "{raw}");
        }
    }

    #[test]
    fn the_last_word_may_be_half_typed() {
        for (raw, expect) in [
            ("triều ti", "triều ti*"),
            ("triều ti ", "triều ti"),
            ("person:kim", "person:kim*"),
            ("a OR (b)", "a OR b"),
            ("=ti", "=ti"),
            ("\"a b\"", "\"a b\""),
        ] {
            assert_eq!(format!("{}", parse(raw, true).expect("a query").expr), expect, "{raw}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        for deep in ["(", "-", "story:{"] {
            let problem = parse(&deep.repeat(100_000), false).err().expect("too deep");
            assert_eq!(problem.fault, QueryFault::TooDeep, "{deep}");
        }
        assert!(parse(&format!("{}a{}", "(".repeat(50), ")".repeat(50)), false).is_ok());
    }
}
