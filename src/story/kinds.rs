//! How two articles are related, decided from what the score measured.
//!
//! Owns: the thresholds between the kinds, chosen on labelled pairs (`docs/design/0003-kinds.md`).
//! Refuses: words on screen.
//! Tests: at the foot of this file; measured in `tests/it/kinds.rs` and `tests/it/stories.rs`.

use super::model::RelationKind;
use super::proper::Kin;

/// What is known of the outlets of two articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Outlets {
    /// One is not known: it may be any.
    #[default]
    Unknown,
    /// The same.
    Same,
    /// Two.
    Two,
}

/// How two titles agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Titles {
    /// They differ.
    #[default]
    Differ,
    /// They are the same but for numbers, or their heads before a colon are, with another number.
    SameShape,
    /// They are the same.
    Same,
}

/// What a decision rests on; every field but `minutes` is the same from both sides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// How sure it is that both report one event.
    pub strength: f32,
    /// How alike the titles are.
    pub headlines: f32,
    /// The score, time left aside.
    pub likeness: f32,
    /// What both share of words that are written as names.
    pub kin: Kin,
    /// Minutes from this article to the other.
    pub minutes: Option<i64>,
    /// Share of the shorter text's shingles that stand in the other.
    pub contained: f32,
    /// Both texts are the same, from title to end.
    pub identical: bool,
    /// What is known of the outlets.
    pub outlets: Outlets,
    /// How the titles agree.
    pub titles: Titles,
}

/// Share of the shorter text from which an article is a copy.
const COPY: f32 = 0.5;
/// Share of the shorter text from which it is a copy even where the titles say that another number of a column should be there:
/// columns repeat phrases, not whole texts.
const REPRINT: f32 = 0.9;
/// Strength from which two articles report one event.
const EVENT: f32 = 0.26;
/// Minutes after which another article is not about the very same happening: what is told of it two days later is what came of it.
const EVENT_MINUTES: u64 = 36 * 60;
/// Likeness from which an article goes on with the case of another, if both tell of the same names.
const CASE: f32 = 0.135;
/// How much of their names two articles share, from which they are about one subject.
const SUBJECT: f32 = 0.225;
/// Likeness from which it does so whatever the names.
const SURE_CASE: f32 = 0.2;
/// Minutes after which a case has ended.
const CASE_MINUTES: u64 = 365 * 1440;
/// Days within which what goes on with a case comes as a rule. After them the same names are rather told of for another reason.
const CASE_DAYS: f32 = 30.0;
/// How much more likeness is asked for with each e-fold of the time beyond them.
const WANING: f32 = 0.1;
/// How much names and titles together must have in common with each e-fold of that time, for one subject where the texts are little
/// alike: in an archive the names of a place or an office come again and again, and seldom in both titles.
const ARCHIVE: f32 = 0.2;
/// Weight of one shared name from which less of the names will do.
const STRONG: f32 = 9.0;
/// What will do then.
const STRONG_SUBJECT: f32 = 0.1;
/// Minutes from which an article of the same column is another number of it.
const COLUMN_MINUTES: u64 = 12 * 60;

/// Part by which what was measured may change before a pair changes its kind: rarities shift as articles arrive.
const PLAY: f32 = 0.15;

/// The kind of a pair that was of another kind when fewer articles were there: that one, as long as it is nearly right.
pub(super) fn settled(facts: &Facts, before: Option<RelationKind>) -> Option<RelationKind> {
    let now = kind(facts);
    let Some(before) = before.filter(|&before| now != Some(before)) else { return now };
    let changed = |by: f32| {
        let (strength, likeness) = (facts.strength * by, facts.likeness * by);
        kind(&Facts { strength, likeness, ..*facts }) == Some(before)
    };
    if changed(1.0 + PLAY) || changed(1.0 - PLAY) { Some(before) } else { now }
}

/// A kind as seen from the other article.
pub(super) fn turned(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::FollowUp => RelationKind::Earlier,
        RelationKind::Earlier => RelationKind::FollowUp,
        same => same,
    }
}

/// E-folds of the time beyond that in which a case goes on.
fn late(apart: Option<u64>) -> f32 {
    let days = apart.map_or(0.0, |minutes| minutes as f32 / 1440.0);
    ((days - CASE_DAYS) / CASE_DAYS).max(0.0).ln_1p()
}

