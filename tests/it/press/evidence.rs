//! What two articles share, side by side; saving a press review.

use diembao::app::{Focus, Form, Overlay, PanelLook};

use crate::fixture::Desk;

fn is_open(desk: &Desk) -> bool {
    matches!(desk.app.overlays.last(), Some(Overlay::Evidence))
}

fn lines(desk: &Desk) -> Vec<String> {
    let lines = desk.app.evidence.panel.lines.iter();
    lines.map(|l| l.segs.iter().map(|s| s.1.as_str()).collect::<String>().trim_end().to_owned()).collect()
}

#[test]
fn what_both_share_stands_side_by_side() {
    for (w, h, beside) in [(120, 40, true), (200, 60, true), (80, 24, true), (40, 12, false)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjgrw");
        assert!(is_open(&desk));
        let text = lines(&desk).join("\n");
        for part in ["Tên chung · ", "Đoạn giống nhau · "] {
            assert!(text.contains(part), "{part} at {w}: {text}");
        }
        assert_eq!(text.contains(" │ "), beside, "{w}: {text}");
        // The same passage is marked once in each of the two.
        let all = desk.app.evidence.panel.lines.iter().flat_map(|l| &l.segs);
        let shared: String = all
            .filter(|s| s.0 == PanelLook::Shared)
            .flat_map(|s| s.1.split_whitespace())
            .collect::<Vec<_>>()
            .join(" ");
        assert!(shared.matches("sườn").count() == 2, "{w}: {shared}");
        // Names stand as each article writes them.
        assert!(text.contains("ông Lữ ×1"), "{w}: {text}");
        let buffer = diembao::ui::render(&desk.app, &diembao::ui::Theme::built_in("dark"));
        assert_eq!(buffer.area.width, w);
    }
}

#[test]
fn each_spelling_of_a_shared_name_is_marked_where_it_stands() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgrw");
    let marked: Vec<&str> = desk
        .app
        .evidence
        .panel
        .lines
        .iter()
        .flat_map(|l| &l.segs)
        .filter(|s| matches!(s.0, PanelLook::Name(_)))
        .map(|s| s.1.trim())
        .collect();
    for (spelling, least) in [("Đinh Khắc Lữ", 2), ("ông Lữ", 1)] {
        let named = marked.iter().filter(|text| **text == spelling).count();
        assert!(named >= least, "{spelling}: {marked:?}");
    }
}

#[test]
fn a_line_of_the_evidence_leads_into_the_other_article() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgrwG<enter>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus), ("1", Focus::Reader));
    let at = desk.app.reader.anchor().at.expect("a place");
    let read = desk.app.snapshot.read(desk.app.reader.article.expect("open"));
    assert!(read.expect("read").plain.text[at..].starts_with("ông Lữ") || at > 0);
    desk.press("<c-o>");
    assert_eq!((desk.open().as_str(), desk.app.nav.focus), ("0", Focus::Related));
    desk.press("w<esc>");
    assert!(!is_open(&desk));
    // The whole story holds the open article as well: it has nothing to be compared with.
    desk.press("Gkkw");
    assert!(!is_open(&desk), "{}", desk.text());
    assert!(desk.text().contains("Đây chính là bài đang mở"), "{}", desk.text());
}

#[test]
fn articles_without_a_common_passage_say_so() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgrjjw");
    let text = lines(&desk).join("\n");
    assert!(text.contains("Không có trích dẫn hay đoạn tám chữ nào giống nhau"), "{text}");
    assert!(text.contains("Tên chung · 4"), "{text}");
}

