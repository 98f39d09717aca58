//! Terminal, threads and clock: the world around [`crate::app`].
//!
//! Owns: the terminal (taken, given back however the program ends), the threads for keys, signals, reading and searching, the loop that waits for one of them, drains what came and draws once.
//! Refuses: to decide anything: events go into the state, its effects are carried out here.
//! Tests: `tests/it/terminal.rs`, in a real pseudo-terminal.

mod background;
mod beside;
mod browser;
mod chore;
mod editor;
mod effects;
mod environment;
mod errands;
mod guard;
mod headless;
mod ingest;
mod input;
mod keeper;
mod pictures;
mod place;
mod review;
mod scribe;
mod search;
mod session;
mod sieve;
mod signals;
mod watch;
mod widths;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use crossbeam_channel::{Receiver, Sender, unbounded};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm;
use ratatui::layout::Rect;

use crate::app::{App, Area, Drawing, Effect, Event, Lang, Msg, Notice, Prefs, Report, keymap};
use crate::config;
use crate::keys::Fault;
use crate::library::{Ingest, Ledger, NamesFile, StoreError, StoriesFile, ViewsFile};
use crate::text::width;
use crate::ui::{self, Graphics, Means, Theme};

pub use self::environment::lang;
pub use self::headless::{feed, play};

use self::guard::Guard;
use self::scribe::{Change, Files, Scribe};
use self::session::{Choice, Left};
use self::sieve::Sieve;

/// Time for taking what came before the next frame.
const DRAIN: Duration = Duration::from_millis(50);

/// What wakes the loop.
enum Wake {
    /// Keys, mouse, paste, size.
    Input(crossterm::event::Event),
    /// An answer of the terminal that came late.
    Answered(background::Answer),
    /// The terminal cannot be read any more.
    InputEnded(std::io::Error),
    /// A new snapshot lies in the slot.
    Published,
    /// A worker has something.
    Report(Report),
    /// A picture is ready, or cannot be.
    Picture(Box<pictures::Made>),
    /// A signal.
    Signal(i32),
}

/// How the loop ended.
enum End {
    /// The reader wished so.
    Quit,
    /// A signal that ends programs.
    Signal(i32),
}

type Screen = Terminal<CrosstermBackend<std::io::BufWriter<std::io::Stdout>>>;

/// Opens the reader on files and folders.
pub fn reader(paths: &[PathBuf]) -> anyhow::Result<()> {
    let mut config = config::load(config::folder().as_deref());
    let left = Left::read(config::data_folder().as_deref());
    if let Some(lang) = config.lang.take_if(|lang| Lang::of(lang).is_none()) {
        let (line, all) = (config.lang_line, Lang::ALL.map(Lang::code).join(", "));
        let what = format!("config.toml, line {line}: there is no language `{lang}`; there are {all}");
        config.faults.push(what);
    }
    let said = (config.lang.clone(), config.theme.clone());
    (config.lang, config.theme) = left.over(&config);
    let guard = Guard::enter().context("the terminal cannot be taken")?;
    let end = Session::start(&config, left, said, paths).and_then(Session::run);
    drop(guard);
    let (end, unsaved) = end?;
    if let Some(error) = unsaved {
        let _ = writeln!(std::io::stderr(), "diembao: what you marked last was not kept: {error}");
    }
    if let End::Signal(signal) = end {
        // Whoever waits for us shall see what ended us.
        signal_hook::low_level::emulate_default_handler(signal)?;
    }
    Ok(())
}

/// What the configuration says: language and theme.
type Said = (Option<String>, Option<String>);

