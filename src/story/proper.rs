//! What is written as a name: capitals in a row, and capitals that are long or alone; how much of it two articles share.
//!
//! Owns: which words count, their weight by how rare they are in the press at large. The collection's own counts must not weigh
//! here: the names of a case are frequent just where the case is told.
//! Refuses: to be the names module: nothing is typed or joined, so that a pair of articles costs a merge of two short lists.
//! Tests: at the foot of this file; measured in `tests/it/kinds.rs`.

use super::background;
use super::syllables::{Syllable, gram};
use super::vectors::{Counted, Counts};
use crate::text::is_capital;

/// Words that are kept of an article, the heaviest.
const MOST: usize = 96;
/// Steps of a nat in which a weight is kept.
const STEPS: f32 = 10.0;
/// Mentions after which a word gains no more: with them the rarest word comes to the highest step.
const ENOUGH: u8 = 12;
/// Letters from which a word with one capital counts alone: most syllables that only begin a sentence are shorter.
const LONG: usize = 5;
/// Letters from which a word of capitals counts alone.
const SHORT_FORM: usize = 3;

/// What two articles share of words that are written as names.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Kin {
    /// Cosine of the weights.
    pub likeness: f32,
    /// Weight of the heaviest shared word, in the article that makes less of it.
    pub strongest: f32,
}

/// The words of a part, each with its rarity in the press.
pub(super) fn capitals(text: &str, found: &[Syllable]) -> Vec<(u32, f32)> {
    let letters = |s: &Syllable| &text[s.start as usize..s.end as usize];
    let capital = |s: &Syllable| letters(s).starts_with(is_capital);
    let mut out = Vec::new();
    for (n, this) in found.iter().enumerate().filter(|(_, s)| capital(s)) {
        if let Some(before) = n.checked_sub(1).map(|n| &found[n]).filter(|b| this.joined && capital(b)) {
            let hash = gram([before.folded, this.folded]);
            out.push((hash, background::pairs().idf(hash)));
        }
        let word = letters(this);
        let short_form = || word.chars().count() >= SHORT_FORM && word.chars().all(is_capital);
        if word.chars().count() >= LONG || short_form() {
            out.push((gram([this.marked]), background::syllables().idf(this.marked)));
        }
    }
    out
}

/// The heaviest words with their weights.
pub(super) fn weighed(mut words: Vec<(u32, f32)>) -> Counts {
    words.sort_unstable_by_key(|w| w.0);
    let weight = |run: &[(u32, f32)]| {
        let count = u8::try_from(run.len()).unwrap_or(ENOUGH).min(ENOUGH);
        (run[0].0, (run[0].1 * f32::from(count).ln_1p() * STEPS).min(255.0) as u8)
    };
    let mut weights: Vec<(u32, u8)> = words.chunk_by(|a, b| a.0 == b.0).map(weight).collect();
    weights.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    weights.truncate(MOST);
    Counts::of(weights)
}

/// What two articles share.
pub(super) fn kin(left: Counted<'_>, right: Counted<'_>) -> Kin {
    let (mut i, mut j, mut product, mut strongest) = (0, 0, 0u32, 0u8);
    while let (Some((here, own)), Some((there, other))) = (left.get(i), right.get(j)) {
        if here == there {
            product += u32::from(own) * u32::from(other);
            strongest = strongest.max(own.min(other));
        }
        i += usize::from(here <= there);
        j += usize::from(there <= here);
    }
    if product == 0 {
        return Kin::default();
    }
    let lengths = (square(left) * square(right)).sqrt();
    Kin { likeness: product as f32 / lengths, strongest: f32::from(strongest) / STEPS }
}

/// Square of the length of the weights.
pub(super) fn square(words: Counted<'_>) -> f32 {
    words.counts.iter().map(|&weight| u32::from(weight).pow(2)).sum::<u32>() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::syllables::syllables;

    fn told(text: &str) -> Counts {
        weighed(capitals(text, &syllables(text)))
    }

    #[test]
    fn words_that_look_like_names_count() {
        for (text, expect) in [
            ("ông Trần Văn Mây nói", 2),
            ("Hôm qua mưa to", 0),
            ("ở Yên. Bình minh", 0),
            ("NATO họp với EU ở Geneva", 2),
            ("theo Kim, Ba", 0),
        ] {
            assert_eq!(told(text).hashes.len(), expect, "{text}");
        }
    }

    #[test]
    fn what_is_shared_is_the_same_from_both_sides() {
        let a = told("Thẩm mỹ viện Mây Trắng bị phạt. Mây Trắng không nói gì.");
        let b = told("Khách của Mây Trắng kể lại với Nguyễn Văn Suối.");
        let c = told("Quả bom nằm dưới ruộng ở Cam Lâm.");
        let kin = |left: &Counts, right: &Counts| kin(left.view(), right.view());
        let (ab, ba) = (kin(&a, &b), kin(&b, &a));
        assert_eq!(ab, ba);
        assert!(ab.likeness > 0.1 && ab.likeness < 1.0 && ab.strongest > 3.0, "{ab:?}");
        assert_eq!(kin(&a, &c), Kin::default());
        assert!((kin(&a, &a).likeness - 1.0).abs() < 1e-6);
        assert_eq!(kin(&told(""), &told("")), Kin::default());
    }
}
