//! Links to other articles that stand in a text: a paragraph that begins with `>>` or `Xem thêm` reports nothing.
//!
//! Owns: which stretch of a part is links. Where the text goes on behind the last link without a break, that is taken to be as
//! long as a headline is. The words are data (`assets/story/asides.toml`).
//! Refuses: to take links out of the article, which `article` does where a line is nothing else. Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Piece;
use crate::article::Place as Part;
use crate::text::sentences;

/// Words of a headline at most.
const HEADLINE: usize = 14;

#[derive(Debug, Default, Deserialize)]
struct Words {
    signs: Vec<String>,
    words: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/story/asides.toml")).unwrap_or_default());

/// How many bytes of a part links take at its beginning.
fn links(text: &str) -> usize {
    let begin = text.trim_start();
    let offset = text.len() - begin.len();
    let (rest, last) = if WORDS.signs.iter().any(|s| begin.starts_with(s.as_str())) {
        let last = WORDS.signs.iter().filter_map(|s| begin.rfind(s.as_str()).map(|at| at + s.len())).max();
        (begin, last.unwrap_or(0))
    } else {
        let small = begin.to_lowercase();
        let label = |w: &&String| {
            small.strip_prefix(w.as_str()).is_some_and(|r| !r.starts_with(char::is_alphanumeric))
        };
        let Some(label) = WORDS.words.iter().find(label) else { return 0 };
        // Letters may be longer in small: no byte of one text is asked of the other.
        (begin, begin.char_indices().nth(label.chars().count()).map_or(begin.len(), |c| c.0))
    };
    let sentence = sentences(&rest[last..]).first().map_or(rest.len(), |s| last + s.end);
    let words =
        rest[last..].split_inclusive(char::is_whitespace).take(HEADLINE + 1).map(str::len).sum::<usize>();
    offset + sentence.min(last + words)
}

impl Piece<'_> {
    /// The stretches of its text that tell something: no credits, no links.
    pub(super) fn told(&self) -> impl Iterator<Item = Range<usize>> {
        let parts = self.plain.parts.iter().filter(|p| !matches!(p.place, Part::Credit(_)));
        let stretches = parts.map(|p| p.range.start + links(&self.plain.text[p.range.clone()])..p.range.end);
        stretches.filter(|r| !r.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn a_paragraph_of_links_tells_nothing() {
        for (text, expect) in [
            (">> Đò đắm ở Vân Khê", ""),
            ("»» Đò đắm ở Vân Khê, 3 người chết", ""),
            ("Xem thêm: Đò đắm ở Vân Khê", ""),
            ("ĐỌC THÊM Đò đắm ở Vân Khê", ""),
            (
                ">> Đò đắm ở Vân Khê >> Xã họp về bến. Hôm qua xã có 40 nhà ngập.",
                " Hôm qua xã có 40 nhà ngập.",
            ),
            ("Xem thêmm một lần nữa", "Xem thêmm một lần nữa"),
            ("Xã họp về bến >> xem ảnh", "Xã họp về bến >> xem ảnh"),
        ] {
            assert_eq!(&text[links(text)..], expect, "{text}");
        }
    }
}
