//! Hands out what is to be read, a batch at a time: files, and the lines of JSON Lines files.
//!
//! Owns: the place in the list and in an open JSON Lines file, whose lines are read as they are asked for (it may hold a million).
//! Refuses: parsing.
//! Tests: `tests/it/folder.rs`.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read as _};
use std::path::PathBuf;
use std::sync::Arc;

use ecow::EcoString;

use super::collected;
use super::files::{self, CEILING, Found};
use super::recall::Record;
use super::store::UserStore;
use crate::article::{Format, Problem, ProblemKind};

/// One article to read.
#[derive(Debug)]
pub struct Input {
    /// Place of its file in the list.
    pub file: usize,
    /// Its file.
    pub path: PathBuf,
    /// Line in a JSON Lines file, from 1; 0 for a file of its own. The first line of a file that holds anything counts as the
    /// file's own entry.
    pub record: u32,
    /// True for the first article of its file: it takes the entry that stands in the list already.
    pub first: bool,
    /// The file's time.
    pub modified: i64,
    /// How it is read.
    pub format: Format,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// Still in the file.
    File,
    /// Standard input.
    Shared(Arc<[u8]>),
    /// From the library.
    Stored(Vec<u8>),
    /// A line, and its true size where it was cut.
    Line(Vec<u8>, Option<u64>),
    /// The JSON Lines file could not be opened or read on.
    Failed(Problem),
    /// Known from an earlier opening: its digest, or why it gave no article.
    Kept(Result<EcoString, Box<Problem>>),
}

impl Input {
    /// What is known of it from an earlier opening: its digest, or why it gave no article.
    pub fn kept(&self) -> Option<&Result<EcoString, Box<Problem>>> {
        if let Held::Kept(kept) = &self.held { Some(kept) } else { None }
    }

    /// The bytes, and a problem where they are not all.
    pub fn bytes(&self) -> Result<(Cow<'_, [u8]>, Option<Problem>), Problem> {
        match &self.held {
            Held::File => files::bytes(&self.path).map(|(bytes, over)| (Cow::Owned(bytes), over)),
            Held::Shared(bytes) => {
                let cut = &bytes[..bytes.len().min(CEILING as usize)];
                let over = (cut.len() < bytes.len()).then(|| files::too_large(bytes.len() as u64));
                Ok((Cow::Borrowed(cut), over))
            }
            Held::Stored(bytes) => Ok((Cow::Borrowed(bytes), None)),
            Held::Line(line, size) => Ok((Cow::Borrowed(line), size.map(files::too_large))),
            Held::Failed(problem) => Err(problem.clone()),
            Held::Kept(Err(problem)) => Err(Problem::clone(problem)),
            Held::Kept(Ok(_)) => files::bytes(&self.path).map(|(bytes, over)| (Cow::Owned(bytes), over)),
        }
    }
}

/// An open JSON Lines file.
struct Lines {
    file: usize,
    from: Box<dyn BufRead>,
    record: u32,
    given: bool,
    /// Bytes of the lines so far.
    taken: u64,
}

/// All inputs, in the order of the list.
pub struct Source {
    files: Vec<Found>,
    /// By file: its articles, where they are known.
    known: Vec<Option<Vec<Record>>>,
    /// Known articles of the file that is being handed out.
    ready: VecDeque<Input>,
    stdin: Option<Arc<[u8]>>,
    /// Where the articles of the library lie.
    store: Option<UserStore>,
    next: usize,
    lines: Option<Lines>,
    given: usize,
    /// Bytes and lines of the JSON Lines that were read: what the rest of them is reckoned by.
    measured: (u64, u64),
}

impl Source {
    /// Over the listed files; `known` is parallel to them.
    pub fn new(
        files: Vec<Found>,
        known: Vec<Option<Vec<Record>>>,
        from: (Option<Arc<[u8]>>, Option<UserStore>),
    ) -> Self {
        let (stdin, store) = from;
        Self {
            files,
            known,
            ready: VecDeque::new(),
            stdin,
            store,
            next: 0,
            lines: None,
            given: 0,
            measured: (0, 0),
        }
    }

    /// Articles handed out so far.
    pub fn done(&self) -> usize {
        self.given
    }

    /// About how many articles there are in all. How many a JSON Lines file holds is known at its end only: until then the
    /// rest is reckoned by its bytes.
    pub fn expected(&self) -> usize {
        let (bytes, lines) = self.measured;
        let reckoned = |left: u64| {
            let lines = left.saturating_mul(lines).checked_div(bytes).unwrap_or(1);
            usize::try_from(lines).unwrap_or(usize::MAX)
        };
        let size = |file: usize| self.files[file].stamp.as_ref().map_or(0, |s| s.size);
        let open = self.lines.as_ref().map_or(0, |l| reckoned(size(l.file).saturating_sub(l.taken)));
        let waits = |file: usize| match self.known.get(file).and_then(Option::as_ref) {
            Some(records) => records.len(),
            None if self.files[file].format == Format::JsonLine => reckoned(size(file)).max(1),
            None => 1,
        };
        let waiting: usize = (self.next..self.files.len()).map(waits).sum();
        self.given + self.ready.len() + open + waiting
    }

