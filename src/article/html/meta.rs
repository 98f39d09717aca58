//! What a page states about itself: JSON-LD, `<meta>`, and the lines whose classes say what they are.
//!
//! Owns: title, date, authors, outlet, description, address and language of a page; the first that states each is taken:
//! schema.org's `NewsArticle` (<https://schema.org/NewsArticle>), Open Graph (<https://ogp.me>), then what is visible.
//! Refuses: the text. Tests: at the foot.

use dom_query::Document;
use serde_json::Value;

use super::page::{Visible, same};
use crate::article::byline::{credit, is_person};
use crate::article::dateline::{stated, stated_on};
use crate::article::front_matter::{list as value_list, text as value_text};
use crate::article::gazetteer::{is_medium, outlet};
use crate::article::json::words;
use crate::article::model::{Dated, Lang, Precision};

/// What a page states about itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub published: Option<Dated>,
    pub authors: Vec<String>,
    pub site: Option<String>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub lang: Option<Lang>,
    /// It says that it is an article.
    pub news: bool,
}

impl Meta {
    pub fn of(doc: &Document, visible: &[Visible]) -> Self {
        let records = records(doc);
        let news = records.iter().find(|r| is_article(r));
        let ld = |key: &str| news.and_then(|n| n.get(key));
        let heads = texts(doc, "h1");
        let stated_title = ld("headline").and_then(value_text).or_else(|| content(doc, &["og:title"]));
        let site = ld("publisher").and_then(value_text).or_else(|| content(doc, &["og:site_name"]));
        let url = content(doc, &["og:url"]).or_else(|| attr(doc, "link[rel=canonical]", "href"));
        let url = url.filter(|u| u.starts_with("http"));
        // Files of one outlet say its name in many ways; its address is one.
        let known = domain(url.as_deref().unwrap_or_default()).and_then(outlet).map(str::to_owned);
        let site = known.or(site).map(|s| domain(&s).map_or(s.clone(), str::to_owned));
        let site = site.or_else(|| domain(url.as_deref()?).map(str::to_owned)).map(|s| outlet_name(&s));
        let lang = lang(doc);
        let title = title(stated_title, &heads, site.as_deref(), || words(&doc.select("title").text()));
        Self {
            published: published(doc, news, visible, lang),
            authors: authors(doc, news, visible, site.as_deref()),
            description: content(doc, &["description", "og:description"])
                .or_else(|| ld("description").and_then(value_text))
                .map(|d| words(&d)),
            title,
            site,
            url,
            lang,
            news: news.is_some(),
        }
    }
}

/// The records of JSON-LD, those in lists and graphs too.
fn records(doc: &Document) -> Vec<Value> {
    let mut out = Vec::new();
    for node in doc.select("script[type='application/ld+json']").nodes() {
        let text = node.text();
        // Editors leave line breaks in strings, which JSON forbids.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) {
            flatten(value, &mut out);
        }
    }
    out
}

fn flatten(value: Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(all) => all.into_iter().for_each(|v| flatten(v, out)),
        Value::Object(mut map) => {
            map.values_mut().for_each(unescape);
            if let Some(graph) = map.remove("@graph") {
                flatten(graph, out);
            }
            out.push(Value::Object(map));
        }
        _ => {}
    }
}

/// Editors escape what stands in JSON-LD as if it were HTML.
fn unescape(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('&') => {
            *text = Document::fragment(text.as_str()).text().to_string();
        }
        Value::Array(all) => all.iter_mut().for_each(unescape),
        Value::Object(map) => map.values_mut().for_each(unescape),
        _ => {}
    }
}

fn is_article(record: &Value) -> bool {
    let kinds = record.get("@type").map(value_list).unwrap_or_default();
    kinds.iter().any(|k| k.ends_with("Article") || k.ends_with("Posting") || k.ends_with("Report"))
}

