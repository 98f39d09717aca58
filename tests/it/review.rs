//! The press review of a story: every line is looked up in the texts again, on labelled stories and on the sample.

use std::collections::BTreeSet;
use std::path::Path;

use diembao::entity::Kind;
use diembao::library::{ArticleIx, Reviewed, Snapshot, load};
use diembao::story::RelationKind;
use diembao::story::review::{Cell, Event, Place};
use diembao::text::{folded, is_letter};

use crate::shared::shared;

/// The text of a place.
fn text<'a>(reviewed: &'a Reviewed, place: &Place) -> &'a str {
    &reviewed.texts[place.piece].as_ref().expect("read").plain.text[place.range.clone()]
}

/// Cells name each column once, the oldest first, and hold places of that column only.
fn sound(reviewed: &Reviewed, cells: &[Cell]) {
    let columns: BTreeSet<usize> = cells.iter().map(|c| c.column).collect();
    assert!(!cells.is_empty() && columns.len() == cells.len());
    for cell in cells {
        let column = &reviewed.review.columns[cell.column];
        for place in &cell.places {
            assert!(column.pieces.contains(&place.piece) || column.copies.contains(&place.piece));
        }
    }
    assert!(cells.is_sorted_by_key(|c| c.places[0].piece));
}

/// The first digit of a number in words.
fn first_spelt(written: &str) -> Option<char> {
    const DIGITS: [(&str, char); 10] = [
        ("một", '1'),
        ("mười", '1'),
        ("hai", '2'),
        ("ba", '3'),
        ("bốn", '4'),
        ("năm", '5'),
        ("sáu", '6'),
        ("bảy", '7'),
        ("tám", '8'),
        ("chín", '9'),
    ];
    let first = written.split_whitespace().next()?.to_lowercase();
    DIGITS.iter().find(|(word, _)| *word == first).map(|d| d.1)
}

/// Each number stands where it is said to stand, in digits or spelt out.
fn check_numbers(reviewed: &Reviewed) {
    let review = &reviewed.review;
    for row in &review.numbers {
        sound(reviewed, &row.cells);
        let significant = |text: &str| {
            let number = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).next();
            let digits: String = number.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
            digits.trim_matches('0').to_owned()
        };
        for place in row.cells.iter().flat_map(|c| &c.places) {
            let written = text(reviewed, place);
            if written.contains(|c: char| c.is_ascii_digit()) {
                // The other side tells a score the other way round.
                let turned = row.what.value.split_once('-').filter(|_| row.what.unit == "tỷ số").map(|s| s.1);
                let same = |value: &str| significant(written) == significant(value);
                assert!(same(&row.what.value) || turned.is_some_and(same), "{written} {:?}", row.what);
            } else {
                let first = significant(&row.what.value).chars().next();
                assert_eq!(first_spelt(written), first, "{written} {:?}", row.what);
            }
        }
    }
}

/// What one column alone has, no other column's text has.
fn check_alone(snapshot: &Snapshot, reviewed: &Reviewed) {
    let review = &reviewed.review;
    let column_of = |piece: usize| {
        review.columns.iter().position(|c| c.pieces.contains(&piece) || c.copies.contains(&piece))
    };
    for row in review.names.iter().filter(|row| row.only().is_some()) {
        // Who alone has a name: no other column has it as it is spelt there.
        let place = &row.cells[0].places[0];
        let name = text(reviewed, place);
        if snapshot.entities.kind(row.what) == Some(Kind::Per) {
            continue;
        }
        for (piece, ix) in reviewed.articles.iter().enumerate() {
            if column_of(piece) != column_of(place.piece) {
                let read = snapshot.read(*ix).expect("read");
                let credit = |at: usize| {
                    let part = read.plain.parts.iter().find(|p| p.range.contains(&at));
                    part.is_some_and(|p| matches!(p.place, diembao::article::Place::Credit(_)))
                };
                let whole = |at: usize| {
                    let (before, after) = (&read.plain.text[..at], &read.plain.text[at + name.len()..]);
                    !before.ends_with(is_letter)
                        && !after.starts_with(is_letter)
                        && !before.trim_end().ends_with(':')
                };
                // A person's name, or a longer one that goes on behind it.
                let other = |at: usize| {
                    let names = read.names.as_ref().expect("names");
                    let over =
                        names.mentions.iter().find(|m| (m.start as usize) <= at && at < m.end as usize);
                    over.is_some_and(|m| m.kind == Kind::Per || at + name.len() < m.end as usize)
                };
                let mut found = read.plain.text.match_indices(name).map(|(at, _)| at);
                assert!(!found.any(|at| whole(at) && !credit(at) && !other(at)), "{name}: {ix:?}");
            }
        }
    }
    for passage in &review.only {
        let words = folded(text(reviewed, &passage.place));
        let column = &review.columns[column_of(passage.place.piece).expect("a column")];
        assert!(passage.copies.iter().all(|n| column.copies.contains(n) && *n != passage.place.piece));
        for (piece, ix) in reviewed.articles.iter().enumerate() {
            if column_of(piece) != column_of(passage.place.piece) {
                let other = &snapshot.read(*ix).expect("read").plain.text;
                assert!(!folded(other).contains(&words), "{words}");
            }
        }
    }
}

