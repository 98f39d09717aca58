//! Pages of names, made beside the screen; press reviews and articles, written to files.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::Sender;

use super::{Wake, chore, place};
use crate::app::{Form, Lang, Msg, Notice, Report, Ticket};
use crate::entity::EntityIx;
use crate::library::{ArticleIx, Entry, Reviewed, Snapshot};
use crate::paper;

/// Starts the page of a name; the answer comes as a report.
pub fn profile(ticket: Ticket, entity: EntityIx, snapshot: Arc<Snapshot>, wake: Sender<Wake>) {
    chore::start("review", wake, move || Report::Profiled(ticket, Arc::new(snapshot.profile(entity))));
}

/// Writes a review to a new file in the working folder; where it lies is told on the screen.
pub fn save(reviewed: Arc<Reviewed>, snapshot: Arc<Snapshot>, form: Form, lang: Lang, wake: Sender<Wake>) {
    chore::start("review", wake, move || {
        let text = paper::review(&snapshot, &reviewed, form, lang);
        let name = paper::file_name(&paper::title(&snapshot, &reviewed), form);
        told(&name, &text)
    });
}

/// Writes articles to a new file in the working folder, as Markdown; where it lies is told on the screen.
pub fn save_articles(articles: Vec<ArticleIx>, snapshot: Arc<Snapshot>, wake: Sender<Wake>) {
    chore::start("save", wake, move || {
        let title = articles.first().and_then(|ix| snapshot.entry(*ix)).map(Entry::title).unwrap_or_default();
        let name = paper::file_name(&title, Form::Markdown);
        told(&name, &paper::articles(&snapshot, &articles))
    });
}

/// Writes a file, and tells where it lies.
fn told(name: &str, text: &str) -> Report {
    Report::Notice(match write(name, text) {
        Ok(name) => Notice::info(Msg::Written).with("file", place::told(Path::new(&name))),
        Err(error) => Notice::error(Msg::NotWritten).with("why", format!("{name}: {error}")),
    })
}

/// Names that are tried, `-2`, `-3` and so on, before giving up: no file is overwritten.
const TRIES: usize = 1000;

fn write(name: &str, text: &str) -> io::Result<String> {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for n in 1..TRIES {
        let name = if n == 1 { name.to_owned() } else { format!("{stem}-{n}.{end}") };
        match File::create_new(&name) {
            Ok(mut file) => {
                writeln!(file, "{text}")?;
                return Ok(name);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken = error,
            Err(error) => return Err(error),
        }
    }
    Err(taken)
}
