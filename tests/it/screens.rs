//! What is drawn: styled snapshots of the made-up press review in all themes and sizes, and properties over any text and size.

use std::fmt::Write as _;
use std::sync::Arc;

use diembao::app::{App, Event, Report};
use diembao::article::{Article, Block, BlockKind};
use diembao::library::{Progress, Snapshot, Stage};
use diembao::ui::{self, Theme};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::fixture::{Desk, library, snapshot};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];
const THEMES: [&str; 4] = ["dark", "light", "contrast", "plain"];

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Colours and weight of a cell, short.
fn style(cell: &Cell) -> String {
    let colour = |c: Color| match c {
        Color::Reset => "-".to_owned(),
        Color::Rgb(r, g, b) => format!("{r:02x}{g:02x}{b:02x}"),
        other => format!("{other:?}"),
    };
    let mut out = format!("{}/{}", colour(cell.fg), colour(cell.bg));
    for (modifier, sign) in [
        (Modifier::BOLD, " b"),
        (Modifier::DIM, " d"),
        (Modifier::ITALIC, " i"),
        (Modifier::UNDERLINED, " u"),
        (Modifier::REVERSED, " r"),
    ] {
        if cell.modifier.contains(modifier) {
            out.push_str(sign);
        }
    }
    out
}

/// The frame with its styles: each line of text, below it a line with a letter where a cell has a style of its own; the letters are explained at the end.
fn styled(buffer: &Buffer) -> String {
    let plain = style(&Cell::default());
    let mut known: Vec<String> = Vec::new();
    let mut out = String::new();
    let lines = ui::text(buffer);
    for (y, line) in (0..buffer.area.height).zip(lines.lines()) {
        let mut marks = String::new();
        for x in 0..buffer.area.width {
            let style = style(&buffer[(x, y)]);
            if style == plain {
                marks.push(' ');
                continue;
            }
            let n = known.iter().position(|k| *k == style).unwrap_or_else(|| {
                known.push(style);
                known.len() - 1
            });
            marks.push(char::from(LETTERS[n % LETTERS.len()]));
        }
        let _ = writeln!(out, "{line}\n{}", marks.trim_end());
    }
    for (n, style) in known.iter().enumerate() {
        let _ = writeln!(out, "{} = {style}", char::from(LETTERS[n % LETTERS.len()]));
    }
    out
}

fn shot(name: &str, desk: &Desk, theme: &str) {
    let theme = Theme::built_in(theme);
    insta::assert_snapshot!(name, styled(&ui::render(&desk.app, &theme)));
}

#[test]
fn each_pane_in_each_theme_and_size() {
    for (w, h) in SIZES {
        for theme in THEMES {
            for (pane, script) in
                [("list", "jj"), ("reader", "jj<enter>"), ("names", "jjev"), ("related", "jjgrj")]
            {
                let mut desk = Desk::new(w, h);
                desk.press(script);
                shot(&format!("{pane}_{theme}_{w}x{h}"), &desk, theme);
            }
        }
    }
}

#[test]
fn states() {
    for (w, h) in SIZES {
        for (name, script) in [
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
            ("message", "x"),
        ] {
            let mut desk = Desk::new(w, h);
            desk.press(script);
            shot(&format!("{name}_{w}x{h}"), &desk, "plain");
            // Colours do not depend on the size.
            for theme in ["dark", "light"].into_iter().filter(|_| (w, h) == (80, 24)) {
                shot(&format!("{name}_{theme}_{w}x{h}"), &desk, theme);
            }
        }
    }
}

#[test]
fn the_press_review() {
    for (w, h) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        for theme in THEMES {
            let mut desk = Desk::new(w, h);
            desk.press("jjgs");
            shot(&format!("review_{theme}_{w}x{h}"), &desk, theme);
        }
        let mut desk = Desk::new(w, h);
        desk.press("<enter><esc>gs<tab>");
        shot(&format!("review_news_{w}x{h}"), &desk, "plain");
    }
}

#[test]
fn names_that_may_be_one() {
    for (w, h) in SIZES {
        for theme in THEMES {
            let mut desk = Desk::alike(w, h);
            desk.press("eP");
            shot(&format!("proposals_{theme}_{w}x{h}"), &desk, theme);
        }
    }
}

#[test]
fn before_and_while_a_folder_comes_in() {
    let mut desk = Desk::empty(80, 24);
    shot("looking", &desk, "plain");
    let mut part = Snapshot::clone(&snapshot());
    part.progress = Progress { stage: Stage::Reading, done: 3, total: 6 };
    let mut entries = part.entries.as_ref().clone();
    for entry in &mut entries[2..] {
        entry.head = None;
    }
    part.entries = Arc::new(entries);
    desk.feed(Event::Report(Report::Published(Arc::new(part))));
    shot("reading", &desk, "plain");
    let mut empty = Desk::empty(80, 24);
    let none =
        Snapshot { progress: Progress { stage: Stage::Done, done: 0, total: 0 }, ..Snapshot::default() };
    empty.feed(Event::Report(Report::Published(Arc::new(none))));
    shot("empty_folder", &empty, "plain");
    for (w, h) in SIZES {
        let mut first = Desk::new(w, h);
        first.feed(Event::Report(Report::FirstRun));
        shot(&format!("first_run_{w}x{h}"), &first, "plain");
        let one = library(&[Article {
            title: Some("Một bài".to_owned()),
            lead: Some("Chỉ có một.".to_owned()),
            ..Article::default()
        }]);
        shot(&format!("one_article_{w}x{h}"), &Desk::on(&one, w, h), "plain");
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
    ]);
    let block = (kinds, text(), any::<bool>()).prop_map(|(kind, text, inferred)| Block {
        kind,
        text,
        line: 1,
        inferred,
    });
    let maybe = || prop::option::of(text());
    (maybe(), maybe(), maybe(), prop::collection::vec(block, 0..6)).prop_map(
        |(title, lead, source, blocks)| Article { title, lead, source, blocks, ..Article::default() },
    )
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
