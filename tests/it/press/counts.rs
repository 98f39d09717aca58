//! A number before a key.

use diembao::app::{Action, Focus};

use crate::fixture::Desk;

/// After a script on the made-up press review: the open article and the pane with the keys.
fn check(script: &str, open: &str, focus: Focus) {
    let mut desk = Desk::new(120, 40);
    desk.press(script);
    assert_eq!((desk.open().as_str(), desk.app.nav.focus), (open, focus), "{script}");
}

#[test]
fn a_number_repeats_what_goes_a_step() {
    // Newest first: 2 1 0 5 3 4; all are unread.
    for (script, open, focus) in [
        ("3j", "5", Focus::List),
        ("2]", "0", Focus::List),
        ("G2[", "5", Focus::List),
        ("jm", "1", Focus::List),
        // 0 was read with 1, of which it is a reprint.
        ("jmgg2]", "3", Focus::List),
        ("7]", "1", Focus::List),
        ("2<tab>", "2", Focus::Names),
        ("3<tab>", "2", Focus::Related),
        ("4<tab>", "2", Focus::List),
        ("2<s-tab>", "2", Focus::Names),
        ("2l", "2", Focus::Names),
        ("jj2J", "2", Focus::List),
        ("2K", "0", Focus::List),
        ("3G", "0", Focus::List),
        // Two jumps, two back.
        ("jjJJ2<c-o>", "0", Focus::List),
        ("jjJJ99<c-o>2<c-i>", "2", Focus::List),
    ] {
        check(script, open, focus);
    }
}

#[test]
fn undoing_counts() {
    let mut desk = Desk::new(120, 40);
    let unread = |desk: &Desk| {
        desk.app.list.rows.iter().filter(|a| desk.app.is(**a, diembao::library::Is::Unread)).count()
    };
    desk.press("*j*j*j*");
    assert_eq!(
        desk.app.list.rows.iter().filter(|a| desk.app.is(**a, diembao::library::Is::Starred)).count(),
        4
    );
    desk.press("3u");
    assert_eq!(
        desk.app.list.rows.iter().filter(|a| desk.app.is(**a, diembao::library::Is::Starred)).count(),
        1
    );
    assert!(desk.text().contains("Đã hoàn tác 3 lần"), "{}", desk.text());
    // More than there is takes back all, and says how many that were.
    desk.press("Gm9u");
    assert_eq!(unread(&desk), 6);
    assert!(desk.text().contains("Đã hoàn tác 2 lần"), "{}", desk.text());
}

#[test]
fn themes_languages_and_widths_count() {
    let mut desk = Desk::new(120, 40);
    desk.press("2gt");
    assert_eq!(desk.app.prefs.theme, "contrast");
    desk.press("2gl");
    assert_eq!(desk.app.prefs.lang, diembao::app::Lang::Vi);
    let list = |desk: &Desk| desk.app.sizes.list.map_or(0, |a| a.w);
    let before = list(&desk);
    desk.press("2<lt>");
    assert_eq!(list(&desk), before - 8);
}

#[test]
fn where_a_number_means_nothing_it_is_dropped() {
    let mut desk = Desk::new(120, 40);
    desk.press("3z");
    assert!(desk.app.nav.zen, "once, not thrice");
    desk.press("2z");
    assert!(!desk.app.nav.zen);
    assert!(desk.app.keys.pending.is_empty());
    // Esc drops it, and is not Esc on top of that.
    let mut desk = Desk::new(120, 40);
    desk.press("fsat<enter>3<esc>");
    assert_eq!(desk.app.filter.raw(), "sat");
    assert!(desk.app.keys.pending.is_empty());
    desk.press("<esc>");
    assert_eq!(desk.app.filter.raw(), "");
    // An action counts in one way at most.
    for action in Action::ALL {
        assert!(!(action.repeats() && action.counts()), "{}", action.name());
    }
}
