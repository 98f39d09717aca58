//! Problems of files as they are told: those of one file that are alike stand in one line, with all the lines of the file.
//!
//! Owns: which are alike. Refuses: the words (each problem brings its own). Tests: at the foot.

use std::path::PathBuf;

use crate::article::{Problem, ProblemKind};

/// Lines of a file that are named one by one; of more it is told how many there are.
const NAMED: usize = 5;

/// Problems that are alike.
struct Alike<'a> {
    kind: ProblemKind,
    /// What stands before and behind the line.
    around: Option<(&'a str, String)>,
    first: &'a Problem,
    lines: Vec<u32>,
}

/// Kind and words of each problem, in their order; those of one file that differ only in the line are one.
pub fn alike(problems: &[(PathBuf, Problem)]) -> Vec<(ProblemKind, String)> {
    let mut groups: Vec<Alike<'_>> = Vec::new();
    let mut known = rustc_hash::FxHashMap::default();
    for (path, problem) in problems {
        let around = around(problem);
        let key = around.as_ref().map(|(before, behind)| (*before, behind.clone()));
        // The words before the line name the file, which may be called as another one.
        let at = key.map(|(before, behind)| {
            *known.entry((path, problem.kind, before, behind)).or_insert(groups.len())
        });
        match at.and_then(|n| groups.get_mut(n)) {
            Some(group) => group.lines.push(problem.line),
            None => {
                groups.push(Alike { kind: problem.kind, around, first: problem, lines: vec![problem.line] });
            }
        }
    }
    groups.iter().map(|group| (group.kind, group.told())).collect()
}

impl Alike<'_> {
    fn told(&self) -> String {
        let Some((before, behind)) = self.around.as_ref().filter(|_| self.lines.len() > 1) else {
            return self.first.message.clone();
        };
        let named: Vec<String> = self.lines.iter().take(NAMED).map(ToString::to_string).collect();
        let (named, more) = (named.join(", "), self.lines.len().saturating_sub(NAMED));
        let lines = if more == 0 { named } else { format!("{named} and {more} further ones") };
        format!("{before}, lines {lines}: {behind}")
    }
}

/// What a problem of a line says but for the line, and for the column in it.
fn around(problem: &Problem) -> Option<(&str, String)> {
    let place = format!(", line {}: ", problem.line);
    let (before, behind) = problem.message.split_once(&place).filter(|_| problem.line > 0)?;
    let Some((what, rest)) = behind.split_once(", column ") else { return Some((before, behind.to_owned())) };
    Some((before, format!("{what}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_that_are_alike_are_told_once() {
        let problem = |file: &str, line: u32, what: &str| {
            let message = format!("{file}, line {line}: {what}");
            (PathBuf::from(file), Problem { kind: ProblemKind::Syntax, message, line })
        };
        let check = |problems: &[(PathBuf, Problem)], expect: &[&str]| {
            let told: Vec<String> = alike(problems).into_iter().map(|t| t.1).collect();
            assert_eq!(told, expect);
        };
        let whole = Problem { kind: ProblemKind::Empty, message: "a is empty".to_owned(), line: 0 };
        check(
            &[
                problem("a", 3, "no record (x, column 7); write it anew"),
                problem("b", 3, "no record (x, column 7); write it anew"),
                problem("a", 8, "no record (x, column 12); write it anew"),
                (PathBuf::from("a"), whole.clone()),
                problem("a", 9, "no record (y); write it anew"),
                (PathBuf::from("a"), whole),
            ],
            &[
                "a, lines 3, 8: no record (x); write it anew",
                "b, line 3: no record (x, column 7); write it anew",
                "a is empty",
                "a, line 9: no record (y); write it anew",
                "a is empty",
            ],
        );
        let many: Vec<_> = (1..=9).map(|line| problem("a", line, "no record")).collect();
        check(&many, &["a, lines 1, 2, 3, 4, 5 and 4 further ones: no record"]);
        check(&many[..5], &["a, lines 1, 2, 3, 4, 5: no record"]);
    }
}
