//! Layer 4: a part of a full name that stands in the same article: `ông Vinh`, `Putin`, `Bộ Quốc phòng`.
//!
//! Two candidates are never decided between: the name stays open and lists them.

use super::brackets::fits;
use super::key::{Words, initial, is_marked, is_syllable};
use super::local::{Form, GAP, Join, Local, LocalName, text_of};
use super::model::{Kind, Names, Rule};
use super::rules::Rules;
use super::tables::tables;
use crate::article::Plain;
use crate::text::sentences;

/// How well a part fits a full name; the better one decides alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The part that is usual for this kind of name.
    Usual,
    /// Another part.
    Unusual,
}

/// Joins the parts in one article to their full names, longest first.
pub fn join(plain: &Plain, names: &Names, local: &mut Local) {
    short_places(plain, names, local);
    let mut order: Vec<u32> = (0..local.names.len() as u32).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(longest(&local.names[n as usize])));
    for name in order {
        let part = &local.names[name as usize];
        if part.joined.is_some() || (part.row.is_some() && !stands_for_others(local, part)) {
            continue;
        }
        match candidates(plain, names, local, name) {
            Found::None if is_abroad(plain, names, local, name) => leave_bare(local, name),
            Found::None => table_alone(local, name),
            Found::One(full) => {
                // As the article writes it.
                let first = names.mentions.get(local.names[full as usize].first as usize);
                let why = first.and_then(|m| plain.text.get(m.start as usize..m.end as usize));
                local.join(name, full, Rule::Part, why.unwrap_or_default().to_owned());
            }
            Found::Many(list) => local.names[name as usize].open = list,
        }
    }
}

enum Found {
    None,
    One(u32),
    Many(Vec<u32>),
}

/// Bodies of the Vietnamese state are called by their bare names, but so are those of other countries in articles that
/// speak far more of another country than of Viet Nam: there, `Quốc hội` is the one that the article names in full. A body
/// that is somewhere called by the name of Viet Nam (`Chính phủ Việt Nam`) is that one.
fn stands_for_others(local: &Local, part: &LocalName) -> bool {
    let state = part.row.is_some_and(|row| tables().is_of_state(row));
    if part.kind != Kind::Org || !state || part.forms.iter().any(|f| is_at_home(f)) {
        return false;
    }
    let places = || local.names.iter().filter(|n| n.kind == Kind::Loc);
    let home = places().filter(|n| &*n.key == HOME).map(|n| n.count).max().unwrap_or(0);
    let abroad =
        places().filter(|n| &*n.key != HOME && is_country(&n.key)).map(|n| n.count).max().unwrap_or(0);
    home == 0 || abroad > 2 * home
}

/// A body of the state, `Quốc hội`, wherever it stands here, stands in one sentence with a body of another country
/// (`Bộ Ngoại giao Mỹ đã đề nghị Quốc hội`), and nothing here is of Viet Nam: it is not that of Viet Nam.
fn is_abroad(plain: &Plain, names: &Names, local: &Local, name: u32) -> bool {
    let part = &local.names[name as usize];
    let home = |n: &LocalName| &*n.key == HOME || n.forms.iter().any(|f| is_at_home(f));
    if part.row.is_none() || part.kind != Kind::Org || local.names.iter().any(home) {
        return false;
    }
    let foreign = |n: &LocalName| {
        let ends = |f: &Form| (1..f.len()).any(|at| is_country(&f[at..].concat()));
        n.kind == Kind::Org && n.forms.iter().any(ends)
    };
    let of = |at: usize| local.of.get(at).and_then(|&n| local.names.get(n as usize));
    let bodies: Vec<usize> = (0..names.mentions.len()).filter(|&at| of(at).is_some_and(foreign)).collect();
    let beside = |at: usize| bodies.iter().any(|&body| is_one_sentence(plain, names, at, body));
    let mut stands = (0..names.mentions.len()).filter(|&at| local.of.get(at) == Some(&name)).peekable();
    stands.peek().is_some() && stands.all(beside)
}

