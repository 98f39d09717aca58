//! Finding, filtering, names as filters.

use diembao::app::{Event, Focus};

use super::{ALL, check};
use crate::fixture::Desk;

#[test]
fn finding_narrows_while_typing() {
    use Focus::List;
    check("/sat", "2 1 0", "2", List, "\"sat\"*");
    check("/sạt<space>đồi", "1 0", "1", List, "\"sạt đồi\"*");
    check("/khe<space>ng<enter>", "2 1 0", "2", List, "\"khe ng\"*");
    check("/hac<space>trang<esc>", ALL, "2", List, "");
    check("/hac<space>trang<enter>", "0 4", "0", List, "\"hac trang\"*");
    // What stands nowhere in one piece is looked for word by word.
    check("/trang<space>hac<enter>", "0 4", "0", List, "\"trang\" \"hac\"*");
    check("/trang<space>hac<backspace><backspace><backspace><enter>", "0 4", "0", List, "\"trang\"*");
    check("/hac<space>trang<enter><esc>", ALL, "0", List, "");
    check("/hac<space>trang<enter>j/slip<enter>", "1 0 5 4", "4", List, "\"slip\"*");
    check("/hac<space>trang<enter>F", ALL, "0", List, "");
    check("/zzz<enter>F", ALL, "2", List, "");
    check("j/zzz<enter>F", ALL, "1", List, "");
    check("j/zzz<esc>", ALL, "1", List, "");
}

#[test]
fn a_field_means_the_same_in_whichever_line_it_is_typed() {
    use Focus::List;
    for (query, found, chosen) in
        [("title:sạt", "2 1 0", "2"), ("title:zzz sạt", "", ""), ("-title:sạt", "5 3 4", "4")]
    {
        for line in ["/", "f"] {
            let keys = format!("G{line}{}<enter>", query.replace(' ', "<space>"));
            check(&keys, found, chosen, List, query);
        }
    }
    let both = "f-sạt<enter>/title:giá<space>OR<space>title:sạt<enter>";
    check(both, "3", "3", List, "(-sạt) (title:giá OR title:sạt)");
    // What is no field is words.
    check("/giờ:<space>sạt<enter>", "0", "0", List, "\"giờ:\" \"sạt\"*");
}

#[test]
fn the_first_of_what_is_found_is_chosen_where_the_chosen_one_is_not_among_it() {
    use Focus::List;
    // 5 and 3 stand between.
    check("G/sạt<enter>", "2 1 0", "2", List, "\"sạt\"*");
    check("Gfsạt<enter>", "2 1 0", "2", List, "sạt");
    check("j/sạt<enter>", "2 1 0", "1", List, "\"sạt\"*");
    check("/sạt<enter>jj/đồi<enter>", "1 0", "0", List, "\"đồi\"*");
    check("/sạt<enter>G/giá<enter>", "3", "3", List, "\"giá\"*");
    // Marks that change under a filter lead on to the neighbour.
    check("fis:unread<enter>jjm", "2 5 3 4", "5", List, "is:unread");
}

#[test]
fn without_a_result_nothing_is_open_and_the_way_back_is_to_what_was_chosen() {
    use Focus::List;
    check("/zzz<enter>", "", "", List, "\"zzz\"*");
    check("fzzz<enter>", "", "", List, "zzz");
    // The letters before the last one led to others.
    for keys in ["/hacxx", "fhacx", "/hac<space>trangx", "fsat<enter>G<esc>jfhacx"] {
        for back in ["<enter>F", "<enter><esc>", "<enter>fx<enter>F", "<enter>jF", "<enter>fx<esc>F"] {
            check(&format!("jjj{keys}{back}"), ALL, "5", List, "");
        }
    }
    for keys in ["/hacxx<esc>", "fhacx<esc>", "/hacxx<c-u><enter>"] {
        check(&format!("jjj{keys}"), ALL, "5", List, "");
    }
    // An article that was found is one that was chosen.
    check("jj/giá<enter>fx<enter>F", ALL, "3", List, "");
    let mut desk = Desk::new(120, 40);
    desk.press("/zzz");
    let told = |desk: &Desk, what: &str| desk.text().matches(what).count();
    assert_eq!(
        told(&desk, "Không có bài nào khớp"),
        2,
        "in the list and where articles are read: {}",
        desk.text()
    );
    assert_eq!(told(&desk, "Esc đóng"), 2, "{}", desk.text());
    // What was asked for is named: the filter only where there is one.
    desk.press("<enter>");
    assert_eq!(told(&desk, "F bỏ tìm · / sửa"), 2, "{}", desk.text());
    assert!(!desk.text().contains("bỏ lọc"), "{}", desk.text());
    desk.press("Ffzzz<enter>");
    assert_eq!(told(&desk, "F bỏ lọc · f sửa"), 2, "{}", desk.text());
    desk.press("/x<enter>");
    assert_eq!(told(&desk, "F bỏ lọc và bỏ tìm"), 2, "{}", desk.text());
}

