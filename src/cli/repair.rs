//! `diembao names merge|split|apart|rename|kind|ignore|undo|proposals`: what the reader knows better about names.

use std::io::{self, BufRead as _};
use std::path::Path;

use serde::Serialize;

use super::articles::{Articles, Need, names_file};
use super::out::{Out, one_line, said, tell, words};
use super::{Exit, WrongCall, args};
use crate::app;
use crate::entity::{self, Decision};
use crate::library::{DecisionFile, Field, Kept, NamesFile, NotKept, entities_called, shown};

/// A line that was added to the file or taken out of it.
#[derive(Serialize)]
struct Changed<'a> {
    file: String,
    done: &'static str,
    decision: &'a str,
}

#[derive(Serialize)]
struct Proposed<'a> {
    kind: &'static str,
    name: &'a str,
    into: &'a str,
    why: String,
}

/// Runs the command.
pub fn run(change: &args::Change, out: &mut Out) -> anyhow::Result<Exit> {
    let file = names_file();
    match change {
        args::Change::Undo { steps, json } => undo(&file, *steps, *json, out),
        args::Change::Proposals { from, ask, json } => proposals(&file, from, *ask, *json, out),
        args::Change::Decide(decide) => {
            let (decision, json) = decision(decide);
            let strangers = strangers(&decision);
            keep(&file, &decision, json, out)?;
            for name in strangers {
                tell(&format!(
                    "no article that was read calls anything \u{201c}{}\u{201d}: the decision waits for the first that does (`diembao names` lists the names that there are, `diembao names undo` takes the decision back)",
                    one_line(name)
                ));
            }
            Ok(Exit::Done)
        }
    }
}

/// The names of a decision that nothing in the library (or in `seeds`) is called by: allowed, for a decision may come before
/// the name, but more often a slip. None where there is nothing to read.
fn strangers(decision: &Decision) -> Vec<&str> {
    let none = args::From { paths: Vec::new(), query: None };
    let Ok(articles) = Articles::load(&none, Need::Names) else { return Vec::new() };
    let unknown = |name: &&str| entities_called(&articles.snapshot, Field::Name, name).is_empty();
    decision.names().into_iter().filter(unknown).collect()
}

/// The decision that a call asks for, and whether it wants JSON.
fn decision(decide: &args::Decide) -> (Decision, bool) {
    use args::Decide as C;
    let own = String::clone;
    let kind = |how: &args::How| how.kind.map(Into::into);
    match decide {
        C::Merge { name, into, into_kind, how } => {
            let into_kind = into_kind.map(Into::into);
            (Decision::Merge { name: own(name), into: own(into), kind: kind(how), into_kind }, how.json)
        }
        C::Split { name, how } => (Decision::Split { name: own(name), kind: kind(how) }, how.json),
        C::Apart { name, other, how } => {
            (Decision::Apart { name: own(name), other: own(other), kind: kind(how) }, how.json)
        }
        C::Rename { name, to, how } => {
            (Decision::Rename { name: own(name), to: own(to), kind: kind(how) }, how.json)
        }
        C::Kind { name, kind, from, json } => {
            let from = from.map(Into::into);
            (Decision::Kind { name: own(name), from, kind: (*kind).into() }, *json)
        }
        C::Ignore { name, how } => (Decision::Ignore { name: own(name), kind: kind(how) }, how.json),
    }
}

/// Adds a decision to its file, and says so.
pub fn keep<D: Kept>(file: &DecisionFile<D>, decision: &D, json: bool, out: &mut Out) -> anyhow::Result<()> {
    match file.add(decision) {
        Ok(_) => print(file, "added", decision, json, out),
        Err(NotKept::Unclear(why)) => Err(WrongCall(why).into()),
        Err(error) => Err(error.into()),
    }
}

fn print<D: Kept>(
    file: &DecisionFile<D>,
    done: &'static str,
    decision: &D,
    json: bool,
    out: &mut Out,
) -> anyhow::Result<()> {
    let path = shown(&file.path().map(Path::to_string_lossy).unwrap_or_default());
    let decision = decision.to_string();
    if json {
        return out.json(&Changed { file: path, done, decision: &decision });
    }
    Ok(out.line(&format!("{path}: {}: {decision}", said(done)))?)
}

/// Takes decisions back, and says which.
pub fn undo<D: Kept>(
    file: &DecisionFile<D>,
    steps: usize,
    json: bool,
    out: &mut Out,
) -> anyhow::Result<Exit> {
    let (_, taken) = file.undo(steps)?;
    for decision in &taken {
        print(file, "taken back", decision, json, out)?;
    }
    Ok(if taken.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// Lists the proposals of all stories in which a chosen article stands; with `ask`, each waits for an answer.
fn proposals(
    file: &NamesFile,
    from: &args::From,
    ask: bool,
    json: bool,
    out: &mut Out,
) -> anyhow::Result<Exit> {
    let articles = Articles::load(from, Need::Relations)?;
    let snapshot = &articles.snapshot;
    let stories = snapshot.stories.around(articles.chosen.iter().map(|ix| ix.0 as usize));
    let stories: Vec<&[usize]> = stories.iter().map(Vec::as_slice).collect();
    let found = entity::proposals(&snapshot.entities, &snapshot.repairs, &stories);
    let mut answers = io::stdin().lock();
    for proposal in &found {
        let entities = &snapshot.entities;
        let (Some(from), Some(into)) = (entities.get(proposal.from), entities.get(proposal.into)) else {
            continue;
        };
        let row = Proposed {
            kind: from.kind.name(),
            name: &from.name,
            into: &into.name,
            why: proposal.like.to_string(),
        };
        if json {
            out.json(&row)?;
            continue;
        }
        let why = app::likeness(&proposal.like, words());
        let told = format!("{:4}  {}  =  {}  ({why})", row.kind, one_line(row.name), one_line(row.into));
        if !ask {
            out.line(&told)?;
            continue;
        }
        out.line(&format!("{told}  y/n/Enter/q?"))?;
        out.flush()?;
        let mut answer = String::new();
        if answers.read_line(&mut answer)? == 0 {
            break;
        }
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" | "c" | "có" => keep(file, &proposal.joined(entities), false, out)?,
            "n" | "no" | "k" | "không" => keep(file, &proposal.apart(entities), false, out)?,
            "q" | "quit" => break,
            _ => {}
        }
    }
    Ok(articles.finish(!found.is_empty()))
}
