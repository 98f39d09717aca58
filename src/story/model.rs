//! The story model.

use std::collections::BTreeSet;

use crate::entity::EntityIx;

/// How an article is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum RelationKind {
    /// Most of the shorter text stands in the other, from another outlet.
    Copy,
    /// The same outlet's newer (or older) version.
    Update,
    /// Reports the same happening.
    SameEvent,
    /// The same story, later.
    FollowUp,
    /// The same story, before.
    Earlier,
    /// A daily column of the same outlet.
    Series,
    /// Shares subject and names, not the happening.
    Background,
    /// Among the nearest that there are, but too little is shared to call it one of the others.
    Similar,
}

impl RelationKind {
    /// All kinds; files keep a kind by its place here.
    pub const ALL: [Self; 8] = [
        Self::Copy,
        Self::Update,
        Self::SameEvent,
        Self::FollowUp,
        Self::Earlier,
        Self::Series,
        Self::Background,
        Self::Similar,
    ];

    /// Its bit in a set of kinds.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The name in `related --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Update => "update",
            Self::SameEvent => "same event",
            Self::FollowUp => "follow-up",
            Self::Earlier => "earlier",
            Self::Series => "series",
            Self::Background => "background",
            Self::Similar => "similar",
        }
    }
}

/// One summand of a relation's score, or a fact beside it; words are made by the screen and the command line.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Reason {
    /// Shared names, the rarest first.
    Names(Vec<EntityIx>),
    /// Shared words of the titles (a pair of syllables that stands in both).
    Title(String),
    /// Number of quotes that share half of their 4-grams.
    Quotes(u32),
    /// Share of the shorter text that stands in the other, in hundredths.
    Text(u8),
    /// Minutes from this article to the other (negative: the other is older); `None` where a date is missing.
    Time(Option<i64>),
    /// Shared rare syllable pairs, where there are no shared names.
    Terms(Vec<String>),
}

/// Articles about one event.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Story {
    /// Stable id: that of the article that was its earliest when it was first told.
    pub id: String,
    /// A title chosen from its articles.
    pub title: String,
    /// Article indices, oldest first.
    pub articles: Vec<usize>,
}

/// Longer stories of several events each, newest first. Most articles of a large library stand in one, so that all lie in flat rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sagas {
    articles: Vec<u32>,
    /// One past the last article of each event.
    events: Vec<u32>,
    /// One past the last event of each saga.
    ends: Vec<u32>,
}

impl Sagas {
    /// Adds a saga: its events, the first first, each with its articles.
    pub fn push(&mut self, events: &[Vec<usize>]) {
        for event in events {
            self.articles.extend(event.iter().map(|article| *article as u32));
            self.events.push(self.articles.len() as u32);
        }
        self.ends.push(self.events.len() as u32);
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The events of each, the first first: the articles of a story, or one article without a story.
    pub fn iter(&self) -> impl Iterator<Item = Vec<Vec<usize>>> + '_ {
        let begin = |ends: &[u32], nth: usize| nth.checked_sub(1).map_or(0, |before| ends[before] as usize);
        let event = move |nth: usize| {
            let articles = self.articles.get(begin(&self.events, nth)..self.events[nth] as usize);
            articles.unwrap_or_default().iter().map(|article| *article as usize).collect()
        };
        let events =
            move |nth: usize| begin(&self.ends, nth)..(self.ends[nth] as usize).min(self.events.len());
        (0..self.ends.len()).map(move |nth| events(nth).map(event).collect())
    }
}

/// All stories of two or more articles, and to which an article belongs.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Stories {
    /// Newest first.
    pub all: Vec<Story>,
    /// For each article (by index) its place in `all`; [`NONE`] for none.
    of: Vec<u32>,
    /// Stories that belong together.
    pub sagas: Sagas,
}

/// Stands for no story.
const NONE: u32 = u32::MAX;

impl Stories {
    /// No stories of so many articles.
    pub fn none(articles: usize) -> Self {
        Self { of: vec![NONE; articles], ..Self::default() }
    }

    /// Adds a story; its articles are in no other.
    pub fn add(&mut self, story: Story) {
        for &article in &story.articles {
            self.of[article] = self.all.len() as u32;
        }
        self.all.push(story);
    }

    /// How many articles were looked at.
    pub fn articles(&self) -> usize {
        self.of.len()
    }

    /// The story of an article, as its place in `all`.
    pub fn of(&self, article: usize) -> Option<usize> {
        self.of.get(article).filter(|story| **story != NONE).map(|story| *story as usize)
    }

    /// The articles of each story in which one of these stands; an article without a story stands for itself.
    pub fn around(&self, articles: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for article in articles {
            match self.of(article) {
                Some(story) if seen.insert(story) => {
                    out.extend(self.all.get(story).map(|s| s.articles.clone()));
                }
                Some(_) => {}
                None => out.push(vec![article]),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sagas_come_back_as_they_went() {
        let all = [vec![vec![3, 1], vec![7]], vec![vec![2]], vec![vec![], vec![9, 8], vec![4]]];
        let mut sagas = Sagas::default();
        assert!(sagas.is_empty());
        for saga in &all {
            sagas.push(saga);
        }
        assert_eq!((sagas.len(), sagas.iter().collect::<Vec<_>>()), (3, all.to_vec()));
    }
}
