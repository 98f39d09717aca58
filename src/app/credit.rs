//! Who an article is by: outlets, and credits that the line of facts over it tells already.
//!
//! Owns: how an outlet and whom it has the text from are told, which credits say nothing more. Refuses: the line of facts itself (`page`). Tests: at the foot.

use crate::article::{Article, Basis, Role};
use crate::library::{ArticleIx, Entry, Snapshot};

/// Between who put a copy out and the outlet that its text credits.
const FROM: &str = " ← ";

/// Who put this copy out, and whom its text credits where that is another.
pub fn outlets(entry: &Entry) -> String {
    let site = entry.publisher().unwrap_or_default();
    match entry.outlet() {
        Some(source) if source != site => format!("{site}{FROM}{source}"),
        _ => site.to_owned(),
    }
}

/// Where there is room for one: who put it out, of a reprint that stands beside its original; else the outlet that the text credits.
pub fn outlet(snapshot: &Snapshot, article: ArticleIx) -> Option<&str> {
    let entry = snapshot.entry(article)?;
    if snapshot.is_reprint(article) { entry.publisher() } else { entry.outlet() }
}

/// A line that only states the date of publication, the authors or the outlet's tag: they stand in the line of facts above it.
pub(super) fn told_above(article: &Article, credit: usize) -> bool {
    let Some(credit) = article.credits.get(credit) else { return false };
    let stated = article.published.as_ref().filter(|d| d.basis == Basis::Stated);
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let is_author = |name: &str| article.authors.iter().any(|a| same(a, name));
    let is_outlet =
        |name: &str| [&article.source, &article.site].into_iter().flatten().any(|s| same(s, name));
    let text = without_label(credit.role, &credit.text);
    match credit.role {
        Role::Date => stated.is_some_and(|d| d.line == credit.line),
        Role::Tag => true,
        Role::Byline => is_outlet(text) || text.split([',', '-', '–', '/', '&']).all(is_author),
        Role::Source => is_outlet(text),
        _ => false,
    }
}

/// Words before a name that the line of facts makes needless, by role.
const LABELS: &str = include_str!("../../assets/text/credit_labels.tsv");

/// A credit without the word before its name: `By Ann Lee`, `Nguồn: …`.
fn without_label(role: Role, text: &str) -> &str {
    let text = text.trim();
    let rows = LABELS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let of_role = rows.filter(|row| match role {
        Role::Byline => row.0 == "byline",
        Role::Source => row.0 == "source",
        _ => false,
    });
    let label = of_role.map(|row| row.1).filter(|label| {
        let (head, rest) = (text.get(..label.len()), text.get(label.len()..).unwrap_or_default());
        head.is_some_and(|h| h.to_lowercase() == label.to_lowercase()) && rest.starts_with([' ', ':'])
    });
    // The longest, as one may begin another.
    let cut = label.map(str::len).max().unwrap_or(0);
    text[cut..].trim_start_matches([' ', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::SetAside;

    #[test]
    fn what_the_facts_say_is_not_said_again() {
        let check = |role: Role, text: &str, expect: bool| {
            let article = Article {
                authors: vec!["Lê Na".to_owned(), "Trần An".to_owned()],
                source: Some("Hà Vân Báo".to_owned()),
                credits: vec![SetAside { role, text: text.to_owned(), line: 3 }],
                ..Article::default()
            };
            assert_eq!(told_above(&article, 0), expect, "{text}");
        };
        check(Role::Tag, "(HVB) -", true);
        check(Role::Byline, "LÊ NA - Trần An", true);
        check(Role::Byline, "Lê Na (biên dịch)", false);
        check(Role::Byline, "Theo Lê Na", false);
        check(Role::Byline, "By Lê Na", true);
        check(Role::Byline, "Tác giả: Lê Na - Trần An", true);
        check(Role::Byline, "Bài và ảnh: Lê Na", false);
        check(Role::Byline, "Byron Lê Na", false);
        check(Role::Byline, "Hà Vân Báo", true);
        check(Role::Source, "Lê Na", false);
        check(Role::Source, "Hà Vân Báo", true);
        check(Role::Source, "Theo Hà Vân Báo", true);
        check(Role::Source, "Nguồn: HÀ VÂN BÁO", true);
        check(Role::Source, "Theo Bến Bờ", false);
        check(Role::Date, "07/03/2026", false);
    }
}
