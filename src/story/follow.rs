//! Relations after names were joined anew: the same articles, other numbers of the same names.
//!
//! Owns: following shared names from one state of the entities to the next, so that reasons are right at once.
//! Refuses: to relate anew ([`super::relate()`] does, and takes its time). Tests: at the foot.

use rayon::prelude::*;

use super::model::{Reason, Relation, Relations};
use crate::entity::{Entities, EntityIx};

impl Relations {
    /// These relations with their shared names as they are called now. A name is followed by its mentions in the article, and
    /// stays a reason where the other article has it as well; a reason that is left without names goes.
    #[must_use]
    pub fn follow(&self, before: &Entities, after: &Entities) -> Self {
        let of = self.of.par_iter().enumerate();
        let of = of.map(|(article, list)| {
            list.iter().map(|relation| relation_now(relation, article, before, after)).collect()
        });
        Self { of: of.collect() }
    }
}

fn relation_now(relation: &Relation, article: usize, before: &Entities, after: &Entities) -> Relation {
    let reason = |reason: &Reason| match reason {
        Reason::Names(names) => {
            let now = names_now(names, article, relation.to, before, after);
            (!now.is_empty()).then_some(Reason::Names(now))
        }
        other => Some(other.clone()),
    };
    Relation { reasons: relation.reasons.iter().filter_map(reason).collect(), ..*relation }
}

fn names_now(
    names: &[EntityIx],
    article: usize,
    other: usize,
    before: &Entities,
    after: &Entities,
) -> Vec<EntityIx> {
    let row = |entities: &Entities, n: usize| entities.of.get(n).cloned().unwrap_or_default();
    let (then, now, there) = (row(before, article), row(after, article), row(after, other));
    let mut out = Vec::new();
    for name in names {
        for (_, ix) in then.iter().zip(&now).filter(|(ix, _)| *ix == name) {
            if *ix != EntityIx::NONE && !out.contains(ix) && there.contains(ix) {
                out.push(*ix);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::RelationKind;

    fn check(names: &[u32], after: [&[u32]; 2], expect: &[u32]) {
        let ixs = |list: &[u32]| -> Vec<EntityIx> { list.iter().map(|n| EntityIx(*n)).collect() };
        let state = |of: [&[u32]; 2]| Entities { all: Vec::new(), of: of.map(ixs).to_vec() };
        let reasons = vec![Reason::Names(ixs(names)), Reason::Quotes(1)];
        let relation = Relation { to: 1, score: 0.5, kind: RelationKind::Background, reasons };
        let relations = Relations { of: vec![vec![relation], Vec::new()] };
        let now = relations.follow(&state([&[0, 1, 0, 2], &[1, 0]]), &state(after));
        let mut expected = vec![Reason::Quotes(1)];
        if !expect.is_empty() {
            expected.insert(0, Reason::Names(ixs(expect)));
        }
        assert_eq!(now.of[0][0].reasons, expected, "{names:?} {after:?}");
    }

    #[test]
    fn names_are_followed_by_their_mentions() {
        let gone = u32::MAX;
        check(&[0, 1], [&[5, 6, 5, 7], &[6, 5]], &[5, 6]);
        // Merged: one name, told once.
        check(&[0, 1], [&[3, 3, 3, 2], &[3, 3]], &[3]);
        // Split: the part that the other article has as well.
        check(&[0], [&[8, 1, 9, 2], &[1, 9]], &[9]);
        // Ignored, or not shared any more.
        check(&[0], [&[gone, 1, gone, 2], &[1, gone]], &[]);
        check(&[0, 1], [&[4, 1, 4, 2], &[1, 5]], &[1]);
    }
}
