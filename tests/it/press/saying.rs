//! Nothing that is pressed stays without an answer, and what is said can be read at every size.

use std::path::PathBuf;
use std::sync::Arc;

use diembao::app::{Event, Focus, Lang, Msg, Notice, Report};
use diembao::article::{Problem, ProblemKind};
use diembao::library::{Progress, Snapshot, Stage};
use diembao::ui::{Depth, Theme};

use super::ALL;
use crate::fixture::{Desk, snapshot};

/// The made-up press review before its articles are related, or before names are found.
fn unfinished(stage: Stage) -> Arc<Snapshot> {
    let whole = snapshot();
    let mut part = Snapshot { progress: Progress { stage, done: 1, total: 6 }, ..Snapshot::clone(&whole) };
    (part.relations, part.stories) = Default::default();
    if stage == Stage::Naming {
        part.entities = Arc::default();
    }
    Arc::new(part)
}

fn finish(desk: &mut Desk) {
    let next = Snapshot { generation: 9, ..Snapshot::clone(&snapshot()) };
    desk.feed(Event::Report(Report::Published(Arc::new(next))));
}

#[test]
fn what_is_asked_for_too_early_is_done_as_soon_as_it_can_be() {
    for (script, open, over) in [
        ("jj<enter>J", "1", false),
        ("jj<enter>}", "1", false),
        ("jjgs", "0", true),
        // Another key calls it off.
        ("jj<enter>Jk", "0", false),
        ("jj<enter>J<esc>", "0", false),
    ] {
        let mut desk = Desk::on(&unfinished(Stage::Relating), 80, 24);
        desk.press(script);
        assert_eq!((desk.open().as_str(), desk.app.overlays.len()), ("0", 0), "{script}");
        let waits = desk.text().contains("Đang tìm bài liên quan; xong sẽ làm ngay");
        finish(&mut desk);
        assert_eq!((desk.open().as_str(), !desk.app.overlays.is_empty()), (open, over), "{script}");
        assert_eq!(waits, open == "1" || over, "{script}");
    }
}

#[test]
fn a_pane_that_has_nothing_yet_says_so() {
    for (stage, script, said) in [
        (Stage::Naming, "e<enter>", "Đang tìm tên riêng"),
        (Stage::Naming, "ew", "Đang tìm tên riêng"),
        (Stage::Relating, "gr<enter>", "Đang tìm bài liên quan"),
        (Stage::Done, "gx", "Không có việc nào đang chạy"),
    ] {
        let mut desk = Desk::on(&unfinished(stage), 120, 40);
        desk.press(script);
        let last = desk.text().lines().last().unwrap_or_default().to_owned();
        assert!(last.contains(said), "{script}: {last}");
    }
}

#[test]
fn behind_the_last_match_comes_the_first() {
    let mut desk = Desk::new(80, 24);
    desk.press("/khe<space>ngan<enter>n");
    let first = (desk.open(), desk.app.reader.current);
    let mut seen = vec![first.clone()];
    // Round once, whatever there is to find.
    while !desk.text().contains("Hết chỗ khớp, lại từ đầu") {
        desk.press("n");
        seen.push((desk.open(), desk.app.reader.current));
    }
    assert!(seen.len() > 4, "{seen:?}");
    assert_eq!(seen.pop().map(|s| s.1), Some(Some(0)));
    desk.press("N");
    assert!(desk.text().contains("Hết chỗ khớp, lại từ cuối"), "{}", desk.text());
    assert_eq!(Some((desk.open(), desk.app.reader.current)), seen.pop());
}

#[test]
fn the_text_alone_has_its_messages() {
    let mut desk = Desk::new(80, 24);
    desk.press("zx");
    assert!(desk.text().contains("Phím x"), "{}", desk.text());
    desk.press("g");
    assert!(desk.text().contains("Xem bài liên quan"), "{}", desk.text());
}

#[test]
fn only_keys_that_do_something_are_recommended() {
    let last = |desk: &Desk| desk.text().lines().last().unwrap_or_default().to_owned();
    let mut desk = Desk::new(120, 40);
    desk.press("fsource:\"Hà<space>Vân<space>Báo\"<enter>");
    assert!(!last(&desk).contains("chỗ khớp"), "{}", last(&desk));
    desk.press("/khe<enter>");
    assert!(last(&desk).contains("chỗ khớp"), "{}", last(&desk));
    let mut desk = Desk::new(120, 40);
    desk.press("eP");
    assert!(!last(&desk).contains("là hai"), "{}", last(&desk));
    let mut desk = Desk::alike(120, 40);
    desk.press("eP");
    assert!(last(&desk).contains("là hai"), "{}", last(&desk));
    let mut desk = Desk::on(&crate::fixture::library(&[]), 120, 40);
    desk.press("e");
    assert!(!last(&desk).contains("lọc theo tên"), "{}", last(&desk));
}

