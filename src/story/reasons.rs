//! Why two articles are related: only what the score was made of, so that each reason can be checked in both texts.
//!
//! Owns: shared names, title pairs, quotes, share of text, rare pairs; the facts that kinds are decided from.
//! Refuses: words on screen.
//! Tests: at the foot of this file; recomputed from the texts in `tests/it/stories.rs`.

use super::event::strength;
use super::features::{Features, shared};
use super::kinds::{Facts, Outlets, Titles};
use super::model::Reason;
use super::proper::kin;
use super::relate::Input;
use super::score::{Scorer, distance, fading, shared_names};
use crate::entity::EntityIx;

/// Shared names that are kept, the rarest first.
const MOST_NAMES: usize = 8;
/// Rare pairs that are kept.
const MOST_TERMS: usize = 3;
/// Shingles below which a share of the text means nothing.
const LEAST_SHINGLES: usize = 12;
/// Hundredths of shared text from which it is a reason.
const LEAST_SHARE: f32 = 0.1;
/// Part of a quote's n-grams that must stand in one quote of the other article.
const QUOTE_SHARE: f32 = 0.5;

/// Share of the shorter text's shingles that stand in the other text.
pub(super) fn contained(a: &Features, b: &Features) -> f32 {
    let least = a.shingles.len().min(b.shingles.len());
    if least < LEAST_SHINGLES {
        return 0.0;
    }
    shared(&a.shingles, &b.shingles) as f32 / least as f32
}

/// True when half of the shorter quote's n-grams stand in the other; a quote too short for an n-gram is never the same.
pub(super) fn same_quote(a: &[u32], b: &[u32]) -> bool {
    let least = a.len().min(b.len());
    least > 0 && shared(a, b) as f32 >= QUOTE_SHARE * least as f32
}

/// Number of quotes of the one article that share half of their n-grams with a quote of the other; the lower of both views.
pub(super) fn shared_quotes(a: &Features, b: &Features) -> usize {
    let view = |from: &Features, to: &Features| {
        from.quotes.iter().filter(|q| to.quotes.iter().any(|r| same_quote(q, r))).count()
    };
    if a.quotes.is_empty() || b.quotes.is_empty() { 0 } else { view(a, b).min(view(b, a)) }
}

/// How two titles agree.
fn agree(a: &Features, b: &Features) -> Titles {
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

/// Shared names, the rarest first.
fn names(scorer: &Scorer<'_>, a: &Input<'_>, b: &Input<'_>) -> Vec<EntityIx> {
    let mut names: Vec<EntityIx> = shared_names(&a.entities, &b.entities).collect();
    names.sort_by_key(|&name| (scorer.name_df(name), name));
    names
}

/// The rarest of the pairs that both texts have.
fn terms(a: &Features, b: &Features) -> Vec<String> {
    let from = |x: &Features, y: &Features| -> Vec<String> {
        let shared = x.terms.iter().filter(|(hash, _)| y.pairs.has(*hash));
        shared.map(|(_, text)| text.to_owned()).take(MOST_TERMS).collect()
    };
    let found = from(a, b);
    if found.is_empty() { from(b, a) } else { found }
}

/// What is known of a pair.
pub(super) struct Known {
    pub facts: Facts,
    pub reasons: Vec<Reason>,
}

/// Compares two articles whose score is known.
pub(super) fn compare(scorer: &Scorer<'_>, a: &Input<'_>, b: &Input<'_>, score: f32) -> Known {
    let (left, right) = (a.features, b.features);
    let mut names = names(scorer, a, b);
    let quotes = shared_quotes(left, right);
    let contained = contained(left, right);
    let minutes = distance(a, b);
    let common = left.title.common(&right.title);
    let mut reasons = Vec::with_capacity(4);
    let outlets = a.outlet.zip(b.outlet);
    let facts = Facts {
        strength: strength(score, a, b),
        likeness: score / fading(minutes),
        minutes,
        contained,
        outlets: match outlets {
            None => Outlets::Unknown,
            Some((a, b)) if a == b => Outlets::Same,
            Some(_) => Outlets::Two,
        },
        titles: agree(left, right),
        kin: kin(left, right),
    };
    names.truncate(MOST_NAMES);
    let no_names = names.is_empty();
    if !no_names {
        reasons.push(Reason::Names(names));
    }
    if let Some(text) = common {
        reasons.push(Reason::Title(text.to_owned()));
    }
    if quotes > 0 {
        reasons.push(Reason::Quotes(quotes as u32));
    }
    if contained >= LEAST_SHARE {
        reasons.push(Reason::Text((contained * 100.0).round() as u8));
    }
    if no_names {
        let terms = terms(left, right);
        if !terms.is_empty() {
            reasons.push(Reason::Terms(terms));
        }
    }
    reasons.push(Reason::Time(minutes));
    Known { facts, reasons }
}

#[cfg(test)]
mod tests {
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
            assert_eq!(agree(&titled(left), &titled(right)), expect, "{left} | {right}");
        }
    }
}
