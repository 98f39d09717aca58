//! The mouse: what lies over the panes, names in the text, borders, hints.

use diembao::app::{Event, Focus, Lang, MouseDid, Overlay, Report, Wide};

use crate::fixture::Desk;

/// The cell where some words stand on the screen, the n-th time.
fn at(desk: &Desk, words: &str, nth: usize) -> (u16, u16) {
    let text = desk.text();
    let found = text.lines().enumerate().flat_map(|(y, line)| {
        line.match_indices(words).map(move |(at, _)| (diembao::text::width(&line[..at]) as u16, y as u16))
    });
    found.into_iter().nth(nth).unwrap_or_else(|| panic!("{words} is not there: {text}"))
}

fn click(desk: &mut Desk, (x, y): (u16, u16)) {
    desk.mouse(MouseDid::Press, x, y).mouse(MouseDid::Release, x, y);
}

#[test]
fn a_row_of_the_palette_is_run() {
    let mut desk = Desk::new(80, 24);
    desk.press(":lang");
    let row = at(&desk, "English", 0);
    click(&mut desk, row);
    assert_eq!((desk.app.prefs.lang, desk.app.overlays.len()), (Lang::En, 0));
    // One that wants words waits for them, whatever was typed.
    desk.press(":read");
    let row = at(&desk, "Mark as unread:", 0);
    click(&mut desk, row);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Palette(p)) if p.line.text() == "unread "));
    // Beside the rows nothing is run, outside the box it closes.
    let title = at(&desk, "Commands", 0);
    click(&mut desk, title);
    assert_eq!(desk.app.overlays.len(), 1);
    click(&mut desk, (0, 0));
    assert_eq!(desk.app.overlays.len(), 0);
}

#[test]
fn rows_of_pickers_are_chosen() {
    let mut desk = Desk::joined(120, 40);
    desk.press("eM");
    let rows = at(&desk, "tên khác của", 0);
    let inside = (rows.0, rows.1 + 2);
    click(&mut desk, inside);
    assert_eq!(desk.app.overlays.len(), 0);
    assert_eq!(desk.app.snapshot.repairs.decisions().count(), 1, "{}", desk.text());
    // A tag goes into the line, a view opens.
    desk.press("<esc>gg");
    desk.press("tđọc-lại<enter>jt");
    let row = at(&desk, "đọc-lại", 1);
    click(&mut desk, row);
    assert!(
        matches!(desk.app.overlays.last(), Some(Overlay::Ask(ask)) if ask.line.text() == "đọc-lại "),
        "{}",
        desk.text()
    );
    desk.press("<esc>fsource:\"Hà<space>Vân<space>Báo\"<enter>gSHà<space>Vân<enter>FV");
    let row = at(&desk, "source:", 0);
    click(&mut desk, row);
    assert_eq!(desk.app.filter.raw(), "source:\"Hà Vân Báo\"");
}

#[test]
fn a_click_inside_closes_nothing_and_one_outside_does() {
    for script in ["?", "gn", "ew", "jjgs", "ege"] {
        let mut desk = Desk::new(80, 24);
        desk.press(script);
        let open = desk.app.overlays.len();
        assert_eq!(open, 1, "{script}");
        let area = (40, 11);
        click(&mut desk, area);
        assert_eq!(desk.app.overlays.len(), open, "{script}: {}", desk.text());
        click(&mut desk, (79, 23));
        assert_eq!(desk.app.overlays.len(), 0, "{script}: {}", desk.text());
    }
    let mut desk = Desk::new(80, 24);
    desk.press("|wc");
    let line = at(&desk, "wc", 0);
    click(&mut desk, line);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Pipe(line)) if line.text() == "wc"));
    click(&mut desk, (79, 23));
    assert!(desk.app.overlays.is_empty());
    let mut desk = Desk::alike(80, 24);
    desk.press("eP");
    let offer = at(&desk, "Andrei Durabov", 0);
    click(&mut desk, offer);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Proposals(_))), "{}", desk.text());
    click(&mut desk, (79, 23));
    assert!(desk.app.overlays.is_empty());
}

#[test]
fn the_wheel_turns_what_lies_on_top() {
    let mut desk = Desk::new(80, 24);
    let list = |desk: &Desk| (desk.app.list.top, desk.app.reader.scroll);
    let before = list(&desk);
    desk.press("?").mouse(MouseDid::WheelDown, 70, 10);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(view)) if view.top == 3));
    desk.mouse(MouseDid::WheelUp, 2, 10);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(view)) if view.top == 0));
    desk.press("<esc>:").mouse(MouseDid::WheelDown, 40, 10).mouse(MouseDid::WheelDown, 40, 10);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Palette(p)) if p.chosen == Some(2)));
    for _ in 0..5 {
        desk.mouse(MouseDid::WheelUp, 40, 10);
    }
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Palette(p)) if p.chosen == Some(0)));
    desk.press("<esc>|").mouse(MouseDid::WheelDown, 40, 10);
    assert_eq!(list(&desk), before, "nothing below moved");
}

