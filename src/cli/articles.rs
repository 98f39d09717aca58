//! Loading what the paths name, choosing articles by query, id or path, and reporting problems.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use super::out::tell;
use super::{Exit, WrongCall, args};
use crate::app::Msg;
use crate::article::ProblemKind;
use crate::config;
use crate::library::{
    ArticleIx, Entry, Field, Ingest, Ledger, NamesFile, Query, QueryProblem, Read, Snapshot, StoriesFile,
    UserStore, Views, ViewsFile, alike, is_id, shown,
};

/// Which passes a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Articles.
    Articles,
    /// Names as well.
    Names,
    /// Relations and stories as well.
    Relations,
}

/// Articles that were read, and which of them a command is about.
pub struct Articles {
    /// All.
    pub snapshot: Arc<Snapshot>,
    /// The chosen ones, newest first.
    pub chosen: Vec<ArticleIx>,
}

/// The paths; none where the library is meant, which then is not empty; else `seeds` here. `None` where there is nothing.
pub fn found(paths: Vec<PathBuf>) -> anyhow::Result<Option<Vec<PathBuf>>> {
    if !paths.is_empty() {
        return Ok(Some(paths));
    }
    if let Some(store) = config::data_folder().map(|f| UserStore::open_existing(&f)).transpose()?.flatten()
        && store.has_articles()?
    {
        return Ok(Some(Vec::new()));
    }
    let sample = Path::new("seeds");
    Ok(sample.is_dir().then(|| vec![sample.to_owned()]))
}

/// [`found`]; that there is nothing is a wrong call.
pub fn given_or_sample(paths: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    if let Some(paths) = found(paths)? {
        return Ok(paths);
    }
    Err(WrongCall("there is nothing to read: no PATH was given, the library is empty, and there is no folder `seeds` here. Name files or folders, e.g. `diembao list ~/articles`, or put them into the library: `diembao add ~/articles`".into()).into())
}

impl Articles {
    /// Reads what the arguments name.
    pub fn load(from: &args::From, need: Need) -> anyhow::Result<Self> {
        let query = from.query.as_deref().map(query).transpose()?;
        let need = query.as_ref().map_or(need, |query| need.max(needed(query)));
        let mut snapshot = read(&from.paths, need != Need::Articles, need == Need::Relations)?;
        let chosen = if let Some(query) = &query {
            select(query, &mut snapshot)?
        } else {
            if let Err(error) = own(&mut snapshot) {
                // Articles are there all the same.
                tell(&format!("{error:#}"));
            }
            snapshot.order.as_ref().clone()
        };
        Ok(Self { snapshot, chosen })
    }

