//! Stories: best-first average linkage over the relations.
//!
//! Owns: which articles report one event; the story's id, title and order; ids that stay when stories grow.
//! Refuses: single linkage and connected components: one chance likeness would chain everything into one story.
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::decision::Repairs;
use super::event::{EVENT, strength};
use super::linkage::{Near, Pair, Rule, merged};
use super::links::{Relation, Relations};
use super::model::{RelationKind, Stories, Story};
use super::sagas;
use super::score::{Moment, distance};

/// When two groups of articles report one event.
const ONE_EVENT: Rule = Rule { mean: EVENT, weak: 0.14, quorum: 0.85 };

/// Pairs that are looked at in one turn, some more or less; in tests so few that there are several turns.
const AT_ONCE: u32 = if cfg!(test) { 2 } else { 1 << 22 };

/// What is known of stories beside the relations.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Ids of the articles.
    pub ids: &'a [&'a str],
    /// The title of each.
    pub title: &'a dyn Fn(usize) -> String,
    /// The stories as they were told before: one that goes on keeps its id.
    pub before: &'a Stories,
    /// The reader's decisions, which come last.
    pub repairs: &'a Repairs,
}

/// Groups articles into stories, and stories into sagas; `when` tells of each article when it was published.
pub fn thread(when: &[Moment], relations: &Relations, told: &Told<'_>) -> Stories {
    let ids = told.ids;
    // Articles are numbered by age and id, so that their order plays no part in any tie.
    let mut by_age: Vec<usize> = (0..when.len()).collect();
    by_age.sort_unstable_by_key(|&n| (when[n].minutes.unwrap_or(i64::MAX), ids[n], n));
    let mut place = vec![0u32; when.len()];
    for (at, &n) in (0u32..).zip(&by_age) {
        place[n] = at;
    }
    let mut groups = joined(relations, &place, &|at| at, &|_| 1, ONE_EVENT, |from, relation| {
        let minutes = distance(when[from], when[relation.to as usize]);
        // Background that is told by names alone says nothing for one event.
        let aside = matches!(relation.kind, RelationKind::Background | RelationKind::Similar);
        let told = !aside || relation.score() >= ONE_EVENT.weak;
        if told { strength(relation.score(), relation.headlines(), minutes) } else { 0.0 }
    });
    told.repairs.apply(&mut groups, by_age.len() as u32, &|at| ids[by_age[at as usize]]);
    let mut groups: Vec<Vec<usize>> = groups
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|mut members| {
            members.sort_unstable();
            members.into_iter().map(|at| by_age[at as usize]).collect()
        })
        .collect();
    let newest = |group: &Vec<usize>| group.iter().filter_map(|&n| when[n].minutes).max();
    groups.sort_by(|a, b| newest(b).cmp(&newest(a)).then_with(|| ids[a[0]].cmp(ids[b[0]])));
    let mut stories = with_ids(groups, relations, told);
    stories.sagas = sagas::join(when, relations, &stories, ids);
    stories
}

/// Groups that became one, by the strength of each pair of articles, whichever side told it; another number of a column is another story.
/// `place` has the places of articles, `group_of` tells the group that a place is in. Where the mean of pairs is enough, one of them is:
/// groups that no row of such pairs leads to are never one, and pairs across these are left out, which is most of a large collection.
pub(super) fn joined(
    relations: &Relations,
    place: &[u32],
    group_of: &dyn Fn(u32) -> u32,
    size: &dyn Fn(u32) -> usize,
    rule: Rule,
    strength: impl Fn(usize, &Relation) -> f32,
) -> Vec<Vec<u32>> {
    let each = |with: &mut dyn FnMut((u32, u32), f32)| {
        for (from, found) in relations.iter().enumerate() {
            for relation in found.iter().filter(|r| r.kind != RelationKind::Series) {
                let strength = strength(from, relation);
                let (a, b) = (place[from], place[relation.to as usize]);
                if strength > 0.0 {
                    with((a.min(b), a.max(b)), strength);
                }
            }
        }
    };
    let mut near = Near::of(place.len());
    let mut all = 0;
    each(&mut |(a, b), strength| {
        all += 1;
        if strength >= rule.mean {
            near.join(group_of(a), group_of(b));
        }
    });
    // Rows have nothing to do with one another: with many pairs some are looked at after the others.
    let turns = all / AT_ONCE + 1;
    let mut out = Vec::new();
    for turn in 0..turns {
        let mut found: Vec<(u32, (u32, u32), f32)> = Vec::new();
        each(&mut |pair, strength| {
            let row = near.first(group_of(pair.0));
            if row % turns == turn && row == near.first(group_of(pair.1)) {
                found.push((row, pair, strength));
            }
        });
        found.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)));
        found.dedup_by_key(|pair| pair.1);
        let pair = |(row, (a, b), strength)| Pair { row, groups: (group_of(a), group_of(b)), strength };
        let pairs: Vec<Pair> = found.into_iter().map(pair).collect();
        out.extend(merged(&pairs, size, rule));
    }
    out
}

