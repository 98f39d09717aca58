//! The arguments of all commands, with help that teaches.
//!
//! Owns: what each command may be told, one file a kind of command. Refuses: doing anything.
//! Tests: in `tests/it/cli.rs`.

mod articles;
mod keeping;
mod names;
mod stories;
mod tools;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use articles::{Export, Form, List, Search, Show};
pub use keeping::{
    Add, Log, Mark, Marking, Note, OneFile, Plain, Reindex, Remove, Tag, Undo, ViewChange, Views,
};
pub use names::{Change, Decide, How, Names};
pub use stories::{Related, Review, ReviewForm, Stories, StoryChange};
pub use tools::{Bench, BenchPart, BenchWhat, Gen, Score, Screenshot};

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
    /// Take the last marks, tags and notes back, wherever they were given: what one command did is one action
    #[command(
        after_help = "Examples:\n  diembao undo                       the last action of the log\n  diembao undo -n 3 --dry-run        what the last three were\n\nThe taking back is logged as well; it is not taken back itself: mark anew what was to stay."
    )]
    Undo(Undo),
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
        /// Language of the screen and of what is written for people: vi or en (none: the locale's)
        #[arg(long, global = true)]
        lang: Option<String>,
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
