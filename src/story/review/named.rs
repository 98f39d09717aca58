//! Names by outlet: each is looked up in every text before a row says who has it.
//!
//! Owns: one row a name, whatever kinds it was taken for; its spellings where the recogniser saw none; leaving out who wrote and
//! who put out. Refuses: to join names: an occurrence inside the name of another person is not this one.
//! Tests: at the foot; on labelled stories in `tests/it/review.rs`.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::makers::{is_bracketed_label, is_label};
use super::table::Found;
use super::{Piece, Place};
use crate::article::Place as Part;
use crate::entity::{Entities, Entity, EntityIx, Kind, Mention};
use crate::text::{folded, is_letter, spelling};

/// The names of all pieces, with their places.
pub(super) fn names(pieces: &[Piece<'_>], entities: &Entities) -> Vec<(EntityIx, Vec<Place>)> {
    let mut found = Found::new();
    let mut same: FxHashMap<&str, EntityIx> = FxHashMap::default();
    let makers = makers(pieces);
    for (n, piece) in pieces.iter().enumerate() {
        for (mention, &entity) in piece.names.mentions.iter().zip(piece.of) {
            let range = mention.start as usize..mention.end as usize;
            if entity == EntityIx::NONE || is_credit(piece, &range) || piece.cuts_number(&range) {
                continue;
            }
            let written = &piece.plain.text[range.clone()];
            let Some(own) = entities.get(entity) else { continue };
            if makers.contains(&spelling(written)) || makers.contains(&spelling(&own.name)) {
                continue;
            }
            // One name that was taken for two kinds of thing is one name.
            let first = *same.entry(own.name.as_str()).or_insert(entity);
            let is_its = |e: &Entity| e.variants.iter().any(|v| v.text == written);
            let row = if entities.get(first).is_some_and(is_its) { first } else { entity };
            found.add(row, row, n, range);
        }
    }
    let mut rows: Vec<(EntityIx, Vec<Place>)> = found.done().collect();
    for (entity, places) in &mut rows {
        let written = spelled(pieces, places);
        for (n, piece) in pieces.iter().enumerate() {
            if !places.iter().any(|p| p.piece == n) {
                let all = written.iter().flat_map(|w| occurrences(piece, w, *entity));
                let all: Vec<Place> = all.map(|range| Place { piece: n, range }).collect();
                places.extend(all);
            }
        }
        places.sort_by_key(|p| (p.piece, p.range.start));
    }
    absorbed(rows, pieces, &|entity| entities.get(entity).map(|e| e.kind))
}

/// How a name is written in some places.
fn spelled<'a>(pieces: &[Piece<'a>], places: &[Place]) -> FxHashSet<&'a str> {
    places.iter().map(|p| &pieces[p.piece].plain.text[p.range.clone()]).collect()
}

