//! Key scripts: the state without a terminal, on the made-up press review.
//! Articles by number: 0 the slide (3 June), 1 its copy, 2 two days later, 3 prices, 4 football, 5 the letter. Newest first: 2 1 0 5 3 4.

use std::sync::Arc;

use diembao::app::{Area, Event, Focus, Lang, MouseDid, Overlay, Report, Shape};
use diembao::library::{Anchor, ArticleIx, Facets, Is, Progress, Snapshot, Stage, States, What};

use crate::fixture::{Desk, snapshot};

const ALL: &str = "2 1 0 5 3 4";

/// After a script: the list, the open article, the pane with the keys, the filter line.
fn check(script: &str, list: &str, open: &str, focus: Focus, filter: &str) {
    for (w, h) in [(120, 40), (80, 24), (40, 12)] {
        let mut desk = Desk::new(w, h);
        desk.press(script);
        let app = &desk.app;
        let shown = (desk.list(), desk.open(), app.nav.focus, app.filter.raw());
        assert_eq!(
            shown,
            (list.to_owned(), open.to_owned(), focus, filter.to_owned()),
            "{script} at {w}×{h}"
        );
    }
}

#[test]
fn the_list_is_walked() {
    use Focus::{List, Reader};
    for (script, open, focus) in [
        ("", "2", List),
        ("j", "1", List),
        ("3j", "5", List),
        ("jk", "2", List),
        ("G", "4", List),
        ("Ggg", "2", List),
        ("<end><home>", "2", List),
        ("3G", "0", List),
        ("j<enter>", "1", Reader),
        ("jl", "1", Reader),
        ("j<enter><esc>", "1", List),
        ("jlhj", "0", List),
    ] {
        check(script, ALL, open, focus, "");
    }
}

#[test]
fn panes_are_visited() {
    use Focus::{List, Names, Reader, Related};
    for (script, focus) in [
        ("<tab>", Reader),
        ("<tab><tab>", Names),
        ("<tab><tab><tab>", Related),
        ("<tab><tab><tab><tab>", List),
        ("<s-tab>", Related),
        ("e", Names),
        ("ee", List),
        ("gr", Related),
        ("e<esc>", List),
        ("<tab>e<esc>", Reader),
        ("<tab>e<esc><esc>", List),
        ("lz", Reader),
        ("lz<esc>", Reader),
        ("z<tab>", Names),
    ] {
        check(script, ALL, "2", focus, "");
    }
}

#[test]
fn the_way_back_leads_out_of_a_filter() {
    for (w, h) in [(120, 40), (80, 24)] {
        let mut desk = Desk::joined(w, h);
        desk.press("jj<enter>");
        let read = desk.open();
        desk.press("e-");
        assert_ne!(desk.open(), read, "the filter hides it");
        desk.press("<c-o>");
        assert_eq!(desk.open(), read);
    }
}

#[test]
fn finding_narrows_while_typing() {
    use Focus::List;
    check("/sat", "2 1 0", "2", List, "\"sat\"*");
    check("/sạt<space>đồi", "1 0", "1", List, "\"sạt đồi\"*");
    check("/khe<space>ng<enter>", "2 1 0", "2", List, "\"khe ng\"*");
    check("/hac<space>trang<esc>", ALL, "2", List, "");
    check("/hac<space>trang<enter>", "0 4", "0", List, "\"hac trang\"*");
    check("/hac<space>trang<enter><esc>", ALL, "0", List, "");
    check("/hac<space>trang<enter>j/slip<enter>", "1 0 5 4", "4", List, "\"slip\"*");
    check("/hac<space>trang<enter>F", ALL, "0", List, "");
    check("/zzz<enter>F", ALL, "2", List, "");
    check("j/zzz<enter>F", ALL, "1", List, "");
    check("j/zzz<esc>", ALL, "1", List, "");
    check("/zzz<enter>", "", "2", List, "\"zzz\"*");
}

#[test]
fn what_an_input_method_sends_is_one_word() {
    let mut desk = Desk::new(120, 40);
    desk.press("/");
    for piece in ["s", "a", "\u{323}", "t"] {
        desk.feed(Event::Paste(piece.to_owned()));
    }
    assert_eq!((desk.list().as_str(), desk.app.filter.find.text()), ("2 1 0", "sạt"));
}

