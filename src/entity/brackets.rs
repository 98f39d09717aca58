//! Layer 3: a full name and its short form side by side in an article: `Full name (ABBR)`, `ABBR (full name)`,
//! `full name, gọi tắt là ABBR`.

use super::key::initial;
use super::local::{Local, LocalName, text_of};
use super::model::{Kind, Names, Rule};
use super::tables::tables;
use crate::article::Plain;

/// Joins the pairs that stand side by side.
pub fn join(plain: &Plain, names: &Names, local: &mut Local) {
    for (n, pair) in names.mentions.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if first.kind != second.kind {
            continue;
        }
        let (Some(between), Some(after)) = (
            plain.text.get(first.end as usize..second.start as usize),
            plain.text.get(second.end as usize..),
        ) else {
            continue;
        };
        if !(is_bracket(between, after) || is_said(between)) {
            continue;
        }
        let (Some(&a), Some(&b)) = (local.of.get(n), local.of.get(n + 1)) else { continue };
        let Some((full, short)) = full_and_short(local, a, b, after.starts_with(')')) else { continue };
        let why = format!("{} ({})", text_of(plain, first), text_of(plain, second));
        match (local.names[full as usize].row, local.names[short as usize].row) {
            (_, None) => local.join(short, local.root(full), Rule::Abbreviation, why),
            // The table knows the short form; the article's meaning wins where the letters bear it out.
            (None, Some(_)) if is_own_meaning(local, full, short) => {
                local.join(short, full, Rule::Abbreviation, why);
            }
            // Anything else may be another body with the same letters, or a name that was cut short: left apart.
            (_, Some(_)) => {}
        }
    }
}

/// The letters are this full name's initials, and the article has no other spelling of what the table takes them for.
fn is_own_meaning(local: &Local, full: u32, short: u32) -> bool {
    let (full, short) = (&local.names[full as usize], &local.names[short as usize]);
    short.forms.len() == 1 && fits(&short.forms[0].concat(), &full.forms)
}

fn is_bracket(between: &str, after: &str) -> bool {
    matches!(between.trim_end(), " (" | "(" | " [" | "  (") && after.starts_with([')', ']', ',', ';', ' '])
}

fn is_said(between: &str) -> bool {
    if between.len() > 40 || between.contains('\n') {
        return false;
    }
    let said = between.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    tables().rules.short_for.contains(&said)
}

/// Which of two names is the full one; `None` when neither is plainly short for the other.
fn full_and_short(local: &Local, a: u32, b: u32, alone: bool) -> Option<(u32, u32)> {
    let (first, second) = (local.names.get(a as usize)?, local.names.get(b as usize)?);
    match (first.acronym, second.acronym) {
        _ if first.kind == Kind::Per => {
            transliterated(first, second).filter(|_| alone).map(|in_order| ordered(in_order, a, b))
        }
        (false, true) if is_short_for(second, first) => Some((a, b)),
        (true, false) if is_short_for(first, second) => Some((b, a)),
        (false, false) if alone && first.kind != Kind::Loc => {
            foreign_pair(first, second).map(|in_order| ordered(in_order, a, b))
        }
        _ => None,
    }
}

fn ordered(in_order: bool, a: u32, b: u32) -> (u32, u32) {
    if in_order { (a, b) } else { (b, a) }
}

/// A Vietnamese short form has the initials of its full name. A foreign one (`KCNA`) need not, for the full name is a
/// translation; but the full name of a place must.
fn is_short_for(short: &LocalName, full: &LocalName) -> bool {
    let letters = short.forms[0].concat();
    let several = full.forms.iter().any(|f| f.len() >= 2);
    let foreign = letters.is_ascii() && full.kind != Kind::Loc && several;
    foreign || fits(&letters, &full.forms) || fits(&short.key, &full.forms) || is_without_class(short, full)
}

/// The class word of the full name is left out in the short form, or the short form is written out and ends the full name:
/// `Bộ Giáo dục và Đào tạo (GD&ĐT)`.
fn is_without_class(short: &LocalName, full: &LocalName) -> bool {
    let rest: Vec<Vec<String>> = full.forms.iter().filter(|f| f.len() > 2).map(|f| f[1..].to_vec()).collect();
    full.kind == Kind::Org
        && (fits(&short.forms[0].concat(), &rest)
            || short.forms.iter().any(|s| s.len() > 1 && rest.iter().any(|f| f.ends_with(s))))
}

fn is_foreign(name: &LocalName) -> bool {
    name.forms.iter().all(|f| f.iter().all(|w| w.is_ascii()))
}

/// A translated name and the foreign one in brackets: one in ASCII, the other not, both of several words.
/// True: the first is the translation.
fn foreign_pair(first: &LocalName, second: &LocalName) -> Option<bool> {
    let several = |n: &LocalName| n.forms.iter().any(|f| f.len() >= 2);
    let fit = is_foreign(first) != is_foreign(second) && several(first) && several(second);
    fit.then(|| is_foreign(second))
}

/// A Chinese name in Vietnamese reading and in Latin letters: `Mạnh Kiến Trụ (Meng Jianzhu)`. One of the foreign words
/// must start like the family name: actors and their parts stand side by side in brackets too.
fn transliterated(first: &LocalName, second: &LocalName) -> Option<bool> {
    let in_order = foreign_pair(first, second)?;
    let (read, foreign) = if in_order { (first, second) } else { (second, first) };
    let family = read.forms[0].first()?;
    let alike = foreign.forms[0].iter().any(|w| initial(w) == initial(family));
    (alike && tables().rules.chinese.contains(family)).then_some(in_order)
}

/// The letters of `acronym` are the initials of one of the forms; a few little words may be passed over.
pub fn fits(acronym: &str, forms: &[impl AsRef<[String]>]) -> bool {
    forms.iter().map(AsRef::as_ref).any(|form| {
        let mut initials = form.iter().filter_map(|w| initial(w)).peekable();
        let letters = acronym.chars().filter(|c| c.is_alphabetic() && !super::key::is_tone(*c));
        let mut passed = 0;
        for letter in letters {
            loop {
                match initials.next() {
                    None => return false,
                    Some(i) if i == letter => break,
                    Some(_) => passed += 1,
                }
            }
        }
        initials.count() + passed <= form.len() / 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::key::Words;

    #[test]
    fn initials() {
        for (acronym, full, expect) in [
            ("SLNA", "Sông Lam Nghệ An", true),
            ("ĐBSCL", "Đồng bằng sông Cửu Long", true),
            ("HVKTQS", "Học viện Kỹ thuật Quân sự", true),
            ("KCNA", "Hãng thông tấn Trung ương Triều Tiên", false),
            ("BNV", "Bộ Ngoại giao", false),
        ] {
            let key = Words::of(acronym).joined();
            assert_eq!(fits(&key, &[Words::of(full).words]), expect, "{acronym} {full}");
        }
    }
}
