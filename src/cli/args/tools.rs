//! Arguments: what is made of the program itself: documents, pictures of the screen, measures.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Gen {
    /// The man page; with a folder, that and a page for each command
    Man {
        /// The folder for the pages (none: the one page, on standard output)
        #[arg(short, long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Completions for a shell
    Completions {
        /// Which
        shell: clap_complete::Shell,
    },
    /// The built-in key file: the form of your own `keys.toml`
    #[command(alias = "keymap")]
    Keys {
        /// The keys as a page to read, in Markdown, with what each does
        #[arg(long)]
        md: bool,
    },
    /// The query language, in Markdown
    Query,
    /// The JSON objects of all commands, in Markdown
    Json,
    /// A theme as a complete file with comments: the form of your own `themes/NAME.toml`
    Theme {
        /// Which of the built-in ones
        #[arg(default_value = "dark")]
        name: String,
    },
    /// Where files lie and what they may say, in Markdown
    Config,
    /// The entry for the menus of desktops: diembao opens articles in a terminal
    Desktop,
    /// A picture of the reader: the real frame as SVG, or as text where the file ends in .txt; of the sample (./seeds) as it is three hours after its newest article, of all else as it is now
    Screenshot(Screenshot),
}

#[derive(Debug, clap::Args)]
pub struct Screenshot {
    /// Files and folders (none: the library, else ./seeds)
    pub paths: Vec<PathBuf>,
    /// Columns and rows
    #[arg(long, default_value = "120x40")]
    pub size: String,
    /// Theme: dark, light, contrast, sixteen, plain, or one of your own
    #[arg(long, default_value = "dark")]
    pub theme: String,
    /// Keys to press first, written as in key files: `jj<enter>`, `/khe<space>ngan`
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    pub keys: String,
    /// Where to write it (none: standard output)
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum BenchWhat {
    /// First frame, memory, moves, searches and filters, in CPU time
    Library(Bench),
}

#[derive(Debug, clap::Args)]
pub struct Bench {
    /// Files and folders; none: the library
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// One JSON object
    #[arg(long)]
    pub json: bool,
    /// Without relations and stories
    #[arg(long)]
    pub no_relations: bool,
    /// A cache folder that stays (none: one that is removed)
    #[arg(long, value_name = "FOLDER")]
    pub cache: Option<PathBuf>,
    /// One part, in this process
    #[arg(long, hide = true)]
    pub part: Option<BenchPart>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum BenchPart {
    Build,
    Open,
}

#[derive(Debug, Subcommand)]
pub enum Score {
    /// Bodies of text dumps: F1 of 4-gram shingles
    Dumps {
        /// Folder of the dumps
        dir: PathBuf,
        /// The labels: {ID: {articleBody}}
        gold: PathBuf,
        /// Ending of the dumps' names after their id
        suffix: String,
    },
    /// Time and memory of reading a folder, and of queries over it
    Library {
        /// Files and folders
        paths: Vec<PathBuf>,
        /// Queries to time, in place of the built-in ones
        #[arg(short, long, allow_hyphen_values = true)]
        query: Vec<String>,
        /// Only read: no names, no relations
        #[arg(long)]
        read_only: bool,
        /// A cache folder: the second run with it measures a second opening
        #[arg(long, value_name = "FOLDER")]
        cache: Option<PathBuf>,
    },
}
