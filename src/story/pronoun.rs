//! Whom a short form means: a pronoun, or a given name that several people of an article have.
//!
//! Owns: the last person named before it whom it can mean; men and women are told by their forms of address.
//! Refuses: to choose between two people of one sentence, unless one of them is speaking there.
//! Tests: at the foot of `quotes.rs`; measured in `tests/it/quotes.rs`.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::background::is_word;
use super::makers::is_label;
use super::saying::Patterns;
use super::speaker::{Clauses, Said, shifted};
use crate::entity::{EntityIx, Kind, Mention, Names};
use crate::text::{is_letter, sentences};

/// Bytes before a pronoun in which the person is looked for.
const REACH: usize = 2500;
/// Bytes behind a name in which its verb of saying begins and ends.
const LONGEST_VERB: usize = 60;
/// The middle name of women.
const OF_WOMEN: &str = "Thị";

/// What forms of address tell of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Address {
    he: bool,
    she: bool,
}

impl Address {
    fn of(word: &str, patterns: &Patterns) -> Self {
        let word = word.to_lowercase();
        Self { he: patterns.he.contains(&word), she: patterns.she.contains(&word) }
    }

    /// Whether both can be one person's: what is not known speaks against nothing.
    fn agrees(self, other: Self) -> bool {
        let opposed = |a: Self, b: Self| a.he && !a.she && b.she && !b.he;
        !opposed(self, other) && !opposed(other, self)
    }
}

/// The people of an article, as quotes need them.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Parallel to the mentions: the entity, a given name alone resolved to the full name that it stands for.
    pub of: Vec<EntityIx>,
    address: FxHashMap<EntityIx, Address>,
}

impl People {
    /// Reads the mentions of an article.
    pub fn of(text: &str, names: &Names, of: &[EntityIx], patterns: &Patterns) -> Self {
        let mut people = Self { of: of.to_vec(), address: FxHashMap::default() };
        let full = people.in_full(text, names);
        for (mention, entity) in names.mentions.iter().zip(&mut people.of) {
            let half = || !full.contains(entity) && is_half(text, mention, patterns);
            if is_label(&text[..mention.start as usize]) || half() {
                *entity = EntityIx::NONE;
            }
        }
        people.resolve(text, names, patterns, &full);
        for (mention, &entity) in names.mentions.iter().zip(&people.of) {
            if mention.kind == Kind::Per && entity != EntityIx::NONE {
                let found = addressed(text, mention, patterns);
                let known = people.address.entry(entity).or_default();
                known.he |= found.he;
                known.she |= found.she;
            }
        }
        people
    }

    /// The people that the article names by more than one word.
    fn in_full(&self, text: &str, names: &Names) -> FxHashSet<EntityIx> {
        let spelled = |m: &Mention| &text[m.start as usize..m.end as usize];
        let people = names.mentions.iter().zip(&self.of).filter(|(m, _)| m.kind == Kind::Per);
        people.filter(|(m, _)| spelled(m).contains(char::is_whitespace)).map(|(_, entity)| *entity).collect()
    }

    /// Given names that joining left alone, as two people have them, mean the last one whose full name stood before.
    fn resolve(&mut self, text: &str, names: &Names, patterns: &Patterns, full: &FxHashSet<EntityIx>) {
        let spelled = |m: &Mention| &text[m.start as usize..m.end as usize];
        let people = || names.mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Per);
        let mut last: FxHashMap<&str, Vec<(EntityIx, Address)>> = FxHashMap::default();
        for (n, mention) in people() {
            let (Some(&entity), name) = (self.of.get(n), spelled(mention)) else { continue };
            if entity == EntityIx::NONE {
                continue;
            }
            let found = addressed(text, mention, patterns);
            if let Some((_, given)) = name.rsplit_once(char::is_whitespace) {
                let all = last.entry(given).or_default();
                all.retain(|known| known.0 != entity);
                all.push((entity, found));
            } else if !full.contains(&entity)
                && let Some(known) = last.get(name).and_then(|all| all.iter().rfind(|k| k.1.agrees(found)))
            {
                self.of[n] = known.0;
            }
        }
    }
}

