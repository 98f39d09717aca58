//! Arguments: which articles, and what is done with their texts.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{From, Which};

#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    pub from: From,
    /// At most this many
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<usize>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

impl List {
    /// The plain list of some paths.
    pub fn of(paths: Vec<PathBuf>) -> Self {
        Self { from: From { paths, query: None }, limit: None, json: false }
    }
}

#[derive(Debug, clap::Args)]
pub struct Search {
    /// What to look for
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Files and folders (`-`: standard input; none: the library, else ./seeds)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// At most this many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Show {
    #[command(flatten)]
    pub which: Which,
    /// All articles, not one
    #[arg(long)]
    pub all: bool,
    /// Only the text: title, credits, lead and body. The offsets of `names --mentions` count its bytes
    #[arg(long)]
    pub text: bool,
    /// Also what was set aside, mended and went wrong
    #[arg(long)]
    pub aside: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(flatten)]
    pub from: From,
    /// The form of the documents
    #[arg(short, long, value_enum, default_value_t = Form::Md)]
    pub format: Form,
}

/// Forms of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Markdown with front matter, one article after another
    Md,
    /// One JSON object a line, as `show --json`
    Json,
    /// A table, as spreadsheets read it
    Csv,
    /// One HTML page
    Html,
}
