//! Line patterns as data: `assets/lines/*.toml` compiled once.
//!
//! Owns: the cue tables and which cues a line shows. Refuses: to decide a line's role (see `label`).
//! Tests: at the foot.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use regex::{Regex, RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// What a cue speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CueRole {
    Boilerplate,
    Related,
    End,
    Comment,
    Caption,
    Date,
    Byline,
    Source,
    Link,
    Keywords,
    Slug,
    Form,
    Share,
    Quote,
}

impl CueRole {
    /// All of them, in the order of their bits in [`Cues`].
    pub const ALL: [Self; 14] = [
        Self::Boilerplate,
        Self::Related,
        Self::End,
        Self::Comment,
        Self::Caption,
        Self::Date,
        Self::Byline,
        Self::Source,
        Self::Link,
        Self::Keywords,
        Self::Slug,
        Self::Form,
        Self::Share,
        Self::Quote,
    ];

    /// Name in the tables.
    #[cfg(test)]
    pub fn name(self) -> &'static str {
        match self {
            Self::Boilerplate => "boilerplate",
            Self::Related => "related",
            Self::End => "end",
            Self::Comment => "comment",
            Self::Caption => "caption",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Source => "source",
            Self::Link => "link",
            Self::Keywords => "keywords",
            Self::Slug => "slug",
            Self::Form => "form",
            Self::Share => "share",
            Self::Quote => "quote",
        }
    }
}

/// The roles that a line's cues speak for, with the strongest weight of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues([u8; CueRole::ALL.len()]);

impl Cues {
    /// The strongest weight for a role; 0 when no cue speaks for it.
    pub fn of(&self, role: CueRole) -> u8 {
        self.0[role as usize]
    }

    /// True when a cue that is enough alone speaks for a role.
    pub fn sure(&self, role: CueRole) -> bool {
        self.of(role) >= 3
    }

    /// Makes sure of a role.
    pub fn set(&mut self, role: CueRole) {
        self.0[role as usize] = 3;
    }

    /// Forgets what speaks for a role.
    pub fn clear(&mut self, role: CueRole) {
        self.0[role as usize] = 0;
    }

    /// True when no cue speaks.
    pub fn none(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }
}

#[derive(Deserialize)]
struct File {
    cue: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[cfg_attr(not(test), expect(dead_code, reason = "names the row for people and for the tests"))]
    name: String,
    role: CueRole,
    weight: u8,
    pattern: String,
}

/// All patterns at once, loosened, and for each pattern what it means.
///
/// A Unicode word boundary sends the whole set to the slowest engine on any line with a letter like `ế`, and a counted repetition such as
/// `.{0,60}` gives the set's automaton a state for each count, beside those of all other patterns: new states on nearly every line. Without
/// both the set finds a superset, ten times as fast; the few patterns that it names are then tried as they are written.
///
/// Patterns that look at the line's beginning are decided after a few letters; kept apart, they do not multiply the states of the others.
struct Table {
    set: RegexSet,
    meaning: Vec<Meaning>,
}

struct Meaning {
    role: CueRole,
    weight: u8,
    /// The pattern as written, compiled when first wanted; nothing where it was not loosened.
    exact: Option<(String, OnceLock<Option<Regex>>)>,
}

impl Meaning {
    fn of(row: Row) -> Self {
        let exact = (loose(&row.pattern) != row.pattern).then(|| (row.pattern, OnceLock::new()));
        Self { role: row.role, weight: row.weight, exact }
    }

    fn holds(&self, line: &str) -> bool {
        self.exact.as_ref().is_none_or(|(pattern, regex)| {
            regex.get_or_init(|| Regex::new(pattern).ok()).as_ref().is_some_and(|regex| regex.is_match(line))
        })
    }
}

