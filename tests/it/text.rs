//! Properties of `text` over invented hostile input.

use diembao::text::{self, Needle, TokenKind};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Text of what the press writes, what terminals act on, what hides, and anything else.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "Triều Tiên", "Hà Nội", "Đà Nẵng", "hoà", "Nguyê\u{303}n", "Kim Jong-un", "TP. Huế.", "10.000", "v.v.", "nhà",
            "trắng", "Nha Trang", "Viet Nam", "nghiêng",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![" ", "\n", "\t", "\r\n", "\r", ". ", "… ", "-", "'", "“", "”", ", "]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "\x1b[31m", "\x1b]0;", "\x1b]8;;x\x1b\\", "\x07", "\x1bP", "\u{9b}", "\u{9d}8", "\u{9c}", "\x1b", "\0", "\x7f",
            "\u{202e}", "\u{2066}", "\u{200b}", "\u{200d}", "\u{200c}", "\u{feff}", "\u{fe0f}", "\u{fe00}", "\u{ad}", "\u{a0}",
            "\u{e0041}", "\u{2028}", "\u{85}", "👩", "❤", "💻", "🇻🇳", "1\u{fe0f}\u{20e3}", "می", "क्", "日本語", "ภาษา", "가", "\u{1100}",
            "\u{1161}", "\u{300}", "\u{301}", "\u{323}", "\u{338}", "<", "\u{f900}", "İ", "ß", "\u{2126}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn is_nfc(text: &str) -> bool {
    unicode_normalization::is_nfc(text)
}

