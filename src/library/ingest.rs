//! From paths to snapshots, in passes on worker threads.
//!
//! Owns: the order of work (list, read, names, relations), batches that double so that a screenful is there at once and long
//! passes cost few publications, publishing after each, heeding a decision of the reader about names at once, catching faults of
//! ours per article.
//! Refuses: to stop for a bad input: it becomes a problem and the rest goes on.
//! Tests: `tests/it/folder.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rayon::prelude::*;

use super::files::{self, Found, Listing};
use super::ids;
use super::index::{Doc, Segment, count_words};
use super::ledger::Ledger;
use super::snapshot::{ArticleIx, Entry, Progress, Read, Snapshot, Stage};
use super::source::{Input, Source};
use crate::article::{self, Article, Basis, Dated, Format, Plain, Precision, Problem, ProblemKind};
use crate::entity::{Names, Recogniser};
use crate::story::{Features, relate, thread};

/// Articles of the first batch: more than a screenful, read before a finger has left the key.
const FIRST: usize = 64;
/// Articles of a batch at most: with more, the progress bar would stand still for seconds.
const LARGEST: usize = 8192;
/// Related articles that are kept for each article.
const NEIGHBOURS: usize = 20;
/// Vietnam's distance from UTC in minutes: the zone in which a file's time is told.
const ZONE: i16 = 7 * 60;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct Ingest {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Which passes are wanted: reading always; names; relations.
    pub names: bool,
    /// Relations (needs names).
    pub relations: bool,
    /// What came from standard input, where `-` is among the paths.
    pub stdin: Option<Arc<[u8]>>,
    /// The reader's decisions about names; they may change at any time, from any thread.
    pub ledger: Arc<Ledger>,
    /// What is wrong in the file of decisions: path and problem.
    pub faults: Vec<(PathBuf, Problem)>,
    /// Set to end the work early, from any thread.
    pub cancel: Arc<AtomicBool>,
}

impl Ingest {
    /// Runs all passes, handing each new snapshot to `publish`; ends early when `publish` gives `false` or `cancel` is set.
    pub fn run(&self, publish: &mut dyn FnMut(Arc<Snapshot>) -> bool) -> Arc<Snapshot> {
        let mut work = Work::new(self, publish);
        work.all();
        work.last
    }

    /// [`Ingest::run`], then a new snapshot for each change of the decisions, until `publish` gives `false`.
    pub fn serve(&self, publish: &mut dyn FnMut(Arc<Snapshot>) -> bool) {
        let mut work = Work::new(self, publish);
        work.all();
        while !work.closed {
            self.ledger.wait(work.version);
            work.heed();
        }
    }
}

/// Runs an ingest to its end, for the command line.
pub fn load(paths: &[PathBuf], names: bool, relations: bool) -> Arc<Snapshot> {
    Ingest { paths: paths.to_vec(), names, relations, ..Ingest::default() }.run(&mut |_| true)
}

/// The batch sizes of a pass.
fn batches() -> impl Iterator<Item = usize> {
    std::iter::successors(Some(FIRST), |n| Some((n * 2).min(LARGEST)))
}

/// The state of one run: the next snapshot in the making.
struct Work<'a> {
    plan: &'a Ingest,
    publish: &'a mut dyn FnMut(Arc<Snapshot>) -> bool,
    next: Snapshot,
    /// By article: it takes part (inputs that gave no article do not).
    alive: Vec<bool>,
    last: Arc<Snapshot>,
    twins: ids::Twins,
    /// Number of the decisions that the last joining heeded.
    version: u64,
    /// The rest of the work is not wanted.
    stopped: bool,
    /// Nobody wants snapshots any more.
    closed: bool,
}

/// What one input gave.
enum Outcome {
    Read { digest: String, read: Read },
    Failed(Problem),
}

