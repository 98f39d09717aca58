//! The articles that are related, wherever their features lie: in memory, or on disk where there are many.
//!
//! Owns: what relating asks of a collection. Refuses: to know how a collection is stored.

use super::features::{Features, Sight};
use super::score::Moment;
use super::vectors::View;
use crate::entity::EntityIx;

/// A collection of articles, by index.
pub trait Collection: Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// Hands over the features of an article; nothing where they cannot be had.
    fn features(&self, article: usize, take: &mut dyn FnMut(Sight<'_>));
    /// Hands over what the score is made of; nothing where it cannot be had.
    fn vectors(&self, article: usize, take: &mut dyn FnMut(View<'_>));
    /// Its distinct entities, in ascending order; `room` is where they may be put.
    fn entities<'a>(&'a self, article: usize, room: &'a mut Vec<EntityIx>) -> &'a [EntityIx];
    /// Minutes since 1970, UTC.
    fn minutes(&self, article: usize) -> Option<i64>;
    /// Its outlet, in lower case.
    fn outlet(&self, article: usize) -> Option<&str>;
    /// How many entities there are.
    fn names(&self) -> usize;
    /// In how many articles an entity stands.
    fn spread(&self, name: EntityIx) -> u32;
}

/// One article of a collection in memory.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// Its features.
    pub features: &'a Features,
    /// Its distinct entities, in ascending order.
    pub entities: Vec<EntityIx>,
    /// Minutes since 1970, UTC.
    pub minutes: Option<i64>,
    /// Its outlet, in lower case.
    pub outlet: Option<&'a str>,
}

impl Input<'_> {
    /// When it was published.
    pub fn when(&self) -> Moment {
        self.features.when(self.minutes)
    }
}

/// A collection in memory.
#[derive(Debug)]
pub struct Inputs<'a> {
    inputs: &'a [Input<'a>],
    spread: Vec<u32>,
}

impl<'a> Inputs<'a> {
    /// Counts the names of a collection.
    pub fn new(inputs: &'a [Input<'a>]) -> Self {
        let names = || inputs.iter().flat_map(|i| &i.entities).map(|e| e.0 as usize);
        let mut spread = vec![0; names().max().map_or(0, |last| last + 1)];
        names().for_each(|name| spread[name] += 1);
        Self { inputs, spread }
    }
}

impl Collection for Inputs<'_> {
    fn count(&self) -> usize {
        self.inputs.len()
    }

    fn features(&self, article: usize, take: &mut dyn FnMut(Sight<'_>)) {
        take(self.inputs[article].features.sight());
    }

    fn vectors(&self, article: usize, take: &mut dyn FnMut(View<'_>)) {
        take(self.inputs[article].features.vectors.view());
    }

    fn entities<'a>(&'a self, article: usize, _: &'a mut Vec<EntityIx>) -> &'a [EntityIx] {
        &self.inputs[article].entities
    }

    fn minutes(&self, article: usize) -> Option<i64> {
        self.inputs[article].minutes
    }

    fn outlet(&self, article: usize) -> Option<&str> {
        self.inputs[article].outlet
    }

    fn names(&self) -> usize {
        self.spread.len()
    }

    fn spread(&self, name: EntityIx) -> u32 {
        self.spread.get(name.0 as usize).copied().unwrap_or(0)
    }
}
