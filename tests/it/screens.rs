//! What is drawn: styled snapshots of the made-up press review in all themes and sizes, and properties over any text and size.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use diembao::app::{App, Event, Focus, Msg, Notice, Report, Wide};
use diembao::article::{Article, Block, BlockKind, Problem, ProblemKind, Stress, StressKind};
use diembao::library::{ArticleIx, Entries, Progress, Snapshot, Stage};
use diembao::ui::{self, Theme};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::fixture::{Desk, library, snapshot};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];
const THEMES: [&str; 4] = ["dark", "light", "contrast", "plain"];

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Colours and weight of a cell, short.
fn style(cell: &Cell) -> String {
    let colour = |c: Color| match c {
        Color::Reset => "-".to_owned(),
        Color::Rgb(r, g, b) => format!("{r:02x}{g:02x}{b:02x}"),
        other => format!("{other:?}"),
    };
    let mut out = format!("{}/{}", colour(cell.fg), colour(cell.bg));
    for (modifier, sign) in [
        (Modifier::BOLD, "b"),
        (Modifier::DIM, "d"),
        (Modifier::ITALIC, "i"),
        (Modifier::UNDERLINED, "u"),
        (Modifier::REVERSED, "r"),
        (Modifier::CROSSED_OUT, "x"),
    ] {
        if cell.modifier.contains(modifier) {
            out.push_str(sign);
        }
    }
    out
}

