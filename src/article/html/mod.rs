//! HTML pages: what the page is about by `dom_smoothie` (a port of Readability), and around it our own rules.
//!
//! Owns: the way from a page to an [`Article`]: title, lead, blocks with their pictures, what was left out.
//! Refuses: scripts, styles, addresses on the network (nothing is fetched), lists of headlines (they are no article).
//! Tests: `tests/it/pages.rs`.

mod blocks;
mod guard;
mod meta;
mod page;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::address::resolve_links;
use super::cues::{CueRole, cues};
use super::dateline::stated;
use super::dump;
use super::lang::detect;
use super::model::{Article, Block, BlockKind, Picture, Role, SetAside, Stress, StressKind, without_bold};
use meta::Meta;
use page::{Visible, same};

/// Letters of a line that may be a credit or furniture.
const SHORT: usize = 80;

/// The text of a paragraph in HTML, and what it sets off; `None` for anything else.
pub(super) fn paragraph(html: &str) -> Option<(String, Vec<Stress>)> {
    let lower = html.to_ascii_lowercase();
    let opens = lower.starts_with("<p>") || lower.starts_with("<p ");
    // What a page hides would be lost.
    if !opens || ["<script", "<style", "<!--", "<iframe"].iter().any(|t| lower.contains(t)) {
        return None;
    }
    let mut found = blocks::read(&Document::fragment(html));
    let alone = found.len() == 1 && found[0].0.kind == BlockKind::Paragraph && found[0].1.is_none();
    let block = found.pop().filter(|_| alone)?.0;
    Some((block.text, block.stress))
}

/// What a tag within a line does to its words.
pub(super) enum Inline {
    /// It sets off what follows, and says where that leads.
    Begins(StressKind, Option<Box<str>>),
    /// What was set off ends.
    Ends(StressKind),
    /// The line ends.
    Break,
}

/// The tag within a line of another format; `None` for one that does nothing to its words.
pub(super) fn inline(tag: &str) -> Option<Inline> {
    if let Some(rest) = tag.trim().strip_prefix("</") {
        let name = rest.trim_end_matches('>').trim().to_ascii_lowercase();
        return blocks::set_off(&name).map(Inline::Ends);
    }
    let doc = Document::fragment(tag);
    let node = doc.root().descendants_it().find(|n| n.is_element() && !n.has_name("html"))?;
    let name = node.node_name()?;
    match blocks::set_off(&name) {
        Some(kind) => Some(Inline::Begins(kind, page::lead(&node))),
        None => (&*name == "br").then_some(Inline::Break),
    }
}

/// Reads a page. Of one that is larger than any article only the beginning is read, which is a problem.
pub(super) fn parse(text: &str) -> Article {
    let mut article = Article::default();
    let page = guard::within_bounds(text, &mut article.problems);
    let doc = Document::from(page.as_str());
    let visible = page::visible(&doc);
    let meta = Meta::of(&doc, &visible);
    let lines = visible.iter().filter(|v| !v.link).map(|v| v.text.as_str());
    article.lang = meta.lang.unwrap_or_else(|| detect(lines.take(80)));
    let mut found = content(doc);
    found.retain(|(block, _)| !same(&block.text, meta.title.as_deref().unwrap_or_default()));
    found.retain(|(block, _)| !is_furniture(block, &mut article));
    if let Some((lead, stress)) = take_lead(&meta, &visible, &mut found) {
        (article.lead, article.lead_stress) = (Some(lead), stress);
    }
    let news = meta.news;
    described(meta, &mut article);
    credit_below(&mut found, &mut article);
    for (n, (block, picture)) in found.into_iter().enumerate() {
        article.pictures.extend(picture.map(|address| Picture { block: n as u32, address }));
        article.blocks.push(block);
    }
    dump::outlet_tag(&mut article);
    resolve_links(&mut article);
    set_aside(&visible, &mut article);
    if !news && page::is_list(article.blocks.iter().map(|b| b.text.as_str()), &visible) {
        list_of_headlines(&mut article);
    }
    article.note_if_empty();
    article
}

