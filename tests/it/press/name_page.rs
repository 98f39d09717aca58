//! The page of a name.

use diembao::app::{Away, Event, Focus, NameRow, Overlay, PanelLook};
use diembao::article::{Article, Basis, Block, BlockKind, Dated, Precision, Role, SetAside};
use diembao::entity::{Entities, EntityIx};
use diembao::library::ArticleIx;
use diembao::story::Reason;

use crate::fixture::Desk;

fn is_open(desk: &Desk) -> bool {
    matches!(desk.app.overlays.last(), Some(Overlay::NamePage))
}

/// The lines of the page, as text.
fn lines(desk: &Desk) -> Vec<String> {
    let lines = desk.app.profile.panel.lines.iter();
    lines.map(|l| l.segs.iter().map(|s| s.1.as_str()).collect::<String>().trim_end().to_owned()).collect()
}

#[test]
fn all_of_a_name_stands_on_its_page() {
    let mut desk = Desk::new(120, 60);
    desk.press("jjege");
    assert!(is_open(&desk));
    let lines = lines(&desk);
    let text = lines.join("\n");
    assert_eq!(lines[0], "Đinh Khắc Lữ");
    assert_eq!(lines[1], "Người · 3 bài · 4 lần nhắc");
    for part in [
        "Bài theo tháng\n06/2026  3 bài",
        "ông Lữ ×1 · gọi tắt trong bài",
        "Cùng xuất hiện",
        "Khe Ngần                          2 bài  Địa danh",
        "Tòng Thị Mây                      1 bài  Người",
        "Đã nói gì",
        "“Chúng tôi chỉ kịp mang theo trẻ con”",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn mentions_say_when_and_where_they_stand() {
    for (w, h, expect) in [
        (40, 12, "— Lạc Phong Online · 03/06/2026"),
        (80, 24, " 03/06/2026 Lạc Phong Online "),
        (120, 40, "~01/06/2026 Nhật báo Hạc Giang "),
    ] {
        let mut desk = Desk::new(w, h);
        desk.press("jjege");
        let lines = lines(&desk);
        assert!(lines.iter().any(|l| l.contains(expect)), "{w}x{h}: {}", lines.join("\n"));
    }
}

#[test]
fn mentions_stand_under_each_other_at_the_name() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjege");
        let columns: Vec<usize> = desk
            .app
            .profile
            .panel
            .lines
            .iter()
            .filter(|l| l.segs.len() >= 3 && matches!(l.segs[l.segs.len() - 2].0, PanelLook::Name(_)))
            .map(|l| l.segs[..l.segs.len() - 2].iter().map(|s| diembao::text::width(&s.1)).sum())
            .collect();
        assert!(columns.len() >= 3, "{w}x{h}: {}", lines(&desk).join("\n"));
        assert!(columns.windows(2).all(|c| c[0] == c[1]), "{w}x{h}: {columns:?}");
    }
}

/// An article with a headline, a lead, a caption and a paragraph, written by somebody.
fn signed(title: &str, author: &str, text: &str) -> Article {
    let block = |kind, text: &str| Block {
        kind,
        text: text.to_owned(),
        line: 4,
        inferred: false,
        stress: Vec::new(),
    };
    Article {
        title: Some(title.to_owned()),
        lead: Some("Khe Ngần sáng nay có nắng.".to_owned()),
        authors: vec![author.to_owned()],
        source: Some("Hạc Trắng".to_owned()),
        credits: vec![SetAside { role: Role::Byline, text: author.to_owned(), line: 2 }],
        blocks: vec![
            block(BlockKind::Paragraph, text),
            block(BlockKind::Caption, "Đường vào Khe Ngần. Ảnh: Lam Giang"),
        ],
        ..Article::default()
    }
}

#[test]
fn mentions_stand_together_by_how_they_are_made() {
    let article = signed("Nắng ở Khe Ngần", "Lam Giang", "Khe Ngần đã khô. Người Khe Ngần về nhà.");
    for (w, h) in [(40, 12), (120, 40)] {
        let mut desk = Desk::on(&crate::fixture::library(std::slice::from_ref(&article)), w, h);
        desk.press("ege");
        let mut all = lines(&desk);
        // Where and when each stands is told below it on a narrow screen.
        all.retain(|l| !l.starts_with("— "));
        let heads: Vec<&str> = all.iter().map(String::as_str).filter(|l| l.starts_with("Ở ")).collect();
        assert_eq!(
            heads,
            ["Ở đầu đề · 1", "Ở sa-pô · 1", "Ở thân bài · 2", "Ở chú thích ảnh · 1"],
            "{all:?}"
        );
        let at = all.iter().position(|l| l.starts_with("Ở thân bài")).expect("a head");
        assert!(all[at + 1..at + 3].iter().all(|l| l.contains("Khe Ngần")), "{all:?}");
    }
    // Where all are of one kind, there is nothing to tell apart.
    let plain = Article { title: None, lead: None, blocks: article.blocks[..1].to_vec(), ..article.clone() };
    let mut desk = Desk::on(&crate::fixture::library(&[plain]), 120, 40);
    desk.press("ege");
    assert!(!lines(&desk).iter().any(|l| l.starts_with("Ở ")), "{:?}", lines(&desk));
}

