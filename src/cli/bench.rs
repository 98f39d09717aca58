//! `diembao bench library`: what a library costs, in CPU time of one core: the first frame of a second opening, memory with everything
//! ready, a move in the list, a walk through panes and pages, a search letter by letter and filters by names, each with list,
//! counts and frame.
//!
//! Two processes of ours do the work, one after the other: one that reads everything anew, and one that opens what that left behind.
//! The first one's memory would tell nothing of the second. CPU time is the whole process's, on however many threads.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::Context as _;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use super::Exit;
use super::args::{Bench, BenchPart};
use super::out::Out;
use crate::app::{App, Event, Prefs, Report, keymap};
use crate::library::{Entry, Ingest, Snapshot};
use crate::{config, keys, run, ui};

/// The screen that is drawn: a large one, as a frame costs what it has cells.
const SIZE: (u16, u16) = (200, 60);
/// Moves in the list.
const MOVES: usize = 1000;
/// Articles that are walked through, and the keys of a walk: into the article, through it, to its names and related articles, the
/// keys, the text alone, and back to the list.
const WALKS: usize = 50;
const WALK: [&str; 18] = [
    "<enter>", "<c-f>", "<c-f>", "<c-b>", "G", "gg", "<tab>", "j", "j", "<tab>", "j", "?", "<c-f>", "<esc>",
    "z", "z", "<esc>", "<esc>",
];
/// Titles whose beginnings are typed, and letters typed of each.
const TYPED: (usize, usize) = (24, 16);
/// Names that are filtered by.
const NAMES: usize = 40;

/// What reading everything anew cost.
#[derive(Debug, Serialize, Deserialize)]
struct Built {
    articles: usize,
    cpu_ms: u64,
    articles_per_cpu_s: u64,
    peak_kb: u64,
}

/// What the second opening cost, and what is done with it.
#[derive(Debug, Serialize, Deserialize)]
struct Opened {
    articles: usize,
    names: usize,
    first_frame_ms: f64,
    ready_cpu_ms: f64,
    resident_kb: u64,
    /// Without pages of files, which the system takes back when it needs them.
    own_kb: u64,
    move_ms: Times,
    walk_ms: Times,
    typed_ms: Times,
    one_name_ms: Times,
    two_names_ms: Times,
    three_names_ms: Times,
    /// After all of the above.
    resident_after_kb: u64,
}

/// Times of many runs, in milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Times {
    runs: usize,
    p50: f64,
    p99: f64,
    worst: f64,
}

#[derive(Debug, Serialize)]
struct Figures {
    built: Built,
    opened: Opened,
}

/// Runs the command.
pub fn library(args: &Bench, out: &mut Out) -> anyhow::Result<Exit> {
    match args.part {
        Some(BenchPart::Build) => out.json(&build(args)?)?,
        Some(BenchPart::Open) => out.json(&open(args)?)?,
        None => whole(args, out)?,
    }
    Ok(Exit::Done)
}

fn whole(args: &Bench, out: &mut Out) -> anyhow::Result<()> {
    let made = std::env::temp_dir().join(format!("diembao-bench-{}", std::process::id()));
    let cache = args.cache.clone().unwrap_or_else(|| made.clone());
    let run = || -> anyhow::Result<Figures> {
        Ok(Figures { built: child(args, "build", &cache)?, opened: child(args, "open", &cache)? })
    };
    let figures = run();
    if args.cache.is_none() {
        // A temporary folder that cannot be removed is the system's to remove.
        let _ = std::fs::remove_dir_all(&made);
    }
    let figures = figures?;
    if args.json {
        return out.json(&figures);
    }
    let Figures { built, opened } = &figures;
    let mut line = |what: &str, text: String| out.line(&format!("{what:44} {text}"));
    line("articles", built.articles.to_string())?;
    line("screen", format!("{}x{}", SIZE.0, SIZE.1))?;
    line("read anew, articles a second of CPU", built.articles_per_cpu_s.to_string())?;
    line("… memory at its peak", format!("{} MB", built.peak_kb >> 10))?;
    line("second opening: first frame", format!("{:.1} ms", opened.first_frame_ms))?;
    line("… everything ready", format!("{:.0} ms", opened.ready_cpu_ms))?;
    line("… memory, and of that without files' pages", {
        format!("{} MB, {} MB", opened.resident_kb >> 10, opened.own_kb >> 10)
    })?;
    for (what, times) in [
        ("move in the list, frame drawn", opened.move_ms),
        ("walk through panes and pages, frame drawn", opened.walk_ms),
        ("search letter by letter, list and counts", opened.typed_ms),
        ("filter by one name", opened.one_name_ms),
        ("… by two", opened.two_names_ms),
        ("… by three", opened.three_names_ms),
    ] {
        line(what, format!("p50 {:.1}, p99 {:.1}, worst {:.1} ms", times.p50, times.p99, times.worst))?;
    }
    Ok(line("memory after all this", format!("{} MB", opened.resident_after_kb >> 10))?)
}

