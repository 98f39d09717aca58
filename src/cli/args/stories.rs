//! Arguments: what belongs together.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::From;

#[derive(Debug, clap::Args)]
pub struct Related {
    #[command(flatten)]
    pub from: From,
    /// Only for this article
    #[arg(long, value_name = "ID or PATH")]
    pub of: Option<String>,
    /// At most this many related articles
    #[arg(long, value_name = "K", default_value_t = 5)]
    pub top: usize,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Stories {
    #[command(subcommand)]
    pub change: Option<StoryChange>,
    #[command(flatten)]
    pub from: From,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// What there is to do about stories.
#[derive(Debug, Subcommand)]
pub enum StoryChange {
    /// The stories of two articles are one
    Merge {
        /// An article of the one, by its id
        #[arg(value_name = "ID")]
        article: String,
        /// An article of the other
        #[arg(value_name = "ID")]
        other: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// An article is a story of its own
    Split {
        /// The article, by its id
        #[arg(value_name = "ID")]
        article: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Take the last decision back
    Undo {
        /// So many decisions
        #[arg(default_value_t = 1)]
        steps: usize,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct Review {
    /// Id of the story, or id or path of an article in it
    #[arg(value_name = "STORY")]
    pub story: String,
    /// Files and folders (`-`: standard input; none: the library, else ./seeds)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// An article that you have read, besides those that are marked so: what stands in it is told apart in the others
    #[arg(long, value_name = "ID or PATH")]
    pub read: Vec<String>,
    /// The form of the page
    #[arg(short, long, value_enum, default_value_t = ReviewForm::Md)]
    pub format: ReviewForm,
    /// Language of the page: vi or en [default: that of the locale]
    #[arg(long)]
    pub lang: Option<String>,
    /// One JSON object
    #[arg(long)]
    pub json: bool,
}

/// Forms of a press review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewForm {
    /// Markdown
    Md,
    /// One HTML page that needs nothing else
    Html,
}
