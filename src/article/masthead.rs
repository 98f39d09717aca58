//! The outlet whose page a dump is: how it names itself on top, in the foot, in a line about rights, in the tag before the lead.
//!
//! Owns: the page's own outlet, and which lines only say its name. An outlet is believed on evidence from two places, or from one that only an
//! outlet's name can stand in. The patterns are data (`assets/lines/mastheads.toml`).
//! Refuses: outlets that a credit names (see `byline`). Tests: at the foot.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::byline::tag;
use super::cues::CueRole;
use super::features::{Facts, hash_letters};
use super::gazetteer::outlet;
use super::label::Zone;
use super::lines::Line;

#[derive(Deserialize, Default)]
struct File {
    opening: Vec<String>,
    closing: Vec<String>,
    slogans: Vec<String>,
    claims: Vec<String>,
}

struct Table {
    words: File,
    claims: Vec<Regex>,
}

fn table() -> Result<Table, String> {
    let words: File =
        toml::from_str(include_str!("../../assets/lines/mastheads.toml")).map_err(|e| e.to_string())?;
    let claims =
        words.claims.iter().map(|c| Regex::new(c)).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    Ok(Table { words, claims })
}

// A broken table is caught by the test below; without it pages have no outlet of their own.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| table().unwrap_or_else(|_| Table { words: File::default(), claims: Vec::new() }));

/// Lines on top, before the text, in which a masthead is looked for.
const TOP: usize = 6;
/// Lines at the end in which the outlet is looked for.
const FOOT: usize = 25;
/// Evidence from which on an outlet is believed: a claim, or two lesser signs.
const ENOUGH: u32 = 2;

/// The page's own outlet.
#[derive(Debug, Clone, Default)]
pub(super) struct Masthead {
    /// Its name as written.
    pub name: Option<String>,
    key: u64,
    /// Lines on top that say nothing but name and slogan.
    tops: Vec<usize>,
}

impl Masthead {
    /// True for a line on top that is the masthead, and for any line or name that says the outlet's name alone.
    pub fn is(&self, n: usize, text: &str) -> bool {
        self.tops.contains(&n) || self.names(text)
    }

    /// True when a text is the outlet's name and nothing else.
    pub fn names(&self, text: &str) -> bool {
        self.name.is_some() && hash_letters(text) == self.key
    }
}

struct Candidate {
    name: String,
    key: u64,
    score: u32,
    top: Option<usize>,
}

/// Finds the outlet. `start` is the first line of the text.
pub(super) fn masthead(lines: &[Line], facts: &[Facts], zones: &[Zone]) -> Masthead {
    let start = zones.iter().position(|z| *z == Zone::Body).unwrap_or(lines.len());
    let mut found: Vec<Candidate> = Vec::new();
    for n in 0..start.min(TOP) {
        top(n, lines, facts, &mut found);
    }
    let foot = lines.len().saturating_sub(FOOT).max(start);
    for n in (0..start.min(TOP)).chain(foot..lines.len()) {
        if let Some(name) = claim(&lines[n].text) {
            add(&mut found, name, 2, None);
        }
    }
    if let Some((_, name)) = lines.get(start).and_then(|l| tag(&l.text)) {
        add(&mut found, &name, 2, None);
    }
    for candidate in &mut found {
        candidate.score += said_again(candidate, &lines[foot..]);
    }
    let best = found.iter().filter(|c| c.score >= ENOUGH).max_by_key(|c| (c.score, std::cmp::Reverse(c.top)));
    let Some(best) = best else { return Masthead::default() };
    let tops = found.iter().filter(|c| c.key == best.key || c.score > ENOUGH).filter_map(|c| c.top).collect();
    Masthead { name: Some(best.name.clone()), key: best.key, tops }
}

/// Evidence is added up over the places that name the same outlet.
fn add(found: &mut Vec<Candidate>, name: &str, score: u32, top: Option<usize>) {
    let key = hash_letters(name);
    if let Some(same) = found.iter_mut().find(|c| c.key == key) {
        same.score += score;
        same.top = same.top.or(top);
    } else {
        found.push(Candidate { name: name.to_owned(), key, score, top });
    }
}