/// Two mentions stand in one sentence, with no long stretch between them and those in their midst.
fn is_one_sentence(plain: &Plain, names: &Names, a: usize, b: usize) -> bool {
    names.mentions[a.min(b)..=a.max(b)].windows(2).all(|two| {
        let near = two[1].start.saturating_sub(two[0].end) as usize <= GAP;
        let both = plain.text.get(two[0].start as usize..two[1].end as usize);
        near && both.is_some_and(|text| sentences(text).len() <= 1)
    })
}

/// A name that the table knows, but that is another one here.
fn leave_bare(local: &mut Local, name: u32) {
    let part = &mut local.names[name as usize];
    part.row = None;
    if let Some(form) = part.forms.first() {
        part.key = form.concat().into();
    }
}

/// The own name of an organisation, without its class, that also ends a longer name of another kind in this article:
/// nothing says which of the two it is short for (`Sông Cả` of the hospital, or of the club that was taken for a person).
fn is_shared(local: &Local, part: &LocalName, full: &LocalName) -> bool {
    let ends = |n: &LocalName| {
        let tail = |f: &Form, p: &Form| f.len() > p.len() && f.ends_with(p);
        part.forms.iter().any(|p| n.forms.iter().any(|f| tail(f, p)))
    };
    part.kind == Kind::Org && ends(full) && local.names.iter().any(|n| n.kind != part.kind && ends(n))
}

/// What follows the part inside the full name is more of a name, not the beginning of a sentence that the recogniser ran
/// into: `Tập đoàn Sao Mai sở hữu …`.
fn has_plain_tail(plain: &Plain, names: &Names, part: &LocalName, full: &LocalName) -> bool {
    if part.kind == Kind::Per || part.acronym {
        return true;
    }
    let text = |name: &LocalName| names.mentions.get(name.first as usize).map_or("", |m| text_of(plain, m));
    let (part, full) = (text(part), text(full));
    let mut tail = full.split_whitespace();
    let leads =
        part.split_whitespace().all(|w| tail.next().is_some_and(|t| t.to_lowercase() == w.to_lowercase()));
    let stops = &tables().rules.tail_stops;
    let ends = |w: &str| w.starts_with(char::is_lowercase) && stops.contains(&Words::of(w).joined());
    !leads || !tail.next().is_some_and(ends)
}

/// The full name is one of the forms of a part and a country behind it: `Quốc hội Nhật Bản`.
pub fn is_with_place(part: &[Form], full: &LocalName) -> bool {
    let place = |f: &Form, p: &Form| f.strip_prefix(&**p).is_some_and(|rest| is_country(&rest.concat()));
    part.iter().any(|p| full.forms.iter().any(|f| place(f, p)))
}

/// The form holds the name of Viet Nam.
pub fn is_at_home(form: &[String]) -> bool {
    form.concat().contains(HOME)
}

/// The key of a country (the table has them from CLDR).
fn is_country(key: &str) -> bool {
    let row = tables().known(Kind::Loc, key).and_then(|known| tables().row(known.row));
    row.is_some_and(|row| row.source.starts_with("CLDR"))
}

/// Key of Viet Nam.
const HOME: &str = "viê\u{323}tnam";

fn longest(name: &LocalName) -> usize {
    name.forms.iter().map(|form| form.len()).max().unwrap_or(0)
}