#[test]
fn the_filter_line_is_edited() {
    use Focus::List;
    check("fsource:\"Hà<space>Vân<space>Báo\"<enter>", "2 0", "2", List, "source:\"Hà Vân Báo\"");
    check("fsat<enter>f<c-u>gia<space>lua<enter>", "3", "3", List, "gia lua");
    check("fsat<esc>", ALL, "2", List, "");
    check("fsat<enter>fx<esc>", "2 1 0", "2", List, "sat");
    check("fsat<enter>/keng<enter>", "1 0", "1", List, "(sat) \"keng\"*");
    check("fsat<enter><esc>", ALL, "2", List, "");
    check("fsat<enter>f<c-u><up><enter>", "2 1 0", "2", List, "sat");
}

#[test]
fn what_is_not_understood_keeps_the_list() {
    let mut desk = Desk::new(80, 24);
    desk.press("fsat<enter>f)");
    assert_eq!(desk.list(), "2 1 0");
    let problem = desk.app.filter.problem.clone().expect("a problem");
    assert_eq!(problem.at.start, "sat".len());
    let text = desk.text();
    let line = text.lines().nth(1).expect("a second line");
    assert!(line.contains('^'), "{text}");
    desk.press("<esc>");
    assert_eq!((desk.app.filter.problem.is_none(), desk.list().as_str()), (true, "2 1 0"));
}

#[test]
fn suggestions_are_taken() {
    let mut desk = Desk::new(120, 40);
    desk.press("fpl");
    assert!(desk.text().contains("place:"));
    desk.press("<tab>");
    assert_eq!(desk.app.filter.filter.text(), "place:");
    assert_eq!(desk.list(), ALL, "a field that waits for its value selects nothing");
    let text = desk.text();
    assert!(text.lines().any(|l| l.contains("Khe Ngần") && l.contains(" 3 ")), "{text}");
    desk.press("khe");
    assert!(desk.text().contains("Khe Ngần"));
    desk.press("<tab>");
    assert_eq!(desk.app.filter.filter.text(), "place:\"Khe Ngần\" ");
    desk.press("<enter>");
    assert_eq!(desk.app.filter.raw(), "place:\"Khe Ngần\"");
    assert_eq!(desk.list(), "2 1 0");
}

#[test]
fn a_field_without_value_is_told_once_it_is_finished() {
    let mut desk = Desk::new(80, 24);
    desk.press("fplace:");
    assert_eq!(desk.app.filter.problem, None);
    desk.press("<enter>");
    assert!(desk.app.filter.problem.is_some());
    assert_eq!(desk.list(), ALL);
}

#[test]
fn names_filter_and_exclude() {
    use Focus::Names;
    let lu = "person:\"Đinh Khắc Lữ\"";
    check("jje<enter>", "1 0 4", "0", Names, lu);
    check("jje<enter><enter>", ALL, "0", Names, "");
    check("jje-", "2 5 3", "5", Names, &format!("-{lu}"));
    check("jje<enter>j<enter>", "0", "0", Names, &format!("{lu} person:\"Tòng Thị Mây\""));
    check("jje<enter>-", "2 5 3", "2", Names, &format!("-{lu}"));
    check("jje<enter>F", ALL, "0", Names, "");
}

#[test]
fn a_filter_without_result_is_taken_back_where_it_was_made() {
    let mut desk = Desk::new(120, 40);
    desk.press("ftitle:phai<enter>e-");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), ("", "0"));
    desk.press("-");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), ("0", "0"));
}

#[test]
fn counts_follow_the_filter() {
    let mut desk = Desk::new(120, 40);
    desk.press("jj");
    assert!(
        desk.text().lines().any(|l| l.contains("Hà Vân ") && l.trim_end_matches(['┃', ' ']).ends_with('3')),
        "{}",
        desk.text()
    );
    desk.press("fsource:\"Lạc<space>Phong<space>Online\"<enter>");
    assert_eq!(desk.list(), "1 3");
    let facets = desk.app.filter.facets.clone().expect("counts");
    assert_eq!(facets.entities.iter().map(|(_, n)| n).max(), Some(1));
}

