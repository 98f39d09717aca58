//! What readers see: one immutable state of everything; the writer publishes the next.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::EcoString;
use jiff::civil::Date;
use rayon::prelude::*;

use super::columns::{Columns, Lazy};
use super::compact::Compact;
use super::entries::Entries;
use super::index::Index;
use super::marks::Marks;
use super::query::Views;
use super::store::States;
use super::texts::Texts;
use super::titles::Title;
use crate::article::{Article, Dated, Format, Lang, Plain, Precision, Problem, ProblemKind, When};
use crate::entity::{Entities, EntityIx, Mention, Names, Repairs};
use crate::story::{Relations, Stories};

/// Articles whose texts are fetched at once.
const AT_ONCE: usize = 16;

/// Index of an article; stays the same in all snapshots of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleIx(pub u32);

/// One article of the library: where it is, and what a row of the list says of it. Its text is fetched by [`Snapshot::read`].
#[derive(Debug, Clone)]
pub struct Entry {
    /// 12 hexadecimal digits of the digest of its bytes (`-2`, `-3` … for later ones with the same bytes); before it is read, empty.
    pub id: EcoString,
    /// Where it was read from.
    pub path: Arc<Path>,
    /// First line in a file of several articles, from 1; 0 for a file of its own.
    pub record: u32,
    /// The file's time, seconds since 1970.
    pub modified: i64,
    /// `None` until it is read.
    pub head: Option<Head>,
}

/// What order, rows, filters and counts need of an article that has been read.
#[derive(Debug, Clone)]
pub struct Head {
    /// The headline, or the first words; may be empty.
    pub title: Title,
    /// It is the headline.
    pub titled: bool,
    /// Who put it out.
    pub credit: Arc<Credit>,
    /// When it was published, as far as known.
    pub(super) published: Compact,
    /// Words of title, lead and body.
    pub words: u32,
    /// The language of the body.
    pub lang: Lang,
    /// How its bytes are read.
    pub format: Format,
    /// It has problems that are worth telling.
    pub flawed: bool,
}

/// Who put an article out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Credit {
    /// The outlet that the text credits.
    pub source: Option<Box<str>>,
    /// The site that put this copy out, when the text names one other than `source`.
    pub site: Option<Box<str>>,
}

impl Head {
    /// Of an article, with its headline; `shared` gives one copy of what many articles have in common.
    pub fn of(
        read: &Read,
        title: Title,
        format: Format,
        shared: &mut dyn FnMut(Credit) -> Arc<Credit>,
    ) -> Self {
        let article = &read.article;
        let name = |name: &Option<String>| name.as_deref().map(Box::from);
        Self {
            title,
            titled: article.title.is_some(),
            credit: shared(Credit { source: name(&article.source), site: name(&article.site) }),
            published: article.published.as_ref().map(Dated::when).into(),
            words: read.words,
            lang: article.lang,
            format,
            flawed: article.problems.iter().any(|p| p.kind != ProblemKind::Empty),
        }
    }

    /// The outlet: what the text credits, else the site that put the copy out.
    pub fn outlet(&self) -> Option<&str> {
        self.credit.source.as_deref().or(self.credit.site.as_deref())
    }

    /// Who put this copy out: the site whose page it is, else the outlet that the text credits.
    pub fn publisher(&self) -> Option<&str> {
        self.credit.site.as_deref().or(self.credit.source.as_deref())
    }
}

/// What articles are listed by; see [`Entry::rank`].
pub type Rank = (bool, bool, i64);

impl Default for Entry {
    fn default() -> Self {
        Self { id: "".into(), path: Path::new("").into(), record: 0, modified: 0, head: None }
    }
}

impl Entry {
    /// Whether it has been read.
    pub fn is_read(&self) -> bool {
        self.head.is_some()
    }

