//! `diembao backup` and `diembao restore`: everything that cannot be worked out anew, in one file.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::mark::data_folder;
use super::out::{Out, tell};
use super::{Exit, WrongCall, args};
use crate::library::{Amount, TEXT_FILES, UserStore, put_whole, shown, whole};

#[derive(Serialize)]
struct Written {
    file: String,
    #[serde(flatten)]
    amount: Amount,
}

/// Writes a backup.
pub fn backup(args: &args::OneFile, out: &mut Out) -> anyhow::Result<Exit> {
    if args.file.exists() {
        let what = format!(
            "{} exists and was left as it is; choose another name",
            shown(&args.file.to_string_lossy())
        );
        return Err(WrongCall(what).into());
    }
    let folder = data_folder()?;
    let texts = texts(&folder)?;
    let store = match UserStore::open_existing(&folder)? {
        Some(store) => store,
        // Decisions and views alone are worth keeping as well.
        None if texts.iter().any(|(_, text)| !text.is_empty()) => UserStore::open(&folder)?,
        None => {
            tell("there is nothing to back up yet: no article was added, marked or decided about");
            return Ok(Exit::Nothing);
        }
    };
    store.backup(&args.file, &texts)?;
    told(&args.file, &store, args.json, "written", out)
}

/// Puts a backup in place of what is there, which is backed up first.
pub fn restore(args: &args::OneFile, out: &mut Out) -> anyhow::Result<Exit> {
    if !args.file.is_file() {
        let what = format!(
            "there is no backup {}; name the file that `diembao backup` wrote",
            shown(&args.file.to_string_lossy())
        );
        return Err(WrongCall(what).into());
    }
    let folder = data_folder()?;
    UserStore::look_through(&folder, &args.file)?;
    let mut store = match UserStore::open(&folder) {
        Err(error) if error.fault == crate::library::StoreFault::Damaged => {
            fs::rename(&error.path, aside(&folder, "damaged"))?;
            UserStore::open(&folder)?
        }
        opened => {
            let store = opened?;
            let before = aside(&folder, "before-restore");
            store.backup(&before, &texts(&folder)?)?;
            tell(&format!("what was there before is kept in {}", shown(&before.to_string_lossy())));
            store
        }
    };
    for (name, text) in
        store.restore(&args.file)?.iter().filter(|(name, _)| TEXT_FILES.contains(&name.as_str()))
    {
        put_whole(&folder, name, text)?;
    }
    told(&args.file, &store, args.json, "restored", out)
}

/// The text files in the data folder, for a backup.
fn texts(folder: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    TEXT_FILES.into_iter().map(|name| Ok((name, whole(folder, name)?))).collect()
}

/// A name in the data folder that is free.
fn aside(folder: &Path, why: &str) -> PathBuf {
    let name = |n: u32| folder.join(format!("library-{why}-{n}.db"));
    (1..u32::MAX).map(name).find(|p| !p.exists()).unwrap_or_else(|| name(0))
}

fn told(file: &Path, store: &UserStore, json: bool, what: &str, out: &mut Out) -> anyhow::Result<Exit> {
    let (file, amount) = (shown(&file.to_string_lossy()), store.amount()?);
    if json {
        out.json(&Written { file, amount })?;
    } else {
        let Amount { articles, read, starred, .. } = amount;
        out.say(&format!("{file} {what}: {articles} articles, {read} read, {starred} starred"))?;
    }
    Ok(Exit::Done)
}
