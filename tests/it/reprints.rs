//! What a reprint adds is told of the reprint, on the screen and in what is written: the outlet it stands beside has not said so.

use crate::fixture::{Desk, edited};

/// The review as it is written to a file, and its lines on the screen.
fn told() -> (String, Vec<String>) {
    let mut desk = Desk::on(&edited(), 120, 40);
    desk.press("jjgsw");
    let lines = desk.app.review.panel.lines.iter();
    let text = lines.map(|l| l.segs.iter().map(|s| s.1.as_str()).collect::<String>().trim_end().to_owned());
    let text = text.collect();
    (desk.written[0].1.clone(), text)
}

#[test]
fn what_only_the_reprint_has_is_no_mark_of_its_original() {
    let (page, lines) = told();
    for row in ["| Cúp Sông Slíp | ◎ |  |", "| 47 xuồng máy | ◎ | • |", "| Khe Ngần | ◉ | • |"]
    {
        assert!(page.contains(row), "{row} in {page}");
    }
    let line = |what: &str| {
        lines.iter().find(|l| l.starts_with(what)).unwrap_or_else(|| panic!("{what}: {lines:?}"))
    };
    assert!(line("47 xuồng máy").contains('◎') && line("Khe Ngần").contains('◉'), "{lines:?}");
    for legend in [&page, &lines.join("\n")] {
        assert!(legend.contains("◉ đưa trước nhất · • cũng đưa · ◎ ○"), "{legend}");
    }
}

#[test]
fn a_passage_of_one_outlet_names_that_one_alone() {
    let (page, lines) = told();
    let who = |words: &str| {
        let only = page.split("## Chỉ một báo có").nth(1).expect("passages of one outlet");
        let row = only.lines().find(|l| l.contains(words)).unwrap_or_else(|| panic!("{words}: {only}"));
        row.split(" | ").next().unwrap_or_default().trim_start_matches("| ").to_owned()
    };
    assert_eq!(who("đếm được 47 xuồng máy"), "Lạc Phong Online");
    assert_eq!(who("Đến chiều, bà Mây"), "?1 không rõ báo");
    assert_eq!(who("trượt xuống sông Slíp"), "?1 không rõ báo");
    assert!(lines.iter().any(|l| l.starts_with("▸ Lạc Phong Online")), "{lines:?}");
}

#[test]
fn headlines_and_signatures_are_no_passages() {
    let (page, _) = told();
    let only = page.split("## Chỉ một báo có").nth(1).expect("passages of one outlet");
    assert!(!only.contains("Lam Giang - Hà Du") && !only.contains("Hai ngày sau vụ sạt"), "{only}");
}

#[test]
fn written_quotes_say_who_had_them_first() {
    let (page, _) = told();
    let quotes = page.split("## Ai nói gì").nth(1).expect("quotes");
    assert!(
        quotes.trim_start().starts_with("◉ đưa trước nhất") && quotes.contains("- ◉ ?1 không rõ báo"),
        "{quotes}"
    );
}
