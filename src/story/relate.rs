//! Neighbours: candidates from the index of signatures, then the full score; each article's list is changed as others come.
//!
//! Owns: the two stages, both directions of a relation, and when all is related anew.
//! Refuses: all pairs; to hold the articles' features (the [`Collection`] does).
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::collection::{Collection, Input, Inputs};
use super::features::Sight;
use super::growing::Growing;
use super::index::Index;
use super::kinds::{settled, turned};
use super::links::{Link, Relation, Relations, shared_names};
use super::model::RelationKind;
use super::probe::Probe;
use super::reasons::{One, compare, shares_terms};
use super::score::{Card, Days, Moment, NameWeights, Query, distance, fading};
use super::sums::{Factors, Sums};
use super::weights::Weights;

/// Candidates that get the full score at most.
const CANDIDATES: usize = 120;
/// So many candidates are scored in a row, those first that promise most; where none of them comes among the best, the rest would not.
const ROW: usize = 8;
/// The best that a row is measured by.
const BEST: usize = 8;
/// Score from which it is told.
const LEAST: f32 = 0.03;
/// Articles that are read, or related, at once.
const AT_ONCE: usize = 256;

/// Finds the `top` related articles of each article. A pair that was related `before`, when fewer articles were there, keeps its
/// kind unless it is clearly another now. `stop` is asked now and then and ends the work early.
pub fn relate(
    inputs: &[Input<'_>],
    top: usize,
    before: &Relations,
    stop: &(dyn Fn() -> bool + Sync),
) -> Relations {
    let mut neighbours = Neighbours::new(top, Arc::new(before.clone()));
    neighbours.add(&Inputs::new(inputs), stop, &mut |_| {});
    Arc::unwrap_or_clone(neighbours.relations)
}

/// The related articles of a collection that grows.
#[derive(Debug)]
pub struct Neighbours {
    top: usize,
    /// Those that were told before: a pair keeps its kind where it is nearly right.
    before: Arc<Relations>,
    relations: Arc<Relations>,
    /// Articles that were related; the others have cards only.
    related: FixedBitSet,
    weights: Option<Weights>,
    index: Index,
    cards: Vec<Card>,
    /// The article of each number of the index, and the day of each. Those that were there at first are numbered by their time: what is
    /// looked up for one number after another lies near then.
    numbered: Vec<u32>,
    days: Days,
}

/// Room of one thread.
#[derive(Default)]
struct Room {
    sums: Sums,
    query: Query,
    /// The shingles of the article.
    shingles: Probe,
}

/// What an article is compared with, and by.
struct Sides<'s> {
    collection: &'s dyn Collection,
    weights: &'s Weights,
    names: &'s NameWeights,
    /// What others told of their relation to it: no pair is compared twice.
    lists: &'s Growing,
    /// Articles whose lists were full before: they may want what is not among the best of others.
    there: &'s FixedBitSet,
}

/// What was found for an article, best first: other articles, each with the score. Those that only come into question
/// for the other's list follow after the first `own`.
#[derive(Default)]
struct Found {
    links: Vec<Link>,
    own: usize,
}

impl Neighbours {
    /// No articles yet. Lists have up to `top` relations; pairs that were related `before` keep their kind where it is nearly right.
    pub fn new(top: usize, before: Arc<Relations>) -> Self {
        Self {
            top,
            before,
            relations: Arc::default(),
            related: FixedBitSet::new(),
            weights: None,
            index: Index::new(0),
            cards: Vec::new(),
            numbered: Vec::new(),
            days: Days::default(),
        }
    }

    /// The relations of all articles.
    pub fn relations(&self) -> &Arc<Relations> {
        &self.relations
    }

    /// Takes articles out that went: from now on the collection must have no features for them.
    pub fn forget(&mut self, gone: &dyn Fn(usize) -> bool) {
        let mut left = Relations::default();
        for article in 0..self.relations.len() {
            let mut list = if gone(article) { Vec::new() } else { self.relations.links(article) };
            list.retain(|link| !gone(link.relation.to as usize));
            left.push(&list);
        }
        self.relations = Arc::new(left);
    }

    /// When each article was published, as far as others are compared by it.
    pub fn moments(&self) -> Vec<Moment> {
        self.cards.iter().map(|card| card.when).collect()
    }

    /// Bytes in memory: of the relations, and of what it takes to find more.
    pub fn bytes(&self) -> [usize; 2] {
        let looked_up = size_of_val(&*self.cards) + size_of_val(&*self.numbered) + self.days.bytes();
        [self.relations.bytes(), self.index.bytes() + looked_up]
    }