#[test]
fn the_palette_changes_nothing_out_of_sight() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj:exclude<enter>");
    assert_eq!((desk.list().as_str(), desk.app.nav.focus), (ALL, Focus::Names));
    assert!(desk.text().contains("Hãy chọn một tên rồi bấm -"), "{}", desk.text());
    desk.press("-");
    assert_ne!(desk.list(), ALL);
}

#[test]
fn an_empty_list_has_nothing_to_open() {
    let mut desk = Desk::on(&crate::fixture::library(&[]), 80, 24);
    desk.press("o");
    assert!(desk.text().lines().last().is_some_and(|l| l.contains("Chưa chọn bài nào")), "{}", desk.text());
}

#[test]
fn a_list_of_what_is_unread_follows_the_marks() {
    let mut desk = Desk::new(80, 24);
    desk.press("fis:unread<enter>");
    assert_eq!(desk.list(), ALL);
    desk.press("Gm");
    assert_eq!(desk.list(), "2 1 0 5 3");
    desk.press("u");
    assert_eq!(desk.list(), ALL);
    // Nothing is taken from under who reads.
    desk.press("gg<enter>");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), (ALL, "2"));
    desk.press("<esc>");
    assert_eq!(desk.list(), "1 0 5 3 4");
}

#[test]
fn files_with_problems_are_counted_not_their_lines() {
    let problem = |file: &str, line| {
        let message = format!("{file} is empty. Save the page again");
        (PathBuf::from(file), Problem { kind: ProblemKind::Empty, message, line })
    };
    let mut part = Snapshot::clone(&snapshot());
    part.problems = Arc::new(vec![problem("a.jsonl", 1), problem("a.jsonl", 2), problem("b.jsonl", 7)]);
    let mut desk = Desk::on(&Arc::new(part), 80, 24);
    assert!(desk.text().contains("2 tệp có vấn đề"), "{}", desk.text());
    desk.press("gn");
    assert!(desk.text().contains("a.jsonl trống. Hãy lưu lại trang"), "{}", desk.text());
    desk.press("<esc>gl");
    desk.press("gn");
    assert!(desk.text().contains("a.jsonl is empty"), "{}", desk.text());
}

#[test]
fn what_is_wrong_stays_in_sight_above_the_suggestions() {
    for (w, h) in [(40, 12), (80, 24)] {
        let mut desk = Desk::new(w, h);
        desk.press("fpla<space>)<left><left>x<backspace>");
        assert!(desk.app.filter.problem.is_some());
        assert!(!desk.app.filter.suggestions.is_empty());
        let text = desk.text();
        let words: String = text.lines().skip(1).take(4).collect::<Vec<_>>().join(" ");
        let told = Lang::Vi.words().fault(&desk.app.filter.problem.as_ref().expect("a problem").fault);
        let first = told.split(' ').take(3).collect::<Vec<_>>().join(" ");
        assert!(words.contains(&first), "{first} in {text}");
        assert!(text.contains("place:"), "{text}");
    }
}

#[test]
fn a_small_screen_cuts_nothing_that_is_needed() {
    let mut desk = Desk::new(40, 12);
    desk.press("g");
    let follow = diembao::app::follow(&desk.app);
    let text = desk.text();
    for row in &follow {
        let start: String = row.what.chars().take(6).collect();
        assert!(text.contains(&format!("{}  {start}", row.key)), "{} {} in {text}", row.key, row.what);
    }
    desk.press("<esc>?");
    let help = diembao::app::help(&desk.app.keys.map, Lang::Vi.words(), 36, "");
    let mut seen = String::new();
    for _ in 0..=help.rows.len() / 8 {
        seen.push_str(&desk.text());
        desk.press("<space>");
    }
    assert!(!seen.lines().any(|l| l.contains('…')), "{seen}");
    assert!(seen.contains("rộng."), "the last words are reached: {seen}");
    let mut desk = Desk::new(40, 12);
    desk.press("jj<enter>s");
    assert!(desk.text().contains("cuối bài"), "{}", desk.text());
}

