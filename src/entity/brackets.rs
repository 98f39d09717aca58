//! Layer 3: a full name and its short form side by side in an article: `Full name (ABBR)`, `ABBR (full name)`,
//! `full name, gọi tắt là ABBR`.

use super::key::initial;
use super::local::{Local, text_of};
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
        let Some((full, short)) = full_and_short(local, a, b) else { continue };
        if local.names[short as usize].row.is_some() {
            continue;
        }
        let why = format!("{} ({})", text_of(plain, first), text_of(plain, second));
        local.join(short, local.root(full), Rule::Abbreviation, why);
    }
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
fn full_and_short(local: &Local, a: u32, b: u32) -> Option<(u32, u32)> {
    let (first, second) = (local.names.get(a as usize)?, local.names.get(b as usize)?);
    let words = |n: &super::local::LocalName| n.forms.iter().map(Vec::len).max().unwrap_or(0);
    if first.kind == Kind::Per {
        return foreign_pair(local, a, b);
    }
    match (first.acronym, second.acronym) {
        (false, true) if words(first) >= 2 || fits(&second.key, &first.forms) => Some((a, b)),
        (true, false) if words(second) >= 2 || fits(&first.key, &second.forms) => Some((b, a)),
        (false, false) if first.kind != Kind::Loc => foreign_pair(local, a, b),
        _ => None,
    }
}

/// A translated name and the foreign one in brackets: one in ASCII, the other not, both of several words.
fn foreign_pair(local: &Local, a: u32, b: u32) -> Option<(u32, u32)> {
    let foreign = |n: u32| local.names[n as usize].forms.iter().all(|f| f.iter().all(|w| w.is_ascii()));
    let several = |n: u32| local.names[n as usize].forms.iter().any(|f| f.len() >= 2);
    (foreign(a) != foreign(b) && several(a) && several(b)).then_some((a, b))
}

/// The letters of `acronym` are the initials of one of the forms; a few little words may be passed over.
pub fn fits(acronym: &str, forms: &[Vec<String>]) -> bool {
    forms.iter().any(|form| {
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