impl<'a> Work<'a> {
    fn new(plan: &'a Ingest, publish: &'a mut dyn FnMut(Arc<Snapshot>) -> bool) -> Self {
        let next = Snapshot { today: local(now()).date(), ..Snapshot::default() };
        Self {
            plan,
            publish,
            next,
            alive: Vec::new(),
            last: Arc::default(),
            twins: ids::Twins::default(),
            version: 0,
            stopped: false,
            closed: false,
        }
    }

    fn all(&mut self) {
        let files = self.list();
        self.read(files);
        if (self.plan.names || self.plan.relations) && !self.stopped {
            self.name();
        }
        if self.plan.relations && !self.stopped {
            self.relate();
        }
        self.done();
    }

    fn done(&mut self) {
        let total = self.next.order.len();
        self.put(Stage::Done, total, total);
    }

    /// Makes changed decisions seen at once; then relates anew, since shared names are part of every score.
    fn heed(&mut self) {
        self.join();
        if self.plan.relations && !self.stopped {
            self.relate();
        }
        self.done();
    }

    /// Publishes the state so far.
    fn put(&mut self, stage: Stage, done: usize, total: usize) {
        self.next.generation += 1;
        self.next.progress = Progress { stage, done, total };
        self.last = Arc::new(self.next.clone());
        let wanted = (self.publish)(Arc::clone(&self.last));
        self.closed |= !wanted;
        self.stopped |= self.closed || self.plan.cancel.load(Ordering::Relaxed);
    }

    fn sort(&mut self) {
        // What was not read yet stands last: files that are newer than their articles would bury those for the whole pass.
        let mut keys: Vec<(bool, i64, &Path, u32, ArticleIx)> = (0..)
            .zip(self.next.entries.iter())
            .filter(|(n, _)| self.alive[*n as usize])
            .map(|(n, e)| (e.read.is_none(), -e.minutes(), e.path.as_path(), e.record, ArticleIx(n)))
            .collect();
        keys.par_sort_unstable();
        self.next.order = Arc::new(keys.into_iter().map(|k| k.4).collect());
    }

    /// Finds the files and publishes them unread: the list can be drawn before any file is opened.
    fn list(&mut self) -> Vec<Found> {
        let Listing { mut files, problems, skipped } = files::list(&self.plan.paths);
        self.next.problems = Arc::new(problems);
        self.next.skipped = skipped;
        if self.plan.paths.iter().any(|p| p.as_os_str() == "-") {
            let format = sniff(self.plan.stdin.as_deref().unwrap_or_default());
            files.insert(0, Found { path: "-".into(), modified: now(), format });
        }
        let entries =
            files.iter().map(|f| Entry { path: f.path.clone(), modified: f.modified, ..Entry::default() });
        self.next.entries = Arc::new(entries.collect());
        self.alive = vec![true; files.len()];
        self.sort();
        let total = files.len();
        self.put(Stage::Reading, 0, total);
        files
    }

    fn read(&mut self, files: Vec<Found>) {
        let mut source = Source::new(files, self.plan.stdin.clone());
        for size in batches() {
            let inputs = source.batch(size);
            if inputs.is_empty() || self.stopped {
                break;
            }
            let outcomes: Vec<(Input, Outcome)> = inputs
                .into_par_iter()
                .map(|input| {
                    let outcome = guarded(&input);
                    (input, outcome)
                })
                .collect();
            self.take(outcomes);
            let total = self.next.entries.len();
            self.put(Stage::Reading, source.done(), total);
        }
        ids::settle(Arc::make_mut(&mut self.next.entries).as_mut_slice());
        self.sort();
    }