/// Blocks of the page's content and the address of the picture of each.
type Found = Vec<(Block, Option<String>)>;

fn content(doc: Document) -> Found {
    // Classes tell captions.
    let config = Config { keep_classes: true, ..Config::default() };
    let parsed = Readability::with_document(doc, None, Some(config)).and_then(|mut r| r.parse());
    parsed.map(|found| blocks::read(&Document::fragment(found.content))).unwrap_or_default()
}

/// The summary: the description that the page states, where the page also shows it, else a first block that says so.
fn take_lead(meta: &Meta, visible: &[Visible], found: &mut Found) -> Option<(String, Vec<Stress>)> {
    let mut lines = visible.iter().filter(|v| !v.link);
    let said = meta.description.as_deref();
    let shown = said.and_then(|said| lines.clone().find(|v| page::tells(&v.text, said)));
    let shown = shown.or_else(|| lines.find(|v| v.said.lead))?;
    // Where a line of the body says it, that line is the lead only if it opens the body.
    match found.iter().position(|(b, _)| same(&b.text, &shown.text)) {
        None => Some((shown.text.clone(), shown.leads.clone())),
        Some(at) if found[..at].iter().all(|(b, _)| !b.kind.is_text()) => {
            let (block, _) = found.remove(at);
            Some((block.text, without_bold(block.stress)))
        }
        Some(_) => None,
    }
}

/// What the page states about itself.
fn described(meta: Meta, article: &mut Article) {
    article.title = meta.title;
    article.published = meta.published;
    article.source = meta.site;
    article.authors = meta.authors;
    article.url = meta.url;
}

/// A line of the page that came along: the date goes to the credits, the rest is nothing of the article.
fn is_furniture(block: &Block, article: &mut Article) -> bool {
    let short = block.text.chars().count() <= SHORT;
    if short && stated(&block.text, block.line).is_some_and(|f| f.range.len() * 2 > block.text.len()) {
        article.credits.push(SetAside { role: Role::Date, text: block.text.clone(), line: block.line });
        return true;
    }
    let cues = cues(&block.text);
    short && (cues.sure(CueRole::Boilerplate) || cues.sure(CueRole::Related))
}

/// A last line that names the author leaves the body.
fn credit_below(found: &mut Found, article: &mut Article) {
    let Some(last) = found.last().map(|(block, _)| block) else { return };
    let names = meta::people(&last.text);
    let short = last.text.chars().count() <= SHORT;
    let known = article.authors.is_empty() || names.iter().all(|n| article.authors.contains(n));
    if !short || names.is_empty() || !known {
        return;
    }
    let credit = SetAside { role: Role::Byline, text: last.text.clone(), line: last.line };
    found.pop();
    article.credits.push(credit);
    if article.authors.is_empty() {
        article.authors = names;
    }
}

/// All that the page shows and the article does not.
fn set_aside(visible: &[Visible], article: &mut Article) {
    let told: Vec<String> = article
        .blocks
        .iter()
        .map(|b| b.text.as_str())
        .chain(article.title.as_deref())
        .chain(article.lead.as_deref())
        .chain(article.credits.iter().map(|c| c.text.as_str()))
        .map(page::key)
        .collect();
    let body = told.join("\n");
    for (n, line) in visible.iter().enumerate() {
        if body.contains(&page::key(&line.text)) {
            continue;
        }
        let role = if line.link { Role::Related } else { Role::Boilerplate };
        article.set_aside.push(SetAside { role, text: line.text.clone(), line: n as u32 + 1 });
    }
}

/// Headlines that lead elsewhere are no text of this page.
fn list_of_headlines(article: &mut Article) {
    let blocks = std::mem::take(&mut article.blocks);
    let aside = |b: Block| SetAside { role: Role::Related, text: b.text, line: b.line };
    article.set_aside.extend(blocks.into_iter().map(aside));
    article.lead = None;
    article.lead_stress.clear();
    article.pictures.clear();
}