/// The content of the first `<meta>` with one of these names.
fn content(doc: &Document, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        ["name", "property", "itemprop"].iter().find_map(|key| {
            let found = attr(doc, &format!("meta[{key}='{name}']"), "content")?;
            Some(words(&found)).filter(|t| !t.is_empty())
        })
    })
}

fn attr(doc: &Document, selector: &str, name: &str) -> Option<String> {
    doc.select(selector).nodes().iter().find_map(|n| n.attr(name)).map(|v| v.trim().to_owned())
}

fn texts(doc: &Document, selector: &str) -> Vec<String> {
    doc.select(selector).nodes().iter().map(|n| words(&n.text())).filter(|t| !t.is_empty()).collect()
}

/// The headline: the heading of the page that says what the page states, in the words that are shown; what it states
/// without the outlet's name behind a bar; the one heading there is.
fn title(
    stated: Option<String>,
    heads: &[String],
    site: Option<&str>,
    of_window: impl FnOnce() -> String,
) -> Option<String> {
    let stated = stated.map(|t| words(&t));
    if let Some(shown) = stated.as_ref().and_then(|t| heads.iter().find(|h| same(h, t))) {
        return Some(shown.clone());
    }
    if let [only] = heads
        && only.chars().count() > 12
    {
        return Some(only.clone());
    }
    let title = stated.unwrap_or_else(of_window);
    Some(without_outlet(&title, site).to_owned()).filter(|t| !t.is_empty())
}

/// `Cầu Trà mở cửa - Báo Lam Giang` without what is behind the last bar, where that names the outlet.
fn without_outlet<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let bar =
        [" | ", " - ", " – ", " — "].iter().filter_map(|bar| title.rfind(bar).map(|at| (at, bar.len())));
    let Some((at, bar)) = bar.max() else { return title };
    let name = &title[at + bar..];
    let names = site.is_some_and(|s| same(s, name)) || is_medium(name) || outlet(name).is_some();
    let domain = name.contains('.') && !name.contains(' ');
    if names || domain { &title[..at] } else { title }
}

fn published(doc: &Document, news: Option<&Value>, visible: &[Visible], lang: Option<Lang>) -> Option<Dated> {
    let read = |text: &str| stated(text, 0).map(|f| f.date);
    let ld = || news?.get("datePublished").and_then(value_text).and_then(|t| read(&t));
    let meta = || {
        let names = ["article:published_time", "pubdate", "datePublished", "publish-date", "date"];
        content(doc, &names).and_then(|t| read(&t))
    };
    let time = || attr(doc, "time[datetime]", "datetime").and_then(|t| read(&t));
    let shown = || {
        let short = |v: &&Visible| v.said.date && v.text.chars().count() < 80;
        visible.iter().filter(short).find_map(|v| stated_on(&v.text, 0, lang.unwrap_or_default()))
    };
    let timed = |d: &Dated| d.precision == Precision::Minute;
    let from_page = ld().or_else(meta).or_else(time);
    // What is stated to the machine may be the day alone where the reader is told the minute.
    match (from_page, shown().map(|f| f.date)) {
        (Some(day), Some(minute)) if !timed(&day) && timed(&minute) && day.at.date() == minute.at.date() => {
            Some(minute)
        }
        (Some(stated), _) => Some(stated),
        (None, shown) => shown,
    }
}

fn authors(doc: &Document, news: Option<&Value>, visible: &[Visible], site: Option<&str>) -> Vec<String> {
    let is_outlet = |name: &String| {
        is_medium(name)
            || outlet(name).is_some()
            || site.is_some_and(|s| same(s, name))
            || name.contains("http")
            || name.contains(".vn")
    };
    let kept = |names: Vec<String>| -> Vec<String> {
        let names = names.iter().flat_map(|n| people(n));
        names.filter(|n| !is_outlet(n)).fold(Vec::new(), |mut all, n| {
            if !all.contains(&n) {
                all.push(n);
            }
            all
        })
    };
    let ld = || news?.get("author").map(|a| kept(value_list(a)));
    let meta = || content(doc, &["author", "article:author"]).map(|a| kept(vec![a]));
    let shown = || {
        let lines = visible.iter().filter(|v| v.said.author && v.text.chars().count() <= 60);
        lines.map(|v| kept(vec![v.text.clone()])).find(|names| !names.is_empty())
    };
    let some = |names: &Vec<String>| !names.is_empty();
    ld().filter(some).or_else(|| meta().filter(some)).or_else(shown).unwrap_or_default()
}

