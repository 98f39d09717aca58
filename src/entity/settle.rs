//! What the whole article says about names that the model met one sentence at a time.
//!
//! Owns: hyphenated given names (*Kim Jong-un*), short forms that stand in brackets behind their full name, one kind for
//! one string in an article, the same string elsewhere in it.
//! Refuses: to join different strings ([`super::link`] does).
//! Tests: at the foot; measured on labelled articles in `tests/it/names.rs`.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::address;
use super::brackets::fits;
use super::key::{Words, initial, is_marked, is_syllable, is_tone};
use super::local::is_acronym;
use super::model::{Evidence, Kind, Mention};
use super::tables::tables;

/// Mends the mentions of one article, given in text order: they stay in order and do not overlap.
pub(crate) fn settle(text: &str, mentions: &mut Vec<Mention>) {
    hyphenate(text, mentions);
    address::add(text, mentions);
    widen(text, mentions);
    shorten(text, mentions);
    let defined = define(text, mentions);
    one_kind(text, mentions);
    repeat(text, mentions, &defined);
}

/// Lets what stands in brackets behind a name and has its first letters, `Ban Quản lý Bến (BQLB)`, be a name of the same
/// kind, here and wherever else it was recognised; gives these short forms.
fn define<'t>(text: &'t str, mentions: &mut Vec<Mention>) -> FxHashMap<&'t str, Kind> {
    let mut defined: FxHashMap<&str, Kind> = FxHashMap::default();
    let mut found = Vec::new();
    for mention in mentions.iter().filter(|m| m.kind != Kind::Per) {
        let Some((start, short)) = in_brackets(text, mention.end as usize) else { continue };
        let letters = Words::of(short).joined();
        let full = Words::of(surface(text, mention)).words;
        // The class word is often left out: `Bộ Giáo dục và Đào tạo (GD&ĐT)`.
        let forms = [full.get(1..).unwrap_or_default().to_vec(), full];
        if forms.iter().any(|f| f.len() > 1) && fits(&letters, &forms) {
            defined.insert(short, mention.kind);
            let end = start + short.len();
            found.push(Mention {
                start: start as u32,
                end: end as u32,
                kind: mention.kind,
                evidence: Evidence::Definition,
            });
        }
    }
    for new in found {
        mentions.retain(|m| m.end <= new.start || m.start >= new.end);
        mentions.push(new);
    }
    mentions.sort_by_key(|m| m.start);
    for mention in mentions.iter_mut() {
        if let Some(kind) = defined.get(surface(text, mention)) {
            mention.kind = *kind;
        }
    }
    defined
}

/// A person has no sign on an exchange: where the letters in brackets behind a name are its own initials and that of the raised
/// word before it, in whatever order (`Thép Hà Vân (HVT)`), that word begins the name, and it is a body's.
fn widen(text: &str, mentions: &mut [Mention]) {
    for n in 0..mentions.len() {
        let free = n.checked_sub(1).map_or(0, |before| mentions[before].end as usize);
        let mention = &mut mentions[n];
        let Some((_, short)) = in_brackets(text, mention.end as usize) else { continue };
        let before = text[free..mention.start as usize].strip_suffix(' ').unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if mention.kind != Kind::Per || !word.starts_with(char::is_uppercase) {
            continue;
        }
        let start = mention.start as usize - 1 - word.len();
        let mut letters: Vec<char> =
            Words::of(short).words.concat().chars().filter(|c| !is_tone(*c)).collect();
        let full = Words::of(&text[start..mention.end as usize]).words;
        let mut initials: Vec<char> = full.iter().filter_map(|w| initial(w)).collect();
        letters.sort_unstable();
        initials.sort_unstable();
        if full.len() > 2 && letters == initials {
            mention.start = start as u32;
            mention.kind = Kind::Org;
            mention.evidence = Evidence::Definition;
        }
    }
}

/// The last words of a name in brackets right behind it are that name in short: `Công ty Vận tải Trầm Du (Trầm Du)`.
fn shorten(text: &str, mentions: &mut [Mention]) {
    for n in 1..mentions.len() {
        let (full, short) = (mentions[n - 1], mentions[n]);
        let between = &text[full.end as usize..short.start as usize];
        let alone = between == " (" && text[short.end as usize..].starts_with(')');
        let rest = surface(text, &full).strip_suffix(surface(text, &short));
        if alone && rest.is_some_and(|rest| rest.ends_with(' ')) {
            mentions[n].kind = full.kind;
            mentions[n].evidence = Evidence::Definition;
        }
    }
}