/// Stories from groups of articles, with id and title.
fn with_ids(groups: Vec<Vec<usize>>, relations: &Relations, told: &Told<'_>) -> Stories {
    let Told { ids, title, before, .. } = *told;
    let mut kept = kept_ids(&groups, before);
    let mut taken: FxHashSet<String> = kept.values().cloned().collect();
    let mut stories = Stories::none(ids.len());
    for (at, articles) in groups.into_iter().enumerate() {
        let id = kept.remove(&at).unwrap_or_else(|| {
            let free = articles.iter().map(|&n| ids[n]).find(|id| !taken.contains(*id));
            free.unwrap_or(ids[articles[0]]).to_owned()
        });
        taken.insert(id.clone());
        let title = title(central(&articles, relations));
        stories.add(Story { id, title, articles });
    }
    stories
}

/// The ids that groups keep: each of the stories before hands its id to the group that has most of its articles.
fn kept_ids(groups: &[Vec<usize>], before: &Stories) -> FxHashMap<usize, String> {
    let mut shared: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        for old in group.iter().filter_map(|&n| before.of(n)) {
            *shared.entry((old, at)).or_default() += 1;
        }
    }
    let mut claims: Vec<(usize, usize, usize)> =
        shared.into_iter().map(|((old, at), n)| (n, old, at)).collect();
    claims.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut kept = FxHashMap::default();
    let mut gone = FxHashSet::default();
    for (_, old, at) in claims {
        if !kept.contains_key(&at) && gone.insert(old) {
            kept.insert(at, before.all[old].id.clone());
        }
    }
    kept
}

/// The article with the strongest relations inside the story, the oldest of equals.
fn central(articles: &[usize], relations: &Relations) -> usize {
    let inside: FxHashSet<usize> = articles.iter().copied().collect();
    let weight = |n: usize| -> f32 {
        let list = relations.of(n);
        let inside = list.iter().filter(|r| inside.contains(&(r.to as usize)));
        inside.map(Relation::score).sum()
    };
    let mut best = (articles[0], f32::MIN);
    for &n in articles {
        let weight = weight(n);
        if weight > best.1 {
            best = (n, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::super::{Link, Note};
    use super::*;

    /// Stories as lists of articles for links between articles of one-letter ids.
    fn stories(count: usize, links: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        let when: Vec<Moment> =
            (0..).take(count).map(|n| Moment { minutes: Some(n), ..Moment::default() }).collect();
        let mut lists = vec![Vec::new(); count];
        for &(from, to, score) in links {
            let relation = Relation::new(to, score, 0.0, RelationKind::SameEvent);
            lists[from].push(Link::new(relation, Note::default()));
        }
        let relations = Relations::pack(lists);
        let names = ["a", "b", "c", "d", "e", "f"];
        let told = Told {
            ids: &names[..count],
            title: &|n| names[n].to_owned(),
            before: &Stories::default(),
            repairs: &Repairs::default(),
        };
        let stories = thread(&when, &relations, &told);
        for (at, story) in stories.all.iter().enumerate() {
            assert_eq!(story.id, names[story.articles[0]]);
            assert!(story.articles.iter().all(|&n| stories.of(n) == Some(at)));
        }
        stories.all.into_iter().map(|s| s.articles).collect()
    }

    #[test]
    fn groups_grow_by_the_mean_and_never_by_a_chain() {
        for (links, expect) in [
            (vec![], vec![]),
            (vec![(0, 1, 0.5)], vec![vec![0, 1]]),
            (vec![(1, 0, 0.5)], vec![vec![0, 1]]),
            (vec![(0, 1, 0.1)], vec![]),
            (vec![(0, 1, 0.5), (1, 2, 0.6), (0, 2, 0.4)], vec![vec![0, 1, 2]]),
            // A chain: each is near the next, the ends have nothing in common.
            (vec![(0, 1, 0.3), (1, 2, 0.28), (2, 3, 0.3)], vec![vec![2, 3], vec![0, 1]]),
        ] {
            assert_eq!(stories(4, &links), expect, "{links:?}");
        }
    }

    #[test]
    fn ids_stay_when_stories_grow() {
        let before = |groups: &[(&str, &[usize])], count: usize| {
            let mut stories = Stories::none(count);
            for (id, articles) in groups {
                let (id, title) = ((*id).to_owned(), String::new());
                stories.add(Story { id, title, articles: articles.to_vec() });
            }
            stories
        };
        let ids = ["a", "b", "c", "d", "e"];
        for (old, groups, expect) in [
            (before(&[], 5), vec![vec![0, 1], vec![2, 3]], vec!["a", "c"]),
            // An older article comes in; two stories become one; a story falls apart.
            (before(&[("b", &[1, 2])], 5), vec![vec![0, 1, 2]], vec!["b"]),
            (before(&[("a", &[0, 1]), ("c", &[2, 3, 4])], 5), vec![vec![0, 1, 2, 3, 4]], vec!["c"]),
            (before(&[("a", &[0, 1, 2, 3, 4])], 5), vec![vec![0, 1], vec![2, 3, 4]], vec!["b", "a"]),
        ] {
            let told =
                Told { ids: &ids, title: &|n| ids[n].to_owned(), before: &old, repairs: &Repairs::default() };
            let relations = Relations::pack(vec![Vec::new(); 5]);
            let stories = with_ids(groups.clone(), &relations, &told);
            let got: Vec<&str> = stories.all.iter().map(|s| s.id.as_str()).collect();
            assert_eq!(got, expect, "{groups:?}");
        }
    }
}