#[test]
fn words_keep_off_the_scroll_mark() {
    for (w, h) in [(40, 12), (80, 24), (120, 40)] {
        let mut desk = Desk::new(w, h);
        desk.press("jj<enter>jk");
        let theme = Theme::built_in("plain");
        let buffer = diembao::ui::render(&desk.app, &theme);
        let area = desk.app.sizes.reader.expect("the article is in sight");
        let edge = desk.app.sizes.edge(area);
        for y in area.y + 1..area.y + area.h {
            assert_eq!(buffer[(edge, y)].symbol(), " ", "row {y} at {w}×{h}:\n{}", desk.text());
        }
    }
}

#[test]
fn reprints_and_stories_are_marked_in_the_list() {
    for (w, h, reprint, told) in
        [(200, 60, "đăng lại", "chuyện 3 bài"), (80, 24, "=×3", " ×3"), (30, 24, "=×3", "×3")]
    {
        let desk = Desk::new(w, h);
        let text = desk.text();
        assert!(text.contains(told), "{told} at {w}: {text}");
        assert!(text.contains(reprint), "{reprint} at {w}: {text}");
    }
}

#[test]
fn mends_are_told_in_the_language_of_the_screen() {
    let mut desk = Desk::new(120, 60);
    desk.press("jj<enter>sG");
    assert!(desk.text().contains("Ngần nghe  (chữ dính nhau)"), "{}", desk.text());
    desk.press("gl");
    assert!(desk.text().contains("Ngần nghe  (glued words)"), "{}", desk.text());
}

#[test]
fn what_cannot_be_done_says_why() {
    for (script, said) in [
        ("jj<enter>JJJ", "Đây là bài mới nhất của chuyện này"),
        ("jj<enter>KK", "Đây là bài cũ nhất của chuyện này"),
        ("GJ", "Đây là bài cuối danh sách"),
        ("G}", "Không có bài nào khác kể chuyện này"),
        ("gx", "Không có việc nào đang chạy"),
        ("gk", "Phím gk chưa được dùng"),
        ("ftitle:phai<enter>J", "Bài này nằm ngoài bộ lọc"),
        ("jjeTqqq<enter>", "Không có gì khớp “qqq”"),
        ("jjeMqqq<enter>", "Không có gì khớp “qqq”"),
        ("jjeR<enter>", "đang được hiện như vậy"),
        (":fgo<enter>", "Không có lệnh “fgo”"),
    ] {
        let mut desk = Desk::joined(120, 40);
        desk.press(script);
        let last = desk.text().lines().last().unwrap_or_default().to_owned();
        assert!(last.contains(said), "{script}: {last}");
    }
    let nothing =
        Snapshot { progress: Progress { stage: Stage::Done, done: 0, total: 0 }, ..Snapshot::default() };
    for script in ["gs", "J", "}", "o", "O", "y", "gn", "|"] {
        let mut desk = Desk::on(&Arc::new(nothing.clone()), 80, 24);
        let before = desk.text();
        desk.press(script);
        assert_ne!(desk.text(), before, "{script}");
    }
}

#[test]
fn one_unread_article_is_not_none() {
    let mut desk = Desk::new(120, 40);
    desk.press("Am]");
    assert!(desk.text().contains("Chỉ còn bài này chưa đọc"), "{}", desk.text());
    desk.press("m]");
    assert!(desk.text().contains("Đã đọc hết"), "{}", desk.text());
}

#[test]
fn the_way_through_a_story_leads_back() {
    for keys in ["J", "K", "}"] {
        let mut desk = Desk::new(80, 24);
        desk.press("j<enter>3j");
        let before = (desk.open(), desk.app.reader.scroll);
        desk.press(keys);
        assert_ne!(desk.open(), before.0, "{keys}");
        desk.press("<c-o>");
        assert_eq!((desk.open(), desk.app.reader.scroll), before, "{keys}");
    }
}

#[test]
fn what_was_typed_is_shown_as_it_was_typed() {
    let mut desk = Desk::new(120, 40);
    desk.press("/qqq<enter>n");
    assert!(desk.text().contains("Không thấy “qqq”"), "{}", desk.text());
}

#[test]
fn each_field_is_explained_in_the_language_of_the_screen() {
    for row in &diembao::library::FIELDS {
        let help = row.help_in_short();
        assert_ne!(Lang::Vi.words().said(help), help, "{}", row.name);
    }
    let mut desk = Desk::new(120, 40);
    desk.press("fper");
    assert!(desk.text().contains("bài nhắc người này"), "{}", desk.text());
}

