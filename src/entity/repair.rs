//! Layer 6: the reader's own decisions about names, as a plain text file: one line a decision.
//!
//! ```text
//! # what I know better
//! merge "Mạc Tư Khoa" "Moskva" LOC
//! split "Cát Tường" PER
//! rename "Kim Jong Un" "Kim Chính Ân"
//! kind "Sao Mai" ORG
//! ignore "Xem thêm"
//! ```
//!
//! Owns: reading, printing and applying the decisions. Refuses: disk (the caller reads and writes the file).
//! The kind at the end says which name is meant where two kinds share it; without it, every kind is.

use std::fmt;

use rustc_hash::FxHashMap;

use super::assemble::Slot;
use super::key::Words;
use super::local::Spelling;
use super::model::{Kind, Rule};
use super::pool::Pool;
use super::tables::{kind_of, tables};

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The first name is another name of the second.
    Merge {
        /// The name that goes.
        name: String,
        /// The name that it goes into.
        into: String,
        /// Kind, where it matters.
        kind: Option<Kind>,
    },
    /// This spelling is a thing of its own.
    Split {
        /// The spelling.
        name: String,
        /// Kind, where it matters.
        kind: Option<Kind>,
    },
    /// The thing is shown under another name.
    Rename {
        /// A name of the thing.
        name: String,
        /// The name to show.
        to: String,
        /// Kind, where it matters.
        kind: Option<Kind>,
    },
    /// The thing is of this kind.
    Kind {
        /// A name of the thing.
        name: String,
        /// The right kind.
        kind: Kind,
    },
    /// This is no name.
    Ignore {
        /// The name.
        name: String,
        /// Kind, where it matters.
        kind: Option<Kind>,
    },
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, names, kind): (_, Vec<&String>, _) = match self {
            Self::Merge { name, into, kind } => ("merge", vec![name, into], *kind),
            Self::Split { name, kind } => ("split", vec![name], *kind),
            Self::Rename { name, to, kind } => ("rename", vec![name, to], *kind),
            Self::Kind { name, kind } => ("kind", vec![name], Some(*kind)),
            Self::Ignore { name, kind } => ("ignore", vec![name], *kind),
        };
        f.write_str(verb)?;
        for name in names {
            write!(f, " \"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))?;
        }
        kind.map_or(Ok(()), |kind| write!(f, " {}", kind.name()))
    }
}

/// A line that could not be read; it is kept when the file is written again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    raw: String,
    decision: Option<Decision>,
}

/// All decisions, with the comments and unreadable lines between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repairs {
    lines: Vec<Line>,
}

impl Repairs {
    /// Reads the file; never fails: lines that are not understood are listed and kept.
    pub fn parse(text: &str) -> (Self, Vec<BadLine>) {
        let (mut lines, mut bad) = (Vec::new(), Vec::new());
        for (n, raw) in text.lines().enumerate() {
            let trimmed = raw.trim();
            let decision = if trimmed.is_empty() || trimmed.starts_with('#') {
                None
            } else {
                match decision(trimmed) {
                    Ok(decision) => Some(decision),
                    Err(message) => {
                        bad.push(BadLine { line: n as u32 + 1, message });
                        None
                    }
                }
            };
            lines.push(Line { raw: raw.to_owned(), decision });
        }
        (Self { lines }, bad)
    }

    /// The file's text, every line as it was read.
    pub fn print(&self) -> String {
        self.lines.iter().flat_map(|l| [l.raw.as_str(), "\n"]).collect()
    }

    /// Adds a decision as the last line.
    pub fn push(&mut self, decision: Decision) {
        self.lines.push(Line { raw: decision.to_string(), decision: Some(decision) });
    }

    /// Takes the last decision back and gives it.
    pub fn undo(&mut self) -> Option<Decision> {
        let last = self.lines.iter().rposition(|l| l.decision.is_some())?;
        self.lines.remove(last).decision
    }

    /// The decisions in order.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.lines.iter().filter_map(|l| l.decision.as_ref())
    }
}

/// The kind that a word at the end of a line names.
fn kind_word(word: &str) -> Option<Kind> {
    match word.to_uppercase().as_str() {
        "PERSON" => Some(Kind::Per),
        "PLACE" => Some(Kind::Loc),
        "ORGANISATION" | "ORGANIZATION" => Some(Kind::Org),
        "OTHER" => Some(Kind::Misc),
        word => kind_of(word),
    }
}

