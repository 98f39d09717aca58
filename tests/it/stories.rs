//! Related articles and stories: measured on labelled events, and every reason recomputed from the texts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};

use diembao::article::{Dated, Place, Plain, Precision};
use diembao::entity::Entities;
use diembao::story::{
    Input, Inputs, Moment, Neighbours, Reason, Relation, RelationKind, Relations, Repairs, Side, Stories,
    Told, evidence, relate, thread,
};
use diembao::text::folded;
use unicode_normalization::UnicodeNormalization;

use crate::shared::shared;

use crate::support::item::{Item, folder};
use crate::support::truth::Truth;
use crate::support::{entities, inputs};

/// The labelled articles, related once for all tests.
struct Dev {
    items: Vec<Item>,
    entities: Entities,
    relations: Relations,
    truth: Truth,
}

fn dev() -> Option<&'static Dev> {
    static DEV: OnceLock<Option<Dev>> = OnceLock::new();
    DEV.get_or_init(|| {
        let stories = shared("stories")?;
        let items = folder(&stories.join("articles")).expect("labelled articles");
        let entities = entities(&items);
        let relations = relate(&inputs(&items, &entities), 20, &Relations::default(), &|| false);
        let truth = Truth::read(&stories.join("clusters.tsv")).expect("labels");
        Some(Dev { items, entities, relations, truth })
    })
    .as_ref()
}

fn threads(items: &[&Item], inputs: &[Input<'_>], relations: &Relations) -> Stories {
    let ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
    let titles: Vec<_> = items.iter().map(|i| i.article.display_title()).collect();
    let (before, repairs) = (Stories::default(), Repairs::default());
    let when: Vec<Moment> = inputs.iter().map(Input::when).collect();
    thread(
        &when,
        relations,
        &Told { ids: &ids, title: &|n| titles[n].to_string(), before: &before, repairs: &repairs },
    )
}

#[test]
fn labelled_events_are_found() {
    let Some(dev) = dev() else { return };
    let items: Vec<&Item> = dev.items.iter().collect();
    let ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
    let related = dev.truth.related(&ids, &dev.relations, None);
    let grouped = threads(&items, &inputs(&dev.items, &dev.entities), &dev.relations);
    let stories = dev.truth.threads(&ids, &grouped, None);
    let sagas = dev.truth.sagas(&ids, &grouped);
    println!("{related}\n{stories}\nsagas: {sagas}");
    assert!(related.recall5 >= 0.988 && related.mrr >= 0.983, "{related}");
    assert!(stories.f1 >= 0.965, "{stories}");
    assert!(sagas.f1 >= 0.95, "{sagas}");
}

/// Agreement of two groupings of the same articles: B-cubed of the one against the other.
fn agreement(one: &[BTreeSet<usize>], other: &[BTreeSet<usize>]) -> f64 {
    let share = |from: &[BTreeSet<usize>], to: &[BTreeSet<usize>]| {
        let sum: f64 =
            from.iter().zip(to).map(|(a, b)| a.intersection(b).count() as f64 / a.len() as f64).sum();
        sum / from.len() as f64
    };
    let (precision, recall) = (share(one, other), share(other, one));
    2.0 * precision * recall / (precision + recall)
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let Some(dev) = dev() else { return };
    let count = dev.items.len();
    let inputs = inputs(&dev.items, &dev.entities);
    let groups: Vec<Vec<BTreeSet<usize>>> = [1, 2, 3]
        .into_iter()
        .map(|seed| {
            let order = mixed(count, seed);
            let mixed: Vec<Input<'_>> = order.iter().map(|&n| inputs[n].clone()).collect();
            let items: Vec<&Item> = order.iter().map(|&n| &dev.items[n]).collect();
            let relations = relate(&mixed, 20, &Relations::default(), &|| false);
            let stories = threads(&items, &mixed, &relations);
            let mut groups = vec![BTreeSet::new(); count];
            for (at, &n) in order.iter().enumerate() {
                groups[n] = match stories.of(at) {
                    Some(story) => stories.all[story].articles.iter().map(|&m| order[m]).collect(),
                    None => BTreeSet::from([n]),
                };
            }
            groups
        })
        .collect();
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let agreement = agreement(&groups[a], &groups[b]);
        assert!(agreement >= 0.98, "{agreement}");
    }
}

