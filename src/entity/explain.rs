//! Why a name is joined as it is, and names that may be one but are never joined unasked.

use std::collections::BTreeSet;

use super::key::{Words, is_tone};
use super::model::{Entities, EntityIx, Kind, Rule};

/// Why one spelling belongs to an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The entity.
    pub entity: EntityIx,
    /// Its id.
    pub id: String,
    /// Its canonical name.
    pub name: String,
    /// The spelling.
    pub text: String,
    /// Mentions with this spelling.
    pub count: u32,
    /// The rule that joined it.
    pub rule: Rule,
    /// What the rule rests on.
    pub why: String,
}

/// Every spelling of every entity that bears a name (but for case, blanks, hyphens and tone placement), with the rule of each.
pub fn explain(entities: &Entities, name: &str) -> Vec<Explanation> {
    let key = Words::of(name).joined();
    let bears = |text: &str| Words::of(text).joined() == key;
    let mut out = Vec::new();
    for (n, entity) in entities.all.iter().enumerate() {
        if !(bears(&entity.name) || entity.variants.iter().any(|v| bears(&v.text))) {
            continue;
        }
        out.extend(entity.variants.iter().map(|v| Explanation {
            entity: EntityIx(n as u32),
            id: entity.id.clone(),
            name: entity.name.clone(),
            text: v.text.clone(),
            count: v.count,
            rule: v.rule,
            why: v.why.clone(),
        }));
    }
    out
}

/// Two entities that may be one: for the reader to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The rarer one.
    pub from: EntityIx,
    /// The one in more articles.
    pub into: EntityIx,
    /// What speaks for it.
    pub why: String,
}

/// Pairs among the names of some articles (a story) that sound alike or differ by a letter or two. Nothing is joined by them.
pub fn proposals(entities: &Entities, articles: &[usize]) -> Vec<Proposal> {
    let found: BTreeSet<EntityIx> = articles
        .iter()
        .filter_map(|&a| entities.of.get(a))
        .flatten()
        .copied()
        .filter(|&ix| ix != EntityIx::NONE)
        .collect();
    let names: Vec<Sound> = found.iter().filter_map(|&ix| Sound::of(entities, ix)).collect();
    let mut out = Vec::new();
    for (n, a) in names.iter().enumerate() {
        for b in &names[n + 1..] {
            if let Some(why) = a.like(b) {
                // Entities are sorted, those in most articles first.
                out.push(Proposal { from: b.ix, into: a.ix, why });
            }
        }
    }
    out
}

struct Sound {
    ix: EntityIx,
    kind: Kind,
    letters: Vec<char>,
    signature: String,
}

impl Sound {
    fn of(entities: &Entities, ix: EntityIx) -> Option<Self> {
        let entity = entities.get(ix)?;
        let letters: Vec<char> = Words::of(&entity.name).joined().chars().collect();
        let signature = signature(&letters);
        Some(Self { ix, kind: entity.kind, letters, signature })
    }

    fn like(&self, other: &Self) -> Option<String> {
        if self.kind != other.kind {
            return None;
        }
        if self.signature.len() >= 3 && self.signature == other.signature {
            return Some(format!("same consonants: {}", self.signature));
        }
        let shorter = self.letters.len().min(other.letters.len());
        let allowed = if shorter >= 12 { 2 } else { usize::from(shorter >= 6) };
        let apart = distance(&self.letters, &other.letters, allowed)?;
        (apart > 0).then(|| format!("{apart} letter(s) apart"))
    }
}

/// The consonants of a name as they sound across transliterations: `Matxcơva`, `Moskva` and `Moscow` are all `mskv`.
fn signature(letters: &[char]) -> String {
    let name: String = letters.iter().filter(|c| !is_tone(**c)).collect();
    let mut name = name.to_lowercase();
    for (from, to) in [
        ("xc", "sk"),
        ("tx", "s"),
        ("ph", "f"),
        ("kh", "k"),
        ("x", "s"),
        ("w", "v"),
        ("c", "k"),
        ("q", "k"),
        ("đ", "d"),
        ("ts", "s"),
    ] {
        name = name.replace(from, to);
    }
    let mut out = String::new();
    for c in name.chars() {
        let vowel = "aăâeêioôơuưyáéíóúàèöüä".contains(c);
        if c.is_numeric() || c.is_alphabetic() && !vowel && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Edits between two words, `None` when more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().filter(|&d| d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures() {
        let of = |name: &str| signature(&Words::of(name).joined().chars().collect::<Vec<_>>());
        for name in ["Matxcơva", "Mát-xcơ-va", "Moskva", "Moscow"] {
            assert_eq!(of(name), "mskv", "{name}");
        }
        assert_eq!(of("Ukraine"), of("U-crai-na"));
        assert_ne!(of("Minsk"), of("Moskva"));
    }

    #[test]
    fn edits() {
        for (a, b, most, expect) in
            [("djokovic", "djkovic", 1, Some(1)), ("abc", "xyz", 2, None), ("a", "a", 0, Some(0))]
        {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b, most), expect);
        }
    }
}
