//! From decided joins to [`Entities`]: variants with their rules, canonical names, ids, counts, order.

use rustc_hash::FxHashMap;

use super::across::Decisions;
use super::decision::Repairs;
use super::key::{Words, legible};
use super::local::without_inner_bracket;
use super::model::{Entities, Entity, EntityIx, Kind, Meant, Rule, Variant};
use super::parts::fit_words;
use super::pool::{Pool, Rec};
use super::repair::apply;
use super::tables::tables;

/// One spelling in one entity: what a repair can move.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Entity (index into [`Pool::ents`]); `None`: the reader ignores it.
    pub ent: Option<u32>,
    /// Text (index into [`Pool::texts`]).
    pub text: u32,
    /// Mentions.
    pub count: u32,
    /// The rule of a join, `None` where the key itself is the entity's.
    pub rule: Option<Rule>,
    /// What the rule rests on (index into [`Pool::texts`]).
    pub why: u32,
}

/// Puts the entities together and applies the reader's repairs last.
pub fn assemble(mut pool: Pool, decisions: &Decisions, repairs: &Repairs) -> Entities {
    let (mut slots, slot_of) = slots(&mut pool, decisions);
    let renamed = apply(repairs, &mut pool, &mut slots);
    let articles = articles(&pool, &slots, &slot_of);
    let mut shown: Vec<&Slot> = slots.iter().filter(|slot| slot.ent.is_some()).collect();
    shown.sort_by_key(|slot| slot.ent);
    let mut all: Vec<(Entity, u32)> = shown
        .chunk_by(|a, b| a.ent == b.ent)
        .filter_map(|list| {
            let ent = list.first()?.ent?;
            Some((entity(&pool, ent, list, articles[ent as usize], renamed.get(&ent)), ent))
        })
        .collect();
    all.sort_by(|(a, _), (b, _)| {
        b.articles.cmp(&a.articles).then(b.mentions.cmp(&a.mentions)).then_with(|| a.id.cmp(&b.id))
    });
    let mut ix = vec![EntityIx::NONE; pool.ents.len()];
    for (n, (_, ent)) in all.iter().enumerate() {
        ix[*ent as usize] = EntityIx(n as u32);
    }
    let meant = |slot: u32| slots[slot as usize].ent.map_or(EntityIx::NONE, |ent| ix[ent as usize]);
    let of = slot_of.into_iter().map(meant).collect();
    open(&pool, decisions, &ix, &mut all);
    Entities::new(all.into_iter().map(|(entity, _)| entity).collect(), Meant::new(pool.ends, of))
}

/// What a join across articles rests on; the name that it is joined with is known only when all are.
const ACROSS: &str = "across articles";

/// Where a name of an article ends up, by which rule, and what that rests on; `plain` are the texts of nothing and of [`ACROSS`].
fn target(pool: &Pool, decisions: &Decisions, rec: Rec, plain: [u32; 2]) -> (u32, Option<Rule>, u32) {
    let [nothing, across] = plain;
    let decided = decisions.of.get(&rec.to).copied();
    match (rec.rule, decided) {
        (None, Some((to, rule))) if !rec.open => (to, Some(rule), across),
        (Some(rule), Some((to, _))) => {
            let (own, full) = (&pool.ents[rec.own as usize], &pool.ents[to as usize]);
            let holds = pool.pairs.contains_key(&(rec.own, to))
                || fit_words(own.kind, &own.words, &full.words).is_some();
            (if holds { to } else { rec.to }, Some(rule), rec.why)
        }
        (rule, _) => (rec.to, rule, if rule.is_some() { rec.why } else { nothing }),
    }
}

/// The slots, and for each mention its slot. Names and mentions of the pool become what they end up as where they lie: there are
/// dozens in each article.
fn slots(pool: &mut Pool, decisions: &Decisions) -> (Vec<Slot>, Vec<u32>) {
    let plain = ["", ACROSS].map(|text| pool.text(text));
    let (mut recs, mentions) = (std::mem::take(&mut pool.recs), std::mem::take(&mut pool.mentions));
    for rec in &mut recs {
        (rec.to, rec.rule, rec.why) = target(pool, decisions, *rec, plain);
    }
    let mut slots: Vec<Slot> = Vec::new();
    let mut known: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let slot = |(rec, text): (u32, u32)| {
        let Rec { to: ent, rule, why, .. } = recs[rec as usize];
        let n = *known.entry((ent, text)).or_insert_with(|| {
            slots.push(Slot { ent: Some(ent), text, count: 0, rule, why });
            slots.len() as u32 - 1
        });
        let slot = &mut slots[n as usize];
        slot.count += 1;
        // The least of several reasons: the order of articles does not matter.
        let reason = |rule: Option<Rule>, why: u32| (rule, &pool.texts[why as usize]);
        if (rule, why) != (slot.rule, slot.why) && reason(rule, why) < reason(slot.rule, slot.why) {
            (slot.rule, slot.why) = (rule, why);
        }
        n
    };
    let slot_of = mentions.into_iter().map(slot).collect();
    (slots, slot_of)
}

