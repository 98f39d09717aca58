//! The reader's own decisions about stories: `merge ID ID`, `split ID`, by ids of articles.
//!
//! Owns: reading and printing a line, and applying all of them, last of all, to groups of articles.
//! Refuses: disk (`library::repairs` has the file). Tests: at the foot.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::text::{DecisionLine, Decisions};

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The stories of two articles are one.
    Merge {
        /// An article of the one.
        article: String,
        /// An article of the other.
        other: String,
    },
    /// An article is a story of its own.
    Split {
        /// The article.
        article: String,
    },
}

impl Decision {
    /// The ids that it is about.
    fn articles(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Merge { article, other } => (article, Some(other)),
            Self::Split { article } => (article, None),
        };
        std::iter::once(one).chain(other).map(String::as_str)
    }
}

/// All decisions about stories.
pub type Repairs = Decisions<Decision>;

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merge { article, other } => write!(f, "merge {article} {other}"),
            Self::Split { article } => write!(f, "split {article}"),
        }
    }
}

impl DecisionLine for Decision {
    fn read(line: &str) -> Result<Self, String> {
        let mut words = line.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let ids: Vec<String> = words.map(str::to_lowercase).collect();
        if let Some(id) = ids.iter().find(|id| !is_id(id)) {
            return Err(format!("`{}` is no id of an article: `diembao list` shows them", id.escape_debug()));
        }
        match (verb, &ids[..]) {
            ("merge", [article, other]) if article != other => {
                Ok(Self::Merge { article: article.clone(), other: other.clone() })
            }
            ("split", [article]) => Ok(Self::Split { article: article.clone() }),
            ("merge", _) => Err("merge takes two ids: write merge ID ID".to_owned()),
            ("split", _) => Err("split takes one id: write split ID".to_owned()),
            _ => Err(format!("`{}` is no decision: write merge or split", verb.escape_debug())),
        }
    }
}

/// Whether a word may be an article's id: twelve hexadecimal digits, and a number where bytes came twice.
fn is_id(word: &str) -> bool {
    let (digest, number) = word.split_once('-').unwrap_or((word, "2"));
    let hex = digest.len() == 12 && digest.bytes().all(|b| b.is_ascii_hexdigit());
    hex && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

impl Repairs {
    /// Changes groups of `count` articles as the reader decided. An article is in one group, or in none where it is alone; a group that
    /// gave its articles to another is left empty.
    pub(super) fn apply<'a>(&self, groups: &mut Vec<Vec<u32>>, count: u32, ids: &dyn Fn(u32) -> &'a str) {
        let named = self.decisions().flat_map(Decision::articles);
        let mut member: FxHashMap<&str, Option<u32>> = named.map(|id| (id, None)).collect();
        if member.is_empty() {
            return;
        }
        for article in 0..count {
            member.entry(ids(article)).and_modify(|known| *known = Some(article));
        }
        let mut group_of: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, group) in groups.iter().enumerate() {
            group_of.extend(group.iter().map(|&article| (article, at)));
        }
        let mut alone: Vec<u32> = member.values().flatten().copied().collect();
        alone.retain(|article| !group_of.contains_key(article));
        alone.sort_unstable();
        for article in alone {
            group_of.insert(article, groups.len());
            groups.push(vec![article]);
        }
        let member = |id: &str| member.get(id).copied().flatten();
        for decision in self.decisions() {
            match decision {
                Decision::Merge { article, other } => {
                    let at = |id: &str| group_of.get(&member(id)?).copied();
                    let (Some(into), Some(from)) = (at(article), at(other)) else { continue };
                    if into != from {
                        let moved = std::mem::take(&mut groups[from]);
                        group_of.extend(moved.iter().map(|&n| (n, into)));
                        groups[into].extend(moved);
                    }
                }
                Decision::Split { article } => {
                    let Some(article) = member(article) else { continue };
                    let Some(&from) = group_of.get(&article) else { continue };
                    if groups[from].len() > 1 {
                        groups[from].retain(|&n| n != article);
                        group_of.insert(article, groups.len());
                        groups.push(vec![article]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [&str; 5] = ["00000000000a", "00000000000b", "00000000000c", "00000000000d", "00000000000d-2"];

    fn check(lines: &str, expect: &[&[u32]]) {
        let (repairs, bad) = Repairs::parse(lines);
        assert_eq!(bad, [], "{lines}");
        let mut groups = vec![vec![0, 1], vec![2], vec![3], vec![4]];
        repairs.apply(&mut groups, 5, &|n| IDS[n as usize]);
        groups.retain(|g| !g.is_empty());
        assert_eq!(groups, expect, "{lines}");
    }

    #[test]
    fn stories_are_merged_and_split_in_the_order_of_the_lines() {
        check("", &[&[0, 1], &[2], &[3], &[4]]);
        check("# mine\nmerge 00000000000b 00000000000c", &[&[0, 1, 2], &[3], &[4]]);
        check("split 00000000000A", &[&[1], &[2], &[3], &[4], &[0]]);
        check("merge 00000000000d-2 00000000000a\nsplit 00000000000a", &[&[2], &[3], &[4, 1], &[0]]);
        check("split 00000000000a\nmerge 00000000000a 00000000000c", &[&[1], &[3], &[4], &[0, 2]]);
        // Nothing to do: one story already, alone already, not there.
        check(
            "merge 00000000000a 00000000000b\nsplit 00000000000c\nmerge 00000000000a ffffffffffff",
            &[&[0, 1], &[2], &[3], &[4]],
        );
    }

    #[test]
    fn a_line_that_is_not_understood_says_what_would_be_right() {
        for (line, expect) in [
            ("merge 00000000000a", "merge takes two ids"),
            ("merge 00000000000a 00000000000a", "merge takes two ids"),
            ("split", "split takes one id"),
            ("split \u{1b}[31m", "is no id"),
            ("join 00000000000a", "write merge or split"),
        ] {
            let told = Decision::read(line).expect_err(line);
            assert!(told.contains(expect), "{told}");
        }
    }
}
