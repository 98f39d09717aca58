//! `diembao gen`: documents that are made from the program itself, so that they cannot drift from it.

use std::fmt::Write as _;

use clap::CommandFactory as _;

use super::Exit;
use super::args::{Args, Gen};
use super::out::Out;
use crate::library::FIELDS;

/// Runs the command.
pub fn run(what: &Gen, out: &mut Out) -> anyhow::Result<Exit> {
    let mut command = Args::command();
    let mut bytes = Vec::new();
    match what {
        Gen::Man => clap_mangen::Man::new(command).render(&mut bytes)?,
        Gen::Completions { shell } => clap_complete::generate(*shell, &mut command, "diembao", &mut bytes),
        Gen::Keys => bytes.extend(crate::app::keys_markdown().bytes()),
        Gen::Keymap => bytes.extend(crate::app::DEFAULT_KEYS.bytes()),
        Gen::Desktop => bytes.extend(include_bytes!("../../assets/docs/diembao.desktop")),
        Gen::Screenshot(args) => return super::screenshot::run(args, out),
        Gen::Query => bytes.extend(query().bytes()),
        Gen::Json => bytes.extend(include_bytes!("../../docs/json.md")),
    }
    out.raw(&bytes)?;
    Ok(Exit::Done)
}

/// `docs/query.md`: the frame is prose, the fields are the parser's own table.
fn query() -> String {
    let mut fields = String::from("| field | example | finds |\n| --- | --- | --- |\n");
    for row in FIELDS {
        let _ = writeln!(fields, "| `{}:` | `{0}:{}` | {} |", row.name, row.example, row.help);
    }
    include_str!("../../assets/docs/query.md").replace("{fields}\n", &fields)
}