/// What is wrong in a folder of configuration, as the notices tell it in Vietnamese.
fn faults_told(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("themes")).expect("themes");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect(name);
    }
    let config = diembao::config::load(Some(folder.path()));
    let keys = diembao::app::keymap(config.keys.as_deref()).1;
    let own = config.themes.iter().filter(|t| files.iter().any(|f| f.0.contains(&t.name)));
    let styles = own.flat_map(|theme| {
        let found = Theme::resolve(&config.themes, &theme.name, Depth::Full);
        found.expect("a theme").1
    });
    let whys = config
        .faults
        .iter()
        .cloned()
        .chain(keys.iter().map(|fault| format!("keys.toml, {fault}")))
        .chain(styles);
    let words = Lang::Vi.words();
    whys.map(|why| Notice::warning(Msg::ConfigFault).with("why", why).text(words)).collect()
}

#[test]
fn what_is_wrong_in_own_files_is_told_in_the_language_of_the_screen() {
    for (file, text, expect) in [
        (
            "themes/a.toml",
            "[styles]\ntitle = { blink = true }\n",
            "themes/a.toml, dòng 2: `title` không có `blink`; chỉ có fg, bg, bold, dim, italic, underline, reverse, strike",
        ),
        (
            "themes/a.toml",
            "[styles]\ntitle = { bold = \"x\" }\n",
            "themes/a.toml, dòng 2: `bold` cần true hoặc false; \"x\" không phải",
        ),
        ("themes/a.toml", "parent = dark\n", "themes/a.toml, dòng 1: giá trị chữ phải đặt trong nháy kép"),
        ("themes/a.toml", "[styles\n", "themes/a.toml, dòng 1: tên nhóm chưa đóng"),
        ("themes/a.toml", "styles = 3\n", "themes/a.toml, dòng 1: `styles` là một bảng: hãy viết [styles]"),
        (
            "themes/a.toml",
            "[styles]\nsky = { bold = true }\n",
            "themes/a.toml, dòng 2: không có kiểu `sky`; `diembao gen theme` liệt kê tất cả",
        ),
        (
            "themes/a.toml",
            "[styles]\ntitle = { fg = \"sky\" }\n",
            "themes/a.toml, dòng 2: không có màu `sky`; hãy viết",
        ),
        (
            "config.toml",
            "theme = 3\n",
            "config.toml, dòng 1: `theme` cần một từ trong nháy kép; 3 không phải",
        ),
        ("keys.toml", "[list]\n\"<x\" = \"down\"\n", "keys.toml, dòng 2: [list] `<` thiếu `>`"),
        ("keys.toml", "[list]\n\"<xyz>\" = \"down\"\n", "không có phím tên này"),
        ("keys.toml", "[list]\nj = down\n", "keys.toml, dòng 2: giá trị chữ phải đặt trong nháy kép"),
    ] {
        let told = faults_told(&[(file, text)]);
        assert!(told.iter().any(|t| t.contains(expect)), "{expect} for {text}: {told:?}");
        let english = ["error", "expected", "there is", "invalid", "unclosed", "must", "literal", "struct"];
        assert!(told.iter().all(|t| english.iter().all(|e| !t.contains(e))), "{told:?}");
    }
}

#[test]
fn several_faults_at_once_are_counted_and_lead_to_all_of_them() {
    for (w, h) in [(40, 12), (80, 24), (120, 40)] {
        let mut desk = Desk::new(w, h);
        for key in ["k", "j"] {
            let why = format!(
                "keys.toml, line 3: [pane] {key}: takes the place of {}; give it keys that begin no others, or bind these anew",
                "gg, gr, gs, ge, go, gi, gp, gv, gS, gd, gy, gq, gw, gn, gl, gt, gx, gz, "
                    .repeat(if w == 40 { 3 } else { 1 })
            );
            desk.feed(Event::Report(Report::Notice(Notice::warning(Msg::ConfigFault).with("why", why))));
        }
        let text = desk.text();
        assert!(text.contains("[pane] j:") && text.contains("còn 1 lỗi nữa: gn"), "{text}");
        desk.press("gn");
        let text = desk.text();
        assert!(text.contains("j: chiếm") && !text.contains("lỗi nữa"), "{text}");
        desk.press("G");
        assert!(desk.text().contains("k: chiếm"), "{}", desk.text());
    }
}
