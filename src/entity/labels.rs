//! Labels of tokens: outside, and begin, inside, end, single for each kind of name.
//!
//! Owns: their numbers and which may follow which. Tests: at the foot of this file.

use super::model::Kind;

/// Labels with a weight of their own; outside has none (its score is always 0).
pub(crate) const SCORED: usize = 16;

/// All labels.
pub(crate) const LABELS: usize = SCORED + 1;

/// Outside names.
pub(crate) const OUTSIDE: usize = 0;

/// Place of a token in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    End,
    /// The only one.
    Single,
}

const PLACES: [At; 4] = [At::Begin, At::Inside, At::End, At::Single];

/// The number of a label.
#[cfg(any(test, feature = "train"))]
pub(crate) fn label(kind: Kind, at: At) -> usize {
    1 + 4 * kind as usize + at as usize
}

/// Kind and place of a label; `None` for outside.
pub(crate) fn split(label: usize) -> Option<(Kind, At)> {
    let inner = label.checked_sub(1)?;
    Some((*Kind::ALL.get(inner / 4)?, PLACES[inner % 4]))
}

/// Whether `next` may stand right after `label`.
pub(crate) const fn may_follow(label: usize, next: usize) -> bool {
    // The kind of name that is open behind a label, and that a label goes on with; 0 for none.
    let open = if matches!(label % 4, 1 | 2) { label.div_ceil(4) } else { 0 };
    let inner = if matches!(next % 4, 2 | 3) { next.div_ceil(4) } else { 0 };
    open == inner
}

/// Whether a segment may end with `label`.
#[cfg(feature = "train")]
pub(crate) fn may_end(label: usize) -> bool {
    may_follow(label, OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_closed() {
        let (b, i, e, s) = (At::Begin, At::Inside, At::End, At::Single);
        let per = |at| label(Kind::Per, at);
        let loc = |at| label(Kind::Loc, at);
        let table = [
            (OUTSIDE, per(b), true),
            (OUTSIDE, per(i), false),
            (per(b), per(e), true),
            (per(b), loc(e), false),
            (per(b), OUTSIDE, false),
            (per(e), loc(s), true),
            (per(s), per(e), false),
            (loc(i), loc(i), true),
        ];
        for (from, to, expect) in table {
            assert_eq!(may_follow(from, to), expect, "{from} {to}");
        }
        for n in 1..LABELS {
            let (kind, at) = split(n).unwrap();
            assert_eq!(label(kind, at), n);
        }
    }
}
