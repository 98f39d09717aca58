//! What everything in a folder gave together, as it is kept for the next opening: rows, then names, relations, stories and index.
//!
//! Owns: the parts of a picture, in the order in which they are wanted: the newest rows, which fill the first screen; all rows; the
//! rest; and what stays in the file. A picture is found by what the files look like from outside and by the reader's decisions.
//! Refuses: texts: they lie on the shelf, by the digest of their bytes.
//! Tests: `tests/it/cache.rs`.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::File;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use super::compact::Compact;
use super::drawer::Drawer;
use super::entries::Entries;
use super::files::Found;
use super::index::{Index, NameIndex, Places};
use super::lists;
use super::roster;
use super::segment::{Kept, Segment};
use super::snapshot::{ArticleIx, Credit, Entry, Head, Snapshot};
use super::store::{Picture, pack};
use super::titles::{Title, Titles};
use crate::article::{Format, Lang, Problem};
use crate::story::Stories;

/// Rows of the first part: more than a screenful.
const FRONT: usize = 128;
/// Rows of a part: what is unpacked at once is thrown away at once, and leaves no hole in the memory.
const PART: usize = 2048;

/// What rows have in common; they follow in parts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    credits: Vec<Credit>,
    parts: u32,
    /// By row, in the order of the list: which article it is.
    order: Vec<u32>,
    /// How many articles there are, read or not.
    pub articles: u32,
}

/// Some rows.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    rows: Vec<Row>,
    /// The files that they came from: bytes of the path, and the file's time.
    files: Vec<(Vec<u8>, i64)>,
    /// Their headlines, after one another; empty where these stay in the file.
    titles: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    article: u32,
    /// Which of the files of its part it came from.
    file: u32,
    record: u32,
    id: EcoString,
    head: Option<RowHead>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RowHead {
    /// Bytes of its headline.
    title: u32,
    titled: bool,
    credit: u32,
    published: Compact,
    words: u32,
    lang: Lang,
    format: Format,
    flawed: bool,
}

/// All but the rows.
pub struct Rest {
    /// Inputs that gave no article.
    pub refused: Vec<(PathBuf, Problem)>,
    entities: roster::Outline,
    relations: lists::Outline,
    stories: Stories,
    places: Places,
    segments: Vec<Kept>,
    spellings: Vec<Kept>,
}

/// The files of a part.
#[derive(Default)]
struct Files {
    all: Vec<(Vec<u8>, i64)>,
    known: FxHashMap<(Arc<Path>, i64), u32>,
}

impl Files {
    /// The number of the file of an article.
    fn number(&mut self, entry: &Entry) -> u32 {
        *self.known.entry((Arc::clone(&entry.path), entry.modified)).or_insert_with(|| {
            self.all.push((entry.path.as_os_str().as_bytes().to_vec(), entry.modified));
            self.all.len() as u32 - 1
        })
    }
}

