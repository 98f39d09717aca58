//! `diembao views`: queries under a name, and what each finds.

use serde::Serialize;

use super::args::ViewChange;
use super::articles::{self, Need};
use super::out::{Out, tell};
use super::{Exit, WrongCall, args};
use crate::library::Views;

#[derive(Serialize)]
struct Saved<'a> {
    view: &'a str,
    query: &'a str,
    articles: Option<usize>,
}

/// Runs the command.
pub fn run(args: &args::Views, out: &mut Out) -> anyhow::Result<Exit> {
    match &args.change {
        None => list(args, out),
        Some(ViewChange::Save { name, query, json }) => {
            if name.contains(':') || name.trim().is_empty() {
                let what =
                    format!("a view cannot be called `{name}`: its name must have letters and no colon");
                return Err(WrongCall(what).into());
            }
            let query = articles::query(query)?;
            articles::views_file().put(name, Some(&query))?;
            told(name, &query.raw, *json, out)
        }
        Some(ViewChange::Forget { name, json }) => {
            let (_, before) = articles::views_file().put(name, None)?;
            let Some(before) = before else {
                let what = format!("there is no view `{name}`; `diembao views` lists them");
                return Err(WrongCall(what).into());
            };
            told(name, &before, *json, out)
        }
    }
}

fn told(view: &str, query: &str, json: bool, out: &mut Out) -> anyhow::Result<Exit> {
    if json {
        out.json(&Saved { view, query, articles: None })?;
    } else {
        out.line(&format!("{view}: {query}"))?;
    }
    Ok(Exit::Done)
}

/// All views; a view that speaks of what is not there has no number.
fn list(args: &args::Views, out: &mut Out) -> anyhow::Result<Exit> {
    let (views, faults) = articles::views_file().read();
    for (_, problem) in &faults {
        tell(&problem.message);
    }
    if views.all().next().is_none() {
        return Ok(if faults.is_empty() { Exit::Nothing } else { Exit::Problems });
    }
    let counts = counted(args, &views)?;
    let count = |name: &str| counts.iter().find(|c| c.0 == name).map(|c| c.1);
    if args.json {
        for view in views.all() {
            out.json(&Saved { view: &view.name, query: &view.query.raw, articles: count(&view.name) })?;
        }
    } else {
        let row = |name: &str, query: &str| {
            let n = count(name).map_or_else(|| "-".to_owned(), |n| n.to_string());
            vec![name.to_owned(), n, query.to_owned()]
        };
        let rows: Vec<Vec<String>> = views.all().map(|v| row(&v.name, &v.query.raw)).collect();
        out.table(&[], &rows)?;
    }
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Problems })
}

fn counted(args: &args::Views, views: &Views) -> anyhow::Result<Vec<(String, usize)>> {
    let need = views.all().map(|v| articles::needed(&v.query)).fold(Need::Articles, Need::max);
    let mut snapshot = articles::read(&args.paths, need != Need::Articles, need == Need::Relations)?;
    articles::own(&mut snapshot)?;
    Ok(snapshot.count_views())
}
