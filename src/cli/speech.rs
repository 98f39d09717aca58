//! The command line in the language of the locale: its help, and what is wrong with a call.
//!
//! Owns: putting other words in the place of those of the arguments and of their parser. Refuses: the words, which are data
//! (`assets/lang/help.vi.toml`). Tests: at the foot; `tests/it/cli.rs`.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::sync::LazyLock;

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, CommandFactory as _, Error, FromArgMatches as _};
use regex::{Captures, Regex};

use super::args::Args;
use crate::app::{Lang, Words};
use crate::text::width;

/// Reads a call.
pub fn read(call: impl IntoIterator<Item = OsString>, lang: Lang) -> Result<Args, Error> {
    let mut command = command(lang);
    let mut found = command.try_get_matches_from_mut(call)?;
    Args::from_arg_matches_mut(&mut found).map_err(|error| error.format(&mut command))
}

/// Prints help, or what is wrong with a call. To a closed pipe it ends as quietly as all other output.
pub fn print(error: &Error, lang: Lang) {
    if lang == Lang::En {
        let _ = error.print();
        return;
    }
    let (mut to, shown): (Box<dyn Write>, bool) = if error.use_stderr() {
        (Box::new(io::stderr()), io::stderr().is_terminal())
    } else {
        (Box::new(io::stdout()), io::stdout().is_terminal())
    };
    let styled = shown && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let text = error.render();
    let text = if styled { text.ansi().to_string() } else { text.to_string() };
    let _ = to.write_all(spoken(&text, lang.words()).as_bytes());
}

/// The arguments, with their texts in a language.
pub fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Args::command(),
        Lang::Vi => translated(Args::command(), lang.words()),
    }
}

/// What a shell completes, with a word on each where the shell shows it.
pub fn completions(shell: clap_complete::Shell, lang: Lang) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "diembao", &mut out);
    let out = String::from_utf8_lossy(&out);
    OWN.iter().fold(out.into_owned(), |text, own| text.replace(own, &lang.words().help(own)))
}

/// The headings of both kinds of argument; clap puts a colon behind them.
fn heading(english: &str, words: &Words) -> String {
    words.help(english).trim_end_matches(':').to_owned()
}

/// A command and all below it. What clap would write in English by itself is written here.
fn translated(command: Command, words: &Words) -> Command {
    let said = |text: Option<&StyledStr>| text.map(|t| words.help(&t.to_string()).into_owned());
    let (about, after) = (said(command.get_about()), said(command.get_after_help()));
    let has_version = command.get_version().is_some();
    let mut command = command
        .mut_args(|arg| argument(arg, words))
        .mut_subcommands(|inner| translated(inner, words))
        .subcommand_help_heading(heading("Commands:", words))
        .subcommand_value_name(words.help("COMMAND").into_owned())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "Print help", words));
    if has_version {
        command = command.arg(flag("version", 'V', ArgAction::Version, "Print version", words));
    }
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after { command.after_help(after) } else { command }
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &str, words: &Words) -> Arg {
    let help = words.help(help).into_owned();
    let heading = heading("Options:", words);
    Arg::new(name).short(short).long(name).action(action).help(help).help_heading(heading)
}

/// An argument, with the values that it may have and the one that it has by itself.
fn argument(arg: Arg, words: &Words) -> Arg {
    let is_flag = arg.get_short().is_some() || arg.get_long().is_some();
    let help = arg.get_help().map(|t| words.help(&t.to_string()).into_owned()).unwrap_or_default();
    let takes_value = arg.get_action().takes_values();
    let values = if takes_value { arg.get_possible_values() } else { Vec::new() };
    let values: Vec<_> = values.into_iter().filter(|v| !v.is_hide_set()).collect();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    let default = default.join(" ");
    let default =
        (takes_value && !default.is_empty()).then(|| format!("[{}: {default}]", words.help("default")));
    let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    let listed = (!names.is_empty()).then(|| format!("[{}: {}]", words.help("values"), names.join(", ")));
    let short = [Some(help.clone()), default.clone(), listed].into_iter().flatten();
    let short = short.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let names: Option<Vec<String>> = arg
        .get_value_names()
        .map(|names| names.iter().map(|name| words.help(name.as_str()).into_owned()).collect());
    let mut arg = arg.help(short);
    if takes_value {
        arg = arg.hide_default_value(true).hide_possible_values(true);
    }
    if let Some(names) = names {
        arg = arg.value_names(names);
    }
    let told = |v: &clap::builder::PossibleValue| {
        let what = v.get_help().map(|t| words.help(&t.to_string()).into_owned());
        what.map(|what| format!("- {}: {what}", v.get_name()))
    };
    if let Some(told) = values.iter().map(told).collect::<Option<Vec<String>>>().filter(|all| !all.is_empty())
    {
        let parts = [Some(help), Some(told.join("\n")), default].into_iter().flatten();
        arg = arg.long_help(parts.collect::<Vec<_>>().join("\n\n"));
    }
    arg.help_heading(heading(if is_flag { "Options:" } else { "Arguments:" }, words))
}

