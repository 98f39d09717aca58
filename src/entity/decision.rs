//! Layer 6: the reader's own decisions about names, as a plain text: one line a decision.
//!
//! ```text
//! # what I know better
//! merge "Mạc Tư Khoa" "Moskva" LOC
//! split "Cát Tường" PER
//! apart "Tân Hoa" "Tân Hòa"
//! rename "Kim Jong Un" "Kim Chính Ân"
//! kind "Sao Mai" ORG
//! ignore "Xem thêm"
//! ```
//!
//! Owns: reading and printing the decisions. Refuses: disk (`library::repairs` has the file) and applying them
//! ([`super::repair`] does). Tests: at the foot.
//! The kind at the end says which name is meant where two kinds share it; without it, every kind is. Two kinds stand for what
//! is and what it becomes: `kind "Sao Mai" PER ORG`; `merge "Sao Mai" "Đội Sao Mai" PER ORG`.

use std::fmt;

use super::key::Words;
use super::model::Kind;
use super::tables::kind_of;
use crate::text::{DecisionLine, Decisions, clean};

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The first name is another name of the second.
    Merge {
        /// The name that goes.
        name: String,
        /// The name that it goes into.
        into: String,
        /// Kind of the first, where it matters.
        kind: Option<Kind>,
        /// Kind of the second, where it is another.
        into_kind: Option<Kind>,
    },
    /// This spelling is a thing of its own.
    Split {
        /// The spelling.
        name: String,
        /// Kind, where it matters.
        kind: Option<Kind>,
    },
    /// These two are never one: they are not proposed again, and parted where a rule joined them.
    Apart {
        /// The one, which gets an entity of its own where both are in one.
        name: String,
        /// The other.
        other: String,
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
        /// The kind that it was taken for, where it matters.
        from: Option<Kind>,
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

impl Decision {
    /// The name that is decided about.
    pub fn name(&self) -> &str {
        let (Self::Merge { name, .. }
        | Self::Split { name, .. }
        | Self::Apart { name, .. }
        | Self::Rename { name, .. }
        | Self::Kind { name, .. }
        | Self::Ignore { name, .. }) = self;
        name
    }

    /// All names that articles are expected to hold; not the name that a thing is to be shown under.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Merge { name, into: other, .. } | Self::Apart { name, other, .. } => vec![name, other],
            _ => vec![self.name()],
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, names, kinds): (_, Vec<&String>, _) = match self {
            Self::Merge { name, into, kind, into_kind } => ("merge", vec![name, into], [*kind, *into_kind]),
            Self::Split { name, kind } => ("split", vec![name], [*kind, None]),
            Self::Apart { name, other, kind } => ("apart", vec![name, other], [*kind, None]),
            Self::Rename { name, to, kind } => ("rename", vec![name, to], [*kind, None]),
            Self::Kind { name, from, kind } => ("kind", vec![name], [*from, Some(*kind)]),
            Self::Ignore { name, kind } => ("ignore", vec![name], [*kind, None]),
        };
        f.write_str(verb)?;
        for name in names {
            write!(f, " \"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))?;
        }
        kinds.into_iter().flatten().try_for_each(|kind| write!(f, " {}", kind.name()))
    }
}

/// All decisions about names.
pub type Repairs = Decisions<Decision>;

