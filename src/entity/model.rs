//! The entity model.

use std::borrow::Cow;
use std::sync::OnceLock;

/// Kinds of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// People.
    Per,
    /// Places.
    Loc,
    /// Organisations.
    Org,
    /// Events, treaties, products, works.
    Misc,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Per, Self::Loc, Self::Org, Self::Misc];

    /// `PER`, `LOC`, `ORG`, `MISC`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Loc => "LOC",
            Self::Org => "ORG",
            Self::Misc => "MISC",
        }
    }
}

/// Why a stretch of text was taken for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Evidence {
    /// The model's decision, with its margin in hundredths.
    Model(i16),
    /// It stands in a table of known names, or is a web address with an ending of the table.
    Table,
    /// The same string was recognised elsewhere in the article.
    Repetition,
    /// The article sets it in brackets behind the full name whose first letters it has.
    Definition,
}

impl Evidence {
    /// The name in `names --mentions --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model(_) => "model",
            Self::Table => "table",
            Self::Repetition => "repetition",
            Self::Definition => "definition",
        }
    }

    /// The model's margin in hundredths, where the model decided.
    pub fn margin(self) -> Option<i16> {
        if let Self::Model(margin) = self { Some(margin) } else { None }
    }
}

/// A name in an article's plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Mention {
    /// First byte in [`crate::article::Plain::text`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What kind of name.
    pub kind: Kind,
    /// Why it was taken for one.
    pub evidence: Evidence,
}

/// The layer that joined a variant to its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Rule {
    /// It is the canonical name.
    Canonical,
    /// Layer 0: NFC, tone placement, case, full stops.
    Spelling,
    /// Layer 1: hyphens, blanks, apostrophes.
    Joints,
    /// Layer 2: table of other names.
    Table,
    /// Layer 3: "Full name (ABBR)" in an article.
    Abbreviation,
    /// Layer 4: a part of the full name in the same article.
    Part,
    /// Written without marks, in an article of the same story as one that has them.
    Marks,
    /// Layer 6: the reader's own repair.
    Repair,
}

impl Rule {
    /// The name in `names --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Spelling => "spelling",
            Self::Joints => "joints",
            Self::Table => "table",
            Self::Abbreviation => "abbreviation",
            Self::Part => "part",
            Self::Marks => "marks",
            Self::Repair => "repair",
        }
    }
}

/// One spelling of an entity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Variant {
    /// As it stands in the articles.
    pub text: String,
    /// Mentions with this spelling.
    pub count: u32,
    /// What joined it.
    pub rule: Rule,
    /// The table row, abbreviation or repair that the rule rests on; empty where the rule says it all.
    pub why: String,
}

/// Place in the [`Entities`] of one snapshot; not stable between snapshots ([`Entity::id`] is).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct EntityIx(pub u32);

impl EntityIx {
    /// No entity: the reader ignores this name ([`Entities::get`] gives `None`).
    pub const NONE: Self = Self(u32::MAX);
}

/// A person, place, organisation or other named thing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entity {
    /// Stable id made of kind and canonical key (lower case, no blanks or hyphens), e.g. `per:kimjongun`.
    pub id: String,
    /// Kind.
    pub kind: Kind,
    /// The canonical name.
    pub name: String,
    /// All spellings, the most frequent first.
    pub variants: Vec<Variant>,
    /// Articles that mention it.
    pub articles: u32,
    /// Mentions.
    pub mentions: u32,
    /// Other entities that it might be part of: two candidates stay open and say so.
    pub open: Vec<String>,
}

/// The names of one article, before joining across articles: what [`Recogniser`](super::Recogniser) gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Names {
    /// In text order, not overlapping.
    pub mentions: Vec<Mention>,
}

/// All entities of a snapshot, those in most articles first, and which of them each mention means. They are in memory after joining;
/// of an earlier joining they stay where they were kept, and each is taken up when it is first asked for.
#[derive(Debug, Default)]
pub struct Entities {
    pub(super) all: Vec<Entity>,
    meant: Meant,
    away: Option<Away>,
}

/// The entity of each mention, article after article, in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// Where the mentions of each article end.
    ends: Vec<u32>,
    entities: Vec<EntityIx>,
}

impl Meant {
    pub fn new(ends: Vec<u32>, entities: Vec<EntityIx>) -> Self {
        Self { ends, entities }
    }

    fn of(&self, article: usize) -> &[EntityIx] {
        let Some(&end) = self.ends.get(article) else { return &[] };
        let start = article.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entities[start as usize..end as usize]
    }
}

/// Where entities of an earlier joining are.
pub trait Keeper: std::fmt::Debug + Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them; `None` where it cannot be had.
    fn entity(&self, ix: EntityIx) -> Option<Entity>;
    /// The kind of each.
    fn kinds(&self) -> &[Kind];
    /// How many articles mention each.
    fn articles(&self) -> &[u32];
    /// The words of the shortest spelling of each, as far as a byte counts.
    fn fewest_words(&self) -> &[u8];
    /// Those that may have this id: few.
    fn like(&self, id: &str) -> Vec<EntityIx>;
    /// The entity of each mention of an article.
    fn of(&self, article: usize) -> Vec<EntityIx>;
}