/// Reads one line.
fn decision(line: &str) -> Result<Decision, String> {
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (mut names, rest) = quoted(rest)?;
    if names.iter().any(|n| Words::of(n).words.is_empty()) {
        return Err("a name is empty: write it between quotes".to_owned());
    }
    let kind = match rest.trim() {
        "" => None,
        word => {
            Some(kind_word(word).ok_or_else(|| format!("`{word}` is no kind: write PER, LOC, ORG or MISC"))?)
        }
    };
    let wanted = match verb {
        "merge" | "rename" => 2,
        "split" | "kind" | "ignore" => 1,
        _ => return Err(format!("`{verb}` is no decision: write merge, split, rename, kind or ignore")),
    };
    if names.len() != wanted {
        let shape = if wanted == 2 { "\"Name\" \"Name\"" } else { "\"Name\"" };
        return Err(format!("{verb} takes {wanted} quoted name(s): write {verb} {shape}"));
    }
    let second = if wanted == 2 { names.pop() } else { None }.unwrap_or_default();
    let name = names.pop().unwrap_or_default();
    Ok(match (verb, kind) {
        ("merge", kind) => Decision::Merge { name, into: second, kind },
        ("rename", kind) => Decision::Rename { name, to: second, kind },
        ("split", kind) => Decision::Split { name, kind },
        ("kind", Some(kind)) => Decision::Kind { name, kind },
        ("kind", None) => {
            return Err("no kind is given: write kind \"Name\" and PER, LOC, ORG or MISC".to_owned());
        }
        (_, kind) => Decision::Ignore { name, kind },
    })
}

/// The quoted names at the start of `rest`, and what follows them.
fn quoted(rest: &str) -> Result<(Vec<String>, &str), String> {
    let (mut names, mut rest) = (Vec::new(), rest.trim_start());
    while let Some(inside) = rest.strip_prefix('"') {
        let mut name = String::new();
        let mut chars = inside.char_indices();
        let end = loop {
            match chars.next() {
                Some((_, '\\')) => name.extend(chars.next().map(|(_, c)| c)),
                Some((at, '"')) => break at + 1,
                Some((_, c)) => name.push(c),
                None => return Err("a quote is not closed: put \" behind the name".to_owned()),
            }
        };
        names.push(name);
        rest = inside[end..].trim_start();
    }
    Ok((names, rest))
}

/// Applies the decisions in order; gives the names to show for renamed entities.
pub fn apply(repairs: &Repairs, pool: &mut Pool, slots: &mut [Slot]) -> FxHashMap<u32, String> {
    if repairs.decisions().next().is_none() {
        return FxHashMap::default();
    }
    let mut bench = Bench::new(pool, slots);
    for decision in repairs.decisions() {
        let line = decision.to_string();
        match decision {
            Decision::Merge { name, into, kind } => {
                for (from, chosen) in bench.chosen(name, *kind) {
                    let to = bench.target(into, from);
                    bench.shift(&chosen, Some(to), &line);
                }
            }
            Decision::Split { name, kind } => bench.split(name, *kind, &line),
            Decision::Rename { name, to, kind } => bench.rename(name, to, *kind),
            Decision::Kind { name, kind } => bench.set_kind(name, *kind),
            Decision::Ignore { name, kind } => {
                for (_, chosen) in bench.chosen(name, *kind) {
                    bench.shift(&chosen, None, &line);
                }
            }
        }
    }
    bench.renamed
}

/// Where repairs are made: the slots, found by entity and by spelling without a walk over all of them.
struct Bench<'a> {
    pool: &'a mut Pool,
    slots: &'a mut [Slot],
    by_ent: FxHashMap<u32, Vec<usize>>,
    by_spelling: FxHashMap<String, Vec<usize>>,
    renamed: FxHashMap<u32, String>,
}

impl<'a> Bench<'a> {
    fn new(pool: &'a mut Pool, slots: &'a mut [Slot]) -> Self {
        let mut by_ent: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut by_spelling: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (n, slot) in slots.iter().enumerate() {
            by_spelling.entry(Words::of(&pool.texts[slot.text as usize]).joined()).or_default().push(n);
            if let Some(ent) = slot.ent {
                by_ent.entry(ent).or_default().push(n);
            }
        }
        Self { pool, slots, by_ent, by_spelling, renamed: FxHashMap::default() }
    }

    /// Moves slots to another entity, or to none.
    fn shift(&mut self, chosen: &[usize], to: Option<u32>, line: &str) {
        for &n in chosen {
            if self.slots[n].ent != to {
                self.move_one(n, to);
                self.slots[n].rule = Some(Rule::Repair);
                line.clone_into(&mut self.slots[n].why);
            }
        }
    }

    fn move_one(&mut self, n: usize, to: Option<u32>) {
        if let Some(list) = self.slots[n].ent.and_then(|from| self.by_ent.get_mut(&from)) {
            list.retain(|&other| other != n);
        }
        if let Some(to) = to {
            self.by_ent.entry(to).or_default().push(n);
        }
        self.slots[n].ent = to;
    }

