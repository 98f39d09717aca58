//! What lies over the panes: help, palette, messages.

use diembao::app::{Lang, Overlay};

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