/// The acronym that fills a pair of brackets right behind a name, and where it begins.
fn in_brackets(text: &str, end: usize) -> Option<(usize, &str)> {
    let rest = text.get(end..)?;
    let inner = rest.strip_prefix(" (").or_else(|| rest.strip_prefix('('))?;
    let start = text.len() - inner.len();
    let short = inner.split(')').next().filter(|s| s.len() < inner.len() && is_acronym(s))?;
    Some((start, short))
}

/// Lets people have their given names whole, up to the next name: *Merkel-Macron* are two.
fn hyphenate(text: &str, mentions: &mut [Mention]) {
    for n in 0..mentions.len() {
        let until = mentions.get(n + 1).map_or(text.len(), |next| next.start as usize);
        let mention = &mut mentions[n];
        if mention.kind == Kind::Per {
            let end = mention.end as usize + hyphenated(&text[mention.end as usize..]);
            if end <= until {
                mention.end = end as u32;
            }
        }
    }
}

/// Bytes of `-un`, `-hui`, `-Jae` right behind a name: later syllables of a given name, joined without blanks.
fn hyphenated(rest: &str) -> usize {
    let mut taken = 0;
    while let Some(syllable) = rest[taken..].strip_prefix('-') {
        let letters: usize = syllable.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        if letters == 0 || syllable[letters..].starts_with(|c: char| c.is_numeric()) {
            break;
        }
        taken += 1 + letters;
    }
    taken
}

fn surface<'a>(text: &'a str, mention: &Mention) -> &'a str {
    &text[mention.start as usize..mention.end as usize]
}

fn strength(mention: &Mention) -> i64 {
    match mention.evidence {
        Evidence::Model(margin) => i64::from(margin.max(0)) + 1,
        Evidence::Table | Evidence::Repetition => 1,
        // What the article says itself outweighs any number of guesses.
        Evidence::Definition => 100_000,
    }
}

/// What a noun before a string is worth against the model's margins: more than a doubtful guess, less than a sure one.
const CLASSED: i64 = 1000;

/// Where the noun begins that stands right before a place in the text, one of these.
fn noun_before(text: &str, at: usize, nouns: &[String]) -> Option<usize> {
    let before = text[..at].strip_suffix(' ')?;
    let begin = |noun: &String| {
        let from = before.len().checked_sub(noun.len())?;
        let last = before.get(from..)?;
        (last.to_lowercase() == *noun && !before[..from].ends_with(char::is_alphanumeric)).then_some(from)
    };
    nouns.iter().find_map(begin)
}

