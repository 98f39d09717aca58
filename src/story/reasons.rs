//! What two texts have in common: only what the score was made of, so that each reason can be checked in both texts.
//!
//! Owns: shared quotes, share of text, rare pairs; the facts that kinds are decided from.
//! Refuses: reasons that need no text ([`super::links`] makes them when they are told), words on screen.
//! Tests: at the foot of this file; recomputed from the texts in `tests/it/stories.rs`.

use super::event::{headlines, strength};
use super::features::{Sight, grams, shared};
use super::kinds::{Facts, Outlets, Titles};
use super::links::{Note, shared_names};
use super::packed::Hashes;
use super::probe::Probe;
use super::proper::kin;
use super::score::{Moment, distance, fading};
use super::syllables::syllables;
use super::wording::is_named;
use crate::entity::EntityIx;

/// Rare pairs that are kept.
const MOST_TERMS: usize = 3;
/// Shingles below which a share of the text means nothing.
const LEAST_SHINGLES: usize = 12;
/// Hundredths of shared text from which it is a reason.
const LEAST_SHARE: f32 = 0.1;
/// Part of a quote's n-grams that must stand in one quote of the other article.
const QUOTE_SHARE: f32 = 0.5;

/// Share of the shorter text's shingles that stand in the other text; those of the first are in `own`.
fn contained(a: &Sight<'_>, own: &Probe, b: &Sight<'_>) -> f32 {
    let least = a.shingles.len().min(b.shingles.len());
    if least < LEAST_SHINGLES {
        return 0.0;
    }
    own.count(b.shingles) as f32 / least as f32
}

/// True when half of the shorter quote's n-grams stand in the other; a quote too short for an n-gram is never the same.
pub(super) fn same_quote(a: Hashes<'_>, b: Hashes<'_>) -> bool {
    let least = a.len().min(b.len());
    least > 0 && shared(a, b) as f32 >= QUOTE_SHARE * least as f32
}

/// The same of two quotes as they are written.
pub fn same_words(a: &str, b: &str) -> bool {
    let (a, b) = (grams(&syllables(a)), grams(&syllables(b)));
    same_quote(Hashes::of(&a), Hashes::of(&b))
}

/// Number of quotes of the one article that share half of their n-grams with a quote of the other; the lower of both views.
fn shared_quotes(a: &Sight<'_>, b: &Sight<'_>) -> usize {
    let view = |from: &Sight<'_>, to: &Sight<'_>| {
        from.quotes().filter(|q| to.quotes().any(|r| same_quote(*q, r))).count()
    };
    let some = view(a, b);
    if some == 0 { 0 } else { some.min(view(b, a)) }
}

/// How two titles agree.
fn agree(a: &Sight<'_>, b: &Sight<'_>) -> Titles {
    if a.shape != 0 && a.shape == b.shape && a.headline == b.headline {
        Titles::Same
    } else if (a.shape != 0 && a.shape == b.shape)
        || (a.column != 0 && a.column == b.column && a.number != b.number)
    {
        Titles::SameShape
    } else {
        Titles::Differ
    }
}

/// What the first article is about that the other has as well, the weightiest words first; whether each is a word.
fn common<'a>(a: &Sight<'a>, b: &Sight<'a>) -> impl Iterator<Item = (&'a str, bool)> {
    let (pairs, words) = (b.vectors.pairs.hashes, a.words as usize);
    let shared = a.terms.iter().enumerate().filter(move |(_, (hash, _))| pairs.has(*hash));
    shared.map(move |(nth, (_, text))| (text, nth < words))
}

/// Either article has a pair that the other is about.
pub(super) fn shares_terms(a: &Sight<'_>, b: &Sight<'_>) -> bool {
    common(a, b).next().is_some() || common(b, a).next().is_some()
}

/// The weightiest words that both texts have; pairs that are none only where nothing else is shared. Beside a name (`named`) others
/// are not told: they are parts of it, or would be told as names.
fn terms(a: &Sight<'_>, b: &Sight<'_>, named: bool) -> Vec<String> {
    let from = |x: &Sight<'_>, y: &Sight<'_>, words: bool| -> Vec<String> {
        let wanted = common(x, y).filter(|(text, word)| *word == words && !(named && is_named(text)));
        wanted.take(MOST_TERMS).map(|(text, _)| text.to_owned()).collect()
    };
    let found = [(a, b, true), (b, a, true), (a, b, false), (b, a, false)];
    let tries = found.into_iter().take(if named { 2 } else { 4 });
    tries.map(|(x, y, words)| from(x, y, words)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// One article of a pair.
pub(super) struct One<'a> {
    pub features: Sight<'a>,
    pub entities: &'a [EntityIx],
    pub when: Moment,
    pub outlet: Option<&'a str>,
}

/// Compares two articles whose score is known; the shingles of the first are in `own`.
pub(super) fn compare(a: &One<'_>, own: &Probe, b: &One<'_>, score: f32) -> (Facts, Note) {
    let (left, right) = (&a.features, &b.features);
    let contained = contained(left, own, right);
    let minutes = distance(a.when, b.when);
    let headlines = headlines(left, right);
    let facts = Facts {
        strength: strength(score, headlines, minutes),
        headlines,
        likeness: score / fading(minutes),
        minutes,
        contained,
        identical: !left.shingles.is_empty()
            && left.shingles == right.shingles
            && left.headline == right.headline,
        outlets: match a.outlet.zip(b.outlet) {
            None => Outlets::Unknown,
            Some((a, b)) if a == b => Outlets::Same,
            Some(_) => Outlets::Two,
        },
        titles: agree(left, right),
        kin: kin(left.vectors.proper, right.vectors.proper),
    };
    // One name may be that of a country.
    let names = shared_names(a.entities, b.entities).take(2).count();
    let note = Note {
        quotes: shared_quotes(left, right) as u32,
        text: if contained >= LEAST_SHARE { (contained * 100.0).round() as u8 } else { 0 },
        terms: if names <= 1 { terms(left, right, names == 1) } else { Vec::new() },
    };
    (facts, note)
}

#[cfg(test)]
mod tests {
    use super::super::features::Features;
    use super::*;
    use crate::article::{Article, Plain};

    fn titled(title: &str) -> Features {
        let article = Article { title: Some(title.to_owned()), ..Article::default() };
        Features::of(&article, &Plain::of(&article))
    }

    #[test]
    fn a_column_counts_on() {
        for (left, right, expect) in [
            ("Giá cà phê 3/6: Lên nhẹ", "Giá cà phê 4/6: Rớt mạnh", Titles::SameShape),
            ("Chợ Mây ngày 3 tháng 6", "Chợ Mây ngày 4 tháng 6", Titles::SameShape),
            ("Chợ Mây ngày 3 tháng 6", "Chợ Mây ngày 3 tháng 6", Titles::Same),
            // The number is a name.
            ("Chuyến bay MR 370: Mảnh vỡ mới", "Chuyến bay MR 370: Ai đã lái?", Titles::Differ),
            ("Cầu Trà: Sắp xong", "Cầu Trà: Lại hoãn", Titles::Differ),
        ] {
            assert_eq!(agree(&titled(left).sight(), &titled(right).sight()), expect, "{left} | {right}");
        }
    }
}
