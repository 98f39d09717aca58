//! Addresses to which words of an article lead.
//!
//! Owns: what of an `href` is kept, and what it means on the page on which it stands; addresses that stand in the text themselves.
//! Refuses: to fetch anything; other schemes than those of the web and of letters, which could start programs. Tests: at the foot.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::model::{Article, BlockKind, Stress, StressKind};

/// Words lead to whole addresses, or they are no links: what counts from the page is worked out where its own address is known.
pub(super) fn resolve_links(article: &mut Article) {
    let base = article.url.as_deref();
    let blocks = article.blocks.iter_mut().map(|b| &mut b.stress);
    for all in blocks.chain([&mut article.lead_stress]) {
        all.retain_mut(|stress| {
            if stress.kind != StressKind::Link {
                return true;
            }
            let whole = stress.to.as_deref().and_then(|to| resolve(to, base));
            stress.to = whole.map(String::into_boxed_str);
            stress.to.is_some()
        });
    }
}

/// An address in the text leads to itself, where nothing else was said of its words.
pub(super) fn link_bare(article: &mut Article) {
    // A picture without caption may have its address for a text.
    let said = article.blocks.iter_mut().filter(|b| b.kind != BlockKind::Image);
    let blocks = said.map(|b| (b.text.as_str(), &mut b.stress));
    let lead = article.lead.as_deref().map(|lead| (lead, &mut article.lead_stress));
    for (text, all) in blocks.chain(lead) {
        let links = all.iter().filter(|s| s.kind == StressKind::Link).map(|s| s.range.clone());
        let links: Vec<_> = links.collect();
        for (range, to) in bare(text) {
            if links.iter().all(|l| l.end <= range.start || range.end <= l.start) {
                all.push(Stress { kind: StressKind::Link, range, to: Some(to.into_boxed_str()) });
            }
        }
        if all.len() > links.len() {
            all.sort_by_key(|s| s.range.end);
        }
    }
}

/// How addresses begin that are written out, as patterns say it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// All up to where an address can end at the latest.
    address: String,
    /// Signs at its end that belong to the sentence.
    behind: String,
    /// Brackets that belong to it only where they are opened in it.
    brackets: Vec<(char, char)>,
}

static WRITTEN: LazyLock<(Regex, Written)> = LazyLock::new(|| {
    let written: Written =
        toml::from_str(include_str!("../../assets/lines/address.toml")).expect("our own file");
    (Regex::new(&written.address).expect("our own pattern"), written)
});

/// Addresses of the web in a text, and where each leads.
fn bare(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    // Most texts have none: two searches that are quick.
    if memmem::find(bytes, b"://").is_none() && !bytes.windows(4).any(|w| w.eq_ignore_ascii_case(b"www.")) {
        return Vec::new();
    }
    let (pattern, written) = &*WRITTEN;
    let found = pattern.find_iter(text).filter_map(|m| {
        let before = text[..m.start()].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "./@-_".contains(c)) {
            return None;
        }
        let address = without_sentence(m.as_str(), written);
        let whole = match scheme(address) {
            Some(_) => address.to_owned(),
            None => format!("http://{address}"),
        };
        // The name of a site has parts.
        let host = whole.split("//").nth(1)?.split(['/', '?', '#']).next()?;
        let named = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
        (named && leads(&whole)).then(|| (m.start()..m.start() + address.len(), whole))
    });
    found.collect()
}

/// An address without the signs behind it that are its sentence's.
fn without_sentence<'t>(mut address: &'t str, written: &Written) -> &'t str {
    while let Some(last) = address.chars().next_back() {
        let count = |sign: char| address.matches(sign).count();
        let alone = written.brackets.iter().any(|(open, close)| last == *close && count(*open) < count(last));
        if !alone && !written.behind.contains(last) {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

/// A whole address of the web or of a letter; `None` for any other.
pub(super) fn resolve(address: &str, base: Option<&str>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') || address.contains(char::is_control) {
        return None;
    }
    let whole = match scheme(address) {
        Some(scheme) if is_kept(scheme) => address.to_owned(),
        Some(_) => return None,
        None => beside(address, base?)?,
    };
    Some(whole.replace(' ', "%20")).filter(|whole| leads(whole) && !whole.contains(char::is_whitespace))
}

/// The scheme of an address that has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(fits)).then_some(scheme)
}

fn is_kept(scheme: &str) -> bool {
    ["http", "https", "mailto"].iter().any(|kept| scheme.eq_ignore_ascii_case(kept))
}

