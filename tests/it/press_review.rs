//! Key scripts of the press review and of what is read in a story, on the made-up press review: 0 the slide (3 June), 1 its reprint, 2 two days later.

use diembao::app::{Event, Lang, MouseDid, Overlay, PanelLine, PanelLook, Report};
use diembao::library::{ArticleIx, Is};

use crate::fixture::{Desk, edited, nobodys, snapshot};

/// The articles that are read, by their numbers.
fn read(desk: &Desk) -> String {
    let numbers = (0..6).filter(|n| desk.app.is(ArticleIx(*n), Is::Read)).map(|n| n.to_string());
    numbers.collect::<Vec<_>>().join(" ")
}

fn is_open(desk: &Desk) -> bool {
    matches!(desk.app.overlays.last(), Some(Overlay::Review))
}

#[test]
fn the_review_opens_leads_on_and_comes_back() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjgs");
        assert!(is_open(&desk), "{w}x{h}");
        // The first line is the first report; the last one that of two days later.
        desk.press("jj<enter>");
        assert_eq!((is_open(&desk), desk.open().as_str()), (false, "2"), "{w}x{h}");
        // The way back leads to the review, at its place.
        desk.press("<c-o>");
        assert_eq!((is_open(&desk), desk.open().as_str()), (true, "0"), "{w}x{h}");
        assert_eq!(desk.app.review.panel.stop, 2, "{w}x{h}");
        desk.press("<esc>gs");
        assert_eq!((is_open(&desk), desk.app.review.panel.stop), (true, 2), "{w}x{h}");
        for close in ["<esc>", "gsq", "gsgs"] {
            desk.press(close);
            assert!(!is_open(&desk), "{close} at {w}x{h}");
        }
    }
}

#[test]
fn the_line_of_the_article_that_it_is_opened_from_is_chosen() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        let line = |desk: &Desk| desk.app.review.panel.selected().map(|s| (s.article.0, s.at));
        // Newest first: 2 1 0.
        for (script, article) in [("gs", 2), ("<esc>jgs", 1), ("<esc>jgs", 0), ("<esc>kkgs", 2)] {
            desk.press(script);
            assert_eq!(line(&desk), Some((article, 0)), "{script} at {w}x{h}");
            let panel = &desk.app.review.panel;
            let rows = panel.top..panel.top + usize::from(panel.inside(&desk.app.cx()).h);
            let at = panel.lines.iter().position(|l| l.stop == Some(panel.stop)).expect("a line");
            assert!(rows.contains(&at), "{script} at {w}x{h}: in sight");
        }
        // From the same article the place is kept.
        desk.press("G");
        let last = line(&desk);
        desk.press("<esc>gs");
        assert_eq!(line(&desk), last, "{w}x{h}");
    }
}

