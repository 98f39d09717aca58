//! The reader's own data on the screen: tags, notes, views, commands over many articles, and taking them back.
//! Articles by number as in `press.rs`: 0 the slide (3 June), 1 its copy, 2 two days later, 3 prices, 4 football, 5 the letter.

use diembao::app::{Event, Focus, Report};
use diembao::library::{ArticleIx, Change, Is, What};

use crate::fixture::{Desk, snapshot};

const ALL: &str = "2 1 0 5 3 4";

/// What left to be stored, without the places: article and change.
fn saved(desk: &Desk) -> Vec<(String, What)> {
    let marks = desk.saved.iter().filter(|c| !matches!(c.what, What::Place(_)));
    marks.map(|c| (c.article.trim_start_matches('0').to_owned(), c.what.clone())).collect()
}

fn tag(article: &str, tag: &str, on: bool) -> (String, What) {
    (article.to_owned(), What::Tag(tag.to_owned(), on))
}

#[test]
fn tags_are_given_changed_and_taken_back() {
    let mut desk = Desk::new(120, 40);
    desk.press("jtđọc-lại<space>#Cam<enter>");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(1)), ["cam", "đọc-lại"]);
    assert!(desk.text().contains("#cam #đọc-lại"), "in the list and over the article: {}", desk.text());
    assert_eq!(saved(&desk), [tag("1", "cam", true), tag("1", "đọc-lại", true)]);
    desk.press("t<c-u>cam<space>mới<enter>");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(1)), ["cam", "mới"]);
    desk.press("u");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(1)), ["cam", "đọc-lại"]);
    desk.press("u");
    assert!(desk.app.snapshot.marks.tags(ArticleIx(1)).is_empty(), "both tags came at once");
    desk.press("tx<esc>");
    assert!(desk.app.snapshot.marks.tags(ArticleIx(1)).is_empty());
}

#[test]
fn the_article_that_was_left_is_taken_up() {
    for (before, article, expect) in [
        ("", "000000000004", "4"),
        ("", "ffffffffffff", "2"),
        // Who has moved already stays there.
        ("j", "000000000004", "2"),
    ] {
        let mut desk = Desk::empty(100, 16);
        desk.app.resume(Some(article.to_owned()));
        desk.press(before);
        desk.feed(Event::Report(Report::Published(snapshot())));
        assert_eq!(desk.open(), expect, "{before} {article}");
    }
    let mut desk = Desk::new(100, 16);
    desk.press("jj");
    assert_eq!(desk.app.last_opened(), None, "it was looked at, not opened");
    desk.press("<enter>");
    assert_eq!(desk.app.last_opened(), Some("000000000000"));
}

#[test]
fn known_tags_are_offered() {
    let mut desk = Desk::new(120, 40);
    desk.press("tđọc-lại<enter>jt");
    assert!(desk.text().contains("đọc-lại"));
    desk.press("doc<tab><enter>");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(1)), ["đọc-lại"]);
    desk.press("jt<down><enter>");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(0)), ["đọc-lại"]);
    desk.press("ftag:<tab><enter>");
    assert_eq!((desk.list().as_str(), desk.app.filter.raw().as_str()), ("2 1 0", "tag:đọc-lại"));
}

#[test]
fn a_note_is_written_in_a_line_or_in_an_editor() {
    for (w, h) in [(120, 40), (40, 12)] {
        let mut desk = Desk::new(w, h);
        desk.press("chỏi<space>lại<enter>");
        assert_eq!(desk.app.snapshot.marks.note(ArticleIx(2)), "hỏi lại");
        desk.press("l");
        assert!(desk.text().contains("✎ hỏi lại"), "{}", desk.text());
        desk.press("C");
        assert_eq!(desk.edited, [(ArticleIx(2), "hỏi lại".to_owned())]);
        desk.feed(Event::Report(Report::Noted(ArticleIx(2), "dòng một\ndòng hai\n".to_owned())));
        assert!(desk.text().contains("dòng hai"), "{}", desk.text());
        desk.press("c");
        assert_eq!(desk.edited.len(), 2, "a line would lose the line break");
        desk.press("uuu");
        assert_eq!(
            desk.app.snapshot.marks.note(ArticleIx(2)),
            "",
            "what was written twice, and that it was read"
        );
        desk.press("hcmột<enter>c<c-u><enter>");
        assert_eq!(desk.app.snapshot.marks.note(ArticleIx(2)), "");
        desk.press("fnote:một<enter>");
        assert_eq!(desk.list(), "");
    }
}

