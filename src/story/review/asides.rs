//! Links to other articles that stand in a text: a paragraph that begins with `>>` or `Xem thêm` reports nothing.
//!
//! Owns: which stretch of a part is links. Where the text goes on behind the last link without a break, its sentence is no
//! passage and no event, but its numbers count from where no headline goes on. The words are data (`assets/story/asides.toml`).
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

/// How many bytes of a part links take at its beginning: to the end of their sentence, and to where the last one must end.
pub(super) fn links(text: &str) -> (usize, usize) {
    let begin = text.trim_start();
    let offset = text.len() - begin.len();
    let end = |from: usize| sentences(&begin[from..]).first().map_or(text.len(), |s| offset + from + s.end);
    if WORDS.signs.iter().any(|s| begin.starts_with(s.as_str())) {
        let last = WORDS.signs.iter().filter_map(|s| begin.rfind(s.as_str()).map(|at| at + s.len())).max();
        let last = last.unwrap_or(0);
        let words = begin[last..].split_inclusive(char::is_whitespace).take(HEADLINE + 1).map(str::len);
        return (end(last), end(last).min(offset + last + words.sum::<usize>()));
    }
    let small = begin.to_lowercase();
    let is_label = |w: &String| {
        small.strip_prefix(w.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    if WORDS.words.iter().any(is_label) { (end(0), end(0)) } else { (0, 0) }
}

impl Piece<'_> {
    /// The stretches of its text that tell something: no credits, no sentences that begin with links.
    pub(super) fn told(&self) -> impl Iterator<Item = Range<usize>> {
        self.behind(|text| links(text).0)
    }

    /// The same with what stands in one sentence with links, but behind them.
    pub(super) fn counts(&self) -> impl Iterator<Item = Range<usize>> {
        self.behind(|text| links(text).1)
    }

    fn behind(&self, links: impl Fn(&str) -> usize) -> impl Iterator<Item = Range<usize>> {
        let parts = self.plain.parts.iter().filter(|p| !matches!(p.place, Part::Credit(_)));
        let stretches =
            parts.map(move |p| p.range.start + links(&self.plain.text[p.range.clone()])..p.range.end);
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
            assert_eq!(&text[links(text).0..], expect, "{text}");
        }
        // A text that was glued to the last link is counted from where no headline goes on.
        let glued = format!(">> Xã họp >> Đò {}đắm. Xã có 40 nhà ngập.", "rất ".repeat(20));
        let (told, counts) = links(&glued);
        assert_eq!(&glued[told..], " Xã có 40 nhà ngập.");
        assert!(counts < told && glued[counts..].starts_with("rất rất"));
    }
}
