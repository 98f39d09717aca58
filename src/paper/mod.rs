//! A press review as a document, Markdown or one HTML page that needs nothing else; articles as Markdown.
//!
//! Owns: the parts of the page, the two markups, keeping text from becoming markup.
//! Refuses: to make the review, and to write files. Tests: at the foot of each file; `tests/it/review.rs`.

mod articles;
mod escape;
mod markup;
mod page;

pub use articles::{article, articles, published};
pub use escape::{entities, escaped, one_line};

use crate::app::{Form, Lang};
use crate::library::{Reviewed, Snapshot};

/// A review as a document.
pub fn review(snapshot: &Snapshot, reviewed: &Reviewed, form: Form, lang: Lang) -> String {
    let page = page::page(snapshot, reviewed, lang.words());
    match form {
        Form::Markdown => markup::markdown(&page),
        Form::Html => markup::html(&page, lang.code()),
    }
}

/// What the document of a review is called: from the title of its story, in letters that every disk takes.
pub fn file_name(title: &str, form: Form) -> String {
    let folded = crate::text::folded(title);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(WORDS).collect();
    let stem = if words.is_empty() { "diem-bao".to_owned() } else { words.join("-") };
    let end = match form {
        Form::Markdown => "md",
        Form::Html => "html",
    };
    format!("{stem}.{end}")
}

/// Words of a title that a file is called by.
const WORDS: usize = 8;

/// The title of a review: that of its story, else of its first article.
pub fn title(snapshot: &Snapshot, reviewed: &Reviewed) -> String {
    let Some(&first) = reviewed.articles.first() else { return String::new() };
    snapshot.story_called(first).1.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_the_title() {
        for (title, form, expect) in [
            ("Sạt đồi ở Khe Ngần: 31 hộ dời nhà", Form::Markdown, "sat-doi-o-khe-ngan-31-ho-doi.md"),
            ("../../etc/passwd", Form::Html, "etc-passwd.html"),
            ("東京", Form::Html, "diem-bao.html"),
            ("", Form::Markdown, "diem-bao.md"),
        ] {
            assert_eq!(file_name(title, form), expect);
        }
    }
}
