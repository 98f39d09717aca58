//! What is taken out of an article, and widths that are kept.

use diembao::app::{Event, MouseDid, Overlay, Program, Report, Wide};
use diembao::article::{Article, Block, BlockKind, Stress, StressKind};

use crate::fixture::{Desk, library};

#[test]
fn a_quote_goes_with_its_source() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgq");
    let source = "Sạt đồi lúc rạng sáng ở Khe Ngần, 31 hộ phải rời nhà trong mưa · Hà Vân Báo · 03/06/2026 07:15 · https://havan.example/khe-ngan";
    assert_eq!(desk.copied, [format!("“Chúng tôi chỉ kịp mang theo trẻ con”\n— Đinh Khắc Lữ · {source}")]);
    desk.press("gy");
    assert_eq!(desk.copied[1], source);
    // Without an address, and without a quote.
    desk.press("gggy");
    assert_eq!(
        desk.copied[2],
        "Hai ngày sau vụ sạt, Khe Ngần có nước sạch trở lại · Hà Vân Báo · 05/06/2026 08:15"
    );
    desk.press("gq");
    assert_eq!(desk.copied.len(), 3);
    assert!(desk.text().contains("Bài này không có trích dẫn"), "{}", desk.text());
}

#[test]
fn the_text_goes_to_a_program() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj|wc<space>-w");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Pipe(_))));
    desk.press("<enter>");
    assert_eq!(desk.piped.len(), 1);
    assert_eq!(desk.piped[0].0, "wc -w");
    assert!(desk.piped[0].1.contains("Nước sông còn lên"));
    // The last program is offered again; without one nothing runs.
    desk.press("|<enter>");
    assert_eq!(desk.piped.len(), 2);
    desk.press("|<c-u><enter>|x<esc>");
    assert_eq!((desk.piped.len(), desk.app.overlays.len()), (2, 0));
}

#[test]
fn the_original_goes_to_a_program_of_the_reader() {
    let mut desk = Desk::new(80, 24);
    desk.press("jjO");
    desk.press("E");
    let asked: Vec<_> =
        desk.originals.iter().map(|(path, text, with)| (path, text.is_empty(), *with)).collect();
    let path = &desk.app.snapshot.entries[0].path;
    assert_eq!(asked, [(path, false, Program::Pager), (path, false, Program::Editor)]);
}

#[test]
fn widths_are_kept_when_the_hand_lets_go() {
    let mut desk = Desk::new(120, 40);
    // To the left: the article keeps its long lines.
    desk.mouse(MouseDid::Press, 42, 10).mouse(MouseDid::Drag, 28, 10).mouse(MouseDid::Release, 28, 10);
    desk.widths = None;
    let border = desk.app.sizes.borders[0].expect("a border");
    desk.mouse(MouseDid::Press, border, 10).mouse(MouseDid::Drag, border + 5, 10);
    assert_eq!(desk.widths, None);
    desk.mouse(MouseDid::Release, border + 5, 10);
    assert_eq!(desk.widths.and_then(|w| w.list), Some(Wide::of(border + 5, 120)));
    desk.press(">");
    assert_eq!(desk.widths.and_then(|w| w.list), Some(Wide::of(border + 9, 120)));
    // A share: half of the screen takes half of the cells.
    let widths = desk.app.prefs.widths;
    let list = |desk: &Desk| desk.app.sizes.list.map(|a| a.w);
    assert_eq!((list(&desk), desk.app.prefs.widths), (Some(border + 9), widths));
    desk.feed(Event::Resized(240, 40));
    assert_ne!(list(&desk), Some(2 * (border + 9)), "three panes share a wide screen in another way");
    desk.feed(Event::Resized(120, 40));
    assert_eq!((list(&desk), desk.app.prefs.widths), (Some(border + 9), widths));
    let mut desk = Desk::new(120, 40);
    desk.mouse(MouseDid::Release, 10, 10);
    assert_eq!(desk.widths, None, "a click is no drag");
}

#[test]
fn the_card_of_the_first_run_has_five_lines_and_goes_with_a_key() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        desk.feed(Event::Report(Report::FirstRun));
        let text = desk.text();
        for part in
            ["Chào bạn", "j k đi lại, Enter đọc", "/ tìm ngay khi gõ", "gs cho biết", "? xem mọi phím"]
        {
            assert!(text.contains(part), "{part} at {w}x{h}: {text}");
        }
        desk.press("j");
        assert!(!desk.text().contains("Chào bạn"));
        assert_eq!(desk.open(), "1", "the key counts");
    }
}

