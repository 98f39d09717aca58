//! Going from row to row, pane to pane, article to article.

use std::sync::Arc;

use diembao::app::{Area, Event, Focus, MouseDid, Report, Shape};
use diembao::library::Snapshot;

use super::{ALL, check};
use crate::fixture::Desk;

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
fn jumps_come_back_to_the_place() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj<enter>5j");
    assert_eq!(desk.app.reader.scroll, 5);
    let place = desk.app.reader.anchor();
    desk.press("grj<enter>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus, desk.app.reader.scroll), ("2", Focus::Reader, 0));
    assert_eq!(desk.name(desk.app.list.selected), "2");
    desk.press("<c-o>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus), ("0", Focus::Related));
    // Beside the related stories lines are shorter, the place in the text is the same.
    let reader = &desk.app.reader;
    assert_eq!((reader.anchor(), reader.scroll), (place, reader.page.line_at(place)));
    desk.press("l");
    assert_eq!((desk.app.nav.focus, desk.app.reader.scroll), (Focus::Reader, 5));
    desk.press("h");
    assert_eq!(desk.app.nav.focus, Focus::Names, "what was open is open still");
    desk.press("gr");
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
fn the_mouse_chooses_scrolls_and_drags() {
    let mut desk = Desk::new(120, 40);
    let at = |area: Option<Area>, row: u16| area.map_or((0, 0), |a| (a.x + 4, a.y + row));
    let (x, y) = at(desk.app.sizes.list, 5);
    desk.mouse(MouseDid::Press, x, y);
    assert_eq!(desk.open(), "1");
    desk.mouse(MouseDid::Press, x, y);
    assert_eq!(desk.app.nav.focus, Focus::Reader);
    let border = desk.app.sizes.borders[0].expect("a border");
    desk.mouse(MouseDid::Press, border, 10).mouse(MouseDid::Drag, border - 8, 10).mouse(
        MouseDid::Release,
        border - 8,
        10,
    );
    assert_eq!(desk.app.sizes.list.map(|a| a.w), Some(border - 8));
    desk.mouse(MouseDid::Drag, border, 10);
    assert_eq!(desk.app.sizes.list.map(|a| a.w), Some(border - 8), "the button is up");
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
fn a_letter_marks_a_place_and_leads_back_to_it() {
    let mut desk = Desk::new(80, 24);
    desk.press("<enter>3j\"a");
    let (open, scroll) = (desk.open(), desk.app.reader.scroll);
    desk.press("<esc>jj\"b");
    let other = desk.open();
    desk.press("'a");
    assert_eq!(
        (desk.open(), desk.app.nav.focus, desk.app.reader.scroll),
        (open.clone(), Focus::Reader, scroll)
    );
    desk.press("'b");
    assert_eq!((desk.open(), desk.app.nav.focus), (other.clone(), Focus::List));
    for back in ["<c-o>", "''"] {
        desk.press(back);
        assert_eq!(desk.open(), open, "{back}");
        desk.press("'b");
        assert_eq!(desk.open(), other);
    }
    // What is no mark does nothing, and takes no key that follows.
    for script in ["'z", "'<esc>", "\"<esc>", "'<down>", "\"/"] {
        desk.press(script);
        assert_eq!((desk.open(), desk.app.nav.focus, desk.app.typing()), (other.clone(), Focus::List, false));
    }
}

#[test]
fn the_letter_of_a_place_is_no_command() {
    let mut desk = Desk::new(120, 40);
    for script in ["'A", "'m", "'d", "'<down>", "'Q"] {
        let before = (desk.open(), desk.saved.len(), desk.quit);
        desk.press(script);
        assert_eq!((desk.open(), desk.saved.len(), desk.quit), before, "{script}");
        assert!(
            desk.text().contains("Chưa đánh dấu chỗ nào") || script == "'<down>",
            "{script}: {}",
            desk.text()
        );
    }
    // It is one letter that is taken.
    let before = desk.open();
    desk.press("'aj");
    assert_ne!(desk.open(), before);
}