/// Everything that lives while the reader is open.
struct Session<'a> {
    /// How the reader was left the last time.
    left: Left,
    said: Said,
    /// Language and theme before any key.
    first: (Lang, String),
    app: App,
    theme: Theme,
    themes: &'a [config::ThemeData],
    depth: ui::Depth,
    /// What nothing but the terminal says: which theme fits its background, how it draws pictures.
    asks: background::Wish,
    /// The terminal's background is light, where that is known.
    light: Option<bool>,
    /// The theme is that which fits the background, as none was chosen.
    follows: bool,
    /// The terminal can be given links.
    links: bool,
    pictures: pictures::Pictures,
    /// Pictures are drawn here until the reader says otherwise.
    begins: bool,
    screen: Screen,
    wakes: Receiver<Wake>,
    sender: Sender<Wake>,
    published: ingest::Slot,
    /// Set to end the work on the folder.
    stop: Arc<AtomicBool>,
    scribe: Scribe,
    gate: input::Gate,
    searcher: search::Searcher,
    keeper: keeper::Keeper,
}

impl<'a> Session<'a> {
    /// Asks the terminal what it is like, draws the first frame, then starts the threads: nothing is read before something is seen.
    fn start(config: &'a config::Config, left: Left, said: Said, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let environment = environment::read(config);
        let (map, faults) = keymap(config.keys.as_deref());
        let prefs = Prefs {
            lang: environment.lang,
            theme: environment.theme.clone(),
            themes: environment.themes.clone(),
            now: minutes(),
            opened: paths.iter().map(|p| place::told(p)).collect::<Vec<_>>().join(", "),
            widths: widths::read(config::data_folder().as_deref()),
            drawing: Drawing { on: left.drawn(environment.pictures.on), ..Drawing::default() },
            ..Prefs::default()
        };
        let screen = Terminal::new(CrosstermBackend::new(std::io::BufWriter::new(std::io::stdout())))?;
        let size = crossterm::terminal::size().unwrap_or((80, 24));
        let (sender, wakes) = unbounded();
        let mut app = App::new(prefs, map, size);
        app.resume(left.article.clone());
        let data = config::data_folder();
        let names = NamesFile::within(data.as_deref());
        let views = ViewsFile::within(data.as_deref());
        let ledger = Arc::<Ledger>::default();
        let mut session = Self {
            left,
            said,
            first: (environment.lang, String::new()),
            app,
            scribe: Scribe::start(
                Files { names: names.clone(), views: views.clone() },
                Arc::clone(&ledger),
                sender.clone(),
            )?,
            gate: input::Gate::default(),
            theme: Theme::built_in("plain"),
            themes: &config.themes,
            depth: environment.depth,
            asks: environment.asks,
            light: environment.light,
            follows: environment.follows,
            links: environment.links,
            pictures: pictures::Pictures::start(Means::of_half_blocks(environment.depth), sender.clone())?,
            begins: environment.pictures.on,
            screen,
            wakes,
            published: ingest::Slot::default(),
            stop: Arc::default(),
            searcher: search::Searcher::start(sender.clone())?,
            keeper: keeper::Keeper::start(config::data_folder(), sender.clone())?,
            sender,
        };
        session.retheme();
        session.tell_faults(config, &faults);
        session.first.1.clone_from(&session.app.prefs.theme);
        let cut = session.ask(environment.pictures.graphics)?;
        session.draw()?;
        input::start(session.sender.clone(), session.gate.clone(), Sieve::after(&cut))?;
        signals::start(session.sender.clone())?;
        let (repairs, mut faults) = names.read();
        ledger.set(repairs);
        let (story_repairs, more) = StoriesFile::within(config::data_folder().as_deref()).read();
        faults.extend(more);
        let (views, more) = views.read();
        faults.extend(more);
        session.sender.send(Wake::Report(Report::Views(views)))?;
        session.watch(paths, &ledger)?;
        let plan = Ingest {
            paths: paths.to_vec(),
            names: true,
            relations: true,
            cancel: Arc::clone(&session.stop),
            ledger,
            story_repairs,
            faults,
            cache: config::cache_folder(),
            library: config::data_folder(),
            ..Ingest::default()
        };
        ingest::start(plan, session.published.clone(), session.sender.clone())?;
        Ok(session)
    }