fn articles(pool: &Pool, slots: &[Slot], slot_of: &[u32]) -> Vec<u32> {
    let mut count = vec![0; pool.ents.len()];
    let mut seen = vec![0; pool.ents.len()];
    let mut start = 0;
    for (n, &end) in pool.ends.iter().enumerate() {
        for &slot in &slot_of[start..end as usize] {
            if let Some(ent) = slots[slot as usize].ent
                && seen[ent as usize] != n as u32 + 1
            {
                seen[ent as usize] = n as u32 + 1;
                count[ent as usize] += 1;
            }
        }
        start = end as usize;
    }
    count
}

fn open(pool: &Pool, decisions: &Decisions, ix: &[EntityIx], all: &mut [(Entity, u32)]) {
    let mut ids: Vec<(EntityIx, Vec<String>)> = Vec::new();
    for (&own, list) in &pool.open {
        let mut found: Vec<String> = list
            .iter()
            .map(|c| decisions.of.get(c).map_or(*c, |(to, _)| *to))
            .filter(|&c| c != own)
            .filter_map(|c| all.get(ix[c as usize].0 as usize).map(|(e, _)| e.id.clone()))
            .collect();
        found.sort_unstable();
        found.dedup();
        ids.push((ix[own as usize], found));
    }
    for (ix, found) in ids {
        if let Some((entity, _)) = all.get_mut(ix.0 as usize) {
            entity.open = found;
        }
    }
}

/// The id of a kind and key: `per:kimjongun`.
pub fn id(kind: Kind, key: &str) -> String {
    format!("{}:{}", kind.name().to_lowercase(), legible(key))
}

fn entity(pool: &Pool, ent: u32, slots: &[&Slot], articles: u32, renamed: Option<&String>) -> Entity {
    let known = &pool.ents[ent as usize];
    let row = known.row.and_then(|r| tables().row(r));
    let name = match (renamed, row) {
        (Some(name), _) => name.clone(),
        (None, Some(row)) => row.name.clone(),
        (None, None) => best_name(pool, slots),
    };
    let mut variants: Vec<Variant> = slots
        .iter()
        .map(|slot| {
            let text = pool.texts[slot.text as usize].to_string();
            let why = &*pool.texts[slot.why as usize];
            let (rule, why) = match slot.rule {
                Some(rule) if why == ACROSS => (rule, format!("{ACROSS}: {name}")),
                Some(rule) => (rule, why.to_owned()),
                None => own_rule(known.kind, &text, &name, row.map(|r| r.source.as_str())),
            };
            Variant { text, count: slot.count, rule, why }
        })
        .collect();
    variants.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    // Two slots may hold one text: a repair can bring them together.
    variants.dedup_by(|b, a| {
        a.text == b.text && a.rule == b.rule && {
            a.count += b.count;
            true
        }
    });
    let mentions = variants.iter().map(|v| v.count).sum();
    Entity {
        id: id(known.kind, &known.key),
        kind: known.kind,
        name,
        variants,
        articles,
        mentions,
        open: Vec::new(),
    }
}

/// The most frequent spelling of those that carry the key; not in capitals if it can be helped; the longer, then the first by letters.
fn best_name(pool: &Pool, slots: &[&Slot]) -> String {
    let own = slots.iter().filter(|s| s.rule.is_none());
    let from: Vec<&&Slot> = if own.clone().next().is_some() { own.collect() } else { slots.iter().collect() };
    from.into_iter()
        .map(|s| (s.count, &pool.texts[s.text as usize]))
        .max_by(|(a_count, a), (b_count, b)| {
            let shouts = |t: &str| {
                t.chars().filter(|c| c.is_alphabetic()).count() > 6 && !t.chars().any(char::is_lowercase)
            };
            shouts(b)
                .cmp(&shouts(a))
                .then(a_count.cmp(b_count))
                .then(a.len().cmp(&b.len()))
                .then_with(|| b.cmp(a))
        })
        .map_or_else(String::new, |(_, text)| text.to_string())
}

/// The layer that gives a spelling the key of its entity.
fn own_rule(kind: Kind, text: &str, name: &str, source: Option<&str>) -> (Rule, String) {
    if text == name {
        return (Rule::Canonical, String::new());
    }
    let words = Words::of(&without_inner_bracket(kind, text));
    if Words::of(&text.replace('.', "")).words == Words::of(&name.replace('.', "")).words {
        return (Rule::Spelling, String::new());
    }
    if words.joined() == Words::of(name).joined() {
        return (Rule::Joints, String::new());
    }
    let short = tables().expand(kind, &words).map(|(_, why)| why.join(", ")).unwrap_or_default();
    match (source, short.is_empty()) {
        (Some(source), true) => (Rule::Table, format!("{name} ({source})")),
        (Some(source), false) => (Rule::Table, format!("{short}; {name} ({source})")),
        (None, _) => (Rule::Table, short),
    }
}