/// Whether two articles that do not go on with one another are about one subject.
fn aside(facts: &Facts, apart: Option<u64>) -> bool {
    let Facts { kin, headlines, likeness, .. } = *facts;
    let named = kin.likeness >= SUBJECT || (kin.strongest >= STRONG && kin.likeness >= STRONG_SUBJECT);
    // After a year it is as good as any time.
    let bar = ARCHIVE * late(apart.map(|minutes| minutes.min(CASE_MINUTES)));
    named && (likeness >= SURE_CASE || kin.likeness + headlines >= bar)
}

/// The kind of a relation, as seen from this article; `None` where too little is shared to call it one.
pub(super) fn kind(facts: &Facts) -> Option<RelationKind> {
    let apart = facts.minutes.map(i64::unsigned_abs);
    let copied = facts.contained >= COPY;
    let reprint = facts.contained >= if facts.titles == Titles::Same { COPY } else { REPRINT };
    let other_number = match (facts.titles, apart) {
        (Titles::Differ, _) | (Titles::Same, None) => false,
        (Titles::SameShape, None) => true,
        (_, Some(apart)) => apart >= COLUMN_MINUTES,
    };
    if other_number && facts.outlets != Outlets::Two && !reprint {
        return Some(RelationKind::Series);
    }
    if copied {
        // The same text of the same moment is one file twice, no newer version.
        let twice = facts.identical && apart.unwrap_or(0) == 0;
        let update = facts.outlets == Outlets::Same && !twice;
        return Some(if update { RelationKind::Update } else { RelationKind::Copy });
    }
    if facts.strength >= EVENT && apart.is_none_or(|m| m <= EVENT_MINUTES) {
        return Some(RelationKind::SameEvent);
    }
    let bar = if facts.kin.likeness >= SUBJECT { CASE } else { SURE_CASE };
    let goes_on = facts.likeness >= bar + WANING * late(apart);
    match facts.minutes {
        Some(minutes) if goes_on && minutes != 0 && minutes.unsigned_abs() <= CASE_MINUTES => {
            Some(if minutes > 0 { RelationKind::FollowUp } else { RelationKind::Earlier })
        }
        _ => aside(facts, apart).then_some(RelationKind::Background),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEAR: Facts = Facts {
        strength: 0.4,
        headlines: 0.5,
        likeness: 0.4,
        kin: Kin { likeness: 0.4, strongest: 12.0 },
        minutes: Some(120),
        contained: 0.0,
        identical: false,
        outlets: Outlets::Unknown,
        titles: Titles::Differ,
    };
    const LATER: Facts = Facts { strength: 0.1, likeness: 0.2, minutes: Some(6 * 1440), ..NEAR };
    const ASIDE: Facts = Facts { likeness: 0.1, ..LATER };
    const STRANGE: Kin = Kin { likeness: 0.05, strongest: 12.0 };

    #[test]
    fn each_kind_has_its_facts() {
        use RelationKind::{Background, Copy, Earlier, FollowUp, SameEvent, Series, Update};
        for (facts, expect) in [
            (NEAR, SameEvent),
            (Facts { minutes: None, ..NEAR }, SameEvent),
            (Facts { minutes: Some(0), ..NEAR }, SameEvent),
            (Facts { contained: 0.7, ..NEAR }, Copy),
            (Facts { contained: 0.7, outlets: Outlets::Two, ..NEAR }, Copy),
            (Facts { contained: 0.7, outlets: Outlets::Same, ..NEAR }, Update),
            (Facts { contained: 1.0, identical: true, outlets: Outlets::Same, ..NEAR }, Update),
            (
                Facts { contained: 1.0, identical: true, minutes: Some(0), outlets: Outlets::Same, ..NEAR },
                Copy,
            ),
            (Facts { contained: 1.0, identical: true, minutes: None, outlets: Outlets::Same, ..NEAR }, Copy),
            (Facts { titles: Titles::SameShape, minutes: Some(-1440), ..NEAR }, Series),
            (Facts { titles: Titles::SameShape, minutes: None, ..NEAR }, Series),
            (Facts { titles: Titles::Same, minutes: None, ..NEAR }, SameEvent),
            (Facts { titles: Titles::SameShape, contained: 0.8, minutes: Some(1440), ..NEAR }, Series),
            // The same text under another date, or under the same title a day later, is no new number of a column.
            (Facts { titles: Titles::SameShape, contained: 0.95, minutes: Some(1440), ..NEAR }, Copy),
            (Facts { titles: Titles::Same, contained: 0.8, minutes: Some(1440), ..NEAR }, Copy),
            // Two outlets may choose one title; an outlet may change a number in a title at once.
            (Facts { titles: Titles::Same, outlets: Outlets::Two, minutes: Some(1440), ..NEAR }, SameEvent),
            (Facts { titles: Titles::SameShape, minutes: Some(60), ..NEAR }, SameEvent),
            (LATER, FollowUp),
            (Facts { minutes: Some(-6 * 1440), ..LATER }, Earlier),
            (Facts { minutes: Some(0), ..LATER }, Background),
            (Facts { minutes: None, ..LATER }, Background),
            (ASIDE, Background),
            (Facts { minutes: Some(500 * 1440), ..LATER }, Background),
            // One name that is rare and told of often, and little beside it.
            (Facts { kin: Kin { likeness: 0.15, strongest: 10.0 }, ..ASIDE }, Background),
            (Facts { kin: STRANGE, likeness: 0.21, ..LATER }, FollowUp),
            (Facts { strength: 0.3, minutes: Some(30 * 1440), ..NEAR }, FollowUp),
            (Facts { minutes: Some(36 * 60), ..NEAR }, SameEvent),
            (Facts { minutes: Some(2 * 1440), ..NEAR }, FollowUp),
            // Names alone carry a case over a month, not over several.
            (Facts { minutes: Some(30 * 1440), ..LATER }, FollowUp),
            (Facts { minutes: Some(120 * 1440), ..LATER }, Background),
            // Names alone are a subject over weeks; in an archive the titles have to tell of it, too.
            (Facts { minutes: Some(30 * 1440), headlines: 0.0, ..ASIDE }, Background),
            (Facts { minutes: Some(3000 * 1440), headlines: 0.11, ..ASIDE }, Background),
            (Facts { minutes: Some(3000 * 1440), headlines: 0.0, likeness: 0.21, ..ASIDE }, Background),
        ] {
            assert_eq!(kind(&facts), Some(expect), "{facts:?}");
        }
        for kin in [STRANGE, Kin { likeness: 0.15, strongest: 8.0 }] {
            assert_eq!(kind(&Facts { kin, ..ASIDE }), None, "{kin:?}");
            // Many words in common, and no names: a field, not a subject.
            assert_eq!(kind(&Facts { kin, likeness: 0.19, strength: 0.2, ..LATER }), None, "{kin:?}");
        }
        for minutes in [365 * 1440, 3000 * 1440] {
            let far = Facts { minutes: Some(minutes), headlines: 0.09, ..ASIDE };
            assert_eq!(kind(&far), None, "{minutes}");
        }
    }

    #[test]
    fn seen_from_the_other_side_only_later_and_earlier_change() {
        for facts in
            [NEAR, LATER, Facts { contained: 0.6, ..NEAR }, Facts { titles: Titles::SameShape, ..LATER }]
        {
            for minutes in [-100_000, -9000, -1, 0, 1, 9000, 100_000] {
                let this = kind(&Facts { minutes: Some(minutes), ..facts });
                let that = kind(&Facts { minutes: Some(-minutes), ..facts });
                assert_eq!(this.map(turned), that, "{minutes} {facts:?}");
            }
        }
    }

    #[test]
    fn a_kind_stays_while_it_is_nearly_right() {
        use RelationKind::{Background, FollowUp, SameEvent, Series};
        let at = |strength| Facts { strength, likeness: strength, ..NEAR };
        for (facts, before, expect) in [
            (at(0.27), None, Some(SameEvent)),
            (at(0.24), None, Some(FollowUp)),
            (at(0.24), Some(SameEvent), Some(SameEvent)),
            (at(0.27), Some(FollowUp), Some(FollowUp)),
            (at(0.2), Some(SameEvent), Some(FollowUp)),
            (at(0.34), Some(FollowUp), Some(SameEvent)),
            // Names do not become rarer or less rare as articles arrive.
            (Facts { kin: Kin { likeness: 0.2, strongest: 8.0 }, ..ASIDE }, Some(Background), None),
            // What does not rest on measures that shift is not held.
            (at(0.4), Some(Series), Some(SameEvent)),
        ] {
            assert_eq!(settled(&facts, before), expect, "{facts:?} {before:?}");
        }
    }
}