#[test]
fn spellings_show_the_rule_that_joined_them() {
    let mut desk = Desk::new(120, 40);
    desk.press("jje");
    assert!(!desk.text().contains("ông Lữ ×"));
    desk.press("v");
    let text = desk.text();
    assert!(text.contains("ông Lữ ×1"), "{text}");
    desk.press("v");
    assert!(!desk.text().contains("ông Lữ ×"));
}

#[test]
fn jumps_come_back_to_the_place() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj<enter>5j");
    let scroll = desk.app.reader.scroll;
    assert_eq!(scroll, 5);
    desk.press("grj<enter>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus, desk.app.reader.scroll), ("2", Focus::Reader, 0));
    assert_eq!(desk.name(desk.app.list.selected), "2");
    desk.press("<c-o>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus, desk.app.reader.scroll), ("0", Focus::Related, 5));
    desk.press("<c-i>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus), ("2", Focus::Reader));
    desk.press("go<a-right><a-left>");
    assert_eq!(desk.open(), "0");
    desk.press("<c-o>");
    assert_eq!(desk.open(), "0", "there is nothing before");
}

#[test]
fn a_jump_out_of_the_filter_keeps_the_list() {
    let mut desk = Desk::new(120, 40);
    desk.press("ftitle:phai<enter>");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), ("0", "0"));
    desk.press("gr<enter>");
    assert_eq!(
        (desk.list().as_str(), desk.open().as_str(), desk.name(desk.app.list.selected).as_str()),
        ("0", "1", "0")
    );
    let next = Snapshot { generation: 2, ..Snapshot::clone(&desk.app.snapshot) };
    desk.feed(Event::Report(Report::Published(Arc::new(next))));
    assert_eq!(desk.open(), "1", "a new snapshot does not take the article away");
}

#[test]
fn the_story_is_walked_in_time() {
    use Focus::{List, Reader};
    check("jj<enter>J", ALL, "1", Reader, "");
    check("jj<enter>JJ", ALL, "2", Reader, "");
    check("jj<enter>JJJ", ALL, "2", Reader, "");
    check("jj<enter>K", ALL, "0", Reader, "");
    check("jjjJ", ALL, "3", List, "");
}

#[test]
fn matches_lead_through_the_article_and_on() {
    let mut desk = Desk::new(80, 24);
    desk.press("/khe<space>ngan<enter>");
    assert_eq!((desk.open().as_str(), desk.app.reader.matches.len()), ("2", 2));
    assert_eq!(desk.app.reader.current, Some(0), "typing shows the first match");
    desk.press("n");
    assert_eq!(desk.app.reader.current, Some(1));
    desk.press("n");
    assert_eq!((desk.open().as_str(), desk.app.reader.current), ("1", Some(0)));
    desk.press("N");
    assert_eq!((desk.open().as_str(), desk.app.reader.current), ("2", Some(1)));
    desk.press("4n");
    assert_eq!(desk.open(), "0");
}

#[test]
fn reading_is_marked() {
    let mut desk = Desk::new(120, 40);
    desk.press("j<enter><esc>");
    assert!(desk.app.is(ArticleIx(1), Is::Read));
    desk.press("gg]");
    assert_eq!(desk.open(), "5", "the read one and what it reprints are passed over");
    desk.press("[");
    assert_eq!(desk.open(), "2");
    desk.press("jm");
    assert!(desk.app.is(ArticleIx(1), Is::Unread));
}

/// What left to be stored, without the places.
fn saved(desk: &Desk) -> Vec<(&str, What)> {
    let marks = desk.saved.iter().filter(|c| !matches!(c.what, What::Place(_)));
    marks.map(|c| (c.article.trim_start_matches('0'), c.what.clone())).collect()
}

