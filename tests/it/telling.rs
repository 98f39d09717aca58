//! `diembao stories` from the command line: sagas and events, and the reader's decisions about stories, taken back without a trace.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::{objects, program, repository, text};
use crate::shared::shared;

/// The stories of a folder as lists of ids, with a data folder of its own.
fn stories(folder: &Path, data: &Path) -> Vec<Value> {
    let output = program(&["stories", ".", "--json"], folder, data).output().expect("the program runs");
    objects(&output)
}

fn ids(story: &Value) -> Vec<String> {
    let articles = story["articles"].as_array().expect("articles");
    articles.iter().map(|a| a["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_five_dumps_are_told_as_one_saga() {
    let Some(folder) = shared("seeds") else { return };
    let data = tempfile::tempdir().expect("a folder");
    let told = stories(&folder, data.path());
    let files: Vec<&str> =
        told.iter().filter_map(|s| s["articles"][0]["path"].as_str()?.split('_').next()).collect();
    // 19 June 2024, 30 November (told without a year), 9 May, 12 July, 3 September 2025.
    assert_eq!(files, ["./003", "./002", "./004", "./000", "./001"]);
    for (at, event) in told.iter().enumerate() {
        assert_eq!((&event["saga"]["event"], &event["saga"]["events"]), (&(at + 1).into(), &5.into()));
        assert_eq!(event["saga"]["id"], told[0]["saga"]["id"]);
        assert_eq!(ids(event).len(), 1);
    }
}

#[test]
fn one_article_alone_is_said_to_be_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mot.txt"), "Cầu Mây sập\n\nCầu Mây đã sập sáng nay.\n").expect("written");
    let output = program(&["stories", "."], folder.path(), data.path()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no story: none of 1 articles"), "{}", text(&output.stderr));
}

#[test]
fn stories_are_merged_and_split_and_all_is_taken_back() {
    let folder = repository().join("seeds");
    let data = tempfile::tempdir().expect("a folder");
    let decide = |arguments: &[&str]| {
        let output = program(arguments, &folder, data.path()).output().expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let before = stories(&folder, data.path());
    let several = |s: &&Value| ids(s).len() > 1;
    let two: Vec<Vec<String>> = before.iter().filter(several).take(2).map(ids).collect();
    let (one, other) = (&two[0], &two[1]);
    let told = decide(&["stories", "merge", &one[0], &other[1]]);
    assert!(told.contains("stories.txt: added: merge"), "{told}");
    let merged = stories(&folder, data.path());
    let whole = merged.iter().map(ids).find(|s| s.contains(&one[0])).expect("a story");
    assert!(one.iter().chain(other).all(|id| whole.contains(id)), "{whole:?}");
    decide(&["stories", "split", &one[1]]);
    let split = stories(&folder, data.path());
    let rest = split.iter().map(ids).find(|s| s.contains(&one[0])).expect("a story");
    assert!(!rest.contains(&one[1]) && other.iter().all(|id| rest.contains(id)), "{rest:?}");
    let undone = decide(&["stories", "undo", "2"]);
    assert_eq!(undone.matches("taken back").count(), 2, "{undone}");
    assert_eq!(stories(&folder, data.path()), before);
    let wrong = program(&["stories", "split", "xyz"], &folder, data.path()).output().expect("it runs");
    assert_eq!(wrong.status.code(), Some(2));
}
