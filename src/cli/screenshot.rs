//! `diembao gen screenshot`: the real frame as SVG or text, after some keys.

use std::ops::RangeInclusive;
use std::path::Path;

use anyhow::Context as _;

use super::args::Screenshot;
use super::out::Out;
use super::{Exit, WrongCall, articles};
use crate::app::{Lang, Prefs};
use crate::library::{Entry, Snapshot, load};
use crate::{config, keys, run, ui};

/// Columns and rows that a picture may have: the screen says something from the first on, and no terminal is larger than the last.
const COLUMNS: RangeInclusive<u16> = 8..=1000;
const ROWS: RangeInclusive<u16> = 4..=500;
/// The folder of the sample.
const SAMPLE: &str = "seeds";
/// Minutes after its newest article that a picture of the sample is taken: dates are then the same on every day.
const LATER: i64 = 3 * 60;

/// Runs the command.
pub fn run(args: &Screenshot, lang: Lang, out: &mut Out) -> anyhow::Result<Exit> {
    let size = args.size.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let fits = |(w, h): &(u16, u16)| COLUMNS.contains(w) && ROWS.contains(h);
    let size = size.filter(fits).ok_or_else(|| {
        WrongCall(format!(
            "--size is written like 120x40, with {} to {} columns and {} to {} rows, not `{}`",
            COLUMNS.start(),
            COLUMNS.end(),
            ROWS.start(),
            ROWS.end(),
            args.size
        ))
    })?;
    keys_are_readable(&args.keys)?;
    // What is wrong in files of the reader's own is told in the reader.
    let all = config::load(config::folder().as_deref()).themes;
    let themes: Vec<String> = all.iter().map(|t| t.name.clone()).collect();
    if !themes.contains(&args.theme) {
        return Err(WrongCall(format!(
            "there is no theme `{}`; there are {}",
            args.theme,
            themes.join(", ")
        ))
        .into());
    }
    let missing = args.paths.iter().find(|p| p.as_os_str() != "-" && !p.exists());
    if let Some(path) = missing {
        anyhow::bail!("{} does not exist; check the spelling", path.display());
    }
    let paths = articles::given_or_sample(args.paths.clone())?;
    let snapshot = load(&paths, true, true);
    let sample = paths.iter().all(|p| p.file_name().is_some_and(|name| name == SAMPLE));
    let prefs = Prefs {
        lang,
        theme: args.theme.clone(),
        themes,
        now: if sample { soon_after(&snapshot) } else { run::minutes() },
        ..Prefs::default()
    };
    let app = run::play(&snapshot, prefs, size, &args.keys)?;
    let theme = ui::Theme::resolve(&all, &app.prefs.theme, ui::Depth::Full);
    let theme = theme.map_or_else(|| ui::Theme::built_in(&app.prefs.theme), |found| found.0);
    let buffer = ui::render(&app, &theme);
    let is_text = args.output.as_deref().and_then(Path::extension).is_some_and(|e| e == "txt");
    let picture = if is_text { ui::text(&buffer) } else { ui::svg(&buffer, &theme) };
    match &args.output {
        Some(path) => std::fs::write(path, picture).with_context(|| format!("{}", path.display()))?,
        None => out.raw(picture.as_bytes())?,
    }
    Ok(Exit::Done)
}

fn keys_are_readable(script: &str) -> Result<(), WrongCall> {
    if script.trim().is_empty() {
        return Ok(());
    }
    keys::parse(script).map(drop).map_err(|problem| WrongCall(format!("--keys: {problem}")))
}

fn soon_after(snapshot: &Snapshot) -> i64 {
    snapshot.entries.iter().filter_map(Entry::stated_minutes).max().unwrap_or(0) + LATER
}
