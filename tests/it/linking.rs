//! Linking measured: B-cubed over the labelled names of the labelled articles, as `score/entities.py` computes it.
//! `cargo test --test it linking -- --nocapture` prints the figures,
//! with `LINKING_LOSSES=1` also where they are lost.
#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]

use std::collections::HashMap;
use std::fs;

use diembao::article::Plain;
use diembao::entity::{Entities, EntityIx, Evidence, Kind, Mention, Names, join};

use crate::shared::shared;

struct Labelled {
    plain: Plain,
    names: Names,
    /// For each distinct (surface, kind) of the article: the canonical name of the labels, and its last mention.
    gold: HashMap<(String, Kind), (String, usize)>,
}

fn kind(name: &str) -> Kind {
    Kind::ALL.into_iter().find(|k| k.name() == name).unwrap_or_else(|| panic!("no kind: {name}"))
}

/// Every occurrence of every labelled surface, the longest first, between characters that are not of a word.
fn label(text: String, rows: &[Vec<String>]) -> Labelled {
    let mut rows: Vec<&Vec<String>> = rows.iter().collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r[1].chars().count()));
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut taken = vec![false; text.len()];
    let mut found: Vec<(Mention, String, String)> = Vec::new();
    for row in rows {
        let (surface, context) = (row[1].as_str(), row.get(4).and_then(|c| c.split_once('|')));
        for (start, _) in text.match_indices(surface) {
            let end = start + surface.len();
            let (before, after) = (&text[..start], &text[end..]);
            let fits = context
                .is_none_or(|(l, r)| before.trim_end().ends_with(l) && after.trim_start().starts_with(r));
            let whole = !is_word(before.chars().next_back()) && !is_word(after.chars().next());
            if !fits || !whole || taken[start..end].contains(&true) {
                continue;
            }
            taken[start..end].fill(true);
            let mention = Mention {
                start: start as u32,
                end: end as u32,
                kind: kind(&row[2]),
                evidence: Evidence::Table,
            };
            found.push((mention, surface.to_owned(), row[3].clone()));
        }
    }
    found.sort_by_key(|(m, ..)| m.start);
    let gold = found.iter().enumerate().map(|(n, (m, s, c))| ((s.clone(), m.kind), (c.clone(), n))).collect();
    let names = Names { mentions: found.into_iter().map(|(m, ..)| m).collect() };
    Labelled { plain: Plain { text, parts: Vec::new() }, names, gold }
}

fn load(labels: &str, folder: &str) -> Option<Vec<Labelled>> {
    let (labels, folder) = (shared(labels)?, shared(folder)?);
    let mut rows: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    for line in fs::read_to_string(labels).expect("labels are UTF-8").lines() {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        rows.entry(cells[0].clone()).or_default().push(cells);
    }
    let mut texts: Vec<_> = fs::read_dir(folder)
        .expect("articles can be listed")
        .filter_map(|f| {
            let path = f.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            let id = name.split(['_', '.']).next()?.to_owned();
            let text = fs::read_to_string(&path).ok()?;
            rows.get(&id).map(|rows| (id, text.split_whitespace().collect::<Vec<_>>().join(" "), rows))
        })
        .collect();
    texts.sort();
    Some(texts.into_iter().map(|(_, text, rows)| label(text, rows)).collect())
}

/// B-cubed precision, recall and F1 of the entities over the distinct surfaces.
fn b_cubed(articles: &[Labelled], entities: &Entities) -> (f64, f64, f64) {
    let mut items: Vec<(EntityIx, &str)> = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        items.extend(article.gold.values().map(|(canonical, at)| (entities.of(n)[*at], canonical.as_str())));
    }
    let (mut by_entity, mut by_name, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for &(entity, name) in &items {
        *by_entity.entry(entity).or_insert(0.0) += 1.0;
        *by_name.entry(name).or_insert(0.0) += 1.0;
        *both.entry((entity, name)).or_insert(0.0) += 1.0;
    }
    let total = items.len() as f64;
    let p = items.iter().map(|i| both[i] / by_entity[&i.0]).sum::<f64>() / total;
    let r = items.iter().map(|i| both[i] / by_name[i.1]).sum::<f64>() / total;
    if std::env::var_os("LINKING_LOSSES").is_some() {
        losses(&both, &by_entity, &by_name, entities, articles);
    }
    (p, r, 2.0 * p * r / (p + r))
}

/// Prints where precision and recall are lost, the costliest first.
fn losses(
    both: &HashMap<(EntityIx, &str), f64>,
    by_entity: &HashMap<EntityIx, f64>,
    by_name: &HashMap<&str, f64>,
    entities: &Entities,
    articles: &[Labelled],
) {
    let mut surfaces: HashMap<(EntityIx, &str), Vec<&str>> = HashMap::new();
    for (n, article) in articles.iter().enumerate() {
        for ((surface, _), (canonical, at)) in &article.gold {
            let list = surfaces.entry((entities.of(n)[*at], canonical)).or_default();
            if !list.contains(&surface.as_str()) {
                list.push(surface);
            }
        }
    }
    let mut lost: HashMap<String, (f64, Vec<String>)> = HashMap::new();
    for ((entity, name), n) in both {
        let id = &entities.get(*entity).expect("an entity").id;
        let part = format!("[{id} ×{n}: {}]", surfaces[&(*entity, *name)].join(", "));
        let recall = lost.entry(format!("R {name}")).or_default();
        recall.0 += n * (1.0 - n / by_name[name]);
        recall.1.push(part);
        let precision = lost.entry(format!("P {id}")).or_default();
        precision.0 += n * (1.0 - n / by_entity[entity]);
        precision.1.push(format!("[{name} ×{n}: {}]", surfaces[&(*entity, *name)].join(", ")));
    }
    let mut lost: Vec<_> = lost.into_iter().filter(|(_, (l, _))| *l > 0.01).collect();
    lost.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    for (what, (loss, parts)) in lost.iter().take(150) {
        println!("{loss:6.2} {what}: {}", parts.join(" "));
    }
}

fn check(name: &str, labels: &str, folder: &str, floor: f64) {
    let Some(articles) = load(labels, folder) else { return };
    let input: Vec<Option<(&Plain, &Names)>> = articles.iter().map(|a| Some((&a.plain, &a.names))).collect();
    let (p, r, f1) = b_cubed(&articles, &join(&input));
    println!("linking {name:5} P {p:.4} R {r:.4} F1 {f1:.4}");
    assert!(f1 >= floor, "linking on {name}: F1 {f1:.4} is under the floor of {floor}");
}

#[test]
fn dev_is_linked() {
    check("dev", "gold/entities/dev.tsv", "stories/articles", 0.95);
}

#[test]
fn train_is_linked() {
    check("train", "gold/entities/train.tsv", "stories/articles", 0.95);
}

#[test]
fn seeds_are_linked() {
    check("seeds", "gold/entities/seeds.tsv", "seeds", 0.99);
}
