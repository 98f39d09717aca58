//! `diembao gen`: documents that are made from the program itself, so that they cannot drift from it.

use std::fmt::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::args::{Args, Gen};
use super::out::Out;
use super::{Exit, WrongCall};
use crate::config::built_in;
use crate::library::FIELDS;
use crate::ui::{meanings_markdown, theme_file};

/// Runs the command.
pub fn run(what: &Gen, out: &mut Out) -> anyhow::Result<Exit> {
    let mut command = Args::command();
    let mut bytes = Vec::new();
    match what {
        Gen::Man { output: Some(folder) } => {
            std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
            clap_mangen::generate_to(command, folder).with_context(|| format!("{}", folder.display()))?;
        }
        Gen::Man { output: None } => man(&command, &mut bytes)?,
        Gen::Theme { name } => {
            let themes = built_in();
            let names = || themes.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ");
            let file = theme_file(&themes, name);
            let file =
                file.ok_or_else(|| WrongCall(format!("there is no theme `{name}`; there are {}", names())))?;
            bytes.extend(file.bytes());
        }
        Gen::Config => bytes.extend(config().bytes()),
        Gen::Completions { shell } => clap_complete::generate(*shell, &mut command, "diembao", &mut bytes),
        Gen::Keys { md: true } => bytes.extend(crate::app::keys_markdown().bytes()),
        Gen::Keys { md: false } => bytes.extend(crate::app::DEFAULT_KEYS.bytes()),
        Gen::Desktop => bytes.extend(include_bytes!("../../assets/docs/diembao.desktop")),
        Gen::Screenshot(args) => return super::screenshot::run(args, out),
        Gen::Query => bytes.extend(query().bytes()),
        Gen::Json => bytes.extend(include_bytes!("../../docs/json.md")),
    }
    out.raw(&bytes)?;
    Ok(Exit::Done)
}

/// The one page. It refers to no other, as none need be there: commands are listed with what they do.
fn man(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    let mut text = String::from(".SH COMMANDS\n");
    for one in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(text, ".TP\n\\fB{}\\fR\n{}\n", roff(one.get_name()), roff(&about));
    }
    text.push_str(".PP\nAll options of a command: \\fBdiembao \\fICOMMAND\\fB \\-\\-help\\fR\n");
    out.extend(text.bytes());
    page.render_version_section(out)
}

/// Words that roff takes for nothing but words.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " ");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

/// `docs/config.md`: the frame is prose, the styles are the themes' own table.
fn config() -> String {
    include_str!("../../assets/docs/config.md").replace("{styles}\n", &meanings_markdown())
}

/// `docs/query.md`: the frame is prose, the fields are the parser's own table.
fn query() -> String {
    let mut fields = String::from("| field | example | finds |\n| --- | --- | --- |\n");
    for row in FIELDS {
        let _ = writeln!(fields, "| `{}:` | `{0}:{}` | {} |", row.name, row.example, row.help);
    }
    include_str!("../../assets/docs/query.md").replace("{fields}\n", &fields)
}
