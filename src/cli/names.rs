//! `diembao names`: who and what is named, with the spellings that were joined.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::articles::{Articles, Need};
use super::out::{Out, one_line, said, words};
use super::{Exit, args};
use crate::app::words::rule;
use crate::article::Lang;
use crate::entity::{Entity, EntityIx, Rule, grounds};
use crate::library::Field;
use crate::library::entities_called;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    variants: Vec<Variant<'a>>,
    articles: u32,
    mentions: u32,
    open: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<Vec<Ground>>,
}

#[derive(Serialize)]
struct Variant<'a> {
    text: &'a str,
    count: u32,
    rule: &'static str,
    #[serde(skip)]
    joined_by: Rule,
    why: &'a str,
}

impl Variant<'_> {
    /// What joined it: the word that objects have, or that of the screen where this is in another language.
    fn told(&self) -> &'static str {
        if crate::run::lang() == crate::app::Lang::En { self.rule } else { words().get(rule(self.joined_by)) }
    }
}

/// What the mentions of a spelling rest on.
#[derive(Serialize)]
struct Ground {
    text: String,
    model: u32,
    margins: Option<[f32; 2]>,
    table: u32,
    repetition: u32,
    definition: u32,
    less_sure: u32,
}

#[derive(Serialize)]
struct Mention<'a> {
    article: &'a str,
    path: String,
    start: u32,
    end: u32,
    text: &'a str,
    kind: &'static str,
    entity: Option<&'a str>,
    evidence: &'static str,
    margin: Option<f32>,
    sure: bool,
}

/// Runs the command.
pub fn run(args: &args::Names, out: &mut Out) -> anyhow::Result<Exit> {
    if let Some(change) = &args.change {
        return super::repair::run(change, out);
    }
    let articles = Articles::load(&args.from, Need::Names)?;
    let found = if args.mentions {
        mentions(&articles, args.json, out)?
    } else if let Some(name) = &args.why {
        why(&articles, name, args.json, out)?
    } else {
        let counts = counts(&articles);
        let names = chosen(&articles, &counts);
        print(&names, args.json, out)?
    };
    Ok(articles.finish(found))
}

/// Articles, mentions and mentions by spelling of an entity in the chosen articles.
#[derive(Default)]
struct Count {
    articles: u32,
    mentions: u32,
    spellings: FxHashMap<String, u32>,
}

fn counts(articles: &Articles) -> FxHashMap<EntityIx, Count> {
    let mut out: FxHashMap<EntityIx, Count> = FxHashMap::default();
    for ix in articles.chosen.iter().copied() {
        let Some(read) = articles.snapshot.read(ix) else { continue };
        for entity in articles.snapshot.index.entities(ix) {
            out.entry(entity).or_default().articles += 1;
        }
        let of = articles.snapshot.entities.of(ix.0 as usize);
        let spans = read.names.as_ref().map_or(&[][..], |n| n.mentions.as_slice());
        for (span, entity) in spans.iter().zip(of.iter()) {
            let count = out.entry(*entity).or_default();
            count.mentions += 1;
            if let Some(text) = read.plain.text.get(span.start as usize..span.end as usize) {
                match count.spellings.get_mut(text) {
                    Some(n) => *n += 1,
                    None => _ = count.spellings.insert(text.to_owned(), 1),
                }
            }
        }
    }
    out
}

/// The entities of the chosen articles, those in most articles first.
fn chosen<'a>(articles: &'a Articles, counts: &FxHashMap<EntityIx, Count>) -> Vec<Row<'a>> {
    let mut names: Vec<Row<'a>> = counts
        .iter()
        .filter_map(|(ix, count)| Some(name(articles.snapshot.entities.get(*ix)?, count)))
        .collect();
    names.sort_by(|a, b| (b.articles, b.mentions, a.name, a.id).cmp(&(a.articles, a.mentions, b.name, b.id)));
    names
}

fn name<'a>(entity: &'a Entity, count: &Count) -> Row<'a> {
    // The spelling of a mention may differ from its variant in blanks; a variant that no mention matches letter by letter
    // keeps its own count only where every article is chosen.
    let whole = count.mentions == entity.mentions;
    let mut variants: Vec<Variant<'a>> = entity
        .variants
        .iter()
        .map(|v| {
            let count =
                if whole { v.count } else { count.spellings.get(v.text.as_str()).copied().unwrap_or(0) };
            Variant { text: &v.text, count, rule: v.rule.name(), joined_by: v.rule, why: &v.why }
        })
        .filter(|v| v.count > 0)
        .collect();
    variants.sort_by_key(|v| std::cmp::Reverse(v.count));
    Row {
        id: &entity.id,
        kind: entity.kind.name(),
        name: &entity.name,
        variants,
        articles: count.articles,
        mentions: count.mentions,
        open: &entity.open,
        grounds: None,
    }
}

