//! Completion in the filter line: fields, and values with their counts under the current selection.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::is::{Has, Is};
use super::{FIELDS, Field, How, Term, eval};
use crate::entity::EntityIx;
use crate::library::facets;
use crate::library::snapshot::{ArticleIx, Snapshot, Stage};
use crate::text::folded;

/// Something that could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the line that it replaces.
    pub replace: Range<usize>,
    /// What is put there.
    pub insert: String,
    /// What is shown.
    pub label: String,
    /// What a field finds, in English.
    pub help: &'static str,
    /// Articles of the selection, for values.
    pub count: Option<u32>,
}

/// Completions that are given at most.
const MOST: usize = 50;

/// What could stand at byte `cursor` of the line, the most frequent first; `selection` is what the line selects now.
pub fn complete(raw: &str, cursor: usize, snapshot: &Snapshot, selection: &[ArticleIx]) -> Vec<Completion> {
    let Some(before) = raw.get(..cursor) else { return Vec::new() };
    let start = word_start(before);
    let word = before[start..].trim_start_matches('-');
    let start = cursor - word.len();
    match word.split_once(':').and_then(|(name, rest)| Some((Field::named(name)?, rest))) {
        Some((field, rest)) => {
            let rest = rest.strip_prefix('=').unwrap_or(rest);
            // What the closing mark ends is whole.
            if rest.len() > 1 && rest.starts_with('"') && rest.ends_with('"') {
                return Vec::new();
            }
            let last = if rest.starts_with('"') { rest } else { rest.rsplit(',').next().unwrap_or(rest) };
            values(field, last.trim_start_matches('"'), cursor - last.len()..cursor, snapshot, selection)
        }
        None => fields(word, start..cursor),
    }
}

