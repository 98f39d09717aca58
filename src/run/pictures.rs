//! Pictures of the open article: measured and made ready on a thread of their own.
//!
//! Owns: the worker, what it is asked for, the gallery of what is ready.
//! Refuses: to say which pictures are in sight (`app::pictures` does) and to draw them (`ui` does).
//! Tests: `tests/it/terminal_pictures.rs`.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use ratatui::crossterm::terminal::window_size;

use super::{Wake, beside};
use crate::app::{App, PictureKey, Report};
use crate::article::Article;
use crate::library::ArticleIx;
use crate::ui::{Gallery, Graphics, Means, Shown};

/// What the worker is asked.
enum Job {
    /// How large the pictures of an article are.
    Measure(ArticleIx, Arc<Path>, Arc<Article>),
    /// These are needed, the most urgent first; what was needed before and is not among them is needed no more.
    Make(Vec<Need>, Means),
}

/// A picture that is to be made ready.
struct Need {
    key: PictureKey,
    path: Arc<Path>,
    text: Arc<Article>,
}

/// A picture that is ready, or cannot be.
pub struct Made {
    key: PictureKey,
    means: Means,
    shown: Option<Shown>,
}

/// The pictures.
pub struct Pictures {
    /// What is ready.
    pub gallery: Gallery,
    /// What they are made for.
    pub means: Means,
    jobs: Sender<Job>,
    asked: Vec<PictureKey>,
    /// Pixels of a cell as the system tells them.
    told: Option<(u16, u16)>,
}

/// Pictures of an article that are looked at.
const MOST: usize = 200;

impl Pictures {
    /// Starts the worker.
    pub fn start(means: Means, wake: Sender<Wake>) -> io::Result<Self> {
        let (jobs, todo) = unbounded();
        thread::Builder::new().name("pictures".to_owned()).spawn(move || work(&todo, &wake))?;
        Ok(Self { gallery: Gallery::default(), means, jobs, asked: Vec::new(), told: cell() })
    }

    /// Has the pictures of an article measured; the answer is a report.
    pub fn measure(&self, article: ArticleIx, path: Arc<Path>, text: Arc<Article>) {
        // Without the worker there are no pictures, but all else.
        let _ = self.jobs.send(Job::Measure(article, path, text));
    }

    /// Has made what the screen needs now and next.
    pub fn follow(&mut self, app: &App) {
        let near = app.pictures_near();
        self.gallery.keep(&near);
        let missing: Vec<PictureKey> = near.into_iter().filter(|k| !self.gallery.has(*k)).collect();
        if missing.iter().all(|k| self.asked.contains(k)) {
            return;
        }
        let need = |key: &PictureKey| {
            let path = Arc::clone(&app.snapshot.entry(key.article)?.path);
            let text = Arc::clone(&app.snapshot.read(key.article)?.article);
            Some(Need { key: *key, path, text })
        };
        let _ = self.jobs.send(Job::Make(missing.iter().filter_map(need).collect(), self.means));
        self.asked = missing;
    }

    /// Takes what was made; a broken picture is reported.
    pub fn take(&mut self, made: Made) -> Option<Report> {
        self.asked.retain(|k| *k != made.key);
        if made.means != self.means {
            return None;
        }
        let Some(shown) = made.shown else { return Some(Report::Broken(made.key)) };
        self.gallery.put(made.key, shown, made.means.cell);
        None
    }

    /// The window changed. Where its letters did, too, pictures would no longer fill their places: all are made anew.
    pub fn resized(&mut self) -> (u16, u16) {
        let now = cell();
        if self.means.graphics != Graphics::Halves && now != self.told {
            self.means.cell = now.unwrap_or(self.means.cell);
            self.forget();
        }
        self.told = now;
        self.means.cell
    }

    /// Forgets all that is ready: the terminal may have forgotten it, or be another.
    pub fn forget(&mut self) {
        self.gallery.clear();
        self.asked.clear();
    }
}

/// Pixels of a cell, where the system knows the window's.
pub fn cell() -> Option<(u16, u16)> {
    let window = window_size().ok()?;
    let cell = (window.width.checked_div(window.columns)?, window.height.checked_div(window.rows)?);
    (cell.0 > 1 && cell.1 > 1).then_some(cell)
}

fn work(todo: &Receiver<Job>, wake: &Sender<Wake>) {
    let (mut needs, mut means) = (Vec::new(), Means::default());
    // Several readers may share a terminal that numbers its pictures.
    let mut number = std::process::id() << 10;
    loop {
        let job = if needs.is_empty() { todo.recv().map(Some) } else { Ok(todo.try_recv().ok()) };
        let Ok(job) = job else { return };
        match job {
            Some(Job::Measure(article, path, text)) => {
                let pixels =
                    text.pictures.iter().take(MOST).map(|p| guarded(|| beside::measure(&path, &p.address)));
                let report = Report::Measured(article, pixels.collect());
                let _ = wake.send(Wake::Report(report));
            }
            Some(Job::Make(new, for_these)) => {
                (needs, means) = (new, for_these);
                needs.reverse();
            }
            None => {
                let Some(need) = needs.pop() else { continue };
                number = number.wrapping_add(1).max(1);
                let shown = guarded(|| make(&need, means, number));
                let _ = wake.send(Wake::Picture(Box::new(Made { key: need.key, means, shown })));
            }
        }
    }
}

fn make(need: &Need, means: Means, number: u32) -> Option<Shown> {
    let picture = need.text.pictures.get(need.key.number as usize)?;
    let picture = beside::read(&need.path, &picture.address).ok()?;
    Shown::make(&picture, need.key, means, number).ok()
}

/// A decoder that gives up in its own way gives up its picture only.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}
