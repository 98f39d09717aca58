//! Key scripts about names: decisions made in the names pane, seen in every pane and count, taken back without a trace.
//! The articles are those of `press.rs`; their names are joined for real.

use diembao::app::{Focus, NameRow, Overlay};
use diembao::entity::Repairs;
use diembao::library::entities_like;

use crate::fixture::Desk;

/// The chosen name of the names pane.
fn chosen(desk: &Desk) -> String {
    let entity = desk.app.names.selected().and_then(|ix| desk.app.snapshot.entities.get(ix));
    entity.map(|e| format!("{} {}", e.kind.name(), e.name)).unwrap_or_default()
}

/// Everything a reader sees of names: screens with each pane in front, entities, facets, relations.
fn seen(desk: &Desk) -> String {
    let app = &desk.app;
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        desk.text(),
        app.snapshot.entities.iter().collect::<Vec<_>>(),
        (0..app.snapshot.entries.len()).map(|n| app.snapshot.entities.of(n)).collect::<Vec<_>>(),
        app.filter.facets,
        app.snapshot.relations,
        app.snapshot.repairs,
    )
}

/// After a script in the names pane of article 0: the decisions made, the chosen name.
fn check(script: &str, decisions: &str, name: &str) {
    for (w, h) in [(120, 40), (80, 24), (40, 12)] {
        let mut desk = Desk::joined(w, h);
        desk.press("jje");
        let before = seen(&desk);
        assert_eq!(chosen(&desk), "PER Đinh Khắc Lữ");
        desk.press(script);
        let made = desk.app.snapshot.repairs.print();
        assert_eq!((made.trim_end(), chosen(&desk).as_str()), (decisions, name), "{script} at {w}×{h}");
        assert_eq!((desk.app.overlays.len(), desk.app.nav.focus), (0, Focus::Names), "{script}");
        for _ in decisions.lines() {
            desk.press("u");
        }
        desk.press("gg");
        assert_eq!(seen(&desk), before, "{script} taken back at {w}×{h}");
    }
}

#[test]
fn decisions_are_made_by_keys_and_taken_back() {
    for (script, decisions, name) in [
        ("Mtong<enter>", "merge \"Đinh Khắc Lữ\" \"Tòng Thị Mây\" PER", "PER Tòng Thị Mây"),
        // While nothing is typed, the names of the article are there, people first.
        ("M<enter>", "merge \"Đinh Khắc Lữ\" \"Mây\" PER", "PER Mây"),
        ("Mhac<enter>", "merge \"Đinh Khắc Lữ\" \"Hạc Trắng\" PER ORG", "ORG Hạc Trắng"),
        ("S<down><enter>", "split \"Lữ\" PER", "PER Đinh Khắc Lữ"),
        (
            "R<c-u>Ông<space>trưởng<space>bản<enter>",
            "rename \"Đinh Khắc Lữ\" \"Ông trưởng bản\" PER",
            "PER Ông trưởng bản",
        ),
        // A name that another one has: they are one.
        ("R<c-u>Mây<enter>", "merge \"Đinh Khắc Lữ\" \"Mây\" PER", "PER Mây"),
        ("R<c-u>Mây<enter>u", "", "PER Đinh Khắc Lữ"),
        ("R<tab><c-w>Lã<enter>", "rename \"Đinh Khắc Lữ\" \"Đinh Khắc Lã\" PER", "PER Đinh Khắc Lã"),
        ("Tto<space>chuc<enter>", "kind \"Đinh Khắc Lữ\" PER ORG", "ORG Đinh Khắc Lữ"),
        ("T<down><enter>", "kind \"Đinh Khắc Lữ\" PER ORG", "ORG Đinh Khắc Lữ"),
        ("X", "ignore \"Đinh Khắc Lữ\" PER", "PER Mây"),
        ("XX", "ignore \"Đinh Khắc Lữ\" PER\nignore \"Mây\" PER", "LOC Khe Ngần"),
        (
            "R<c-u>A<enter>R<c-u>B<enter>",
            "rename \"Đinh Khắc Lữ\" \"A\" PER\nrename \"A\" \"B\" PER",
            "PER B",
        ),
        // What is not finished decides nothing.
        ("MLữ<space>Văn<enter><esc>", "", "PER Đinh Khắc Lữ"),
        ("M<esc>", "", "PER Đinh Khắc Lữ"),
        ("R<enter>", "", "PER Đinh Khắc Lữ"),
        ("Szzz<enter><esc>", "", "PER Đinh Khắc Lữ"),
        ("w<esc>", "", "PER Đinh Khắc Lữ"),
        ("P<esc>", "", "PER Đinh Khắc Lữ"),
        ("u", "", "PER Đinh Khắc Lữ"),
        // What is taken back is chosen again.
        ("Xu", "", "PER Đinh Khắc Lữ"),
        ("Mtong<enter>u", "", "PER Đinh Khắc Lữ"),
        ("jXu", "", "PER Mây"),
    ] {
        check(script, decisions, name);
    }
}