impl Rows {
    /// The rows of some articles of a snapshot, packed: what they have in common, then the parts. `away` takes the headlines of a part
    /// where they are to stay in the file.
    fn pack(
        snapshot: &Snapshot,
        articles: impl Iterator<Item = u32>,
        order: &[ArticleIx],
        mut away: Option<&mut dyn FnMut(Vec<u8>)>,
    ) -> Vec<Vec<u8>> {
        let entries = &snapshot.entries;
        let mut credits = Vec::new();
        let mut known: FxHashMap<&Credit, u32> = FxHashMap::default();
        let mut number = |credit| {
            *known.entry(credit).or_insert_with(|| {
                credits.push(Credit::clone(credit));
                credits.len() as u32 - 1
            })
        };
        let rows = articles.filter_map(|article| {
            let entry = entries.get(article as usize)?;
            let head = entry.head.as_ref().map(|h| RowHead {
                title: h.title.len(),
                titled: h.titled,
                credit: number(&h.credit),
                published: h.published,
                words: h.words,
                lang: h.lang,
                format: h.format,
                flawed: h.flawed,
            });
            Some(Row { article, file: 0, record: entry.record, id: entry.id.clone(), head })
        });
        let mut rows = rows.peekable();
        let (mut parts, mut reader) = (Vec::new(), Titles::default());
        while rows.peek().is_some() {
            let mut rows: Vec<Row> = rows.by_ref().take(PART).collect();
            let (mut titles, mut files) = (Vec::new(), Files::default());
            for row in &mut rows {
                row.file = entries.get(row.article as usize).map_or(0, |entry| files.number(entry));
            }
            let head = |row: &Row| entries.get(row.article as usize)?.head.as_ref();
            for head in rows.iter().filter_map(head) {
                titles.extend_from_slice(reader.text(&head.title).as_bytes());
            }
            if let Some(away) = &mut away {
                away(std::mem::take(&mut titles));
            }
            parts.push(pack(&Part { rows, files: files.all, titles }));
        }
        drop(rows);
        let order = order.iter().map(|ix| ix.0).collect();
        let common = Self { credits, parts: parts.len() as u32, order, articles: entries.len() as u32 };
        std::iter::once(pack(&common)).chain(parts).collect()
    }

    /// Reads the rows that follow, and puts them into a snapshot; gives the bytes of the headlines that stay in the file, or `None`
    /// where the rows are damaged.
    pub fn put(self, picture: &mut Picture, snapshot: &mut Snapshot) -> Option<u64> {
        let credits: Vec<Arc<Credit>> = self.credits.into_iter().map(Arc::new).collect();
        let mut entries = Entries::default();
        entries.grow(self.articles as usize);
        let (file, behind) = picture.behind();
        let mut away = 0;
        for _ in 0..self.parts {
            let Part { rows, files, titles } = picture.part()?;
            let files: Vec<(Arc<Path>, i64)> = files
                .into_iter()
                .map(|(path, time)| (PathBuf::from(OsString::from_vec(path)).into(), time))
                .collect();
            let lengths: Vec<u32> = rows.iter().map(|r| r.head.as_ref().map_or(0, |h| h.title)).collect();
            let len = lengths.iter().map(|len| *len as usize).sum::<usize>();
            let titles = if titles.is_empty() {
                away += len as u64;
                Bytes::There { file: Arc::clone(&file), at: behind + away - len as u64, len }
            } else {
                Bytes::Here(titles)
            };
            for (row, title) in rows.into_iter().zip(Title::parted(titles, lengths)) {
                let (path, modified) = files.get(row.file as usize)?.clone();
                let head = match row.head {
                    None => None,
                    Some(h) => Some(Head {
                        title,
                        titled: h.titled,
                        credit: Arc::clone(credits.get(h.credit as usize)?),
                        published: h.published,
                        words: h.words,
                        lang: h.lang,
                        format: h.format,
                        flawed: h.flawed,
                    }),
                };
                *entries.get_mut(row.article as usize)? =
                    Entry { id: row.id, path, record: row.record, modified, head };
            }
        }
        let count = entries.len();
        let order: Vec<ArticleIx> =
            self.order.into_iter().map(ArticleIx).filter(|ix| (ix.0 as usize) < count).collect();
        snapshot.entries = Arc::new(entries);
        snapshot.order = Arc::new(order);
        Some(away)
    }
}

impl Rest {
    /// The parts of a picture behind the rows; `None` where one is damaged.
    pub fn read(picture: &mut Picture) -> Option<Self> {
        Some(Self {
            refused: picture.part()?,
            entities: picture.part()?,
            relations: picture.part()?,
            stories: picture.part()?,
            places: picture.part()?,
            segments: picture.part()?,
            spellings: picture.part()?,
        })
    }

