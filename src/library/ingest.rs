//! From paths to snapshots, in passes on worker threads.
//!
//! Owns: the order of work (list, read, names, relations), batches that double so that a screenful is there at once and long
//! passes cost few publications, publishing after each, heeding a decision of the reader about names at once, catching faults of
//! ours per article.
//! Refuses: to stop for a bad input: it becomes a problem and the rest goes on.
//! Tests: `tests/it/folder.rs`.

mod follow;
mod linking;
mod naming;
mod opening;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fixedbitset::FixedBitSet;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::bytes::Bytes;
use super::drawer::Drawer;
use super::files::{self, Found, Listing};
use super::ids;
use super::ledger::Ledger;
use super::picture;
use super::reading::{self, Outcome, local, now, sniff};
use super::recall::Memory;
use super::rejoin::Named;
use super::relating::Pieces;
use super::segment::{Doc, Segment};
use super::snapshot::{ArticleIx, Credit, Entry, Head, Progress, Rank, Read, Snapshot, Stage};
use super::source::{Input, Source};
use super::store::{StoreError, UserStore};
use super::titles::Title;
use crate::article::{Plain, Problem, ProblemKind};
use crate::story::{Neighbours, Repairs as StoryRepairs};

/// Articles of the first batch: more than a screenful, read before a finger has left the key.
const FIRST: usize = 64;
/// Articles of a batch at most: with more, the progress bar would stand still for seconds, and their texts would fill the memory.
const LARGEST: usize = 2048;
/// Part of the articles that are shown by which more must be there for these to be shown as well.
const SHOWN: usize = 24;

/// What to open.
#[derive(Debug, Clone, Default)]
pub struct Ingest {
    /// Files and folders; `-` is standard input; none: the library.
    pub paths: Vec<PathBuf>,
    /// The data folder that the library lies in.
    pub library: Option<PathBuf>,
    /// Which passes are wanted: reading always; names; relations.
    pub names: bool,
    /// Relations (needs names).
    pub relations: bool,
    /// What came from standard input, where `-` is among the paths.
    pub stdin: Option<Arc<[u8]>>,
    /// The reader's decisions about names; they may change at any time, from any thread.
    pub ledger: Arc<Ledger>,
    /// The reader's decisions about stories.
    pub story_repairs: StoryRepairs,
    /// What is wrong in the files of decisions: path and problem.
    pub faults: Vec<(PathBuf, Problem)>,
    /// Where what was worked out is kept for the next time; `None`: nowhere.
    pub cache: Option<PathBuf>,
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

    /// The data folder of the library, where that is what is to be opened.
    fn own_library(&self) -> Option<&Path> {
        self.library.as_deref().filter(|_| self.paths.is_empty())
    }

