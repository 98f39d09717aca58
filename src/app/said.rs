//! Sentences that the lower floors say in English, in the language of the screen.
//!
//! Owns: finding the phrase that a sentence is made from, and its places. Refuses: the phrases, which are data
//! (`assets/lang/said.vi.toml`, `help.vi.toml`). Tests: at the foot.

use std::borrow::Cow;

use super::words::fill;

/// How deep a sentence may stand in a place of another.
const DEEPEST: usize = 6;

/// A sentence with places, and what it is in the other language.
#[derive(Debug)]
pub struct Phrase {
    /// What stands before, between and behind the places.
    between: Vec<String>,
    /// The names of the places.
    places: Vec<String>,
    /// In the other language.
    other: String,
}

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    said: Vec<[String; 2]>,
}

/// Reads a file of phrases.
pub fn read(text: &str) -> Vec<Phrase> {
    let file: File = toml::from_str(text).unwrap_or_default();
    file.said.into_iter().map(|[english, other]| Phrase::of(&english, other)).collect()
}

impl Phrase {
    fn of(english: &str, other: String) -> Self {
        let (mut between, mut places) = (Vec::new(), Vec::new());
        let mut rest = english;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            between.push(before.to_owned());
            places.push(name.to_owned());
            rest = after;
        }
        between.push(rest.to_owned());
        Self { between, places, other }
    }

    /// What stands in the places of a sentence; `None` where it is another one.
    fn values<'t>(&self, sentence: &'t str) -> Option<Vec<&'t str>> {
        let (last, first) = (self.between.last()?, self.between.first()?);
        if self.places.is_empty() {
            return (sentence == first).then(Vec::new);
        }
        let mut rest = sentence.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut values = Vec::with_capacity(self.places.len());
        for literal in &self.between[1..self.between.len() - 1] {
            let (value, after) = rest.split_once(literal.as_str())?;
            values.push(value);
            rest = after;
        }
        values.push(rest);
        values.iter().all(|v| !v.is_empty()).then_some(values)
    }
}

/// A sentence in the other language; as it is where no phrase fits.
pub fn translate<'t>(phrases: &[Phrase], sentence: &'t str) -> Cow<'t, str> {
    within(phrases, sentence, 0)
}

fn within<'t>(phrases: &[Phrase], sentence: &'t str, depth: usize) -> Cow<'t, str> {
    let found = phrases.iter().find_map(|p| Some((p, p.values(sentence)?)));
    let Some((phrase, values)) = found.filter(|_| depth < DEEPEST) else { return Cow::Borrowed(sentence) };
    let values: Vec<Cow<'_, str>> = values.into_iter().map(|v| within(phrases, v, depth + 1)).collect();
    let named: Vec<(&str, &str)> =
        phrase.places.iter().map(String::as_str).zip(values.iter().map(AsRef::as_ref)).collect();
    Cow::Owned(fill(&phrase.other, &named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Lang;
    use crate::article::{Format, parse};

    fn check(english: &str, expect: &str) {
        assert_eq!(Lang::Vi.words().said(english), expect);
        assert_eq!(Lang::En.words().said(english), english);
    }

    #[test]
    fn sentences_are_told_in_the_language_of_the_screen() {
        check("a.txt is empty. Save the page again", "a.txt trống. Hãy lưu lại trang");
        check("b c.md is damaged; copy it again", "b c.md bị hỏng; hãy chép lại");
        check(
            "taken out: 2 control characters, 1 terminal escape sequences; the text is safe to read, the file itself is unchanged",
            "đã bỏ: 2 ký tự điều khiển, 1 lệnh điều khiển màn hình; nội dung đọc được an toàn, tệp gốc giữ nguyên",
        );
        check(
            "a.jsonl, lines 3, 8 and 4 further ones: not a JSON record of an article (expected value); each line must be one object like {}",
            "a.jsonl, dòng 3, 8 và 4 dòng nữa: không phải bản ghi JSON của một bài (thiếu giá trị); mỗi dòng phải là một đối tượng như {}",
        );
        check(
            "a.jsonl, line 6: not a JSON record of an article (invalid type: sequence, expected a map, column 0); each line must be one object like {}",
            "a.jsonl, dòng 6: không phải bản ghi JSON của một bài (sai kiểu: một danh sách; cần một bảng, cột 0); mỗi dòng phải là một đối tượng như {}",
        );
        check("some new sentence", "some new sentence");
        check("", "");
    }

    #[test]
    fn every_phrase_keeps_its_places() {
        for text in
            [include_str!("../../assets/lang/said.vi.toml"), include_str!("../../assets/lang/help.vi.toml")]
        {
            let phrases = read(text);
            assert!(phrases.len() > 40, "the file can be read");
            for phrase in &phrases {
                for place in &phrase.places {
                    assert!(phrase.other.contains(&format!("{{{place}}}")), "{place} in {}", phrase.other);
                }
            }
        }
    }

    #[test]
    fn what_the_parsers_complain_of_is_known() {
        for (bytes, format) in [
            (&b"Title\n\nText \x1b]52;c;x\x07\x1b[31m here\x01.\n"[..], Format::Dump),
            (b"---\ntitle: a: b: c\n---\n\nText.\n", Format::Markdown),
            (b"---\nnot closed\n", Format::Markdown),
            (b"---\ndate: soon\n---\n\nText.\n", Format::Markdown),
            (b"{\"title\": \"a\", \"published\": \"soon\", \"body\": \"x\"}", Format::JsonLine),
            (b"no record", Format::JsonLine),
            (b"\0\x01\0\x02\x03\0\0", Format::Dump),
            (b"", Format::Dump),
        ] {
            let problems = parse(bytes, format).problems;
            assert!(!problems.is_empty(), "{bytes:?}");
            for problem in problems {
                let told = Lang::Vi.words().said(&problem.message).into_owned();
                assert_ne!(told, problem.message);
            }
        }
    }
}