    /// Puts names, relations, stories and index into a snapshot; words and spellings stay in the picture, from a byte of its file on.
    pub fn put(self, snapshot: &mut Snapshot, (file, mut at): (Arc<File>, u64)) {
        let mut next = |length: usize| {
            at += length as u64;
            at - length as u64
        };
        let from = next(self.entities.rest());
        snapshot.entities = self.entities.on(&file, from).into();
        let from = next(self.relations.rest());
        snapshot.relations = self.relations.on(&file, from).into();
        let holders =
            Bytes::There { file: Arc::clone(&file), at: next(self.places.rest()), len: self.places.rest() };
        let mut open = |kept: Kept| {
            let from = next(kept.rest());
            kept.on(&file, from)
        };
        let segments = self.segments.into_iter().map(&mut open).collect();
        let spellings = self.spellings.into_iter().map(&mut open).collect();
        snapshot.index = Index::of(segments, NameIndex { places: self.places, holders, spellings }).into();
        snapshot.stories = self.stories.into();
    }
}

/// What is kept of a snapshot.
pub struct Parts<'a> {
    /// What is read as a whole, packed.
    pub packed: Vec<Vec<u8>>,
    /// What stays in the file and is read as it is wanted.
    pub loose: Vec<Cow<'a, Bytes>>,
}

/// The parts of a picture; what is large is put away until it is kept.
pub fn parts<'a>(snapshot: &'a Snapshot, refused: &[(PathBuf, Problem)], drawer: &mut Drawer) -> Parts<'a> {
    let order = &snapshot.order;
    let front = &order[..order.len().min(FRONT)];
    let names = &snapshot.index.names;
    let (entities, first) = roster::parts(&snapshot.entities, snapshot.entries.len(), drawer);
    let (relations, second) = lists::parts(&snapshot.relations, drawer);
    // In the order of [`Rest::put`], headlines first.
    let mut titles = Vec::new();
    let mut away = |part| titles.push(Cow::Owned(drawer.put(Bytes::Here(part))));
    let all = Rows::pack(snapshot, 0..snapshot.entries.len() as u32, order, Some(&mut away));
    let mut loose: Vec<Cow<'a, Bytes>> = titles;
    loose.extend(first.into_iter().chain(second).map(Cow::Owned));
    loose.push(Cow::Borrowed(&names.holders));
    let mut outline = |segment: &'a Segment| {
        let (kept, rest) = segment.parts();
        loose.extend(rest.map(Cow::Borrowed));
        kept
    };
    let segments: Vec<Kept> = snapshot.index.segments().iter().map(|s| outline(s)).collect();
    let spellings: Vec<Kept> = names.spellings.iter().map(&mut outline).collect();
    let mut packed = Rows::pack(snapshot, front.iter().map(|ix| ix.0), front, None);
    packed.extend(all);
    // In the order of [`Rest::read`].
    packed.extend([pack(&refused), pack(&entities), pack(&relations), pack(&*snapshot.stories)]);
    packed.extend([pack(&names.places), pack(&segments), pack(&spellings)]);
    Parts { packed, loose }
}

/// What files look like from outside; `None` where that says nothing about what is in them.
pub fn looks(files: &[Found]) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    };
    for found in files {
        add(found.path.as_os_str().as_encoded_bytes());
        match (&found.stored, found.stamp) {
            (Some((digest, line)), _) => {
                add(digest.as_bytes());
                add(&line.to_le_bytes());
                add(&[found.format as u8]);
            }
            (None, Some(stamp)) => {
                add(&stamp.size.to_le_bytes());
                add(&stamp.modified.to_le_bytes());
            }
            (None, None) => return None,
        }
    }
    Some(hasher.finalize().to_hex().to_string())
}

/// What was worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Articles.
    Articles,
    /// Names as well.
    Names,
    /// Relations and stories as well.
    Relations,
}

impl Depth {
    /// All, the deepest first.
    pub const ALL: [Self; 3] = [Self::Relations, Self::Names, Self::Articles];

    fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Names => "names",
            Self::Relations => "relations",
        }
    }
}

/// The key of a picture: what the files look like, what is in it, and the texts of the reader's decisions.
pub fn key(looks: &str, depth: Depth, decisions: [&str; 2]) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in [looks, depth.name()].iter().chain(&decisions) {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}