/// A line of the parser's own: styles and blanks, a word with a colon, the sentence, and the styles behind it.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    const STYLES: &str = r"(?:\x1b\[[0-9;]*m|\s)*";
    let line = format!(r"^({STYLES})((?:error|tip|Usage):)?({STYLES})(.*?)((?:\x1b\[[0-9;]*m)*)$");
    #[expect(clippy::unwrap_used, reason = "a test reads it")]
    Regex::new(&line).unwrap()
});

/// What clap writes of options that are not told, and of commands that it adds itself.
const OWN: [&str; 3] = [
    "[OPTIONS]",
    "Print this message or the help of the given subcommand(s)",
    "Print help for the subcommand(s)",
];

/// Text of the parser's with its own words in the language of the screen; further calls stand below the first.
fn spoken(text: &str, words: &Words) -> String {
    let usage = "Usage:";
    let shift = width(&words.help(usage)).saturating_sub(usage.len());
    let mut calls = false;
    let mut out: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let said = LINE.replace(line, |found: &Captures<'_>| {
            let part = |n: usize| found.get(n).map_or("", |part| part.as_str());
            let (word, sentence) = (words.help(part(2)), words.help(part(4)));
            [part(1), &word, part(3), if part(2) == usage { part(4) } else { &sentence }, part(5)].concat()
        });
        calls = line.contains(usage) || (calls && line.starts_with(' '));
        let indent = if calls && !line.contains(usage) { shift } else { 0 };
        out.push(format!("{}{said}", " ".repeat(indent)));
    }
    OWN.iter().fold(out.join("\n"), |text, own| text.replace(own, &words.help(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts of a command and of those below it, as they are written.
    fn texts(command: &Command, out: &mut Vec<String>) {
        let mut add = |text: Option<&StyledStr>| out.extend(text.map(ToString::to_string));
        add(command.get_about());
        add(command.get_after_help());
        for arg in command.get_arguments().filter(|a| !a.is_hide_set()) {
            add(arg.get_help());
            for value in arg.get_possible_values() {
                add(value.get_help());
            }
        }
        for inner in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            texts(inner, out);
        }
    }

    #[test]
    fn every_text_of_the_arguments_stands_in_every_language() {
        let mut all = Vec::new();
        texts(&Args::command(), &mut all);
        assert!(all.len() > 150, "{}", all.len());
        let words = Lang::Vi.words();
        let missing: Vec<&String> =
            all.iter().filter(|t| *words.help(t) == **t && *t != "Markdown").collect();
        assert!(missing.is_empty(), "{missing:#?}");
        for own in OWN {
            assert_ne!(words.help(own), own);
        }
    }

    fn told(call: &[&str], lang: Lang) -> String {
        let call = std::iter::once("diembao").chain(call.iter().copied()).map(OsString::from);
        let error = read(call, lang).expect_err("no call");
        let text = error.render().to_string();
        if lang == Lang::En { text } else { spoken(&text, lang.words()) }
    }

    #[test]
    fn help_is_in_the_language_of_the_locale() {
        let command = Args::command();
        let names = command.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name);
        let calls = names.flat_map(|name| [vec![name, "--help"], vec![name, "-h"], vec!["help", name]]);
        let deeper = [vec!["--help"], vec!["names", "merge", "--help"], vec!["gen", "screenshot", "-h"]];
        for call in calls.chain(deeper) {
            let told = told(&call, Lang::Vi);
            assert!(told.contains("Cách dùng: diembao"), "{told}");
            for english in [
                "Print",
                "Usage",
                "Options",
                "OPTIONS",
                "Arguments",
                "Commands",
                "default",
                "possible",
                "COMMAND",
            ] {
                assert!(!told.contains(english), "{call:?}: {english} in {told}");
            }
        }
        assert!(told(&["export", "-h"], Lang::Vi).contains("[mặc định: md] [giá trị: md, json, csv, html]"));
        assert!(told(&["export", "--help"], Lang::Vi).contains("- csv: Một bảng"));
        assert!(told(&["export", "-h"], Lang::En).contains("[default: md]"));
        let help = told(&["--help"], Lang::Vi);
        let before =
            |line: &str| line.find("diembao [").or(line.find("diembao <")).map(|at| width(&line[..at]));
        let calls: Vec<usize> = help.lines().filter_map(before).collect();
        assert_eq!(calls.first(), calls.get(1), "{help}");
    }

    #[test]
    fn what_is_wrong_with_a_call_is_said_in_the_language_of_the_locale() {
        for (call, expect) in [
            (&["--nope"][..], "lỗi: không có tham số '--nope'"),
            (&["list", "--jsn"], "gợi ý: có tham số gần giống: '--json'"),
            (&["list", "-n"], "lỗi: '--limit <N>' cần một giá trị mà không có"),
            (&["list", "-n", "x"], "lỗi: giá trị 'x' không hợp lệ cho '--limit <N>': không phải số"),
            (&["export", "-f", "mdd"], "[giá trị: md, json, csv, html]"),
            (&["export", "-f", "mdd"], "gợi ý: có giá trị gần giống: 'md'"),
            (&["add"], "lỗi: thiếu các tham số bắt buộc:\n  <PATH>..."),
            (&["names", "--mentions", "--why", "a"], "không dùng chung được với '--why <NAME>'"),
            (&["names", "merge"], "Cách dùng: diembao names merge"),
            (&["gen"], "Cách dùng: diembao gen [TÙY CHỌN] <LỆNH>"),
            (&["gen", "mann"], "lỗi: không có lệnh 'mann'"),
            (&["help", "lisst"], "lỗi: không có lệnh 'lisst'"),
            (&["list", "--nope"], "Xem thêm bằng '--help'."),
        ] {
            let told = told(call, Lang::Vi);
            assert!(told.contains(expect), "{call:?}: {expect} in {told}");
            for english in ["error", "Usage", "tip:", "found", "required", "For more", "exist"] {
                assert!(!told.contains(english), "{call:?}: {english} in {told}");
            }
        }
        assert!(told(&["--nope"], Lang::En).starts_with("error: unexpected argument '--nope' found"));
    }

    #[test]
    fn completions_tell_in_the_language_of_the_locale_what_they_complete() {
        use clap_complete::Shell;
        for shell in [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
            let [english, vietnamese] = [Lang::En, Lang::Vi].map(|lang| completions(shell, lang));
            // It shows no words.
            let bare = shell == Shell::Bash;
            for (told, said) in
                [("Print help", "In hướng dẫn này"), ("Completions for a shell", "Gợi ý lệnh")]
            {
                assert_eq!(
                    (english.contains(told), vietnamese.contains(said)),
                    (!bare, !bare),
                    "{shell}: {told}"
                );
                assert!(!vietnamese.contains(told), "{shell}: {told}");
            }
        }
        // What is completed is the same, in whatever order.
        let words = |lang| {
            let text = completions(Shell::Bash, lang);
            let mut words: Vec<String> =
                text.split([' ', '\n', '"']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        assert_eq!(words(Lang::En), words(Lang::Vi));
    }

    #[test]
    fn styles_stay_where_they_are() {
        let styled = "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m unexpected argument '\u{1b}[33m--x\u{1b}[0m' found";
        let expect = "\u{1b}[1m\u{1b}[31mlỗi:\u{1b}[0m không có tham số '\u{1b}[33m--x\u{1b}[0m'";
        assert_eq!(spoken(styled, Lang::Vi.words()), expect);
    }
}
