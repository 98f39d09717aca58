//! The words of saying as patterns: verbs, pronouns, titles, what parts clauses.
//!
//! Owns: reading `assets/story/verbs.toml`. Refuses: to read clauses (`speaker`) and to say whom a pronoun means (`pronoun`).
//! Tests: at the foot of `quotes.rs`.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// The words of `assets/story/verbs.toml`.
#[derive(Debug, Deserialize)]
struct Words {
    vi: Vec<String>,
    en: Vec<String>,
    before: Vec<String>,
    pronouns: Vec<String>,
    he: Vec<String>,
    she: Vec<String>,
    one: Vec<String>,
    somebody: Vec<String>,
    breaks: Vec<String>,
    nouns: Vec<String>,
    turns: Vec<String>,
    tenses: Vec<String>,
    owners: Vec<String>,
    through: Vec<String>,
    and: Vec<String>,
    adverbs: Vec<String>,
    titles: Vec<String>,
    such: Vec<String>,
    things: Vec<String>,
}

/// The words as patterns.
pub(super) struct Patterns {
    /// A verb after its speaker.
    pub verbs: Regex,
    /// A verb before its speaker.
    pub before: Regex,
    /// A verb with what it reports: `said that`.
    pub reports: Regex,
    /// A pronoun with its verb.
    pub pronoun: Regex,
    /// Words that begin another clause.
    pub breaks: Regex,
    /// A stretch that makes a noun of the verb behind it.
    pub noun: Regex,
    /// Words behind a verb that begin what the article itself says.
    pub turns: Regex,
    /// Words of a predicate, and words before a name that does nothing itself, in small letters.
    pub tenses: FxHashSet<String>,
    pub owners: FxHashSet<String>,
    /// A stretch that ends in what somebody says through, and whose it is.
    pub through: Regex,
    /// Conjunctions.
    pub joints: Regex,
    /// What joins a second verb to the first.
    pub and: Regex,
    /// What may stand between a comma and a verb.
    pub adverbs: Regex,
    /// A stretch that ends in a word for a thing with a name of its own.
    pub thing: Regex,
    /// Somebody without a name: `a resident`.
    pub somebody: Regex,
    /// Titles and forms of address, in small letters.
    pub titles: FxHashSet<String>,
    /// Pronouns and forms of address of men, and of women.
    pub he: FxHashSet<String>,
    pub she: FxHashSet<String>,
}

/// The patterns; `None` where the data cannot be read, which a test rules out.
pub(super) fn patterns() -> Option<&'static Patterns> {
    static READ: OnceLock<Option<Patterns>> = OnceLock::new();
    READ.get_or_init(|| {
        let words: Words = toml::from_str(include_str!("../../assets/story/verbs.toml")).ok()?;
        let any = |words: &[String]| {
            // The longest first: an alternation takes the first that fits.
            let mut words: Vec<String> = words.iter().map(|w| regex::escape(w)).collect();
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            words.join("|")
        };
        let verbs = any(&[words.vi, words.en].concat());
        let pronouns = any(&words.pronouns);
        let nouns =
            include_str!("../../assets/gazetteer/nouns.tsv").lines().filter_map(|l| l.split_once('\t'));
        let people = nouns.filter(|(kind, _)| matches!(*kind, "honorific" | "title"));
        let titles: Vec<String> =
            people.flat_map(|(_, all)| all.split_whitespace()).map(|w| w.replace('_', " ")).collect();
        let somebody = any(&[titles.clone(), words.somebody].concat());
        Some(Patterns {
            verbs: Regex::new(&format!(r"(?i)\b(?:{verbs})\b")).ok()?,
            before: Regex::new(&format!(r"(?i)\b(?:{})\b", any(&words.before))).ok()?,
            reports: Regex::new(&format!(r"(?i)\b(?P<verb>{verbs})\s+(?:rằng|that)\s")).ok()?,
            pronoun: Regex::new(&format!(
                r"(?i)\b(?P<who>{pronouns})\s+(?:\w+\s+){{0,3}}?(?P<verb>{verbs})\b"
            ))
            .ok()?,
            breaks: Regex::new(&format!(r"(?i)\b(?:{}|(?:{pronouns})\s)\b", any(&words.breaks))).ok()?,
            noun: Regex::new(&format!(r"(?i)\b(?:{})\s*$", any(&words.nouns))).ok()?,
            turns: Regex::new(&format!(r"(?i)\b(?:{})\b", any(&words.turns))).ok()?,
            through: Regex::new(&format!(r"(?i)\b(?:{})\s(?:của|từ|of|by|from)$", any(&words.through)))
                .ok()?,
            joints: Regex::new(&format!(r"(?i)\b(?:{})\b", any(&words.breaks))).ok()?,
            tenses: words.tenses.into_iter().collect(),
            owners: words.owners.into_iter().collect(),
            and: Regex::new(&format!(r"(?i)\b(?:{})\s*$", any(&words.and))).ok()?,
            adverbs: Regex::new(&format!(r"(?i)^\s*(?:(?:{})\s+)*$", any(&words.adverbs))).ok()?,
            thing: Regex::new(&format!(
                r"(?i)\b(?:{})(?P<which>(?:\s+\w+){{0,2}}?)(?:\s+(?:{}))?\s*$",
                any(&words.things),
                any(&words.such)
            ))
            .ok()?,
            somebody: Regex::new(&format!(r"(?i)\b(?:{})\s(?:\w+\s)?(?:{somebody})\b", any(&words.one)))
                .ok()?,
            titles: titles.into_iter().chain(words.titles).collect(),
            he: words.he.into_iter().collect(),
            she: words.she.into_iter().collect(),
        })
    })
    .as_ref()
}
