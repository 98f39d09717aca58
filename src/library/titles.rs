//! Headlines: those of many articles after one another, in memory or in a file.
//!
//! Owns: where each lies. A list shows some dozen of them, and in memory those of a large library would take more room than all
//! else that is known of its articles. Refuses: to fail: what cannot be read any more is empty. Tests: at the foot.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::bytes::Bytes;

/// Bytes that are fetched at once by who goes through many.
const WINDOW: usize = 8 << 10;

/// The headline of an article.
#[derive(Clone)]
pub struct Title {
    of: Arc<Bytes>,
    at: u32,
    len: u32,
}

impl Title {
    /// The headlines that lie after one another, by their bytes.
    pub fn parted(all: Bytes, lengths: impl IntoIterator<Item = u32>) -> impl Iterator<Item = Self> {
        let (of, mut at) = (Arc::new(all), 0);
        lengths.into_iter().map(move |len| {
            at += len;
            Self { of: Arc::clone(&of), at: at - len, len }
        })
    }

    /// Bytes of the text.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its text.
    pub fn text(&self) -> Cow<'_, str> {
        let at = self.at as usize;
        match self.of.get(at..at + self.len as usize) {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).unwrap_or_default()),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or_default()),
        }
    }
}

impl fmt::Debug for Title {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text(), to)
    }
}

impl From<&str> for Title {
    fn from(text: &str) -> Self {
        Self { of: Arc::new(Bytes::Here(text.as_bytes().to_vec())), at: 0, len: text.len() as u32 }
    }
}

/// Reads many headlines, mostly in the order in which they lie: some hundred of them at a time.
#[derive(Debug, Default)]
pub struct Titles {
    of: Arc<Bytes>,
    from: usize,
    window: Vec<u8>,
}

impl Titles {
    /// The text of one.
    pub fn text<'a>(&'a mut self, title: &'a Title) -> Cow<'a, str> {
        if matches!(*title.of, Bytes::Here(_)) {
            return title.text();
        }
        let (from, to) = (title.at as usize, (title.at + title.len) as usize);
        let is_there = Arc::ptr_eq(&self.of, &title.of) && self.from <= from;
        if !is_there || to > self.from + self.window.len() {
            (self.of, self.from) = (Arc::clone(&title.of), from);
            self.window = title.of.get(from..to.max(from + WINDOW).min(title.of.len())).into_owned();
        }
        let bytes = self.window.get(from - self.from..to - self.from);
        Cow::Borrowed(bytes.and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::bytes::in_file;
    use super::*;

    #[test]
    fn headlines_are_the_same_from_memory_and_from_a_file() {
        let text =
            |n: usize| if n.is_multiple_of(7) { String::new() } else { format!("Mưa ở Đà Nẵng {n}") };
        let texts: Vec<String> = (0..2000).map(text).collect();
        let here = Bytes::Here(texts.concat().into_bytes());
        let (file, at) = in_file([&here]);
        let there = Bytes::There { file, at, len: here.len() };
        for bytes in [here, there] {
            let all: Vec<Title> = Title::parted(bytes, texts.iter().map(|t| t.len() as u32)).collect();
            let mut reader = Titles::default();
            for n in (0..2000).chain([3, 1999, 4, 5]) {
                assert_eq!((&*all[n].text(), &*reader.text(&all[n])), (&*texts[n], &*texts[n]));
                assert_eq!(all[n].is_empty(), texts[n].is_empty());
            }
        }
        assert_eq!(Title::from("Mưa").text(), "Mưa");
        let file = Arc::new(tempfile::tempfile().expect("a file"));
        let gone = Title::parted(Bytes::There { file, at: 0, len: 9 }, [9]).next().expect("one");
        assert_eq!((&*gone.text(), &*Titles::default().text(&gone)), ("", ""));
    }
}
