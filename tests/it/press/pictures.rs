//! Pictures in the open article: rows are kept free for them, and no place is lost by it.

use diembao::app::{Event, PictureKey, Report};
use diembao::article::{Article, Block, BlockKind, Picture};
use diembao::library::ArticleIx;

use crate::fixture::{Desk, library};

/// Forty paragraphs; a picture with its caption (block 3), one with alternative text (block 20), one with neither (block 30).
fn illustrated() -> Article {
    let mut blocks: Vec<Block> = (0..40)
        .map(|n| Block {
            kind: BlockKind::Paragraph,
            text: format!("Đoạn {n} nói về nước sông."),
            line: n + 1,
            inferred: false,
            stress: Vec::new(),
        })
        .collect();
    for (n, kind, text) in [
        (3, BlockKind::Caption, "Cầu Trà buổi sáng"),
        (20, BlockKind::Image, "Bến đò chiều"),
        (30, BlockKind::Image, "anh/30.png"),
    ] {
        (blocks[n].kind, blocks[n].text) = (kind, text.to_owned());
    }
    let picture = |block, address: &str| Picture { block, address: address.to_owned() };
    Article {
        title: Some("Nước sông lên".to_owned()),
        blocks,
        pictures: vec![picture(3, "anh/3.png"), picture(20, "anh/20.png"), picture(30, "anh/30.png")],
        ..Article::default()
    }
}

/// The article on a screen, with pictures of 600 by 400 pixels where `there` says so.
fn desk(h: u16, there: [bool; 3]) -> Desk {
    let mut desk = Desk::on(&library(&[illustrated()]), 120, h);
    desk.pixels = there.map(|t| t.then_some((600, 400))).to_vec();
    desk.press("<enter>");
    desk
}

/// The article's pane, line by line.
fn pane(desk: &Desk) -> Vec<String> {
    let area = desk.app.sizes.reader.expect("a pane").body();
    let text = desk.text();
    let rows = text.lines().skip(usize::from(area.y)).take(usize::from(area.h));
    let cut = |l: &str| l.chars().skip(usize::from(area.x)).take(usize::from(area.w)).collect::<String>();
    rows.map(|l| cut(l).trim_end().to_owned()).collect()
}

#[test]
fn rows_are_kept_free_where_there_is_a_picture() {
    let mut desk = desk(60, [true, true, false]);
    assert_eq!(desk.app.reader.page.pictures, [], "until they are wished for");
    let lines = desk.app.reader.page.lines.len();
    assert!(!pane(&desk).iter().any(|l| l.contains('┌')));
    desk.press("gp");
    let page = &desk.app.reader.page;
    let found: Vec<(u32, u16, u16)> = page.pictures.iter().map(|p| (p.number, p.cols, p.rows)).collect();
    assert_eq!(found, [(0, 60, 20), (1, 60, 20)]);
    assert_eq!(page.lines.len(), lines + 2 * 20);
    let shown = pane(&desk);
    let top = shown.iter().position(|l| l.trim_start().starts_with('┌')).expect("a frame");
    assert!(shown[top + 19].trim_start().starts_with('└'), "{shown:#?}");
    assert!(shown[top + 20].contains("Cầu Trà buổi sáng"), "{shown:#?}");
    desk.press("G");
    let shown = pane(&desk).join("\n");
    assert!(shown.contains("╵ Bến đò chiều") && shown.contains("[ảnh] anh/30.png"), "{shown}");
    // A picture that turns out to be broken is told as before.
    let key = PictureKey { article: ArticleIx(0), number: 1, cols: 60, rows: 20 };
    desk.feed(Event::Report(Report::Broken(key)));
    assert!(pane(&desk).join("\n").contains("[ảnh] Bến đò chiều"));
    desk.press("gp");
    assert_eq!(desk.app.reader.page.lines.len(), lines);
}

#[test]
fn a_picture_has_at_most_half_of_the_pane() {
    for (h, rows) in [(60, 20), (30, 13), (20, 8), (12, 4), (9, 4), (6, 3)] {
        let mut desk = desk(h, [true; 3]);
        desk.press("gp");
        let page = &desk.app.reader.page;
        assert!(page.pictures.iter().all(|p| p.rows == rows), "{h}: {:?}", page.pictures);
        let (_, width) = desk.app.sizes.text();
        assert!(page.pictures.iter().all(|p| p.cols <= width));
        // Whatever is scrolled to: what hangs stays in the pane.
        let body = desk.app.sizes.reader.expect("a pane").body();
        desk.press("gg");
        for _ in 0..desk.app.reader.page.lines.len() {
            for hung in desk.app.pictures_in_sight() {
                assert!(hung.area.y >= body.y && hung.area.y + hung.area.h <= body.y + body.h, "{hung:?}");
                assert!(hung.skip + hung.area.h <= hung.key.rows && hung.area.right() <= body.right());
            }
            desk.press("j");
        }
    }
}

#[test]
fn the_place_in_the_text_stays() {
    let top = |desk: &Desk| pane(desk)[0].clone();
    let mut desk = desk(24, [true; 3]);
    desk.press("<space><space>");
    while !top(&desk).contains("Đoạn") {
        desk.press("j");
    }
    let before = top(&desk);
    for script in ["gp", "gp", "gp", "gp"] {
        desk.press(script);
        assert_eq!(top(&desk), before, "after {script}");
    }
    // Within a picture: the text below it comes up when it goes, and the picture is back where it was.
    desk.press("gpgg");
    while !top(&desk).contains('│') {
        desk.press("j");
    }
    let (scroll, place) = (desk.app.reader.scroll, desk.app.reader.anchor());
    desk.press("gp");
    assert!(top(&desk).contains("Cầu Trà buổi sáng"), "{}", top(&desk));
    desk.press("gp");
    assert_eq!((desk.app.reader.scroll, desk.app.reader.anchor()), (scroll, place));
    // Every line is passed, and the end is reached.
    desk.press("gg");
    let mut passed = 0;
    while desk.app.reader.scroll + 1 < desk.app.reader.page.lines.len() {
        let scroll = desk.app.reader.scroll;
        desk.press("j");
        if desk.app.reader.scroll == scroll {
            break;
        }
        assert_eq!(desk.app.reader.scroll, scroll + 1);
        passed += 1;
    }
    assert!(passed > 40 && pane(&desk).join("\n").contains("Đoạn 39"), "{passed}");
}

#[test]
fn without_colours_no_picture_is_drawn() {
    let mut desk = desk(40, [true; 3]);
    desk.app.prefs.theme = "plain".to_owned();
    desk.press("gp");
    assert_eq!(desk.app.reader.page.pictures, []);
    assert!(desk.text().contains("cần có màu"), "{}", desk.text());
}

#[test]
fn a_caption_says_that_a_picture_is_not_drawn() {
    let mut desk = desk(60, [true, true, false]);
    let caption = |desk: &Desk| {
        let line = pane(desk).into_iter().find(|l| l.contains("Cầu Trà buổi")).expect("a caption");
        line.trim_matches([' ', '╵', '┃', '│']).to_owned()
    };
    assert_eq!(caption(&desk), "[ảnh] Cầu Trà buổi sáng");
    desk.press("gp");
    assert_eq!(caption(&desk), "Cầu Trà buổi sáng", "it is drawn above it");
    desk.press("gpgl");
    assert_eq!(caption(&desk), "[picture] Cầu Trà buổi sáng");
}