    /// [`Ingest::run`], then a new snapshot for each change of the decisions or the files, until `publish` gives `false`.
    pub fn serve(&self, publish: &mut dyn FnMut(Arc<Snapshot>) -> bool) {
        let mut work = Work::new(self, publish);
        work.then = Then::Changes;
        work.all();
        while !work.closed {
            self.ledger.wait(work.version, work.seen);
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

/// What follows when all is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    End,
    /// Files and decisions may change.
    Changes,
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
    memory: Memory,
    /// Where parts of the index lie until they are kept.
    drawer: Drawer,
    /// Outlets: many articles have one.
    shared: FxHashSet<Arc<Credit>>,
    /// Articles that were read and published.
    shown: usize,
    /// Where the next article goes that is not the first of its file.
    extra: usize,
    /// Where the articles of the files go that are being read.
    base: usize,
    /// What was there at the last look; `None`: the articles themselves tell it.
    present: Option<follow::Present>,
    /// Number of the nudges that the last look heeded.
    seen: u64,
    /// What the files, or the library, look like from outside, where that says what is in them.
    looks: Option<String>,
    /// Inputs that gave no article.
    refused: Vec<(PathBuf, Problem)>,
    /// All is that of an earlier opening, of the same files.
    recalled: bool,
    /// The texts of articles whose names were found, with these.
    named: Named,
    /// Articles whose names are still to be looked for.
    nameless: FixedBitSet,
    /// The features of articles that were named or related.
    features: Option<Pieces>,
    /// What relating goes on from when files change; a decision about names changes every score, and all begins anew.
    neighbours: Option<Neighbours>,
    then: Then,
    /// Number of the decisions that the last joining heeded.
    version: u64,
    /// The rest of the work is not wanted.
    stopped: bool,
    /// Nobody wants snapshots any more.
    closed: bool,
}

impl<'a> Work<'a> {
    fn new(plan: &'a Ingest, publish: &'a mut dyn FnMut(Arc<Snapshot>) -> bool) -> Self {
        let memory = Memory::open(plan.cache.as_deref());
        let texts = memory.texts(plan.own_library()).into();
        let next = Snapshot { today: local(now()).date(), texts, ..Snapshot::default() };
        Self {
            plan,
            publish,
            next,
            alive: Vec::new(),
            last: Arc::default(),
            twins: ids::Twins::default(),
            memory,
            drawer: Drawer::within(plan.cache.as_deref()),
            shared: FxHashSet::default(),
            shown: 0,
            extra: 0,
            base: 0,
            present: None,
            seen: 0,
            looks: None,
            refused: Vec::new(),
            recalled: false,
            named: Named::within(plan.cache.as_deref()),
            nameless: FixedBitSet::new(),
            features: None,
            neighbours: None,
            then: Then::End,
            version: 0,
            stopped: false,
            closed: false,
        }
    }

    fn all(&mut self) {
        while !self.read() {
            // What was kept is damaged and gone: once more, without it.
            self.alive.clear();
            self.twins = ids::Twins::default();
            self.refused.clear();
            self.next = Snapshot {
                today: self.next.today,
                generation: self.next.generation,
                texts: self.memory.texts(self.plan.own_library()).into(),
                ..Snapshot::default()
            };
        }
        if (self.plan.names || self.plan.relations) && !self.stopped && !self.recalled {
            self.name();
        }
        if self.plan.relations && !self.stopped && !self.recalled {
            self.relate();
        }
        self.done();
        self.remember();
    }

    fn done(&mut self) {
        let total = self.next.order.len();
        self.put(Stage::Done, total, total);
    }

    /// Makes changed decisions and files seen at once; then relates anew, since shared names are part of every score.
    fn heed(&mut self) {
        let news = self.is_nudged() && self.look();
        let decided = self.plan.ledger.is_past(self.version);
        if !news && !decided {
            return;
        }
        if decided {
            self.neighbours = None;
        }
        self.join();
        if self.plan.relations && !self.stopped {
            self.relate();
        }
        self.done();
    }

    fn is_nudged(&self) -> bool {
        self.plan.ledger.nudges() > self.seen
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
        let mut keys: Vec<(Rank, &Path, u32, ArticleIx)> = (0..)
            .zip(self.next.entries.iter())
            .filter(|(n, _)| self.alive[*n as usize])
            .map(|(n, e)| (e.rank(), &*e.path, e.record, ArticleIx(n)))
            .collect();
        keys.par_sort_unstable();
        self.next.order = Arc::new(keys.into_iter().map(|k| k.3).collect());
    }

    /// The library, where it is what is to be opened.
    fn library(&mut self) -> Option<UserStore> {
        let folder = self.plan.own_library()?;
        // Looking makes none: who never kept anything is here for the first time.
        UserStore::open_existing(folder).map_err(|error| self.no_library(&error)).ok().flatten()
    }

    fn no_library(&mut self, error: &StoreError) {
        let problem = Problem { kind: ProblemKind::Unreadable, message: error.to_string(), line: 0 };
        Arc::make_mut(&mut self.next.problems).push((error.path.clone(), problem));
    }

    /// Finds the files.
    fn list(&mut self, store: Option<&UserStore>) -> Vec<Found> {
        let Listing { mut files, problems, skipped } = files::list(&self.plan.paths);
        Arc::make_mut(&mut self.next.problems).extend(problems);
        match store.map(files::of_library) {
            Some(Ok(articles)) => files = articles,
            Some(Err(error)) => self.no_library(&error),
            None => {}
        }
        self.next.skipped = skipped;
        if self.plan.paths.iter().any(|p| p.as_os_str() == "-") {
            let format = sniff(self.plan.stdin.as_deref().unwrap_or_default());
            files.insert(0, Found { path: "-".into(), modified: now(), format, stored: None, stamp: None });
        }
        let mut path: Arc<Path> = Path::new("").into();
        let entries = files.iter().map(|file| {
            if *path != *file.path {
                path = file.path.as_path().into();
            }
            unread(Arc::clone(&path), file.modified)
        });
        self.next.entries = Arc::new(entries.collect());
        self.alive = vec![true; files.len()];
        self.sort();
        self.looks = match store {
            // What came or went while it was listed is no part of what it was before.
            Some(store) => store.contents().ok().filter(|now| self.looks.as_ref() == Some(now)),
            None => picture::looks(&files),
        };
        files
    }

    /// Reads all files; `false` where what was kept of them turned out to be damaged.
    fn read(&mut self) -> bool {
        let store = self.library();
        self.seen = self.plan.ledger.nudges();
        // A library of a million articles is not listed where it is as it was at an earlier opening.
        self.looks = store.as_ref().and_then(|store| store.contents().ok());
        if self.recall().is_some() {
            return true;
        }
        let is_library = store.is_some();
        let files = self.list(store.as_ref());
        self.present = Some(follow::Present::of(&files));
        (self.base, self.extra, self.shown) = (0, files.len(), 0);
        if !is_library && self.recall().is_some() {
            return true;
        }
        // The list can be drawn before any file is opened.
        self.put(Stage::Reading, 0, files.len());
        let known = self.memory.known(&files);
        let mut source = Source::new(files, known, (self.plan.stdin.clone(), store));
        for size in batches() {
            let Some(inputs) = self.batch(&mut source, size) else { break };
            let Some(outcomes) = self.memory.read(inputs) else { return false };
            self.take(outcomes);
            self.advance(source.done(), source.expected());
        }
        ids::settle(Arc::make_mut(&mut self.next.entries));
        Arc::make_mut(&mut self.next.index).settle(&mut self.drawer);
        self.sort();
        true
    }

    /// What is to be read next; `None` at the end, or where no more is wanted.
    fn batch(&mut self, source: &mut Source, size: usize) -> Option<Vec<Input>> {
        let inputs = source.batch(size);
        if inputs.is_empty() {
            self.memory.all_read();
        }
        (!inputs.is_empty() && !self.stopped).then_some(inputs)
    }

    /// Adds what a batch gave to the next snapshot.
    fn take(&mut self, outcomes: Vec<(Input, Outcome)>) {
        let entries = Arc::make_mut(&mut self.next.entries);
        let reads: Vec<Tried> = outcomes
            .into_par_iter()
            .map(|(input, outcome)| {
                let read =
                    outcome.map(|(digest, article)| (digest, reading::finish(article, input.modified)));
                (input, read)
            })
            .collect();
        let mut fresh: Vec<(u32, Arc<Plain>)> = Vec::with_capacity(reads.len());
        let mut titles = titles(&reads, &mut self.drawer);
        let (shared, texts) = (&mut self.shared, Arc::clone(&self.next.texts));
        let mut share = |credit: Credit| -> Arc<Credit> {
            let there = shared.get(&credit).cloned();
            there.unwrap_or_else(|| {
                let credit = Arc::new(credit);
                shared.insert(Arc::clone(&credit));
                credit
            })
        };
        for (input, read) in reads {
            let title = titles.next();
            let at = if input.first {
                self.base + input.file
            } else {
                self.extra += 1;
                self.extra - 1
            };
            if at == entries.len() {
                let first = &entries[self.base + input.file];
                entries.push(unread(Arc::clone(&first.path), first.modified));
                self.alive.push(true);
            }
            let Some(entry) = entries.get_mut(at) else { continue };
            entry.record = input.record;
            match read {
                Ok((digest, read)) => {
                    fresh.push((at as u32, Arc::clone(&read.plain)));
                    entry.id = digest.into();
                    entry.head = title.map(|title| Head::of(&read, title, input.format, &mut share));
                    if !self.memory.keeps(&input) {
                        texts.hold(ArticleIx(at as u32), Arc::new(read));
                    }
                }
                Err(problem) => {
                    self.alive[at] = false;
                    let told = (entry.path.to_path_buf(), problem);
                    Arc::make_mut(&mut self.next.problems).push(told.clone());
                    self.refused.push(told);
                }
            }
        }
        self.twins.part(entries, fresh.iter().map(|f| f.0 as usize));
        let docs: Vec<Doc<'_>> = fresh.iter().map(|(n, plain)| (*n, vec![plain.text.as_str()])).collect();
        Arc::make_mut(&mut self.next.index).add(Segment::build(&docs).away(&mut self.drawer));
    }

    /// Publishes what was read so far where it is much more than was published last; else only how far reading has come: what is
    /// published costs a walk over all articles.
    fn advance(&mut self, done: usize, total: usize) {
        if done - self.shown >= (self.shown / SHOWN).max(1) {
            self.shown = done;
            self.sort();
            return self.put(Stage::Reading, done, total);
        }
        let last = Snapshot::clone(&self.last);
        let now = std::mem::replace(&mut self.next, last);
        self.next.generation = now.generation;
        self.put(Stage::Reading, done, total);
        self.next = Snapshot { generation: self.next.generation, ..now };
    }
}

/// The entry of an article that is still to be read.
fn unread(path: Arc<Path>, modified: i64) -> Entry {
    Entry { path, modified, ..Entry::default() }
}

/// An input, and its article with the digest of its bytes.
type Tried = (Input, Result<(String, Read), Problem>);

/// The headlines of what was read, put away where they are many; an empty one for what was not.
fn titles(reads: &[Tried], drawer: &mut Drawer) -> impl Iterator<Item = Title> + use<> {
    let title = |read: &Result<(String, Read), Problem>| match read {
        Ok((_, read)) => read.article.display_title().into_owned(),
        Err(_) => String::new(),
    };
    let all: Vec<String> = reads.iter().map(|(_, read)| title(read)).collect();
    let lengths: Vec<u32> = all.iter().map(|title| title.len() as u32).collect();
    Title::parted(drawer.put(Bytes::Here(all.concat().into_bytes())), lengths)
}