    /// Adds what a batch gave to the next snapshot.
    fn take(&mut self, outcomes: Vec<(Input, Outcome)>) {
        let entries = Arc::make_mut(&mut self.next.entries);
        let mut fresh: Vec<(u32, Arc<Plain>)> = Vec::with_capacity(outcomes.len());
        for (input, outcome) in outcomes {
            let at = if input.first {
                input.file
            } else {
                let first = &entries[input.file];
                let (path, modified) = (first.path.clone(), first.modified);
                entries.push(Entry { path, modified, ..Entry::default() });
                self.alive.push(true);
                entries.len() - 1
            };
            entries[at].record = input.record;
            match outcome {
                Outcome::Read { digest, read } => {
                    fresh.push((at as u32, Arc::clone(&read.plain)));
                    entries[at].id = digest;
                    entries[at].read = Some(Arc::new(read));
                }
                Outcome::Failed(problem) => {
                    self.alive[at] = false;
                    Arc::make_mut(&mut self.next.problems).push((entries[at].path.clone(), problem));
                }
            }
        }
        self.twins.part(entries, fresh.iter().map(|f| f.0 as usize));
        let docs: Vec<Doc<'_>> = fresh.iter().map(|(n, plain)| (*n, vec![plain.text.as_str()])).collect();
        Arc::make_mut(&mut self.next.index).add(Segment::build(&docs));
        self.sort();
    }

    /// Finds the names of all articles in the order of the list, newest first. Names are joined, and shown, each time twice as many are
    /// there: joining looks at all articles, and so costs no more than twice the last time in all.
    fn name(&mut self) {
        let recogniser = Recogniser::load();
        let order = Arc::clone(&self.next.order);
        let total = order.len();
        let (mut done, mut joined) = (0, 0);
        let mut found: Vec<(ArticleIx, Result<Names, Problem>)> = Vec::new();
        Arc::make_mut(&mut self.next.problems).extend(self.plan.faults.iter().cloned());
        self.put(Stage::Naming, 0, total);
        for size in batches() {
            let batch = &order[done..(done + size).min(total)];
            if batch.is_empty() || self.stopped {
                break;
            }
            let entries = &self.next.entries;
            found.par_extend(batch.par_iter().filter_map(|&ix| {
                let read = entries[ix.0 as usize].read.as_ref()?;
                Some((ix, caught("finding names", || recogniser.names(&read.plain))))
            }));
            done += batch.len();
            if done >= 2 * joined || done == total || self.plan.ledger.is_past(self.version) {
                self.add_names(std::mem::take(&mut found));
                self.join();
                joined = done;
            }
            self.put(Stage::Naming, done, total);
        }
    }

    fn add_names(&mut self, found: Vec<(ArticleIx, Result<Names, Problem>)>) {
        let entries = Arc::make_mut(&mut self.next.entries);
        for (ix, names) in found {
            let Some(read) = &mut entries[ix.0 as usize].read else { continue };
            let mut named = Read::clone(read);
            match names {
                Ok(names) => named.names = Some(Arc::new(names)),
                Err(problem) => Arc::make_mut(&mut named.article).problems.push(problem),
            }
            *read = Arc::new(named);
        }
    }

    fn join(&mut self) {
        let (version, repairs) = self.plan.ledger.now();
        self.version = version;
        self.next.rejoin(repairs);
    }

    /// Relates all articles; when the reader decides something about names meanwhile, that is seen first, and all begins anew.
    fn relate(&mut self) {
        let total = self.next.order.len();
        loop {
            self.put(Stage::Relating, 0, total);
            let (ledger, version) = (Arc::clone(&self.plan.ledger), self.version);
            self.relate_once(&|| ledger.is_past(version));
            if self.closed || !ledger.is_past(version) {
                return;
            }
            self.join();
        }
    }