/// Without word boundaries, and any number of times where it is at most ten or more.
fn loose(pattern: &str) -> Cow<'_, str> {
    static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\b|\{\d+,\d{2,}\}").ok());
    COUNTED.as_ref().map_or(Cow::Borrowed(pattern), |r| {
        r.replace_all(pattern, |found: &regex::Captures<'_>| if found[0].starts_with('{') { "*" } else { "" })
    })
}

const FILES: [(&str, &str); 3] = [
    ("any", include_str!("../../assets/lines/any.toml")),
    ("vi", include_str!("../../assets/lines/vi.toml")),
    ("en", include_str!("../../assets/lines/en.toml")),
];

fn rows() -> Result<Vec<(String, Row)>, String> {
    let mut out = Vec::new();
    for (file, text) in FILES {
        let parsed: File = toml::from_str(text).map_err(|e| format!("assets/lines/{file}.toml: {e}"))?;
        out.extend(parsed.cue.into_iter().map(|row| (file.to_owned(), row)));
    }
    Ok(out)
}

/// True for a pattern that begins at the line's beginning, with something to be found there.
fn anchored(pattern: &str) -> bool {
    let rest = pattern.trim_start_matches("(?i)");
    rest.strip_prefix('^').is_some_and(|r| !r.trim_start_matches(['(', '?', ':']).starts_with('.'))
        && !rest.contains("|^")
}

fn tables() -> Result<[Table; 2], String> {
    let (first, rest): (Vec<Row>, Vec<Row>) =
        rows()?.into_iter().map(|(_, row)| row).partition(|row| anchored(&row.pattern));
    Ok([table(first)?, table(rest)?])
}

fn table(rows: Vec<Row>) -> Result<Table, String> {
    let set = RegexSetBuilder::new(rows.iter().map(|row| loose(&row.pattern).into_owned()))
        .size_limit(64 << 20)
        .dfa_size_limit(32 << 20)
        .build()
        .map_err(|e| e.to_string())?;
    Ok(Table { set, meaning: rows.into_iter().map(Meaning::of).collect() })
}

// A broken table is caught by the tests below; a program without cues still reads, only less well.
static TABLES: LazyLock<Option<[Table; 2]>> = LazyLock::new(|| tables().ok());

/// Longest line, in bytes, on which cues are tried: furniture is short, and this bounds the work.
pub(super) const LONGEST: usize = 700;

/// The cues of a line.
pub(super) fn cues(line: &str) -> Cues {
    let mut out = Cues::default();
    if line.len() > LONGEST {
        return out;
    }
    for table in TABLES.iter().flatten() {
        for n in table.set.matches(line) {
            let meaning = &table.meaning[n];
            let slot = &mut out.0[meaning.role as usize];
            if meaning.weight > *slot && meaning.holds(line) {
                *slot = meaning.weight;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load_and_names_are_unique() {
        tables().expect("tables");
        let mut names: Vec<String> =
            rows().expect("rows").iter().map(|(f, r)| format!("{f}/{}", r.name)).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        for role in CueRole::ALL {
            assert_eq!(CueRole::ALL[role as usize], role, "{}", role.name());
        }
    }

    #[test]
    fn loosened_patterns_find_no_less() {
        assert_eq!(loose(r"^.{0,60}\bmay\b \d{1,2}$"), r"^.*may \d{1,2}$");
        assert_eq!(loose(r"\{\{|_{5,}"), r"\{\{|_{5,}");
    }

    #[test]
    fn patterns_compile_as_written_and_boundaries_count() {
        for (file, row) in rows().expect("rows") {
            assert!(Regex::new(&row.pattern).is_ok(), "{file}/{}", row.name);
        }
        assert!(cues("Trụ sở: 12 Lê Lai").of(CueRole::Boilerplate) > 0);
        assert!(cues("Trụ sởm xưa nay vẫn còn đó").of(CueRole::Boilerplate) == 0);
    }

    #[test]
    fn lines_show_their_cues() {
        let check =
            |line: &str, role: CueRole| assert!(cues(line).of(role) > 0, "{line} should be {}", role.name());
        check("Bình luận (3)", CueRole::Comment);
        check("Tin cùng chuyên mục", CueRole::End);
        check("Người dân qua cầu mới sáng 3-5 - Ảnh: LÊ NA", CueRole::Caption);
        check("Giấy phép: 12/GP-TTĐT, cấp ngày 01/02/2018", CueRole::Boilerplate);
        check("Theo lamgiang.vn", CueRole::Source);
        check("An Bình/Lam Giang (biên dịch) Theo: Reuters| 03/09/2025 17:54", CueRole::Date);
        check("https://lamgiang.example/bai-viet-1.html", CueRole::Link);
        check("Read more: The bridge is late", CueRole::Related);
        for dated in [
            "Ngày 7 tháng 3 năm 2026",
            "Hà Nội, ngày 7 tháng 3 năm 2026",
            "Thứ Sáu, ngày 7 tháng 3 năm 2026",
            "7 tháng 3, 2026",
            "7 Tháng Ba, 2026",
            "06 thg 3, 2026",
            "Lúc 21:30 ngày 06 Tháng 3, 2026",
            "Tháng 3/2026",
            "1/3/26",
            "2026-03-07T08:01:53+07:00",
            "2026/03/07 10:00",
            "March 2026",
            "Saturday, March 7, 2026 | 3:02 p.m.",
            "Updated 3:14 PM EST, March 7, 2026",
            "Updated 10:35 GMT, 7 March 2026",
            "12:01 AM · Mar 7, 2026",
        ] {
            assert!(cues(dated).sure(CueRole::Date), "{dated}");
            assert!(!cues(dated).sure(CueRole::Boilerplate), "{dated}");
        }
        assert!(!cues("Cầu mới khởi công ngày 7 tháng 3 năm 2026").sure(CueRole::Date));
        assert!(cues("Cây cầu nối hai bờ sông được khởi công sáng nay.").none());
    }
}
