//! Who says it: from a clause beside a quote to a name and a verb.
//!
//! Owns: the rules of subject and verb, in Vietnamese and English; the words are data (`saying`).
//! Refuses: to guess: a name is a speaker where it is the subject of a verb of saying. A name inside another phrase
//! ("the brother of NAME says", "a member of BODY says"), in brackets, behind a conjunction or a pronoun, or in another
//! clause is none. Whom a pronoun means, `pronoun` says.
//! Tests: at the foot of `quotes.rs`; measured in `tests/it/quotes.rs`.

use std::borrow::Cow;
use std::ops::Range;

use super::pronoun::People;
use super::quoted::is_mark;
use super::saying::Patterns;
use crate::article::is_medium;
use crate::entity::{EntityIx, Kind, Names};

/// Letters between a name and its verb at most, within one clause.
const GAP: usize = 80;
/// Letters of an apposition ("NAME, office of a body, says") at most.
const APPOSITION: usize = 160;
/// Letters between a verb and the name that follows it at most: room for an office.
const FOLLOWS: usize = 50;

/// Letters from which reported speech is worth keeping.
const LEAST_REPORTED: usize = 25;

/// A speaker and the verb, as byte range of the plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub speaker: Option<EntityIx>,
    pub verb: Option<Range<usize>>,
}

/// A mention whose entity is known.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub range: Range<usize>,
    pub entity: EntityIx,
    pub kind: Kind,
}

/// Reads clauses of one text.
pub(super) struct Clauses<'a> {
    pub text: &'a str,
    pub names: &'a Names,
    /// The entities of these names.
    pub people: &'a People,
    pub patterns: &'a Patterns,
}

