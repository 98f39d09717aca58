//! What an article is about: its entities by weight.
//!
//! The weight of an entity is the sum over its mentions: 4 in the headline, 3 in the lead, then from 2 at the start of the
//! body down to 1 at its end; ½ in a credit line. Repeating a name counts less each time (the square root is taken over
//! the body's sum), so that a name in headline and lead comes before one that is only repeated. The best has weight 1.

use super::model::{EntityIx, Mention};
use crate::article::{Place, Plain};

/// What has less weight is not what the article is about.
const ABOUT: f32 = 0.6;
/// An article is about so many things at most: more signs would say nothing.
const MOST: usize = 3;

/// How many of the weightiest entities an article is about.
pub fn about(ranked: &[(EntityIx, f32)]) -> usize {
    ranked.iter().take(MOST).take_while(|(_, weight)| *weight >= ABOUT).count()
}

/// The distinct entities of an article with their weights, the weightiest first; ties in order of first mention.
/// `of` is the article's entry in [`Entities::of`](super::Entities::of), parallel to `mentions`.
pub fn salience(plain: &Plain, mentions: &[Mention], of: &[EntityIx]) -> Vec<(EntityIx, f32)> {
    let mut found: Vec<(EntityIx, f32, f32)> = Vec::new();
    let length = plain.text.len().max(1) as f32;
    for (mention, &ix) in mentions.iter().zip(of) {
        if ix == EntityIx::NONE {
            continue;
        }
        let (top, body) = match plain.part_at(mention.start as usize).map(|p| p.place) {
            Some(Place::Title) => (4.0, 0.0),
            Some(Place::Lead) => (3.0, 0.0),
            Some(Place::Credit(_)) => (0.5, 0.0),
            Some(Place::Block(_)) | None => (0.0, 2.0 - mention.start as f32 / length),
        };
        match found.iter_mut().find(|(seen, ..)| *seen == ix) {
            // A second mention in headline or lead adds little.
            Some((_, t, b)) => {
                *t = t.max(top) + 0.5 * t.min(top);
                *b += body;
            }
            None => found.push((ix, top, body)),
        }
    }
    let mut out: Vec<(EntityIx, f32)> =
        found.into_iter().map(|(ix, top, body)| (ix, top + 2.0 * body.sqrt())).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = out.first().map_or(1.0, |(_, w)| w.max(f32::MIN_POSITIVE));
    for (_, weight) in &mut out {
        *weight /= best;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Part;
    use crate::entity::model::{Evidence, Kind};

    #[test]
    fn an_article_is_about_few_things() {
        for (weights, expect) in
            [(&[][..], 0), (&[1.0], 1), (&[1.0, 0.7, 0.3], 2), (&[1.0, 0.9, 0.9, 0.9, 0.8], 3)]
        {
            let ranked: Vec<(EntityIx, f32)> = (0..).map(EntityIx).zip(weights.iter().copied()).collect();
            assert_eq!(about(&ranked), expect, "{weights:?}");
        }
    }

    #[test]
    fn what_the_headline_names_comes_first() {
        let text = "A bb\n\nB\n\nC C B D";
        let part = |place, range: std::ops::Range<usize>| Part { place, range };
        let parts = vec![part(Place::Title, 0..4), part(Place::Lead, 6..7), part(Place::Block(0), 9..16)];
        let plain = Plain { text: text.to_owned(), parts };
        let at = [(0, 0), (6, 1), (9, 2), (11, 2), (13, 1), (15, 3)];
        let mentions: Vec<Mention> = at
            .iter()
            .map(|&(start, _)| Mention { start, end: start + 1, kind: Kind::Per, evidence: Evidence::Table })
            .collect();
        let of: Vec<EntityIx> = at.iter().map(|&(_, e)| EntityIx(e)).collect();
        let order: Vec<u32> = salience(&plain, &mentions, &of).iter().map(|(ix, _)| ix.0).collect();
        assert_eq!(order, [1, 0, 2, 3]);
    }
}
