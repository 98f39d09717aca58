//! While a folder comes in.

use std::sync::Arc;

use diembao::app::{Event, Report};
use diembao::library::{ArticleIx, Facets, Progress, Snapshot, Stage};

use super::ALL;
use crate::fixture::{Desk, snapshot};

#[test]
fn batches_keep_the_choice_and_the_place() {
    let whole = snapshot();
    let part = |n: usize, generation: u64| {
        let mut part = Snapshot::clone(&whole);
        part.generation = generation;
        part.order = Arc::new(whole.order.iter().rev().take(n).rev().copied().collect());
        part.progress = Progress { stage: Stage::Reading, done: n, total: 6 };
        Arc::new(part)
    };
    let mut desk = Desk::empty(80, 12);
    assert!(desk.text().contains("Đang tìm các tệp"), "{}", desk.text());
    for n in 1..=3 {
        desk.feed(Event::Report(Report::Published(part(n, n as u64))));
    }
    assert_eq!(
        (desk.list().as_str(), desk.open().as_str()),
        ("5 3 4", "5"),
        "nothing was chosen: the newest stays on top"
    );
    desk.press("j<enter>");
    for n in 4..=6 {
        desk.feed(Event::Report(Report::Published(part(n, n as u64))));
        assert_eq!((desk.open().as_str(), desk.name(desk.app.list.selected).as_str()), ("3", "3"));
    }
    assert!(desk.text().contains("6/6") || desk.text().contains('█'), "{}", desk.text());
}

#[test]
fn an_open_article_that_is_removed_is_told_and_left_for_the_list() {
    use diembao::app::{Focus, Lang};
    let whole = snapshot();
    for (keys, lang, words) in [
        ("j<enter>", Lang::Vi, "Bài đang mở không còn nữa"),
        ("j<enter>z", Lang::En, "no longer there"),
        ("j", Lang::En, "no longer there"),
    ] {
        let mut desk = Desk::new(100, 20);
        desk.app.prefs.lang = lang;
        desk.press(keys);
        let open = desk.app.reader.article.expect("an article");
        let next = whole.order[2];
        let mut rest = Snapshot::clone(&whole);
        rest.generation += 1;
        let mut entries = whole.entries.as_ref().clone();
        entries.get_mut(open.0 as usize).expect("it").head = None;
        rest.entries = Arc::new(entries);
        rest.order = Arc::new(whole.order.iter().copied().filter(|a| *a != open).collect());
        desk.feed(Event::Report(Report::Published(Arc::new(rest))));
        let text = desk.text();
        assert!(text.contains(words), "{keys}: {text}");
        assert_eq!((desk.app.nav.focus, desk.app.reader.article), (Focus::List, Some(next)), "{keys}");
        assert!(!desk.app.nav.zen, "{keys}");
    }
}

#[test]
fn a_stale_answer_is_dropped() {
    use diembao::app::Effect;
    let mut desk = Desk::new(80, 24);
    let mut questions = Vec::new();
    for key in diembao::keys::parse("/sat").expect("keys") {
        questions.extend(desk.app.on_event(Event::Key(key)));
    }
    let answer = |effect: &Effect, rows: Vec<ArticleIx>| {
        let Effect::Search { ticket, .. } = effect else { panic!("{effect:?}") };
        Event::Report(Report::Hits { ticket: *ticket, rows: Arc::new(rows), facets: Facets::default() })
    };
    assert_eq!(questions.len(), 3);
    desk.feed(answer(&questions[0], vec![ArticleIx(3)]));
    assert_eq!(desk.list(), ALL, "the last list stays until the newest answer is there");
    desk.feed(answer(&questions[2], vec![ArticleIx(1)]));
    desk.feed(answer(&questions[1], vec![ArticleIx(3)]));
    assert_eq!(desk.list(), "1");
}

#[test]
fn work_that_ended_early_is_told() {
    use diembao::app::{Msg, Notice};
    let mut desk = Desk::empty(80, 24);
    desk.feed(Event::Report(Report::Stopped(Notice::error(Msg::WorkFailed).with("why", "\u{1b}[31mx"))));
    let text = desk.text();
    assert!(text.contains("Một việc bị lỗi") && text.contains("Chưa có bài nào ở đây"), "{text}");
}

#[test]
fn what_is_not_read_in_yet_takes_no_mark_and_says_so() {
    let whole = snapshot();
    let mut part = Snapshot::clone(&whole);
    part.progress = Progress { stage: Stage::Reading, done: 0, total: 6 };
    let mut entries = whole.entries.as_ref().clone();
    for n in 0..entries.len() {
        entries.get_mut(n).expect("an article").head = None;
    }
    part.entries = Arc::new(entries);
    for keys in ["m", "*", "A", "t", "c", "y", "Y", "gy", "gq", "o", "L"] {
        let mut desk = Desk::empty(100, 12);
        desk.feed(Event::Report(Report::Published(Arc::new(part.clone()))));
        desk.press(keys);
        assert!(desk.text().contains("đang được đọc vào"), "{keys}: {}", desk.text());
        assert!(desk.saved.is_empty() && desk.copied.is_empty() && desk.opened.is_empty(), "{keys}");
    }
}

#[test]
fn a_verb_alone_marks_nothing() {
    for verb in ["read", "star", "tag", "view"] {
        let mut desk = Desk::new(140, 24);
        desk.press(&format!(":{verb}<enter>"));
        assert!(desk.text().contains("older:30d"), "{verb}: {}", desk.text());
        assert!(desk.saved.is_empty(), "{verb}");
    }
}