#[test]
fn what_is_done_is_kept_and_taken_back() {
    for (script, expect) in [
        ("Gm", &[("4", What::Read(true))][..]),
        ("jm", &[("1", What::Read(true)), ("", What::Read(true))]),
        ("jmm", &[("1", What::Read(true)), ("", What::Read(true)), ("1", What::Read(false))]),
        ("j*", &[("1", What::Starred(true))]),
        (
            "j*Gmuu",
            &[
                ("1", What::Starred(true)),
                ("4", What::Read(true)),
                ("4", What::Read(false)),
                ("1", What::Starred(false)),
            ],
        ),
        ("Gmu<c-z>", &[("4", What::Read(true)), ("4", What::Read(false))]),
        (
            "j<enter>u",
            &[
                ("1", What::Read(true)),
                ("", What::Read(true)),
                ("1", What::Read(false)),
                ("", What::Read(false)),
            ],
        ),
        (
            "/keng<enter>Au",
            &[
                ("1", What::Read(true)),
                ("", What::Read(true)),
                ("1", What::Read(false)),
                ("", What::Read(false)),
            ],
        ),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert_eq!(saved(&desk), expect, "{script}");
    }
}

#[test]
fn what_was_kept_is_there_again() {
    let mut desk = Desk::new(100, 16);
    desk.press("jj<enter><space>*");
    let (place, top) = (desk.app.reader.anchor(), desk.text());
    assert_ne!(place, Anchor::default(), "the article is longer than the screen");
    let mut states = States::default();
    for change in &desk.saved {
        let state = states.entry(change.article.clone()).or_default();
        *state = std::mem::take(state).after(&change.what);
    }
    let mut again = Desk::empty(100, 16);
    again.feed(Event::Report(Report::Published(snapshot())));
    again.feed(Event::Report(Report::States { states, heard: 0 }));
    assert!(again.app.is(ArticleIx(0), Is::Read) && again.app.is(ArticleIx(0), Is::Starred));
    again.press("jj<enter>");
    assert_eq!(again.app.reader.anchor(), place);
    assert_eq!(again.text().lines().nth(8), top.lines().nth(8));
    again.press("<esc>fis:starred<enter>");
    assert_eq!(again.list(), "0");
    again.press("f<c-u>is:unread<enter>");
    assert_eq!(again.list(), "2 5 3 4");
}

#[test]
fn things_are_taken_out() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjyo");
    assert_eq!(
        (desk.copied.join(""), desk.opened.join("")),
        ("https://havan.example/khe-ngan".to_owned(), "https://havan.example/khe-ngan".to_owned())
    );
    desk.press("GyY");
    assert_eq!(desk.opened.len(), 1);
    assert!(desk.copied[1].starts_with("Hạc Trắng thắng ngược"), "{}", desk.copied[1]);
    assert!(desk.copied[2].contains("Trên sân Hà Vân"));
    desk.press("o");
    assert_eq!(desk.opened.len(), 1, "there is no address");
}

#[test]
fn set_aside_lines_are_one_key_away() {
    let mut desk = Desk::new(120, 60);
    desk.press("jj<enter>");
    assert!(desk.text().contains("3 dòng để riêng"), "{}", desk.text());
    assert!(!desk.text().contains("Đường dây nóng"));
    desk.press("sG");
    let text = desk.text();
    for part in [
        "Đường dây nóng",
        "Giá lúa đầu tuần nhích nhẹ",
        "khung trang · 2",
        "Ngầnnghe → Ngần nghe",
        "2 escape sequences",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    desk.press("b");
    assert!(!desk.text().contains("Đường dây nóng"));
}

#[test]
fn leaving_goes_back_before_it_quits() {
    for (script, quit) in [
        ("q", true),
        ("Q", true),
        ("<c-c>", true),
        ("lq", false),
        ("lqq", true),
        ("eq", false),
        ("?q", false),
        ("<esc><esc>", false),
        ("lQ", true),
        ("fq", false),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert_eq!(desk.quit, quit, "{script}");
    }
}

#[test]
fn the_palette_finds_commands_by_their_words() {
    for (typed, expect) in
        [("lang<space>en", Lang::En), ("ngonngu<space>manhinh", Lang::En), ("lang<space>vi", Lang::Vi)]
    {
        let mut desk = Desk::new(80, 24);
        desk.press(&format!(":{typed}<enter>"));
        assert_eq!(desk.app.prefs.lang, expect, "{typed}");
    }
    let mut desk = Desk::new(80, 24);
    desk.press(":theme<space>light<enter>");
    assert_eq!(desk.app.prefs.theme, "light");
    desk.press(":qqqq<enter>");
    assert!(desk.text().contains("Không có lệnh"), "{}", desk.text());
    desk.press(":suspend<enter>");
    assert_eq!(desk.suspended, 1);
}

#[test]
fn help_and_hints_come_from_the_table() {
    let mut desk = Desk::new(80, 24);
    desk.press("?");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(0))));
    assert!(desk.text().contains("Xuống một dòng"));
    desk.press("G");
    assert!(desk.text().contains("Chuột"), "{}", desk.text());
    desk.press("<esc>g");
    assert!(desk.text().contains("Xem bài liên quan"), "{}", desk.text());
    desk.press("<esc>");
    assert!(!desk.text().contains("Xem bài liên quan"));
}

