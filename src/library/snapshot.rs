//! What readers see: one immutable state of everything; the writer publishes the next.

use std::path::PathBuf;
use std::sync::Arc;

use crate::article::{Article, Plain, Problem};
use crate::entity::{Entities, EntityIx, Names};
use crate::story::{Relations, Stories};

/// Index of an article; stays the same in all snapshots of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleIx(pub u32);

/// One article of the library.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// 12 hexadecimal digits of the digest of its bytes (`-2`, `-3` … for later ones with the same bytes); before it is read, empty.
    pub id: String,
    /// Where it was read from.
    pub path: PathBuf,
    /// Line in a JSON Lines file, from 1; 0 for a file of its own.
    pub record: u32,
    /// The file's time, seconds since 1970.
    pub modified: i64,
    /// `None` until it is read.
    pub read: Option<Arc<Read>>,
}

/// An article that has been read.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The article.
    pub article: Article,
    /// Its plain text.
    pub plain: Plain,
    /// Its names (empty until the names pass came by).
    pub names: Option<Arc<Names>>,
    /// Words of title, lead and body.
    pub words: u32,
}

/// How far the work on a folder has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Looking for files.
    #[default]
    Listing,
    /// Reading articles.
    Reading,
    /// Finding and joining names.
    Naming,
    /// Relating articles.
    Relating,
    /// All is there.
    Done,
}

/// Progress of the stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Which stage.
    pub stage: Stage,
    /// Done.
    pub done: usize,
    /// Of how many (0: not known).
    pub total: usize,
}

/// One immutable state of everything. Parts are shared: making the next one is cheap.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Grows by one with each publication.
    pub generation: u64,
    /// By [`ArticleIx`].
    pub entries: Arc<Vec<Entry>>,
    /// All articles, newest first (by publication, else file time); what was not read yet stands by file time.
    pub order: Arc<Vec<ArticleIx>>,
    /// Entities; complete once the stage is past naming.
    pub entities: Arc<Entities>,
    /// Relations; complete once the stage is done.
    pub relations: Arc<Relations>,
    /// Stories; complete once the stage is done.
    pub stories: Arc<Stories>,
    /// Inputs that gave no article: path and problem.
    pub problems: Arc<Vec<(PathBuf, Problem)>>,
    /// How far the work has come.
    pub progress: Progress,
}

impl Snapshot {
    /// An article by index.
    pub fn entry(&self, ix: ArticleIx) -> Option<&Entry> {
        self.entries.get(ix.0 as usize)
    }

    /// The distinct entities of an article with their number of mentions there.
    pub fn entities_of(&self, ix: ArticleIx) -> Vec<(EntityIx, u32)> {
        self.entities.in_article(ix.0 as usize)
    }
}
