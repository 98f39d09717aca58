//! Arguments: what is kept: marks, tags, notes, views, the library.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::Which;

#[derive(Debug, clap::Args)]
pub struct Mark {
    /// As what
    #[arg(value_enum)]
    pub how: Marking,
    #[command(flatten)]
    pub which: Which,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// What an article can be marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Marking {
    /// Read
    Read,
    /// Not read
    Unread,
    /// Starred
    Star,
    /// Not starred
    Unstar,
}

#[derive(Debug, clap::Args)]
pub struct Tag {
    /// Tags, parted by commas; none: all tags are listed
    pub tags: Option<String>,
    #[command(flatten)]
    pub which: Which,
    /// Take the tags away
    #[arg(long, requires = "tags")]
    pub remove: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Note {
    #[command(flatten)]
    pub which: Which,
    /// What the note says from now on; without it, notes are printed
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// Take the note away
    #[arg(long, conflicts_with = "text")]
    pub remove: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Views {
    #[command(subcommand)]
    pub change: Option<ViewChange>,
    /// Files and folders in which the views are counted (none: the library, else ./seeds)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// What there is to do about views.
#[derive(Debug, Subcommand)]
pub enum ViewChange {
    /// Save a query under a name; a view of that name is replaced
    Save {
        /// The name
        name: String,
        /// The query
        #[arg(allow_hyphen_values = true)]
        query: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Take a view away
    Forget {
        /// Its name
        name: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct Add {
    /// Files and folders (`-`: standard input)
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Remove {
    /// Articles by their ids
    #[arg(value_name = "ID", required_unless_present = "query")]
    pub ids: Vec<String>,
    /// Articles that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Nothing but the form of what is printed.
#[derive(Debug, clap::Args)]
pub struct Plain {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Reindex {
    /// Begin from nothing, not from what is there
    #[arg(long)]
    pub all: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct OneFile {
    /// The backup
    pub file: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Log {
    /// At most this many, the newest
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<usize>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Undo {
    /// So many actions
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1)]
    pub steps: usize,
    /// Only say what would be taken back
    #[arg(long)]
    pub dry_run: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}