    /// The slots that a name means, kind by kind: the whole entity of that name, else the spellings of that name.
    fn chosen(&self, name: &str, kind: Option<Kind>) -> Vec<(Kind, Vec<usize>)> {
        wanted(kind)
            .filter_map(|kind| {
                let key = Spelling::of(tables(), kind, name).key;
                let whole = self.pool.find(kind, &key).and_then(|ent| self.by_ent.get(&ent)).cloned();
                let whole = whole.unwrap_or_default();
                let list = if whole.is_empty() { self.spelled(name, kind) } else { whole };
                (!list.is_empty()).then_some((kind, list))
            })
            .collect()
    }

    /// The slots of a kind whose text is this name but for case, blanks, hyphens and tone placement.
    fn spelled(&self, name: &str, kind: Kind) -> Vec<usize> {
        let list = self.by_spelling.get(&Words::of(name).joined()).map_or(&[][..], Vec::as_slice);
        let of_kind =
            |&&n: &&usize| self.slots[n].ent.is_some_and(|e| self.pool.ents[e as usize].kind == kind);
        list.iter().filter(of_kind).copied().collect()
    }

    /// The entity that a merge goes into: the one of that name and kind, else one of another kind in use, else a new one.
    fn target(&mut self, name: &str, kind: Kind) -> u32 {
        let here = self.chosen(name, Some(kind));
        let list = if here.is_empty() { self.chosen(name, None) } else { here };
        if let Some(ent) = list.first().and_then(|(_, s)| s.first()).and_then(|&s| self.slots[s].ent) {
            return ent;
        }
        let spelling = Spelling::of(tables(), kind, name);
        let row = tables().known(kind, &spelling.key).filter(|k| !k.short).map(|k| k.row);
        let ent = self.pool.ent(kind, &spelling.key, row, &Words::of(name).words);
        if row.is_none() {
            self.renamed.entry(ent).or_insert_with(|| name.to_owned());
        }
        ent
    }

    /// Gives the spellings of a name an entity of their own.
    fn split(&mut self, name: &str, kind: Option<Kind>, line: &str) {
        let words = Words::of(name);
        for kind in wanted(kind) {
            for n in self.spelled(name, kind) {
                let Some(from) = self.slots[n].ent else { continue };
                let mut key = words.joined();
                if self.pool.ents[from as usize].key == key {
                    key.push('~');
                }
                let own = self.pool.ent(kind, &key, None, &words.words);
                self.shift(&[n], Some(own), line);
            }
        }
    }

    fn rename(&mut self, name: &str, to: &str, kind: Option<Kind>) {
        for (_, chosen) in self.chosen(name, kind) {
            for ent in chosen.iter().filter_map(|&n| self.slots[n].ent) {
                self.renamed.insert(ent, to.to_owned());
            }
        }
    }

    fn set_kind(&mut self, name: &str, kind: Kind) {
        for (_, chosen) in self.chosen(name, None) {
            let Some(ent) = chosen.first().and_then(|&n| self.slots[n].ent) else { continue };
            let (key, words) =
                (self.pool.ents[ent as usize].key.clone(), self.pool.ents[ent as usize].words.clone());
            let to = self.pool.ent(kind, &key, None, &words);
            if to != ent
                && let Some(name) = self.renamed.remove(&ent)
            {
                self.renamed.insert(to, name);
            }
            // The joins inside the entity stay as they were: only its kind is another.
            for n in chosen {
                self.move_one(n, Some(to));
            }
        }
    }
}

fn wanted(kind: Option<Kind>) -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(move |k| kind.is_none_or(|wanted| wanted == *k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_printed() {
        for line in [
            "merge \"Moskva\" \"Mạc Tư Khoa\" LOC",
            "split \"Cát Lan\"",
            "rename \"Kim Jong Un\" \"Kim \\\"K\\\"\" PER",
            "kind \"Sao Mai\" ORG",
            "ignore \"Xem thêm\"",
        ] {
            let (repairs, bad) = Repairs::parse(line);
            assert!(bad.is_empty(), "{line}: {bad:?}");
            let printed: Vec<String> = repairs.decisions().map(ToString::to_string).collect();
            assert_eq!(printed, [line]);
        }
    }

    #[test]
    fn bad_lines_are_named_and_kept() {
        let text = "# mine\n\nmerge \"A\"\njoin \"A\" \"B\"\nmerge \"A\" \"B\" PLACE\nkind \"A\"\nignore \"A\nsplit \"A\" WHAT\n";
        let (mut repairs, bad) = Repairs::parse(text);
        assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [3, 4, 6, 7, 8]);
        assert!(bad.iter().all(|b| b.message.contains("write") || b.message.contains("put")), "{bad:?}");
        assert_eq!(repairs.decisions().count(), 1);
        assert_eq!(repairs.print(), text);
        repairs.push(Decision::Ignore { name: "B".to_owned(), kind: None });
        assert!(repairs.print().ends_with("ignore \"B\"\n"));
        repairs.undo();
        assert_eq!(repairs.print(), text);
    }
}
