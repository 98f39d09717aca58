//! Tests of selecting: the index against a naive scan, the printed form against the parser, and the promises one by one.

use proptest::prelude::*;

use super::eval::{From, select};
use super::{Expr, Field, How, Views};
use crate::entity::EntityIx;
use crate::library::Query;
use crate::library::sample::{NAMES, SOURCES, WORDS, library, made};
use crate::library::snapshot::{ArticleIx, Snapshot};
use crate::library::store::{self, State};
use crate::text::{Needle, spelling};

/// What the language promises, said naively: every article is looked through.
fn naive(expr: &Expr, snapshot: &Snapshot, n: usize) -> bool {
    let Some(read) = snapshot.read(ArticleIx(n as u32)) else { return false };
    match expr {
        Expr::All => true,
        Expr::Text { text, how } => naive_word(text, *how, &read.plain.text),
        Expr::Not(inner) => !naive(inner, snapshot, n),
        Expr::And(all) => all.iter().all(|e| naive(e, snapshot, n)),
        Expr::Or(any) => any.iter().any(|e| naive(e, snapshot, n)),
        Expr::Field { field: Field::Title, values, how } => {
            values.iter().any(|v| naive_word(v, *how, read.article.title.as_deref().unwrap_or("")))
        }
        Expr::Field { field: Field::Source, values, .. } => {
            let source = |n: usize| snapshot.read(ArticleIx(n as u32)).and_then(|r| r.article.source.clone());
            let called = |v: &String| (0..snapshot.entries.len()).any(|n| source(n).as_ref() == Some(v));
            let fits = |v: &String, s: &str| if called(v) { v == s } else { naive_word(v, How::Whole, s) };
            source(n).is_some_and(|s| values.iter().any(|v| fits(v, &s)))
        }
        Expr::Field { field: Field::Name, values, .. } => {
            let entities = snapshot.entities_of(ArticleIx(n as u32));
            let names = |e: &EntityIx| &snapshot.entities.get(*e).expect("an entity").name;
            entities.iter().any(|(e, _)| values.contains(names(e)))
        }
        Expr::Field { field: Field::Date, values, .. } => {
            read.article.published.as_ref().is_some_and(|d| values.contains(&d.iso()))
        }
        Expr::Pattern(text) => {
            let pattern = regex::Regex::new(&format!("(?i){text}")).expect("a pattern");
            read.article.title.as_deref().is_some_and(|t| pattern.is_match(t))
        }
        // Without stories every article is a story of its own.
        Expr::Story(inner) => naive(inner, snapshot, n),
        Expr::Field { field: Field::Sources, values, .. } => {
            values.iter().any(|v| (v == "1") == read.article.source.is_some())
        }
        Expr::Field { field: field @ (Field::Older | Field::Newer), values, .. } => {
            // Days of September before the 22nd, that one included.
            let day = read.article.published.as_ref().map(|d| i32::from(d.at.day()));
            let ago = |v: &String| v.trim_end_matches('d').parse::<i32>().expect("days");
            let new = |day: i32, v: &String| day > 22 - ago(v);
            day.is_some_and(|day| values.iter().any(|v| new(day, v) == (*field == Field::Newer)))
        }
        Expr::Field { field: Field::Tag, values, how } => {
            let tags = snapshot.marks.tags(ArticleIx(n as u32));
            let fits = |tag: &String, v: &String| {
                if *how == How::Prefix { tag.starts_with(v.as_str()) } else { tag == v }
            };
            let last = values.len() - 1;
            values
                .iter()
                .enumerate()
                .any(|(n, v)| tags.iter().any(|t| if n == last { fits(t, v) } else { t == v }))
        }
        Expr::Field { field: Field::Note, values, how } => {
            let note = snapshot.marks.note(ArticleIx(n as u32));
            let last = values.len() - 1;
            let how = |n| if n < last && *how == How::Prefix { How::Whole } else { *how };
            values.iter().enumerate().any(|(n, v)| naive_word(v, how(n), note))
        }
        Expr::Field { field: Field::Is, values, .. } => {
            let marks = &snapshot.marks;
            values.iter().any(|v| marks.is(ArticleIx(n as u32), store::Is::named(v).expect("a state")))
        }
        Expr::Field { field: Field::Has, values, .. } => values.iter().any(|v| match v.as_str() {
            "tag" => !snapshot.marks.tags(ArticleIx(n as u32)).is_empty(),
            "note" => !snapshot.marks.note(ArticleIx(n as u32)).is_empty(),
            _ => false,
        }),
        Expr::Field { field: Field::Like, values, .. } => values.iter().any(|_| false),
        Expr::Field { field: Field::View, values, .. } => {
            values.iter().any(|v| naive(&snapshot.views.get(v).expect("a view").expr, snapshot, n))
        }
        Expr::Field { .. } => unreachable!("not generated"),
    }
}

