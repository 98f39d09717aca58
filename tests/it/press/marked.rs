//! Several articles chosen one by one, and what is done with all of them.

use diembao::app::{Focus, Overlay};
use diembao::library::{ArticleIx, Is};

use crate::fixture::Desk;

fn marked(desk: &Desk) -> String {
    let rows = desk.app.snapshot.order.iter().filter(|a| desk.app.marked.holds(**a));
    rows.map(|a| desk.name(Some(*a))).collect::<Vec<_>>().join(" ")
}

fn are(desk: &Desk, what: Is) -> String {
    let rows = desk.app.snapshot.order.iter().filter(|a| desk.app.is(**a, what));
    rows.map(|a| desk.name(Some(*a))).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_key_chooses_and_goes_on() {
    // Newest first: 2 1 0 5 3 4.
    for (script, chosen, open) in [
        ("x", "2", "1"),
        ("xx", "2 1", "0"),
        ("3x", "2 1 0", "5"),
        ("j2x", "1 0", "5"),
        ("xxgg2x", "", "0"),
        ("xggx", "", "1"),
        ("G9x", "4", "4"),
        ("gm", "2 1 0 5 3 4", "2"),
        ("3xX", "", "5"),
        // Neither Esc nor a filter lets them go.
        ("2x<esc><esc>", "2 1", "0"),
        ("2xfprice<enter>", "2 1", ""),
        ("2xF", "2 1", "0"),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert_eq!(marked(&desk), chosen, "{script}");
        if !open.is_empty() {
            assert_eq!(desk.open(), open, "{script}");
        }
    }
}

#[test]
fn a_sign_and_the_last_line_tell_it() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        desk.press("3x");
        let text = desk.text();
        assert!(text.contains('✓'), "{text}");
        assert_eq!(text.matches("3 bài đã chọn").count(), 1, "told once: {text}");
        desk.press("k");
        assert_eq!(desk.text().matches("3 bài đã chọn").count(), 1, "and goes on: {}", desk.text());
        desk.press("X<c-l>");
        let text = desk.text();
        assert!(!text.contains('✓') && !text.contains("đã chọn"), "{text}");
    }
    let mut desk = Desk::new(120, 40);
    desk.press("xgl<c-l>");
    assert!(desk.text().contains("1 marked · 2/6"), "{}", desk.text());
}

#[test]
fn marks_are_put_on_all_and_taken_back_at_once() {
    let mut desk = Desk::new(120, 40);
    desk.press("xjx*");
    assert_eq!(are(&desk, Is::Starred), "2 0");
    desk.press("*");
    assert_eq!(are(&desk, Is::Starred), "", "all have it: it goes");
    desk.press("*u");
    assert_eq!(are(&desk, Is::Starred), "");
    desk.press("*X*");
    assert_eq!(are(&desk, Is::Starred), "2 0 5", "without any the chosen row is meant");
    let mut desk = Desk::new(120, 40);
    // 1 is a reprint of 0.
    desk.press("xjxm");
    assert_eq!(are(&desk, Is::Read), "2 1 0");
    desk.press("u");
    assert_eq!(are(&desk, Is::Read), "");
    desk.press("mm");
    assert_eq!(are(&desk, Is::Read), "1", "only those that are chosen are unread again");
    desk.press("2u");
    assert_eq!(are(&desk, Is::Read), "");
}

#[test]
fn tags_are_given_to_all() {
    let mut desk = Desk::new(120, 40);
    let tags = |desk: &Desk, n: u32| desk.app.snapshot.marks.tags(ArticleIx(n)).join(" ");
    desk.press("tcũ<space>chung<enter>jtchung<enter>gg");
    desk.press("2xt");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Ask(ask)) if ask.line.text() == "chung "));
    desk.press("<c-u>mới<enter>");
    assert_eq!((tags(&desk, 2), tags(&desk, 1)), ("cũ mới".to_owned(), "mới".to_owned()));
    desk.press("u");
    assert_eq!((tags(&desk, 2), tags(&desk, 1)), ("chung cũ".to_owned(), "chung".to_owned()));
    desk.press(":tag<space>nữa<enter>");
    assert_eq!((tags(&desk, 2), tags(&desk, 0)), ("chung cũ nữa".to_owned(), String::new()));
}