/// Votes of what the article itself says of strings that look like people: `tỉnh Hà Vân`, `thôn Chàm Trong, Chàm Ngoài và …`,
/// `hai thôn Chàm Trong và Chàm Ngoài`.
fn classed<'t>(text: &'t str, mentions: &[Mention]) -> Vec<(&'t str, Kind)> {
    let rules = &tables().rules;
    let people = mentions.iter().filter(|m| m.kind == Kind::Per && surface(text, m).contains(' '));
    let mut strings: Vec<&str> = people.map(|m| surface(text, m)).collect();
    strings.sort_unstable();
    strings.dedup();
    let mut out = Vec::new();
    each_place(&strings, text, |string, place| {
        if text[place.end..].starts_with(char::is_alphanumeric) {
            return;
        }
        for (nouns, kind) in [(&rules.place_nouns, Kind::Loc), (&rules.club_nouns, Kind::Org)] {
            if noun_before(text, place.start, nouns).is_some() {
                out.push((strings[string], kind));
            }
        }
    });
    let gap = |a: &Mention, b: &Mention| text.get(a.end as usize..b.start as usize).unwrap_or_default();
    for (n, pair) in mentions.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let noun = noun_before(text, first.start as usize, &rules.place_nouns);
        let (Some(noun), Kind::Loc, Kind::Per) = (noun, first.kind, second.kind) else { continue };
        let is_third =
            |third: &Mention| third.kind == Kind::Loc && matches!(gap(second, third), ", " | " và ");
        let goes_on = mentions.get(n + 2).is_some_and(is_third);
        let is_list = match gap(first, second) {
            ", " => goes_on,
            // Where one place is meant, whoever is named behind it may be a person: `thôn Chàm Trong và Lê Na`.
            " và " => is_of_several(text, noun),
            _ => false,
        };
        if is_list {
            out.push((surface(text, second), Kind::Loc));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The noun that begins there is said of several: `hai thôn`, `các xã`, `3 huyện`.
fn is_of_several(text: &str, noun: usize) -> bool {
    let word = text[..noun].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_number = word != "1" && word.parse::<u32>().is_ok();
    is_number || tables().rules.several.contains(&Words::of(word).joined())
}

/// Votes of people's family names for the full names that were taken for works: where an article speaks of `Hazard`, and of no
/// other person with that word in the full name, its `Eden Hazard` is that person. Only foreign names, whose last word is the
/// family's.
fn called_short<'t>(
    text: &'t str,
    mentions: &[Mention],
    votes: &FxHashMap<&str, [i64; 4]>,
) -> Vec<(&'t str, i64)> {
    let full = |m: &&Mention| m.kind == Kind::Misc && surface(text, m).contains(' ');
    let is_anothers = |family: &str| {
        mentions
            .iter()
            .filter(|m| m.kind == Kind::Per)
            .map(|m| surface(text, m))
            .any(|person| person.len() > family.len() && person.split(' ').any(|word| word == family))
    };
    let mut out: Vec<(&str, i64)> = Vec::new();
    for string in mentions.iter().filter(full).map(|m| surface(text, m)) {
        let words = Words::of(string).words;
        let foreign = !words.iter().any(|w| is_marked(w)) && !words.iter().all(|w| is_syllable(w));
        let raised = string.split(' ').all(|w| w.starts_with(char::is_uppercase));
        let family = string.rsplit(' ').next().unwrap_or_default();
        let vote = votes.get(family).map_or(0, |of| of[Kind::Per as usize]);
        if foreign && raised && words.len() <= 3 && vote > 0 && !is_anothers(family) {
            out.push((string, vote));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Gives all mentions of a string the kind that the model was surest of over the article, and the nouns before it.
fn one_kind(text: &str, mentions: &mut [Mention]) {
    let mut votes: FxHashMap<&str, [i64; 4]> = FxHashMap::default();
    for mention in mentions.iter() {
        votes.entry(surface(text, mention)).or_default()[mention.kind as usize] += strength(mention);
    }
    for (string, kind) in classed(text, mentions) {
        votes.entry(string).or_default()[kind as usize] += CLASSED;
    }
    for (string, vote) in called_short(text, mentions, &votes) {
        votes.entry(string).or_default()[Kind::Per as usize] += vote;
    }
    for mention in mentions.iter_mut() {
        let Some(votes) = votes.get(surface(text, mention)) else { continue };
        let own = votes[mention.kind as usize];
        if let Some(kind) = Kind::ALL
            .into_iter()
            .find(|&k| votes[k as usize] > own && Some(&votes[k as usize]) == votes.iter().max())
        {
            mention.kind = kind;
        }
    }
}

/// Adds the places where a recognised string of two syllables or more, or a short form that was defined, stands again, whole
/// and outside every other name; any other lone syllable is too often a common word. One pass over the text, the longest
/// string first where several begin.
fn repeat(text: &str, mentions: &mut Vec<Mention>, defined: &FxHashMap<&str, Kind>) {
    let again = |s: &str| s.contains(' ') || defined.contains_key(s);
    let known: FxHashMap<&str, Kind> =
        mentions.iter().map(|m| (surface(text, m), m.kind)).filter(|(s, _)| again(s)).collect();
    let (strings, kinds): (Vec<&str>, Vec<Kind>) = known.into_iter().unzip();
    let whole = |start: usize, end: usize| {
        !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
    };
    let mut found = Vec::new();
    each_place(&strings, text, |string, place| {
        let next = mentions.partition_point(|m| m.end as usize <= place.start);
        let free = mentions.get(next).is_none_or(|m| m.start as usize >= place.end);
        if free && whole(place.start, place.end) {
            found.push(Mention {
                start: place.start as u32,
                end: place.end as u32,
                kind: kinds[string],
                evidence: Evidence::Repetition,
            });
        }
    });
    mentions.extend(found);
    mentions.sort_by_key(|m| m.start);
}

/// Calls `see` with each place where one of the strings stands, and its number: from the left, the longest first.
fn each_place(strings: &[&str], text: &str, mut see: impl FnMut(usize, Range<usize>)) {
    // One string after another: an automaton of all would take longer to make than they take to find.
    let places = |(n, string): (usize, &&str)| {
        let length = string.len();
        memmem::find_iter(text.as_bytes(), string.as_bytes())
            .map(move |at| (at, Reverse(length), n))
            .collect()
    };
    let mut found: Vec<(usize, Reverse<usize>, usize)> =
        strings.iter().enumerate().flat_map(|string| -> Vec<_> { places(string) }).collect();
    found.sort_unstable();
    let mut last = 0;
    for (start, Reverse(length), n) in found {
        if start >= last {
            last = start + length;
            see(n, start..last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, name: &str, kind: Kind, margin: i16) -> Mention {
        let start = text.find(name).expect("the name") as u32;
        Mention { start, end: start + name.len() as u32, kind, evidence: Evidence::Model(margin) }
    }

    #[track_caller]
    fn check(text: &str, given: &[(&str, Kind, i16)], expect: &[(&str, Kind)]) {
        let mut mentions: Vec<Mention> = given.iter().map(|(n, k, m)| mention(text, n, *k, *m)).collect();
        mentions.sort_by_key(|m| m.start);
        settle(text, &mut mentions);
        let found: Vec<(&str, Kind)> = mentions.iter().map(|m| (surface(text, m), m.kind)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_hyphen_joins_a_given_name_and_not_two_names() {
        check("Ông Han Mi-rae nói.", &[("Han Mi", Kind::Per, 9)], &[("Han Mi-rae", Kind::Per)]);
        check("Han Mi - Bora", &[("Han Mi", Kind::Per, 9)], &[("Han Mi", Kind::Per)]);
        check("Han Mi-21 bay", &[("Han Mi", Kind::Per, 9)], &[("Han Mi", Kind::Per)]);
        check(
            "Han Mi-Bora",
            &[("Han Mi", Kind::Per, 9), ("Bora", Kind::Per, 9)],
            &[("Han Mi", Kind::Per), ("Bora", Kind::Per)],
        );
        check("Ông Han Mi-rae-", &[("Han Mi", Kind::Per, 9)], &[("Han Mi-rae", Kind::Per)]);
        check("Trạm Bora-xe", &[("Bora", Kind::Loc, 9)], &[("Bora", Kind::Loc)]);
    }

    #[test]
    fn a_string_has_one_kind_and_is_found_again() {
        let text = "Sở Muối họp. Hôm sau Sở Muối lại họp, Sở Muốix thì không.";
        check(text, &[("Sở Muối", Kind::Org, 50)], &[("Sở Muối", Kind::Org), ("Sở Muối", Kind::Org)]);
    }

    #[test]
    fn a_noun_before_a_string_tells_its_kind() {
        let per = |name, margin| (name, Kind::Per, margin);
        let text =
            "Lạc Du cho biết tỉnh Lạc Du họp CLB Hạc Du. Hạc Du thắng. Xã Mai Du gặp Mai Du. Ngõ Lê Du xa.";
        let given = [per("Lạc Du", 200), per("Hạc Du", 90), per("Mai Du", 3000), per("Lê Du", 90)];
        let told = [
            ("Lạc Du", Kind::Loc),
            ("Lạc Du", Kind::Loc),
            ("Hạc Du", Kind::Org),
            ("Hạc Du", Kind::Org),
            ("Mai Du", Kind::Per),
            ("Mai Du", Kind::Per),
            ("Lê Du", Kind::Per),
        ];
        check(text, &given, &told);
        // Two places of one noun; but a place and a person where the noun is said of one.
        for (text, kind) in [
            ("Ở hai thôn Chàm Du và Bãi Du.", Kind::Loc),
            ("Ở 2 thôn Chàm Du và Bãi Du.", Kind::Loc),
            ("Ở thôn Chàm Du và Bãi Du.", Kind::Per),
        ] {
            let given = [("Chàm Du", Kind::Loc, 90), per("Bãi Du", 200)];
            check(text, &given, &[("Chàm Du", Kind::Loc), ("Bãi Du", kind)]);
        }
        let text = "Ba thôn Chàm Du, Bãi Du và Lở Du bị ngập; Bãi Du kêu cứu.";
        let given = [("Chàm Du", Kind::Loc, 90), per("Bãi Du", 90), ("Lở Du", Kind::Loc, 90)];
        let told = ["Chàm Du", "Bãi Du", "Lở Du", "Bãi Du"].map(|name| (name, Kind::Loc));
        check(text, &given, &told);
    }

    #[test]
    fn brackets_define_short_forms() {
        let text = "Ban Quản lý Bến (BQLB) họp. BQLB nói. Bộ Thuỷ lợi và Bến bãi (TL&BB) thì không; TL&BB im. Sở Đò (ABC)";
        let given = [
            ("Ban Quản lý Bến", Kind::Org, 9),
            ("BQLB", Kind::Misc, 90),
            ("Bộ Thuỷ lợi và Bến bãi", Kind::Org, 9),
        ];
        let org = |name| (name, Kind::Org);
        let expect = ["Ban Quản lý Bến", "BQLB", "BQLB", "Bộ Thuỷ lợi và Bến bãi", "TL&BB", "TL&BB"].map(org);
        check(text, &given, &expect);
        let text = "Công ty Vận tải Trầm Du (Trầm Du) họp. Trầm Du lãi.";
        let given = [("Công ty Vận tải Trầm Du", Kind::Org, 9)];
        let mut mentions: Vec<Mention> = given.iter().map(|(n, k, m)| mention(text, n, *k, *m)).collect();
        let start = text.find("(Trầm").expect("the name") as u32 + 1;
        let end = start + "Trầm Du".len() as u32;
        mentions.push(Mention { start, end, kind: Kind::Per, evidence: Evidence::Model(170) });
        settle(text, &mut mentions);
        assert!(mentions.len() == 3 && mentions.iter().all(|m| m.kind == Kind::Org), "{mentions:?}");
        let person = [("Ban Quản Lâm", Kind::Per, 9)];
        check("Ban Quản Lâm (BQL)", &person, &[("Ban Quản Lâm", Kind::Per)]);
    }

    #[test]
    fn a_body_with_a_sign_on_the_exchange_is_no_person() {
        let text = "Thép Hà Du (HDT) tăng, HDT chốt phiên.";
        let given = [("Hà Du", Kind::Per, 90), ("HDT", Kind::Org, 90)];
        check(text, &given, &[("Thép Hà Du", Kind::Org), ("HDT", Kind::Org)]);
        // A player with his club in brackets; a word that begins no name.
        let player = [("Vinh Du", Kind::Per, 90), ("SLC", Kind::Org, 90)];
        check("Thủ môn Vinh Du (SLC)", &player, &[("Vinh Du", Kind::Per), ("SLC", Kind::Org)]);
        let given = [("Hà Du", Kind::Per, 90), ("HDT", Kind::Org, 90)];
        check("thép Hà Du (HDT)", &given, &[("Hà Du", Kind::Per), ("HDT", Kind::Org)]);
    }

    #[test]
    fn who_is_called_by_the_family_name_is_a_person_in_full() {
        let text = "Harro Bexley ghi bàn, Bexley mừng.";
        let misc = ("Harro Bexley", Kind::Misc, 300);
        for (margin, other, kind) in
            [(600, "", Kind::Per), (100, "", Kind::Misc), (600, " Bexley Mirrow", Kind::Misc)]
        {
            let text = [text, other].concat();
            let start = text.rfind("Bexley mừng").expect("the name") as u32;
            let short = Mention { start, end: start + 6, kind: Kind::Per, evidence: Evidence::Model(margin) };
            let mut mentions = vec![mention(&text, misc.0, misc.1, misc.2), short];
            if !other.is_empty() {
                mentions.push(mention(&text, other.trim(), Kind::Per, 900));
            }
            settle(&text, &mut mentions);
            assert_eq!((surface(&text, &mentions[0]), mentions[0].kind), (misc.0, kind), "{margin} {other}");
        }
    }

    #[test]
    fn a_longer_name_keeps_its_parts() {
        let text = "Bến Đò Lạc và Bến Đò Lạc Hạ";
        let given = [("Bến Đò Lạc Hạ", Kind::Loc, 9), ("Bến Đò Lạc", Kind::Loc, 9)];
        check(text, &given, &[("Bến Đò Lạc", Kind::Loc), ("Bến Đò Lạc Hạ", Kind::Loc)]);
    }
}
