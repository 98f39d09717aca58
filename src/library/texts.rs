//! The texts of articles, fetched when somebody asks for them.
//!
//! Owns: where a text is (on the shelf, by the digest of its bytes; in memory where the shelf does not hold it), keeping those at
//! hand that were asked for last, up to a number of bytes, and what is done where the shelf is damaged: the article is read again from
//! where it came, as long as its bytes are the same, and the shelf is removed, so that the next opening makes a new one.
//! Refuses: to change what an article is: a text that is fetched twice is the same twice, so a snapshot may fetch as if it held all.
//! Tests: at the foot; with a damaged shelf in `tests/it/cache.rs`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Once, PoisonError, RwLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use rustc_hash::FxHashMap;

use super::reading;
use super::snapshot::{ArticleIx, Entry, Read};
use super::store::{Of, Shelf, StoreFault, unpack};
use crate::article::{Article, Format};
use crate::entity::Names;

/// Bytes of texts that are kept at hand: some thousand articles.
const AT_HAND: u64 = 12 << 20;
/// Articles that room is made for at first.
const EXPECTED: usize = 1024;

/// Fetches texts; shared by all snapshots of a session.
pub struct Texts {
    shelf: Option<Arc<Shelf>>,
    /// The data folder that the articles came from, where they lie in the library.
    library: Option<PathBuf>,
    damaged: Once,
    /// What the shelf does not hold.
    held: RwLock<FxHashMap<ArticleIx, Arc<Read>>>,
    at_hand: Cache<ArticleIx, Arc<Read>, Bytes>,
}

/// Weighs a text by its bytes in memory, roughly.
#[derive(Clone)]
struct Bytes;

impl Weighter<ArticleIx, Arc<Read>> for Bytes {
    fn weight(&self, _: &ArticleIx, read: &Arc<Read>) -> u64 {
        let mentions = read.names.as_ref().map_or(0, |n| n.mentions.len() * 16);
        (1024 + 2 * read.plain.text.len() + mentions) as u64
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::on(None, None)
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("at_hand", &self.at_hand.len()).finish_non_exhaustive()
    }
}

impl Texts {
    /// Over a shelf; `library` is the data folder of the library, where its articles are meant.
    pub fn on(shelf: Option<Arc<Shelf>>, library: Option<&Path>) -> Self {
        Self {
            shelf,
            library: library.map(Path::to_owned),
            damaged: Once::new(),
            held: RwLock::default(),
            at_hand: Cache::with_weighter(EXPECTED, AT_HAND, Bytes),
        }
    }

    /// Keeps a text in memory that the shelf does not hold, or not so.
    pub fn hold(&self, article: ArticleIx, read: Arc<Read>) {
        self.held.write().unwrap_or_else(PoisonError::into_inner).insert(article, read);
    }

    /// The text of an article that has been read; stays at hand for a while.
    pub fn get(&self, article: ArticleIx, entry: &Entry) -> Option<Arc<Read>> {
        let read = match self.in_memory(article) {
            // Names may have come meanwhile.
            Some(read) if read.names.is_none() => match self.names(entry) {
                Some(names) => Arc::new(Read { names: Some(names.into()), ..Read::clone(&read) }),
                None => return Some(read),
            },
            Some(read) => return Some(read),
            None => Arc::new(self.on_shelf(&[entry]).pop()??),
        };
        self.at_hand.insert(article, Arc::clone(&read));
        Some(read)
    }

    /// As [`Texts::get`], for passes over many: what others have at hand stays there, and the shelf is asked for all at once.
    pub fn pass(&self, articles: &[(ArticleIx, &Entry)]) -> Vec<Option<Arc<Read>>> {
        let held: Vec<Option<Arc<Read>>> = articles.iter().map(|(ix, _)| self.in_memory(*ix)).collect();
        let is_whole = |read: &Arc<Read>| read.names.is_some();
        let away: Vec<&Entry> = articles
            .iter()
            .zip(&held)
            .filter(|(_, h)| !h.as_ref().is_some_and(is_whole))
            .map(|(a, _)| a.1)
            .collect();
        let mut found = self.on_shelf(&away).into_iter();
        let whole = |held: Option<Arc<Read>>| match held {
            Some(read) if is_whole(&read) => Some(read),
            held => found.next().flatten().map(Arc::new).or(held),
        };
        held.into_iter().map(whole).collect()
    }