/// There is something behind the scheme.
fn leads(whole: &str) -> bool {
    whole.split_once(':').is_some_and(|(_, rest)| !rest.trim_start_matches('/').is_empty())
}

/// An address that counts from the page at `base`.
fn beside(address: &str, base: &str) -> Option<String> {
    let scheme = scheme(base).filter(|s| is_kept(s) && !s.eq_ignore_ascii_case("mailto"))?;
    let rest = base.get(scheme.len() + 1..)?.strip_prefix("//")?;
    if address.starts_with("//") {
        return Some(format!("{scheme}:{address}"));
    }
    let page = rest.split(['?', '#']).next()?;
    let (host, path) = page.find('/').map_or((page, "/"), |at| page.split_at(at));
    let (way, behind) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let way = match way {
        "" => path.to_owned(),
        way if way.starts_with('/') => way.to_owned(),
        way => format!("{}{way}", &path[..=path.rfind('/')?]),
    };
    Some(format!("{scheme}://{host}{}{behind}", without_dots(&way)))
}

/// A path without steps that stay (`.`) or lead back (`..`).
fn without_dots(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let all: Vec<&str> = path.split('/').skip(1).collect();
    for (n, step) in all.iter().enumerate() {
        let last = n + 1 == all.len();
        match *step {
            "." => {}
            ".." => drop(steps.pop()),
            step => {
                steps.push(step);
                continue;
            }
        }
        if last {
            steps.push("");
        }
    }
    format!("/{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_written_out() {
        for (text, expect) in [
            ("Xem https://a.example/b.", &[("https://a.example/b", "https://a.example/b")][..]),
            ("(xem www.a.example/c?d=1#e)", &[("www.a.example/c?d=1#e", "http://www.a.example/c?d=1#e")]),
            (
                "https://a.example/cau_(song)",
                &[("https://a.example/cau_(song)", "https://a.example/cau_(song)")],
            ),
            (
                "“https://a.example”, HTTP://B.example!",
                &[("https://a.example", "https://a.example"), ("HTTP://B.example", "HTTP://B.example")],
            ),
            (
                "https://a.example/\thai\nWWW.b.example…",
                &[("https://a.example/", "https://a.example/"), ("WWW.b.example", "http://WWW.b.example")],
            ),
            ("<https://a.example/b>", &[("https://a.example/b", "https://a.example/b")]),
            ("https:// và www. hay http://nhà ftp://a.example xhttps://a.example tin@www.a.example", &[]),
        ] {
            let found = bare(text);
            let found: Vec<_> = found.iter().map(|(r, to)| (&text[r.clone()], to.as_str())).collect();
            assert_eq!(found, expect, "{text}");
        }
    }

    #[test]
    fn addresses_are_whole_or_none() {
        let page = Some("https://lamgiang.example/thoi-su/cau-tra.html?a=1#x");
        for (address, base, expect) in [
            ("https://a.example/b", None, Some("https://a.example/b")),
            (" HTTP://a.example ", None, Some("HTTP://a.example")),
            ("mailto:toasoan@lamgiang.example", None, Some("mailto:toasoan@lamgiang.example")),
            ("https://a.example/bài hai", None, Some("https://a.example/bài%20hai")),
            ("javascript:void(0)", page, None),
            ("file:///etc/passwd", page, None),
            ("data:text/html,x", page, None),
            ("#top", page, None),
            ("", page, None),
            ("https://", page, None),
            ("a\u{7}b", page, None),
            ("khac.html", None, None),
            ("khac.html", page, Some("https://lamgiang.example/thoi-su/khac.html")),
            ("./khac.html#y", page, Some("https://lamgiang.example/thoi-su/khac.html#y")),
            ("../../kinh-te/", page, Some("https://lamgiang.example/kinh-te/")),
            ("/kinh-te?b=../c", page, Some("https://lamgiang.example/kinh-te?b=../c")),
            ("?b=2", page, Some("https://lamgiang.example/thoi-su/cau-tra.html?b=2")),
            ("//b.example/c", page, Some("https://b.example/c")),
            ("khac.html", Some("https://lamgiang.example"), Some("https://lamgiang.example/khac.html")),
            ("khac.html", Some("lamgiang.example/a"), None),
        ] {
            assert_eq!(resolve(address, base).as_deref(), expect, "{address} on {base:?}");
        }
    }
}