#[test]
fn that_words_stand_apart_is_said_at_every_width() {
    for (w, told) in
        [(40, "rời nhau"), (80, "không liền nhau: tìm từng chữ"), (120, "không liền nhau: tìm từng chữ")]
    {
        let mut desk = Desk::new(w, 16);
        desk.press("/trang<space>hac");
        assert!(desk.text().lines().next().is_some_and(|l| l.contains(told)), "{w}: {}", desk.text());
        desk.press("<c-u>hac<space>trang");
        assert!(
            !desk.text().contains("liền nhau") && !desk.text().contains("rời nhau"),
            "{w}: {}",
            desk.text()
        );
    }
}

#[test]
fn what_an_input_method_sends_is_one_word() {
    let mut desk = Desk::new(120, 40);
    desk.press("/");
    for piece in ["s", "a", "\u{323}", "t"] {
        desk.feed(Event::Paste(piece.to_owned()));
    }
    assert_eq!((desk.list().as_str(), desk.app.filter.find.text()), ("2 1 0", "sạt"));
}

#[test]
fn the_filter_line_is_edited() {
    use Focus::List;
    check("fsource:\"Hà<space>Vân<space>Báo\"<enter>", "2 0", "2", List, "source:\"Hà Vân Báo\"");
    check("fsat<enter>f<c-u>gia<space>lua<enter>", "3", "3", List, "gia lua");
    check("fsat<esc>", ALL, "2", List, "");
    check("fsat<enter>fx<esc>", "2 1 0", "2", List, "sat");
    check("fsat<enter>/keng<enter>", "1 0", "1", List, "(sat) \"keng\"*");
    check("fsat<enter><esc>", ALL, "2", List, "");
    check("fsat<enter>f<c-u><up><enter>", "2 1 0", "2", List, "sat");
    // What is typed behind a filter is a word of its own; and what an abandoned edit left out is chosen again.
    check("fsat<enter>fkeng<enter>", "1 0", "1", List, "sat keng");
    check("fsat<enter>f<enter>", "2 1 0", "2", List, "sat");
    check("fsat<enter>fkeng<esc>", "2 1 0", "2", List, "sat");
    check("fsat<enter>jfgia<esc>", "2 1 0", "1", List, "sat");
    check("jje<enter>fkeng<enter>", "1 0", "0", Focus::Names, "person:\"Đinh Khắc Lữ\" keng");
}

#[test]
fn what_is_not_understood_keeps_the_list() {
    let mut desk = Desk::new(80, 24);
    desk.press("fsat<enter>f)");
    assert_eq!(desk.list(), "2 1 0");
    let problem = desk.app.filter.problem.clone().expect("a problem");
    assert_eq!(problem.at.start, "sat ".len());
    let text = desk.text();
    let line = text.lines().nth(1).expect("a second line");
    assert!(line.contains('^'), "{text}");
    desk.press("<esc>");
    assert_eq!((desk.app.filter.problem.is_none(), desk.list().as_str()), (true, "2 1 0"));
}

#[test]
fn suggestions_are_taken() {
    let mut desk = Desk::new(120, 40);
    desk.press("fpl");
    assert!(desk.text().contains("place:"));
    desk.press("<tab>");
    assert_eq!(desk.app.filter.filter.text(), "place:");
    assert_eq!(desk.list(), ALL, "a field that waits for its value selects nothing");
    let text = desk.text();
    assert!(text.lines().any(|l| l.contains("Khe Ngần") && l.contains(" 3 ")), "{text}");
    desk.press("khe");
    assert!(desk.text().contains("Khe Ngần"));
    desk.press("<tab>");
    assert_eq!(desk.app.filter.filter.text(), "place:\"Khe Ngần\" ");
    desk.press("<enter>");
    assert_eq!(desk.app.filter.raw(), "place:\"Khe Ngần\"");
    assert_eq!(desk.list(), "2 1 0");
}

#[test]
fn a_field_without_value_is_told_once_it_is_finished() {
    let mut desk = Desk::new(80, 24);
    desk.press("fplace:");
    assert_eq!(desk.app.filter.problem, None);
    desk.press("<enter>");
    assert!(desk.app.filter.problem.is_some());
    assert_eq!(desk.list(), ALL);
    // The line stays open, with the cursor at the fault.
    assert!(desk.app.typing());
    assert_eq!(desk.app.filter.filter.before(), "place:");
    desk.press("khe<enter>");
    assert_eq!((desk.app.typing(), desk.list().as_str()), (false, "2 1 0"));
    desk.press("F").press("fsat<space>)<space>keng<enter>");
    assert_eq!((desk.app.typing(), desk.app.filter.filter.before()), (true, "sat )"));
    desk.press("<c-s>");
    assert!(desk.app.typing() && desk.app.overlays.is_empty(), "no view is made of it");
    desk.press("<backspace><enter>");
    assert_eq!((desk.app.typing(), desk.list().as_str()), (false, "1 0"));
}

