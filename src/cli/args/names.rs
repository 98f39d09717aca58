//! Arguments: names and the decisions about them.

use clap::{Subcommand, ValueEnum};

use super::From;
use crate::entity;

#[derive(Debug, clap::Args)]
pub struct Names {
    #[command(subcommand)]
    pub change: Option<Change>,
    #[command(flatten)]
    pub from: From,
    /// Each mention with its place in the text
    #[arg(long)]
    pub mentions: bool,
    /// Why the spellings of this name were joined
    #[arg(long, value_name = "NAME", conflicts_with = "mentions")]
    pub why: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// What the reader knows better about names.
#[derive(Debug, Subcommand)]
pub enum Decide {
    /// The first name is another name of the second
    Merge {
        /// The name that goes
        name: String,
        /// The name that it goes into
        into: String,
        /// Kind of the second name, where it is another
        #[arg(long, value_enum, ignore_case = true, requires = "kind")]
        into_kind: Option<Kind>,
        #[command(flatten)]
        how: How,
    },
    /// A spelling is a thing of its own
    Split {
        /// The spelling
        name: String,
        #[command(flatten)]
        how: How,
    },
    /// Two names are never one: not proposed again, parted where a rule joined them
    Apart {
        /// The one
        name: String,
        /// The other
        other: String,
        #[command(flatten)]
        how: How,
    },
    /// Show a thing under another name
    Rename {
        /// A name of the thing
        name: String,
        /// The name to show
        to: String,
        #[command(flatten)]
        how: How,
    },
    /// A thing is of another kind
    Kind {
        /// A name of the thing
        name: String,
        /// The right kind
        #[arg(value_enum, ignore_case = true)]
        kind: Kind,
        /// The kind that it was taken for (none: every kind)
        #[arg(long, value_enum, ignore_case = true)]
        from: Option<Kind>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// This is no name
    Ignore {
        /// What is no name
        name: String,
        #[command(flatten)]
        how: How,
    },
}

/// What there is to do about names.
#[derive(Debug, Subcommand)]
pub enum Change {
    #[command(flatten)]
    Decide(Decide),
    /// Take the last decision back
    Undo {
        /// So many decisions
        #[arg(default_value_t = 1)]
        steps: usize,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Names of one story that may be one: nothing is joined unless you say so
    Proposals {
        #[command(flatten)]
        from: From,
        /// Ask for each: y joins, n holds apart, Enter leaves open, q ends
        #[arg(long, conflicts_with = "json")]
        ask: bool,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Which of several names of one spelling, and how the outcome is printed.
#[derive(Debug, clap::Args)]
pub struct How {
    /// Kind, where two kinds share the name (none: every kind)
    #[arg(short, long, value_enum, ignore_case = true)]
    pub kind: Option<Kind>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Kinds of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// People
    #[value(alias = "person")]
    Per,
    /// Places
    #[value(alias = "place")]
    Loc,
    /// Organisations
    #[value(aliases = ["organisation", "organization"])]
    Org,
    /// Events, treaties, products, works
    #[value(alias = "other")]
    Misc,
}

impl std::convert::From<Kind> for entity::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Per => Self::Per,
            Kind::Loc => Self::Loc,
            Kind::Org => Self::Org,
            Kind::Misc => Self::Misc,
        }
    }
}
