//! What lies over the panes: help, palette, messages.

use diembao::app::{Event, Lang, Msg, Notice, Overlay, Report};
use diembao::library::{ArticleIx, Is};

use crate::fixture::Desk;

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
fn commands_are_typed_over_a_page_that_stays_in_sight() {
    for (w, h) in [(80, 24), (120, 40), (200, 60)] {
        for open in ["jjgs", "jjege", "jjgrw"] {
            let mut desk = Desk::new(w, h);
            desk.press(open);
            let before = desk.text();
            desk.press(":");
            let text = desk.text();
            // Above and below the box stands what stood there before; the last line has the keys.
            let rows: Vec<&str> = text.lines().collect();
            let top = rows.iter().position(|l| l.contains("─ Lệnh ─")).expect("the box");
            let foot = rows.iter().rposition(|l| l.trim_start().starts_with('│') && l.contains("bottom"));
            let foot = foot.expect("its last command") + 1;
            let free = |n: &usize| *n < top || *n > foot && *n + 1 < rows.len();
            for (n, row) in before.lines().enumerate().filter(|(n, _)| free(n)) {
                assert_eq!(rows[n], row, "{open} {w}x{h}: {text}");
            }
            desk.press("<esc>");
            assert_eq!(desk.text(), before, "{open} {w}x{h}");
        }
    }
}

#[test]
fn help_and_hints_come_from_the_table() {
    let mut desk = Desk::new(80, 24);
    desk.press("?");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(view)) if view.top == 0));
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
    desk.press("%");
    assert!(desk.text().contains("Phím % chưa được dùng"), "{}", desk.text());
    desk.press("j");
    assert!(!desk.text().contains("Phím %"));
    // A key of other panes says where it is one.
    desk.press("w");
    assert!(desk.text().contains("Phím w dùng ở: Tên riêng, Bài liên quan, Điểm báo"), "{}", desk.text());
    desk.press("l-");
    assert!(desk.text().contains("Phím - dùng ở: Tên riêng"), "{}", desk.text());
}

#[test]
fn a_hint_shows_all_letters_of_its_key_and_is_left_out_without_one() {
    for (own, shown, not) in [
        ("[global]\n\"fp\" = \"edit-filter\"\n", "fp lọc", ":edit-filter"),
        ("[global]\n\"fp\" = \"pictures\"\n", "/ tìm", "lọc"),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.app.keys.map = diembao::app::keymap(Some(own)).0;
        desk.press("<c-l>");
        let text = desk.text();
        let first = text.lines().next().expect("a line");
        assert!(first.contains(shown) && !first.contains(not), "{own}: {first}");
        assert!(!text.contains(":edit-filter"), "{text}");
    }
}

#[test]
fn the_palette_says_that_it_knows_no_such_command() {
    for (lang, said) in [(Lang::Vi, "Không có lệnh nào như vậy"), (Lang::En, "No command like that")]
    {
        for (w, h) in [(40, 12), (80, 24)] {
            let mut desk = Desk::new(w, h);
            desk.app.prefs.lang = lang;
            desk.press(":zzz");
            assert!(desk.text().contains(said), "{}", desk.text());
        }
    }
}

#[test]
fn commands_that_want_words_are_offered_and_wait_for_them() {
    let mut desk = Desk::new(120, 40);
    desk.press(":");
    let palette = |desk: &Desk| match desk.app.overlays.last() {
        Some(Overlay::Palette(palette)) => palette.clone(),
        other => panic!("{other:?}"),
    };
    let english = ["read …", "unread …", "star …", "tag …", "untag …", "save …", "view …", "forget …"];
    let vietnamese =
        ["đã đọc …", "chưa đọc …", "gắn sao …", "gắn nhãn …", "bỏ nhãn …", "lưu …", "xem …", "quên …"];
    for (lang, verbs) in [(Lang::En, english), (Lang::Vi, vietnamese)] {
        desk.app.prefs.lang = lang;
        desk.press("<esc>:");
        let names: Vec<String> = palette(&desk).items.into_iter().map(|i| i.name).collect();
        for verb in verbs {
            assert!(names.iter().any(|n| n == verb), "{verb} in {names:?}");
        }
    }
    for script in ["read<enter>", "<c-u>read<tab>", "<c-u>mark<space>as<space>read<c-u>read<enter>"] {
        desk.press(script);
        assert_eq!(palette(&desk).line.text(), "read ", "{script}");
    }
    // In the other language, with marks or without, and completed from its beginning.
    for (script, expect) in [
        ("<c-u>đã<space>đọc<enter>", "đã đọc "),
        ("<c-u>da<space>doc<enter>", "da doc "),
        ("<c-u>chưa<tab>", "chưa đọc "),
        ("<c-u>theme<space>dark<tab>", "bảng màu tối"),
        ("<c-u>bang<space>mau<space>dark<tab>", "bảng màu tối"),
        ("<c-u>da<space>doc<enter>", "da doc "),
    ] {
        desk.press(script);
        assert_eq!(palette(&desk).line.text(), expect, "{script}");
    }
    desk.press("is:unread<enter>");
    assert!(desk.app.overlays.is_empty());
    assert!((0..6).all(|n| desk.app.is(ArticleIx(n), Is::Read)), "{}", desk.text());
}