/// The full names that a name may be a part of: those of the best fit.
fn candidates(plain: &Plain, names: &Names, local: &Local, name: u32) -> Found {
    let part = &local.names[name as usize];
    let mut best: Option<Fit> = None;
    let mut found: Vec<u32> = Vec::new();
    for (n, full) in local.names.iter().enumerate() {
        let n = n as u32;
        if n == name || full.kind != part.kind || local.root(name) == local.root(n) {
            continue;
        }
        let holds = |_: &Fit| {
            (part.row.is_none() || is_with_place(&part.forms, full))
                && has_plain_tail(plain, names, part, full)
        };
        let Some(fit) = fit(part, full).filter(holds).filter(|_| !is_shared(local, part, full)) else {
            continue;
        };
        let root = local.root(n);
        if best.is_none_or(|b| fit < b) {
            best = Some(fit);
            found.clear();
        }
        if best == Some(fit) && !found.contains(&root) {
            found.push(root);
        }
    }
    if let (Kind::Per, Some(row)) = (part.kind, part.short_of.and_then(|r| tables().row(r)))
        && found.iter().any(|&n| local.names[n as usize].key.as_ref() != row.key)
    {
        return Found::Many(found);
    }
    match found[..] {
        [] => Found::None,
        [one] if fit(part, &local.names[one as usize]).is_some() => Found::One(one),
        _ => Found::Many(found),
    }
}

/// A short name of the table that no name of the article explains: people are taken at the table's word.
fn table_alone(local: &mut Local, name: u32) {
    let part = &mut local.names[name as usize];
    if part.kind == Kind::Per && part.short_of.is_some() {
        part.joined = Some(Join { to: None, rule: Rule::Table, why: String::new() });
    }
}

/// Short names of countries (`Triều`, `Trung`): joined beside a dash with another place, or where the full name stands too.
fn short_places(plain: &Plain, names: &Names, local: &mut Local) {
    for name in 0..local.names.len() as u32 {
        let part = &local.names[name as usize];
        let (Kind::Loc, Some(row)) = (part.kind, part.short_of) else { continue };
        let full = local.names.iter().position(|n| n.row == Some(row)).map(|n| n as u32);
        if full.is_none() && !is_paired(plain, names, local, name) {
            continue;
        }
        let why = if full.is_some() { "beside the full name" } else { "in a pair of places" };
        local.names[name as usize].joined = Some(Join { to: full, rule: Rule::Table, why: why.to_owned() });
    }
}

/// A mention of the name stands beside a dash or stroke with another place.
fn is_paired(plain: &Plain, names: &Names, local: &Local, name: u32) -> bool {
    names.mentions.windows(2).enumerate().any(|(n, pair)| {
        let [a, b] = pair else { return false };
        let concerns = local.of.get(n) == Some(&name) || local.of.get(n + 1) == Some(&name);
        concerns
            && a.kind == Kind::Loc
            && b.kind == Kind::Loc
            && plain
                .text
                .get(a.end as usize..b.start as usize)
                .is_some_and(|gap| matches!(gap.trim(), "-" | "–" | "—" | "/"))
    })
}

/// How a name fits as a part of another, by the rules of their kind.
pub fn fit(part: &LocalName, full: &LocalName) -> Option<Fit> {
    if part.acronym && part.kind != Kind::Per {
        let letters = part.key.chars().filter(|c| c.is_alphabetic()).count();
        return (letters >= 3 && !full.acronym && fits(&part.key, &full.forms)).then_some(Fit::Usual);
    }
    let pairs = part.forms.iter().flat_map(|p| full.forms.iter().map(move |f| (p, f)));
    pairs.filter_map(|(p, f)| fit_words(part.kind, p, f)).min()
}

/// How words fit as a part of the words of another name of the same kind.
pub fn fit_words(kind: Kind, part: &[String], full: &[String]) -> Option<Fit> {
    let rules = &tables().rules;
    // Whatever the kind, the last word of a part is a word of the whole, but for a province's class.
    if !part.last().is_some_and(|last| full.contains(last) || *last == rules.province) {
        return None;
    }
    match kind {
        Kind::Per => person(rules, part, full),
        kind => thing(rules, kind, part, full),
    }
}

/// What kind of name a person has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Vietnamese,
    Chinese,
    Korean,
    Western,
}

fn origin(rules: &Rules, name: &[String]) -> Origin {
    let Some(first) = name.first() else { return Origin::Western };
    let syllables = name.iter().all(|w| is_syllable(w));
    let marked = name.iter().any(|w| is_marked(w));
    if rules.korean.contains(first) && (2..=4).contains(&name.len()) && !marked {
        Origin::Korean
    } else if syllables && rules.chinese.contains(first) && !rules.vietnamese.contains(first) {
        Origin::Chinese
    } else if syllables && (marked || rules.vietnamese.contains(first)) {
        Origin::Vietnamese
    } else {
        Origin::Western
    }
}