    /// Relates the articles of a collection that came since the last time (the others must be the same), and changes the
    /// lists of those that they belong to. When the collection has doubled since its weights were taken, all are related anew.
    /// `told` hears how many are done. Ended early, what was found stands, and the next time goes on from there.
    pub fn add(
        &mut self,
        collection: &dyn Collection,
        stop: &(dyn Fn() -> bool + Sync),
        told: &mut dyn FnMut(usize),
    ) {
        let count = collection.count();
        let weights = match self.weights.take() {
            Some(weights) if count < 2 * weights.counted => weights,
            _ => {
                if !self.related.is_clear() {
                    self.before = std::mem::take(&mut self.relations);
                }
                self.related.clear();
                self.cards.clear();
                self.numbered.clear();
                self.days = Days::default();
                self.index = Index::new(count);
                Weights::of(collection)
            }
        };
        self.read(collection, &weights, self.cards.len()..count);
        let waiting = self.waiting(count);
        if waiting.len() > AT_ONCE {
            // Many questions are worth it to lay postings out that wait, however few they are beside the others.
            self.index.settle();
        }
        let mut lists = Growing::of(Arc::clone(&self.relations), count, self.top);
        let names = NameWeights::of(collection);
        let there = self.related.clone();
        for part in waiting.chunks(AT_ONCE) {
            if stop() {
                break;
            }
            let sides = Sides { collection, weights: &weights, names: &names, lists: &lists, there: &there };
            let find = |room: &mut Room, article: &u32| {
                if stop() { Found::default() } else { self.find(*article as usize, &sides, room) }
            };
            let found: Vec<Found> = part.par_iter().map_init(Room::default, find).collect();
            // A part that was ended early is done again as a whole.
            if stop() {
                break;
            }
            for (&article, found) in part.iter().zip(found) {
                enter(&mut lists, article, found);
                self.related.insert(article as usize);
            }
            told(self.related.count_ones(..));
        }
        self.relations = Arc::new(lists.done());
        self.weights = Some(weights);
    }

    /// Articles that are to be related, by their time: those that follow one another look at the same others, which are near in memory
    /// then.
    fn waiting(&mut self, count: usize) -> Vec<u32> {
        self.related.grow(count);
        let mut waiting: Vec<u32> = self.related.zeroes().map(|article| article as u32).collect();
        waiting.sort_by_key(|article| self.cards[*article as usize].when.minutes);
        waiting
    }

    /// Takes cards and signatures of articles.
    fn read(&mut self, collection: &dyn Collection, weights: &Weights, range: std::ops::Range<usize>) {
        let is_first = range.start == 0;
        self.cards.resize(range.end, Card::default());
        let mut order: Vec<u32> = (range.start as u32..range.end as u32).collect();
        if is_first {
            each_part(&order, &signatures(collection), |signature| {
                self.index.expect(signature.into_iter().map(|(hash, _)| hash));
            });
            order.sort_by_key(|article| collection.minutes(*article as usize));
        }
        let read = |n: usize| {
            let (mut card, mut signature) = (Card::default(), Vec::new());
            collection.features(n, &mut |features| {
                card = Card::of(&features, collection.minutes(n), weights);
                signature = features.signature.iter().collect();
            });
            (n, card, signature)
        };
        each_part(&order, &read, |(article, card, signature)| {
            self.cards[article] = card;
            self.numbered.push(article as u32);
            self.days.push(card.when);
            if is_first {
                self.index.lay_out(&signature);
            } else {
                self.index.add(&signature);
            }
        });
        self.index.laid();
    }

    /// Finds the articles nearest to one.
    fn find(&self, article: usize, sides: &Sides<'_>, room: &mut Room) -> Found {
        let mut found = Found::default();
        sides.collection.features(article, &mut |features| {
            found = self.find_for(article, &features, sides, room);
        });
        found
    }

    /// The same, of an article with these features.
    fn find_for(&self, article: usize, features: &Sight<'_>, sides: &Sides<'_>, room: &mut Room) -> Found {
        let collection = sides.collection;
        let near = self.nearest(article, features, sides, room);
        room.shingles.fill(features.shingles.len(), features.shingles.iter().map(|hash| (hash, 1.0)));
        let when = self.cards[article].when;
        let mut names = Vec::new();
        let entities = collection.entities(article, &mut names);
        let here = One { features: *features, entities, when, outlet: collection.outlet(article) };
        let mut found = Found::default();
        for (nth, (other, score)) in near.into_iter().enumerate() {
            let own = nth < self.top;
            if own || (sides.there.contains(other as usize) && score > self.worst(other as usize)) {
                let known = sides.lists.link(article as u32, other);
                found.links.extend(
                    known.or_else(|| self.link(&here, &room.shingles, article, (other, score), collection)),
                );
                found.own += if own { found.links.len() - found.own } else { 0 };
            }
        }
        found
    }

