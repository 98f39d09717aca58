//! The order of `diembao search`.

use std::fs;

use super::{diembao, objects};

/// Words without marks find all spellings; the articles with the spelling that is meant, as most write it, stand before all others,
/// however often these have another.
#[test]
fn the_spelling_that_most_articles_have_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, title, body) in [
        ("a", "Thiết bị đa năng", "Máy đa năng này đa năng hơn mọi máy đa năng."),
        (
            "b",
            "Cầu mới",
            "Một người ở Đà Nẵng, ở quê đã lâu, kể về cây cầu qua sông và những chuyến đò ngày xưa.",
        ),
        ("c", "Mưa lớn ở Đà Nẵng", "Nhiều đường ngập."),
        ("d", "A bridge", "The bridge of Da Nang opened."),
    ] {
        fs::write(folder.path().join(format!("{name}.md")), format!("---\ntitle: {title}\n---\n\n{body}\n"))
            .expect("an article");
    }
    for (typed, expect) in [
        ("da nang", &["Mưa lớn ở Đà Nẵng", "Cầu mới", "Thiết bị đa năng", "A bridge"][..]),
        ("đa năng", &["Thiết bị đa năng"]),
    ] {
        let found = objects(&diembao(&["search", typed, ".", "--json"], folder.path()));
        let titles: Vec<&str> = found.iter().filter_map(|hit| hit["title"].as_str()).collect();
        assert_eq!(titles, expect, "{typed}");
        let scores: Vec<f64> = found.iter().filter_map(|hit| hit["score"].as_f64()).collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    }
}
