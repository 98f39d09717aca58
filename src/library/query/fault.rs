//! What can be wrong with a query.
//!
//! Owns: the kinds of fault with the words of the query that they are about. Refuses: sentences: those stand in `assets/lang`,
//! for every language of the screen.
//! Tests: each kind with its place in `parse`; each kind has words in each language in `app::words`.

use std::ops::Range;

use super::FIELDS;

/// Something in a query that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryProblem {
    /// Byte range in the query.
    pub at: Range<usize>,
    /// What is wrong there.
    pub fault: QueryFault,
}

impl QueryProblem {
    /// The query with a caret line under the place and `message` below, for a terminal or a log.
    pub fn with_caret(&self, raw: &str, message: &str) -> String {
        let before = crate::text::width(raw.get(..self.at.start).unwrap_or(raw));
        let under = raw.get(self.at.clone()).map_or(1, crate::text::width).max(1);
        format!("{raw}\n{}{}\n{message}", " ".repeat(before), "^".repeat(under))
    }
}

macro_rules! faults {
    ($($variant:ident $(($what:ident))? $id:literal $doc:literal)*) => {
        /// The kinds of fault.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum QueryFault { $(#[doc = $doc] $variant $(($what))?,)* }

        impl QueryFault {
            /// The ids of all kinds, as they stand in `assets/lang`.
            pub const IDS: &[&str] = &[$($id,)*];

            /// The id of the kind.
            pub fn id(&self) -> &'static str {
                match self { $(Self::$variant $((faults!(@any $what)))? => $id,)* }
            }
        }
    };
    (@any $what:ident) => { _ };
}

faults! {
    NotOpen "not-open" "A bracket is closed that is not open."
    NotClosed "not-closed" "A bracket is open to the end."
    NothingInBrackets "nothing-in-brackets" "`()`."
    TooDeep "too-deep" "Brackets or signs stand too many inside one another."
    NothingBeforeOr "nothing-before-or" "OR begins."
    NothingAfterOr "nothing-after-or" "OR ends."
    AndAlone "and-alone" "AND has nothing on one side."
    NothingAfterMinus "nothing-after-minus" "A minus sign that takes nothing away."
    NothingAfterNot "nothing-after-not" "NOT ends."
    QuoteOpen "quote-open" "A quotation mark is not closed."
    NoValue "no-value" "A field or a comma without a value."
    NoLetters "no-letters" "A word without a letter or digit."
    NoDate "no-date" "The value of a date field is no date."
    NoLanguage "no-language" "The value of `lang:` is no language that we tell apart."
    NoState "no-state" "The value of `is:` is no state of an article."
    NoAge "no-age" "The value of `older:` or `newer:` is no length of time."
    NoPart "no-part" "The value of `has:` is nothing that an article can have."
    NoCount "no-count" "The value of `sources:` is no number."
    NoArticle "no-article" "The value of `like:` or `story:` is no article's id."
    BraceOpen "brace-open" "`story:{` without `}`."
    BadPattern "bad-pattern" "A regular expression that is none."
    PatternOpen "pattern-open" "A regular expression without its closing slash."
    NoView(String) "no-view" "A view that was not saved."
    ViewLoop(String) "view-loop" "A view that is made of itself."
    FieldNear(Near) "field-near" "A field that does not exist, but one like it does."
    NoField(String) "no-field" "A field that does not exist."
}

/// A field that does not exist, and the one that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// As typed.
    pub name: String,
    /// The field that is nearest to it.
    pub near: &'static str,
}

impl QueryFault {
    /// What is filled into the words: name of the place, and value.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoView(name) | Self::ViewLoop(name) => vec![("name", name.clone())],
            Self::FieldNear(Near { name, near }) => {
                vec![("name", name.clone()), ("near", (*near).to_owned())]
            }
            Self::NoField(name) => {
                let all: Vec<&str> = FIELDS.iter().map(|r| r.name).collect();
                vec![("name", name.clone()), ("all", all.join(", "))]
            }
            _ => Vec::new(),
        }
    }
}