fn naive_word(text: &str, how: How, within: &str) -> bool {
    let needle = if how == How::Prefix { Needle::typing(text) } else { Needle::new(text) };
    let found = needle.expect("letters").find(within);
    let same = |found: &str| spelling(found).split_whitespace().eq(spelling(text).split_whitespace());
    found.into_iter().any(|at| how != How::Exact || same(&within[at]))
}

fn leaf() -> impl Strategy<Value = Expr> {
    let words = prop::collection::vec(0..WORDS.len(), 1..3)
        .prop_map(|w| w.iter().map(|&w| WORDS[w]).collect::<Vec<_>>().join(" "));
    let how = prop_oneof![Just(How::Whole), Just(How::Prefix), Just(How::Exact)];
    let field = |field, values: Vec<String>, how| Expr::Field { field, values, how };
    prop_oneof![
        4 => (words.clone(), how.clone()).prop_map(|(text, how)| Expr::Text { text, how }),
        1 => (prop::collection::vec(words, 1..3), how).prop_map(move |(v, how)| {
            let how = if how == How::Prefix { How::Whole } else { how };
            field(Field::Title, v, how)
        }),
        1 => (0..SOURCES.len()).prop_map(move |s| field(Field::Source, vec![SOURCES[s].to_owned()], How::Whole)),
        1 => (0..NAMES.len()).prop_map(move |n| field(Field::Name, vec![NAMES[n].0.to_owned()], How::Whole)),
        1 => (1..29).prop_map(move |d| field(Field::Date, vec![format!("2026-09-{d:02}")], How::Whole)),
        1 => own(),
        1 => prop::sample::select(&["^nhà", "da|đà", "(mưa )?lũ$", "u\\d", "\\/"][..])
            .prop_map(|t| Expr::Pattern(t.to_owned())),
    ]
}

/// Fields about what the reader did, and the few whose values are a small set.
fn own() -> impl Strategy<Value = Expr> {
    let some = |field: Field, values: &'static [&'static str]| {
        let how = if matches!(field, Field::Tag | Field::Note) {
            prop_oneof![Just(How::Whole), Just(How::Prefix)].boxed()
        } else {
            Just(How::Whole).boxed()
        };
        (prop::collection::vec(prop::sample::select(values), 1..3), how).prop_map(move |(values, how)| {
            Expr::Field { field, values: values.into_iter().map(str::to_owned).collect(), how }
        })
    };
    prop_oneof![
        some(Field::Tag, &TAGS),
        some(Field::Note, &["mưa", "hỏi lại", "lạ"]),
        some(Field::Is, &["unread", "read", "starred"]),
        some(Field::Has, &["tag", "note", "related"]),
        some(Field::Sources, &["1", "<1"]),
        some(Field::Older, &["3d", "20d", "2w"]).prop_map(days),
        some(Field::Newer, &["3d", "20d", "2w"]).prop_map(days),
        some(Field::View, &["mưa", "hai chữ"]),
        some(Field::Like, &["ffff", "abcdef"]),
    ]
}

/// Weeks as days, as the naive scan counts.
fn days(expr: Expr) -> Expr {
    match expr {
        Expr::Field { field, values, how } => {
            let values = values.into_iter().map(|v| if v == "2w" { "14d".to_owned() } else { v }).collect();
            Expr::Field { field, values, how }
        }
        other => other,
    }
}

const TAGS: [&str; 3] = ["cam", "cam-pu", "đọc"];

/// The library with every third article marked, tagged and noted in turn, and two views.
fn marked(all: &[crate::library::sample::Made]) -> Snapshot {
    let mut snapshot = library(all);
    let state = |n: usize| State {
        read: n.is_multiple_of(2),
        starred: n.is_multiple_of(3),
        tags: TAGS.iter().skip(n % 4).map(|t| (*t).to_owned()).collect(),
        note: ["", "hỏi lại", "mưa lũ"][n % 3].to_owned(),
        ..State::default()
    };
    let states =
        snapshot.entries.iter().enumerate().map(|(n, e)| (e.digest().to_owned(), state(n))).collect();
    snapshot.mark(&states);
    snapshot.views = std::sync::Arc::new(Views::parse("mưa: mưa OR tag:cam\nhai chữ: view:mưa -is:read\n").0);
    snapshot
}