fn print(names: &[Row<'_>], json: bool, out: &mut Out) -> anyhow::Result<bool> {
    if json {
        for name in names {
            out.json(name)?;
        }
        return Ok(!names.is_empty());
    }
    let others = |n: &Row<'_>| {
        let others = n.variants.iter().filter(|v| v.text != n.name);
        others
            .map(|v| format!("{} ({}, {})", one_line(v.text), v.count, v.told()))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let row = |n: &Row<'_>| {
        vec![n.kind.to_owned(), one_line(n.name), n.articles.to_string(), n.mentions.to_string(), others(n)]
    };
    let head =
        ["kind", "name", "articles", "mentions", "also written"].map(|h| said(h).into_owned()).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(names.iter().map(row)).collect();
    if rows.len() > 1 {
        out.table(&[4, 36, 8, 8, 0], &rows)?;
    }
    Ok(rows.len() > 1)
}

fn mentions(articles: &Articles, json: bool, out: &mut Out) -> anyhow::Result<bool> {
    let mut found = false;
    for (ix, entry) in articles.entries() {
        let Some(read) = articles.snapshot.read(ix) else { continue };
        let Some(names) = &read.names else { continue };
        let of = articles.snapshot.entities.of(ix.0 as usize);
        for (n, mention) in names.mentions.iter().enumerate() {
            let entity = of.get(n).and_then(|e| articles.snapshot.entities.get(*e));
            let text = read.plain.text.get(mention.start as usize..mention.end as usize).unwrap_or("");
            found = true;
            if json {
                out.json(&Mention {
                    article: &entry.id,
                    path: entry.path.to_string_lossy().into_owned(),
                    start: mention.start,
                    end: mention.end,
                    text,
                    kind: mention.kind.name(),
                    entity: entity.map(|e| e.id.as_str()),
                    evidence: mention.evidence.name(),
                    margin: mention.evidence.margin().map(units),
                    sure: read.article.lang == Lang::Vi,
                })?;
            } else {
                let name = entity.map_or("-", |e| e.name.as_str());
                let place = format!("{}..{}", mention.start, mention.end);
                out.line(&format!(
                    "{}  {place:>13}  {:4}  {}  = {name}",
                    entry.id,
                    mention.kind.name(),
                    one_line(text)
                ))?;
            }
        }
    }
    Ok(found)
}

/// A margin of the model in its own unit.
fn units(hundredths: i16) -> f32 {
    f32::from(hundredths) / 100.0
}

/// What the mentions of an entity in the chosen articles rest on.
fn grounds_of(articles: &Articles, entity: EntityIx) -> Vec<Ground> {
    let mentions: Vec<(String, crate::entity::Mention, Lang)> =
        articles.chosen.iter().flat_map(|ix| articles.snapshot.mentions_of(*ix, entity)).collect();
    grounds(mentions.iter().map(|(text, mention, lang)| (text.as_str(), mention, *lang)))
        .into_iter()
        .map(|(text, g)| Ground {
            text: text.to_owned(),
            model: g.model,
            margins: g.margins.map(|(least, most)| [units(least), units(most)]),
            table: g.table,
            repetition: g.repetition,
            definition: g.definition,
            less_sure: g.less_sure,
        })
        .collect()
}

impl Ground {
    fn told(&self) -> String {
        let model = self.margins.map(|[least, most]| {
            let margins =
                if least < most { format!("{least:.2} to {most:.2}") } else { format!("{least:.2}") };
            said(&format!("model {} (margin {margins})", self.model)).into_owned()
        });
        let counted = |n: u32, what: &str| (n > 0).then(|| format!("{} {n}", said(what)));
        let all = [
            model,
            counted(self.table, "table"),
            counted(self.repetition, "repetition"),
            counted(self.definition, "definition"),
            counted(self.less_sure, "less sure, not in Vietnamese:"),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The entities that are called so: each spelling with the rule that joined it and what the rule rests on, then what its
/// mentions rest on.
fn why(articles: &Articles, name: &str, json: bool, out: &mut Out) -> anyhow::Result<bool> {
    let counts = counts(articles);
    let found: Vec<EntityIx> = entities_called(&articles.snapshot, Field::Name, name)
        .into_iter()
        .filter(|ix| counts.contains_key(ix))
        .collect();
    for &ix in &found {
        let (Some(entity), Some(count)) = (articles.snapshot.entities.get(ix), counts.get(&ix)) else {
            continue;
        };
        let row = self::name(entity, count);
        let grounds = grounds_of(articles, ix);
        if json {
            out.json(&Row { grounds: Some(grounds), ..row })?;
            continue;
        }
        let (kind, articles, mentions) = (row.kind, row.articles, row.mentions);
        out.say(&format!("{} ({kind}), articles: {articles}, mentions: {mentions}", one_line(row.name)))?;
        let line = |v: &Variant<'_>| {
            let cells = [format!("  {}", one_line(v.text)), v.count.to_string(), v.told().to_owned()];
            let grounds = grounds.iter().find(|g| g.text == v.text).map(Ground::told).unwrap_or_default();
            cells.into_iter().chain([grounds, one_line(&said(v.why))]).collect()
        };
        let rows: Vec<Vec<String>> = row.variants.iter().map(line).collect();
        out.table(&[40, 6, 14, 48, 0], &rows)?;
        if !row.open.is_empty() {
            out.say(&format!("  left open, could be: {}", row.open.join(", ")))?;
        }
    }
    Ok(!found.is_empty())
}