#[test]
fn an_unbound_key_says_so() {
    let mut desk = Desk::new(80, 24);
    desk.press("x");
    assert!(desk.text().contains("Phím x"), "{}", desk.text());
    desk.press("j");
    assert!(!desk.text().contains("Phím x"));
}

#[test]
fn the_mouse_chooses_scrolls_and_drags() {
    let mut desk = Desk::new(120, 40);
    let at = |area: Option<Area>, row: u16| area.map_or((0, 0), |a| (a.x + 4, a.y + row));
    let (x, y) = at(desk.app.sizes.list, 5);
    desk.mouse(MouseDid::Press, x, y);
    assert_eq!(desk.open(), "1");
    desk.mouse(MouseDid::Press, x, y);
    assert_eq!(desk.app.nav.focus, Focus::Reader);
    let border = desk.app.sizes.borders[0].expect("a border");
    desk.mouse(MouseDid::Press, border, 10).mouse(MouseDid::Drag, border + 8, 10).mouse(
        MouseDid::Release,
        border + 8,
        10,
    );
    assert_eq!(desk.app.sizes.list.map(|a| a.w), Some(border + 8));
    desk.mouse(MouseDid::Drag, border, 10);
    assert_eq!(desk.app.sizes.list.map(|a| a.w), Some(border + 8), "the button is up");
    let mut desk = Desk::new(80, 12);
    desk.press("jj");
    let (x, y) = at(desk.app.sizes.reader, 3);
    desk.mouse(MouseDid::WheelDown, x, y);
    assert_eq!((desk.app.reader.scroll, desk.app.nav.focus), (3, Focus::List));
    desk.mouse(MouseDid::Press, 3, 0);
    assert!(desk.app.filter.typing.is_some());
}

#[test]
fn a_resize_keeps_the_place() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj<enter>8j");
    let first = desk.app.reader.anchor().at;
    for (w, h, shape) in
        [(200, 60, Shape::Wide), (40, 12, Shape::Narrow), (100, 20, Shape::Middle), (80, 24, Shape::Middle)]
    {
        desk.feed(Event::Resized(w, h));
        assert_eq!(desk.app.sizes.shape, shape);
    }
    assert_eq!((desk.app.reader.anchor().at, desk.app.reader.scroll), (first, 8));
    desk.feed(Event::Resized(40, 12));
    desk.press("gg5j");
    let kept = desk.app.reader.anchor();
    desk.feed(Event::Resized(60, 12));
    let line = desk.app.reader.page.line_of(kept.at.expect("a place in the text"));
    assert_eq!(desk.app.reader.scroll, line + kept.below);
}

#[test]
fn an_article_without_title_opens_at_its_top() {
    let first = snapshot().read(ArticleIx(0)).expect("it is read").article.as_ref().clone();
    let article = diembao::article::Article { title: None, lead: None, credits: Vec::new(), ..first };
    let mut desk = Desk::on(&crate::fixture::library(&[article]), 80, 12);
    assert_eq!(desk.app.reader.scroll, 0);
    desk.feed(Event::Resized(60, 12));
    desk.press("<enter>");
    assert_eq!(desk.app.reader.scroll, 0);
}

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