#[test]
fn the_way_to_the_help_is_told_on_small_screens() {
    for script in ["", "<enter>", "e", "gr", "fsat<enter>"] {
        for (w, h) in [(40, 12), (60, 20), (80, 24)] {
            let mut desk = Desk::new(w, h);
            desk.press(script).press("<c-l>");
            let text = desk.text();
            let last = text.lines().last().expect("a line").to_owned();
            assert!(last.contains("? trợ giúp"), "{script} at {w}x{h}: {text}");
        }
    }
}

#[test]
fn no_hit_says_how_to_get_out_while_one_types() {
    for (script, said, not) in [("/zzz", "Esc đóng", "F bỏ"), ("/zzz<enter>", "F bỏ tìm", "Esc đóng")]
    {
        let mut desk = Desk::new(80, 24);
        desk.press(script);
        assert!(desk.text().contains(said) && !desk.text().contains(not), "{}", desk.text());
    }
}

#[test]
fn the_card_for_the_first_time_is_whole_at_every_size() {
    for lang in ["", "gl"] {
        for (w, h) in [(40, 12), (80, 24), (200, 60)] {
            let mut desk = Desk::new(w, h);
            desk.press(lang).feed(Event::Report(Report::FirstRun));
            let text = desk.text();
            let title = if lang.is_empty() { "─ Chào bạn ─" } else { "─ Welcome ─" };
            let below = text.lines().skip_while(|l| !l.contains(title)).skip(1);
            let inside = |line: &'_ str| line.rsplit('│').nth(1).map(str::to_owned);
            let card: Vec<String> = below.take_while(|l| !l.contains('└')).filter_map(inside).collect();
            let last = if lang.is_empty() { "tìm lệnh theo tên" } else { "finds commands" };
            assert!(card.iter().any(|l| l.contains(last)), "{w}x{h}: {text}");
            assert!(card.iter().all(|l| !l.contains('…')), "{w}x{h}: {text}");
        }
    }
    // Longer keys of the reader's own are wrapped.
    let mut desk = Desk::new(40, 12);
    desk.app.keys.map =
        diembao::app::keymap(Some("[global]\n\"gr\" = \"none\"\n\"<c-right>\" = \"show-related\"\n")).0;
    desk.feed(Event::Report(Report::FirstRun));
    let text = desk.text();
    assert!(text.contains("Ctrl-→") && text.contains("liên quan"), "{text}");
}

#[test]
fn a_long_message_is_whole_over_what_lies_over_the_panes() {
    let why = "tệp /home/nguoi-doc/bao-chi/diem-bao/nam-2026/thang-sau/tuan-dau/bao-ha-van/chuyen-trang/cap-nhat-trong-dem.md không ghi được";
    for (w, h) in [(40, 12), (80, 24)] {
        for open in ["", "jjgs", "jjege", "jjgrw", "?", ":"] {
            let mut desk = Desk::new(w, h);
            desk.press(open);
            let notice = Notice::warning(Msg::ConfigFault).with("why", why);
            desk.feed(Event::Report(Report::Notice(notice)));
            let text = desk.text().replace(['\n', ' '], "");
            assert!(text.contains(&why.replace(' ', "")), "{open} {w}x{h}: {}", desk.text());
        }
    }
}

#[test]
fn no_strips_of_the_panes_are_left_beside_a_box() {
    for (w, h) in [(80, 24), (120, 40), (130, 30), (200, 60)] {
        for (open, title) in [("?", "─ Các phím"), ("jjgs", "─ Điểm báo"), ("jjege", "─ "), ("jjgrw", "─ ")]
        {
            let mut desk = Desk::new(w, h);
            desk.press(open);
            let text = desk.text();
            let rows: Vec<&str> = text.lines().collect();
            let head = rows.iter().position(|r| r.contains('┌') && r.contains(title)).expect(title);
            let foot = rows.iter().rposition(|r| r.contains('└')).expect("its foot");
            let left = rows[head].chars().position(|c| c == '┌').expect("a corner");
            assert!(left == 0 || left >= 20, "{open} {w}x{h}: {text}");
            // One row is the line of hints.
            let below = rows.len() - 2 - foot;
            assert!(below == 0 || below >= 3, "{open} {w}x{h}: {text}");
        }
    }
}