/// The frame in all themes: each line of text, below it a line with a letter where a cell has a style of its own; the
/// letters are explained at the end, a column a theme. Signs that a theme draws differently follow under its name.
fn styled(frames: &[Buffer]) -> String {
    let cells = |x, y| frames.iter().map(move |f| &f[(x, y)]);
    let plain = vec![style(&Cell::default()); frames.len()];
    let mut known: Vec<Vec<String>> = Vec::new();
    let mut out = String::new();
    let texts: Vec<String> = frames.iter().map(ui::text).collect();
    for (y, line) in (0..frames[0].area.height).zip(texts[0].lines()) {
        let mut marks = String::new();
        for x in 0..frames[0].area.width {
            let style: Vec<String> = cells(x, y).map(style).collect();
            if style == plain {
                marks.push(' ');
                continue;
            }
            let n = known.iter().position(|k| *k == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            marks.push(char::from(*LETTERS.get(n).expect("a screen has fewer styles")));
        }
        let _ = writeln!(out, "{line}\n{}", marks.trim_end());
    }
    let _ = writeln!(out, "    {}", THEMES.map(|t| format!("{t:18}")).join(" ").trim_end());
    for (letter, styles) in LETTERS.iter().zip(known) {
        let styles: Vec<String> = styles.iter().map(|s| format!("{s:18}")).collect();
        let _ = writeln!(out, "{} = {}", char::from(*letter), styles.join(" ").trim_end());
    }
    for (theme, text) in THEMES.iter().zip(&texts).skip(1) {
        for (y, (line, other)) in texts[0].lines().zip(text.lines()).enumerate().filter(|(_, (a, b))| a != b)
        {
            let _ = writeln!(out, "{theme} {y}: {line}\n{theme} {y}: {other}");
        }
    }
    out
}

/// The screen in all themes against what was accepted.
fn shot(name: &str, desk: &Desk) {
    let frames = THEMES.map(|theme| ui::render(&desk.app, &Theme::built_in(theme)));
    let size = frames[0].area;
    insta::assert_snapshot!(format!("{name}_{}x{}", size.width, size.height), styled(&frames));
}

/// After these keys, in all sizes.
fn shots(name: &str, desk: impl Fn(u16, u16) -> Desk, script: &str) {
    for (w, h) in SIZES {
        let mut desk = desk(w, h);
        desk.press(script);
        shot(name, &desk);
    }
}

#[test]
fn states() {
    for (name, script) in [
        ("list", "jj"),
        ("reader", "jj<enter>"),
        ("names", "jjev"),
        ("related", "jjgrj"),
        ("filtered", "fsource:\"Hà<space>Vân<space>Báo\"<enter>jje"),
        ("found", "/khe<space>ngan"),
        ("not_understood", "fsat<enter>f<space>person:\"x"),
        ("no_result", "/zzz<enter>"),
        ("aside", "jj<enter>sG"),
        ("zen", "jjz"),
        ("help", "?"),
        ("palette", ":ng"),
        ("keys", "g"),
        ("suggestions", "fplace:"),
        ("exact_dates", "gd"),
        ("merge", "jjeMha"),
        ("rename", "jjeR"),
        ("kind", "jjeT"),
        ("why", "jjew"),
        ("spellings", "jjev"),
        ("name_page", "jjege"),
        ("evidence", "jjgrw"),
        ("program", "jj|wc<space>-w"),
        ("notices", "gn"),
        ("message", "%"),
        ("marked", "j2xk<c-l>"),
        ("help_sought", "?/mở"),
        ("review", "jjgs"),
        ("review_news", "<enter><esc>gs<tab>"),
        ("wide", "100>"),
    ] {
        shots(name, Desk::new, script);
    }
}

#[test]
fn titles_and_outlets_of_the_list_are_whole_where_there_is_room() {
    let titles = [
        "31 hộ phải rời nhà trong mưa",
        "until nobody knows where it began",
        "Khe Ngần có nước sạch trở lại",
    ];
    for cells in 34..=136 {
        let mut desk = Desk::new(236, 60);
        desk.app.prefs.widths.wide = Some(Wide::Cells(cells));
        desk.feed(Event::Resized(236, 60));
        let list = desk.app.sizes.list.expect("a list");
        assert_eq!(list.w, cells);
        let frame = ui::render(&desk.app, &Theme::built_in("dark"));
        let row = |y| (list.x..list.right()).map(|x| frame[(x, y)].symbol()).collect::<String>();
        let rows: Vec<String> = (list.y + 1..list.y + list.h).map(row).collect();
        assert!(!rows.iter().any(|row| row.contains('…')), "{cells}: {rows:#?}");
        let words = rows.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for title in titles {
            let last = title.rsplit(' ').next().unwrap_or_default();
            assert!(words.contains(last), "{cells}: {last} in {rows:#?}");
        }
        for outlet in ["The Ha Van Courier", "Nhật báo Hạc Giang", "Lạc Phong Online", "Hà Vân Báo"]
        {
            assert!(words.contains(outlet), "{cells}: {outlet} in {rows:#?}");
        }
    }
}

#[test]
fn code_and_struck_words_stand_out_from_the_text() {
    let text = "Gõ lệnh rồi bỏ.";
    let at = |word: &str| text.find(word).map(|at| at..at + word.len()).expect("it stands there");
    let stress = vec![
        Stress { kind: StressKind::Code, range: at("lệnh"), to: None },
        Stress { kind: StressKind::Struck, range: at("bỏ"), to: None },
    ];
    let block = Block { kind: BlockKind::Paragraph, text: text.to_owned(), line: 2, inferred: false, stress };
    let article =
        Article { title: Some("Đầu đề".to_owned()), blocks: vec![block], ..Article::default() };
    let mut desk = Desk::on(&library(&[article]), 60, 20);
    desk.press("<enter>");
    let page = ui::text(&ui::render(&desk.app, &Theme::built_in("dark")));
    let (y, line) = page.lines().enumerate().find(|(_, l)| l.contains(text)).expect("the text");
    for theme in THEMES {
        let frame = ui::render(&desk.app, &Theme::built_in(theme));
        let of = |word: &str| {
            let x = line.find(word).map(|at| line[..at].width()).expect("a word");
            style(&frame[(x as u16, y as u16)])
        };
        let plain = of("Gõ");
        assert_ne!(of("lệnh"), plain, "{theme}");
        assert!(of("bỏ").ends_with('x') && of("bỏ") != plain, "{theme}: {}", of("bỏ"));
    }
}

#[test]
fn names_that_may_be_one() {
    shots("proposals", Desk::alike, "eP");
}

#[test]
fn a_filter_with_ten_names() {
    let names = [
        "Đinh Khắc Lữ",
        "Tòng Thị Mây",
        "Khe Ngần",
        "Hà Vân",
        "sông Slíp",
        "Hạc Trắng",
        "Cúp Sông Slíp",
        "Ban Phòng chống thiên tai Hà Vân",
        "Lạc Phong",
        "Cửa Slíp",
    ];
    let all = names.map(|n| format!("name:\"{n}\"")).join(" OR ");
    let script = format!("f({all})<enter>").replace(' ', "<space>");
    shots("ten_names", Desk::new, &script);
}

/// A library of 100,000 articles without any text, as it is drawn.
#[test]
fn a_hundred_thousand_articles() {
    let small = snapshot();
    let entries: Entries = (0..100_000)
        .map(|n| {
            let mut entry = small.entries[n % small.entries.len()].clone();
            entry.id = format!("{n:012}").into();
            entry
        })
        .collect();
    let order = Arc::new((0..100_000).map(ArticleIx).collect());
    let many = Arc::new(Snapshot { entries: Arc::new(entries), order, ..Snapshot::clone(&small) });
    shots("many", |w, h| Desk::on(&many, w, h), "55555G");
}

#[test]
fn what_fails_is_said() {
    let failed = |w, h| {
        let mut desk = Desk::new(w, h);
        let why = "bài/khe-ngan.md: No space left on device";
        desk.feed(Event::Report(Report::Notice(Notice::error(Msg::NotWritten).with("why", why))));
        desk
    };
    shots("error", failed, "");
    let problem =
        |path: &str, kind, message: String| (PathBuf::from(path), Problem { kind, message, line: 0 });
    let (image, locked) = ("bài/ảnh.txt", "bài/một thư mục có tên rất dài/khóa.txt");
    let image = problem(
        image,
        ProblemKind::Binary,
        format!("{image} is not text and was not read. Save the page as text, Markdown or JSON Lines"),
    );
    let locked = problem(
        locked,
        ProblemKind::Unreadable,
        format!("{locked} may not be read; give yourself the right to (chmod u+r)"),
    );
    let problems = Arc::new(vec![image, locked]);
    let part = Arc::new(Snapshot { problems, ..Snapshot::clone(&snapshot()) });
    shots("problems", |w, h| Desk::on(&part, w, h), "gn");
}

#[test]
fn before_and_while_a_folder_comes_in() {
    shots("looking", Desk::empty, "");
    let mut part = Snapshot::clone(&snapshot());
    part.progress = Progress { stage: Stage::Reading, done: 3, total: 6 };
    let mut entries = part.entries.as_ref().clone();
    for n in 2..entries.len() {
        entries.get_mut(n).expect("an article").head = None;
    }
    part.entries = Arc::new(entries);
    let part = Arc::new(part);
    shots("reading", |w, h| Desk::on(&part, w, h), "");
    let progress = Progress { stage: Stage::Done, done: 0, total: 0 };
    let none = Arc::new(Snapshot { progress, ..Snapshot::default() });
    let empty = |w, h| {
        let mut desk = Desk::on(&none, w, h);
        desk.app.prefs.opened = "~/báo đã lưu/2026".to_owned();
        desk
    };
    shots("empty_folder", empty, "");
    let first = |w, h| {
        let mut desk = Desk::new(w, h);
        desk.feed(Event::Report(Report::FirstRun));
        desk
    };
    shots("first_run", first, "");
    let first_of_none = |w, h| {
        let mut desk = empty(w, h);
        desk.feed(Event::Report(Report::FirstRun));
        desk
    };
    shots("first_run_empty", first_of_none, "");
    let one = library(&[Article {
        title: Some("Một bài".to_owned()),
        lead: Some("Chỉ có một.".to_owned()),
        ..Article::default()
    }]);
    shots("one_article", |w, h| Desk::on(&one, w, h), "");
}

#[test]
fn what_is_chosen_is_one_bar_where_colours_are_swapped() {
    for theme in ["plain", "sixteen"] {
        for (script, focus) in [
            ("jj", Focus::List),
            ("/khe<space>ngan<enter>", Focus::List),
            ("jje", Focus::Names),
            ("jjgr", Focus::Related),
        ] {
            let mut desk = Desk::new(200, 60);
            desk.press(script);
            let area = desk.app.sizes.pane(focus).expect("a pane").body();
            let frame = ui::render(&desk.app, &Theme::built_in(theme));
            let chosen = |y: &u16| frame[(area.x, *y)].modifier.contains(Modifier::REVERSED);
            let rows: Vec<u16> = (area.y..area.y + area.h).filter(chosen).collect();
            assert!(!rows.is_empty(), "{theme} {script}");
            for y in rows {
                for x in area.x..area.right() {
                    let cell = &frame[(x, y)];
                    let swapped =
                        cell.modifier.contains(Modifier::REVERSED) && !cell.modifier.contains(Modifier::DIM);
                    assert!(swapped, "{theme} {script} {x},{y}: {cell:?}");
                    assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{theme} {script} {x},{y}");
                }
            }
        }
    }
}

#[test]
fn drawing_twice_gives_the_same_cells() {
    let mut desk = Desk::new(120, 40);
    desk.press("jj<enter>s");
    let theme = Theme::built_in("dark");
    assert_eq!(ui::render(&desk.app, &theme), ui::render(&desk.app, &theme));
}

#[test]
fn both_forms_of_unicode_give_the_same_screen() {
    use unicode_normalization::UnicodeNormalization as _;
    let parse = |text: String| diembao::article::parse(text.as_bytes(), diembao::article::Format::Markdown);
    let text =
        "# Sạt đồi ở Khe Ngần\n\nNgười dân ở Hà Vân nghe tiếng đất đổ, rồi tiếng kẻng của trưởng bản.\n";
    let screen = |text: String| {
        let mut article = parse(text);
        // Where the bytes stand and what was mended may differ; the words may not.
        (article.fixes, article.problems) = (Vec::new(), Vec::new());
        Desk::on(&library(&[article]), 80, 24).text()
    };
    assert_eq!(screen(text.nfc().collect()), screen(text.nfd().collect()));
}

#[test]
fn no_cell_holds_a_picture_that_terminals_count_differently() {
    let title = "👍🏽".repeat(60) + " 👩‍🚒 ❤️ 1️⃣";
    let one = Article { title: Some(title.clone()), lead: Some(title), ..Article::default() };
    for (w, h) in SIZES {
        let mut desk = Desk::on(&library(&[one.clone(), one.clone()]), w, h);
        for keys in ["", "j", "<enter>"] {
            desk.press(keys);
            let frame = ui::render(&desk.app, &Theme::built_in("dark"));
            let put_together = |cell: &Cell| cell.symbol().contains(['\u{1f3fd}', '\u{200d}', '\u{fe0f}']);
            assert!(!frame.content.iter().any(put_together), "{w}x{h} {keys}");
            assert_eq!(whole(&frame), Ok(()), "{w}x{h} {keys}");
        }
        // What is copied is the text.
        let copied = desk.app.snapshot.read(ArticleIx(0)).expect("read").article.display_title().into_owned();
        assert!(copied.contains("👍🏽"), "{copied}");
    }
}

/// Every cell holds at most what fits: no half of a wide character, no control character.
fn whole(buffer: &Buffer) -> Result<(), String> {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let wide = symbol.width() as u16;
            if symbol.chars().any(char::is_control) {
                return Err(format!("a control character at {x},{y}"));
            }
            if x + wide > buffer.area.width {
                return Err(format!("{symbol:?} leaves the screen at {x},{y}"));
            }
            for next in x + 1..x + wide {
                if buffer[(next, y)].symbol() != " " {
                    return Err(format!(
                        "{symbol:?} at {x},{y} is covered by {:?}",
                        buffer[(next, y)].symbol()
                    ));
                }
            }
            x += wide.max(1);
        }
    }
    Ok(())
}

