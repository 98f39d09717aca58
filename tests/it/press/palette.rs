//! The palette: every command can be reached by it, the best fit stands on top, in both languages.

use diembao::app::{Action, Lang, Overlay, Palette, Scope};

use crate::fixture::Desk;

fn palette(desk: &Desk) -> Palette {
    match desk.app.overlays.last() {
        Some(Overlay::Palette(palette)) => palette.clone(),
        other => panic!("{other:?}"),
    }
}

/// Keys that open where the actions of a scope make sense.
fn opener(scope: Scope) -> &'static str {
    match scope {
        Scope::Names => "e",
        Scope::Related => "gr",
        Scope::Proposals => "eP",
        Scope::Review => "gs",
        Scope::Pane | Scope::Global | Scope::List | Scope::Reader | Scope::Line => "",
    }
}

#[test]
fn every_action_is_reached_by_its_name() {
    for &action in Action::ALL {
        // A line of text has only its keys, and the palette is such a line.
        if action.scope() == Scope::Line || action == Action::Palette {
            continue;
        }
        for lang in Lang::ALL {
            let mut desk = Desk::new(120, 40);
            desk.app.prefs.lang = lang;
            desk.press(opener(action.scope())).press(":");
            desk.press(action.name());
            let palette = palette(&desk);
            let first = palette
                .chosen
                .and_then(|n| palette.items.get(n))
                .unwrap_or_else(|| panic!("{}", action.name()));
            assert_eq!(first.name, action.name(), "{lang:?}");
            assert_eq!(first.words, lang.words().action(action));
        }
    }
}

/// No key of the pane or page where an action belongs stands before all of its own.
#[test]
fn every_action_is_reached_by_a_key_where_it_belongs() {
    for &action in Action::ALL {
        let mut desk = Desk::new(120, 40);
        desk.press(if action.scope() == Scope::Line { "/" } else { opener(action.scope()) });
        let (scopes, map) = (desk.app.scopes(), &desk.app.keys.map);
        assert!(map.reached(&scopes, action), "{} in {scopes:?}", action.name());
    }
}

#[test]
fn actions_of_pages_are_done_on_their_page() {
    let mut desk = Desk::new(120, 40);
    desk.press("gs:save-markdown<enter>");
    assert_eq!(desk.written.len(), 1);
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Review)), "the page stays");
    desk.press(":save-html<enter>");
    assert_eq!(desk.written.len(), 2);
    // Elsewhere they say how their page is opened.
    desk.press("<esc>:save-html<enter>");
    assert_eq!(desk.written.len(), 2);
    assert!(desk.text().contains("gs để mở"), "{}", desk.text());
    desk.press(":join-them<enter>");
    assert!(desk.text().contains("P để mở"), "{}", desk.text());

    let mut desk = Desk::alike(120, 40);
    desk.press("eP:join-them<enter>");
    assert!(desk.text().contains("Không có hai tên nào"), "{}", desk.text());
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Proposals(_))));
    let names = |desk: &Desk| desk.app.snapshot.repairs.decisions().count();
    assert_eq!(names(&desk), 1);
}

#[test]
fn the_best_fit_stands_on_top() {
    for (lang, typed, expect) in [
        (Lang::Vi, "tim", "find"),
        (Lang::Vi, "tìm", "find"),
        (Lang::Vi, "ghi<space>chu", "edit-note"),
        (Lang::Vi, "ghi<space>chú", "edit-note"),
        (Lang::Vi, "trich<space>dan", "copy-quote"),
        (Lang::Vi, "thoat", "quit"),
        (Lang::Vi, "thoát", "quit"),
        (Lang::Vi, "hoan<space>tac", "undo"),
        (Lang::Vi, "diem<space>bao", "review"),
        (Lang::Vi, "nhan", "edit-tags"),
        (Lang::Vi, "quit", "quit"),
        // Half a word ends nothing; keys mean what they do.
        (Lang::Vi, "th", "bảng màu tối"),
        (Lang::Vi, "thoa", "quit"),
        (Lang::Vi, "q", "leave"),
        (Lang::Vi, "Q", "quit"),
        (Lang::En, "q", "leave"),
        (Lang::Vi, "gs", "review"),
        (Lang::Vi, "", "find"),
        (Lang::En, "", "find"),
        (Lang::Vi, "copy", "copy-link"),
        (Lang::Vi, "bang<space>mau<space>toi", "bảng màu tối"),
        (Lang::Vi, "bang<space>mau<space>tuong<space>phan<space>cao", "bảng màu tương phản cao"),
        (Lang::Vi, "theme<space>light", "bảng màu sáng"),
        (Lang::En, "find", "find"),
        (Lang::En, "note", "edit-note"),
        (Lang::En, "quote", "copy-quote"),
        (Lang::En, "quit", "quit"),
        (Lang::En, "undo", "undo"),
        (Lang::En, "theme<space>high", "theme high contrast"),
        (Lang::En, "theme<space>contrast", "theme high contrast"),
        // In the other language as well.
        (Lang::En, "thoat<space>ngay", "quit"),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.app.prefs.lang = lang;
        desk.press(":").press(typed);
        let palette = palette(&desk);
        let first = palette.chosen.and_then(|n| palette.items.get(n)).map(|i| i.name.as_str());
        let names: Vec<&str> = palette.items.iter().take(5).map(|i| i.name.as_str()).collect();
        assert_eq!(first, Some(expect), "{lang:?} {typed}: {names:?}");
    }
}

#[test]
fn the_help_is_sought_through() {
    let mut desk = Desk::new(80, 24);
    desk.press("?/tim<space>trong");
    let text = desk.text();
    assert!(text.contains("Tìm trong mọi bài khi đang gõ") && !text.contains("Xuống một dòng"), "{text}");
    // By its key, by the name in files; and what is not there is told.
    desk.press("<c-u>gs");
    assert!(desk.text().contains("Điểm báo về chuyện này"), "{}", desk.text());
    desk.press("<c-u>toggle-star");
    assert!(desk.text().contains("Gắn sao hoặc bỏ sao"), "{}", desk.text());
    desk.press("<c-u>zzzz");
    assert!(desk.text().contains("Không có gì khớp “zzzz”"), "{}", desk.text());
    desk.press("<c-u>mở<enter>jG");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(view)) if !view.seeking));
    desk.press("/<esc>");
    assert!(desk.text().contains("Xuống một dòng"), "Esc shows all again: {}", desk.text());
    desk.press("<esc>");
    assert!(desk.app.overlays.is_empty());
}