    fn watch(&self, paths: &[PathBuf], ledger: &Arc<Ledger>) -> std::io::Result<()> {
        watch::start(watch::Watch {
            paths: paths.to_vec(),
            data: config::data_folder(),
            ledger: Arc::clone(ledger),
            keeper: self.keeper.looker(),
            wake: self.sender.clone(),
        })
    }

    /// Waits, takes what came, draws once; over and over.
    fn run(mut self) -> anyhow::Result<(End, Option<StoreError>)> {
        loop {
            let mut wake = Some(self.wakes.recv().context("all threads ended")?);
            let since = Instant::now();
            self.feed(Event::Now(minutes()))?;
            while let Some(next) = wake {
                if let Some(end) = self.on_wake(next)? {
                    self.remember();
                    self.forget_pictures()?;
                    return Ok((end, self.keeper.end()));
                }
                wake = if since.elapsed() < DRAIN { self.wakes.try_recv().ok() } else { None };
            }
            self.keeper.wait();
            self.pictures.follow(&self.app);
            self.draw()?;
        }
    }

    /// Keeps how the reader is left.
    fn remember(&self) {
        let Some(folder) = config::data_folder() else { return };
        let (mut left, prefs) = (self.left.clone(), &self.app.prefs);
        let choice = |chosen: &str, over: &Option<String>| {
            Some(Choice { chosen: chosen.to_owned(), over: over.clone() })
        };
        if prefs.lang != self.first.0 {
            left.lang = choice(prefs.lang.code(), &self.said.0);
        }
        if prefs.theme != self.first.1 {
            left.theme = choice(&prefs.theme, &self.said.1);
        }
        left.draw(prefs.drawing.on, self.begins);
        left.article = self.app.last_opened().map(str::to_owned).or(left.article);
        left.welcomed = true;
        // What cannot be kept here is chosen again.
        let _ = left.write(&folder);
    }

    fn on_wake(&mut self, wake: Wake) -> anyhow::Result<Option<End>> {
        let event = match wake {
            Wake::Input(event) => {
                if matches!(event, crossterm::event::Event::Resize(..)) {
                    self.app.prefs.drawing.cell = self.pictures.resized();
                }
                input::translate(&event)
            }
            Wake::Answered(answer) => {
                self.hear(&answer, None)?;
                None
            }
            Wake::InputEnded(error) => return Err(error).context("the terminal cannot be read"),
            Wake::Published => self.published.take().map(|s| Event::Report(Report::Published(s))),
            Wake::Report(Report::FirstRun) if self.left.welcomed => None,
            Wake::Report(report) => Some(Event::Report(report)),
            Wake::Picture(made) => self.pictures.take(*made).map(Event::Report),
            Wake::Signal(signal) => return self.on_signal(signal),
        };
        match event {
            Some(event) => self.feed(event),
            None => Ok(None),
        }
    }

    fn on_signal(&mut self, signal: i32) -> anyhow::Result<Option<End>> {
        match signal {
            signal_hook::consts::SIGTSTP => self.suspend()?,
            signal_hook::consts::SIGCONT => self.resume()?,
            _ => return Ok(Some(End::Signal(signal))),
        }
        Ok(None)
    }