#[test]
fn names_filter_and_exclude() {
    use Focus::Names;
    let lu = "person:\"Đinh Khắc Lữ\"";
    check("jje<enter>", "1 0 4", "0", Names, lu);
    check("jje<enter>+", ALL, "0", Names, "");
    check("jje+", "1 0 4", "0", Names, lu);
    check("jje-", "2 5 3", "5", Names, &format!("-{lu}"));
    check("jje<enter>j<enter>", "0", "0", Names, &format!("{lu} person:\"Tòng Thị Mây\""));
    check("jje<enter>-", "2 5 3", "2", Names, &format!("-{lu}"));
    check("jje<enter>F", ALL, "0", Names, "");
}

#[test]
fn a_filter_without_result_is_taken_back_where_it_was_made() {
    let mut desk = Desk::new(120, 40);
    desk.press("ftitle:phai<enter>e-");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), ("", "0"));
    desk.press("-");
    assert_eq!((desk.list().as_str(), desk.open().as_str()), ("0", "0"));
}

#[test]
fn counts_follow_the_filter() {
    let mut desk = Desk::new(160, 40);
    desk.press("jj");
    assert!(
        desk.text().lines().any(|l| l.contains("Hà Vân ") && l.trim_end_matches(['┃', ' ']).ends_with('3')),
        "{}",
        desk.text()
    );
    desk.press("fsource:\"Lạc<space>Phong<space>Online\"<enter>");
    assert_eq!(desk.list(), "1 3");
    let facets = desk.app.filter.facets.clone().expect("counts");
    assert_eq!(facets.entities.iter().map(|(_, n)| n).max(), Some(1));
}

#[test]
fn spellings_show_the_rule_that_joined_them() {
    let mut desk = Desk::new(120, 40);
    desk.press("jje");
    assert!(!desk.text().contains("ông Lữ ×"));
    desk.press("v");
    let text = desk.text();
    assert!(text.contains("ông Lữ ×1"), "{text}");
    desk.press("v");
    assert!(!desk.text().contains("ông Lữ ×"));
}

#[test]
fn matches_lead_through_the_article_and_on() {
    let mut desk = Desk::new(80, 24);
    desk.press("/khe<space>ngan<enter>");
    assert_eq!((desk.open().as_str(), desk.app.reader.matches.len()), ("2", 2));
    assert_eq!(desk.app.reader.current, Some(0), "typing shows the first match");
    desk.press("n");
    assert_eq!(desk.app.reader.current, Some(1));
    desk.press("n");
    assert_eq!((desk.open().as_str(), desk.app.reader.current), ("1", Some(0)));
    desk.press("N");
    assert_eq!((desk.open().as_str(), desk.app.reader.current), ("2", Some(1)));
    desk.press("4n");
    assert_eq!(desk.open(), "0");
}

#[test]
fn the_beginning_of_a_field_keeps_the_list() {
    for (script, expect) in [
        ("fplace:", ALL),
        ("fplace:\"", ALL),
        ("f-place:", ALL),
        ("fsat<space>person:", "2 1 0"),
        ("f(sat<space>OR<space>place:", ALL),
        ("fzzz", ""),
        // Who ends with it means the word.
        ("fpers<enter>", ""),
        ("fsat<space>pers<enter>", ""),
    ] {
        let mut desk = Desk::new(80, 24);
        desk.press(script);
        assert_eq!(desk.list(), expect, "{script}");
    }
    // As a word it has no hit: the list stays as the last letter with one left it.
    for (script, last) in [("fpla", "fp"), ("fplace", "fp"), ("fsat<space>pers", "fsat<space>p")] {
        let (mut desk, mut before) = (Desk::new(80, 24), Desk::new(80, 24));
        desk.press(script);
        before.press(last);
        assert_eq!(desk.list(), before.list(), "{script}");
        assert!(!desk.list().is_empty(), "{script}");
    }
}

#[test]
fn a_long_filter_is_seen_whole_while_it_is_edited() {
    let words: Vec<String> = (0..24).map(|n| format!("từ{n:02}")).collect();
    let filter = words.join("<space>OR<space>");
    for (w, h, whole) in [(80, 24, true), (120, 40, true), (40, 12, false)] {
        let mut desk = Desk::new(w, h);
        desk.press(&format!("f{filter}<enter>"));
        let first = desk.text().lines().next().expect("a line").to_owned();
        assert!(first.contains("từ00") && first.contains(" +"), "{w}x{h}: {first}");
        desk.press("f");
        let text = desk.text();
        assert_eq!(words.iter().all(|word| text.contains(word.as_str())), whole, "{w}x{h}: {text}");
        // The place of the cursor is in sight in any case.
        assert!(text.contains("từ23"), "{w}x{h}: {text}");
    }
}