/// Articles come in batches, each related with those before it: kinds stay, and what is told in the end is what all at once would give.
#[test]
fn kinds_do_not_flip_as_articles_arrive() {
    let Some(dev) = dev() else { return };
    let order = mixed(dev.items.len(), 5);
    let inputs = inputs(&dev.items, &dev.entities);
    let arrived: Vec<Input<'_>> = order.iter().map(|&n| inputs[n].clone()).collect();
    let (mut held, mut free) = (Relations::default(), Relations::default());
    let (mut flips, mut free_flips, mut pairs) = (0, 0, 0);
    for count in (50..order.len()).step_by(50).chain([order.len()]) {
        let next = relate(&arrived[..count], 20, &held, &|| false);
        let free_next = relate(&arrived[..count], 20, &Relations::default(), &|| false);
        flips += changes(&held, &next);
        free_flips += changes(&free, &free_next);
        pairs += next.iter().map(|list| list.len()).sum::<usize>();
        (held, free) = (next, free_next);
    }
    println!("of {pairs} relations {flips} changed their kind, {free_flips} where nothing holds them");
    assert!(flips * 200 <= pairs && flips * 2 <= free_flips, "{flips} of {pairs}, {free_flips}");
    let items: Vec<&Item> = order.iter().map(|&n| &dev.items[n]).collect();
    let groups = |relations| {
        let stories = threads(&items, &arrived, relations);
        let group = |n: usize| stories.of(n).map_or(vec![n], |at| stories.all[at].articles.clone());
        (0..items.len()).map(|n| group(n).into_iter().collect()).collect::<Vec<BTreeSet<usize>>>()
    };
    let agreement = agreement(&groups(&held), &groups(&free));
    assert!(agreement >= 0.98, "{agreement}");
}

/// Articles come one batch after the other, and only what is new is related: in the end the same is found as all at once.
#[test]
fn what_comes_in_batches_is_related_as_all_at_once() {
    let Some(dev) = dev() else { return };
    let order = mixed(dev.items.len(), 3);
    let all = inputs(&dev.items, &dev.entities);
    let arrived: Vec<Input<'_>> = order.iter().map(|&n| all[n].clone()).collect();
    let items: Vec<&Item> = order.iter().map(|&n| &dev.items[n]).collect();
    let ids: Vec<&str> = items.iter().map(|i| i.id.as_str()).collect();
    let once = relate(&arrived, 20, &Relations::default(), &|| false);
    let mut neighbours = Neighbours::new(20, Arc::default());
    let mut changed = Vec::new();
    // One by one at first, where weights move most; the last ones are few beside those that are there.
    for count in (1..20).chain((20..order.len()).step_by(37)).chain([order.len() - 1, order.len()]) {
        let before = neighbours.relations().clone();
        neighbours.add(&Inputs::new(&arrived[..count]), &|| false, &mut |_| {});
        let now = neighbours.relations();
        assert_eq!(now.len(), count);
        changed.push((0..before.len()).filter(|&n| before.of(n) != now.of(n)).count());
    }
    let batched = neighbours.relations();
    // The last article changes its neighbours' lists and no others.
    let last = changed[changed.len() - 1];
    assert!((1..=20 + batched.of(order.len() - 1).len()).contains(&last), "{last}");
    let pairs = |relations: &Relations| -> BTreeSet<(usize, usize)> {
        let near =
            |n: usize| relations.of(n).into_owned().into_iter().take(5).map(move |r| (n, r.to as usize));
        (0..relations.len()).flat_map(near).collect()
    };
    let (left, right) = (pairs(&once), pairs(batched));
    let shared = left.intersection(&right).count() as f64 / left.len().max(right.len()) as f64;
    let related = dev.truth.related(&ids, batched, None);
    println!("{related}; {shared:.3} of the five nearest are the same");
    assert!(shared >= 0.95, "{shared}");
    assert!(related.recall5 >= 0.985 && related.mrr >= 0.98, "{related}");
    let groups = |relations: &Relations| {
        let stories = threads(&items, &arrived, relations);
        let group = |n: usize| stories.of(n).map_or(vec![n], |at| stories.all[at].articles.clone());
        (0..items.len()).map(|n| group(n).into_iter().collect()).collect::<Vec<BTreeSet<usize>>>()
    };
    let agreement = agreement(&groups(&once), &groups(batched));
    assert!(agreement >= 0.98, "{agreement}");
}