    /// The digest part of the id: what the reader's own data is kept by, the same for copies of one file.
    pub fn digest(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// Whether an earlier article has the same bytes.
    pub(super) fn is_twin(&self) -> bool {
        self.id.len() > self.digest().len()
    }

    /// Minutes since 1970 for sorting: of publication, else of the file.
    pub fn minutes(&self) -> i64 {
        self.dated().and_then(Compact::minutes).unwrap_or_else(|| self.modified.div_euclid(60))
    }

    fn dated(&self) -> Option<Compact> {
        self.head.as_ref().map(|head| head.published)
    }

    /// When it was published, once it is read.
    pub fn published(&self) -> Option<When> {
        self.dated()?.when()
    }

    /// What articles are listed by, the smallest first: the newest publication; then those that only their file dates, which is
    /// the time of saving and would put old news above today's; last what was not read yet.
    pub fn rank(&self) -> Rank {
        let dated = self.dated().is_some_and(|at| at.stated(Precision::Year).is_some());
        (!self.is_read(), !dated, -self.minutes())
    }

    /// Minutes since 1970 of a publication that the text itself dates to the day or better: what may be compared
    /// between articles. The file's time is not such a date.
    pub fn stated_minutes(&self) -> Option<i64> {
        self.dated()?.stated(Precision::Day)
    }

    /// The headline (or first words) once it is read, else the file's name; safe to show.
    pub fn title(&self) -> String {
        let title = self.head.as_ref().map(|head| head.title.text()).unwrap_or_default();
        match title {
            title if !title.is_empty() => title.into_owned(),
            _ => self.path.file_name().map_or_else(|| self.shown_path(), |n| shown(&n.to_string_lossy())),
        }
    }

    /// The outlet: what the text credits, else the site that put the copy out.
    pub fn outlet(&self) -> Option<&str> {
        self.head.as_ref()?.outlet()
    }

    /// Who put this copy out: the site whose page it is, else the outlet that the text credits.
    pub fn publisher(&self) -> Option<&str> {
        self.head.as_ref()?.publisher()
    }

    /// The path as it may be shown: bytes that are no UTF-8 and characters that act on a terminal are replaced.
    pub fn shown_path(&self) -> String {
        shown(&self.path.to_string_lossy())
    }
}

/// How many files gave problems: a file of many articles may have many, and is one file.
pub fn files_in_trouble(snapshot: &Snapshot) -> usize {
    snapshot.problems.iter().map(|(path, _)| path).collect::<rustc_hash::FxHashSet<_>>().len()
}

/// A file name as it may be shown: names come from outside as well.
pub fn shown(name: &str) -> String {
    crate::text::clean(name).0.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// The whole of an article that has been read.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The article; shared, so that adding names to a read article copies no text.
    pub article: Arc<Article>,
    /// Its plain text.
    pub plain: Arc<Plain>,
    /// Its names (empty until the names pass came by).
    pub names: Option<Arc<Names>>,
    /// Words of title, lead and body.
    pub words: u32,
}

/// How far the work on a folder has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
    pub entries: Arc<Entries>,
    /// Their texts.
    pub texts: Arc<Texts>,
    /// All articles, newest first; below them those without a date of their own, then what was not read yet, both by file time.
    pub order: Arc<Vec<ArticleIx>>,
    /// Entities; complete once the stage is past naming.
    pub entities: Arc<Entities>,
    /// The reader's decisions that the entities follow.
    pub repairs: Arc<Repairs>,
    /// Relations; complete once the stage is done.
    pub relations: Arc<Relations>,
    /// Stories; complete once the stage is done.
    pub stories: Arc<Stories>,
    /// Inputs that gave no article: path and problem.
    pub problems: Arc<Vec<(PathBuf, Problem)>>,
    /// Files of the folders that are no articles (pictures, archives, READMEs …): not read, not a problem.
    pub skipped: usize,
    /// How far the work has come.
    pub progress: Progress,
    /// The day on which the library was opened: what `date:3d` counts from.
    pub today: Date,
    /// Which word and which entity stands in which articles.
    pub index: Arc<Index>,
    /// What the reader did with the articles; whoever holds the states puts it there ([`Snapshot::mark`]).
    pub marks: Arc<Marks>,
    /// The reader's saved views; whoever holds them puts them there.
    pub views: Arc<Views>,
    /// What is counted without looking at the entries.
    pub columns: Lazy,
}

impl Snapshot {
    /// An article by index.
    pub fn entry(&self, ix: ArticleIx) -> Option<&Entry> {
        self.entries.get(ix.0 as usize)
    }

    /// Outlets, months and languages of all articles.
    pub(super) fn columns(&self) -> &Columns {
        self.columns.of(&self.entries)
    }

    /// The whole of an article; `None` until it is read.
    pub fn read(&self, ix: ArticleIx) -> Option<Arc<Read>> {
        self.texts.get(ix, self.entry(ix).filter(|e| e.is_read())?)
    }

    /// What `work` makes of each of many articles, on all threads, in the given order; `None` for those that are not read.
    pub fn each<T: Send>(
        &self,
        articles: &[ArticleIx],
        work: impl Fn(ArticleIx, &Read) -> T + Sync,
    ) -> Vec<Option<T>> {
        let some = |part: &[ArticleIx]| {
            let entry = |&ix| Some((ix, self.entry(ix).filter(|e| e.is_read())?));
            let there: Vec<Option<(ArticleIx, &Entry)>> = part.iter().map(entry).collect();
            let wanted: Vec<(ArticleIx, &Entry)> = there.iter().copied().flatten().collect();
            let mut texts = self.texts.pass(&wanted).into_iter();
            let mut done = |(ix, _)| texts.next().flatten().map(|read| work(ix, &read));
            there.into_iter().map(|there| there.and_then(&mut done)).collect::<Vec<_>>()
        };
        articles.par_chunks(AT_ONCE).flat_map_iter(some).collect()
    }

    /// Puts the reader's marks on the articles.
    pub fn mark(&mut self, states: &States) {
        self.marks = Arc::new(Marks::of(&self.entries, states));
    }

    /// The same, where only the states of some articles are others than at the last time.
    pub fn mark_some(&mut self, articles: impl Iterator<Item = ArticleIx>, states: &States) {
        let articles: Vec<ArticleIx> = articles.collect();
        if !Arc::make_mut(&mut self.marks).follow(&self.entries, &articles, states) {
            self.mark(states);
        }
    }

    /// The distinct entities of an article with their number of mentions there.
    pub fn entities_of(&self, ix: ArticleIx) -> Vec<(EntityIx, u32)> {
        self.entities.in_article(ix.0 as usize)
    }

    /// The mentions of an entity in an article, each with its text and the article's language.
    pub fn mentions_of(&self, article: ArticleIx, entity: EntityIx) -> Vec<(String, Mention, Lang)> {
        let Some(read) = self.read(article) else { return Vec::new() };
        let of = self.entities.of(article.0 as usize);
        let mentions = read.names.as_deref().map_or(&[][..], |n| n.mentions.as_slice());
        let own = mentions.iter().zip(of.iter()).filter(|(_, of)| **of == entity).map(|(mention, _)| mention);
        let text = |m: &Mention| read.plain.text.get(m.start as usize..m.end as usize).map(str::to_owned);
        own.filter_map(|m| Some((text(m)?, *m, read.article.lang))).collect()
    }
}