#[test]
fn columns_of_outlets_stand_in_one_place_in_all_tables() {
    for (w, h) in [(80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::on(&edited(), w, h);
        desk.press("jjgs");
        let lines = desk.app.review.panel.lines.iter();
        // Signs are the last piece of a row: the first of them stands under the first outlet or further on.
        let row = |l: &PanelLine| {
            let (last, before) = l.segs.split_last()?;
            let is_row = last.0 == PanelLook::Sign && last.1.contains(['◉', '◎', '•', '○']);
            is_row.then(|| before.iter().map(|s| diembao::text::width(&s.1)).sum::<usize>())
        };
        let places: Vec<usize> = lines.filter_map(row).collect();
        assert!(places.len() > 8, "{w}x{h}: {places:?}");
        assert!(places.iter().all(|at| *at == places[0]), "{w}x{h}: {places:?}");
    }
}

#[test]
fn a_saved_review_has_its_sections_in_the_order_of_the_screen() {
    for snapshot in [snapshot(), edited(), nobodys()] {
        let mut desk = Desk::on(&snapshot, 120, 40);
        desk.press("jjgsw");
        let lines = desk.app.review.panel.lines.iter();
        let heads = lines.filter(|l| l.segs.first().is_some_and(|s| s.0 == PanelLook::Head));
        let screen: Vec<&str> = heads.filter_map(|l| l.segs[0].1.split(" · ").next()).collect();
        let saved = &desk.written[0].1;
        let saved: Vec<&str> = saved.lines().filter_map(|l| l.strip_prefix("## ")).collect();
        assert!(saved.len() > 4, "{saved:?}");
        let both: Vec<&&str> = screen.iter().filter(|head| saved.contains(head)).collect();
        assert_eq!(both, saved.iter().collect::<Vec<_>>(), "{screen:?}");
    }
}

#[test]
fn every_line_leads_to_its_words() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    let stops = desk.app.review.panel.stops.clone();
    assert!(stops.len() > 20, "{}", stops.len());
    for (n, stop) in stops.iter().enumerate() {
        desk.press("gg").press(&format!("{}G", n + 1));
        assert_eq!(desk.app.review.panel.stop, n);
        let line = desk.app.review.panel.lines.iter().position(|l| l.stop == Some(n)).expect("a line");
        assert!(
            (desk.app.review.panel.top..desk.app.review.panel.top + 36).contains(&line),
            "line {n} is in sight"
        );
        desk.press("<enter>");
        if stop.fold.is_some() {
            // What is folded opens and closes, and leads nowhere.
            assert!(is_open(&desk) && desk.app.review.panel.stops.len() > stops.len(), "line {n} opens");
            desk.press("v");
            assert_eq!((desk.app.review.panel.stops.clone(), desk.app.review.panel.stop), (stops.clone(), n));
            continue;
        }
        assert_eq!(desk.app.reader.article, Some(stop.article));
        desk.press("gs");
        assert!(is_open(&desk));
        if desk.app.review.panel.stops != stops {
            // What was read meanwhile changes what is new.
            return;
        }
    }
}

#[test]
fn behind_the_last_section_comes_the_first() {
    for open in ["jjgs", "jjege", "jjgrw"] {
        let mut desk = Desk::new(120, 40);
        // The head of a page may lead somewhere and is no section.
        desk.press(open).press("<tab>");
        let stop = |desk: &Desk| desk.app.page().expect("a page").stop;
        let first = stop(&desk);
        let mut seen = Vec::new();
        while seen.last() != Some(&first) {
            desk.press("<tab>");
            assert!(!seen.contains(&stop(&desk)), "{open}: {seen:?}");
            seen.push(stop(&desk));
        }
        assert!(seen.len() > 1, "{open}: {seen:?}");
        desk.press("<s-tab>");
        assert_eq!(stop(&desk), seen[seen.len() - 2], "{open}");
    }
}

#[test]
fn sections_are_walked_and_the_mouse_chooses() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs<tab>");
    let second = desk.app.review.panel.stop;
    assert!(second > 1, "behind the reports");
    desk.press("<s-tab>");
    assert_eq!(desk.app.review.panel.stop, 0);
    let row = desk.app.review.panel.lines.iter().position(|l| l.stop == Some(2)).expect("a line") as u16 + 2;
    desk.mouse(MouseDid::Press, 10, row);
    assert_eq!((is_open(&desk), desk.app.review.panel.stop), (true, 2));
    desk.mouse(MouseDid::WheelDown, 10, row);
    assert!(is_open(&desk));
    desk.mouse(MouseDid::WheelUp, 10, row).mouse(MouseDid::Press, 10, row);
    assert_eq!((is_open(&desk), desk.open().as_str()), (false, "2"));
}

#[test]
fn it_speaks_both_languages_and_fits_a_new_size() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    assert!(desk.text().contains("Ai nói gì"), "{}", desk.text());
    desk.app.prefs.lang = Lang::En;
    desk.feed(Event::Resized(80, 24));
    assert!(desk.text().contains("Who reported when"), "{}", desk.text());
}

#[test]
fn a_stale_review_is_dropped() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    let lines = desk.app.review.panel.lines.clone();
    let old = diembao::app::Ticket(0);
    desk.feed(Event::Report(Report::Reviewed(old, std::sync::Arc::default())));
    assert_eq!(desk.app.review.panel.lines, lines);
}

#[test]
fn reading_one_copy_marks_its_copies_and_can_be_taken_back() {
    for (script, expect) in [
        ("jj<enter>", "0 1"),
        ("j<enter>", "0 1"),
        ("<enter>", "2"),
        ("jj<enter>u", ""),
        ("jj<enter><esc>m", "1"),
        ("jjm", "0 1"),
        ("jjmu", ""),
        ("jjmm", "1"),
    ] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert_eq!(read(&desk), expect, "{script}");
    }
    let mut desk = Desk::new(120, 40);
    desk.press("jj<enter>");
    assert!(desk.text().contains("hoàn lại"), "{}", desk.text());
}

