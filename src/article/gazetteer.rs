//! Agencies and outlets that the text may credit: `assets/gazetteer/{agencies,outlets}.tsv`.
//!
//! Owns: looking a name, tag or domain up. Refuses: to find names in running text beyond these tables.
//! Tests: at the foot.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

struct Table {
    agencies: FxHashMap<String, &'static str>,
    outlets: FxHashMap<String, &'static str>,
    /// Agency names in running text, longest first, as whole words.
    running: Option<Regex>,
}

/// A name as it is compared: letters and digits, small.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut agencies, mut outlets) = (FxHashMap::default(), FxHashMap::default());
    let mut written = Vec::new();
    for row in rows(include_str!("../../assets/gazetteer/agencies.tsv")) {
        let [name, others, ..] = row[..] else { continue };
        for form in std::iter::once(name).chain(others.split(';')).filter(|f| !f.is_empty()) {
            agencies.insert(key(form), name);
            written.push(form);
        }
    }
    for row in rows(include_str!("../../assets/gazetteer/outlets.tsv")) {
        let [name, others, domains, ..] = row[..] else { continue };
        for form in std::iter::once(name).chain(others.split(';')).chain(domains.split(';')) {
            if !form.is_empty() {
                outlets.entry(key(form)).or_insert(name);
            }
        }
    }
    written.sort_by_key(|f| std::cmp::Reverse(f.len()));
    let pattern: Vec<String> = written.iter().map(|f| regex::escape(f)).collect();
    // Plain literals, so that the search is a fast one; word boundaries are looked at afterwards.
    let running = Regex::new(&pattern.join("|")).ok();
    Table { agencies, outlets, running }
});

/// The agency that goes by this name.
pub(super) fn agency(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = ["hãng thông tấn ", "hãng tin ", "thông tấn xã ", "báo "]
        .iter()
        .find_map(|p| strip_prefix_folded(name, p));
    TABLE.agencies.get(&key(name)).or_else(|| TABLE.agencies.get(&key(bare?))).copied()
}

/// The outlet that goes by this name, tag or domain.
pub(super) fn outlet(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = ["báo ", "tạp chí ", "trang ", "đài ", "kênh ", "www."]
        .iter()
        .find_map(|p| strip_prefix_folded(name, p));
    TABLE.outlets.get(&key(name)).or_else(|| TABLE.outlets.get(&key(bare?))).copied()
}

/// Whether a name is that of an outlet or agency: who passes on what others say.
pub fn is_medium(name: &str) -> bool {
    agency(name).is_some() || outlet(name).is_some()
}

/// The rest of `text` after `prefix`, which is given in lower case; the first letter's case does not matter.
fn strip_prefix_folded<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for p in prefix.chars() {
        if rest.next()?.to_lowercase().next()? != p {
            return None;
        }
    }
    Some(rest.as_str())
}

/// The first agency named in a text, with its byte range. Written forms only: `AP` is one, `ap` is none.
pub(super) fn agency_in(text: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    let whole = |m: &regex::Match<'_>| {
        let before = text[..m.start()].chars().next_back();
        let after = text[m.end()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let found = TABLE.running.as_ref()?.find_iter(text).find(whole)?;
    Some((found.range(), agency(found.as_str())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tags_and_domains_lead_to_one_name() {
        let check = |name: &str, expect: Option<&str>| assert_eq!(outlet(name), expect, "{name}");
        check("VOV.VN", Some("VOV"));
        check("vov.vn", Some("VOV"));
        check("TTO", Some("Tuổi Trẻ"));
        check("báo Tuổi Trẻ", Some("Tuổi Trẻ"));
        check("VNExpress", Some("VnExpress"));
        check("Lam Giang", None);
        assert_eq!(agency("Tân Hoa Xã"), Some("Xinhua"));
        assert_eq!(agency("Hãng tin Reuters"), Some("Reuters"));
        assert_eq!(
            agency_in("Theo Hãng thông tấn Nga RIA Novosti, sáng nay").map(|a| a.1),
            Some("RIA Novosti")
        );
        assert_eq!(agency_in("bản đồ ap"), None);
    }

    #[test]
    fn every_row_has_a_source() {
        for row in rows(include_str!("../../assets/gazetteer/agencies.tsv")) {
            assert!(row.len() == 3 && !row[2].is_empty(), "{row:?}");
        }
        for row in rows(include_str!("../../assets/gazetteer/outlets.tsv")) {
            assert!(row.len() == 4 && !row[3].is_empty(), "{row:?}");
        }
    }
}
