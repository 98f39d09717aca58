//! The sample press review against `seeds.json`: what each of its lines is, and how its articles are related.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use diembao::article::{Article, BlockKind, Format, parse};
use serde_json::Value;

fn truth() -> BTreeMap<String, Value> {
    serde_json::from_str(include_str!("seeds.json")).expect("seeds.json")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn article(name: &str) -> Article {
    let bytes = fs::read(folder().join(name)).expect("a seed");
    parse(&bytes, Format::of(name).expect("a known format"))
}

/// Without blanks: a mended glue is no fault.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(bare).collect()
}

fn texts(article: &Article, kind: BlockKind) -> Vec<String> {
    article.blocks.iter().filter(|b| b.kind == kind).map(|b| bare(&b.text)).collect()
}

/// Checks one field of all seeds; the faults of all are listed together.
fn each(field: &str, check: impl Fn(&Article, &Value) -> Result<(), String>) {
    let mut faults = Vec::new();
    for (name, truth) in truth() {
        if let Err(fault) = check(&article(&name), &truth) {
            faults.push(format!("{name}: {field}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[expect(clippy::needless_pass_by_value, reason = "the checks make both sides on the spot")]
fn same<T: PartialEq + std::fmt::Debug>(mine: T, truth: T) -> Result<(), String> {
    if mine == truth { Ok(()) } else { Err(format!("{mine:?} instead of {truth:?}")) }
}

fn optional(mine: Option<&str>, truth: &Value) -> Result<(), String> {
    same(mine.map(bare), truth.as_str().map(bare))
}

#[test]
fn titles() {
    each("title", |a, t| optional(a.title.as_deref(), &t["title"]));
}

/// Lead and paragraphs, in order: whether a first paragraph is taken as the lead is a matter of taste.
fn running_text(article: &Article) -> Vec<String> {
    let mut out: Vec<String> = article.lead.iter().map(|l| bare(l)).collect();
    let prose = article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Quote));
    out.extend(prose.map(|b| bare(&b.text)));
    out
}

#[test]
fn leads() {
    each("lead", |a, t| match t["lead"].as_str() {
        Some(lead) => same(running_text(a).first().cloned(), Some(bare(lead))),
        None => Ok(()),
    });
}

#[test]
fn dates_of_publication() {
    each("published", |a, t| match (t["published"].as_str(), t["event_day"].as_str()) {
        (Some(stated), _) => {
            let mine = a.published.as_ref().map(diembao::article::Dated::iso).unwrap_or_default();
            same(mine.starts_with(stated), true).map_err(|_| format!("{mine} instead of {stated}"))
        }
        // The event's day may stand in, but never as a stated date.
        (None, _) => match &a.published {
            Some(d) if d.basis == diembao::article::Basis::Stated => Err(format!("claims {}", d.iso())),
            _ => Ok(()),
        },
    });
}

#[test]
fn outlets_and_agencies() {
    each("source", |a, t| {
        let plain = |s: &str| bare(s).to_lowercase().trim_end_matches(".vn").to_owned();
        same(a.source.as_deref().map(plain), t["source"].as_str().map(plain))
    });
    each("agency", |a, t| optional(a.agency.as_deref(), &t["agency"]));
}

#[test]
fn authors() {
    each("authors", |a, t| {
        let lower = |v: Vec<String>| v.into_iter().map(|s| s.to_lowercase()).collect::<Vec<_>>();
        same(lower(a.authors.iter().map(|s| bare(s)).collect()), lower(strings(&t["authors"])))
    });
}

#[test]
fn languages() {
    each("lang", |a, t| same(a.lang.code(), t["lang"].as_str().unwrap_or("und")));
}

#[test]
fn subheadings_and_captions() {
    each("subheadings", |a, t| same(texts(a, BlockKind::Heading), strings(&t["subheadings"])));
    each("captions", |a, t| same(texts(a, BlockKind::Caption), strings(&t["captions"])));
}

#[test]
fn number_of_paragraphs() {
    each("paragraphs", |a, t| {
        let mine = running_text(a).len();
        if t["one_line_body"] == Value::Bool(true) {
            return same(mine > 1 && a.blocks.iter().any(|b| b.inferred), true);
        }
        let lead = u64::from(t["lead"].is_string());
        same(mine as u64, lead + t["paragraphs"].as_u64().unwrap_or(0))
    });
}

#[test]
fn every_line_is_somewhere_and_furniture_is_not_in_the_body() {
    const BODY: [&str; 8] =
        ["title", "lead", "paragraph", "subheading", "caption", "list_item", "table_row", "caption_slug"];
    for (name, truth) in truth() {
        let article = article(&name);
        let text = fs::read_to_string(folder().join(&name)).expect("a seed");
        let lines: Vec<&str> = text.lines().collect();
        let body = format!(
            "{}{}{}",
            article.title.as_deref().unwrap_or(""),
            article.lead.as_deref().unwrap_or(""),
            article.blocks.iter().map(|b| b.text.as_str()).collect::<String>()
        );
        for (role, numbers) in truth["lines"].as_object().expect("lines") {
            if BODY.contains(&role.as_str()) || role == "front_matter" {
                continue;
            }
            for n in numbers.as_array().into_iter().flatten().filter_map(Value::as_u64) {
                let n = n as u32;
                let line = lines[n as usize - 1];
                let aside = article.set_aside.iter().chain(&article.credits).any(|s| s.line == n)
                    || article.blocks.iter().all(|b| b.line != n);
                assert!(aside, "{name}:{n}: a line of role {role} stands in the body: {line}");
            }
        }
        assert!(!body.is_empty(), "{name} has a body");
    }
}