    /// Reads what ids, files and folders name; ids choose among what the rest holds.
    pub fn load_which(which: &args::Which, need: Need) -> anyhow::Result<Self> {
        let (ids, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
            which.what.iter().partition(|w| !w.exists() && w.to_str().is_some_and(is_id));
        let paths = paths.into_iter().cloned().collect();
        let mut articles = Self::load(&args::From { paths, query: which.query.clone() }, need)?;
        if !ids.is_empty() {
            let found = ids.iter().map(|id| find(&articles.snapshot, &id.to_string_lossy()));
            articles.chosen = found.collect::<anyhow::Result<_>>()?;
        }
        Ok(articles)
    }

    /// The chosen entries.
    pub fn entries(&self) -> impl Iterator<Item = (ArticleIx, &Entry)> {
        self.chosen.iter().filter_map(|&ix| Some((ix, self.snapshot.entry(ix)?)))
    }

    /// The chosen articles that have been read, with their texts.
    pub fn texts(&self) -> impl Iterator<Item = (&Entry, Arc<Read>)> {
        self.entries().filter_map(|(ix, entry)| Some((entry, self.snapshot.read(ix)?)))
    }

    /// Lists all problems on standard error and gives the exit code: `found` says whether the command printed anything.
    pub fn finish(&self, found: bool) -> Exit {
        let problems = report(&self.snapshot);
        match (found, problems > 0) {
            (true, false) => Exit::Done,
            (false, false) => {
                match (self.snapshot.order.is_empty(), self.snapshot.skipped) {
                    (false, _) => {}
                    (true, 0) => tell("no articles here: articles are .txt, .html, .md and .jsonl files"),
                    (true, n) => tell(&format!(
                        "no articles here; {n} other files were not looked at: articles are .txt, .html, .md and .jsonl"
                    )),
                }
                Exit::Nothing
            }
            (false, true) if self.snapshot.order.is_empty() => Exit::Failed,
            (_, true) => Exit::Problems,
        }
    }
}

/// Reads paths (standard input included) into a snapshot.
pub fn read(paths: &[PathBuf], names: bool, relations: bool) -> anyhow::Result<Arc<Snapshot>> {
    let paths = given_or_sample(paths.to_vec())?;
    let stdin = stdin(&paths)?;
    let (repairs, mut faults) = names_file().read();
    let (story_repairs, more) = stories_file().read();
    faults.extend(more);
    Ok(Ingest {
        paths,
        names,
        relations,
        stdin,
        ledger: Arc::new(Ledger::new(repairs)),
        story_repairs,
        faults,
        cache: config::cache_folder(),
        library: config::data_folder(),
        ..Ingest::default()
    }
    .run(&mut |_| true))
}

/// Standard input, where it is among the paths.
pub fn stdin(paths: &[PathBuf]) -> anyhow::Result<Option<Arc<[u8]>>> {
    if paths.iter().all(|p| p.as_os_str() != "-") {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
    Ok(Some(Arc::from(bytes)))
}

/// The file of the reader's decisions about names.
pub fn names_file() -> NamesFile {
    NamesFile::within(config::data_folder().as_deref())
}

/// The file of the reader's decisions about stories.
pub fn stories_file() -> StoriesFile {
    StoriesFile::within(config::data_folder().as_deref())
}

/// The file of the saved views.
pub fn views_file() -> ViewsFile {
    ViewsFile::within(config::data_folder().as_deref())
}

/// Parses a query of the command line; what is not understood is shown with a caret.
pub fn query(raw: &str) -> anyhow::Result<Query> {
    Query::parse_whole(raw).map_err(|problem| misunderstood(raw, &problem).into())
}

fn misunderstood(raw: &str, problem: &QueryProblem) -> WrongCall {
    let message = crate::run::lang().words().fault(&problem.fault);
    WrongCall(format!("the query is not understood\n{}", problem.with_caret(raw, &message)))
}

/// The passes that a query needs, with the views that it is made of.
pub fn needed(query: &Query) -> Need {
    needed_by(query, &views_file().read().0, 0)
}

fn needed_by(query: &Query, views: &Views, depth: usize) -> Need {
    // A view that is made of itself is told when articles are chosen.
    let inner = query.views().filter(|_| depth < 16).filter_map(|name| views.get(name));
    inner.map(|inner| needed_by(inner, views, depth + 1)).fold(needs(query), Need::max)
}

fn needs(query: &Query) -> Need {
    if query.asks(&Field::needs_relations) {
        Need::Relations
    } else if query.asks(&|field, _| field.is_name() || field == Field::Said) {
        Need::Names
    } else {
        Need::Articles
    }
}

/// The articles that match, with the reader's own data and views.
pub fn select(query: &Query, snapshot: &mut Arc<Snapshot>) -> anyhow::Result<Vec<ArticleIx>> {
    own(snapshot)?;
    if let Some(problem) = query.missing(snapshot) {
        return Err(misunderstood(&query.raw, &problem).into());
    }
    Ok(query.select(snapshot, &|| false).unwrap_or_default())
}

/// Puts the reader's own data and views on the articles, where there are any.
pub fn own(snapshot: &mut Arc<Snapshot>) -> anyhow::Result<()> {
    let views = views_file().read().0;
    let Some(folder) = config::data_folder() else { return Ok(()) };
    let states = UserStore::open_existing(&folder)?.map(|store| store.states()).transpose()?;
    let snapshot = Arc::make_mut(snapshot);
    snapshot.views = Arc::new(views);
    if let Some(states) = states {
        snapshot.mark(&states);
    }
    Ok(())
}

/// The article that is meant by an id (its first four digits or more) or a path.
pub fn find(snapshot: &Snapshot, what: &str) -> anyhow::Result<ArticleIx> {
    let all = || snapshot.order.iter().filter_map(|&ix| Some((ix, snapshot.entry(ix)?)));
    let exact: Vec<ArticleIx> =
        all().filter(|(_, e)| *e.id == *what || *e.path == *Path::new(what)).map(|(ix, _)| ix).collect();
    let found = if exact.is_empty() && is_id(what) {
        all().filter(|(_, e)| e.id.starts_with(what)).map(|(ix, _)| ix).collect()
    } else if exact.is_empty() {
        let path = Path::new(what);
        all().filter(|(_, e)| e.path.ends_with(path)).map(|(ix, _)| ix).collect()
    } else {
        exact
    };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(WrongCall(format!(
            "no article has the id or path {}; `diembao list` prints ids",
            shown(what)
        ))
        .into()),
        _ => Err(WrongCall(format!(
            "{} articles are meant by {}; give more of the id or path",
            found.len(),
            shown(what)
        ))
        .into()),
    }
}

/// Lists problems on standard error, each with its file, place and remedy; gives their number.
fn report(snapshot: &Snapshot) -> usize {
    let words = crate::run::lang().words();
    let mut count = snapshot.problems.len();
    for (_, message) in alike(&snapshot.problems) {
        tell(&message);
    }
    let flawed = |ix: ArticleIx| snapshot.entry(ix).filter(|e| e.head.as_ref().is_some_and(|h| h.flawed));
    for (ix, entry) in snapshot.order.iter().filter_map(|&ix| Some((ix, flawed(ix)?))) {
        let Some(read) = snapshot.read(ix) else { continue };
        for problem in read.article.problems.iter().filter(|p| p.kind != ProblemKind::Empty) {
            count += 1;
            let record = if entry.record > 0 { format!(":{}", entry.record) } else { String::new() };
            let line = words.count(Msg::LineNumber, problem.line as usize);
            let line = if problem.line > 0 { format!(", {line}") } else { String::new() };
            tell(&format!("{}{record}{line}: {}", entry.shown_path(), words.said(&problem.message)));
        }
    }
    count
}