/// Where the word at the end of `before` starts: quotation marks hold blanks together.
fn word_start(before: &str) -> usize {
    let mut start = 0;
    let mut quoted = false;
    for (at, c) in before.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (c.is_whitespace() || matches!(c, '(' | ')' | '|' | '{' | '}')) => {
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    start
}

fn fields(word: &str, replace: Range<usize>) -> Vec<Completion> {
    let typed = folded(word);
    FIELDS
        .iter()
        .filter(|row| row.name.starts_with(&typed))
        .map(|row| Completion {
            replace: replace.clone(),
            insert: format!("{}:", row.name),
            label: format!("{}:", row.name),
            help: row.help_in_short(),
            count: None,
        })
        .collect()
}

fn values(
    field: Field,
    typed: &str,
    replace: Range<usize>,
    snapshot: &Snapshot,
    selection: &[ArticleIx],
) -> Vec<Completion> {
    let mut found = offered(field, typed, snapshot, selection);
    found.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    found.dedup_by(|a, b| a.0 == b.0);
    found.truncate(MOST);
    let insert = |value: &str| {
        let bare = value.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        if bare { format!("{value} ") } else { format!("\"{}\" ", value.replace('"', "\"\"")) }
    };
    let completion = |(label, count): (String, Option<u32>)| Completion {
        replace: replace.clone(),
        insert: insert(&label),
        label,
        help: "",
        // How often somebody is quoted, the texts alone tell: too long for a key. Who is named most stands first all the same.
        count: count.filter(|_| field != Field::Said),
    };
    found.into_iter().map(completion).collect()
}

/// Values that go on from what was typed, each with its count in the selection.
fn offered(
    field: Field,
    typed: &str,
    snapshot: &Snapshot,
    selection: &[ArticleIx],
) -> Vec<(String, Option<u32>)> {
    let counted = |name: &str, holds: &dyn Fn(ArticleIx) -> bool| {
        (name.to_owned(), Some(selection.iter().filter(|ix| holds(**ix)).count() as u32))
    };
    let uncounted = |name: &str| (name.to_owned(), None);
    // Before all is related, nobody knows how many are.
    let related = snapshot.progress.stage == Stage::Done;
    let begins = |name: &str| folded(name).starts_with(&folded(typed));
    match field {
        Field::Is => {
            let all = Is::ALL.into_iter().filter(|is| begins(is.name()));
            let count = |is: Is| counted(is.name(), &|ix| is.holds(snapshot, ix));
            let known = |is: Is| related || !is.needs_relations();
            all.map(|is| if known(is) { count(is) } else { uncounted(is.name()) }).collect()
        }
        Field::Has => {
            let all = Has::ALL.into_iter().filter(|has| begins(has.name()));
            // Quotes stand in the texts: counting them takes longer than a key may.
            let quick = |has: Has| has != Has::Quote && (related || has != Has::Related);
            let count = |has: Has| counted(has.name(), &|ix| has.holds(snapshot, ix));
            all.map(|has| if quick(has) { count(has) } else { uncounted(has.name()) }).collect()
        }
        Field::Tag => {
            let all = snapshot.marks.all_tags();
            let fit = all.keys().filter(|tag| begins(tag));
            fit.map(|tag| counted(tag, &|ix| snapshot.marks.tags(ix).iter().any(|t| t == tag))).collect()
        }
        Field::View => {
            // How many a view finds takes a search of its own.
            snapshot.views.all().filter(|v| begins(&v.name)).map(|v| uncounted(&v.name)).collect()
        }
        Field::Title
        | Field::Body
        | Field::Quote
        | Field::Note
        | Field::Older
        | Field::Newer
        | Field::Sources
        | Field::Story
        | Field::Like => Vec::new(),
        _ => {
            let found = of_facets(field, typed, snapshot, selection);
            found.into_iter().map(|(value, n)| (value, Some(n))).collect()
        }
    }
}

/// Names, outlets, languages and months.
fn of_facets(field: Field, typed: &str, snapshot: &Snapshot, selection: &[ArticleIx]) -> Vec<(String, u32)> {
    let set = || facets::set(snapshot, selection);
    match field {
        Field::Source => {
            let term = Term::new(typed, How::Prefix, false);
            let fits = |o: &str| {
                term.as_ref().is_none_or(|t| !t.find(o).is_empty() || folded(o).starts_with(&folded(typed)))
            };
            facets::sources(snapshot, &set()).into_iter().filter(|(o, _)| fits(o)).collect()
        }
        Field::Lang => {
            let langs = facets::langs(snapshot, &set()).into_iter().filter(|(l, _)| l.starts_with(typed));
            langs.map(|(l, n)| (l.to_owned(), n)).collect()
        }
        Field::Date | Field::After | Field::Before => {
            facets::months(snapshot, &set()).into_iter().filter(|(m, _)| m.starts_with(typed)).collect()
        }
        // Nobody else speaks (`story::speaker`).
        Field::Said => {
            let mut speakers = names(Field::Person, typed, snapshot, selection);
            speakers.extend(names(Field::Org, typed, snapshot, selection));
            speakers
        }
        _ => names(field, typed, snapshot, selection),
    }
}

/// Names up to which the articles of each are read; of more, all names of the selection are counted.
const FEW: usize = 64;

fn names(field: Field, typed: &str, snapshot: &Snapshot, selection: &[ArticleIx]) -> Vec<(String, u32)> {
    let term = Term::new(typed, How::Prefix, false);
    let candidates = term.as_ref().map(|_| eval::candidates(snapshot, field, typed, How::Prefix));
    let mut found: Vec<(EntityIx, u32)> = match candidates {
        // Of a few names the articles are looked at.
        Some(few) if few.len() <= FEW => {
            let selected = facets::set(snapshot, selection);
            let count =
                |name| snapshot.index.articles(name).filter(|ix| selected.contains(ix.0 as usize)).count();
            few.into_iter().map(|ix| (ix, count(ix) as u32)).filter(|(_, n)| *n > 0).collect()
        }
        candidates => {
            let counts = snapshot.index.names.counts(&facets::set(snapshot, selection));
            let kinds = snapshot.index.kinds();
            let counted = |ix: EntityIx| Some((ix, *counts.get(ix.0 as usize).filter(|n| **n > 0)?));
            if let Some(many) = candidates {
                many.into_iter().filter_map(counted).collect()
            } else {
                let held = (0..).map(EntityIx).zip(kinds).filter(|(_, kind)| field.holds(**kind));
                held.filter_map(|(ix, _)| counted(ix)).collect()
            }
        }
    };
    found.sort_by_key(|(_, n)| Reverse(*n));
    // The most frequent are looked at first: with enough of them, and all that are as frequent as the last, nobody needs the rest.
    let mut out: Vec<(String, u32)> = Vec::new();
    let mut names = FxHashSet::default();
    for (ix, n) in found {
        if names.len() >= MOST && out.last().is_some_and(|last| last.1 > n) {
            break;
        }
        let Some(entity) = snapshot.entities.get(ix) else { continue };
        if term.as_ref().is_none_or(|term| eval::holds(term, entity)) {
            names.insert(entity.name.as_str());
            out.push((entity.name.clone(), n));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::library::query::Views;
    use crate::library::sample::{Made, library};
    use crate::library::store::State;

    /// The first completions of a line at `|`, as the line would then read, with counts.
    fn offers(line: &str, stage: Stage) -> Vec<String> {
        let made = |names: &[usize], source| Made {
            title: vec![0],
            body: vec![1],
            source,
            day: Some(22),
            names: names.to_vec(),
            read: true,
        };
        let mut snapshot = library(&[made(&[0, 2], Some(0)), made(&[0, 3], Some(1)), made(&[1], Some(0))]);
        let tagged = State { tags: vec!["đọc-lại".to_owned()], ..State::default() };
        snapshot.mark(&std::iter::once((snapshot.entries[1].digest().to_owned(), tagged)).collect());
        snapshot.progress.stage = stage;
        snapshot.views = Arc::new(Views::parse("cam: mưa\nbão lũ: lũ\n").0);
        let cursor = line.find('|').expect("a cursor");
        let raw = line.replace('|', "");
        let all = complete(&raw, cursor, &snapshot, &snapshot.order);
        all.into_iter()
            .map(|c| {
                let mut line = raw.clone();
                line.replace_range(c.replace, &c.insert);
                c.count.map_or(line.clone(), |n| format!("{line}({n})"))
            })
            .collect()
    }

    #[test]
    fn fields_and_values_are_offered() {
        for (line, expect) in [
            ("per|", &["person:"][..]),
            ("mưa -pl|", &["mưa -place:"]),
            ("xyz|", &[]),
            ("person:|", &["person:\"Trần Lũ\" (2)", "person:\"Trần Lũ Hà\" (1)"]),
            ("person:ha|", &["person:\"Trần Lũ Hà\" (1)"]),
            ("-place:\"da n|", &["-place:\"Đà Nẵng\" (1)"]),
            ("place:\"Đà Nẵng\"|", &[]),
            ("name:nang|", &["name:\"Hội Đà Nẵng\" (1)", "name:\"Đà Nẵng\" (1)"]),
            ("source:bao|", &["source:\"Báo Mưa\" (2)", "source:\"Báo Mưa Đêm\" (1)"]),
            ("source:x,báo mưa| b", &[]),
            ("date:2026|", &["date:2026-09 (3)"]),
            ("lang:e|", &["lang:en (3)"]),
            ("lang:v|", &[]),
            ("title:m|", &[]),
            ("is:un|", &["is:unread (3)"]),
            ("is:o|", &["is:original (3)"]),
            ("has:r|", &["has:related (0)"]),
            ("tag:doc|", &["tag:đọc-lại (1)"]),
            ("story:{tag:|", &["story:{tag:đọc-lại (1)"]),
            ("view:|", &["view:\"bão lũ\" ", "view:cam "]),
            ("said:tran|", &["said:\"Trần Lũ\" ", "said:\"Trần Lũ Hà\" "]),
            // Places do not speak.
            ("said:nang|", &["said:\"Hội Đà Nẵng\" "]),
        ] {
            assert_eq!(offers(line, Stage::Done), expect, "{line}");
        }
    }

    #[test]
    fn what_relations_tell_is_counted_when_all_are_there() {
        for (line, expect) in
            [("is:o|", "is:original "), ("has:r|", "has:related "), ("is:un|", "is:unread (3)")]
        {
            assert_eq!(offers(line, Stage::Relating), [expect], "{line}");
        }
    }
}