/// A part of a person's name.
fn person(rules: &Rules, part: &[String], full: &[String]) -> Option<Fit> {
    if part.len() > full.len() || part.is_empty() || part == full {
        return None;
    }
    if part.len() == full.len() {
        return same_length(part, full);
    }
    if let Some(fit) = with_initials(part, full) {
        return Some(fit);
    }
    let origin = origin(rules, full);
    let one = (part.len() == 1).then(|| part[0].as_str());
    if one.is_some_and(|w| rules.middle_only.contains(w) || w.chars().count() < 2 && !is_marked(w)) {
        return None;
    }
    if full.ends_with(part) {
        let korean_tail = origin == Origin::Korean && part.len() == 1;
        return Some(if korean_tail { Fit::Unusual } else { Fit::Usual });
    }
    if full.starts_with(part) {
        let family_alone = matches!(origin, Origin::Chinese | Origin::Korean) && part.len() == 1;
        let numbered =
            full.last().is_some_and(|w| matches!(w.as_str(), "ii" | "iii" | "iv" | "vi" | "jr" | "xvi"));
        if family_alone || (numbered && part.len() + 1 == full.len() && part.len() > 1) {
            return Some(Fit::Usual);
        }
        let never = origin == Origin::Vietnamese && one.is_none_or(|w| rules.never_alone.contains(w));
        return (!never).then_some(Fit::Unusual);
    }
    let first_and_last = part.len() >= 2 && part.first() == full.first() && part.last() == full.last();
    if first_and_last && in_order(part, full) {
        return Some(if origin == Origin::Western { Fit::Usual } else { Fit::Unusual });
    }
    let turned = part.len() == 2 && part.first() == full.last() && part.last() == full.first();
    let inside = origin == Origin::Western && full.windows(part.len()).any(|w| w == part);
    (turned || inside).then_some(Fit::Unusual)
}

/// Names of the same words in another order, or one of them with initials.
fn same_length(part: &[String], full: &[String]) -> Option<Fit> {
    let (mut a, mut b) = (part.to_vec(), full.to_vec());
    a.sort_unstable();
    b.sort_unstable();
    // Vietnamese names in another order are other names; and one of the two must be the part, so the order decides.
    let foreign = part.iter().any(|w| !is_syllable(w));
    if a == b && foreign && part > full && part.len() >= 2 {
        return Some(Fit::Unusual);
    }
    with_initials(part, full)
}

/// `V. Putin`, `N.T. Phúc`: initials for all words but the last.
fn with_initials(part: &[String], full: &[String]) -> Option<Fit> {
    let (last, firsts) = part.split_last()?;
    let full_last = full.last()?;
    if last != full_last || firsts.is_empty() || last.chars().count() < 2 {
        return None;
    }
    let mut rest = full[..full.len() - 1].iter();
    let mut initials = 0;
    for word in firsts {
        let short = word.chars().count() == 1;
        initials += usize::from(short);
        let fits = |w: &String| if short { initial(w) == initial(word) } else { w == word };
        rest.find(|w| fits(w))?;
    }
    (initials > 0 && full.iter().any(|w| w.chars().count() > 1)).then_some(Fit::Usual)
}

fn in_order(part: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    part.iter().all(|w| rest.any(|f| f == w))
}

