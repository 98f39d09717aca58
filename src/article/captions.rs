//! What stands under a picture, told by the line itself and by those beside it.
//!
//! Owns: captions, alternative texts, labels of captions, credits of pictures in a line of their own.
//! Refuses: all other roles (see `roles`). Tests: at the foot; whole pages in `tests/it/layouts.rs`.

use super::cues::CueRole;
use super::gazetteer::agency;
use super::roles::{CREDIT_BEFORE, Roles};

impl Roles<'_> {
    /// Its words say that it stands under a picture.
    pub(super) fn is_caption(&self, n: usize) -> bool {
        let (line, f) = (&self.lines[n], &self.facts[n]);
        if framed(&line.text) {
            return true;
        }
        // A paragraph with a caption glued to its end is a paragraph.
        let long = f.words > 45 && line.text.matches(". ").take(2).count() == 2;
        f.cues.of(CueRole::Caption) > 1 && f.words >= 3 && f.words <= 90 && !long
    }

    /// Above the headline: a line with text that tells whose picture it is.
    pub(super) fn names_picture(&self, n: usize) -> bool {
        self.facts[n].cues.sure(CueRole::Caption)
            && self.facts[n].words >= 6
            && self.body.start - n <= CREDIT_BEFORE
    }

    /// What stands under a picture, with whose picture it is in a line of its own: `ẢNH: LÊ NA`.
    pub(super) fn above_credit(&self, n: usize) -> bool {
        let credit = self.lines.get(n + 1).is_some_and(|l| is_picture_credit(&l.text));
        credit && !self.facts[n].stop && self.facts[n].words >= 3
    }

    /// The description of a picture that begins and ends with the name of its house (`Getty Images A field Getty Images`), or the label of
    /// a caption: the short line right below is the caption.
    pub(super) fn under_alt_text(&self, n: usize) -> bool {
        let Some(before) = n.checked_sub(1) else { return false };
        let (line, above) = (&self.lines[n], &self.lines[before]);
        let f = &self.facts[n];
        line.gap == 0
            && (3..=45).contains(&f.words)
            && f.cues.none()
            && (framed(&above.text) && !f.stop || is_caption_label(&above.text))
    }
}

/// `Getty Images A field of dry grass Getty Images`: a house that gives pictures at both ends.
fn framed(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let count = words.len();
    let same = |n: usize| count >= 2 * n + 4 && words[..n] == words[count - n..] && is_house(&words[..n]);
    count <= 60 && (1..=3).any(same)
}

/// An agency, letters that stand for a name, a name that says it has pictures.
fn is_house(words: &[&str]) -> bool {
    let letters = |w: &&str| w.chars().count() > 1 && w.chars().all(char::is_uppercase);
    let name = words.join(" ");
    words.iter().all(letters)
        || agency(&name).is_some()
        || name.ends_with("Images")
        || name.ends_with("Media")
}

/// `ẢNH: LÊ NA` alone on a line.
pub(super) fn is_picture_credit(text: &str) -> bool {
    let lower = text.to_lowercase();
    let named = ["ảnh:", "ảnh :", "nguồn ảnh:", "photo:"].iter().any(|w| lower.starts_with(w));
    named && (2..=8).contains(&text.split(' ').count())
}

/// What some pages put above each caption.
pub(super) fn is_caption_label(text: &str) -> bool {
    let label = text.trim_end_matches([':', ',', ' ']).to_lowercase();
    matches!(
        label.as_str(),
        "chú thích ảnh"
            | "chụp lại hình ảnh"
            | "image caption"
            | "media caption"
            | "caption"
            | "image"
            | "chú thích"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_pictures() {
        for (line, expect) in [
            ("Getty Images A field of dry grass Getty Images", true),
            ("PA Media A ferry on a sandbank PA Media", true),
            ("Getty Images A field of dry grass", false),
            ("A field of dry grass under a red sky", false),
        ] {
            assert_eq!(framed(line), expect, "{line}");
        }
        for (line, label, credit) in [
            ("Chụp lại hình ảnh,", true, false),
            ("Chú thích ảnh:", true, false),
            ("ẢNH: BVCC", false, true),
            ("Ảnh: Lê Na cung cấp cho báo của tỉnh hôm qua", false, false),
            ("Ảnh hưởng của mưa", false, false),
        ] {
            assert_eq!((is_caption_label(line), is_picture_credit(line)), (label, credit), "{line}");
        }
    }
}