#[test]
fn who_made_an_article_stands_beside_nobody_and_is_no_reason() {
    let story = "Ông Đinh Khắc Lữ gõ kẻng ở Khe Ngần, Hà Vân. Báo Hạc Trắng đến từ sớm.";
    let of = |title: &str| signed(title, "Tòng Thị Mây", story);
    let mut all: Vec<Article> = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"].map(of).to_vec();
    for article in &mut all {
        article.blocks[1].text = "Đường vào bản. Ảnh: sông Slíp".to_owned();
    }
    let snapshot = crate::fixture::library(&all);
    let name = |ix: &EntityIx| snapshot.entities.get(*ix).map(|e| e.name.clone()).unwrap_or_default();
    let own = (0..8).map(EntityIx).find(|ix| name(ix) == "Khe Ngần").expect("a name");
    let beside: Vec<String> = snapshot.profile(own).beside.iter().map(|b| name(&b.entity)).collect();
    assert_eq!(beside, ["Đinh Khắc Lữ", "Hà Vân"]);
    let reasons = snapshot.why(ArticleIx(0)).reasons(0);
    let named = reasons.iter().find_map(|r| if let Reason::Names(names) = r { Some(names) } else { None });
    let mut named: Vec<String> = named.expect("names").iter().map(name).collect();
    named.sort();
    assert_eq!(named, ["Hà Vân", "Khe Ngần", "Đinh Khắc Lữ"]);
}

#[test]
fn who_wrote_an_article_is_none_of_its_names() {
    let text = "Ông Đinh Khắc Lữ gõ kẻng ở Khe Ngần.";
    for (author, text, expect) in [
        ("Tòng Thị Mây", text, &["Khe Ngần", "Đinh Khắc Lữ"][..]),
        // Who is spoken of is, though the name stands under a picture, too.
        ("Hà Du", &[text, " Bà Tòng Thị Mây kể."].concat(), &["Khe Ngần", "Tòng Thị Mây", "Đinh Khắc Lữ"]),
    ] {
        let mut article = signed("Nắng ở Khe Ngần", author, text);
        article.blocks[1].text = "Đường vào bản. Ảnh: Tòng Thị Mây".to_owned();
        let desk = Desk::on(&crate::fixture::library(&[article]), 120, 40);
        let entities = &desk.app.snapshot.entities;
        let name = |row: &NameRow| match row {
            NameRow::Name { ix, .. } => entities.get(*ix).map(|e| e.name.clone()),
            _ => None,
        };
        let mut names: Vec<String> = desk.app.names.rows.iter().filter_map(name).collect();
        names.sort();
        assert_eq!(names, expect, "{author}");
    }
}

#[test]
fn every_line_that_can_be_chosen_leads_to_its_place() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjege");
    let stops = desk.app.profile.panel.stops.clone();
    assert!(stops.len() > 8, "{}", lines(&desk).join("\n"));
    for (n, stop) in stops.iter().enumerate() {
        let mut desk = Desk::new(120, 40);
        desk.press(&format!("jjegegg{}", "j".repeat(n)));
        assert_eq!(desk.app.profile.panel.stop, n);
        if stop.away.is_some() {
            continue;
        }
        desk.press("<enter>");
        assert!(!is_open(&desk), "{n}");
        assert_eq!(desk.app.reader.spot, Some(stop.at).filter(|at| *at > 0), "{n}: where it led is marked");
        assert_eq!((desk.app.reader.article, desk.app.nav.focus), (Some(stop.article), Focus::Reader), "{n}");
        if stop.at > 0 {
            assert_eq!(desk.app.reader.anchor().at, Some(stop.at), "{n}");
        }
        desk.press("<c-o>");
        assert_eq!((desk.open().as_str(), desk.app.nav.focus), ("0", Focus::Names), "{n}");
        // Back on the page, at the line that was followed.
        assert_eq!((is_open(&desk), desk.app.profile.panel.stop), (true, n));
        desk.press("<c-i>");
        assert_eq!((is_open(&desk), desk.app.reader.article), (false, Some(stop.article)), "{n}");
    }
}