fn expr() -> impl Strategy<Value = Expr> {
    use crate::library::query::parse::{and, not, or};
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(not),
            inner.clone().prop_map(|e| Expr::Story(Box::new(e))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(and),
            prop::collection::vec(inner, 2..4).prop_map(or),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_index_finds_what_a_scan_finds(all in prop::collection::vec(made(), 0..10), expr in expr()) {
        let snapshot = marked(&all);
        let from = From { snapshot: &snapshot, today: snapshot.today, open: None };
        let found = select(&expr, from, &|| false).expect("not stopped");
        let expect: Vec<ArticleIx> =
            snapshot.order.iter().copied().filter(|ix| naive(&expr, &snapshot, ix.0 as usize)).collect();
        prop_assert_eq!(found, expect, "{}", expr);
    }

    #[test]
    fn what_is_printed_parses_back(expr in expr()) {
        let line = expr.to_string();
        let back = Query::parse_whole(&line).map(|q| q.expr);
        prop_assert_eq!(back, Ok(expr), "{}", line);
    }

    #[test]
    fn any_line_is_answered(line in "[a-zđấ0-9 \"“()|:=*,./-]{0,24}|(NOT |OR |AND |-|\\(|person:|date:|source:=?|title:/|story:\\{|\\}|tag:|view:|like:@|[a-z]|\"|\\)|,|/| ){0,12}") {
        for query in [Query::parse(&line), Query::parse_whole(&line)] {
            match query {
                Ok(query) => {
                    let printed = query.to_string();
                    let back = Query::parse_whole(&printed).map(|q| q.expr);
                    prop_assert_eq!(back, Ok(query.expr), "{} -> {}", line, printed);
                }
                Err(problem) => prop_assert!(line.get(problem.at.clone()).is_some(), "{:?} of {}", problem, line),
            }
        }
    }
}

fn found(raw: &str) -> Vec<u32> {
    let made = |title: &[usize], names: &[usize], source, day| crate::library::sample::Made {
        title: title.to_vec(),
        body: vec![],
        source,
        day,
        names: names.to_vec(),
        read: true,
    };
    let all = [
        made(&[0, 2], &[0, 2], Some(0), Some(22)),
        made(&[1, 3], &[1], Some(1), Some(20)),
        made(&[5, 7], &[3, 4], Some(2), Some(3)),
    ];
    let snapshot = library(&all);
    let query = Query::parse_whole(raw).expect(raw);
    let mut found: Vec<u32> =
        query.select(&snapshot, &|| false).expect("not stopped").into_iter().map(|ix| ix.0).collect();
    found.sort_unstable();
    found
}

#[test]
fn marks_names_outlets_and_days() {
    for (raw, expect) in [
        ("nha trang", &[0, 1][..]),
        ("nhà trắng", &[0]),
        ("\"nhà trắng\"", &[0]),
        ("=nha =trang", &[1]),
        ("nha -nhà", &[1]),
        ("đà OR nhà", &[0, 2]),
        ("da nang", &[2]),
        ("person:\"Trần Lũ\"", &[0]),
        ("person:\"Tran Lu\"", &[0]),
        ("person:tran", &[0, 1]),
        ("person:=tran", &[0]),
        ("place:\"da nang\"", &[0]),
        ("name:\"Đà Nẵng\"", &[0]),
        ("name:nang", &[0, 2]),
        ("org:nẵng", &[2]),
        ("person:Kim", &[]),
        ("source:\"Báo Mưa\"", &[0]),
        ("source:báo", &[0, 1]),
        ("source:trangtin", &[2]),
        ("source:baomua,trangtin", &[0, 2]),
        ("date:22/9", &[0]),
        ("date:3d", &[0, 1]),
        ("after:2026-09-04", &[0, 1]),
        ("before:20/9", &[2]),
        ("-date:2026-09", &[]),
        ("title:nẵng", &[2]),
        ("body:nẵng", &[]),
    ] {
        assert_eq!(found(raw), expect, "{raw}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn keys_leave_a_line_that_is_understood(expr in expr(), exclude in any::<bool>()) {
        let query = Query::parse(&expr.to_string()).expect("printed");
        let with = query.toggle_name(crate::entity::Kind::Per, "Ông \"A\", B", exclude);
        let with = with.expect("still understood");
        let without = with.without_name(crate::entity::Kind::Per, "Ông \"A\", B").expect("still understood");
        let plain = |q: &Query| q.expr.to_string().replace('*', "");
        prop_assert_eq!(plain(&without), plain(&query), "{}", with.raw);
    }
}

/// A line on which printing and parsing once disagreed.
#[test]
fn a_quoted_comma_before_a_star_comes_back() {
    let query = Query::parse_whole("\"ấ,\"*").expect("a query");
    assert_eq!(Query::parse_whole(&query.to_string()).map(|q| q.expr), Ok(query.expr));
}