#[test]
fn a_press_review_is_saved_in_two_forms() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgswW");
    let [(first, markdown), (second, html)] = &desk.written[..] else { panic!("{:?}", desk.written.len()) };
    assert_eq!((*first, *second), (Form::Markdown, Form::Html));
    assert!(markdown.starts_with("# Điểm báo: Sạt đồi ở Khe Ngần\n"), "{markdown}");
    assert!(markdown.contains("| Khe Ngần | ◉ |"), "{markdown}");
    assert!(html.starts_with("<!doctype html>") && html.contains("<html lang=\"vi\">"), "{html}");
    let link = "<a href=\"https://havan.example/khe-ngan\" rel=\"noreferrer\">";
    for linked in ["Sạt đồi lúc rạng sáng ở Khe Ngần, 31 hộ phải rời nhà trong mưa</a>", "Hà Vân Báo</a>"]
    {
        assert!(html.contains(&format!("{link}{linked}")), "{linked} in {html}");
    }
    assert!(markdown.contains("trong mưa](<https://havan.example/khe-ngan>)"), "{markdown}");
    // What a report is to the ones before, under heads that say so.
    assert!(markdown.contains("| Ngày | Sau bài đầu | Báo | Là gì | Bài |"), "{markdown}");
    for kind in ["| Lạc Phong Online | Đăng lại |", "| Hà Vân Báo | Diễn biến tiếp theo |"] {
        assert!(markdown.contains(kind), "{kind} in {markdown}");
    }
    let tables = markdown.split("\n\n").filter(|part| part.starts_with('|'));
    for table in tables {
        assert!(table.lines().count() > 2 && !table.starts_with("|  |  |"), "{table}");
    }
    let html = html.replace(link, "");
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "the page needs nothing else: {outside}");
    }
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Review)), "the review stays");
    let mut desk = Desk::new(120, 40);
    desk.press("w");
    assert!(desk.written.is_empty());
}

#[test]
fn a_row_of_names_is_no_passage() {
    // What these share of eight syllables is a body with its short form, and three hamlets.
    let seeds = crate::terminal::seeds();
    let files = ["07-khe-ngan-ban-sao.txt", "10-khe-ngan-canh-bao.md"].map(|name| seeds.join(name));
    let mut desk = Desk::on(&diembao::library::load(&files, true, true), 120, 40);
    desk.press("j<enter>grw");
    assert!(is_open(&desk), "{}", desk.text());
    let text = lines(&desk).join("\n");
    assert!(text.contains("Không có trích dẫn hay đoạn tám chữ nào giống nhau"), "{text}");
}

#[test]
fn what_is_only_a_name_is_no_passage() {
    let mut desk = Desk::new(120, 40);
    // The slide and the football: a name and some turns are the same.
    for script in ["jjgrw", "jjgrjw", "jjgrjjw"] {
        desk.press(script);
        let looks = desk.app.evidence.panel.lines.iter().map(|l| {
            let shared = l.segs.iter().filter(|s| s.0 == PanelLook::Shared);
            shared.flat_map(|s| s.1.split_whitespace()).count()
        });
        // Neighbouring lines are of one passage.
        let words: Vec<usize> = looks.collect();
        for passage in words.split(|n| *n == 0).filter(|p| !p.is_empty()) {
            assert!(passage.iter().sum::<usize>() >= 2 * 8, "{script}: {}", lines(&desk).join("\n"));
        }
        desk.press("<esc><esc><esc>gg");
    }
}

#[test]
fn a_shared_name_stands_in_a_sentence_of_the_text_rather_than_in_a_credit() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = "Chủ tịch huyện Tô Văn Mừng nói cầu Bến Lở ở huyện Vạn Hoài sẽ đóng một tuần để sửa mặt cầu. \
                 Phóng viên Lê Mộc Thanh có mặt ở chân cầu từ sáng sớm.";
    for (day, title, more) in [
        ("01", "Cầu Bến Lở đóng một tuần", ""),
        ("02", "Cầu Bến Lở sắp đóng", " Xe tải đi vòng qua Hoài Thượng."),
    ] {
        let text = format!("{title}\n\n{day}/03/2026 08:15\n\nTheo Lê Mộc Thanh\n\n{story}{more}\n");
        std::fs::write(folder.path().join(format!("{day}.txt")), text).expect("written");
    }
    let snapshot = diembao::library::load(&[folder.path().to_owned()], true, true);
    for ix in snapshot.order.iter() {
        let credits = &snapshot.read(*ix).expect("read").article.credits;
        assert!(credits.iter().any(|c| c.text.contains("Lê Mộc Thanh")), "{credits:?}");
    }
    let mut desk = Desk::on(&snapshot, 120, 40);
    desk.press("grw");
    assert!(is_open(&desk), "{}", desk.text());
    let told = desk.app.evidence.panel.lines.iter().any(|line| {
        let named = line.segs.iter().any(|s| matches!(s.0, PanelLook::Name(_)) && s.1 == "Lê Mộc Thanh");
        named && line.segs.iter().any(|s| s.0 == PanelLook::Dim && s.1.contains("Phóng viên"))
    });
    assert!(told, "{}", lines(&desk).join("\n"));
}