    fn feed(&mut self, event: Event) -> anyhow::Result<Option<End>> {
        let mut end = None;
        for effect in self.app.on_event(event) {
            match effect {
                Effect::Quit => end = Some(End::Quit),
                Effect::Save(deeds) => self.keeper.save(deeds),
                Effect::Undo(most) => self.keeper.undo(most),
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.repaint()?,
                Effect::Search { ticket, query, snapshot } => self.searcher.ask(ticket, query, snapshot),
                Effect::Decide(decision) => self.scribe.hand_in(Change::Keep(decision)),
                Effect::TakeBack => self.scribe.hand_in(Change::TakeBack),
                Effect::Review { ticket, articles, snapshot } => {
                    chore::start("review", self.sender.clone(), move || {
                        Report::Reviewed(ticket, Arc::new(snapshot.review_marked(&articles)))
                    });
                }
                Effect::Profile { ticket, entity, snapshot } => {
                    review::profile(ticket, entity, snapshot, self.sender.clone());
                }
                Effect::SaveReview { reviewed, snapshot, form, lang } => {
                    review::save(reviewed, snapshot, form, lang, self.sender.clone());
                }
                Effect::SaveArticles { articles, snapshot } => {
                    review::save_articles(articles, snapshot, self.sender.clone());
                }
                Effect::Measure { article, path, text } => self.pictures.measure(article, path, text),
                Effect::Pipe { command, text } => effects::pipe(command, text, self.sender.clone()),
                Effect::KeepWidths(widths) => widths::keep(config::data_folder().as_deref(), widths),
                Effect::Choose { whats, query, snapshot } => {
                    chore::start("choose", self.sender.clone(), move || {
                        Report::Chosen(whats, query.select(&snapshot, &|| false).unwrap_or_default())
                    });
                }
                Effect::CountViews(snapshot) => {
                    chore::start("views", self.sender.clone(), move || {
                        Report::ViewCounts(snapshot.count_views())
                    });
                }
                Effect::KeepView { name, query } => self.scribe.hand_in(Change::View(name, query)),
                Effect::Edit(article, note) => self.edit(article, &note)?,
                Effect::Original { path, text, with } => self.original(&path, &text, with)?,
                Effect::Copy(text) => self.copy(&text)?,
                Effect::Browse(url) => self.browse(&url)?,
                Effect::StopWork => self.stop.store(true, Ordering::Relaxed),
                Effect::Crash => panic!("a panic was asked for"),
            }
        }
        if self.app.prefs.theme != self.theme.name {
            self.retheme();
        }
        Ok(end)
    }

    fn tell(&mut self, notice: Notice) {
        self.app.on_event(Event::Report(Report::Notice(notice)));
    }

    /// Tells what is wrong in the reader's own files.
    fn tell_faults(&mut self, config: &config::Config, keys: &[Fault]) {
        let keys = keys.iter().map(|fault| format!("keys.toml, {fault}"));
        self.tell_all(config.faults.iter().cloned().chain(keys).collect());
    }

    /// Tells faults. What is told last stands on the bottom line, and first among the notices: that is the first fault.
    fn tell_all(&mut self, faults: Vec<String>) {
        for fault in faults.into_iter().rev() {
            self.tell(Notice::warning(Msg::ConfigFault).with("why", fault));
        }
    }

    fn retheme(&mut self) {
        let name = self.app.prefs.theme.clone();
        let Some((theme, faults)) = Theme::fitting(self.themes, &name, self.depth, self.light) else {
            self.app.prefs.theme = self.theme.name.clone();
            self.tell(Notice::warning(Msg::NoSuchTheme).with("name", name));
            return;
        };
        self.theme = theme;
        self.tell_all(faults);
    }

    /// Asks the terminal what nothing else told, before anything is seen in colours that do not fit it; gives the beginning of an answer that was cut.
    fn ask(&mut self, known: Option<Graphics>) -> anyhow::Result<String> {
        let answer = background::ask(background::Wish {
            background: self.asks.background,
            pictures: known != Some(Graphics::Halves),
            clusters: self.asks.clusters,
        });
        if answer.clusters == Some(background::Clusters::Off) {
            guard::count_by_cluster()?;
        }
        // Too late an answer is not heard: then pictures stay what they are everywhere.
        self.app.prefs.clusters = answer.clusters.is_some();
        if answer.keyboard {
            guard::tell_keys_apart()?;
        }
        self.hear(&answer, known)?;
        for c in answer.typed.chars() {
            self.sender.send(Wake::Input(crossterm::event::Event::Key(input::typed(c))))?;
        }
        Ok(answer.cut)
    }