#[test]
fn the_own_data_is_asked_for() {
    let mut desk = Desk::new(120, 40);
    desk.press("tcam<enter>jcgọi<space>lại<enter>j*");
    for (query, expect) in [
        ("tag:cam", "2"),
        ("tag:ca*", "2"),
        ("tag:=ca", ""),
        ("has:tag,note", "2 1"),
        ("note:\"goi<space>lai\"", "1"),
        ("is:starred", "0"),
        ("-has:note<space>has:tag", "2"),
        ("is:copy", "1"),
        ("is:original<space>sạt", "2 0"),
        ("is:update", ""),
        ("has:related", "2 1 0"),
        ("has:quote", "0"),
        ("quote:\"trẻ<space>con\"", "0"),
        ("sources:2", "2 1 0"),
        ("sources:>2", ""),
        ("sources:1", "5 3 4"),
        ("story:{is:starred}", "2 1 0"),
        ("story:{giá<space>lúa}", "3"),
        ("title:/^khe.*hộ/", "1"),
        ("older:2d", "1 0 5 3 4"),
        ("newer:2d", "2"),
    ] {
        desk.press(&format!("f<c-u>{query}<enter>"));
        assert_eq!((desk.list().as_str(), &desk.app.filter.problem), (expect, &None), "{query}");
    }
}

#[test]
fn the_open_article_is_written_into_the_line() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjflike:@<enter>");
    assert_eq!((desk.list().as_str(), desk.app.filter.raw().as_str()), ("2 1 4", "like:000000000000"));
    desk.press("Fggjf<c-u>story:@<space>is:copy<enter>");
    assert_eq!((desk.list().as_str(), desk.app.filter.raw().as_str()), ("1", "story:000000000001 is:copy"));
    desk.press("f<c-u>like:ffff");
    assert_eq!(desk.list(), ALL, "what is not there keeps the list, which an empty line had made whole");
    assert_eq!(
        desk.app.filter.problem.as_ref().map(|p| (p.at.clone(), p.fault.id())),
        Some((5..9, "no-article"))
    );
}

#[test]
fn a_filter_is_saved_shown_and_taken_away() {
    let mut desk = Desk::new(120, 40);
    desk.press("V");
    assert!(desk.app.overlays.is_empty(), "no view, no list of views: how one comes about is told");
    desk.press("fsạt<c-s>Khe<space>Ngần<enter>F");
    assert_eq!(desk.list(), "2 1 0 5 3 4");
    desk.press("fgiá<space>lúa<enter>:save<space>giá<enter>FV");
    let text = desk.text();
    for row in [("Khe Ngần", "sạt", " 3 "), ("giá", "giá lúa", " 1 ")] {
        let shown = |l: &str| l.contains(row.0) && l.contains(row.1) && l.contains(row.2);
        assert!(text.lines().any(shown), "{row:?}: {text}");
    }
    desk.press("khe<enter>");
    assert_eq!((desk.list().as_str(), desk.app.filter.raw().as_str()), ("2 1 0", "sạt"));
    desk.press("f<c-u>view:\"khe<space>ngần\"<space>OR<space>view:giá<enter>");
    assert_eq!(desk.list(), "2 1 0 3");
    desk.press("F:forget<space>giá<enter>fview:giá<enter>");
    assert_eq!(desk.app.filter.problem.as_ref().map(|p| p.fault.id()), Some("no-view"));
    desk.press("f<esc>u");
    desk.press("f<c-u>view:giá<enter>");
    assert_eq!(desk.list(), "3", "taken back");
    desk.press("F:view<space>khe<space>ngần<enter>");
    assert_eq!((desk.list().as_str(), desk.app.nav.focus), ("2 1 0", Focus::List));
}

#[test]
fn a_view_made_of_itself_is_told() {
    let mut desk = Desk::new(120, 40);
    desk.press("fsạt<c-s>a<enter>f<c-u>view:a<c-s>b<enter>f<c-u>view:b<c-s>a<enter>");
    desk.press("f<c-u>view:a<enter>");
    assert_eq!(desk.app.filter.problem.as_ref().map(|p| p.fault.id()), Some("view-loop"));
}

