//! The list of features: groups of buckets, numbered.
//!
//! Owns: names and numbers. Refuses: measuring. Tests: at the foot.

/// Feature groups: name and number of buckets. A feature is one bucket of one group.
macro_rules! groups {
    ($($variant:ident $name:literal $size:expr;)*) => {
        /// A group of features, of which a line has one or none.
        #[derive(Clone, Copy)]
        pub enum Group { $($variant),* }
        const GROUPS: &[(&str, usize)] = &[$(($name, $size)),*];
    };
}

pub const WORDS: usize = 11;
pub const ENDS: usize = 6;
pub const CLASSES: usize = 15;
pub const RELS: usize = 9;
pub const HEADLINE: usize = 7;
pub const AMOUNTS: usize = 5;

groups! {
    Bias "bias" 1;
    Words "words" WORDS;
    WordsEnd "words*ending" WORDS * ENDS;
    Start "start" 6;
    StartEnd "start*ending" 6 * ENDS;
    Stops "stop-words" 5;
    StopsWords "stop-words*words" 5 * WORDS;
    Capitals "capitals" 5;
    CapitalsWords "capitals*words" 5 * WORDS;
    Digits "digits" 3;
    Commas "commas" 4;
    Person "first-person" 3;
    Signs "signs" 5;
    Bullet "bullet" 3;
    Gap "gap" 3;
    GapAfter "gap-after" 3;
    Indent "indent" 5;
    IndentClass "indent*class" 5 * CLASSES;
    Cue "cue" 14 * 2;
    Class "class" CLASSES;
    Prev "class-1" CLASSES;
    Prev2 "class-2" CLASSES;
    Next "class+1" CLASSES;
    Next2 "class+2" CLASSES;
    PrevOwn "class-1*class" CLASSES * CLASSES;
    OwnNext "class*class+1" CLASSES * CLASSES;
    Window "window" RELS;
    WindowClass "window*class" RELS * CLASSES;
    WindowSize "window*lines" RELS * 3;
    Share "prose-before" 6;
    SinceProse "since-prose" 7;
    UntilProse "until-prose" 7;
    Density "density" 6;
    DensityClass "density*class" 6 * CLASSES;
    Core "core-words" 5;
    CoreClass "core-words*class" 5 * CLASSES;
    Twice "repeated" 3;
    SeenEnd "seen-end" 4;
    SeenEndClass "seen-end*class" 4 * CLASSES;
    AllEnd "all-end*class" 4 * CLASSES;
    AllComment "all-comment*class" 4 * CLASSES;
    SeenComment "seen-comment" 3;
    SeenCommentClass "seen-comment*class" 3 * CLASSES;
    NearDate "near-date" 3;
    Head "headline-like" 4;
    Headline "headline" HEADLINE;
    HeadlineClass "headline*class" HEADLINE * CLASSES;
    Ahead "text-ahead" AMOUNTS;
    AheadClass "text-ahead*class" AMOUNTS * CLASSES;
    Behind "text-behind" AMOUNTS;
    BehindAhead "text-behind*ahead" AMOUNTS * AMOUNTS;
    Dates "dates-before" 4;
    DatesClass "dates-before*class" 4 * CLASSES;
    Tight "tight-window" RELS;
    TightWindow "tight-window*window" RELS * RELS;
    Quoted "quoted" 3;
    QuotedClass "quoted*class" 3 * CLASSES;
}

/// The number of a feature.
pub fn index(group: Group, bucket: usize) -> u16 {
    let offset: usize = GROUPS[..group as usize].iter().map(|g| g.1).sum();
    (offset + bucket.min(GROUPS[group as usize].1 - 1)) as u16
}

/// Number of features.
pub fn count() -> usize {
    GROUPS.iter().map(|g| g.1).sum()
}

/// The features' names in the order of their numbers, e.g. `words:3`.
pub fn names() -> Vec<String> {
    GROUPS.iter().flat_map(|(name, size)| (0..*size).map(move |n| format!("{name}:{n}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name() {
        assert_eq!(names().len(), count());
        assert_eq!(names()[usize::from(index(Group::Words, 3))], "words:3");
    }
}
