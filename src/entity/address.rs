//! Web addresses that stand in running text like a name: `Theo Kienthuc.net.vn`. In labelled articles every one is a name,
//! nearly always of an outlet.
//!
//! Owns: finding them. Refuses: addresses in links and e-mail addresses (a stroke, a colon or an @ stands beside them, or
//! `www.` at their beginning).
//! Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::model::{Evidence, Kind, Mention};
use super::tables::tables;

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let endings = tables().rules.address_endings.join("|");
    Regex::new(&format!(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:{endings})\b")).ok()
});

/// Adds the addresses of a text to its mentions, which are in order; a name that is a part of one gives way to it.
pub fn add(text: &str, mentions: &mut Vec<Mention>) {
    if !may_hold(text) {
        return;
    }
    let found: Vec<Range<usize>> = ADDRESS
        .iter()
        .flat_map(|r| r.find_iter(text))
        .map(|m| m.range())
        .filter(|r| is_alone(text, r))
        .collect();
    for place in found {
        let (start, end) = (place.start as u32, place.end as u32);
        let over = |m: &Mention| m.start <= start && m.end >= end;
        if mentions.iter().any(over) {
            continue;
        }
        mentions.retain(|m| m.end <= start || m.start >= end);
        let at = mentions.partition_point(|m| m.start < start);
        mentions.insert(at, Mention { start, end, kind: Kind::Org, evidence: Evidence::Table });
    }
}

/// Whether an ending stands anywhere behind a dot: most texts have none, and need no search.
fn may_hold(text: &str) -> bool {
    let endings = &tables().rules.address_endings;
    memchr::memchr_iter(b'.', text.as_bytes())
        .any(|dot| endings.iter().any(|ending| text[dot + 1..].starts_with(ending.as_str())))
}

/// Nothing joins the address to what stands beside it.
fn is_alone(text: &str, place: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '@' | '/' | ':' | '-' | '_' | '.' | '=' | '&');
    let (before, mut after) = (&text[..place.start], text[place.end..].chars());
    let stop = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let ends = match after.next() {
        Some('.' | ':') => stop(after.next()),
        next => next.is_none_or(|c| !joins(c)),
    };
    !before.ends_with(joins) && ends && !text[place.clone()].to_ascii_lowercase().starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_stand_alone() {
        for (text, expect) in [
            ("Theo Benbo.net.vn, mưa to.", &["Benbo.net.vn"][..]),
            ("Ghi rõ nguồn BENBO.eu. Xem songca.vn", &["BENBO.eu", "songca.vn"]),
            ("Gửi về lan@benbo.vn hoặc https://benbo.vn/tin, www.benbo.vn", &[]),
            ("lúc 9h.Vn thì 3.com5 hay Benbo.vnx", &[]),
        ] {
            let mut mentions = Vec::new();
            add(text, &mut mentions);
            let found: Vec<&str> = mentions.iter().map(|m| &text[m.start as usize..m.end as usize]).collect();
            assert_eq!(found, expect, "{text}");
        }
    }

    #[test]
    fn a_part_gives_way_and_a_longer_name_stays() {
        let text = "Báo điện tử Benbo.vn";
        let name = |start, end| Mention { start, end, kind: Kind::Per, evidence: Evidence::Model(9) };
        let from = text.len() as u32 - 8;
        let mut part = vec![name(from, from + 5)];
        add(text, &mut part);
        assert_eq!((part.len(), part[0].kind, part[0].end), (1, Kind::Org, text.len() as u32));
        let mut whole = vec![name(0, text.len() as u32)];
        add(text, &mut whole);
        assert_eq!((whole.len(), whole[0].kind), (1, Kind::Per));
    }
}