/// Words in many scripts, with marks, wide characters and things that no article should hold.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zđăâêôơư]{1,8}",
        2 => "[\u{4e00}-\u{4e20}]{1,6}",
        1 => "[\u{5d0}-\u{5ea}]{1,5}",
        1 => "[a-e]\u{301}\u{323}",
        1 => Just("👩‍👩‍👧🎏".to_owned()),
        1 => Just("\u{1b}]52;c;eA==\u{7}\u{9b}31m\u{202e}".to_owned()),
        1 => Just("a\tb\nc".to_owned()),
        1 => "\\PC{0,6}",
        1 => "[a-z]{60,90}",
    ];
    prop::collection::vec(word, 0..14).prop_map(|w| w.join(" "))
}

fn article() -> impl Strategy<Value = Article> {
    let kinds = prop::sample::select(vec![
        BlockKind::Paragraph,
        BlockKind::Heading,
        BlockKind::Quote,
        BlockKind::List,
        BlockKind::Table,
        BlockKind::Caption,
        BlockKind::Image,
        BlockKind::Code,
    ]);
    let block = (kinds, text(), any::<bool>()).prop_map(|(kind, text, inferred)| Block {
        kind,
        // Wherever they begin and end, in the midst of a letter as well.
        stress: vec![Stress { kind: StressKind::Link, range: text.len() / 3..text.len() / 2, to: None }],
        text,
        line: 1,
        inferred,
    });
    let maybe = || prop::option::of(text());
    (maybe(), maybe(), maybe(), prop::collection::vec(block, 0..6)).prop_map(
        |(title, lead, source, blocks)| Article { title, lead, source, blocks, ..Article::default() },
    )
}