    /// The next `size` inputs; fewer at the end.
    pub fn batch(&mut self, size: usize) -> Vec<Input> {
        let mut out = Vec::with_capacity(size.min(self.files.len()));
        while out.len() < size {
            let Some(input) = self.one() else { break };
            out.push(input);
        }
        self.given += out.len();
        out
    }

    fn one(&mut self) -> Option<Input> {
        loop {
            if let Some(input) = self.ready.pop_front() {
                return Some(input);
            }
            if let Some(lines) = &mut self.lines {
                let found = &self.files[lines.file];
                let before = lines.taken;
                if let Some(held) = lines.next(found) {
                    self.measured.0 += lines.taken - before;
                    self.measured.1 += 1;
                    let (file, record, first) = (lines.file, lines.record, !lines.given);
                    lines.given = true;
                    if matches!(held, Held::Failed(_)) {
                        self.lines = None;
                    }
                    return Some(self.input(file, record, first, held));
                }
                let (file, given) = (lines.file, lines.given);
                self.lines = None;
                if !given {
                    // Nothing in it: its entry must not stay unread for ever.
                    return Some(self.input(file, 1, true, Held::Line(Vec::new(), None)));
                }
            }
            let file = self.next;
            let found = self.files.get(file)?;
            self.next += 1;
            if let Some(records) = self.known.get_mut(file).and_then(Option::take) {
                let inputs = records.into_iter().enumerate();
                self.ready =
                    inputs.map(|(n, r)| self.input(file, r.line, n == 0, Held::Kept(r.found))).collect();
                continue;
            }
            if let Some((digest, line)) = &found.stored {
                let bytes = self.store.as_ref().map(|store| store.bytes(digest, found.format));
                let held = match bytes {
                    Some(Ok(bytes)) => Held::Stored(bytes),
                    Some(Err(error)) => Held::Failed(files::problem(
                        ProblemKind::Unreadable,
                        &found.path,
                        &format!("cannot be read from the library: {error}"),
                    )),
                    None => Held::File,
                };
                return Some(self.input(file, *line, true, held));
            }
            let stdin = (found.path.as_os_str() == "-").then(|| self.stdin.clone().unwrap_or_default());
            if found.format == Format::JsonLine {
                let from: Box<dyn BufRead> = match stdin {
                    Some(bytes) => Box::new(Cursor::new(bytes)),
                    None => match File::open(&found.path) {
                        Ok(open) => Box::new(BufReader::with_capacity(1 << 16, open)),
                        Err(error) => {
                            let problem = files::unreadable(&found.path, &error);
                            return Some(self.input(file, 0, true, Held::Failed(problem)));
                        }
                    },
                };
                self.lines = Some(Lines { file, from, record: 0, given: false, taken: 0 });
            } else if let Some(parts) = self.collected(file) {
                self.ready = parts;
            } else {
                return Some(self.input(file, 0, true, stdin.map_or(Held::File, Held::Shared)));
            }
        }
    }

    /// The articles of a Markdown file that holds several. What cannot be read is told when it is read.
    fn collected(&self, file: usize) -> Option<VecDeque<Input>> {
        let found = &self.files[file];
        if found.format != Format::Markdown || found.path.as_os_str() == "-" {
            return None;
        }
        let parts = collected::articles(&found.path).ok()??;
        let input = |(n, (line, bytes)): (usize, (u32, Vec<u8>))| {
            self.input(file, line, n == 0, Held::Line(bytes, None))
        };
        Some(parts.into_iter().enumerate().map(input).collect())
    }

    fn input(&self, file: usize, record: u32, first: bool, held: Held) -> Input {
        let found = &self.files[file];
        Input {
            file,
            path: found.path.clone(),
            record,
            first,
            modified: found.modified,
            format: found.format,
            held,
        }
    }
}

impl Lines {
    /// The next line that is not blank; `record` then is its number.
    fn next(&mut self, found: &Found) -> Option<Held> {
        loop {
            self.record += 1;
            let mut line = Vec::new();
            match self.from.by_ref().take(CEILING).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(read) => {
                    self.taken += read as u64;
                    let cut = read as u64 == CEILING && line.last() != Some(&b'\n');
                    let size = cut.then(|| CEILING + skip_line(&mut self.from));
                    while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
                        line.pop();
                    }
                    if !line.iter().all(u8::is_ascii_whitespace) {
                        return Some(Held::Line(line, size));
                    }
                }
                Err(error) => return Some(Held::Failed(files::unreadable(&found.path, &error))),
            }
        }
    }
}

/// Reads on to the end of the line and gives the number of bytes.
fn skip_line(from: &mut dyn BufRead) -> u64 {
    let mut skipped = 0;
    loop {
        let Ok(buffer) = from.fill_buf() else { return skipped };
        let end = memchr::memchr(b'\n', buffer);
        let used = end.map_or(buffer.len(), |at| at + 1);
        skipped += used as u64;
        from.consume(used);
        if end.is_some() || used == 0 {
            return skipped;
        }
    }
}
