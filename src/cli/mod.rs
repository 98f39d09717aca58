//! Arguments in, text out.
//!
//! Owns: the command line, plain and JSON output, exit codes, generated documents. One file a command.
//! Refuses: logic of its own: what is printed is what the lower floors say.
//! Tests: `tests/it/cli.rs` runs the program itself.

mod add;
mod args;
mod articles;
mod backup;
mod bench;
mod check;
mod document;
mod export;
mod generate;
mod list;
mod log;
mod mark;
mod measure;
mod names;
mod note;
mod out;
mod reindex;
mod related;
mod remove;
mod repair;
mod review;
mod score;
mod screenshot;
mod search;
mod show;
mod speech;
mod status;
mod stories;
mod tag;
mod undo;
mod views;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use self::args::{Args, Command};
use self::out::Out;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Done.
    Done = 0,
    /// Nothing found.
    Nothing = 1,
    /// A wrong call.
    WrongCall = 2,
    /// Done, but some inputs had problems.
    Problems = 3,
    /// Could not do it.
    Failed = 4,
}

/// A call that cannot be carried out as it stands: ends with [`Exit::WrongCall`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct WrongCall(String);

/// Runs the program.
pub fn main() -> ExitCode {
    let lang = crate::run::lang();
    let args = match speech::read(std::env::args_os(), lang) {
        Ok(args) => args,
        Err(error) => {
            speech::print(&error, lang);
            return ExitCode::from(if error.use_stderr() { Exit::WrongCall as u8 } else { 0 });
        }
    };
    let exit = run(args).unwrap_or_else(|error| explain(&error));
    ExitCode::from(exit as u8)
}

fn run(args: Args) -> anyhow::Result<Exit> {
    let Some(command) = args.command else {
        let shown = io::stdout().is_terminal() && std::env::var_os("TERM").is_some_and(|t| t != "dumb");
        if shown {
            return reader(args.paths);
        }
        return Out::stdout(|out| list::run(&args::List::of(args.paths), out));
    };
    Out::stdout(|out| match command {
        Command::List(args) => list::run(&args, out),
        Command::Search(args) => search::run(&args, out),
        Command::Show(args) => show::run(&args, out),
        Command::Names(args) => names::run(&args, out),
        Command::Related(args) => related::run(&args, out),
        Command::Stories(args) => stories::run(&args, out),
        Command::Review(args) => review::run(&args, out),
        Command::Export(args) => export::run(&args, out),
        Command::Mark(args) => mark::run(&args, out),
        Command::Tag(args) => tag::run(&args, out),
        Command::Note(args) => note::run(&args, out),
        Command::Views(args) => views::run(&args, out),
        Command::Log(args) => log::run(&args, out),
        Command::Undo(args) => undo::run(&args, out),
        Command::Add(args) => add::run(&args, out),
        Command::Remove(args) => remove::run(&args, out),
        Command::Status(args) => status::run(&args, out),
        Command::Check(args) => check::run(&args, out),
        Command::Reindex(args) => reindex::run(&args, out),
        Command::Backup(args) => backup::backup(&args, out),
        Command::Restore(args) => backup::restore(&args, out),
        Command::Gen { lang, what } => generate::run(&what, lang.as_deref(), out),
        Command::Bench { what: args::BenchWhat::Library(args) } => bench::library(&args, out),
        Command::Score { what } => score::run(&what, out),
    })
}

/// Opens the reader; where there is nothing to read, it says there how to begin.
fn reader(paths: Vec<PathBuf>) -> anyhow::Result<Exit> {
    let paths = articles::found(paths)?.unwrap_or_default();
    crate::run::reader(&paths)?;
    Ok(Exit::Done)
}

/// Says on standard error what went wrong; a closed pipe is no fault.
fn explain(error: &anyhow::Error) -> Exit {
    let closed = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    if error.chain().any(|e| e.downcast_ref().is_some_and(closed)) {
        return Exit::Done;
    }
    out::tell(&format!("{error:#}"));
    if error.is::<WrongCall>() { Exit::WrongCall } else { Exit::Failed }
}