/// Recomputes each claim of a review from the texts.
fn check(snapshot: &Snapshot, reviewed: &Reviewed) {
    let review = &reviewed.review;
    let pieces: BTreeSet<usize> =
        review.columns.iter().flat_map(|c| c.pieces.iter().chain(&c.copies)).copied().collect();
    assert_eq!(pieces, (0..reviewed.articles.len()).collect(), "every article stands in one column");
    for row in &review.names {
        sound(reviewed, &row.cells);
        let entity = snapshot.entities.get(row.what).expect("an entity");
        for place in row.cells.iter().flat_map(|c| &c.places) {
            // A misspelling differs in marks alone.
            let written = text(reviewed, place);
            let is_it = |name: &str| folded(name) == folded(written);
            assert!(entity.variants.iter().any(|v| is_it(&v.text)), "{written} is not {}", entity.name);
        }
    }
    check_numbers(reviewed);
    for event in &review.timeline {
        sound(reviewed, &event.cells);
        let first = text(reviewed, &event.cells[0].places[0]);
        assert!(first.contains(&event.date.evidence), "{first}: {}", event.date.evidence);
    }
    assert!(review.timeline.is_sorted_by_key(|e| e.date.at));
    for statement in &review.statements {
        assert!(statement.wordings.is_sorted_by_key(|w| w.place.piece));
        let longest = statement.wordings.iter().map(|w| w.place.range.len()).max();
        assert_eq!(longest, Some(statement.wordings[statement.fullest].place.range.len()));
    }
    for row in &review.shared {
        sound(reviewed, &row.cells);
        assert!((2..review.columns.len()).contains(&row.cells.len()));
    }
    for statement in &review.statements {
        sound(reviewed, &statement.cells);
        let places = statement.cells.iter().map(|c| c.places.len()).sum::<usize>();
        assert_eq!(places, statement.wordings.len());
    }
    for &copy in review.columns.iter().flat_map(|c| &c.copies) {
        assert_eq!(snapshot.kind_of(reviewed, copy), Some(RelationKind::Copy), "as its column says");
    }
    check_alone(snapshot, reviewed);
    assert!(review.seen.is_empty() || review.reports.len() > 1);
}

#[test]
fn every_line_of_a_review_is_true() {
    let Some(folder) = shared("stories") else { return };
    let snapshot = load(&[folder.join("articles")], true, true);
    let mut wordings = 0;
    for story in &snapshot.stories.all {
        let articles: Vec<ArticleIx> = story.articles.iter().map(|&n| ArticleIx(n as u32)).collect();
        let reviewed = snapshot.review(&articles, &|ix| ix == articles[0]);
        check(&snapshot, &reviewed);
        wordings += reviewed
            .review
            .statements
            .iter()
            .filter(|s| {
                let pieces: BTreeSet<usize> = s.wordings.iter().map(|w| w.place.piece).collect();
                pieces.len() > 1
            })
            .count();
    }
    println!("{} stories, {wordings} statements told by two articles or more", snapshot.stories.all.len());
    assert!(wordings >= 30, "{wordings}");
    // One interview in two translations.
    let keane = ["12242889", "12243347"];
    let place = |id: &str| {
        (0..)
            .map(ArticleIx)
            .zip(snapshot.entries.iter())
            .find(|(_, e)| e.path.ends_with(format!("{id}.txt")))
            .map(|e| e.0)
    };
    let first = place(keane[0]).expect("an article");
    let reviewed = snapshot.review(&snapshot.told_with(first), &|_| false);
    let both = [first, place(keane[1]).expect("an article")];
    let aligned = reviewed.review.statements.iter().any(|s| {
        both.iter().all(|ix| {
            s.wordings.iter().any(|w| {
                reviewed.articles[w.place.piece] == *ix && text(&reviewed, &w.place).contains("trung thành")
            })
        })
    });
    assert!(aligned, "{:?}", reviewed.review.statements);
}

#[test]
fn the_sample_has_its_columns_figures_and_old_passages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let snapshot = load(&[folder], true, true);
    let reviews = snapshot.stories.all.iter().map(|story| {
        let articles: Vec<ArticleIx> = story.articles.iter().map(|&n| ArticleIx(n as u32)).collect();
        let unread = snapshot.review(&articles, &|_| false);
        check(&snapshot, &unread);
        (articles, unread)
    });
    let reprinted = |review: &Reviewed| review.review.columns.iter().any(|c| !c.copies.is_empty());
    let (articles, unread) = reviews.into_iter().find(|(_, r)| reprinted(r)).expect("a story with a reprint");
    assert!(unread.review.seen.is_empty());
    // What a reprint repeats, but for "this morning", is told once.
    let flooded = unread.review.only.iter().filter(|p| text(&unread, &p.place).contains("412 hộ bị ngập"));
    assert_eq!(flooded.count(), 1);
    let day = |event: &Event| event.date.at.date().to_string();
    let days: BTreeSet<String> = unread.review.timeline.iter().map(day).collect();
    assert!(!days.contains("2026-08-25"), "a day from which a log is wanted: {days:?}");
    let who = unread.review.statements.iter().filter_map(|s| snapshot.entities.get(s.speaker?));
    assert_eq!(who.filter(|e| e.name == "Trần Quang Vinh").count(), 2);
    let read = snapshot.review(&articles, &|ix| ix == articles[0]);
    assert!(!read.review.seen.is_empty());
    assert!(read.review.seen.iter().all(|p| p.place.piece != 0), "what is read is not told again");
}