#[test]
fn links_of_the_text_are_listed_opened_and_copied() {
    let text = "Xe tải qua cầu từ hôm nay, theo lịch của huyện và của tỉnh";
    let link = |words: &str, to: &str| {
        let start = text.find(words).expect(words);
        Stress { kind: StressKind::Link, range: start..start + words.len(), to: Some(to.into()) }
    };
    let block = Block {
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        line: 1,
        inferred: false,
        stress: vec![link("hôm nay", "https://a.example/1"), link("của huyện", "mailto:huyen@a.example")],
    };
    let article = Article { title: Some("Giá vé".to_owned()), blocks: vec![block], ..Article::default() };
    for (w, h) in [(40, 24), (120, 40)] {
        let mut desk = Desk::on(&library(std::slice::from_ref(&article)), w, h);
        desk.press("<enter>");
        // As OSC 8: the cells of the words lead there.
        let cells: Vec<(String, u16)> = diembao::ui::links(&desk.app)
            .into_iter()
            .map(|(to, areas)| (to, areas.iter().map(|a| a.w).sum()))
            .collect();
        assert_eq!(
            cells,
            [("https://a.example/1".to_owned(), 7), ("mailto:huyen@a.example".to_owned(), 9)],
            "{}",
            desk.text()
        );
        desk.press("L");
        assert!(desk.text().contains("hôm nay  https://a.example/1"), "{}", desk.text());
        assert_eq!(diembao::ui::links(&desk.app), [], "something lies over the text");
        desk.press("<enter>L<down><tab>Lhuyen<enter>");
        assert_eq!(desk.opened, ["https://a.example/1", "mailto:huyen@a.example"]);
        assert_eq!(desk.copied.last().map(String::as_str), Some("mailto:huyen@a.example"));
        assert!(desk.app.overlays.is_empty());
    }
    // However long its words are, where it leads is seen; and what fits nothing says so.
    let (long, to) = ("Xe tải qua cầu Bến Lở từ hôm nay ".repeat(6), "https://a.example/2");
    let stress = vec![Stress { kind: StressKind::Link, range: 0..long.len(), to: Some(to.into()) }];
    let block = Block { kind: BlockKind::Paragraph, text: long, line: 1, inferred: false, stress };
    let article = Article { title: Some("Giá vé".to_owned()), blocks: vec![block], ..Article::default() };
    let mut desk = Desk::on(&library(&[article]), 80, 24);
    desk.press("<enter>L");
    assert!(desk.text().contains("…  https://a.example/2"), "{}", desk.text());
    desk.press("zz");
    assert!(
        desk.text().contains("Không mục nào hợp với “zz”") || desk.text().contains("“zz”"),
        "{}",
        desk.text()
    );
    let mut desk = Desk::new(120, 40);
    desk.press("L");
    assert!(desk.app.overlays.is_empty() && desk.text().contains("không có liên kết"), "{}", desk.text());
}

#[test]
fn addresses_in_the_text_and_links_of_the_lead_lead_there() {
    let text =
        "# Giá vé\n\n**Vé [hôm nay](https://a.example/1) rẻ.**\n\nXem www.b.example/gia, theo huyện.\n";
    let article = diembao::article::parse(text.as_bytes(), diembao::article::Format::Markdown);
    let mut desk = Desk::on(&library(&[article]), 40, 24);
    desk.press("<enter>");
    let cells: Vec<(String, u16)> = diembao::ui::links(&desk.app)
        .into_iter()
        .map(|(to, areas)| (to, areas.iter().map(|a| a.w).sum()))
        .collect();
    assert_eq!(
        cells,
        [("https://a.example/1".to_owned(), 7), ("http://www.b.example/gia".to_owned(), 17)],
        "{}",
        desk.text()
    );
    desk.press("L");
    let text = desk.text();
    assert!(text.contains("hôm nay  https://a.example/1"), "{text}");
    assert!(text.contains("│ http://www.b.example/gia "), "{text}");
}

/// In a box with a line all that moves a choice does: arrows, Ctrl-n and Ctrl-p, pages, the wheel; letters go into the line.
#[test]
fn choices_below_a_line_are_walked_through_in_every_way() {
    let to = |n: usize| format!("https://a.example/{n:02}");
    let text: Vec<String> = (0..40).map(to).collect();
    let body = format!("Xem {}.\n", text.join(" và "));
    let article = diembao::article::parse(body.as_bytes(), diembao::article::Format::Markdown);
    assert_eq!(article.links().count(), 40);
    for (w, h) in [(40, 12), (120, 40)] {
        let chosen = |keys: &str, wheel: Option<MouseDid>| {
            let mut desk = Desk::on(&library(std::slice::from_ref(&article)), w, h);
            desk.press("<enter>L").press(keys);
            if let Some(did) = wheel {
                desk.mouse(did, w / 2, h / 2);
            }
            // What is chosen is in sight.
            let text = desk.text();
            desk.press("<enter>");
            let opened = desk.opened.last().cloned().expect("opened");
            assert!(text.contains(&opened), "{keys} {opened}: {text}");
            opened
        };
        for (keys, wheel, expect) in [
            ("", None, 0),
            ("<down><down><up>", None, 1),
            ("<c-n><c-n><c-n><c-p>", None, 2),
            ("<up>", None, 39),
            ("", Some(MouseDid::WheelDown), 1),
            ("<c-n><c-n>", Some(MouseDid::WheelUp), 1),
            ("<pagedown><pageup>", None, 0),
            ("<pageup>", None, 0),
            ("<pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown>", None, 39),
            ("39", None, 39),
        ] {
            assert_eq!(chosen(keys, wheel), to(expect), "{keys} {wheel:?} at {w}");
        }
        let page: usize = chosen("<pagedown>", None)[18..].parse().expect("a number");
        assert!((4..=16).contains(&page), "{page} rows at {w}");
    }
    let mut desk = Desk::new(80, 24);
    desk.press(":<pagedown>");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Palette(p)) if p.chosen.is_some_and(|n| n > 5)));
    desk.press("<pageup><esc>eT<pagedown>");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Pick(p)) if p.chosen == 2), "{}", desk.text());
    desk.press("<esc><esc>?/<pagedown>");
    assert!(matches!(desk.app.overlays.last(), Some(Overlay::Help(h)) if h.top > 5), "{}", desk.text());
}

/// On 80 columns a border of one's own keeps the list beside the text; set back, it is nobody's wish any more.
#[test]
fn a_border_that_is_set_back_gives_the_text_its_width_again() {
    let mut desk = Desk::new(80, 24);
    let width = |desk: &Desk| desk.app.sizes.reader.map(|a| a.w);
    desk.press("><enter>");
    assert!(desk.app.prefs.widths.list.is_some() && width(&desk) < Some(60));
    desk.press("<esc><lt><enter>");
    assert_eq!((desk.app.prefs.widths.list, width(&desk)), (None, Some(80)));
}
