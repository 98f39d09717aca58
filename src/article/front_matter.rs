//! Front matter: what stands above a text as `key: value`, YAML between `---` or TOML between `+++`.
//!
//! Owns: what each key says of the article; one string or several where a value may be both (JSON and web pages ask here, too).
//! Refuses: the text below (`markdown`). Tests: at the foot.

use super::byline::credit;
use super::dateline::stated_on;
use super::model::{Article, Lang, Problem, ProblemKind, Role, SetAside};

/// Reads the front matter, when there is one: the body and the number of its first line.
pub(super) fn take<'a>(text: &'a str, lang: Lang, article: &mut Article) -> (&'a str, u32) {
    let Some(fence) =
        ["---", "+++"].into_iter().find(|f| text.lines().next().is_some_and(|l| l.trim_end() == *f))
    else {
        return (text, 1);
    };
    let inner = &text[text.find('\n').map_or(text.len(), |n| n + 1)..];
    let mut at = 0;
    for (n, line) in inner.split_inclusive('\n').enumerate() {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let parsed = if fence == "---" { yaml(&inner[..at]) } else { toml_values(&inner[..at]) };
            match parsed {
                Ok(value) => fields(&value, lang, article),
                Err((line, message)) => article.problems.push(Problem {
                    kind: ProblemKind::Syntax,
                    message: format!(
                        "the front matter could not be read: {message}; put values with a colon or quotes in \
                         quotation marks; the text below it was read"
                    ),
                    line: line + 1,
                }),
            }
            return (&inner[at + line.len()..], n as u32 + 3);
        }
        at += line.len();
        // A rule at the top of a text is no front matter; front matter is short.
        if n > 200 {
            break;
        }
    }
    article.problems.push(Problem {
        kind: ProblemKind::Syntax,
        message: format!("the front matter has no closing `{fence}` line; all was read as text"),
        line: 1,
    });
    (inner, 2)
}

type Parsed = Result<serde_json::Value, (u32, String)>;

fn yaml(text: &str) -> Parsed {
    serde_yaml_ng::from_str(text)
        .map_err(|e: serde_yaml_ng::Error| (e.location().map_or(1, |l| l.line() as u32), e.to_string()))
}

fn toml_values(text: &str) -> Parsed {
    toml::from_str::<toml::Value>(text)
        .map_err(|e| {
            let line =
                e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() as u32 + 1);
            (line, e.message().to_owned())
        })
        .map(|value| json(&value))
}

fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => {
            serde_json::Value::Object(table.iter().map(|(k, v)| (k.clone(), json(v))).collect())
        }
        toml::Value::String(text) => text.clone().into(),
        other => other.to_string().into(),
    }
}

/// One string, or several joined by commas.
pub(super) fn text(value: &serde_json::Value) -> Option<String> {
    let text = match value {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Number(n) => n.to_string(),
        serde_json::Value::Array(_) => list(value).join(", "),
        serde_json::Value::Object(map) => map.get("name").and_then(text)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Several strings, or the one.
pub(super) fn list(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Array(items) => items.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

fn fields(value: &serde_json::Value, lang: Lang, article: &mut Article) {
    let Some(map) = value.as_object() else { return };
    for (key, value) in map {
        match key.to_lowercase().as_str() {
            "title" => article.title = text(value),
            "date" | "published" | "publish_date" | "pubdate" => {
                let Some(words) = text(value) else { continue };
                article.published = stated_on(&words, 1, lang).map(|f| f.date);
                if article.published.is_none() {
                    article.problems.push(Problem {
                        kind: ProblemKind::Syntax,
                        message: format!(
                            "`{key}` is not a date: {words}; write it as 2026-03-07 or 2026-03-07T08:01+07:00"
                        ),
                        line: 1,
                    });
                }
            }
            "source" | "outlet" | "publisher" => article.source = text(value),
            "site" => article.site = text(value),
            "agency" => article.agency = text(value),
            "author" | "authors" | "byline" => {
                for name in list(value) {
                    let people = credit(&name, 1).authors;
                    article.authors.extend(if people.is_empty() { vec![name] } else { people });
                }
            }
            "url" | "link" | "canonical" => article.url = text(value),
            "lead" | "summary" | "description" | "excerpt" => article.lead = text(value),
            "tags" | "keywords" | "categories" => {
                if let Some(words) = text(value) {
                    article.set_aside.push(SetAside { role: Role::Keywords, text: words, line: 1 });
                }
            }
            "lang" | "language" => {
                article.lang = match text(value).unwrap_or_default().get(..2) {
                    Some("vi") => Lang::Vi,
                    Some("en") => Lang::En,
                    _ => Lang::Other,
                };
            }
            _ => {
                if let Some(words) = text(value) {
                    article.set_aside.push(SetAside {
                        role: Role::Boilerplate,
                        text: format!("{key}: {words}"),
                        line: 1,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::markdown::parse;
    use super::*;

    #[test]
    fn toml_front_matter() {
        let article = parse("+++\ntitle = \"Cầu Trà\"\ndate = 2026-03-07\n+++\nMột đoạn.");
        assert_eq!(article.title.as_deref(), Some("Cầu Trà"));
        assert_eq!(article.published.map(|d| d.iso()).as_deref(), Some("2026-03-07"));
    }

    #[test]
    fn a_date_of_an_english_text_is_read_as_its_time_tells() {
        let check = |date: &str, expect: &str| {
            let text = format!(
                "---\ntitle: The bridge is open\ndate: {date}\n---\nThe bridge over the river is open, and the people of the town walked over it.\n"
            );
            assert_eq!(parse(&text).published.map(|d| d.iso()).as_deref(), Some(expect), "{date}");
        };
        check("03/07/2026 4:05 PM", "2026-03-07T16:05");
        check("07/03/2026 16:05", "2026-03-07T16:05");
    }

    #[test]
    fn broken_front_matter_is_a_problem_with_its_line() {
        let article = parse("---\ntitle: a: b: c\n---\n# Đầu đề\n\nMột đoạn.");
        assert_eq!((article.problems[0].kind, article.problems[0].line), (ProblemKind::Syntax, 2));
        assert_eq!(article.title.as_deref(), Some("Đầu đề"));
        assert_eq!(article.blocks.len(), 1);
        assert_eq!(parse("---\nKhông đóng").problems[0].line, 1);
    }
}