/// Wide signs at the end of a title, beside what stands to the right of it, at all widths.
#[test]
fn wide_titles_end_before_what_is_beside_them() {
    let block =
        |kind, text: &str| Block { kind, text: text.to_owned(), line: 1, inferred: true, stress: Vec::new() };
    let article = Article {
        title: Some("一一一 aaaư Aa®A® אאאאא êôa 一一".to_owned()),
        blocks: vec![
            block(BlockKind::Paragraph, &"ab".repeat(38)),
            block(BlockKind::List, "ăđơ 👩\u{200d}👩\u{200d}👧🎏 a"),
        ],
        ..Article::default()
    };
    for (w, h) in (20..140).flat_map(|w| [(w, 3), (w, 4), (w, 9)]) {
        let desk = Desk::on(&library(std::slice::from_ref(&article)), w, h);
        for theme in THEMES {
            whole(&ui::render(&desk.app, &Theme::built_in(theme)))
                .unwrap_or_else(|why| panic!("{w}x{h} {theme}: {why}"));
        }
    }
}

const SCRIPTS: [&str; 25] = [
    "ge", "grw", "|a", "gq", "gs", "j", "<enter>", "e", "gr", "s", "z", "/a", "<esc>", "?", ":", "G", "v",
    "<tab>", "<c-d>", "w", "M", "T", "R", "P", "X",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_text_in_any_size_is_drawn_whole(
        articles in prop::collection::vec(article(), 0..5),
        w in 1_u16..220,
        h in 1_u16..64,
        keys in prop::collection::vec(prop::sample::select(SCRIPTS.to_vec()), 0..8),
        theme in prop::sample::select(THEMES.to_vec()),
        resized in prop::option::of((1_u16..220, 1_u16..64)),
    ) {
        let mut desk = Desk::on(&library(&articles), w, h);
        let theme = Theme::built_in(theme);
        let check = |app: &App| whole(&ui::render(app, &theme)).map_err(TestCaseError::fail);
        check(&desk.app)?;
        for key in keys {
            desk.press(key);
            check(&desk.app)?;
        }
        if let Some((w, h)) = resized {
            desk.feed(Event::Resized(w, h));
            check(&desk.app)?;
        }
    }
}