/// Runs one part in a process of its own.
fn child<T: serde::de::DeserializeOwned>(args: &Bench, part: &str, cache: &Path) -> anyhow::Result<T> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "library", "--part", part, "--cache"]).arg(cache);
    if args.no_relations {
        command.arg("--no-relations");
    }
    let output = command.arg("--").args(&args.paths).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    serde_json::from_slice(&output.stdout).context("a part of the measurement gave no figures")
}

fn plan(args: &Bench) -> Ingest {
    Ingest {
        paths: args.paths.clone(),
        library: config::data_folder(),
        names: true,
        relations: !args.no_relations,
        cache: args.cache.clone(),
        ..Ingest::default()
    }
}

fn build(args: &Bench) -> anyhow::Result<Built> {
    let snapshot = plan(args).run(&mut |_| true);
    let (articles, cpu) = (snapshot.order.len(), cpu_ms());
    anyhow::ensure!(articles > 0, "there is nothing to measure: {} is empty", shown(&args.paths));
    let rate = (articles as f64 / cpu * 1000.0) as u64;
    Ok(Built { articles, cpu_ms: cpu as u64, articles_per_cpu_s: rate, peak_kb: status("VmHWM:") })
}

fn shown(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return "the library".to_owned();
    }
    paths.iter().map(|p| crate::library::shown(&p.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn open(args: &Bench) -> anyhow::Result<Opened> {
    let mut desk = Desk::new();
    let mut first = None;
    let snapshot = plan(args).run(&mut |snapshot| {
        let shown = snapshot.order.first().and_then(|ix| snapshot.entry(*ix)).is_some_and(Entry::is_read);
        if first.is_none() && shown {
            desk.show(&snapshot);
            first = Some(cpu_ms());
        }
        true
    });
    let ready_cpu_ms = cpu_ms();
    desk.show(&snapshot);
    let (resident_kb, own_kb) = (status("VmRSS:"), status("RssAnon:"));
    let moves: Vec<f64> = (0..MOVES).map(|_| desk.time("j")).collect::<anyhow::Result<_>>()?;
    desk.press("gg")?;
    let walk_ms = walked(&mut desk, &snapshot)?;
    desk.press("gg")?;
    let typed_ms = typed(&mut desk, &snapshot)?;
    let [one, two, three] = [1, 2, 3].map(|n| named(&mut desk, &snapshot, n));
    Ok(Opened {
        articles: snapshot.order.len(),
        names: snapshot.entities.len(),
        first_frame_ms: first.unwrap_or(ready_cpu_ms),
        ready_cpu_ms,
        resident_kb,
        own_kb,
        move_ms: Times::of(moves),
        walk_ms,
        typed_ms,
        one_name_ms: one?,
        two_names_ms: two?,
        three_names_ms: three?,
        resident_after_kb: status("VmRSS:"),
    })
}

/// Walks through articles that are spread over the library.
fn walked(desk: &mut Desk, snapshot: &Snapshot) -> anyhow::Result<Times> {
    let step = (snapshot.order.len() / WALKS).max(1);
    let mut out = Vec::new();
    for _ in 0..WALKS {
        for key in WALK {
            out.push(desk.time(key)?);
        }
        desk.press(&format!("{step}j"))?;
    }
    Ok(Times::of(out))
}

/// The beginnings of titles, spread over the library, letter by letter.
fn typed(desk: &mut Desk, snapshot: &Snapshot) -> anyhow::Result<Times> {
    let mut out = Vec::new();
    let step = (snapshot.order.len() / TYPED.0).max(1);
    for ix in snapshot.order.iter().step_by(step).take(TYPED.0) {
        let title = snapshot.entry(*ix).map(Entry::title).unwrap_or_default();
        let plain: String = title.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        desk.press("f")?;
        for letter in plain.trim().chars().take(TYPED.1) {
            let key = if letter == ' ' { "<space>".to_owned() } else { letter.to_lowercase().to_string() };
            out.push(desk.time(&key)?);
        }
        desk.press("<enter>F")?;
    }
    Ok(Times::of(out))
}

/// Filters by `count` names that stand together in articles, from frequent to rare.
fn named(desk: &mut Desk, snapshot: &Snapshot, count: usize) -> anyhow::Result<Times> {
    let mut out = Vec::new();
    let step = (snapshot.order.len() / NAMES).max(1);
    for ix in snapshot.order.iter().step_by(step).take(NAMES) {
        let names: Vec<String> = snapshot
            .index
            .entities(*ix)
            .filter_map(|e| snapshot.entities.get(e))
            .map(|e| format!("name:=\"{}\"", e.name.replace('"', "")))
            .take(count)
            .collect();
        if names.len() == count {
            out.push(desk.filter(&names.join(" "))?);
        }
    }
    Ok(Times::of(out))
}

/// A reader without a terminal.
struct Desk {
    app: App,
    theme: ui::Theme,
    buffer: Buffer,
}

impl Desk {
    fn new() -> Self {
        let app = App::new(Prefs { theme: "dark".to_owned(), ..Prefs::default() }, keymap(None).0, SIZE);
        let buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        Self { app, theme: ui::Theme::built_in("dark"), buffer }
    }

    fn show(&mut self, snapshot: &Arc<Snapshot>) {
        self.app.on_event(Event::Report(Report::Published(Arc::clone(snapshot))));
        self.draw();
    }

    fn draw(&mut self) {
        self.buffer.reset();
        ui::paint(&self.app, &self.theme, &mut self.buffer);
    }

    fn press(&mut self, script: &str) -> anyhow::Result<()> {
        for key in keys::parse(script)? {
            run::feed(&mut self.app, Event::Key(key))?;
        }
        self.draw();
        Ok(())
    }

    /// Milliseconds from keys to the frame that shows what they gave.
    fn time(&mut self, script: &str) -> anyhow::Result<f64> {
        let start = cpu_ms();
        self.press(script)?;
        Ok(cpu_ms() - start)
    }

    /// As [`Desk::time`], for a filter that is there at once.
    fn filter(&mut self, query: &str) -> anyhow::Result<f64> {
        self.press("f")?;
        let start = cpu_ms();
        run::feed(&mut self.app, Event::Paste(query.to_owned()))?;
        self.draw();
        let time = cpu_ms() - start;
        self.press("<enter>F")?;
        Ok(time)
    }
}

impl Times {
    fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        let at = |share: f64| all.get(((all.len() as f64 * share) as usize).min(all.len().saturating_sub(1)));
        let round = |ms: Option<&f64>| (ms.copied().unwrap_or(0.0) * 100.0).round() / 100.0;
        Self { runs: all.len(), p50: round(at(0.5)), p99: round(at(0.99)), worst: round(all.last()) }
    }
}

/// CPU time of this process so far, in milliseconds.
fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// A figure of this process in kB where the system tells (Linux), else 0.
fn status(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(what));
    line.and_then(|l| l.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