#[test]
fn all_are_copied_and_piped() {
    let mut desk = Desk::new(120, 40);
    desk.press("jxxgy");
    let lines: Vec<&str> = desk.copied[0].lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with("Khe Ngần: sạt đồi") && lines[1].ends_with("https://havan.example/khe-ngan")
    );
    assert!(desk.text().contains("Đã gửi dẫn nguồn vào bảng tạm: 2 bài"), "{}", desk.text());
    desk.press("Y|wc<enter>");
    assert!(
        desk.copied[1].contains("Nước sông còn lên")
            && desk.copied[1].contains("gõ kẻng gọi từng nhà. Ông Lữ")
    );
    assert_eq!(desk.piped[0].1, desk.copied[1]);
    desk.press("gw");
    let text = &desk.written[0].1;
    assert!(text.contains("articles: 2") && text.matches("\n---\n").count() == 3, "{text}");
    desk.press("Xgggw");
    assert!(desk.written[1].1.starts_with("---\ntitle: \"Hai ngày sau vụ sạt"), "{}", desk.written[1].1);
}

#[test]
fn elsewhere_the_open_article_is_meant() {
    let mut desk = Desk::new(120, 40);
    desk.press("xxl*");
    assert_eq!(desk.app.nav.focus, Focus::Reader);
    assert_eq!(are(&desk, Is::Starred), "0");
    // From the palette as from keys.
    let mut desk = Desk::new(120, 40);
    desk.press("2x:toggle-star<enter>");
    assert_eq!(are(&desk, Is::Starred), "2 1");
    desk.press("e:unmark-all<enter>");
    assert_eq!((marked(&desk).as_str(), desk.app.nav.focus), ("", Focus::List));
}

#[test]
fn a_reprint_that_is_chosen_with_its_original_counts_once() {
    let mut desk = Desk::new(120, 40);
    desk.press("gmm");
    assert!(desk.text().contains("6 bài: "), "{}", desk.text());
}

#[test]
fn a_reprint_that_nobody_chose_is_told_apart() {
    for (script, lang, told) in [
        ("xjxm", "", "2 bài và 1 bài đăng lại: "),
        ("xjxm", "gl", "2 articles and 1 reprint: "),
        // Both are chosen, or both were read already.
        ("x2xm", "", "3 bài: "),
        ("jmkxjxm", "", "1 bài: "),
        // One alone.
        ("jjm", "", "1 bài đăng lại cũng tính là đã đọc"),
        ("jm", "", "1 bài đăng lại cũng tính là đã đọc"),
        ("m", "", "Đã đánh dấu là đã đọc"),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(lang).press(script);
        assert!(desk.text().contains(told), "{script}: {}", desk.text());
    }
}

#[test]
fn on_a_page_the_article_of_the_line_is_meant() {
    let mut desk = Desk::new(120, 40);
    // The one that is chosen in the list has another story beside it than itself.
    desk.press("jgs");
    let stops = desk.app.review.panel.stops.clone();
    let other = stops.iter().position(|s| Some(s.article) != desk.app.list.selected).expect("another");
    desk.press(&format!("gg{}m", "j".repeat(other)));
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Review)), "{}", desk.text());
    assert!(desk.app.is(stops[other].article, Is::Read));
    let chosen = desk.app.list.selected.expect("one is chosen");
    assert!(
        desk.app.is(chosen, Is::Unread)
            || desk.app.snapshot.copies_of(chosen).any(|c| c == stops[other].article)
    );
    desk.press("A");
    assert!(desk.app.overlays.is_empty(), "it closes");
    assert!(desk.app.snapshot.order.iter().any(|a| desk.app.is(*a, Is::Unread)), "and marks nothing");
}

#[test]
fn who_reads_the_help_changes_nothing() {
    for key in ["A", "m", "*", "t", "c", "u"] {
        let mut desk = Desk::new(120, 40);
        desk.press(&format!("?{key}"));
        assert!(desk.app.overlays.is_empty() && desk.saved.is_empty(), "{key}: {}", desk.text());
    }
}