fn blankless(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_leaves_nothing_that_acts(given in hostile()) {
        let (cleaned, _) = text::clean(&given);
        prop_assert!(cleaned.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')), "{cleaned:?}");
        let hidden = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{2028}', '\u{e0041}'];
        prop_assert!(!cleaned.contains(hidden));
        prop_assert!(is_nfc(&cleaned));
        let (again, removed) = text::clean(&cleaned);
        prop_assert_eq!(&again, &cleaned);
        prop_assert!(removed.is_empty(), "{:?}", removed);
    }

    #[test]
    fn decoding_reads_unicode_back(given in hostile()) {
        let want: String = given.nfc().collect();
        let got = text::decode(given.as_bytes());
        prop_assert!(is_nfc(&got.text));
        if !given.contains('\0') && !given.starts_with('\u{feff}') {
            prop_assert_eq!(got.text, want.as_str());
            let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(given.encode_utf16()).flat_map(u16::to_be_bytes).collect();
            prop_assert_eq!(text::decode(&wide).text, want);
        }
    }

    #[test]
    fn decoding_takes_any_bytes(given in prop::collection::vec(any::<u8>(), 0..300)) {
        let got = text::decode(&given);
        prop_assert!(is_nfc(&got.text));
        prop_assert!(got.bad.is_sorted() && got.bad.len() <= 100);
        prop_assert!(got.bad.iter().all(|&at| at < given.len()), "{:?}", got.bad);
    }

    #[test]
    fn folding_is_idempotent_with_a_way_back(given in hostile(), part in any::<(usize, usize)>()) {
        let fold = text::fold(&given);
        prop_assert_eq!(&fold.text, &text::folded(&given));
        prop_assert_eq!(&text::folded(&fold.text), &fold.text);
        prop_assert_eq!(&text::folded(&given.nfd().collect::<String>()), &text::folded(&given.nfc().collect::<String>()));
        let (a, b) = (part.0 % (fold.text.len() + 1), part.1 % (fold.text.len() + 1));
        let range = a.min(b)..a.max(b);
        let back = fold.original(range.clone());
        let slice = given.get(back.clone());
        prop_assert!(slice.is_some(), "{:?} is no range of the original", back);
        if let (Some(slice), Some(part)) = (slice, fold.text.get(range)) {
            prop_assert!(text::folded(slice).contains(part), "{slice:?} {part:?}");
        }
        let all = fold.original(0..fold.text.len());
        prop_assert_eq!(text::folded(&given[all]), fold.text);
    }

    #[test]
    fn one_spelling_stays(given in hostile()) {
        let once = text::spelling(&given);
        prop_assert_eq!(&text::spelling(&once), &once);
        prop_assert!(is_nfc(&once));
        prop_assert_eq!(text::folded(&once), text::folded(&given));
    }

    #[test]
    fn wrapping_loses_only_blanks(given in hostile(), cells in 0_usize..40) {
        let lines = text::wrap(&given, cells);
        prop_assert!(!lines.is_empty());
        let mut at = 0;
        for line in &lines {
            prop_assert!(line.start >= at && line.end >= line.start);
            prop_assert!(blankless(&given[at..line.start]).is_empty());
            at = line.end;
            let slice = &given[line.clone()];
            let one = unicode_segmentation::UnicodeSegmentation::graphemes(slice, true).count() <= 1;
            prop_assert!(one || text::width(slice) <= cells.max(1), "{slice:?} in {cells}");
        }
        prop_assert!(blankless(&given[at..]).is_empty());
    }

    #[test]
    fn normal_forms_wrap_alike(given in hostile(), cells in 1_usize..40) {
        let (given, _) = text::clean(&given);
        let nfd: String = given.nfd().collect();
        let lines = |t: &str| text::wrap(t, cells).into_iter().map(|r| t[r].nfc().collect::<String>()).collect::<Vec<_>>();
        // Hangul and singletons change their characters, not only their marks.
        if given.chars().all(|c| !('\u{1100}'..='\u{11FF}').contains(&c) && !('\u{AC00}'..='\u{D7FF}').contains(&c)) {
            prop_assert_eq!(lines(&nfd), lines(&given));
        }
    }

    #[test]
    fn fitting_fits(given in hostile(), cells in 0_usize..30) {
        let (given, _) = text::clean(&given);
        let fit = text::fit(&given, cells);
        prop_assert!(text::width(&fit) <= cells);
        prop_assert_eq!(text::width(&text::pad(&given, cells)), cells);
        if fit == given.as_str() {
            prop_assert!(text::width(&given) <= cells);
        } else {
            prop_assert!(fit.ends_with('…') || cells == 0);
        }
    }

    #[test]
    fn tokens_and_sentences_cover_the_text(given in hostile()) {
        let mut at = 0;
        for token in text::tokens(&given) {
            let range = token.range();
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert!(given[at..range.start].chars().all(char::is_whitespace));
            let first = given[range.clone()].chars().next();
            prop_assert_eq!(token.kind == TokenKind::Word, first.is_some_and(char::is_alphabetic));
            at = range.end;
        }
        prop_assert!(given[at..].chars().all(char::is_whitespace));
        at = 0;
        for range in text::sentences(&given) {
            let sentence = &given[range.clone()];
            prop_assert!(range.start >= at && !sentence.is_empty() && !sentence.contains('\n'));
            prop_assert_eq!(sentence, sentence.trim());
            prop_assert!(blankless(&given[at..range.start]).is_empty());
            at = range.end;
        }
        prop_assert!(blankless(&given[at..]).is_empty());
    }

    #[test]
    fn matches_stand_on_boundaries(given in hostile(), typed in prop::sample::select(vec![
        "trieu tien", "Triều Tiên", "ha", "đà nẵng", "nhà trắng", "nha", "kim jong un", "10.000", "hòa", "日本", "1", "ss", "i",
    ])) {
        for needle in [Needle::new(typed), Needle::typing(typed)].into_iter().flatten() {
            let mut at = 0;
            for range in needle.find(&given) {
                prop_assert!(range.start >= at && range.end > range.start);
                let slice = given.get(range.clone());
                prop_assert!(slice.is_some(), "{range:?}");
                let plain = |t: &str| text::folded(t).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                prop_assert!(plain(slice.unwrap_or_default()).contains(&plain(typed)));
                at = range.end;
            }
            prop_assert_eq!(needle.is_in(&given), !needle.find(&given).is_empty());
        }
    }
}

#[test]
fn hostile_sizes_are_read_in_one_pass() {
    let line = "chữ nghĩa \x1b]0;x\x07 hay \x1b]".repeat(60_000);
    let (cleaned, removed) = text::clean(&line);
    assert_eq!(removed.escapes, 120_000);
    assert!(text::wrap(&cleaned, 80).len() > 1_000);
    assert!(text::fit(&cleaned, 20).len() < 80);
    let (none, removed) = text::clean(&text::decode(&vec![0; 1 << 20]).text);
    assert_eq!((none.as_str(), removed.controls), ("", 1 << 20));
    let marks = format!("a{}", "\u{301}\u{323}".repeat(100_000));
    assert_eq!(text::folded(&text::clean(&marks).0), "a");
    let blanks = format!("a{}", " ".repeat(200_000)).repeat(3);
    assert_eq!(Needle::new("a a").map(|n| n.find(&blanks).len()), Some(1));
    assert_eq!(text::sentences(&"A. ".repeat(100_000)).len(), 1);
}
