//! The arguments of all commands, with help that teaches.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::entity;

/// A press review in a terminal: reads saved news, finds the names, links what belongs together.
#[derive(Debug, Parser)]
#[command(name = "diembao", version, args_conflicts_with_subcommands = true, after_help = EXAMPLES, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Files and folders to open in the reader (`-`: standard input; none: the library, else ./seeds). Where standard output is no terminal, the list is printed
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  diembao seeds/                               open the reader on a folder
  diembao list seeds/ -q 'place:Moskva after:2026-01'
  diembao search 'trieu tien' seeds/           marks that are not typed match all
  diembao show 3f0c2a9d41be seeds/             one article, by its id
  diembao names seeds/ --why 'Kim Jong Un'     which spellings were joined, and why
  curl -s URL | w3m -dump -T text/html | diembao show -

Exit codes: 0 done, 1 nothing found, 2 wrong call, 3 some inputs had problems (on standard error), 4 could not do it.
The query language: diembao gen query. The JSON objects: diembao gen json.";

const QUERY_HELP: &str = "\
Queries:
  lũ lụt                     both words        \"lũ quét\"     a phrase
  -x, NOT x                  not               a OR b        either; ( ) groups
  person:\"Kim Jong Un\"       a name by any of its spellings; also place: org: name:
  source:a,b title: body: lang: date:22/9 date:3d date:2026-08..2026-09 after: before: older:30d
  is:unread is:copy has:note tag:x note: quote: said:\"Hun Sen\" sources:>3 story:{place:nga} like:ID view:NAME
  =Đà                        exactly these marks; marks that are not typed match all
Put -- before a query that begins with a dash.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List articles, newest first
    #[command(after_help = QUERY_HELP)]
    List(List),
    /// Search, best match first
    #[command(after_help = QUERY_HELP)]
    Search(Search),
    /// Show one article, or all
    #[command(
        after_help = "Examples:\n  diembao show article.txt\n  diembao show 3f0c2a9d41be seeds/\n  diembao show seeds/ --all --json"
    )]
    Show(Show),
    /// List persons, places, organisations and other names
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  diembao names seeds/ -q 'place:Moskva'\n  diembao names seeds/ --why KCNA\n  diembao names seeds/ --mentions --json\n  diembao names merge 'Mạc Tư Khoa' Moskva --kind LOC\n  diembao names proposals seeds/ --ask\n  diembao names undo\n\nDecisions are lines of names.txt in the data folder; edit, share and compare it as you like."
    )]
    Names(Names),
    /// Related articles: how they are related, and why
    #[command(
        after_help = "Examples:\n  diembao related seeds/ --top 3\n  diembao related seeds/ --of 3f0c2a9d41be"
    )]
    Related(Related),
    /// Articles grouped by what happened
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  diembao stories seeds/ --json\n  diembao stories merge 3f0c2a9d41be 88acae5190ce\n  diembao stories split 3f0c2a9d41be\n  diembao stories undo\n\nDecisions are lines of stories.txt in the data folder; edit, share and compare it as you like."
    )]
    Stories(Stories),
    /// Who reports what in one story: names, numbers and quotes by outlet, the timeline, what only one has
    #[command(
        after_help = "Examples:\n  diembao review 3f0c2a9d41be seeds/                     the story in which an article stands\n  diembao review 3f0c2a9d41be seeds/ --format html > review.html"
    )]
    Review(Review),
    /// Write articles as documents
    #[command(
        after_help = "Examples:\n  diembao export seeds/ --format md > review.md\n  diembao export seeds/ -q 'place:Moskva' --format csv"
    )]
    Export(Export),
    /// Mark articles as read or starred, or take that back
    #[command(
        after_help = "Examples:\n  diembao mark read seeds/ -q 'older:30d'\n  diembao mark star 3f0c2a9d41be seeds/"
    )]
    Mark(Mark),
    /// Give articles tags, take tags away, or list all tags
    #[command(
        after_help = "Examples:\n  diembao tag 'đọc-lại,cam' seeds/ -q 'place:Campuchia'\n  diembao tag --remove cam 3f0c2a9d41be seeds/\n  diembao tag                                       all tags, with the number of their articles"
    )]
    Tag(Tag),
    /// Write a note on an article, or print notes
    #[command(
        after_help = "Examples:\n  diembao note 3f0c2a9d41be seeds/ --text 'hỏi lại tác giả'\n  diembao note seeds/ -q has:note"
    )]
    Note(Note),
    /// Saved views: queries under a name
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  diembao views save cam 'place:Campuchia -is:read'\n  diembao list -q 'view:cam newer:7d'\n  diembao views seeds/                             all views, with what each finds\n\nViews are lines of views.txt in the data folder; edit, share and compare it as you like."
    )]
    Views(Views),
    /// What was marked when, oldest first
    Log(Log),
    /// Put articles into the library: it is what is opened when no PATH is given
    #[command(
        after_help = "Examples:\n  diembao add ~/articles\n  diembao add articles.jsonl     one object a line: {id, title, published, source, body}"
    )]
    Add(Add),
    /// Take articles out of the library
    #[command(
        after_help = "Examples:\n  diembao remove 3f0c2a9d41be\n  diembao remove -q 'before:2025-01 -is:starred'"
    )]
    Remove(Remove),
    /// How much the library holds, and where
    Status(Plain),
    /// Look through the library, and mend what can be worked out anew
    Check(Plain),
    /// Work out names, relations and index of the library; may be stopped and called again
    Reindex(Reindex),
    /// Write the library and all that was marked into one file
    Backup(OneFile),
    /// Put the contents of a backup in place of the library and all that was marked; what is there is backed up first
    Restore(OneFile),
    /// Write the man page, shell completions or documentation
    Gen {
        /// What
        #[command(subcommand)]
        what: Gen,
    },
    /// Measure what a library costs
    #[command(hide = true)]
    Bench {
        /// What
        #[command(subcommand)]
        what: BenchWhat,
    },
    /// Measure against labelled data
    #[command(hide = true)]
    Score {
        /// What
        #[command(subcommand)]
        what: Score,
    },
}

