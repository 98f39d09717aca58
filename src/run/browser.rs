//! The program that opens an address: which, with which arguments, whether it needs the terminal.
//!
//! Owns: reading `BROWSER` as `xdg-open` does: several commands parted by `:`, each as a shell reads it, `%s` for the address
//! (without it the address comes last). Refuses: the terminal, which the caller gives up. Tests: at the foot.

use std::path::Path;
use std::process::{Command, Stdio};

/// Browsers that draw in the terminal.
const TEXT: [&str; 9] =
    ["w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "www-browser"];

/// A command that opens the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The program.
    pub program: String,
    arguments: Vec<String>,
}

impl Call {
    /// It draws in the terminal.
    pub fn wants_terminal(&self) -> bool {
        let name = Path::new(&self.program).file_name().unwrap_or_default();
        TEXT.iter().any(|text| name == *text)
    }

    /// Runs it to its end; why it failed names it.
    pub fn run(&self) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        if !self.wants_terminal() {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        }
        let told = |why: &dyn std::fmt::Display| format!("{}: {why}", self.program);
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(told(&status)),
            Err(error) => Err(told(&error)),
        }
    }
}

/// The commands to try, the first first: those of the reader, else what the system has.
pub fn calls(named: Option<&str>, url: &str) -> Result<Vec<Call>, String> {
    let own = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let named = named.filter(|n| n.split(':').any(|part| !part.trim().is_empty())).unwrap_or(own);
    let parts = named.split(':').filter(|part| !part.trim().is_empty());
    parts.map(|part| call(part, url)).collect()
}

fn call(command: &str, url: &str) -> Result<Call, String> {
    let mut words = shell_words::split(command).map_err(|error| format!("{command}: {error}"))?;
    let mut placed = false;
    for word in &mut words {
        if word.contains("%s") {
            *word = word.replace("%s", url);
            placed = true;
        }
    }
    if !placed {
        words.push(url.to_owned());
    }
    let mut words = words.into_iter();
    let program = words.next().unwrap_or_default();
    Ok(Call { program, arguments: words.collect() })
}

/// The first that is there; where none is, the first, which then tells so.
pub fn first_there(calls: &[Call], path: &str) -> usize {
    let there = |call: &Call| {
        let named = Path::new(&call.program);
        named.is_absolute() && named.is_file()
            || std::env::split_paths(path).any(|folder| folder.join(named).is_file())
    };
    calls.iter().position(there).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_read_as_others_read_it() {
        let url = "https://ashby.example/?a=%20b";
        for (named, expect) in [
            (Some("firefox"), &[&["firefox", url][..]][..]),
            (Some("firefox --new-window"), &[&["firefox", "--new-window", url]]),
            (Some("w3m:'my browser' -u %s -x"), &[&["w3m", url], &["my browser", "-u", url, "-x"]]),
            (Some("open-it --url=%s:"), &[&["open-it", "--url=https://ashby.example/?a=%20b"]]),
            (Some(" : "), &[&["xdg-open", url]]),
            (None, &[&["xdg-open", url]]),
        ] {
            if cfg!(target_os = "macos") && expect[0][0] == "xdg-open" {
                continue;
            }
            let found = calls(named, url).expect("readable");
            let words: Vec<Vec<&str>> = found
                .iter()
                .map(|c| std::iter::once(&c.program).chain(&c.arguments).map(String::as_str).collect())
                .collect();
            assert_eq!(words, expect, "{named:?}");
        }
        assert!(calls(Some("'firefox"), url).is_err_and(|why| why.starts_with("'firefox: ")));
    }

    #[test]
    fn browsers_of_the_terminal_are_known_and_those_that_are_there_come_first() {
        for (named, expect) in [("w3m", true), ("/usr/bin/lynx -nopause", true), ("firefox", false)] {
            assert_eq!(calls(Some(named), "x").expect("readable")[0].wants_terminal(), expect, "{named}");
        }
        let found = calls(Some("no-such-browser:sh:ls"), "x").expect("readable");
        assert_eq!(found[first_there(&found, "/usr/bin:/bin")].program, "sh");
        assert_eq!(first_there(&found, ""), 0);
        let failed = found[0].run().expect_err("it is not there");
        assert!(failed.starts_with("no-such-browser: "), "{failed}");
    }
}
