//! What is done with articles, and taken out of them.

use diembao::app::{Event, Report};
use diembao::library::{Anchor, ArticleIx, Is, States, What};

use diembao::article::{Article, Block, BlockKind, Stress, StressKind};

use crate::fixture::{Desk, library, snapshot};

#[test]
fn the_end_is_told_when_it_is_in_sight() {
    for (w, h) in [(120, 40), (80, 24), (40, 12)] {
        let mut desk = Desk::new(w, h);
        desk.press("jj<enter>");
        for _ in 0..200 {
            if desk.app.place().is_none_or(|place| place.contains("100%")) {
                break;
            }
            desk.press("j");
        }
        assert!(desk.text().contains("— hết bài"), "{w}x{h}: {}", desk.text());
    }
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

#[test]
fn lists_within_lists_stand_further_in_and_code_as_it_is_written() {
    let block = |kind, text: &str| Block {
        kind,
        text: text.to_owned(),
        line: 1,
        inferred: false,
        stress: Vec::new(),
    };
    let article = Article {
        title: Some("Giá vé qua cầu".to_owned()),
        blocks: vec![
            block(
                BlockKind::List,
                "Ô tô\n  tải\n    nặng, từ mười tấn trở lên, kể cả xe đầu kéo\n  1. khách\nXe đạp",
            ),
            block(BlockKind::Code, "vé = 10\n  hai = 20\n\nhết"),
        ],
        ..Article::default()
    };
    for (w, h) in [(40, 24), (80, 30), (120, 40)] {
        let mut desk = Desk::on(&library(std::slice::from_ref(&article)), w, h);
        desk.press("<enter>");
        let text = desk.text();
        let column = |part: &str| {
            let line = text.lines().find(|l| l.contains(part)).unwrap_or_else(|| panic!("{part}: {text}"));
            diembao::text::width(&line[..line.find(part).expect("it stands there")])
        };
        let first = column("• Ô tô");
        // A number stands where others have their sign; code is set off in the gutter.
        for (part, at) in [
            ("◦ tải", 3),
            ("◦ nặng, từ", 6),
            ("1. khách", 3),
            ("• Xe đạp", 0),
            ("┆  vé = 10", -2),
            ("┆    hai = 20", -2),
            ("┆  hết", -2),
        ] {
            assert_eq!(column(part), first.saturating_add_signed(at), "{part} {w}x{h}: {text}");
        }
        let green = diembao::ui::Theme::built_in("dark").style(diembao::ui::Meaning::Code).fg;
        let buffer = diembao::ui::render(&desk.app, &diembao::ui::Theme::built_in("dark"));
        let code = text.lines().position(|l| l.contains("vé = 10")).expect("code") as u16;
        assert_eq!(buffer[(first as u16 + 1, code)].style().fg, green, "a look of its own");
    }
}

#[test]
fn words_that_an_article_sets_off_stand_out() {
    use diembao::ui::{Meaning, Theme};
    use ratatui::style::Modifier;
    let text = "Xe tải phải chờ ở đầu cầu cho tới khi có người mở cửa";
    let stress = |kind, words: &str| {
        let start = text.find(words).expect(words);
        Stress { kind, range: start..start + words.len(), to: None }
    };
    let block = Block {
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        line: 1,
        inferred: false,
        stress: vec![
            stress(StressKind::Strong, "tải"),
            stress(StressKind::Emphasis, "người mở"),
            stress(StressKind::Link, "cầu"),
        ],
    };
    let article = Article { title: Some("Giá vé".to_owned()), blocks: vec![block], ..Article::default() };
    for (w, h) in [(40, 24), (120, 40)] {
        let mut desk = Desk::on(&library(std::slice::from_ref(&article)), w, h);
        desk.press("<enter>");
        let theme = Theme::built_in("dark");
        let buffer = diembao::ui::render(&desk.app, &theme);
        let look = |words: &str| {
            let text = desk.text();
            let (y, line) = text.lines().enumerate().find(|l| l.1.contains(words)).expect(words);
            let x = diembao::text::width(&line[..line.find(words).expect(words)]);
            buffer[(x as u16, y as u16)].modifier
        };
        for (words, meaning, modifier) in [
            ("tải", Meaning::Strong, Modifier::BOLD),
            ("người", Meaning::Emphasis, Modifier::ITALIC),
            ("cầu", Meaning::Link, Modifier::UNDERLINED),
        ] {
            assert!(theme.style(meaning).add_modifier.contains(modifier));
            assert!(look(words).contains(modifier), "{words} {w}: {}", desk.text());
        }
        assert!(look("chờ").is_empty(), "{}", desk.text());
    }
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
fn an_article_without_title_opens_at_its_top() {
    let first = snapshot().read(ArticleIx(0)).expect("it is read").article.as_ref().clone();
    let article = Article { title: None, lead: None, credits: Vec::new(), ..first };
    let mut desk = Desk::on(&library(&[article]), 80, 12);
    assert_eq!(desk.app.reader.scroll, 0);
    desk.feed(Event::Resized(60, 12));
    desk.press("<enter>");
    assert_eq!(desk.app.reader.scroll, 0);
}

#[test]
fn the_text_alone_tells_the_place_in_it() {
    for (w, h) in [(80, 24), (120, 20)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjz<c-l>");
        let last = |desk: &Desk| desk.text().lines().last().expect("a line").trim().to_owned();
        assert!(last(&desk).contains("% · còn "), "{}", desk.text());
        desk.press("G");
        let words: Vec<String> = last(&desk).split("   ").map(|w| w.trim().to_owned()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        assert_eq!(words, ["Esc quay lại", "100% · hết bài"], "how to leave stands beside it");
    }
    // All is in sight: there is nothing to tell.
    let mut desk = Desk::new(80, 24);
    desk.press("Gz<c-l>");
    assert!(!desk.text().contains('%'), "{}", desk.text());
}
