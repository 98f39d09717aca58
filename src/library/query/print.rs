//! The canonical form of a query, which parses back to the same meaning.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{Expr, How, Query};
use crate::library::index::is_word;

impl Display for Query {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.expr.fmt(out)
    }
}

impl Display for Expr {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Text { text, how } => value(out, text, *how, false),
            Self::Field { field, values, how } => {
                write!(out, "{}:{}", field.name(), if *how == How::Exact { "=" } else { "" })?;
                for (n, text) in values.iter().enumerate() {
                    if n > 0 {
                        out.write_char(',')?;
                    }
                    let last = n + 1 == values.len();
                    let how = if last && *how == How::Prefix { How::Prefix } else { How::Whole };
                    value(out, text, how, true)?;
                }
                Ok(())
            }
            Self::Pattern(text) => write!(out, "title:/{text}/"),
            Self::Story(inner) => write!(out, "story:{{{inner}}}"),
            Self::Not(inner) => {
                out.write_char('-')?;
                grouped(out, inner, matches!(**inner, Self::And(_) | Self::Or(_)))
            }
            Self::And(all) => list(out, all, " ", |e| matches!(e, Self::Or(_))),
            Self::Or(any) => list(out, any, " OR ", |_| false),
        }
    }
}

fn list(out: &mut Formatter<'_>, all: &[Expr], between: &str, in_brackets: fn(&Expr) -> bool) -> fmt::Result {
    for (n, expr) in all.iter().enumerate() {
        if n > 0 {
            out.write_str(between)?;
        }
        grouped(out, expr, in_brackets(expr))?;
    }
    Ok(())
}

fn grouped(out: &mut Formatter<'_>, expr: &Expr, brackets: bool) -> fmt::Result {
    if brackets { write!(out, "({expr})") } else { write!(out, "{expr}") }
}

fn value(out: &mut Formatter<'_>, text: &str, how: How, field: bool) -> fmt::Result {
    if how == How::Exact {
        out.write_char('=')?;
    }
    // A star after a comma would become part of the word.
    let starred = how != How::Prefix || text.ends_with(is_word);
    if starred && is_plain(text, field) {
        out.write_str(text)?;
    } else {
        write!(out, "\"{}\"", text.replace('"', "\"\""))?;
    }
    if how == How::Prefix { out.write_char('*') } else { Ok(()) }
}

/// True for what needs no quotes.
fn is_plain(text: &str, field: bool) -> bool {
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '(' | ')' | '{' | '}' | '|' | '"' | '“' | '”' | '„' | '*')
    };
    let reserved = matches!(text, "OR" | "AND" | "NOT");
    let starts = text.starts_with(['-', '=', '/']);
    let separates = if field { text.contains(',') } else { text.contains(':') };
    !(text.is_empty() || reserved || starts || separates && !is_clock(text) || text.contains(odd))
}

/// `10:30` is no field.
fn is_clock(text: &str) -> bool {
    text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(',')
}