#[test]
fn many_articles_are_marked_at_once_and_taken_back_at_once() {
    for (script, expect) in [
        (":read<space>older:2d<enter>", 5),
        (":read<space>-sạt<enter>", 3),
        ("fsạt<enter>:star<space><enter>", 3),
        (":tag<space>cam,xem<space>sạt<enter>", 3),
        (":tag<space>cam<space>story:{sources:2}<enter>", 3),
        (":read<space>view:none<enter>", 0),
        (":read<space>(a<enter>", 0),
        (":unread<space>sạt<enter>", 0),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        let marks = &desk.app.snapshot.marks;
        let marked = |n: &u32| {
            let ix = ArticleIx(*n);
            marks.is(ix, Is::Read) || marks.is(ix, Is::Starred) || !marks.tags(ix).is_empty()
        };
        assert_eq!((0..6).filter(marked).count(), expect, "{script}: {}", desk.text());
        if expect > 0 {
            desk.press("u");
            let (once, back) = (saved(&desk).len() / 2, saved(&desk).split_off(saved(&desk).len() / 2));
            assert!(
                once >= expect
                    && back.iter().all(|(_, w)| matches!(w.name(), Some("unread" | "unstar" | "untag")))
            );
            let marks = &desk.app.snapshot.marks;
            assert!(
                (0..6).all(|n| marks.is(ArticleIx(n), Is::Unread) && marks.tags(ArticleIx(n)).is_empty())
            );
        }
    }
}

#[test]
fn tags_stand_whole_or_are_counted_and_leave_the_outlet_readable() {
    for (tags, expect) in [
        ("cam", &["Lạc Phong… =×3 #cam"][..]),
        ("cam<space>kinh-tế<space>thời-sự", &["#3"]),
        ("một-nhãn-rất-dài-không-vừa", &["#1"]),
    ] {
        let mut desk = Desk::new(80, 24);
        desk.press(&format!("jt{tags}<enter>"));
        let text = desk.text();
        let row: String = text.lines().nth(7).expect("a row").chars().take(32).collect();
        assert!(!row.contains("……") && row.matches('…').count() <= 1, "{tags}: {row}");
        assert!(row.contains("Lạc Phong"), "{tags}: {row}");
        assert!(expect.iter().all(|part| row.contains(part)), "{tags}: {row}\n{text}");
    }
}

#[test]
fn undoing_goes_on_to_what_was_done_before_the_session() {
    let mut desk = Desk::new(120, 40);
    let all = std::sync::Arc::clone(&desk.app.snapshot);
    let back = |n: usize, what: What| {
        let entry = &all.entries[n];
        Change { article: entry.digest().to_owned(), title: entry.title(), what }
    };
    let starred = |desk: &Desk, n: u32| desk.app.is(ArticleIx(n), Is::Starred);
    desk.earlier = vec![
        vec![back(3, What::Starred(true))],
        vec![back(3, What::Starred(false)), back(4, What::Starred(true))],
        vec![back(5, What::Tag("cũ".into(), true))],
    ];
    // What was done here comes first, and a number stops at its end.
    desk.press("**9<c-z>");
    assert!(desk.text().contains("Đã hoàn tác 2 lần"), "{}", desk.text());
    let undoes: Vec<_> = desk.deeds.iter().map(|deed| (deed.number, deed.undoes)).collect();
    assert_eq!(
        undoes.into_iter().filter(|d| d.0 > 0).collect::<Vec<_>>(),
        [(1, None), (2, None), (3, Some(2)), (4, Some(1))]
    );
    assert_eq!(desk.earlier.len(), 3);
    let before = saved(&desk).len();
    desk.press("<c-z>");
    assert_eq!(desk.app.snapshot.marks.tags(ArticleIx(5)), ["cũ"]);
    assert!(desk.text().contains("Đã hoàn tác nhãn"), "{}", desk.text());
    desk.press("u");
    assert!(!starred(&desk, 3) && starred(&desk, 4));
    assert!(desk.text().contains("Đã hoàn tác dấu sao: 2 bài"), "{}", desk.text());
    desk.press("u");
    assert!(starred(&desk, 3));
    desk.press("u");
    assert!(desk.text().contains("Không có gì để hoàn tác"), "{}", desk.text());
    assert_eq!(saved(&desk).len(), before, "it is stored already");
    // A list of what is starred follows.
    desk.earlier = vec![vec![back(3, What::Starred(false))], vec![back(4, What::Starred(false))]];
    desk.press("fis:starred<enter>2u");
    assert!(desk.text().contains("Đã hoàn tác 2 lần") && desk.app.list.rows.is_empty(), "{}", desk.text());
}

#[test]
fn what_is_done_while_something_is_taken_back_stays() {
    let mut desk = Desk::new(120, 40);
    desk.press("*");
    let article = desk.app.list.selected.expect("a row");
    let change = desk.saved.iter().find(|c| c.what == What::Starred(true)).expect("saved").clone();
    let actions = || vec![vec![Change { what: What::Starred(false), ..change.clone() }]];
    desk.feed(Event::Report(Report::Undone { actions: actions(), heard: 0 }));
    assert!(desk.app.is(article, Is::Starred), "it was not stored yet when that was taken back");
    desk.feed(Event::Report(Report::Undone { actions: actions(), heard: u64::MAX }));
    assert!(!desk.app.is(article, Is::Starred));
}