#[test]
fn a_name_beside_leads_to_its_own_page_and_back() {
    for (w, h) in [(40, 12), (120, 40)] {
        let mut desk = Desk::new(w, h);
        desk.press("jjege");
        let own = lines(&desk)[0].clone();
        let stops = desk.app.profile.panel.stops.clone();
        let beside =
            stops.iter().rposition(|s| matches!(s.away, Some(Away::Name(_)))).expect("a name beside it");
        desk.press(&format!("gg{}", "j".repeat(beside)));
        let line = desk.app.profile.panel.lines.iter().find(|l| l.stop == Some(beside)).expect("its line");
        let other = line.segs[0].1.trim_end_matches('…').to_owned();
        desk.press("<enter>");
        assert!(is_open(&desk) && other != own);
        assert!(lines(&desk)[0].starts_with(&other), "{other}: {}", lines(&desk)[0]);
        assert_eq!(desk.app.profile.panel.stop, 0);
        desk.press("<c-o>");
        assert_eq!((lines(&desk)[0].clone(), desk.app.profile.panel.stop), (own, beside));
        desk.press("<c-i>");
        assert!(lines(&desk)[0].starts_with(&other), "{other}: {}", lines(&desk)[0]);
        desk.press("<esc>");
        assert_eq!((is_open(&desk), desk.open().as_str()), (false, "0"));
    }
}

#[test]
fn a_month_leads_to_the_list_of_its_articles() {
    let mut desk = Desk::new(120, 40);
    desk.press("jjege");
    let first = desk.app.profile.panel.stops[0];
    assert_eq!(first.away, Some(Away::Month(2026, 6)));
    desk.press("gg<enter>");
    assert_eq!((is_open(&desk), desk.app.nav.focus), (false, Focus::List));
    assert_eq!(desk.app.filter.raw(), "date:2026-06 person:\"Đinh Khắc Lữ\"");
    assert_eq!(desk.list(), "1 0 4");
    desk.press("<c-o>");
    assert!(is_open(&desk));

    // Where it is in the papers for longer, its months stand behind the bars.
    let dated = |title: &str, month: i8, day: i8| Article {
        title: Some(title.to_owned()),
        published: Some(Dated {
            at: jiff::civil::date(2026, month, day).at(7, 0, 0, 0),
            precision: Precision::Day,
            zone: None,
            basis: Basis::Stated,
            evidence: String::new(),
            line: 0,
        }),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            text: format!("Sáng {title}, bà Tòng Thị Mây đến Khe Ngần."),
            line: 1,
            inferred: false,
            stress: Vec::new(),
        }],
        ..Article::default()
    };
    let all = [dated("Một", 2, 3), dated("Hai", 4, 3), dated("Ba", 4, 9)];
    for (w, h) in [(40, 12), (80, 24), (120, 40)] {
        let mut desk = Desk::on(&crate::fixture::library(&all), w, h);
        desk.press("ege");
        let closed = lines(&desk);
        assert!(closed.iter().any(|l| l.starts_with("▸ 02/2026 ") && l.ends_with(" 04/2026")), "{closed:?}");
        desk.press("gg<enter>");
        let open = lines(&desk);
        let months: Vec<&str> = open.iter().map(String::as_str).filter(|l| l.starts_with("  0")).collect();
        assert_eq!(months, ["  04/2026  2 bài", "  02/2026  1 bài"], "{open:?}");
        desk.press("j<enter>");
        assert_eq!((is_open(&desk), desk.app.list.rows.len()), (false, 2), "{}", desk.app.filter.raw());
    }
}

#[test]
fn the_page_is_asked_for_where_a_name_can_be_chosen() {
    let mut desk = Desk::new(80, 24);
    desk.press("jj<enter>ge");
    assert_eq!((is_open(&desk), desk.app.nav.focus), (false, Focus::Names));
    assert!(desk.text().contains("Hãy chọn một tên rồi bấm ge"), "{}", desk.text());
    desk.press("ge");
    assert!(is_open(&desk));
    desk.press("ge");
    assert!(!is_open(&desk));
    // Another name begins at its top, the same one where it was left.
    desk.press("ge3j<esc>ge");
    assert_eq!(desk.app.profile.panel.stop, 3);
    desk.press("<esc>jge");
    assert_eq!(desk.app.profile.panel.stop, 0);
    assert_eq!(lines(&desk)[0], "Tòng Thị Mây");
    // The language and the size change under it.
    desk.press("gl");
    assert!(is_open(&desk) && lines(&desk)[1].starts_with("People"), "{:?}", lines(&desk)[1]);
    desk.feed(Event::Resized(40, 12));
    assert!(is_open(&desk));
}