/// A row all of whose spellings are spellings of one other row, too (an abbreviation that was not joined), is a part of that; so
/// is one that is a misspelling of the other.
fn absorbed(
    mut rows: Vec<(EntityIx, Vec<Place>)>,
    pieces: &[Piece<'_>],
    kind: &dyn Fn(EntityIx) -> Option<Kind>,
) -> Vec<(EntityIx, Vec<Place>)> {
    let all: Vec<FxHashSet<&str>> = rows.iter().map(|r| spelled(pieces, &r.1)).collect();
    let within = |n: usize, m: usize| all[n].is_subset(&all[m]) && (all[n].len() < all[m].len() || m < n);
    let mut into: Vec<Option<usize>> =
        (0..rows.len()).map(|n| (0..rows.len()).find(|&m| m != n && within(n, m))).collect();
    let folds: Vec<FxHashSet<String>> = all.iter().map(|written| long_folds(written)).collect();
    for n in 0..rows.len() {
        let rarer = |m: usize| (rows[n].1.len(), m) < (rows[m].1.len(), n);
        let same = |m: usize| {
            let like = kind(rows[n].0) == kind(rows[m].0) && folds[n].is_subset(&folds[m]);
            into[m].is_none() && !folds[n].is_empty() && like
        };
        let main =
            (0..rows.len()).find(|&m| m != n && rarer(m) && same(m) && is_slip(&rows[n].1, &rows[m].1));
        if let Some(main) = main.filter(|_| into[n].is_none()) {
            let places = std::mem::take(&mut rows[n].1);
            rows[main].1.extend(places);
            rows[main].1.sort_by_key(|p| (p.piece, p.range.start));
            into[n] = Some(main);
        }
    }
    rows.into_iter().enumerate().filter(|(n, _)| into[*n].is_none()).map(|(_, row)| row).collect()
}

/// Spellings of two syllables or more without their marks; of one syllable marks are all that tells names apart.
fn long_folds(written: &FxHashSet<&str>) -> FxHashSet<String> {
    written.iter().filter(|w| w.trim().contains(' ')).map(|w| folded(w)).collect()
}

/// A name that only marks tell from another is that one misspelt, unless a text writes both on purpose.
fn is_slip(rarer: &[Place], main: &[Place]) -> bool {
    let in_piece = |places: &[Place], piece: usize| places.iter().filter(|p| p.piece == piece).count();
    rarer.iter().all(|p| {
        let beside = in_piece(main, p.piece);
        beside == 0 || (in_piece(rarer, p.piece) == 1 && beside > 1)
    })
}

/// Where a spelling stands in a piece as a word of its own, and not in the name of another person.
fn occurrences(piece: &Piece<'_>, written: &str, entity: EntityIx) -> Vec<Range<usize>> {
    let text = &piece.plain.text;
    let whole = |range: &Range<usize>| {
        !text[..range.start].ends_with(is_letter) && !text[range.end..].starts_with(is_letter)
    };
    let ranges = text.match_indices(written).map(|(at, w)| at..at + w.len());
    let is_other = |range: &Range<usize>| {
        let over = piece
            .names
            .mentions
            .iter()
            .zip(piece.of)
            .find(|(m, _)| (m.start as usize) < range.end && range.start < m.end as usize);
        over.is_some_and(|(m, &of)| of != entity && (m.kind == Kind::Per || is_part(m, range)))
    };
    ranges.filter(|r| whole(r) && !is_credit(piece, r) && !is_other(r)).collect()
}

/// A longer name goes on behind it: `Vân Khê` of `Giải Vân Khê mở rộng` is no place that is told of, that of `UBND xã Vân Khê` is.
fn is_part(longer: &Mention, range: &Range<usize>) -> bool {
    longer.start as usize <= range.start && range.end < longer.end as usize
}

/// A place in a credit, or behind the label of one.
fn is_credit(piece: &Piece<'_>, range: &Range<usize>) -> bool {
    let part = piece.plain.parts.iter().find(|p| p.range.start <= range.start && range.end <= p.range.end);
    let before = &piece.plain.text[..range.start];
    part.is_some_and(|p| matches!(p.place, Part::Credit(_))) || is_label(before) || is_bracketed_label(before)
}

/// Who wrote the pieces and who put them out, by spelling.
fn makers(pieces: &[Piece<'_>]) -> FxHashSet<String> {
    let outlets = pieces.iter().filter_map(|p| p.outlet);
    let stated = pieces.iter().flat_map(|p| {
        let article = p.article;
        article.authors.iter().chain(&article.source).chain(&article.site).map(String::as_str)
    });
    // `Hà Du (TTX)`, `Hà Du - Lê Na`
    let parts = stated.flat_map(|s| {
        s.split(['(', ')', '/', ',', '&', '–']).chain(s.split(" - ")).map(str::trim).chain([s])
    });
    outlets.chain(parts).filter(|s| !s.is_empty()).map(spelling).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Plain};
    use crate::entity::{Evidence, Names, Rule, Variant};

    /// Pieces of one paragraph as `[Name]` of an organisation or `{Name}` of a person; names of one spelling and kind are one.
    /// Each row as its name and the pieces that have it.
    fn check(texts: &[&str], expect: &[(&str, &[usize])]) {
        let mut entities: Vec<(String, Kind)> = Vec::new();
        let mut made = Vec::new();
        for marked in texts {
            let (mut text, mut mentions, mut of, mut start) = (String::new(), Vec::new(), Vec::new(), 0);
            for c in marked.chars() {
                match c {
                    '[' | '{' => start = text.len() as u32,
                    ']' | '}' => {
                        let kind = if c == ']' { Kind::Org } else { Kind::Per };
                        let name = (text[start as usize..].to_owned(), kind);
                        let known = entities.iter().position(|e| *e == name);
                        of.push(EntityIx(known.unwrap_or(entities.len()) as u32));
                        if known.is_none() {
                            entities.push(name);
                        }
                        let evidence = Evidence::Table;
                        mentions.push(Mention { start, end: text.len() as u32, kind, evidence });
                    }
                    c => text.push(c),
                }
            }
            made.push((Plain { text, parts: Vec::new() }, Names { mentions }, of));
        }
        let article = Article { authors: vec!["Lê Na".to_owned()], ..Article::default() };
        let pieces: Vec<Piece<'_>> = made
            .iter()
            .map(|(plain, names, of)| Piece {
                article: &article,
                plain,
                names,
                of,
                outlet: Some("Bến Bờ"),
                published: None,
                copy_of: None,
                read: false,
            })
            .collect();
        let entity = |(name, kind): (String, Kind)| {
            let variant = Variant { text: name.clone(), count: 1, rule: Rule::Canonical, why: String::new() };
            let id = name.clone();
            Entity { id, kind, name, variants: vec![variant], articles: 1, mentions: 1, open: Vec::new() }
        };
        let all = entities.into_iter().map(entity);
        let all = Entities::joined(all.collect(), Vec::new());
        let rows = names(&pieces, &all);
        let told: Vec<(&str, Vec<usize>)> = rows
            .iter()
            .map(|(entity, places)| {
                let mut pieces: Vec<usize> = places.iter().map(|p| p.piece).collect();
                pieces.dedup();
                (all.get(*entity).map_or("", |e| e.name.as_str()), pieces)
            })
            .collect();
        let told: Vec<(&str, &[usize])> = told.iter().map(|(name, pieces)| (*name, &pieces[..])).collect();
        assert_eq!(told, expect, "{texts:?}");
    }

    #[test]
    fn a_name_is_looked_for_in_every_text() {
        check(&["[BQLB] họp.", "Ban quản lý bến (BQLB) nói."], &[("BQLB", &[0, 1])]);
        check(&["[BQLB] họp.", "Ban BQLBX nói."], &[("BQLB", &[0])]);
        // A longer name that only begins with it is another one; who stands at its end is told of.
        check(
            &["[Vân Khê] mưa.", "[Cúp Vân Khê mở rộng] mở.", "Họp ở [Xã Vân Khê]."],
            &[("Vân Khê", &[0, 2]), ("Cúp Vân Khê mở rộng", &[1]), ("Xã Vân Khê", &[2])],
        );
        // Another person of that name is not this one.
        check(&["{Mừng} đến.", "{Tô Văn Mừng} đi."], &[("Mừng", &[0]), ("Tô Văn Mừng", &[1])]);
    }

    #[test]
    fn a_name_with_a_mark_wrong_is_no_row_of_its_own() {
        check(&["[Vân Khê] mưa.", "[Vần Khê] lụt.", "Tới [Vân Khê]."], &[("Vân Khê", &[0, 1, 2])]);
        check(
            &["{Tô Văn Mừng} và {Tô Văn Mững} đến.", "{Tô Văn Mừng} đi."],
            &[("Tô Văn Mừng", &[0, 1]), ("Tô Văn Mững", &[0])],
        );
        check(
            &["[Vân Khê] mưa.", "{Vần Khê} đi.", "Tới [Vân Khê]."],
            &[("Vân Khê", &[0, 2]), ("Vần Khê", &[1])],
        );
        check(&["[Khê] mưa.", "[Khế] lụt.", "Tới [Khê]."], &[("Khê", &[0, 2]), ("Khế", &[1])]);
    }

    #[test]
    fn what_ran_into_a_number_is_no_name() {
        check(&["[Vân Khê góp 12].000 đồng.", "[Quốc lộ 1], 5 xe."], &[("Quốc lộ 1", &[1])]);
    }

    #[test]
    fn one_name_of_two_kinds_is_one_row_and_makers_have_none() {
        check(&["[Vân Khê] mưa.", "{Vân Khê} lụt."], &[("Vân Khê", &[0, 1])]);
        check(&["[Vân Khê] mưa (Ảnh [HD])."], &[("Vân Khê", &[0])]);
        check(&["{Lê Na} viết cho [Bến Bờ]. [Vân Khê] mưa. Ảnh: {Hà Du}"], &[("Vân Khê", &[0])]);
    }
}