/// Relating is ended early again and again and goes on each time; what goes is forgotten.
#[test]
fn what_was_ended_early_goes_on_and_what_went_is_forgotten() {
    let Some(dev) = dev() else { return };
    let all = inputs(&dev.items, &dev.entities);
    let once = relate(&all, 20, &Relations::default(), &|| false);
    let mut neighbours = Neighbours::new(20, Arc::default());
    let (mut done, mut turns) = (0, 0);
    while done < all.len() {
        let budget = AtomicUsize::new(300);
        let spent = || budget.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1)).is_err();
        neighbours.add(&Inputs::new(&all), &spent, &mut |n| done = n);
        turns += 1;
        assert!(turns < 20, "{done} of {}", all.len());
    }
    assert!(turns > 1, "it was never ended early");
    let near = |relations: &Relations| -> BTreeSet<(usize, usize)> {
        let five =
            |n: usize| relations.of(n).into_owned().into_iter().take(5).map(move |r| (n, r.to as usize));
        (0..relations.len()).flat_map(five).collect()
    };
    let (left, right) = (near(&once), near(neighbours.relations()));
    assert!(left.intersection(&right).count() * 100 >= left.len() * 99, "{} {}", left.len(), right.len());
    let gone = |n: usize| n.is_multiple_of(3);
    neighbours.forget(&gone);
    let kept = neighbours.relations();
    assert_eq!(kept.len(), all.len());
    for n in 0..all.len() {
        let expect = once.of(n).iter().filter(|r| !gone(n) && !gone(r.to as usize)).count();
        let found = kept.of(n);
        assert!(found.iter().all(|r| !gone(n) && !gone(r.to as usize)));
        assert!(found.len() >= expect, "{n}: {} of {expect}", found.len());
    }
}

/// Pairs that have another kind than before.
fn changes(before: &Relations, after: &Relations) -> usize {
    let changed = |n: usize| {
        let other = |o: &&Relation| after.of(n).iter().any(|n| n.to == o.to && n.kind != o.kind);
        before.of(n).iter().filter(other).count()
    };
    (0..before.len()).map(changed).sum()
}

/// Numbers below `count` in an order without pattern.
fn mixed(count: usize, seed: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|n| (n + seed * 7919) * 26_544_357 % 1_000_003);
    order
}

/// A word with its tone put behind its letters: some articles type it on the wrong one (`nhiêù`).
fn key(word: &str) -> String {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let (tones, letters): (String, String) = word.to_lowercase().nfd().partition(is_tone);
    letters + &tones
}

/// Words parted by blanks alone.
fn bare(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    folded(&words.join(" "))
}

/// The words of an article as a reader sees them, part by part, without credits.
fn words(plain: &Plain) -> Vec<Vec<String>> {
    let parts = plain.parts.iter().filter(|p| !matches!(p.place, Place::Credit(_)));
    parts
        .map(|part| {
            let text = &plain.text[part.range.clone()];
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            words.map(key).collect()
        })
        .collect()
}

/// Share of the shorter text's runs of five words that stand in the other, in hundredths.
fn share_of_text(left: &Plain, right: &Plain) -> f64 {
    let runs = |plain: &Plain| -> BTreeSet<String> {
        words(plain).iter().flat_map(|part| part.windows(5).map(|w| w.join(" "))).collect()
    };
    let (left, right) = (runs(left), runs(right));
    100.0 * left.intersection(&right).count() as f64 / left.len().min(right.len()).max(1) as f64
}