/// A line on top that could be a masthead, with what its own look says.
fn top(n: usize, lines: &[Line], facts: &[Facts], found: &mut Vec<Candidate>) {
    let (line, f) = (&lines[n], &facts[n]);
    let dated = f.cues.sure(CueRole::Date);
    if !(1..=14).contains(&f.words)
        || f.stop
        || dated
        || !line.columns.is_empty()
        || (line.bullet.is_some() && n > 0)
    {
        return;
    }
    let (name, slogan) = parted(&line.text);
    let table = &TABLE.words;
    if !is_name(name) {
        return;
    }
    let lower = name.to_lowercase();
    let begins = |w: &String| lower.strip_prefix(w.as_str()).is_some_and(|r| r.starts_with(' '));
    let ends = |w: &String| lower.strip_suffix(w.as_str()).is_some_and(|r| r.ends_with(' '));
    let kind = table.opening.iter().any(begins) || table.closing.iter().any(ends);
    let slogan = slogan.to_lowercase();
    let boasts = !slogan.is_empty() && table.slogans.iter().any(|s| slogan.starts_with(s.as_str()));
    // A menu: the next lines are items of a list, columns, or a box to type in.
    let menu = n == 0
        && lines.get(1).is_some_and(|l| l.gap == 0)
        && lines.iter().skip(1).take(3).any(|l| l.bullet.is_some_and(|b| b != '-') || l.columns.len() > 1);
    let score =
        u32::from(kind) + 2 * u32::from(boasts) + u32::from(menu) + 2 * u32::from(outlet(name).is_some());
    if score > 0 {
        add(found, name, score, Some(n));
    }
}

/// `NAME - slogan`.
fn parted(text: &str) -> (&str, &str) {
    [" - ", " – ", " — ", " | "].iter().find_map(|d| text.split_once(d)).unwrap_or((text, ""))
}

/// One to six words, the first of them and most others with a capital.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |w: &&&str| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let capitals = words.iter().filter(capital).count();
    (1..=6).contains(&words.len())
        && words.first().is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase))
        && capitals * 2 >= words.len()
}

fn claim(text: &str) -> Option<&str> {
    if text.len() > 400 {
        return None;
    }
    let found = TABLE.claims.iter().find_map(|c| c.captures(text)?.name("name"))?;
    let name = found.as_str().trim();
    is_name(name).then_some(name)
}

/// Lines of the foot that begin with the name or say it alone; two are as good as many.
fn said_again(candidate: &Candidate, foot: &[Line]) -> u32 {
    if candidate.top.is_none() {
        return 0;
    }
    let again = foot.iter().filter(|l| {
        l.text.strip_prefix(candidate.name.as_str()).is_some_and(|r| !r.starts_with(char::is_alphanumeric))
    });
    again.take(2).count() as u32
}

#[cfg(test)]
mod tests {
    use super::super::{features::measure, lines::logical};
    use super::*;

    fn found(text: &str, body: usize) -> Masthead {
        let lines = logical(text);
        let zones: Vec<Zone> = (0..lines.len())
            .map(|n| match n.cmp(&body) {
                std::cmp::Ordering::Less => Zone::Before,
                std::cmp::Ordering::Equal => Zone::Body,
                std::cmp::Ordering::Greater => Zone::After,
            })
            .collect();
        masthead(&lines, &measure(&lines).facts, &zones)
    }

    const PROSE: &str = "Cầu Trà sẽ thông xe vào tháng sau, theo chính quyền thành phố Lam Giang.";

    #[test]
    fn the_table_loads() {
        table().expect("mastheads.toml");
    }

    #[test]
    fn an_outlet_is_known_from_top_and_foot() {
        let check = |text: &str, body: usize, expect: Option<&str>| {
            assert_eq!(found(text, body).name.as_deref(), expect, "{text}");
        };
        check(
            &format!("Lam Giang Báo - Tiếng nói bên sông\n* Xã hội\n\nCầu mới\n\n{PROSE}\n"),
            3,
            Some("Lam Giang Báo"),
        );
        check(
            &format!(
                "The Trà Courier\n* Home\n\nA bridge\n\n{PROSE}\n© 2026 The Trà Courier. All rights reserved.\n"
            ),
            3,
            Some("The Trà Courier"),
        );
        check(&format!("Cầu mới\n\n{PROSE}\nGhi rõ nguồn \"Sông 24h\" khi dùng lại\n"), 1, Some("Sông 24h"));
        check(
            &format!("Cầu mới\n\n{PROSE}\nNhật báo Sông Trà - Giấy phép số 5\n"),
            1,
            Some("Nhật báo Sông Trà"),
        );
        check(&format!("Cầu mới qua sông Trà\n\n{PROSE}\nBình luận (0)\n"), 1, None);
        check(&format!("Lê Na\n\n{PROSE}\n"), 1, None);
    }

    #[test]
    fn the_line_on_top_is_the_masthead() {
        let head = found(&format!("Lam Giang Báo - Tiếng nói bên sông\n* Xã hội\n\nCầu mới\n\n{PROSE}\n"), 3);
        assert!(head.is(0, "Lam Giang Báo - Tiếng nói bên sông") && !head.is(2, "Cầu mới"));
        assert!(head.names("LAM GIANG BÁO"));
    }
}