#[test]
fn the_next_unread_of_the_story_comes_round() {
    for (script, expect) in
        [("l}", "0"), ("jj<enter>}", "2"), ("jj<enter>}}", "2"), ("jl}", "2"), ("G}", "4")]
    {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert_eq!(desk.open(), expect, "{script}");
    }
    let mut desk = Desk::new(120, 40);
    desk.press("jj<enter>}}");
    assert!(desk.text().contains("Đã đọc hết"), "{}", desk.text());
}

#[test]
fn what_is_new_is_told_after_reading() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    assert!(!desk.text().contains("Mới so với"), "nothing is read");
    desk.press("<esc>gg<enter>gs");
    let text = desk.text();
    assert!(text.contains("Mới so với bài đã đọc"), "{text}");
    assert!(text.contains("Đinh Khắc Lữ"), "{text}");
}

#[test]
fn the_way_back_finds_its_line_where_reading_changed_the_page() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    let last = desk.app.review.panel.stops.iter().rposition(|s| s.article == ArticleIx(2)).expect("a line");
    desk.press(&format!("{}G", last + 1));
    let stop = desk.app.review.panel.selected().expect("a line");
    let row = |desk: &Desk| {
        let panel = &desk.app.review.panel;
        panel
            .lines
            .iter()
            .position(|l| l.stop == Some(panel.stop))
            .map(|n| n.cast_signed() - panel.top.cast_signed())
    };
    let before = (desk.app.review.panel.stops.len(), row(&desk));
    desk.press("<enter>");
    assert!(!is_open(&desk));
    // Another story in between: the page is made anew.
    desk.press("<esc>Ggs<esc><c-o>");
    assert!(is_open(&desk));
    assert_ne!(desk.app.review.panel.stops.len(), before.0, "what is new came to it");
    assert_eq!((desk.app.review.panel.selected(), row(&desk)), (Some(stop), before.1));
}

/// The lines of the review, as text, and whether each is dim all over.
fn told(desk: &Desk) -> Vec<(String, bool)> {
    let lines = desk.app.review.panel.lines.iter();
    let text = |l: &PanelLine| l.segs.iter().map(|s| s.1.as_str()).collect::<String>();
    lines.map(|l| (text(l).trim_end().to_owned(), l.segs.iter().all(|s| s.0 == PanelLook::Dim))).collect()
}

#[test]
fn what_was_read_is_dim_and_the_days_between_are_told() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    let line = |desk: &Desk, part: &str| {
        let lines = told(desk);
        lines.iter().find(|l| l.0.contains(part)).cloned().unwrap_or_else(|| panic!("{part} in {lines:?}"))
    };
    assert!(!line(&desk, "Hai ngày sau vụ sạt").1, "it is not read");
    // How late a report was is told once; between the days of the story lie others.
    assert!(line(&desk, "Hai ngày sau vụ sạt").0.contains("+2 ngày"));
    let gaps: Vec<_> = told(&desk).into_iter().filter(|l| l.0.contains('⋯')).collect();
    assert_eq!(gaps.iter().map(|l| l.0.trim()).collect::<Vec<_>>(), ["⋯ 3 ngày sau"]);
    desk.press("<esc>gg<enter>gs");
    assert!(line(&desk, "Hai ngày sau vụ sạt").1, "a report");
    assert!(line(&desk, "Sáng 5/6, đường ống tạm").1, "what it dates");
    assert!(!line(&desk, "Sạt đồi lúc rạng sáng ở Khe Ngần").1);
}

#[test]
fn what_it_is_a_review_of_stays_in_sight() {
    let mut desk = Desk::new(40, 12);
    desk.press("jjgs");
    let edge = |desk: &Desk| desk.text().lines().nth(1).map(str::to_owned).unwrap_or_default();
    assert!(edge(&desk).contains("Điểm báo ─"), "{}", edge(&desk));
    desk.press("G");
    assert!(edge(&desk).contains("Điểm báo · 3 bài · 2 báo · Sạt…"), "{}", edge(&desk));
}