/// Where articles come from, and which of them are wanted.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct From {
    /// Files and folders (`-`: standard input; none: the library, else ./seeds)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only articles that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
}

/// Which articles are meant.
#[derive(Debug, Clone, clap::Args)]
pub struct Which {
    /// Ids, files and folders (`-`: standard input; none: the library, else ./seeds)
    #[arg(value_name = "ID or PATH")]
    pub what: Vec<PathBuf>,
    /// Only articles that match
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
}

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
    /// Files and folders (`-`: standard input; none: ./seeds)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// An article that you have read, besides those that are marked so: what stands in it is told apart in the others
    #[arg(long, value_name = "ID or PATH")]
    pub read: Vec<String>,
    /// The form of the page
    #[arg(short, long, value_enum, default_value_t = ReviewForm::Md)]
    pub format: ReviewForm,
    /// Language of the page: vi or en
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
    /// The keys of the reader, in Markdown
    Keys,
    /// The query language, in Markdown
    Query,
    /// The JSON objects of all commands, in Markdown
    Json,
    /// The built-in key file: the form of your own `keys.toml`
    Keymap,
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
    /// A picture of the reader: the real frame as SVG, or as text where the file ends in .txt
    Screenshot(Screenshot),
}

#[derive(Debug, clap::Args)]
pub struct Screenshot {
    /// Files and folders (none: the library, else ./seeds)
    pub paths: Vec<PathBuf>,
    /// Columns and rows
    #[arg(long, default_value = "120x40")]
    pub size: String,
    /// Theme: dark, light, contrast, sixteen or plain
    #[arg(long, default_value = "dark")]
    pub theme: String,
    /// Language of the screen: vi or en
    #[arg(long, default_value = "vi")]
    pub lang: String,
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
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
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
