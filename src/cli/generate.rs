//! `diembao gen`: documents that are made from the program itself, so that they cannot drift from it.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;

use super::args::Gen;
use super::out::Out;
use super::{Exit, WrongCall, speech};
use crate::app::Lang;
use crate::config::built_in;
use crate::library::FIELDS;
use crate::ui::{meanings_markdown, theme_file};

/// Runs the command.
pub fn run(what: &Gen, lang: Option<&str>, out: &mut Out) -> anyhow::Result<Exit> {
    let lang = match lang {
        Some(lang) => Lang::of(lang).ok_or_else(|| WrongCall(format!("there is no language `{lang}`")))?,
        None => crate::run::lang(),
    };
    let words = lang.words();
    let mut bytes = Vec::new();
    match what {
        Gen::Man { output: Some(folder) } => {
            pages(lang, folder).with_context(|| format!("{}", folder.display()))?;
        }
        Gen::Man { output: None } => man(lang, &mut bytes)?,
        Gen::Theme { name } => {
            let themes = built_in();
            let names = || themes.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ");
            let file = theme_file(&themes, name, lang);
            let file =
                file.ok_or_else(|| WrongCall(format!("there is no theme `{name}`; there are {}", names())))?;
            bytes.extend(file.bytes());
        }
        Gen::Config => bytes.extend(config(lang).bytes()),
        Gen::Completions { shell } => {
            bytes.extend(speech::completions(*shell, lang).bytes());
        }
        Gen::Keys { md: true } => bytes.extend(crate::app::keys_markdown(lang).bytes()),
        Gen::Keys { md: false } => {
            for line in crate::app::DEFAULT_KEYS.lines() {
                let line = if line.starts_with('#') { words.help(line) } else { line.into() };
                bytes.extend(line.bytes().chain([b'\n']));
            }
        }
        Gen::Desktop => bytes.extend(include_bytes!("../../assets/docs/diembao.desktop")),
        Gen::Screenshot(args) => return super::screenshot::run(args, lang, out),
        Gen::Query => bytes.extend(query(lang).bytes()),
        Gen::Json => bytes.extend(json(lang).bytes()),
    }
    out.raw(&bytes)?;
    Ok(Exit::Done)
}

/// A page for each command, in a folder.
fn pages(lang: Lang, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(speech::command(lang), folder)?;
    for page in std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()) {
        let name = page.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("diembao") && name.ends_with(".1") {
            let text = std::fs::read_to_string(&page)?;
            std::fs::write(&page, headed(&text, lang))?;
        }
    }
    Ok(())
}

/// A page with its headings in a language: those of the generator are English.
fn headed(page: &str, lang: Lang) -> String {
    let line = |line: &str| {
        let said = if line.starts_with(".SH ") { lang.words().help(line) } else { line.into() };
        format!("{said}\n")
    };
    page.lines().map(line).collect()
}

/// The one page. It refers to no other, as none need be there: commands are listed with what they do.
fn man(lang: Lang, out: &mut Vec<u8>) -> std::io::Result<()> {
    let (command, mut made) = (speech::command(lang), Vec::new());
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(&mut made)?;
    page.render_name_section(&mut made)?;
    page.render_synopsis_section(&mut made)?;
    page.render_description_section(&mut made)?;
    page.render_options_section(&mut made)?;
    let mut text = String::from(".SH COMMANDS\n");
    for one in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let about = one.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(text, ".TP\n\\fB{}\\fR\n{}\n", roff(one.get_name()), roff(&about));
    }
    let (all, one) = ("All options of a command:", "COMMAND");
    let (all, one) = (lang.words().help(all), lang.words().help(one));
    let _ = write!(text, ".PP\n{} \\fBdiembao \\fI{}\\fB \\-\\-help\\fR\n", roff(&all), roff(&one));
    made.extend(text.bytes());
    page.render_version_section(&mut made)?;
    out.extend(headed(&String::from_utf8_lossy(&made), lang).bytes());
    Ok(())
}

/// Words that roff takes for nothing but words.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " ");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

/// `docs/config.md`: the frame is prose, the styles are the themes' own table.
fn config(lang: Lang) -> String {
    let frame = match lang {
        Lang::En => include_str!("../../assets/docs/config.md"),
        Lang::Vi => include_str!("../../assets/docs/config.vi.md"),
    };
    frame.replace("{styles}\n", &meanings_markdown(lang))
}

/// `docs/json.md`: prose about keys that are the same in all languages.
fn json(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../docs/json.md"),
        Lang::Vi => include_str!("../../assets/docs/json.vi.md"),
    }
}

/// `docs/query.md`: the frame is prose, the fields are the parser's own table.
fn query(lang: Lang) -> String {
    let frame = match lang {
        Lang::En => include_str!("../../assets/docs/query.md"),
        Lang::Vi => include_str!("../../assets/docs/query.vi.md"),
    };
    let mut fields = format!("{}\n| --- | --- | --- |\n", lang.words().help("| field | example | finds |"));
    for row in FIELDS {
        let help = lang.words().said(row.help);
        let _ = writeln!(fields, "| `{}:` | `{0}:{}` | {help} |", row.name, row.example);
    }
    frame.replace("{fields}\n", &fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promised_objects_are_the_same_in_all_languages() {
        let promised = |lang| {
            let told = |line: &'static str| {
                let key = line.strip_prefix("| `").and_then(|l| l.split('`').next());
                key.or_else(|| line.strip_prefix("## "))
                    .or_else(|| line.starts_with("| ---").then_some("---"))
            };
            json(lang).lines().filter_map(told).collect::<Vec<_>>()
        };
        assert_eq!(promised(Lang::Vi), promised(Lang::En));
        assert!(json(Lang::Vi).starts_with("# Đối tượng JSON\n"));
    }
}