/// One syllable that makes a word with the small one behind it (`Hạnh phúc`): no person, whoever else is called so. A verb of
/// saying behind it is its own.
fn is_half(text: &str, mention: &Mention, patterns: &Patterns) -> bool {
    let (start, end) = (mention.start as usize, mention.end as usize);
    if mention.kind != Kind::Per || text[start..end].contains(char::is_whitespace) {
        return false;
    }
    let Some(behind) = text[end..].strip_prefix(' ') else { return false };
    let word = behind.split(|c: char| !is_letter(c)).next().unwrap_or_default();
    // A search in all the text behind each name would take most of an article's time.
    let near = &behind[..behind.floor_char_boundary(LONGEST_VERB)];
    word.starts_with(char::is_lowercase)
        && is_word(&text[start..end + 1 + word.len()])
        && patterns.verbs.find(near).is_none_or(|m| m.start() > 0)
}

/// The form of address before a name; its middle name.
fn addressed(text: &str, mention: &Mention, patterns: &Patterns) -> Address {
    let before = text[..mention.start as usize].split_whitespace().next_back().unwrap_or_default();
    let mut found = Address::of(before, patterns);
    found.she |= text[mention.start as usize..mention.end as usize].split_whitespace().any(|w| w == OF_WOMEN);
    found
}

impl Clauses<'_> {
    /// The verb before a quote whose subject is a pronoun, and whom that means: the last one. `said` are the quotes before: who
    /// is named inside does not speak.
    pub fn pronoun(&self, clause: &Range<usize>, said: &[Range<usize>]) -> Option<Said> {
        let (who, verb) = self.pronouns(clause).pop()?;
        let speaker = self.meant(self.address(&who), who.start, said);
        Some(Said { speaker, verb: Some(verb) })
    }

    /// The same behind a quote, which begins at `quote`: the first one, before which nobody else is named.
    pub fn pronoun_behind(&self, clause: &Range<usize>, quote: usize, said: &[Range<usize>]) -> Option<Said> {
        let (who, verb) = self.pronouns(clause).into_iter().next()?;
        if self.mentions(&(clause.start..who.start)).any(|m| m.kind == Kind::Per) {
            return None;
        }
        Some(Said { speaker: self.meant(self.address(&who), quote, said), verb: Some(verb) })
    }

    /// Pronouns that are subjects of a verb of saying, with it.
    fn pronouns(&self, clause: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
        let inside = &self.text[clause.clone()];
        let found = self.patterns.pronoun.captures_iter(inside).filter_map(|c| {
            let (who, verb) = (c.name("who")?, c.name("verb")?);
            // `he NAME said`: a form of address.
            let between = inside[who.end()..verb.start()].split_whitespace();
            let named = between.into_iter().any(|w| w.starts_with(char::is_uppercase));
            (!named).then(|| (shifted(who.range(), clause.start), shifted(verb.range(), clause.start)))
        });
        found.collect()
    }

    fn address(&self, who: &Range<usize>) -> Address {
        let word = self.text[who.clone()].split_whitespace().next().unwrap_or_default();
        Address::of(word, self.patterns)
    }

    /// The last person named before a place whom a form of address can mean.
    fn meant(&self, address: Address, before: usize, said: &[Range<usize>]) -> Option<EntityIx> {
        let from = self.text.floor_char_boundary(before.saturating_sub(REACH));
        let known = |entity: EntityIx| self.people.address.get(&entity).copied().unwrap_or_default();
        for sentence in sentences(&self.text[from..before]).into_iter().rev() {
            let sentence = from + sentence.start..from + sentence.end;
            let told = |at: usize| said.iter().any(|s| s.start <= at && at < s.end);
            let people = self.mentions(&sentence).filter(|m| m.kind == Kind::Per && !told(m.range.start));
            let mut people: Vec<EntityIx> =
                people.map(|m| m.entity).filter(|e| known(*e).agrees(address)).collect();
            people.dedup();
            match people[..] {
                // Somebody without a name stands nearer.
                [] if self.patterns.somebody.is_match(&self.text[sentence.clone()]) => return None,
                [] => {}
                [one] => return Some(one),
                // Of several, who is speaking goes on: the subject of the first verb.
                _ => {
                    let speaker = self.trailing(&sentence)?.speaker?;
                    return people.contains(&speaker).then_some(speaker);
                }
            }
        }
        None
    }
}