#[test]
fn signs_are_explained_below_their_table() {
    for (lang, legend) in [(Lang::Vi, "◉ đưa trước nhất"), (Lang::En, "◉ had it first")] {
        let mut desk = Desk::on(&nobodys(), 80, 24);
        desk.app.prefs.lang = lang;
        desk.press("jjgs");
        let lines: Vec<String> = told(&desk).into_iter().map(|l| l.0).collect();
        let last_of_table =
            lines.iter().rposition(|l| l.ends_with('◉') || l.ends_with('•')).expect("a table");
        assert!(lines[last_of_table + 1].contains(legend), "{lines:?}");
    }
}

#[test]
fn who_is_not_known_stands_for_itself() {
    for (width, parts) in [
        (60, ["?1 không rõ báo, Lạc Phong Online (đăng lại)", "?2 không rõ báo", "  ?1   ?2"]),
        (
            120,
            [
                "?1 không rõ báo, Lạc Phong Online (đăng lại)",
                "?1 không rõ báo · Sạt đồi",
                "   ?1 không rõ báo  ?2 không rõ báo",
            ],
        ),
    ] {
        let mut desk = Desk::on(&nobodys(), width, 40);
        desk.press("jjgs");
        let lines = told(&desk);
        for part in parts {
            assert!(lines.iter().any(|l| l.0.contains(part)), "{part} in {lines:?}");
        }
    }
    let mut desk = Desk::on(&nobodys(), 120, 40);
    desk.press("jjgsw");
    let page = &desk.written[0].1;
    assert!(page.contains("| ?1 không rõ báo, Lạc Phong Online (đăng lại) | ?2 không rõ báo |"), "{page}");
    // A line tells who has it, not who reprints its outlet.
    let line = page.lines().find(|l| l.contains("Sáng 5/6")).expect("a day");
    assert!(line.ends_with("*?2 không rõ báo*"), "{line}");
}

#[test]
fn a_day_is_one_line_until_it_is_opened() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjgs<tab>");
        let lines = |desk: &Desk| told(desk).into_iter().map(|l| l.0).collect::<Vec<_>>();
        let folded = lines(&desk);
        let days = folded.iter().filter(|l| l.starts_with("▸ ~") || l.starts_with("▸ 0")).count();
        assert!(days >= 3, "{w}x{h}: {folded:?}");
        let stop = desk.app.review.panel.stop;
        desk.press("<enter>");
        let open = lines(&desk);
        assert!(open.len() > folded.len() && open.iter().any(|l| l.starts_with("▾ ")), "{w}x{h}: {open:?}");
        assert_eq!(desk.app.review.panel.stop, stop, "{w}x{h}: the line stays chosen");
        // Its sentence leads away; back from there it is still open, and the fold key closes it from within.
        desk.press("j<enter>");
        assert!(!is_open(&desk), "{w}x{h}");
        desk.press("<c-o>");
        assert!(is_open(&desk), "{w}x{h}");
        assert!(lines(&desk).iter().any(|l| l.starts_with("▾ ")), "{w}x{h}");
        desk.press("v");
        assert!(!lines(&desk).iter().any(|l| l.starts_with("▾ ")), "{w}x{h}");
        assert_eq!(desk.app.review.panel.stop, stop, "{w}x{h}");
    }
}

#[test]
fn counts_agree_and_one_outlet_alone_is_no_table() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjgs");
    let lines: Vec<String> = told(&desk).into_iter().map(|l| l.0).collect();
    assert_eq!(lines[1], "3 bài · 2 báo", "{lines:?}");
    let who = lines.iter().position(|l| l.starts_with("Ai đưa điều gì")).expect("who has it");
    let columns = lines[who + 1..].iter().take_while(|l| !l.is_empty()).count();
    assert_eq!(lines[who], format!("Ai đưa điều gì · {columns} cột"), "{lines:?}");
    // The last article is the only one of its story.
    for (lang, alone) in [(Lang::Vi, "Chưa báo nào khác"), (Lang::En, "No other outlet")] {
        let mut desk = Desk::new(120, 40);
        desk.app.prefs.lang = lang;
        desk.press("Ggs");
        let lines: Vec<String> = told(&desk).into_iter().map(|l| l.0).collect();
        assert!(lines.iter().any(|l| l.starts_with(alone)), "{lines:?}");
        assert!(!lines.iter().any(|l| l.contains('◉') || l.contains('•')), "{lines:?}");
    }
}