/// Why an article is related to the `nth` of its list.
fn reasons(
    items: &[Item],
    inputs: &[Input<'_>],
    relations: &Relations,
    from: usize,
    nth: usize,
) -> Vec<Reason> {
    let titles = [from, relations.of(from)[nth].to as usize].map(|n| (n, items[n].article.display_title()));
    let sides = titles.each_ref().map(|(n, title)| Side {
        title,
        entities: &inputs[*n].entities,
        when: inputs[*n].when(),
    });
    relations.reasons(from, nth, &sides[0], &sides[1], &|name| {
        inputs.iter().filter(|i| i.entities.binary_search(&name).is_ok()).count() as u32
    })
}

/// What is false in a reason; `None` where it is true.
fn fault(items: &[Item], entities: &Entities, from: usize, to: usize, reason: &Reason) -> Option<String> {
    let (a, b) = (&items[from], &items[to]);
    let both = |text: &str, in_a: &str, in_b: &str| {
        let text = bare(text);
        (!bare(in_a).contains(&text) || !bare(in_b).contains(&text)).then_some(text)
    };
    match reason {
        Reason::Names(names) => names.iter().find_map(|&name| {
            let stands = |article: usize| entities.of(article).contains(&name);
            let rare = |n: &&diembao::entity::EntityIx| entities.articles(**n);
            let sorted = names.iter().zip(&names[1..]).all(|(x, y)| rare(&x) <= rare(&y));
            let good = stands(from) && stands(to) && sorted;
            (!good).then(|| entities.get(name).map_or_else(String::new, |e| e.name.clone()))
        }),
        Reason::Title(text) => both(text, &a.article.display_title(), &b.article.display_title()),
        Reason::Terms(terms) => terms.iter().find_map(|t| both(t, &a.plain.text, &b.plain.text)),
        Reason::Quotes(count) => {
            let quotes = evidence(&a.plain, &b.plain).quotes;
            let here: BTreeSet<usize> = quotes.iter().map(|q| q.here.start).collect();
            let there: BTreeSet<usize> = quotes.iter().map(|q| q.there.start).collect();
            let least = here.len().min(there.len());
            (least != *count as usize).then(|| format!("{least} quotes, not {count}"))
        }
        Reason::Text(hundredths) => {
            let share = share_of_text(&a.plain, &b.plain);
            ((share - f64::from(*hundredths)).abs() > 1.5).then(|| format!("{share}, not {hundredths}"))
        }
        Reason::Time(minutes) => {
            let dates = a.article.published.as_ref().zip(b.article.published.as_ref());
            // Where a date has no hour, whole days are told.
            let apart = dates.map(|(a, b)| {
                let hours = a.precision == Precision::Minute && b.precision == Precision::Minute;
                let at = |d: &Dated| if hours { d.at } else { d.at.date().at(0, 0, 0, 0) };
                at(b).duration_since(at(a)).as_mins()
            });
            (apart != *minutes).then(|| format!("{apart:?}, not {minutes:?}"))
        }
    }
}

#[test]
fn every_reason_is_true() {
    let Some(dev) = dev() else { return };
    let mut faults = Vec::new();
    let mut seen = [0; 6];
    let inputs = inputs(&dev.items, &dev.entities);
    for (from, found) in dev.relations.iter().enumerate() {
        for (nth, relation) in found.iter().enumerate() {
            let to = relation.to as usize;
            let reasons = reasons(&dev.items, &inputs, &dev.relations, from, nth);
            assert!(reasons.iter().any(|r| !matches!(r, Reason::Time(_))) || relation.score() >= 0.14);
            for reason in &reasons {
                seen[match reason {
                    Reason::Names(_) => 0,
                    Reason::Title(_) => 1,
                    Reason::Quotes(_) => 2,
                    Reason::Text(_) => 3,
                    Reason::Time(_) => 4,
                    Reason::Terms(_) => 5,
                }] += 1;
                let ids = (&dev.items[from].id, &dev.items[to].id);
                faults.extend(
                    fault(&dev.items, &dev.entities, from, to, reason)
                        .map(|f| format!("{ids:?} {reason:?}: {f}")),
                );
            }
        }
    }
    println!("names, titles, quotes, text, time, terms: {seen:?}");
    assert!(faults.is_empty(), "{} false:\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
    assert!(seen[..5].iter().all(|&n| n >= 20), "{seen:?}");
}

#[test]
fn a_relation_is_told_from_both_sides() {
    let Some(dev) = dev() else { return };
    for (from, found) in dev.relations.iter().enumerate() {
        for relation in found.iter() {
            let list = dev.relations.of(relation.to as usize);
            let back = list.iter().find(|r| r.to as usize == from);
            let Some(back) = back else { continue };
            let turned = match relation.kind {
                RelationKind::FollowUp => RelationKind::Earlier,
                RelationKind::Earlier => RelationKind::FollowUp,
                same => same,
            };
            assert_eq!(back.kind, turned, "{from} {}", relation.to);
            assert!((back.score() - relation.score()).abs() < 1e-4);
        }
    }
}

/// Relations of a small folder, by the first letters of the files' names.
fn small(path: &Path) -> (Vec<Item>, Entities, Relations) {
    let items = folder(path).expect("articles");
    let entities = entities(&items);
    let relations = relate(&inputs(&items, &entities), 20, &Relations::default(), &|| false);
    (items, entities, relations)
}

#[test]
fn the_five_dumps_are_one_background_and_five_events() {
    let Some(folder) = shared("seeds") else { return };
    let (items, entities, relations) = small(&folder);
    let inputs = inputs(&items, &entities);
    for (from, item) in items.iter().enumerate() {
        assert_eq!(relations.of(from).len(), items.len() - 1, "{}", item.id);
        for (nth, relation) in relations.of(from).iter().enumerate() {
            let reasons = reasons(&items, &inputs, &relations, from, nth);
            let names = reasons.iter().find_map(|r| match r {
                Reason::Names(names) => Some(names.len()),
                _ => None,
            });
            assert!(names >= Some(2), "{} {relation:?}", item.id);
            assert!(
                matches!(
                    relation.kind,
                    RelationKind::Background | RelationKind::FollowUp | RelationKind::Earlier
                ),
                "{} {relation:?}",
                item.id
            );
            for reason in &reasons {
                assert_eq!(fault(&items, &entities, from, relation.to as usize, reason), None, "{reason:?}");
            }
        }
    }
    let stories = threads(&items.iter().collect::<Vec<_>>(), &inputs, &relations);
    let sagas: Vec<_> = stories.sagas.iter().collect();
    let [saga] = &sagas[..] else { panic!("{sagas:?}") };
    let order: Vec<String> = saga.iter().map(|e| e.iter().map(|&n| &items[n].id[..3]).collect()).collect();
    // 19 June 2024, 30 November (told without a year), 9 May, 12 July, 3 September 2025.
    assert_eq!(order, ["003", "002", "004", "000", "001"]);
}

#[test]
fn kinds_in_the_sample_press_review() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let (items, _, relations) = small(&folder);
    let place = |prefix: &str| {
        items.iter().position(|i| i.id.starts_with(prefix)).unwrap_or_else(|| panic!("{prefix}"))
    };
    for (from, to, expect) in [
        ("06", "07", RelationKind::Copy),
        ("14", "15", RelationKind::Copy),
        ("06", "08", RelationKind::SameEvent),
        ("12", "13", RelationKind::SameEvent),
        ("16", "17", RelationKind::Series),
        ("17", "18", RelationKind::Series),
        ("12", "14", RelationKind::FollowUp),
        ("14", "12", RelationKind::Earlier),
        ("06", "10", RelationKind::Earlier),
        ("01", "02", RelationKind::FollowUp),
        ("02", "04", RelationKind::Background),
    ] {
        let kind = relations.of(place(from)).iter().find(|r| r.to as usize == place(to)).map(|r| r.kind);
        assert_eq!(kind, Some(expect), "{from} {to}");
    }
}