    /// Other articles with their scores, the best first.
    fn nearest(
        &self,
        article: usize,
        features: &Sight<'_>,
        sides: &Sides<'_>,
        room: &mut Room,
    ) -> Vec<(u32, f32)> {
        let Sides { collection, weights, names, .. } = *sides;
        let card = self.cards[article];
        let time = |other: u32| fading(distance(card.when, self.cards[other as usize].when));
        let of = |number: u32| self.numbered[number as usize];
        let factors = Factors { most: self.days.bounds(card.when), exact: |number| time(of(number)) };
        let candidates =
            self.index.candidates(features.signature, weights, CANDIDATES, &mut room.sums, &factors);
        let candidates: Vec<u32> = candidates.into_iter().map(of).collect();
        let mut found = Vec::new();
        room.query.fill(features.vectors, card, collection.entities(article, &mut found), weights);
        let mut near: Vec<(u32, f32)> = Vec::with_capacity(candidates.len());
        let mut best = [0.0_f32; BEST];
        for row in candidates.chunks(ROW) {
            let least = best[BEST - 1];
            for &other in row.iter().filter(|&&other| other as usize != article) {
                let (at, mut score) = (other as usize, 0.0);
                collection.vectors(at, &mut |vectors| {
                    let (card, others) = (self.cards[at], collection.entities(at, &mut found));
                    score = room.query.score(vectors, card, others, weights, names);
                });
                let score = (score * time(other)).min(1.0);
                near.push((other, score));
                let place = best.partition_point(|known| *known >= score);
                if place < BEST {
                    best[place..].rotate_right(1);
                    best[place] = score;
                }
            }
            if near.len() > 2 * ROW && best[BEST - 1] <= least {
                break;
            }
        }
        near.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near
    }

    /// The score from which an article outside its own best comes into the full list of one that is there already; a list with room
    /// gets what has it among its best, as each other comparison would cost more than it brings.
    fn worst(&self, article: usize) -> f32 {
        let list = self.relations.of(article);
        if list.len() < self.top { f32::MAX } else { list.last().map_or(f32::MAX, Relation::score) }
    }

    /// The relation of an article, whose shingles are at hand, to another with its score, if it is one.
    fn link(
        &self,
        here: &One<'_>,
        shingles: &Probe,
        article: usize,
        (other, score): (u32, f32),
        collection: &dyn Collection,
    ) -> Option<Link> {
        let at = other as usize;
        let mut link = None;
        collection.features(at, &mut |features| {
            let mut names = Vec::new();
            let entities = collection.entities(at, &mut names);
            let (when, outlet) = (self.cards[at].when, collection.outlet(at));
            let (facts, note) = compare(here, shingles, &One { features, entities, when, outlet }, score);
            let shares = || {
                shared_names(here.entities, entities).next().is_some()
                    || shares_terms(&here.features, &features)
            };
            let similar = || (score >= LEAST && shares()).then_some(RelationKind::Similar);
            let kind = settled(&facts, known(&self.before, article, at)).or_else(similar);
            link = kind.map(|kind| Link::new(Relation::new(at, score, facts.headlines, kind), note));
        });
        link
    }
}

/// The signatures of articles.
fn signatures(collection: &dyn Collection) -> impl Fn(usize) -> Vec<(u32, u8)> + Sync + '_ {
    |article| {
        let mut signature = Vec::new();
        collection.features(article, &mut |features| signature = features.signature.iter().collect());
        signature
    }
}

/// Reads articles on all threads, some at once, and hands out what was read in their order.
fn each_part<T: Send>(articles: &[u32], read: &(dyn Fn(usize) -> T + Sync), mut take: impl FnMut(T)) {
    for part in articles.chunks(AT_ONCE) {
        let read = part.par_iter().map(|article| read(*article as usize));
        read.collect::<Vec<T>>().into_iter().for_each(&mut take);
    }
}

/// Puts what was found for an article into its list and those of the others.
fn enter(lists: &mut Growing, article: u32, found: Found) {
    let Found { links, own } = found;
    for (nth, link) in links.into_iter().enumerate() {
        let other = link.relation.to;
        lists.insert(other, Link { relation: link.relation.back(article), note: link.note.clone() });
        if nth < own {
            lists.insert(article, link);
        }
    }
}

/// The kind that a pair had, whichever side told it.
fn known(before: &Relations, from: usize, to: usize) -> Option<RelationKind> {
    let told = |from: usize, to: usize| before.of(from).iter().find(|r| r.to as usize == to).map(|r| r.kind);
    told(from, to).or_else(|| told(to, from).map(turned))
}
