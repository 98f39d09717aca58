//! `diembao status`: how much the library holds, and where.

use serde::Serialize;

use super::mark::data_folder;
use super::out::Out;
use super::{Exit, args};
use crate::config;
use crate::library::{Amount, UserStore, shown};

#[derive(Serialize)]
struct Status {
    #[serde(flatten)]
    amount: Amount,
    data: String,
    cache: Option<String>,
}

/// Runs the command.
pub fn run(args: &args::Plain, out: &mut Out) -> anyhow::Result<Exit> {
    let folder = data_folder()?;
    let amount = UserStore::open_existing(&folder)?.map(|s| s.amount()).transpose()?.unwrap_or_default();
    let path = |p: &std::path::Path| shown(&p.to_string_lossy());
    let status = Status { amount, data: path(&folder), cache: config::cache_folder().map(|c| path(&c)) };
    if args.json {
        out.json(&status)?;
    } else {
        out.say(&format!("{} articles, {} kB", amount.articles, amount.bytes.div_ceil(1024)))?;
        out.say(&format!(
            "{} read, {} starred (articles of folders count as well)",
            amount.read, amount.starred
        ))?;
        out.say(&format!("data   {}", status.data))?;
        out.say(&format!("cache  {}", status.cache.as_deref().unwrap_or("-")))?;
    }
    Ok(Exit::Done)
}
