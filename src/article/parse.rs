//! One door for all formats.

use super::model::Article;

/// The format of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A page dumped or copied as text.
    Dump,
    /// Markdown, with or without front matter.
    Markdown,
    /// JSON Lines of articles `{id, title, published, source, summary, body}`: one article a line.
    JsonLine,
}

impl Format {
    /// The format that a file name's extension names; `None` for what is not an article.
    pub fn of(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Dump),
            "md" | "markdown" => Some(Self::Markdown),
            "jsonl" | "ndjson" => Some(Self::JsonLine),
            _ => None,
        }
    }
}

/// Decodes, cleans and parses one article. Never fails: what is wrong is in [`Article::problems`].
pub fn parse(bytes: &[u8], format: Format) -> Article {
    let _ = format;
    let text = crate::text::decode(bytes).text;
    let (text, _) = crate::text::clean(&text);
    let mut article = Article::default();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if article.title.is_none() {
            article.title = Some(line.trim().to_owned());
            continue;
        }
        article.blocks.push(super::Block {
            kind: super::BlockKind::Paragraph,
            text: line.trim().to_owned(),
            line: number as u32 + 1,
            inferred: false,
        });
    }
    article
}