#[test]
fn a_name_in_the_text_is_chosen_and_then_filtered_by() {
    for (w, h) in [(200, 60), (120, 40), (80, 24)] {
        let mut desk = Desk::new(w, h);
        desk.press("jj");
        let in_text = at(&desk, "bà Mây", 0);
        click(&mut desk, in_text);
        assert_eq!(desk.app.nav.focus, Focus::Names, "{w}x{h}: {}", desk.text());
        let chosen = desk.app.names.selected().and_then(|ix| desk.app.snapshot.entities.get(ix));
        assert_eq!(chosen.map(|e| e.name.as_str()), Some("Tòng Thị Mây"), "{w}x{h}");
        // Again is what Enter does there.
        click(&mut desk, in_text);
        assert!(desk.app.filter.raw().contains("Tòng Thị Mây"), "{w}x{h}: {}", desk.app.filter.raw());
    }
    // Beside a name the article gets the keys.
    let mut desk = Desk::new(120, 40);
    desk.press("jj");
    let word = at(&desk, "Khoảng bốn giờ", 0);
    click(&mut desk, word);
    assert_eq!(desk.app.nav.focus, Focus::Reader);
}

#[test]
fn head_rows_are_dragged_as_borders_and_kept() {
    let mut desk = Desk::new(120, 40);
    let rows = |desk: &Desk| {
        [desk.app.sizes.list, desk.app.sizes.names, desk.app.sizes.related].map(|a| a.map_or(0, |a| a.h))
    };
    let before = rows(&desk);
    let head = desk.app.sizes.rules[0].expect("a head row").area;
    desk.mouse(MouseDid::Press, 5, head.y).mouse(MouseDid::Drag, 5, head.y + 5).mouse(
        MouseDid::Release,
        5,
        head.y + 5,
    );
    assert_eq!(rows(&desk)[0], before[0] + 5);
    let of = desk.app.sizes.rules[0].expect("a head row").rows;
    assert_eq!(desk.widths.and_then(|w| w.rows), Some(Wide::of(before[0] + 5, of)));
    let head = desk.app.sizes.rules[1].expect("a head row").area;
    let names = rows(&desk)[1];
    desk.mouse(MouseDid::Press, 5, head.y).mouse(MouseDid::Drag, 5, head.y + 2).mouse(
        MouseDid::Release,
        5,
        head.y + 2,
    );
    assert_eq!(rows(&desk)[1], names + 2);
    // A click on it gives the pane the keys, and moves nothing.
    let mut desk = Desk::new(120, 40);
    click(&mut desk, (5, before[0] + 1));
    assert_eq!((desk.app.nav.focus, desk.widths), (Focus::Names, None));
    // A screen of another shape keeps the share.
    desk.feed(Event::Resized(200, 60));
    let head = desk.app.sizes.rules[1].expect("a head row").area;
    desk.mouse(MouseDid::Press, head.x + 3, head.y).mouse(MouseDid::Drag, head.x + 3, 10).mouse(
        MouseDid::Release,
        head.x + 3,
        10,
    );
    assert_eq!(rows(&desk)[1], 9);
}

#[test]
fn a_hint_does_what_it_names() {
    for (hint, check) in [
        ("tìm", (|desk: &Desk| desk.app.filter.typing.is_some()) as fn(&Desk) -> bool),
        ("trợ giúp", |desk| matches!(desk.app.overlays.last(), Some(Overlay::Help(_)))),
        ("đọc", |desk| desk.app.nav.focus == Focus::Reader),
        ("thoát", |desk| desk.quit),
        ("tên riêng", |desk| desk.app.nav.focus == Focus::Names),
    ] {
        let mut desk = Desk::new(120, 40);
        let last =
            desk.text().lines().last().map(|l| l.find(hint).map(|at| diembao::text::width(&l[..at]) as u16));
        let x = last.flatten().unwrap_or_else(|| panic!("{hint}: {}", desk.text()));
        click(&mut desk, (x, 39));
        assert!(check(&desk), "{hint}: {}", desk.text());
    }
    // Of several keys that which is clicked on; while one types, too; over a box its own.
    let mut desk = Desk::new(120, 40);
    click(&mut desk, (1, 39));
    assert_eq!(desk.open(), "1", "j");
    click(&mut desk, (3, 39));
    assert_eq!(desk.open(), "2", "k");
    desk.press("fsat");
    click(&mut desk, (1, 39));
    assert!(desk.app.filter.typing.is_none() && desk.app.filter.raw() == "sat", "{}", desk.text());
    desk.press("?");
    let close = at(&desk, "Esc đóng", 0);
    click(&mut desk, close);
    assert!(desk.app.overlays.is_empty());
    // What the line says is seen; nothing else happens.
    desk.press("*");
    click(&mut desk, (1, 39));
    assert!(desk.app.status.now.is_none() && desk.app.overlays.is_empty());
}

#[test]
fn the_card_makes_room_for_what_is_said() {
    use diembao::app::{Msg, Notice};
    let mut desk = Desk::new(80, 24);
    let why = "keys.toml, line 3: [list] j: there is no action `dwn`; did you mean `down`?";
    desk.feed(Event::Report(Report::Notice(Notice::warning(Msg::ConfigFault).with("why", why))));
    desk.feed(Event::Report(Report::FirstRun));
    let text = desk.text();
    assert!(text.contains("Chào bạn") && text.contains("keys.toml, dòng 3:"), "{text}");
    assert!(text.lines().rev().take(2).any(|l| l.contains("down")), "to its last word: {text}");
}