#[test]
fn what_is_hidden_is_counted_and_what_is_opened_is_seen() {
    for (w, h) in [(60, 20), (80, 24), (120, 30)] {
        let mut desk = Desk::new(w, h);
        desk.press("<enter>jjgsG");
        for _ in 0..desk.app.review.panel.stops.len() {
            let panel = &desk.app.review.panel;
            let (top, fold) = (panel.top, panel.selected().and_then(|s| s.fold));
            if fold.is_some() {
                let line = panel.lines.iter().position(|l| l.stop == Some(panel.stop)).expect("a line");
                desk.press("v");
                let panel = &desk.app.review.panel;
                let seen = panel.top + usize::from(h) - 4;
                assert!(panel.top <= line && line + 1 < seen, "{w}x{h}: {line} from {top} to {}", panel.top);
                desk.press("v");
            }
            desk.press("k");
        }
    }
}

#[test]
fn quotes_say_which_outlets_have_them() {
    let mut desk = Desk::on(&nobodys(), 120, 40);
    desk.press("jjgs");
    let lines: Vec<String> = told(&desk).into_iter().map(|l| l.0).collect();
    let quotes = lines.iter().position(|l| l.starts_with("Ai nói gì")).expect("quotes");
    assert!(lines[quotes + 1].trim_start().starts_with("?1 không rõ báo"), "{lines:?}");
    assert!(lines[quotes + 2].contains('“') && lines[quotes + 2].contains('◉'), "{lines:?}");
}

#[test]
fn running_words_are_no_wider_than_the_eye_follows_and_tables_as_wide_as_they_need() {
    // The page of a name shows each mention in as much as has room, the evidence two texts beside each other; nothing is cut here
    // in the review.
    for (script, most) in [("jjgs", 26 + 90), ("jjege", 90 + 3 + 90), ("jjgrw", 90 + 3 + 90)] {
        let mut desk = Desk::new(200, 60);
        desk.press(script);
        let page = desk.app.page().expect("a page");
        let cells = |line: &PanelLine| {
            let text: String = line.segs.iter().map(|s| s.1.as_str()).collect();
            diembao::text::width(text.trim_end())
        };
        let widest = page.lines.iter().map(cells).max().expect("lines");
        assert!(widest <= most && (most < 120 || widest > 120), "{script}: {widest}");
        // The box is in the middle and holds them.
        let area = page.area(&desk.app.cx());
        assert_eq!(area.x, (200 - area.w) / 2, "{script}");
        // Where few cells would be left beside it, it takes them.
        let whole = 200 - (most + 4) < 40;
        assert_eq!(usize::from(area.w), if whole { 200 } else { most + 4 }, "{script}");
    }
}

#[test]
fn pages_are_leafed_through_as_articles_are() {
    for script in ["jjgs", "jjege", "jjgrw"] {
        let mut desk = Desk::new(80, 12);
        desk.press(script);
        let place = |desk: &Desk| {
            let page = desk.app.page().expect("a page");
            let h = usize::from(page.inside(&desk.app.cx()).h);
            let sight = &page.lines[page.top..page.lines.len().min(page.top + h)];
            (page.top, sight.iter().any(|l| l.stop == Some(page.stop)), h, page.lines.len())
        };
        let (top, _, h, lines) = place(&desk);
        assert!(top == 0 && lines > h, "{script}");
        let mut before = top;
        // Each page goes on where the one before ends, until the last; then the choice goes to the last line.
        while before < lines - h {
            desk.press("<space>");
            let (top, in_sight, ..) = place(&desk);
            assert_eq!(top, (before + h - 1).min(lines - h), "{script}");
            assert!(in_sight, "{script}: from {top}");
            before = top;
        }
        desk.press("<space>");
        let page = desk.app.page().expect("a page");
        assert_eq!(page.stop, page.stops.len() - 1, "{script}");
        desk.press("<c-b>");
        assert_eq!(place(&desk).0, before.saturating_sub(h - 1), "{script}");
        desk.press("99<c-u><c-u>");
        let page = desk.app.page().expect("a page");
        assert_eq!((page.top, page.stop), (0, 0), "{script}");
    }
}