    /// One pass over all articles; what a pass that was `outdated` found is not taken.
    fn relate_once(&mut self, outdated: &(dyn Fn() -> bool + Sync)) {
        let snapshot = Arc::clone(&self.last);
        let features: Vec<Features> = snapshot
            .entries
            .par_iter()
            .map(|e| {
                let read = e.read.as_ref();
                read.and_then(|r| caught("relating", || Features::of(&r.article, &r.plain)).ok())
                    .unwrap_or_default()
            })
            .collect();
        let outlets: Vec<Option<String>> = snapshot
            .entries
            .iter()
            .map(|e| e.read.as_ref()?.article.publisher().map(str::to_lowercase))
            .collect();
        let inputs: Vec<crate::story::Input<'_>> = (0..)
            .zip(features.iter().zip(&outlets))
            .map(|(n, (features, outlet))| crate::story::Input {
                features,
                entities: snapshot.index.entities(ArticleIx(n)).collect(),
                minutes: snapshot.entries[n as usize].stated_minutes(),
                outlet: outlet.as_deref(),
            })
            .collect();
        let cancel = Arc::clone(&self.plan.cancel);
        let relations = relate(&inputs, NEIGHBOURS, &|| cancel.load(Ordering::Relaxed) || outdated());
        // A pass that was ended early is better than none, but no better than an earlier whole one.
        if outdated() || (cancel.load(Ordering::Relaxed) && !self.next.relations.of.is_empty()) {
            return;
        }
        let keys: Vec<&str> = snapshot.entries.iter().map(|e| e.id.as_str()).collect();
        let titles: Vec<String> = snapshot.entries.iter().map(Entry::title).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        self.next.stories = Arc::new(thread(&inputs, &relations, &keys, &titles));
        self.next.relations = Arc::new(relations);
    }
}

/// Runs a step on one article; a panic, a fault of ours, becomes a problem of that article.
fn caught<T>(doing: &str, step: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|_| Problem {
        kind: ProblemKind::Internal,
        message: format!("{doing} failed by a fault in diembao; please report it with this file"),
        line: 0,
    })
}

fn guarded(input: &Input) -> Outcome {
    match caught("reading", || read_one(input)) {
        Ok(outcome) => outcome,
        Err(problem) => Outcome::Failed(files::problem(problem.kind, &input.path, &problem.message)),
    }
}

fn read_one(input: &Input) -> Outcome {
    let (bytes, over) = match input.bytes() {
        Ok(found) => found,
        Err(problem) => return Outcome::Failed(problem),
    };
    if article::is_binary(&bytes) {
        let what = "is not text and was not read. Save the page as text, Markdown or JSON Lines";
        return Outcome::Failed(files::problem(ProblemKind::Binary, &input.path, what));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let what = if input.path == Path::new("-") {
            "(standard input) is empty. Give it an article: diembao list - < FILE"
        } else {
            "is empty. Save the page again"
        };
        return Outcome::Failed(files::problem(ProblemKind::Empty, &input.path, what));
    }
    let mut article = article::parse(&bytes, input.format);
    article.problems.extend(over);
    if article.published.is_none() {
        article.published = file_time(input.modified);
    }
    let plain = Plain::of(&article);
    let words = words(&article) as u32;
    let read = Read { article: Arc::new(article), plain: Arc::new(plain), names: None, words };
    Outcome::Read { digest: ids::digest(&bytes), read }
}

/// Words of title, lead and body.
fn words(article: &Article) -> usize {
    let head = [&article.title, &article.lead];
    let head: usize = head.iter().filter_map(|t| t.as_deref()).map(count_words).sum();
    head + article.blocks.iter().map(|b| count_words(&b.text)).sum::<usize>()
}

/// The last resort for a publication date.
fn file_time(seconds: i64) -> Option<Dated> {
    (seconds != 0).then(|| Dated {
        at: local(seconds),
        precision: Precision::Minute,
        zone: Some(ZONE),
        basis: Basis::FileTime,
        evidence: "the file's time".to_owned(),
        line: 0,
    })
}

fn local(seconds: i64) -> DateTime {
    let offset = Offset::from_seconds(i32::from(ZONE) * 60).unwrap_or(Offset::UTC);
    offset.to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| i64::try_from(t.as_secs()).unwrap_or(0))
}

/// How bytes without a telling name are read: a line that begins an object is JSON Lines, all else a dump.
pub(super) fn sniff(bytes: &[u8]) -> Format {
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'{') { Format::JsonLine } else { Format::Dump }
}