    /// Takes an answer, however late it comes: a light background takes the light theme, unless the reader chose one.
    fn hear(&mut self, answer: &background::Answer, known: Option<Graphics>) -> anyhow::Result<()> {
        let graphics = known.or(answer.graphics.filter(|_| self.asks.pictures));
        // Without the size of a cell nothing but half blocks would fit.
        if let Some((graphics, cell)) = graphics.zip(answer.cell.or_else(pictures::cell)) {
            self.pictures.means = Means { graphics, cell, depth: self.depth };
            self.pictures.forget();
            self.app.prefs.drawing.cell = cell;
        }
        match answer.light {
            Some(light) if self.asks.background && self.light != Some(light) => self.stand_on(light),
            _ => Ok(()),
        }
    }

    /// Takes the theme that fits the background, and has any other bring its own.
    fn stand_on(&mut self, light: bool) -> anyhow::Result<()> {
        self.light = Some(light);
        let before = self.theme.clone();
        if light && self.follows && self.app.prefs.theme == self.first.1 {
            environment::LIGHT.clone_into(&mut self.app.prefs.theme);
            self.first.1.clone_from(&self.app.prefs.theme);
        }
        let name = &self.app.prefs.theme;
        if let Some((theme, _)) = Theme::fitting(self.themes, name, self.depth, self.light) {
            self.theme = theme;
        }
        if self.theme == before { Ok(()) } else { self.repaint() }
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
        crossterm::queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        let farewell = self.pictures.gallery.farewell();
        self.screen.backend_mut().write_all(farewell.as_bytes())?;
        let links = if self.links { ui::links(&self.app) } else { Vec::new() };
        let frame = self
            .screen
            .draw(|frame| ui::draw(&self.app, &self.theme, &self.pictures.gallery, frame))
            .context("the terminal cannot be written to")?;
        // The frame's own cells know no links (OSC 8): they are written once more, between the marks of one.
        let linked: Vec<_> =
            links.into_iter().map(|(url, areas)| (url, whole_cells(frame.buffer, &areas))).collect();
        let backend = self.screen.backend_mut();
        for (url, cells) in linked {
            write!(backend, "\x1b]8;;{url}\x1b\\")?;
            backend.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
            write!(backend, "\x1b]8;;\x1b\\")?;
        }
        crossterm::execute!(self.screen.backend_mut(), EndSynchronizedUpdate)?;
        Ok(())
    }

    /// Forgets what the terminal shows, so that the next frame is drawn whole. (`Terminal::clear` asks the terminal where its
    /// cursor is, and the answer would go to the input thread.)
    fn repaint(&mut self) -> anyhow::Result<()> {
        self.pictures.forget();
        let size = self.screen.size()?;
        Ok(self.screen.resize(Rect::new(0, 0, size.width, size.height))?)
    }

    /// Leaves no picture of ours in the terminal.
    fn forget_pictures(&mut self) -> anyhow::Result<()> {
        self.pictures.forget();
        let farewell = self.pictures.gallery.farewell();
        let backend = self.screen.backend_mut();
        backend.write_all(farewell.as_bytes())?;
        Ok(std::io::Write::flush(backend)?)
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        self.forget_pictures()?;
        guard::leave();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.resume()
    }

    /// The terminal may have been anything meanwhile.
    fn resume(&mut self) -> anyhow::Result<()> {
        guard::take().context("the terminal cannot be taken")?;
        self.repaint()?;
        if let Ok((w, h)) = crossterm::terminal::size() {
            self.app.on_event(Event::Resized(w, h));
        }
        Ok(())
    }
}

/// The cells of some areas; of a wide character only the first, which fills the next.
fn whole_cells(buffer: &Buffer, areas: &[Area]) -> Vec<(u16, u16, Cell)> {
    let mut out = Vec::new();
    for area in areas {
        let mut x = area.x;
        while let Some(cell) = buffer.cell((x, area.y)).filter(|_| x < area.right()) {
            out.push((x, area.y, cell.clone()));
            x += (width(cell.symbol()) as u16).max(1);
        }
    }
    out
}

/// Minutes since 1970 UTC.
pub fn minutes() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |t| i64::try_from(t.as_secs() / 60).unwrap_or(0))
}