/// A part of the name of a place, organisation or work.
fn thing(rules: &Rules, kind: Kind, part: &[String], full: &[String]) -> Option<Fit> {
    if part.len() >= full.len() || part.is_empty() {
        return None;
    }
    let key = part.concat();
    if part.len() == 1 && key.chars().count() < 2 {
        return None;
    }
    if full.ends_with(part) {
        let class = full[..full.len() - part.len()].concat();
        let foreign =
            kind != Kind::Loc && full.iter().all(|w| !is_marked(w)) && !full.iter().all(|w| is_syllable(w));
        let by_class = rules.classes[kind as usize].contains(&class) && !rules.too_general.contains(&key);
        return (by_class || foreign).then_some(Fit::Usual);
    }
    if kind == Kind::Loc {
        return None;
    }
    let vietnamese = full.iter().any(|w| is_marked(w));
    if let Some((last, body)) = part.split_last()
        && *last == rules.province
        && full.len() > body.len()
    {
        let rank = full[body.len()..].iter().any(|w| rules.ranks.contains(w));
        return (kind == Kind::Org && body.len() > 1 && full.starts_with(body) && !rank)
            .then_some(Fit::Usual);
    }
    if full.starts_with(part) {
        let long_enough = kind == Kind::Org || (vietnamese && part.len() >= 3);
        return long_enough.then_some(Fit::Usual);
    }
    let close = part.len() >= 5 && part.len() + 2 >= full.len();
    let in_order = vietnamese && close && part.first() == full.first() && in_order(part, full);
    // "Công an tỉnh Sông Cả" is not "Công an thành phố Sông Cả": a rank left out makes another body.
    let other_rank = full.iter().any(|w| rules.ranks.contains(w) && !part.contains(w));
    (in_order && !other_rank).then_some(Fit::Unusual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_people() {
        let rules = &tables().rules;
        for (part, full, expect) in [
            ("Vinh", "Trần Quang Vinh", Some(Fit::Usual)),
            ("Quang Vinh", "Trần Quang Vinh", Some(Fit::Usual)),
            ("Trần", "Trần Quang Vinh", None),
            ("Quang", "Trần Quang Vinh", None),
            ("Hùng", "Lê Mạnh Hưng", None),
            ("Kim", "Kim Jong Un", Some(Fit::Usual)),
            ("Un", "Kim Jong Un", Some(Fit::Unusual)),
            ("Tập", "Tập Cận Bình", Some(Fit::Usual)),
            ("Putin", "Vladimir Putin", Some(Fit::Usual)),
            ("Vladimir", "Vladimir Putin", Some(Fit::Unusual)),
            ("V.Putin", "Vladimir Putin", Some(Fit::Usual)),
            ("al-Assad", "Bashar al-Assad", Some(Fit::Usual)),
            ("Benigno Aquino", "Benigno Aquino III", Some(Fit::Usual)),
            ("N.T.Phúc", "Ngô Thiên Phúc", Some(Fit::Usual)),
            ("Putin", "Vladimir Putina", None),
        ] {
            assert_eq!(
                person(rules, &Words::of(part).words, &Words::of(full).words),
                expect,
                "{part} of {full}"
            );
        }
    }

    #[test]
    fn parts_of_things() {
        let rules = &tables().rules;
        for (kind, part, full, expect) in [
            (Kind::Org, "Bộ Quốc phòng", "Bộ Quốc phòng Nga", true),
            (Kind::Org, "Bạch Mai", "Bệnh viện Bạch Mai", true),
            (Kind::Org, "Công an", "Bộ Công an", false),
            (Kind::Org, "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân xã Bến Đò", false),
            (Kind::Org, "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân Sông Cả", true),
            (Kind::Org, "Sở tỉnh", "Sở Sông Cả", false),
            (Kind::Org, "Quốc hội", "Ủy ban Thường vụ Quốc hội", false),
            (Kind::Org, "Bộ Giao thông", "Bộ Giáo dục", false),
            (Kind::Loc, "Linh Đàm", "Hồ Linh Đàm", true),
            (Kind::Loc, "Điện Biên", "Điện Biên Phủ", false),
            (Kind::Misc, "iPhone", "iPhone 5S", false),
            (Kind::Misc, "Xperia Z1", "Sony Xperia Z1", true),
        ] {
            let fit = thing(rules, kind, &Words::of(part).words, &Words::of(full).words);
            assert_eq!(fit.is_some(), expect, "{part} of {full}");
        }
    }
}