/// The people that a credit names: `Nhật Xuân - Nghi Vũ`, `Hà Thu (tổng hợp)`, `By Ada Marsh and Tom Hill`.
pub(super) fn people(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = text.strip_prefix("Theo ").filter(|t| is_person(t)).unwrap_or(text);
    if is_pen_name(text) || is_person(text) && text.chars().any(char::is_lowercase) {
        return vec![text.to_owned()];
    }
    let parted = text.replace(" và ", ", ").replace('•', ",");
    credit(&parted, 0).authors.into_iter().filter(|n| is_person(n) || is_pen_name(n)).collect()
}

/// One capitalised word in letters: `Mây`.
fn is_pen_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase)
        && (2..=10).contains(&text.chars().count())
        && letters.all(|c| c.is_alphabetic() && c.is_lowercase())
}

fn lang(doc: &Document) -> Option<Lang> {
    let code = attr(doc, "html[lang]", "lang").or_else(|| content(doc, &["language", "og:locale"]))?;
    match code.to_lowercase().split(['-', '_']).next()? {
        "vi" => Some(Lang::Vi),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn domain(url: &str) -> Option<&str> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| h.contains('.'))
}

/// The name of an outlet as we know it, where we do.
fn outlet_name(said: &str) -> String {
    let said = words(said);
    outlet(&said).map_or_else(|| said.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_credit() {
        let check = |text: &str, expect: &[&str]| assert_eq!(people(text), expect, "{text}");
        check("Nhật Xuân - Nghi Vũ", &["Nhật Xuân", "Nghi Vũ"]);
        check("By Ada Marsh and Tom Hill", &["Ada Marsh", "Tom Hill"]);
        check("Mây", &["Mây"]);
        check("Chia sẻ", &[]);
        check("Đoạn cuối của bài nói thêm về cây cầu.", &[]);
    }

    #[test]
    fn a_title_without_its_outlet() {
        let check = |title: &str, site: Option<&str>, expect: &str| {
            assert_eq!(without_outlet(title, site), expect, "{title}");
        };
        check("Cầu Trà mở cửa - Báo Lam Giang", Some("Báo Lam Giang"), "Cầu Trà mở cửa");
        check("Cầu Trà mở cửa | lamgiang.example", None, "Cầu Trà mở cửa");
        check("Lam Giang - Hạc Giang: hai bờ một cầu", None, "Lam Giang - Hạc Giang: hai bờ một cầu");
    }

    #[test]
    fn what_a_page_states() {
        let page = r#"<html lang="vi"><head><title>x</title>
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"y"},{"@type":["NewsArticle"],
            "headline":"Cầu Trà mở cửa","datePublished":"2026-03-07T08:01:53+07:00",
            "author":[{"@type":"Person","name":"Lam Giang"}],"publisher":{"name":"Báo Lam Giang"}}]}</script>
            <meta property="og:url" content="https://lamgiang.example/cau-tra"></head>
            <body><h1>Cầu  Trà mở cửa</h1></body></html>"#;
        let meta = Meta::of(&Document::from(page), &[]);
        assert_eq!(meta.title.as_deref(), Some("Cầu Trà mở cửa"));
        assert_eq!(meta.published.map(|d| d.iso()).as_deref(), Some("2026-03-07T08:01+07:00"));
        assert_eq!(meta.authors, ["Lam Giang"]);
        assert_eq!(meta.site.as_deref(), Some("Báo Lam Giang"));
        assert_eq!(meta.url.as_deref(), Some("https://lamgiang.example/cau-tra"));
        assert_eq!(meta.lang, Some(Lang::Vi));
    }
}