#[test]
fn a_name_that_a_decision_took_away_says_so() {
    let mut desk = Desk::joined(80, 24);
    desk.press("jjege<esc>Xge");
    let before = lines(&desk)[0].clone();
    assert_ne!(before, "Đinh Khắc Lữ");
    let mut desk = Desk::joined(80, 24);
    desk.press("jjege");
    let repairs = diembao::entity::Repairs::parse("ignore \"Đinh Khắc Lữ\"").0;
    desk.rejoin(&repairs);
    assert!(desk.text().contains("Tên này không còn"), "{}", desk.text());
}

#[test]
fn a_name_that_is_pressed_again_opens_its_page() {
    for script in ["jje<enter><enter>", "jje+<enter>"] {
        let mut desk = Desk::new(120, 40);
        desk.press(script);
        assert!(is_open(&desk), "{script}");
        assert_eq!(lines(&desk)[0], "Đinh Khắc Lữ", "{script}");
    }
    let mut desk = Desk::new(120, 40);
    desk.press("jje<enter>j<enter>");
    assert!(!is_open(&desk), "another name narrows");
}

#[test]
fn what_one_article_leaves_open_is_said_by_whom_another_names() {
    const SAID: &str = "Đinh Khắc Lữ này đã ở bản bốn mươi năm, nay quyết ở lại dựng nhà cùng bà con";
    let article = |title: &str, text: String| Article {
        title: Some(title.to_owned()),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            text,
            line: 1,
            inferred: false,
            stress: Vec::new(),
        }],
        ..Article::default()
    };
    let snapshot = crate::fixture::library(&[
        article("Người gõ kẻng", format!("Đinh Khắc Lữ nói: “{SAID}”.")),
        article("Người ở lại", format!("Trưởng bản nói: “{SAID}”.")),
        article("Lời chúc", "Trưởng bản nói: “Mong Đinh Khắc Lữ mau khỏe để gõ kẻng gọi dân”.".to_owned()),
    ]);
    let all = (0..).map(EntityIx).zip(snapshot.entities.iter());
    let entity = all.into_iter().find(|(_, e)| e.name == "Đinh Khắc Lữ").map(|e| e.0);
    let profile = snapshot.profile(entity.expect("a name"));
    assert_eq!((profile.by.len(), profile.about.len()), (2, 1), "{:?} {:?}", profile.by, profile.about);
    assert!(profile.by.iter().all(|told| told.speaker == entity), "{:?}", profile.by);
}

#[test]
fn sentences_are_counted_out_of_all_mentions() {
    let mut snapshot = diembao::library::Snapshot::clone(&crate::fixture::snapshot());
    let mut all: Vec<_> = snapshot.entities.iter().cloned().collect();
    all[0].mentions = 588;
    let of = (0..snapshot.entries.len()).map(|n| snapshot.entities.of(n).into_owned()).collect();
    snapshot.entities = std::sync::Arc::new(Entities::joined(all, of));
    let mut desk = Desk::on(&std::sync::Arc::new(snapshot), 120, 40);
    desk.press("jjege");
    assert!(lines(&desk).iter().any(|l| l == "Trong câu · 4 trong 588 lần nhắc"), "{:?}", lines(&desk));
    desk.press("gl");
    assert!(lines(&desk).iter().any(|l| l == "In context · 4 of 588 mentions"), "{:?}", lines(&desk));
}

#[test]
fn many_mentions_are_a_few_until_all_are_asked_for() {
    let paragraph = |n: u32| Block {
        kind: BlockKind::Paragraph,
        text: format!("Lần thứ {n}, Đinh Khắc Lữ gõ kẻng gọi bà con."),
        line: n,
        inferred: false,
        stress: Vec::new(),
    };
    let article = Article {
        title: Some("Tiếng kẻng".to_owned()),
        blocks: (1..=30).map(paragraph).collect(),
        ..Article::default()
    };
    for (w, h) in [(40, 12), (80, 24), (120, 40)] {
        let mut desk = Desk::on(&crate::fixture::library(std::slice::from_ref(&article)), w, h);
        desk.press("ege");
        let mentions = |desk: &Desk| lines(desk).iter().filter(|l| l.contains("Đinh Khắc Lữ gõ")).count();
        let more = lines(&desk).iter().any(|l| l.starts_with("▸ còn 22 lần nhắc"));
        assert!(more && mentions(&desk) < 10, "{w}x{h}: {:?}", lines(&desk));
        let fold = desk.app.profile.panel.stops.iter().position(|s| s.fold.is_some()).expect("a fold");
        desk.press(&format!("gg{}<enter>", "j".repeat(fold)));
        assert!(is_open(&desk), "{w}x{h}");
        assert!(lines(&desk).iter().any(|l| l.starts_with("▾ bớt")), "{w}x{h}: {:?}", lines(&desk));
        assert_eq!(desk.app.profile.panel.stops.iter().filter(|s| s.at > 0).count(), 30 + 2, "{w}x{h}");
    }
}