    fn in_memory(&self, article: ArticleIx) -> Option<Arc<Read>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner).get(&article).cloned();
        held.or_else(|| self.at_hand.get(&article))
    }

    /// What the shelf holds of these articles.
    fn on_shelf(&self, entries: &[&Entry]) -> Vec<Option<Read>> {
        let Some(shelf) = self.shelf.as_ref().filter(|_| !entries.is_empty()) else {
            return entries.iter().map(|_| None).collect();
        };
        let keys: Vec<String> = entries.iter().map(|e| shelf_key(e)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let packed = match shelf.get(Of::Article, &keys) {
            Ok(packed) => packed,
            Err(error) if error.fault == StoreFault::Busy => return entries.iter().map(|_| None).collect(),
            Err(_) => vec![None; entries.len()],
        };
        // Articles without names can still be read.
        let names = shelf.get(Of::Names, &keys).unwrap_or_else(|_| vec![None; entries.len()]);
        let read = |entry: &Entry, packed: Option<Vec<u8>>, names: Option<Vec<u8>>| {
            let head = entry.head.as_ref()?;
            let article = packed.and_then(|packed| unpack::<Article>(&packed)).or_else(|| {
                self.damaged.call_once(|| shelf.discard());
                reading::again(entry, head.format, self.library.as_deref())
            });
            let mut read = reading::counted(article?, entry.modified, head.words);
            read.names = names.and_then(|names| unpack::<Names>(&names)).map(Arc::new);
            Some(read)
        };
        let all = entries.iter().zip(packed).zip(names);
        all.map(|((entry, packed), names)| read(entry, packed, names)).collect()
    }

    fn names(&self, entry: &Entry) -> Option<Names> {
        unpack(&self.shelf.as_ref()?.one(Of::Names, &shelf_key(entry)).ok()??)
    }
}

/// What an article that was read is kept by; empty for any other.
fn shelf_key(entry: &Entry) -> String {
    entry.head.as_ref().map(|head| key(entry.digest(), head.format)).unwrap_or_default()
}

/// What an article is kept by: the digest of its bytes and how they are read.
pub fn key(digest: &str, format: Format) -> String {
    let letter = match format {
        Format::Dump => 't',
        Format::Markdown => 'm',
        Format::JsonLine => 'j',
        Format::Json => 'o',
        Format::Html => 'h',
    };
    format!("{digest}{letter}")
}

/// How standard input was read is not seen in its name: nothing is kept by its key, which is empty.
pub fn key_of(entry: &Entry) -> String {
    let format = entry.head.as_ref().filter(|_| &*entry.path != Path::new("-")).map(|h| h.format);
    format.map(|format| key(entry.digest(), format)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::Head;
    use super::super::store::pack;
    use super::*;
    use crate::entity::{Evidence, Kind, Mention};

    fn article(title: &str) -> Article {
        Article { title: Some(title.to_owned()), ..Article::default() }
    }

    #[test]
    fn texts_come_from_memory_or_the_shelf() {
        let shelf = Arc::new(Shelf::temporary().expect("a shelf"));
        let texts = Texts::on(Some(Arc::clone(&shelf)), None);
        let read = reading::finish(article("Mưa lũ"), 0);
        let entry = Entry {
            id: "aa-2".into(),
            head: Some(Head::of(&read, "".into(), Format::Dump, &mut Arc::new)),
            ..Entry::default()
        };
        let title = |texts: &Texts| texts.get(ArticleIx(0), &entry).map(|r| r.plain.text.clone());
        assert_eq!(title(&texts), None, "nobody holds it");
        shelf.put(Of::Article, &[("aat", pack(&*read.article))]).expect("kept");
        assert_eq!(title(&texts).as_deref(), Some("Mưa lũ"));
        assert!(texts.get(ArticleIx(0), &entry).expect("read").names.is_none());
        // Names that come later are seen.
        let mention = Mention { start: 0, end: 3, kind: Kind::Loc, evidence: Evidence::Table };
        shelf.put(Of::Names, &[("aat", pack(&Names { mentions: vec![mention] }))]).expect("kept");
        assert!(texts.get(ArticleIx(0), &entry).expect("read").names.is_some());
        // What is at hand needs no shelf.
        shelf.put(Of::Article, &[("aat", vec![1, 2, 3])]).expect("kept");
        assert_eq!(title(&texts).as_deref(), Some("Mưa lũ"));
        assert_eq!(title(&Texts::on(Some(shelf), None)), None, "damaged");
        texts.hold(ArticleIx(0), Arc::new(reading::finish(article("Nắng"), 0)));
        assert_eq!(title(&texts).as_deref(), Some("Nắng"), "what is held goes first");
    }
}
