//! Addresses to which words of an article lead.
//!
//! Owns: what of an `href` is kept, and what it means on the page on which it stands. Refuses: to fetch anything; other schemes than
//! those of the web and of letters, which could start programs. Tests: at the foot.

use super::model::{Article, StressKind};

/// Words lead to whole addresses, or they are no links: what counts from the page is worked out where its own address is known.
pub(super) fn resolve_links(article: &mut Article) {
    let base = article.url.as_deref();
    for block in &mut article.blocks {
        block.stress.retain_mut(|stress| {
            if stress.kind != StressKind::Link {
                return true;
            }
            let whole = stress.to.as_deref().and_then(|to| resolve(to, base));
            stress.to = whole.map(String::into_boxed_str);
            stress.to.is_some()
        });
    }
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