impl Clauses<'_> {
    /// Speaker and verb in the clause before a quote: the last verb counts.
    pub fn leading(&self, clause: &Range<usize>) -> Option<Said> {
        let mut verbs = self.verbs(clause);
        verbs.retain(|verb| !self.patterns.turns.is_match(&self.text[verb.end..clause.end]));
        verbs.reverse();
        let colon = self.text[clause.clone()].trim_end().strip_suffix(':').map(|t| clause.start + t.len());
        self.in_clause(clause, &verbs).or_else(|| {
            // `NAME, office: "…"`: nothing but a name and what it is.
            let inside = &self.text[clause.clone()];
            let colon = colon.filter(|_| !self.patterns.verbs.is_match(inside))?;
            let all: Vec<Name> = self.mentions(&(clause.start..colon)).collect();
            let person = all.iter().find(|m| m.kind == Kind::Per);
            let office = |m: &&Name| self.is_office(&(clause.start..m.range.start));
            let body = all.last().filter(|m| m.kind == Kind::Org && m.range.end == colon && !office(m));
            let speaker = person.or(body).filter(|name| self.is_first(clause, name))?;
            let others = all.iter().any(|m| m.kind == Kind::Per && m.entity != speaker.entity);
            (!others).then_some(Said { speaker: Some(speaker.entity), verb: None })
        })
    }

    /// Speaker and verb in the clause behind a quote: the first verb counts.
    pub fn trailing(&self, clause: &Range<usize>) -> Option<Said> {
        self.in_clause(clause, &self.verbs(clause))
    }

    /// What a sentence reports in its own words, where it is sure who said so: the words and the speaker.
    pub fn reported(&self, sentence: &Range<usize>) -> Option<(Range<usize>, Said)> {
        let inside = &self.text[sentence.clone()];
        let found = self.patterns.reports.captures(inside)?;
        let (verb, whole) = (found.name("verb")?.range(), found.get(0)?.range());
        let verb = shifted(verb, sentence.start);
        if self.is_noun(sentence, &verb) {
            return None;
        }
        let words = inside[whole.end..].trim_end().trim_end_matches(['.', '!', '?', '…']);
        let start = sentence.start + whole.end;
        let said = self.in_clause(&(sentence.start..verb.end), &[verb])?;
        (words.chars().count() >= LEAST_REPORTED && !words.contains(is_mark))
            .then(|| (start..start + words.len(), said))
    }

    /// The last verb of a clause.
    pub fn verb(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        self.verbs(clause).pop()
    }

    /// What follows is called so, not said: `the contest "…"`, `the first song is "…"`, but not `the book tells "…"`.
    pub fn names_a_thing(&self, before: &str) -> bool {
        let Some(found) = self.patterns.thing.captures(before) else { return false };
        let which = found.name("which").map_or("", |w| w.as_str());
        let whole = found.get(0).map_or("", |w| w.as_str());
        let other = [&self.patterns.verbs, &self.patterns.pronoun, &self.patterns.breaks];
        which.is_empty() || !other.iter().any(|pattern| pattern.is_match(whole))
    }

    fn verbs(&self, clause: &Range<usize>) -> Vec<Range<usize>> {
        let inside = &self.text[clause.clone()];
        let verbs = self.patterns.verbs.find_iter(inside).map(|m| shifted(m.range(), clause.start));
        verbs.filter(|verb| !self.is_noun(clause, verb)).collect()
    }

    /// `the accusations that …`
    fn is_noun(&self, clause: &Range<usize>, verb: &Range<usize>) -> bool {
        self.patterns.noun.is_match(&self.text[clause.start..verb.start])
    }

    /// A subject and a verb, people before organisations, in the order of the verbs.
    fn in_clause(&self, clause: &Range<usize>, verbs: &[Range<usize>]) -> Option<Said> {
        for kind in [Kind::Per, Kind::Org] {
            let mut at = verbs.first().map_or(clause.end, |v| v.start);
            for verb in verbs {
                // Another person between this verb and one nearer to the quote is who speaks, if anybody does.
                let between = verb.end.min(at)..at.max(verb.end);
                if self.mentions(&between).any(|m| m.kind == Kind::Per) {
                    break;
                }
                at = verb.start;
                if let Some(name) = self.subject(clause, verb.start, kind) {
                    return Some(Said { speaker: Some(name.entity), verb: Some(verb.clone()) });
                }
            }
            if let Some(said) = self.named_after(clause, kind) {
                return Some(said);
            }
        }
        None
    }

    /// `said NAME`, `according to NAME`; a medium that only passes it on is none, nor is who only belongs to that (`according
    /// to an order of NAME`, `said a member of BODY`).
    fn named_after(&self, clause: &Range<usize>, kind: Kind) -> Option<Said> {
        let inside = &self.text[clause.clone()];
        self.patterns.before.find_iter(inside).map(|m| shifted(m.range(), clause.start)).find_map(|verb| {
            let people = |m: &Name| matches!(m.kind, Kind::Per | Kind::Org);
            let next = self.mentions(&(verb.end..clause.end)).find(people)?;
            let between = &self.text[verb.end..next.range.start];
            let near = between.chars().count() <= FOLLOWS && !between.contains(is_joint);
            let office = || self.is_office(&(verb.end..next.range.start));
            let beside = kind == Kind::Org && (is_medium(&self.text[next.range.clone()]) || office());
            // A person follows at once, or behind a title or whatever they say it through.
            let words = self.before(verb.start, &next).join(" ");
            let direct = between.trim().is_empty()
                || self.has_title(between)
                || self.patterns.through.is_match(&words)
                || kind == Kind::Org;
            (next.kind == kind && near && direct && !beside && !self.is_owned(verb.start, &next))
                .then_some(Said { speaker: Some(next.entity), verb: Some(verb) })
        })
    }

    /// The nearest name of a kind before a verb, where it is the verb's subject.
    fn subject(&self, clause: &Range<usize>, verb: usize, kind: Kind) -> Option<Name> {
        let open = |m: &Name| !is_bracketed(&self.text[clause.start..m.range.start]);
        let mut before: Vec<Name> = self.mentions(&(clause.start..verb)).filter(open).collect();
        let mut name = before.iter().rposition(|m| m.kind == kind)?;
        // `A thanked B and said`: the subject of the first verb is that of the second.
        if self.patterns.and.is_match(&self.text[before[name].range.end..verb]) {
            name = before.iter().position(|m| m.kind == kind)?;
            return self.is_first(clause, &before[name]).then(|| before.swap_remove(name));
        }
        let found = &before[name];
        let good = if kind == Kind::Org {
            name + 1 == before.len()
                && self.is_near(found.range.end..verb)
                && !self.is_office(&(clause.start..found.range.start))
                && !self.is_owned(clause.start, found)
        } else {
            !self.is_owned(clause.start, found)
                && (self.is_near(found.range.end..verb) || self.is_apposition(clause, found, verb))
        };
        good.then(|| before.swap_remove(name))
    }

    /// Not much and no other clause between a name and its verb; what stands in brackets is beside the matter.
    fn is_near(&self, between: Range<usize>) -> bool {
        let between = without_brackets(&self.text[between]);
        between.chars().count() <= GAP
            && !between.contains(is_joint)
            && !self.patterns.breaks.is_match(&between)
    }

    /// A stretch ends in a title: the name behind it is that of a body which somebody belongs to.
    fn is_office(&self, stretch: &Range<usize>) -> bool {
        let words: Vec<String> =
            self.text[stretch.clone()].split_whitespace().map(str::to_lowercase).collect();
        self.title_at_end(&words) > 0
    }

    /// How many of some words, in small letters, make the title that they end in.
    fn title_at_end(&self, words: &[String]) -> usize {
        let is_title = |n: &usize| self.patterns.titles.contains(&words[words.len() - n..].join(" "));
        (1..=words.len().min(3)).find(is_title).unwrap_or(0)
    }

    /// `NAME, office of a body, VERB` and `NAME does something, VERB`.
    fn is_apposition(&self, clause: &Range<usize>, name: &Name, verb: usize) -> bool {
        let between = &self.text[name.range.end..verb];
        if between.chars().count() > APPOSITION
            || between.contains(['"', '“', '”', ';', ':', '\n'])
            || !self.is_first(clause, name)
        {
            return false;
        }
        let mut depth = 0;
        let commas: Vec<usize> = between
            .char_indices()
            .filter(|&(_, c)| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                c == ',' && depth == 0
            })
            .map(|(at, _)| at)
            .collect();
        let (Some(&first), Some(&last)) = (commas.first(), commas.last()) else { return false };
        let rest = name.range.end + first + 1..verb;
        let direct = self.patterns.adverbs.is_match(&between[last + 1..]);
        let bare = between[..first].trim();
        if !(bare.is_empty() || (bare.starts_with('(') && bare.ends_with(')'))) {
            return direct;
        }
        let office =
            self.has_title(&self.text[rest.clone()]) && !self.patterns.breaks.is_match(&self.text[rest]);
        // Before a colon nobody else can be meant.
        let colon = self.text[clause.clone()].trim_end().ends_with(':');
        office || (direct && (first < last || colon))
    }

    /// The name, with its titles, begins the clause or a part of it that a comma ends.
    fn is_first(&self, clause: &Range<usize>, name: &Name) -> bool {
        let before = &self.text[clause.start..name.range.start];
        let from = before
            .rfind([',', ';', ':', '(', ')', '–', '—', '"', '”'])
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        before[from..].trim_matches(|c: char| c.is_whitespace() || c == '-').is_empty()
            || (self.has_title(&before[from..]) && !self.is_owned(clause.start, name))
    }

    /// A stretch begins with a title or form of address.
    fn has_title(&self, stretch: &str) -> bool {
        let words: Vec<String> = stretch
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(4)
            .map(str::to_lowercase)
            .collect();
        (1..=words.len()).any(|n| self.patterns.titles.contains(&words[..n].join(" ")))
    }

    /// `… of NAME`, `… has praised NAME`: somebody else.
    fn is_owned(&self, from: usize, name: &Name) -> bool {
        let words = self.before(from, name);
        let predicate = words.iter().skip(1).any(|w| self.patterns.tenses.contains(w));
        let owned = words.last().is_some_and(|w| self.patterns.owners.contains(w));
        predicate || (owned && !self.patterns.through.is_match(&words.join(" ")))
    }

    /// The words of its own clause before a name, in small letters, without its titles.
    fn before(&self, from: usize, name: &Name) -> Vec<String> {
        let stretch = &self.text[from..name.range.start];
        let own = stretch.rsplit(is_joint).next().unwrap_or_default();
        let own = self.patterns.joints.find_iter(own).last().map_or(own, |m| &own[m.end()..]);
        let mut words: Vec<String> = own.split_whitespace().map(str::to_lowercase).collect();
        for _ in 0..2 {
            words.truncate(words.len() - self.title_at_end(&words));
        }
        words
    }

    /// Mentions inside a stretch whose entity is known.
    pub fn mentions(&self, stretch: &Range<usize>) -> impl Iterator<Item = Name> + '_ {
        let mentions = &self.names.mentions;
        let first = mentions.partition_point(|m| (m.start as usize) < stretch.start);
        let end = stretch.end;
        mentions[first..]
            .iter()
            .zip(self.people.of.get(first..).unwrap_or_default())
            .take_while(move |(m, _)| m.end as usize <= end)
            .filter(|(_, entity)| **entity != EntityIx::NONE)
            .map(|(m, &entity)| Name { range: m.start as usize..m.end as usize, entity, kind: m.kind })
    }
}

/// Behind a stretch, a bracket is open.
fn is_bracketed(stretch: &str) -> bool {
    stretch.rfind('(').is_some_and(|at| !stretch[at..].contains(')'))
}

/// A stretch without what stands in brackets that it opens and closes.
fn without_brackets(stretch: &str) -> Cow<'_, str> {
    let Some((before, rest)) = stretch.split_once('(') else { return Cow::Borrowed(stretch) };
    let Some((_, after)) = rest.split_once(')') else { return Cow::Borrowed(stretch) };
    Cow::Owned(format!("{before}{}", without_brackets(after)))
}

pub(super) fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// What parts clauses.
fn is_joint(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '"' | '“' | '”' | '(' | '\n')
}