#[derive(Debug)]
struct Away {
    keeper: Box<dyn Keeper>,
    /// Those that were taken up; a tray is made when something is put into it.
    taken: Vec<OnceLock<Box<Tray>>>,
}

/// Places of a tray: mostly those in few articles are never asked for.
const TRAY: usize = 64;

type Tray = [OnceLock<Box<Entity>>; TRAY];

impl Away {
    fn get(&self, ix: EntityIx) -> Option<&Entity> {
        let at = ix.0 as usize;
        let tray = self.taken.get(at / TRAY)?;
        let place = &tray.get_or_init(|| Box::new([const { OnceLock::new() }; TRAY]))[at % TRAY];
        if place.get().is_none() {
            // Two threads may both take it up: it is the same.
            let _ = place.set(Box::new(self.keeper.entity(ix)?));
        }
        place.get().map(Box::as_ref)
    }
}

/// The words of a name: what blanks, hyphens and other signs part.
pub fn word_count(name: &str) -> usize {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

impl Entity {
    /// The words of its shortest spelling.
    pub fn fewest_words(&self) -> usize {
        let spellings = self.variants.iter().map(|v| v.text.as_str());
        spellings.chain([self.name.as_str()]).map(word_count).min().unwrap_or(0)
    }
}

impl Entities {
    /// What joining gave: the entities, and for each article (by index) the entity of each of its mentions, parallel to
    /// [`Names::mentions`].
    pub fn joined(all: Vec<Entity>, of: Vec<Vec<EntityIx>>) -> Self {
        let mut meant = Meant::default();
        for list in of {
            meant.entities.extend(list);
            meant.ends.push(meant.entities.len() as u32);
        }
        Self::new(all, meant)
    }

    pub(super) fn new(all: Vec<Entity>, meant: Meant) -> Self {
        Self { all, meant, away: None }
    }

    /// What an earlier joining gave.
    pub fn kept(keeper: Box<dyn Keeper>) -> Self {
        let taken = (0..keeper.count().div_ceil(TRAY)).map(|_| OnceLock::new()).collect();
        Self { away: Some(Away { keeper, taken }), ..Self::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.away.as_ref().map_or(self.all.len(), |away| away.keeper.count())
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them; those that are not in memory are taken up.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        (0..self.len() as u32).filter_map(|n| self.get(EntityIx(n)))
    }

    /// Shows all of them, one after another; those that are not in memory are not taken up.
    pub fn each(&self, mut with: impl FnMut(&Entity)) {
        match &self.away {
            Some(away) => {
                let all = (0..away.keeper.count() as u32).filter_map(|n| away.keeper.entity(EntityIx(n)));
                all.for_each(|entity| with(&entity));
            }
            None => self.all.iter().for_each(with),
        }
    }

    /// The entity at an index.
    pub fn get(&self, ix: EntityIx) -> Option<&Entity> {
        let Some(away) = &self.away else { return self.all.get(ix.0 as usize) };
        away.get(ix)
    }

    /// The kind of an entity.
    pub fn kind(&self, ix: EntityIx) -> Option<Kind> {
        match &self.away {
            Some(away) => away.keeper.kinds().get(ix.0 as usize).copied(),
            None => self.all.get(ix.0 as usize).map(|e| e.kind),
        }
    }

    /// How many articles mention an entity.
    pub fn articles(&self, ix: EntityIx) -> u32 {
        match &self.away {
            Some(away) => away.keeper.articles().get(ix.0 as usize).copied(),
            None => self.all.get(ix.0 as usize).map(|e| e.articles),
        }
        .unwrap_or(0)
    }

    /// Whether some spelling of an entity may have so few words: it is not taken up for it.
    pub fn may_be_as_short(&self, ix: EntityIx, words: usize) -> bool {
        match &self.away {
            Some(away) => {
                away.keeper.fewest_words().get(ix.0 as usize).is_some_and(|n| usize::from(*n) <= words)
            }
            None => self.get(ix).is_some_and(|e| e.fewest_words() <= words),
        }
    }

    /// The entity with an id.
    pub fn find(&self, id: &str) -> Option<EntityIx> {
        match &self.away {
            Some(away) => {
                let is = |ix: &EntityIx| self.get(*ix).is_some_and(|e| e.id == id);
                away.keeper.like(id).into_iter().find(is)
            }
            None => self.all.iter().position(|e| e.id == id).map(|n| EntityIx(n as u32)),
        }
    }

    /// The entity of each mention of an article, parallel to [`Names::mentions`].
    pub fn of(&self, article: usize) -> Cow<'_, [EntityIx]> {
        match &self.away {
            Some(away) => Cow::Owned(away.keeper.of(article)),
            None => Cow::Borrowed(self.meant.of(article)),
        }
    }

    /// How many articles were joined.
    #[cfg(test)]
    pub(super) fn rows(&self) -> usize {
        self.meant.ends.len()
    }

    /// The distinct entities of an article with their number of mentions there, in order of first mention.
    pub fn in_article(&self, article: usize) -> Vec<(EntityIx, u32)> {
        let mut out: Vec<(EntityIx, u32)> = Vec::new();
        for &ix in self.of(article).iter() {
            if ix == EntityIx::NONE {
                continue;
            }
            match out.iter_mut().find(|(seen, _)| *seen == ix) {
                Some((_, n)) => *n += 1,
                None => out.push((ix, 1)),
            }
        }
        out
    }
}
