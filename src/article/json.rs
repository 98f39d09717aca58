//! One line of JSON Lines: `{id, title, published, source, summary, body}`, and what else our own `export` writes.
//!
//! Owns: those fields. Refuses: other shapes (they become a problem). Tests: at the foot.

use serde_json::{Map, Value};

use super::dateline::stated_on;
use super::front_matter::{list as value_list, text as value_text};
use super::lang::detect;
use super::model::{Article, Block, BlockKind, NESTED, Problem, ProblemKind, code, depth_of};

/// What is wrong with a record, and in which column: its line is known outside.
fn wrong(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.split_once(" at line 1 column ") {
        Some((what, _)) => format!("{what}, column {}", error.column()),
        None => told,
    }
}

/// Reads one record.
pub(super) fn parse(line: &str) -> Article {
    let mut article = Article::default();
    let record: Map<String, Value> = match serde_json::from_str(line.trim()) {
        Ok(record) => record,
        Err(error) => {
            article.problems.push(Problem {
                kind: ProblemKind::Syntax,
                message: format!(
                    "not a JSON record of an article ({}); each line must be one object like \
                     {{\"title\": …, \"published\": …, \"source\": …, \"summary\": …, \"body\": …}}",
                    wrong(&error)
                ),
                line: 1,
            });
            return article;
        }
    };
    // Numbers, one author for several: what can be meant is taken.
    let said = |keys: &[&str]| keys.iter().find_map(|k| record.get(*k)).and_then(value_text);
    let some = |keys: &[&str]| said(keys).map(|t| words(&t)).filter(|t| !t.is_empty());
    article.title = some(&["title"]);
    article.lead = some(&["summary", "lead", "description"]);
    article.source = some(&["source"]);
    article.site = some(&["site"]);
    article.agency = some(&["agency"]);
    article.url = some(&["url"]);
    article.authors = record.get("authors").map(value_list).unwrap_or_default();
    article.title_line = 1;
    article.lead_line = 1;
    article.blocks = record.get("blocks").map(own_blocks).unwrap_or_default();
    for paragraph in said(&["body", "text", "content"]).unwrap_or_default().split('\n') {
        let text = words(paragraph);
        if !text.is_empty() && article.lead.as_deref() != Some(text.as_str()) {
            article.blocks.push(Block {
                kind: BlockKind::Paragraph,
                text,
                line: 1,
                inferred: false,
                stress: Vec::new(),
            });
        }
    }
    article.lang =
        detect(article.blocks.iter().take(3).map(|b| b.text.as_str()).chain(article.title.as_deref()));
    if let Some(text) = said(&["published", "date"]) {
        article.published = stated_on(&text, 1, article.lang).map(|f| f.date);
        if article.published.is_none() && !text.trim().is_empty() {
            article.problems.push(Problem {
                kind: ProblemKind::Syntax,
                message: format!(
                    "`published` is not a date: {text}; write it as 2026-03-07T08:01 or 07/03/2026 08:01"
                ),
                line: 1,
            });
        }
    }
    super::dump::finish(&mut article);
    article.note_if_empty();
    article
}

/// The blocks as our own `export` writes them: objects with `kind` and `text`.
fn own_blocks(blocks: &Value) -> Vec<Block> {
    let block = |value: &Value| {
        let kind = BlockKind::named(value.get("kind")?.as_str()?)?;
        let text = value.get("text")?.as_str()?;
        let text = match kind {
            BlockKind::Code => code(text),
            BlockKind::List => {
                let item = |line: &str| {
                    let (depth, own) = depth_of(line);
                    NESTED.repeat(depth) + &words(own)
                };
                text.lines().map(item).collect::<Vec<_>>().join("\n")
            }
            BlockKind::Table => {
                let cells = |row: &str| row.split('\t').map(words).collect::<Vec<_>>().join("\t");
                text.lines().map(cells).collect::<Vec<_>>().join("\n")
            }
            _ => words(text),
        };
        (!text.trim().is_empty()).then_some(Block {
            kind,
            text,
            line: 1,
            inferred: false,
            stress: Vec::new(),
        })
    };
    blocks.as_array().into_iter().flatten().filter_map(block).collect()
}

/// The text with single blanks.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_an_english_text_is_read_as_its_time_tells() {
        let check = |body: &str, expect: &str| {
            let record =
                serde_json::json!({"title": "A bridge", "published": "03/07/2026 4:05 PM", "body": body});
            assert_eq!(
                parse(&record.to_string()).published.map(|d| d.iso()).as_deref(),
                Some(expect),
                "{body}"
            );
        };
        check(
            "The bridge over the river is open, and the people of the town walked over it.",
            "2026-03-07T16:05",
        );
        check("Cây cầu qua sông đã mở, và người dân của thị trấn đi bộ qua cầu.", "2026-07-03T16:05");
    }

    #[test]
    fn a_record() {
        let article = parse(
            r#"{"id":"a1","title":"Cầu Trà thông xe","published":"2026-03-07T08:01","source":"lamgiang.example","summary":"Cầu đã mở.","body":"Đoạn một.\nĐoạn hai."}"#,
        );
        assert_eq!(article.title.as_deref(), Some("Cầu Trà thông xe"));
        assert_eq!(
            article.published.as_ref().map(super::super::model::Dated::iso).as_deref(),
            Some("2026-03-07T08:01")
        );
        assert_eq!((article.lead.as_deref(), article.blocks.len()), (Some("Cầu đã mở."), 2));
        assert!(article.problems.is_empty());
    }

    #[test]
    fn blocks_are_read_as_they_are_exported() {
        let article = parse(
            r#"{"title":"Cầu Trà","lead":"Cầu đã mở.","blocks":[{"kind":"paragraph","text":"Đoạn  một."},{"kind":"heading","text":"Giá vé"},{"kind":"table","text":"Xe\tVé\nÔ tô\t10"},{"kind":"caption","text":"Cầu Trà. Ảnh: Mây"},{"kind":"riddle","text":"?"},{"kind":"quote"}]}"#,
        );
        let blocks: Vec<(BlockKind, &str)> =
            article.blocks.iter().map(|b| (b.kind, b.text.as_str())).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Paragraph, "Đoạn một."),
                (BlockKind::Heading, "Giá vé"),
                (BlockKind::Table, "Xe\tVé\nÔ tô\t10"),
                (BlockKind::Caption, "Cầu Trà. Ảnh: Mây"),
            ]
        );
        assert!(article.problems.is_empty());
    }

    #[test]
    fn fields_of_another_type_are_taken_for_what_they_mean() {
        let article = parse(r#"{"title":7,"authors":"Lê Na","published":2026,"source":null,"body":"Đoạn."}"#);
        assert_eq!((article.title.as_deref(), &article.authors[..]), (Some("7"), &["Lê Na".to_owned()][..]));
        assert_eq!((article.blocks.len(), article.source), (1, None));
    }

    #[test]
    fn a_broken_line_is_a_problem() {
        let article = parse("{\"title\": ");
        assert_eq!(article.problems[0].kind, ProblemKind::Syntax);
        let article = parse("{\"title\": \"a\u{7}b\\u001b[31m\", \"body\": \"x\"}");
        assert!(
            article.problems.len() == 1 || article.title.as_deref().is_some_and(|t| !t.contains('\u{1b}'))
        );
    }
}