impl Repairs {
    /// Whether the reader said that two names are never one.
    pub fn are_apart(&self, one: &str, two: &str, kind: Kind) -> bool {
        let key = |name: &str| Words::of(name).joined();
        let (one, two) = (key(one), key(two));
        self.decisions().any(|d| match d {
            Decision::Apart { name, other, kind: of } if of.is_none_or(|k| k == kind) => {
                let said = (key(name), key(other));
                said == (one.clone(), two.clone()) || said == (two.clone(), one.clone())
            }
            _ => false,
        })
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

impl DecisionLine for Decision {
    fn read(line: &str) -> Result<Self, String> {
        decision(line)
    }
}

/// Reads one line.
fn decision(line: &str) -> Result<Decision, String> {
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (mut names, rest) = quoted(rest)?;
    // Files are shared: what comes from outside is cleaned at the door.
    for name in &mut names {
        *name = clean(name).0.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if names.iter().any(|n| Words::of(n).words.is_empty()) {
        return Err("a name has no letter: write it between quotes".to_owned());
    }
    let kind = |word: &str| {
        kind_word(word).ok_or_else(|| format!("`{word}` is no kind: write PER, LOC, ORG or MISC"))
    };
    let kinds = rest.split_whitespace().map(kind).collect::<Result<Vec<Kind>, String>>()?;
    let wanted = match verb {
        "merge" | "apart" | "rename" => 2,
        "split" | "kind" | "ignore" => 1,
        _ => {
            return Err(format!(
                "`{verb}` is no decision: write merge, split, apart, rename, kind or ignore"
            ));
        }
    };
    if names.len() != wanted {
        let shape = if wanted == 2 { "\"Name\" \"Name\"" } else { "\"Name\"" };
        return Err(format!("{verb} takes {wanted} quoted name(s): write {verb} {shape}"));
    }
    let second = if wanted == 2 { names.pop() } else { None }.unwrap_or_default();
    let name = names.pop().unwrap_or_default();
    let most = if matches!(verb, "merge" | "kind") { 2 } else { 1 };
    if kinds.len() > most {
        return Err(format!("{verb} takes no more than {most} kind(s): write PER, LOC, ORG or MISC"));
    }
    let (first, last) = (kinds.first().copied(), kinds.get(1).copied());
    Ok(match (verb, first) {
        ("merge", kind) => Decision::Merge { name, into: second, kind, into_kind: last },
        ("apart", kind) => Decision::Apart { name, other: second, kind },
        ("rename", kind) => Decision::Rename { name, to: second, kind },
        ("split", kind) => Decision::Split { name, kind },
        ("kind", Some(kind)) => Decision::Kind { name, from: last.and(first), kind: last.unwrap_or(kind) },
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_read_and_printed() {
        for line in [
            "merge \"Moskva\" \"Mạc Tư Khoa\" LOC",
            "split \"Cát Lan\"",
            "apart \"Tân Hoa\" \"Tân Hòa\"",
            "rename \"Kim Jong Un\" \"Kim \\\"K\\\"\" PER",
            "kind \"Sao Mai\" ORG",
            "kind \"Sao Mai\" PER ORG",
            "merge \"Sao Mai\" \"Đội Sao Mai\" PER ORG",
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
        let text = "# mine\n\nmerge \"A\"\njoin \"A\" \"B\"\nmerge \"A\" \"B\" PLACE\nkind \"A\"\nignore \"A\nsplit \"A\" WHAT\nsplit \"A\" PER ORG\n";
        let (mut repairs, bad) = Repairs::parse(text);
        assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [3, 4, 6, 7, 8, 9]);
        assert!(bad.iter().all(|b| b.message.contains("write") || b.message.contains("put")), "{bad:?}");
        assert_eq!(repairs.decisions().count(), 1);
        assert_eq!(repairs.print(), text);
        repairs.push(Decision::Ignore { name: "B".to_owned(), kind: None });
        assert!(repairs.print().ends_with("ignore \"B\"\n"));
        repairs.undo();
        assert_eq!(repairs.print(), text);
    }

    #[test]
    fn lines_from_outside_are_tamed() {
        let (mut repairs, bad) =
            Repairs::parse("\u{feff}# of a friend\r\nrename \"A\" \"B\u{1b}[31m\u{202e}  C\"");
        assert_eq!(bad, []);
        let to = |d: &Decision| if let Decision::Rename { to, .. } = d { to.clone() } else { String::new() };
        assert_eq!(repairs.decisions().map(to).collect::<Vec<_>>(), ["B C"]);
        repairs.push(Decision::Split { name: "D".to_owned(), kind: None });
        assert_eq!(repairs.print().lines().count(), 3);
        let broken = Decision::Split { name: "D\nignore \"E\"".to_owned(), kind: None };
        assert_eq!(broken.settled(), Ok(Decision::Split { name: "D ignore \"E\"".to_owned(), kind: None }));
        assert!(Decision::Ignore { name: "…".to_owned(), kind: None }.settled().is_err());
    }

    #[test]
    fn names_held_apart_are_known_by_their_words() {
        let (repairs, _) = Repairs::parse("apart \"Tân Hoa\" \"TÂN HÒA\" LOC");
        for (one, two, kind, expect) in [
            ("Tân Hòa", "Tân-Hoa", Kind::Loc, true),
            ("Tân Hoa", "Tân Hoà", Kind::Loc, true),
            ("Tân Hoa", "Tân Hòa", Kind::Org, false),
            ("Tân Hoa", "Tân Hoa", Kind::Loc, false),
        ] {
            assert_eq!(repairs.are_apart(one, two, kind), expect, "{one} {two}");
        }
    }

    fn kinds() -> impl Strategy<Value = Option<Kind>> {
        prop::option::of(prop::sample::select(Kind::ALL.to_vec()))
    }

    proptest! {
        #[test]
        fn any_text_is_kept_as_it_is(text in "(?s).{0,120}", line in "(merge|kind|ignore) \"?[a-z\"\\\\ ]{0,12}\"? ?(PER|X)?") {
            for text in [&text, &line, &format!("{text}\n{line}")] {
                prop_assert_eq!(&Repairs::parse(text).0.print(), text);
            }
        }

        #[test]
        fn decisions_are_read_as_they_were_written(
            name in "\\PC{1,16}",
            other in "[a-zđ\"\\\\ \n]{1,16}",
            kind in kinds(),
            into_kind in kinds(),
        ) {
            let into_kind = into_kind.filter(|_| kind.is_some());
            for decision in [
                Decision::Merge { name: name.clone(), into: other.clone(), kind, into_kind },
                Decision::Rename { name: other.clone(), to: name.clone(), kind },
                Decision::Split { name: other.clone(), kind },
            ] {
                let Ok(settled) = decision.settled() else { continue };
                let mut repairs = Repairs::default();
                repairs.push(settled.clone());
                let (again, bad) = Repairs::parse(&repairs.print());
                prop_assert_eq!((again.decisions().collect::<Vec<_>>(), bad), (vec![&settled], vec![]));
            }
        }
    }
}