#[test]
fn a_decision_shows_in_every_pane_and_count() {
    let mut desk = Desk::joined(120, 60);
    desk.press("jje<enter>");
    assert_eq!((desk.list().as_str(), desk.app.filter.raw().as_str()), ("1 0 4", "person:\"Đinh Khắc Lữ\""));
    let articles = |desk: &Desk| {
        let row = desk.app.names.rows.get(desk.app.names.row);
        if let Some(NameRow::Name { here, under, .. }) = row { (*here, *under) } else { (0, 0) }
    };
    assert_eq!(articles(&desk), (2, 3));
    let reasons = |desk: &Desk| {
        let lines = desk.app.related.lines.iter().map(|l| l.text.as_str());
        lines.collect::<Vec<_>>().join(" ")
    };
    let before = reasons(&desk);
    assert!(before.contains("Khe Ngần") && !before.contains("Tòng Thị Mây"), "{before}");
    desk.press("MTong<enter>");
    assert_eq!(desk.list(), "2 1 0 4", "the filter finds what the names were joined to");
    assert_eq!((chosen(&desk).as_str(), articles(&desk)), ("PER Tòng Thị Mây", (2, 4)));
    assert!(reasons(&desk).contains("Khe Ngần, Tòng Thị Mây"), "{}", reasons(&desk));
    assert!(!reasons(&desk).contains("Đinh"), "{}", reasons(&desk));
    desk.press("u");
    assert_eq!((desk.list().as_str(), articles(&desk)), ("1 0 4", (2, 3)));
    assert_eq!(reasons(&desk), before);
}

#[test]
fn highlights_follow_kinds_and_what_is_ignored() {
    use diembao::ui::{Theme, render};
    let mut desk = Desk::joined(200, 60);
    desk.press("jje");
    let theme = Theme::built_in("dark");
    let colour = |desk: &Desk| {
        let buffer = render(&desk.app, &theme);
        let text = desk.text();
        let (y, line) =
            text.lines().enumerate().find(|(_, l)| l.contains("Ông Đinh Khắc Lữ, ")).expect("the line");
        let x = line.split("Ông Đinh").next().map_or(0, |before| before.chars().count() + 4);
        (buffer[(x as u16, y as u16)].fg, buffer[(x as u16 - 2, y as u16)].fg)
    };
    let (name, plain) = colour(&desk);
    assert_ne!(name, plain);
    desk.press("T<down><enter>");
    let (changed, _) = colour(&desk);
    assert!(changed != name && changed != plain);
    desk.press("X");
    assert_eq!(colour(&desk), (plain, plain));
    desk.press("uu");
    assert_eq!(colour(&desk), (name, plain));
}

#[test]
fn why_shows_rules_and_evidence() {
    let mut desk = Desk::joined(100, 40);
    desk.press("jjew");
    let text = desk.text();
    for part in [
        "Vì sao có tên này",
        "Đinh Khắc Lữ · Người",
        "tên chính",
        "Lữ ×1 · gọi tắt",
        "trong bài này: tên đã biết ×1",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    desk.press("<esc>");
    assert!(desk.app.overlays.is_empty());
}

#[test]
fn what_the_article_is_about_comes_first_and_is_marked() {
    let mut desk = Desk::joined(120, 40);
    desk.press("jj");
    let text = desk.text();
    assert!(text.contains("★Khe Ngần"), "{text}");
    assert!(!text.contains("★Cúp Sông Slíp"), "{text}");
    let places = |n: &NameRow| matches!(n, NameRow::Name { about: true, .. });
    assert!(desk.app.names.rows.iter().filter(|r| places(r)).count() < 4);
}

#[test]
fn proposals_are_answered_in_a_list() {
    let decided = |script: &str| {
        let mut desk = Desk::alike(100, 30);
        desk.press("eP");
        assert!(desk.text().contains("Zurabov"), "{}", desk.text());
        desk.press(script);
        let offers = match desk.app.overlays.last() {
            Some(Overlay::Proposals(offers)) => Some(offers.rows.len()),
            _ => None,
        };
        (desk.app.snapshot.repairs.print().trim_end().to_owned(), offers)
    };
    for (script, decision, left) in [
        ("", "", Some(1)),
        ("y", "merge \"Andrei Zurabov\" \"Andrei Durabov\" PER", Some(0)),
        ("n", "apart \"Andrei Zurabov\" \"Andrei Durabov\" PER", Some(0)),
        ("yy", "merge \"Andrei Zurabov\" \"Andrei Durabov\" PER", Some(0)),
        ("nu", "", Some(1)),
        ("yujn", "apart \"Andrei Zurabov\" \"Andrei Durabov\" PER", Some(0)),
        ("<enter>", "", None),
        ("<esc>P", "", Some(1)),
        ("n<esc>P", "apart \"Andrei Zurabov\" \"Andrei Durabov\" PER", Some(0)),
    ] {
        assert_eq!(decided(script), (decision.to_owned(), left), "{script}");
    }
}

#[test]
fn a_library_that_grows_keeps_what_is_being_decided() {
    let mut desk = Desk::joined(120, 40);
    desk.press("jjeMtong");
    desk.rejoin(&Repairs::default());
    desk.press("<enter>");
    assert_eq!(chosen(&desk), "PER Tòng Thị Mây");
    assert_eq!(entities_like(&desk.app.snapshot, "lu").len(), 1);
}
