//! How two articles are related, decided from what the score measured.
//!
//! Owns: the thresholds between the kinds, tuned on labelled events.
//! Refuses: words on screen.
//! Tests: at the foot of this file; measured in `tests/it/stories.rs`.

use super::model::RelationKind;

/// What a decision rests on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// The score without time.
    pub likeness: f32,
    /// Minutes from this article to the other.
    pub minutes: Option<i64>,
    /// Share of the shorter text's shingles that stand in the other.
    pub contained: f32,
    /// Both outlets are known and the same.
    pub same_outlet: bool,
    /// Both outlets are known and differ.
    pub other_outlet: bool,
    /// The titles are the same but for numbers.
    pub same_shape: bool,
    /// Pairs of the titles that stand in both.
    pub title_pairs: usize,
    /// Names that stand in both.
    pub names: usize,
}

/// Share of the shorter text from which an article is a copy.
const COPY: f32 = 0.5;
/// Likeness from which articles of one day report the same event.
const EVENT: f32 = 0.16;
/// Minutes after which an article reports something new.
const EVENT_MINUTES: u64 = 36 * 60;
/// Likeness from which an article goes on with the story of another.
const STORY: f32 = 0.14;
/// Minutes after which a story has ended.
const STORY_MINUTES: u64 = 21 * 1440;
/// Minutes of a day.
const DAY: u64 = 1440;

/// The kind of a relation, as seen from this article.
pub(super) fn kind(facts: &Facts) -> RelationKind {
    let apart = facts.minutes.map(i64::unsigned_abs);
    let other_day = apart.is_some_and(|m| m >= DAY / 2);
    if facts.same_shape && !facts.other_outlet && other_day {
        return RelationKind::Series;
    }
    if facts.contained >= COPY {
        return if facts.same_outlet { RelationKind::Update } else { RelationKind::Copy };
    }
    match apart {
        Some(apart) if facts.likeness >= EVENT && apart <= EVENT_MINUTES => RelationKind::SameEvent,
        Some(apart) if facts.likeness >= STORY && apart <= STORY_MINUTES => later(facts.minutes),
        _ => RelationKind::Background,
    }
}

/// The other article is later: it follows up; it is older: it came earlier.
fn later(minutes: Option<i64>) -> RelationKind {
    match minutes {
        Some(minutes) if minutes < 0 => RelationKind::Earlier,
        _ => RelationKind::FollowUp,
    }
}
