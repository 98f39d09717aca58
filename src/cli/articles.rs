//! Loading what the paths name, choosing articles by query, id or path, and reporting problems.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use super::{Exit, WrongCall, args};
use crate::app::Lang;
use crate::article::ProblemKind;
use crate::config;
use crate::library::{
    ArticleIx, Entry, Field, Ingest, Ledger, NamesFile, Query, Read, Snapshot, StoriesFile, UserStore, shown,
};

/// Which passes a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// The paths; none where the library is meant, which then is not empty; else `seeds` here.
pub fn given_or_sample(paths: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    if !paths.is_empty() {
        return Ok(paths);
    }
    if let Some(store) = config::data_folder().map(|f| UserStore::open_existing(&f)).transpose()?.flatten()
        && store.has_articles()?
    {
        return Ok(Vec::new());
    }
    let sample = Path::new("seeds");
    if sample.is_dir() {
        return Ok(vec![sample.to_owned()]);
    }
    Err(WrongCall("there is nothing to read: no PATH was given, the library is empty, and there is no folder `seeds` here. Name files or folders, e.g. `diembao list ~/articles`, or put them into the library: `diembao add ~/articles`".into()).into())
}

impl Articles {
    /// Reads what the arguments name.
    pub fn load(from: &args::From, need: Need) -> anyhow::Result<Self> {
        let query = from.query.as_deref().map(query).transpose()?;
        let names = need != Need::Articles || query.as_ref().is_some_and(uses_names);
        let mut snapshot = read(&from.paths, names, need == Need::Relations)?;
        let chosen = match &query {
            Some(query) => select(query, &mut snapshot)?,
            None => snapshot.order.as_ref().clone(),
        };
        Ok(Self { snapshot, chosen })
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
                if self.snapshot.order.is_empty() && self.snapshot.skipped > 0 {
                    // When standard error is closed there is nobody to tell.
                    let _ = writeln!(
                        io::stderr(),
                        "diembao: no articles here; {} other files were not looked at: articles are .txt, .md and .jsonl. A web page is saved as text in the browser, or by w3m -dump",
                        self.snapshot.skipped
                    );
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

/// Parses a query of the command line; what is not understood is shown with a caret.
pub fn query(raw: &str) -> anyhow::Result<Query> {
    Query::parse_whole(raw).map_err(|problem| {
        let message = Lang::En.words().fault(&problem.fault);
        WrongCall(format!("the query is not understood\n{}", problem.with_caret(raw, &message))).into()
    })
}

/// Whether a query asks for names, which then have to be found first.
pub fn uses_names(query: &Query) -> bool {
    query.expr.uses(&|field| field.is_name())
}

/// The articles that match; for `is:` the reader's own data is asked.
pub fn select(query: &Query, snapshot: &mut Arc<Snapshot>) -> anyhow::Result<Vec<ArticleIx>> {
    if query.expr.uses(&|field| field == Field::Is)
        && let Some(folder) = config::data_folder()
        && let Some(store) = UserStore::open_existing(&folder)?
    {
        Arc::make_mut(snapshot).mark(&store.states()?);
    }
    Ok(query.select(snapshot, &|| false).unwrap_or_default())
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

/// True for what looks like an id or its beginning.
pub fn is_id(what: &str) -> bool {
    let (digits, twin) = what.split_once('-').unwrap_or((what, "1"));
    (4..=12).contains(&digits.len())
        && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        && twin.bytes().all(|b| b.is_ascii_digit())
}

/// Lists problems on standard error, each with its file, place and remedy; gives their number.
fn report(snapshot: &Snapshot) -> usize {
    let mut err = io::stderr().lock();
    let mut count = 0;
    // When standard error is closed there is nobody to tell.
    for (_, problem) in snapshot.problems.iter() {
        count += 1;
        let _ = writeln!(err, "diembao: {}", problem.message);
    }
    let flawed = |ix: ArticleIx| snapshot.entry(ix).filter(|e| e.head.as_ref().is_some_and(|h| h.flawed));
    for (ix, entry) in snapshot.order.iter().filter_map(|&ix| Some((ix, flawed(ix)?))) {
        let Some(read) = snapshot.read(ix) else { continue };
        for problem in read.article.problems.iter().filter(|p| p.kind != ProblemKind::Empty) {
            count += 1;
            let record = if entry.record > 0 { format!(":{}", entry.record) } else { String::new() };
            let line = if problem.line > 0 { format!(", line {}", problem.line) } else { String::new() };
            let _ = writeln!(err, "diembao: {}{record}{line}: {}", entry.shown_path(), problem.message);
        }
    }
    count
}
